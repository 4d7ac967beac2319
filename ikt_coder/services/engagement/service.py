"""The events of the engagement log."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.model import (
    Code,
    Decision,
    Document,
    EngagementEvent,
    EventLink,
    EventUser,
    ListTerm,
    Theme,
)
from ikt_coder.model.derived import derived_key
from ikt_coder.services.base import UNSET, Service, Unset, add_row, change_row
from ikt_coder.services.engagement.rows import (
    EventRow,
    EventTarget,
    LinkRow,
    LinkTarget,
    ListName,
    NewUser,
    UserRow,
)
from ikt_coder.services.engagement.terms import TermService
from ikt_coder.storage.operation import Operation

FRAMEWORKS = ("iap2", "research-stages", "wider")
"""The charting frameworks by which events are described."""

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_MOST_HOURS = 10_000
_REASON = 80  # code points of a reason that a name holds


class EngagementService(Service):
    @cached_property
    def terms(self) -> TermService:
        """The editable lists of the log."""
        return TermService(self._project)

    # -- reading ----------------------------------------------------------------------------

    def all(self) -> tuple[EventRow, ...]:
        """The events, oldest first; those without a date last."""
        return self._read()

    def get(self, event: UUID) -> EventRow:
        """Raises NotFound."""
        for row in self._read(event):
            return row
        raise NotFound("This event is no longer in the log.", "Undo may bring it back.")

    @property
    def any(self) -> bool:
        """Whether the log was begun."""
        return bool(self._rows(select(EngagementEvent.id).limit(1)))

    def of_target(self, target: EventTarget) -> tuple[EventRow, ...]:
        """The events that changed a code, theme, document or decision."""
        column = _COLUMNS[target.kind]
        found = set(
            self._connection.execute(
                select(EventLink.event_id).where(column == target.id)
            ).scalars()
        )
        return tuple(row for row in self._read() if row.id in found)

    def decisions(self, most: int = 200) -> dict[UUID, str]:
        """Decisions on differences between coders that people took one by one, newest first,
        with what they are called here: the document, what was decided, and why."""
        return self._decisions(Decision.in_bulk.is_(False), most)

    def _decisions(self, wanted: Any, most: int) -> dict[UUID, str]:
        rows = self._rows(
            select(Decision.id, Document.title, Decision.kind, Decision.reason)
            .join(Document, Document.id == Decision.document_id)
            .where(wanted)
            .order_by(Decision.at.desc(), Decision.id)
            .limit(most)
        )
        found = {}
        for row in rows:
            reason = " ".join(row.reason.split())[:_REASON]
            words = f"{row.title}: {row.kind.replace('_', ' ')}"
            found[row.id] = f"{words}, {reason}" if reason else words
        return found

    def _read(self, event: UUID | None = None) -> tuple[EventRow, ...]:
        wanted = [EngagementEvent.id == event] if event is not None else []
        names = {row.id: row.name for row in self._rows(select(ListTerm.id, ListTerm.name))}
        users = self._users(event, names)
        links = self._links(event)
        rows = [
            EventRow(
                r.id,
                r.date,
                r.until,
                r.title,
                r.activity_id,
                names.get(r.activity_id, ""),
                r.description,
                r.changed_because,
                r.disagreement,
                r.hours,
                r.payment,
                r.coder_id,
                r.created,
                tuple(users.get(r.id, ())),
                tuple(links.get(r.id, ())),
            )
            for r in self._rows(select(EngagementEvent.__table__).where(*wanted))
        ]
        rows.sort(key=lambda row: (not row.date, row.date, row.until, row.created, row.id))
        return tuple(rows)

    def _users(self, event: UUID | None, names: Mapping[UUID, str]) -> dict[UUID, list[UserRow]]:
        wanted = [EventUser.event_id == event] if event is not None else []
        found: dict[UUID, list[UserRow]] = defaultdict(list)
        for r in self._rows(
            select(EventUser.__table__).where(*wanted).order_by(EventUser.position, EventUser.id)
        ):
            found[r.event_id].append(
                UserRow(
                    r.id,
                    r.type_id,
                    names.get(r.type_id, ""),
                    r.part_id,
                    names.get(r.part_id, ""),
                    r.number,
                    r.who,
                    r.influenced,
                )
            )
        return found

    def _links(self, event: UUID | None) -> dict[UUID, list[LinkRow]]:
        wanted = [EventLink.event_id == event] if event is not None else []
        rows = self._rows(select(EventLink.__table__).where(*wanted).order_by(EventLink.id))
        if not rows:
            return {}
        names: dict[UUID, str] = {}
        for entity, column in ((Code, Code.name), (Theme, Theme.name), (Document, Document.title)):
            names.update(
                {r.id: r.name for r in self._rows(select(entity.id, column.label("name")))}
            )
        decided = [row.decision for row in rows if row.decision is not None]
        if decided:
            names.update(self._decisions(Decision.id.in_(decided), len(decided)))
        found: dict[UUID, list[LinkRow]] = defaultdict(list)
        for r in rows:
            for kind, column in _COLUMNS.items():
                key = getattr(r, column.name)
                if key is not None:
                    name = names.get(key, "")
                    target = EventTarget(kind, key)
                    found[r.event_id].append(LinkRow(r.id, target, name, r.note))
        return found

    # -- writing ----------------------------------------------------------------------------

    def add(
        self,
        date: str = "",
        title: str = "",
        *,
        activity: UUID | None = None,
        until: str = "",
        description: str = "",
        changed_because: str = "",
        disagreement: str = "",
        hours: str = "",
        payment: str = "",
        users: Iterable[NewUser] = (),
        links: Mapping[EventTarget, str] | None = None,
    ) -> UUID:
        """Add an event. ``date`` and ``until`` are years, months or days (2024, 2024-03,
        2024-03-05); ``links`` says what changed because of it, each with a note. Where the log
        begins, the charting frameworks that describe events are added in the same act.

        Raises UserError for a date or number that cannot be read.
        """
        when, end = _dates(date, until)
        title = " ".join(title.split())
        key = new_id()
        with self._operation(Op.ADD_EVENT, name=title or when) as op:
            self._prepare(op)
            add_row(
                op,
                EngagementEvent,
                id=key,
                date=when,
                until=end,
                title=title,
                activity_id=activity,
                description=description.strip(),
                changed_because=changed_because.strip(),
                disagreement=disagreement.strip(),
                hours=_hours(hours),
                payment=payment.strip(),
                coder_id=self._project.coder,
                created=datetime.now(UTC),
            )
            self._put_users(op, key, users)
            self._put_links(op, key, links or {})
        return key

    def change(
        self,
        event: UUID,
        *,
        date: str | Unset = UNSET,
        until: str | Unset = UNSET,
        title: str | Unset = UNSET,
        activity: UUID | Unset | None = UNSET,
        description: str | Unset = UNSET,
        changed_because: str | Unset = UNSET,
        disagreement: str | Unset = UNSET,
        hours: str | Unset = UNSET,
        payment: str | Unset = UNSET,
        users: Iterable[NewUser] | Unset = UNSET,
        links: Mapping[EventTarget, str] | Unset = UNSET,
    ) -> None:
        """Change what is given in one act; ``users`` and ``links`` as a whole."""
        row = self.get(event)
        values: dict[str, Any] = {}
        if date is not UNSET or until is not UNSET:
            values["date"], values["until"] = _dates(
                row.date if isinstance(date, Unset) else date,
                row.until if isinstance(until, Unset) else until,
            )
        if not isinstance(title, Unset):
            values["title"] = " ".join(title.split())
        if not isinstance(activity, Unset):
            values["activity_id"] = activity
        if not isinstance(hours, Unset):
            values["hours"] = _hours(hours)
        for name, text in (
            ("description", description),
            ("changed_because", changed_because),
            ("disagreement", disagreement),
            ("payment", payment),
        ):
            if not isinstance(text, Unset):
                values[name] = text.strip()
        with self._operation(Op.CHANGE_EVENT, name=row.name) as op:
            for list_name in ListName:
                self.terms.store(op, list_name)
            change_row(op, EngagementEvent, event, values)
            if not isinstance(users, Unset):
                self._put_users(op, event, users)
            if not isinstance(links, Unset):
                self._put_links(op, event, links)

    def delete(self, event: UUID) -> None:
        """Take an event out of the log with its charting; can be undone."""
        row = self.get(event)
        with self._operation(Op.DELETE_EVENT, name=row.name) as op:
            op.execute(delete(EngagementEvent).where(EngagementEvent.id == event))

    def _prepare(self, op: Operation) -> None:
        """The lists, and the frameworks by which events are described, when the log begins."""
        for list_name in ListName:
            self.terms.store(op, list_name)
        if self.any:
            return
        there = {row.key for row in self._project.frameworks.all()}
        for key in FRAMEWORKS:
            if key not in there:
                self._project.frameworks.add(key)

    @staticmethod
    def _put_users(op: Operation, event: UUID, users: Iterable[NewUser]) -> None:
        """Replace who took part; rows that say the same as before stay."""
        known = op.execute(select(EventUser.__table__).where(EventUser.event_id == event)).all()
        left = {_user_key(row.position, row): row.id for row in known}
        fresh = []
        for at, user in enumerate(users):
            if user.number is not None and user.number < 0:
                raise UserError("A number of people cannot be negative. Nothing was changed.")
            values = {
                "type_id": user.type,
                "part_id": user.part,
                "number": user.number,
                "who": user.who.strip(),
                "influenced": user.influenced.strip(),
            }
            if not any(value not in (None, "") for value in values.values()):
                continue
            if left.pop((at, *values.values()), None) is None:
                fresh.append({"id": new_id(), "event_id": event, "position": at, **values})
        if left:
            op.execute(delete(EventUser).where(EventUser.id.in_(list(left.values()))))
        if fresh:
            op.execute(insert(EventUser), fresh)

    @staticmethod
    def _put_links(op: Operation, event: UUID, links: Mapping[EventTarget, str]) -> None:
        known = {
            row.id: row.note
            for row in op.execute(
                select(EventLink.id, EventLink.note).where(EventLink.event_id == event)
            ).all()
        }
        wanted: dict[UUID, dict[str, Any]] = {}
        for target, note in links.items():
            columns: dict[str, UUID | None] = dict.fromkeys(c.name for c in _COLUMNS.values())
            columns[_COLUMNS[target.kind].name] = target.id
            key = derived_key("event_link", event, target.id)
            wanted[key] = {"id": key, "event_id": event, **columns, "note": note.strip()}
        gone = [key for key in known if wanted.get(key, {}).get("note") != known[key]]
        if gone:
            op.execute(delete(EventLink).where(EventLink.id.in_(gone)))
        fresh = [row for key, row in wanted.items() if known.get(key) != row["note"]]
        if fresh:
            op.execute(insert(EventLink), fresh)


_COLUMNS: dict[LinkTarget, Any] = {
    LinkTarget.CODE: EventLink.__table__.c.code_id,
    LinkTarget.THEME: EventLink.__table__.c.theme_id,
    LinkTarget.DOCUMENT: EventLink.__table__.c.document_id,
    LinkTarget.DECISION: EventLink.__table__.c.decision,
}


def _user_key(position: int, row: Any) -> tuple[Any, ...]:
    return (position, row.type_id, row.part_id, row.number, row.who, row.influenced)


def _dates(when: str, until: str) -> tuple[str, str]:
    first, last = _date(when), _date(until)
    if first and last and last < first[: len(last)]:
        raise UserError(
            f"The event would end ({last}) before it begins ({first}). Nothing was changed.",
            "Correct one of the dates.",
        )
    if last and not first:
        first, last = last, ""
    return first, "" if last == first else last


def _date(text: str) -> str:
    """A year, month or day in ISO 8601; empty for none. Raises UserError."""
    text = text.strip()
    if not text:
        return ""
    found = _DATE.fullmatch(text)
    if found is not None:
        year, month, day = (int(part) if part else None for part in found.groups())
        try:
            date(year or 1, month or 1, day or 1)
        except ValueError:
            found = None
    if found is None:
        raise UserError(
            f"“{text}” is not a date the log can keep. Nothing was changed.",
            "Write a year, a month or a day: 2024, 2024-03 or 2024-03-05.",
        )
    parts = [f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)]
    return "-".join(parts)


def _hours(text: str) -> str:
    """A number of hours with a decimal point; empty for none. Raises UserError."""
    text = text.strip().replace(",", ".")
    if not text:
        return ""
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or not 0 <= number <= _MOST_HOURS:
        raise UserError(
            f"“{text}” is not a number of hours. Nothing was changed.",
            "Write for example 2 or 1.5.",
        )
    return f"{number.normalize():f}"
