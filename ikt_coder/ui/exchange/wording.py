"""The import dialog's words: schemes, roles, states of files."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.importers.options import Guess, Scheme
from ikt_coder.services.importing import Candidate

translate = QCoreApplication.translate


def scheme_word(scheme: Scheme) -> str:
    return {
        Scheme.AUTO: translate("Import", "As it seems"),
        Scheme.NONE: translate("Import", "No speakers"),
        Scheme.LABELS: translate("Import", "Names at the start of a line"),
        Scheme.BRACKETS: translate("Import", "Names in square brackets"),
        Scheme.BOLD: translate("Import", "Bold paragraphs are one side"),
        Scheme.ITALIC: translate("Import", "Italic paragraphs are one side"),
        Scheme.TAB: translate("Import", "Paragraphs set in by a tab are one side"),
        Scheme.ONE_SIDE: translate("Import", "Only one side’s paragraphs are named"),
        Scheme.TABLE: translate("Import", "A table row per turn"),
        Scheme.CUES: translate("Import", "Timed captions"),
        Scheme.TIMES: translate("Import", "Times at the start of a line, no names"),
    }[scheme]


def role_word(role: SpeakerRole) -> str:
    return {
        SpeakerRole.PARTICIPANT: translate("Import", "Participant"),
        SpeakerRole.INTERVIEWER: translate("Import", "Interviewer"),
        SpeakerRole.OTHER: translate("Import", "Other"),
    }[role]


def guess_words(guess: Guess) -> str:
    """ "Names at the start of a line: Interviewer (36), P01 (37). Times are read." """
    turns: Counter[str] = Counter()
    for label in guess.labels:
        if label.accepted:
            turns[label.speaker] += label.count
    shown = [f"{name} ({count})" for name, count in turns.most_common(6)]
    if len(turns) > 6:
        more = translate("Import", "{count} more").format(count=len(turns) - 6)
        shown.append(more)
    words = scheme_word(guess.scheme)
    if shown:
        names = ", ".join(shown)
        words = translate("Import", "{scheme}: {names}").format(scheme=words, names=names)
    elif guess.scheme is Scheme.NONE:
        words = translate("Import", "No speakers were found; the text stands as it is")
    times = (
        translate("Import", "Times are read.")
        if guess.timed
        else translate("Import", "There are no times.")
    )
    return f"{words}. {times}"


def _reason(candidate: Candidate) -> str:
    """Why a file cannot be read, beside its name: without the name, and that nothing came."""
    if candidate.error is None:
        return ""
    words = candidate.error.what.removeprefix(f"“{candidate.name}” ")
    words = words.removesuffix(".").removesuffix(" from it").removesuffix("; nothing was imported")
    return words[:1].upper() + words[1:]


def state_words(candidate: Candidate, wanted: bool) -> str:
    """What will become of a file."""
    if candidate.error is not None:
        return _reason(candidate)
    if candidate.duplicate_of is not None:
        words = (
            translate("Import", "Imported again, although it is here as “{title}”")
            if wanted
            else translate("Import", "Left out: already here as “{title}”")
        )
        return words.format(title=candidate.duplicate_of)
    if not wanted:
        return translate("Import", "Left out")
    guess = candidate.guess
    if guess is not None and guess.confidence < 0.5:
        return translate("Import", "Ready; please look at the speakers")
    doubts = (*guess.merges, *guess.doubtful) if guess is not None else ()
    if len(doubts) == 1:
        words = translate("Import", "Ready; please look at the speaker “{label}”")
        return words.replace("{label}", doubts[0].label)
    if doubts:
        return translate("Import", "Ready; please look at the speakers")
    return translate("Import", "Ready")
