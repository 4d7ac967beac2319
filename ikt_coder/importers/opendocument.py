"""OpenDocument text (.odt)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ikt_coder.core.span import Span
from ikt_coder.core.transcript import FormatKind
from ikt_coder.importers.archive import Archive
from ikt_coder.importers.builder import TRACKED, TextBuilder
from ikt_coder.importers.protocol import RawText, Row
from ikt_coder.importers.running_heads import LEFT_OUT, holds_words
from ikt_coder.importers.word_styles import local, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACES = re.compile(r"[ \t\r\n]+")
_SKIPPED = frozenset(
    (
        "tracked-changes", "sequence-decls", "variable-decls", "user-field-decls", "forms",
        "annotation-end", "bookmark", "bookmark-start", "bookmark-end", "change", "change-start",
        "change-end",
    )
)  # fmt: skip


def read(data: bytes, name: str) -> RawText:
    """The words of an OpenDocument text; tracked deletions, notes and comments left out.

    Raises UnreadableFile.
    """
    archive = Archive(data, name)
    content = archive.xml("content.xml")
    roots = [content]
    if "styles.xml" in archive:
        roots.insert(0, archive.xml("styles.xml"))
    reader = _Body(TextBuilder(name), _styles(roots))
    if _margins_hold_words(roots):
        reader.builder.warn(LEFT_OUT)
    if any(True for _ in content.iter("{*}changed-region")):
        reader.builder.warn(TRACKED)
    for text in content.iter("{*}text"):
        if local(text) == "text" and "office" in str(text.tag):
            reader.blocks(text)
    reader.builder.drop_last_newline()
    return reader.builder.finish()


def _margins_hold_words(roots: list[_Element]) -> bool:
    """Whether a page header or footer says more than the number of the page."""
    return any(
        holds_words("".join(str(words) for words in paragraph.itertext()))
        for root in roots
        for page in root.iter("{*}master-page")
        for margin in page
        if local(margin).startswith(("header", "footer"))
        for paragraph in margin.iter("{*}p", "{*}h")
    )


class _Style:
    def __init__(self, parent: str | None) -> None:
        self.parent = parent
        self.own: dict[FormatKind, bool] = {}


def _styles(roots: list[_Element]) -> dict[str, _Style]:
    styles: dict[str, _Style] = {}
    for root in roots:
        for element in root.iter("{*}style"):
            identity = value(element, "name")
            if identity is None:
                continue
            style = styles[identity] = _Style(value(element, "parent-style-name"))
            for properties in element:
                if local(properties) != "text-properties":
                    continue
                weight = value(properties, "font-weight")
                slant = value(properties, "font-style")
                line = value(properties, "text-underline-style")
                if weight is not None:
                    style.own[FormatKind.BOLD] = weight == "bold" or weight in "600700800900"
                if slant is not None:
                    style.own[FormatKind.ITALIC] = slant in ("italic", "oblique")
                if line is not None:
                    style.own[FormatKind.UNDERLINE] = line != "none"
    return styles


class _Body:
    """Walks the text once; paragraphs end with a line end."""

    def __init__(self, builder: TextBuilder, styles: dict[str, _Style]) -> None:
        self.builder = builder
        self.styles = styles
        self._boxes: list[_Element] = []
        self._in_table = False
        self._space = True  # the last character was white space that swallows more of it

    def _kinds(
        self, identity: str | None, inherited: frozenset[FormatKind]
    ) -> frozenset[FormatKind]:
        chain: list[_Style] = []
        while identity is not None and len(chain) < 20:
            style = self.styles.get(identity)
            if style is None:
                break
            chain.append(style)
            identity = style.parent
        for style in reversed(chain):
            for kind, on in style.own.items():
                inherited = inherited | {kind} if on else inherited - {kind}
        return inherited

    def blocks(self, parent: _Element) -> None:
        for child in parent:
            tag = local(child)
            if tag in ("p", "h"):
                self.paragraph(child)
            elif tag == "table" and not self._in_table:
                self.table(child)
            elif tag in _SKIPPED:
                continue
            elif tag == "frame":
                self._find_boxes(child)
                self._empty_boxes()
            else:  # lists, sections, indexes, nested tables
                self.blocks(child)

    def paragraph(self, element: _Element) -> None:
        start = self.builder.at
        self._space = True
        self._inline(element, self._kinds(value(element, "style-name"), frozenset()))
        if local(element) == "h":
            level = value(element, "outline-level") or "1"
            self.builder.heading(start, int(level) if level.isdigit() else 1)
        self.builder.add("\n")
        self._empty_boxes()

    def _empty_boxes(self) -> None:
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box)

    def _text(self, text: str | None, kinds: frozenset[FormatKind]) -> None:
        if not text:
            return
        text = _SPACES.sub(" ", text)
        if self._space:
            text = text.removeprefix(" ")
        if text:
            self._space = text.endswith(" ")
            self.builder.add(text, kinds)

    def _inline(self, parent: _Element, kinds: frozenset[FormatKind]) -> None:
        self._text(parent.text, kinds)
        for child in parent:
            tag = local(child)
            if tag == "span":
                self._inline(child, self._kinds(value(child, "style-name"), kinds))
            elif tag == "s":
                count = value(child, "c") or "1"
                self.builder.add(" " * (min(int(count), 200) if count.isdigit() else 1), kinds)
                self._space = False
            elif tag in ("tab", "line-break"):
                self.builder.add("\t" if tag == "tab" else "\n", kinds)
                self._space = tag == "line-break"
            elif tag == "note":
                self.builder.warn("Footnotes and endnotes were left out.")
            elif tag == "annotation":
                self.builder.warn("Comments were left out.")
            elif tag == "frame":
                self._find_boxes(child)
            elif tag not in _SKIPPED:
                self._inline(child, kinds)
            self._text(child.tail, kinds)

    def _find_boxes(self, element: _Element) -> None:
        for child in element:
            if local(child) == "text-box":
                self._boxes.append(child)
            else:
                self._find_boxes(child)

    def table(self, element: _Element) -> None:
        self._in_table = True
        for row in _rows(element):
            cells: list[Span] = []
            for cell in row:
                if local(cell) != "table-cell":
                    continue
                if cells:
                    self.builder.add("\t")
                start = self.builder.at
                self.blocks(cell)
                if self.builder.at > start:
                    self.builder.drop_last_newline()
                cells.append(Span(start, self.builder.at))
            if cells:
                self.builder.add("\n")
            if len(cells) > 1:
                self.builder.rows.append(Row(tuple(cells)))
        self._in_table = False


def _rows(element: _Element) -> Iterator[_Element]:
    """The rows of a table, also those in groups, but not those of a table in a cell."""
    for child in element:
        tag = local(child)
        if tag == "table-row":
            yield child
        elif tag in ("table-rows", "table-header-rows", "table-row-group"):
            yield from _rows(child)
