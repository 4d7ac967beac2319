"""Belief statements: one sentence in a participant's voice that sums up passages of a domain.

Nothing is suggested: people write the sentence and say which passages it sums up. What is counted
are those of the analysis layer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import delete, insert, select

from ikt_coder.codebooks.components import COMPONENTS
from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ids import derived_id, new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.words import Valence
from ikt_coder.model import Belief, BeliefCoding, Code, Coder, Coding
from ikt_coder.services.base import UNSET, Service, Unset, add_row, change_row, given
from ikt_coder.services.rows import CodingRow
from ikt_coder.services.theme_counts import ThemeCounts, passages
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.rows import CodeRow

STRONG = 2
"""The strength of a coding that counts as evidence of a strong belief."""


@frozen
class BeliefRow:
    """A belief statement. ``codings`` are its passages in the analysis layer, which the counts
    are of; ``elsewhere`` is how many more it has in codings that do not count."""

    id: UUID
    text: str
    code: UUID | None  # its domain
    code_name: str
    direction: Valence | None
    note: str
    coder: UUID | None
    coder_initials: str
    created: datetime
    codings: tuple[UUID, ...]
    participants: int
    passages: int
    elsewhere: int


@frozen
class DomainRelevance:
    """How relevant a domain is (Atkins 2017): how many participants speak of it, how many
    belief statements sum it up, whether they conflict, and how strong the evidence is.

    ``conflicting``: among the statements is one of either direction, or a mixed one.
    ``strong``: codings of the domain marked as strong, of so many participants.
    """

    code: UUID
    name: str
    participants: int
    passages: int
    codings: tuple[UUID, ...]
    beliefs: int
    directions: frozenset[Valence]
    conflicting: bool
    strong: tuple[UUID, ...]
    strong_participants: int


class BeliefService(Service):
    def all(self, counts: ThemeCounts | None = None) -> tuple[BeliefRow, ...]:
        """The statements in the order people gave them."""
        counts = counts or ThemeCounts(self._project, whole_layer=True)
        rows = self._rows(
            select(Belief.__table__, Code.name.label("code_name"), Coder.initials)
            .outerjoin(Code, Code.id == Belief.code_id)
            .outerjoin(Coder, Coder.id == Belief.coder_id)
            .order_by(Belief.position, Belief.created, Belief.id)
        )
        members: dict[UUID, set[UUID]] = {}
        for belief, coding in self._rows(select(BeliefCoding.belief_id, BeliefCoding.coding_id)):
            members.setdefault(belief, set()).add(coding)
        return tuple(self._row(row, members.get(row.id, set()), counts) for row in rows)

    @staticmethod
    def _row(r: Any, members: Collection[UUID], counts: ThemeCounts) -> BeliefRow:
        found = [row for row in counts.layer if row.id in members] if members else []
        return BeliefRow(
            r.id,
            r.text,
            r.code_id,
            r.code_name or "",
            Valence(r.direction) if r.direction else None,
            r.note,
            r.coder_id,
            r.initials or "",
            r.created,
            tuple(one.id for one in found),
            len(counts.participants(found)),
            len(passages(found)),
            len(members) - len(found),
        )

    def get(self, belief: UUID) -> BeliefRow:
        """Raises NotFound."""
        for row in self.all():
            if row.id == belief:
                return row
        raise NotFound(
            "This belief statement is no longer in the project.", "Undo may bring it back."
        )

    def codings(self, belief: UUID) -> tuple[UUID, ...]:
        """Every coding under a statement, also of those that do not count."""
        found = self._rows(select(BeliefCoding.coding_id).where(BeliefCoding.belief_id == belief))
        return tuple(row.coding_id for row in found)

    # -- acts ---------------------------------------------------------------------------

    def add(
        self,
        text: str,
        *,
        code: UUID | None = None,
        direction: Valence | None = None,
        codings: Sequence[UUID] = (),
        note: str = "",
    ) -> UUID:
        """Add a statement with its domain, direction and passages. Raises UserError where
        nothing was written, NotFound where domain or passages are gone."""
        sentence = _sentence(text)
        coder = self._project.coders.ensure_present()
        key = new_id()
        with self._operation(Op.ADD_BELIEF, belief=key) as op:
            self._check_code(code)
            add_row(
                op,
                Belief,
                id=key,
                text=sentence,
                code_id=code,
                direction=direction.value if direction else None,
                note=note.strip(),
                position=self._next_position(Belief),
                coder_id=coder,
                created=datetime.now(UTC),
            )
            self._put(op, key, codings)
        return key

    def change(
        self,
        belief: UUID,
        *,
        text: str | Unset = UNSET,
        code: UUID | Unset | None = UNSET,
        direction: Valence | Unset | None = UNSET,
        note: str | Unset = UNSET,
    ) -> None:
        """Change what is given; None clears domain or direction."""
        if not isinstance(text, Unset):
            text = _sentence(text)
        if not isinstance(code, Unset):
            self._check_code(code)
        values = given(text=text, code_id=code, note=note)
        if not isinstance(direction, Unset):
            values["direction"] = direction.value if direction else None
        with self._operation(Op.CHANGE_BELIEF, belief=belief) as op:
            change_row(op, Belief, belief, values)

    def move(self, belief: UUID, place: int) -> None:
        """Put a statement at a place of the list, from 0."""
        order = [
            row.id
            for row in self._rows(
                select(Belief.id, Belief.position).order_by(
                    Belief.position, Belief.created, Belief.id
                )
            )
        ]
        if belief not in order:
            raise NotFound("This belief statement is no longer in the project.")
        order.remove(belief)
        order.insert(max(0, min(place, len(order))), belief)
        with self._operation(Op.CHANGE_BELIEF, belief=belief) as op:
            for position, key in enumerate(order):
                change_row(op, Belief, key, {"position": position})

    def delete(self, belief: UUID) -> None:
        """Delete a statement; its passages stay coded."""
        with self._operation(Op.DELETE_BELIEF, belief=belief) as op:
            if op.execute(delete(Belief).where(Belief.id == belief)).rowcount == 0:
                raise NotFound("This belief statement is no longer in the project.")

    def gather(self, belief: UUID, codings: Sequence[UUID]) -> None:
        """Put passages under a statement; those that are there already stay."""
        with self._operation(Op.GATHER_BELIEF, belief=belief, count=len(codings)) as op:
            self._one(select(Belief.id).where(Belief.id == belief), "belief statement")
            self._put(op, belief, codings)

    def release(self, belief: UUID, codings: Sequence[UUID]) -> None:
        """Take passages from under a statement."""
        with self._operation(Op.GATHER_BELIEF, belief=belief) as op:
            keys = [derived_id(belief, coding) for coding in codings]
            op.execute(delete(BeliefCoding).where(BeliefCoding.id.in_(keys)))

    def _put(self, op: Operation, belief: UUID, codings: Sequence[UUID]) -> None:
        wanted = list(dict.fromkeys(codings))
        there = set(op.execute(select(Coding.id).where(Coding.id.in_(wanted))).scalars())
        if len(there) < len(wanted):
            raise NotFound(
                "A coding is no longer in the project. Nothing was changed.",
                "Undo may bring it back.",
            )
        known = set(
            op.execute(
                select(BeliefCoding.coding_id).where(BeliefCoding.belief_id == belief)
            ).scalars()
        )
        for coding in wanted:
            if coding not in known:
                op.execute(
                    insert(BeliefCoding).values(
                        id=derived_id(belief, coding), belief_id=belief, coding_id=coding
                    )
                )

    def _check_code(self, code: UUID | None) -> None:
        if code is not None:
            self._one(select(Code.id).where(Code.id == code), "code")

    # -- how relevant a domain is -----------------------------------------------------------

    def relevance(self, counts: ThemeCounts | None = None) -> tuple[DomainRelevance, ...]:
        """The domains that somebody speaks of, the one of most participants first: nodes of
        frameworks in the project, and other codes that belief statements name."""
        counts = counts or ThemeCounts(self._project, whole_layer=True)
        beliefs = self.all(counts)
        codes = {row.id: row for row in self._project.codes.all(counted=False)}
        by_id = {row.id: row for row in counts.layer}
        members: dict[UUID, dict[UUID, CodingRow]] = {}
        named = {row.code for row in beliefs if row.code is not None}
        for row in counts.layer:
            if row.code in named or _is_domain(codes.get(row.code)):
                members.setdefault(row.code, {})[row.id] = row
        for belief in beliefs:
            if belief.code is not None:
                found = members.setdefault(belief.code, {})
                found.update((key, by_id[key]) for key in belief.codings)
        listed = [
            self._relevance(codes[code].name, code, list(found.values()), beliefs, counts)
            for code, found in members.items()
            if code in codes
        ]
        listed.sort(key=lambda one: (-one.participants, -one.beliefs, one.name))
        return tuple(listed)

    @staticmethod
    def _relevance(
        name: str,
        code: UUID,
        found: list[CodingRow],
        beliefs: Iterable[BeliefRow],
        counts: ThemeCounts,
    ) -> DomainRelevance:
        own = [row for row in beliefs if row.code == code]
        directions = frozenset(row.direction for row in own if row.direction is not None)
        strong = [row for row in found if row.strength == STRONG]
        both = {Valence.BARRIER, Valence.FACILITATOR} <= directions
        return DomainRelevance(
            code,
            name,
            len(counts.participants(found)),
            len(passages(found)),
            tuple(row.id for row in found),
            len(own),
            directions,
            both or Valence.MIXED in directions,
            tuple(row.id for row in strong),
            len(counts.participants(strong)),
        )


def _is_domain(code: CodeRow | None) -> bool:
    return (
        code is not None
        and code.node_key is not None
        and code.framework_key not in (None, COMPONENTS)
    )


def _sentence(text: str) -> str:
    sentence = " ".join(text.split())
    if not sentence:
        raise UserError("A belief statement needs a sentence.", "Write one and try again.")
    return sentence
