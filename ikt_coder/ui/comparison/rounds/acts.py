"""What can be done with a round, asked for plainly first where it cannot be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.core.rounds import RoundMode, Task
from ikt_coder.services.round_rows import AssignmentRow, RoundRow
from ikt_coder.ui.comparison.rounds.question import Question
from ikt_coder.ui.comparison.rounds.wording import documents_words
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import counted
from ikt_coder.ui.tasks import Progress

translate = QCoreApplication.translate
_AT_ONCE = 2
"""Documents that are frozen while the window waits."""


class RoundActs(QObject):
    """Finishing, reopening, unsealing, assigning; each question stands beside its button."""

    unsealing = Signal(object)
    """The :class:`~ikt_coder.ui.tasks.Task` that unseals."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.question: Question | None = None
        """The one that is asked now, for tests and for the keyboard."""

    # -- finishing and reopening ------------------------------------------------------------

    def ask_finish(
        self,
        round_: RoundRow,
        rows: Sequence[AssignmentRow],
        titles: dict[UUID, str],
        rect: QRect,
        anchor: QWidget,
    ) -> None:
        """Ask whether the present coder has finished these documents of theirs."""
        count = sum(row.codings or 0 for row in rows)
        if len(rows) == 1:
            title = titles.get(rows[0].document, "")
            sentence = self.tr("Finish “{title}”?").format(title=title)
        else:
            sentence = self.tr("Finish {documents}?").format(documents=documents_words(len(rows)))
        codes = any(row.task is Task.CODE for row in rows)
        more = (
            finish_words(round_, count)
            if codes
            else self.tr(
                "It is marked as verified by you. This cannot be undone; you can reopen it, "
                "and that is logged."
            )
        )
        documents = [row.document for row in rows]
        self._ask(
            sentence,
            more,
            self.tr("Finish"),
            lambda _typed: self.finish(round_, documents, titles),
            rect,
            anchor,
        )

    def finish(self, round_: RoundRow, documents: list[UUID], titles: dict[UUID, str]) -> None:
        """Finish documents of the present coder; many off the main thread."""
        rounds = self._context.project.rounds
        if len(documents) == 1:
            said = self.tr("Finished <b>{name}</b>").format(
                name=escape(titles.get(documents[0], ""), quote=False)
            )
        else:
            said = self.tr("Finished {documents}").format(documents=documents_words(len(documents)))
        if len(documents) <= _AT_ONCE:
            if self._do(lambda: rounds.finish(round_.id, documents)):
                self._say(said)
            return

        def work(_progress: Progress) -> None:
            rounds.finish(round_.id, documents)

        self._context.tasks.run(work, done=lambda _none: self._say(said), writes=True)

    def ask_reopen(
        self, round_: RoundRow, row: AssignmentRow, title: str, rect: QRect, anchor: QWidget
    ) -> None:
        """Ask why a finished document is opened again."""
        if round_.unsealed is not None and round_.mode is not RoundMode.OPEN:
            more = self.tr(
                "The round was unsealed, so what changes now is not blind. It is logged and "
                "flagged, and the figures stay what they were."
            )
        else:
            more = self.tr("It is logged with its reason. What was frozen stays on record.")
        self._ask(
            self.tr("Reopen “{title}”?").format(title=title),
            more,
            self.tr("Reopen"),
            lambda reason: self.reopen(round_, row, title, reason),
            rect,
            anchor,
            self.tr("Why? In a few words"),
        )

    def reopen(self, round_: RoundRow, row: AssignmentRow, title: str, reason: str) -> None:
        rounds = self._context.project.rounds
        if self._do(lambda: rounds.reopen(round_.id, row.document, reason, row.coder)):
            name = escape(title, quote=False)
            self._say(self.tr("Reopened <b>{name}</b>").format(name=name))

    # -- unsealing --------------------------------------------------------------------------

    def ask_unseal(self, round_: RoundRow, reflexive: bool, rect: QRect, anchor: QWidget) -> None:
        """Ask whether to open what was coded blind."""
        figures = self.tr(
            "Everybody sees what everybody coded. Figures of agreement are computed from what is "
            "frozen now and never change. This cannot be undone."
        )
        readings = self.tr(
            "Everybody sees what everybody coded, side by side. This cannot be undone."
        )
        self._ask(
            self.tr("Unseal “{name}” for everybody?").format(name=round_.name),
            readings if reflexive else figures,
            self.tr("Unseal"),
            lambda _typed: self.unseal(round_),
            rect,
            anchor,
        )

    def unseal(self, round_: RoundRow) -> None:
        """Unseal off the main thread: with words as the unit every text is analysed first."""
        rounds = self._context.project.rounds

        def work(progress: Progress) -> None:
            rounds.unseal(round_.id, progress, lambda: progress.cancelled)

        task = self._context.tasks.run(
            work, done=lambda _none: self._unsealed(round_.name), writes=True
        )
        self.unsealing.emit(task)

    def _unsealed(self, name: str) -> None:
        self._say(self.tr("Unsealed <b>{name}</b>").format(name=escape(name, quote=False)))

    # -- who codes what ---------------------------------------------------------------------

    def assign(self, round_: RoundRow, coder: UUID, document: UUID, task: Task) -> None:
        rounds = self._context.project.rounds
        if self._do(lambda: rounds.assign(round_.id, coder, [document], task)):
            self._context.say(self.tr("Changed who codes what"))

    def unassign(self, round_: RoundRow, coder: UUID, document: UUID) -> None:
        rounds = self._context.project.rounds
        if self._do(lambda: rounds.unassign(round_.id, coder, [document])):
            self._context.say(self.tr("Changed who codes what"))

    def rename(self, round_: RoundRow, name: str) -> None:
        rounds = self._context.project.rounds
        if self._do(lambda: rounds.rename(round_.id, name=name)):
            said = self.tr("Renamed to <b>{name}</b>").format(name=escape(name, quote=False))
            self._context.say(said)

    # -- how ----------------------------------------------------------------------------------

    def _ask(
        self,
        sentence: str,
        more: str,
        agree: str,
        then: Callable[[str], object],
        rect: QRect,
        anchor: QWidget,
        field: str = "",
    ) -> None:
        asked = Question(
            self._context.appearance, anchor.window(), sentence, more, agree=agree, field=field
        )
        asked.agreed.connect(then)
        asked.closed.connect(lambda: setattr(self, "question", None))
        self.question = asked
        asked.ask(rect, anchor)

    def _do(self, act: Callable[[], None]) -> bool:
        try:
            act()
        except UserError as error:
            self._context.fail(error)
            return False
        return True

    def _say(self, words: str) -> None:
        self._context.say(words, undo=False)


def finish_words(round_: RoundRow, codings: int) -> str:
    """What finishing does, with the number of codings it freezes."""
    sentences = []
    if codings:
        sentences.append(
            counted(
                codings,
                translate("Rounds", "Your 1 coding is frozen as it is."),
                translate("Rounds", "Your {count} codings are frozen as they are."),
            )
        )
    else:
        sentences.append(
            translate("Rounds", "You have coded nothing: that is what is frozen, and it counts.")
        )
    if round_.mode is RoundMode.BLIND or round_.blind_share:
        sentences.append(
            translate(
                "Rounds", "Nothing of it can change until the round is unsealed or you reopen it."
            )
        )
    sentences.append(translate("Rounds", "Finishing cannot be undone; reopening is logged."))
    return " ".join(sentences)
