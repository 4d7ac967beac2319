"""Where an act took place, and showing it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.span import Span
from ikt_coder.services.rows import HistoryRow
from ikt_coder.ui.context import Context

_TABLES = ("coding", "memo", "theme", "document", "code")


def show_place_of(context: Context, row: HistoryRow) -> None:
    """Show where an act took place: its coding, passage, memo, document, code or theme.

    Raises NotFound where nothing of what it touched is in the project now.
    """
    touched = {table: context.project.history.touched(row.seq, table) for table in _TABLES}
    for table, show in _WAYS.items():
        for key in touched[table][:20]:
            try:
                show(context, key)
            except UserError:
                continue  # this row has gone; the next may be there
            return
    if _show_named_place(context, row):
        return
    raise NotFound(
        "What this act touched is not in the project now.",
        "Go back to a state in which it was, or undo what removed it.",
    )


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


_WAYS: dict[str, Callable[[Context, UUID], None]] = {
    "coding": _coding,
    "memo": _memo,
    "theme": _theme,
    "document": _document,
    "code": _code,
}


def _show_named_place(context: Context, row: HistoryRow) -> bool:
    """Show the place the act itself names: where a removed coding stood, a document, a theme."""
    document = _key(row.params.get("document"))
    if document is not None:
        try:
            length = context.project.documents.get(document).length
        except UserError:
            return False
        at, width = row.params.get("at"), row.params.get("characters")
        if isinstance(at, int) and at < length:
            end = min(length, at + (width if isinstance(width, int) else 1))
            context.reveal(document, Span(at, max(at, end)))
        else:
            context.document_wanted.emit(document)
        return True
    if _key(row.params.get("theme")) is not None or "theme" in row.kind:
        context.place_wanted.emit("themes")
        return True
    return False


def _key(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
