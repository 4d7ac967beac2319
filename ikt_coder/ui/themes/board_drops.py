"""Dragging cards off the board's ground and dropping codes, codings and themes on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QDrag, QDragMoveEvent, QDropEvent, QPainter, QPixmap, QTransform

from ikt_coder.ui.themes.code_card import CodeCard
from ikt_coder.ui.themes.drag import Carried, carried, mime_of_codes, mime_of_theme
from ikt_coder.ui.themes.theme_card import ThemeCard

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from ikt_coder.ui.themes.board import Board

_TILT = -2.0  # degrees: a card that has been taken up lies askew


class BoardDrops:
    """Shows the card a drop would go to; a drop on empty ground makes a theme."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self.target_card: ThemeCard | None = None

    # -- taking up ------------------------------------------------------------------------

    def drag_code(self, card: CodeCard) -> None:
        board = self._board
        if board.key_of(card) not in board.chosen:
            board.chosen.clear()
            board.set_current(card)
        held = board.held()
        self._drag(card, mime_of_codes(held.codes, held.source))

    def drag_theme(self, card: ThemeCard) -> None:
        if card.theme is not None:
            self._drag(card, mime_of_theme(card.theme))

    def _drag(self, card: CodeCard | ThemeCard, data: QMimeData) -> None:
        drag = QDrag(self._board)
        drag.setMimeData(data)
        drag.setPixmap(_tilted(card.grab()))
        drag.setHotSpot(QPoint(24, 16))
        actions = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
        drag.exec(actions, Qt.DropAction.MoveAction)
        self._aim(None)

    # -- dropping -------------------------------------------------------------------------

    def handle(self, event: QEvent) -> bool:
        """Take a drag event of the canvas; False where it is none or carries nothing of ours."""
        kind = event.type()
        if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove):
            assert isinstance(event, QDragMoveEvent)
            return self._over(event)
        if kind == QEvent.Type.DragLeave:
            self._aim(None)
            return True
        if kind == QEvent.Type.Drop:
            assert isinstance(event, QDropEvent)
            return self._drop(event)
        return False

    def _over(self, event: QDragMoveEvent) -> bool:
        place = event.position().toPoint()
        what = carried(event.mimeData())
        card = self._card_at(place)
        # A canvas that says no to the entering is never asked again while the drag is over it,
        # and a card's drag enters right where the card lies.
        entering = event.type() == QEvent.Type.DragEnter and not what.empty
        if not entering and (what.empty or not self._fits(what, card)):
            self._aim(None)
            event.ignore()
            return True
        self._aim(card if self._fits(what, card) else None)
        self._board.ensureVisible(place.x(), place.y(), 0, 40)
        event.acceptProposedAction()
        return True

    def _drop(self, event: QDropEvent) -> bool:
        what = carried(event.mimeData())
        card = self._card_at(event.position().toPoint())
        self._aim(None)
        if what.empty or not self._fits(what, card):
            event.ignore()
            return True
        event.acceptProposedAction()
        if card is None and what.theme is None:
            self._board.add(None, what)
        else:
            self._board.put(what, card.theme if card is not None else None)
        return True

    def _card_at(self, place: QPoint) -> ThemeCard | None:
        for top in self._board.tops:
            if top.geometry().contains(place):
                return top.card_at(top.mapFrom(self._board.canvas, place))
        return None

    def _fits(self, what: Carried, card: ThemeCard | None) -> bool:
        """Whether a drop there would do anything."""
        if card is None:
            return True
        if what.theme is not None:
            return card.theme not in (None, what.theme) and not self._lies_in(card, what)
        if card.theme is None:
            return bool(what.codes) and what.moved and what.source is not None
        return not (what.moved and what.source == card.theme)

    def _lies_in(self, card: ThemeCard, what: Carried) -> bool:
        """Whether a card lies in the theme that is being moved."""
        snapshot = self._board.snapshot
        row = snapshot.theme(card.theme) if snapshot is not None else None
        while row is not None and snapshot is not None:
            if row.id == what.theme:
                return True
            row = snapshot.theme(row.parent)
        return False

    def _aim(self, card: ThemeCard | None) -> None:
        if card is not self.target_card:
            self.target_card = card
            self._board.mark()


def _tilted(pixmap: QPixmap) -> QPixmap:
    ratio = pixmap.devicePixelRatio()
    turned = pixmap.transformed(
        QTransform().rotate(_TILT), Qt.TransformationMode.SmoothTransformation
    )
    turned.setDevicePixelRatio(ratio)
    faded = QPixmap(turned.size())
    faded.setDevicePixelRatio(ratio)
    faded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(faded)
    painter.setOpacity(0.92)
    painter.drawPixmap(0, 0, turned)
    painter.end()
    return faded
