"""The session: which window stands there, opening and closing projects, the end of the program."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ikt_coder.core.errors import ProjectInUse
from ikt_coder.core.loading_sqlalchemy import loading_sqlalchemy
from ikt_coder.settings import RECENT_PROJECTS, Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.errors import Errors
from ikt_coder.ui.file_places import documents_folder, folder_beside
from ikt_coder.ui.tasks import Progress, Tasks, is_known
from ikt_coder.ui.window.work import WorkDialog

if TYPE_CHECKING:
    from ikt_coder.services.project import Project
    from ikt_coder.text.runner import Runner
    from ikt_coder.ui.main_window import MainWindow
    from ikt_coder.ui.new_project.dialog import NewProjectDialog
    from ikt_coder.ui.window.in_use import InUseDialog
    from ikt_coder.ui.window.leaving import Leaving
    from ikt_coder.ui.window.welcome import WelcomeWindow

# The windows and dialogs are imported when they are first shown: the start is quick then.

Opening = Callable[[], "Project"]


class Session(QObject):
    """One project at a time, or the welcome view. ``ended`` comes when no window is left.

    ``make_runner`` makes what runs language pipelines for a project, when it is needed.
    """

    ended = Signal()

    def __init__(
        self,
        appearance: Appearance,
        settings: Settings,
        errors: Errors,
        make_runner: Callable[[], Runner] | None = None,
    ) -> None:
        super().__init__()
        self._make_runner = make_runner
        self._appearance = appearance
        self._settings = settings
        self._errors = errors
        self._tasks = Tasks(errors.show_error, self)
        self.welcome: WelcomeWindow | None = None
        self.window: MainWindow | None = None
        self.dialog: NewProjectDialog | InUseDialog | None = None
        self._opening = False
        self._ending = False
        self._leaving: set[Leaving] = set()
        self._after_leaving: list[Callable[[], object]] = []

    def top(self) -> QWidget | None:
        """The window over which dialogs stand."""
        if self.dialog is not None and self.dialog.isVisible():
            return self.dialog
        return self.window or self.welcome

    @property
    def busy(self) -> bool:
        """Whether a project is being opened or closed."""
        return self._opening or bool(self._leaving)

    def start(self, path: Path | None, *, sample: bool = False, read_only: bool = False) -> None:
        """Open what the person asked for; the welcome view where it was nothing."""
        if sample:
            self.open_sample()
        elif path is not None:
            self.open(path, read_only=read_only)
        else:
            self.show_welcome()

    # -- windows ----------------------------------------------------------------------------

    def show_welcome(self) -> WelcomeWindow:
        from ikt_coder.ui.window.welcome import WelcomeWindow

        if self.welcome is None:
            self.welcome = WelcomeWindow(self._appearance, self._settings)
            view = self.welcome.view
            view.new_asked.connect(self.new_project)
            view.open_asked.connect(self.open)
            view.sample_asked.connect(self.open_sample)
            self.welcome.left.connect(self._welcome_left)
        self.welcome.view.refresh()
        self.welcome.show()
        self.welcome.view.focus_first()
        return self.welcome

    def _drop_welcome(self) -> None:
        if self.welcome is not None:
            welcome, self.welcome = self.welcome, None
            welcome.left.disconnect(self._welcome_left)
            welcome.close()
            welcome.deleteLater()

    def _welcome_left(self) -> None:
        welcome, self.welcome = self.welcome, None
        if welcome is not None:
            welcome.deleteLater()
        self._ending = True
        self._end_if_empty()

    def _end_if_empty(self) -> None:
        if self.window is None and self.welcome is None and not self.busy:
            self._tasks.cancel_all()
            self._tasks.wait(5000)
            self.ended.emit()

    # -- opening ----------------------------------------------------------------------------

    def open(self, path: Path | None = None, *, read_only: bool = False) -> None:
        """Open a project; asks which where none is named."""
        if path is None:
            path = self._ask_for_project()
            if path is None:
                return
        path = Path(path).absolute()
        if self.window is not None and self.window.shows(path) and not read_only:
            self.window.activateWindow()
            return

        def opening() -> Project:
            from ikt_coder.services.project import Project

            return Project.open(path, read_only=read_only)

        self._begin(opening, path)

    def reopen(self, path: Path) -> None:
        """Close the project that is open and open it again (for writing, perhaps)."""
        self._leave_window(lambda: self.open(path))

    def open_sample(self) -> None:
        """Open the user's copy of the sample project; it is made where there is none."""

        def opening() -> Project:
            # The readers of files are needed only where the sample is made.
            from ikt_coder.services.sample import open_sample

            return open_sample()

        self._begin(opening, None)

    def new_project(self) -> None:
        """Ask for name, place, coder and card, and make the project."""
        from ikt_coder.ui.new_project.dialog import NewProjectDialog

        folder = self._folder_of_projects()
        dialog = NewProjectDialog(self._appearance, folder, self.top())
        self._show(dialog)
        dialog.accepted.connect(lambda: self._make(dialog))

    def _make(self, dialog: NewProjectDialog) -> None:
        from ikt_coder.ui.new_project.answers import make_project

        answers = dialog.answers
        if answers is not None:
            self._begin(lambda: make_project(answers), answers.path)

    def _show(self, dialog: NewProjectDialog | InUseDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(lambda: self._dialog_closed(dialog))
        dialog.open()

    def _dialog_closed(self, dialog: NewProjectDialog | InUseDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None
        dialog.deleteLater()

    def _folder_of_projects(self) -> Path:
        """Where the project that was opened last lies; the documents where that is gone."""
        recent = self._settings.get(RECENT_PROJECTS)
        folder = folder_beside(Path(recent[0])) if recent else documents_folder()
        return folder if folder.is_dir() else documents_folder()

    def _ask_for_project(self) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(
            self.top(),
            self.tr("Open a project"),
            str(self._folder_of_projects()),
            self.tr("IKT Coder projects (*.ikt);;All files (*)"),
        )
        return Path(name) if name else None

    def _begin(self, opening: Opening, path: Path | None) -> None:
        if self._opening:
            return
        if self._leaving:
            # A project that is being closed may be the one to open.
            self._after_leaving.append(lambda: self._begin(opening, path))
            return
        self._opening = True
        self._ending = False

        def work(_progress: Progress) -> Project:
            return opening()

        # First the window's modules: two threads that load modules only wait for each other.
        with loading_sqlalchemy():
            import_module("ikt_coder.ui.main_window")
        task = self._tasks.run(
            work, done=self._opened, failed=lambda error: self._failed(error, path), writes=True
        )
        WorkDialog(
            self._appearance, self.tr("Opening the project"), task, self.top(), may_cancel=False
        )

    def _failed(self, error: BaseException, path: Path | None) -> None:
        self._opening = False
        if self._ending:
            self._end_if_empty()
            return
        if isinstance(error, ProjectInUse):
            self._ask_in_use(path)
            return
        if self.window is None and self.welcome is None:
            self.show_welcome()
        if self.welcome is not None and is_known(error):
            self.welcome.view.show_problem(str(error), self._ways_on(path))
        else:
            self._errors.show_error(error)

    def _ways_on(self, path: Path | None) -> list[tuple[str, Callable[[], object]]]:
        """What can be done about a project that cannot be opened."""
        from ikt_coder.services.safety import backups_of

        if path is None or not backups_of(path):
            return []
        place = path
        return [(self.tr("Show its backups…"), lambda: self._show_backups(place))]

    def _show_backups(self, path: Path) -> None:
        from ikt_coder.ui.safety.backups import BackupsDialog

        dialog = BackupsDialog.for_file(
            path, self._settings, self._appearance, self._tasks, self.top()
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open_wanted.connect(self.open)
        dialog.open()

    def _ask_in_use(self, path: Path | None) -> None:
        if path is None:
            from ikt_coder.services.sample import sample_path

            path = sample_path()
        from ikt_coder.ui.window.in_use import InUseDialog

        place = path
        dialog = InUseDialog(self._appearance, place.stem, self.top())
        dialog.accepted.connect(lambda: self.open(place, read_only=True))
        dialog.rejected.connect(self._left_in_use)
        self._show(dialog)

    def _left_in_use(self) -> None:
        if self.window is None and self.welcome is None:
            self.show_welcome()

    def _opened(self, project: Project) -> None:
        self._opening = False
        if self._ending:
            # The person left while it was being opened.
            project.close()
            self._end_if_empty()
            return
        if self.window is not None:
            self._leave_window(lambda: self._show_project(project))
        else:
            self._show_project(project)

    def _show_project(self, project: Project) -> None:
        from ikt_coder.ui.context import Context
        from ikt_coder.ui.main_window import MainWindow

        project.make_runner = self._make_runner
        self._settings.add_recent_project(project.path)
        self._recall_coder(project)
        tasks = Tasks(self._errors.show_error)
        context = Context(project, self._settings, self._appearance, tasks)
        tasks.setParent(context)
        window = MainWindow(context, self._errors)
        window.open_asked.connect(self.open)
        window.new_asked.connect(self.new_project)
        window.sample_asked.connect(self.open_sample)
        window.reopen_asked.connect(self.reopen)
        window.close_project_asked.connect(lambda: self._leave_window(self.show_welcome))
        window.left.connect(lambda: self._leave_window(None))
        self.window = window
        window.show()
        window.coder.ask_who(window.notice)
        guide = self.welcome.give_guide() if self.welcome is not None else None
        if guide is not None:
            window.dialogs.take_guide(guide)
        self._drop_welcome()

    def _recall_coder(self, project: Project) -> None:
        """Who coded last on this computer sits down again, whoever wrote last in the file; in
        the copy of one coder nobody but them."""
        if project.coders.owner() is not None:
            return
        name = self._settings.last_coder(project.local_id)
        known = {str(row.id) for row in project.coders.everyone()}
        if project.sealing.shared() or (project.sealing.rounds and name not in known):
            project.coder = None  # they say themselves who they are; see CoderSwitch.ask_who
            return
        if name in known and name is not None:
            project.coder = UUID(name)

    # -- leaving ----------------------------------------------------------------------------

    def _leave_window(self, then: Callable[[], object] | None) -> None:
        """Put the project's window away; ``then`` what comes, None for the end of the program."""
        window, self.window = self.window, None
        self._ending = then is None
        if window is None:
            if then is not None:
                then()
            return
        from ikt_coder.ui.window.leaving import Leaving

        leaving = Leaving(window.context, window.put_away(), self._appearance, self)
        self._leaving.add(leaving)
        leaving.ended.connect(lambda: self._left(leaving, window))
        if then is not None:
            self._after_leaving.append(then)
        leaving.begin()

    def _left(self, leaving: Leaving, window: MainWindow) -> None:
        self._leaving.discard(leaving)
        leaving.deleteLater()
        window.context.deleteLater()
        window.deleteLater()
        waiting, self._after_leaving = self._after_leaving, []
        for then in waiting:
            then()
        if not waiting:
            QTimer.singleShot(0, self, self._end_if_empty)

    def finish(self) -> None:
        """Close whatever is still open, and return when every file is given back.

        For a program that was told to quit without closing its windows.
        """
        if self.window is not None or self._leaving:
            loop = QEventLoop()
            self.ended.connect(loop.quit)
            self.close_all()
            loop.exec()

    def close_all(self) -> None:
        """The program is asked to end (a signal, the end of the desktop session)."""
        if self.window is not None:
            self.window.close()
        elif self.welcome is not None:
            self.welcome.close()
        else:
            self._ending = True
            self._end_if_empty()
