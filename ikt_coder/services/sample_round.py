"""The round of coding of the sample project: coded blind, opened, one interview half settled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ikt_coder.core.rounds import DecisionKind, DifferenceKind, NoteKind, ReasonCategory, RoundMode
from ikt_coder.services.round_rows import RoundPlan
from ikt_coder.services.settling_rows import Edges

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

Facts = Mapping[str, Any]


class SampleRound:
    """Sets the round up, lets both coders finish, opens it and settles what ``study.json``
    tells; acts of their own, as in a study. The coders are named by initials."""

    def __init__(
        self,
        project: Project,
        facts: Facts,
        coders: Mapping[str, UUID],
        documents: Mapping[str, UUID],
        codes: Mapping[str, UUID],
    ) -> None:
        """Coders by initials, documents by title, codes by path or ``framework:node``."""
        self._project = project
        self._facts = facts
        self._coders = coders
        self._documents = documents
        self._codes = codes

    def load(self) -> None:
        """Raises ValueError where an item that is told of is not there."""
        project, facts = self._project, self._facts
        present = project.coder
        documents = tuple(self._documents[title] for title in facts["documents"])
        try:
            round_ = project.rounds.set_up(
                RoundPlan(
                    name=facts["name"],
                    mode=RoundMode(facts["mode"]),
                    coders=tuple(self._coders.values()),
                    documents=documents,
                    coefficient=facts["coefficient"],
                    target=facts["target"],
                    note=facts["note"],
                )
            )
            for initials in facts["finished"]:
                project.coder = self._coders[initials]
                project.rounds.finish(round_, documents)
            project.coder = present
            project.rounds.unseal(round_)
            self._settle(round_, facts["settling"])
        finally:
            project.coder = present

    def _settle(self, round_: UUID, facts: Facts) -> None:
        desk = self._project.reconciliation
        documents = [self._documents[title] for title in facts["documents"]]
        desk.accept_matches(round_, documents)
        desk.accept_boundaries(round_, Edges.UNION, documents)
        items = self._items(round_, documents)
        there = tuple(self._coders[initials] for initials in facts["present"])
        for told in facts["decisions"]:
            kept = told.get("kept")
            desk.decide(
                self._found(items, told),
                round_,
                DecisionKind(told["kind"]),
                kept=self._coders[kept] if kept else None,
                edges=Edges(told["edges"]) if "edges" in told else None,
                category=ReasonCategory(told["category"]) if told["category"] else None,
                reason=told["reason"],
                present=there,
            )
        for told in facts["notes"]:
            self._project.coder = self._coders[told["coder"]]
            desk.note(self._found(items, told), round_, NoteKind(told["kind"]), told["text"])

    def _items(
        self, round_: UUID, documents: list[UUID]
    ) -> dict[tuple[str, str, DifferenceKind, UUID], UUID]:
        """What there is to settle, by document, words, difference and the codes in question."""
        found = {}
        for document in documents:
            text = self._project.texts.get(document)
            for item in self._project.reconciliation.items(round_, document=document):
                words = text[item.span.start : item.span.end]
                for code in item.codes:
                    found[item.document_title, words, item.kind, code] = item.id
        return found

    def _found(
        self, items: Mapping[tuple[str, str, DifferenceKind, UUID], UUID], told: Facts
    ) -> UUID:
        difference = DifferenceKind(told["difference"])
        item = items.get((told["document"], told["quote"], difference, self._codes[told["code"]]))
        if item is None:
            raise ValueError(f"nothing of this kind to settle: {difference}, {told['quote']!r}")
        return item
