"""The transcript's sentences: what was done, and what a coding carries, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.words import Flag, Valence
from ikt_coder.services.rows import CodingRow

translate = QCoreApplication.translate


def words_in(text: str) -> str:
    """ "17 words" """
    count = len(text.split())
    if count == 1:
        return translate("Transcript", "1 word")
    return translate("Transcript", "{count} words").format(count=count)


def shortened(text: str, most: int = 40) -> str:
    """One line of at most ``most`` code points, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def valence_word(valence: Valence | None, words: Mapping[Valence, str]) -> str:
    """The direction within a sentence; ``words`` are the project's own."""
    if valence is None:
        return translate("Transcript", "no direction")
    return words[valence].lower()


def flag_word(flag: Flag) -> str:
    return {
        Flag.UNSURE: translate("Transcript", "unsure"),
        Flag.STAR: translate("Transcript", "quotable"),
        Flag.PARAPHRASE_ONLY: translate("Transcript", "paraphrase only"),
        Flag.DO_NOT_QUOTE: translate("Transcript", "do not quote"),
    }[flag]


def coding_words(
    row: CodingRow, name: str, levels: Mapping[UUID, str], words: Mapping[Valence, str]
) -> str:
    """ "Clear role, barrier, Organizational, unsure" """
    parts = [name]
    if row.valence is not None:
        parts.append(valence_word(row.valence, words))
    parts += sorted(levels[level] for level in row.levels if level in levels)
    parts += [flag_word(flag) for flag in Flag if flag in row.flags]
    return ", ".join(parts)


def codes_here(descriptions: Iterable[str]) -> str:
    """ "2 codes: Clear role, barrier; Trust" """
    all_of_them = list(descriptions)
    if not all_of_them:
        return translate("Transcript", "No code here.")
    if len(all_of_them) == 1:
        return translate("Transcript", "1 code: {codes}").format(codes=all_of_them[0])
    return translate("Transcript", "{count} codes: {codes}").format(
        count=len(all_of_them), codes="; ".join(all_of_them)
    )
