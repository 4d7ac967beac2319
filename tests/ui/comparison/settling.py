"""A study that two or three coders have coded blind, with a difference of each class."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ikt_coder.core.errors import UserError
from ikt_coder.core.rounds import RoundMode
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import SpeakerRole, Transcript, Turn
from ikt_coder.core.words import Valence
from ikt_coder.services.documents import NewDocument
from ikt_coder.services.project import Project
from ikt_coder.services.round_rows import RoundPlan
from ikt_coder.services.settling_rows import Item
from ikt_coder.ui.comparison.settle.page import SettlePage
from ikt_coder.ui.context import Context

NO_KEYS = Qt.KeyboardModifier.NoModifier
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
        "The meetings were always at two in the afternoon, which is when I am at my worst with "
        "the fatigue. It took a year before anyone asked. Once they moved them to the morning "
        "and paid for the taxi, I never missed one. It is a small thing, but it tells you "
        "whether they have thought about who is in the room.",
    ),
    ("P01", 382, "I saw the results first. I am still not sure what became of my change."),
)
NAMES = ("Coder A", "Coder B", "Coder C")
CODES = (
    ("Trusting relationship", "green", "Partners come to rely on each other."),
    ("Clear role", "blue", "What a partner is to do is said, or is not."),
    ("Competing priorities", "red", "Something else takes the time that taking part needs."),
    ("Shared decision-making", "purple", "Who decides about the study."),
    (
        "Resources for partners",
        "pink",
        "Payment, travel, childcare or equipment given so that a partner can take part.",
    ),
    (
        "Environmental context and resources",
        "teal",
        "Circumstances of the setting: time, money, place.",
    ),
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


class Coded:
    """The project, its coders and codes by name, and its one round."""

    def __init__(
        self,
        path: Path,
        *,
        coders: int = 2,
        documents: int = 1,
        adjudicated: bool = False,
        **plan: object,
    ) -> None:
        self.project = Project.create(path, "Study")
        self.coders = [self.project.coders.add(name) for name in NAMES[:coders]]
        self.project.coders.switch(self.coders[0])
        news = [
            NewDocument(transcript(), f"P0{number + 1}", f"p{number}.txt", "txt", b"")
            for number in range(documents)
        ]
        self.documents = list(self.project.documents.add_many(news))
        if adjudicated:
            plan["adjudicator"] = self.project.coders.add("Dana Judge")
        self.codes = {}
        for name, colour, definition in CODES:
            key = self.project.codes.add(name, colour=colour, definition=definition)
            self.codes[name] = key
        options = {"name": "Round 1", "mode": RoundMode.BLIND, **plan}
        self.round = self.project.rounds.set_up(
            RoundPlan(coders=tuple(self.coders), **options)  # type: ignore[arg-type]  # any option
        )

    def span(self, document: int, words: str) -> Span:
        start = self.project.texts.get(self.documents[document]).index(words)
        return Span(start, start + len(words))

    def code(
        self, coder: int, name: str, words: str, valence: Valence | None = None, document: int = 0
    ) -> UUID:
        self.project.coders.switch(self.coders[coder])
        return self.project.codings.apply(
            self.documents[document],
            self.span(document, words),
            self.codes[name],
            valence=valence,
        )

    def differ(self, document: int = 0) -> None:
        """One agreed passage, and a difference of each class."""
        barrier, helps = Valence.BARRIER, Valence.FACILITATOR
        for coder in (0, 1):
            self.code(coder, "Trusting relationship", "the coordinator phoned me", helps, document)
        self.code(
            0, "Clear role", "Nobody had explained how a study is put together", barrier, document
        )
        self.code(
            1,
            "Clear role",
            "Nobody had explained how a study is put together, or what a partner is supposed to do",
            barrier,
            document,
        )
        self.code(
            0,
            "Resources for partners",
            "Once they moved them to the morning and paid for the taxi, I never missed one.",
            helps,
            document,
        )
        self.code(
            1,
            "Environmental context and resources",
            "Once they moved them to the morning "
            "and paid for the taxi, I never missed one. It is a small thing,",
            helps,
            document,
        )
        self.code(0, "Shared decision-making", "I saw the results first.", None, document)
        self.code(
            1,
            "Competing priorities",
            "The meetings were always at two in the afternoon",
            barrier,
            document,
        )
        for coder, valence in ((0, Valence.MIXED), (1, helps)):
            self.code(
                coder,
                "Trusting relationship",
                "After that I felt I belonged there.",
                valence,
                document,
            )
        self.code(
            0,
            "Shared decision-making",
            "She went through the slides with me, and in the "
            "meeting she said, this was P01's idea.",
            helps,
            document,
        )
        self.code(
            1, "Shared decision-making", "She went through the slides with me,", helps, document
        )
        self.code(
            1,
            "Shared decision-making",
            "in the meeting she said, this was P01's idea.",
            helps,
            document,
        )

    def finish(self) -> None:
        """Everybody finishes; the round is opened, and the first coder sits there."""
        for coder in self.coders:
            self.project.coders.switch(coder)
            self.project.rounds.finish(self.round, self.documents)
        self.project.coders.switch(self.coders[0])
        self.project.rounds.unseal(self.round)


@dataclass
class Settling:
    """The page over a coded study, and what it says."""

    study: Coded
    context: Context
    bot: QtBot
    page: SettlePage
    said: list[str] = field(default_factory=list)
    failures: list[UserError] = field(default_factory=list)

    @property
    def project(self) -> Project:
        return self.study.project

    def wait(self) -> None:
        """Until the page shows what the project holds."""
        self.bot.waitUntil(lambda: self.page.up_to_date and not self.context.tasks.busy)

    def press(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Keys where the keyboard is now."""
        for key in keys:
            QTest.keyClick(self.focus(), key, modifiers)

    def type(self, words: str) -> None:
        QTest.keyClicks(self.focus(), words)

    @staticmethod
    def focus() -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the keyboard"
        return widget

    @property
    def item(self) -> Item:
        item = self.page.queue.current()
        assert item is not None
        return item

    def in_queue(self) -> bool:
        return self.focus() is self.page.queue.list

    def titles(self) -> list[str]:
        model = self.page.queue.model
        return [str(model.index(row).data()) for row in range(model.rowCount())]

    def rest(self, row: int) -> str:
        from ikt_coder.ui.widgets.roles import ItemRole

        return str(self.page.queue.model.index(row).data(ItemRole.SUBTITLE))
