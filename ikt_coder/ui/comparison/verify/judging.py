"""Judges the first coder's codings: each act is written at once, told, and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from ikt_coder.core.errors import UserError
from ikt_coder.core.rounds import DecisionKind, DifferenceKind, ReasonCategory
from ikt_coder.core.span import Span
from ikt_coder.core.words import Valence
from ikt_coder.services.settling_rows import Item
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.comparison.columns.study import Study
from ikt_coder.ui.comparison.verify.reading import shown_segments
from ikt_coder.ui.comparison.verify.wording import accepted_with_turn, judged_words
from ikt_coder.ui.context import Context


class Judging(QObject):
    """The acts of one round; ``reason`` gives what is written to go with the next one."""

    judged = Signal(object)
    """The id of the item that was judged."""
    added = Signal(object)
    """The id of an item that was added."""
    checked = Signal()

    def __init__(
        self,
        context: Context,
        reason: Callable[[], tuple[ReasonCategory | None, str]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._reason = reason
        self.round: UUID | None = None

    def judge(self, item: Item, kind: DecisionKind, study: Study, **changed: Any) -> bool:
        """Judge an item; False where it was refused (and said why)."""
        round_ = self.round
        if round_ is None:
            return False
        category, words = self._reason()

        def act() -> None:
            self._context.project.verification.judge(
                item.id, round_, kind, category=category, reason=words, **changed
            )

        if not self._tried(act):
            return False
        code = changed.get("code") or next((s.code for s in shown_segments(item)), None)
        name = study.code_name(code) if code is not None else ""
        self._context.say(f"{judged_words(kind)} {bold(name)}".strip())
        self.judged.emit(item.id)
        return True

    def turn_valence(self, item: Item, valence: Valence, study: Study) -> None:
        """Give an item a direction, or take it off where it has that one."""
        segments = shown_segments(item)
        same = bool(segments) and segments[0].valence is valence
        wanted = None if same else valence
        kind = DecisionKind.CHANGE_CODE
        own = item.sides[0].segments
        if item.kind is DifferenceKind.FIRST_CODER and own and own[0].valence is wanted:
            kind = DecisionKind.ACCEPT  # as it was coded
        self.judge(item, kind, study, valence=wanted)

    def add(self, document: UUID, span: Span, code: UUID, study: Study) -> None:
        """Add what was missed."""
        round_ = self.round
        if round_ is None:
            return
        category, words = self._reason()
        made: list[UUID] = []

        def act() -> None:
            made.append(
                self._context.project.verification.add_missed(
                    round_, document, span, code, category=category, reason=words
                )
            )

        if self._tried(act):
            self._context.say(f"{judged_words(DecisionKind.ADD)} {bold(study.code_name(code))}")
            self.added.emit(made[0])

    def check_turn(self, document: UUID, turn: UUID, on: bool = True) -> bool:
        """Mark a turn as checked, which accepts what is left in it; or take the mark off."""
        round_ = self.round
        if round_ is None:
            return False
        service = self._context.project.verification
        counts: list[int] = []

        def act() -> None:
            if on:
                counts.append(service.check_turn(round_, document, turn))
            else:
                service.mark_checked(round_, document, turn, on=False)

        if not self._tried(act):
            return False
        self._context.say(
            accepted_with_turn(counts[0]) if on else self.tr("Took the mark off the turn.")
        )
        self.checked.emit()
        return True

    def check_document(self, document: UUID, on: bool) -> None:
        """Mark a whole document as checked; its codings are still judged one by one."""
        round_ = self.round
        if round_ is None:
            return
        service = self._context.project.verification
        if self._tried(lambda: service.mark_checked(round_, document, on=on)):
            self._context.say(
                self.tr("Marked the document as checked.")
                if on
                else self.tr("Took the mark off the document.")
            )
        self.checked.emit()

    def _tried(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except UserError as error:
            self._context.fail(error)
            return False
        return True
