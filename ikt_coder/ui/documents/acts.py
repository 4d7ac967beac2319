"""What can be done with documents and folders, as actions for the menu, keys and panel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.words import DocumentStatus
from ikt_coder.services.rows import DocumentRow, FolderRow
from ikt_coder.ui.context import Context
from ikt_coder.ui.documents import wording
from ikt_coder.ui.documents.tree import Key, Kind


class Chosen(Protocol):
    """What the acts need to know of the list, and ask it to do."""

    def chosen_keys(self) -> list[Key]: ...

    def edit_name(self, key: Key) -> None: ...

    def import_files(self, paths: None = None) -> None: ...

    def show_original(self, document: UUID) -> None: ...

    def show_people(self, document: UUID | None) -> None: ...

    def ask_language(self, documents: Sequence[UUID]) -> None: ...

    def open_document(self, document: UUID) -> None: ...

    def are_sisters(self, keys: Sequence[Key]) -> bool: ...


class DocumentActs(QObject):
    """Every act is told in the status line and can be undone; none asks first."""

    def __init__(self, context: Context, view: Chosen, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._project = context.project
        self._view = view
        self._owner = owner
        tr = self.tr
        self.bring_in = self._act(
            tr("&Import interviews…"), view.import_files, "Ctrl+Shift+I", "import"
        )
        self.open = self._act(tr("&Open"), self._open, icon="document")
        self.new_folder = self._act(tr("New &folder"), self.add_folder, "Ctrl+Shift+D", "folder")
        self.rename = self._act(tr("&Rename"), self._rename, QKeySequence(Qt.Key.Key_F2), "edit")
        self.next_status = self._act(tr("Ne&xt status"), self._step_status)
        self.next_status.setToolTip(tr("Space in the list: to do, in progress, coded"))
        self.original = self._act(tr("Show the original &file…"), self._original, icon="eye")
        self.people = self._act(tr("&Participants…"), self._people, "Ctrl+Shift+P", "people")
        self.delete = self._act(
            tr("&Delete"), self.delete_chosen, QKeySequence(Qt.Key.Key_Delete), "trash"
        )
        self.up = self._act(tr("Move &up"), partial(self._step, -1), "Ctrl+Shift+Up", "arrow-up")
        self.down = self._act(
            tr("Move do&wn"), partial(self._step, 1), "Ctrl+Shift+Down", "arrow-down"
        )
        self.status = self._menu(tr("&Status"), self._fill_status)
        self.lead = self._menu(tr("&Lead coder"), self._fill_leads)
        self.move = self._menu(tr("&Move to"), self._fill_folders)
        self.language = self._act(tr("Lan&guage…"), self._language)
        local = [self.rename, self.delete, self.up, self.down]
        for action in local:
            # These keys mean something else in other views.
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        owner.addActions(local)

    def _act(
        self,
        text: str,
        act: Callable[[], object],
        keys: str | QKeySequence = "",
        icon: str = "",
    ) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda _checked=False: act())
        if keys:
            action.setShortcut(QKeySequence(keys))
        if icon:
            self._context.appearance.set_icon(action, icon, "dim")
        return action

    def _menu(self, title: str, fill: Callable[[QMenu], None]) -> QMenu:
        menu = QMenu(title, self._owner)
        menu.aboutToShow.connect(lambda: fill(menu))
        return menu

    def all(self) -> list[QAction]:
        """In the order of the menu; separators among them."""
        return [
            self.bring_in,
            self.new_folder,
            self._line(),
            self.open,
            self.rename,
            self.move.menuAction(),
            self.up,
            self.down,
            self.status.menuAction(),
            self.next_status,
            self.lead.menuAction(),
            self.language,
            self._line(),
            self.original,
            self.people,
            self._line(),
            self.delete,
        ]

    def _line(self) -> QAction:
        line = QAction(self)
        line.setSeparator(True)
        return line

    def refresh(self) -> None:
        """Enable what the present choice allows."""
        keys = self._view.chosen_keys()
        documents = [key for kind, key in keys if kind is Kind.DOCUMENT]
        may_write = not self._project.read_only
        for action in (self.bring_in, self.new_folder):
            action.setEnabled(may_write)
        self.rename.setEnabled(may_write and len(keys) == 1)
        self.delete.setEnabled(may_write and bool(keys))
        for action in (self.up, self.down):
            action.setEnabled(may_write and self._view.are_sisters(keys))
        self.move.menuAction().setEnabled(may_write and bool(keys))
        for menu in (self.status, self.lead):
            menu.menuAction().setEnabled(may_write and bool(documents))
        for action in (self.next_status, self.language):
            action.setEnabled(may_write and bool(documents))
        for action in (self.open, self.original):
            action.setEnabled(len(documents) == 1)

    # -- the choice -------------------------------------------------------------------------

    def _documents(self) -> list[DocumentRow]:
        chosen = {key for kind, key in self._view.chosen_keys() if kind is Kind.DOCUMENT}
        return [row for row in self._project.documents.all() if row.id in chosen]

    def _do(self, act: Callable[[], None]) -> None:
        try:
            act()
        except UserError as error:
            self._context.fail(error)

    def _open(self) -> None:
        for kind, key in self._view.chosen_keys():
            if kind is Kind.DOCUMENT:
                self._view.open_document(key)
                return

    def _rename(self) -> None:
        keys = self._view.chosen_keys()
        if len(keys) == 1:
            self._view.edit_name(keys[0])

    def _original(self) -> None:
        for row in self._documents()[:1]:
            self._view.show_original(row.id)

    def _people(self) -> None:
        rows = self._documents()
        self._view.show_people(rows[0].id if len(rows) == 1 else None)

    def _language(self) -> None:
        self._view.ask_language([row.id for row in self._documents()])

    # -- acts -------------------------------------------------------------------------------

    def add_folder(self) -> None:
        """A new folder beside the choice, its name ready to be typed."""

        def act() -> None:
            around = self._folder_around()
            taken = {row.name for row in self._project.folders.all()}
            name = self.tr("New folder")
            number = 2
            while name in taken:
                name = self.tr("New folder {number}").format(number=number)
                number += 1
            folder = self._project.folders.add(name, around)
            self._context.say(self.tr("Added the folder {name}").format(name=wording.bold(name)))
            self._view.edit_name((Kind.FOLDER, folder))

        self._do(act)

    def _folder_around(self) -> UUID | None:
        for kind, key in self._view.chosen_keys():
            if kind is Kind.FOLDER:
                return next((f.parent for f in self._project.folders.all() if f.id == key), None)
            return self._project.documents.get(key).folder
        return None

    def set_name(self, key: Key, name: str) -> bool:
        """Rename a document or folder; False where it may not be called so."""
        try:
            if key[0] is Kind.FOLDER:
                self._project.folders.rename(key[1], name)
            else:
                self._project.documents.rename(key[1], name)
        except UserError as error:
            self._context.fail(error)
            return False
        self._context.say(self.tr("Renamed to {name}").format(name=wording.bold(name)))
        return True

    def put(self, keys: Sequence[Key], folder: UUID | None, before: Key | None = None) -> bool:
        """Move documents and folders into a folder (None: out of all folders), before one of
        their kind that lies there, or after all of them."""
        documents = [key for kind, key in keys if kind is Kind.DOCUMENT]
        folders = [key for kind, key in keys if kind is Kind.FOLDER and key != folder]
        if not documents and not folders:
            return False
        names = {row.id: row.name for row in self._project.folders.all()}
        rows = [row for row in self._project.documents.all() if row.id in set(documents)]
        around = {row.folder for row in rows}
        around |= {row.parent for row in self._project.folders.all() if row.id in folders}
        places = dict([before]) if before is not None else {}
        if Kind.FOLDER in places:  # documents stand below folders
            inside = [row.id for row in self._project.documents.all() if row.folder == folder]
            if inside:
                places[Kind.DOCUMENT] = inside[0]
        stood = self._order()
        try:
            with self._project.operation(Op.MOVE_DOCUMENT, documents=documents, folder=folder):
                for key in folders:
                    self._project.folders.move(key, folder, places.get(Kind.FOLDER))
                if documents:
                    there = places.get(Kind.DOCUMENT)
                    self._project.documents.move(documents, folder, there)
        except UserError as error:
            self._context.fail(error)
            return False
        if self._order() == stood:
            return False
        if rows:
            what = wording.named_documents(rows)
        else:
            what = ", ".join(wording.bold(names[key]) for key in folders)
        if around == {folder}:
            self._context.say(self.tr("Moved {what}").format(what=what))
        elif folder is None:
            self._context.say(self.tr("Moved {what} out of all folders").format(what=what))
        else:
            words = self.tr("Moved {what} into {folder}")
            self._context.say(words.format(what=what, folder=wording.bold(names[folder])))
        return True

    def _order(self) -> tuple[list[tuple[UUID, UUID | None]], list[tuple[UUID, UUID | None]]]:
        """Where every folder and document lies."""
        return (
            [(row.id, row.parent) for row in self._project.folders.all()],
            [(row.id, row.folder) for row in self._project.documents.all()],
        )

    def _step(self, by: int) -> None:
        """Move the chosen rows of one folder up or down among their sisters."""
        keys = self._view.chosen_keys()
        if not self._view.are_sisters(keys):
            return
        kind = keys[0][0]
        sisters: list[UUID]
        if kind is Kind.FOLDER:
            above = {row.id: row.parent for row in self._project.folders.all()}
        else:
            above = {row.id: row.folder for row in self._project.documents.all()}
        folder = above[keys[0][1]]
        sisters = [key for key, around in above.items() if around == folder]
        chosen = [key for key in sisters if (kind, key) in keys]
        others = [key for key in sisters if key not in chosen]
        first = sisters.index(chosen[0])
        at = max(0, min(len(others), first + by))
        before = (kind, others[at]) if at < len(others) else None
        self.put([(kind, key) for key in chosen], folder, before)

    def set_status(self, status: DocumentStatus) -> None:
        rows = self._documents()
        if not rows:
            return

        def act() -> None:
            what = _named(rows)
            with self._project.operation(Op.SET_STATUS, status=status.value, **what):
                for row in rows:
                    self._project.documents.set_status(row.id, status)
            words = self.tr("{what} is {status}")
            if len(rows) > 1:
                words = self.tr("{what} are {status}")
            self._context.say(
                words.format(what=wording.named_documents(rows), status=wording.status_word(status))
            )

        self._do(act)

    def _step_status(self) -> None:
        rows = self._documents()
        if rows:
            statuses = list(DocumentStatus)
            at = statuses.index(rows[0].status)
            self.set_status(statuses[(at + 1) % len(statuses)])

    def set_lead(self, coder: UUID | None) -> None:
        rows = self._documents()

        def act() -> None:
            name = self._project.coders.get(coder).name if coder else ""
            with self._project.operation(Op.SET_LEAD, coder=coder, **_named(rows)):
                for row in rows:
                    self._project.documents.set_lead(row.id, coder)
            what = wording.named_documents(rows)
            if coder is None:
                self._context.say(self.tr("{what}: no lead coder").format(what=what))
            else:
                words = self.tr("{coder}’s codings of {what} count in the analysis")
                self._context.say(words.format(coder=wording.bold(name), what=what))

        if rows:
            self._do(act)

    def delete_chosen(self) -> None:
        """Delete the chosen documents and folders in one act; what lies in a folder stays."""
        rows = self._documents()
        chosen = {key for kind, key in self._view.chosen_keys() if kind is Kind.FOLDER}
        folders = [row for row in self._project.folders.all() if row.id in chosen]
        if not rows and not folders:
            return

        def act() -> None:
            kind = Op.DELETE_DOCUMENTS if rows else Op.DELETE_FOLDER
            codings = sum(row.codings_all for row in rows)
            title = rows[0].title if rows else folders[0].name
            with self._project.operation(kind, count=len(rows), title=title, codings=codings):
                if rows:
                    self._project.documents.delete([row.id for row in rows])
                for folder in folders:
                    self._project.folders.delete(folder.id)
            self._context.say(self._deleted_words(rows, folders, codings))

        self._do(act)

    def _deleted_words(
        self, rows: list[DocumentRow], folders: list[FolderRow], codings: int
    ) -> str:
        if not rows:
            names = ", ".join(wording.bold(folder.name) for folder in folders)
            return self.tr("Deleted the folder {names}; what lay in it stays").format(names=names)
        words = self.tr("Deleted {what} with {codings}")
        return words.format(
            what=wording.named_documents(rows), codings=wording.codings_words(codings)
        )

    # -- menus ------------------------------------------------------------------------------

    def _fill_status(self, menu: QMenu) -> None:
        now = {row.status for row in self._documents()}
        self._fill(
            menu,
            [
                (
                    f"{wording.STATUS_SIGNS[status]}  {wording.status_word(status)}",
                    now == {status},
                    partial(self.set_status, status),
                )
                for status in DocumentStatus
            ],
        )

    def _fill_leads(self, menu: QMenu) -> None:
        now = {row.lead_coder for row in self._documents()}
        rows: list[tuple[str, bool, Callable[[], None]]] = [
            (
                f"{coder.initials}  {coder.name}",
                now == {coder.id},
                partial(self.set_lead, coder.id),
            )
            for coder in self._project.coders.everyone()
        ]
        rows.append((self.tr("No lead coder"), now == {None}, lambda: self.set_lead(None)))
        self._fill(menu, rows)

    def _fill_folders(self, menu: QMenu) -> None:
        keys = self._view.chosen_keys()
        chosen = {key for kind, key in keys if kind is Kind.FOLDER}
        rows: list[tuple[str, bool, Callable[[], object]]] = [
            (folder.name, False, partial(self.put, keys, folder.id))
            for folder in self._project.folders.all()
            if folder.id not in chosen
        ]
        rows.append((self.tr("Out of all folders"), False, lambda: self.put(keys, None)))
        self._fill(menu, rows)

    def _fill(self, menu: QMenu, rows: Sequence[tuple[str, bool, Callable[[], object]]]) -> None:
        menu.clear()
        group = QActionGroup(menu)
        for text, checked, act in rows:
            action = QAction(text.replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(checked)
            action.triggered.connect(lambda _checked=False, act=act: act())
            group.addAction(action)
            menu.addAction(action)


def _named(rows: Sequence[DocumentRow]) -> dict[str, object]:
    """What the history tells an act's documents by: the one, or how many."""
    if len(rows) == 1:
        return {"document": rows[0].id, "title": rows[0].title}
    return {"count": len(rows)}
