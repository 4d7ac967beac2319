"""Codebooks from tables: what would change is told first, and nothing is deleted."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from ikt_coder.core.errors import UnreadableFile, UserError
from ikt_coder.exporters.catalogue import write
from ikt_coder.services.codebook_import import What, holds_codebook
from ikt_coder.services.project import Project
from ikt_coder.services.report_catalogue import report_kind
from ikt_coder.services.report_kinds import ReportOptions
from ikt_coder.services.table_file import read_table
from tests.studies import dump


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = Project.create(tmp_path / "study.ikt")
    project.coders.switch(project.coders.add("Amara Okafor"))
    time = project.codes.add("Time", definition="Hours a partner has.", colour="blue")
    project.codes.add("Meetings", time, include="When they are.")
    project.codes.add("Trust")
    yield project
    project.close()


def paths(project: Project) -> list[str]:
    return [" > ".join(row.path) for row in project.codes.all()]


def table(folder: Path, *rows: list[str]) -> Path:
    path = folder / "book.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def export(project: Project, path: Path) -> Path:
    options = ReportOptions(ending=path.suffix)
    write(report_kind("codebook").build(project, options), path)
    return path


def test_a_plan_says_what_would_be_added_changed_moved_and_left(
    project: Project, tmp_path: Path
) -> None:
    before = dump(project.path)
    path = table(
        tmp_path,
        ["path", "definition", "colour", "mood"],
        ["Time", "Hours and money.", "blue", "x"],
        ["Trust/Meetings", "", "", ""],
        ["Trust", "", "", ""],
        ["Time/Pay", "Money.", "#ff0000", ""],
    )
    plan = project.codes_import.read(path)
    assert dump(project.path) == before
    assert [(code.row, code.what, code.path) for code in plan.codes] == [
        (2, What.CHANGED, ("Time",)),
        (3, What.MOVED, ("Trust", "Meetings")),
        (4, What.UNTOUCHED, ("Trust",)),
        (5, What.ADDED, ("Time", "Pay")),
    ]
    (change,) = plan.codes[0].changes
    assert (change.field, change.before, change.after) == (
        "definition", "Hours a partner has.", "Hours and money.",
    )  # fmt: skip
    assert plan.codes[1].was_at == ("Time", "Meetings")
    assert (plan.unknown, plan.faults) == (("mood",), ())
    acts = len(project.history.all())
    assert project.codes_import.apply(plan) == 3
    assert len(project.history.all()) == acts + 1
    assert paths(project) == ["Time", "Time > Pay", "Trust", "Trust > Meetings"]
    pay = project.codes.find("Pay")
    assert (pay.definition, pay.colour) == ("Money.", "#ff0000")
    project.history.undo()
    assert dump(project.path) == before


def test_rows_can_be_left_out_and_parents_come_along(project: Project, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ["path", "definition"],
        ["New", "Left out."],
        ["New/Below", "Taken."],
        ["Time", "Left out too."],
    )
    plan = project.codes_import.read(path)
    assert project.codes_import.apply(plan, {3}) == 1
    assert project.codes.find("New").definition == ""
    assert project.codes.find("New/Below").definition == "Taken."
    assert project.codes.find("Time").definition == "Hours a partner has."


def test_empty_cells_say_nothing_and_missing_codes_stay(project: Project, tmp_path: Path) -> None:
    plan = project.codes_import.read(table(tmp_path, ["code", "definition"], ["Time", ""]))
    assert [code.what for code in plan.codes] == [What.UNTOUCHED]
    assert project.codes_import.apply(plan) == 0
    assert len(paths(project)) == 3


def test_faults_are_told_with_their_rows(project: Project, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ["code", "parent", "definition"],
        ["", "", "No name."],
        ["Pay", "", ""],
        ["PAY", "", "Again."],
        ["A", "B", ""],
        ["B", "A", ""],
        ["x" * 301, "", ""],
        ["Good", "Time", ""],
    )
    plan = project.codes_import.read(path)
    assert [fault.row for fault in plan.faults] == [2, 4, 5, 6, 7]
    assert "no name" in str(plan.faults[0])
    assert "row 3 already" in str(plan.faults[1])
    assert "below itself" in str(plan.faults[2])
    assert [code.path for code in plan.acting] == [("Pay",), ("Time", "Good")]


def test_a_renamed_code_is_known_by_its_id_with_all_below(project: Project, tmp_path: Path) -> None:
    path = export(project, tmp_path / "book.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    at = rows[0].index("Path")
    for row in rows[1:]:
        if len(row) > at:
            row[at] = row[at].replace("Time", "Hours")
    plan = project.codes_import.read(table(tmp_path, *rows))
    assert [(code.what, code.path[-1]) for code in plan.acting] == [(What.CHANGED, "Hours")]
    project.codes_import.apply(plan)
    assert paths(project) == ["Hours", "Hours > Meetings", "Trust"]


def test_a_new_definition_asks_for_a_second_look(project: Project, tmp_path: Path) -> None:
    from tests.studies import add_talk, span_of

    document = add_talk(project)
    code = project.codes.find("Time").id
    project.codings.apply(document, span_of(project, document, "I came late"), code)
    plan = project.codes_import.read(table(tmp_path, ["path", "definition"], ["Time", "Minutes."]))
    project.codes_import.apply(plan)
    assert project.upkeep.count() == 1


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        # NVivo: a codebook, and a list of nodes
        ([["Name", "Description", "Files", "References"], ["Pay", "Money", "2", "9"]], ["Pay"]),
        (
            [
                ["Hierarchical Name", "References"],
                ["Nodes\\\\Work\\Pay", "9"],
                ["Nodes\\\\Work", "1"],
            ],
            ["Work", "Work > Pay"],
        ),
        # MAXQDA: a code system
        (
            [
                ["Color", "Parent code", "Code", "Cod. seg. (all documents)", "Code memo"],
                ["#ff8000", "", "Work", "3", ""],
                ["255,128,0", "Work", "Pay", "1", "Money"],
            ],
            ["Work", "Work > Pay"],
        ),
        # Taguette
        ([["tag", "description", "number of highlights"], ["Pay", "Money", "4"]], ["Pay"]),
        # ATLAS.ti
        ([["Code", "Comment", "Grounded", "Density"], ["Pay", "Money", "4", "0"]], ["Pay"]),
        # a table of one's own
        (
            [["Code path", "Meaning", "Inclusion criteria"], ["Work > Pay", "Money", "Sums"]],
            ["Work", "Work > Pay"],
        ),
    ],
)
def test_codebooks_of_other_programs(
    rows: list[list[str]], wanted: list[str], project: Project, tmp_path: Path
) -> None:
    before = len(paths(project))
    plan = project.codes_import.read(table(tmp_path, *rows))
    assert (plan.unknown, plan.faults) == ((), ())
    project.codes_import.apply(plan)
    assert paths(project)[before:] == wanted
    if any("Money" in row for row in rows):
        assert project.codes.find("Pay").definition == "Money"


@pytest.mark.parametrize(
    "heading",
    [
        ["document", "start", "end", "code"],
        ["document", "code", "text"],
        ["Document name", "Code", "Segment"],
        ["a", "b"],
    ],
)
def test_tables_of_other_things_are_no_codebooks(
    heading: list[str], project: Project, tmp_path: Path
) -> None:
    path = table(tmp_path, heading, ["1"] * len(heading))
    assert not holds_codebook(read_table(path))
    with pytest.raises(UnreadableFile, match="no codebook"):
        project.codes_import.read(path)


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=10)
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=24)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(
    codes=st.lists(st.tuples(st.integers(0, 5), NAMES, WORDS, WORDS, WORDS, WORDS), max_size=7),
    ending=st.sampled_from([".csv", ".xlsx"]),
)
def test_what_was_exported_changes_nothing(
    codes: list[tuple[int, str, str, str, str, str]], ending: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Project.create(Path(folder) / "study.ikt")
        project.coders.switch(project.coders.add("Amara Okafor"))
        made = [None]
        for parent, name, definition, include, exclude, example in codes:
            try:
                key = project.codes.add(
                    name,
                    made[parent % len(made)],
                    definition=definition,
                    include=include,
                    exclude=exclude,
                    example=example,
                )
            except UserError:
                continue
            made.append(key)
        project.frameworks.add("sem-ikt3")
        if len(made) > 1:
            plan = project.codes_import.read(export(project, Path(folder) / f"book{ending}"))
            assert (plan.acting, plan.faults, plan.unknown) == ((), (), ())
            assert len(plan.codes) == len(made) - 1
        project.close()
