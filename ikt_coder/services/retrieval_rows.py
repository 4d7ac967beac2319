"""What a retrieval hands over: the codings it found, grouped and counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.query import Query
from ikt_coder.core.span import Span
from ikt_coder.services.attribution import Words
from ikt_coder.services.rows import CodingRow

MOST_PARTNERS = 100
"""So many partners of a coding are named; in a text coded twice throughout there are thousands."""


@frozen
class Found:
    """A coding that a query found, and whose words it holds.

    ``partners`` are the codings by which it meets the conditions, in place order, at most
    MOST_PARTNERS; those that need only stand anywhere in the document are not named.
    ``shared`` are the words that it has in common with them, in pieces: under each condition
    *same* or *overlap* those of any partner, under several what all of these leave; empty
    where there is no such condition.
    """

    coding: CodingRow
    words: Words
    partners: tuple[UUID, ...] = ()
    shared: tuple[Span, ...] = ()


@frozen
class CountRow:
    """References, passages and participants of one document or participant. Without a key:
    words of nobody, such as the interviewer's."""

    key: UUID | None
    label: str
    references: int
    passages: int
    participants: int


@frozen
class FoundGroup:
    """Codings of one code, theme, document, participant, coder or level (``key`` its id), of
    one group or speaker (its name) or direction (its Valence); None for what has none.

    ``indexes`` are places in ``Retrieval.found``. A coding may stand in several groups.
    """

    key: UUID | str | None
    label: str
    indexes: tuple[int, ...]
    references: int
    passages: int
    participants: int


@frozen
class Retrieval:
    """The answer to a query, in the order it asks for.

    A reference is a coding; a passage the union of touching or overlapping codings found in a
    document (in a group: of those of the group). ``by_document`` and ``by_participant`` list
    those with hits only. ``note`` names layer, unit, N and date; ``missing`` says in sentences
    what the query names that is no longer in the project.
    """

    query: Query
    found: tuple[Found, ...]
    groups: tuple[FoundGroup, ...]
    by_document: tuple[CountRow, ...]
    by_participant: tuple[CountRow, ...]
    references: int
    passages: int
    participants: int
    note: str
    interim: bool
    missing: tuple[str, ...]
    titles: Mapping[UUID, str]  # of all documents, in their order

    @property
    def codings(self) -> tuple[CodingRow, ...]:
        return tuple(one.coding for one in self.found)


@frozen
class SavedQueryRow:
    """A retrieval under a name; ``query`` is None where a newer version wrote it."""

    id: UUID
    name: str
    query: Query | None
    coder: UUID | None
    created: datetime
