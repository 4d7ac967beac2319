"""What stands below a table of agreement: unit, scope, whose coding, what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from ikt_coder.agreement.bootstrap import ENOUGH_DOCUMENTS, FEW_DOCUMENTS, METHOD, Interval
from ikt_coder.agreement.catalogue import COEFFICIENTS
from ikt_coder.agreement.display import UNDEFINED, shown, shown_percent
from ikt_coder.agreement.figure import Figure, Flag
from ikt_coder.core.rounds import Scope, Unit
from ikt_coder.core.table import Run, TableStyle
from ikt_coder.services.comparison_rows import Agreement, CodeLine, WhyCodeLeftOut, WhyLeftOut
from ikt_coder.services.report_language import LANGUAGES
from ikt_coder.services.report_language.comparing_languages import COMPARING
from ikt_coder.services.report_language.figures import Figures
from ikt_coder.services.theme_table_options import ExportLanguage

_SHORT_SOURCES: Final = {
    "kappa": "Cohen, 1960",
    "alpha": "Krippendorff, 2019",
    "ac1": "Gwet, 2008",
    "scott_pi": "Scott, 1955",
    "fleiss_kappa": "Fleiss, 1971",
    "conger_kappa": "Conger, 1980",
    "bennett_s": "Brennan & Prediger, 1981",
    "dice": "Cicchetti & Feinstein, 1990",
    "negative_agreement": "Cicchetti & Feinstein, 1990",
    "jaccard": "Jaccard, 1912",
}


class Writer:
    """Figures and sentences about one agreement, in one language."""

    def __init__(
        self, agreement: Agreement, language: ExportLanguage, *, initials: bool = False
    ) -> None:
        self.agreement = agreement
        self.language = LANGUAGES[language]
        self.comparing = COMPARING[language]
        self.words = self.comparing.words
        self.figures = Figures(self.language, TableStyle.APA)
        self.names = [
            coder.initials if initials and coder.initials else coder.name
            for coder in agreement.coders
        ]

    # -- figures ----------------------------------------------------------------------------

    def shown(self, value: float | None) -> str:
        """A coefficient with three decimals."""
        english = self.language.tag == "en"
        point = "." if english else ","
        return shown(value, point=point, leading_zero=not english)

    def percent(self, share: float | None) -> str:
        return shown_percent(share, point="." if self.language.tag == "en" else ",")

    def between(self, interval: Interval | None) -> str:
        """An interval in brackets; empty where there is none."""
        if interval is None:
            return ""
        parted = ", " if self.language.tag == "en" else f"{self.language.semicolon} "
        return f"[{self.shown(interval.low)}{parted}{self.shown(interval.high)}]"

    def coefficient(self, symbol: str, figure: Figure, interval: Interval | None = None) -> str:
        """κ = .710, 95% CI [.640, .770]; "κ undefined" in the words of the table otherwise."""
        if figure.value is None:
            return f"{symbol} {UNDEFINED}"
        said = f"{symbol} = {self.shown(figure.value)}"
        if interval is None:
            return said
        return f"{said}, {self.words.interval} {self.between(interval)}"

    def symbol(self, coefficient: str) -> str:
        return COEFFICIENTS[coefficient].symbol

    def why(self, line: CodeLine, figure: Figure) -> str:
        """Why a code has no value, in the words of the remarks."""
        if figure.reason is None or Flag.NOT_USED in line.figures.flags:
            return ""
        return self.words.reasons[figure.reason]

    def remarks(self, line: CodeLine) -> str:
        said = [self.words.flags[flag] for flag in line.figures.flags]
        why = self.why(line, line.figures.figures[self.agreement.coefficient])
        return f"{self.language.semicolon} ".join([*said, *([why] if why else [])])

    # -- the note ---------------------------------------------------------------------------

    def setting(self) -> list[str]:
        """Unit, rule, scope, whose coding, and coders."""
        found, comparing = self.agreement, self.comparing
        setting = found.setting
        said = [
            comparing.unit(
                setting.unit,
                setting.unit_size,
                self.figures.whole(found.units),
                len(found.documents),
            )
        ]
        if setting.projected:
            said.append(comparing.rule(setting.rule))
        if setting.unit is not Unit.DOCUMENTS or setting.scope is not Scope.WHOLE:
            said.append(comparing.scope(setting.scope))
        if setting.roll_up:
            said.append(comparing.rolled_up())
        row = found.round
        if row is None:
            said.append(comparing.of_no_round(_local(found)))
        else:
            unsealed = None if row.unsealed is None else row.unsealed.astimezone().date()
            said.append(comparing.of_round(row.name, row.number, unsealed, row.codebook_number))
            if not found.locked and not setting.roll_up:
                said.append(comparing.not_locked())
        said.append(comparing.coders(self.names))
        return said

    def left_out(self) -> list[str]:
        """Documents and codes that enter no figure, and what was reopened."""
        found, comparing = self.agreement, self.comparing
        said = []
        for why in WhyLeftOut:
            titles = [one.title for one in found.left_out if one.why is why]
            if titles:
                said.append(comparing.left_out(why, titles))
        for code_why in WhyCodeLeftOut:
            names = [one.path[-1] for one in found.left_out_codes if one.why is code_why]
            if names:
                said.append(comparing.codes_left_out(code_why, names))
        reopened = [document.title for document in found.documents if document.reopened]
        if reopened:
            said.append(comparing.reopened(reopened))
        merged = [(line.label, line.merged_into) for line in found.codes if line.merged_into]
        if merged:
            said.append(comparing.merged_since(merged))
        return said

    def statistic(self, coefficient: str) -> str:
        return self.comparing.statistic(
            self.symbol(coefficient),
            coefficient,
            len(self.agreement.coders),
            _SHORT_SOURCES.get(coefficient, ""),
        )

    def intervals(self) -> list[str]:
        """How the intervals were made, or why there are none."""
        found, comparing = self.agreement, self.comparing
        if not found.intervals or not found.documents:
            return []
        documents = len(found.documents)
        made = [line.interval for line in found.codes if line.interval is not None]
        if not made:
            if documents >= ENOUGH_DOCUMENTS:
                return []
            return [comparing.too_few_documents(ENOUGH_DOCUMENTS)]
        if made[0].method != METHOD:
            return [comparing.analytic_intervals()]
        said = [comparing.intervals(made[0].replicates, made[0].seed, documents)]
        if documents < FEW_DOCUMENTS:
            said.append(comparing.few_documents(documents))
        return said

    def overall(self) -> list[str]:
        """Pooled kappa and the range over codes, what has no value, and what was laid down."""
        found, comparing = self.agreement, self.comparing
        said = []
        values = [
            value for line in found.codes if (value := self.value(line)) is not None
        ]  # of the coefficient that stands first
        pooled = self.coefficient("κ", found.overall.pooled_kappa, found.pooled_interval)
        if values:
            said.append(
                comparing.overall(
                    pooled, self.shown(min(values)), self.shown(max(values)), len(values)
                )
            )
        row = found.round
        if row is not None and row.target is not None and values:
            reached = sum(value >= row.target for value in values)
            target = f"{self.symbol(found.coefficient)} = {self.shown(row.target)}"
            said.append(comparing.target(target, reached, len(values)))
        undefined = sum(1 for line in found.used if self.value(line) is None)
        if undefined:
            said.append(comparing.undefined(undefined))
        unused = [line.label for line in found.codes if not line.used]
        if unused and found.documents:
            said.append(comparing.unused(unused))
        return said

    def value(self, line: CodeLine) -> float | None:
        return line.figures.value(self.agreement.coefficient)

    def flag_notes(self, lines: Iterable[CodeLine]) -> list[str]:
        met = {flag for line in lines for flag in line.figures.flags}
        return [self.words.flag_notes[flag] for flag in Flag if flag in met]

    def guidance(self) -> list[str]:
        said = self.comparing.guidance(self.agreement.coefficient)
        if not said:
            return []
        if self.agreement.setting.unit is Unit.CHARACTERS:
            return [f"{said} {self.comparing.guidance_caution()}"]
        return [said]

    def computed(self) -> str:
        return self.comparing.computed_on(_local(self.agreement), self.agreement.formulas)


def paragraphs(*parts: Sequence[str]) -> tuple[tuple[Run, ...], ...]:
    """The paragraphs of a note: each of several sentences, empty ones left out."""
    said = [" ".join(part for part in sentences if part) for sentences in parts]
    return tuple((Run(text),) for text in said if text)


def _local(found: Agreement) -> date:
    return found.at.astimezone().date()
