"""Folders that documents lie in."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, func, select

from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.model import Document, Folder
from ikt_coder.services.base import Service, add_row, change_row, named
from ikt_coder.services.document_order import put_before
from ikt_coder.services.rows import FolderRow


class FolderService(Service):
    def all(self) -> tuple[FolderRow, ...]:
        rows = self._rows(select(Folder.__table__).order_by(Folder.position, Folder.id))
        return tuple(FolderRow(r.id, r.name, r.parent_id, r.position) for r in rows)

    def add(self, name: str, parent: UUID | None = None) -> UUID:
        key = new_id()
        name = named(name, "folder")
        with self._operation(Op.ADD_FOLDER, folder=key, name=name) as op:
            position = self._next_position(Folder, Folder.parent_id == parent)
            add_row(op, Folder, id=key, name=name, parent_id=parent, position=position)
        return key

    def rename(self, folder: UUID, name: str) -> None:
        name = named(name, "folder")
        with self._operation(Op.CHANGE_FOLDER, folder=folder, name=name) as op:
            change_row(op, Folder, folder, {"name": name})

    def move(self, folder: UUID, parent: UUID | None, before: UUID | None = None) -> None:
        """Put a folder into another (None: none), before one that lies there or after all of
        them. Raises NotAllowed where it would lie in itself."""
        above = {row.id: row.parent for row in self.all()}
        step = parent
        while step is not None:
            if step == folder:
                raise NotAllowed("A folder cannot lie in itself. Nothing was moved.")
            step = above.get(step)
        with self._operation(Op.CHANGE_FOLDER, folder=folder) as op:
            there = {row.id: row.position for row in self.all() if row.parent == parent}
            for index, key in enumerate(put_before(list(there), [folder], before)):
                if key == folder:
                    change_row(op, Folder, key, {"parent_id": parent, "position": index})
                elif there[key] != index:
                    change_row(op, Folder, key, {"position": index})

    def delete(self, folder: UUID) -> None:
        """Delete a folder. What lies in it moves up to the folder around it."""
        above = self._one(
            select(Folder.parent_id, Folder.name).where(Folder.id == folder), "folder"
        )
        with self._operation(Op.DELETE_FOLDER, folder=folder, name=above.name) as op:
            start = self._next_position(Document, Document.folder_id == above.parent_id)
            inside = op.connection.execute(
                select(Document.id).where(Document.folder_id == folder).order_by(Document.position)
            ).scalars()
            for offset, document in enumerate(list(inside)):
                values = {"folder_id": above.parent_id, "position": start + offset}
                change_row(op, Document, document, values)
            for child in list(
                op.connection.execute(select(Folder.id).where(Folder.parent_id == folder)).scalars()
            ):
                change_row(op, Folder, child, {"parent_id": above.parent_id})
            op.execute(delete(Folder).where(Folder.id == folder))

    def count(self) -> int:
        return int(self._connection.execute(select(func.count()).select_from(Folder)).scalar_one())
