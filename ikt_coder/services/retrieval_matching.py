"""Conditions: which codings stand how to which others in the same document.

One document at a time, each coding against the neighbours that a sorted list gives, so that a
long list costs little more than its hits.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.query import Condition, Relation
from ikt_coder.core.span import Span, unite
from ikt_coder.services.retrieval_rows import MOST_PARTNERS
from ikt_coder.services.retrieval_terms import Members
from ikt_coder.services.rows import CodingRow

Turns = Callable[[Span], tuple[int, int]]
"""The turns a span touches, as half-open places; equal where there are none."""


@frozen
class ResolvedBlock:
    members: Members
    conditions: tuple[tuple[Condition, Members], ...]


class Neighbours:
    """Intervals to be asked which of them reach into another.

    They are kept by length in powers of two, each kind sorted by its start: one interval as
    long as the document does not make every question look through all of them.
    """

    def __init__(self, rows: Iterable[CodingRow], turns: Turns | None = None) -> None:
        self._kinds: dict[int, list[tuple[int, int, CodingRow]]] = {}
        for row in rows:
            start, end = (row.span.start, row.span.end) if turns is None else turns(row.span)
            if turns is not None and start >= end:
                continue
            self._kinds.setdefault((end - start).bit_length(), []).append((start, end, row))
        self._starts: dict[int, list[int]] = {}
        for kind, some in self._kinds.items():
            some.sort(key=lambda one: one[0])
            self._starts[kind] = [one[0] for one in some]

    def between(self, start: int, end: int) -> list[CodingRow]:
        """Those that begin before ``end`` and end after ``start``, in no order."""
        found = []
        for kind, some in self._kinds.items():
            starts = self._starts[kind]
            # None of this kind is longer than 2**kind.
            first = bisect_left(starts, start - (1 << kind))
            for at in range(first, bisect_left(starts, end, first)):
                if some[at][1] > start:
                    found.append(some[at][2])
        return found


class _Asked:
    """One condition among the codings of one coder in one document."""

    def __init__(
        self, condition: Condition, members: Members, rows: Sequence[CodingRow], turns: Turns
    ) -> None:
        self.condition = condition
        self._turns = turns
        self._rows = [row for row in rows if row in members]
        self._neighbours: Neighbours | None = None
        relation = condition.relation
        if relation is Relation.SAME:
            self._same: dict[tuple[int, int], list[CodingRow]] = {}
            for row in self._rows:
                self._same.setdefault((row.span.start, row.span.end), []).append(row)
        elif relation is not Relation.DOCUMENT:
            by_turn = relation is Relation.TURN
            self._neighbours = Neighbours(self._rows, turns if by_turn else None)

    def partners(self, row: CodingRow) -> list[CodingRow]:
        """The codings that stand in the relation to a coding, itself left out."""
        relation, start, end = self.condition.relation, row.span.start, row.span.end
        if relation is Relation.SAME:
            met = self._same.get((start, end), [])
        elif self._neighbours is None:  # anywhere in the document: one other is enough
            met = self._rows[:2]
        elif relation is Relation.OVERLAP:
            met = [
                other
                for other in self._neighbours.between(start, end)
                if min(end, other.span.end) > max(start, other.span.start)
            ]
        elif relation is Relation.WITHIN:
            reach = max(0, self.condition.distance) + 1
            met = self._neighbours.between(start - reach, end + reach)
        else:
            first, after = self._turns(row.span)
            met = self._neighbours.between(first, after) if first < after else []
        return [other for other in met if other.id != row.id]


class Matcher:
    """Matches the codings of one document against blocks. Two codings stand to each other
    only where they are of the same coder (or both of the consensus)."""

    def __init__(self, blocks: Sequence[ResolvedBlock]) -> None:
        self._blocks = blocks
        self.plain = all(not block.conditions for block in blocks)

    def match(
        self,
        pool: Sequence[CodingRow],
        passing: Callable[[CodingRow], bool],
        turns: Turns,
    ) -> list[tuple[CodingRow, tuple[UUID, ...], tuple[Span, ...]]]:
        """The codings of ``pool`` that match any block and pass, with partners and shared
        words. ``pool`` are the codings of one document in place order, those alone that bear on
        the query: without conditions, all of them match."""
        if self.plain:
            return [(row, (), ()) for row in pool if passing(row)]
        by_coder: dict[UUID | None, list[CodingRow]] = {}
        for row in pool:
            by_coder.setdefault(row.coder, []).append(row)
        asked = {
            (coder, at): [
                _Asked(condition, members, rows, turns) for condition, members in block.conditions
            ]
            for coder, rows in by_coder.items()
            for at, block in enumerate(self._blocks)
        }
        found = []
        for row in pool:
            at = [n for n, block in enumerate(self._blocks) if row in block.members]
            if not at or not passing(row):
                continue
            answers = [_answer(row, asked[(row.coder, n)]) for n in at]
            met = [answer for answer in answers if answer is not None]
            if met:
                found.append((row, *_joined(met)))
        return found


_Answer = tuple[list[CodingRow], list[Span]]


def _answer(row: CodingRow, asked: Sequence[_Asked]) -> _Answer | None:
    """Partners and shared words where a coding meets all conditions; None where it does not."""
    partners: list[CodingRow] = []
    shared: list[Span] | None = None
    for one in asked:
        met = one.partners(row)
        if bool(met) is one.condition.negated:
            return None
        if one.condition.negated or one.condition.relation is Relation.DOCUMENT:
            continue
        partners += met
        if one.condition.relation in (Relation.SAME, Relation.OVERLAP):
            pieces = unite(_common(row.span, other.span) for other in met)
            shared = pieces if shared is None else _in_both(shared, pieces)
    return partners, shared or []


def _joined(answers: Sequence[_Answer]) -> tuple[tuple[UUID, ...], tuple[Span, ...]]:
    """Partners in place order, each once, and shared words of all blocks that a coding meets."""
    if len(answers) == 1 and not answers[0][0]:
        return (), ()
    partners = {other.id: other for some, _ in answers for other in some}
    ordered = sorted(partners.values(), key=lambda o: (o.span.start, o.span.end, o.id))
    shared = unite(span for _, some in answers for span in some)
    return tuple(other.id for other in ordered[:MOST_PARTNERS]), tuple(shared)


def _common(one: Span, other: Span) -> Span:
    return Span(max(one.start, other.start), min(one.end, other.end))


def _in_both(some: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """The words that lie in both of two ordered lists of pieces."""
    found = []
    a = b = 0
    while a < len(some) and b < len(others):
        start = max(some[a].start, others[b].start)
        end = min(some[a].end, others[b].end)
        if start < end:
            found.append(Span(start, end))
        if some[a].end <= others[b].end:
            a += 1
        else:
            b += 1
    return found
