"""Counting, grouping and sorting what a query found, by the rules of method.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.frozen import frozen
from ikt_coder.core.query import Grouping, Query, Sorting, Whose
from ikt_coder.core.words import Valence, WordPair
from ikt_coder.model import Theme, ThemeCode, ThemeCoding
from ikt_coder.services.retrieval_ground import Ground
from ikt_coder.services.retrieval_rows import CountRow, Found, FoundGroup
from ikt_coder.services.retrieval_terms import code_paths

if TYPE_CHECKING:
    from ikt_coder.services.project import Project
    from ikt_coder.services.rows import CodingRow

Key = UUID | str | None
People = Callable[[Found], Sequence[UUID]]


def people_of(query: Query, ground: Ground) -> People:
    """Who is counted, and listed beside a coding: in the layer nobody who was left out of
    analysis."""
    if query.whose is Whose.LAYER and ground.anybody_left_out:
        return lambda found: ground.attribution.counted(found.words.participants)
    return lambda found: found.words.participants


class Tally:
    """References, passages and people of codings that come in place order."""

    __slots__ = ("_document", "_end", "_last", "passages", "people", "references")

    def __init__(self) -> None:
        self.references = 0
        self.passages = 0
        self.people: set[UUID] = set()
        self._document: UUID | None = None
        self._end = 0
        self._last: Sequence[UUID] = ()

    def add(self, coding: CodingRow, people: Sequence[UUID]) -> None:
        span = coding.span
        self.references += 1
        if people is not self._last:
            self._last = people
            self.people.update(people)
        # The same key is most often the same object, and an unequal one is looked at closer.
        if span.start > self._end or (
            coding.document is not self._document and coding.document != self._document
        ):
            self.passages += 1
            self._document = coding.document
            self._end = span.end
        elif span.end > self._end:
            self._end = span.end


@frozen
class Counted:
    """Found codings in their order, and every count of them."""

    found: tuple[Found, ...]
    groups: tuple[FoundGroup, ...]
    by_document: tuple[CountRow, ...]
    by_participant: tuple[CountRow, ...]
    references: int
    passages: int
    people: frozenset[UUID]


def counted(
    project: Project,
    placed: Sequence[Found],
    grouping: Grouping,
    sorting: Sorting,
    ground: Ground,
    people: People,
) -> Counted:
    """Count codings that are in place order, then put them in the order asked for."""
    labels = GroupLabels(project, grouping, ground, people)
    documents: dict[UUID, Tally] = {}
    persons: dict[UUID | None, Tally] = {}
    groups: dict[Key, Tally] = {}
    keys_of = labels.keys
    here: UUID | None = None
    document = Tally()
    for found in placed:
        coding = found.coding
        who = people(found)
        if coding.document is not here:
            here = coding.document
            document = documents.setdefault(here, Tally())
        document.add(coding, who)
        for person in who or _NOBODY:
            tally = persons.get(person)
            if tally is None:
                tally = persons[person] = Tally()
            tally.add(coding, ())
        for key in keys_of(found):
            tally = groups.get(key)
            if tally is None:
                tally = groups[key] = Tally()
            tally.add(coding, who)
    ordered = _sorted(project, placed, sorting, ground, people)
    indexes: dict[Key, list[int]] = {key: [] for key in groups}
    for index, found in enumerate(ordered):
        for key in keys_of(found):
            indexes[key].append(index)
    known = ground.attribution.people
    ranks = {key: at for at, key in enumerate(known)}
    return Counted(
        tuple(ordered),
        tuple(
            FoundGroup(
                key,
                labels.label(key),
                tuple(indexes[key]),
                groups[key].references,
                groups[key].passages,
                len(groups[key].people),
            )
            for key in sorted(groups, key=labels.rank)
        ),
        tuple(
            CountRow(
                key,
                ground.titles.get(key, ""),
                tally.references,
                tally.passages,
                len(tally.people),
            )
            for key, tally in documents.items()
        ),
        tuple(
            CountRow(
                key,
                known[key].label if key is not None else NOBODY,
                persons[key].references,
                persons[key].passages,
                0 if key is None else 1,
            )
            for key in sorted(persons, key=lambda k: len(ranks) if k is None else ranks[k])
        ),
        len(placed),
        sum(tally.passages for tally in documents.values()),
        frozenset().union(*(tally.people for tally in documents.values())),
    )


_NOBODY: Final = (None,)
NOBODY: Final = "Nobody (interviewer or no participant)"


class GroupLabels:
    """Which groups a coding stands in, what they are called, and their order."""

    def __init__(
        self, project: Project, grouping: Grouping, ground: Ground, people: People
    ) -> None:
        self._project = project
        self._people = people
        self._known = ground.attribution.people
        self._themes_of_code: dict[UUID, list[UUID]] = {}
        self._themes_of_coding: dict[UUID, list[UUID]] = {}
        self._names: Mapping[Key, str] = {}
        self._none = ""
        build: dict[Grouping, Callable[[], tuple[Mapping[Any, str], str]]] = {
            Grouping.NONE: lambda: ({}, ""),
            Grouping.CODE: self._codes,
            Grouping.THEME: self._themes,
            Grouping.DOCUMENT: lambda: (ground.titles, ""),
            Grouping.PARTICIPANT: lambda: (
                {key: person.label for key, person in self._known.items()},
                NOBODY,
            ),
            Grouping.GROUP: lambda: (
                {p.group: p.group for p in self._known.values() if p.group},
                "No group",
            ),
            Grouping.SPEAKER: lambda: ({}, "No speaker named"),
            Grouping.CODER: lambda: (
                {key: coder.name for key, coder in ground.coders.items()},
                "Consensus",
            ),
            Grouping.DIRECTION: self._directions,
            Grouping.LEVEL: lambda: (
                {row.id: row.name for row in project.frameworks.levels()},
                "No level",
            ),
            Grouping.QUESTION: lambda: (
                {row.id: row.name for row in project.guide.all()},
                "No question of the guide",
            ),
        }
        self._names, self._none = build[grouping]()
        self._ranks = {key: at for at, key in enumerate(self._names)}
        keys: dict[Grouping, Callable[[Found], Iterable[Key]]] = {
            Grouping.NONE: lambda found: _NOBODY,
            Grouping.CODE: lambda found: (found.coding.code,),
            Grouping.THEME: self._of_themes,
            Grouping.DOCUMENT: lambda found: (found.coding.document,),
            Grouping.PARTICIPANT: lambda found: self._people(found) or _NOBODY,
            Grouping.GROUP: self._of_groups,
            Grouping.SPEAKER: lambda found: found.words.speakers or _NOBODY,
            Grouping.CODER: lambda found: (found.coding.coder,),
            Grouping.DIRECTION: lambda found: (found.coding.valence,),
            Grouping.LEVEL: lambda found: found.coding.levels or _NOBODY,
            Grouping.QUESTION: lambda found: (
                ground.answers.of(found.coding.document, found.coding.span) or _NOBODY
            ),
        }
        self.keys = keys[grouping]

    def label(self, key: Key) -> str:
        if key is None:
            return self._none
        return self._names.get(key, str(key))

    def rank(self, key: Key) -> tuple[int, int, str]:
        """Codes and themes in tree order, others as lists show them; those without last."""
        if key is None:
            return 1, 0, ""
        if key in self._ranks:
            return 0, self._ranks[key], ""
        return 0, len(self._ranks), str(key).casefold()

    def _codes(self) -> tuple[Mapping[Any, str], str]:
        paths = code_paths(self._project.connection)
        return {key: " › ".join(path) for key, path in paths.items()}, ""

    def _themes(self) -> tuple[Mapping[Any, str], str]:
        connection = self._project.connection
        for code, theme in connection.execute(select(ThemeCode.code_id, ThemeCode.theme_id)).all():
            self._themes_of_code.setdefault(code, []).append(theme)
        for coding, theme in connection.execute(
            select(ThemeCoding.coding_id, ThemeCoding.theme_id).where(ThemeCoding.by_hand)
        ).all():
            self._themes_of_coding.setdefault(coding, []).append(theme)
        rows = connection.execute(
            select(Theme.id, Theme.parent_id, Theme.name).order_by(
                Theme.position, Theme.created, Theme.id
            )
        ).all()
        names: dict[UUID, str] = {}

        def walk(parent: UUID | None, above: tuple[str, ...]) -> None:
            for row in rows:
                if row.parent_id == parent:
                    path = (*above, row.name)
                    names[row.id] = " › ".join(path)
                    walk(row.id, path)

        walk(None, ())
        return names, "In no theme"

    def _directions(self) -> tuple[Mapping[Any, str], str]:
        return direction_names(self._project.card.get().words), "Not set"

    def _of_themes(self, found: Found) -> Iterable[Key]:
        themes = dict.fromkeys(self._themes_of_code.get(found.coding.code, ()))
        themes.update(dict.fromkeys(self._themes_of_coding.get(found.coding.id, ())))
        return themes or _NOBODY

    def _of_groups(self, found: Found) -> Iterable[Key]:
        groups = {self._known[p].group or None for p in self._people(found) if p in self._known}
        return groups or _NOBODY


def direction_names(pair: WordPair) -> dict[Valence, str]:
    """The directions in the project's words, with a capital."""
    from ikt_coder.services.theme_notes import direction_words

    barrier, facilitator = direction_words(pair)
    return {
        Valence.BARRIER: barrier.single.capitalize(),
        Valence.FACILITATOR: facilitator.single.capitalize(),
        Valence.MIXED: "Mixed",
        Valence.NEUTRAL: "Neutral",
    }


def _sorted(
    project: Project,
    placed: Sequence[Found],
    sorting: Sorting,
    ground: Ground,
    people: People,
) -> list[Found]:
    """Sorts are stable: what is equal stays in place order."""
    ordered = list(placed)
    if sorting is Sorting.NEWEST:
        ordered.sort(key=lambda one: one.coding.created, reverse=True)
    elif sorting is Sorting.OLDEST:
        ordered.sort(key=lambda one: one.coding.created)
    elif sorting is Sorting.LONGEST:
        ordered.sort(key=lambda one: one.coding.span.start - one.coding.span.end)
    elif sorting is Sorting.SHORTEST:
        ordered.sort(key=lambda one: one.coding.span.end - one.coding.span.start)
    elif sorting is Sorting.PARTICIPANT:
        ranks = {key: at for at, key in enumerate(ground.attribution.people)}
        last = len(ranks)
        ordered.sort(key=lambda one: min((ranks[p] for p in people(one)), default=last))
    elif sorting is Sorting.CODE:
        tree = {key: at for at, key in enumerate(code_paths(project.connection))}
        ordered.sort(key=lambda one: tree.get(one.coding.code, len(tree)))
    return ordered
