"""The raw table behind every figure of agreement, for other programs.

One row for each document, code and run of neighbouring units that the same coders coded, those
that nobody coded among them: the numbers of units in a cell's rows add up to the cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.services.codes import join_path
from ikt_coder.services.comparison_options import ComparisonOptions
from ikt_coder.services.comparison_rows import Agreement
from ikt_coder.services.comparison_stretches import all_runs

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

MISSING: Final = ""
"""What stands where a coder did not finish the document: neither 0 nor 1."""


def units_table(
    project: Project,
    options: ComparisonOptions | None = None,
    *,
    initials: bool = False,
    agreement: Agreement | None = None,
    most: int = 0,
) -> Table:
    """The runs of every code that somebody used in a document, and one row for each code that
    nobody used there. Positions are those of the text as it was counted. ``most``: only so
    many of the first rows, which the note says."""
    found = agreement or (options or ComparisonOptions()).agreement(project, intervals=False)
    material = project.comparison.material(found.asked)
    names = [c.initials if initials and c.initials else c.name for c in found.coders]
    heads = ["document", "code", "first_unit", "last_unit", "start", "end", "units", *names]
    rows: list[tuple[Cell, ...]] = []
    titles = [cell(material.reading.title(at)) for at in range(len(material.reading.documents))]
    codes = [cell(join_path(code.path)) for code in material.codes]
    # A project of 200,000 codings has half a million rows: equal cells are one.
    figures: dict[int, Cell] = {}
    missing = cell(MISSING)

    def figure(value: int) -> Cell:
        known = figures.get(value)
        if known is None:
            known = figures[value] = number(value)
        return known

    counts = material.counts
    judged = [
        [bool(present >> coder & 1) for coder in range(len(names))] for present in counts.present
    ]
    cut = False
    used: set[tuple[int, int]] = set()

    def add(document: int, code: int, run: tuple[int, int, int, int, int]) -> None:
        first, last, start, end, applied = run
        values = [
            figure(applied >> coder & 1) if there else missing
            for coder, there in enumerate(judged[document])
        ]
        rows.append(
            (
                titles[document],
                codes[code],
                figure(first),
                figure(last),
                figure(start),
                figure(end),
                figure(last - first),
                *values,
            )
        )

    for document, code, some in all_runs(material):
        used.add((document, code))
        for run in some:
            add(document, code, run)
        if most and len(rows) >= most:
            cut = True
            break
    if not cut:
        for document in counts.counted:
            whole = (0, counts.units[document], 0, material.documents[document].length, 0)
            for code in range(len(codes)):
                if (document, code) not in used:
                    add(document, code, whole)
    setting = found.setting
    row = found.round
    facts = [
        f"Unit: {setting.written}" + (f", rule: {setting.rule.value}" if setting.projected else ""),
        f"scope: {setting.scope.value}",
        "not from a round: codings as they stand" if row is None else f"round: {row.name}",
        "units are numbered from 0, the last excluded; start and end are code points, end excluded",
        "1 = coded, 0 = not coded, empty = this coder did not finish the document",
        f"definitions version {found.formulas}",
    ]
    if cut:
        rows = rows[:most]
        facts.insert(0, f"The first {most:,} rows")
    right = {"first_unit", "last_unit", "start", "end", "units", *names}
    return Table(
        title="Units",
        columns=tuple(
            Column((Run(name),), Align.RIGHT if name in right else Align.LEFT, 1.0)
            for name in heads
        ),
        rows=tuple(rows),
        note=((Run("; ".join(facts) + "."),),),
        number=0,
        description="Runs of units by document, code and who coded them.",
        empty="No document was finished by two coders yet.",
    )
