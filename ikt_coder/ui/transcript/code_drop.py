"""Dropping codes on the text: on the selection, or on the sentence under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDropEvent

from ikt_coder.core.span import Span
from ikt_coder.ui.transcript.gesture import Gesture
from ikt_coder.ui.transcript.selection_mime import codes_in
from ikt_coder.ui.transcript.widening import sentence_at, trimmed

if TYPE_CHECKING:
    from ikt_coder.ui.transcript.view import TranscriptView


class CodeDrop(Gesture):
    """Shows beforehand what a drop would code. With Shift or Ctrl it is the whole turn."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view

    def drag_over(self, event: QDropEvent) -> bool:
        span = self._target(event)
        self._preview(span)
        return span is not None

    def drag_left(self) -> None:
        self._preview(None)

    def drop(self, event: QDropEvent) -> bool:
        span = self._target(event)
        self._preview(None)
        if span is None:
            return False
        for code in codes_in(event.mimeData()):
            self._view.hand.apply(code, span=span)
        self._view.pane.setFocus()
        return True

    def _target(self, event: QDropEvent) -> Span | None:
        view = self._view
        content = view.content
        if content is None or not codes_in(event.mimeData()) or view.hand.why_not() is not None:
            return None
        point = event.position().toPoint()
        at = view.page.offsets.to_point(view.pane.position_at(point))
        selected = view.selection()
        if selected is not None and selected.start <= at <= selected.end:
            span = trimmed(content.text, selected)
            return span if len(span) > 0 else None
        turns = [Span(t.words_start, max(t.words_start, t.span.end)) for t in content.turns]
        whole = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        if event.modifiers() & whole:
            turn = next((t for t in turns if t.start <= at <= t.end), None)
            if turn is not None and len(trimmed(content.text, turn)) > 0:
                return trimmed(content.text, turn)
        return sentence_at(content.text, at, turns)

    def _preview(self, span: Span | None) -> None:
        pane = self._view.pane
        pane.preview = self._view.page.offsets.units(span) if span is not None else None
        pane.viewport().update()
