"""One family of line icons, tinted by role."""

from __future__ import annotations

from functools import cache
from math import ceil
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import shiboken6
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from ikt_coder import paths

if TYPE_CHECKING:
    from ikt_coder.ui.appearance.style import Appearance

_SIZE = 16


def _densities() -> list[int]:
    """Whole pixel ratios to draw for: sharp on each screen there is, 1.5 drawn down from 2."""
    screens = QGuiApplication.screens()
    return sorted({1, 2, *(ceil(screen.devicePixelRatio()) for screen in screens)})


@cache
def drawing(name: str) -> str:
    """The SVG text of an icon, drawn in ``currentColor``."""
    return paths.resource(f"icons/{name}.svg").read_text(encoding="utf-8")


def render(name: str, colour: str, pixels: int, density: float = 1.0) -> QPixmap:
    """The icon ``name`` in ``colour``, ``pixels`` wide on a screen of ``density``.

    Raises ``FileNotFoundError`` where there is no icon of that name.
    """
    svg = drawing(name).replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    side = round(pixels * density)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(density)
    return pixmap


class Icons:
    """Makes icons in the present colours and renews those that buttons and actions hold."""

    def __init__(self, appearance: Appearance) -> None:
        self._appearance = appearance
        self._made: dict[tuple[str, str], QIcon] = {}
        self._kept: WeakKeyDictionary[QAction | QAbstractButton, tuple[str, str]] = (
            WeakKeyDictionary()
        )

    def icon(self, name: str, role: str) -> QIcon:
        known = self._made.get((name, role))
        if known is not None:
            return known
        look = self._appearance
        icon = QIcon()
        for mode, colour in (
            (QIcon.Mode.Normal, look.colour(role).name()),
            (QIcon.Mode.Disabled, look.tokens.disabled),
        ):
            for density in _densities():
                icon.addPixmap(render(name, colour, look.px(_SIZE), density), mode)
        self._made[(name, role)] = icon
        return icon

    def keep(self, target: QAction | QAbstractButton, name: str, role: str) -> None:
        self._kept[target] = (name, role)
        self._dress(target, name, role)

    def refresh(self) -> None:
        self._made.clear()
        for target, (name, role) in list(self._kept.items()):
            if shiboken6.isValid(target):
                self._dress(target, name, role)

    def _dress(self, target: QAction | QAbstractButton, name: str, role: str) -> None:
        target.setIcon(self.icon(name, role))
        if isinstance(target, QAbstractButton):
            target.setIconSize(self._appearance.icon_size())
