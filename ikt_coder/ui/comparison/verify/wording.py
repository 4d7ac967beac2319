"""The words of the Verify page."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.rounds import DecisionKind, DifferenceKind
from ikt_coder.core.words import Valence
from ikt_coder.services.settling_rows import Item, ItemState
from ikt_coder.services.verification_rows import VerifiedDocument
from ikt_coder.ui.comparison.columns.item_words import segment_words
from ikt_coder.ui.comparison.columns.study import Study
from ikt_coder.ui.comparison.verify.reading import changed_code, shown_segments
from ikt_coder.ui.comparison.wording import decision_word
from ikt_coder.ui.counting import counted, figure

translate = QCoreApplication.translate


def title_words(item: Item | None, study: Study) -> str:
    """The coding in question: "Clear role, − barrier"."""
    if item is None:
        return translate("Verify", "J and K go through the codings")
    return "; ".join(segment_words(segment, study) for segment in shown_segments(item))


def state_words(item: Item | None, study: Study) -> str:
    """How a coding was judged, by whom, and how it was before."""
    if item is None:
        return ""
    if item.state is ItemState.CLASH:
        return translate("Verify", "judged differently in two copies")
    decision = item.decision
    if decision is None:
        return translate("Verify", "not judged yet")
    said = decision_word(decision.kind)
    if decision.kind is DecisionKind.CHANGE_CODE and not changed_code(item):
        said = translate("Verify", "direction or level changed")
    if item.kind is DifferenceKind.MISSED and decision.kind is DecisionKind.ADD:
        said = translate("Verify", "added")
    who = study.coder_name(decision.coder)
    if who:
        said = translate("Verify", "{judged} by {coder}").format(judged=said, coder=who)
    parts = [said]
    if decision.kind is DecisionKind.CHANGE_CODE and item.sides[0].segments:
        before = segment_words(item.sides[0].segments[0], study)
        parts.append(translate("Verify", "was {coding}").replace("{coding}", before))
    if decision.reason:
        parts.append(f"“{decision.reason}”")
    return " · ".join(parts)


def document_words(row: VerifiedDocument) -> str:
    """How far a document is."""
    parts = [
        translate("Verify", "{judged} of {all} judged").format(
            judged=figure(row.judged), all=figure(row.codings)
        )
    ]
    if row.added:
        parts.append(translate("Verify", "{count} added").format(count=figure(row.added)))
    if row.checked.of and not row.checked.whole:
        turns = translate("Verify", "{checked} of {all} turns checked")
        parts.append(turns.format(checked=figure(row.checked.count), all=figure(row.checked.of)))
    elif row.checked.whole:
        parts.append(translate("Verify", "checked"))
    return " · ".join(parts)


def no_coefficient() -> str:
    return translate(
        "Verify",
        "There is no kappa here: you see the first coding while you judge it, so that your "
        "judgement is not independent of it.",
    )


def accepted_with_turn(count: int) -> str:
    """What checking a turn did."""
    if not count:
        return translate("Verify", "Marked the turn as checked.")
    return counted(
        count,
        translate("Verify", "Marked the turn as checked; 1 coding in it was accepted."),
        translate("Verify", "Marked the turn as checked; {count} codings in it were accepted."),
    )


def menu_words(study: Study) -> dict[str, str]:
    """What each letter does, in the order of the menu; "" parts it."""
    direction = translate("Verify", "Direction: {direction}")
    return {
        "A": translate("Verify", "Accept"),
        "E": translate("Verify", "Edges as selected"),
        "C": translate("Verify", "Other code…"),
        "U": translate("Verify", "Remove"),
        "-1": "",
        **{
            letter: direction.replace("{direction}", study.direction(valence))
            for letter, valence in (
                ("B", Valence.BARRIER),
                ("F", Valence.FACILITATOR),
                ("X", Valence.MIXED),
                ("D", Valence.NEUTRAL),
            )
        },
        "-2": "",
        "N": translate("Verify", "Add what was missed…"),
        "T": translate("Verify", "Turn checked"),
        "R": translate("Verify", "Write a reason"),
        "-3": "",
        "J": translate("Verify", "Next coding"),
        "K": translate("Verify", "Previous coding"),
        "O": translate("Verify", "Show it in its place"),
    }


def judged_words(kind: DecisionKind) -> str:
    """What was just done, for the status line."""
    return {
        DecisionKind.ACCEPT: translate("Verify", "Accepted"),
        DecisionKind.CHANGE_EDGES: translate("Verify", "Changed the edges of"),
        DecisionKind.CHANGE_CODE: translate("Verify", "Changed"),
        DecisionKind.REMOVE: translate("Verify", "Removed"),
        DecisionKind.ADD: translate("Verify", "Added"),
    }[kind]
