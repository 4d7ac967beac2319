"""Whatever was done in a project: a copy of it is sound and holds exactly what it may."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import initialize, rule

from ikt_coder.core.errors import NotAllowed, UndoRefused, UserError
from ikt_coder.core.span import Span
from ikt_coder.services.project import Project
from tests.services.test_erasure import holds
from tests.services.test_every_act import EveryAct, numbers
from tests.studies import add_talk, dump

# Whose words are looked for in the other's copy.
MARKS = ("quiet zebras cross the frozen bridge", "seven owls argue about the harvest moon")
EMPTY = (
    "attribute",
    "attribute_value",
    "belief",
    "belief_coding",
    "case_rating",
    "cell_coding",
    "chart",
    "chart_answer",
    "chart_check",
    "chart_field",
    "chart_option",
    "checklist_answer",
    "document_edit",
    "engagement_event",
    "event_link",
    "event_user",
    "framework_matrix",
    "list_term",
    "matrix_cell",
    "matrix_column",
    "memo_link",
    "merged_copy",
    "question_stage",
    "quote",
    "quote_alteration",
    "recommendation",
    "recommendation_rating",
    "revisit",
    "revisited",
    "saved_query",
    "saved_table",
    "settled",
    "source_file",
    "study",
    "theme",
    "theme_code",
    "theme_coding",
    "theme_domain",
    "theme_level",
    "theme_link",
)


class CopiesOfAnyProject(EveryAct):
    """The acts of ``EveryAct`` by two coders in turn; at the end each gets copies."""

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.project = Project.create(self.folder / "study.ikt")
        self.coders = [self.project.coders.add(name) for name in ("Amara Okafor", "Beni Kask")]
        self.project.coders.switch(self.coders[0])
        add_talk(self.project)
        self.floor = self.project.history.next_undo()
        self.made = 0
        self.past, self.future = [{}], []

    def act(self, do: Callable[[], object]) -> None:
        """Do something; whether it is sound is looked at in the end."""
        try:
            do()
        except UserError:
            return

    def everything_is_sound(self) -> None:
        """Looked at once, at the end."""

    @rule()
    def undo(self) -> None:
        self.act(self.project.history.undo)

    @rule()
    def redo(self) -> None:
        self.act(self.project.history.redo)

    @rule(n=st.integers(0, 1))
    def sit_down(self, n: int) -> None:
        self.project.coders.switch(self.coders[n])

    @rule(n=numbers, m=numbers, start=st.integers(0, 40))
    def leave_a_mark(self, n: int, m: int, start: int) -> None:
        """Words of the present coder's own, beside a passage and in memos."""
        words = MARKS[self.coders.index(self.project.coders.ensure_present())]
        document, code, coding = self.document(n), self.code(m), self.coding(m)
        self.act(lambda: self.project.memos.add(words, reflexive=True))
        if document is not None and code is not None:
            self.act(
                lambda: self.project.codings.apply(
                    document, Span(start, start + 9), code, memo=words
                )
            )
            self.act(lambda: self.project.memos.add(words, document=document, shared=True))
            self.act(lambda: self.project.memos.add(words, code=code))
        if coding is not None:
            self.act(lambda: self.project.memos.add(words, coding=coding))

    # -- at the end -----------------------------------------------------------------------

    def teardown(self) -> None:
        if not hasattr(self, "project"):
            return
        everything = [row.id for row in self.project.documents.all()]
        for number, coder in enumerate(self.coders):
            for chosen in (everything, everything[number::2]):
                for who in self.coders:
                    self.project.coders.switch(who)
                    self._copy(coder, chosen)
        self.project.close()
        shutil.rmtree(self.folder)

    def _copy(self, coder: UUID, documents: list[UUID]) -> None:
        origin, target = self.project, self.folder / "copy.ikt"
        before = dump(origin.path)
        asked = self.project.documents.all()
        there = [row.id for row in asked if row.id in documents and not row.left_out]
        if not there:
            with pytest.raises(NotAllowed):
                origin.copies.make(coder, target, documents=documents)
            assert not target.exists()
            return
        made = origin.copies.make(coder, target, documents=documents)
        assert dump(origin.path) == before
        assert [key for key, _ in made.documents] == there
        assert not holds(target, MARKS[1 - self.coders.index(coder)])
        copy = Project.open(target)
        try:
            assert copy.warnings == ()
            assert copy.safety.check().findings == ()
            self._compare(copy, coder, there)
            after = dump(target)
            with pytest.raises(UndoRefused):
                copy.history.undo()
            copy.codes.add("Added in the copy")
            copy.history.undo()
            with pytest.raises(UndoRefused):
                copy.history.undo()
            assert dump(target) == after
        finally:
            copy.close()
            target.unlink()

    def _compare(self, copy: Project, coder: UUID, documents: list[UUID]) -> None:
        origin, rows = self.project, dump(copy.path)
        assert [name for name in EMPTY if rows[name]] == []
        assert [row.id for row in copy.coders.all()] == [coder]
        assert [row.id for row in copy.documents.all()] == documents
        known = {row.id: row for row in origin.codes.all(counted=False)}
        assert {row.id for row in copy.codes.all(counted=False)} == known.keys()
        people = {row.id: row.consent for row in origin.participants.all()}
        for person in copy.participants.all():
            assert (person.consent, person.note, person.group) == (people[person.id], "", "")
        for document in documents:
            text = origin.texts.get(document)
            assert copy.texts.get(document) == text
            assert copy.documents.turns(document) == origin.documents.turns(document)
            assert copy.documents.speakers(document) == origin.documents.speakers(document)
            assert copy.texts.marks(document) == origin.texts.marks(document)
            # Their own alone, and all they carry on the same words.
            theirs = origin.codings.in_document(document, coder)
            assert copy.codings.in_document(document, None) == theirs
        # Their journal is theirs to give away.
        by_themselves = origin.coder == coder
        origin.coders.switch(coder)
        assert {row.id for row in copy.memos.all()} == {
            row.id
            for row in origin.memos.all()
            if row.coder == coder
            and (row.shared or by_themselves)
            and row.theme is None
            and row.document in (None, *documents)
            and (row.coding is None or self._is_theirs(row.coding, coder, documents))
        }

    def _is_theirs(self, coding: UUID, coder: UUID, documents: list[UUID]) -> bool:
        row = self.project.codings.get(coding)
        return row.coder == coder and row.document in documents


TestCopiesOfAnyProject = CopiesOfAnyProject.TestCase
TestCopiesOfAnyProject.settings = settings(
    max_examples=10,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
