"""What a retrieval asks for: which codings, standing how to which others, under which filters.

A query is a value: frozen, compared by content, stored as JSON under a name. It names codes,
themes and people by their ids and knows no database; ``services.retrieval`` answers it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.core.words import Flag, Origin, Valence


class TermKind(StrEnum):
    """What a term names: a code (a framework's node is one), all codes of a framework, or the
    members of a theme."""

    CODE = "code"
    FRAMEWORK = "framework"
    THEME = "theme"


@frozen
class Term:
    """Codings of one code, framework or theme; ``below`` with sub-codes or sub-themes."""

    kind: TermKind
    key: UUID
    below: bool = True


class Relation(StrEnum):
    """How another coding of the same document, by the same coder, stands to the one looked at.
    (Codings of several coders are never put together: comparing them is another question.)"""

    SAME = "same"  # on exactly the same words
    OVERLAP = "overlap"  # shares at least one sign
    WITHIN = "within"  # overlaps, touches, or lies at most ``distance`` code points away
    TURN = "turn"  # touches a turn that this one touches
    DOCUMENT = "document"  # anywhere in the document


@frozen
class Condition:
    """One *and* (or, ``negated``, *and not*): a coding of any of ``terms`` in the relation.
    No terms: any other coding. A coding never meets a condition by itself. Other codings are
    looked for before the filters, which judge only the coding that is found. Terms that are
    gone from the project are met by nothing."""

    terms: tuple[Term, ...]
    relation: Relation = Relation.OVERLAP
    distance: int = 0
    negated: bool = False


@frozen
class Block:
    """Codings of any of ``terms`` (none: every coding) that meet all ``conditions``."""

    terms: tuple[Term, ...] = ()
    conditions: tuple[Condition, ...] = ()


class Test(StrEnum):
    """How an attribute's value is compared; numbers and dates by size, words without case. A
    value that is not known passes no test but MISSING; of several choices any one is enough,
    and for IS_NOT none may be it."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MISSING = "missing"

    __test__ = False  # no test case, whatever its name says to pytest


@frozen
class AttributeTest:
    attribute: UUID
    test: Test
    value: str = ""


class Whose(StrEnum):
    """Whose codings a retrieval shows."""

    LAYER = "layer"  # the analysis layer
    MINE = "mine"
    CODER = "coder"  # those of ``Query.coders``
    EVERYONE = "everyone"


@frozen
class Filters:
    """What the codings must also be. An empty set does not filter. Within a set any one is
    enough; the sets are joined by *and*. ``None`` in ``directions`` is *not set*, in
    ``levels`` *no level*, in ``strengths`` *no strength*, in ``questions`` *answers none*.
    ``participants``, ``groups`` and all tests of participants' attributes must hold of one and
    the same participant."""

    documents: frozenset[UUID] = frozenset()
    folders: frozenset[UUID] = frozenset()  # with those below
    participants: frozenset[UUID] = frozenset()
    groups: frozenset[str] = frozenset()
    attributes: tuple[AttributeTest, ...] = ()
    speakers: frozenset[str] = frozenset()  # labels in the transcripts; words of one are in it
    roles: frozenset[SpeakerRole] = frozenset()  # words of such a speaker are among them
    directions: frozenset[Valence | None] = frozenset()
    levels: frozenset[UUID | None] = frozenset()
    strengths: frozenset[int | None] = frozenset()
    flags: frozenset[Flag] = frozenset()
    without_flags: frozenset[Flag] = frozenset()
    origins: frozenset[Origin] = frozenset()
    questions: frozenset[UUID | None] = frozenset()  # of the guide; the words answer one
    memo: str = ""  # words of the memo; "*" for any memo
    words: str = ""  # words of the passage
    since: date | None = None  # made on this day or later (local time)
    until: date | None = None

    def __bool__(self) -> bool:
        return self != Filters()


class Grouping(StrEnum):
    NONE = "none"
    CODE = "code"
    THEME = "theme"
    DOCUMENT = "document"
    PARTICIPANT = "participant"
    GROUP = "group"
    SPEAKER = "speaker"
    CODER = "coder"
    DIRECTION = "direction"
    LEVEL = "level"
    QUESTION = "question"


class Sorting(StrEnum):
    PLACE = "place"  # documents in their order, then position
    NEWEST = "newest"
    OLDEST = "oldest"
    LONGEST = "longest"
    SHORTEST = "shortest"
    PARTICIPANT = "participant"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Query:
    """Codings of any of ``blocks`` that pass the filters. No block means every coding."""

    blocks: tuple[Block, ...] = ()
    filters: Filters = field(default_factory=Filters)
    whose: Whose = Whose.LAYER
    coders: frozenset[UUID] = frozenset()
    grouping: Grouping = Grouping.CODE
    sorting: Sorting = Sorting.PLACE

    def to_json(self) -> dict[str, Any]:
        """Plain values for JSON; ``from_json`` gives an equal query back."""
        return _plain(self)  # type: ignore[no-any-return]  # a dataclass always becomes a dict

    @classmethod
    def from_json(cls, data: Any) -> Query:
        """Raises ValueError where the data are not a query of a version this one knows."""
        try:
            return _query(data)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("this is not a saved retrieval") from error


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, frozenset):
        return sorted((_plain(one) for one in value), key=lambda one: (one is None, str(one)))
    if isinstance(value, UUID | date):
        return str(value)
    if isinstance(value, StrEnum):
        return value.value
    if hasattr(value, "__dataclass_fields__"):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return value


def _query(data: dict[str, Any]) -> Query:
    return Query(
        blocks=tuple(
            Block(
                tuple(map(_term, one["terms"])),
                tuple(
                    Condition(
                        tuple(map(_term, each["terms"])),
                        Relation(each["relation"]),
                        int(each["distance"]),
                        bool(each["negated"]),
                    )
                    for each in one["conditions"]
                ),
            )
            for one in data["blocks"]
        ),
        filters=_filters(data["filters"]),
        whose=Whose(data["whose"]),
        coders=frozenset(map(UUID, data["coders"])),
        grouping=Grouping(data["grouping"]),
        sorting=Sorting(data["sorting"]),
    )


def _term(data: dict[str, Any]) -> Term:
    return Term(TermKind(data["kind"]), UUID(data["key"]), bool(data["below"]))


def _filters(data: dict[str, Any]) -> Filters:
    def keys(name: str) -> frozenset[UUID]:
        return frozenset(map(UUID, data[name]))

    def day(name: str) -> date | None:
        return None if data[name] is None else date.fromisoformat(data[name])

    return Filters(
        documents=keys("documents"),
        folders=keys("folders"),
        participants=keys("participants"),
        groups=frozenset(map(str, data["groups"])),
        attributes=tuple(
            AttributeTest(UUID(one["attribute"]), Test(one["test"]), str(one["value"]))
            for one in data["attributes"]
        ),
        speakers=frozenset(map(str, data["speakers"])),
        roles=frozenset(map(SpeakerRole, data["roles"])),
        directions=frozenset(None if one is None else Valence(one) for one in data["directions"]),
        levels=frozenset(None if one is None else UUID(one) for one in data["levels"]),
        strengths=frozenset(None if one is None else int(one) for one in data["strengths"]),
        flags=frozenset(map(Flag, data["flags"])),
        without_flags=frozenset(map(Flag, data["without_flags"])),
        origins=frozenset(map(Origin, data["origins"])),
        questions=frozenset(  # retrievals that were saved before there was a guide have none
            None if one is None else UUID(one) for one in data.get("questions", ())
        ),
        memo=str(data["memo"]),
        words=str(data["words"]),
        since=day("since"),
        until=day("until"),
    )
