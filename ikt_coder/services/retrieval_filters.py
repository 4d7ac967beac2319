"""Filters: what a coding that was found must also be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.query import AttributeTest, Filters, Test
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.attribute_values import AttributeRow, comparable, folded, stored_choices
from ikt_coder.services.retrieval_ground import Ground
from ikt_coder.services.rows import CodingRow

if TYPE_CHECKING:
    from ikt_coder.services.attribution import Words
    from ikt_coder.services.project import Project

Values = Mapping[UUID, Mapping[UUID, str]]
"""Stored values: of each owner, of each attribute."""


class Passing:
    """Judges codings by the filters of a query. Everything is read once, at the beginning."""

    def __init__(
        self,
        project: Project,
        filters: Filters,
        ground: Ground,
    ) -> None:
        self._filters = filters
        self._project = project
        self._attribution = ground.attribution
        self.missing: dict[str, int] = {}
        self.documents = self._documents(ground)
        self.people = self._people(ground)
        self._memos = self._memo_texts() if filters.memo else {}
        self._memo = folded(filters.memo)
        self._said = folded(filters.words)
        self._texts: dict[UUID, str] = {}
        self._tests = tuple(self._build(ground))

    def _words(self, row: CodingRow) -> Words:
        return self._attribution.of(row.document, row.span)

    def __call__(self, row: CodingRow) -> bool:
        return not self._tests or all(test(row) for test in self._tests)

    def _build(self, ground: Ground) -> Iterable[Callable[[CodingRow], bool]]:
        """One test for each filter that is set, the cheapest first."""
        f = self._filters
        if self.documents is not None:
            documents = self.documents
            yield lambda row: row.document in documents
        if f.directions:
            yield lambda row: row.valence in f.directions
        if f.levels:
            none = None in f.levels
            yield lambda row: not f.levels.isdisjoint(row.levels) if row.levels else none
        if f.strengths:
            yield lambda row: row.strength in f.strengths
        if f.flags:
            yield lambda row: not f.flags.isdisjoint(row.flags)
        if f.without_flags:
            yield lambda row: f.without_flags.isdisjoint(row.flags)
        if f.origins:
            yield lambda row: row.origin in f.origins
        if f.since is not None or f.until is not None:
            yield self._in_time
        if f.memo:
            yield self._has_memo
        if self.people is not None:
            people = self.people
            yield lambda row: any(p in people for p in self._words(row).participants)
        if f.speakers:
            yield lambda row: any(s in f.speakers for s in self._words(row).speakers)
        if f.questions:
            yield self._answers(ground)
        if f.roles:
            yield lambda row: not f.roles.isdisjoint(self._words(row).roles)
        if f.words:
            yield self._holds

    # -- sets of documents and people -------------------------------------------------------

    def _documents(self, ground: Ground) -> frozenset[UUID] | None:
        """The documents that pass; None for all."""
        f = self._filters
        tests = self._tests_of(Subject.DOCUMENT)
        of_studies = self._tests_of(Subject.STUDY)
        if not (f.documents or f.folders or tests or of_studies):
            return None
        passing = set(ground.titles)
        if f.documents:
            self._count("document", f.documents - passing)
            passing &= f.documents
        if f.folders:
            above = {row.id: row.parent for row in self._project.folders.all()}
            self._count("folder", f.folders - above.keys())
            passing = {
                key for key in passing if _lies_in(ground.folders.get(key), f.folders, above)
            }
        if tests:
            values = self._project.attributes.stored(Subject.DOCUMENT)
            passing = {key for key in passing if _all_hold(tests, values.get(key, {}))}
        if of_studies:
            values = self._project.attributes.stored(Subject.STUDY)
            studies = self._project.studies.of_documents()
            known = {key: values.get(study, {}) for key, study in studies.items()}
            passing = {key for key in passing if _all_hold(of_studies, known.get(key, {}))}
        return frozenset(passing)

    def _people(self, ground: Ground) -> frozenset[UUID] | None:
        """The participants of whom all filters hold; None where none asks."""
        f = self._filters
        tests = self._tests_of(Subject.PARTICIPANT)
        if not (f.participants or f.groups or tests):
            return None
        people = ground.attribution.people
        passing = set(people)
        if f.participants:
            self._count("participant", f.participants - passing)
            passing &= f.participants
        if f.groups:
            passing = {key for key in passing if people[key].group in f.groups}
        if tests:
            values = self._project.attributes.stored(Subject.PARTICIPANT)
            passing = {key for key in passing if _all_hold(tests, values.get(key, {}))}
        return frozenset(passing)

    def _tests_of(self, subject: Subject) -> list[tuple[AttributeRow, AttributeTest]]:
        known = {row.id: row for row in self._project.attributes.all()}
        tests = []
        for test in self._filters.attributes:
            row = known.get(test.attribute)
            if row is None:
                self.missing["attribute"] = len(
                    {t.attribute for t in self._filters.attributes} - known.keys()
                )
            elif row.subject is subject:
                tests.append((row, test))
        return tests

    def _count(self, what: str, gone: AbstractSet[UUID | None]) -> None:
        if gone:
            self.missing[what] = len(gone)

    def _answers(self, ground: Ground) -> Callable[[CodingRow], bool]:
        """Whether words answer one of the questions; None: none of the guide."""
        wanted = self._filters.questions
        self._count("question", wanted - {row.id for row in self._project.guide.all()} - {None})

        def answers(row: CodingRow) -> bool:
            met = ground.answers.of(row.document, row.span)
            return not wanted.isdisjoint(met) if met else None in wanted

        return answers

    # -- single tests -----------------------------------------------------------------------

    def _in_time(self, row: CodingRow) -> bool:
        day = local(row.created).date()
        since, until = self._filters.since, self._filters.until
        return (since is None or day >= since) and (until is None or day <= until)

    def _memo_texts(self) -> dict[UUID, str]:
        """Memos written on codings, beside those that codings carry themselves."""
        texts: dict[UUID, str] = {}
        for memo in self._project.memos.all():
            if memo.coding is not None:
                said = f"{memo.title} {memo.text}"
                texts[memo.coding] = f"{texts.get(memo.coding, '')} {said}"
        return texts

    def _has_memo(self, row: CodingRow) -> bool:
        memo = f"{row.memo} {self._memos.get(row.id, '')}"
        if self._memo == "*":
            return bool(memo.strip())
        return self._memo in folded(memo)

    def _holds(self, row: CodingRow) -> bool:
        if row.document not in self._texts:
            self._texts = {row.document: self._project.texts.get(row.document)}
        text = self._texts[row.document]
        return self._said in folded(text[row.span.start : row.span.end])


def local(moment: datetime) -> datetime:
    """A stored moment by the clock on the wall."""
    return moment.astimezone()


def _lies_in(
    folder: UUID | None, wanted: frozenset[UUID], above: Mapping[UUID, UUID | None]
) -> bool:
    seen: set[UUID] = set()
    while folder is not None and folder not in seen:
        if folder in wanted:
            return True
        seen.add(folder)
        folder = above.get(folder)
    return False


def _all_hold(
    tests: Iterable[tuple[AttributeRow, AttributeTest]], values: Mapping[UUID, str]
) -> bool:
    return all(holds(row, test, values.get(row.id, "")) for row, test in tests)


def holds(attribute: AttributeRow, test: AttributeTest, stored: str) -> bool:
    """Whether a stored value ("" for none) passes. What is not known passes no test but
    *missing*. Of several choices any one is enough; for *is not* none may be it."""
    if test.test is Test.MISSING:
        return not stored
    if not stored:
        return False
    if attribute.kind is AttributeKind.CHOICES:
        has = stored_choices(stored)
        if test.test is Test.IS_NOT:
            return all(folded(one) != folded(test.value) for one in has)
        return any(_compare(attribute.kind, test, one) for one in has)
    return _compare(attribute.kind, test, stored)


def _compare(kind: AttributeKind, test: AttributeTest, stored: str) -> bool:
    if test.test is Test.CONTAINS:
        return folded(test.value) in folded(stored)
    has, wanted = comparable(kind, stored), comparable(kind, test.value)
    if test.test is Test.IS:
        return has == wanted
    if test.test is Test.IS_NOT:
        return has != wanted
    if has is None or wanted is None or type(has) is not type(wanted):
        return False
    if test.test is Test.AT_LEAST:
        return bool(has >= wanted)  # type: ignore[operator]  # both of one type that is ordered
    return bool(has <= wanted)  # type: ignore[operator]  # both of one type that is ordered
