"""Which items the queue shows, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import DecisionKind, DifferenceKind
from ikt_coder.services.settling_rows import Item, ItemState
from ikt_coder.ui.comparison.columns.item_words import row_words, title_words
from ikt_coder.ui.comparison.columns.study import Study


class Order(StrEnum):
    """By what the queue is sorted."""

    DOCUMENT = "document"
    CODE = "code"
    LENGTH = "length"
    KIND = "kind"


class Which(StrEnum):
    """Which states the queue shows."""

    ALL = "all"
    LEFT = "left"
    SETTLED = "settled"
    DEFERRED = "deferred"
    NOTED = "noted"


_STATES = {
    Which.LEFT: (ItemState.OPEN, ItemState.CLASH),
    Which.SETTLED: (ItemState.SETTLED,),
    Which.DEFERRED: (ItemState.DEFERRED, ItemState.UNCLEAR),
}
_KINDS = tuple(DifferenceKind)


@frozen
class Shown:
    """What is asked for. ``kind`` None: all differences, without what agrees."""

    order: Order = Order.DOCUMENT
    kind: DifferenceKind | None = None
    which: Which = Which.ALL
    code: UUID | None = None
    way: DecisionKind | None = None
    words: str = ""


def queue_of(items: Iterable[Item], shown: Shown, study: Study) -> list[Item]:
    """The items that are asked for, in order; those of one rank stay in reading order."""
    words = shown.words.casefold().split()
    found = [item for item in items if _fits(item, shown) and _holds(item, words, study)]
    if shown.order is Order.CODE:
        found.sort(key=lambda item: [study.code_name(c).casefold() for c in item.codes])
    elif shown.order is Order.LENGTH:
        found.sort(key=lambda item: -len(item.span))
    elif shown.order is Order.KIND:
        found.sort(key=lambda item: _KINDS.index(item.kind))
    return found


def _fits(item: Item, shown: Shown) -> bool:
    if shown.kind is None:
        if item.kind is DifferenceKind.MATCH:
            return False
    elif item.kind is not shown.kind:
        return False
    if shown.code is not None and shown.code not in item.codes:
        return False
    decided = item.decision.kind if item.decision is not None else None
    if shown.way is not None and decided is not shown.way:
        return False
    if shown.which is Which.NOTED:
        return item.notes > 0
    states = _STATES.get(shown.which)
    return states is None or item.state in states


def _holds(item: Item, words: list[str], study: Study) -> bool:
    if not words:
        return True
    text = f"{title_words(item)} {row_words(item, study)}".casefold()
    return all(word in text for word in words)


def needs_somebody(item: Item) -> bool:
    """Whether an item is still to be decided by those who coded."""
    return item.kind is not DifferenceKind.MATCH and item.state in (
        ItemState.OPEN,
        ItemState.CLASH,
    )


def needs_adjudicator(item: Item) -> bool:
    """Whether an item is still to be decided by the one to whom others defer."""
    return needs_somebody(item) or item.state is ItemState.DEFERRED
