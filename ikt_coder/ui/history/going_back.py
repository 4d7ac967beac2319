"""Going back to an earlier state: what it takes back, in words, and the work itself."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QObject, Signal

from ikt_coder.core.errors import UserError
from ikt_coder.services.history import GoBackPreview
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import counted
from ikt_coder.ui.tasks import Progress, Task


class GoingBack(QObject):
    """Runs on the worker, so that a long way back shows itself and can be cancelled.

    Belongs to the context: a dialog may be closed while the work goes on.
    """

    began = Signal(object)
    """The task (``ui.tasks.Task``)."""
    ended = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._task: Task | None = None

    @property
    def running(self) -> bool:
        return self._task is not None

    def preview(self, seq: int) -> GoBackPreview:
        """What going back to the state after act ``seq`` would do."""
        return self._context.project.history.go_back_preview(seq)

    def words(self, preview: GoBackPreview, *, reachable: bool) -> str:
        """What going back would do: "takes back 12 acts: 9 by AO, 3 by BK"."""
        if not reachable:
            return self.tr(
                "Nobody can go back to here: a participant was erased or the file was "
                "compacted after it."
            )
        if not preview.count and not preview.brings_back:
            return self.tr("This is the present state.")
        parts = []
        if preview.count:
            acts = counted(preview.count, self.tr("1 act"), self.tr("{count} acts"))
            by = ", ".join(
                self.tr("{count} by {coder}").format(
                    count=number, coder=name or self.tr("nobody named")
                )
                for _, name, number in preview.takes_back
            )
            if len(preview.takes_back) == 1:
                by = self.tr("by {coder}").format(
                    coder=preview.takes_back[0][1] or self.tr("nobody named")
                )
                parts.append(
                    self.tr("Going back to here takes back {acts} {by}.").format(acts=acts, by=by)
                )
            else:
                parts.append(
                    self.tr("Going back to here takes back {acts}: {by}.").format(acts=acts, by=by)
                )
        if preview.brings_back:
            acts = counted(preview.brings_back, self.tr("1 act"), self.tr("{count} acts"))
            parts.append(
                self.tr("It brings {acts} back that had been taken back.").format(acts=acts)
            )
        if self._context.project.sealing.rounds:
            parts.append(self.tr("What others did since then in sealed documents goes back too."))
        parts.append(self.tr("Undo brings everything back."))
        return " ".join(parts)

    def go(self, seq: int) -> None:
        """Go back to the state after act ``seq``; one act, which can be undone."""
        if self.running:
            return
        project = self._context.project
        count = self.preview(seq).count

        def work(progress: Progress) -> None:
            project.history.go_back_to(seq, progress=progress, cancel=lambda: progress.cancelled)

        self._task = self._context.tasks.run(
            work, done=lambda _result: self._done(count), failed=self._failed, writes=True
        )
        self._task.ended.connect(self._end)
        self.began.emit(self._task)

    def _done(self, count: int) -> None:
        acts = counted(count, self.tr("1 act"), self.tr("{count} acts"))
        words = self.tr("Went back, taking back <b>{acts}</b>").format(
            acts=escape(acts, quote=False)
        )
        self._context.say(words)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._context.fail(error)
            return
        raise error

    def _end(self) -> None:
        self._task = None
        self.ended.emit()
