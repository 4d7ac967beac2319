"""Finding words in the shown document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from ikt_coder.ui.widgets.announce import announce
from ikt_coder.ui.widgets.filter_field import FilterField

if TYPE_CHECKING:
    from ikt_coder.ui.transcript.view import TranscriptView

translate = QCoreApplication.translate


class FindBar(QWidget):
    """A line above the text; Enter goes on, Shift+Enter back, Esc leaves with the place found."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view
        self._places: list[tuple[int, int]] = []
        self._at = -1
        look = view.appearance
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = _FindField(self, view)
        self.count = QLabel()
        self.count.setProperty("tone", "dim")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        for icon, text, act in (
            ("chevron-up", self.tr("Previous place"), lambda: self.go(-1)),
            ("chevron-down", self.tr("Next place"), lambda: self.go(1)),
            ("close", self.tr("Close"), self.close_bar),
        ):
            button = QToolButton()
            button.setToolTip(text)
            button.setAccessibleName(text)
            look.set_icon(button, icon)
            button.clicked.connect(lambda _checked=False, act=act: act())
            row.addWidget(button)
        self.field.textChanged.connect(self._search)
        self.field.leave_asked.connect(self.close_bar)
        self.hide()

    def open_bar(self) -> None:
        """Show the line; selected words are looked for at once."""
        view = self._view
        if view.content is None:
            return
        self.show()
        span = view.selection()
        if span is not None and "\n" not in view.content.text[span.start : span.end]:
            self.field.setText(view.content.text[span.start : span.end])
        self.field.selectAll()
        self.field.setFocus()
        self._search()

    def close_bar(self) -> None:
        self.hide()
        self._places = []
        self._view.pane.found = []
        self._view.pane.setFocus()
        self._view.pane.refresh()

    def _search(self) -> None:
        view = self._view
        wanted = self.field.text()
        self._places = []
        self._at = -1
        if wanted and view.content is not None:
            offsets = view.page.offsets
            pattern = re.compile(re.escape(wanted), re.IGNORECASE)
            self._places = [
                (offsets.to_qt(m.start()), offsets.to_qt(m.end()))
                for m in pattern.finditer(view.content.text)
            ]
            here = view.pane.textCursor().selectionStart()
            after = (n for n, (start, _end) in enumerate(self._places) if start >= here)
            self._at = next(after, 0) if self._places else -1
        view.pane.found = self._places
        self._show_place()

    def go(self, by: int) -> None:
        """To the next or previous place, round the ends."""
        if self._places:
            self._at = (self._at + by) % len(self._places)
            self._show_place()

    def _show_place(self) -> None:
        view = self._view
        if self._places:
            words = self.tr("{number} of {count}").format(
                number=self._at + 1, count=len(self._places)
            )
            start, end = self._places[self._at]
            view.pane.bring_to_view(start, end)
            view.pane.select(start, end)
        else:
            words = self.tr("Not found") if self.field.text() else ""
        self.count.setText(words)
        announce(self, words)
        view.pane.refresh()


class _FindField(FilterField):
    def __init__(self, bar: FindBar, view: TranscriptView) -> None:
        super().__init__(
            view.appearance, translate("Transcript", "Find in this document"), parent=bar
        )
        self._bar = bar

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._bar.go(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self._bar.close_bar()
        else:
            super().keyPressEvent(event)
