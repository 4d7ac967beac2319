"""The passages under a barrier: on paper codes with counts and some quotes, as data all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from ikt_coder.core.table import Cell, Column, Run, Table, cell
from ikt_coder.core.words import Flag

if TYPE_CHECKING:
    from ikt_coder.services.crosswalks.evidence import Evidence
    from ikt_coder.services.recommendations.rows import Path

_MOST_QUOTES: Final = 3
_MOST_CODES: Final = 5
RULE: Final = (
    "Under Evidence stand the number of passages, the codes on them (each with its passages; at "
    f"most {_MOST_CODES}) and up to {_MOST_QUOTES} passages of different participants, starred "
    "ones first, then in the order of the texts. All passages are in the .xlsx and .csv files."
)


def printed_evidence(path: Path, found: Iterable[Evidence], names: Mapping[UUID, str]) -> list[str]:
    """How many passages, by which codes, and a few of them in words."""
    all_of = list(found)
    n = path.subject.passages
    lines = [f"{n} {'passage' if n == 1 else 'passages'}."]
    by_code = Counter(code for code, _, _ in {_place(one) for one in all_of})
    if len(by_code) > 1:
        codes = by_code.most_common()
        said = [f"{names.get(code, '?')} ({count})" for code, count in codes[:_MOST_CODES]]
        rest = len(codes) - len(said)
        more = f" and {rest} more {'code' if rest == 1 else 'codes'}" if rest else ""
        lines.append(f"{', '.join(said)}{more}.")
    quoted = _chosen([one for one in all_of if not one.withheld])
    lines += [f"“{one.words}” ({one.who or one.where})" for one in quoted]
    return lines if quoted or not all_of else [*lines, "Their words are withheld."]


def _chosen(found: Sequence[Evidence]) -> list[Evidence]:
    ordered = sorted(found, key=lambda one: Flag.STAR not in one.coding.flags)  # stable
    by_person: dict[str, Evidence] = {}
    for one in ordered:
        by_person.setdefault(one.who or one.where, one)
    return list(by_person.values())[:_MOST_QUOTES]


def _place(one: Evidence) -> tuple[UUID, UUID, object]:
    return one.coding.code, one.coding.document, one.coding.span


def evidence_table(
    shown: Iterable[Path],
    told: Mapping[UUID, Evidence],
    names: Mapping[UUID, str],
    barrier: str,
    number: int,
) -> Table:
    """Every coding behind every barrier that is shown, one row each."""
    rows: list[tuple[Cell, ...]] = []
    for path in shown:
        for key in path.subject.codings:
            if key in told:
                one = told[key]
                rows.append(
                    (
                        cell(path.subject.name),
                        cell(names.get(one.coding.code, "?")),
                        cell(one.words, quote=not one.withheld),
                        cell("yes" if one.withheld else "no"),
                        cell(one.who),
                        cell(one.where),
                    )
                )
    headings = (
        *((barrier, 1.2), ("Code", 1.2), ("Words", 3.0)),
        *(("Withheld", 0.6), ("Participants", 0.8), ("Document", 1.0)),
    )
    return Table(
        title="Evidence",
        columns=tuple(Column((Run(name),), width=width) for name, width in headings),
        rows=tuple(rows),
        number=number,
        description="Each coding behind a barrier, with its words as far as consent allows.",
        empty="No coding stands behind a barrier yet.",
    )
