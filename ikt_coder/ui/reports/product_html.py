"""A report as rich text for the preview: what Qt's text browser can show of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.coded_transcript import CodedTranscript, Part
from ikt_coder.core.frozen import frozen
from ikt_coder.core.report import (
    AnswerSpace,
    Block,
    BulletList,
    Heading,
    Paragraph,
    Report,
    Voice,
)
from ikt_coder.core.span import Span
from ikt_coder.core.table import Table
from ikt_coder.exporters.catalogue import Product
from ikt_coder.exporters.coded_docx import WITHHELD
from ikt_coder.exporters.coded_html import tint
from ikt_coder.ui.appearance.tokens import Tokens
from ikt_coder.ui.counting import figure
from ikt_coder.ui.themes.table_html import runs_html, table_html

translate = QCoreApplication.translate

MOST_ROWS = 200
"""Rows of a table that the preview shows; lists for other programs may have 20,000."""
MOST_TURNS = 120


@frozen
class Paper:
    """What the preview is drawn with: colours, the serif for quotes, the text size as a factor,
    the room in pixels, and the widths of a table's columns."""

    tokens: Tokens
    reading: str
    scale: float
    room: int
    widths: Callable[[Table], list[int]]

    def px(self, pixels: float) -> int:
        return round(pixels * self.scale)


def product_html(product: Product, paper: Paper) -> tuple[str, dict[str, UUID]]:
    """The rich text, and the code behind each address that is a link in it."""
    links: dict[str, UUID] = {}
    if isinstance(product, Report):
        return _report(product, paper, links), links
    if isinstance(product, CodedTranscript):
        return _transcript(product, paper), links
    tables = [product] if isinstance(product, Table) else list(product)
    return "".join(_table(table, paper, links) for table in tables), links


def _table(table: Table, paper: Paper, links: dict[str, UUID]) -> str:
    behind: dict[tuple[int, int, int], tuple[UUID, ...]] = {}
    # Addresses tell rows and columns alone: those of a further table begin with a number.
    further = f"{len(links)}-" if links else ""
    for at, row in enumerate(table.rows[:MOST_ROWS]):
        for place, cell in enumerate(row):
            if cell.code is not None and cell.value:
                behind[at, place, 0] = (cell.code,)
                links[f"{further}{at},{place},0"] = cell.code
    shown = replace(table, rows=table.rows[:MOST_ROWS]) if len(table.rows) > MOST_ROWS else table
    number = translate("Reports", "Table {n}").replace("{n}", str(table.number))
    interim = f" {translate('Reports', '(interim)')}" if table.interim else ""
    heading = f"<b>{number}</b>{interim}<br>" if table.number else ""
    title = f"<i>{escape(table.title)}</i>" if table.title else ""
    above = f'<p style="margin-top:{paper.px(10)}px;">{heading}{title}</p>' if title else ""
    more = ""
    if shown is not table:
        words = translate("Reports", "The first {n} of {all} rows. The file holds all of them.")
        words = words.replace("{n}", figure(MOST_ROWS)).replace("{all}", figure(len(table.rows)))
        more = f'<p style="color:{paper.tokens.dim};">{words}</p>'
    body = table_html(shown, behind, paper.tokens, paper.reading, paper.scale, paper.widths(shown))
    body = body.replace('<a href="', f'<a href="{further}')
    return f"{above}{more}{body}"


# -- reports ------------------------------------------------------------------------------------


def _report(report: Report, paper: Paper, links: dict[str, UUID]) -> str:
    dim = paper.tokens.dim
    made = f'<p style="font-size:{paper.px(20)}px; margin:0;"><b>{escape(report.title)}</b></p>'
    if report.subtitle:
        made += f'<p style="color:{dim}; margin-top:2px;">{escape(report.subtitle)}</p>'
    if not report.blocks:
        made += f'<p style="color:{dim};">{escape(report.empty)}</p>'
    return made + "".join(_block(block, paper, links) for block in report.blocks)


def _block(block: Block, paper: Paper, links: dict[str, UUID]) -> str:
    dim, px = paper.tokens.dim, paper.px
    if isinstance(block, Heading):
        size = {1: 16, 2: 14, 3: 13}[block.level]
        return (
            f'<p style="font-size:{px(size)}px; margin-top:{px(16)}px; margin-bottom:{px(4)}px;">'
            f"<b>{escape(block.text)}</b></p>"
        )
    if isinstance(block, Paragraph):
        words = runs_html(block.runs).replace("\n", "<br>")
        if block.voice is Voice.QUOTE:
            look = f"margin-left:{px(28)}px; font-family:'{paper.reading}';"
        else:
            look = f"color:{dim};" if block.voice is Voice.NOTE else ""
        return f'<p style="{look} margin-top:{px(4)}px; margin-bottom:{px(6)}px;">{words}</p>'
    if isinstance(block, BulletList):
        items = "".join(
            f'<li style="margin-bottom:{px(3)}px;">{runs_html(item)}</li>' for item in block.items
        )
        return f'<ul style="margin-top:{px(2)}px; margin-left:{px(-18)}px;">{items}</ul>'
    if isinstance(block, AnswerSpace):
        return f"<p>{escape(block.prompt)}</p>" + "<hr>" * block.lines
    return _table(block, paper, links)


# -- transcripts --------------------------------------------------------------------------------


def _transcript(shown: CodedTranscript, paper: Paper) -> str:
    dim, px = paper.tokens.dim, paper.px
    made = f'<p style="font-size:{px(20)}px; margin:0;"><b>{escape(shown.title)}</b></p>'
    for line in (shown.subtitle, shown.whose, *shown.notes):
        made += f'<p style="color:{dim}; margin:0;">{escape(line)}</p>'
    if not shown.parts:
        return made
    anchors = shown.anchors()
    order = sorted(range(len(anchors)), key=lambda at: (anchors[at].start, -anchors[at].end))
    measure = max(px(200), min(px(620), paper.room - px(300)))
    rows = []
    named: set[int] = set()
    for part, lines in list(zip(shown.parts, shown.lines, strict=True))[:MOST_TURNS]:
        here = [
            at for at in order if lines and anchors[at].start < lines[-1].end and at not in named
        ]
        named.update(here)
        touching = [at for at in order if any(anchors[at].overlaps(line) for line in lines)]
        words = _words(shown, part, lines, touching, anchors, paper)
        rows.append(
            f'<tr><td width="{px(84)}" align="right" valign="top" style="color:{dim};">'
            f"{_who(part)}</td>"
            f'<td width="{measure}" valign="top">{words}</td>'
            f'<td valign="top">{_names(shown, here, paper)}</td></tr>'
        )
    made += f'<table cellspacing="0" cellpadding="{px(5)}" border="0">{"".join(rows)}</table>'
    if len(shown.parts) > MOST_TURNS:
        said = translate("Reports", "The first {n} of {all} turns. The file holds all of them.")
        said = said.replace("{n}", str(MOST_TURNS)).replace("{all}", str(len(shown.parts)))
        made += f'<p style="color:{dim};">{said}</p>'
    return made


def _who(part: Part) -> str:
    name = escape(part.speaker) if part.asking else f"<b>{escape(part.speaker)}</b>"
    return "<br>".join(piece for piece in (name if part.speaker else "", part.time) if piece)


def _words(
    shown: CodedTranscript,
    part: Part,
    lines: Sequence[Span],
    here: Sequence[int],
    anchors: Sequence[Span],
    paper: Paper,
) -> str:
    if part.withheld:
        return f'<i style="color:{paper.tokens.dim};">{WITHHELD}</i>'
    dark = paper.tokens.dark
    colour = paper.tokens.dim if part.asking else paper.tokens.ink
    made = []
    for line in lines:
        cuts = {line.start, line.end}
        for at in here:
            if anchors[at].overlaps(line):
                cuts.update((max(line.start, anchors[at].start), min(line.end, anchors[at].end)))
        body = ""
        for start, end in pairwise(sorted(cuts)):
            text = escape(shown.text[start:end], quote=False)
            codes = [
                shown.codings[at].code for at in here if anchors[at].overlaps(Span(start, end))
            ]
            if codes:
                ground = tint(
                    [shown.codes[code].colours[dark] for code in codes], paper.tokens.paper
                )
                text = f'<span style="background-color:{ground};">{text}</span>'
            body += text
        made.append(body)
    font = f"font-family:'{paper.reading}'; font-size:{paper.px(15)}px; color:{colour};"
    return f'<span style="{font}">{"<br>".join(made)}</span>'


def _names(shown: CodedTranscript, here: Sequence[int], paper: Paper) -> str:
    made = []
    for at in here:
        coding = shown.codings[at]
        code = shown.codes[coding.code]
        bar = f'<span style="color:{code.colours[paper.tokens.dark]};">▌</span>'
        sign = f"<b>{coding.sign}</b> " if coding.sign else ""
        levels = ", ".join(coding.levels)
        more = (
            f'<br><span style="color:{paper.tokens.dim};">{escape(levels)}</span>' if levels else ""
        )
        made.append(f"<div>{bar}{sign}{escape(code.name)}{more}</div>")
    return "".join(made)
