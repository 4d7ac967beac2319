"""Tables of what is known: n of each value, not reported in its own row, and the denominator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ikt_coder.core.table import Table
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.attribute_summary import summary_of, summary_table
from ikt_coder.services.project import Project
from ikt_coder.services.study_table import study_table
from tests.studies import add_talk, study


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Five participants, of whom one is left out of analysis."""
    made, _ = study(tmp_path / "study.ikt")
    made.participants.add_many(["P03", "P04", "P05"])
    last = made.participants.known("P05")
    assert last is not None
    made.participants.leave_out(last)
    people = [row.id for row in made.participants.all()]
    attributes = made.attributes
    role = attributes.add("Role", Subject.PARTICIPANT, AttributeKind.CHOICE, ("Nurse", "Patient"))
    tongue = attributes.add(
        "Tongues", Subject.PARTICIPANT, AttributeKind.CHOICES, ("English", "French", "Cree")
    )
    years = attributes.add("Years", Subject.PARTICIPANT, AttributeKind.NUMBER)
    site = attributes.add("Site", Subject.PARTICIPANT)
    attributes.set(
        {
            **{(one, role): "Nurse" for one in people},
            (people[3], role): "",
            (people[0], tongue): "English; French",
            (people[1], tongue): "English",
            **{(one, years): str(at) for at, one in enumerate(people[:3])},
            (people[4], years): "99",
            (people[0], site): "North",
            (people[1], site): "north",
            (people[2], site): "South",
        }
    )
    yield made
    made.close()


def lines(table: Table) -> list[tuple[str, ...]]:
    return [tuple(one.text for one in row) for row in table.rows]


def note(table: Table) -> str:
    return " ".join(run.text for paragraph in table.note for run in paragraph)


def test_values_are_counted_and_not_reported_has_its_own_row(project: Project) -> None:
    table = summary_table(project, Subject.PARTICIPANT)
    assert lines(table) == [
        ("Role", ""),
        ("Nurse", "3"),
        ("Patient", "0"),
        ("Not reported", "1"),
        ("Tongues", ""),
        ("English", "2"),
        ("French", "1"),
        ("Cree", "0"),
        ("Not reported", "2"),
        ("Years", ""),
        ("Median 1 (range 0 to 2)", "3"),
        ("Not reported", "1"),
        ("Site", ""),
        ("North", "2"),
        ("South", "1"),
        ("Not reported", "1"),
    ]
    said = note(table)
    assert "N = 4 participants; the unit is one participant." in said
    assert "1 left out of analysis are not counted." in said
    assert "Of Tongues one participant may have several values" in said
    assert "fewer than 3 people" in said


def test_every_row_of_one_attribute_adds_up_to_the_denominator(project: Project) -> None:
    summary = summary_of(project, Subject.PARTICIPANT)
    for one in summary.attributes:
        if one.attribute.kind is not AttributeKind.CHOICES:
            assert sum(value.n for value in one.values) + one.missing.n == summary.n == 4


def test_percentages_come_from_twenty_on(project: Project) -> None:
    assert len(summary_table(project, Subject.PARTICIPANT).columns) == 2
    project.participants.add_many([f"Q{at:02}" for at in range(16)])
    table = summary_table(project, Subject.PARTICIPANT)
    assert lines(table)[1] == ("Nurse", "3", "15.0")


def test_a_text_of_many_values_is_one_row(project: Project) -> None:
    people = project.participants.add_many([f"Q{at:02}" for at in range(20)])
    site = project.attributes.find("Site", Subject.PARTICIPANT).id
    project.attributes.set({(one, site): f"Place {at}" for at, one in enumerate(people)})
    assert ("22 different values", "23", "95.8") in lines(
        summary_table(project, Subject.PARTICIPANT)
    )


def test_a_day_is_told_as_a_range(project: Project) -> None:
    (document,) = (row.id for row in project.documents.all())
    other = add_talk(project, "P01: More.\n", "Second")
    day = project.attributes.add("Held", Subject.DOCUMENT, AttributeKind.DATE)
    project.attributes.set({(document, day): "2024-03-01", (other, day): "2023-01-02"})
    assert lines(summary_table(project, Subject.DOCUMENT)) == [
        ("Held", ""),
        ("2023-01-02 to 2024-03-01", "2"),
    ]


def test_studies_and_records_are_told_apart(project: Project) -> None:
    documents = [row.id for row in project.documents.all()]
    documents += [add_talk(project, f"P01: Text {at}.\n", f"Record {at}") for at in range(3)]
    project.studies.add("Trial", "Okafor 2020", documents=documents[:2])
    table = study_table(project)
    assert lines(table) == [
        ("Trial", "Okafor 2020", "Talk\nRecord 0", "2"),
        ("Record 1", "", "Record 1", "1"),
        ("Record 2", "", "Record 2", "1"),
    ]
    assert "4 records describe 3 studies; 1 of them has more than one record." in note(table)


def test_without_attributes_the_table_says_so(tmp_path: Path) -> None:
    made, _ = study(tmp_path / "study.ikt")
    table = summary_table(made, Subject.STUDY)
    assert (table.rows, table.empty) == ((), "There are no attributes of studies yet.")
    made.close()
