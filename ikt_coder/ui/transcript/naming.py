"""What codes, levels and directions are called and look like now, read once and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.words import Valence
from ikt_coder.services.rows import CodeRow, CodingRow
from ikt_coder.ui.codes.wording import valence_words
from ikt_coder.ui.transcript.code_looks import CodeLooks
from ikt_coder.ui.transcript.wording import coding_words, valence_word

if TYPE_CHECKING:
    from ikt_coder.ui.transcript.desk import CodingDesk


class Naming:
    """The names a view needs at each stroke; the view says when they may have changed."""

    def __init__(self, desk: CodingDesk) -> None:
        self._desk = desk
        self._levels: dict[UUID, str] | None = None
        self._directions: dict[Valence, str] | None = None
        self.read_codes()

    def read_codes(self) -> None:
        """Codes changed: read them again."""
        self.looks = CodeLooks(self._desk.codes(counted=False))
        self.counts_stale = True

    def counts_changed(self) -> None:
        """Codings came or went; the counts of codes are read again when somebody looks."""
        self.counts_stale = True

    def counted_codes(self) -> tuple[CodeRow, ...]:
        """The codebook with the counts of now."""
        if self.counts_stale:
            self.looks.recount(self._desk.codes())
            self.counts_stale = False
        return self.looks.rows

    def forget_levels(self) -> None:
        self._levels = None

    def levels(self) -> dict[UUID, str]:
        if self._levels is None:
            self._levels = {level.id: level.name for level in self._desk.levels()}
        return self._levels

    def forget_directions(self) -> None:
        self._directions = None

    def directions(self) -> dict[Valence, str]:
        """The project's words for the directions."""
        if self._directions is None:
            self._directions = valence_words(self._desk.word_pair())
        return self._directions

    def direction(self, valence: Valence | None) -> str:
        """A direction within a sentence."""
        return valence_word(valence, self.directions())

    def describe(self, row: CodingRow) -> str:
        """ "Clear role, barrier, Organizational" """
        return coding_words(row, self.looks.name(row.code), self.levels(), self.directions())
