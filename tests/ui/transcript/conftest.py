"""A small project on the desk: two speakers, six turns, eight codes, six codings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from ikt_coder.core.errors import UserError
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import SpeakerRole, Transcript, Turn
from ikt_coder.core.words import Valence
from ikt_coder.services.project import Project
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.transcript.view import TranscriptView

TURNS = (
    ("Interviewer", 252, "When you joined the panel, what made it feel possible to take part?"),
    (
        "P01",
        260,
        "At the start I did not know what was expected of me 🙂. Nobody had explained how a "
        "study is put together, or what a partner is supposed to do between the meetings.",
    ),
    (
        "P01",
        291,
        "Then the coordinator phoned me. She went through the slides with me, and in the "
        "meeting she said, this was P01's idea. After that I felt I belonged there.",
    ),
    ("Interviewer", 336, "And practically, day to day?"),
    (
        "P01",
        339,
        "The meetings were always at two in the afternoon. Once they moved them to the morning "
        "and paid for the taxi, I never missed one. It is a small thing.",
    ),
    ("P01", 382, "I saw the results first. I am still not sure what became of my change."),
)
CODES = (
    ("Trusting relationship", "green"),
    ("Clear role", "blue"),
    ("Competing priorities", "red"),
    ("Shared decision-making", "purple"),
    ("Resources for partners", "pink"),
    ("Knowledge of the research process", "orange"),
    ("Social influences", "sky"),
    ("Environmental context and resources", "teal"),
)
CODED = (
    (
        "Nobody had explained how a study is put together, or what a partner is supposed to do",
        "Knowledge of the research process",
        Valence.BARRIER,
    ),
    ("or what a partner is supposed to do", "Clear role", None),
    ("She went through the slides with me", "Trusting relationship", Valence.FACILITATOR),
)


def transcript() -> Transcript:
    """The text with labels and times before the words, as transcripts have them."""
    text, turns = "", []
    for who, seconds, words in TURNS:
        label = f"{who} [{seconds // 60:02}:{seconds % 60:02}]: "
        start = len(text)
        text += label + words
        turns.append(Turn(Span(start, len(text)), who, seconds * 1000, start + len(label)))
        text += "\n"
    roles = {"Interviewer": SpeakerRole.INTERVIEWER, "P01": SpeakerRole.PARTICIPANT}
    return Transcript(text[:-1], tuple(turns), speaker_roles=roles)


@dataclass
class Table:
    """The view in its window, the project behind it, and what the view said."""

    project: Project
    view: TranscriptView
    window: QMainWindow
    document: UUID
    codes: dict[str, UUID]
    bot: QtBot
    said: list[str] = field(default_factory=list)
    failures: list[UserError] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        assert self.view.content is not None
        return self.view.content.text

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(start, start + len(words))

    def select(self, words: str) -> Span:
        span = self.span(words)
        self.view.pane.select(*self.view.page.offsets.units(span))
        return span

    def caret_in(self, words: str) -> None:
        self.view.pane.place_caret(self.view.page.offsets.to_qt(self.span(words).start + 1))

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press a key where the focus is, as a hand would."""
        widget = QApplication.focusWidget()
        assert widget is not None
        if modifier is None:
            self.bot.keyClick(widget, key)
        else:
            self.bot.keyClick(widget, key, modifier)

    def type(self, words: str) -> None:
        widget = QApplication.focusWidget()
        assert widget is not None
        self.bot.keyClicks(widget, words)

    def point(self, words: str, *, end: bool = False) -> QPoint:
        """Where the words begin (or end) in the viewport, at half the height of the line."""
        rects = self.view.pane.rects(*self.view.page.offsets.units(self.span(words)))
        rect = rects[-1] if end else rects[0]
        x = rect.right() if end else rect.left()
        return QPoint(round(x), round(rect.center().y()))

    def coded(self, code: str) -> list[str]:
        """The words that carry a code now, read from the project."""
        return [
            self.text[row.span.start : row.span.end]
            for row in self.project.codings.in_document(self.document)
            if row.code == self.codes.get(code)
        ]

    def coding(self, code: str) -> UUID:
        """The one coding with a code."""
        (row,) = [
            row
            for row in self.project.codings.in_document(self.document)
            if row.code == self.codes[code]
        ]
        return row.id


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = Project.create(tmp_path / "panel.ikt", "Panel")
    project.coders.switch(project.coders.add("Coder A", "CA"))
    yield project
    project.close()


@pytest.fixture
def make_table(qtbot: QtBot, appearance: Appearance, project: Project) -> Callable[..., Table]:
    def make(*, width: int = 960, height: int = 760, coded: bool = True) -> Table:
        document = project.documents.add(transcript(), "P01 Patient partner", "p01.txt")
        codes = {name: project.codes.add(name, colour=colour) for name, colour in CODES}
        window = QMainWindow()
        window.resize(width, height)
        view = TranscriptView(project, Settings.load(), appearance)
        window.setCentralWidget(view)
        qtbot.addWidget(window)
        project.listen(view.on_changes)
        table = Table(project, view, window, document, codes, qtbot)
        view.act_done.connect(lambda words: table.said.append(re.sub("</?b>", "", words)))
        view.failed.connect(table.failures.append)
        view.told.connect(table.hints.append)
        view.open_document(document)
        if coded:
            for words, code, valence in CODED:
                project.codings.apply(document, table.span(words), codes[code], valence=valence)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        view.pane.setFocus()
        qtbot.waitUntil(view.pane.hasFocus)
        return table

    return make


@pytest.fixture
def table(make_table: Callable[..., Table]) -> Table:
    return make_table()
