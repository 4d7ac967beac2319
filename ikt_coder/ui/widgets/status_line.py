"""The line at the foot of the window: the last act in words, with Undo; the state at right."""

from __future__ import annotations

import re
from html import unescape

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.announce import announce

_STRONG = re.compile(r"<b>(.*?)</b>")
_TAG = re.compile(r"</?\w[^>]*>")
_SPACES = re.compile(r"[ \t\r\n]+")


class StatusLine(QFrame):
    """Says each act once, in the line and to screen readers."""

    undo_asked = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setProperty("line", "top")
        self.setProperty("surface", "panel")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._words = QLabel(self)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setProperty("tone", "dim")
        self._words.setProperty("face", "small")
        self._whole = ""
        self._undo = QPushButton(self.tr("Undo"), self)
        self._undo.setProperty("kind", "link")
        self._undo.setProperty("face", "small")
        self._undo.clicked.connect(self.undo_asked)
        self._undo.hide()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 0, 14, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._words)
        self._row.addWidget(self._undo)
        self._row.addStretch(1)
        self._right = QHBoxLayout()
        self._right.setSpacing(16)
        self._row.addLayout(self._right)
        self._states: dict[str, QLabel] = {}
        self.setAccessibleName(self.tr("Last act"))
        appearance.changed.connect(self._restyle)
        self._restyle()

    def say(self, words: str, *, undo: bool = False, hint: str = "") -> None:
        """Show and announce the last act.

        ``words`` may hold ``<b>…</b>`` around names and must be escaped otherwise; ``undo``
        offers the link, whose tooltip is ``hint``.
        """
        self._whole = words
        self._undo.setVisible(undo)
        self._undo.setToolTip(hint)
        self._undo.setAccessibleDescription(hint)
        self._show_words()
        announce(self, self.plain_words())

    def plain_words(self) -> str:
        """The last act as plain text."""
        return _SPACES.sub(" ", unescape(_TAG.sub("", self._whole))).strip()

    def undo_button(self) -> QPushButton:
        return self._undo

    def set_state(self, key: str, words: str, hint: str = "", *, passing: bool = False) -> None:
        """Show ``words`` at the right edge under ``key``; the empty string takes them away.
        What is ``passing`` stands before the others, which then do not move."""
        label = self._states.get(key)
        if label is None:
            label = QLabel(self)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("tone", "dim")
            label.setProperty("face", "small")
            self._states[key] = label
            self._right.insertWidget(0 if passing else -1, label)
        label.setText(words)
        label.setToolTip(hint)
        label.setVisible(bool(words))
        QTimer.singleShot(0, self, self._show_words)

    def state(self, key: str) -> str:
        label = self._states.get(key)
        return label.text() if label is not None else ""

    def add_state_widget(self, widget: QWidget) -> None:
        """Put a pill or a link at the right edge."""
        self._right.addWidget(widget)

    def resizeEvent(self, _event: object) -> None:
        self._show_words()

    def _show_words(self) -> None:
        ink = self._appearance.tokens.ink
        rich = _STRONG.sub(rf'<b style="color:{ink}; font-weight:600">\1</b>', self._whole)
        whole = self.plain_words()
        metrics = self._words.fontMetrics()
        others = [w for w in (self._undo, *self._states.values()) if not w.isHidden()]
        taken = sum(w.sizeHint().width() + 16 for w in others) + 36
        room = max(80, self.width() - taken)
        # Semibold names are a little wider than the plain measure.
        need = round(metrics.horizontalAdvance(whole) * 1.06) + 4
        if need > room:
            self._words.setTextFormat(Qt.TextFormat.PlainText)
            self._words.setText(metrics.elidedText(whole, Qt.TextElideMode.ElideRight, room))
            self._words.setToolTip(whole)
        else:
            self._words.setTextFormat(Qt.TextFormat.RichText)
            self._words.setText(rich)
            self._words.setToolTip("")
        self._words.setFixedWidth(min(need, room))

    def _restyle(self) -> None:
        self.setFixedHeight(self._appearance.px(28))
        self._show_words()
