"""A coded transcript as one web page: stripes and names beside the words, as on the desk.

The page needs no script and fetches nothing. A stripe covers the share of its paragraph that
its coding does; the tint and the lines under the words say exactly where it begins and ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import BinaryIO

from ikt_coder.core.coded_transcript import CodedTranscript, Part, PrintedCode, PrintedCoding
from ikt_coder.core.colour import DARK_PAPER, LIGHT_PAPER, blend, channels
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import FormatKind
from ikt_coder.core.words import Pattern
from ikt_coder.exporters.coded_docx import WITHHELD, remark
from ikt_coder.exporters.coded_style import STYLE
from ikt_coder.exporters.html_page import CLOSING, escaped, opening

_TINT, _CAP = 0.15, 0.45
_UNDERLINES = 3  # more would meet the next line of text
_REACH = 64  # code points: two stripes nearer than a line would touch in one lane
_QUOTED = 60


def write(transcript: CodedTranscript, stream: BinaryIO) -> None:
    """One page with the transcript, its codings beside it, and the codes at the end."""
    for piece in _Page(transcript).pieces():
        stream.write(piece.encode())


class _Page:
    def __init__(self, transcript: CodedTranscript) -> None:
        self.transcript = transcript
        self.anchors = transcript.anchors()
        self.order = sorted(
            range(len(self.anchors)), key=lambda at: (self.anchors[at].start, -self.anchors[at].end)
        )
        self.lanes: dict[int, int] = {}
        self.lane_count = self._take_lanes()
        self.blends: dict[tuple[int, ...], int] = {}
        self.formats = transcript.formats
        self.next = 0  # the first coding, in text order, that may reach the present line
        self.named = 0
        self.several = len({coding.coder for coding in transcript.codings}) > 1

    def pieces(self) -> Iterator[str]:
        shown = self.transcript
        body = [self._part(part, lines) for part, lines in self._parts()]
        # The looks of words under several codings are known when all words are written.
        yield opening(shown.title, shown.language, STYLE + self._rules())
        count = len(shown.codings)
        said = f"{shown.whose}: {count} coding{'' if count == 1 else 's'}."
        yield f'<h1 dir="auto">{escaped(shown.title)}</h1>\n'
        yield f'<p class="subtitle" dir="auto">{escaped(shown.subtitle)}</p>\n'
        for line in (said, *shown.notes):
            yield f'<p class="said" dir="auto">{escaped(line)}</p>\n'
        yield '<div class="transcript">\n'
        yield from body
        if not body:
            yield '<p class="said">This document holds no words.</p>\n'
        yield "</div>\n"
        if shown.codes:
            yield '<section class="codes">\n<h2>Codes</h2>\n<dl>\n'
            for at, code in enumerate(shown.codes):
                yield _legend_entry(at, code)
            yield "</dl>\n</section>\n"
        yield CLOSING

    def _parts(self) -> Iterable[tuple[Part, tuple[Span, ...]]]:
        return zip(self.transcript.parts, self.transcript.lines, strict=True)

    # -- words ------------------------------------------------------------------------------

    def _part(self, part: Part, lines: Sequence[Span]) -> str:
        speaker = f'<b dir="auto">{escaped(part.speaker)}</b>' if part.speaker else ""
        time = f"<time>{escaped(part.time)}</time>" if part.time else ""
        if part.withheld:
            words = f'<p class="withheld">{WITHHELD}</p>'
        else:
            words = "".join(self._line(line, part) for line in lines)
        kinds = "part asking" if part.asking else "part"
        return (
            f'<div class="{kinds}"><div class="who">{speaker}{time}</div>'
            f'<div class="words">{words}</div>'
            f'<div class="names">{self._names(lines)}</div></div>\n'
        )

    def _line(self, line: Span, part: Part) -> str:
        here = self._touching(line)
        formats = [one for one in self.formats if one.span.overlaps(line)]
        cuts = {line.start, line.end}
        for span in [one.span for one in formats] + [self.anchors[at] for at in here]:
            cuts.update((max(line.start, span.start), min(line.end, span.end)))
        body = ""
        for start, end in pairwise(sorted(cuts)):
            piece = Span(start, end)
            body += self._piece(
                piece,
                [at for at in here if self.anchors[at].overlaps(piece)],
                [one.kind for one in formats if one.span.overlaps(piece)],
            )
        stripes = "".join(self._stripe(at, line) for at in here)
        level = next(
            (min(3, max(1, one.level)) for one in formats if one.kind is FormatKind.HEADING), 0
        )
        look = f' class="heading h{level}"' if level and not part.speaker else ""
        return f'<div class="line"><p dir="auto"{look}>{body}</p>{stripes}</div>'

    def _touching(self, line: Span) -> list[int]:
        """The codings on a line, in text order; lines are asked for one after another."""
        while self.next < len(self.order):
            if self.anchors[self.order[self.next]].end > line.start:
                break
            self.next += 1
        found = []
        for at in self.order[self.next :]:
            if self.anchors[at].start >= line.end:
                break
            if self.anchors[at].overlaps(line):
                found.append(at)
        return found

    def _piece(self, piece: Span, here: Sequence[int], kinds: Iterable[FormatKind]) -> str:
        text = escaped(self.transcript.text[piece.start : piece.end])
        for kind, tag in (
            (FormatKind.UNDERLINE, "u"),
            (FormatKind.ITALIC, "i"),
            (FormatKind.BOLD, "b"),
        ):
            if kind in kinds:
                text = f"<{tag}>{text}</{tag}>"
        if not here:
            return text
        codes = tuple(self.transcript.codings[at].code for at in here)
        look = self.blends.setdefault(codes, len(self.blends))
        title = "\n".join(self._said(self.transcript.codings[at]) for at in here)
        return f'<span class="q b{look}" title="{escaped(title)}">{text}</span>'

    def _said(self, coding: PrintedCoding) -> str:
        """A coding in words, as a title shows it."""
        lines = remark(self.transcript, coding)
        who = f" ({coding.initials})" if self.several else ""
        return " · ".join((lines[0] + who, *lines[1:]))

    # -- margin -------------------------------------------------------------------------------

    def _take_lanes(self) -> int:
        """Give each coding the first lane that is free where it begins; returns how many."""
        busy: list[int] = []
        for at in self.order:
            span = self.anchors[at]
            free = next((lane for lane, until in enumerate(busy) if until <= span.start), len(busy))
            if free == len(busy):
                busy.append(0)
            busy[free] = span.end + _REACH
            self.lanes[at] = free
        return len(busy)

    def _stripe(self, at: int, line: Span) -> str:
        span, coding = self.anchors[at], self.transcript.codings[at]
        length = len(line)
        top = 100 * max(0, span.start - line.start) / length
        bottom = 100 * max(0, line.end - span.end) / length
        pattern = self.transcript.codes[coding.code].pattern
        return (
            f'<i class="stripe c{coding.code}{_pattern(pattern)}" aria-hidden="true"'
            f' title="{escaped(self._said(coding))}"'
            f' style="--lane:{self.lanes[at]};top:{top:.1f}%;bottom:{bottom:.1f}%"></i>'
        )

    def _names(self, lines: Sequence[Span]) -> str:
        """The codings that begin in a turn, each once."""
        made = ""
        if not lines:
            return made
        while self.named < len(self.order):
            at = self.order[self.named]
            if self.anchors[at].start >= lines[-1].end:
                break
            made += self._name(at)
            self.named += 1
        return f"<ul>{made}</ul>" if made else ""

    def _name(self, at: int) -> str:
        coding = self.transcript.codings[at]
        code = self.transcript.codes[coding.code]
        span = self.anchors[at]
        quoted = " ".join(self.transcript.text[span.start : span.end].split())
        if len(quoted) > _QUOTED:
            quoted = f"{quoted[:_QUOTED].rsplit(' ', 1)[0]}…"
        sign = ""
        if coding.sign:
            said = escaped(coding.direction)
            sign = f'<b class="sign" role="img" aria-label="{said}">{coding.sign}</b>'
        who = f' <small class="coder">{escaped(coding.initials)}</small>' if self.several else ""
        more = "; ".join((*coding.levels, *coding.details))
        about = f'<small dir="auto">{escaped(more)}</small>' if more else ""
        memo = (
            f'<small class="memo" dir="auto">{escaped(coding.memo)}</small>' if coding.memo else ""
        )
        return (
            f'<li title="{escaped(self._said(coding))}">'
            f'<i class="key c{coding.code}{_pattern(code.pattern)}" aria-hidden="true"></i>'
            f'<span class="sign-column">{sign}</span>'
            f'<span class="name"><span dir="auto">{escaped(code.name)}</span>{who}'
            f'<span class="unseen"> on “{escaped(quoted)}”</span>{about}{memo}</span></li>'
        )

    # -- looks --------------------------------------------------------------------------------

    def _rules(self) -> str:
        """The colours of the codes, and of words on which several lie, light and dark."""
        pitch = 8 if self.lane_count <= 10 else 5
        light = f":root {{ --lanes: {max(1, self.lane_count)}; --pitch: {pitch}px; }}\n"
        dark = ""
        for at, code in enumerate(self.transcript.codes):
            light += f":root {{ --k{at}: {code.colours[0]}; }} .c{at} {{ --k: var(--k{at}); }}\n"
            dark += f":root {{ --k{at}: {code.colours[1]}; }}\n"
        for codes, look in self.blends.items():
            looks = [self.transcript.codes[code].colours for code in codes]
            under = list(dict.fromkeys(codes))[:_UNDERLINES]
            lines = "".join(
                f"linear-gradient(var(--k{code}), var(--k{code})) 0 calc(100% - {3 * at}px)"
                "/100% 2px no-repeat, "
                for at, code in enumerate(reversed(under))
            )
            light += (
                f".b{look} {{ --t: {tint([one[0] for one in looks], LIGHT_PAPER)};"
                f" padding-bottom: {3 * len(under)}px; background: {lines}var(--t); }}\n"
            )
            dark += f".b{look} {{ --t: {tint([one[1] for one in looks], DARK_PAPER)}; }}\n"
        # Paper is light, whatever the screen is.
        return f"\n{light}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"


def _pattern(pattern: Pattern) -> str:
    return "" if pattern is Pattern.SOLID else f" {pattern.value}"


def tint(colours: Sequence[str], paper: str) -> str:
    """The mean of the colours, as strong as that many layers of a tint, at most the cap."""
    share = min(_CAP, 1 - (1 - _TINT) ** len(colours))
    sums = [sum(parts) / len(colours) for parts in zip(*map(channels, colours), strict=True)]
    mean = "#" + "".join(f"{round(part):02x}" for part in sums)
    return blend(mean, paper, share)


def _legend_entry(at: int, code: PrintedCode) -> str:
    told = [
        (lead, text) for lead, text in (("Use: ", code.include), ("Not: ", code.exclude)) if text
    ]
    lines = [f'<dd dir="auto">{escaped(code.definition)}</dd>'] if code.definition else []
    lines += [f'<dd dir="auto"><i>{lead}</i>{escaped(text)}</dd>' for lead, text in told]
    count = f"{code.codings} coding{'' if code.codings == 1 else 's'}"
    return (
        f'<div><dt><i class="key c{at}{_pattern(code.pattern)}" aria-hidden="true"></i>'
        f'<span dir="auto">{escaped(" / ".join(code.path))}</span> <small>{count}</small></dt>'
        f"{''.join(lines)}</div>\n"
    )
