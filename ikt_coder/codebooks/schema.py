"""Reading a data file so that every fault in it is told at once, in words and with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from ikt_coder.codebooks.json_lines import Fault, Loaded, NotJson, Path, lines_of, load
from ikt_coder.core.errors import UserError

_Word = TypeVar("_Word", bound=StrEnum)
_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,78}[A-Za-z0-9])?")
_UNKEPT = re.compile("[\ud800-\udfff]")
_SHOWN = 12


class FrameworkError(UserError):
    """A framework or crosswalk file cannot be used.

    ``located`` lists every reason with its line, ``faults`` the same in words.
    """

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        self.located = tuple(faults)
        self.faults = tuple(str(fault) for fault in faults)
        listed = "; ".join(self.faults[:_SHOWN])
        if len(faults) > _SHOWN:
            listed += f"; and {len(faults) - _SHOWN} more"
        super().__init__(
            f"{name} cannot be used, and nothing was added: {listed}.",
            "Mend the file and add it again; docs/frameworks.md describes the form.",
        )


class Faults:
    """What was found wrong with one file so far, each with the way to its place."""

    def __init__(self, name: str, file: Loaded) -> None:
        self._name = name
        self._file = file
        self._found: list[tuple[Path, str]] = []

    def add(self, path: Path, words: str) -> None:
        self._found.append((path, words))

    def end(self) -> None:
        """Raises FrameworkError that lists the faults from the first line to the last."""
        file = self._file
        if not (self._found or file.slips or file.twins):
            return  # lines are looked up for a bad file only
        lines, twins = lines_of(file.text)
        faults = list(file.slips)
        for path in twins:
            words = f"the field “{str(path[-1])[:40]}” stands twice in one object"
            faults.append(Fault(words, lines[path]))
        for path, words in self._found:
            while path not in lines:  # a field that is missing has the line of what lacks it
                path = path[:-1]
            faults.append(Fault(words, lines[path]))
        faults.sort(key=lambda fault: fault.line or 0)
        raise FrameworkError(self._name, faults)


class Section:
    """One object of a data file: hands out its fields and notes what is wrong with them.

    ``place`` names it in a fault ("node tdf2.01"; empty for the file itself), ``path`` leads to
    it, and ``faults`` are shared by all sections of a file. A field that is missing or wrong
    comes back empty, so that reading goes on and finds the next fault. ``close`` notes unknown
    fields.
    """

    def __init__(
        self, fields: dict[str, object], place: str, faults: Faults, path: Path = ()
    ) -> None:
        self.fields = fields
        self.place = place
        self.faults = faults
        self.path = path
        self._asked: set[str] = set()

    def fault(self, what: str, field: str = "") -> None:
        """Note what is wrong with it, or with one of its fields."""
        path = (*self.path, field) if field else self.path
        self.faults.add(path, f"{self.place}: {what}" if self.place else what)

    def _take(self, field: str, required: bool) -> object:
        self._asked.add(field)
        value = self.fields.get(field)
        if value is None and required:
            self.fault(f"the field “{field}” is missing", field)
        return value

    def text(self, field: str, *, required: bool = False, one_line: bool = False) -> str:
        """A text without white space around it; empty when it is missing."""
        value = self._take(field, required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.fault(f"“{field}” must be a text", field)
            return ""
        return self._clean(field, value, required=required, one_line=one_line)

    def _clean(self, field: str, value: str, *, required: bool, one_line: bool) -> str:
        value = value.strip()
        if not value and required:
            self.fault(f"“{field}” is empty", field)
        if (not value.isascii() and _UNKEPT.search(value)) or "\0" in value:
            self.fault(f"“{field}” holds a character that cannot be stored", field)
            return ""
        if one_line and len(value.splitlines()) > 1:
            self.fault(f"“{field}” must be a single line", field)
        return value

    def identifier(self, field: str = "id", *, required: bool = True) -> str:
        value = self.text(field, required=required)
        if value and not _ID.fullmatch(value):
            self.fault(
                f"“{value[:40]}” is no {field}: use letters, digits, dots, hyphens and "
                "underscores, at most 80, with a letter or digit at both ends",
                field,
            )
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts that are not empty."""
        found = []
        for value in self._list(field):
            if isinstance(value, str) and value.strip():
                found.append(self._clean(field, value, required=True, one_line=False))
            else:
                self.fault(f"“{field}” must list texts", field)
        return tuple(found)

    def words(self, field: str, words: type[_Word]) -> tuple[_Word, ...]:
        """A list of words of a fixed set, each once."""
        known = {word.value: word for word in words}
        found: dict[_Word, None] = {}
        for value in self._list(field):
            if isinstance(value, str) and value in known:
                found[known[value]] = None
            else:
                self.fault(
                    f"“{field}” lists “{str(value)[:40]}”, but may list {_any(words)}", field
                )
        return tuple(found)

    def number(self, field: str, *, required: bool = False) -> int | None:
        value = self._take(field, required)
        # JSON's true would pass as the whole number 1
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self.fault(f"“{field}” must be a whole number", field)
        return None

    def flag(self, field: str, default: bool) -> bool:
        value = self._take(field, required=False)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.fault(f"“{field}” must be true or false", field)
        return default

    def word(self, field: str, words: type[_Word], *, required: bool = False) -> _Word | None:
        """One of a fixed set of words."""
        value = self._take(field, required)
        if value is None:
            return None
        for word in words:
            if value == word.value:
                return word
        self.fault(f"“{field}” is “{str(value)[:40]}”, but must be one of {_any(words)}", field)
        return None

    def section(self, field: str, *, required: bool = False) -> Section | None:
        value = self._take(field, required)
        if value is None:
            return None
        if isinstance(value, dict):
            return Section(value, self._within(field), self.faults, (*self.path, field))
        self.fault(f"“{field}” must be an object in braces", field)
        return None

    def sections(self, field: str, *, required: bool = False, label: str = "") -> list[Section]:
        """A list of objects; each is named by its id in faults, else by its number from 1.

        A text in the list stands for an object with that text as its ``name``.
        """
        found = []
        for index, value in enumerate(self._list(field, required)):
            path = (*self.path, field, index)
            if isinstance(value, str):
                value = {"name": value}
            if not isinstance(value, dict):
                words = f"“{field}” number {index + 1} must be an object in braces"
                self.faults.add(path, self._within(words))
                continue
            ident = value.get("id")
            name = ident if isinstance(ident, str) and ident else f"number {index + 1}"
            place = self._within(f"{label or field} {name}")
            found.append(Section(value, place, self.faults, path))
        return found

    def _list(self, field: str, required: bool = False) -> list[object]:
        value = self._take(field, required)
        if value is None:
            return []
        if isinstance(value, list):
            return value
        self.fault(f"“{field}” must be a list in brackets", field)
        return []

    def _within(self, part: str) -> str:
        return f"{self.place}, {part}" if self.place else part

    def close(self) -> None:
        """Note every field that nobody asked for: most often a slip in spelling."""
        for field in self.fields.keys() - self._asked:
            near = get_close_matches(field, self._asked, n=1)
            hint = f"; was “{near[0]}” meant?" if near else ""
            self.fault(f"the field “{field[:40]}” is not known{hint}", field)


def read_object(text: str, name: str, form: str) -> Section:
    """The file's one object. ``form`` is the value its field ``format`` must have.

    Raises FrameworkError when the text is no JSON object or of another form; all later faults
    are gathered in the section that comes back, and ``section.faults.end()`` raises them.
    """
    try:
        file = load(text.removeprefix("\ufeff"))
    except NotJson as error:
        raise FrameworkError(name, error.faults) from error
    if not isinstance(file.value, dict):
        raise FrameworkError(name, [Fault("the file must hold one object in braces", 1)])
    section = Section(file.value, "", Faults(name, file))
    if section.text("format") != form:
        section.faults = Faults(name, file)  # what else is wrong does not matter
        section.fault(f"the field “format” must be “{form}”", "format")
        section.faults.end()
    return section


def _any(words: type[_Word]) -> str:
    return ", ".join(word.value for word in words)
