"""Passages in groups; the words of each are read when they are first painted."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ikt_coder.core.frozen import frozen
from ikt_coder.services.project import Project
from ikt_coder.services.rows import CodeRow, CodingRow, PassageRow
from ikt_coder.ui.codes.wording import codings_in_words, shortened
from ikt_coder.ui.counting import figure
from ikt_coder.ui.widgets.roles import ItemRole

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_GROUP_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_PASSAGE_FLAGS = _GROUP_FLAGS | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren
CODINGS = "application/x-ikt-codings"
"""Codings on their way to a theme: their ids, one per line."""
_AT_ONCE = 40
_PART = 300
"""Passages of a group that open in one go: a larger group is shown in parts, so that the window
never stands still while thousands are laid out."""
_AROUND = 300
"""Code points before and after a passage that opening it shows."""


@dataclass(eq=False, slots=True)
class Group:
    """A document, or whatever the list is grouped by, with its passages."""

    key: Hashable
    title: str
    place: int
    codings: list[CodingRow] = field(default_factory=list)


@frozen
class Heading:
    """What a group is called and which codings stand under it, in their order; a coding may
    stand in several groups."""

    key: Hashable
    title: str
    codings: tuple[CodingRow, ...]


@frozen
class Several:
    """Whether the passages of a group are of several codes, and all passages of several coders."""

    codes: bool
    coders: bool


class PassageModel(QAbstractItemModel):
    """Groups with passages below them. ``internalId`` is 0 for a group, else its place plus
    one."""

    looks_changed = Signal()
    """Passages look different at the same height, as under a code's new name or colour."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._all: tuple[CodingRow, ...] = ()
        self._titles: dict[UUID, str] = {}
        self._codes: dict[UUID, CodeRow] = {}
        self._groups: list[Group] = []
        self._read: dict[UUID, PassageRow] = {}
        self._texts: dict[UUID, str] = {}
        self.expanded: set[UUID] = set()
        self.several_codes = False
        self.several_coders = False
        self.several_documents = False  # within a group: then each passage names its own
        self.beside: Mapping[UUID, str] = {}
        self.widths: Mapping[UUID, float] = {}
        self._headings: tuple[Heading, ...] | None = None
        self._fitting: frozenset[UUID] | None = None
        self._unfiltered: int | None = None
        self._count: int | None = None

    # -- content ----------------------------------------------------------------------------

    def show(
        self,
        codings: Sequence[CodingRow],
        titles: dict[UUID, str],
        codes: Iterable[CodeRow],
        headings: tuple[Heading, ...] | None = None,
        beside: Mapping[UUID, str] | None = None,
        widths: Mapping[UUID, float] | None = None,
        count: int | None = None,
        several: Several | None = None,
    ) -> None:
        """Show codings that stand in document order, grouped by document, or under
        ``headings``. ``titles`` has the documents' names; ``beside`` what a passage says
        behind its code's name, such as the codes it was found with; ``widths`` how many pixels
        the words of each take in one line, ``count`` how many different codings there are, and
        ``several`` what they differ in, where that was found out already."""
        self._all = tuple(codings)
        self._headings = headings
        self.beside = beside or {}
        self.widths = widths or {}
        self.several_documents = headings is not None
        self._unfiltered = count
        self._titles = titles
        self._codes = {row.id: row for row in codes}
        self._read = {}
        self._texts = {}
        self._fitting = None
        several = several or differences(self._all, headings)
        self.several_codes = several.codes or bool(beside)
        self.several_coders = several.coders
        self._build()

    def show_only(self, fitting: frozenset[UUID] | None) -> None:
        """Show only these codings of the list; None shows all."""
        if fitting != self._fitting:
            self._fitting = fitting
            self._build()

    @property
    def fitting(self) -> frozenset[UUID] | None:
        return self._fitting

    def _build(self) -> None:
        self.beginResetModel()
        self._groups = []
        self._count = self._unfiltered if self._fitting is None else None
        if self._headings is None:
            for row in self._fit(self._all):
                if not self._groups or self._groups[-1].key != row.document:
                    title = self._titles.get(row.document, "")
                    self._groups.append(Group(row.document, title, len(self._groups)))
                self._groups[-1].codings.append(row)
        else:
            for heading in self._headings:
                self._add_parts(heading, list(self._fit(heading.codings)))
        self.endResetModel()

    def _add_parts(self, heading: Heading, rows: list[CodingRow]) -> None:
        for first in range(0, len(rows), _PART):
            part = rows[first : first + _PART]
            title = heading.title
            if len(rows) > _PART:
                title += f" · {figure(first + 1)}–{figure(first + len(part))}"
            key = (heading.key, first)
            self._groups.append(Group(key, title, len(self._groups), part))

    def _fit(self, rows: Iterable[CodingRow]) -> Iterable[CodingRow]:
        fitting = self._fitting
        return rows if fitting is None else (row for row in rows if row.id in fitting)

    @property
    def listed(self) -> tuple[CodingRow, ...]:
        """All codings of the list, whether they fit the filter or not."""
        return self._all

    def rename(self, titles: dict[UUID, str], codes: Iterable[CodeRow]) -> None:
        """Take over changed names of documents and codes."""
        codes_now = {row.id: row for row in codes}
        if titles != self._titles or codes_now != self._codes:
            self._titles, self._codes = titles, codes_now
            for group in self._groups:
                if self._headings is None and isinstance(group.key, UUID):
                    title = titles.get(group.key, "")
                    if title != group.title:
                        group.title = title
                        index = self.createIndex(group.place, 0, 0)
                        self.dataChanged.emit(index, index)
            # Not as changed data: a view would measure each passage anew, for seconds in a study.
            self.looks_changed.emit()

    @property
    def titles(self) -> dict[UUID, str]:
        return self._titles

    @property
    def count(self) -> int:
        """Codings that are listed, each once."""
        if self._count is None:
            self._count = len({row.id for group in self._groups for row in group.codings})
        return self._count

    @property
    def documents(self) -> int:
        return len({row.document for group in self._groups for row in group.codings})

    def coding(self, index: Index) -> CodingRow | None:
        """The coding of a passage's row; None for a group."""
        if not index.isValid() or not index.internalId():
            return None
        return self._groups[index.internalId() - 1].codings[index.row()]

    def code(self, row: CodingRow) -> CodeRow | None:
        return self._codes.get(row.code)

    def group(self, index: Index) -> Group | None:
        if not index.isValid() or index.internalId():
            return None
        return self._groups[index.row()]

    def words(self, row: CodingRow, most: int) -> str:
        """The first ``most`` code points of a passage, in one line."""
        text = self._texts.get(row.document)
        if text is None:
            text = self._texts[row.document] = self._project.texts.get(row.document)
        end = min(row.span.end, row.span.start + most)
        return text[row.span.start : end].replace("\n", " ")

    def passage(self, index: Index) -> PassageRow | None:
        """The words of a row, read with those around it."""
        row = self.coding(index)
        if row is None:
            return None
        if row.id not in self._read:
            codings = self._groups[index.internalId() - 1].codings
            self._read_rows(codings[max(0, index.row() - 4) : index.row() + _AT_ONCE])
        return self._read.get(row.id)

    def _read_rows(self, rows: Sequence[CodingRow]) -> None:
        missing = [row for row in rows if row.id not in self._read]
        for passage in self._project.passages.of_codings(missing, context=_AROUND):
            self._read[passage.coding.id] = passage

    def index_of(self, coding: UUID | None) -> QModelIndex:
        for group in self._groups:
            for at, row in enumerate(group.codings):
                if row.id == coding:
                    return self.createIndex(at, 0, group.place + 1)
        return QModelIndex()

    def update_rows(self, rows: Iterable[CodingRow]) -> None:
        """Show what changed of some codings without building the list anew."""
        known = {row.id: row for row in self._all}
        fresh = {row.id: row for row in rows if known.get(row.id) != row}
        if not fresh:
            return
        self._all = tuple(fresh.get(row.id, row) for row in self._all)
        if self._headings is not None:
            self._headings = tuple(
                Heading(one.key, one.title, tuple(fresh.get(row.id, row) for row in one.codings))
                for one in self._headings
            )
        self._replace(fresh)

    def take_changed(
        self,
        changed: Iterable[CodingRow],
        codings: tuple[CodingRow, ...],
        headings: tuple[Heading, ...],
    ) -> None:
        """Take over a reading in which the same codings stand in the same groups; ``changed``
        are those that differ, as was found out already."""
        self._all, self._headings = codings, headings
        fresh = {row.id: row for row in changed}
        if fresh:
            self._replace(fresh)

    def _replace(self, fresh: Mapping[UUID, CodingRow]) -> None:
        for group in self._groups:
            for at, row in enumerate(group.codings):
                if row.id in fresh:
                    group.codings[at] = fresh[row.id]
                    self._read.pop(row.id, None)
                    index = self.createIndex(at, 0, group.place + 1)
                    self.dataChanged.emit(index, index)

    # -- the model --------------------------------------------------------------------------

    def rowCount(self, parent: Index = _TOP) -> int:
        if not parent.isValid():
            return len(self._groups)
        return 0 if parent.internalId() else len(self._groups[parent.row()].codings)

    def columnCount(self, _parent: Index = _TOP) -> int:
        return 1

    def index(self, row: int, column: int, parent: Index = _TOP) -> QModelIndex:
        if column != 0 or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, 0, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # QObject.parent() has no argument
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        group = self.group(index)
        if group is not None:
            if role == Qt.ItemDataRole.DisplayRole:
                return group.title
            if role == ItemRole.COUNT:
                return figure(len(group.codings))
            if role == ItemRole.STRONG:
                return True
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return f"{group.title}, {codings_in_words(len(group.codings))}"
            return None
        row = self.coding(index)
        if row is None:
            return None
        if role == ItemRole.KEY:
            return row.id
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            passage = self.passage(index)
            if passage is None:
                return ""
            words = shortened(passage.text, 300)
            if role == Qt.ItemDataRole.DisplayRole:
                return words
            who = ", ".join([*passage.speakers, passage.coder_initials])
            return f"{who}: {words}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        # Asked four times for each row that is laid out.
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _PASSAGE_FLAGS if index.internalId() else _GROUP_FLAGS

    def mimeTypes(self) -> list[str]:
        return [CODINGS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = [row for index in indexes if (row := self.coding(index)) is not None]
        passages = [self.passage(index) for index in indexes]
        data = QMimeData()
        data.setData(CODINGS, "\n".join(str(row.id) for row in rows).encode())
        data.setText("\n\n".join(p.text for p in passages if p is not None))
        return data

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction


def differences(codings: Sequence[CodingRow], headings: Iterable[Heading] | None) -> Several:
    """What the passages differ in. Under the name of a code they need not say it again."""
    groups = [row.codings for row in headings] if headings is not None else [codings]
    return Several(
        any(_differ([row.code for row in group]) for group in groups),
        _differ([row.coder for row in codings]),
    )


def _differ(keys: Sequence[UUID | None]) -> bool:
    """Whether these are not all the same; no more are looked at than have to be."""
    first = keys[0] if keys else None
    return any(key is not first and key != first for key in keys)
