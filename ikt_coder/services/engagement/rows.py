"""The frozen rows of the engagement log."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ikt_coder.core.frozen import frozen


class ListName(StrEnum):
    """The editable lists of the log."""

    ACTIVITY = "activity"
    KNOWLEDGE_USER = "knowledge_user"
    PART = "part"


@frozen
class TermRow:
    """An entry of a list. ``key`` is that of a shipped one; ``uses`` counts events."""

    id: UUID
    list_name: ListName
    key: str | None
    name: str
    definition: str
    hidden: bool
    position: int
    uses: int = 0


@frozen
class NewUser:
    """Knowledge users of one type who took part: ``number`` None where nobody noted it."""

    type: UUID | None = None
    part: UUID | None = None
    number: int | None = None
    who: str = ""
    influenced: str = ""


@frozen
class UserRow:
    id: UUID
    type: UUID | None
    type_name: str
    part: UUID | None
    part_name: str
    number: int | None
    who: str
    influenced: str


class LinkTarget(StrEnum):
    """What can have changed because of an event."""

    CODE = "code"
    THEME = "theme"
    DOCUMENT = "document"
    DECISION = "decision"


@frozen
class EventTarget:
    """One of the things an event changed."""

    kind: LinkTarget
    id: UUID


@frozen
class LinkRow:
    """A link to what changed; ``name`` is its name now, empty where it is gone."""

    id: UUID
    target: EventTarget
    name: str
    note: str


@frozen
class EventRow:
    """An event of the log. ``date`` and ``until`` are ISO 8601, as exact as they are known;
    ``hours`` is a decimal number as text."""

    id: UUID
    date: str
    until: str
    title: str
    activity: UUID | None
    activity_name: str
    description: str
    changed_because: str
    disagreement: str
    hours: str
    payment: str
    coder: UUID | None
    created: datetime
    users: tuple[UserRow, ...]
    links: tuple[LinkRow, ...]

    @property
    def name(self) -> str:
        """What lists and acts call it."""
        return self.title or " ".join(part for part in (self.activity_name, self.date) if part)

    @property
    def people(self) -> int:
        """How many knowledge users took part, as far as their number was noted."""
        return sum(user.number or 0 for user in self.users)
