"""Asks before another coder sits down while a round is sealed: it is logged and reported."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ikt_coder.ui.comparison.rounds.question import Question
from ikt_coder.ui.context import Context

translate = QCoreApplication.translate


def ask_to_switch(
    context: Context, coder: UUID, anchor: QWidget, then: Callable[[], object]
) -> Question | None:
    """Ask beside ``anchor`` whether ``coder`` sits down, and do ``then`` where that was agreed.

    None where nothing has to be asked: no sealed round has one of the two among its coders.
    """
    project = context.project
    if project.coder is None or project.coder == coder or not project.has_rounds:
        return None
    rounds = project.rounds
    sealed = {
        row.id: row for row in (*rounds.participates(project.coder), *rounds.participates(coder))
    }
    if not sealed:
        return None
    here, there = project.coders.get(project.coder).name, project.coders.get(coder).name
    names = ", ".join(row.name for row in sealed.values())
    more = translate(
        "Rounds",
        "{round} is sealed: what {here} coded stays hidden from {there}. That somebody else sat "
        "down is logged, and the report counts it. Where each codes in a copy of their own, "
        "there is nothing to count.",
    ).format(round=names, here=here, there=there)
    asked = Question(
        context.appearance,
        anchor.window(),
        translate("Rounds", "Let {name} sit down?").format(name=there),
        more,
        agree=translate("Rounds", "Code as {name}").format(name=there),
    )
    asked.agreed.connect(lambda _typed: then())
    asked.ask(anchor.rect(), anchor)
    return asked
