"""The tables of codes, documents and pairs on the Agreement page, made off the main thread."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from enum import StrEnum
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from ikt_coder.agreement.catalogue import COEFFICIENTS
from ikt_coder.agreement.figure import Figure
from ikt_coder.services.agreement_table import ALSO, MANY
from ikt_coder.services.comparison_passages import prevalence
from ikt_coder.services.comparison_rows import Agreement, CodeLine, ComparedCoder, Pattern
from ikt_coder.services.project import Project
from ikt_coder.ui.comparison.agreement import wording as say
from ikt_coder.ui.comparison.agreement.grid import Grid, Head, Shown
from ikt_coder.ui.comparison.agreement.opens import (
    Coded,
    CodesIn,
    Documents,
    Judged,
    OfCode,
    OfDocument,
    OfPair,
    Pairs,
    Passages,
    Units,
)
from ikt_coder.ui.comparison.said import Opening, Said, sentence
from ikt_coder.ui.comparison.wording import unit_word
from ikt_coder.ui.counting import figure

translate = QCoreApplication.translate

_EACH = 3
"""Up to so many coders have a column each."""


class View(StrEnum):
    """What of an agreement is shown."""

    CODES = "codes"
    DOCUMENTS = "documents"
    PAIRS = "pairs"
    CONFUSION = "confusion"
    CLASSES = "classes"
    DIRECTIONS = "directions"
    ROUNDS = "rounds"
    UNITIZING = "unitizing"


def code_grid(found: Agreement, *, more: bool, unused: bool) -> Grid:
    """Every code: counts, percentage, the coefficient that was laid down, remarks."""
    several = len(found.coders) > 2
    symbol = COEFFICIENTS[found.coefficient].symbol
    unit = unit_word(found.setting.unit, found.setting.unit_size)
    heads = [Head(translate("Compare", "Code"), width=150, figures=False)]
    both = translate("Compare", "All") if several else translate("Compare", "Both")
    heads.append(Head(both, _counts(unit), 66))
    if not _each(found, more):
        heads.append(Head(translate("Compare", "One alone"), _counts(unit), 84))
    for coder in found.coders if _each(found, more) else ():
        only = translate("Compare", "Only {initials}").format(initials=coder.initials)
        heads.append(Head(only, f"{coder.name}\n{_counts(unit)}", 72))
    if several:
        heads.append(Head(translate("Compare", "Several"), _counts(unit)))
    none = translate("Compare", "None") if several else translate("Compare", "Neither")
    heads.append(Head(none, _counts(unit), 78))
    heads.append(Head("%", say.coefficient_hint("percent"), 54))
    if found.coefficient != "percent":
        heads.append(Head(symbol, say.coefficient_hint(found.coefficient), 58))
    intervals = any(line.interval is not None for line in found.codes)
    if intervals:
        hint = translate("Compare", "Documents are drawn again and again (bootstrap).")
        heads.append(Head(translate("Compare", "95% CI"), hint, 102))
    band, source = say.guidance_head(found.coefficient)
    if band:
        heads.append(Head(band, source, 126, figures=False))
    others = [n for n in (MANY if several else ALSO) if n != found.coefficient] if more else []
    heads += [Head(COEFFICIENTS[name].symbol, say.coefficient_hint(name), 84) for name in others]
    if more:
        hint = translate("Compare", "The share of judgements that applied the code")
        heads.append(Head(translate("Compare", "Prevalence"), hint, 92))
        own = translate("Compare", "Prevalence {initials}")
        hint = translate("Compare", "The share of what {name} judged to which {name} applied it")
        heads += [
            Head(own.replace("{initials}", coder.initials), hint.replace("{name}", coder.name), 112)
            for coder in _apart(found)
        ]
        heads.append(Head(translate("Compare", "Passages"), width=84))
    heads.append(Head(translate("Compare", "Documents"), width=90))
    heads.append(Head(translate("Compare", "Remarks"), width=134, figures=False))
    apart = [coder.id for coder in _apart(found)] if more else []
    rows = [
        _code_row(
            found,
            line,
            intervals=intervals,
            band=bool(band),
            others=others,
            more=more,
            apart=[(coder, prevalence(found, line.code, coder)) for coder in apart],
        )
        for line in found.codes
        if line.used or unused
    ]
    empty = translate("Compare", "None of the codes was used by any of them.")
    if not found.documents:
        empty = translate("Compare", "No document was finished or coded by two of them.")
    return Grid(translate("Compare", "Agreement by code"), tuple(heads), tuple(rows), empty)


def _each(found: Agreement, more: bool) -> bool:
    """Whether each coder has a column: of many only where more figures are asked for."""
    return more or len(found.coders) <= _EACH


def _apart(found: Agreement) -> tuple[ComparedCoder, ...]:
    """The coders whose prevalence stands apart: of many it would be too many columns."""
    return found.coders if len(found.coders) <= _EACH else ()


def _share(share: float | None, opens: Hashable) -> Shown:
    return Shown(say.value_words(share), share, opens if share else None)


def _counts(unit: str) -> str:
    return translate("Compare", "Counts are {unit}. A figure opens its passages.").format(unit=unit)


def _code_row(
    found: Agreement,
    line: CodeLine,
    *,
    intervals: bool,
    band: bool,
    others: Sequence[str],
    more: bool,
    apart: Sequence[tuple[UUID, float | None]],
) -> tuple[Shown, ...]:
    row = line.figures
    first = row.figures[found.coefficient]

    def cell(value: int, pattern: Pattern, coder: UUID | None = None) -> Shown:
        opens = Passages(line.code, pattern, coder) if value else None
        return Shown(figure(value), value, opens)

    cells = [
        Shown(line.label, line.label.casefold(), OfCode(line.code), " › ".join(line.path)),
        cell(row.both, Pattern.BOTH),
    ]
    if _each(found, more):
        cells += [
            cell(value, Pattern.ONLY, coder.id)
            for value, coder in zip(row.only, found.coders, strict=True)
        ]
    else:
        cells.append(cell(sum(row.only), Pattern.ONLY))
    if len(found.coders) > 2:
        cells.append(cell(row.some, Pattern.SOME))
    cells.append(cell(row.neither, Pattern.NEITHER))
    percent = row.value("percent")
    documents = OfCode(line.code) if percent is not None else None
    cells.append(Shown(say.percent_words(percent), percent, documents))
    if found.coefficient != "percent":
        cells.append(value_cell(first, OfCode(line.code)))
    if intervals:
        low = None if line.interval is None else line.interval.low
        opens = None if low is None else OfCode(line.code)
        cells.append(Shown(say.interval_words(line.interval), low, opens, _how(line)))
    if band:
        word = say.guidance_word(found.coefficient, first.value)
        hint = say.guidance_hint(found.coefficient, first.value, found.setting.unit)
        cells.append(Shown(word, word or None, hint=hint, quiet=True))
    cells += [value_cell(row.figures[name], OfCode(line.code)) for name in others]
    if more:
        share = row.prevalence
        cells.append(_share(share, Coded(line.code)))
        cells += [_share(own, Coded(line.code, coder)) for coder, own in apart]
        passages = Coded(line.code) if row.passages else None
        cells.append(Shown(figure(row.passages), row.passages, passages))
    with_code = OfCode(line.code) if row.documents else None
    cells.append(Shown(figure(row.documents), row.documents, with_code))
    said = say.remarks(line, first)
    icon = "flag" if said else ""
    cells.append(Shown(said, said or None, hint=say.remarks_hint(line), icon=icon))
    return tuple(cells)


def value_cell(figure: Figure, opens: Hashable) -> Shown:
    """A coefficient and what it opens; one without a value opens nothing, and says why."""
    behind = None if figure.value is None else opens
    return Shown(say.value_words(figure.value), figure.value, behind, say.figure_hint(figure))


def figure_words(figure: Figure, opens: Hashable) -> str | Opening:
    """A coefficient in a sentence."""
    words = say.value_words(figure.value)
    return words if figure.value is None else Opening(words, opens)


def _how(line: CodeLine) -> str:
    found = line.interval
    if found is None:
        return ""
    said = found.method
    if found.skipped:
        skipped = translate("Compare", "{count} draws without a value were left out")
        said += "\n" + skipped.format(count=figure(found.skipped))
    return said


def document_grid(project: Project, found: Agreement, code: UUID | None) -> Grid:
    """Every document for itself, for one code or over all, and the means below."""
    rows, means = project.comparison.per_document(found, code)
    several = len(found.coders) > 2
    name = translate("Compare", "all codes") if code is None else found.line(code).label
    unit = unit_word(found.setting.unit, found.setting.unit_size)
    heads = [
        Head(translate("Compare", "Document"), width=170, figures=False),
        Head(unit.capitalize(), width=104),
    ]
    if code is None:
        hint = translate("Compare", "Codes that anybody used in it")
        heads.append(Head(translate("Compare", "Codes"), hint))
        symbol, hint = translate("Compare", "Pooled κ"), say.coefficient_hint("pooled_kappa")
    else:
        heads.append(Head(translate("Compare", "All") if several else translate("Compare", "Both")))
        heads += [
            Head(translate("Compare", "Only {initials}").format(initials=coder.initials))
            for coder in found.coders
        ]
        if several:
            heads.append(Head(translate("Compare", "Several")))
        heads.append(
            Head(translate("Compare", "None") if several else translate("Compare", "Neither"))
        )
        symbol = COEFFICIENTS[found.coefficient].symbol
        hint = say.coefficient_hint(found.coefficient)
    heads += [Head("%", width=60), Head(symbol, hint, 92)]
    made = []
    for row in rows:
        cells = [
            Shown(row.title, row.title.casefold(), OfDocument(row.document)),
            Shown(figure(row.units), row.units, Units(row.document)),
        ]
        # Where nobody used any code, the text itself is what they agree on.
        behind: Hashable = CodesIn(row.document) if row.codes else Units(row.document)
        if code is None:
            cells.append(Shown(figure(row.codes), row.codes, behind if row.codes else None))
        else:
            behind = Judged(code, row.document)
            cells.append(_in_document(row.both, code, Pattern.BOTH, row.document))
            cells += [
                _in_document(value, code, Pattern.ONLY, row.document, coder.id)
                for value, coder in zip(row.only, found.coders, strict=True)
            ]
            if several:
                cells.append(_in_document(row.some, code, Pattern.SOME, row.document))
            cells.append(_in_document(row.neither, code, Pattern.NEITHER, row.document))
        share = row.percent.value
        of_share = None if share is None else behind
        cells += [Shown(say.percent_words(share), share, of_share), value_cell(row.figure, behind)]
        made.append(tuple(cells))
    listed = Documents(code)
    note = sentence(
        translate(
            "Compare",
            "{name}: mean of the documents {mean}, weighted by their length {weighted}, "
            "from all counts together {pooled}.",
        ),
        name=name,
        mean=figure_words(means.mean, listed),
        weighted=figure_words(means.length_weighted, listed),
        pooled=figure_words(means.pooled, listed if code is None else Judged(code)),
    )
    title = translate("Compare", "Agreement by document, {name}").format(name=name)
    empty = translate("Compare", "No document was finished or coded by two of them.")
    return Grid(title, tuple(heads), tuple(made), empty, note if made else Said())


def _in_document(
    value: int, code: UUID, pattern: Pattern, document: UUID, coder: UUID | None = None
) -> Shown:
    opens = Passages(code, pattern, coder, document) if value else None
    return Shown(figure(value), value, opens)


def pair_grid(project: Project, found: Agreement) -> Grid:
    """Coders by coders: pooled kappa above the diagonal, percentage below it."""
    values = {(p.first, p.second): p for p in project.comparison.pairs(found)}
    heads = [Head(translate("Compare", "Coder"), width=150, figures=False)]
    heads += [Head(coder.initials, coder.name, 64) for coder in found.coders]
    rows = []
    for at, coder in enumerate(found.coders):
        cells = [Shown(coder.name, coder.name.casefold())]
        for other in range(len(found.coders)):
            if other == at:
                cells.append(Shown("", None))
                continue
            pair = values[min(at, other), max(at, other)]
            two = OfPair((found.coders[pair.first].id, found.coders[pair.second].id))
            in_words = say.documents_words(pair.documents)
            if at < other:
                kappa = pair.kappa.value
                hint = f"{say.coefficient_name('pooled_kappa')}, {in_words}"
                opens = None if kappa is None else two
                cells.append(Shown(say.value_words(kappa), kappa, opens, hint))
            else:
                share = pair.percent.value
                opens = None if share is None else two
                cells.append(Shown(say.percent_words(share), share, opens, f"%, {in_words}"))
        rows.append(tuple(cells))
    kappas = [pair.kappa.value for pair in values.values() if pair.kappa.value is not None]
    mean = sum(kappas) / len(kappas) if kappas else None
    shown = say.value_words(mean)
    note = sentence(
        translate(
            "Compare",
            "Above the diagonal the kappa pooled over codes, below it the percentage. "
            "Mean of the pairs: {mean}.",
        ),
        mean=shown if mean is None else Opening(shown, Pairs()),
    )
    name = translate("Compare", "Agreement by pair of coders")
    return Grid(name, tuple(heads), tuple(rows), "", note)
