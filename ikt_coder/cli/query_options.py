"""What ``retrieve`` can be asked, and the query that its options make."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

import typer

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.query import (
    AttributeTest,
    Block,
    Condition,
    Filters,
    Grouping,
    Query,
    Relation,
    Sorting,
    Term,
    TermKind,
    Test,
    Whose,
)
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.core.words import Flag, Origin, Subject, Valence
from ikt_coder.services.level_names import LevelNames
from ikt_coder.services.project import Project

_Word = TypeVar("_Word", bound=StrEnum)

_TESTS = {
    "!=": Test.IS_NOT,
    ">=": Test.AT_LEAST,
    "<=": Test.AT_MOST,
    "~": Test.CONTAINS,
    "=": Test.IS,
}
_TEST = re.compile(r"(.+?)(!=|>=|<=|~|=)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class AskedQuery:
    """What was written on the command line, unread."""

    code: list[str] = field(default_factory=list)
    theme: list[str] = field(default_factory=list)
    framework: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    own: bool = False
    relation: str = Relation.OVERLAP.value
    distance: int = 0
    document: list[str] = field(default_factory=list)
    folder: list[str] = field(default_factory=list)
    participant: list[str] = field(default_factory=list)
    group: list[str] = field(default_factory=list)
    attribute: list[str] = field(default_factory=list)
    speaker: list[str] = field(default_factory=list)
    role: list[str] = field(default_factory=list)
    direction: list[str] = field(default_factory=list)
    level: list[str] = field(default_factory=list)
    strength: list[str] = field(default_factory=list)
    question: list[str] = field(default_factory=list)
    flag: list[str] = field(default_factory=list)
    without_flag: list[str] = field(default_factory=list)
    origin: list[str] = field(default_factory=list)
    memo: str = ""
    words: str = ""
    since: str = ""
    until: str = ""
    coder: list[str] = field(default_factory=list)
    everyone: bool = False
    group_by: str = Grouping.CODE.value
    sort: str = Sorting.PLACE.value

    @property
    def anything(self) -> bool:
        """Whether anything but order and grouping was asked."""
        return any(
            getattr(self, name)
            for name in self.__slots__
            if name not in ("relation", "group_by", "sort")
        )

    def query(self, project: Project) -> Query:
        """Raises NotFound for what the project does not hold, and typer.BadParameter for words
        that are none of those known."""
        relation = word(Relation, self.relation, "--relation")
        terms = (
            *(self._code(project, path) for path in self.code),
            *(
                Term(TermKind.THEME, project.themes.find(name).id, not self.own)
                for name in self.theme
            ),
            *(
                Term(TermKind.FRAMEWORK, _framework(project, name), not self.own)
                for name in self.framework
            ),
        )
        conditions = tuple(
            Condition((self._code(project, path),), relation, self.distance, negated)
            for paths, negated in ((self.also, False), (self.without, True))
            for path in paths
        )
        blocks = (Block(terms, conditions),) if terms or conditions else ()
        coders = frozenset(project.coders.find(name).id for name in self.coder)
        whose = Whose.CODER if coders else Whose.EVERYONE if self.everyone else Whose.LAYER
        return Query(
            blocks,
            self._filters(project),
            whose,
            coders,
            word(Grouping, self.group_by, "--group-by"),
            word(Sorting, self.sort, "--sort"),
        )

    def _code(self, project: Project, path: str) -> Term:
        return Term(TermKind.CODE, project.codes.find(path).id, not self.own)

    def _filters(self, project: Project) -> Filters:
        levels = LevelNames(project)
        people = {row.label.casefold(): row.id for row in project.participants.all()}
        folders = {row.name.casefold(): row.id for row in project.folders.all()}
        return Filters(
            documents=frozenset(project.documents.find(name).id for name in self.document),
            folders=_keys(self.folder, folders, "folder"),
            participants=_keys(self.participant, people, "participant"),
            groups=frozenset(self.group),
            attributes=tuple(_test(project, written) for written in self.attribute),
            speakers=frozenset(self.speaker),
            roles=frozenset(word(SpeakerRole, one, "--role") for one in self.role),
            directions=_or_none(self.direction, lambda one: word(Valence, one, "--direction")),
            levels=_or_none(self.level, levels.find),
            strengths=_or_none(self.strength, _strength),
            questions=_or_none(self.question, lambda one: project.guide.find(one).id),
            flags=frozenset(word(Flag, one, "--flag") for one in self.flag),
            without_flags=frozenset(word(Flag, one, "--without-flag") for one in self.without_flag),
            origins=frozenset(word(Origin, one, "--origin") for one in self.origin),
            memo=self.memo,
            words=self.words,
            since=_day(self.since),
            until=_day(self.until),
        )


def word(words: type[_Word], written: str, option: str) -> _Word:
    """A word of a fixed list. Raises typer.BadParameter, naming them all, for any other."""
    try:
        return words(written.strip().lower().replace("-", "_"))
    except ValueError as error:
        known = ", ".join(one.value for one in words)
        raise typer.BadParameter(f"{option} is one of {known}, not “{written}”") from error


def saved_query(project: Project, name: str) -> Query:
    """A saved retrieval by its name or id. Raises NotFound, and UserError where this version
    does not know all of it."""
    row = project.queries.find(name)
    if row.query is None:
        raise UserError(
            f"The retrieval “{row.name}” was saved by a newer version of the program.",
            "Open the project with that version.",
        )
    return row.query


_Key = TypeVar("_Key")


def _or_none(written: Iterable[str], read: Callable[[str], _Key]) -> frozenset[_Key | None]:
    """Values, with "none" for having none."""
    return frozenset(None if one.strip().lower() == "none" else read(one) for one in written)


def _strength(written: str) -> int:
    if written.strip() not in ("1", "2"):
        raise typer.BadParameter(f"--strength is 1, 2 or none, not “{written}”")
    return int(written)


def _keys(names: Iterable[str], known: dict[str, UUID], what: str) -> frozenset[UUID]:
    found = set()
    for name in names:
        if name.strip().casefold() not in known:
            raise NotFound(f"There is no {what} “{name}” in the project.")
        found.add(known[name.strip().casefold()])
    return frozenset(found)


def _framework(project: Project, name: str) -> UUID:
    for row in project.frameworks.all():
        if name in (row.key, row.name, str(row.id)):
            return row.id
    raise NotFound(f"There is no framework “{name}” in the project.")


def _test(project: Project, written: str) -> AttributeTest:
    """ "Age>=60", "Role=Nurse", "Role~nurs", or a name alone with "?" for a value not known."""
    if written.strip().endswith("?"):
        return AttributeTest(attribute_named(project, written.strip()[:-1]), Test.MISSING)
    found = _TEST.fullmatch(written)
    if found is None:
        raise typer.BadParameter(
            f"--attribute is written NAME=VALUE (or != >= <= ~, or NAME?), not “{written}”"
        )
    name, sign, value = found.groups()
    return AttributeTest(attribute_named(project, name), _TESTS[sign], value.strip())


def attribute_named(project: Project, name: str) -> UUID:
    """The attribute of participants of this name, else of documents, else of studies. Raises
    NotFound."""
    for subject in (Subject.PARTICIPANT, Subject.DOCUMENT):
        try:
            return project.attributes.find(name.strip(), subject).id
        except NotFound:
            continue
    return project.attributes.find(name.strip(), Subject.STUDY).id


def _day(written: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written.strip())
    except ValueError as error:
        raise typer.BadParameter(f"“{written}” is not a date such as 2026-11-08") from error
