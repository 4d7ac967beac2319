"""Voting: which of the things that look like labels are labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.importers.labels import Form, is_particular, plausible
from ikt_coder.importers.layout import Line
from ikt_coder.importers.rolewords import is_role_word, role_of_word, stem
from ikt_coder.importers.spellings import fold, misspelt

ENOUGH = 3
"""A label counts that begins so many paragraphs, or stands in a legend."""

_TOP = 30
_REMARKS = frozenset(
    (
        "laughs", "laughter", "laughing", "laugh", "pause", "long pause", "silence", "inaudible",
        "unintelligible", "indistinct", "crosstalk", "cross talk", "cough", "coughs", "sigh",
        "sighs", "music", "applause", "redacted", "unclear", "overlapping", "nods", "crying",
        "lacht", "lachen", "seufzt", "risas", "risa", "rires", "rire", "ride", "name", "sic",
    )
)  # fmt: skip
"""What transcribers put in brackets that is nobody's name."""

_LEGEND = re.compile(r"\s*\(?([^\W_][\w.]{0,4})\)?\s*(=|:|–|—|\s-)\s*([^=:;]{2,40}?)\.?\s*$")
_DIGIT = re.compile(r"\d")


@dataclass(slots=True)
class Votes:
    """The outcome. Keys are folded labels; ``spelling`` gives the commonest writing."""

    counts: Counter[str] = field(default_factory=Counter)
    accepted: set[str] = field(default_factory=set)
    spelling: dict[str, str] = field(default_factory=dict)
    legend: dict[str, SpeakerRole] = field(default_factory=dict)
    legend_lines: set[int] = field(default_factory=set)
    header_lines: set[int] = field(default_factory=set)
    forms: Counter[Form] = field(default_factory=Counter)
    time_lines: int = 0

    def label_of(self, at: int, lines: Sequence[Line]) -> str | None:
        """The accepted label that line ``at`` begins with, in its commonest writing."""
        head = lines[at].head
        if head is None or head.label is None or at in self.legend_lines | self.header_lines:
            return None
        key = fold(head.label)
        return self.spelling[key] if key in self.accepted else None


def vote(
    lines: Sequence[Line],
    named: Mapping[str, str | None],
    *,
    brackets_only: bool = False,
    forced: bool = False,
) -> Votes:
    """Counts the heads of ``lines``. ``named`` are labels a person decided about;
    ``forced`` lowers the bar because a person said that there are labels."""
    votes = Votes()
    full = [at for at, line in enumerate(lines) if not line.blank]
    _find_legend(votes, lines, full[:_TOP])
    _find_header(votes, lines, full[:_TOP])
    skipped = votes.legend_lines | votes.header_lines
    votes.time_lines = sum(
        (head := lines[at].head) is not None and head.time is not None for at in full
    )
    heads = [
        (at, head, head.label, head.form)
        for at in full
        if at not in skipped
        and (head := lines[at].head) is not None
        and head.label is not None
        and head.form is not None
        and (not brackets_only or head.form is Form.BRACKET)
    ]
    writings: dict[str, Counter[str]] = {}
    forms: dict[str, Counter[Form]] = {}
    styled: Counter[str] = Counter()
    for at, _, label, form in heads:
        key = fold(label)
        votes.counts[key] += 1
        writings.setdefault(key, Counter())[label] += 1
        forms.setdefault(key, Counter())[form] += 1
        styled[key] += lines[at].styled_label or "\t" in lines[at].text[: _words(lines[at])]
    votes.spelling = {key: seen.most_common(1)[0][0] for key, seen in writings.items()}
    main = {key: seen.most_common(1)[0][0] for key, seen in forms.items()}
    _accept(votes, main, styled, len(full), forced=forced)
    for label, speaker in named.items():
        key = fold(label)
        if speaker is None:
            votes.accepted.discard(key)
        elif key in votes.counts:
            votes.accepted.add(key)
    votes.forms = Counter(
        main[key] for key in votes.accepted for _ in range(votes.counts[key]) if key in main
    )
    return votes


def _words(line: Line) -> int:
    return line.head.words if line.head is not None else 0


def _accept(
    votes: Votes, main: Mapping[str, Form], styled: Counter[str], full: int, *, forced: bool
) -> None:
    totals: Counter[Form] = Counter()
    for key, form in main.items():
        totals[form] += votes.counts[key]
    distinct = Counter(main.values())
    enough = 1 if forced else ENOUGH
    time_lines = votes.time_lines
    for key, count in votes.counts.items():
        label, form = votes.spelling[key], main[key]
        share = totals[form] / max(1, full)
        if key in votes.legend:
            votes.accepted.add(key)
            continue
        if form in (Form.TIME, Form.ALONE):
            ok = totals[form] >= enough or totals[form] >= 0.3 * full
            ok = ok and plausible(label, strict=True)
        elif form is Form.TIME_FIRST:
            ok = totals[form] >= max(enough, 0.5 * time_lines, 1.5 * distinct[form])
        elif form is Form.BRACKET:
            several = distinct[form] > 1 or bool(_DIGIT.search(label))
            ok = count >= enough and share >= 0.3 and several and key not in _REMARKS
        elif form is Form.TAB:
            ok = count >= enough and share >= 0.3 and plausible(label, strict=True)
        elif form is Form.COLON:
            sure = plausible(label, strict=True) or is_role_word(label)
            ok = count >= enough and (sure or count >= 0.1 * full)
        else:
            ok = count >= enough and share >= 0.2
        if ok:
            votes.accepted.add(key)
    _accept_rare(votes, main, styled, full)


def _accept_rare(votes: Votes, main: Mapping[str, Form], styled: Counter[str], full: int) -> None:
    """Labels that occur once or twice beside others that are sure."""
    stems = {stem(votes.spelling[key]) for key in votes.accepted if _DIGIT.search(key)}
    sure = list(votes.accepted)
    frequent = [key for key in sure if votes.counts[key] >= ENOUGH]
    all_styled = sum(styled.values())
    colons = sum(votes.counts[key] for key, form in main.items() if form is Form.COLON)
    short = full <= 12 and colons >= 0.5 * full
    for key, count in votes.counts.items():
        if key in votes.accepted or main[key] not in (Form.COLON, Form.BRACKET):
            continue
        label = votes.spelling[key]
        name = plausible(label, strict=True)
        if (
            (
                main[key] is Form.COLON
                and (
                    (is_role_word(label) and role_of_word(label) is not None)
                    or (short and name)
                    or (
                        styled[key] == count
                        and name
                        and all_styled >= ENOUGH
                        and (all_styled >= 0.3 * full or bool(sure))
                    )
                )
            )
            or (_DIGIT.search(key) and stem(label) in stems)
            or any(misspelt(label, votes.spelling[other]) for other in frequent)
        ):
            votes.accepted.add(key)


def _find_legend(votes: Votes, lines: Sequence[Line], top: Sequence[int]) -> None:
    """Lines such as “I1: Interviewer 1” or “I = interviewer; X = informant”."""
    for at in top:
        text = lines[at].text
        if len(text) > 200:
            continue
        pieces = [piece for piece in re.split(r"[;,\n]", text) if piece.strip()]
        found: dict[str, SpeakerRole] = {}
        for piece in pieces:
            match = _LEGEND.match(piece)
            role = role_of_word(match.group(3)) if match else None
            if match is None or role is None or len(match.group(3).split()) > 4:
                break
            if match.group(2) == ":" and not is_role_word(match.group(3)):
                break
            found[fold(match.group(1))] = role
        if pieces and len(found) == len(pieces):
            votes.legend.update(found)
            votes.legend_lines.add(at)


def _find_header(votes: Votes, lines: Sequence[Line], top: Sequence[int]) -> None:
    """Lines such as “Date: 3 May” and “Interviewer: JD” above the talk."""
    block: list[int] = []
    keyed = False
    for at in top:
        line = lines[at]
        if line.heading or line.date or at in votes.legend_lines:
            continue
        if line.head is not None and line.head.time is not None:
            break
        key, colon, rest = line.text.strip().partition(":")
        words = rest.split()
        if not colon or not 1 <= len(key.split()) <= 4 or len(words) > 8:
            break
        if rest.rstrip().endswith(("?", "!", "…")) or not words:
            break
        block.append(at)
        keyed = keyed or is_particular(key)
    if keyed:
        while block and not is_particular(lines[block[-1]].text.partition(":")[0]):
            if len(block) > 1 and not _repeated(lines, block[-1]):
                break
            block.pop()
        votes.header_lines.update(block)


def _repeated(lines: Sequence[Line], at: int) -> bool:
    """Whether the line's label comes again."""
    head = lines[at].head
    if head is None or head.label is None:
        return False
    wanted = fold(head.label)
    return any(
        line.head is not None and line.head.label is not None and fold(line.head.label) == wanted
        for line in lines[at + 1 :]
    )
