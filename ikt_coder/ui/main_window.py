"""The window of an open project: places, panels and the wiring between them."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import NotAllowed, UserError
from ikt_coder.ui.actions import WindowActions
from ikt_coder.ui.codes.panel import CodesPanel
from ikt_coder.ui.context import Context
from ikt_coder.ui.documents.list_view import dropped_files
from ikt_coder.ui.documents.panel import DocumentsPanel
from ikt_coder.ui.errors import Errors
from ikt_coder.ui.widgets.enter_presses import enter_presses
from ikt_coder.ui.widgets.notification_bar import NotificationBar, Weight
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.status_line import StatusLine
from ikt_coder.ui.window import frame, places
from ikt_coder.ui.window.again import AgainLink
from ikt_coder.ui.window.backups import Backups
from ikt_coder.ui.window.click_codes import ClickCodes
from ikt_coder.ui.window.coder import CoderSwitch
from ikt_coder.ui.window.dialogs import Dialogs
from ikt_coder.ui.window.geometry import keep_geometry, restore_geometry
from ikt_coder.ui.window.going import Going
from ikt_coder.ui.window.look import LookActions
from ikt_coder.ui.window.menus import Menus
from ikt_coder.ui.window.panels import LEFT, MIDDLE, RIGHT, SidePanels
from ikt_coder.ui.window.pauses import CollectionInPauses
from ikt_coder.ui.window.places import CODE, Places
from ikt_coder.ui.window.undo import UndoActions

if TYPE_CHECKING:
    from ikt_coder.ui.comparison.place import ComparePlace
    from ikt_coder.ui.retrieval.passages import PassagesPane
    from ikt_coder.ui.retrieval.place import RetrievePlace
    from ikt_coder.ui.themes.place import ThemesPlace

_DESK = "desk"
_SIZES = (236, 736, 304)
_SHARES = (18, 58, 24)
"""Of the window, in per cent: the most that the side panels take at first."""
_NARROW = 700
"""Pixels at 100 %, below which there is no room for three panes at first."""


class MainWindow(QMainWindow):
    """Everything about one project; the session opens and closes it."""

    open_asked = Signal(object)  # Path, or None: ask which
    new_asked = Signal()
    sample_asked = Signal()
    reopen_asked = Signal(object)  # Path: close and open again for writing
    close_project_asked = Signal()
    left = Signal()

    def __init__(self, context: Context, errors: Errors) -> None:
        super().__init__()
        self.context = context
        look, settings = context.appearance, context.settings
        self._project = context.project
        self._errors = errors
        self._warned = False
        self._about_copy = ""
        self._away = False
        self._begun = False
        self.actions_ = WindowActions(look, self)
        self.look = LookActions(look, settings, self)

        restore_geometry(self, settings)
        self.setMinimumSize(640, 420)
        self.setAcceptDrops(True)
        # From the outside in: a part that moves to another parent is styled all over again.
        whole = QWidget(self)
        self.setCentralWidget(whole)
        self.notice = NotificationBar(look, whole)
        self.reading_only = NotificationBar(look, whole)
        self.undo = UndoActions(context, self.notice, self)
        self.coder = CoderSwitch(context, self)
        self.going = Going(self)
        self.panels = SidePanels(self)
        self.dialogs = Dialogs(context, self)
        self.backups = Backups(context, self)
        self._pauses = CollectionInPauses(context, self)
        self.places = Places(context, whole)
        self.places.give_actions(self.actions_["find_code"])
        self.desk = self._desk()
        self.places.addWidget(self.desk)
        self._fill_desk()
        self.status = StatusLine(look, whole)
        bar = frame.TopBar(self, whole)
        self.switch, self.panel_buttons = bar.switch, bar.panel_buttons
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (bar, self.reading_only, self.notice):
            column.addWidget(widget)
        column.addWidget(self.places, 1)
        column.addWidget(self.status)
        self.menus = Menus(self)
        self.again = AgainLink(self)
        self.status.add_state_widget(self.again)
        self._wire()
        self._tell_state()
        self._warn()

    # -- the look ---------------------------------------------------------------------------

    def _desk(self) -> RememberedSplitter:
        settings = self.context.settings

        def save(sizes: list[int]) -> None:
            settings.remember_splitter(_DESK, sizes)
            self.panels.tell()

        saved = settings.splitter(_DESK)
        return RememberedSplitter(
            Qt.Orientation.Horizontal, saved=saved, save=save, parent=self.places
        )

    def _fill_desk(self) -> None:
        context = self.context
        self.documents = DocumentsPanel(context)
        # The list of passages stands under the text, or beside another place (see Going).
        self.reading = frame.splitter(Qt.Orientation.Vertical)
        self.codes = CodesPanel(context)
        for at, pane in enumerate((self.documents, self.reading, self.codes)):
            self.desk.add_pane(pane, self._px(_SIZES[at]), stretch=at == MIDDLE)
        self.middle = frame.Middle(context)
        self.reading.addWidget(self.middle)
        self.reading.setCollapsible(0, False)
        self.middle.fill(self.documents.acts.bring_in.trigger)
        self.header, self.transcript = self.middle.header, self.middle.transcript
        self.nothing, self.import_button = self.middle.nothing, self.middle.import_button
        self._passages: PassagesPane | None = None

    @property
    def passages(self) -> PassagesPane:
        """The list of passages, made when it is first needed."""
        if self._passages is None:
            from ikt_coder.ui.retrieval.passages import PassagesPane

            self._passages = PassagesPane(self.context, self)
            self._passages.hide()
            self._passages.close_asked.connect(lambda: self.going.show_passages(False))
            self._passages.addAction(self.actions_["find_code"])
        return self._passages

    @property
    def passages_shown(self) -> bool:
        """Whether the list of passages is open, in whichever place."""
        return self._passages is not None and not self._passages.isHidden()

    @property
    def themes(self) -> ThemesPlace:
        """The Themes place, made when it is first needed."""
        return cast("ThemesPlace", self.places.made("themes"))

    @property
    def retrieval(self) -> RetrievePlace:
        """The Retrieve place, made when it is first needed."""
        return cast("RetrievePlace", self.places.made("retrieve"))

    @property
    def compare(self) -> ComparePlace:
        """The Compare place, made when it is first needed."""
        return cast("ComparePlace", self.places.made("compare"))

    def _px(self, pixels: int) -> int:
        return self.context.appearance.px(pixels)

    # -- the wiring, all of it --------------------------------------------------------------

    def _wire(self) -> None:
        context, transcript, going = self.context, self.transcript, self.going
        # the project
        context.signals.changed.connect(transcript.on_changes)
        context.signals.changed.connect(self._changed)
        # the transcript
        transcript.act_done.connect(self._coded)
        transcript.told.connect(lambda words: context.say(words, undo=False))
        transcript.failed.connect(context.fail)
        transcript.current_coding_changed.connect(self.codes.show_coding_soon)
        transcript.code_passages_requested.connect(context.passages_wanted)
        transcript.memo_requested.connect(context.memo_wanted)
        transcript.memo_opened.connect(context.memo_wanted)
        self.header.whose.chosen.connect(going.show_codings_of)
        # the panels
        self.documents.document_chosen.connect(going.open_document)
        self.documents.reading_began.connect(self.transcript.setFocus)
        self.codes.code_clicked.connect(transcript.code_clicked)
        ClickCodes(transcript, self.status)
        # requests of any view
        context.message.connect(self._say)
        context.failed.connect(self._fail)
        context.document_wanted.connect(going.open_document)
        context.reveal_span.connect(going.reveal)
        context.reveal_coding.connect(going.reveal_coding)
        context.passages_wanted.connect(going.list_passages)
        context.memo_wanted.connect(self.dialogs.memo)
        context.people_wanted.connect(self.documents.show_in_people)
        context.place_wanted.connect(going.go_to_place)
        # the frame
        self.notice.dismissed.connect(self._read_warning)
        self.switch.chosen.connect(going.go_to_place)
        self.status.undo_asked.connect(self.undo.undo_one)
        self.undo.history_wanted.connect(self.dialogs.history_at)
        self.coder.switched.connect(self._coder_switched)
        self.coder.details_asked.connect(self.dialogs.coders)
        self.backups.problem.connect(self._backup_problem)
        # acts
        for name, act in (
            ("new_project", self.new_asked.emit),
            ("open_project", lambda: self.open_asked.emit(None)),
            ("sample", self.sample_asked.emit),
            ("close_project", self.close_project_asked.emit),
            ("quit", self.close),
            ("next_document", lambda: going.step_document(1)),
            ("previous_document", lambda: going.step_document(-1)),
            ("next_place", lambda: going.step_place(1)),
            ("previous_place", lambda: going.step_place(-1)),
            ("next_pane", lambda: going.step_pane(1)),
            ("previous_pane", lambda: going.step_pane(-1)),
            ("find_code", going.find_code),
            ("search", going.search),
            ("documents_panel", lambda: self.panels.turn(LEFT)),
            ("codes_panel", lambda: self.panels.turn(RIGHT)),
            ("passages_panel", lambda: going.show_passages(not self.passages_shown)),
            ("legend", going.show_legend),
            ("full_screen", self._full_screen),
            *(
                (page, going.opener("chart", page))
                for page in ("charting", "engagement", "ratings", "matrix")
            ),
            *(
                (page, going.opener("codebook", page))
                for page in ("versions", "look_again", "crosswalks", "glossary")
            ),
        ):
            self.actions_.on(name, act)
        self.dialogs.wire(self.actions_)
        self._settle_keys()

    def _settle_keys(self) -> None:
        """Where two parts would answer to the same key, say which does."""
        # Ctrl+F finds in the transcript wherever the focus is.
        self.transcript.acts["find"].setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        # Ctrl+K opens the picker in the transcript, and the codebook's field elsewhere.
        find = self.actions_["find_code"]
        find.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for panel in (self.documents, self.codes):
            panel.addAction(find)
        # Ctrl+I reads the codes at the caret, as the transcript has it.
        self.documents.acts.bring_in.setShortcut(QKeySequence("Ctrl+Shift+I"))

    # -- what was done ----------------------------------------------------------------------

    def _changed(self, changes: Changes) -> None:
        self.going.follow(changes)
        if changes.touches("project"):
            self._tell_state()
        if changes.touches(*places.FOLLOWED):
            self.offer_places()

    def offer_places(self) -> None:
        """Compare comes with the second coder, others with what they hold, or when they were
        asked for; the approach says what Compare is called."""
        segments = places.segments(self._project, self.going.asked)
        before = self.switch.current()
        if [(segment.key, segment.text) for segment in segments] == self.switch.shown():
            return
        self.switch.set_segments(segments)
        if self.switch.current() != before:
            self.going.go_to_place(self.switch.current())

    def _coded(self, words: str) -> None:
        self.context.say(words)

    def _say(self, words: str, undo: bool) -> None:
        self.undo.refresh()
        if not self._warned:
            self.notice.dismiss()
        self.status.say(words, undo=undo and self.undo.undo.isEnabled(), hint=self.undo.hint())

    def _fail(self, error: UserError) -> None:
        """What may not be done is said in the status line, where nothing moves; a failure that
        matters stands in a bar until the next act."""
        if isinstance(error, NotAllowed):
            words = f"<b>{escape(error.what, quote=False)}</b> {escape(error.to_do, quote=False)}"
            self.status.say(words.strip())
        else:
            self.notice.show_message(str(error), Weight.WARNING)

    def _backup_problem(self, words: str) -> None:
        self.status.set_state("backup", self.tr("No backup was made") if words else "", words)

    def _coder_switched(self) -> None:
        if self._project.sealing.rounds:
            self.places.cover_all()
        self.going.leave_own()
        self.transcript.reload()
        self.header.refresh()
        self.undo.refresh()

    def _tell_state(self) -> None:
        """Title, what the file is like, and whether it can be written."""
        project = self._project
        name = project.card.get().name
        if project.coders.owner() is not None:
            name = self._tell_copy(name)
        self.setWindowTitle(self.tr("{name} — IKT Coder").format(name=name))
        if project.read_only:
            self.status.set_state("saved", self.tr("Reading only"), str(project.path))
            if self.reading_only.isHidden():
                self._tell_reading_only()
        else:
            self.status.set_state("saved", self.tr("All work saved"), str(project.path))
        failure = self.context.settings.save_failure
        if failure is not None:
            self.status.set_state("settings", self.tr("Settings are not kept"), str(failure))

    def _tell_copy(self, name: str) -> str:
        """Say whose copy this file is; returns the name with it, for the title."""
        from ikt_coder.ui.exchange.copy_wording import origin_line, origin_words

        origin = self._project.copies.origin()
        if origin is None:
            return name
        self._about_copy = origin_words(origin)
        self.status.set_state("copy", origin_line(origin), self._about_copy)
        return self.tr("{name}, a copy for {coder}").format(name=name, coder=origin.coder_name)

    def _warn(self) -> None:
        """What there is to know about the file stays until it was read."""
        if self._project.warnings:
            self._warned = True
            self.notice.show_message(" ".join(self._project.warnings), Weight.NOTE)
        elif self._about_copy:
            self.notice.show_message(self._about_copy, Weight.NOTE)  # until the first act

    def _read_warning(self) -> None:
        self._warned = False

    def _tell_reading_only(self) -> None:
        path = self._project.path
        self.reading_only.show_message(
            self.tr("Open for reading only: you can look at everything and change nothing."),
            Weight.WARNING,
            [
                (self.tr("Try to open for writing"), lambda: self.reopen_asked.emit(path)),
                (self.tr("Save a copy as…"), self.actions_["save_copy"].trigger),
            ],
            may_close=False,
        )
        self.actions_.enable(
            False, "project_memo", "journal", "backup_now", "copy_for_coder", "bring_in"
        )
        self.import_button.setEnabled(False)

    # -- the frame --------------------------------------------------------------------------

    def _full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.actions_["full_screen"].setChecked(self.isFullScreen())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._begun:
            self._begun = True
            self._first_look()

    def _first_look(self) -> None:
        if not self.context.settings.splitter(_DESK):
            width = self.width()
            left, _, right = (
                min(self._px(size), width * share // 100)
                for size, share in zip(_SIZES, _SHARES, strict=True)
            )
            if width < self._px(_NARROW):
                left, right = 0, min(self._px(_SIZES[RIGHT]), width * 2 // 5)
            self.desk.setSizes([left, width - left - right, right])
        self.panels.put_folded_away()
        # Only now the panes have their sizes, by which a place in a text is found again.
        self.going.begin()
        if self.switch.current() != CODE:
            self.places.focus_place(self.switch.current())
            return
        first = self.transcript if self.transcript.document is not None else self.import_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- files dropped on the window ----------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = dropped_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.take_files(files)

    def take_files(self, files: list[Path]) -> None:
        """Open a project that was dropped; import everything else."""
        projects = [file for file in files if file.suffix.lower() == ".ikt"]
        if projects:
            self.open_asked.emit(projects[0])
        elif self._project.read_only:
            what = self.tr("The project is open for reading only; nothing was imported.")
            self._fail(NotAllowed(what, self.tr("Open it for writing first.")))
        else:
            self.going.go_to_place("code")
            self.documents.import_files(files)

    # -- leaving ----------------------------------------------------------------------------

    def shows(self, path: Path) -> bool:
        """Whether this window has that file open for writing."""
        return not self._project.read_only and self._project.path.resolve() == path.resolve()

    def put_away(self) -> str:
        """Remember everything about the place and leave the screen; returns the project's
        name. The session closes the project then."""
        self.backups.stop()
        self._pauses.stop()
        self.dialogs.close_all()
        self.transcript.mending.abandon()
        self.going.keep()
        keep_geometry(self, self.context.settings)
        if self._project.coder is not None:
            self.context.settings.remember_coder(self._project.local_id, self._project.coder)
        name = self._project.card.get().name
        self._away = True
        self.hide()
        return name

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        if not self._away:
            self.left.emit()
