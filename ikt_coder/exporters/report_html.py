"""A report as a web page of its own, made to be read on a screen and to be printed."""

from __future__ import annotations

from collections.abc import Iterator
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
from ikt_coder.exporters import html_table
from ikt_coder.exporters.html_page import CLOSING, TABLE_STYLE, escaped, opening
from ikt_coder.exporters.labels import full_tag, labels

STYLE = (
    TABLE_STYLE
    + """
main { max-width: 44rem; margin: 0 auto; }
main > section { margin: 1.6rem auto 2rem; max-width: none; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .2rem; }
.subtitle { color: var(--dim); margin: 0 0 1.6rem; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.4rem 0 .35rem; }
h4 { font-size: 1rem; font-weight: 600; font-style: italic; margin: 1rem 0 .3rem; }
h1, h2, h3, h4, main > p, li, .prompt { overflow-wrap: anywhere; }
main > p { margin: 0 0 .7rem; }
main > p.dim { color: var(--dim); font-size: 13px; }
blockquote { margin: 0 0 .7rem; padding-inline-start: 1rem;
  border-inline-start: 2px solid var(--dim); font-family: "Iowan Old Style", Charter,
  "Noto Serif", Georgia, "Liberation Serif", serif; }
ul { margin: 0 0 .7rem; padding-inline-start: 1.3rem; }
li { margin: .15rem 0; }
.answer { margin: .8rem 0 1.2rem; break-inside: avoid; }
.answer i { display: block; height: 1.9rem; border-bottom: 1px solid var(--dim); }
@media screen and (max-width: 30rem) { h1 { font-size: 1.35rem; } }
@media print {
  main { max-width: none; }
  main > section + section { break-before: auto; }
  h1, h2, h3, h4 { break-after: avoid; }
  h1 { font-size: 15pt; } h2 { font-size: 12pt; } h3, h4 { font-size: 10pt; }
  body { font-size: 10pt; }
}
"""
)
_COMPACT = """
h1 { font-size: 1.35rem; } h2 { font-size: 1rem; margin: 1.1rem 0 .25rem; }
.subtitle { margin-bottom: .8rem; }
@media print { @page { margin: 1.8cm; } body { font-size: 9pt; line-height: 1.25; }
  h2 { margin: .5rem 0 .1rem; font-size: 10pt; } .answer i { height: 1.4rem; } }
"""


def write(report: Report, stream: BinaryIO) -> None:
    """One page; nothing in it runs or is fetched."""
    for piece in page(report):
        stream.write(piece.encode())


def page(report: Report) -> Iterator[str]:
    yield opening(report.title, report.language, STYLE + (_COMPACT if report.compact else ""))
    yield f'<h1 dir="auto">{escaped(report.title)}</h1>\n'
    if report.subtitle:
        yield f'<p class="subtitle" dir="auto">{escaped(report.subtitle)}</p>\n'
    if not report.blocks:
        said = report.empty or labels(report.language).nothing
        yield f'<p class="empty">{escaped(said)}</p>\n'
    for at, block in enumerate(report.blocks, start=1):
        yield from _block(block, at, report.language)
    yield CLOSING


def _block(block: Block, at: int, language: str) -> Iterator[str]:
    if isinstance(block, Heading):
        level = block.level + 1
        yield f'<h{level} dir="auto">{escaped(block.text)}</h{level}>\n'
    elif isinstance(block, Paragraph):
        yield _paragraph(block)
    elif isinstance(block, BulletList):
        items = "".join(f'<li dir="auto">{html_table.inline(item)}</li>\n' for item in block.items)
        yield f"<ul>\n{items}</ul>\n"
    elif isinstance(block, AnswerSpace):
        said = f'<p class="prompt" dir="auto">{escaped(block.prompt)}</p>'
        asked = said if block.prompt else ""
        yield f'<div class="answer">{asked}{"<i></i>" * block.lines}</div>\n'
    else:
        yield from html_table.section(block, at, language)


def _paragraph(block: Paragraph) -> str:
    tag = f' lang="{escaped(full_tag(block.language))}"' if block.language else ""
    words = html_table.inline(block.runs)
    if block.voice is Voice.QUOTE:
        return f'<blockquote dir="auto"{tag}>{words}</blockquote>\n'
    look = ' class="dim"' if block.voice is Voice.NOTE else ""
    return f'<p dir="auto"{look}{tag}>{words}</p>\n'
