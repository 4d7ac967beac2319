"""The label rule: what at the start of a line may name a speaker."""

from __future__ import annotations

import re
from enum import StrEnum

from ikt_coder.core.frozen import frozen
from ikt_coder.importers.clock import Stamp, stamp_at
from ikt_coder.importers.rolewords import is_role_word


class Form(StrEnum):
    """How a label is set off from the words."""

    COLON = "colon"  # Name: words
    BRACKET = "bracket"  # [name] words
    ANGLE = "angle"  # Name> words
    TAB = "tab"  # Name<tab>words
    POINT = "point"  # Name.- words
    TIME = "time"  # Name 0:32, Name (00:02):; words below or behind
    TIME_FIRST = "time first"  # 00:02 Name; words below
    ALONE = "alone"  # a name on a line beside a line that is only a time


@frozen
class Head:
    """The beginning of a line: its label and time. Positions are within the line.

    ``start`` is its first character that is not white space, ``words`` where speech begins.
    """

    start: int
    words: int
    label: str | None = None
    label_end: int = 0
    form: Form | None = None
    time: Stamp | None = None

    @property
    def time_only(self) -> bool:
        return self.time is not None and self.label is None


_STOP = r":：\[\]<>{}|#=–—\n"
_MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_NAME = rf"[{_MARKS}]*[^\W\d_](?:[^\t\"“”„«»{_STOP}]{{0,48}}[^\s{_STOP}])?"
_COLON = re.compile(rf"({_NAME})[ \u00a0]*[:：](?![/\d\\])")
_BEFORE_TIME = re.compile(
    rf"({_NAME})(?:[ \u00a0]*(?:(?<!\d)[:：][ \t\u00a0]*|[:：][ \t\u00a0]+|[:：](?=[\[(]))"
    r"|[ \t\u00a0]*[|,–—-][ \t\u00a0]*|[ \t\u00a0]+|(?=[\[(]))(?=[\[(]?\d{1,3}:\d{2})"
)
_BRACKET = re.compile(r"\[([^\[\]:\n]{1,40})\][ \t]*:?")
_ANGLE = re.compile(rf"<?({_NAME})>(?=\s|$)")
_TAB = re.compile(rf"({_NAME})[ ]*\t+")
_POINT = re.compile(rf"({_NAME})\.[-–—]+(?=\s|$)")
_CODE_POINT = re.compile(r"([A-Z]{1,3}\d{0,2})\.[ \t\u00a0]+(?=\S)")
_LEAD = re.compile(r"(?:\d{1,5}[.)]?|[-–—•])[ \t\u00a0]+(?=[^\s\d])")
_TRAILING = " \t\u00a0-–—,;|" + _MARKS
_SPACE = re.compile(r"[ \t\u00a0]*")
_DASH = re.compile(r"[ \t\u00a0]*(?:[-–—|=][ \t\u00a0]+)?")

_PARTICLES = frozenset(
    (
        "von", "van", "de", "der", "den", "del", "della", "di", "da", "dos", "das", "du", "la",
        "le", "el", "al", "bin", "ibn", "ben", "ter", "ten", "zu", "y", "e", "of", "and", "und",
        "et",
    )
)  # fmt: skip
_NOT_NAMES = frozenset(
    (
        "note", "notes", "n.b", "nb", "p.s", "ps", "date", "time", "start", "end", "duration",
        "length", "location", "place", "setting", "title", "topic", "source", "file", "recording",
        "transcript", "transcription", "transcribed", "transcriber", "abstract", "summary",
        "introduction", "conclusion", "keywords", "project", "interview", "name", "age", "gender",
        "sex", "occupation", "profession", "version", "page", "chapter", "section", "table",
        "figure", "example", "e.g", "i.e", "http", "https", "www", "ftp", "mailto", "email",
        "tel", "phone", "fax", "url", "doi", "isbn", "kind", "language", "key", "legend", "re",
        "then", "so", "and", "but", "yes", "no", "well", "also", "now", "first", "second", "third",
        "finally", "however", "remember", "listen", "look", "ok", "okay", "important",
        "fw", "fwd", "cc", "to", "from", "datum", "zeit", "ort", "dauer", "beispiel", "anmerkung",
        "thema", "titel", "quelle", "data", "ora", "luogo", "esempio", "nota", "fecha", "hora",
        "lugar", "ejemplo", "tema", "lieu", "durée", "exemple", "remarque", "titre",
    )
)  # fmt: skip
_CODE = re.compile(r"[A-ZÀ-ÞΑ-Ω]{1,6}[-_. ]?\d{0,4}[A-Za-z]?\d{0,3}\.?$")
_WORD_END = re.compile(r"[.!?,;…]$")


def is_particular(key: str) -> bool:
    """Whether a key is that of a particular of the talk: “Date”, “Place of interview”."""
    words = key.casefold().split()
    return bool(words) and (words[0].rstrip(".") in _NOT_NAMES or key.casefold() in _NOT_NAMES)


def plausible(label: str, *, strict: bool = False) -> bool:
    """Whether a label could name a speaker: one to four words, or a short code.

    Words of a name begin with a capital (scripts without capitals pass) or are small
    words such as “van”, unless the whole is one word or a role. ``strict``: a single word
    must have its capital, too.
    """
    if not any(character.isalpha() for character in label) or len(label) > 48:
        return False
    if _CODE.match(label):
        return True
    bare = re.sub(r"\([^()]*\)", "", label).strip()
    words = bare.split()
    if not 1 <= len(words) <= 4 or label.casefold().rstrip(".") in _NOT_NAMES:
        return False
    if is_role_word(bare):
        return True
    if len(words) <= 3 and is_role_word(re.sub(r"\s*\d+$", "", bare).split(" ")[-1]):
        return words[0].casefold() not in ("the", "a", "an", "my", "our", "your", "and", "to")
    shortened = len(words) > 1 and len(words[-1]) <= 4 and words[-1].endswith(".")
    if _WORD_END.search(bare) and not shortened:
        return False
    if any(mark in bare for mark in ",;!?…"):
        return False
    # Not “iPhone”: meeting programs name people after their devices, “iPhone von Tom”.
    small = [
        word
        for word in words
        if word[:1].islower() and word == word.lower() and word not in _PARTICLES
    ]
    if strict or len(words) > 1:
        return not small
    return True


def read_head(line: str) -> Head | None:
    """The label and time a line begins with; None where there is neither."""
    start = at = _past(_SPACE, line, 0)
    if at >= len(line):
        return None
    time = stamp_at(line, at)
    if time is not None:
        at = _past(_DASH, line, time.end)
    head = _named(line, start, at, time)
    if head is None and time is None:  # a paragraph's number or a bullet before the name
        lead = _LEAD.match(line, at)
        head = _named(line, start, lead.end(), None) if lead else None
    if head is not None:
        return head
    if time is None:
        return None
    return Head(start, at, time=time)


def _past(pattern: re.Pattern[str], line: str, at: int) -> int:
    match = pattern.match(line, at)
    return match.end() if match else at


def _named(line: str, start: int, at: int, time: Stamp | None) -> Head | None:
    if time is None:
        found = _BEFORE_TIME.match(line, at)
        if found:
            head = _name_and_time(line, start, found)
            if head is not None:
                return head
    for pattern, form in (
        (_COLON, Form.COLON),
        (_BRACKET, Form.BRACKET),
        (_ANGLE, Form.ANGLE),
        (_POINT, Form.POINT),
        (_CODE_POINT, Form.POINT),
        (_TAB, Form.TAB),
    ):
        match = pattern.match(line, at)
        if match is None:
            continue
        label = match.group(1).strip().strip(_MARKS).strip()
        if not plausible(label):
            continue
        words = _past(_SPACE, line, match.end())
        if form is Form.TAB and words >= len(line):
            continue
        if time is None and words < len(line):
            after = stamp_at(line, words)
            if after is not None and (after.fenced or form is not Form.TAB):
                rest = _past(_DASH, line, after.end)
                if line[rest : rest + 1] == ":":
                    rest = _past(_SPACE, line, rest + 1)
                return Head(start, rest, label, match.end(1), Form.TIME, after)
        return Head(start, words, label, match.end(1), form, time)
    alone = line[at:].strip()
    if time is not None and alone and plausible(alone, strict=True):
        return Head(start, len(line), alone, at + len(alone), Form.TIME_FIRST, time)
    return None


def _name_and_time(line: str, start: int, found: re.Match[str]) -> Head | None:
    """``Name 0:32`` alone on a line, ``Name (00:02): words``, ``Name [00:02] words``."""
    label = found.group(1).lstrip(_MARKS).rstrip(_TRAILING)
    time = stamp_at(line, found.end())
    if time is None or not plausible(label, strict=True):
        return None
    after = _past(_SPACE, line, time.end)
    colon = line[after : after + 1] in (":", "：")
    if colon:
        after = _past(_SPACE, line, after + 1)
    if after < len(line) and not (time.fenced or colon):
        return None  # “Meeting at 10:30 was …” is speech
    return Head(start, after, label, found.end(1), Form.TIME, time)
