"""Collects text and its formatting, so that every position is counted in one place."""

from __future__ import annotations

from collections.abc import Iterable

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import FormatKind, FormatRun
from ikt_coder.importers.limits import refuse_long_text
from ikt_coder.importers.protocol import RawText, Row

TRACKED = "Tracked changes count as accepted: what was inserted is read, what was deleted is not."

_ORDER = {kind: at for at, kind in enumerate(FormatKind)}


def clean(text: str) -> str:
    """``text`` with ``\\n`` as the only line end and without NUL characters."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\x00", "") if "\x00" in text else text


class TextBuilder:
    """Grows a text piece by piece and remembers the formatting of the pieces."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.at = 0  # code points so far
        self._parts: list[str] = []
        self._runs: list[tuple[int, int, FormatKind, int]] = []
        self._last: dict[FormatKind, int] = {}
        self.rows: list[Row] = []
        self.pages: list[int] = []
        self.warnings: list[str] = []

    def add(self, text: str, kinds: Iterable[FormatKind] = ()) -> None:
        """Append ``text``, all of it formatted as ``kinds``."""
        text = clean(text)
        if not text:
            return
        start, self.at = self.at, self.at + len(text)
        refuse_long_text(self.name, self.at)
        self._parts.append(text)
        for kind in kinds:
            self._mark(kind, start, self.at)

    def _mark(self, kind: FormatKind, start: int, end: int) -> None:
        before = self._last.get(kind)
        if before is not None and self._runs[before][1] == start:
            self._runs[before] = (self._runs[before][0], end, kind, 0)
            return
        self._last[kind] = len(self._runs)
        self._runs.append((start, end, kind, 0))

    def heading(self, start: int, level: int) -> None:
        """What was added since ``start`` is a heading of ``level`` 1-6."""
        if self.at > start:
            self._runs.append((start, self.at, FormatKind.HEADING, min(max(level, 1), 6)))

    def ends_with_newline(self) -> bool:
        return not self._parts or self._parts[-1].endswith("\n")

    def drop_last_newline(self) -> None:
        """Take back a line end: the two paragraphs around it are one."""
        if self._parts and self._parts[-1].endswith("\n"):
            self._parts[-1] = self._parts[-1][:-1]
            self.at -= 1
            self._runs = [
                (start, min(end, self.at), kind, level) for start, end, kind, level in self._runs
            ]

    def warn(self, sentence: str) -> None:
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def finish(self) -> RawText:
        """The text so far. Raises UnreadableFile where it holds no words at all."""
        text = "".join(self._parts)
        refuse_wordless(self.name, text)
        runs = sorted(run for run in self._runs if run[1] > run[0])
        return RawText(
            text=text,
            formats=tuple(
                FormatRun(Span(start, end), kind, level)
                for start, end, kind, level in sorted(
                    runs, key=lambda run: (run[0], run[1], _ORDER[run[2]])
                )
            ),
            rows=tuple(self.rows),
            pages=tuple(self.pages),
            warnings=tuple(self.warnings),
        )


def refuse_wordless(name: str, text: str) -> None:
    """Raise UnreadableFile for a text of nothing but white space."""
    if not text or text.isspace():
        raise UnreadableFile(
            f"“{name}” holds no text; nothing was imported.",
            "Open it where it was made and see whether its words are there.",
        )
