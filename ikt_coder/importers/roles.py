"""Whose words a speaker's are: a first guess from the label and from who asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ikt_coder.core.transcript import SpeakerRole, Turn
from ikt_coder.importers.options import Merge
from ikt_coder.importers.rolewords import role_of_word, stem

_LETTERS = {  # what a single letter means beside these others
    "i": SpeakerRole.INTERVIEWER,
    "m": SpeakerRole.INTERVIEWER,
    "f": SpeakerRole.INTERVIEWER,
    "b": SpeakerRole.PARTICIPANT,
    "p": SpeakerRole.PARTICIPANT,
    "e": SpeakerRole.PARTICIPANT,
    "s": SpeakerRole.PARTICIPANT,
}


@dataclass(slots=True)
class _Talk:
    turns: int = 0
    asking: int = 0
    characters: int = 0

    @property
    def share(self) -> float:
        return self.asking / max(1, self.turns)

    @property
    def length(self) -> float:
        return self.characters / max(1, self.turns)


def guess_roles(
    text: str,
    turns: Sequence[Turn],
    legend: Mapping[str, SpeakerRole],
    merges: Sequence[Merge],
) -> dict[str, SpeakerRole]:
    """A role for every speaker: by legend, by word, by letter, by who asks the questions.

    Whoever remains unknown is a participant.
    """
    talks: dict[str, _Talk] = {}
    for turn in turns:
        if turn.speaker is None:
            continue
        talk = talks.setdefault(turn.speaker, _Talk())
        words = text[turn.label_end or turn.span.start : turn.span.end]
        talk.turns += 1
        talk.asking += any(mark in words for mark in "?？؟")
        talk.characters += len(words)
    roles: dict[str, SpeakerRole] = {}
    for speaker in talks:
        role = legend.get(speaker) or role_of_word(speaker)
        if role is not None:
            roles[speaker] = role
    for merge in merges:
        for label, other in ((merge.label, merge.into), (merge.into, merge.label)):
            if label in talks and label not in roles and other in roles:
                roles[label] = roles[other]
    _by_letter(talks, roles)
    _by_questions(talks, roles)
    return {speaker: roles.get(speaker, SpeakerRole.PARTICIPANT) for speaker in talks}


def _by_letter(talks: Mapping[str, _Talk], roles: dict[str, SpeakerRole]) -> None:
    """“I” and “R” are interviewer and respondent, “R” and “P” researcher and participant."""
    letters = {stem(speaker): speaker for speaker in talks if speaker not in roles}
    for letter, speaker in letters.items():
        if letter in _LETTERS and len(talks) > 1:
            roles[speaker] = _LETTERS[letter]
    if "r" in letters:
        others = {roles[other] for other in talks if other in roles}
        if SpeakerRole.INTERVIEWER in others:
            roles[letters["r"]] = SpeakerRole.PARTICIPANT
        elif SpeakerRole.PARTICIPANT in others:
            roles[letters["r"]] = SpeakerRole.INTERVIEWER


def _by_questions(talks: Mapping[str, _Talk], roles: dict[str, SpeakerRole]) -> None:
    """Among unknown names, the one who asks in most turns, where it is plain."""
    if SpeakerRole.INTERVIEWER in roles.values():
        return
    unknown = {name: talk for name, talk in talks.items() if name not in roles}
    if not unknown or len([n for n in talks if roles.get(n) is not SpeakerRole.OTHER]) < 2:
        return
    sure = [talk for name, talk in talks.items() if roles.get(name) is SpeakerRole.PARTICIPANT]
    if len(unknown) == 1 and sure and len(sure) + 1 == len(talks):
        name, talk = next(iter(unknown.items()))  # “Dan” beside “Participant”
        if talk.share > 0.5 * max(other.share for other in sure):
            roles[name] = SpeakerRole.INTERVIEWER
        return
    asker = max(unknown, key=lambda name: (unknown[name].share, -unknown[name].length))
    others = [
        talk
        for name, talk in talks.items()
        if name != asker and roles.get(name) is not SpeakerRole.OTHER and talk.turns > 1
    ]
    most = max((talk.share for talk in others), default=0.0)
    if talks[asker].turns > 1 and talks[asker].share >= 0.3 and talks[asker].share >= 1.5 * most:
        roles[asker] = SpeakerRole.INTERVIEWER
