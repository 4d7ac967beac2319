"""Coded transcripts for tests of the writers, and how to read them back."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

from lxml import etree

from ikt_coder.core.coded_transcript import CodedTranscript, Part, PrintedCode, PrintedCoding
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import FormatKind, FormatRun
from ikt_coder.core.words import Pattern

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

TEXT = (
    "Talk of May 4 <draft>\n"
    "Interviewer: What got in the way?\n"
    "P01: Nobody told me 👩‍👩‍👧 a thing & I said “so”.\n\nThen e\u0301te\u0301 came.\n"
    "P02: שלום עולם, זה קשה.\n"
)


def parts(text: str = TEXT) -> tuple[Part, ...]:
    """Lines that begin with "Label: " are turns with all lines up to the next one."""
    heads = [*re.finditer(r"^(Interviewer|P\d\d): ", text, re.MULTILINE)]
    found = [Part(Span(0, heads[0].start()))] if heads and heads[0].start() else []
    for at, head in enumerate(heads):
        end = heads[at + 1].start() if at + 1 < len(heads) else len(text)
        name = head.group(1)
        found.append(Part(Span(head.end(), end), name, "00:04", name == "Interviewer"))
    return tuple(found)


def coding(span: Span, code: int = 0, sign: str = "−", memo: str = "") -> PrintedCoding:
    return PrintedCoding(
        span,
        code,
        sign,
        "barrier" if sign else "",
        ("Individual", "Interpersonal"),
        ("unsure",),
        memo,
        "Amara Okafor",
        "AO",
        datetime(2026, 5, 4, 12, tzinfo=UTC),
    )


def transcript(
    codings: Sequence[PrintedCoding], text: str = TEXT, made: tuple[Part, ...] | None = None
) -> CodedTranscript:
    codes = (
        PrintedCode(
            "Clear <role> & task",
            ("Work", "Clear <role> & task"),
            "What the part is.",
            "A task is named.",
            "",
            ("#3050bb", "#506ec1"),
            Pattern.SOLID,
            1,
        ),
        PrintedCode("Time", ("Time",), "", "", "", ("#cf7701", "#fb9f44"), Pattern.DASHED, 1),
    )
    return CodedTranscript(
        title="Talk <1>",
        subtitle="Study · 4 May 2026",
        whose="Codings by Amara Okafor (AO)",
        text=text,
        parts=parts(text) if made is None else made,
        codes=codes,
        codings=tuple(codings),
        formats=(FormatRun(Span(0, 21), FormatKind.HEADING, 1),) if text is TEXT else (),
        notes=("P02 may be paraphrased but not quoted.",),
    )


def printed(shown: CodedTranscript, span: Span) -> str:
    """The words of a span that are printed: without labels, line ends and blank lines."""
    lines = [line for lines in shown.lines for line in lines]
    return "".join(
        shown.text[max(span.start, line.start) : min(span.end, line.end)]
        for line in lines
        if line.overlaps(span)
    )


def part_of(packed: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        return etree.fromstring(archive.read(name))


def commented(packed: bytes) -> dict[int, str]:
    """The words each comment stands on, without the labels of turns."""
    ranges: dict[int, str] = {}
    opened: set[int] = set()
    for paragraph in part_of(packed, "word/document.xml").iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = style.get(f"{W}val") if style is not None else ""
        label = name in ("Turn", "TurnMore")  # what stands before the tab
        for element in paragraph.iter():
            if element.tag == f"{W}commentRangeStart":
                opened.add(int(element.get(f"{W}id")))
                ranges.setdefault(int(element.get(f"{W}id")), "")
            elif element.tag == f"{W}commentRangeEnd":
                opened.remove(int(element.get(f"{W}id")))
            elif element.tag == f"{W}tab" and label and element.getparent().tag == f"{W}r":
                label = False
            elif element.tag == f"{W}t" and not label and name != "TurnSpeaker":
                for key in opened:
                    ranges[key] += element.text or ""
    assert not opened
    return ranges


def remarks(packed: bytes) -> dict[int, list[str]]:
    """What each comment says, paragraph by paragraph."""
    return {
        int(comment.get(f"{W}id")): [
            "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
            for paragraph in comment.iter(f"{W}p")
        ]
        for comment in part_of(packed, "word/comments.xml").iter(f"{W}comment")
    }
