"""The welcome view: go on with a project, make one, open one, or look at the sample."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.settings import RECENT_PROJECTS, Settings
from ikt_coder.ui.appearance.style import Appearance, refresh_face
from ikt_coder.ui.welcome.recent_projects import RecentProjectsModel, folder_words
from ikt_coder.ui.widgets.notification_bar import NotificationBar, Weight
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.section_heading import SectionHeading
from ikt_coder.ui.wording import shortened

_WIDTH = 600


def dropped_files(event: QDropEvent) -> list[Path]:
    """The files on this computer that a drop brings."""
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


class WelcomeView(QWidget):
    """Asks; the session opens."""

    open_asked = Signal(object)  # Path, or None: ask which
    new_asked = Signal()
    sample_asked = Signal()

    def __init__(
        self, appearance: Appearance, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._settings = settings
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.bar = NotificationBar(appearance, self)
        self.new_button = QPushButton(self.tr("New project…"), self)
        self.new_button.setProperty("kind", "primary")
        appearance.set_icon(self.new_button, "plus", "on_accent")
        self.new_button.clicked.connect(self.new_asked)
        self.open_button = QPushButton(self.tr("Open…"), self)
        appearance.set_icon(self.open_button, "folder")
        self.open_button.clicked.connect(lambda: self.open_asked.emit(None))
        self.sample_button = QPushButton(self.tr("Open the sample project"), self)
        self.sample_button.clicked.connect(self.sample_asked)
        self.sample_button.setToolTip(
            self.tr("Six interviews, coded by two people, with themes: look around, try, undo.")
        )
        self.model = RecentProjectsModel()
        self.list = _RecentList(appearance, self)
        self.list.setModel(self.model)
        self.list.clicked.connect(self._chosen)
        self.list.chosen.connect(self._chosen)
        self.list.remove_asked.connect(self._forget)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        title = QLabel(self.tr("IKT Coder"), self)
        title.setProperty("face", "figure")
        words = QLabel(
            self.tr("Read interviews closely, code them, and bring the codes together in themes."),
            self,
        )
        words.setProperty("tone", "dim")
        words.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.new_button, self.open_button, self.sample_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._recent = QFrame(self)
        self._recent.setProperty("surface", "paper")
        self._recent.setProperty("line", "all")
        inner = QVBoxLayout(self._recent)
        inner.setContentsMargins(1, 6, 1, 6)
        inner.addWidget(self.list)
        self._heading = SectionHeading(self._appearance, self.tr("Recent projects"))
        self._drop = QLabel(self)
        self._drop.setProperty("tone", "dim")
        self._drop.setProperty("face", "small")
        self._drop.setWordWrap(True)
        self._column = QWidget(self)
        self._column.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self._column)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(title)
        column.addWidget(words)
        column.addSpacing(16)
        column.addLayout(buttons)
        column.addSpacing(20)
        column.addWidget(self._heading)
        column.addWidget(self._recent)
        column.addWidget(self._drop)
        column.addStretch(3)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._column, 100)
        middle.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addLayout(middle, 1)
        self._appearance.changed.connect(self._fit)

    # -- the list ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the recent projects again, and whether they are still there."""
        self.model.set_paths([Path(name) for name in self._settings.get(RECENT_PROJECTS)])
        some = self.model.rowCount() > 0
        self._recent.setVisible(some)
        self._heading.setVisible(some)
        self._drop.setText(
            self.tr("You can also drop a project here.")
            if some
            else self.tr(
                "New here? The sample project shows what a coded study looks like; nothing in it "
                "can break. You can also drop a project file here."
            )
        )
        if some:
            self.list.setCurrentIndex(self.model.index(0))
        self._fit()

    def show_problem(
        self, words: str, ways: list[tuple[str, Callable[[], object]]] | None = None
    ) -> None:
        """Say calmly that something could not be opened, and what can be done."""
        self.bar.show_message(words, Weight.WARNING, ways)

    def focus_first(self) -> None:
        """The newest project, so that Enter goes on with it; or the way to a first one."""
        some = self.model.rowCount() > 0
        (self.list if some else self.new_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, index: QModelIndex) -> None:
        project = self.model.project(index)
        if project.changed is not None and project.path.exists():
            self.open_asked.emit(project.path)
            return
        self.bar.show_message(
            self.tr(
                "“{name}” is not in {folder} any more. Perhaps it was moved or renamed."
            ).format(name=shortened(project.path.name), folder=folder_words(project.path)),
            Weight.WARNING,
            [
                (self.tr("Find it…"), lambda: self.open_asked.emit(None)),
                (self.tr("Remove from this list"), lambda: self._drop_from_list(project.path)),
            ],
        )

    def _forget(self, index: QModelIndex) -> None:
        self._drop_from_list(self.model.project(index).path)

    def _drop_from_list(self, path: Path) -> None:
        self._settings.forget_recent_project(path)
        self.bar.dismiss()
        self.refresh()

    def _menu(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        opening = QAction(self.tr("Open"), menu)
        opening.triggered.connect(lambda: self._chosen(index))
        removing = QAction(self.tr("Remove from this list"), menu)
        removing.triggered.connect(lambda: self._forget(index))
        menu.addActions([opening, removing])
        menu.popup(self.list.viewport().mapToGlobal(place))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        # Rows wrap to the width that the list gets only now.
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        self._column.setMaximumWidth(self._appearance.px(_WIDTH) + 48)
        # The list is as high as its rows and scrolls only where the window is low.
        rows = self.list.content_height(12) + 4
        spare = self.height() - self._appearance.px(280)
        self.list.setFixedHeight(min(rows, max(self._appearance.px(64), spare)))

    # -- drops ------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event):
            event.acceptProposedAction()
            self._light_up(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light_up(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._light_up(False)
        files = dropped_files(event)
        projects = [file for file in files if file.suffix.lower() == ".ikt"]
        if projects:
            event.acceptProposedAction()
            self.open_asked.emit(projects[0])
        elif files:
            event.acceptProposedAction()
            self.show_problem(
                self.tr(
                    "“{name}” is not a project. Make or open a project first, then drop "
                    "transcripts into it."
                ).format(name=shortened(files[0].name))
            )

    def _light_up(self, on: bool) -> None:
        self._drop.setProperty("tone", "accent" if on else "dim")
        refresh_face(self._drop)


class _RecentList(RowList):
    """Enter opens, Delete takes out of the list."""

    chosen = Signal(object)
    remove_asked = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(appearance, parent.tr("Recent projects"), parent=parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(index)
        elif index.isValid() and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_asked.emit(index)
        else:
            super().keyPressEvent(event)
            return
        event.accept()
