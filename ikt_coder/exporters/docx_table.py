"""Word documents with tables in APA 7 form.

Times New Roman throughout: 12 points for number and title, 10 points in the cells (APA 7
leaves the size free within a table) and in the note. The styles are named, so that a
researcher can change all tables at once.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

from ikt_coder.core.table import Run, Table
from ikt_coder.exporters import docx_markup
from ikt_coder.exporters.cell_text import clean
from ikt_coder.exporters.column_widths import comfortable_width
from ikt_coder.exporters.docx_markup import NAMESPACE, TWIPS, paragraph
from ikt_coder.exporters.labels import full_tag, labels, uses_letter_paper

if TYPE_CHECKING:
    from docx.document import Document

_LETTER = (8.5, 11.0)
_A4 = (8.27, 11.69)
_MARGIN = 1.0
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_FONTS = (
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"'
    ' w:eastAsia="Times New Roman" w:cs="Times New Roman"/>'
)
_STYLES = (
    # id, name, based on, paragraph properties, run properties
    (
        "TableNumber",
        "Table Number",
        "Normal",
        '<w:keepNext/><w:spacing w:after="80" w:line="276" w:lineRule="auto"/>',
        "<w:b/><w:bCs/>",
    ),
    (
        "TableTitle",
        "Table Title",
        "Normal",
        '<w:keepNext/><w:spacing w:after="120" w:line="276" w:lineRule="auto"/>'
        '<w:outlineLvl w:val="0"/>',
        "<w:i/><w:iCs/>",
    ),
    ("TableText", "Table Text", "Normal", "", '<w:sz w:val="20"/><w:szCs w:val="20"/>'),
    ("TableHeading", "Table Heading", "TableText", "<w:keepNext/>", ""),
    (
        "TableNote",
        "Table Note",
        "Normal",
        '<w:spacing w:before="80" w:line="264" w:lineRule="auto"/>',
        '<w:sz w:val="20"/><w:szCs w:val="20"/>',
    ),
)
# The template of the library brings a picture of its own pages, the name of the program
# it was made with and the same styles a second time: nothing of it belongs in a report.
_LEFT_OUT = ("thumbnail", "extended-properties", "stylesWithEffects", "customXml")


def write(tables: Sequence[Table], stream: BinaryIO, language: str, sources: str) -> None:
    """Each table begins a page; a wide one has a landscape section of its own."""
    from docx import Document as new_document
    from docx.oxml import parse_xml

    document = new_document()
    _drop_template_parts(document)
    _set_styles(document, full_tag(language))
    _set_properties(document, tables, full_tag(language))
    body = _body(tables, language, sources)
    # The first section carries the header; the later ones follow it.
    header = f'<w:headerReference w:type="default" r:id="{_add_header(document)}"/>'
    body = body.replace("<w:sectPr>", f"<w:sectPr>{header}", 1)
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


def is_wide(table: Table, language: str = "en") -> bool:
    """Whether the table needs a landscape page: its columns do not read well upright."""
    return comfortable_width(table) > _page(language)[0] - 2 * _MARGIN


def _page(language: str) -> tuple[float, float]:
    return _LETTER if uses_letter_paper(language) else _A4


def _body(tables: Sequence[Table], language: str, sources: str) -> str:
    short, long = _page(language)
    blocks: list[str] = []
    closing = _section(language, wide=False)
    wide_before = False
    for at, table in enumerate(tables):
        wide = is_wide(table, language)
        # A section of its own for every wide table, and for what comes after one.
        new_section = at > 0 and (wide or wide_before)
        if new_section:
            blocks.append(_section(language, wide_before))
        available = (long if wide else short) - 2 * _MARGIN
        blocks.append(_above(table, page_break=at > 0 and not new_section))
        blocks.append(docx_markup.table(table, available) if table.columns else _nothing(table))
        blocks.append(_below(table))
        wide_before = wide
        closing = _section(language, wide)
    if sources:
        blocks.append(_led(labels(language).sources, ((Run(sources),),)))
    if not blocks:
        blocks.append(paragraph((Run(labels(language).nothing),), "TableText"))
    return _joined(blocks) + closing


def _joined(blocks: Sequence[str]) -> str:
    """The blocks with each section's end moved into the paragraph before it.

    A section ends in a paragraph; an empty one after a full page would be a page of its own.
    """
    joined: list[str] = []
    for block in blocks:
        if block.startswith("<w:sectPr"):
            before = joined[-1]
            at = before.rindex("</w:pPr>")
            joined[-1] = before[:at] + block + before[at:]
        else:
            joined.append(block)
    return "".join(joined)


def _section(language: str, wide: bool) -> str:
    short, long = (round(side * TWIPS) for side in _page(language))
    size = (
        f'<w:pgSz w:w="{long}" w:h="{short}" w:orient="landscape"/>'
        if wide
        else f'<w:pgSz w:w="{short}" w:h="{long}"/>'
    )
    margin = round(_MARGIN * TWIPS)
    edges = " ".join(f'w:{edge}="{margin}"' for edge in ("top", "right", "bottom", "left"))
    return (
        f'<w:sectPr>{size}<w:pgMar {edges} w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
    )


def _above(table: Table, *, page_break: bool) -> str:
    words = labels(table.language)
    lines: list[tuple[str, tuple[Run, ...]]] = []
    interim = (Run(f" {words.interim}"),) if table.interim else ()
    if table.number > 0:
        lines.append(("TableNumber", (Run(f"{words.table} {table.number}"), *interim)))
    if table.title:
        lines.append(("TableTitle", (Run(table.title), *(interim if not lines else ()))))
    if not lines:
        lines.append(("TableNumber", interim))
    return "".join(
        paragraph(runs, style, keep_next=True, page_break=page_break and at == 0)
        for at, (style, runs) in enumerate(lines)
    )


def _below(table: Table) -> str:
    if table.note:
        return _led(labels(table.language).note, table.note)
    # Word wants a paragraph after a table; two tables would grow together without it.
    return paragraph((), "TableNote")


def _led(word: str, paragraphs: Sequence[Sequence[Run]]) -> str:
    return "".join(
        paragraph((Run(f"{word} ", italic=True), *runs) if at == 0 else runs, "TableNote")
        for at, runs in enumerate(paragraphs)
    )


def _nothing(table: Table) -> str:
    return paragraph((Run(table.empty or labels(table.language).nothing),), "TableText")


def _set_styles(document: Document, tag: str) -> None:
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
    for key, name, parent, paragraph_style, run_style in _STYLES:
        styles.append(
            parse_xml(
                f'<w:style xmlns:w="{NAMESPACE}" w:type="paragraph" w:customStyle="1"'
                f' w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="{parent}"/>'
                f"<w:qFormat/><w:pPr>{paragraph_style}</w:pPr><w:rPr>{run_style}</w:rPr></w:style>"
            )
        )
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # else Word opens it in compatibility mode


def _set_properties(document: Document, tables: Sequence[Table], tag: str) -> None:
    properties = document.core_properties
    title = next((clean(table.title) for table in tables if table.title), "")
    properties.title = title[:255]
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


def _add_header(document: Document) -> str:
    """The page number at the top right, as APA 7 has it; returns the header's relation."""
    from docx.oxml import parse_xml

    section = document.sections[0]
    section.header.is_linked_to_previous = False
    line = section.header.paragraphs[0]._p
    line.getparent().replace(
        line,
        parse_xml(
            f'<w:p xmlns:w="{NAMESPACE}"><w:pPr><w:jc w:val="right"/></w:pPr>'
            '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
        ),
    )
    (key,) = section._sectPr.xpath("./w:headerReference/@r:id")
    return str(key)
