"""The words behind a row of a table, as far as consent lets them leave the team."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.services.attribution import Attribution
from ikt_coder.services.passage_tables import clock
from ikt_coder.services.quoting import why_withheld, withheld_words
from ikt_coder.services.rows import CodingRow

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


@frozen
class Evidence:
    """One passage: its words (or why they are withheld), who says them, and where."""

    coding: CodingRow
    words: str
    withheld: bool
    who: str
    where: str

    @property
    def line(self) -> str:
        """The words with who says them, for a cell."""
        return f"{self.words} ({self.who or self.where})"


def evidence(
    project: Project, rows: Iterable[CodingRow], attribution: Attribution
) -> dict[UUID, Evidence]:
    """The passages of some codings, by coding."""
    found = {}
    for passage in project.retrieval.passages(rows, context=0):
        row = passage.coding
        who = attribution.of(row.document, row.span).participants
        people = [attribution.people[key] for key in who if key in attribution.people]
        reason = why_withheld(row, people)
        time = f", {clock(passage.start_ms)}" if passage.start_ms is not None else ""
        found[row.id] = Evidence(
            row,
            withheld_words(reason) if reason else " ".join(passage.text.split()),
            bool(reason),
            ", ".join(person.label for person in people),
            f"{passage.document_title}{time}",
        )
    return found
