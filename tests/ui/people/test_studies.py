"""Records put into studies: by buttons, keys and dragging."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ikt_coder.core.transcript import Transcript
from ikt_coder.core.words import Subject
from ikt_coder.services.documents import NewDocument
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.people.studies_page import StudiesPage
from ikt_coder.ui.people.study_models import RECORDS
from ikt_coder.ui.people.view import PeopleDialog
from ikt_coder.ui.widgets.roles import ItemRole
from tests.ui.documents.workplace import Workplace, workplace

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TITLES = ("Abma 2019a", "Abma 2019b", "Bowen 2005", "Cook 2011", "Diaz 2014")


@pytest.fixture
def work(tmp_path: Path, qtbot: QtBot, appearance: Appearance) -> Iterator[Workplace]:
    with workplace(tmp_path, qtbot, appearance, empty=True) as made:
        made.project.documents.add_many(
            [
                NewDocument(Transcript(f"Text of {title}."), title, f"{title}.txt", "txt", b"")
                for title in TITLES
            ]
        )
        yield made


@pytest.fixture
def dialog(work: Workplace) -> PeopleDialog:
    made = PeopleDialog(work.context)
    work.show(made, 1000, 640)
    made.show_page("studies")
    return made


@pytest.fixture
def page(dialog: PeopleDialog) -> StudiesPage:
    made = dialog.studies
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    made.testers = [  # type: ignore[attr-defined]  # live with the page
        QAbstractItemModelTester(model, fatal) for model in (made.record_model, made.study_model)
    ]
    made.focus_page()
    return made


def choose(page: StudiesPage, work: Workplace, first: int, last: int) -> None:
    """Choose records from one to another with the keyboard."""
    page.records.setFocus()
    page.records.setCurrentIndex(page.record_model.index(first, 0))
    for _ in range(last - first):
        work.key(Qt.Key.Key_Down, SHIFT)


def studies(work: Workplace) -> dict[str, tuple[str, ...]]:
    titles = {row.id: row.title for row in work.project.documents.all()}
    return {
        row.name: tuple(titles[key] for key in row.records) for row in work.project.studies.all()
    }


def test_a_study_is_made_of_chosen_records_by_keyboard(
    page: StudiesPage, dialog: PeopleDialog, work: Workplace
) -> None:
    acts = len(work.project.history.all())
    assert page.counts.text() == "5 records, 5 studies"
    choose(page, work, 2, 3)
    assert page.new_button.text() == "New study of 2 records"
    work.key(Qt.Key.Key_G, CTRL)
    assert studies(work) == {"Bowen 2005": TITLES[2:4]}
    assert len(work.project.history.all()) == acts + 1
    assert page.counts.text() == "5 records, 4 studies"
    assert page.name.editor.hasFocus()
    assert page.name.editor.selectedText() == "Bowen 2005"
    work.type("Library trial")
    work.key(Qt.Key.Key_Tab)
    assert studies(work) == {"Library trial": TITLES[2:4]}
    assert page.record_model.index(2, 0).data(ItemRole.SUBTITLE) == "Library trial"
    with work.bot.waitSignal(work.context.message):
        work.click(dialog.status.undo_button())
    assert studies(work) == {"Bowen 2005": TITLES[2:4]}


def test_records_are_put_into_a_study_and_taken_out(page: StudiesPage, work: Workplace) -> None:
    work.project.studies.add("Trial")
    work.project.studies.add("Other")
    page.choose_study(work.project.studies.find("Other").id)
    assert not page.put_button.isEnabled()
    choose(page, work, 0, 2)
    assert page.put_button.text() == "Put into “Other”"
    work.key(Qt.Key.Key_Return)
    assert studies(work)["Other"] == TITLES[:3]
    assert len(page.chosen_records()) == 3
    choose(page, work, 1, 2)
    work.key(Qt.Key.Key_Delete)
    assert studies(work) == {"Trial": (), "Other": TITLES[:1]}
    assert "Took 2 records out of their studies" in work.said[-1]
    assert not page.out_button.isEnabled()


def test_records_are_dragged_onto_a_study(page: StudiesPage, work: Workplace) -> None:
    work.project.studies.add("Trial")
    choose(page, work, 3, 4)
    data = page.record_model.mimeData(page.records.selectionModel().selectedIndexes())
    assert data.hasFormat(RECORDS)
    onto = page.study_model.index(0, 0)
    copy = Qt.DropAction.CopyAction
    assert page.study_model.canDropMimeData(data, copy, -1, -1, onto)
    assert not page.study_model.canDropMimeData(QMimeData(), copy, -1, -1, onto)
    assert page.study_model.dropMimeData(data, copy, -1, -1, onto)
    assert studies(work) == {"Trial": TITLES[3:]}


def test_like_titles_are_suggested_and_made_in_one_act(page: StudiesPage, work: Workplace) -> None:
    acts = len(work.project.history.all())
    assert page.suggested.text() == "Make 1 study of like titles"
    assert page.suggested.toolTip() == "Abma 2019"
    work.click(page.suggested)
    assert studies(work) == {"Abma 2019": TITLES[:2]}
    assert len(work.project.history.all()) == acts + 1
    assert not page.suggested.isVisible()


def test_a_name_that_is_taken_is_refused_beside_its_field(
    page: StudiesPage, work: Workplace
) -> None:
    work.project.studies.add("Trial")
    other = work.project.studies.add("Other")
    page.choose_study(other)
    page.name.editor.setFocus()
    page.name.editor.selectAll()
    work.type("trial")
    work.key(Qt.Key.Key_Return)
    assert "already" in page.name.note()
    assert work.project.studies.get(other).name == "Other"


def test_citation_and_note_are_kept(page: StudiesPage, work: Workplace) -> None:
    key = work.project.studies.add("Trial")
    page.citation.editor.setFocus()
    work.type("Abma et al. (2019)")
    work.key(Qt.Key.Key_Tab)
    work.type("pilot")
    work.key(Qt.Key.Key_Tab)
    row = work.project.studies.get(key)
    assert (row.citation, row.note) == ("Abma et al. (2019)", "pilot")


def test_a_study_is_deleted_and_its_records_stay(page: StudiesPage, work: Workplace) -> None:
    documents = [row.id for row in work.project.documents.all()]
    work.project.studies.add("Trial", documents=documents[:2])
    page.studies.setFocus()
    work.key(Qt.Key.Key_Delete)
    assert studies(work) == {}
    assert page.no_studies.isVisible()
    assert len(work.project.documents.all()) == 5


def test_records_are_filtered_by_title_and_study(page: StudiesPage, work: Workplace) -> None:
    documents = [row.id for row in work.project.documents.all()]
    work.project.studies.add("Library", documents=documents[2:3])
    page.filter.setFocus()
    work.type("libr")
    assert [row.title for row in page.record_model.rows] == ["Bowen 2005"]
    page.filter.clear()
    assert page.record_model.rowCount() == 5


def test_the_grid_shows_studies_too(
    page: StudiesPage, dialog: PeopleDialog, work: Workplace
) -> None:
    documents = [row.id for row in work.project.documents.all()]
    key = work.project.studies.add("Trial", documents=documents[:2])
    country = work.project.attributes.add("Country", Subject.STUDY)
    work.project.attributes.set({(key, country): "Ghana"})
    dialog.show_page("attributes")
    dialog.attributes.show_subject(Subject.STUDY)
    assert dialog.attributes.model.index(0, 0).data() == "Ghana"
    assert dialog.attributes.facts.text() == "1 study · 1 attribute"
