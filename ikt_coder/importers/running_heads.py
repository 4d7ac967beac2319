"""Page headers and footers: no part of the text, but told of where they hold words."""

from __future__ import annotations

import re

LEFT_OUT = "The file’s page headers and footers were left out."

_NUMBERING = re.compile(
    r"\W*(?:(?:page|seite|pagina|página|sida|side|p|s)\W*)?\d{0,5}"
    r"\W*(?:(?:of|von|di|de|sur|van|af|av)?\W*\d{1,5})?\W*",
    re.IGNORECASE,
)


def holds_words(line: str) -> bool:
    """Whether a line of a header or footer says more than the number of the page."""
    return any(sign.isalpha() for sign in line) and _NUMBERING.fullmatch(line) is None
