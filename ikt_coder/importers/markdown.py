"""Markdown (.md): emphasis and headings become formatting, the words stay."""

from __future__ import annotations

import re

from ikt_coder.core.transcript import FormatKind
from ikt_coder.importers.builder import TextBuilder
from ikt_coder.importers.encodings import decode
from ikt_coder.importers.protocol import RawText

_LONG = 20_000
"""A longer line is no paragraph somebody emphasised words in."""

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_EMPHASIS = re.compile(
    r"(?P<both>\*\*\*)(?=\S)(?P<b3>[^*\n]+?)(?<=\S)\*\*\*"
    r"|(?P<strong>\*\*|(?<!\w)__)(?=\S)(?P<b2>.+?)(?<=\S)(?P=strong)"
    r"|(?P<light>(?<!\*)\*(?!\*)|(?<!\w)_(?!_))(?=\S)(?P<b1>[^*_\n]+?)(?<=\S)(?P=light)(?!\w)"
)


def read(data: bytes, name: str) -> RawText:
    """The words of a Markdown text; ``#``, ``**`` and ``*`` become formatting.

    Everything else (links, lists, quotes) stays as written. Raises UnreadableFile.
    """
    text, notices = decode(data, name)
    builder = TextBuilder(name)
    builder.warnings.extend(notices)
    for at, line in enumerate(text.split("\n")):
        if at:
            builder.add("\n")
        start = builder.at
        heading = _HEADING.match(line)
        _add_line(builder, heading.group(2) if heading else line)
        if heading:
            builder.heading(start, len(heading.group(1)))
    return builder.finish()


def _add_line(builder: TextBuilder, line: str, kinds: tuple[FormatKind, ...] = ()) -> None:
    done = 0
    if len(line) > _LONG:
        builder.add(line, kinds)
        return
    for match in _EMPHASIS.finditer(line):
        builder.add(line[done : match.start()], kinds)
        if match.group("both"):
            builder.add(match.group("b3"), (*kinds, FormatKind.BOLD, FormatKind.ITALIC))
        elif match.group("strong"):
            _add_line(builder, match.group("b2"), (*kinds, FormatKind.BOLD))
        else:
            builder.add(match.group("b1"), (*kinds, FormatKind.ITALIC))
        done = match.end()
    builder.add(line[done:], kinds)
