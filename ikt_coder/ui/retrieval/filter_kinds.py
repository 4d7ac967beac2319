"""The filters of a retrieval, declared: what each is called, offers and says when it is set."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import date
from typing import Any, cast

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from ikt_coder.core.frozen import frozen
from ikt_coder.core.query import AttributeTest, Filters, Test
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.core.words import Flag, Origin, Subject, Valence, WordPair
from ikt_coder.services.interview_guide.rows import QuestionRow
from ikt_coder.services.project import Project
from ikt_coder.services.rows import DocumentRow, FolderRow, LevelRow, ParticipantRow
from ikt_coder.ui.codes.wording import flag_words, origin_words, valence_words
from ikt_coder.ui.retrieval.choices import Choice

translate = QCoreApplication.translate

NOT_SET = "not set"
"""Stands in the choices for None."""


@frozen
class Offered:
    """What the project has to filter by; read off the main thread."""

    documents: tuple[DocumentRow, ...]
    folders: tuple[FolderRow, ...]
    participants: tuple[ParticipantRow, ...]
    speakers: tuple[str, ...]
    levels: tuple[LevelRow, ...]
    attributes: tuple[Any, ...]  # rows of project.attributes
    questions: tuple[QuestionRow, ...]
    words: WordPair


def read_offered(project: Project) -> Offered:
    """Read what the filters offer (off the main thread)."""
    documents = project.documents.all()
    speakers = dict.fromkeys(label for row in documents for label in row.speakers)
    return Offered(
        documents,
        project.folders.all(),
        project.participants.all(),
        tuple(sorted(speakers, key=str.casefold)),
        project.frameworks.levels(),
        tuple(project.attributes.all()),
        project.guide.all(),
        project.card.get().words,
    )


def with_value(filters: Filters, field: str, value: object) -> Filters:
    """The filters with another value in one field."""
    return replace(filters, **cast("dict[str, Any]", {field: value}))


@frozen
class ChoiceFilter:
    """A filter that holds a set: any one of it is enough."""

    field: str
    title: str
    choices: Callable[[Offered], list[Choice]]

    def chosen(self, filters: Filters) -> frozenset[Hashable]:
        held: frozenset[Hashable] = getattr(filters, self.field)
        return frozenset(NOT_SET if one is None else one for one in held)

    def put(self, filters: Filters, chosen: frozenset[Hashable]) -> Filters:
        value = frozenset(None if one == NOT_SET else one for one in chosen)
        return with_value(filters, self.field, value)

    def says(self, filters: Filters, offered: Offered) -> str:
        """ "Direction: barrier, mixed" """
        names = {one.key: one.name for one in self.choices(offered)}
        gone = translate("Retrieve", "no longer there")
        said = [names.get(key, gone) for key in names.keys() & self.chosen(filters)]
        order = list(names.values())
        said.sort(key=order.index)
        missing = len(self.chosen(filters)) - len(said)
        said += [gone] * bool(missing)
        return f"{self.title}: {', '.join(said)}"


def _documents(offered: Offered) -> list[Choice]:
    folders = {row.id: row.name for row in offered.folders}
    return [
        Choice(row.id, row.title, below=folders.get(row.folder, "") if row.folder else "")
        for row in offered.documents
    ]


def _folders(offered: Offered) -> list[Choice]:
    return [Choice(row.id, row.name) for row in offered.folders]


def _participants(offered: Offered) -> list[Choice]:
    return [Choice(row.id, row.label, below=row.group) for row in offered.participants]


def _groups(offered: Offered) -> list[Choice]:
    groups = dict.fromkeys(row.group for row in offered.participants if row.group)
    return [Choice(name, name) for name in groups]


def _speakers(offered: Offered) -> list[Choice]:
    return [Choice(label, label) for label in offered.speakers]


def _roles(_offered: Offered) -> list[Choice]:
    return [
        Choice(SpeakerRole.PARTICIPANT, translate("Retrieve", "participants")),
        Choice(SpeakerRole.INTERVIEWER, translate("Retrieve", "the interviewer")),
        Choice(SpeakerRole.OTHER, translate("Retrieve", "others")),
    ]


def _directions(offered: Offered) -> list[Choice]:
    words = valence_words(offered.words)
    rows = [
        Choice(valence, words[valence].lower(), below="", count=valence.sign) for valence in Valence
    ]
    return [*rows, Choice(NOT_SET, translate("Retrieve", "not set"))]


def _questions(offered: Offered) -> list[Choice]:
    rows = [Choice(row.id, row.name) for row in offered.questions]
    none = Choice(NOT_SET, translate("Retrieve", "none of the guide"))
    return [*rows, none] if rows else []


def _levels(offered: Offered) -> list[Choice]:
    several = len({row.framework for row in offered.levels}) > 1
    rows = [
        Choice(row.id, row.name, below=row.framework_name if several else "")
        for row in offered.levels
    ]
    return [*rows, Choice(NOT_SET, translate("Retrieve", "no level"))]


def _strengths(_offered: Offered) -> list[Choice]:
    return [
        Choice(1, translate("Retrieve", "weak")),
        Choice(2, translate("Retrieve", "strong")),
        Choice(NOT_SET, translate("Retrieve", "not set")),
    ]


def _flags(_offered: Offered) -> list[Choice]:
    return [Choice(flag, flag_words(flag)) for flag in Flag]


def _origins(_offered: Offered) -> list[Choice]:
    return [Choice(origin, origin_words(origin)) for origin in Origin]


def choice_filters() -> list[ChoiceFilter]:
    """The filters that hold sets, in the order of the menu."""
    return [
        ChoiceFilter("documents", translate("Retrieve", "Documents"), _documents),
        ChoiceFilter("folders", translate("Retrieve", "Folders"), _folders),
        ChoiceFilter("participants", translate("Retrieve", "Participants"), _participants),
        ChoiceFilter("groups", translate("Retrieve", "Groups"), _groups),
        ChoiceFilter("roles", translate("Retrieve", "Words of"), _roles),
        ChoiceFilter("speakers", translate("Retrieve", "Speakers"), _speakers),
        ChoiceFilter("questions", translate("Retrieve", "Question"), _questions),
        ChoiceFilter("directions", translate("Retrieve", "Direction"), _directions),
        ChoiceFilter("levels", translate("Retrieve", "Levels"), _levels),
        ChoiceFilter("strengths", translate("Retrieve", "Strength"), _strengths),
        ChoiceFilter("flags", translate("Retrieve", "Marked"), _flags),
        ChoiceFilter("without_flags", translate("Retrieve", "Not marked"), _flags),
        ChoiceFilter("origins", translate("Retrieve", "Made"), _origins),
    ]


# -- words, days and attributes ----------------------------------------------------------------


def text_filters() -> list[tuple[str, str]]:
    """Field and title of the filters that hold words."""
    return [
        ("memo", translate("Retrieve", "Memo holds")),
        ("words", translate("Retrieve", "Passage holds")),
    ]


def day_filters() -> list[tuple[str, str]]:
    """Field and title of the filters that hold a day."""
    return [
        ("since", translate("Retrieve", "Coded since")),
        ("until", translate("Retrieve", "Coded until")),
    ]


def says_text(field: str, title: str, filters: Filters) -> str:
    value = str(getattr(filters, field))
    if value == "*":
        return translate("Retrieve", "With a memo")
    return f"{title} “{value}”"


def says_day(field: str, title: str, filters: Filters) -> str:
    day: date = getattr(filters, field)
    shown = QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)
    return f"{title} {shown}"


def test_words(test: Test) -> str:
    """How an attribute is compared, in words."""
    return {
        Test.IS: translate("Retrieve", "is"),
        Test.IS_NOT: translate("Retrieve", "is not"),
        Test.CONTAINS: translate("Retrieve", "holds"),
        Test.AT_LEAST: translate("Retrieve", "at least"),
        Test.AT_MOST: translate("Retrieve", "at most"),
        Test.MISSING: translate("Retrieve", "is missing"),
    }[test]


def says_attribute(one: AttributeTest, offered: Offered) -> str:
    """ "Years as partner at least 3" """
    gone = translate("Retrieve", "no longer there")
    name = next((row.name for row in offered.attributes if row.id == one.attribute), gone)
    if one.test is Test.MISSING:
        return f"{name} {test_words(one.test)}"
    return f"{name} {test_words(one.test)} {one.value}"


def subject_words(subject: Subject) -> str:
    return {
        Subject.PARTICIPANT: translate("Retrieve", "Participant"),
        Subject.DOCUMENT: translate("Retrieve", "Document"),
        Subject.STUDY: translate("Retrieve", "Study"),
    }[subject]
