"""A coded transcript as a Word document: one comment per coding, on exactly its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import BinaryIO

from ikt_coder.core.coded_transcript import CodedTranscript, Part, PrintedCoding
from ikt_coder.core.span import Span
from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.core.transcript import FormatKind
from ikt_coder.exporters import docx_table
from ikt_coder.exporters.cell_text import clean, is_right_to_left
from ikt_coder.exporters.column_widths import text_width
from ikt_coder.exporters.docx_file import MARGIN, Comment, Style, page_size, save, section
from ikt_coder.exporters.docx_markup import TWIPS, escaped_text, paragraph
from ikt_coder.exporters.report_docx import styles as report_styles

# A column for the speakers, where all of their names and times fit into it; else each stands
# on a line of its own above the words. In inches.
_COLUMN = 1.25
WITHHELD = "[words left out of analysis]"

_SMALL = '<w:sz w:val="18"/><w:szCs w:val="18"/>'
_DIM = '<w:color w:val="595959"/>'


def write(transcript: CodedTranscript, stream: BinaryIO) -> None:
    """The transcript, its comments, and the codes with their definitions at the end."""
    save(
        _Body(transcript).markup(),
        stream,
        title=transcript.title,
        language=transcript.language,
        styles=_styles(),
        header=transcript.title,
        comments=_comments(transcript),
    )


def remark(transcript: CodedTranscript, coding: PrintedCoding) -> tuple[str, ...]:
    """What a comment says: sign and code; direction, levels and the rest; the memo."""
    code = transcript.codes[coding.code]
    first = f"{coding.sign} {code.name}".strip()
    more = [coding.direction] if coding.direction else []
    if coding.levels:
        more.append(
            f"{'levels' if len(coding.levels) > 1 else 'level'}: {', '.join(coding.levels)}"
        )
    more += coding.details
    lines = [first, "; ".join(more), *coding.memo.split("\n")]
    return tuple(line for line in lines if line.strip())


def _comments(transcript: CodedTranscript) -> list[Comment]:
    if not any(transcript.lines):
        return []  # no words are printed, so nothing for a comment to stand on
    return [
        Comment(
            key,
            coding.coder,
            coding.initials,
            remark(transcript, coding),
            coding.created,
        )
        for key, coding in enumerate(transcript.codings)
    ]


class _Body:
    """The markup of the document's body."""

    def __init__(self, transcript: CodedTranscript) -> None:
        self.transcript = transcript
        self.anchors = transcript.anchors()
        # Where comments begin and end, as (position, key), in text order.
        self.opens = sorted((span.start, -span.end, key) for key, span in enumerate(self.anchors))
        self.ends = sorted((span.end, key) for key, span in enumerate(self.anchors) if len(span))
        self.opened = self.ended = 0
        self.formats = sorted(transcript.formats, key=lambda one: one.span.start)
        self.beside = all(
            text_width(f"{part.speaker}  {part.time}") <= _COLUMN for part in transcript.parts
        )

    def markup(self) -> str:
        shown = self.transcript
        blocks = [
            paragraph((Run(shown.title),), "Title"),
            paragraph((Run(shown.subtitle),), "Subtitle"),
        ]
        count = len(shown.codings)
        said = f"{shown.whose}: {count} coding{'' if count == 1 else 's'} as comments."
        blocks += [paragraph((Run(one),), "ReportNote") for one in (said, *shown.notes)]
        for part, lines in zip(shown.parts, shown.lines, strict=True):
            blocks += self._part(part, lines)
        if not shown.parts:
            blocks.append(paragraph((Run("This document holds no words.", italic=True),), "Turn"))
        if shown.codes:
            blocks.append(paragraph((Run("Codes"),), "Heading1", page_break=True))
            blocks += docx_table.whole(legend(shown), page_size(shown.language)[0] - 2 * MARGIN)
        return "".join(blocks) + section(shown.language)

    def _part(self, part: Part, lines: Sequence[Span]) -> Iterator[str]:
        turn = bool(part.speaker or part.time)
        if part.withheld:
            words = f"<w:r><w:rPr><w:i/><w:iCs/>{_DIM}</w:rPr><w:t>{WITHHELD}</w:t></w:r>"
            yield from self._turn(part, [words], turned=False)
            return
        if not lines:
            if turn:
                yield from self._turn(part, [""], turned=False)
            return
        if turn:
            turned = is_right_to_left(self.transcript.text[lines[0].start : lines[-1].end])
            yield from self._turn(part, [self._words(line, part) for line in lines], turned)
            return
        for line in lines:
            text = self.transcript.text[line.start : line.end]
            level = self._heading(line)
            style = f"Heading{level}" if level else "Between"
            bidi = "<w:bidi/>" if is_right_to_left(text) else ""
            yield _paragraph(style, bidi, self._words(line, part))

    def _turn(self, part: Part, lines: Sequence[str], turned: bool) -> Iterator[str]:
        """The lines of a turn, its speaker beside or above the first."""
        bidi = "<w:bidi/>" if turned else ""
        label = _label(part)
        if not self.beside:
            yield _paragraph("TurnSpeaker", bidi, label)
            for words in lines:
                yield _paragraph("TurnBelow", bidi, words)
            return
        for at, words in enumerate(lines):
            before = label if at == 0 else ""
            yield _paragraph("Turn" if at == 0 else "TurnMore", bidi, f"{before}{_TAB}{words}")

    def _heading(self, line: Span) -> int:
        for one in self.formats:
            if one.kind is FormatKind.HEADING and one.span.overlaps(line):
                return min(3, max(1, one.level))
        return 0

    def _words(self, line: Span, part: Part) -> str:
        """One line as runs, parted where a comment begins or ends or the look changes."""
        formats = [one for one in self.formats if one.span.overlaps(line)]
        cuts = {line.start, line.end}
        for one in formats:
            cuts.update((max(line.start, one.span.start), min(line.end, one.span.end)))
        first_open, first_end = self.opened, self.ended
        while first_open < len(self.opens) and self.opens[first_open][0] < line.end:
            cuts.add(max(line.start, self.opens[first_open][0]))
            first_open += 1
        while first_end < len(self.ends) and self.ends[first_end][0] <= line.end:
            cuts.add(max(line.start, self.ends[first_end][0]))
            first_end += 1
        turned = is_right_to_left(self.transcript.text[line.start : line.end])
        made: list[str] = []
        points = sorted(cuts)
        for start, end in pairwise(points):
            made += self._marks_at(start)
            look = _look([one.kind for one in formats if one.span.overlaps(Span(start, end))], part)
            made.append(_run(self.transcript.text[start:end], look, turned))
        made += self._marks_at(line.end)
        return "".join(made)

    def _marks_at(self, at: int) -> Iterator[str]:
        """The marks of comments at a position: first those that end, then those that begin."""
        while self.ended < len(self.ends) and self.ends[self.ended][0] <= at:
            yield _end(self.ends[self.ended][1])
            self.ended += 1
        while self.opened < len(self.opens) and self.opens[self.opened][0] <= at:
            _, _, key = self.opens[self.opened]
            yield f'<w:commentRangeStart w:id="{key}"/>'
            if not len(self.anchors[key]):  # a label alone: a place without words
                yield _end(key)
            self.opened += 1


_TAB = "<w:r><w:tab/></w:r>"


def _end(key: int) -> str:
    reference = f'<w:r><w:rPr>{_SMALL}</w:rPr><w:commentReference w:id="{key}"/></w:r>'
    return f'<w:commentRangeEnd w:id="{key}"/>{reference}'


def _paragraph(style: str, properties: str, body: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{body}</w:p>'


def _label(part: Part) -> str:
    runs = []
    if part.speaker:
        weight = "" if part.asking else "<w:b/><w:bCs/>"
        runs.append(_run(part.speaker, f"{weight}{_SMALL}", is_right_to_left(part.speaker)))
    if part.time:
        gap = "  " if part.speaker else ""
        runs.append(_run(f"{gap}{part.time}", f"{_DIM}{_SMALL}", turned=False))
    return "".join(runs)


def _look(kinds: Iterable[FormatKind], part: Part) -> str:
    wanted = set(kinds)
    look = ""
    if FormatKind.BOLD in wanted or (FormatKind.HEADING in wanted and part.speaker):
        look += "<w:b/><w:bCs/>"
    if FormatKind.ITALIC in wanted:
        look += "<w:i/><w:iCs/>"
    if part.asking:
        look += _DIM
    if FormatKind.UNDERLINE in wanted:
        look += '<w:u w:val="single"/>'
    return look


def _run(text: str, look: str, turned: bool) -> str:
    """A run; a piece without letters takes the direction of its line."""
    body = escaped_text(clean(text))
    if not body:
        return ""
    right = is_right_to_left(text) or (turned and not any(sign.isalpha() for sign in text))
    return f"<w:r><w:rPr>{look}{'<w:rtl/>' if right else ''}</w:rPr>{body}</w:r>"


def legend(transcript: CodedTranscript) -> Table:
    """The codes that were used, with their definitions."""
    rows = []
    for code in transcript.codes:
        more = [("Use: ", code.include), ("Not: ", code.exclude)]
        definition: list[tuple[Run, ...]] = [(Run(code.definition),)] if code.definition else []
        definition += ((Run(lead, italic=True), Run(text)) for lead, text in more if text)
        rows.append((cell(" / ".join(code.path)), Cell(tuple(definition)), number(code.codings)))
    return Table(
        title="",
        columns=(
            Column((Run("Code"),), width=1.4),
            Column((Run("Definition"),), width=3.2),
            Column((Run("Codings"),), Align.RIGHT, 0.6),
        ),
        rows=tuple(rows),
        number=0,
        language=transcript.language,
        description="The codes used in this transcript with their definitions.",
    )


def _styles() -> tuple[Style, ...]:
    column = round(_COLUMN * TWIPS) + 100
    text = '<w:sz w:val="22"/><w:szCs w:val="22"/>'
    tabs = f'<w:tabs><w:tab w:val="left" w:pos="{column}"/></w:tabs>'
    line = 'w:line="288" w:lineRule="auto"'
    return (
        *report_styles(compact=False),
        Style(
            "Turn",
            "Turn",
            paragraph=f'{tabs}<w:spacing w:before="120" w:after="40" {line}/>'
            f'<w:ind w:left="{column}" w:hanging="{column}"/>',
            run=text,
        ),
        Style(
            "TurnMore", "Turn Continued", "Turn", f'<w:spacing w:before="0" w:after="40" {line}/>'
        ),
        Style(
            "TurnSpeaker",
            "Turn Speaker",
            paragraph='<w:keepNext/><w:spacing w:before="160" w:after="0"/>',
            run=text,
        ),
        Style("TurnBelow", "Turn Below", paragraph=f'<w:spacing w:after="40" {line}/>', run=text),
        Style(
            "Between",
            "Between Turns",
            paragraph=f'<w:spacing w:before="120" w:after="80" {line}/>',
            run=text,
        ),
        Style(
            "CommentText",
            "annotation text",
            run='<w:sz w:val="20"/><w:szCs w:val="20"/>',
        ),
    )
