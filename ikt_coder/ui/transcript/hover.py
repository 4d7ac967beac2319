"""What a place in the text is coded with: shown under the pointer, or at the caret by key."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from ikt_coder.core.words import Flag
from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.transcript.gesture import Gesture
from ikt_coder.ui.transcript.marks import Mark
from ikt_coder.ui.transcript.wording import codes_here, flag_word, shortened
from ikt_coder.ui.widgets.announce import announce
from ikt_coder.ui.widgets.placement import place_beside

if TYPE_CHECKING:
    from ikt_coder.ui.transcript.view import TranscriptView

_WAIT = 450
_WIDEST = 340
_MEMO = 220
_SPOT = QSize(12, 24)


class Hover(Gesture, QObject):
    """A card that lists codes, coder, valence, levels and memo; it never takes the pointer."""

    def __init__(self, view: TranscriptView) -> None:
        QObject.__init__(self, view)
        self._view = view
        self._card: QFrame | None = None
        self._label = QLabel()
        self._shown: tuple[UUID, ...] = ()
        self._point = QPoint()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self._over_text)
        view.pane.viewport().installEventFilter(self)
        view.pane.scrolled.connect(self._timer.stop)
        view.pane.verticalScrollBar().valueChanged.connect(self.hide)
        view.pane.focus_left.connect(self.hide)
        view.pane.cursorPositionChanged.connect(self.hide)

    @property
    def text(self) -> str:
        """What the card says now, as rich text; empty where no card shows."""
        return self._label.text() if self._card is not None and self._card.isVisible() else ""

    def move(self, event: QMouseEvent) -> bool:
        self._point = event.position().toPoint()
        if event.buttons():
            self.hide()
        elif not self._view.mending.active:
            self._timer.start()
        return False

    def press(self, event: QMouseEvent) -> bool:
        self.hide()
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.hide()
        return False

    def _over_text(self) -> None:
        pane = self._view.pane
        if self._view.content is None or not pane.over_text(self._point):
            self.hide()
            return
        position = pane.position_at(self._point)
        marks = [m for m in pane.marks.at(position) if m.start <= position <= m.end]
        top_left = self._point - QPoint(4, 10)
        self._show(marks, QRect(pane.viewport().mapTo(self._view, top_left), _SPOT))

    def over_stripe(self, coding: UUID | None, point: QPoint) -> None:
        """The pointer is on a stripe or a name; None where it left."""
        mark = self._view.pane.marks.get(coding)
        if mark is None:
            self.hide()
            return
        at = self._view.stripes.mapTo(self._view, point - QPoint(4, 10))
        self._show([mark], QRect(at, _SPOT))

    def at_caret(self) -> None:
        """Show and read aloud the codings at the caret."""
        view = self._view
        if view.content is None:
            return
        marks = view.pane.marks.at(view.pane.textCursor().position())
        mark = view.current_mark()
        if mark is not None and mark not in marks:
            marks = [mark]
        caret = view.pane.cursorRect()
        self._show(marks, QRect(view.pane.viewport().mapTo(view, caret.topLeft()), caret.size()))
        announce(view.pane, codes_here([view.describe(m.row) for m in marks]))

    def hide(self) -> None:
        self._timer.stop()
        if self._card is not None:
            self._card.hide()

    def _show(self, marks: list[Mark], beside: QRect) -> None:
        if not marks:
            self.hide()
            return
        if self._card is None:
            self._card = self._make_card()
        view = self._view
        self._label.setFont(view.appearance.font(FontRole.SMALL))
        self._label.setText("".join(self._entry(mark) for mark in marks[:12]))
        self._card.setMaximumWidth(view.appearance.px(_WIDEST))
        self._label.setFixedWidth(
            min(view.appearance.px(_WIDEST) - 26, self._label.sizeHint().width() + 4)
        )
        size = self._card.sizeHint()
        self._card.setGeometry(place_beside(beside, size, view.rect().adjusted(4, 4, -4, -4)))
        self._card.show()
        self._card.raise_()

    def _make_card(self) -> QFrame:
        card = QFrame(self._view)
        card.setObjectName("hoverCard")
        card.setProperty("surface", "paper")
        card.setProperty("line", "all")
        card.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        card.setAutoFillBackground(True)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(12, 8, 12, 8)
        self._label.setParent(card)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.RichText)
        inside.addWidget(self._label)
        return card

    def _entry(self, mark: Mark) -> str:
        view, row = self._view, mark.row
        look = view.pane.look
        dim = look.dim.name()
        colour = view.pane.codes.colour(row.code, look).name()
        name = html.escape(view.code_name(row.code))
        lines = [f'<span style="color:{colour}">■</span>&nbsp;<b>{name}</b>']
        facts = []
        if row.valence is not None:
            facts.append(f"{row.valence.sign}&nbsp;{view.naming.direction(row.valence)}")
        names = view.naming.levels()
        facts += [html.escape(n) for n in sorted(names[v] for v in row.levels if v in names)]
        facts += [flag_word(flag) for flag in Flag if flag in row.flags]
        coder = view.shown.who(row)
        if coder:
            facts.append(html.escape(coder))
        if facts:
            lines.append(f'<span style="color:{dim}">{" · ".join(facts)}</span>')
        if row.memo:
            lines.append(html.escape(shortened(row.memo, _MEMO)))
        return '<p style="margin:2px 0">' + "<br>".join(lines) + "</p>"
