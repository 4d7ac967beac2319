"""Cues: the names some begin with, and the joined text with its turns and times."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ikt_coder.importers.cues import render
from ikt_coder.importers.given_names import take_given_names
from ikt_coder.importers.layout import Line, lines_of
from ikt_coder.importers.options import ImportOptions, Scheme
from ikt_coder.importers.protocol import Cue, RawText
from ikt_coder.importers.reading import Draft, Reading
from ikt_coder.importers.spellings import fold
from ikt_coder.importers.voting import ENOUGH, Votes, vote

_BEFORE_COLON = re.compile(r"[^\W\d_][^:：.,;!?…\"“”\n]{0,47}(?=[:：][ \u00a0])")
_MOST_WORDS = 4


def read_cues(raw: RawText, options: ImportOptions) -> Reading:
    """The cues joined to paragraphs; a name at the start of a cue's words is taken off and
    set before the paragraph, and a cue without one goes on with the last name."""
    nobody = options.scheme is Scheme.NONE
    denied = {fold(label) for label, speaker in options.speakers.items() if speaker is None}
    votes, cues = (Votes(), list(raw.cues)) if nobody else _named(raw.cues, options)
    cues = [
        replace(cue, speaker=None)
        if nobody or (cue.speaker and fold(cue.speaker) in denied)
        else cue
        for cue in cues
    ]
    text, blocks, marks = render(cues, join=options.join_cues)
    reading = Reading(Scheme.NONE if nobody else Scheme.CUES, text, votes=votes)
    reading.marks = list(marks)
    reading.turns = [
        Draft(block.start, block.end, block.words, block.speaker, block.start_ms)
        for block in blocks
        if block.end > block.start
    ]
    if nobody:
        reading.turns = []
    for cue in cues:
        if cue.speaker and fold(cue.speaker) not in votes.counts:
            key = fold(cue.speaker)
            votes.spelling.setdefault(key, cue.speaker)
            votes.accepted.add(key)
    reading.confidence = 0.95 if any(cue.speaker for cue in cues) else 0.8
    return reading


def _named(cues: Sequence[Cue], options: ImportOptions) -> tuple[Votes, list[Cue]]:
    texts = [cue.text if cue.speaker is None else "" for cue in cues]
    lines = lines_of("\n".join(texts))
    take_given_names(lines, _as_typed(lines))
    votes = vote(lines, options.speakers)
    if not votes.accepted:
        return votes, list(cues)
    named: list[Cue] = []
    last: str | None = None
    at = 0
    for cue, text in zip(cues, texts, strict=True):
        pieces: list[tuple[str | None, list[str]]] = []
        for line in text.split("\n"):
            label = votes.label_of(at, lines)
            head = lines[at].head
            at += 1
            if label is not None and head is not None:
                pieces.append((label, [line[head.words :]]))
            elif pieces:
                pieces[-1][1].append(line)
            else:
                pieces.append((None, [line]))
        if cue.speaker is not None:
            last = cue.speaker
            named.append(cue)
            continue
        for label, words in pieces:
            last = label or last
            spoken = "\n".join(word for word in words if word.strip())
            if spoken:
                named.append(replace(cue, text=spoken, speaker=last))
    return votes, named


def _as_typed(lines: Sequence[Line]) -> list[str]:
    """Names as people type them for a meeting, “tom bauer”, which the label rule leaves out.

    Only where half of the cues begin with a name, as meeting programs write them: else a turn
    of phrase could pass for one, and else the words would go to whoever spoke before.
    """
    full = [line for line in lines if not line.blank]
    named = sum(line.head is not None and line.head.label is not None for line in full)
    typed: Counter[str] = Counter()
    for line in full:
        if line.head is None or line.head.label is None:
            found = _BEFORE_COLON.match(line.text.strip())
            if found is not None and len(found.group().split()) <= _MOST_WORDS:
                typed[found.group()] += 1
    if named + typed.total() < 0.5 * len(full):
        return []
    return [name for name, count in typed.items() if count >= max(ENOUGH, 0.1 * len(full))]
