"""The history as a tree of two levels: days, and the acts of each day, newest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractItemModel,
    QDate,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from ikt_coder.core.frozen import frozen
from ikt_coder.services.coders import initials_of
from ikt_coder.services.project import Project
from ikt_coder.services.rows import HistoryRow
from ikt_coder.ui.history.entry import Entry, day_words, entry
from ikt_coder.ui.history.kinds import Group, group_of
from ikt_coder.ui.widgets.roles import ItemRole

Index = QModelIndex | QPersistentModelIndex

PAGE = 500
"""Acts read at a time."""
_FEW = 40
"""So many acts at most are added on top before the list is read anew."""
TAKEN_BACK = ItemRole.KIND + 10
"""True for an act that was taken back: its words are struck through."""
_NO_DAY = 0


@dataclass
class Day:
    day: QDate
    entries: list[Entry] = field(default_factory=list)


@frozen
class Wanted:
    """Which acts are shown; empty values let everything through."""

    coder: UUID | None = None
    group: Group | None = None
    text: str = ""
    flags_only: bool = False

    def fits(self, entry: Entry) -> bool:
        row = entry.row
        if self.coder is not None and row.coder != self.coder:
            return False
        if self.group is not None and group_of(row.kind) is not self.group:
            return False
        if self.flags_only and not row.restore_points:
            return False
        return self.text.casefold() in entry.whole_words.casefold()

    @property
    def everything(self) -> bool:
        return self == Wanted()


class HistoryModel(QAbstractItemModel):
    """Reads page after page as the person scrolls (:meth:`read_more`; a tree would ask for
    more at each layout). A day's rows have the day as parent; ``internalId`` is 0 for a day
    and the day's place plus one for an act."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._days: list[Day] = []
        self._wanted = Wanted()
        self._initials: dict[UUID, str] = {}
        self._oldest: int | None = None
        self._newest = 0
        self._at_end = False

    # -- reading ----------------------------------------------------------------------------

    def show(self, wanted: Wanted) -> None:
        """Begin anew with the newest page."""
        self.beginResetModel()
        self._wanted = wanted
        self._days = []
        self._initials = {row.id: row.initials for row in self._project.coders.everyone()}
        self._oldest = None
        self._at_end = False
        for found in self._read():
            self._day_for(found.day).entries.append(found)
        self.endResetModel()

    def _read(self) -> list[Entry]:
        """The next page, filtered."""
        rows = self._project.history.all(limit=PAGE, before=self._oldest)
        self._at_end = len(rows) < PAGE
        if rows:
            if self._oldest is None:
                self._newest = rows[0].seq
            self._oldest = rows[-1].seq
        made = (entry(row, self._initials_of(row)) for row in rows)
        return [e for e in made if self._wanted.fits(e)]

    def _initials_of(self, row: HistoryRow) -> str:
        if row.coder is None:
            return ""
        # Someone whose adding was taken back is known by name only.
        known = self._initials.get(row.coder)
        return known or (initials_of(row.coder_name) if row.coder_name else "")

    def _day_for(self, day: QDate) -> Day:
        if not self._days or self._days[-1].day != day:
            self._days.append(Day(day))
        return self._days[-1]

    def read_more(self) -> None:
        """Read the next page, of older acts."""
        if self._at_end:
            return
        for day, entries in _by_day(self._read()):
            self._append(day, entries)

    def add_newer(self) -> bool:
        """Put acts that were done since on top. False where the list must be read anew: a
        new day has begun, or too much was done."""
        rows = self._project.history.all(limit=_FEW)
        fresh = [row for row in rows if row.seq > self._newest]
        if len(fresh) == len(rows):
            return False
        made = [entry(row, self._initials_of(row)) for row in fresh]
        fitting = [found for found in made if self._wanted.fits(found)]
        if fitting:
            if not self._days or any(found.day != self._days[0].day for found in fitting):
                return False
            self.beginInsertRows(self.index(0, 0), 0, len(fitting) - 1)
            self._days[0].entries[:0] = fitting
            self.endInsertRows()
        if fresh:
            self._newest = fresh[0].seq
        return True

    def _append(self, day: QDate, entries: list[Entry]) -> None:
        if self._days and self._days[-1].day == day:
            last = self._days[-1]
            at = len(last.entries)
            parent = self.index(len(self._days) - 1, 0)
            self.beginInsertRows(parent, at, at + len(entries) - 1)
            last.entries += entries
        else:
            at = len(self._days)
            self.beginInsertRows(QModelIndex(), at, at)
            self._days.append(Day(day, entries))
        self.endInsertRows()

    @property
    def complete(self) -> bool:
        """Whether the oldest act has been read."""
        return self._at_end

    def shown(self) -> int:
        """How many acts are shown now."""
        return sum(len(day.entries) for day in self._days)

    # -- places -----------------------------------------------------------------------------

    def entry_at(self, index: Index) -> Entry | None:
        """The act of a row; None for a day."""
        if not index.isValid() or index.internalId() == _NO_DAY:
            return None
        return self._days[index.internalId() - 1].entries[index.row()]

    def index_of(self, seq: int) -> QModelIndex:
        """The row of an act that has been read; invalid where it is not shown."""
        for at, day in enumerate(self._days):
            for row, found in enumerate(day.entries):
                if found.row.seq == seq:
                    return self.createIndex(row, 0, at + 1)
        return QModelIndex()

    def first(self) -> QModelIndex:
        """The newest act shown."""
        return self.index(0, 0, self.index(0, 0)) if self._days else QModelIndex()

    # -- Qt's questions ---------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's own signature
        if column != 0 or row < 0:
            return QModelIndex()
        if not parent.isValid():
            inside = row < len(self._days)
            return self.createIndex(row, 0, _NO_DAY) if inside else QModelIndex()
        if parent.internalId() != _NO_DAY or row >= len(self._days[parent.row()].entries):
            return QModelIndex()
        return self.createIndex(row, 0, parent.row() + 1)

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: B008 - Qt's own signature
        if not index.isValid() or index.internalId() == _NO_DAY:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _NO_DAY)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        if not parent.isValid():
            return len(self._days)
        return len(self._days[parent.row()].entries) if parent.internalId() == _NO_DAY else 0

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.entry_at(index) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        found = self.entry_at(index)
        return self._day_data(index, role) if found is None else self._act_data(found, role)

    def _day_data(self, index: Index, role: int) -> Any:
        day = self._days[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return day_words(day.day, QDate.currentDate())
        if role == ItemRole.DIM:
            return True
        return None

    def _act_data(self, found: Entry, role: int) -> Any:
        row = found.row
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return found.words
            case ItemRole.MATCH:
                return found.strong
            case ItemRole.COUNT:
                return found.time_words
            case ItemRole.BADGE:
                return found.initials
            case ItemRole.DIM:
                return found.taken_back or row.direction < 0
            case ItemRole.SUBTITLE:
                return self._under(found)
            case ItemRole.SIGN:
                return "⚑" if row.restore_points else None
            case ItemRole.SIGN_COLOUR:
                return "accent"
            case ItemRole.KEY:
                return row.seq
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{found.whole_words}, {found.time_words}"
        return found.taken_back if role == TAKEN_BACK else None

    def _under(self, found: Entry) -> str:
        parts = [Entry.flag_words(name) for name in found.row.restore_points]
        parts = [part[:1].upper() + part[1:] for part in parts]
        if found.taken_back:
            parts.append(self.tr("Taken back"))
        return " · ".join(parts)


def _by_day(entries: list[Entry]) -> list[tuple[QDate, list[Entry]]]:
    days: list[tuple[QDate, list[Entry]]] = []
    for found in entries:
        if not days or days[-1][0] != found.day:
            days.append((found.day, []))
        days[-1][1].append(found)
    return days
