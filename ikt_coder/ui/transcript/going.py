"""Going about in the text by keys: from coding to coding, from word to turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.span import Span
from ikt_coder.ui.transcript.widening import units_around
from ikt_coder.ui.transcript.wording import codes_here, shortened
from ikt_coder.ui.widgets.announce import announce

if TYPE_CHECKING:
    from ikt_coder.ui.transcript.view import TranscriptView

translate = QCoreApplication.translate


class Going:
    """Moves caret, selection and the current coding; changes nothing in the project."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self._widened: list[tuple[int, int]] = []

    def cycle(self) -> None:
        """To the next of the codings that overlap at the caret."""
        view = self._view
        here = view.pane.marks.at(view.pane.textCursor().position())
        if not here:
            view.hand.coding()
            return
        ids = [mark.id for mark in here]
        current = view.current_coding
        number = (ids.index(current) + 1) % len(ids) if current in ids else 0
        view.make_current(ids[number])
        place = translate("Transcript", "{number} of {count}").format(
            number=number + 1, count=len(ids)
        )
        announce(view.pane, f"{view.describe(here[number].row)}, {place}")

    def step(self, by: int) -> None:
        """To the next or previous coding in reading order."""
        view = self._view
        marks = view.pane.marks.in_order()
        if not marks:
            view.hint(translate("Transcript", "This document has no codings yet."))
            return
        current = view.current_mark()
        if current is not None:
            target = marks.index(current) + by
        else:
            at = view.pane.textCursor().position()
            after = next((n for n, m in enumerate(marks) if m.start >= at), len(marks))
            target = after if by > 0 else after - 1
        if not 0 <= target < len(marks):
            announce(view.pane, translate("Transcript", "No more codings that way."))
            return
        view.go_to_coding(marks[target].id)
        announce(view.pane, codes_here([view.describe(marks[target].row)]))

    def widen(self) -> None:
        """Select the next larger unit around the selection or the caret."""
        view = self._view
        if view.content is None:
            return
        now = view.pane.selected()
        at = view.pane.textCursor().position()
        span = view.page.offsets.span(*(now or (at, at)))
        turns = [Span(t.words_start, max(t.words_start, t.span.end)) for t in view.content.turns]
        for unit in units_around(view.content.text, span, turns):
            if len(unit) > len(span) and unit.start <= span.start and unit.end >= span.end:
                self._widened.append(now or (at, at))
                view.pane.select(*view.page.offsets.units(unit))
                announce(view.pane, shortened(view.content.text[unit.start : unit.end], 60))
                return

    def narrow(self) -> None:
        """Back to what was selected before widening, else to the next smaller unit."""
        view = self._view
        now = view.pane.selected()
        if now is None or view.content is None:
            return
        while self._widened:
            start, end = self._widened.pop()
            if now[0] <= start <= end <= now[1] and (start, end) != now:
                view.pane.select(start, end)
                return
        offsets = view.page.offsets
        span = offsets.span(*now)
        first = Span(span.start, span.start)
        turns = [Span(t.words_start, max(t.words_start, t.span.end)) for t in view.content.turns]
        inside = [
            u
            for u in units_around(view.content.text, first, turns)
            if span.start <= u.start and u.end <= span.end and len(u) < len(span)
        ]
        if inside:
            view.pane.select(*offsets.units(inside[-1]))
