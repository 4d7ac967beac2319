"""Word (.docx): the body in document order, with tables, text boxes and tracked changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import FormatKind
from ikt_coder.importers.archive import Archive
from ikt_coder.importers.builder import TRACKED, TextBuilder
from ikt_coder.importers.protocol import RawText, Row
from ikt_coder.importers.running_heads import LEFT_OUT, holds_words
from ikt_coder.importers.word_styles import Styles, local, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_INTO = frozenset(
    (
        "ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml",
        "dir", "bdo",
    )
)  # fmt: skip
_TRACKED = frozenset(("ins", "moveTo", "del", "moveFrom"))
_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")
_TEXT = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011"}


def read(data: bytes, name: str) -> RawText:
    """The words of a Word document, each table row on a line, cells parted by tabs.

    Tracked insertions are kept, deletions left out; comments, footnotes, headers and
    footers are not part of the text (warnings say so). Raises UnreadableFile.
    """
    archive = Archive(data, name)
    document = archive.xml(_main_part(archive))
    styles = Styles(archive.xml("word/styles.xml") if "word/styles.xml" in archive else None)
    body = next((child for child in document if local(child) == "body"), document)
    reader = _Body(TextBuilder(name), styles)
    reader.blocks(body)
    reader.builder.drop_last_newline()
    if _margins_hold_words(archive):
        reader.builder.warn(LEFT_OUT)
    return reader.builder.finish()


def _margins_hold_words(archive: Archive) -> bool:
    """Whether a page header or footer says more than the number of the page."""
    for part in archive.names():
        if _MARGIN.fullmatch(part) is None:
            continue
        try:
            root = archive.xml(part)
        except UnreadableFile:
            return True  # the text can be read without it; what it holds is not known
        for paragraph in root.iter("{*}p"):
            words = "".join(run.text or "" for run in paragraph.iter("{*}t"))
            if holds_words(words):
                return True
    return False


def _main_part(archive: Archive) -> str:
    """Where the text lies; some editors on the web write ``word/document2.xml``."""
    usual = "word/document.xml"
    if usual in archive or "_rels/.rels" not in archive:
        return usual
    for relation in archive.xml("_rels/.rels"):
        if (value(relation, "Type") or "").endswith("/officeDocument"):
            return (value(relation, "Target") or usual).lstrip("/")
    return usual


class _Body:
    """Walks the body once; paragraphs end with a line end."""

    def __init__(self, builder: TextBuilder, styles: Styles) -> None:
        self.builder = builder
        self.styles = styles
        self._boxes: list[_Element] = []
        self._table_depth = 0

    def blocks(self, parent: _Element) -> None:
        for child in parent:
            tag = local(child)
            if tag == "p":
                self.paragraph(child)
            elif tag == "tbl":
                self.table(child)
            elif tag in _INTO:
                self.blocks(child)
            elif tag == "AlternateContent":
                self.blocks(_choice(child))
            elif tag == "altChunk":
                self.builder.warn("A part of another file inside the document was left out.")

    def paragraph(self, element: _Element) -> None:
        builder = self.builder
        start = builder.at
        properties = next((c for c in element if local(c) == "pPr"), None)
        style = self.styles.paragraph(properties)
        waiting, self._boxes = self._boxes, []
        self._inline(element, style.kinds)
        boxes, self._boxes = self._boxes, waiting
        if style.heading:
            builder.heading(start, style.heading)
        if not _mark_deleted(properties):
            builder.add("\n")
        for box in boxes:
            self.blocks(box)

    def _inline(self, parent: _Element, inherited: frozenset[FormatKind]) -> None:
        for child in parent:
            tag = local(child)
            if tag == "r":
                self._run(child, inherited)
            elif tag in _INTO:
                if tag in _TRACKED:
                    self.builder.warn(TRACKED)
                self._inline(child, inherited)
            elif tag in _TRACKED:
                self.builder.warn(TRACKED)
            elif tag == "AlternateContent":
                self._inline(_choice(child), inherited)

    def _run(self, run: _Element, inherited: frozenset[FormatKind]) -> None:
        kinds = inherited
        for child in run:
            tag = local(child)
            if tag == "t":
                if child.text:
                    self.builder.add(child.text, kinds)
            elif tag == "rPr":
                kinds = self.styles.run(child, inherited)
            elif tag in _TEXT:
                self.builder.add(_TEXT[tag], kinds)
            elif tag == "br":
                if value(child, "type") in (None, "textWrapping"):
                    self.builder.add("\n", kinds)
            elif tag in ("drawing", "pict", "object"):
                self._find_boxes(child)
            elif tag == "AlternateContent":
                self._find_boxes(_choice(child))
            elif tag == "sym":
                self.builder.warn("Signs of symbol fonts were left out.")
            elif tag in ("footnoteReference", "endnoteReference"):
                self.builder.warn("Footnotes and endnotes were left out.")
            elif tag == "commentReference":
                self.builder.warn("Comments were left out.")

    def _find_boxes(self, element: _Element) -> None:
        """Text boxes below ``element``; their text follows the paragraph they hang on."""
        for child in element:
            tag = local(child)
            if tag == "txbxContent":
                self._boxes.append(child)
            elif tag == "AlternateContent":
                self._find_boxes(_choice(child))
            else:
                self._find_boxes(child)

    def table(self, element: _Element) -> None:
        self._table_depth += 1
        for row in _below(element, "tr"):
            if self._table_depth > 1:  # a table in a cell is part of that cell
                for cell in _below(row, "tc"):
                    self.blocks(cell)
                continue
            cells: list[Span] = []
            for cell in _below(row, "tc"):
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
        self._table_depth -= 1


def _below(parent: _Element, wanted: str) -> list[_Element]:
    """Rows of a table or cells of a row, also within content controls."""
    found: list[_Element] = []
    for child in parent:
        tag = local(child)
        if tag == wanted:
            if wanted != "tr" or not _row_deleted(child):
                found.append(child)
        elif tag in _INTO:
            found.extend(_below(child, wanted))
    return found


def _choice(element: _Element) -> _Element:
    """Word writes newer drawings twice; the first writing is the one to read."""
    for child in element:
        if local(child) == "Choice":
            return child
    return element[0] if len(element) else element


def _mark_deleted(properties: _Element | None) -> bool:
    """Whether the paragraph's end is a tracked deletion (then the next one joins it)."""
    if properties is None:
        return False
    marks = next((c for c in properties if local(c) == "rPr"), None)
    return marks is not None and any(local(c) in ("del", "moveFrom") for c in marks)


def _row_deleted(row: _Element) -> bool:
    properties = next((c for c in row if local(c) == "trPr"), None)
    return properties is not None and any(local(c) == "del" for c in properties)
