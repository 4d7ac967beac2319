"""Whose words an imported transcript holds, and its language: first proposals."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ikt_coder.core.transcript import SpeakerRole, Transcript

_PSEUDONYM = re.compile(r"[A-Za-z]{1,4}[-_ ]?\d{1,4}[a-z]?|(?i:participant)[ _-]?\d{1,4}")
_AT_START = re.compile(r"([A-Z]{1,4}[-_]?\d{1,4})(?![\w])")
_MACHINE = re.compile(r"(?i)(speaker|sprecher|locuteur|spk|s)[ _-]?\d+")

# A few of the commonest words of each language, none shared by two of them.
_COMMON = {
    "en": frozenset(("the", "and", "that", "you", "was", "it's", "with", "have")),
    "fr": frozenset(("les", "et", "est", "je", "vous", "pas", "c'est", "dans")),
    "de": frozenset(("und", "ich", "nicht", "ist", "auch", "wir", "aber", "dass")),
    "es": frozenset(("los", "el", "pero", "muy", "una", "con", "yo", "porque")),
    "it": frozenset(("che", "di", "il", "sono", "anche", "perché", "della", "gli")),
    "nl": frozenset(("het", "een", "niet", "dat", "ik", "maar", "ook", "van")),
    "pt": frozenset(("que", "não", "uma", "mas", "eu", "também", "muito", "os")),
}


def is_pseudonym(label: str) -> bool:
    """Whether a label already hides its person: P01, KT-3, Participant 12. What a machine
    writes into every file (Speaker 1) names somebody else each time."""
    return bool(_PSEUDONYM.fullmatch(label)) and not _MACHINE.fullmatch(label)


def theirs(transcript: Transcript) -> list[str]:
    """The speakers whose words are a participant's."""
    return [
        name
        for name in transcript.speakers
        if transcript.speaker_roles.get(name, SpeakerRole.PARTICIPANT) is SpeakerRole.PARTICIPANT
    ]


def propose(
    transcript: Transcript,
    title: str,
    known: Sequence[str],
    same: Mapping[str, str] | None = None,
) -> tuple[dict[str, str], str | None]:
    """Participants' pseudonyms by speaker's name, and the participant of the whole document
    where nobody is named.

    A speaker is the participant of the same pseudonym; else, where the label hides the
    person, that label; else the document's own pseudonym (the start of its title, or the
    title). Interviewers and others are nobody's. ``same``: spellings that may be one
    speaker, by the name they may stand for; they are proposed as one person.
    """
    existing = {label.casefold(): label for label in known}
    own = _of_title(title, existing)
    if not transcript.speakers:
        return {}, own
    speaking = theirs(transcript)
    links: dict[str, str] = {}
    one = {label: into for label, into in (same or {}).items() if into in speaking}
    people = [name for name in speaking if name not in one]
    unnamed = [n for n in people if n.casefold() not in existing and not is_pseudonym(n)]
    for name in people:
        if name.casefold() in existing:
            links[name] = existing[name.casefold()]
        elif is_pseudonym(name):
            links[name] = name
        elif len(people) == 1:
            links[name] = own
        else:
            links[name] = f"{own}, speaker {unnamed.index(name) + 1}"
    links.update({name: links[into] for name, into in one.items() if into in links})
    return {name: links[name] for name in speaking if name in links}, None


def _of_title(title: str, existing: dict[str, str]) -> str:
    if title.casefold() in existing:
        return existing[title.casefold()]
    start = _AT_START.match(title)
    if start is not None:
        return existing.get(start.group(1).casefold(), start.group(1))
    return title


def guess_language(text: str) -> str:
    """The language by its commonest words in the first 20,000 code points; English where
    that says nothing."""
    words = re.findall(r"[\w'’]+", text[:20_000].casefold().replace("’", "'"))
    counts = {
        language: sum(word in common for word in words) for language, common in _COMMON.items()
    }
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > 0.03 * len(words) else "en"
