"""A page of attributes in the dialog of participants."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.attributes.page import AttributesPage
from ikt_coder.ui.people.view import PeopleDialog
from tests.ui.documents.workplace import Workplace, workplace


@pytest.fixture
def work(tmp_path: Path, qtbot: QtBot, appearance: Appearance) -> Iterator[Workplace]:
    """P01 and P02 with an attribute of every kind, and a few values."""
    with workplace(tmp_path, qtbot, appearance) as made:
        attributes = made.project.attributes
        keys = {
            name: attributes.add(name, Subject.PARTICIPANT, kind, choices)
            for name, kind, choices in (
                ("Site", AttributeKind.TEXT, ()),
                ("Years", AttributeKind.NUMBER, ()),
                ("Joined", AttributeKind.DATE, ()),
                ("Role", AttributeKind.CHOICE, ("Nurse", "Patient")),
                ("Tongues", AttributeKind.CHOICES, ("English", "French", "Cree")),
            )
        }
        first, second = (row.id for row in made.project.participants.all())
        attributes.set(
            {
                (first, keys["Site"]): "North",
                (first, keys["Years"]): "10",
                (second, keys["Years"]): "9",
                (first, keys["Role"]): "Nurse",
            }
        )
        yield made


@pytest.fixture
def people(work: Workplace) -> PeopleDialog:
    dialog = PeopleDialog(work.context)
    work.show(dialog, 1000, 620)
    dialog.show_page("attributes")
    return dialog


@pytest.fixture
def page(people: PeopleDialog) -> AttributesPage:
    made = people.attributes
    made.tester = QAbstractItemModelTester(  # type: ignore[attr-defined]  # lives with the page
        made.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    made.focus_grid()
    return made
