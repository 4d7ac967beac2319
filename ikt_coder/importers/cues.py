"""Cues of subtitle files: their blocks, voice tags, and how they become one text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.core.frozen import frozen
from ikt_coder.core.transcript import TimeMark
from ikt_coder.importers.clock import cue_time
from ikt_coder.importers.protocol import Cue, RawText

GAP_MS = 2_000
"""A silence longer than this begins a new paragraph."""

LONG_ENOUGH = 300
"""A sentence end after so many characters begins a new paragraph."""

_ARROW = re.compile(r"^\s*([\d:.,]+)\s*-{1,2}>\s*([\d:.,]+)(?:\s.*)?$")
_NUMBERED_NAME = re.compile(r'\d+ "([^"\n]{1,80})" \(\d+\)$')  # Webex: 3 "Anna Berg" (1437)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>|<[\d:.]+>|\{\\[^}\n]*\}")
_SENTENCE_END = re.compile(r"[.!?…。！？؟][\"'”’»)\]]*$")


def parse_blocks(text: str, name: str, *, blank_ends: bool) -> tuple[list[Cue], int]:
    """The cues between the time lines of ``text``, and how many time lines were unreadable.

    ``blank_ends``: a blank line ends a cue (WebVTT); else only the next time line does
    (SubRip, whose writers let blank lines into a cue).
    """
    lines = text.split("\n")
    marks = [at for at, line in enumerate(lines) if "->" in line and _ARROW.match(line)]
    suspicious = sum("-->" in line for line in lines) - len(marks)
    cues: list[Cue] = []
    for here, after in pairwise([*marks, len(lines)]):
        match = _ARROW.match(lines[here])
        times = (cue_time(match.group(1)), cue_time(match.group(2))) if match else (None, None)
        start, end = times
        if start is None or end is None:
            suspicious += 1
            continue
        payload = lines[here + 1 : after]
        if blank_ends:
            payload = payload[: next((n for n, p in enumerate(payload) if not p.strip()), None)]
        elif after < len(lines):
            payload = _without_number(payload)
        numbered = _NUMBERED_NAME.match(lines[here - 1].strip()) if here else None
        named = numbered.group(1) if numbered else None
        cues.extend(_voices(payload, start, max(start, end), named))
    if not cues:
        raise UnreadableFile(
            f"“{name}” holds no timed lines that can be read; nothing was imported.",
            "See whether it is a subtitle file, or save it as .txt.",
        )
    return cues, suspicious


def _without_number(payload: list[str]) -> list[str]:
    """A cue's lines without the number of the cue that follows."""
    while payload and not payload[-1].strip():
        payload = payload[:-1]
    if payload and payload[-1].strip().isdigit() and (len(payload) == 1 or not payload[-2].strip()):
        payload = payload[:-1]
    return payload


def _voices(payload: Sequence[str], start: int, end: int, named: str | None) -> Iterator[Cue]:
    """One cue per voice tag; lines of one voice stay apart as lines."""
    text = "\n".join(line.strip() for line in payload if line.strip())
    if not text:
        return
    pieces = _VOICE.split(text)  # text before, name, text, name, text ...
    if bare(pieces[0]):
        yield Cue(start, end, bare(pieces[0]), named)
    for voice, words in zip(pieces[1::2], pieces[2::2], strict=True):
        if bare(words):
            yield Cue(start, end, bare(words), html.unescape(voice).strip() or None)


def bare(text: str) -> str:
    """Cue text without tags, with its character references resolved."""
    return html.unescape(_TAG.sub("", text)).replace("\x00", "").strip()


def without_rolling(cues: Sequence[Cue]) -> tuple[list[Cue], bool]:
    """Captions that roll show each line twice; the second showing is taken out.

    Only where at least three in ten cues begin with the line the last one ended with, so
    that a speaker's own repetition stays. Says whether anything was taken out.
    """
    rolled = 0
    for before, cue in pairwise(cues):
        rolled += before.text.split("\n")[-1] == cue.text.split("\n")[0]
    if len(cues) < 4 or rolled < 0.3 * len(cues) or not any("\n" in cue.text for cue in cues):
        return list(cues), False
    kept: list[Cue] = []
    shown: list[str] = []
    for cue in cues:
        lines = cue.text.split("\n")
        size = next(
            (n for n in range(min(len(lines), len(shown)), 0, -1) if shown[-n:] == lines[:n]), 0
        )
        shown = lines
        if lines[size:]:
            kept.append(replace(cue, text="\n".join(lines[size:])))
    return kept, True


@frozen
class Block:
    """Successive cues of one speaker as one paragraph of a text.

    ``start`` to ``end`` are its code points, ``words`` where they begin after the name.
    """

    start: int
    words: int
    end: int
    speaker: str | None
    start_ms: int


def render(
    cues: Sequence[Cue], *, join: bool
) -> tuple[str, tuple[Block, ...], tuple[TimeMark, ...]]:
    """The cues as a text: one paragraph per block, ``Name: words``.

    With ``join`` a block goes on until a gap over ``GAP_MS``, a sentence end after
    ``LONG_ENOUGH`` characters or another name; without, each cue is one. The marks say
    for each cue where in the text it begins.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    marks: list[TimeMark] = []
    at = 0
    last: Cue | None = None
    for cue in cues:
        words = " ".join(cue.text.split("\n"))
        goes_on = (
            join
            and last is not None
            and cue.speaker == last.speaker
            and cue.start_ms - last.end_ms <= GAP_MS
            and not (at - blocks[-1].words >= LONG_ENOUGH and _SENTENCE_END.search(parts[-1]))
        )
        if goes_on:
            parts.append(" ")
            at += 1
        else:
            if blocks:
                parts.append("\n")
                at += 1
            label = f"{cue.speaker}: " if cue.speaker else ""
            parts.append(label)
            blocks.append(Block(at, at + len(label), at, cue.speaker, cue.start_ms))
            at += len(label)
        marks.append(TimeMark(at, cue.start_ms))
        parts.append(words)
        at += len(words)
        blocks[-1] = replace(blocks[-1], end=at)
        last = cue
    return "".join(parts), tuple(blocks), tuple(marks)


def as_raw(cues: Sequence[Cue], warnings: Sequence[str] = ()) -> RawText:
    """The cues in the order of their times, with a first rendering as the text."""
    ordered = tuple(sorted(cues, key=lambda cue: cue.start_ms))
    return RawText(render(ordered, join=True)[0], cues=ordered, warnings=tuple(warnings))
