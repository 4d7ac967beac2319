"""Whatever is decided, taken back, done again or gone back from: the Consensus is what the
decisions that hold say, and nobody's own codings change."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from ikt_coder.core.errors import UndoRefused
from ikt_coder.core.rounds import DecisionKind
from ikt_coder.core.span import TextEdit
from ikt_coder.services.settling_rows import Edges, ItemState
from ikt_coder.services.strategies import Strategy
from tests.services.settling.desk import Desk

MARKS = st.lists(
    st.builds(
        lambda coder, document, code, start, length: (
            coder,
            document,
            code,
            start,
            start + length,
        ),
        st.integers(0, 2),
        st.integers(0, 1),
        st.integers(0, 2),
        st.integers(0, 120),
        st.integers(1, 60),
    ),
    min_size=3,
    max_size=9,
)


class Settling(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.desk: Desk | None = None

    @initialize(marks=MARKS, coders=st.integers(2, 3))
    def begin(self, marks: list[tuple[Any, ...]], coders: int) -> None:
        marks = [mark for mark in marks if mark[0] < coders]
        path = Path(self.folder.name) / "study.ikt"
        self.desk = Desk(path, marks, coders=coders, documents=2)
        self.own = self.desk.own()
        self.items = [item.id for item in self.desk.items()]
        self.start = self.seq()
        self.mended = 0

    def seq(self) -> int:
        assert self.desk is not None
        return self.desk.project.history.all(limit=1)[0].seq

    @precondition(lambda self: self.items)
    @rule(data=st.data(), sit=st.integers(0, 1))
    def choose(self, data: st.DataObject, sit: int) -> None:
        assert self.desk is not None
        rec = self.desk.project.reconciliation
        self.desk.team.sit(sit)
        item = rec.item(self.items[data.draw(st.integers(0, len(self.items) - 1))], self.desk.round)
        choices = rec.choices(item)
        assert 2 <= len(choices) <= 5
        assert len({choice.key for choice in choices}) == len(choices)
        choice = choices[data.draw(st.integers(0, len(choices) - 1))]
        rec.choose(item, choice, reason="because" if choice.asks_reason else "")
        now = rec.item(item.id, self.desk.round)
        assert now.state is ItemState.SETTLED
        assert now.decision is not None
        assert now.decision.kind is choice.kind

    @precondition(lambda self: self.items)
    @rule(data=st.data(), kind=st.sampled_from([DecisionKind.DEFER, DecisionKind.OTHER_CODE]))
    def decide(self, data: st.DataObject, kind: DecisionKind) -> None:
        assert self.desk is not None
        item = self.items[data.draw(st.integers(0, len(self.items) - 1))]
        code = self.desk.team.codes[0] if kind is DecisionKind.OTHER_CODE else None
        self.desk.project.reconciliation.decide(
            item, self.desk.round, kind, code=code, reason="talked over"
        )

    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        assert self.desk is not None
        decided = [item.id for item in self.desk.items() if item.decision is not None]
        if decided:
            item = decided[data.draw(st.integers(0, len(decided) - 1))]
            self.desk.project.reconciliation.withdraw(item, self.desk.round)

    @rule(what=st.sampled_from(["matches", "boundaries", "majority", "union"]))
    def many(self, what: str) -> None:
        assert self.desk is not None
        rec, key = self.desk.project.reconciliation, self.desk.round
        if what == "matches":
            rec.accept_matches(key)
        elif what == "boundaries":
            rec.accept_boundaries(key, Edges.UNION)
        elif what == "majority":
            rec.accept_proposals(key, Strategy.majority())
        else:
            rec.accept_proposals(key, Strategy.union(1))

    @rule(sit=st.integers(0, 1))
    def undo(self, sit: int) -> None:
        assert self.desk is not None
        self.desk.team.sit(sit)
        following = self.desk.project.history.next_undo()
        if following is None or following.root <= self.start:
            return
        with suppress(UndoRefused):  # somebody else's later decision stands in the way
            self.desk.project.history.undo()

    @rule(sit=st.integers(0, 1))
    def redo(self, sit: int) -> None:
        assert self.desk is not None
        self.desk.team.sit(sit)
        if self.desk.project.history.next_redo() is None:
            return
        with suppress(UndoRefused):  # somebody else's later decision stands in the way
            self.desk.project.history.redo()

    @rule(data=st.data())
    def go_back(self, data: st.DataObject) -> None:
        assert self.desk is not None
        states = {item.id: _told(item) for item in self.desk.items()}
        seq = self.seq()
        self.desk.project.reconciliation.accept_proposals(self.desk.round, Strategy.union(1))
        self.desk.project.reconciliation.accept_matches(self.desk.round)
        self.desk.project.history.go_back_to(seq)
        assert {item.id: _told(item) for item in self.desk.items()} == states

    @rule(data=st.data())
    def go_far_back(self, data: st.DataObject) -> None:
        assert self.desk is not None
        self.desk.project.history.go_back_to(
            self.start + data.draw(st.integers(0, self.seq() - self.start))
        )

    @precondition(lambda self: self.mended < 3)
    @rule(at=st.integers(0, 100), words=st.sampled_from(["", "x", "longer words "]))
    def mend(self, at: int, words: str) -> None:
        assert self.desk is not None
        text = self.desk.project.texts.get(self.desk.document)
        edit = TextEdit(at, text[at : at + 2].replace("\n", ""), words)
        if "\n" in text[at : at + 2] or (not edit.removed and not words):
            return
        self.desk.project.texts.mend(self.desk.document, [edit])
        self.mended += 1
        # Mending moves everybody's codings; they are compared as they are from here on.
        self.own = self.desk.own()

    @invariant()
    def consensus_is_what_was_decided(self) -> None:
        if self.desk is not None:
            self.desk.check()
            assert {item.id for item in self.desk.items()} == set(self.items)

    def teardown(self) -> None:
        if self.desk is not None:
            if not self.mended:
                assert self.desk.own() == self.own
            assert self.desk.project.safety.check().findings == ()
            self.desk.close()
        self.folder.cleanup()


def _told(item: Any) -> tuple[Any, ...]:
    decision = item.decision
    return item.state, decision and (decision.kind, decision.kept, decision.result)


TestSettling = Settling.TestCase
TestSettling.settings = settings(max_examples=25, stateful_step_count=14)
