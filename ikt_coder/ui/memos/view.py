"""All memos: filtered, read, and shown at their places."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.core.ops import Op
from ikt_coder.core.words import MemoKind
from ikt_coder.services.rows import MemoRow
from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.context import Context
from ikt_coder.ui.memos import wording
from ikt_coder.ui.memos.editor import show_place
from ikt_coder.ui.memos.links import MemoLinks
from ikt_coder.ui.memos.model import MemoModel
from ikt_coder.ui.memos.place import MemoPlace, place_of
from ikt_coder.ui.sealed_words import sealed_words
from ikt_coder.ui.widgets.dialog_size import DialogSize
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.list_pages import ListPages
from ikt_coder.ui.widgets.pill import CheckChip
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.sealed_note import SealedNote
from ikt_coder.ui.widgets.text_label import TextLabel
from ikt_coder.ui.widgets.turning_splitter import TurningSplitter
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_KINDS = (
    MemoKind.RULE,
    MemoKind.ANALYTIC,
    MemoKind.NOTE,
    MemoKind.PROJECT,
    MemoKind.REFLEXIVE,
)
"""The kinds in the order of the filter: rules apart from theory."""


class MemosDialog(QDialog):
    """Not modal. A click on a memo shows its place in the window; a double click or Enter
    opens it for writing."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Memos"))
        self._context = context
        self._project = context.project
        self._chosen: MemoRow | None = None
        self.model = MemoModel(context.project, self)
        self._build()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(80)
        self._later.timeout.connect(self.refresh)
        context.signals.changed.connect(self._on_changes)
        self.refresh()
        self.list.setFocus()

    def _build(self) -> None:
        look = self._context.appearance
        self.filter = FilterField(look, self.tr("Find in memos"))
        self.filter.textChanged.connect(self._soon)
        self.filter.leave_asked.connect(self.close)
        self.kind = QuietComboBox(self)
        self.kind.setAccessibleName(self.tr("Kind of memo"))
        self.kind.addItem(self.tr("All kinds"), None)
        for kind in _KINDS:
            self.kind.addItem(wording.many_word(kind), kind)
        self.kind.currentIndexChanged.connect(self.refresh)
        self.phase = QuietComboBox(self)
        self.phase.setAccessibleName(self.tr("Phase of the analysis"))
        self._fill_phases()
        self.phase.currentIndexChanged.connect(self.refresh)
        self.ask = CheckChip(look, self.tr("Asks the others"))
        self.ask.toggled.connect(self.refresh)
        self.new_project = QPushButton(self.tr("New project memo"), self)
        self.new_project.clicked.connect(lambda: self._write(MemoPlace()))
        self.new_entry = QPushButton(self.tr("New journal entry"), self)
        self.new_entry.clicked.connect(lambda: self._write(MemoPlace(reflexive=True)))
        self.list = RowList(look, self.tr("Memos"), ruled=True)
        self.list.setModel(self.model)
        self.list.clicked.connect(self._go)
        self.list.activated.connect(self._edit)
        self.list.selectionModel().currentChanged.connect(self._show)
        self.filter.enter_list_asked.connect(self._enter_list)
        self._privacy = QLabel(
            self.tr(
                "The reflexive journal is private: others do not see an entry in the program "
                "or in its reports until its writer shares it."
            ),
            self,
        )
        self._privacy.setWordWrap(True)
        self._privacy.setProperty("tone", "dim")
        self._privacy.setProperty("face", "small")
        self._empty = EmptyView(look, "memo", self.tr("No memos yet"))
        self._pages = ListPages(self.list, self._empty, self)
        self._splitter = TurningSplitter(
            look,
            560,
            saved=self._context.settings.splitter("memos"),
            save=lambda sizes: self._context.settings.remember_splitter("memos", sizes),
        )
        self._splitter.add_pane(self._pages, look.px(380), stretch=True)
        self._splitter.add_pane(self._reader(), look.px(320))
        top = QWidget(self)
        row = WrapLayout(top)
        self.filter.setMinimumWidth(look.px(200))
        for widget in (self.filter, self.kind, self.phase, self.ask):
            row.addWidget(widget)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 10)
        head.setSpacing(8)
        head.addWidget(top)
        head.addWidget(self._privacy)
        self.sealed = SealedNote(look, self)
        head.addWidget(self.sealed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._splitter, 1)
        foot = QFrame(self)
        foot.setProperty("line", "top")
        new = WrapLayout(foot)
        new.setContentsMargins(16, 10, 16, 12)
        for button in (self.new_project, self.new_entry):
            new.addWidget(button)
        column.addWidget(foot)
        for button in (self.new_project, self.new_entry):
            button.setAutoDefault(False)
            button.setEnabled(not self._project.read_only)
        DialogSize(self, self._context.settings, look, "memos", 760, 540)

    def _reader(self) -> QWidget:
        look = self._context.appearance
        pane = QWidget(self)
        pane.setProperty("surface", "paper")
        pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._where = TextLabel(look, "", role="dim", most_lines=4)
        self._title = TextLabel(look, "", face=FontRole.STRONG, most_lines=3)
        self._quote = QLabel(pane)
        self._quote.setTextFormat(Qt.TextFormat.PlainText)
        self._quote.setWordWrap(True)
        self._quote.setProperty("tone", "dim")
        self.links = MemoLinks(self._context, pane)
        self._text = QPlainTextEdit(pane)
        self._text.setReadOnly(True)
        self._text.document().setDocumentMargin(0)
        self._text.setAccessibleName(self.tr("The memo"))
        self._text.setTabChangesFocus(True)
        self._text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._edit_button = QPushButton(self.tr("Open"), pane)
        self._edit_button.clicked.connect(self._edit)
        self._go_button = QPushButton(self.tr("Go there"), pane)
        self._go_button.clicked.connect(self._go)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self._go_button, self._edit_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(pane)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._where)
        column.addWidget(self._quote)
        column.addWidget(self._title)
        column.addWidget(self._text, 1)
        column.addWidget(self.links)
        column.addLayout(foot)
        return pane

    # -- showing ----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the memos anew; the chosen one stays chosen where it is still listed."""
        before = self._chosen
        # Qt keeps a plain text of the kind.
        chosen = self.kind.currentData()
        kind = MemoKind(chosen) if chosen else None
        query = self.filter.text()
        phase = self.phase.currentData()
        self.model.show(kind, query, ask=self.ask.isChecked(), phase=str(phase or ""))
        self.sealed.say(sealed_words(self._project))
        filtered = bool(kind or query or phase or self.ask.isChecked())
        self._empty.set_words(*self._empty_words(filtered))
        self._pages.choose()
        at = max(0, self.model.place_of_memo(before)) if before is not None else 0
        self.list.setCurrentIndex(self.model.index(at, 0))
        self._show(self.list.currentIndex())

    def _fill_phases(self) -> None:
        """The phases of the project's process frameworks; hidden where there is none."""
        self.phase.addItem(self.tr("All phases"), None)
        for row in self._project.memo_links.phases():
            self.phase.addItem(f"{row.number}. {row.name}", row.key)
        self.phase.setVisible(self.phase.count() > 1)

    def _empty_words(self, filtered: bool) -> tuple[str, str]:
        if filtered:
            return (
                self.tr("No memo fits"),
                self.tr("Change the filter, or choose all kinds."),
            )
        return (
            self.tr("No memos yet"),
            self.tr(
                "M in the transcript writes one on the selected words or the coding. Codes, "
                "themes and documents take memos too."
            ),
        )

    def _soon(self, *_words: str) -> None:
        self._later.start()

    def _on_changes(self, changes: Changes) -> None:
        told = changes.kind == Op.SWITCH_CODER.value
        if told or changes.touches(*("memo", "memo_link", "coding", "code", "document", "theme")):
            self._later.start()

    def _show(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        self._chosen = row
        own = row is not None and row.id != row.coding
        self.links.show_memo(row.id if row is not None and own else None, able=False)
        for button in (self._edit_button, self._go_button):
            button.setEnabled(row is not None)
        if row is None:
            self._where.set_text("")
            self._title.hide()
            self._quote.hide()
            self._text.clear()
            return
        place = place_of(row)
        words = wording.place_words(self._project, place)
        self._where.set_text(f"{wording.kind_word(row.kind)}, {words}")
        quote = wording.quoted_words(self._project, place)
        self._quote.setText(f"“{quote}”")
        self._quote.setVisible(bool(quote))
        self._title.set_text(row.title)
        self._title.setVisible(bool(row.title))
        self._text.setPlainText(row.text)
        goes = row.kind not in (MemoKind.PROJECT, MemoKind.REFLEXIVE)
        self._go_button.setEnabled(goes)

    def chosen(self) -> MemoRow | None:
        """The memo that is read now."""
        return self._chosen

    # -- acting -----------------------------------------------------------------------------

    def _go(self) -> None:
        if self._chosen is not None:
            show_place(self._context, place_of(self._chosen))

    def _edit(self) -> None:
        row = self._chosen
        if row is None:
            return
        # A coding's own memo has no row of its own: its place opens it.
        what = MemoPlace(coding=row.coding) if row.id == row.coding else row.id
        self._context.memo_wanted.emit(what)

    def _write(self, place: MemoPlace) -> None:
        self._context.memo_wanted.emit(place)

    def _enter_list(self) -> None:
        if self.model.rowCount():
            self.list.setFocus()
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.model.index(0, 0))
