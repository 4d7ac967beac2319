"""The tables of segments against each other on the Agreement page: codes used instead,
classes, directions, edges; and the trend over rounds."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from PySide6.QtCore import QCoreApplication

from ikt_coder.agreement.catalogue import COEFFICIENTS
from ikt_coder.core.words import Valence
from ikt_coder.services.comparison_rows import Agreement, TrendPoint
from ikt_coder.services.comparison_segments import AgreedPassage, Directions, Levels
from ikt_coder.services.project import Project
from ikt_coder.ui.codes.wording import valence_words
from ikt_coder.ui.comparison.agreement import wording as say
from ikt_coder.ui.comparison.agreement.grid import Grid, Head, Shown
from ikt_coder.ui.comparison.agreement.grids import figure_words, value_cell
from ikt_coder.ui.comparison.agreement.opens import (
    Documents,
    InRound,
    Items,
    Judged,
    Meetings,
    Segments,
    Shared,
    Together,
)
from ikt_coder.ui.comparison.said import Opening, Said, joined, sentence
from ikt_coder.ui.comparison.wording import difference_word
from ikt_coder.ui.counting import figure

translate = QCoreApplication.translate


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
                Shown(figure(confused.passages), confused.passages, opens),
                Shown(figure(confused.instead), confused.instead, opens),
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
    heads = [Head(translate("Compare", "Class"), width=200, figures=False)]
    heads += [Head(f"{a.initials} – {b.initials}", f"{a.name}, {b.name}", 90) for a, b in pairs]
    rows = [
        (
            Shown(difference_word(kind), kind.value),
            *(
                _of_class(one.get(kind, 0), Items(kind, a.id, b.id))
                for one, (a, b) in zip(counts, pairs, strict=True)
            ),
        )
        for kind in kinds
    ]
    name = translate("Compare", "Items by class")
    note = sentence(translate("Compare", "Each segment is in exactly one item; Settle lists them."))
    return Grid(name, tuple(heads), tuple(rows), translate("Compare", "Nothing is coded."), note)


def _of_class(count: int, items: Items) -> Shown:
    return Shown(figure(count), count, items if count else None)


def direction_grid(project: Project, found: Agreement) -> Grid:
    """Directions of the first coder by those of the second on passages with an agreed code."""
    first, second = found.coders[:2]
    directions = project.comparison.valence(found, first.id, second.id)
    levels = project.comparison.levels(found, first.id, second.id)
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
            cells.append(Shown(figure(value), value, opens))
        rows.append(tuple(cells))
    said = joined((_directions_said(found, directions), _levels_said(found, levels)), " ")
    name = translate("Compare", "Directions on passages with an agreed code")
    return Grid(name, tuple(heads), tuple(rows), "", said)


def _directions_said(found: Agreement, directions: Directions) -> Said:
    first, second = found.coders[:2]
    table, passages = directions.table, directions.passages

    def some(title: str, which: Callable[[AgreedPassage], bool]) -> Shared:
        return _some(f"{translate('Compare', 'Directions')}: {title}", passages, which)

    set_by_both = some(translate("Compare", "set by both"), lambda one: None not in one.valences)
    alike = some(
        translate("Compare", "the same by both"),
        lambda one: None not in one.valences and one.valences[0] is one.valences[1],
    )
    neither = some(
        translate("Compare", "not set by either"), lambda one: one.valences == (None, None)
    )
    only = translate("Compare", "only by {coder}")
    only_first = some(
        only.replace("{coder}", first.name),
        lambda one: one.valences[0] is not None and one.valences[1] is None,
    )
    only_second = some(
        only.replace("{coder}", second.name),
        lambda one: one.valences[0] is None and one.valences[1] is not None,
    )
    percent = say.percent_words(table.percent.value)
    agreed = some(translate("Compare", "passages with an agreed code"), lambda one: True)
    return sentence(
        translate(
            "Compare",
            "{count} passages with an agreed code; {units} with a direction by "
            "both: {percent} % the same, κ {kappa}. Not set by either: {neither}; only by "
            "{first}: {only_first}; only by {second}: {only_second}.",
        ),
        count=_count(len(passages), agreed),
        units=_count(table.units, set_by_both),
        percent=percent
        if table.percent.value is None
        else Opening(percent, alike if alike.spans else set_by_both),
        kappa=figure_words(table.kappa, set_by_both),
        neither=_count(table.neither_set, neither),
        first=first.initials,
        only_first=_count(table.only_first_set, only_first),
        second=second.initials,
        only_second=_count(table.only_second_set, only_second),
    )


def _levels_said(found: Agreement, levels: Levels) -> Said:
    figures, passages = levels.figures, levels.passages
    if not figures.units:
        return Said()

    def some(title: str, which: Callable[[AgreedPassage], bool]) -> Shared:
        return _some(f"{translate('Compare', 'Levels')}: {title}", passages, which)

    given = some(translate("Compare", "given by either"), lambda one: any(one.levels))
    same = some(
        translate("Compare", "the same by both"),
        lambda one: any(one.levels) and one.levels[0] == one.levels[1],
    )
    none = some(translate("Compare", "not given by either"), lambda one: not any(one.levels))
    return sentence(
        translate(
            "Compare",
            "Levels: mean overlap of the two sets (Jaccard) {mean} over "
            "{units} passages, {same} of them the same; {neither} without a level.",
        ),
        mean=figure_words(figures.mean_jaccard, given),
        units=_count(figures.units, given),
        same=_count(figures.same, same),
        neither=_count(figures.neither_set, none),
    )


def _some(
    title: str, passages: tuple[AgreedPassage, ...], which: Callable[[AgreedPassage], bool]
) -> Shared:
    return Shared(
        tuple((p.document, p.first.start, p.first.end) for p in passages if which(p)), title
    )


def _count(count: int, opens: Shared) -> str | Opening:
    return Opening(figure(count), opens) if count else figure(count)


def round_grid(project: Project, found: Agreement) -> Grid:
    """The trend: pooled kappa of every round, and each code's own coefficient."""
    points = project.comparison.trend()
    heads = [Head(translate("Compare", "Code"), width=200, figures=False)]
    heads += [Head(point.round.name, width=104) for point in points]
    pooled = translate("Compare", "All codes (pooled κ)")
    rows = [
        (
            Shown(pooled, ""),
            *(_of_round(point, point.pooled, Documents()) for point in points),
        )
    ]
    for line in found.codes:
        values = [point.codes.get(line.code) for point in points]
        if any(value is not None for value in values):
            cells = [
                _of_round(point, value, Judged(line.code))
                for point, value in zip(points, values, strict=True)
            ]
            rows.append((Shown(line.label, line.label.casefold()), *cells))
    note = sentence(translate("Compare", "Each round in its own unit and by its own coefficient."))
    return Grid(translate("Compare", "Agreement by round"), tuple(heads), tuple(rows), "", note)


def _of_round(point: TrendPoint, value: float | None, of: Documents | Judged) -> Shown:
    """A figure of the trend: it opens what it counts in its own round."""
    opens = None if value is None else InRound(point.round.id, of)
    return Shown(say.value_words(value), value, opens)


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
            value_cell(one.alpha, Meetings(one.code)),
            *(
                Shown(figure(count), count, Segments(one.code, coder.id) if count else None)
                for coder, count in zip(found.coders, one.segments, strict=True)
            ),
        )
        for one in project.comparison.unitizing(found)
    ]
    note = sentence(
        translate(
            "Compare",
            "u-alpha (2016) over the whole texts that all of them finished, edges and code "
            "together; not the alpha for unitizing of 1995.",
        )
    )
    name = translate("Compare", "Segments judged with their edges")
    empty = translate("Compare", "No code was used.")
    return Grid(name, tuple(heads), tuple(rows), empty, note)
