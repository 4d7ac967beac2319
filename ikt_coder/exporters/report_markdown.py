"""A report as Markdown (GitHub's form, which pandoc and R Markdown read too)."""

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
from ikt_coder.exporters import markdown_table
from ikt_coder.exporters.labels import labels
from ikt_coder.exporters.markdown_table import held, inline, prose

# A line of answers: an empty quotation, which every reader of Markdown shows as a bar.
_ANSWER = ">"


def write(report: Report, stream: BinaryIO) -> None:
    """The blocks one after another, parted by empty lines."""
    parts = [[f"# {_flat(report.title)}"]]
    if report.subtitle:
        parts.append([prose(report.subtitle)])
    if not report.blocks:
        parts.append([prose(report.empty or labels(report.language).nothing)])
    parts += [_block(block) for block in report.blocks]
    stream.write("\n\n".join("\n".join(lines) for lines in parts).encode() + b"\n")


def _block(block: Block) -> list[str]:
    if isinstance(block, Heading):
        return [f"{'#' * (block.level + 1)} {_flat(block.text)}"]
    if isinstance(block, Paragraph):
        lead = "> " if block.voice is Voice.QUOTE else ""
        return [f"{lead}{line}" for line in _lines(block.runs)]
    if isinstance(block, BulletList):
        return [f"- {'<br>'.join(_lines(item))}" for item in block.items]
    if isinstance(block, AnswerSpace):
        asked = [prose(block.prompt), ""] if block.prompt else []
        return [*asked, *[_ANSWER] * block.lines]
    return markdown_table.lines(block)


def _lines(runs: tuple[Run, ...]) -> list[str]:
    """The lines of a paragraph; a line end within it stays one (two blanks before it)."""
    words = "".join(inline(run) for run in runs)
    return held(words).replace("\n", "  \n").split("\n")


def _flat(text: str) -> str:
    return inline(Run(" ".join(text.split())))
