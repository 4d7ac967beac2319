"""JSON as people write it: every slip is told with its line, and each value's line is known."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TypeAlias

from ikt_coder.core.frozen import frozen

Path: TypeAlias = tuple[str | int, ...]
"""The way to a value: names of fields, and numbers of entries from 0."""

_MOST = 50
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
_COMMA_BEFORE_END = re.compile(r",(\s*)\Z")


@frozen
class Fault:
    """What is wrong with a file, in words. ``line`` and ``column`` count from 1; None where the
    fault is one of the whole file."""

    text: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        if self.line is None:
            return self.text
        place = f"line {self.line}"
        if self.column is not None:
            place += f", column {self.column}"
        return f"{place}: {self.text}"


class NotJson(ValueError):
    """The text is no JSON; ``faults`` are the slips in it that could be told apart."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(str(faults[0]))
        self.faults = tuple(faults)


@frozen
class Loaded:
    """The value of a text, the slips in its notation, the text with these slips mended, and
    whether some field stands twice in one object."""

    value: object
    slips: tuple[Fault, ...]
    text: str
    twins: bool


def load(text: str) -> Loaded:
    """Read a text. A forgotten or doubled comma and the like are mended (no line is added or
    taken away), so that reading goes on and the next slip is told too.

    Raises NotJson where that cannot be.
    """
    faults: list[Fault] = []
    reached = 0
    twins = False

    def pairs(fields: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal twins
        read = dict(fields)
        twins = twins or len(read) < len(fields)
        return read

    while True:
        try:
            value = json.loads(text, object_pairs_hook=pairs, parse_constant=_no_constant)
            return Loaded(value, tuple(faults), text, twins)
        except json.JSONDecodeError as error:
            if faults and error.lineno <= reached:  # what follows is of our own mending
                raise NotJson(faults) from error
            words, at, mended = _understood(text, error)
            line = text.count("\n", 0, at) + 1
            column = at - (text.rfind("\n", 0, at) + 1) + 1
            faults.append(Fault(f"this is not JSON ({words})", line, column))
            if mended is None or len(faults) == _MOST:
                raise NotJson(faults) from error
            text, reached = mended, error.lineno
        except RecursionError as error:
            raise NotJson([Fault("brackets are nested too deeply")]) from error
        except ValueError as error:  # a constant, or a number of thousands of digits
            raise NotJson([*faults, Fault(f"this is not JSON ({error})")]) from error


def _no_constant(constant: str) -> object:
    raise ValueError(f"{constant} is not a number that JSON knows")


def _understood(text: str, error: json.JSONDecodeError) -> tuple[str, int, str | None]:
    """The slip in words, its offset, and the text with it mended (None where it cannot be)."""
    at, sign = error.pos, text[error.pos : error.pos + 1]
    before = text[:at]
    if error.msg == "Expecting ',' delimiter" and sign and sign not in "}]":
        place = len(before.rstrip())
        return "a comma is missing here", place, f"{text[:place]},{text[place:]}"
    if error.msg == "Expecting ':' delimiter" and sign not in (",", "}", "]", ""):
        place = len(before.rstrip())
        return "a colon is missing here", place, f"{text[:place]}:{text[place:]}"
    too_many = _COMMA_BEFORE_END.search(before)
    if sign in ("}", "]") and too_many:
        place = too_many.start()
        return "a comma too many before the bracket", place, f"{text[:place]} {text[place + 1 :]}"
    if error.msg.startswith("Invalid control character") and sign == "\t":
        return "a tab inside a text is written \\t", at, f"{before} {text[at + 1 :]}"
    if error.msg.startswith("Invalid control character") and sign in ("\n", "\r"):
        return "a text goes on to the next line, or its last quotation mark is missing", at, None
    if error.msg.startswith("Invalid \\escape"):
        return "a backslash in a text is written twice", at, f"{before}\\{text[at:]}"
    if error.msg.startswith("Expecting property name"):
        return "the name of a field stands in double quotation marks", at, None
    if error.msg == "Expecting value" and sign in ("", ",", "}", "]"):
        return "a value is missing here", at, None
    if error.msg == "Expecting value":
        return "a text stands in double quotation marks", at, None
    if error.msg.startswith("Extra data"):
        return "something follows after the end", at, None
    return error.msg, at, None


def lines_of(text: str) -> tuple[dict[Path, int], list[Path]]:
    """The line (from 1) on which each field and each entry of a list begins, and the fields that
    stand twice in one object, as often as they do. ``text`` is good JSON."""
    lines: dict[Path, int] = {(): 1}
    twins: list[Path] = []
    way: list[_Inside] = []
    for line, token in _tokens(text):
        inside = way[-1] if way else None
        if token == ",":
            assert inside is not None  # the text was read already
            inside.next()
        elif token in ("}", "]"):
            way.pop()
        elif inside is not None and inside.wants_name:
            path = inside.name(json.loads(token, strict=False))
            if path in inside.seen:
                twins.append(path)
            inside.seen.add(path)
            lines[path] = line
        elif token != ":":
            path = inside.here() if inside is not None else ()
            lines.setdefault(path, line)
            if token in ("{", "["):
                way.append(_Inside(path, is_object=token == "{"))
    return lines, twins


class _Inside:
    """An object or list that is being gone through."""

    def __init__(self, path: Path, *, is_object: bool) -> None:
        self._path = path
        self._is_object = is_object
        self._at: str | int = 0
        self.wants_name = is_object
        self.seen: set[Path] = set()

    def here(self) -> Path:
        return (*self._path, self._at)

    def name(self, name: str) -> Path:
        self._at, self.wants_name = name, False
        return self.here()

    def next(self) -> None:
        if self._is_object:
            self.wants_name = True
        else:
            self._at = int(self._at) + 1


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    line, end = 1, 0
    for found in _TOKEN.finditer(text):
        line += text.count("\n", end, found.start())
        end = found.start()
        yield line, found[0]
