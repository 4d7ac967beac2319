"""What the Agreement page says: heads of columns, remarks, reasons and guidance."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from ikt_coder.agreement.bands import guidance_for
from ikt_coder.agreement.bootstrap import ENOUGH_DOCUMENTS, Interval
from ikt_coder.agreement.catalogue import COEFFICIENTS
from ikt_coder.agreement.display import UNDEFINED, shown, shown_percent
from ikt_coder.agreement.figure import Figure, Flag, Reason
from ikt_coder.core.rounds import Unit
from ikt_coder.services.comparison_rows import (
    CodeLine,
    Setting,
    WhyCodeLeftOut,
    WhyLeftOut,
)
from ikt_coder.ui.comparison.wording import rule_word, scope_word, unit_word
from ikt_coder.ui.counting import counted, figure

translate = QCoreApplication.translate


def point() -> str:
    return QLocale().decimalPoint()


def value_words(value: float | None) -> str:
    """A coefficient with three decimals; "–" for none."""
    sign = point()
    return shown(value, point=sign, leading_zero=sign != ".")


def percent_words(share: float | None) -> str:
    return shown_percent(share, point=point())


def interval_words(interval: Interval | None) -> str:
    if interval is None:
        return ""
    parted = ", " if point() == "." else "; "
    return f"[{value_words(interval.low)}{parted}{value_words(interval.high)}]"


def flag_word(flag: Flag) -> str:
    """A remark in a cell."""
    return {
        Flag.PREVALENCE: translate("Compare", "rare or nearly everywhere"),
        Flag.BIAS: translate("Compare", "unequal use"),
        Flag.SMALL_BASE: translate("Compare", "small base"),
        Flag.NOT_USED: translate("Compare", "not used"),
        Flag.ONLY_ONE_CODER: translate("Compare", "one coder only"),
        Flag.FEW_DOCUMENTS: translate("Compare", "few documents"),
    }[flag]


def flag_hint(flag: Flag) -> str:
    """What a remark means."""
    return {
        Flag.PREVALENCE: translate(
            "Compare",
            "High agreement, low coefficient: one answer is far more common. "
            "See positive agreement and AC1.",
        ),
        Flag.BIAS: translate(
            "Compare", "One coder applied it to more of the text, by a tenth of all units or more."
        ),
        Flag.SMALL_BASE: translate(
            "Compare", "Fewer than three passages, or all of them in one document."
        ),
        Flag.NOT_USED: translate("Compare", "No coder applied it: the coefficient is undefined."),
        Flag.ONLY_ONE_CODER: translate("Compare", "All other coders never used this code."),
        Flag.FEW_DOCUMENTS: translate(
            "Compare", "Fewer than ten documents stand behind the interval."
        ),
    }[flag]


def reason_word(reason: Reason) -> str:
    return {
        Reason.NO_VARIATION: translate("Compare", "no variation"),
        Reason.NO_COMMON_DOCUMENT: translate("Compare", "no common document"),
        Reason.ONE_CATEGORY: translate("Compare", "one category only"),
        Reason.NOT_APPLICABLE: translate("Compare", "does not apply"),
    }[reason]


def figure_hint(figure: Figure) -> str:
    """What a coefficient says, or why there is none."""
    if figure.reason is not None:
        return f"{UNDEFINED} {reason_word(figure.reason)}"
    return ""


def remarks(line: CodeLine, figure: Figure) -> str:
    said = [flag_word(flag) for flag in line.figures.flags]
    if figure.reason is not None and Flag.NOT_USED not in line.figures.flags:
        said.append(reason_word(figure.reason))
    if line.merged_into:
        merged = translate("Compare", "since merged into {name}")
        said.append(merged.format(name=line.merged_into))
    return ", ".join(said)


def remarks_hint(line: CodeLine) -> str:
    return "\n".join(flag_hint(flag) for flag in line.figures.flags)


def guidance_word(coefficient: str, value: float | None) -> str:
    """The word of the first band for a value; empty where there is none."""
    found = guidance_for(coefficient)
    return found[0].word(value) if found and value is not None else ""


def guidance_hint(coefficient: str, value: float | None, unit: Unit) -> str:
    """All bands' words for a value with their sources, and a caution for characters."""
    if value is None:
        return ""
    said = [f"{one.name}: {one.word(value)}" for one in guidance_for(coefficient)]
    sources = [one.source for one in guidance_for(coefficient)]
    if said and unit is Unit.CHARACTERS:
        said.append(
            translate(
                "Compare",
                "These bands were proposed for units laid down beforehand, not for characters.",
            )
        )
    return "\n".join([*said, *sources])


def guidance_head(coefficient: str) -> tuple[str, str]:
    """The head of the column of guidance, and its source."""
    found = guidance_for(coefficient)
    if not found:
        return "", ""
    hint = translate("Compare", "For orientation only, no verdict.")
    return found[0].name, f"{hint}\n{found[0].source}"


def coefficient_name(coefficient: str) -> str:
    return COEFFICIENTS[coefficient].name


def coefficient_hint(coefficient: str) -> str:
    known = COEFFICIENTS[coefficient]
    return "\n".join(part for part in (known.name, known.what, known.source) if part)


def setting_words(setting: Setting) -> str:
    """ "characters, the whole text" or "sentences (any of it is coded), respondents' turns" """
    unit = unit_word(setting.unit, setting.unit_size)
    if setting.projected:
        unit = f"{unit} ({rule_word(setting.rule)})"
    return f"{unit}, {scope_word(setting.scope)}"


def left_out_word(why: WhyLeftOut) -> str:
    return {
        WhyLeftOut.ONE_CODER: translate("Compare", "assigned to one coder only"),
        WhyLeftOut.NOT_FINISHED: translate("Compare", "not finished by two coders"),
        WhyLeftOut.NOT_CODED_BY_ALL: translate("Compare", "not coded by each of them"),
        WhyLeftOut.SEALED: translate("Compare", "sealed"),
        WhyLeftOut.EMPTY: translate("Compare", "no text in scope"),
        WhyLeftOut.UNMATCHED: translate("Compare", "the text is no longer there"),
    }[why]


def code_left_out_word(why: WhyCodeLeftOut) -> str:
    return {
        WhyCodeLeftOut.NEW: translate("Compare", "made during the round"),
        WhyCodeLeftOut.OUT_OF_SCOPE: translate("Compare", "not in the scope of the round"),
    }[why]


def documents_words(count: int) -> str:
    return counted(
        count, translate("Compare", "1 document"), translate("Compare", "{count} documents")
    )


def units_words(count: int, setting: Setting) -> str:
    """ "180 characters" in the unit of the figures."""
    unit = unit_word(setting.unit, setting.unit_size)
    return f"{figure(count)} {unit}"


def no_intervals_words(documents: int) -> str:
    """Why there are no intervals."""
    if documents >= ENOUGH_DOCUMENTS:
        return ""
    return translate("Compare", "No intervals: they take {count} documents coded by two.").format(
        count=ENOUGH_DOCUMENTS
    )
