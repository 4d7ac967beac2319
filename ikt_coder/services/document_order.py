"""The order of documents: folder by folder as the list shows them, then those in no folder."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, select

from ikt_coder.model import Document, Folder


def document_order(connection: Connection) -> tuple[UUID, ...]:
    """The documents of a project in the order of its list, which exports and tables follow:
    a folder's own folders first, then its documents."""
    inside: dict[UUID | None, list[UUID]] = {}
    for key, folder in connection.execute(
        select(Document.id, Document.folder_id).order_by(Document.position, Document.id)
    ).all():
        inside.setdefault(folder, []).append(key)
    if inside.keys() <= {None}:
        return tuple(inside.get(None, ()))
    folders: dict[UUID | None, list[UUID]] = {}
    for key, around in connection.execute(
        select(Folder.id, Folder.parent_id).order_by(Folder.position, Folder.id)
    ).all():
        folders.setdefault(around, []).append(key)
    order: list[UUID] = []

    def walk(folder: UUID | None) -> None:
        for below in folders.get(folder, ()):
            walk(below)
        order.extend(inside.get(folder, ()))

    walk(None)
    return tuple(order)


def put_before(sisters: Sequence[UUID], moved: Sequence[UUID], before: UUID | None) -> list[UUID]:
    """``sisters`` with ``moved`` among them, in the order given: before one of the others, or
    at the end where that is None or not among them."""
    others = [key for key in sisters if key not in set(moved)]
    at = others.index(before) if before in others else len(others)
    if before is not None and before in set(moved):
        # Dropped on its own place: before the first of the others that follows it there.
        following = sisters[sisters.index(before) :] if before in sisters else ()
        rest = [key for key in following if key not in set(moved)]
        at = others.index(rest[0]) if rest else len(others)
    return [*others[:at], *moved, *others[at:]]
