"""Values of attributes: how each kind is written, kept, shown and compared."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from ikt_coder.core.errors import UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import AttributeKind, Subject

LONGEST: Final = 2000
"""Characters of a value; what is longer is a memo."""

# Ways of writing a day that can mean only one thing; 03/04/2025 can mean two.
_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d %B %Y", "%B %d, %Y", "%d.%m.%Y")


@frozen
class AttributeRow:
    """What can be said of every participant, of every document, or of every study."""

    id: UUID
    name: str
    subject: Subject
    kind: AttributeKind
    choices: tuple[str, ...]
    description: str


def stored_value(attribute: AttributeRow, given: str | Sequence[str] | None) -> str:
    """A value as it is kept; empty for none. Raises UserError where it does not fit."""
    if given is None:
        return ""
    if attribute.kind is AttributeKind.CHOICES:
        return _several(attribute, given)
    if not isinstance(given, str):
        raise UserError(
            f"“{attribute.name}” takes one value, not several. Nothing was changed.",
            "Give it the kind “several choices” to keep them all.",
        )
    text = given.strip()
    if not text:
        return ""
    if len(text) > LONGEST:
        raise UserError(
            f"The value of “{attribute.name}” has {len(text):,} characters; {LONGEST:,} are the "
            "most. Nothing was changed.",
            "Write a memo on the document instead.",
        )
    if attribute.kind is AttributeKind.NUMBER:
        return _number(attribute, text)
    if attribute.kind is AttributeKind.DATE:
        return _date(attribute, text)
    if attribute.kind is AttributeKind.CHOICE:
        return _choice(attribute, text)
    return text


def shown_value(attribute: AttributeRow, stored: str) -> str:
    """A kept value as lists and tables show it; several choices with semicolons."""
    if attribute.kind is AttributeKind.CHOICES:
        return "; ".join(stored_choices(stored))
    return stored


def stored_choices(stored: str) -> tuple[str, ...]:
    """The choices of a kept value; what is no list stands for itself."""
    if not stored:
        return ()
    try:
        found = json.loads(stored)
    except ValueError:
        return (stored,)
    return tuple(map(str, found)) if isinstance(found, list) else (stored,)


def comparable(kind: AttributeKind, text: str) -> float | date | str | None:
    """What values are compared by: numbers and dates by size, words without case; None for
    a number or date that is none."""
    if kind is AttributeKind.NUMBER:
        return _as_number(text)
    if kind is AttributeKind.DATE:
        return _as_date(text)
    return folded(text)


def folded(text: str) -> str:
    """Words to be compared, whatever their case and however they are composed."""
    return unicodedata.normalize("NFC", " ".join(text.split()).casefold())


def _number(attribute: AttributeRow, text: str) -> str:
    value = _as_number(text)
    if value is None:
        raise UserError(
            f"“{text}” is not a number, which “{attribute.name}” asks for. Nothing was changed.",
            "Type figures only, such as 42 or 3.5.",
        )
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _as_number(text: str) -> float | None:
    plain = text.strip().replace("\u202f", "").replace("\u00a0", "").replace("−", "-")
    # One comma is a decimal sign, as French writes it; together with a point it sets
    # thousands apart.
    plain = plain.replace(",", "") if "." in plain else plain.replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _date(attribute: AttributeRow, text: str) -> str:
    day = _as_date(text)
    if day is None:
        raise UserError(
            f"“{text}” is not a date that “{attribute.name}” can keep. Nothing was changed.",
            "Write year, month and day, such as 2025-03-31.",
        )
    return day.isoformat()


def _as_date(text: str) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return None


def _choice(attribute: AttributeRow, text: str) -> str:
    for choice in attribute.choices:
        if folded(choice) == folded(text):
            return choice
    offered = ", ".join(attribute.choices) or "none yet"
    raise UserError(
        f"“{text}” is not among the choices of “{attribute.name}” ({offered}). Nothing was "
        "changed.",
        "Choose one of them, or add it to the choices first.",
    )


def _several(attribute: AttributeRow, given: str | Sequence[str]) -> str:
    parts = split_several(attribute, given) if isinstance(given, str) else given
    chosen = {_choice(attribute, one.strip()) for one in parts if one.strip()}
    if not chosen:
        return ""
    # In the order they are offered, so that equal sets are equal values.
    return json.dumps([one for one in attribute.choices if one in chosen], ensure_ascii=False)


def split_several(attribute: AttributeRow, text: str) -> list[str]:
    """The single choices in a text with semicolons between them; a choice that has one itself
    is not taken apart. What is not offered stands as it is."""
    offered = {folded(choice): choice for choice in attribute.choices}
    if folded(text) in offered:
        return [offered[folded(text)]]
    parts = text.split(";")
    if not any(";" in choice for choice in attribute.choices):
        return [part.strip() for part in parts if part.strip()]
    found = []
    at = 0
    while at < len(parts):
        for end in range(len(parts), at, -1):
            known = offered.get(folded(";".join(parts[at:end])))
            if known is not None or end == at + 1:
                found.append(known or parts[at].strip())
                at = end
                break
    return [one for one in found if one]


def unoffered(attribute: AttributeRow, texts: Iterable[str]) -> tuple[str, ...]:
    """The choices in values that are offered nowhere yet, each once as it first stands."""
    known = {folded(choice) for choice in attribute.choices}
    new: dict[str, str] = {}
    for text in texts:
        several = attribute.kind is AttributeKind.CHOICES
        for one in split_several(attribute, text) if several else [text]:
            if one.strip() and folded(one) not in known:
                new.setdefault(folded(one), " ".join(one.split()))
    return tuple(new.values())
