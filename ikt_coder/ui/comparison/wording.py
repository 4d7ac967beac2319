"""The vocabulary of rounds in words, for every screen of comparing."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from ikt_coder.core.rounds import (
    AssignmentStatus,
    DecisionKind,
    DifferenceKind,
    Projection,
    ReasonCategory,
    RoundMode,
    Scope,
    Unit,
)
from ikt_coder.services.round_rows import RoundRow

translate = QCoreApplication.translate


def mode_word(mode: RoundMode) -> str:
    """How coders work in a round, in a word or two."""
    return {
        RoundMode.BLIND: translate("Compare", "blind"),
        RoundMode.VERIFY: translate("Compare", "code and verify"),
        RoundMode.OPEN: translate("Compare", "open"),
    }[mode]


def unit_word(unit: Unit, size: int | None = None) -> str:
    """What agreement is counted in."""
    if unit is Unit.FIXED:
        return translate("Compare", "segments of {size} characters").format(size=size or 0)
    return {
        Unit.CHARACTERS: translate("Compare", "characters"),
        Unit.TOKENS: translate("Compare", "words"),
        Unit.SENTENCES: translate("Compare", "sentences"),
        Unit.TURNS: translate("Compare", "turns"),
        Unit.PARAGRAPHS: translate("Compare", "paragraphs"),
        Unit.DOCUMENTS: translate("Compare", "documents"),
    }[unit]


def rule_word(rule: Projection) -> str:
    """When a larger unit counts as coded."""
    return {
        Projection.ANY: translate("Compare", "any of it is coded"),
        Projection.HALF: translate("Compare", "at least half of it is coded"),
        Projection.ALL: translate("Compare", "all of it is coded"),
    }[rule]


def scope_word(scope: Scope) -> str:
    """Which text is in question."""
    return {
        Scope.WHOLE: translate("Compare", "the whole text"),
        Scope.RESPONDENTS: translate("Compare", "respondents' turns"),
        Scope.SELECTION: translate("Compare", "marked passages"),
    }[scope]


def assignment_word(status: AssignmentStatus) -> str:
    """How far a coder is with a document."""
    return {
        AssignmentStatus.NOT_ASSIGNED: translate("Compare", "not assigned"),
        AssignmentStatus.ASSIGNED: translate("Compare", "assigned"),
        AssignmentStatus.IN_PROGRESS: translate("Compare", "in progress"),
        AssignmentStatus.FINISHED: translate("Compare", "finished"),
    }[status]


def difference_word(kind: DifferenceKind) -> str:
    """How coders' segments stand to each other."""
    return {
        DifferenceKind.MATCH: translate("Compare", "agreed"),
        DifferenceKind.BOUNDARY: translate("Compare", "boundary"),
        DifferenceKind.DIFFERENT_CODE: translate("Compare", "different code"),
        DifferenceKind.ATTRIBUTE: translate("Compare", "direction or level differs"),
        DifferenceKind.ONE_SIDE: translate("Compare", "one coder only"),
        DifferenceKind.SPLIT: translate("Compare", "one against several"),
        DifferenceKind.FIRST_CODER: translate("Compare", "to check"),
        DifferenceKind.MISSED: translate("Compare", "added"),
    }[kind]


def decision_word(kind: DecisionKind) -> str:
    """What was decided."""
    return {
        DecisionKind.KEEP: translate("Compare", "kept one coder's"),
        DecisionKind.BOTH: translate("Compare", "kept both"),
        DecisionKind.EDGES: translate("Compare", "new edges"),
        DecisionKind.OTHER_CODE: translate("Compare", "another code"),
        DecisionKind.NEITHER: translate("Compare", "neither"),
        DecisionKind.DEFER: translate("Compare", "deferred"),
        DecisionKind.UNCLEAR: translate("Compare", "codebook unclear"),
        DecisionKind.ACCEPT: translate("Compare", "accepted"),
        DecisionKind.CHANGE_EDGES: translate("Compare", "edges changed"),
        DecisionKind.CHANGE_CODE: translate("Compare", "code changed"),
        DecisionKind.REMOVE: translate("Compare", "removed"),
        DecisionKind.ADD: translate("Compare", "added"),
        DecisionKind.WITHDRAW: translate("Compare", "open again"),
    }[kind]


def category_word(category: ReasonCategory) -> str:
    """Why coders differed."""
    return {
        ReasonCategory.OVERSIGHT: translate("Compare", "Oversight"),
        ReasonCategory.BOUNDARY: translate("Compare", "Boundary"),
        ReasonCategory.DEFINITION: translate("Compare", "Definition"),
        ReasonCategory.INTERPRETATION: translate("Compare", "Interpretation"),
        ReasonCategory.TECHNICAL: translate("Compare", "Technical"),
    }[category]


def round_line(row: RoundRow) -> str:
    """A round in a line: "Round 1 · blind · unsealed 12 Nov"."""
    return " · ".join((row.name, mode_word(row.mode), round_state(row)))


def round_state(row: RoundRow) -> str:
    """Where a round stands, in words."""
    if row.unsealed is not None:
        when = row.unsealed.astimezone()
        day = QLocale().toString(QDate(when.year, when.month, when.day), "d MMM")
        return translate("Compare", "unsealed {day}").format(day=day)
    if row.sealed:
        done = translate("Compare", "sealed, {done} of {all} finished")
    else:
        done = translate("Compare", "{done} of {all} finished")
    return done.format(done=row.finished, all=row.assigned)
