"""Folders and documents as a Qt model that changes only where the project has changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from ikt_coder.services.rows import DocumentRow, FolderRow
from ikt_coder.ui.documents import wording
from ikt_coder.ui.documents.tree import Branch, Key, Kind
from ikt_coder.ui.widgets.roles import ItemRole

Index = QModelIndex | QPersistentModelIndex
MIME = "application/x-ikt-documents"
"""Lines of "folder" or "document", a space, and a UUID."""


@dataclass(slots=True, eq=False, repr=False)
class _Node:
    serial: int
    key: Key | None
    row: FolderRow | DocumentRow | None
    parent: _Node | None
    match: tuple[int, int] | None = None
    children: list[_Node] = field(default_factory=list)


class DocumentModel(QAbstractItemModel):
    """Shows what :meth:`show_branches` was given last; keeps rows that stay where they were,
    so that scroll position, selection and open folders survive."""

    def __init__(
        self,
        rename: Callable[[Key, str], bool],
        put: Callable[[Sequence[Key], UUID | None, Key | None], bool],
        parent: QObject | None = None,
    ) -> None:
        """``rename`` and ``put`` (into a folder, before a row) carry out what is typed and
        dropped."""
        super().__init__(parent)
        self._rename = rename
        self._put = put
        self._serials = count(1)
        self._root = _Node(0, None, None, None)
        self._nodes: dict[int, _Node] = {0: self._root}
        self._by_key: dict[Key, _Node] = {}
        self._leads: dict[UUID, str] = {}
        self.editable = True

    # -- following the project --------------------------------------------------------------

    def show_branches(self, branches: list[Branch], leads: dict[UUID, str]) -> None:
        """Bring the rows in line; ``leads`` are coders' names by key, for tooltips."""
        self._leads = leads
        self._sync(self._root, branches)

    def _sync(self, node: _Node, branches: list[Branch]) -> None:
        wanted = {branch.key for branch in branches}
        here = self._index(node)
        for at in range(len(node.children) - 1, -1, -1):
            if node.children[at].key not in wanted:
                self.beginRemoveRows(here, at, at)
                self._forget(node.children.pop(at))
                self.endRemoveRows()
        for at, branch in enumerate(branches):
            place = self._place(node, branch.key, at)
            if place is None:
                self.beginInsertRows(here, at, at)
                made = _Node(next(self._serials), branch.key, branch.row, node, branch.match)
                self._nodes[made.serial] = made
                self._by_key[branch.key] = made
                node.children.insert(at, made)
                self.endInsertRows()
            elif place != at:
                self.beginMoveRows(here, place, place, here, at)
                node.children.insert(at, node.children.pop(place))
                self.endMoveRows()
            child = node.children[at]
            if child.row != branch.row or child.match != branch.match:
                child.row, child.match = branch.row, branch.match
                index = self._index(child)
                self.dataChanged.emit(index, index)
            self._sync(child, branch.children)

    def _place(self, node: _Node, key: Key, start: int) -> int | None:
        for at in range(start, len(node.children)):
            if node.children[at].key == key:
                return at
        return None

    def _forget(self, node: _Node) -> None:
        for child in node.children:
            self._forget(child)
        self._nodes.pop(node.serial, None)
        # It may already stand elsewhere: rows that move to another folder are made anew.
        if node.key is not None and self._by_key.get(node.key) is node:
            del self._by_key[node.key]

    # -- finding ----------------------------------------------------------------------------

    def index_of(self, key: Key) -> QModelIndex:
        node = self._by_key.get(key)
        return self._index(node) if node is not None else QModelIndex()

    def key_of(self, index: Index) -> Key | None:
        return self._node(index).key

    def row_of(self, index: Index) -> FolderRow | DocumentRow | None:
        return self._node(index).row

    def _node(self, index: Index) -> _Node:
        return self._nodes.get(index.internalId(), self._root) if index.isValid() else self._root

    def _index(self, node: _Node) -> QModelIndex:
        if node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.children.index(node), 0, node.serial)

    # -- the Qt model -----------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's own signature
        children = self._node(parent).children
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row].serial)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # Qt overloads it
        above = self._node(index).parent
        return self._index(above) if above is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(self._node(parent).children)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self._node(index)
        row = node.row
        if isinstance(row, FolderRow):
            return self._folder_data(node, row, role)
        if isinstance(row, DocumentRow):
            return self._document_data(node, row, role)
        return None

    def _folder_data(self, node: _Node, row: FolderRow, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.name
        if role == ItemRole.DIM:
            return True
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            rows = list(_documents_in(node))
            inside = wording.documents_words(len(rows))
            codings = wording.codings_words(sum(document.codings for document in rows))
            words = self.tr("{name}: {documents}, {codings} of yours")
            return words.format(name=row.name, documents=inside, codings=codings)
        return _shared_data(node, role)

    def _document_data(self, node: _Node, row: DocumentRow, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.title
        if role == ItemRole.SIGN:
            return wording.STATUS_SIGNS[row.status]
        if role == ItemRole.SIGN_COLOUR:
            return "dim" if row.left_out else "accent"
        if role == ItemRole.COUNT:
            return row.codings
        if role == ItemRole.DIM:
            return row.left_out
        if role == ItemRole.SUBTITLE and row.left_out:
            return self.tr("left out of analysis")
        if role == Qt.ItemDataRole.ToolTipRole:
            lead = self._leads.get(row.lead_coder, "") if row.lead_coder else ""
            return wording.tooltip(row, lead)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = [row.title, wording.status_word(row.status), wording.codings_words(row.codings)]
            if row.left_out:
                parts.append(self.tr("left out of analysis"))
            return ", ".join(parts)
        return _shared_data(node, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        key = self.key_of(index)
        if key is None or role != Qt.ItemDataRole.EditRole:
            return False
        return self._rename(key, str(value))

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled if self.editable else flag.NoItemFlags
        flags = flag.ItemIsEnabled | flag.ItemIsSelectable
        if self.editable:
            flags |= flag.ItemIsEditable | flag.ItemIsDragEnabled
            # Onto a folder is into it; a document only parts what is above and below it.
            if isinstance(self.row_of(index), FolderRow):
                flags |= flag.ItemIsDropEnabled
        return flags

    # -- dragging ---------------------------------------------------------------------------

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        keys = [key for index in indexes if (key := self.key_of(index)) is not None]
        mime = QMimeData()
        mime.setData(MIME, "\n".join(f"{kind} {uuid}" for kind, uuid in keys).encode())
        return mime

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        return self.editable and data.hasFormat(MIME)

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        lines = bytes(data.data(MIME).data()).decode().splitlines()
        keys = [(Kind(kind), UUID(uuid)) for kind, uuid in (line.split() for line in lines)]
        self._put(keys, self.folder_at(parent), self._row_at(row, parent))
        # The project moves the rows; the view must not take away what it dragged.
        return False

    def _row_at(self, row: int, parent: Index) -> Key | None:
        """What a drop before row ``row`` comes before; None where it comes last."""
        children = self._node(parent).children
        return children[row].key if 0 <= row < len(children) else None

    def are_sisters(self, keys: Sequence[Key]) -> bool:
        """Whether rows are all folders or all documents, and lie in one folder."""
        nodes = [node for key in keys if (node := self._by_key.get(key)) is not None]
        kinds = {key[0] for key in keys}
        return len(kinds) == 1 and len({node.parent.serial for node in nodes if node.parent}) == 1

    def folder_at(self, index: Index) -> UUID | None:
        """The folder of a row: itself, or the one a document lies in."""
        row = self.row_of(index)
        if isinstance(row, FolderRow):
            return row.id
        return row.folder if isinstance(row, DocumentRow) else None


def _shared_data(node: _Node, role: int) -> Any:
    if node.key is None:
        return None
    if role == ItemRole.KIND:
        return node.key[0]
    if role == ItemRole.KEY:
        return node.key[1]
    if role == ItemRole.MATCH and node.match and node.match[1] > node.match[0]:
        return (node.match,)
    return None


def _documents_in(node: _Node) -> list[DocumentRow]:
    found: list[DocumentRow] = []
    for child in node.children:
        if isinstance(child.row, DocumentRow):
            found.append(child.row)
        else:
            found += _documents_in(child)
    return found
