"""What travels when selected words are dragged or copied, and when codes are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QMimeData

from ikt_coder.core.span import Span

if TYPE_CHECKING:
    from ikt_coder.ui.transcript.view import TranscriptView

SELECTION = "application/x-ikt-selection"
"""A selection on its way to a code: document and span."""
CODES = "application/x-ikt-codes"
"""Codes on their way to a text: their ids, one per line."""


def mime_of_selection(view: TranscriptView) -> QMimeData:
    """The selected words as text, and where they stand."""
    data = QMimeData()
    span = view.selection()
    if span is None or view.content is None:
        return data
    # From the text itself: Qt's own copy turns hard spaces into soft ones.
    data.setText(view.content.text[span.start : span.end])
    place = {"document": str(view.document), "start": span.start, "end": span.end}
    data.setData(SELECTION, json.dumps(place).encode())
    return data


def selection_in(data: QMimeData) -> tuple[UUID, Span] | None:
    """The document and span that ``data`` carries; None where it carries none."""
    if not data.hasFormat(SELECTION):
        return None
    try:
        place = json.loads(bytes(data.data(SELECTION).data()))
        return UUID(str(place["document"])), Span(int(place["start"]), int(place["end"]))
    except (ValueError, KeyError, TypeError):
        return None


def codes_in(data: QMimeData) -> list[UUID]:
    """The codes that ``data`` carries."""
    if not data.hasFormat(CODES):
        return []
    lines = bytes(data.data(CODES).data()).decode("ascii", errors="replace").split()
    codes: list[UUID] = []
    for line in lines:
        try:
            codes.append(UUID(line))
        except ValueError:
            continue
    return codes
