"""How each code of the project is shown: name, colour, pattern."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtGui import QColor

from ikt_coder.core.words import Pattern
from ikt_coder.services.rows import CodeRow
from ikt_coder.ui.transcript.look import Look


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A code as it is painted."""

    name: str
    colour: QColor
    red: int
    green: int
    blue: int
    pattern: Pattern


class CodeLooks:
    """The codes by id; one that is not there (any more) is shown by a sign of that."""

    def __init__(self, codes: Iterable[CodeRow] = ()) -> None:
        self.rows: tuple[CodeRow, ...] = tuple(codes)
        self._by_id = {code.id: code for code in self.rows}
        self._faces: dict[UUID, Face] = {}
        self._look: Look | None = None

    def recount(self, codes: Iterable[CodeRow]) -> None:
        """The same codes with other counts: what they look like stays."""
        self.rows = tuple(codes)
        self._by_id = {code.id: code for code in self.rows}

    def row(self, code: UUID) -> CodeRow | None:
        return self._by_id.get(code)

    def name(self, code: UUID) -> str:
        row = self._by_id.get(code)
        return row.name if row is not None else "?"

    def face(self, code: UUID, look: Look) -> Face:
        """How the code is painted in ``look``."""
        if look is not self._look:
            self._look = look
            self._faces = {}
        known = self._faces.get(code)
        if known is None:
            row = self._by_id.get(code)
            colour = look.code_colour(row.colour) if row is not None else look.dim
            pattern = row.pattern if row is not None else Pattern.SOLID
            known = Face(
                row.name if row is not None else "?",
                colour,
                colour.red(),
                colour.green(),
                colour.blue(),
                pattern,
            )
            self._faces[code] = known
        return known

    def colour(self, code: UUID, look: Look) -> QColor:
        return self.face(code, look).colour

    def pattern(self, code: UUID) -> Pattern:
        row = self._by_id.get(code)
        return row.pattern if row is not None else Pattern.SOLID
