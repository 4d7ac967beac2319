"""The project card: the question, the approach, and barrier or facilitator to what."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, select

from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.words import Approach, WordPair
from ikt_coder.model import Behaviour, Project
from ikt_coder.services.base import UNSET, Service, Unset, add_row, change_row, given, named
from ikt_coder.services.kept_reading import KeptReading
from ikt_coder.services.rows import BehaviourRow, CardRow

if TYPE_CHECKING:
    from ikt_coder.services.project import Project as OpenProject


class CardService(Service):
    def __init__(self, project: OpenProject) -> None:
        super().__init__(project)
        self._kept = KeptReading(project, ("project", "behaviour"), self._read, first=True)

    def get(self) -> CardRow:
        return self._kept.get()

    def _read(self) -> CardRow:
        row = self._one(select(Project.__table__), "project card")
        return CardRow(
            name=row.name,
            approach=Approach(row.approach),
            research_question=row.research_question,
            focal_actor=row.focal_actor,
            words=WordPair(row.words),
            behaviours=self.behaviours(),
            created=row.created,
        )

    def behaviours(self) -> tuple[BehaviourRow, ...]:
        rows = self._rows(select(Behaviour.__table__).order_by(Behaviour.position))
        return tuple(
            BehaviourRow(r.id, r.action, r.actor, r.context, r.target, r.time) for r in rows
        )

    def change(
        self,
        *,
        name: str | Unset = UNSET,
        approach: Approach | Unset = UNSET,
        research_question: str | Unset = UNSET,
        focal_actor: str | Unset = UNSET,
        words: WordPair | Unset = UNSET,
    ) -> None:
        """Change the fields that are given."""
        values = given(
            name=name,
            approach=approach,
            research_question=research_question,
            focal_actor=focal_actor,
            words=words,
        )
        if "name" in values:
            values["name"] = named(values["name"], "project")
        with self._operation(Op.CHANGE_CARD, fields=sorted(values)) as op:
            key = op.connection.execute(select(Project.id)).scalar_one()
            change_row(op, Project, key, values)

    def add_behaviour(
        self, action: str, actor: str = "", context: str = "", target: str = "", time: str = ""
    ) -> UUID:
        key = new_id()
        with self._operation(Op.ADD_BEHAVIOUR, behaviour=key) as op:
            add_row(
                op,
                Behaviour,
                id=key,
                position=self._next_position(Behaviour),
                action=named(action, "behaviour"),
                actor=actor.strip(),
                context=context.strip(),
                target=target.strip(),
                time=time.strip(),
            )
        return key

    def change_behaviour(
        self,
        behaviour: UUID,
        *,
        action: str | Unset = UNSET,
        actor: str | Unset = UNSET,
        context: str | Unset = UNSET,
        target: str | Unset = UNSET,
        time: str | Unset = UNSET,
    ) -> None:
        values = given(action=action, actor=actor, context=context, target=target, time=time)
        values = {name: text.strip() for name, text in values.items()}
        if "action" in values:
            values["action"] = named(values["action"], "behaviour")
        with self._operation(Op.CHANGE_BEHAVIOUR, behaviour=behaviour) as op:
            change_row(op, Behaviour, behaviour, values)

    def remove_behaviour(self, behaviour: UUID) -> None:
        """Remove a behaviour; codings that named it are then of no named behaviour."""
        with self._operation(Op.REMOVE_BEHAVIOUR, behaviour=behaviour) as op:
            op.execute(delete(Behaviour).where(Behaviour.id == behaviour))
