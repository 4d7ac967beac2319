"""What is exported comes back unchanged: into the same project, and into another one."""

from __future__ import annotations

import csv
import io
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ikt_coder.core.errors import UserError
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.exporters.cell_text import clean
from ikt_coder.services.attribute_files.rows import ImportChoices, Missing
from ikt_coder.services.project import Project
from tests.services.attribute_files.conftest import Desk
from tests.studies import dump

_NUMBERS = count()
_WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=30
).filter(lambda text: clean(text) == text)
_AWKWARD = st.sampled_from(
    [
        *("=1+1", "'=x", "''-1", "@home", "+33 1", "-", "#N/A", "'#N/A", "#n/A", "TRUE", "007"),
        *("a;b", "1,234", "03/04/2024", '"q"', "a,b", "x\ny", "sep=;", "12", "3.50", "\u2212"),
    ]
)
_TEXT = st.one_of(_WORDS, _AWKWARD)
_CHOICES = ("Nurse", "Patient", "=Carer", "#N/A", "Cree; Dene")
_VALUES = {
    AttributeKind.TEXT: _TEXT,
    AttributeKind.NUMBER: st.one_of(
        st.integers(-(10**15), 10**15).map(str),
        st.floats(allow_nan=False, allow_infinity=False).map(repr),
    ),
    AttributeKind.DATE: st.dates().map(lambda day: day.isoformat()),
    AttributeKind.CHOICE: st.sampled_from(_CHOICES),
    AttributeKind.CHOICES: st.sets(st.sampled_from(_CHOICES), min_size=1).map("; ".join),
}
_SAMPLES = st.lists(
    st.fixed_dictionaries({}, optional=_VALUES),
    min_size=1,
    max_size=4,
)


def filled(project: Project, names: list[str], sample: list[dict[AttributeKind, str]]) -> None:
    """The attributes of the test and the values of a sample, by participants in order."""
    keys = {
        kind: project.attributes.add(f"=The {kind.value}", Subject.PARTICIPANT, kind, _CHOICES)
        for kind in _VALUES
    }
    people = project.participants.add_many(names)
    project.attributes.set(
        {
            (person, keys[kind]): value
            for person, some in zip(people, sample, strict=False)
            for kind, value in some.items()
        }
    )


def known(project: Project) -> dict[str, dict[str, str]]:
    labels = {row.id: row.label for row in project.participants.all()}
    names = {row.id: row.name for row in project.attributes.all()}
    return {
        labels[owner]: {names[key]: value for key, value in some.items()}
        for owner, some in project.attributes.stored(Subject.PARTICIPANT).items()
    }


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(sample=_SAMPLES, label=st.sampled_from(["P", "=P", "#N/A", "'-", "Élise ", "0"]))
def test_round_trip(
    tmp_path: Path, ending: str, sample: list[dict[AttributeKind, str]], label: str
) -> None:
    number = next(_NUMBERS)
    names = [f"{label}{at}" if at else label for at in range(len(sample))]
    project = Project.create(tmp_path / f"{number}.ikt", "Study")
    other = Project.create(tmp_path / f"{number}b.ikt", "Other")
    try:
        filled(project, names, sample)
        filled(other, [], [])
        path = tmp_path / f"{number}{ending}"
        assert project.attributes.export_file(Subject.PARTICIPANT, path) == len(sample)
        same = project.attributes.read_file(path, Subject.PARTICIPANT)
        assert (same.faults, same.questions, same.something) == ((), (), False)
        before = dump(project.path)
        project.attributes.import_plan(same)
        assert dump(project.path) == before
        there = other.attributes.read_file(
            path, Subject.PARTICIPANT, ImportChoices(missing=Missing.CREATE)
        )
        assert (there.faults, there.questions) == ((), ())
        other.attributes.import_plan(there)
        assert known(other) == known(project)
    finally:
        project.close()
        other.close()


def test_no_cell_of_a_csv_file_is_run_as_a_formula(desk: Desk) -> None:
    project = desk.project
    site = project.attributes.find("Site", Subject.PARTICIPANT).id
    first, second, _ = (row.id for row in project.participants.all())
    project.participants.change(second, label="=cmd")
    project.attributes.add("@head", Subject.PARTICIPANT)
    project.attributes.set({(first, site): "=HYPERLINK(1)", (second, site): " +1"})
    path = desk.folder / "out.csv"
    project.attributes.export_file(Subject.PARTICIPANT, path)
    text = path.read_text("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "@"))]
    assert {"'=HYPERLINK(1)", "'=cmd", "'@head"} <= set(cells)


def test_documents_and_studies_come_back_too(desk: Desk) -> None:
    project = desk.project
    (document,) = (row.id for row in project.documents.all())
    study = project.studies.add("Trial", documents=[document])
    for subject, owner in ((Subject.DOCUMENT, document), (Subject.STUDY, study)):
        year = project.attributes.add("Year", subject, AttributeKind.NUMBER)
        project.attributes.set({(owner, year): "2019"})
        path = desk.folder / f"{subject.value}.xlsx"
        assert project.attributes.export_file(subject, path) == 1
        plan = project.attributes.read_file(path, subject)
        assert (plan.same, plan.something, plan.faults) == (1, False, ())


def test_only_tables_that_come_back_are_written(desk: Desk) -> None:
    path = desk.folder / "out.docx"
    with pytest.raises(UserError, match=r"\.csv or \.xlsx"):
        desk.project.attributes.export_file(Subject.PARTICIPANT, path)
    assert not path.exists()
