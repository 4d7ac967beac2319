"""Bringing in a coder's copy: what it brings is shown before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.errors import UserError
from ikt_coder.services.merging.rows import ConflictKind, MergePlan, MergeResult, Side
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import counted
from ikt_coder.ui.exchange.merge_conflict import ConflictChoice
from ikt_coder.ui.exchange.merge_wording import (
    comes_in,
    document_lines,
    kind_words,
    left_line,
)
from ikt_coder.ui.tasks import Progress, Task
from ikt_coder.ui.widgets.dialog_foot import DialogFoot, dim_words, stack_up
from ikt_coder.ui.widgets.dialog_size import DialogSize
from ikt_coder.ui.widgets.notification_bar import NotificationBar, Weight
from ikt_coder.ui.widgets.scroll_column import ScrollColumn
from ikt_coder.ui.widgets.section_heading import SectionHeading

# Conflicts that are asked about; the rest takes what stands without a person, and is counted.
_ASKED = 60
# Answers on which the rest of the plan depends.
_DECIDES = (ConflictKind.CODER, ConflictKind.CODE_NAME)


class BringInDialog(QDialog):
    """The file is read off the main thread; nothing is written until "Bring it in"."""

    planned = Signal()
    """What the file brings has been read and is shown, or why it cannot be."""
    brought_in = Signal(object)
    """MergeResult"""

    def __init__(
        self, context: Context, parent: QWidget | None = None, path: Path | None = None
    ) -> None:
        """``path`` is looked at at once."""
        super().__init__(parent)
        self._context = context
        self._project = context.project
        self._path = path
        self._asked = 0
        self._task: Task | None = None
        self._plan: MergePlan | None = None
        self.choices: dict[str, Side] = {}
        self.conflicts: list[ConflictChoice] = []
        self.setModal(True)
        self.setWindowTitle(self.tr("Bring in a coder's copy"))
        look = context.appearance
        self.bar = NotificationBar(look, self)
        self.name = QLabel(self)
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setProperty("face", "strong")
        self.choose_button = QPushButton(self.tr("Choo&se a file…"), self)
        self.choose_button.setAutoDefault(False)
        self.choose_button.clicked.connect(self.choose)
        self._inner = QWidget(self)
        self._inner.setProperty("transparent", "true")
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(24, 0, 24, 16)
        self._column.setSpacing(8)
        scroll = ScrollColumn(self._inner, self)
        self.foot = DialogFoot(look, self.tr("Bringing it in"))
        self.bring_button = self.foot.add_button(self.tr("Bring it in"), self.bring_in)
        self.bring_button.setProperty("kind", "primary")
        self.bring_button.setDefault(True)
        self.close_button = self.foot.add_button(self.tr("Cancel"), self.reject)
        stack_up(self, self.bar, self._head(), scroll, self.foot, wide=scroll)
        DialogSize(self, context.settings, look, "merge", 620, 680)
        self._show_plan(None)
        if path is not None:
            self.look_at(path)

    def _head(self) -> QWidget:
        title = QLabel(self.tr("Bring in a coder's copy"), self)
        title.setProperty("face", "title")
        about = dim_words(
            self.tr(
                "What was done in the file and what was done here come together. The file is not "
                "changed, and nothing is written here until you have seen what it brings."
            ),
            self,
        )
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.name, 1)
        row.addWidget(self.choose_button)
        head = QWidget(self)
        column = QVBoxLayout(head)
        column.setContentsMargins(24, 20, 24, 12)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(about)
        column.addLayout(row)
        return head

    # -- the file ---------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask which file."""
        folder = self._path.parent if self._path is not None else self._project.path.parent
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Bring in a coder's copy"),
            str(folder),
            self.tr("IKT Coder projects (*.ikt)"),
        )
        if name:
            self.look_at(Path(name))

    def look_at(self, path: Path) -> None:
        """Read what a file would bring."""
        self._path = path
        self.choices = {}
        self._look()

    def _look(self) -> None:
        path = self._path
        if path is None:
            return
        self._asked += 1
        number, choices, project = self._asked, dict(self.choices), self._project
        self.bar.hide()
        self._show_plan(None)
        self.foot.say(self.tr("Reading…"))
        self._context.tasks.run(
            lambda _progress: project.merging.plan(path, choices),
            done=lambda plan: self._planned(plan, number),
            failed=lambda error: self._refused(error, number),
        )

    def _planned(self, plan: MergePlan, number: int) -> None:
        if number != self._asked:
            return
        self._show_plan(plan)
        if plan.warnings:
            self.bar.show_message(" ".join(plan.warnings), Weight.WARNING)
        self.planned.emit()

    def _refused(self, error: BaseException, number: int) -> None:
        if not isinstance(error, UserError):
            raise error
        if number != self._asked:
            return
        self._show_plan(None)
        self.foot.say()
        self.bar.show_message(str(error), Weight.WARNING, may_close=False)
        self.planned.emit()

    # -- what it brings -----------------------------------------------------------------------

    def _show_plan(self, plan: MergePlan | None) -> None:
        self._plan = plan
        self.conflicts = []
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        name = self._path.name if self._path is not None else self.tr("No file chosen")
        self.name.setText(name)
        self.bring_button.setEnabled(plan is not None and not plan.nothing)
        if plan is None:
            self.foot.say()
            return
        if plan.nothing:
            self._section("", [kind_words(plan), self.tr("It brings nothing new.")])
            self._section(self.tr("Left out"), [left_line(left) for left in plan.left])
            self._column.addStretch(1)
            self.foot.say(self.tr("There is nothing to bring in."))
            return
        self._section(self.tr("What comes in"), [kind_words(plan), *_bulleted(comes_in(plan))])
        self._show_conflicts(plan)
        self._section(self.tr("Documents"), document_lines(plan))
        self._section(self.tr("Deleted on one side"), [left_line(left) for left in plan.kept])
        self._section(self.tr("Left out"), [left_line(left) for left in plan.left])
        self._column.addStretch(1)
        self.foot.say(self.tr("One act, which Undo takes back."))

    def _section(self, title: str, lines: Sequence[str]) -> None:
        if not lines:
            return
        if title:
            self._column.addWidget(SectionHeading(self._context.appearance, title))
        label = QLabel("\n".join(lines), self._inner)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(label)

    def _show_conflicts(self, plan: MergePlan) -> None:
        if not plan.conflicts:
            return
        heading = SectionHeading(
            self._context.appearance,
            self.tr("Changed in both"),
            counted(len(plan.conflicts), self.tr("1 to decide"), self.tr("{count} to decide")),
        )
        self._column.addWidget(heading)
        for conflict in plan.conflicts[:_ASKED]:
            side = self.choices.get(conflict.key, conflict.default)
            choice = ConflictChoice(conflict, side, self._inner)
            choice.chosen.connect(self._decided)
            self.conflicts.append(choice)
            self._column.addWidget(choice)
        more = len(plan.conflicts) - _ASKED
        if more > 0:
            words = self.tr("{count} more take the longer text, or what was there first.")
            self._column.addWidget(dim_words(words.format(count=more), self._inner))

    def _decided(self, key: str, side: Side) -> None:
        self.choices[key] = side
        plan = self._plan
        kinds = {c.key: c.kind for c in plan.conflicts} if plan is not None else {}
        if kinds.get(key) in _DECIDES:
            self._look()

    # -- bringing it in -----------------------------------------------------------------------

    def bring_in(self) -> None:
        """Write it, in one act."""
        plan, path = self._plan, self._path
        if plan is None or path is None or not self.bring_button.isEnabled():
            return
        project, choices = self._project, dict(self.choices)

        def work(progress: Progress) -> MergeResult:
            return project.merging.apply(
                path,
                choices,
                expected=plan,
                progress=progress,
                cancel=lambda: progress.cancelled,
            )

        self.bar.hide()
        self._task = self._context.tasks.run(
            work, done=self._done, failed=self._failed, writes=True
        )
        self.foot.begin(self._task)
        self._inner.setEnabled(False)
        self.choose_button.setEnabled(False)
        self._task.was_cancelled.connect(self._cancelled)
        self._task.ended.connect(self._end)

    def _done(self, result: MergeResult) -> None:
        name = f"<b>{escape(result.plan.file_name, quote=False)}</b>"
        added = result.plan.codings.added
        if added:
            words = counted(
                added,
                self.tr("Brought in 1 coding from {name}"),
                self.tr("Brought in {count} codings from {name}").replace("{name}", "{{name}}"),
            )
        else:
            words = self.tr("Brought in {name}")
        self._context.say(words.format(name=name), undo=result.op is not None)
        self.brought_in.emit(result)
        self.accept()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.bar.show_message(str(error), Weight.WARNING)

    def _cancelled(self) -> None:
        self.bar.show_message(self.tr("Cancelled; nothing was changed."))

    def _end(self) -> None:
        self._task = None
        self.foot.end()
        self._inner.setEnabled(True)
        for button in (*self.foot.buttons, self.choose_button):
            button.setEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Escape while it is written cancels the writing, and the dialog stays.
        if event.key() == Qt.Key.Key_Escape and self._task is not None:
            self._task.cancel()
            return
        super().keyPressEvent(event)

    def reject(self) -> None:
        """Close; while it is written, ask the writing to stop instead."""
        if self._task is not None:
            self._task.cancel()
            return
        super().reject()


def _bulleted(lines: Sequence[str]) -> list[str]:
    return [f"• {line}" for line in lines]
