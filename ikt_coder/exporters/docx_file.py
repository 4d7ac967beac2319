"""A Word document around a body of markup: styles, page, header, properties, comments.

Times New Roman throughout. The styles are named, so that a researcher can change all
tables or headings at once. Lengths are in inches, in markup in twentieths of a point.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO
from xml.sax.saxutils import escape, quoteattr

from ikt_coder.core.frozen import frozen
from ikt_coder.core.table import Run
from ikt_coder.exporters.cell_text import clean
from ikt_coder.exporters.docx_markup import NAMESPACE, TWIPS, run
from ikt_coder.exporters.labels import full_tag, uses_letter_paper

if TYPE_CHECKING:
    from docx.document import Document

MARGIN = 1.0

_LETTER = (8.5, 11.0)
_A4 = (8.27, 11.69)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FONTS = (
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"'
    ' w:eastAsia="Times New Roman" w:cs="Times New Roman"/>'
)
# The template of the library brings a picture of its own pages, the name of the program
# it was made with and the same styles a second time: nothing of it belongs in a report.
_LEFT_OUT = ("thumbnail", "extended-properties", "stylesWithEffects", "customXml")


@frozen
class Style:
    """A named paragraph style; ``paragraph`` and ``run`` are the markup of its properties."""

    key: str
    name: str
    parent: str = "Normal"
    paragraph: str = ""
    run: str = ""


@frozen
class Comment:
    """A remark in the margin. Its place is set in the body by the marks of its ``key``."""

    key: int
    author: str
    initials: str
    paragraphs: tuple[str, ...]
    date: datetime | None = None


TABLE_STYLES = (
    Style(
        "TableNumber",
        "Table Number",
        paragraph='<w:keepNext/><w:spacing w:after="80" w:line="276" w:lineRule="auto"/>',
        run="<w:b/><w:bCs/>",
    ),
    Style(
        "TableTitle",
        "Table Title",
        paragraph='<w:keepNext/><w:spacing w:after="120" w:line="276" w:lineRule="auto"/>'
        '<w:outlineLvl w:val="0"/>',
        run="<w:i/><w:iCs/>",
    ),
    Style(
        "TableCaption",
        "Table Caption",
        paragraph='<w:keepNext/><w:spacing w:after="120" w:line="276" w:lineRule="auto"/>'
        '<w:outlineLvl w:val="0"/>',
    ),
    Style("TableText", "Table Text", run='<w:sz w:val="20"/><w:szCs w:val="20"/>'),
    Style("TableHeading", "Table Heading", "TableText", paragraph="<w:keepNext/>"),
    Style(
        "TableTextSmall",
        "Table Text Small",
        "TableText",
        run='<w:sz w:val="16"/><w:szCs w:val="16"/>',
    ),
    Style("TableHeadingSmall", "Table Heading Small", "TableTextSmall", "<w:keepNext/>"),
    Style(
        "TableNote",
        "Table Note",
        paragraph='<w:spacing w:before="80" w:line="264" w:lineRule="auto"/>',
        run='<w:sz w:val="20"/><w:szCs w:val="20"/>',
    ),
)


def page_size(language: str) -> tuple[float, float]:
    """The short and the long side of the paper."""
    return _LETTER if uses_letter_paper(language) else _A4


def section(language: str, *, wide: bool = False, margin: float = MARGIN) -> str:
    """The markup of a section's end: its page, upright or sideways."""
    short, long = (round(side * TWIPS) for side in page_size(language))
    size = (
        f'<w:pgSz w:w="{long}" w:h="{short}" w:orient="landscape"/>'
        if wide
        else f'<w:pgSz w:w="{short}" w:h="{long}"/>'
    )
    around = round(margin * TWIPS)
    edges = " ".join(f'w:{edge}="{around}"' for edge in ("top", "right", "bottom", "left"))
    head = min(720, around // 2)
    return (
        f'<w:sectPr>{size}<w:pgMar {edges} w:header="{head}" w:footer="{head}" w:gutter="0"/>'
        "</w:sectPr>"
    )


def joined(blocks: Sequence[str]) -> str:
    """The blocks with each section's end moved into the paragraph before it.

    A section ends in a paragraph; an empty one after a full page would be a page of its own.
    """
    made: list[str] = []
    for block in blocks:
        if block.startswith("<w:sectPr"):
            before = made[-1]
            at = before.rindex("</w:pPr>")
            made[-1] = before[:at] + block + before[at:]
        else:
            made.append(block)
    return "".join(made)


def save(
    body: str,
    stream: BinaryIO,
    *,
    title: str,
    language: str,
    styles: Iterable[Style] = TABLE_STYLES,
    header: str = "",
    comments: Sequence[Comment] = (),
) -> None:
    """Write a document. ``body`` is markup that ends in a section; ``header`` is printed at
    the head of each page, before the page's number."""
    from docx import Document as new_document
    from docx.oxml import parse_xml

    tag = full_tag(language)
    document = new_document()
    _drop_template_parts(document)
    _set_styles(document, tag, styles)
    _set_properties(document, title, tag)
    # The first section carries the header; the later ones follow it.
    reference = f'<w:headerReference w:type="default" r:id="{_add_header(document, header)}"/>'
    body = body.replace("<w:sectPr>", f"<w:sectPr>{reference}", 1)
    if comments:
        _add_comments(document, comments)
    # The document is parsed once and put in place whole: moving a large table into the
    # tree of the template takes longer than all the rest.
    document.part._element = parse_xml(
        f'<w:document xmlns:w="{NAMESPACE}" xmlns:r="{_RELATIONS}">'
        f"<w:body>{body}</w:body></w:document>"
    )
    # The library cannot give up cleanly on a full disk, so it never sees the disk.
    packed = io.BytesIO()
    document.save(packed)
    stream.write(packed.getbuffer())


def _set_styles(document: Document, tag: str, wanted: Iterable[Style]) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    styles.replace(
        defaults,
        parse_xml(
            f'<w:docDefaults xmlns:w="{NAMESPACE}"><w:rPrDefault><w:rPr>{_FONTS}'
            '<w:sz w:val="24"/><w:szCs w:val="24"/>'
            f'<w:lang w:val="{tag}" w:eastAsia="{tag}" w:bidi="ar-SA"/>'
            "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        ),
    )
    custom = ' w:customStyle="1"'
    present = {style.get(qn("w:styleId")): style for style in styles.iter(qn("w:style"))}
    for style in wanted:
        own = style.key not in present
        made = parse_xml(
            f'<w:style xmlns:w="{NAMESPACE}" w:type="paragraph"'
            f'{custom if own else ""} w:styleId="{style.key}">'
            f'<w:name w:val="{style.name}"/><w:basedOn w:val="{style.parent}"/>'
            f"<w:qFormat/><w:pPr>{style.paragraph}</w:pPr><w:rPr>{style.run}</w:rPr></w:style>"
        )
        if own:
            styles.append(made)
        else:
            styles.replace(present[style.key], made)
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # else Word opens it in compatibility mode


def _set_properties(document: Document, title: str, tag: str) -> None:
    properties = document.core_properties
    properties.title = clean(title)[:255]
    properties.language = tag
    # Nobody's name: a report may go to a journal that reads it without knowing the authors.
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.keywords = properties.subject = properties.category = ""
    properties.revision = 1
    properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def _drop_template_parts(document: Document) -> None:
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, one in relations.items() if one.reltype.endswith(_LEFT_OUT)]:
            relations.pop(key)


def _add_header(document: Document, words: str) -> str:
    """The page number at the top right, as APA 7 has it; returns the header's relation."""
    from docx.oxml import parse_xml

    section = document.sections[0]
    section.header.is_linked_to_previous = False
    line = section.header.paragraphs[0]._p
    before = number = ""
    if words:
        number = '<w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>'
        said = escape(clean(words).replace("\n", " "))
        before = f'<w:r>{number}<w:t xml:space="preserve">{said} · </w:t></w:r>'
    line.getparent().replace(
        line,
        parse_xml(
            f'<w:p xmlns:w="{NAMESPACE}"><w:pPr><w:jc w:val="right"/></w:pPr>{before}'
            f'<w:fldSimple w:instr=" PAGE "><w:r>{number}<w:t>1</w:t></w:r></w:fldSimple></w:p>'
        ),
    )
    (key,) = section._sectPr.xpath("./w:headerReference/@r:id")
    return str(key)


def _add_comments(document: Document, comments: Sequence[Comment]) -> None:
    """All comments at once: placing them one by one takes seconds where there are many."""
    from docx.oxml import parse_xml

    made = "".join(_comment(comment) for comment in comments)
    part = document.part._comments_part
    part._element = parse_xml(f'<w:comments xmlns:w="{NAMESPACE}">{made}</w:comments>')


def _comment(comment: Comment) -> str:
    when = ""
    if comment.date is not None:
        when = f' w:date="{comment.date.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"'
    paragraphs = "".join(_remark(text) for text in comment.paragraphs or ("",))
    return (
        f'<w:comment w:id="{comment.key}" w:author={quoteattr(clean(comment.author))}'
        f" w:initials={quoteattr(clean(comment.initials))}{when}>{paragraphs}</w:comment>"
    )


def _remark(text: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>{run(Run(text))}</w:p>'
