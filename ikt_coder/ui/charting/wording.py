"""Words of charting on screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ikt_coder.services.charting.counting import Pilot, Unit
from ikt_coder.services.charting.rows import (
    AnswerKind,
    ChartStatus,
    CheckRow,
    FieldRow,
    SubjectKind,
    Verdict,
)

translate = QCoreApplication.translate


def status_word(status: ChartStatus) -> str:
    return {
        ChartStatus.TO_DO: translate("Charting", "to do"),
        ChartStatus.IN_PROGRESS: translate("Charting", "in progress"),
        ChartStatus.CHARTED: translate("Charting", "charted"),
    }[status]


def kind_word(kind: AnswerKind) -> str:
    return {
        AnswerKind.ONE: translate("Charting", "one answer"),
        AnswerKind.SEVERAL: translate("Charting", "several answers"),
        AnswerKind.TEXT: translate("Charting", "text"),
    }[kind]


def unit_word(unit: Unit) -> str:
    return {
        Unit.RECORD: translate("Charting", "Records"),
        Unit.STUDY: translate("Charting", "Studies"),
        Unit.PARTICIPANT: translate("Charting", "Participants"),
        Unit.EVENT: translate("Charting", "Events"),
    }[unit]


def pilot_word(pilot: Pilot) -> str:
    return {
        Pilot.WITH: translate("Charting", "With pilot records"),
        Pilot.WITHOUT: translate("Charting", "Without pilot records"),
        Pilot.ONLY: translate("Charting", "Pilot records only"),
    }[pilot]


def subjects_words(field: FieldRow) -> str:
    if len(field.subjects) == 2:
        return translate("Charting", "documents and events")
    if SubjectKind.EVENT in field.subjects:
        return translate("Charting", "events")
    return translate("Charting", "documents")


def not_reported() -> str:
    return translate("Charting", "Not reported")


def not_charted() -> str:
    return translate("Charting", "Not charted yet")


def check_words(check: CheckRow, coder: str) -> str:
    """What a second coder said, in a line."""
    if not check.stands:
        said = translate("Charting", "Changed since {coder} checked it")
    elif check.verdict is Verdict.AGREED:
        said = translate("Charting", "{coder} agreed")
    elif check.verdict is Verdict.CHANGED:
        said = translate("Charting", "Changed by {coder}; before: {before}")
    else:
        said = translate("Charting", "{coder} asks: {note}")
    said = said.replace("{coder}", coder).replace("{before}", check.before_words)
    return said.replace("{note}", check.note)
