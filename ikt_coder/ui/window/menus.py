"""The menu bar: everything that can be done, in words, with its keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ikt_coder.settings import MARGIN_NUMBERS, RECENT_PROJECTS

if TYPE_CHECKING:
    from ikt_coder.ui.main_window import MainWindow


class Menus(QObject):
    """Builds the menus of one window from the acts of its parts."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        tr = self.tr
        self.project = self._menu(tr("&Project"))
        self.edit = self._menu(tr("&Edit"))
        self.documents = self._menu(tr("&Documents"))
        self.codes = self._menu(tr("&Codes"))
        self.themes = self._menu(tr("&Themes"))
        self.view = self._menu(tr("&View"))
        self.help = self._menu(tr("&Help"))
        self._fill_project()
        self._fill_edit()
        self.documents.addActions(window.documents.actions())
        self.documents.addSeparator()
        self._take(self.documents, "next_document", "previous_document")
        self.documents.addSeparator()
        self._take(self.documents, "charting", "engagement", "ratings", "matrix")
        self._fill_codes()
        self.themes.aboutToShow.connect(self._fill_themes)
        self._fill_view()
        self._take(self.help, "guide", "keys", "log_folder", "about")

    def _menu(self, title: str) -> QMenu:
        return self._window.menuBar().addMenu(title)

    def _take(self, menu: QMenu, *names: str) -> None:
        menu.addActions([self._window.actions_[name] for name in names])

    def _fill_project(self) -> None:
        menu, window = self.project, self._window
        self._take(menu, "new_project", "open_project")
        recent = menu.addMenu(self.tr("Open &recent"))
        recent.aboutToShow.connect(lambda: self._fill_recent(recent))
        self._take(menu, "sample")
        menu.addSeparator()
        self._take(menu, "card")
        coders = menu.addMenu(self.tr("Co&ders"))
        coders.aboutToShow.connect(lambda: self._fill_coders(coders))
        menu.addAction(window.documents.acts.people)
        self._take(menu, "memos", "project_memo", "journal", "checklist")
        menu.addSeparator()
        self._take(menu, "history", "restore_points")
        menu.addSeparator()
        self._take(menu, "copy_for_coder", "bring_in")
        menu.addSeparator()
        self._take(menu, "save_copy", "backup_now", "backups", "check")
        menu.addSeparator()
        self._take(menu, "preferences", "close_project", "quit")

    def _fill_recent(self, menu: QMenu) -> None:
        menu.clear()
        window = self._window
        here = window.context.project.path
        paths = [Path(name) for name in window.context.settings.get(RECENT_PROJECTS)]
        for path in paths:
            if path != here:
                action = QAction(path.stem.replace("&", "&&"), menu)
                action.setToolTip(str(path))
                action.setEnabled(path.exists())
                action.triggered.connect(
                    lambda _checked=False, path=path: window.open_asked.emit(path)
                )
                menu.addAction(action)
        if menu.isEmpty():
            menu.addAction(self.tr("No other projects yet")).setEnabled(False)

    def _fill_coders(self, menu: QMenu) -> None:
        menu.clear()
        self._window.coder.fill(menu)

    def _fill_edit(self) -> None:
        menu, window = self.edit, self._window
        menu.addActions([window.undo.undo, window.undo.redo])
        menu.addSeparator()
        menu.addActions(list(window.transcript.acts.group("edit")))
        menu.addSeparator()
        menu.addActions(list(window.transcript.acts.group("select")))
        menu.addSeparator()
        self._take(menu, "search")
        menu.aboutToShow.connect(window.undo.refresh)

    def _fill_codes(self) -> None:
        menu, window = self.codes, self._window
        acts = window.transcript.acts
        menu.addActions(list(acts.group("code")))
        digits = menu.addMenu(self.tr("Code on a &digit"))
        digits.addActions(list(acts.group("digits")))
        coding = menu.addMenu(self.tr("This co&ding"))
        for group in ("coding", "valence", "attribute"):
            coding.addActions(list(acts.group(group)))
            coding.addSeparator()
        going = menu.addMenu(self.tr("&Go"))
        going.addActions(list(acts.group("go")))
        menu.addSeparator()
        self._take(menu, "find_code")
        book = menu.addMenu(self.tr("Code&book"))
        book.addActions(window.codes.actions())
        keeping = menu.addMenu(self.tr("&Keeping the codebook"))
        self._take(keeping, "versions", "look_again", "crosswalks", "glossary")
        keeping.addSeparator()
        self._take(keeping, "import_codebook")
        menu.addAction(window.codes.acts["frameworks"])

    def _fill_themes(self) -> None:
        if self.themes.isEmpty():
            self.themes.addActions(self._window.themes.actions())

    def complete(self) -> None:
        """Fill what is filled when it is first opened, so that every act can be found."""
        self._fill_themes()

    def _fill_view(self) -> None:
        menu, window = self.view, self._window
        self._take(menu, "next_place", "previous_place")
        menu.addSeparator()
        self._take(menu, "documents_panel", "codes_panel", "passages_panel", "legend")
        self._take(menu, "next_pane", "previous_pane", "full_screen")
        menu.addSeparator()
        whose = menu.addMenu(self.tr("&Show codings"))
        whose.addActions(window.header.whose.actions())
        numbers = menu.addMenu(self.tr("&Numbers in the margin"))
        numbers.aboutToShow.connect(lambda: self._fill_numbers(numbers))
        window.look.fill(menu)

    def _fill_numbers(self, menu: QMenu) -> None:
        menu.clear()
        settings = self._window.context.settings
        words = {"none": self.tr("&None"), "line": self.tr("&Lines"), "turn": self.tr("&Turns")}
        for option in MARGIN_NUMBERS.options:
            action = QAction(words[option.value], menu)
            action.setCheckable(True)
            action.setChecked(settings.get(MARGIN_NUMBERS) == option.value)
            action.triggered.connect(
                lambda _checked=False, value=option.value: settings.set(MARGIN_NUMBERS, value)
            )
            menu.addAction(action)
