"""The tables of the Agreement page, made off the main thread from one agreement."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import combinations
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QLocale

from ikt_coder.agreement.catalogue import COEFFICIENTS
from ikt_coder.agreement.figure import Figure
from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import Valence
from ikt_coder.services.agreement_table import ALSO, MANY
from ikt_coder.services.comparison_rows import Agreement, CodeLine, Pattern
from ikt_coder.services.project import Project
from ikt_coder.ui.codes.wording import valence_words
from ikt_coder.ui.comparison.agreement import wording as say
from ikt_coder.ui.comparison.agreement.grid import Grid, Head, Shown
from ikt_coder.ui.comparison.wording import difference_word, unit_word

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


@frozen
class Passages:
    """What a figure opens: the stretches of a cell; ``coder`` and ``document`` narrow it."""

    code: UUID
    pattern: Pattern
    coder: UUID | None = None
    document: UUID | None = None


@frozen
class OfCode:
    """What a name of a code opens: its documents one by one."""

    code: UUID


@frozen
class OfDocument:
    """What the title of a document opens: both coders' texts of it."""

    document: UUID


@frozen
class OfPair:
    """What a cell of the pairs opens: the agreement of these two alone."""

    coders: tuple[UUID, UUID]


@frozen
class OfClasses:
    """What a number of items opens: the list of them, in Settle."""


@frozen
class Shared:
    """What a cell of the directions opens: the passages themselves."""

    spans: tuple[tuple[UUID, int, int], ...]
    title: str


@frozen
class Together:
    """What a cell of the confusion opens: where the first coder used ``code`` and the second
    ``other`` (None: nothing)."""

    code: UUID
    other: UUID | None


def number(value: int) -> str:
    return QLocale().toString(value)


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
        heads.append(Head(translate("Compare", "Passages"), width=84))
    heads.append(Head(translate("Compare", "Documents"), width=90))
    heads.append(Head(translate("Compare", "Remarks"), width=134, figures=False))
    rows = [
        _code_row(found, line, intervals=intervals, band=bool(band), others=others, more=more)
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
) -> tuple[Shown, ...]:
    row = line.figures
    first = row.figures[found.coefficient]

    def cell(value: int, pattern: Pattern, coder: UUID | None = None) -> Shown:
        opens = Passages(line.code, pattern, coder) if value else None
        return Shown(number(value), value, opens)

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
        cells.append(_value(first, line.code))
    if intervals:
        low = None if line.interval is None else line.interval.low
        cells.append(Shown(say.interval_words(line.interval), low, hint=_how(line)))
    if band:
        word = say.guidance_word(found.coefficient, first.value)
        hint = say.guidance_hint(found.coefficient, first.value, found.setting.unit)
        cells.append(Shown(word, word or None, hint=hint, quiet=True))
    cells += [_value(row.figures[name], line.code) for name in others]
    if more:
        share = row.prevalence
        cells.append(Shown(say.value_words(share), share))
        cells.append(Shown(number(row.passages), row.passages))
    cells.append(Shown(number(row.documents), row.documents, OfCode(line.code)))
    said = say.remarks(line, first)
    icon = "flag" if said else ""
    cells.append(Shown(said, said or None, hint=say.remarks_hint(line), icon=icon))
    return tuple(cells)


def _value(figure: Figure, code: UUID | None = None) -> Shown:
    opens = None if code is None or figure.value is None else OfCode(code)
    return Shown(say.value_words(figure.value), figure.value, opens, say.figure_hint(figure))


def _how(line: CodeLine) -> str:
    found = line.interval
    if found is None:
        return ""
    said = found.method
    if found.skipped:
        skipped = translate("Compare", "{count} draws without a value were left out")
        said += "\n" + skipped.format(count=number(found.skipped))
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
            Shown(number(row.units), row.units),
        ]
        if code is None:
            cells.append(Shown(number(row.codes), row.codes))
        else:
            cells.append(_in_document(row.both, code, Pattern.BOTH, row.document))
            cells += [
                _in_document(value, code, Pattern.ONLY, row.document, coder.id)
                for value, coder in zip(row.only, found.coders, strict=True)
            ]
            if several:
                cells.append(_in_document(row.some, code, Pattern.SOME, row.document))
            cells.append(_in_document(row.neither, code, Pattern.NEITHER, row.document))
        share = row.percent.value
        cells += [Shown(say.percent_words(share), share), _value(row.figure)]
        made.append(tuple(cells))
    note = translate(
        "Compare",
        "{name}: mean of the documents {mean}, weighted by their length {weighted}, "
        "from all counts together {pooled}.",
    ).format(
        name=name,
        mean=say.value_words(means.mean.value),
        weighted=say.value_words(means.length_weighted.value),
        pooled=say.value_words(means.pooled.value),
    )
    title = translate("Compare", "Agreement by document, {name}").format(name=name)
    empty = translate("Compare", "No document was finished or coded by two of them.")
    return Grid(title, tuple(heads), tuple(made), empty, note if made else "")


def _in_document(
    value: int, code: UUID, pattern: Pattern, document: UUID, coder: UUID | None = None
) -> Shown:
    opens = Passages(code, pattern, coder, document) if value else None
    return Shown(number(value), value, opens)


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
                cells.append(Shown(say.value_words(kappa), kappa, two, hint))
            else:
                share = pair.percent.value
                cells.append(Shown(say.percent_words(share), share, two, f"%, {in_words}"))
        rows.append(tuple(cells))
    kappas = [pair.kappa.value for pair in values.values() if pair.kappa.value is not None]
    mean = sum(kappas) / len(kappas) if kappas else None
    note = translate(
        "Compare",
        "Above the diagonal the kappa pooled over codes, below it the percentage. "
        "Mean of the pairs: {mean}.",
    ).format(mean=say.value_words(mean))
    name = translate("Compare", "Agreement by pair of coders")
    return Grid(name, tuple(heads), tuple(rows), "", note)


def confusion_grid(project: Project, found: Agreement) -> Grid:
    """What the second coder used where the first used a code; most passages first."""
    first, second = found.coders[:2]
    lines = {line.code: line for line in found.codes}
    cells = project.comparison.confusion(found, first.id, second.id).cells
    there = translate("Compare", "{initials} used there").format(initials=second.initials)
    hint = translate("Compare", "Characters where each used their own code and not the other's.")
    heads = (
        Head(translate("Compare", "Code of {initials}").format(initials=first.initials),
             first.name, 200, figures=False),
        Head(there, second.name, 260, figures=False),
        Head(translate("Compare", "Passages"), width=90),
        Head(translate("Compare", "Characters"), hint, 100),
    )  # fmt: skip
    different = [
        (codes, confused)
        for codes, confused in cells.items()
        if codes[0] != codes[1] and confused.instead
    ]
    different.sort(key=lambda one: (-one[1].passages, -one[1].instead, str(one[0])))
    nothing = translate("Compare", "nothing")
    rows = []
    for (one, other), confused in different:
        label = nothing if other is None else lines[other].label
        opens = Together(one, other)
        rows.append(
            (
                Shown(lines[one].label, lines[one].label.casefold()),
                Shown(label, label.casefold(), quiet=other is None),
                Shown(number(confused.passages), confused.passages, opens),
                Shown(number(confused.instead), confused.instead, opens),
            )
        )
    name = translate("Compare", "What {second} used where {first} used a code").format(
        first=first.name, second=second.name
    )
    empty = translate("Compare", "Nowhere did one use another code than the other.")
    return Grid(name, heads, tuple(rows), empty)


def class_grid(project: Project, found: Agreement) -> Grid:
    """Items of each class, for each pair of coders."""
    pairs = list(combinations(found.coders, 2))[:6]
    counts = [project.comparison.differences(found, a.id, b.id) for a, b in pairs]
    kinds = list(dict.fromkeys(kind for one in counts for kind in one))
    listed = None if found.round is None else OfClasses()
    heads = [Head(translate("Compare", "Class"), width=200, figures=False)]
    heads += [Head(f"{a.initials} – {b.initials}", f"{a.name}, {b.name}", 90) for a, b in pairs]
    rows = [
        (
            Shown(difference_word(kind), kind.value),
            *(
                Shown(number(count), count, listed if count else None)
                for count in (one.get(kind, 0) for one in counts)
            ),
        )
        for kind in kinds
    ]
    name = translate("Compare", "Items by class")
    note = translate("Compare", "Each segment is in exactly one item; Settle lists them.")
    return Grid(name, tuple(heads), tuple(rows), translate("Compare", "Nothing is coded."), note)


def direction_grid(project: Project, found: Agreement) -> Grid:
    """Directions of the first coder by those of the second on passages with an agreed code."""
    first, second = found.coders[:2]
    directions = project.comparison.valence(found, first.id, second.id)
    levels = project.comparison.levels(found, first.id, second.id).figures
    table = directions.table
    names = valence_words(project.card.get().words)
    categories = tuple(Valence)
    heads = [Head(first.name, width=150, figures=False)]
    heads += [Head(names[one], f"{second.name}: {names[one]}", 104) for one in categories]
    rows = []
    for at, one in enumerate(categories):
        cells = [Shown(names[one], at)]
        for other_at, other in enumerate(categories):
            behind = tuple(
                (p.document, p.first.start, p.first.end)
                for p in directions.passages
                if p.valences == (one, other)
            )
            title = f"{first.initials}: {names[one]} · {second.initials}: {names[other]}"
            opens = Shared(behind, title) if behind else None
            value = table.table[at][other_at]
            cells.append(Shown(number(value), value, opens))
        rows.append(tuple(cells))
    said = [
        translate(
            "Compare",
            "{count} passages with an agreed code; {units} with a direction by "
            "both: {percent} % the same, κ {kappa}. Not set by either: {neither}; only by "
            "{first}: {only_first}; only by {second}: {only_second}.",
        ).format(
            count=number(len(directions.passages)),
            units=number(table.units),
            percent=say.percent_words(table.percent.value),
            kappa=say.value_words(table.kappa.value),
            neither=number(table.neither_set),
            first=first.initials,
            only_first=number(table.only_first_set),
            second=second.initials,
            only_second=number(table.only_second_set),
        )
    ]
    if levels.units:
        said.append(
            translate("Compare", "Levels: mean overlap of the two sets (Jaccard) {mean} over "
                      "{units} passages, {same} of them the same; {neither} without a level.")
            .format(
                mean=say.value_words(levels.mean_jaccard.value),
                units=number(levels.units),
                same=number(levels.same),
                neither=number(levels.neither_set),
            )
        )  # fmt: skip
    name = translate("Compare", "Directions on passages with an agreed code")
    return Grid(name, tuple(heads), tuple(rows), "", " ".join(said))


def round_grid(project: Project, found: Agreement) -> Grid:
    """The trend: pooled kappa of every round, and each code's own coefficient."""
    points = project.comparison.trend()
    heads = [Head(translate("Compare", "Code"), width=200, figures=False)]
    heads += [Head(point.round.name, width=104) for point in points]
    pooled = translate("Compare", "All codes (pooled κ)")
    rows = [
        (
            Shown(pooled, ""),
            *(Shown(say.value_words(point.pooled), point.pooled) for point in points),
        )
    ]
    for line in found.codes:
        values = [point.codes.get(line.code) for point in points]
        if any(value is not None for value in values):
            cells = [Shown(say.value_words(value), value) for value in values]
            rows.append((Shown(line.label, line.label.casefold()), *cells))
    note = translate("Compare", "Each round in its own unit and by its own coefficient.")
    return Grid(translate("Compare", "Agreement by round"), tuple(heads), tuple(rows), "", note)


def unitizing_grid(project: Project, found: Agreement) -> Grid:
    """Advanced: every code judged with the edges of its segments."""
    lines = {line.code: line for line in found.codes}
    heads = [Head(translate("Compare", "Code"), width=200, figures=False)]
    heads.append(Head(COEFFICIENTS["u_alpha"].symbol, say.coefficient_hint("u_alpha"), 90))
    heads += [
        Head(coder.initials, translate("Compare", "Segments of {name}").format(name=coder.name))
        for coder in found.coders
    ]
    rows = [
        (
            Shown(lines[one.code].label, lines[one.code].label.casefold()),
            _value(one.alpha),
            *(Shown(number(count), count) for count in one.segments),
        )
        for one in project.comparison.unitizing(found)
    ]
    note = translate(
        "Compare",
        "u-alpha (2016) over the whole texts that all of them finished, edges and code "
        "together; not the alpha for unitizing of 1995.",
    )
    name = translate("Compare", "Segments judged with their edges")
    empty = translate("Compare", "No code was used.")
    return Grid(name, tuple(heads), tuple(rows), empty, note)
