"""Where an act took place, and showing it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.span import Span
from ikt_coder.services.rows import HistoryRow
from ikt_coder.ui.context import Context

Ways = dict[str, Callable[[Context, UUID], None]]


def show_place_of(context: Context, row: HistoryRow) -> None:
    """Show where an act took place: its coding, memo or theme; else the passage it names, such
    as where a removed coding stood; else its document or code.

    Raises NotFound where nothing of what it touched is in the project now.
    """
    if (
        _show_touched(context, row, _OWN_PLACES)
        or _show_passage(context, row)
        or _show_touched(context, row, _WIDER_PLACES)
        or _show_named(context, row)
    ):
        return
    raise NotFound(
        "What this act touched is not in the project now.",
        "Go back to a state in which it was, or undo what removed it.",
    )


def _show_touched(context: Context, row: HistoryRow, ways: Ways) -> bool:
    for table, show in ways.items():
        for key in context.project.history.touched(row.seq, table)[:20]:
            try:
                show(context, key)
            except UserError:
                continue  # this row has gone; the next may be there
            return True
    return False


def _coding(context: Context, key: UUID) -> None:
    context.project.codings.get(key)
    context.reveal_coding.emit(key)


def _memo(context: Context, key: UUID) -> None:
    context.project.memos.get(key)
    context.memo_wanted.emit(key)


def _document(context: Context, key: UUID) -> None:
    context.project.documents.get(key)
    context.document_wanted.emit(key)


def _code(context: Context, key: UUID) -> None:
    code = context.project.codes.get(key)
    context.passages_wanted.emit(code.id)


def _theme(context: Context, key: UUID) -> None:
    context.project.themes.get(key)
    context.place_wanted.emit("themes")


_OWN_PLACES: Ways = {"coding": _coding, "memo": _memo, "theme": _theme}
_WIDER_PLACES: Ways = {"document": _document, "code": _code}


def _show_passage(context: Context, row: HistoryRow) -> bool:
    document, at = _key(row.params.get("document")), row.params.get("at")
    if document is None or not isinstance(at, int):
        return False
    try:
        length = context.project.documents.get(document).length
    except UserError:
        return False
    width = row.params.get("characters")
    end = min(length, at + (width if isinstance(width, int) else 1))
    if at >= end:
        return False
    context.reveal(document, Span(at, end))
    return True


def _show_named(context: Context, row: HistoryRow) -> bool:
    """What the act names but did not touch."""
    document = _key(row.params.get("document"))
    if document is not None:
        try:
            _document(context, document)
        except UserError:
            return False
        return True
    if _key(row.params.get("theme")) is not None:
        context.place_wanted.emit("themes")
        return True
    return False


def _key(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
