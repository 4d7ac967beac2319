"""The context menu, in the order NVivo has taught: code, recent codes, in vivo, then the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QIcon, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import QMenu

from ikt_coder.ui.widgets.painting import paint_dot

if TYPE_CHECKING:
    from ikt_coder.ui.transcript.view import TranscriptView

translate = QCoreApplication.translate

_DOT = 10


class CodingMenu:
    """Built at each opening, for what is selected and where the caret is."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self.shown: QMenu | None = None

    def open_at_caret(self) -> None:
        """By the menu key: beside the caret."""
        pane = self._view.pane
        self._open(pane.viewport().mapToGlobal(pane.cursorRect().bottomLeft()))

    def open_at(self, point: QPoint) -> None:
        """By the mouse: outside the selection the caret goes where the pointer is."""
        view = self._view
        if view.content is None:
            return
        position = view.pane.position_at(view.pane.viewport().mapFromGlobal(point))
        selected = view.pane.selected()
        if not view.mending.active and not (
            selected is not None and selected[0] <= position <= selected[1]
        ):
            view.pane.place_caret(position)
        self._open(point)

    def build(self) -> QMenu:
        """The menu for now. The caller shows it; it is the view's child."""
        view, acts = self._view, self._view.acts
        menu = QMenu(view)
        menu.addAction(acts["code_with"])
        for digit, code in sorted(view.digits.codes().items()):
            name = view.code_name(code).replace("&", "&&")
            action = menu.addAction(self._dot(code), f"{name}\t{digit}")
            action.setEnabled(acts["code_with"].isEnabled())
            action.triggered.connect(acts[f"digit_{digit}"].trigger)
        menu.addSeparator()
        for action in acts.group("code")[1:]:
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(acts["memo"])
        menu.addAction(acts["passages"])
        menu.addSeparator()
        direction = menu.addMenu(translate("Transcript", "Direction"))
        direction.addActions(list(acts.group("valence")))
        for action in acts.group("attribute"):
            menu.addAction(action)
        menu.addSeparator()
        for name in ("change_code", "grab_start", "grab_end", "cycle", "remove"):
            menu.addAction(acts[name])
        menu.addSeparator()
        copy = menu.addAction(translate("Transcript", "Copy"))
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setEnabled(view.pane.textCursor().hasSelection())
        copy.triggered.connect(view.pane.copy)
        menu.addAction(acts["find"])
        menu.addAction(acts["mend"])
        return menu

    def _open(self, point: QPoint) -> None:
        if self._view.mending.active:
            menu = self._view.pane.createStandardContextMenu()
        else:
            menu = self.build()
        self.shown = menu
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(point)

    def _dot(self, code: object) -> QIcon:
        view = self._view
        row = next((r for r in view.code_rows() if r.id == code), None)
        if row is None:
            return QIcon()
        ratio = view.devicePixelRatioF()
        pixmap = QPixmap(round(16 * ratio), round(16 * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill("transparent")
        painter = QPainter(pixmap)
        centre = QPixmap(16, 16).rect().center().toPointF()
        paint_dot(painter, centre, _DOT, view.pane.look.code_colour(row.colour), row.pattern)
        painter.end()
        return QIcon(pixmap)
