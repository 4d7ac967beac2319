"""Whether the words of a coding may leave the team: consent, marks, and who was left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ikt_coder.core.words import Consent, Flag
from ikt_coder.services.rows import CodingRow

if TYPE_CHECKING:
    from ikt_coder.services.attribution import Person


def why_withheld(coding: CodingRow, people: Iterable[Person]) -> str:
    """Why these words may not be quoted; empty where they may (method.md, Quotes)."""
    if Flag.DO_NOT_QUOTE in coding.flags:
        return "marked “do not quote”"
    consents = set()
    for person in people:
        if person.left_out:
            return "left out of analysis"
        consents.add(person.consent)
    if Consent.NONE.value in consents:
        return "no consent to quote"
    if Consent.PARAPHRASE.value in consents:
        return "consent to paraphrase only"
    if Flag.PARAPHRASE_ONLY in coding.flags:
        return "marked “paraphrase only”"
    return ""


def withheld_words(reason: str) -> str:
    """What stands in the place of words that are withheld."""
    return f"[words withheld: {reason}]"


def withheld_sentence(count: int) -> str:
    """What the note says of them; empty where there are none."""
    if not count:
        return ""
    return (
        f"The words of {count:,} {'passage' if count == 1 else 'passages'} are withheld, as "
        "consent or a mark on the coding does not allow quoting."
    )
