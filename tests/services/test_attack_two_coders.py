"""Two coders act in turns: each undo is exact or refused, and never half."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.words import Valence
from ikt_coder.services.project import Project
from ikt_coder.storage import triggers
from ikt_coder.storage.operation import NAMED_ROWS
from tests.studies import add_talk, dump

Rows = dict[tuple[str, bytes], tuple[object, ...]]
numbers = st.integers(0, 1000)
who = st.integers(0, 1)
_AT = {t.name: triggers.columns_of(t).index("id") for t in triggers.entity_tables()}


def rows_of(path: Path) -> Rows:
    found: dict[str, Any] = dump(path)
    return {(table, row[_AT[table]]): row for table, rows in found.items() for row in rows}


class TwoCoders(RuleBasedStateMachine):
    """What each operation changed is kept as the rows before and after it, worked out from
    the tables themselves and not from the journal."""

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.project = Project.create(self.folder / "study.ikt")
        self.coders = [self.project.coders.add(name) for name in ("Amara", "Ben")]
        self.heard: list[Changes] = []
        self.project.listen(self.heard.append)
        self.project.coder = self.coders[0]
        self.state = rows_of(self.project.path)
        # By operation: the touched rows before and after it.
        self.steps: dict[int, tuple[Rows, Rows]] = {}
        # Which acts stand: after each operation, and what each one added and took away.
        self.stood: dict[int, frozenset[int]] = {3: self.standing()}
        self.turned: dict[int, tuple[frozenset[int], frozenset[int]]] = {}
        self.made = 0
        self.act(0, lambda: add_talk(self.project))
        self.act(0, lambda: self.project.codes.add("First"))

    def teardown(self) -> None:
        if hasattr(self, "project"):
            self.project.close()
            shutil.rmtree(self.folder)

    @invariant()
    def sound(self) -> None:
        if hasattr(self, "project"):
            assert self.project.safety.check().findings == ()

    def act(self, coder: int, do: Callable[[], object]) -> None:
        """A refused act changes nothing; one that is done names just the rows it touched."""
        self.project.coder = self.coders[coder]
        self.heard.clear()
        next_undo, next_redo = self.project.history.next_undo(), self.project.history.next_redo()
        try:
            do()
        except UserError:
            assert rows_of(self.project.path) == self.state
            assert self.heard == []
            return
        now = rows_of(self.project.path)
        keys = {k for k in self.state.keys() | now.keys() if self.state.get(k) != now.get(k)}
        assert bool(keys) <= bool(self.heard)
        if self.heard:
            (change,) = self.heard
            if change.rows is None:  # an act on many rows names none of them
                assert self.project.history.all(limit=1)[0].rows > NAMED_ROWS
            else:
                assert keys <= {(t, key.bytes) for t, some in change.rows.items() for key in some}
            self.steps[change.op] = (
                {k: self.state[k] for k in keys if k in self.state},
                {k: now[k] for k in keys if k in now},
            )
            played = next_undo if change.undone else next_redo if change.redone else None
            self.follow(played.seq if played else None)
        self.state = now

    def standing(self) -> frozenset[int]:
        return frozenset(r.root for r in self.project.history.all() if r.stands)

    def follow(self, played: int | None) -> None:
        """The history tells what stands: an act adds itself, going back brings what stood then,
        and undo and redo turn round what the operation that they play back did."""
        last = self.project.history.all(limit=1)[0]
        before = self.stood[last.seq - 1]
        if played is not None:
            gone, come = self.turned.get(played, (frozenset(), frozenset()))
            after = before - gone | come
        elif last.kind == Op.GO_BACK:
            after = self.stood[last.params["to"]] | {last.seq}
        else:
            after = before | {last.seq}
        assert self.standing() == after
        self.turned[last.seq] = (after - before, before - after)
        self.stood[last.seq] = after

    # -- acts -----------------------------------------------------------------------------

    def document(self) -> UUID | None:
        rows = self.project.documents.all()
        return rows[0].id if rows else None

    def code(self, n: int) -> UUID | None:
        rows = self.project.codes.all()
        return rows[n % len(rows)].id if rows else None

    def coding(self, n: int) -> UUID | None:
        document = self.document()
        rows = self.project.codings.in_document(document, None) if document else ()
        return rows[n % len(rows)].id if rows else None

    @rule(w=who, n=numbers, below=st.booleans())
    def add_code(self, w: int, n: int, below: bool) -> None:
        self.made += 1
        parent = self.code(n) if below else None
        self.act(w, lambda: self.project.codes.add(f"Code {self.made}", parent))

    @rule(w=who, n=numbers, text=st.sampled_from(["x", "y", ""]))
    def define(self, w: int, n: int, text: str) -> None:
        if code := self.code(n):
            self.act(w, lambda: self.project.codes.change(code, definition=text))

    @rule(w=who, n=numbers)
    def delete_code(self, w: int, n: int) -> None:
        if code := self.code(n):
            self.act(w, lambda: self.project.codes.delete(code))

    @rule(w=who, n=numbers, m=numbers)
    def merge(self, w: int, n: int, m: int) -> None:
        one, other = self.code(n), self.code(m)
        if one and other:
            self.act(w, lambda: self.project.codes.merge(one, other, join_touching=True))

    @rule(w=who, n=numbers, m=numbers)
    def move(self, w: int, n: int, m: int) -> None:
        one, other = self.code(n), self.code(m)
        if one and other:
            self.act(w, lambda: self.project.codes.move(one, other))

    @rule(w=who, n=numbers, at=st.integers(0, 30), size=st.integers(1, 12))
    def apply(self, w: int, n: int, at: int, size: int) -> None:
        document, code = self.document(), self.code(n)
        if document and code:
            span = Span(at, at + size)
            self.act(w, lambda: self.project.codings.apply(document, span, code))

    @rule(w=who, n=numbers, valence=st.none() | st.sampled_from(Valence))
    def set_valence(self, w: int, n: int, valence: Valence | None) -> None:
        if coding := self.coding(n):
            self.act(w, lambda: self.project.codings.set_valence(coding, valence))

    @rule(w=who, n=numbers, m=numbers)
    def recode(self, w: int, n: int, m: int) -> None:
        coding, code = self.coding(n), self.code(m)
        if coding and code:
            self.act(w, lambda: self.project.codings.recode(coding, code))

    @rule(w=who, n=numbers)
    def split(self, w: int, n: int) -> None:
        if coding := self.coding(n):
            self.made += 1
            code = self.project.codings.get(coding).code
            name = f"Part {self.made}"
            self.act(w, lambda: self.project.codes.split(code, [coding], name))

    @rule(w=who, n=numbers)
    def remove(self, w: int, n: int) -> None:
        if coding := self.coding(n):
            self.act(w, lambda: self.project.codings.remove(coding))

    @rule(w=who, at=st.integers(0, 40), take=st.integers(0, 9), put=st.sampled_from(["", "ab"]))
    def mend(self, w: int, at: int, take: int, put: str) -> None:
        if document := self.document():
            text = self.project.texts.get(document)
            edit = TextEdit(at, text[at : at + take], put)
            self.act(w, lambda: self.project.documents.mend(document, [edit]))

    @rule(w=who, n=numbers)
    def theme(self, w: int, n: int) -> None:
        self.made += 1
        code, coding = self.code(n), self.coding(n)
        name = f"Theme {self.made}"
        self.act(w, lambda: self.project.themes.add(name, codes=[code] if code else []))
        themes = self.project.themes.all()
        if coding and themes:
            self.act(w, lambda: self.project.themes.accept_quote(themes[0].id, coding))

    @rule(w=who)
    def folder(self, w: int) -> None:
        self.made += 1
        document = self.document()
        self.act(w, lambda: self.project.folders.add(f"Folder {self.made}"))
        if document:
            key = self.project.folders.all()[-1].id
            self.act(w, lambda: self.project.documents.move(document, key))

    @rule(w=who)
    def delete_document(self, w: int) -> None:
        if (document := self.document()) and self.made % 3 == 0:
            self.act(w, lambda: self.project.documents.delete(document))

    @rule(w=who, back=st.integers(1, 4))
    def go_back(self, w: int, back: int) -> None:
        rows = self.project.history.all(limit=back + 1)
        if len(rows) > back and rows[back].seq > min(self.steps) + 1:
            self.act(w, lambda: self.project.history.go_back_to(rows[back].seq))

    # -- undo and redo ----------------------------------------------------------------------

    @rule(w=who, redo=st.booleans())
    def undo(self, w: int, redo: bool) -> None:
        """Exact: the rows the act touched are as before it, and no other row has moved."""
        self.project.coder = self.coders[w]
        history = self.project.history
        act = history.next_redo() if redo else history.next_undo()
        before = dict(self.state)
        seen = len(self.steps)
        self.act(w, history.redo if redo else history.undo)
        if act is None or act.seq not in self.steps or len(self.steps) == seen:
            assert self.state == before
            return
        was, became = self.steps[act.seq]
        touched = was.keys() | became.keys()
        assert {k: v for k, v in self.state.items() if k in touched} == was
        assert {k: v for k, v in self.state.items() if k not in touched} == {
            k: v for k, v in before.items() if k not in touched
        }

    @rule(w=who)
    def everything_undone_and_redone(self, w: int) -> None:
        """As far as nothing of the other coder is in the way, and forth again."""
        at = dict(self.state)
        count = 0
        for _ in range(4):
            seen = len(self.steps)
            self.act(w, self.project.history.undo)
            if len(self.steps) == seen:
                break
            count += 1
        for _ in range(count):
            self.act(w, self.project.history.redo)
        assert self.state == at

    @rule()
    def close_and_open(self) -> None:
        path = self.project.path
        self.project.close()
        self.project = Project.open(path)
        self.project.listen(self.heard.append)


TestTwoCoders = TwoCoders.TestCase
TestTwoCoders.settings = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
