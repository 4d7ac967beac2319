"""What kind a new attribute seems to be, from the cells of its column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ikt_coder.core.words import AttributeKind
from ikt_coder.services.attribute_files.cells import Figure, Truth
from ikt_coder.services.attribute_files.written import looks_like_a_day, looks_numeric
from ikt_coder.services.attribute_values import folded

_MOST_CHOICES: Final = 12
_MOST_OF_SEVERAL: Final = 30
_LONGEST_CHOICE: Final = 60
_ODD_OF: Final = 5  # one cell in so many may be odd, and the rest still say what was meant
# A number that begins with a nought, or is very long, is a label: a postcode, a telephone.
_LABEL = re.compile(r"[+-]?0\d+|\+\d+|\d{16,}")


def guess_kind(cells: Sequence[str]) -> AttributeKind:
    """The kind that all filled cells fit; text where none else does. It is a guess, to be
    shown and changed."""
    filled = [cell for cell in cells if cell.strip()]
    if not filled:
        return AttributeKind.TEXT
    distinct = {str(cell): cell for cell in filled}
    single = list(distinct.values())
    if all(looks_like_a_day(cell) for cell in single):
        return AttributeKind.DATE
    if all(_counts(cell) for cell in single):
        return AttributeKind.NUMBER
    if all(isinstance(cell, Truth) for cell in single):
        return AttributeKind.CHOICE
    parts = [part.strip() for cell in filled for part in cell.split(";") if part.strip()]
    different = {folded(part) for part in parts}
    if any(";" in cell for cell in single):
        again = len(different) <= len(parts) * 2 // 3 and len(different) <= _MOST_OF_SEVERAL
        short = all(len(part) <= _LONGEST_CHOICE for part in parts)
        return AttributeKind.CHOICES if again and short else AttributeKind.TEXT
    few = len(different) <= min(_MOST_CHOICES, len(filled) // 2)
    if few and all(len(cell) <= _LONGEST_CHOICE and "\n" not in cell for cell in single):
        return AttributeKind.CHOICE
    return AttributeKind.TEXT


def nearly_kind(cells: Sequence[str]) -> tuple[AttributeKind, tuple[int, ...]] | None:
    """A number or a date that all filled cells fit but a few, and the places of those among
    ``cells``; None where no such kind is near, or every cell fits one."""
    filled = [at for at, cell in enumerate(cells) if cell.strip()]
    for kind, fits in ((AttributeKind.NUMBER, _counts), (AttributeKind.DATE, looks_like_a_day)):
        known: dict[str, bool] = {}
        odd = []
        for at in filled:
            cell = cells[at]
            key = f"{type(cell).__name__} {cell}"
            if key not in known:
                known[key] = fits(cell)
            if not known[key]:
                odd.append(at)
        if odd and len(odd) <= max(1, len(filled) // _ODD_OF) and len(filled) - len(odd) >= 2:
            return kind, tuple(odd)
    return None


def choices_in(cells: Sequence[str], several: bool) -> tuple[str, ...]:
    """The choices that cells name, each once as it first stands."""
    found: dict[str, str] = {}
    for cell in cells:
        for part in cell.split(";") if several else [cell]:
            words = " ".join(part.split())
            if words:
                found.setdefault(folded(words), words)
    return tuple(found.values())


def _counts(cell: str) -> bool:
    if isinstance(cell, Figure):
        return True
    return looks_numeric(cell) and not _LABEL.fullmatch(cell.strip())
