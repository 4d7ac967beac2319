"""Under the text, where it was asked for: the codings or turns that a rate counts."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ikt_coder.core.errors import UserError
from ikt_coder.ui.comparison.agreement.behind import Behind
from ikt_coder.ui.comparison.agreement.stretch_pane import StretchPane
from ikt_coder.ui.comparison.verify.became import Rate, look_behind
from ikt_coder.ui.comparison.verify.rates import RateRows
from ikt_coder.ui.comparison.verify.reading import Verified
from ikt_coder.ui.context import Context
from ikt_coder.ui.tasks import Progress, Task

_HEIGHT = 210


class RatePane(StretchPane):
    """Hidden until a rate is asked for; it follows what is judged meanwhile."""

    chosen = Signal(object)
    """A ``Passage`` to come to."""
    left = Signal()

    def __init__(self, context: Context, rates: RateRows) -> None:
        super().__init__(context)
        self._context, self._rates = context, rates
        self._found: Verified | None = None
        self._rate: Rate | None = None
        self._task: Task | None = None
        self.setFixedHeight(context.appearance.px(_HEIGHT))
        self.setProperty("line", "top")
        self.hide()
        rates.wanted.connect(self._ask)
        self.close_asked.connect(self._leave)
        self.list.left_at_top.connect(self.left)
        self.beside_asked.connect(self.chosen)

    @property
    def reading(self) -> bool:
        """Whether what is shown is still being read."""
        return self._task is not None

    def follow(self, found: Verified) -> None:
        """The round as it was read anew."""
        self._found = found
        if self._rate is None:
            return
        now = self._rates.rate(self._rate.which)
        if now is None:
            self.close_pane()
        else:
            self._read(now, focus=False)

    def close_pane(self) -> None:
        """Give the room back to the text."""
        self._rate = None
        self._rates.tell(None)
        self.hide()
        if self._task is not None:
            self._task.cancel()

    def _leave(self) -> None:
        self.close_pane()
        self.left.emit()

    def _ask(self, rate: Rate | None) -> None:
        if rate is None:
            self._leave()
        else:
            self.wait()
            self.show()
            self._read(rate, focus=True)

    def _read(self, rate: Rate, *, focus: bool) -> None:
        found, which, project = self._found, rate.which, self._context.project
        if found is None or which is None:
            return
        self._rate = rate
        self._rates.tell(which)
        if self._task is not None:
            self._task.cancel()
        row, study = found.row, found.study

        def work(_progress: Progress) -> Behind:
            return look_behind(project, row.id, rate, study, which)

        def done(behind: Behind) -> None:
            if self._rate is not None:
                at = self.list.currentIndex().row()
                self.show_behind(behind)
                if focus:
                    self.focus_content()
                elif 0 <= at < len(behind.passages):
                    self.list.setCurrentIndex(self.model.index(at))

        task = self._context.tasks.run(work, done=done, failed=self._failed)
        self._task = task
        task.ended.connect(lambda: self._end(task))

    def _end(self, task: Task) -> None:
        if task is self._task:
            self._task = None

    def _failed(self, error: BaseException) -> None:
        """The round went away meanwhile."""
        if not isinstance(error, UserError):
            raise error
        self.close_pane()
        self._context.fail(error)
