"""Different writings of one label: folded, misspelt or shortened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from ikt_coder.importers.options import Merge
from ikt_coder.importers.rolewords import number, role_of_word, stem

_RARE = 3
_MANY = 60
_DIRECTION = dict.fromkeys((0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def fold(label: str) -> str:
    """A label without regard to case, white space, marks of writing direction and a point
    at its end."""
    return " ".join(label.translate(_DIRECTION).split()).rstrip(".").casefold()


def misspelt(label: str, right: str) -> bool:
    """Whether ``label`` is ``right`` with a slip: “Particpant” for “Participant”."""
    if min(len(label), len(right)) < 6 or number(label) != number(right):
        return False
    roles = (role_of_word(label), role_of_word(right))
    if None not in roles and roles[0] is not roles[1]:
        return False  # Interviewer and Interviewee differ by one letter
    if None not in roles and stem(label) != stem(right) and fold(label) != fold(right):
        return False
    return SequenceMatcher(None, fold(label), fold(right)).ratio() >= 0.88


def shortened(short: str, full: str) -> bool:
    """Whether ``short`` could stand for ``full``: “R” for “Researcher”, “P2” for
    “Participant 2”, “AS” for “Anna Smith”."""
    if number(short) and number(short) != number(full):
        return False
    letters = stem(short).replace(".", "")
    whole = stem(full)
    if not letters or len(letters) > 5 or len(letters) >= len(whole):
        return False
    initials = "".join(word[0] for word in whole.split())
    return whole.startswith(letters) or (len(letters) > 1 and letters == initials)


def proposed_merges(labels: Sequence[str], counts: Mapping[str, int]) -> tuple[Merge, ...]:
    """Which labels may be one speaker. The rarer is read as the commoner, except that a
    short form is read as the full word it stands for, which says more."""
    merges: list[Merge] = []
    if len(labels) > _MANY:  # nobody reads so many proposals
        return ()
    for label in labels:
        slips = [
            other
            for other in labels
            if other != label
            and counts[label] <= _RARE
            and counts[other] > 3 * counts[label]
            and misspelt(label, other)
        ]
        if len(slips) == 1:
            merges.append(Merge(label, slips[0]))
            continue
        fulls = [
            other
            for other in labels
            if other != label
            and shortened(label, other)
            and min(counts[label], counts[other]) <= _RARE
        ]
        if len(fulls) == 1:
            merges.append(Merge(label, fulls[0]))
    return tuple(merges)
