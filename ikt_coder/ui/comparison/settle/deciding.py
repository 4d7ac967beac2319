"""Decides items: what is chosen, with which edges, direction, levels and reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from ikt_coder.core.errors import UserError
from ikt_coder.core.rounds import DecisionKind, NoteKind, ReasonCategory
from ikt_coder.core.span import Span
from ikt_coder.services.settling_rows import Choice, Edges, Item, ItemState
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.comparison.columns.study import Study
from ikt_coder.ui.comparison.settle.draft import (
    Direction,
    Draft,
    Levels,
    Way,
    chosen_key,
    draft_of,
    offered_edges,
)
from ikt_coder.ui.comparison.settle.wording import done_words, not_offered_words, offered
from ikt_coder.ui.context import Context

_CHOICE_KEYS = frozenset("TIZ123456789")


class Deciding(QObject):
    """The item on the desk and the draft of its decision."""

    changed = Signal()
    """The draft, or the item, is another."""
    reason_wanted = Signal()
    """A reason has to be given first."""
    decided = Signal(object)
    """The id of the item that was decided."""
    renewed = Signal(object)
    """The id of an item that got a note, or was opened again."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.round: UUID | None = None
        self.item: Item | None = None
        self.study: Study | None = None
        self.choices: tuple[Choice, ...] = ()
        self.why_not = ""
        """Why nothing can be decided about the item; empty where it can."""
        self.draft = Draft()
        self.way: Way | None = None
        """What is decided as soon as the reason is there."""
        self.present: Callable[[], tuple[UUID, ...]] = tuple
        self.writing = False
        """While an act of this desk is being written: what changes then is known."""
        self._drafts: dict[UUID, Draft] = {}

    # -- the item ---------------------------------------------------------------------------

    def show(self, item: Item | None, study: Study | None) -> None:
        """Take another item on the desk, or the same as it is now."""
        if self.item is not None and (item is None or item.id != self.item.id):
            self._drafts[self.item.id] = self.draft
        same = item is not None and self.item is not None and item.id == self.item.id
        redecided = (
            same
            and item is not None
            and self.item is not None
            and (item.decision != self.item.decision)
        )
        self.item, self.study = item, study
        self.choices, self.why_not = (), ""
        if item is None or study is None:
            self.draft, self.way = Draft(), None
        else:
            project = self._context.project
            self.why_not = self._why_not(item)
            self.choices = offered(item, project.reconciliation.choices(item), study)
            if not same or redecided:
                # What was written and not decided yet is there again when one comes back.
                kept = self._drafts.pop(item.id, None)
                self.draft = kept if kept is not None and not redecided else draft_of(item)
                self.way = None
        self.changed.emit()

    def _why_not(self, item: Item) -> str:
        project = self._context.project
        if project.read_only:
            return self.tr("The project is open for reading only.")
        return project.reconciliation.may_decide(item)

    def key_of_decision(self) -> str:
        """The key of the choice that stands; "" where none does."""
        return chosen_key(self.item, self.choices) if self.item is not None else ""

    # -- the draft --------------------------------------------------------------------------

    def _take(self, draft: Draft) -> None:
        if draft != self.draft:
            self.draft = draft
            self.changed.emit()

    def set_edges(self, edges: Edges, span: Span | None = None) -> None:
        """Whose edges the result gets; ``span`` where they are set by hand."""
        if edges is Edges.CUSTOM and span is None and self.item is not None:
            span = self.draft.span or self.item.span
        own = edges is Edges.OWN
        self._take(replace(self.draft, edges=None if own else edges, span=span))

    def edges(self) -> Edges:
        return self.draft.edges or Edges.OWN

    def offered_edges(self) -> tuple[Edges, ...]:
        return offered_edges(self.item) if self.item is not None else ()

    def set_valence(self, valence: Direction) -> None:
        self._take(replace(self.draft, valence=valence))

    def set_levels(self, levels: Levels) -> None:
        self._take(replace(self.draft, levels=levels))

    def set_reason(self, reason: str) -> None:
        """What is typed; the fields that show it are not told."""
        self.draft = replace(self.draft, reason=reason)

    def set_category(self, category: ReasonCategory | None) -> None:
        self._take(replace(self.draft, category=category))

    def let_go(self) -> None:
        """Esc: nothing waits for its reason any more."""
        if self.way is not None:
            self.way = None
            self.changed.emit()

    # -- deciding ---------------------------------------------------------------------------

    def press(self, key: str) -> bool:
        """Decide by a choice's key, or ask for the reason first; whether there is such a
        choice. "Z" of an item that one coder has is the other's version. A key that is a choice
        of other items says why it is none of this one."""
        choice = next((c for c in self.choices if c.key == key), None)
        if choice is None and key == "Z":
            choice = next((c for c in self.choices if not c.result), None)
        if choice is None:
            if self.item is not None and key in _CHOICE_KEYS:
                self._context.say(not_offered_words(key, self.item), undo=False)
            return False
        self.take_way(Way(choice.kind, choice))
        return True

    def take_way(self, way: Way) -> None:
        """Decide, or ask for the reason first."""
        if self.item is None:
            return
        if self.why_not:
            self._context.say(self.why_not, undo=False)
            return
        if way.ready(self.draft):
            self._decide(way)
            return
        self.way = way
        self.changed.emit()
        self.reason_wanted.emit()

    def reason_given(self) -> bool:
        """Enter in the field of the reason: decide what waits for it. False where nothing
        waits, or the reason is still missing."""
        if self.way is None or not self.way.ready(self.draft):
            return False
        self._decide(self.way)
        return True

    def _decide(self, way: Way) -> None:
        item, study, draft = self.item, self.study, self.draft
        assert item is not None
        assert study is not None
        if not self._done(lambda: self._write(item, way, draft)):
            return
        self.way = None
        self._drafts.pop(item.id, None)
        self._context.say(done_words(way, draft, item, study))
        self.decided.emit(item.id)

    def _done(self, act: Callable[[], object]) -> bool:
        """Do an act; False where it was refused, which is said."""
        self.writing = True
        try:
            act()
        except UserError as error:
            self._context.fail(error)
            return False
        finally:
            self.writing = False
        return True

    def _write(self, item: Item, way: Way, draft: Draft) -> None:
        assert self.round is not None
        service = self._context.project.reconciliation
        given: dict[str, Any] = {
            "category": draft.category,
            "reason": draft.reason.strip(),
            "present": self.present(),
        }
        if way.kind in (DecisionKind.DEFER, DecisionKind.UNCLEAR):
            service.decide(item.id, self.round, way.kind, **given)
            return
        given |= {"valence": draft.valence, "levels": draft.levels}
        if way.choice is None:
            given |= {"code": way.code, "edges": draft.edges, "span": draft.span}
            service.decide(item.id, self.round, way.kind, **given)
        elif draft.edges is Edges.CUSTOM and way.choice.result:
            given |= {"edges": draft.edges, "span": draft.span, "side": way.choice.side}
            service.decide(item.id, self.round, way.kind, **given)
        else:
            edges = draft.edges
            if edges is None and self._both_stand(way):
                edges = Edges.OWN
            service.choose(item, way.choice, edges=edges, **given)

    def _both_stand(self, way: Way) -> bool:
        """Whether each reading stays as it is, and is not joined with the other."""
        reflexive = self.study is not None and self.study.reflexive
        return reflexive and way.kind is DecisionKind.BOTH

    def withdraw(self) -> None:
        """Open the item again."""
        item, study, round_ = self.item, self.study, self.round
        if item is None or study is None or round_ is None:
            return
        if item.state is ItemState.OPEN:
            self._context.say(self.tr("This item is open already."), undo=False)
            return
        service = self._context.project.reconciliation
        if not self._done(lambda: service.withdraw(item.id, round_)):
            return
        codes = ", ".join(bold(study.code_name(code)) for code in item.codes)
        self._context.say(self.tr("Open again: {codes}").replace("{codes}", codes))
        self.renewed.emit(item.id)

    def note(self, kind: NoteKind, text: str) -> bool:
        """Write a comment or a dissent on the item; False where it was refused."""
        item, round_ = self.item, self.round
        if item is None or round_ is None or not text.strip():
            return False
        service = self._context.project.reconciliation
        if not self._done(lambda: service.note(item.id, round_, kind, text.strip())):
            return False
        dissent = kind is NoteKind.DISSENT
        words = self.tr("Kept a dissent on the item") if dissent else self.tr("Kept a note")
        self._context.say(words)
        self.renewed.emit(item.id)
        return True
