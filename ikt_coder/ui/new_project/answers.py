"""What a person said about a project and its coder, apart from any window."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.ops import Op
from ikt_coder.core.words import Approach, Role, WordPair
from ikt_coder.services.project import Project
from ikt_coder.services.rows import CardRow


@frozen
class BehaviourAnswers:
    """One behaviour; ``id`` is None for a new one."""

    id: UUID | None = None
    action: str = ""
    actor: str = ""
    context: str = ""
    target: str = ""
    time: str = ""

    @property
    def empty(self) -> bool:
        return not (self.action or self.actor or self.context or self.target or self.time)


@frozen
class CardAnswers:
    """The project card as it was filled in."""

    approach: Approach = Approach.UNDECIDED
    research_question: str = ""
    focal_actor: str = ""
    words: WordPair = WordPair.BARRIERS_FACILITATORS
    behaviours: tuple[BehaviourAnswers, ...] = ()


@frozen
class CoderAnswers:
    """Who codes; an empty name means that it was not said."""

    name: str = ""
    initials: str = ""
    role: Role = Role.RESEARCHER
    positionality: str = ""


@dataclass(frozen=True, slots=True)
class NewProject:
    """Everything a new project is made of."""

    path: Path
    name: str
    card: CardAnswers = field(default_factory=CardAnswers)
    coder: CoderAnswers = field(default_factory=CoderAnswers)


def make_project(answers: NewProject) -> Project:
    """Write the project file with what was said and open it. Raises ProjectFileError."""
    project = Project.create(answers.path, answers.name)
    # What a project begins with is no act to take back, so it goes in as part of the making.
    with project.operation(Op.CREATE_PROJECT, name=answers.name):
        keep_card(project, answers.card)
        coder = answers.coder
        made = (
            project.coders.add(coder.name, coder.initials, coder.role, coder.positionality)
            if coder.name
            else None
        )
    project.coder = made
    return project


def keep_card(project: Project, card: CardAnswers) -> None:
    """Bring the project card to what was filled in, as one act; what is the same stays
    untouched."""
    before = project.card.get()
    with project.operation(Op.CHANGE_CARD):
        if _fields(before) != (
            card.approach,
            card.research_question,
            card.focal_actor,
            card.words,
        ):
            project.card.change(
                approach=card.approach,
                research_question=card.research_question,
                focal_actor=card.focal_actor,
                words=card.words,
            )
        known = {row.id: row for row in before.behaviours}
        wanted = [behaviour for behaviour in card.behaviours if not behaviour.empty]
        for key in known.keys() - {behaviour.id for behaviour in wanted}:
            project.card.remove_behaviour(key)
        for behaviour in wanted:
            parts = {
                "action": behaviour.action,
                "actor": behaviour.actor,
                "context": behaviour.context,
                "target": behaviour.target,
                "time": behaviour.time,
            }
            if behaviour.id is None:
                project.card.add_behaviour(**parts)
            elif parts != {name: getattr(known[behaviour.id], name) for name in parts}:
                project.card.change_behaviour(behaviour.id, **parts)


def answers_of(card: CardRow) -> CardAnswers:
    """The project card as a form shows it."""
    return CardAnswers(
        card.approach,
        card.research_question,
        card.focal_actor,
        card.words,
        tuple(
            BehaviourAnswers(row.id, row.action, row.actor, row.context, row.target, row.time)
            for row in card.behaviours
        ),
    )


def _fields(card: CardRow) -> tuple[Approach, str, str, WordPair]:
    return card.approach, card.research_question, card.focal_actor, card.words
