"""What stands behind the figures of a verified round: the codings of each type, the turns."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import DecisionKind, DifferenceKind
from ikt_coder.services.project import Project
from ikt_coder.services.settling_rows import Item, ItemState
from ikt_coder.ui.codes.wording import passages_in_words
from ikt_coder.ui.comparison.agreement.behind import Behind
from ikt_coder.ui.comparison.agreement.stretch_list import Passage
from ikt_coder.ui.comparison.columns.study import Study
from ikt_coder.ui.comparison.verify.marking import place_of
from ikt_coder.ui.comparison.verify.wording import state_words, title_words
from ikt_coder.ui.counting import figure

translate = QCoreApplication.translate


class Became(StrEnum):
    """What became of a coding of the first coder, or was checked."""

    ACCEPTED = "accepted"
    EDGES_CHANGED = "edges_changed"
    CODE_CHANGED = "code_changed"
    REMOVED = "removed"
    ADDED = "added"
    LEFT = "left"
    OPEN = "open"
    TURNS = "turns"


@frozen
class Rate:
    """A figure of the round in its row: ``which`` says what it opens (None: it is zero)."""

    name: str
    count: str
    which: Became | None


_DECIDED = {
    Became.ACCEPTED: DecisionKind.ACCEPT,
    Became.EDGES_CHANGED: DecisionKind.CHANGE_EDGES,
    Became.CODE_CHANGED: DecisionKind.CHANGE_CODE,
    Became.REMOVED: DecisionKind.REMOVE,
    Became.ADDED: DecisionKind.ADD,
}
_STATES = {
    Became.LEFT: (ItemState.OPEN, ItemState.CLASH),
    Became.OPEN: (ItemState.DEFERRED, ItemState.UNCLEAR),
}


def look_behind(project: Project, round_: UUID, rate: Rate, study: Study, which: Became) -> Behind:
    """Read what a rate counts: codings of all documents of the round, or all of its turns,
    each with whether it was checked. ``Passage.key`` is the item. Raises NotFound, NotAllowed."""
    if which is Became.TURNS:
        turns = tuple(_turns(project, round_))
        return Behind(rate.name, turns, count=rate.count)
    titles = {row.document: row.title for row in project.verification.documents(round_)}
    passages = tuple(
        Passage(
            item.document,
            titles.get(item.document, ""),
            place_of(item),
            state_words(item, study),
            title_words(item, study),
            item.id,
        )
        for item in project.verification.items(round_)
        if _is(item, which)
    )
    return Behind(rate.name, passages, count=passages_in_words(len(passages)))


def _is(item: Item, which: Became) -> bool:
    if which is not Became.ADDED and item.kind is not DifferenceKind.FIRST_CODER:
        return False
    kind = _DECIDED.get(which)
    if kind is not None:
        return item.decision is not None and item.decision.kind is kind
    return item.state in _STATES[which]


def _turns(project: Project, round_: UUID) -> Iterator[Passage]:
    for row in project.verification.documents(round_):
        for number, turn in enumerate(project.documents.text(row.document).turns, 1):
            on = row.checked.whole or turn.id in row.checked.turns
            yield Passage(
                row.document,
                row.title,
                turn.span,
                translate("Verify", "checked") if on else translate("Verify", "not checked"),
                translate("Verify", "turn {number}").format(number=figure(number)),
            )
