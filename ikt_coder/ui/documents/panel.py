"""The documents of the project at the left of the window, and the facts of one of them."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.core.ops import Op
from ikt_coder.services.rows import DocumentRow, FolderRow
from ikt_coder.ui.context import Context
from ikt_coder.ui.documents.acts import DocumentActs
from ikt_coder.ui.documents.fact_list import FactList
from ikt_coder.ui.documents.list_view import DocumentTree, dropped_files
from ikt_coder.ui.documents.model import DocumentModel
from ikt_coder.ui.documents.tree import Key, Kind, arranged
from ikt_coder.ui.file_places import ask_many_to_read
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.section_heading import SectionHeading

if TYPE_CHECKING:
    from ikt_coder.ui.documents.language_dialog import LanguageDialog
    from ikt_coder.ui.documents.original import OriginalDialog
    from ikt_coder.ui.exchange.import_dialog import ImportDialog
    from ikt_coder.ui.people.view import PeopleDialog

# Dialogs and the readers of files are imported when they are first needed: the start is quick.

_STRUCTURE = ("document", "folder", "speaker", "document_participant", "participant", "coder")
_SETTLE = 400
"""Milliseconds after a coding before its counts are read: the hand that codes comes first."""
_FEW = 40
"""So many documents are counted at once; more are counted on the worker."""
_MANY_CODINGS = 300
"""So many codings of a document are united at once; more are united on the worker."""


class DocumentsPanel(QWidget):
    """Heading, filter, the tree, and below it what is to be known of the open document."""

    document_chosen = Signal(object)
    """UUID of a document that should be opened."""
    reading_began = Signal()
    """Enter on a document, after it was opened."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        look = context.appearance
        self._rows: dict[UUID, DocumentRow] = {}
        self._folders: tuple[FolderRow, ...] = ()
        self._leads: dict[UUID, str] = {}
        self._open: UUID | None = None
        self.choose_files: Callable[[], list[Path]] = self._ask_for_files
        self.dialog: ImportDialog | PeopleDialog | OriginalDialog | LanguageDialog | None
        self.dialog = None

        self.heading = SectionHeading(look, self.tr("Documents"))
        self.filter = FilterField(look, self.tr("Filter documents"))
        self.tree = DocumentTree(look, self.tr("Documents"), self)
        self._acts = DocumentActs(context, self, self)
        self.model = DocumentModel(self._acts.set_name, self._acts.put, self)
        self.model.editable = not self._project.read_only
        self.tree.setModel(self.model)
        self.empty = self._make_empty()
        self.no_match = EmptyView(look, "search", self.tr("No document matches the filter."))
        self.no_match.add_button(self.tr("Clear the filter"), self.filter.clear)
        self.facts = FactList(context, self)
        self.facts.language_asked.connect(lambda key: self.ask_language([key]))
        self._stack = QStackedWidget(self)
        for view in (self.tree, self.empty, self.no_match):
            self._stack.addWidget(view)
        self._lay_out()

        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLE)
        self._later.timeout.connect(self._count_again)
        self.filter.textChanged.connect(self._show)
        self.filter.enter_list_asked.connect(self._enter_list)
        self.filter.leave_asked.connect(self.tree.setFocus)
        self.tree.opened.connect(self._open_current)
        self.tree.reading_began.connect(self._read_current)
        self.tree.status_stepped.connect(self._acts.next_status.trigger)
        self.tree.files_dropped.connect(self.import_files)
        self.tree.customContextMenuRequested.connect(self._show_menu)
        self.tree.selectionModel().selectionChanged.connect(self._acts.refresh)
        context.signals.changed.connect(self._changed)
        self.setAcceptDrops(not self._project.read_only)
        self.read_all()
        self.tree.expandAll()

    def _lay_out(self) -> None:
        look = self._context.appearance
        self._buttons: list[QToolButton] = []
        for action, words in (
            (self._acts.bring_in, self.tr("Import interviews")),
            (self._acts.people, self.tr("Participants")),
        ):
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setAccessibleName(words)
            self._buttons.append(button)
            self.heading.add_action(button)
        more = QToolButton(self)
        more.setToolTip(self.tr("More"))
        more.setAccessibleName(self.tr("What can be done with documents"))
        more.clicked.connect(lambda: self.menu().popup(more.mapToGlobal(more.rect().bottomLeft())))
        look.set_icon(more, "more", "dim")
        self.heading.add_action(more)
        look.changed.connect(self._size_icons)
        self._size_icons()
        head = QVBoxLayout()
        head.setContentsMargins(14, 10, 8, 6)
        head.setSpacing(4)
        head.addWidget(self.heading)
        filter_row = QVBoxLayout()
        filter_row.setContentsMargins(12, 0, 12, 8)
        filter_row.addWidget(self.filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(filter_row)
        column.addWidget(self._stack, 1)
        column.addWidget(self.facts)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _size_icons(self) -> None:
        for button in self._buttons:
            button.setIconSize(self._context.appearance.icon_size())

    def _make_empty(self) -> EmptyView:
        empty = EmptyView(
            self._context.appearance,
            "import",
            self.tr("Import your first interview"),
            self.tr("Word, OpenDocument, RTF, PDF, plain text and captions. Or drop files here."),
        )
        button = empty.add_button(self.tr("Import interviews…"), self.import_files, icon="import")
        button.setEnabled(not self._project.read_only)
        return empty

    # -- following the project --------------------------------------------------------------

    def _changed(self, changes: Changes) -> None:
        if changes.touches(*_STRUCTURE) or changes.kind == Op.SWITCH_CODER:
            self.read_all()
        elif changes.touches("coding", "document_edit"):
            self._later.start()
        elif changes.touches("study"):
            self._show_facts()

    def read_all(self) -> None:
        """Read documents and folders anew, and show what differs."""
        self._take(self._project.documents.all())

    def _count_again(self) -> None:
        if len(self._rows) <= _FEW:
            self.read_all()
        else:
            self._context.tasks.run(lambda _: self._project.documents.all(), done=self._take)

    def _take(self, rows: tuple[DocumentRow, ...]) -> None:
        self._rows = {row.id: row for row in rows}
        self._folders = self._project.folders.all()
        self._leads = {coder.id: coder.name for coder in self._project.coders.everyone()}
        self._show()
        self._show_facts()

    def _show(self) -> None:
        words = self.filter.text().strip()
        chosen = self.chosen_keys()
        here = self.model.key_of(self.tree.currentIndex())
        folders = self._folders
        before = {f.id for f in folders if self.model.index_of((Kind.FOLDER, f.id)).isValid()}
        self.model.show_branches(arranged(folders, self._rows.values(), words), self._leads)
        for folder in folders:
            if words or folder.id not in before:
                self.tree.expand(self.model.index_of((Kind.FOLDER, folder.id)))
        self._choose_again(chosen, here)
        self.heading.set_note(str(len(self._rows)))
        if self.model.rowCount() or (not self._rows and folders):
            self._stack.setCurrentWidget(self.tree)
        else:
            self._stack.setCurrentWidget(self.no_match if words and self._rows else self.empty)
        self.filter.setVisible(bool(self._rows))
        self._acts.refresh()

    def _choose_again(self, chosen: list[Key], here: Key | None) -> None:
        """Rows that went to another folder were made anew; they stay chosen."""
        selection = self.tree.selectionModel()
        flag = selection.SelectionFlag
        for key in chosen:
            index = self.model.index_of(key)
            if index.isValid() and not selection.isSelected(index):
                selection.select(index, flag.Select | flag.Rows)
        current = self.model.index_of(here) if here is not None else QModelIndex()
        if current.isValid() and current != self.tree.currentIndex():
            selection.setCurrentIndex(current, flag.NoUpdate)

    # -- what is chosen ---------------------------------------------------------------------

    def chosen_keys(self) -> list[Key]:
        """Chosen rows from top to bottom."""
        indexes = self.tree.selectionModel().selectedRows()
        indexes.sort(key=lambda index: self.tree.visualRect(index).top())
        return [key for index in indexes if (key := self.model.key_of(index)) is not None]

    def are_sisters(self, keys: Sequence[Key]) -> bool:
        """Whether rows are of one kind and lie in one folder."""
        return self.model.are_sisters(keys)

    def select(self, document: UUID) -> None:
        """Choose a document that was opened elsewhere, and show its facts."""
        self._open = document
        index = self.model.index_of((Kind.DOCUMENT, document))
        if index.isValid() and (Kind.DOCUMENT, document) not in self.chosen_keys():
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)
        self._show_facts()

    def open_document(self, document: UUID) -> None:
        self._open = document
        self._show_facts()
        self.document_chosen.emit(document)

    def _show_facts(self) -> None:
        row = self._rows.get(self._open) if self._open is not None else None
        many = row is not None and row.codings_all > _MANY_CODINGS
        self.facts.show_document(row.id if row is not None else None, many=many)

    def _open_current(self) -> None:
        key = self.model.key_of(self.tree.currentIndex())
        if key is not None and key[0] is Kind.DOCUMENT:
            self.open_document(key[1])

    def _read_current(self) -> None:
        key = self.model.key_of(self.tree.currentIndex())
        if key is not None and key[0] is Kind.DOCUMENT:
            self.reading_began.emit()

    def _enter_list(self) -> None:
        self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(self.model.index(0, 0))

    def edit_name(self, key: Key) -> None:
        """Let the name of a row be typed."""
        if not self.model.index_of(key).isValid():
            self.filter.clear()
        index = self.model.index_of(key)
        self.tree.setCurrentIndex(index)
        self.tree.scrollTo(index)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tree.edit(index)

    # -- menus ------------------------------------------------------------------------------

    def actions(self) -> list[QAction]:
        """For the Documents menu."""
        return self._acts.all()

    @property
    def acts(self) -> DocumentActs:
        return self._acts

    def menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self._acts.all())
        return menu

    def _show_menu(self, place: QPoint) -> None:
        if not self.tree.indexAt(place).isValid() and not self.chosen_keys():
            self.tree.clearSelection()
        self.menu().popup(self.tree.viewport().mapToGlobal(place))

    # -- dialogs ----------------------------------------------------------------------------

    def import_files(self, paths: list[Path] | None = None) -> None:
        """Show files in the import dialog; asks which where none are given."""
        from ikt_coder.ui.exchange.import_dialog import ImportDialog

        files = self.choose_files() if paths is None else paths
        if not files:
            return
        folder = self.model.folder_at(self.tree.currentIndex())
        dialog = ImportDialog(self._context, files, folder, self.window())
        dialog.imported.connect(self._imported)
        self._show_dialog(dialog)

    def _imported(self, documents: list[UUID]) -> None:
        self.read_all()
        rows = [self._rows[key] for key in documents if key in self._rows]
        if len(rows) == 1:
            words = self.tr("Imported {what}").format(what=f"<b>{html.escape(rows[0].title)}</b>")
        else:
            words = self.tr("Imported {count} documents").format(count=len(documents))
        self._context.say(words)
        if rows:
            self.select(rows[0].id)
            self.open_document(rows[0].id)

    def _ask_for_files(self) -> list[Path]:
        from ikt_coder.importers.catalogue import SUFFIXES

        endings = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        return ask_many_to_read(
            self,
            self._context.settings,
            self.tr("Import interviews"),
            ";;".join((self.tr("Transcripts ({endings})"), self.tr("All files (*)"))).format(
                endings=endings
            ),
        )

    def show_people(self, document: UUID | None = None) -> None:
        """Participants; with a document, its first participant chosen."""
        from ikt_coder.ui.people.view import PeopleDialog

        if isinstance(self.dialog, PeopleDialog):
            dialog = self.dialog
            dialog.activateWindow()
        else:
            dialog = PeopleDialog(self._context, self.window())
            self._show_dialog(dialog, modal=False)
        if document is not None:
            dialog.show_document(document)

    def show_in_people(self, what: object) -> None:
        """A participant by id, or a page of People by its name."""
        from ikt_coder.ui.people.view import PeopleDialog

        self.show_people()
        if isinstance(self.dialog, PeopleDialog):
            if isinstance(what, UUID):
                self.dialog.show_participant(what)
            else:
                self.dialog.show_page(str(what))

    def ask_language(self, documents: Sequence[UUID]) -> None:
        """Ask in which language documents are."""
        from ikt_coder.ui.documents.language_dialog import LanguageDialog

        self._show_dialog(LanguageDialog(self._context, documents, self.window()))

    def show_original(self, document: UUID) -> None:
        """The imported file as it was."""
        from ikt_coder.ui.documents.original import OriginalDialog

        try:
            self._show_dialog(OriginalDialog(self._context, document, self.window()))
        except UserError as error:
            self._context.fail(error)

    def _show_dialog(
        self,
        dialog: ImportDialog | PeopleDialog | OriginalDialog | LanguageDialog,
        *,
        modal: bool = True,
    ) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog = dialog
        dialog.finished.connect(self._dialog_closed)
        if modal:
            dialog.open()
        else:
            dialog.show()

    def _dialog_closed(self) -> None:
        self.dialog = None

    # -- files dropped on the empty panel ------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = dropped_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.import_files(files)
