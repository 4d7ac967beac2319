"""How the codings of a document show in the text while they are verified."""

from __future__ import annotations

from uuid import UUID

from ikt_coder.core.rounds import DifferenceKind
from ikt_coder.core.span import Span
from ikt_coder.services.settling_rows import Item, Segment
from ikt_coder.ui.comparison.columns.differing import Differing
from ikt_coder.ui.comparison.columns.item_margin import Flagged
from ikt_coder.ui.comparison.columns.text_columns import TextColumns
from ikt_coder.ui.comparison.verify.reading import (
    Verified,
    removed,
    shown_segments,
    sign_of,
    waits,
)
from ikt_coder.ui.comparison.verify.turn_marks import TurnMarks
from ikt_coder.ui.comparison.verify.wording import state_words, title_words


def place_of(item: Item) -> Span:
    """Where an item lies, as it was judged."""
    spans = [segment.span for segment in shown_segments(item) if len(segment.span)]
    if not spans:
        return item.span
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def mark_text(
    columns: TextColumns, turns: TurnMarks, found: Verified, current: UUID | None
) -> None:
    """Tint what waits to be judged and the coding one is at, underline the rest, outline what
    was removed; the margin has a sign for each, and each turn says whether it is checked."""
    if found.text is None:
        return
    segments: list[Segment] = []
    loud: set[UUID] = set()
    gone: list[Differing] = []
    for item in found.items:
        shown = shown_segments(item)
        segments += shown
        if waits(item) or item.id == current:
            loud.update(segment.coding for segment in shown if segment.coding is not None)
        if removed(item):
            gone += [Differing(s.span, DifferenceKind.ONE_SIDE, False, item.id) for s in shown]
    columns.load(0, segments, loud)
    columns.show_differing(0, gone, current)
    offsets = columns.page.offsets
    margin = columns.margin
    if margin is not None:
        known = {item.id: item for item in found.items}
        margin.current = current
        margin.describe = lambda key: (
            f"{title_words(known[key], found.study)}. {state_words(known[key], found.study)}"
        )
        margin.set_items(
            [
                Flagged(offsets.to_qt(place_of(i).start), sign_of(i), i.id, not waits(i))
                for i in found.items
            ]
        )
    turns.set_turns(
        [(offsets.to_qt(turn.words_start), turn.id) for turn in found.text.turns],
        found.checked.turns,
        whole=found.checked.whole,
    )
