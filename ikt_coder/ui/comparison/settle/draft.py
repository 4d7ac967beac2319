"""What is about to be decided about an item, before it is."""

from __future__ import annotations

from typing import Final, TypeAlias
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import DecisionKind, ReasonCategory
from ikt_coder.core.span import Span, unite
from ikt_coder.core.words import Valence
from ikt_coder.services.base import UNSET, Unset
from ikt_coder.services.settling_rows import (
    Choice,
    DecisionRow,
    Edges,
    Item,
    ItemState,
    Segment,
)
from ikt_coder.ui.comparison.columns.differing import shared

Direction: TypeAlias = Valence | Unset | None
Levels: TypeAlias = frozenset[UUID] | Unset
AS_CODED: Final = UNSET


@frozen
class Draft:
    """Edges, direction and levels that the result gets, where they are not simply what the
    choice has; and the reason. ``span`` are edges of its own (code points)."""

    edges: Edges | None = None
    span: Span | None = None
    valence: Direction = AS_CODED
    levels: Levels = AS_CODED
    category: ReasonCategory | None = None
    reason: str = ""

    @property
    def has_reason(self) -> bool:
        return bool(self.reason.strip()) or self.category is not None


@frozen
class Way:
    """A way to decide: one of the choices, another code, deferring, an unclear codebook."""

    kind: DecisionKind
    choice: Choice | None = None
    code: UUID | None = None

    @property
    def asks_reason(self) -> bool:
        """Whether it cannot be decided without saying why."""
        if self.choice is not None:
            return self.choice.asks_reason
        return self.kind in (DecisionKind.OTHER_CODE, DecisionKind.DEFER, DecisionKind.UNCLEAR)

    @property
    def needs_text(self) -> bool:
        """Whether a category alone does not do: it becomes a note on the code."""
        return self.kind is DecisionKind.UNCLEAR

    def ready(self, draft: Draft) -> bool:
        """Whether what it asks for is there."""
        if self.needs_text:
            return bool(draft.reason.strip())
        return draft.has_reason or not self.asks_reason


def draft_of(item: Item) -> Draft:
    """What stands written already, where an item is decided anew."""
    decision = item.decision
    # Why it was deferred is no reason for what is decided in the end.
    if decision is None or item.state is not ItemState.SETTLED:
        return Draft()
    return Draft(category=decision.category, reason=decision.reason)


def shared_spans(item: Item) -> list[Span]:
    """What every coder who coded something of the item has coded."""
    return shared(side for side in item.sides if side.segments)


def outcome(item: Item, choice: Choice, draft: Draft) -> list[Span]:
    """Where the codings of the result would lie."""
    if not choice.result:
        return []
    if draft.edges is Edges.UNION:
        return [item.span]
    if draft.edges is Edges.INTERSECTION:
        return shared_spans(item)
    if draft.edges is Edges.CUSTOM and draft.span is not None:
        return [draft.span]
    return unite(segment.span for segment in choice.result)


def offered_edges(item: Item) -> tuple[Edges, ...]:
    """The edges that make a difference: with one version alone, its own or others."""
    coded = [s for side in item.sides for s in side.segments]
    if len({s.span for s in coded}) < 2:
        return (Edges.OWN, Edges.CUSTOM)
    if not shared_spans(item):
        return (Edges.OWN, Edges.UNION, Edges.CUSTOM)
    return (Edges.OWN, Edges.UNION, Edges.INTERSECTION, Edges.CUSTOM)


def chosen_key(item: Item, choices: tuple[Choice, ...]) -> str:
    """The key of the choice that stands as the item's decision; "" where none does."""
    decision = item.decision
    if decision is None or item.state is not ItemState.SETTLED:
        return ""
    for choice in choices:
        if choice.kind is not decision.kind:
            continue
        if choice.kind is DecisionKind.KEEP and not _kept(choice, decision):
            continue
        if choice.kind is DecisionKind.EDGES and _spans(choice.result) != _spans(decision.result):
            continue
        return choice.key
    return ""


def _kept(choice: Choice, decision: DecisionRow) -> bool:
    """Whether the version that was kept is that of the choice. While names are hidden, both
    name nobody: what the result is tells."""
    if choice.kept is not None or decision.kept is not None:
        return choice.kept == decision.kept
    made, offered = ({(s.code, s.span) for s in one.result} for one in (decision, choice))
    return made == offered


def _spans(segments: tuple[Segment, ...]) -> list[Span]:
    return sorted(segment.span for segment in segments)
