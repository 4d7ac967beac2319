"""Different writings of one label: folded, misspelt or shortened."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher

from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.importers.options import Merge
from ikt_coder.importers.rolewords import number, role_of_word, stem

_RARE = 3
_MANY = 60
_DIRECTION = dict.fromkeys((0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def fold(label: str) -> str:
    """A label without regard to case, white space, marks of writing direction and a point
    at its end."""
    return " ".join(label.translate(_DIRECTION).split()).rstrip(".").casefold()


def _roles(label: str, right: str) -> tuple[SpeakerRole | None, SpeakerRole | None]:
    return role_of_word(label), role_of_word(right)


def misspelt(label: str, right: str) -> bool:
    """Whether ``label`` is ``right`` with a slip: “Particpant” for “Participant”."""
    if min(len(label), len(right)) < 6 or number(label) != number(right):
        return False
    roles = _roles(label, right)
    if None not in roles and roles[0] is not roles[1]:
        return False  # Interviewer and Interviewee differ by one letter
    if None not in roles and stem(label) != stem(right) and fold(label) != fold(right):
        return False
    return SequenceMatcher(None, fold(label), fold(right)).ratio() >= 0.88


def one_letter_off(label: str, right: str) -> bool:
    """Whether a letter of ``label`` is other than in ``right``, missing, too many, or in its
    neighbour's place: “PO1” for “P01”, “Marne” for “Maren”. “P02” is another than “P01”."""
    one, other = fold(label), fold(right)
    numbers = (number(label) or "0", number(right) or "0")
    if min(len(one), len(other)) < (2 if number(right) else 3) or one == other:
        return False
    if int(numbers[0]) != int(numbers[1]):
        return False
    roles = _roles(label, right)
    if None not in roles and roles[0] is not roles[1]:
        return False
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    swapped = len(one) == len(other) == 2 and one == other[::-1]
    return swapped or max(len(one), len(other)) == 1


def doubtful_labels(counts: Mapping[str, int], accepted: Collection[str]) -> tuple[Merge, ...]:
    """What stands once where a label would, counted as one or not, and is a letter off a
    label that is sure. ``counts`` has all that looks like a label, by its writing."""
    found = []
    for label in (label for label, count in counts.items() if count == 1):
        near = [
            other for other in accepted if counts[other] > _RARE and one_letter_off(label, other)
        ]
        if len(near) == 1:
            found.append(Merge(label, near[0]))
    return tuple(found)


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
