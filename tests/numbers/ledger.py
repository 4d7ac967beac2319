"""A study on paper: what was coded where, and every count of it by the plain words of the method.

Nothing here knows the program. Each count looks at all codings again, sign by sign where need
be, so that it can be slow and easily seen to be right.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

CONSENSUS = ""
"""The coder of a coding that was agreed upon."""

Code = tuple[str, ...]
"""A code by its path."""

CODES: tuple[Code, ...] = (
    ("Trust",),
    ("Trust", "Earned"),
    ("Trust", "Earned", "By phone"),
    ("Trust", "Lost"),
    ("Time",),
    ("Time", "Late"),
    ("Unused",),
)
TDF = "Theoretical Domains Framework, version 2"
DOMAINS: tuple[Code, ...] = ((TDF, "Knowledge"), (TDF, "Emotion"))
CODERS = ("Amara Okafor", "Bo Lindqvist", "Cai Nobody")
LEVELS = ("Micro", "Meso", "Macro")
DIRECTIONS = ("barrier", "facilitator", "mixed", "neutral", None)


@dataclass(frozen=True)
class Mark:
    """A coding; ``coder`` is a name or CONSENSUS."""

    document: str
    start: int
    end: int
    code: Code
    coder: str
    direction: str | None = None
    levels: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Idea:
    """A theme: the codes that were gathered in it with their sub-codes, and whether it was set
    aside."""

    name: str
    parent: str | None
    codes: tuple[Code, ...]
    aside: bool = False

    def holds(self, mark: Mark) -> bool:
        return any(mark.code[: len(code)] == code for code in self.codes)


@dataclass(frozen=True)
class Count:
    references: int
    passages: int
    participants: int


def _talk(*turns: str) -> str:
    return "".join(f"{turn}\n" for turn in turns)


TEXTS = {
    "Alpha": _talk(
        "Interviewer: What made it feel possible to take part in this study at all?",
        "P01: She phoned me before the third meeting. She went through the slides with me.",
        "P02: I came late, and the meetings were always at two, as nobody had asked.",
        "Interviewer: And what got in the way?",
        "P01: Nobody had explained how a study is put together, or what a partner does.",
    ),
    "Beta": _talk(
        "Interviewer: So how was it?",
        "P02: It was fine, and then it was not, because the letters came after the day itself.",
        "P03: For me it was the other way round. I had the letters and no day to go with them.",
        "Interviewer: And later on, was there anything that you would have liked to have?",
    ),
    "Gamma": _talk("P04: Alone with a form of forty pages. 😀 Ça va, e\u0301t then it was over."),
    "Delta": _talk("Interviewer: Well?", "P05: I would rather not have said any of this today."),
    "Epsilon": _talk(
        "P01: Once more from the start, then, since we never came to the end of it.",
        "P06: I only came to carry the chairs, and they made me a partner of the study.",
    ),
    "Zeta": _talk("P07: Nobody said whose codings of this one count, so that none of them do."),
}
GROUPS = {"P01": "patient", "P02": "patient", "P03": "carer", "P04": "carer", "P06": "staff"}


@dataclass(frozen=True)
class Turn:
    start: int
    words: int
    end: int
    speaker: str


@dataclass
class Ledger:
    """Everything that was coded, and whose codings count."""

    marks: list[Mark]
    texts: dict[str, str] = field(default_factory=lambda: dict(TEXTS))
    leads: dict[str, str] = field(
        default_factory=lambda: {
            "Alpha": CODERS[0],
            "Beta": CODERS[1],
            "Gamma": CODERS[0],
            "Delta": CODERS[0],
            "Epsilon": CODERS[0],
        }
    )
    coded: frozenset[str] = frozenset({"Alpha", "Beta", "Delta", "Epsilon", "Zeta"})
    left_out: frozenset[str] = frozenset({"P03", "P05"})
    ideas: tuple[Idea, ...] = (
        Idea("Trust comes first", None, (("Trust",), ("Time", "Late"))),
        Idea("Someone phones", "Trust comes first", (("Trust", "Earned"), ("Trust",))),
        Idea("Given up", "Trust comes first", (("Time",),), aside=True),
        Idea("Lost again", None, (("Trust", "Lost"), ("Trust", "Earned", "By phone"))),
        Idea("Nothing yet", None, ()),
        Idea("Never met", None, (("Unused",),)),
    )

    # -- whose words, and whose codings ------------------------------------------------------

    def turns(self, document: str) -> list[Turn]:
        turns, at = [], 0
        for line in self.texts[document].splitlines(keepends=True):
            label, _ = line.split(": ", 1)
            turns.append(Turn(at, at + len(label) + 2, at + len(line), label))
            at += len(line)
        return turns

    def speakers(self, document: str) -> set[str]:
        """The participants of a document."""
        return {turn.speaker for turn in self.turns(document)} - {"Interviewer"}

    def said_by(self, mark: Mark) -> set[str]:
        """The participants whose turns a coding touches, left out or not."""
        return {
            turn.speaker
            for turn in self.turns(mark.document)
            if mark.start < turn.end and mark.end > turn.words and turn.speaker != "Interviewer"
        }

    def people(self, mark: Mark) -> set[str]:
        return self.said_by(mark) - self.left_out

    def documents(self) -> list[str]:
        """Those that are in any table: not all of their participants were left out."""
        return [name for name in self.texts if self.speakers(name) - self.left_out]

    def whose(self, document: str) -> str | None:
        """Whose codings of a document count; None where nothing was chosen."""
        if any(m.document == document and m.coder == CONSENSUS for m in self.marks):
            return CONSENSUS
        return self.leads.get(document)

    def layer(self) -> list[Mark]:
        """The codings that count."""
        return [
            mark
            for mark in self.marks
            if mark.document in self.documents()
            and mark.coder == self.whose(mark.document)
            and (self.people(mark) or not self.said_by(mark))
        ]

    def n(self) -> int:
        """N: participants of documents marked coded in the layer."""
        return len(
            {
                person
                for name in self.documents()
                if name in self.coded and self.whose(name) is not None
                for person in self.speakers(name) - self.left_out
            }
        )

    # -- counting ----------------------------------------------------------------------------

    @staticmethod
    def references(marks: Sequence[Mark]) -> int:
        return len(marks)

    @staticmethod
    def united(marks: Iterable[Mark]) -> list[tuple[str, int, int]]:
        """Passages: spans of a document are taken together while any two touch or overlap."""
        spans = [(mark.document, mark.start, mark.end) for mark in marks]
        while True:
            for at, one in enumerate(spans):
                for other in spans[at + 1 :]:
                    if one[0] == other[0] and one[1] <= other[2] and other[1] <= one[2]:
                        spans.remove(one)
                        spans.remove(other)
                        spans.append((one[0], min(one[1], other[1]), max(one[2], other[2])))
                        break
                else:
                    continue
                break
            else:
                return spans

    def passages(self, marks: Iterable[Mark]) -> int:
        return len(self.united(marks))

    def participants(self, marks: Iterable[Mark]) -> int:
        return len({person for mark in marks for person in self.people(mark)})

    def count(self, marks: Sequence[Mark]) -> Count:
        return Count(len(marks), self.passages(marks), self.participants(marks))

    # -- codes and themes --------------------------------------------------------------------

    @staticmethod
    def of_code(marks: Iterable[Mark], code: Code, *, below: bool = False) -> list[Mark]:
        return [m for m in marks if m.code == code or (below and m.code[: len(code)] == code)]

    def of_idea(self, name: str, *, below: bool = True) -> list[Mark]:
        """The codings of a theme, with those of its sub-themes that were not set aside."""
        idea = next(one for one in self.ideas if one.name == name)
        parts = [idea]
        if below:
            parts += [one for one in self.ideas if one.parent == name and not one.aside]
        return [mark for mark in self.layer() if any(one.holds(mark) for one in parts)]

    def both_directions(self, marks: Sequence[Mark]) -> int:
        """Participants with a barrier and a facilitator, or with a mixed passage."""

        def who(direction: str) -> set[str]:
            return {p for m in marks if m.direction == direction for p in self.people(m)}

        return len((who("barrier") & who("facilitator")) | who("mixed"))

    def on_passages(self, marks: Sequence[Mark]) -> list[tuple[Mark, set[str]]]:
        """Codings of the theme, and those that share at least half of the shorter span with
        one of its passages; each with the participants whose words stand in both."""
        found = [(mark, self.people(mark)) for mark in marks]
        for document, start, end in self.united(marks):
            passage = Mark(document, start, end, (), "")
            for mark in self.layer():
                shared = min(mark.end, end) - max(mark.start, start)
                shorter = min(mark.end - mark.start, end - start)
                if mark.document == document and mark not in marks and 2 * shared >= shorter > 0:
                    found.append((mark, self.people(mark) & self.people(passage)))
        return found

    def domains(self, marks: Sequence[Mark]) -> dict[str, int]:
        """n participants of each domain on the passages of a theme."""
        people: dict[str, set[str]] = {}
        for mark, who in self.on_passages(marks):
            if mark.code[0] == TDF:
                people.setdefault(mark.code[1], set()).update(who)
        return {name: len(who) for name, who in people.items()}

    def levels(self, marks: Sequence[Mark]) -> dict[str, int]:
        """n participants of each level; a coding on two counts once in each."""
        people: dict[str, set[str]] = {}
        for mark, who in self.on_passages(marks):
            for level in mark.levels:
                people.setdefault(level, set()).update(who)
        return {name: len(who) for name, who in people.items()}

    def shared(self, one: Code, other: Code) -> list[tuple[str, int, int]]:
        """The longest pieces of each document on which both codes stand, sign by sign."""
        pieces = []
        for document, text in self.texts.items():
            here = [m for m in self.layer() if m.document == document]
            begun: int | None = None
            for at in range(len(text) + 1):
                both = all(
                    any(m.code == code and m.start <= at < m.end for m in here)
                    for code in (one, other)
                )
                if both and begun is None:
                    begun = at
                elif not both and begun is not None:
                    pieces.append((document, begun, at))
                    begun = None
        return pieces


def ledger(seed: int) -> Ledger:
    """A study of about 150 codings at random places, and the awkward ones by hand."""
    dice = random.Random(seed)
    marks: dict[tuple[object, ...], Mark] = {}

    def put(mark: Mark) -> None:
        marks.setdefault((mark.document, mark.start, mark.end, mark.code, mark.coder), mark)

    by_hand(put)
    for document, text in TEXTS.items():
        words = [(found.start(), found.end()) for found in re.finditer(r"\S+", text)]
        coders = [*CODERS[:2], *([CONSENSUS] if document == "Epsilon" else [])]
        for coder in coders:
            if document == "Zeta" and coder == CODERS[0]:
                continue
            for _ in range(14):
                first = dice.randrange(len(words))
                last = min(len(words) - 1, first + dice.randrange(12))
                put(
                    Mark(
                        document,
                        words[first][0],
                        words[last][1],
                        dice.choice((*CODES[:-1], *DOMAINS)),
                        coder,
                        dice.choice(DIRECTIONS),
                        frozenset(dice.sample(LEVELS, dice.choice((0, 0, 1, 2)))),
                    )
                )
    return Ledger(list(marks.values()))


def by_hand(put: object) -> None:
    """Touching spans, the interviewer's words alone, a label caught at the end, two people
    (one of whom was left out), the very same words under two codes."""
    assert callable(put)

    def words(document: str, text: str, code: Code, direction: str | None, coder: str) -> None:
        start = TEXTS[document].index(text)
        put(Mark(document, start, start + len(text), code, coder, direction, frozenset(LEVELS[:2])))

    trust, time = CODES[0], CODES[4]
    words("Alpha", "She phoned me ", trust, "barrier", CODERS[0])
    words("Alpha", "before the third", trust, "facilitator", CODERS[0])
    words("Alpha", "before the third", time, "mixed", CODERS[0])
    words("Alpha", "what got in the way", trust, "neutral", CODERS[0])
    words("Alpha", "slides with me.\nP02: ", trust, None, CODERS[0])
    words("Beta", "the day itself.\nP03: For me", trust, "mixed", CODERS[1])
    words("Beta", "I had the letters", trust, "barrier", CODERS[1])
    words("Beta", "So how was it?", time, None, CODERS[1])
    words("Epsilon", "carry the chairs", trust, "barrier", CONSENSUS)
