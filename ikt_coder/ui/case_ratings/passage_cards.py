"""The passages under one cell, whole and in order, to read while rating or writing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.services.rows import PassageRow
from ikt_coder.ui.context import Context
from ikt_coder.ui.own_interview import OwnInterviewCover

MOST = 60
"""Cards that are made; more passages are listed apart."""


class PassageCard(QFrame):
    """One passage: a click or Enter shows it in its text, L points it out or not after all."""

    opened = Signal(object)
    turned = Signal(object)

    def __init__(
        self, context: Context, passage: PassageRow, linked: bool | None, parent: QWidget
    ) -> None:
        """``linked`` None: passages are not pointed out here."""
        super().__init__(parent)
        self.passage = passage
        self._key = passage.coding.id
        self._links = linked is not None
        px = context.appearance.px
        self.setProperty("surface", "paper")
        self.setProperty("line", "bottom")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        sign = f"{passage.coding.valence.sign} " if passage.coding.valence is not None else ""
        words = QLabel(f"{sign}{' '.join(passage.text.split())}")
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        who = " · ".join([", ".join(passage.participants), passage.document_title]).strip(" ·")
        below = QLabel(who)
        below.setProperty("tone", "dim")
        below.setProperty("face", "small")
        below.setTextFormat(Qt.TextFormat.PlainText)
        below.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(below, 1)
        self.button = QPushButton(self)
        self.button.setProperty("kind", "link")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(lambda _on=False: self.turned.emit(self._key))
        self.button.setVisible(self._links and not context.project.read_only)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(8), px(10), px(8))
        column.setSpacing(px(2))
        column.addWidget(words)
        column.addLayout(row)
        self.set_linked(bool(linked))
        self.setAccessibleName(f"{words.text()} ({who})")

    def set_linked(self, linked: bool) -> None:
        """Whether the summary points to it."""
        self.linked = linked
        self.button.setText(self.tr("✓ Linked") if linked else self.tr("Link"))
        hint = (
            self.tr("Take the link from the summary away (L)")
            if linked
            else self.tr("The summary rests on this passage (L)")
        )
        self.button.setToolTip(hint)
        self.button.setAccessibleName(hint)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.opened.emit(self._key)
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers()
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_O):
            self.opened.emit(self._key)
        elif plain and self._links and event.key() in (Qt.Key.Key_L, Qt.Key.Key_Space):
            self.turned.emit(self._key)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)


class PassageCards(QScrollArea):
    """The cards of one cell, or a sentence where there is none."""

    opened = Signal(object)
    """UUID of a coding to show in its text"""
    turned = Signal(object, bool)
    """UUID of a coding, whether it is to be pointed out"""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("surface", "paper")
        self.viewport().setProperty("surface", "paper")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Passages of the cell"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cards: tuple[PassageCard, ...] = ()
        self._keys: tuple[UUID, ...] = ()
        self.own = OwnInterviewCover(context, self)
        self.show_passages((), None, "")

    def show_passages(
        self,
        passages: Sequence[PassageRow],
        linked: Collection[UUID] | None,
        empty: str,
    ) -> None:
        """Show these; ``linked`` are pointed out (None: nothing is), ``empty`` is said where
        there are none."""
        keys = tuple(row.coding.id for row in passages)
        if keys == self._keys and keys and [c.passage for c in self.cards] == list(passages[:MOST]):
            for card in self.cards:
                card.set_linked(linked is not None and card.passage.coding.id in linked)
            return
        self._keys = keys
        inside = QFrame()
        inside.setProperty("surface", "paper")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        cards = []
        for passage in passages[:MOST]:
            on = None if linked is None else passage.coding.id in linked
            card = PassageCard(self._context, passage, on, inside)
            card.opened.connect(self.opened)
            card.turned.connect(self._turn)
            column.addWidget(card)
            cards.append(card)
        px = self._context.appearance.px
        if len(passages) > MOST:
            more = QPushButton(
                self.tr("List all {n} passages").replace("{n}", str(len(passages))), inside
            )
            more.setProperty("kind", "link")
            more.clicked.connect(lambda _on=False: self._context.passages_wanted.emit(keys))
            column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        if not passages and empty:
            words = QLabel(empty)
            words.setWordWrap(True)
            words.setProperty("tone", "dim")
            words.setContentsMargins(px(14), px(10), px(14), px(10))
            column.addWidget(words)
        column.addStretch(1)
        self.cards = tuple(cards)
        self.setWidget(inside)
        documents = dict.fromkeys(row.coding.document for row in passages)
        own = next((key for key in documents if self._context.own.covers(key)), None)
        self.own.show_for(own)

    def _turn(self, key: UUID) -> None:
        card = next((one for one in self.cards if one.passage.coding.id == key), None)
        if card is not None:
            self.turned.emit(key, not card.linked)

    def focus_first(self) -> None:
        """Bring the keyboard to the first passage."""
        if self.cards:
            self.cards[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
