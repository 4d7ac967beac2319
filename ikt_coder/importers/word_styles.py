"""What the styles of a Word document say about bold, italic, underline and headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ikt_coder.core.frozen import frozen
from ikt_coder.core.transcript import FormatKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMES: dict[str, str] = {}
_TOGGLES = {"b": FormatKind.BOLD, "i": FormatKind.ITALIC, "u": FormatKind.UNDERLINE}
_HEADING = re.compile(r"heading ([1-9])$", re.IGNORECASE)
_OFF = frozenset(("0", "false", "off", "none"))
_PLAIN: frozenset[FormatKind] = frozenset()


def local(element: _Element) -> str:
    """The tag without its namespace: strict and transitional files are read alike."""
    tag = str(element.tag)
    name = _NAMES.get(tag)
    if name is None:
        name = _NAMES[tag] = tag.rpartition("}")[2]
    return name


def value(element: _Element, wanted: str = "val") -> str | None:
    """An attribute by its local name."""
    for key, content in element.attrib.items():
        if str(key).rpartition("}")[2] == wanted:
            return str(content)
    return None


def toggle(element: _Element) -> bool:
    """Whether a property such as ``<w:b/>`` is on."""
    return (value(element) or "true").lower() not in _OFF


@frozen
class ParagraphStyle:
    """The formatting a paragraph gives to its runs; ``heading`` is 0 or a level 1-6."""

    kinds: frozenset[FormatKind] = _PLAIN
    heading: int = 0


class Styles:
    """The style table; a document without one has plain paragraphs."""

    def __init__(self, root: _Element | None) -> None:
        self._elements: dict[str, _Element] = {}
        self._known: dict[str, ParagraphStyle] = {}
        self._default: str | None = None
        for element in () if root is None else root:
            identity = value(element, "styleId") if local(element) == "style" else None
            if identity is None:
                continue
            self._elements[identity] = element
            if value(element, "default") == "1" and value(element, "type") == "paragraph":
                self._default = identity

    def _style(self, identity: str | None, depth: int = 0) -> ParagraphStyle:
        element = self._elements.get(identity or "")
        if identity is None or element is None or depth > 20:
            return ParagraphStyle()
        if identity in self._known:
            return self._known[identity]
        kinds, heading = _PLAIN, 0
        for child in element:
            tag = local(child)
            if tag == "basedOn":
                base = self._style(value(child), depth + 1)
                kinds, heading = base.kinds, base.heading
        for child in element:
            tag = local(child)
            if tag == "name":
                found = _HEADING.match(value(child) or "")
                if found:
                    heading = min(int(found.group(1)), 6)
                elif (value(child) or "").lower() == "title":
                    heading = 1
            elif tag == "rPr":
                kinds = _changed(child, kinds)
            elif tag == "pPr":
                heading = _outline(child) or heading
        style = self._known[identity] = ParagraphStyle(kinds, heading)
        return style

    def paragraph(self, properties: _Element | None) -> ParagraphStyle:
        """The style of a paragraph with these properties."""
        identity, outline = self._default, 0
        for child in () if properties is None else properties:
            if local(child) == "pStyle":
                identity = value(child) or identity
        if properties is not None:
            outline = _outline(properties)
        style = self._style(identity)
        return ParagraphStyle(style.kinds, outline) if outline else style

    def run(self, properties: _Element, inherited: frozenset[FormatKind]) -> frozenset[FormatKind]:
        """The formatting of a run inside a paragraph that gives it ``inherited``."""
        kinds = inherited
        for child in properties:
            if local(child) == "rStyle":
                kinds = kinds | self._style(value(child)).kinds
        return _changed(properties, kinds)


def _changed(properties: _Element, kinds: frozenset[FormatKind]) -> frozenset[FormatKind]:
    for child in properties:
        kind = _TOGGLES.get(local(child))
        if kind is not None:
            kinds = kinds | {kind} if toggle(child) else kinds - {kind}
    return kinds


def _outline(properties: _Element) -> int:
    """A paragraph's own outline level as a heading level; 0 for body text."""
    for child in properties:
        if local(child) == "outlineLvl":
            level = value(child) or ""
            if level.isdigit() and int(level) < 9:
                return min(int(level) + 1, 6)
    return 0
