"""One family of line icons, tinted by role."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import shiboken6
from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from ikt_coder import paths

if TYPE_CHECKING:
    from ikt_coder.ui.appearance.style import Appearance

_SIZE = 16


@cache
def drawing(name: str) -> str:
    """The SVG text of an icon, drawn in ``currentColor``."""
    return (_folder() / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _folder() -> Path:
    return paths.resource("icons")


@cache
def _names() -> frozenset[str]:
    """Every icon there is; the drawings are read when they are first shown."""
    return frozenset(path.stem for path in _folder().glob("*.svg"))


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


class _Drawn(QIconEngine):
    """Draws an icon when it is first shown, sharp on the screen it is shown on.

    Most icons of a window stand in menus; drawing all of them at the start takes 30 ms.
    """

    def __init__(self, name: str, colour: str, disabled: str, side: int) -> None:
        """``side`` is the most pixels that it is wide, on a screen of density 1."""
        super().__init__()
        self._name = name
        self._colour = colour
        self._disabled = disabled
        self._side = side
        self._rendered: dict[tuple[str, int, float], QPixmap] = {}

    def clone(self) -> QIconEngine:
        return _Drawn(self._name, self._colour, self._disabled, self._side)

    def isNull(self) -> bool:
        return False

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        side = min(size.width(), size.height(), self._side)
        return QSize(side, side)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        return self._drawn(mode, self.actualSize(size, mode, state).width(), scale)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = self.actualSize(rect.size(), mode, state).width()
        place = QRect(0, 0, side, side)
        place.moveCenter(rect.center())
        drawn = self._drawn(mode, side, painter.device().devicePixelRatio())
        painter.drawPixmap(place, drawn)

    def _drawn(self, mode: QIcon.Mode, side: int, density: float) -> QPixmap:
        colour = self._disabled if mode is QIcon.Mode.Disabled else self._colour
        key = (colour, side, density)
        known = self._rendered.get(key)
        if known is None:
            known = self._rendered[key] = render(self._name, colour, side, density)
        return known


class Icons:
    """Makes icons in the present colours and renews those that buttons and actions hold."""

    def __init__(self, appearance: Appearance) -> None:
        self._appearance = appearance
        self._made: dict[tuple[str, str], QIcon] = {}
        self._kept: WeakKeyDictionary[QAction | QAbstractButton, tuple[str, str]] = (
            WeakKeyDictionary()
        )

    def icon(self, name: str, role: str) -> QIcon:
        """Raises ``FileNotFoundError`` where there is no icon of that name."""
        known = self._made.get((name, role))
        if known is not None:
            return known
        look = self._appearance
        if name not in _names():  # told here, and not when it is painted
            raise FileNotFoundError(f"there is no icon {name!r}")
        icon = QIcon(_Drawn(name, look.colour(role).name(), look.tokens.disabled, look.px(_SIZE)))
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
