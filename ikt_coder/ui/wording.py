"""Every act in words: as a sentence for the status line and the history, as a name for menus."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html import escape

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.ops import Op
from ikt_coder.core.words import DocumentStatus, Flag, Role, Valence
from ikt_coder.ui.wording_forms import Forms, coding_forms, project_forms
from ikt_coder.ui.wording_framework_forms import charting_forms, framework_forms, study_forms
from ikt_coder.ui.wording_retrieval_forms import retrieval_forms
from ikt_coder.ui.wording_round_forms import round_forms
from ikt_coder.ui.wording_theme_forms import level_forms, theme_forms

translate = QCoreApplication.translate

_PLACE = re.compile(r"\{(\w+)\}")
_LONGEST_NAME = 60


def act_words(kind: str, params: Mapping[str, object]) -> str:
    """What an act did, as a sentence: "Applied <b>Trust</b> to 96 characters".

    Rich text: names are bold and escaped. ``kind`` is the value of an ``Op``; an act of a later
    version is named by its kind.
    """
    sentences, _ = _forms().get(kind, ((kind.replace("_", " ").capitalize(),), ()))
    values = {
        key: f"<b>{escape(str(value), quote=False)}</b>" if key in _NAMES else escape(str(value))
        for key, value in _values(params).items()
    }
    return _filled(sentences, values)


def act_name(kind: str, params: Mapping[str, object]) -> str:
    """An act as a menu names it, plain text: "apply “Trust”"."""
    _, names = _forms().get(kind, ((), (kind.replace("_", " "),)))
    values = {
        key: f"“{shortened(str(value))}”" if key in _NAMES else str(value)
        for key, value in _values(params).items()
    }
    return _filled(names, values)


def status_word(status: DocumentStatus) -> str:
    """The state of a document's coding."""
    return {
        DocumentStatus.TO_DO: translate("Words", "to do"),
        DocumentStatus.IN_PROGRESS: translate("Words", "in progress"),
        DocumentStatus.CODED: translate("Words", "coded"),
    }[status]


def role_word(role: Role) -> str:
    """A coder's role."""
    return {
        Role.RESEARCHER: translate("Words", "Researcher"),
        Role.TRAINEE: translate("Words", "Trainee"),
        Role.SUPERVISOR: translate("Words", "Supervisor"),
        Role.KNOWLEDGE_USER: translate("Words", "Knowledge user"),
        Role.ADJUDICATOR: translate("Words", "Adjudicator"),
        Role.FACILITATOR: translate("Words", "Facilitator"),
    }[role]


_NAMES = frozenset({"name", "title", "new_name"})


def shortened(name: str) -> str:
    """A long name, cut for a sentence."""
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


def _values(params: Mapping[str, object]) -> dict[str, object]:
    """The parameters that words can be made of; what is empty is as if it were not there."""
    values = {key: value for key, value in params.items() if value not in (None, "", [], {})}
    if values.get("count") == 1:
        del values["count"]
    if values.get("codings") == 0:
        del values["codings"]
    status, flag = values.get("status"), values.pop("flag", None)
    if status in set(DocumentStatus):
        values["status"] = status_word(DocumentStatus(str(status)))
    if "valence" in params:
        valence = params["valence"]
        values["valence"] = _valence_word(Valence(str(valence)) if valence else None)
    if flag in set(Flag):
        key = "flag_on" if params.get("on", True) else "flag_off"
        values[key] = _flag_word(Flag(str(flag)))
    return values


def _filled(forms: tuple[str, ...], values: Mapping[str, object]) -> str:
    for form in forms:
        if all(key in values for key in _PLACE.findall(form)):
            return form.format(**values)
    return forms[-1] if forms else ""


def _valence_word(valence: Valence | None) -> str:
    return {
        Valence.BARRIER: translate("Words", "barrier"),
        Valence.FACILITATOR: translate("Words", "facilitator"),
        Valence.MIXED: translate("Words", "mixed"),
        Valence.NEUTRAL: translate("Words", "neutral"),
        None: translate("Words", "without direction"),
    }[valence]


def _flag_word(flag: Flag) -> str:
    return {
        Flag.UNSURE: translate("Words", "unsure"),
        Flag.STAR: translate("Words", "quotable"),
        Flag.PARAPHRASE_ONLY: translate("Words", "paraphrase only"),
        Flag.DO_NOT_QUOTE: translate("Words", "do not quote"),
    }[flag]


@cache
def _forms() -> dict[str, Forms]:
    """By the value of ``Op``. The language changes at the next start only, so one reading does."""
    forms: dict[Op, Forms] = {
        **project_forms(),
        **coding_forms(),
        **level_forms(),
        **theme_forms(),
        **retrieval_forms(),
        **round_forms(),
        **study_forms(),
        **charting_forms(),
        **framework_forms(),
    }
    return {op.value: both for op, both in forms.items()}
