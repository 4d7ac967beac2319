"""A project with two short interviews, and what the views of it say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ikt_coder.core.errors import UserError
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import SpeakerRole, Transcript, Turn
from ikt_coder.services.documents import NewDocument
from ikt_coder.services.project import Project
from ikt_coder.services.rows import DocumentRow
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.context import Context
from ikt_coder.ui.tasks import Tasks

INTERVIEW = "".join(
    f"Interviewer: What was day {day} like for you?\n"
    f"P07: On day {day} I sat with the team and we talked about the visits.\n"
    for day in range(1, 8)
)
MARKER = "Nobody ever told me about the lavender notebook of the second clinic."


def transcript(who: str, words: str = "") -> Transcript:
    """A question and an answer by ``who``, with times."""
    question = "Interviewer: And how was it for you?\n"
    answer = f"{who}: It took a while until the meetings felt like ours. {words}\n"
    roles = {"Interviewer": SpeakerRole.INTERVIEWER, who: SpeakerRole.PARTICIPANT}
    turns = (
        Turn(Span(0, len(question) - 1), "Interviewer", 1000, 13),
        Turn(
            Span(len(question), len(question) + len(answer) - 1),
            who,
            65_000,
            len(question) + len(who) + 2,
        ),
    )
    return Transcript(question + answer, turns, speaker_roles=roles)


@dataclass
class Workplace:
    """The project, its context, and what was said and failed on it."""

    project: Project
    context: Context
    bot: QtBot
    said: list[str] = field(default_factory=list)
    failures: list[UserError] = field(default_factory=list)

    def document(self, title: str) -> DocumentRow:
        return self.project.documents.find(title)

    def titles(self) -> list[str]:
        return [row.title for row in self.project.documents.all()]

    def show(self, widget: QWidget, width: int = 0, height: int = 0) -> None:
        self.bot.addWidget(widget)
        if width:
            widget.resize(width, height)
        with self.bot.waitActive(widget):
            widget.show()
            widget.activateWindow()

    def key(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press a key where the focus is."""
        widget = QApplication.focusWidget()
        assert widget is not None
        self.bot.keyClick(widget, key, modifier)

    def type(self, words: str) -> None:
        widget = QApplication.focusWidget()
        assert widget is not None
        self.bot.keyClicks(widget, words)

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        if place is None:
            self.bot.mouseClick(widget, Qt.MouseButton.LeftButton)
        else:
            self.bot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)


@contextmanager
def workplace(
    folder: Path, bot: QtBot, appearance: Appearance, *, empty: bool = False
) -> Iterator[Workplace]:
    """Two interviews, P01 and P02, coded by nobody yet."""
    project = Project.create(folder / "study.ikt")
    project.coder = project.coders.add("Amara Okafor", "AO")
    if not empty:
        project.documents.add_many(
            [
                NewDocument(
                    transcript(who, words),
                    title,
                    f"{title}.txt",
                    "txt",
                    transcript(who, words).text.encode(),
                    participants={who: who},
                )
                for who, title, words in (
                    ("P01", "P01 Patient partner", MARKER),
                    ("P02", "P02 Clinician", ""),
                )
            ]
        )
    bugs: list[BaseException] = []
    tasks = Tasks(bugs.append)
    context = Context(project, Settings(folder / "settings.json"), appearance, tasks)
    made = Workplace(project, context, bot)
    context.message.connect(lambda words, _undo: made.said.append(words))
    context.failed.connect(made.failures.append)
    yield made
    tasks.cancel_all()
    bot.waitUntil(lambda: not tasks.busy)
    made.context.signals.end()
    made.project.close()
    assert not bugs, bugs
