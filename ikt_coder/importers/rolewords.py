"""Words for the two sides of an interview, in the languages transcripts come in."""

from __future__ import annotations

import re

from ikt_coder.core.transcript import SpeakerRole

_INTERVIEWER = frozenset(
    (
        "interviewer", "interviewers", "interviewerin", "interviewende", "researcher",
        "researchers", "moderator", "moderatorin", "facilitator", "host", "interrogator", "int",
        "iv", "intv", "interv", "moderation", "forscher", "forscherin", "intervistatore",
        "intervistatrice", "ricercatore", "ricercatrice", "moderatore", "entrevistador",
        "entrevistadora", "investigador", "investigadora", "enquêteur", "enquêtrice",
        "intervieweur", "intervieweuse", "chercheur", "chercheuse", "pesquisador", "pesquisadora",
        "interviewar", "intervjuare", "intervjuer", "forsker", "forskare", "haastattelija",
        "onderzoeker", "question", "q",
    )
)  # fmt: skip
_PARTICIPANT = frozenset(
    (
        "participant", "participants", "interviewee", "interviewees", "respondent", "respondents",
        "informant", "informants", "subject", "patient", "client", "student", "students",
        "teacher", "nurse", "doctor", "parent", "carer", "stakeholder", "expert", "guest",
        "befragte", "befragter", "befragten", "teilnehmer", "teilnehmerin", "interviewpartner",
        "interviewpartnerin", "proband", "probandin", "intervistato", "intervistata",
        "partecipante", "entrevistado", "entrevistada", "participante", "informante", "enquêté",
        "enquêtée", "interviewé", "interviewée", "répondant", "répondante", "deltager",
        "deltagare", "informantti", "haastateltava", "geïnterviewde", "ip", "tn", "bp", "answer",
        "a",
    )
)  # fmt: skip
_OTHER = frozenset(
    (
        "unknown", "unidentified", "speaker", "voice", "narrator", "translator", "interpreter",
        "all", "several", "multiple", "observer", "announcer",
    )
)  # fmt: skip
_NUMBER = re.compile(r"[\s._#-]*\d+[a-z]?$", re.IGNORECASE)


def stem(label: str) -> str:
    """A label without the number at its end: “Participant 12” and “P12” lose it."""
    return _NUMBER.sub("", label).strip(" .").casefold()


def number(label: str) -> str:
    """The number at the end of a label, or nothing."""
    found = _NUMBER.search(label)
    return "".join(character for character in found.group() if character.isdigit()) if found else ""


def role_of_word(label: str) -> SpeakerRole | None:
    """The role a label states by itself; None for names and ambiguous letters."""
    whole = stem(re.sub(r"\([^()]*\)", "", label))
    if whole in _INTERVIEWER:
        return SpeakerRole.INTERVIEWER
    if whole in _PARTICIPANT:
        return SpeakerRole.PARTICIPANT
    words = whole.split()
    if len(words) > 1:
        if words[0] in ("unknown", "unidentified"):
            return SpeakerRole.OTHER
        for word in words:
            if word in _INTERVIEWER and len(word) > 3:
                return SpeakerRole.INTERVIEWER
            if word in _PARTICIPANT and len(word) > 3:
                return SpeakerRole.PARTICIPANT
    if whole in ("unknown", "unidentified", "narrator", "translator", "interpreter", "announcer"):
        return SpeakerRole.OTHER
    return None


def is_role_word(label: str) -> bool:
    """Whether a label is a word for a role, with or without a number."""
    whole = stem(label)
    return whole in _INTERVIEWER or whole in _PARTICIPANT or whole in _OTHER
