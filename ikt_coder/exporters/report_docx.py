"""A report as a Word document: headings that the navigation knows, lists, tables."""

from __future__ import annotations

from typing import BinaryIO

from ikt_coder.core.report import (
    AnswerSpace,
    Block,
    BulletList,
    Heading,
    Paragraph,
    Report,
    Voice,
)
from ikt_coder.core.table import Run
from ikt_coder.exporters import docx_table
from ikt_coder.exporters.docx_file import (
    MARGIN,
    TABLE_STYLES,
    Style,
    joined,
    page_size,
    save,
    section,
)
from ikt_coder.exporters.docx_markup import paragraph
from ikt_coder.exporters.labels import labels

_COMPACT_MARGIN = 0.75
_VOICES = {Voice.PLAIN: "ReportText", Voice.QUOTE: "ReportQuote", Voice.NOTE: "ReportNote"}


def write(report: Report, stream: BinaryIO) -> None:
    """One document; a wide table has a landscape section of its own."""
    save(
        body(report),
        stream,
        title=report.title,
        language=report.language,
        styles=styles(report.compact),
    )


def body(report: Report) -> str:
    """The markup of the whole report, with its last section."""
    short, long = page_size(report.language)
    margin = _COMPACT_MARGIN if report.compact else MARGIN
    blocks = [paragraph((Run(report.title),), "Title")]
    if report.subtitle:
        blocks.append(paragraph((Run(report.subtitle),), "Subtitle"))
    if not report.blocks:
        said = report.empty or labels(report.language).nothing
        blocks.append(paragraph((Run(said, italic=True),), "ReportText"))
    wide_before = False
    for block in report.blocks:
        wide = (
            not isinstance(block, Heading | Paragraph | BulletList | AnswerSpace)
            and not report.compact
            and docx_table.is_wide(block, report.language)
        )
        if wide or wide_before:
            blocks.append(section(report.language, wide=wide_before, margin=margin))
        blocks += _block(block, (long if wide else short) - 2 * margin)
        wide_before = wide
    return joined(blocks) + section(report.language, wide=wide_before, margin=margin)


def _block(block: Block, available: float) -> list[str]:
    if isinstance(block, Heading):
        return [paragraph((Run(block.text),), f"Heading{block.level}", keep_next=True)]
    if isinstance(block, Paragraph):
        return [paragraph(block.runs, _VOICES[block.voice])]
    if isinstance(block, BulletList):
        return [paragraph(item, "ListBullet") for item in block.items]
    if isinstance(block, AnswerSpace):
        asked = [paragraph((Run(block.prompt),), "ReportPrompt")] if block.prompt else []
        empty = [
            paragraph((), "ReportAnswer", keep_next=at < block.lines - 1)
            for at in range(block.lines)
        ]
        return [*asked, *empty]
    return docx_table.whole(block, available)


def styles(compact: bool) -> tuple[Style, ...]:
    """The named styles of a report; sizes in half points, spaces in twentieths."""
    text, note, title = (19, 17, 28) if compact else (24, 20, 36)
    after, before = (40, 110) if compact else (140, 300)
    line = "" if compact else ' w:line="276" w:lineRule="auto"'

    def size(halves: int) -> str:
        return f'<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/>'

    def heading(level: int) -> Style:
        halves = text + (2 if compact else 6) - (1 if compact else 2) * (level - 1)
        slant = "<w:i/><w:iCs/>" if level == 3 else ""
        return Style(
            f"Heading{level}",
            f"heading {level}",
            paragraph=f'<w:keepNext/><w:keepLines/><w:spacing w:before="{before}"'
            f' w:after="{after}"/><w:outlineLvl w:val="{level - 1}"/>',
            run=f"<w:b/><w:bCs/>{slant}{size(halves)}",
        )

    # In a report the headings are the outline; the titles of tables are no part of it.
    tables = [
        Style(one.key, one.name, one.parent, one.paragraph.split("<w:outlineLvl")[0], one.run)
        for one in TABLE_STYLES
    ]
    if compact:
        tables = [
            Style(
                one.key,
                one.name,
                one.parent,
                '<w:keepNext/><w:spacing w:before="40" w:after="20"/>'
                if one.key in ("TableNumber", "TableTitle")
                else one.paragraph,
                one.run.split("<w:sz ")[0] + size(note) if one.parent == "Normal" else one.run,
            )
            for one in tables
        ]
    return (
        *tables,
        Style(
            "Title",
            "Title",
            paragraph=f'<w:keepNext/><w:spacing w:after="{after // 2}"/>',
            run=f"<w:b/><w:bCs/>{size(title)}",
        ),
        Style(
            "Subtitle",
            "Subtitle",
            paragraph=f'<w:spacing w:after="{2 * after}"/>',
            run=f'<w:color w:val="595959"/>{size(note)}',
        ),
        *(heading(level) for level in (1, 2, 3)),
        Style(
            "ReportText",
            "Report Text",
            paragraph=f'<w:spacing w:after="{after}"{line}/>',
            run=size(text),
        ),
        Style(
            "ReportQuote",
            "Report Quote",
            "ReportText",
            paragraph='<w:ind w:left="567" w:right="284"/>',
        ),
        Style(
            "ReportNote",
            "Report Note",
            # Air above too: a list before it takes its own spacing away.
            paragraph=f'<w:spacing w:before="{after // 2}" w:after="{after}"/>',
            run=f'<w:color w:val="595959"/>{size(note)}',
        ),
        Style(
            "ListBullet",
            "List Bullet",
            "ReportText",
            paragraph='<w:numPr><w:numId w:val="1"/></w:numPr><w:contextualSpacing/>'
            if not compact
            else '<w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="10"/>'
            "<w:contextualSpacing/>",
        ),
        Style(
            "ReportPrompt",
            "Report Prompt",
            "ReportText",
            paragraph=f'<w:keepNext/><w:spacing w:before="{after}" w:after="0"/>',
        ),
        Style(
            "ReportAnswer",
            "Report Answer",
            "ReportText",
            paragraph='<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="8C8C8C"/>'
            '<w:between w:val="single" w:sz="4" w:space="1" w:color="8C8C8C"/></w:pBdr>'
            f'<w:spacing w:before="{60 if compact else 160}" w:after="0"/>',
        ),
    )
