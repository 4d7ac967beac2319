"""Attributes from files and to files: the menu, the dialogs, and files dropped onto the grid."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.ui.attributes.import_dialog import AttributeImportDialog
from ikt_coder.ui.attributes.wording import owners_in_words
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.context import Context
from ikt_coder.ui.file_places import ask_to_read, folder_beside

if TYPE_CHECKING:
    from ikt_coder.ui.attributes.page import AttributesPage

_READ = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")


class FileActs(QObject):
    def __init__(self, context: Context, page: AttributesPage) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self.dialog: AttributeImportDialog | None = None
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def menu(self) -> QMenu:
        menu = QMenu(self._page)
        read = menu.addAction(self.tr("&Import from a file…"))
        read.triggered.connect(lambda _checked=False: self.ask_import())
        read.setEnabled(self._page.model.editable)
        write = menu.addAction(self.tr("&Write to a file…"))
        write.triggered.connect(lambda _checked=False: self.ask_export())
        return menu

    def open_menu(self, button: QWidget) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    # -- importing --------------------------------------------------------------------------

    def ask_import(self) -> None:
        """Ask for a file and show what importing it would do."""
        chosen = ask_to_read(
            self._page.window(),
            self._context.settings,
            self.tr("Import attributes"),
            self.tr("Tables (*.csv *.tsv *.txt *.xlsx *.xlsm)"),
        )
        if chosen is not None:
            self.import_file(chosen)

    def import_file(self, path: Path) -> None:
        """Show what importing a file would do."""
        dialog = AttributeImportDialog(self._context, path, self._page.subject, self._page.window())
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.open()

    def _closed(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()
        self._page.focus_grid()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent | QDropEvent) and self._dropped(event):
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                self.import_file(self._dropped(event)[0])
            return True
        return super().eventFilter(watched, event)

    def _dropped(self, event: QDropEvent) -> list[Path]:
        """The one file that is dragged, where it is a table and can be imported."""
        urls = event.mimeData().urls()
        paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        fits = len(paths) == len(urls) == 1 and paths[0].suffix.lower() in _READ
        return paths if fits and self._page.model.editable and self.dialog is None else []

    # -- exporting --------------------------------------------------------------------------

    def ask_export(self) -> None:
        """Ask for a place and write all values there."""
        name = f"attributes of {self._page.subject.plural}.xlsx"
        chosen, kind = QFileDialog.getSaveFileName(
            self._page.window(),
            self.tr("Write attributes to a file"),
            str(folder_beside(self._context.project.path) / name),
            self.tr("Excel workbook (*.xlsx);;Comma-separated values (*.csv)"),
        )
        if not chosen:
            return
        path = Path(chosen)
        if not path.suffix:
            path = path.with_suffix(".csv" if "csv" in kind else ".xlsx")
        self.export_file(path)

    def export_file(self, path: Path) -> None:
        """Write all values to a file; on the worker, as they may be many."""
        subject = self._page.subject
        self._context.tasks.run(
            lambda _progress: self._context.project.attributes.export_file(subject, path),
            done=lambda rows: self._context.say(
                self.tr("Wrote {owners} to {name}").format(
                    owners=owners_in_words(subject, rows), name=bold(path.name)
                ),
                undo=False,
            ),
            failed=self._failed,
        )

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._context.fail(error)
