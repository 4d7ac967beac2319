"""The recent projects as rows: name, folder, when last changed; greyed where missing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTime,
)

from ikt_coder.core.frozen import frozen
from ikt_coder.ui.widgets.roles import ItemRole

translate = QCoreApplication.translate
Index = QModelIndex | QPersistentModelIndex


@frozen
class RecentProject:
    """``changed`` is None where the file is not there (now)."""

    path: Path
    changed: datetime | None

    @classmethod
    def at(cls, path: Path) -> RecentProject:
        try:
            return cls(path, datetime.fromtimestamp(path.stat().st_mtime))
        except OSError:
            return cls(path, None)


def day_words(moment: datetime, now: datetime | None = None) -> str:
    """ "today 14:02", "yesterday", "12 March", "12 March 2025" """
    now = now or datetime.now()
    locale = QLocale()
    days = (now.date() - moment.date()).days
    if days <= 0:
        time = locale.toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)
        return translate("RecentProjects", "today {time}").format(time=time)
    if days == 1:
        return translate("RecentProjects", "yesterday")
    month = locale.monthName(moment.month)
    if moment.year == now.year:
        return f"{moment.day} {month}"
    return f"{moment.day} {month} {moment.year}"


def folder_words(path: Path) -> str:
    """The folder of a project, shortened where it lies in the user's own."""
    try:
        return str(Path("~") / path.parent.relative_to(Path.home()))
    except ValueError:
        return str(path.parent)


class RecentProjectsModel(QAbstractListModel):
    """One row per project, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._projects: list[RecentProject] = []

    def set_paths(self, paths: list[Path]) -> None:
        self.beginResetModel()
        self._projects = [RecentProject.at(path) for path in paths]
        self.endResetModel()

    def project(self, index: Index) -> RecentProject:
        return self._projects[index.row()]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._projects)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        project = self._projects[index.row()]
        missing = project.changed is None
        if role == Qt.ItemDataRole.DisplayRole:
            return project.path.stem
        if role == ItemRole.SUBTITLE:
            return folder_words(project.path)
        if role == ItemRole.COUNT:
            if project.changed is None:
                return translate("RecentProjects", "not there")
            return day_words(project.changed)
        if role == ItemRole.DIM:
            return missing
        if role == ItemRole.STRONG:
            return not missing
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(project.path)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = [project.path.stem, str(project.path.parent)]
            if missing:
                parts.append(translate("RecentProjects", "not there"))
            return ", ".join(parts)
        return None
