"""oTranscribe (.otr): JSON around a little HTML with time marks in it."""

from __future__ import annotations

import json
from html.parser import HTMLParser

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.core.transcript import FormatKind
from ikt_coder.importers.builder import TextBuilder
from ikt_coder.importers.encodings import decode
from ikt_coder.importers.protocol import RawText

_KINDS = {
    "b": FormatKind.BOLD, "strong": FormatKind.BOLD, "i": FormatKind.ITALIC,
    "em": FormatKind.ITALIC, "u": FormatKind.UNDERLINE,
}  # fmt: skip
_BLOCKS = frozenset(("p", "div", "li", "h1", "h2", "h3"))


def read(data: bytes, name: str) -> RawText:
    """The words of an oTranscribe file; its time marks stay in the text.

    Raises UnreadableFile.
    """
    text, notices = decode(data, name)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _not_one(name) from error
    html = content.get("text") if isinstance(content, dict) else None
    if not isinstance(html, str):
        raise _not_one(name)
    page = _Page(TextBuilder(name))
    page.builder.warnings.extend(notices)
    page.feed(html)
    page.close()
    return page.builder.finish()


def _not_one(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"“{name}” is not an oTranscribe file; nothing was imported.",
        "Export it again from oTranscribe, as .otr or as text.",
    )


class _Page(HTMLParser):
    def __init__(self, builder: TextBuilder) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = builder
        self._kinds: list[FormatKind] = []

    def _break(self) -> None:
        if not self.builder.ends_with_newline():
            self.builder.add("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.builder.add("\n")
        elif tag in _BLOCKS:
            self._break()
        elif tag in _KINDS:
            self._kinds.append(_KINDS[tag])

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break()
        elif tag in _KINDS and _KINDS[tag] in self._kinds:
            self._kinds.remove(_KINDS[tag])

    def handle_data(self, data: str) -> None:
        data = " ".join(data.split("\n"))
        if data.strip() or not self.builder.ends_with_newline():
            self.builder.add(data, self._kinds)
