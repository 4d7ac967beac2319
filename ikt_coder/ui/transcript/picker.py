"""The code picker: type to find or create, Enter applies. It never covers the words."""

from __future__ import annotations

import html
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ikt_coder.services.rows import CodeRow
from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.transcript.picker_model import PickerModel
from ikt_coder.ui.transcript.ranking import rank, same_name
from ikt_coder.ui.transcript.wording import shortened
from ikt_coder.ui.widgets.key_hint import KeyHint
from ikt_coder.ui.widgets.popover import SHADOW, Popover
from ikt_coder.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from ikt_coder.ui.transcript.view import TranscriptView

_WIDTH = 390
_ROWS = 6
_RULE = 160
_QUOTE = 60


class PickerPurpose(StrEnum):
    """What the chosen code is for."""

    CODE = "code"
    NEW = "new"
    CHANGE = "change"


class CodePicker(Popover):
    """One picker for coding, for new codes and for changing the code of a coding."""

    chosen = Signal(object, object)
    """Code and purpose."""
    created = Signal(str, object)
    """The new code's name, and purpose."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view.appearance, view.window())
        self._view = view
        self._purpose = PickerPurpose.CODE
        self._codes: tuple[CodeRow, ...] = ()
        self._recent: list[UUID] = []
        self._rules: dict[UUID, str] = {}
        self._above: bool | None = None
        self._words = QRect()
        self._field = _Field(self)
        self._model = PickerModel(view.pane.look, self)
        self._list = RowList(view.appearance, self.tr("Codes that fit"), parent=self)
        self._list.setModel(self._model)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._about = QLabel()
        self._about.setWordWrap(True)
        self._about.setTextFormat(Qt.TextFormat.RichText)
        self._about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay_out()
        self._field.textChanged.connect(self._search)
        self._field.setAccessibleName(self.tr("Find or create a code"))
        self._list.clicked.connect(self._clicked)
        self._list.selectionModel().currentChanged.connect(self._highlighted)

    def _lay_out(self) -> None:
        px = self._view.appearance.px
        inside = QWidget(self)
        inside.setFixedWidth(px(_WIDTH))
        column = self._column = QVBoxLayout(inside)
        column.setContentsMargins(0, px(10), 0, px(10))
        column.setSpacing(px(6))
        top = QHBoxLayout()
        top.setContentsMargins(px(10), 0, px(10), 0)
        top.addWidget(self._field)
        column.addLayout(top)
        column.addWidget(self._list)
        column.addWidget(_rule())
        about = QHBoxLayout()
        about.setContentsMargins(px(14), 0, px(14), 0)
        about.addWidget(self._about)
        column.addLayout(about)
        column.addWidget(_rule())
        column.addLayout(self._footer())
        self.body.addWidget(inside)

    def _footer(self) -> QHBoxLayout:
        look, px = self._view.appearance, self._view.appearance.px
        row = QHBoxLayout()
        row.setContentsMargins(px(14), 0, px(14), 0)
        row.setSpacing(px(5))
        small = look.font(FontRole.SMALL)

        def words(text: str) -> None:
            label = QLabel(text)
            label.setProperty("tone", "dim")
            label.setFont(small)
            row.addWidget(label)

        words(self.tr("after ↵"))
        for key in "BFX":
            row.addWidget(KeyHint(look, key))
        words(self.tr("direction"))
        row.addWidget(KeyHint(look, "M"))
        words(self.tr("memo"))
        row.addStretch(1)
        words(self.tr("⇧↵ keep open"))
        return row

    # -- opening ------------------------------------------------------------------------

    def open_for(self, purpose: PickerPurpose, beside: QRect) -> None:
        """Open beside ``beside`` (in the viewport of the transcript) with an empty field."""
        view = self._view
        if self.parentWidget() is not view.window():
            self.setParent(view.window())
        self._purpose = purpose
        self._codes = view.code_rows()
        self._recent = view.digits.recent()
        self._rules = {}
        self._model.set_codes(self._codes, view.pane.look)
        self._field.clear()
        self._field.setPlaceholderText(
            {
                PickerPurpose.CODE: self.tr("Find or create a code"),
                PickerPurpose.NEW: self.tr("Name of the new code"),
                PickerPurpose.CHANGE: self.tr("Change to which code?"),
            }[purpose]
        )
        self._search()
        self._above = None
        self.open_beside(beside, view.pane.viewport(), self._field)
        self._above = self.panel_rect().bottom() < self._beside(beside).top()
        if view.naming.counts_stale:
            # Counting can wait until the picker is there.
            QTimer.singleShot(0, self, self._count)

    def _count(self) -> None:
        if self.isVisible():
            self._codes = self._view.naming.counted_codes()
            self._search()

    def _beside(self, rect: QRect) -> QRect:
        viewport = self._view.pane.viewport()
        self._words = QRect(viewport.mapTo(self._view.window(), rect.topLeft()), rect.size())
        return self._words

    def refit(self) -> None:
        """Stay on the side where it opened: a list that shrinks must not make it jump."""
        # The list's new height counts now, not when the event loop comes round to it.
        self._column.activate()
        super().refit()
        panel = self.panel_rect()
        if self._above and panel.top() > self._words.bottom():
            gap = panel.top() - self._words.bottom()
            self.move(self.x(), self._words.top() - gap - panel.height() - SHADOW)

    @property
    def field(self) -> QLineEdit:
        return self._field

    @property
    def rows(self) -> list[str]:
        """The rows' texts, as shown."""
        return [
            str(self._model.index(row).data(Qt.ItemDataRole.DisplayRole))
            for row in range(self._model.rowCount())
        ]

    @property
    def about(self) -> str:
        """What stands under the list about the highlighted code, as rich text."""
        return self._about.text()

    def _search(self) -> None:
        typed = self._field.text().strip()
        matches = rank(typed, self._codes, self._recent)
        new = typed if typed and same_name(typed, self._codes) is None else None
        self._model.show(matches, new, new_first=self._purpose is PickerPurpose.NEW)
        if self._model.rowCount():
            self._list.setCurrentIndex(self._model.index(0))
        else:
            self._tell_about(None)
        if not self.isVisible():
            # Rows wrap to the width, which a hidden list has not been told yet.
            self._list.viewport().resize(self._view.appearance.px(_WIDTH), self._list.height())
        height = max(self._view.appearance.px(28), self._list.content_height(_ROWS))
        self._list.setFixedHeight(height + 2)
        if self.isVisible():
            self.refit()

    # -- keys and clicks ----------------------------------------------------------------

    def move_highlight(self, by: int) -> None:
        rows = self._model.rowCount()
        if rows:
            row = (self._list.currentIndex().row() + by) % rows
            self._list.setCurrentIndex(self._model.index(row))

    def accept(self, *, stay: bool = False) -> None:
        """Apply the highlighted row; ``stay`` keeps the picker open for one more."""
        row = self._list.currentIndex().row()
        match = self._model.match_at(row) if row >= 0 else None
        name = self._field.text().strip()
        makes_new = row >= 0 and self._model.makes_new(row)
        if match is None and not (makes_new and name):
            return
        if not stay:
            self.close_popover()
        if match is not None:
            self.chosen.emit(match.code.id, self._purpose)
        else:
            self.created.emit(name, self._purpose)
        if stay:
            self._codes = self._view.naming.counted_codes()
            self._recent = self._view.digits.recent()
            self._model.set_codes(self._codes, self._view.pane.look)
            self._field.clear()
            self._search()

    def _clicked(self, index: QModelIndex) -> None:
        self._list.setCurrentIndex(index)
        self.accept()

    # -- the rule of the highlighted code -----------------------------------------------

    def _highlighted(self, index: QModelIndex) -> None:
        match = self._model.match_at(index.row())
        self._tell_about(match.code if match is not None else None)

    def _tell_about(self, code: CodeRow | None) -> None:
        self._about.setFont(self._view.appearance.font(FontRole.SMALL))
        if code is None:
            self._about.setText(
                html.escape(self.tr("A new code goes to the top of the codebook's tree."))
                if self._field.text().strip()
                else html.escape(self.tr("There is no code yet. Type a name to make one."))
            )
        else:
            if code.id not in self._rules:
                self._rules[code.id] = self._rule_of(code)
            self._about.setText(self._rules[code.id])
        width = self._view.appearance.px(_WIDTH - 28)
        least = self._about.fontMetrics().height() * 2
        self._about.setFixedHeight(max(least, self._about.heightForWidth(width)) + 2)
        if self.isVisible():
            self.refit()

    def _rule_of(self, code: CodeRow) -> str:
        ink, dim = self._view.pane.look.ink.name(), self._view.pane.look.dim.name()

        def strong(word: str) -> str:
            return f'<b style="color:{ink}">{html.escape(word)}</b>'

        rule = ""
        when = code.include or code.definition
        if when:
            lead = self.tr("Use when") if code.include else self.tr("Means")
            rule += f"{strong(lead)} {html.escape(shortened(when, _RULE))} "
        if code.exclude:
            rule += f"{strong(self.tr('Not'))} {html.escape(shortened(code.exclude, _RULE))}"
        quotes = []
        for passage in self._view.desk.last_passages(code.id):
            who = passage.speakers[0] if passage.speakers else passage.document_title
            words = shortened(passage.text, _QUOTE)
            quotes.append(f"{html.escape(who)} “{html.escape(words)}”")
        parts = [part for part in (rule.strip(), " · ".join(quotes)) if part]
        if not parts:
            parts = [html.escape(self.tr("No rule and no passages yet."))]
        return f'<span style="color:{dim}">{"<br>".join(parts)}</span>'


class _Field(QLineEdit):
    """The keys of the list work while typing."""

    def __init__(self, picker: CodePicker) -> None:
        super().__init__(picker)
        self._picker = picker

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _ROWS,
            Qt.Key.Key_PageUp: -_ROWS,
        }
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            stay = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._picker.accept(stay=stay)
        elif key in steps:
            self._picker.move_highlight(steps[Qt.Key(key)])
        else:
            super().keyPressEvent(event)


def _rule() -> QFrame:
    line = QFrame()
    line.setProperty("line", "top")
    line.setFixedHeight(1)
    return line
