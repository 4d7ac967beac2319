"""Checking the project file, and making it small."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.errors import UserError
from ikt_coder.services.safety import CheckReport
from ikt_coder.ui.appearance.style import refresh_face
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import figure
from ikt_coder.ui.tasks import Progress, Task
from ikt_coder.ui.widgets.dialog_size import DialogSize
from ikt_coder.ui.widgets.progress_panel import ProgressPanel
from ikt_coder.ui.widgets.section_heading import SectionHeading
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

translate = QCoreApplication.translate


class CheckDialog(QDialog):
    """Begins at once, off the main thread; the project stays in use meanwhile."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Check the project"))
        self._context = context
        self._project = context.project
        self._task: Task | None = None
        self.report: CheckReport | None = None
        self._build()
        self.check()

    def _build(self) -> None:
        look = self._context.appearance
        self.verdict = self._words("", "strong")
        self.more = self._words("", "")
        self.findings = QVBoxLayout()
        self.findings.setSpacing(8)
        self._progress = ProgressPanel(look, self.tr("Checking"), self)
        self.again = QPushButton(self.tr("Check again"), self)
        self.again.clicked.connect(self.check)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(self._progress)
        column.addWidget(self.verdict)
        column.addWidget(self.more)
        column.addLayout(self.findings)
        again = QWidget(inside)
        WrapLayout(again).addWidget(self.again)
        column.addWidget(again)
        column.addSpacing(16)
        column.addWidget(SectionHeading(look, self.tr("Make the file smaller")))
        column.addWidget(self._words(self._compact_words(), ""))
        self.compact = QPushButton(self.tr("Compact the file"), self)
        self.compact.setProperty("kind", "danger")
        self.compact.clicked.connect(self.make_small)
        small = QWidget(inside)
        WrapLayout(small).addWidget(self.compact)
        column.addWidget(small)
        self.compacted = self._words("", "")
        self.compacted.hide()
        column.addWidget(self.compacted)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        for button in (self.again, self.compact):
            button.setAutoDefault(False)
        self.compact.setEnabled(not self._project.read_only)
        DialogSize(self, self._context.settings, look, "check", 500, 460)

    def _words(self, text: str, face: str) -> QLabel:
        label = QLabel(text, self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setProperty("face", face)
        if not face:
            label.setProperty("tone", "dim")
        return label

    def _compact_words(self) -> str:
        if self._project.read_only:
            return self.tr("The project is open for reading only.")
        return self.tr(
            "The file keeps what every act changed, so that it can be undone. Compacting gives "
            "that up: nothing done before can be undone any more, and restore points before it "
            "are gone. The history still says who did what and when. Codings, memos and themes "
            "stay as they are. A backup is made first."
        )

    # -- checking ---------------------------------------------------------------------------

    def check(self) -> None:
        """Check everything; the project can be worked in meanwhile."""
        if self._task is not None:
            return
        project = self._project

        def work(progress: Progress) -> CheckReport:
            def step(done: int, whole: int) -> None:
                progress.report(done, whole, _part_words(done))

            return project.safety.check(step)

        self._start(
            self.tr("Checking"),
            self._context.tasks.run(work, done=self._checked, failed=self._failed),
        )

    def _checked(self, report: CheckReport) -> None:
        self.report = report
        self._clear()
        if report.sound:
            self._tell(self.tr("Everything is sound."), "")
            self.more.setText(
                self.tr(
                    "The file, all positions, and the way back over all {count} acts were checked."
                ).format(count=figure(report.operations))
            )
            return
        self._tell(self.tr("Something is not as it should be."), "danger")
        self.more.setText(
            self.tr(
                "Keep this file as it is, save a copy, and open the newest backup (Project, "
                "Backups). What was found:"
            )
        )
        for finding in report.findings:
            self.findings.addWidget(self._words(finding_words(finding.where, finding.what), ""))

    def _tell(self, words: str, tone: str) -> None:
        self.verdict.setText(words)
        self.verdict.setProperty("tone", tone)
        refresh_face(self.verdict)

    def _clear(self) -> None:
        self.verdict.setText("")
        self.more.setText("")
        while (item := self.findings.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()

    def _start(self, title: str, task: Task) -> None:
        self._task = task
        self._clear()
        self._progress.reset()
        self._progress.set_title(title)
        self._progress.show()
        for words in (self.verdict, self.more):
            words.hide()
        self.again.setEnabled(False)
        self.compact.setEnabled(False)
        self._progress.cancel_asked.connect(task.cancel)
        task.progressed.connect(self._progress.set_progress)
        task.was_cancelled.connect(self._cancelled)
        task.ended.connect(self._end)

    def _cancelled(self) -> None:
        self._tell(self.tr("The check was ended before it was through."), "")

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._tell(error.what, "danger")
        self.more.setText(error.to_do)

    def _end(self) -> None:
        self._task = None
        self._progress.cancel_asked.disconnect()
        self._progress.hide()
        for words in (self.verdict, self.more):
            words.setVisible(bool(words.text()))
        self.again.setEnabled(True)
        self.compact.setEnabled(not self._project.read_only)

    # -- compacting -------------------------------------------------------------------------

    def make_small(self) -> None:
        """Give up undo so far and write the file anew; a backup is made first."""
        if self._task is not None or self._project.read_only:
            return
        project = self._project
        task = self._context.tasks.run(
            lambda _progress: project.safety.compact(),
            done=self._made_small,
            failed=self._failed,
            writes=True,
        )
        self._start(self.tr("Compacting"), task)
        # Half a rewriting is none: it goes through or leaves the file as it was.
        self._progress.cancel_button().hide()
        task.ended.connect(self._progress.cancel_button().show)

    def _made_small(self, won: int) -> None:
        words = self.tr("Done: the file is smaller by {size}. A backup of the file before is kept.")
        size = QLocale().formattedDataSize(max(0, won))
        self.compacted.setText(words.format(size=size))
        self.compacted.show()
        self._context.say(self.tr("Compacted the project file"), undo=False)

    def done(self, result: int) -> None:
        if self._task is not None:
            self._task.cancel()
        super().done(result)


def _part_words(part: int) -> str:
    return (
        translate("Check", "The file and its references"),
        translate("Check", "Positions of codings, turns and quotes"),
        translate("Check", "What was frozen in rounds"),
        translate("Check", "The way back over all acts"),
        "",
    )[part]


def finding_words(where: str, what: str) -> str:
    """One finding in words: what it is about, then what is wrong."""
    about = {
        "database": translate("Check", "The file itself is damaged"),
        "references": translate("Check", "Something refers to what is not there"),
        "journal": translate("Check", "The history does not fit the project"),
        "coding": translate("Check", "Codings"),
        "turn": translate("Check", "Speaking turns"),
        "quote": translate("Check", "Quotes"),
        "code": translate("Check", "The codebook"),
        "theme": translate("Check", "The themes"),
        "folder": translate("Check", "The folders"),
        "snapshot": translate("Check", "A round"),
        "document": translate("Check", "A document"),
    }.get(where, where)
    return f"{about}: {what}."
