"""A query in words, as notes and titles say it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ikt_coder.core.query import Block, Condition, Filters, Query, Relation, Term, TermKind, Test
from ikt_coder.core.words import Flag
from ikt_coder.services.retrieval_counts import direction_names
from ikt_coder.services.retrieval_ground import Ground
from ikt_coder.services.retrieval_terms import Terms

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

GONE = "(no longer in the project)"

_RELATIONS = {
    Relation.SAME: ("stand on exactly the same words as", "do not stand on the same words as"),
    Relation.OVERLAP: ("overlap", "do not overlap"),
    Relation.TURN: ("stand in the same turn as", "do not stand in the same turn as"),
    Relation.DOCUMENT: ("stand in a document with", "do not stand in a document with"),
}
_TESTS = {
    Test.IS: "is",
    Test.IS_NOT: "is not",
    Test.CONTAINS: "contains",
    Test.AT_LEAST: "is at least",
    Test.AT_MOST: "is at most",
    Test.MISSING: "is not known",
}
FLAGS = {
    Flag.UNSURE: "unsure",
    Flag.STAR: "star",
    Flag.PARAPHRASE_ONLY: "paraphrase only",
    Flag.DO_NOT_QUOTE: "do not quote",
}


class QueryWords:
    """Words queries; the names it needs are read when they are first asked for."""

    def __init__(self, project: Project, ground: Ground) -> None:
        self._project = project
        self._ground = ground
        self._terms = Terms(project)
        self._names: dict[str, dict[Any, str]] = {}

    def sentence(self, query: Query) -> str:
        """What is asked for, in one sentence."""
        asked = "; or ".join(map(self._block, query.blocks)) or "every coding"
        filters = self._filters(query.filters)
        return f"Shown: {asked}{f', filtered by {filters}' if filters else ''}."

    def _block(self, block: Block) -> str:
        said = f"codings of {self._of(block.terms)}" if block.terms else "codings of any code"
        conditions = [self._condition(condition) for condition in block.conditions]
        return f"{said} that {' and '.join(conditions)}" if conditions else said

    def _condition(self, condition: Condition) -> str:
        if condition.relation is Relation.WITHIN:
            negation = "do not " if condition.negated else ""
            verb = f"{negation}lie within {condition.distance:,} characters of"
        else:
            verb = _RELATIONS[condition.relation][condition.negated]
        other = self._of(condition.terms) if condition.terms else "any other coding"
        return f"{verb} {other}"

    def _of(self, terms: Sequence[Term]) -> str:
        return _either(self._term(term) for term in terms)

    def _term(self, term: Term) -> str:
        if term.kind is TermKind.CODE:
            key = self._terms.survivor(term.key)
            if key not in self._codes():
                return f"a code {GONE}"
            below = " with sub-codes" if term.below and self._terms.has_below(key) else ""
            return f"“{self._codes()[key]}”{below}"
        if term.kind is TermKind.FRAMEWORK:
            names = self._named(
                "frameworks", lambda: {row.id: row.name for row in self._project.frameworks.all()}
            )
            return f"all of {names[term.key]}" if term.key in names else f"a framework {GONE}"
        themes = self._named("themes", lambda: dict(self._project.themes.names()))
        if term.key not in themes:
            return f"a theme {GONE}"
        below = " with sub-themes" if term.below else ""
        return f"the theme “{themes[term.key]}”{below}"

    def _codes(self) -> dict[Any, str]:
        return self._named(
            "codes",
            lambda: {row.id: row.name for row in self._project.codes.all(counted=False)},
        )

    def _named(self, what: str, read: Callable[[], dict[Any, str]]) -> dict[Any, str]:
        if what not in self._names:
            self._names[what] = read()
        return self._names[what]

    # -- filters ----------------------------------------------------------------------------

    def _filters(self, filters: Filters) -> str:
        people = {key: person.label for key, person in self._ground.attribution.people.items()}
        directions: dict[Any, str] = {
            **direction_names(self._project.card.get().words),
            None: "Not set",
        }
        parts = [
            self._list("document", filters.documents, lambda: dict(self._ground.titles)),
            self._list(
                "folder",
                filters.folders,
                lambda: {row.id: row.name for row in self._project.folders.all()},
            ),
            self._list("participant", filters.participants, lambda: people),
            _plain("group", filters.groups),
            *self._attributes(filters),
            _plain("speaker", filters.speakers),
            _plain("role of a speaker", [role.value for role in filters.roles]),
            _plain("direction", [directions[one].lower() for one in filters.directions]),
            self._list("level", filters.levels, self._levels),
            _plain(
                "strength",
                ["none" if one is None else str(one) for one in filters.strengths],
            ),
            _plain("mark", [FLAGS[one] for one in filters.flags]),
            _plain("not marked", [FLAGS[one] for one in filters.without_flags]),
            _plain("made by", [origin.value for origin in filters.origins]),
            self._list("question", filters.questions, self._questions),
            self._memo(filters.memo),
            f"words “{filters.words}”" if filters.words else "",
            f"made since {filters.since.isoformat()}" if filters.since else "",
            f"made until {filters.until.isoformat()}" if filters.until else "",
        ]
        return "; ".join(part for part in parts if part)

    @staticmethod
    def _memo(memo: str) -> str:
        if memo.strip() == "*":
            return "any memo"
        return f"memo with “{memo}”" if memo else ""

    def _levels(self) -> dict[Any, str]:
        levels: dict[Any, str] = {r.id: r.name for r in self._project.frameworks.levels()}
        return {**levels, None: "none"}

    def _questions(self) -> dict[Any, str]:
        questions: dict[Any, str] = {r.id: r.name for r in self._project.guide.all()}
        return {**questions, None: "none of the guide"}

    def _list(
        self, what: str, keys: Iterable[UUID | None], read: Callable[[], dict[Any, str]]
    ) -> str:
        wanted = list(keys)
        if not wanted:
            return ""
        names = self._named(what, read)
        return _plain(what, [names.get(key, GONE) for key in wanted])

    def _attributes(self, filters: Filters) -> list[str]:
        if not filters.attributes:
            return []
        names = self._named(
            "attributes", lambda: {row.id: row.name for row in self._project.attributes.all()}
        )
        return [
            f"{names.get(test.attribute, GONE)} {_TESTS[test.test]}"
            + ("" if test.test is Test.MISSING else f" “{test.value}”")
            for test in filters.attributes
        ]


def _plain(what: str, names: Iterable[str]) -> str:
    said = _either(sorted(names, key=str.casefold))
    return f"{what} {said}" if said else ""


def _either(names: Iterable[str]) -> str:
    some = list(names)
    if len(some) < 2:
        return "".join(some)
    return f"{', '.join(some[:-1])} or {some[-1]}"
