"""The editable lists of the engagement log, and the entries that come with the program.

Activities, types of knowledge users and stages are those that a scoping review of trainee-led
partnership research charted (Cassidy et al., 2021, 10.1186/s12961-021-00784-0), with a few that
the studies around it name; every list can be changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.ids import derived_id, new_id
from ikt_coder.core.ops import Op
from ikt_coder.model import EngagementEvent, EventUser, ListTerm
from ikt_coder.services.base import UNSET, Service, Unset, change_row, named
from ikt_coder.services.document_order import put_before
from ikt_coder.services.engagement.rows import ListName, TermRow
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

SHIPPED: dict[ListName, tuple[tuple[str, str, str], ...]] = {
    ListName.ACTIVITY: (
        ("meeting", "Meeting", "Talking together, in a room or on a screen."),
        ("workshop", "Workshop", "Working together on something for hours."),
        ("written", "Written communication", "Letters, reports or drafts to comment on."),
        ("email", "Email", ""),
        ("phone", "Phone call", ""),
        ("presentation", "Presentation", "Showing plans or findings, with time for answers."),
        ("interview", "Interview or focus group", "Asked as knowledge users, not as participants."),
        ("online", "Online platform", "A shared space where people write when they can."),
        ("informal", "Informal contact", "Talk in a corridor, a visit, a message."),
    ),
    ListName.KNOWLEDGE_USER: (
        ("policymaker", "Policymakers", "Who decide for a system or a public body."),
        ("manager", "Managers and decision-makers", "Who decide for an organisation or a service."),
        ("practitioner", "Practitioners", "Who work with the people the study is about."),
        ("patient", "Patients", "Who live with what is studied."),
        ("caregiver", "Caregivers and family", ""),
        ("advocate", "Advocates", "Who speak for a group, such as a patients' organisation."),
        ("community", "Community organisations", ""),
        ("indigenous", "Indigenous knowledge holders", ""),
        ("public", "Members of the public", ""),
        ("funder", "Funders", ""),
        ("industry", "Industry", ""),
    ),
    ListName.PART: (
        ("lead", "Lead", "They led this."),
        ("co-lead", "Co-lead", "They led it together with researchers."),
        ("partner", "Partner", "They decided with the team."),
        ("adviser", "Adviser", "They were asked and answered."),
        ("facilitator", "iKT facilitator", "They helped both sides to work together."),
        ("informed", "Informed", "They were told."),
    ),
}
_USED = {
    ListName.ACTIVITY: EngagementEvent.activity_id,
    ListName.KNOWLEDGE_USER: EventUser.type_id,
    ListName.PART: EventUser.part_id,
}
_WHAT = {
    ListName.ACTIVITY: "activity",
    ListName.KNOWLEDGE_USER: "type of knowledge users",
    ListName.PART: "part",
}


def shipped_id(list_name: ListName, key: str) -> UUID:
    """The id of a shipped entry, in every project the same."""
    return derived_id("list_term", list_name.value, key)


class TermService(Service):
    """``project.engagement.terms``."""

    def all(self, list_name: ListName, *, hidden: bool = False) -> tuple[TermRow, ...]:
        """The entries of a list in their order; ``hidden`` also those no longer offered."""
        rows = list(self._read(list_name))
        return tuple(row for row in rows if hidden or not row.hidden)

    def get(self, term: UUID) -> TermRow:
        """Raises NotFound."""
        for list_name in ListName:
            for row in self._read(list_name):
                if row.id == term:
                    return row
        raise NotFound("This entry is no longer in the list.", "Undo may bring it back.")

    def find(self, list_name: ListName, name: str) -> TermRow:
        """The entry of this name, whatever its case, key or id. Raises NotFound."""
        wanted = name.strip().casefold()
        for row in self._read(list_name):
            if wanted in (row.name.casefold(), row.key, str(row.id)):
                return row
        known = ", ".join(row.name for row in self.all(list_name))
        raise NotFound(f"There is no {_WHAT[list_name]} “{name}”.", f"There are {known}.")

    def _read(self, list_name: ListName) -> list[TermRow]:
        column = _USED[list_name]
        # An event with two rows of one type counts once.
        owner = EngagementEvent.id if list_name is ListName.ACTIVITY else EventUser.event_id
        uses = dict(
            self._rows(
                select(column, func.count(owner.distinct()))
                .where(column.is_not(None))
                .group_by(column)
            )
        )
        stored = self._rows(
            select(ListTerm.__table__)
            .where(ListTerm.list_name == list_name.value)
            .order_by(ListTerm.position, ListTerm.id)
        )
        if not stored:
            return [
                TermRow(shipped_id(list_name, key), list_name, key, name, definition, False, at)
                for at, (key, name, definition) in enumerate(SHIPPED[list_name])
            ]
        return [
            TermRow(
                r.id,
                list_name,
                r.key,
                r.name,
                r.definition,
                r.hidden,
                r.position,
                uses.get(r.id, 0),
            )
            for r in stored
        ]

    # -- changing ---------------------------------------------------------------------------

    def add(self, list_name: ListName, name: str, definition: str = "") -> UUID:
        """Add an entry at the end. Raises UserError where the name is there already."""
        name = named(name, _WHAT[list_name], 120)
        key = new_id()
        with self._operation(Op.CHANGE_TERMS, name=name) as op:
            self.store(op, list_name)
            self._refuse_double(list_name, name, None)
            op.execute(
                insert(ListTerm).values(
                    id=key,
                    list_name=list_name.value,
                    key=None,
                    name=name,
                    definition=definition.strip(),
                    hidden=False,
                    position=self._next_position(ListTerm, ListTerm.list_name == list_name.value),
                )
            )
        return key

    def change(
        self,
        term: UUID,
        *,
        name: str | Unset = UNSET,
        definition: str | Unset = UNSET,
        hidden: bool | Unset = UNSET,
    ) -> None:
        """Change what is given; an entry that is ``hidden`` is no longer offered."""
        row = self.get(term)
        values: dict[str, Any] = {}
        if not isinstance(name, Unset):
            values["name"] = named(name, _WHAT[row.list_name], 120)
        if not isinstance(definition, Unset):
            values["definition"] = definition.strip()
        if not isinstance(hidden, Unset):
            values["hidden"] = hidden
        with self._operation(Op.CHANGE_TERMS, name=row.name) as op:
            self.store(op, row.list_name)
            if "name" in values:
                self._refuse_double(row.list_name, values["name"], term)
            change_row(op, ListTerm, term, values)

    def move(self, term: UUID, before: UUID | None) -> None:
        """Put an entry before another one of its list, or (None) at the end."""
        row = self.get(term)
        order = put_before([one.id for one in self._read(row.list_name)], [term], before)
        with self._operation(Op.CHANGE_TERMS, name=row.name) as op:
            self.store(op, row.list_name)
            for at, key in enumerate(order):
                op.execute(
                    update(ListTerm)
                    .where(ListTerm.id == key, ListTerm.position != at)
                    .values(position=at)
                )

    def delete(self, term: UUID) -> None:
        """Take an entry out of its list. Raises NotAllowed where events use it."""
        row = self.get(term)
        if row.uses:
            raise NotAllowed(
                f"“{row.name}” is used by {row.uses} {'event' if row.uses == 1 else 'events'}. "
                "Nothing was deleted.",
                "Hide it: it is no longer offered then, and the events keep it.",
            )
        with self._operation(Op.CHANGE_TERMS, name=row.name) as op:
            self.store(op, row.list_name)
            op.execute(delete(ListTerm).where(ListTerm.id == term))

    def store(self, op: Operation, list_name: ListName) -> None:
        """Write the shipped entries into the project, where its list was never stored, so that
        events can refer to them."""
        there = op.execute(
            select(ListTerm.id).where(ListTerm.list_name == list_name.value).limit(1)
        ).first()
        if there is None:
            op.execute(insert(ListTerm), [_stored(list_name, at) for at in _places(list_name)])

    def _refuse_double(self, list_name: ListName, name: str, but: UUID | None) -> None:
        for row in self._read(list_name):
            if row.id != but and row.name.casefold() == name.casefold():
                hint = "It is hidden: show it again." if row.hidden else "Choose another name."
                raise UserError(f"“{row.name}” is in the list already. Nothing was changed.", hint)


def _places(list_name: ListName) -> range:
    return range(len(SHIPPED[list_name]))


def _stored(list_name: ListName, at: int) -> Mapping[str, Any]:
    key, name, definition = SHIPPED[list_name][at]
    return {
        "id": shipped_id(list_name, key),
        "list_name": list_name.value,
        "key": key,
        "name": name,
        "definition": definition,
        "hidden": False,
        "position": at,
    }
