"""Fills the style sheet's template with colours, sizes and tinted images."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QFile, QIODevice, QTemporaryDir

from ikt_coder.ui.appearance.icons import drawing
from ikt_coder.ui.appearance.tokens import Tokens

_ICON = re.compile(r"@icon\(([a-z-]+)(?:,([a-z_]+))?\)")
_PIXELS = re.compile(r"@px\((\d+)(?:\+(\d+))?\)")
_NAME = re.compile(r"@([a-z_]+)")


def fill(
    template: str,
    tokens: Tokens,
    px: Callable[[float], int],
    image: Callable[[str, str], str],
) -> str:
    """``template`` with its places filled.

    ``@role`` becomes a colour, ``@px(n)`` scaled pixels (``@px(n+m)``
    adds m that are not scaled), and ``@icon(name)`` or
    ``@icon(name,role)`` the file that ``image(name, colour)`` gives (dim where no role is
    named). Raises ``KeyError`` for a role that the tokens do not have.
    """
    colours = tokens.colours()
    text = _ICON.sub(lambda found: image(found[1], colours[found[2] or "dim"]), template)
    text = _PIXELS.sub(lambda found: f"{px(int(found[1])) + int(found[2] or 0)}px", text)
    return _NAME.sub(lambda found: colours[found[1]], text)


class TintedImages:
    """Style sheets take images from files only: tinted ones, kept as long as this object."""

    def __init__(self) -> None:
        self._folder = QTemporaryDir()

    def path(self, name: str, colour: str) -> str:
        """The file of icon ``name`` in ``colour``; the empty string where none can be written."""
        path = self._folder.filePath(f"{name}-{colour[1:]}.svg")
        if QFile.exists(path):
            return path
        file = QFile(path)
        if not file.open(QIODevice.OpenModeFlag.WriteOnly):
            return ""
        file.write(drawing(name).replace("currentColor", colour).encode())
        file.close()
        return path
