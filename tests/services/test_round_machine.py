"""Two coders in turns, in any order of acts: statuses, seals and snapshots always fit a simple
picture of them, and the file stays sound."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ikt_coder.core.errors import NotAllowed, UndoRefused
from ikt_coder.core.rounds import AssignmentStatus, RoundMode
from ikt_coder.core.span import Span, TextEdit
from tests.rounds import Team
from tests.studies import dump

coders = st.integers(0, 1)
documents = st.integers(0, 1)


class Rounds(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.team = Team(self.folder / "study.ikt")
        self.rounds = self.team.project.rounds
        self.begun = self.team.project.history.all()[0].seq
        self.round = self.team.round(RoundMode.BLIND)
        self.finished: set[tuple[int, int]] = set()
        self.snapshots = 0
        self.unsealed = False
        self.counted: Any = ()
        self.at = 0

    def teardown(self) -> None:
        report = self.team.project.safety.check()
        self.team.close()
        shutil.rmtree(self.folder)
        assert report.findings == ()

    def _sit(self, coder: int) -> None:
        self.team.sit(coder)
        self.at = coder

    @rule(coder=coders, document=documents, code=st.integers(0, 2), start=st.integers(0, 60))
    def code(self, coder: int, document: int, code: int, start: int) -> None:
        self._sit(coder)
        key = self.team.documents[document]
        before = len(self.team.project.codings.in_document(key))
        try:
            self.team.project.codings.apply(key, Span(start, start + 5), self.team.codes[code])
        except NotAllowed:
            assert (coder, document) in self.finished
            assert not self.unsealed
            assert len(self.team.project.codings.in_document(key)) == before
        else:
            assert (coder, document) not in self.finished or self.unsealed

    @rule(coder=coders, document=documents)
    def remove(self, coder: int, document: int) -> None:
        self._sit(coder)
        own = self.team.project.codings.in_document(self.team.documents[document])
        if not own:
            return
        try:
            self.team.project.codings.remove(own[0].id)
        except NotAllowed:
            assert (coder, document) in self.finished
            assert not self.unsealed

    @property
    def there(self) -> bool:
        """Whether the round stands: setting it up can be undone while nobody has worked."""
        return any(row.id == self.round for row in self.rounds.all())

    @precondition(lambda self: self.there)
    @rule(coder=coders, chosen=st.sets(documents, min_size=1))
    def finish(self, coder: int, chosen: set[int]) -> None:
        self._sit(coder)
        self.rounds.finish(self.round, [self.team.documents[n] for n in chosen])
        fresh = {(coder, n) for n in chosen} - self.finished
        self.snapshots += len(fresh)
        self.finished |= fresh

    @precondition(lambda self: self.there)
    @rule(coder=coders, document=documents)
    def reopen(self, coder: int, document: int) -> None:
        self._sit(coder)
        try:
            self.rounds.reopen(self.round, self.team.documents[document], "an oversight")
        except NotAllowed:
            assert (coder, document) not in self.finished
        else:
            self.finished.remove((coder, document))

    @rule(document=documents, word=st.sampled_from(["", "Hm. ", "Äh 😀 "]))
    def mend(self, document: int, word: str) -> None:
        self.team.project.texts.mend(self.team.documents[document], [TextEdit(0, "", word)])

    @rule()
    def undo(self) -> None:
        act = self.team.project.history.next_undo()
        if act is None or act.root <= self.begun:
            return  # what the study was made of stays
        before = dump(self.team.project.path)
        try:
            self.team.project.history.undo()
        except UndoRefused:
            assert dump(self.team.project.path) == before

    @rule()
    def redo(self) -> None:
        before = dump(self.team.project.path)
        try:
            self.team.project.history.redo()
        except UndoRefused:
            assert dump(self.team.project.path) == before

    @precondition(lambda self: self.there and not self.unsealed)
    @rule()
    def unseal(self) -> None:
        try:
            self.rounds.unseal(self.round)
        except NotAllowed:
            assert len(self.finished) < 4
        else:
            assert len(self.finished) == 4
            self.unsealed = True
            self.counted = self.rounds.snapshots(self.round)

    @invariant()
    def statuses_fit(self) -> None:
        if not self.there:
            # Only undone where nobody has worked in it.
            assert not self.finished
            assert self.snapshots == 0
            return
        for row in self.rounds.assignments(self.round):
            place = (
                self.team.coders.index(row.coder),
                self.team.documents.index(row.document),
            )
            assert (row.status is AssignmentStatus.FINISHED) == (place in self.finished)
            other = place[0] != self.at
            assert (row.codings is None) == (other and not self.unsealed)

    @invariant()
    def seals_fit(self) -> None:
        sealed = set(self.team.documents) if self.there and not self.unsealed else set()
        assert self.rounds.sealed_documents() == sealed
        assert self.team.project.sight.sealed() == sealed

    @invariant()
    def figures_never_move(self) -> None:
        if self.unsealed:
            assert self.rounds.snapshots(self.round) == self.counted
            assert len(self.counted) == 4
            assert len(self.rounds.all_snapshots(self.round)) == self.snapshots


Rounds.TestCase.settings = settings(
    max_examples=8,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestRounds = Rounds.TestCase
