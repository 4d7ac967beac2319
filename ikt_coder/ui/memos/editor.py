"""Writing and changing one memo, beside the window it belongs to."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QShowEvent, QWindow
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.words import MemoKind
from ikt_coder.services.rows import MemoRow
from ikt_coder.ui.context import Context
from ikt_coder.ui.memos import wording
from ikt_coder.ui.memos.links import MemoLinks
from ikt_coder.ui.memos.place import MemoPlace, place_of
from ikt_coder.ui.widgets.dialog_size import DialogSize
from ikt_coder.ui.widgets.text_label import TextLabel

_IDLE = 20_000
"""Milliseconds without typing after which what was written is kept, as on leaving."""


class MemoEditor(QDialog):
    """Not modal: the transcript stays in use. There is no Save: what is written is kept when
    the editor is left or closed, and Undo takes it back."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        self._place = MemoPlace()
        self._memo: UUID | None = None
        self._shown = ("", "", False, False)
        self._build()
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE)
        self._idle.timeout.connect(self.keep)
        self._text.textChanged.connect(self._idle.start)
        context.signals.changed.connect(self._on_changes)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._window_changed)

    def _build(self) -> None:
        look = self._context.appearance
        self._where = TextLabel(look, "", role="dim", most_lines=3)
        self._quote = QLabel(self)
        self._quote.setTextFormat(Qt.TextFormat.PlainText)
        self._quote.setWordWrap(True)
        self._quote.setProperty("tone", "dim")
        self._quote_frame = QFrame(self)
        self._quote_frame.setProperty("line", "left")
        inside = QVBoxLayout(self._quote_frame)
        inside.setContentsMargins(12, 2, 0, 2)
        inside.addWidget(self._quote)
        self._title = QLineEdit(self)
        self._title.setPlaceholderText(self.tr("Title, if you like"))
        self._title.setAccessibleName(self.tr("Title"))
        self._title.setMaxLength(200)
        self._text = QPlainTextEdit(self)
        self._text.setProperty("field", "true")
        self._text.setTabChangesFocus(True)
        self._text.setPlaceholderText(self.tr("Write…"))
        self._text.setAccessibleName(self.tr("Memo"))
        self._text.setMinimumHeight(look.px(96))
        self._ask = QCheckBox(self.tr("Ask the others about this"), self)
        self._shared = QCheckBox(self.tr("Share this entry with the other coders"), self)
        self._note = QLabel(self)
        self._note.setWordWrap(True)
        self._note.setProperty("tone", "dim")
        self._note.setProperty("face", "small")
        self._delete = QPushButton(self.tr("Delete memo"), self)
        self._delete.setProperty("kind", "flat")
        self._delete.setAutoDefault(False)
        self._delete.clicked.connect(self.delete)
        self._go = QPushButton(self.tr("Go there"), self)
        self._go.setAutoDefault(False)
        self._go.clicked.connect(lambda: show_place(self._context, self._place))
        self._done = QPushButton(self.tr("Done"), self)
        self._done.setProperty("kind", "primary")
        self._done.setAutoDefault(False)
        self._done.setToolTip(self.tr("Closes the memo and keeps it (Ctrl+Enter or Esc)"))
        self._done.clicked.connect(self.close)
        for key in ("Ctrl+Return", "Ctrl+Enter"):  # as where memos of themes are written
            QShortcut(QKeySequence(key), self, self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(self._where)
        column.addWidget(self._quote_frame)
        column.addWidget(self._title)
        column.addWidget(self._text, 1)
        self.links = MemoLinks(self._context, self)
        self.links.kept.connect(self._keep_for_links)
        self.links.grown.connect(self._make_room)
        column.addWidget(self.links)
        column.addWidget(self._ask)
        column.addWidget(self._shared)
        column.addWidget(self._note)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._delete)
        foot.addStretch(1)
        foot.addWidget(self._go)
        foot.addWidget(self._done)
        column.addSpacing(4)
        column.addLayout(foot)
        DialogSize(self, self._context.settings, look, "memo", 440, 380)

    # -- showing ----------------------------------------------------------------------------

    def open_for(self, what: UUID | MemoPlace) -> None:
        """Show a memo, or a place to write a new one at; what was open before is kept. Where
        it is not in the project (any more) the editor closes and says so."""
        self.keep()
        try:
            if isinstance(what, UUID):
                self._show_memo(self._project.memos.get(what))
            else:
                self._show_place(what)
        except UserError as error:
            # Nothing is left to show; an empty editor would look like a new memo.
            self._forget()
            self.close()
            self._context.fail(error)
            return
        self.show()
        self.activateWindow()
        self._text.setFocus()
        cursor = self._text.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self._text.setTextCursor(cursor)

    def place(self) -> MemoPlace:
        """The place of the memo that is shown."""
        return self._place

    def memo(self) -> UUID | None:
        """The memo that is shown; None for a new one and for a coding's own memo."""
        return self._memo

    def _show_memo(self, row: MemoRow) -> None:
        self._memo = row.id
        self._place = place_of(row)
        own = row.coder is None or row.coder == self._project.coder
        self._fill(row.title, row.text, row.ask, row.shared, own=own, whose=row.coder_initials)

    def _show_place(self, place: MemoPlace) -> None:
        self._memo = None
        self._place = place
        if place.coding is None:
            self._fill("", "", False, False, own=True)
            return
        row = self._project.codings.get(place.coding)
        self._place = MemoPlace(row.document, place.coding, row.span)
        own = row.coder is None or row.coder == self._project.coder
        whose = "" if row.coder is None else self._project.coders.get(row.coder).initials
        self._fill("", row.memo, False, False, own=own, whose=whose)

    def _fill(
        self, title: str, text: str, ask: bool, shared: bool, *, own: bool, whose: str = ""
    ) -> None:
        place, kind = self._place, self._place.kind
        journal = kind is MemoKind.REFLEXIVE
        on_coding = place.coding is not None and self._memo is None
        self.setWindowTitle(wording.kind_word(kind))
        where = wording.place_words(self._project, place)
        self._where.set_text(f"{wording.kind_word(kind)}, {where}")
        quote = wording.quoted_words(self._project, place)
        self._quote.setText(f"“{quote}”")
        self._quote_frame.setVisible(bool(quote))
        self._shown = (title, text, ask, shared)
        self._title.setText(title)
        self._text.setPlainText(text)
        self._ask.setChecked(ask)
        self._shared.setChecked(shared)
        self._idle.stop()
        writing = own and not self._project.read_only
        self._title.setVisible(not on_coding)
        self._ask.setVisible(not on_coding)
        self._shared.setVisible(journal)
        self._title.setReadOnly(not writing)
        self._text.setReadOnly(not writing)
        self._ask.setEnabled(writing)
        self._shared.setEnabled(writing)
        self._delete.setVisible(writing and (self._memo is not None or bool(text)))
        self._go.setVisible(kind in (MemoKind.NOTE, MemoKind.RULE, MemoKind.ANALYTIC))
        self._note.setText(self._note_words(own=own, whose=whose, journal=journal))
        self._note.setVisible(bool(self._note.text()))
        self.links.show_memo(self._memo, able=writing and not on_coding)
        self._make_room()

    def _make_room(self) -> None:
        """Chips that wrap make the editor taller, and never cover what is written."""
        layout = self.layout()
        need = layout.minimumHeightForWidth(self.width()) if layout is not None else 0
        if need > self.height():
            self.resize(self.width(), need)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make_room()

    def _keep_for_links(self) -> None:
        """A memo that is linked has to be in the project."""
        self.keep()
        self.links.show_memo(self._memo, able=True)
        self._make_room()

    def _note_words(self, *, own: bool, whose: str, journal: bool) -> str:
        if self._project.read_only:
            return self.tr("The project is open for reading only.")
        if not own:
            return self.tr("Written by {coder}, who alone can change it.").format(coder=whose)
        if journal:
            return self.tr(
                "The program shows your journal to you alone until you share an entry. It is "
                "kept in the project file like everything else."
            )
        return ""

    # -- keeping ----------------------------------------------------------------------------

    def keep(self) -> None:
        """Write down what was changed. Where that fails, the words stay in the editor."""
        self._idle.stop()
        now = (
            self._title.text().strip(),
            self._text.toPlainText().strip(),
            self._ask.isChecked(),
            self._shared.isChecked(),
        )
        before = (self._shown[0].strip(), self._shown[1].strip(), *self._shown[2:])
        if self._text.isReadOnly() or now == before:
            return
        try:
            words = self._write(*now)
        except UserError as error:
            self._context.fail(error)
            return
        self._shown = now
        if words:
            self._context.say(words)

    def _write(self, title: str, text: str, ask: bool, shared: bool) -> str:
        place, memos = self._place, self._project.memos
        if self._memo is None and place.coding is not None:
            self._project.codings.change(place.coding, memo=text)
            return wording.said(MemoKind.NOTE, "changed")
        if self._memo is None:
            if not (title or text):
                return ""
            self._memo = memos.add(
                text,
                title=title,
                document=place.document,
                span=place.span,
                code=place.code,
                theme=place.theme,
                reflexive=place.reflexive,
                ask=ask,
                shared=shared if place.reflexive else None,
            )
            self._delete.show()
            return wording.said(place.kind, "added")
        if not (title or text):
            memos.delete(self._memo)
            self._memo = None
            return wording.said(place.kind, "deleted")
        if place.reflexive:
            memos.change(self._memo, title=title, text=text, ask=ask, shared=shared)
        else:
            memos.change(self._memo, title=title, text=text, ask=ask)
        return wording.said(place.kind, "changed")

    def delete(self) -> None:
        """Delete the memo; Undo brings it back."""
        try:
            if self._memo is not None:
                self._project.memos.delete(self._memo)
            elif self._place.coding is not None:
                self._project.codings.change(self._place.coding, memo="")
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(wording.said(self._place.kind, "deleted"))
        self._forget()
        self.close()

    def _forget(self) -> None:
        """Nothing that is still shown may be written."""
        self._memo = None
        self._place = MemoPlace()
        self._shown = ("", "", False, False)
        self._title.clear()
        self._text.clear()
        self._ask.setChecked(False)
        self._shared.setChecked(False)
        self._idle.stop()

    def _on_changes(self, changes: Changes) -> None:
        """Follow what undo or another view did to the memo, unless words are waiting here."""
        if not self.isVisible():
            return
        if changes.kind == Op.SWITCH_CODER.value:
            # What was written was kept when the editor lost the focus, under its writer's name.
            self._forget()
            self.close()
            return
        if not changes.touches("memo", "coding", "document", "code"):
            return
        now = (self._title.text(), self._text.toPlainText())
        if now != self._shown[:2]:
            return
        try:
            if self._memo is not None:
                self._show_memo(self._project.memos.get(self._memo))
            elif self._place.coding is not None:
                self._show_place(self._place)
        except NotFound:
            self._forget()
            self.close()

    def _window_changed(self, window: QWindow | None) -> None:
        """The person goes on elsewhere: what was written is kept under their name."""
        if self.isVisible() and window is not self.windowHandle():
            self.keep()

    def done(self, result: int) -> None:
        """Every way of closing, Esc too, keeps what was written."""
        self.keep()
        super().done(result)


def show_place(context: Context, place: MemoPlace) -> None:
    """Show the place of a memo in its context."""
    if place.coding is not None:
        context.reveal_coding.emit(place.coding)
    elif place.theme is not None:
        context.place_wanted.emit("themes")
    elif place.code is not None:
        context.passages_wanted.emit(place.code)
    elif place.document is not None and place.span is not None:
        context.reveal(place.document, place.span)
    elif place.document is not None:
        context.document_wanted.emit(place.document)
