"""What travels when codes, single codings and themes are dragged, cut or pasted."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import QMimeData

from ikt_coder.core.frozen import frozen

CODES = "application/x-ikt-codes"
CODINGS = "application/x-ikt-codings"
SOURCE = "application/x-ikt-theme-source"
"""The theme that dragged codes are taken from; empty for codes in no theme."""
THEME = "application/x-ikt-theme"


@frozen
class Carried:
    """Codes and codings on their way; ``moved`` where codes leave ``source`` behind (from
    the codebook they are added only). ``theme``: a theme on its way to another parent."""

    codes: tuple[UUID, ...] = ()
    codings: tuple[UUID, ...] = ()
    moved: bool = False
    source: UUID | None = None
    theme: UUID | None = None

    @property
    def empty(self) -> bool:
        return not (self.codes or self.codings or self.theme)


def mime_of_codes(codes: Iterable[UUID], source: UUID | None) -> QMimeData:
    """Codes taken from a theme, or from those in no theme."""
    data = QMimeData()
    data.setData(CODES, "\n".join(str(code) for code in codes).encode())
    data.setData(SOURCE, str(source or "").encode())
    return data


def mime_of_codings(codings: Iterable[UUID]) -> QMimeData:
    data = QMimeData()
    data.setData(CODINGS, "\n".join(str(coding) for coding in codings).encode())
    return data


def mime_of_theme(theme: UUID) -> QMimeData:
    data = QMimeData()
    data.setData(THEME, str(theme).encode())
    return data


def carried(data: QMimeData) -> Carried:
    """What ``data`` carries for a theme; empty where nothing."""
    source = _keys(data, SOURCE)
    theme = _keys(data, THEME)
    return Carried(
        codes=_keys(data, CODES),
        codings=_keys(data, CODINGS),
        moved=data.hasFormat(SOURCE),
        source=source[0] if source else None,
        theme=theme[0] if theme else None,
    )


def _keys(data: QMimeData, kind: str) -> tuple[UUID, ...]:
    if not data.hasFormat(kind):
        return ()
    found = []
    for line in bytes(data.data(kind).data()).decode("ascii", errors="replace").split():
        try:
            found.append(UUID(line))
        except ValueError:
            continue  # another program's data under our name
    return tuple(found)
