"""Reporting checklists: what the project knows is a draft until a person accepts it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.errors import NotFound
from ikt_coder.core.words import Approach
from ikt_coder.services.checklists import ItemRow
from ikt_coder.services.project import Project
from tests.studies import dump, span_of, study


class Desk:
    def __init__(self, path: Path) -> None:
        self.project, self.document = study(path)
        self.list: UUID = self.project.frameworks.add("checklist-coreq")

    def item(self, number: int) -> ItemRow:
        items = self.project.checklists.items(self.list)
        return next(row for row in items if row.number == number)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "study.ikt")
    yield desk
    desk.project.close()


def test_coreq_has_its_items_in_order_under_their_headings(desk: Desk) -> None:
    items = desk.project.checklists.items(desk.list)
    assert [row.number for row in items] == list(range(1, 33))
    assert len({row.section for row in items}) == 3
    assert [row.name for row in desk.project.checklists.all()] == ["COREQ"]


def test_what_is_known_for_certain_is_drafted(desk: Desk) -> None:
    project = desk.project
    assert desk.item(12).draft == "2 participants in 1 document."
    assert desk.item(16).draft == ""
    assert desk.item(29).draft == ""
    assert desk.item(27).draft.startswith("IKT Coder ")
    code = project.codes.add("Time")
    coding = project.codings.apply(
        desk.document, span_of(project, desk.document, "I came late"), code
    )
    project.quotes.accept(project.themes.add("Hours"), coding)
    assert "1 quotation was accepted for 1 theme" in desk.item(29).draft
    assert desk.item(24).draft == "1 coder: Amara Okafor (researcher)."
    assert desk.item(25).draft.startswith("1 code in 1 branch")
    for person in project.participants.all():
        project.participants.change(person.id, group="Panel members")
    # Two are too few to be named apart.
    assert desk.item(16).draft == "groups of fewer than three (2)."
    project.participants.leave_out(project.participants.all()[0].id)
    assert desk.item(12).draft == (
        "1 participant in 1 document. 1 further participant was left out of analysis."
    )


def test_checklists_and_processes_are_no_frameworks_of_the_coding_tree(desk: Desk) -> None:
    desk.project.frameworks.add("tdf-v2")
    desk.project.frameworks.add("process-thematic-analysis")
    assert "Theoretical Domains Framework" in desk.item(25).draft
    assert "COREQ" not in desk.item(25).draft


def test_a_reflexive_project_gets_no_count_of_coders(desk: Desk) -> None:
    desk.project.card.change(approach=Approach.REFLEXIVE)
    assert desk.item(24).draft == ""
    assert desk.item(27).draft


def test_a_draft_is_reported_only_when_it_was_accepted(desk: Desk) -> None:
    lists = desk.project.checklists
    before = dump(desk.project.path)
    said = desk.item(12).draft

    def printed(number: int) -> str:
        table = lists.table(desk.list)
        return next(row[-2].text for row in table.rows if row[0].text.startswith(f"{number}. "))

    assert printed(12) == f"[draft] {said}"
    lists.answer(desk.list, desk.item(12).key, accepted=True)
    row = desk.item(12)
    assert (row.text, row.accepted) == (said, True)
    assert printed(12) == said
    lists.answer(desk.list, desk.item(1).key, text="  The first author. ", page="4")
    assert (desk.item(1).text, desk.item(1).page) == ("The first author.", "4")
    assert printed(1) == "[draft] The first author."
    assert "1 of 32 items" in "".join(run.text for run in lists.table(desk.list).note[0])
    acts = len(desk.project.history.all())
    lists.answer(desk.list, desk.item(1).key, text="The first author.", accepted=False)
    assert len(desk.project.history.all()) == acts
    # What was accepted stays as it was, whatever the project holds later.
    desk.project.participants.leave_out(desk.project.participants.all()[0].id)
    assert printed(12) == said
    for _ in range(3):
        desk.project.history.undo()
    assert dump(desk.project.path) == before


def test_an_unknown_item_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.project.checklists.answer(desk.list, "coreq.99", text="x")


def test_without_a_checklist_the_report_says_so(tmp_path: Path) -> None:
    project: Project = study(tmp_path / "study.ikt")[0]
    (table,) = project.checklists.tables()
    assert "No checklist" in table.empty
    project.close()
