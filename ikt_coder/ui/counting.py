"""Numbers in sentences and cells, as the person's language writes them."""

from __future__ import annotations

from PySide6.QtCore import QLocale


def figure(count: int) -> str:
    """A number as the person's language writes it: 2,570 or 2 570."""
    return QLocale().toString(count)


def counted(count: int, one: str, many: str) -> str:
    """``one`` where ``count`` is 1, else ``many`` with the figure in place of ``{count}``."""
    return one if count == 1 else many.format(count=figure(count))
