"""Reading a data file so that every fault in it is told at once, in words and with its place."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from ikt_coder.core.errors import UserError

_Word = TypeVar("_Word", bound=StrEnum)
_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,78}[A-Za-z0-9])?")
_SHOWN = 12


class FrameworkError(UserError):
    """A framework or crosswalk file cannot be used; ``faults`` lists every reason, in words."""

    def __init__(self, name: str, faults: Sequence[str]) -> None:
        listed = "; ".join(faults[:_SHOWN])
        if len(faults) > _SHOWN:
            listed += f"; and {len(faults) - _SHOWN} more"
        super().__init__(
            f"{name} cannot be used, and nothing was added: {listed}.",
            "Mend the file and add it again; docs/frameworks.md describes the form.",
        )
        self.faults = tuple(faults)


class Section:
    """One object of a data file: hands out its fields and notes what is wrong with them.

    ``place`` names it in a fault ("node tdf2.01"; empty for the file itself) and ``faults`` is
    the list that all sections of a file share. A field that is missing or wrong comes back
    empty, so that reading goes on and finds the next fault. ``close`` notes unknown fields.
    """

    def __init__(self, fields: dict[str, object], place: str, faults: list[str]) -> None:
        self.fields = fields
        self.place = place
        self.faults = faults
        self._asked: set[str] = set()

    def fault(self, what: str) -> None:
        self.faults.append(f"{self.place}: {what}" if self.place else what)

    def _take(self, field: str, required: bool) -> object:
        self._asked.add(field)
        value = self.fields.get(field)
        if value is None and required:
            self.fault(f"the field “{field}” is missing")
        return value

    def text(self, field: str, *, required: bool = False, one_line: bool = False) -> str:
        """A text without white space around it; empty when it is missing."""
        value = self._take(field, required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.fault(f"“{field}” must be a text")
            return ""
        return self._clean(field, value, required=required, one_line=one_line)

    def _clean(self, field: str, value: str, *, required: bool, one_line: bool) -> str:
        value = value.strip()
        if not value and required:
            self.fault(f"“{field}” is empty")
        if any(ch == "\0" or "\ud800" <= ch <= "\udfff" for ch in value):
            self.fault(f"“{field}” holds a character that cannot be stored")
            return ""
        if one_line and len(value.splitlines()) > 1:
            self.fault(f"“{field}” must be a single line")
        return value

    def identifier(self, field: str = "id") -> str:
        value = self.text(field, required=True)
        if value and not _ID.fullmatch(value):
            self.fault(
                f"“{value[:40]}” is no {field}: use letters, digits, dots, hyphens and "
                "underscores, at most 80, with a letter or digit at both ends"
            )
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts that are not empty."""
        found = []
        for value in self._list(field):
            if isinstance(value, str) and value.strip():
                found.append(self._clean(field, value, required=True, one_line=False))
            else:
                self.fault(f"“{field}” must list texts")
        return tuple(found)

    def number(self, field: str, *, required: bool = False) -> int | None:
        value = self._take(field, required)
        # JSON's true would pass as the whole number 1
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self.fault(f"“{field}” must be a whole number")
        return None

    def flag(self, field: str, default: bool) -> bool:
        value = self._take(field, required=False)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.fault(f"“{field}” must be true or false")
        return default

    def word(self, field: str, words: type[_Word], *, required: bool = False) -> _Word | None:
        """One of a fixed set of words."""
        value = self._take(field, required)
        if value is None:
            return None
        for word in words:
            if value == word.value:
                return word
        allowed = ", ".join(word.value for word in words)
        self.fault(f"“{field}” is “{str(value)[:40]}”, but must be one of {allowed}")
        return None

    def section(self, field: str, *, required: bool = False) -> Section | None:
        value = self._take(field, required)
        if value is None:
            return None
        if isinstance(value, dict):
            return Section(value, self._within(field), self.faults)
        self.fault(f"“{field}” must be an object in braces")
        return None

    def sections(self, field: str, *, required: bool = False, label: str = "") -> list[Section]:
        """A list of objects; each is named by its id in faults, else by its number from 1.

        A text in the list stands for an object with that text as its ``name``.
        """
        found = []
        for number, value in enumerate(self._list(field, required), start=1):
            if isinstance(value, str):
                value = {"name": value}
            if not isinstance(value, dict):
                self.fault(f"“{field}” number {number} must be an object in braces")
                continue
            ident = value.get("id")
            name = ident if isinstance(ident, str) and ident else f"number {number}"
            found.append(Section(value, self._within(f"{label or field} {name}"), self.faults))
        return found

    def _list(self, field: str, required: bool = False) -> list[object]:
        value = self._take(field, required)
        if value is None:
            return []
        if isinstance(value, list):
            return value
        self.fault(f"“{field}” must be a list in brackets")
        return []

    def _within(self, part: str) -> str:
        return f"{self.place}, {part}" if self.place else part

    def close(self) -> None:
        """Note every field that nobody asked for: most often a slip in spelling."""
        for field in self.fields.keys() - self._asked:
            near = get_close_matches(field, self._asked, n=1)
            hint = f"; was “{near[0]}” meant?" if near else ""
            self.fault(f"the field “{field[:40]}” is not known{hint}")


def read_object(text: str, name: str, form: str) -> Section:
    """The file's one object. ``form`` is the value its field ``format`` must have.

    Raises FrameworkError when the text is no JSON object or of another form; all later faults
    are gathered in the section that comes back.
    """
    faults: list[str] = []

    def no_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
        for field, times in Counter(field for field, _ in pairs).items():
            if times > 1:
                faults.append(f"the field “{field[:40]}” stands twice in one object")
        return dict(pairs)

    def no_constants(constant: str) -> object:
        raise ValueError(f"{constant} is not a number that JSON knows")

    try:
        content = json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=no_twins,
            parse_constant=no_constants,
        )
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}"
        raise FrameworkError(name, [f"{at}: this is not JSON ({error.msg})"]) from error
    except ValueError as error:  # a constant, or a number of thousands of digits
        raise FrameworkError(name, [f"this is not JSON ({error})"]) from error
    except RecursionError as error:
        raise FrameworkError(name, ["brackets are nested too deeply"]) from error
    if not isinstance(content, dict):
        raise FrameworkError(name, ["the file must hold one object in braces"])
    section = Section(content, "", faults)
    if section.text("format") != form:
        raise FrameworkError(name, [f"the field “format” must be “{form}”"])
    return section
