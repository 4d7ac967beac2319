"""Codings out to a table and in again."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikt_coder.cli.coding_records import CodingRecords
from ikt_coder.core.errors import UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import Transcript
from ikt_coder.core.words import Valence
from ikt_coder.exporters.catalogue import write_tables
from ikt_coder.exporters.cell_text import clean
from ikt_coder.services.code_paths import make_codes
from ikt_coder.services.codes import join_path, split_path
from ikt_coder.services.coding_import import UnfitCodings, import_codings
from ikt_coder.services.codings import NewCoding
from ikt_coder.services.project import Project
from tests.cli.conftest import TITLE, Command

HEAD = "document,start,end,text,code,coder,valence,strength,levels,memo\n"


def without_moment(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in row.items() if key != "created"} for row in rows]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_the_sample_codings_go_out_and_come_in_again(
    ending: str, sample: Path, tmp_path: Path, done: Command
) -> None:
    table = tmp_path / f"all codings{ending}"
    done("export", sample, "--what", "codings", "--to", table)
    project = Project.open(sample)
    other = tmp_path / "copy.ikt"
    project.safety.save_copy(other)
    project.close()
    copy = Project.open(other)
    for coder in copy.coders.all():
        copy.coders.switch(coder.id)
        copy.codings.remove([p.coding.id for p in copy.reports.codings(coder.id)])
    copy.close()
    assert done("codings", other, "--json").json == []
    outcome = done("import", other, table, "--json").json
    assert outcome == {
        "imported": [{"file": str(table), "kind": "codings", "warnings": []}],
        "failed": [],
    }
    before, after = (without_moment(done("codings", p, "--json").json) for p in (sample, other))
    assert sorted(map(str, after)) == sorted(map(str, before))
    done("check", other)


def test_importing_the_same_again_makes_nothing_twice(
    sample: Path, tmp_path: Path, done: Command
) -> None:
    table = tmp_path / "codings.csv"
    done("codings", sample, "--csv", table)
    (entry,) = done("import", sample, table, "--json").json["imported"]
    assert entry["warnings"] == ["715 of the codings were there already."]
    assert len(done("codings", sample, "--json").json) == 715


def test_coders_and_codes_are_made_by_name_and_path(
    project: Path, tmp_path: Path, done: Command
) -> None:
    table = tmp_path / "codings.csv"
    table.write_text(
        HEAD
        + f"{TITLE},0,11,Interviewer,Asking\\/telling/How it began,Zoë,mixed,2,,first\n"
        + f"{TITLE},0,11,Interviewer,Other,,,,,\n",
        encoding="utf-8",
    )
    done("import", project, table, "--coder", "")
    rows = done("codings", project, "--json").json
    assert [(r["code"], r["coder"], r["valence"], r["strength"], r["memo"]) for r in rows] == [
        ("Asking\\/telling/How it began", "Zoë", "mixed", 2, "first"),
        ("Other", "Zoë", None, None, ""),
    ]
    assert [c["path"] for c in done("codebook", project, "--json").json] == [
        "Asking\\/telling",
        "Asking\\/telling/How it began",
        "Other",
    ]


def test_coder_says_whose_they_are_whatever_the_column_says(
    sample: Path, tmp_path: Path, done: Command
) -> None:
    table = tmp_path / "codings.csv"
    done("codings", sample, "--coder", "PD", "--csv", table)
    done("import", sample, table, "--coder", "Third Person")
    assert len(done("codings", sample, "--coder", "Third Person", "--json").json) == 352
    assert done("info", sample, "--json").json["coders"][-1] == "Third Person"


def test_all_is_one_act(project: Path, tmp_path: Path, done: Command) -> None:
    table = tmp_path / "codings.csv"
    table.write_text(HEAD + f"{TITLE},0,11,Interviewer,A/B,New Coder,,,,\n", encoding="utf-8")
    done("import", project, table)
    opened = Project.open(project)
    opened.history.undo()
    assert opened.codes.all() == ()
    assert opened.reports.codings() == ()
    opened.close()


def test_every_fault_is_told_with_its_row_and_nothing_is_imported(
    project: Path, tmp_path: Path, ikt: Command
) -> None:
    rows = [
        f"{TITLE},0,11,Interviewer,Fine,Ann,,,,",
        "Unknown,0,11,Interviewer,A,Ann,,,,",
        f"{TITLE},1,11,Interviewer,A,Ann,,,,",
        f"{TITLE},x,11,Interviewer,A,Ann,,,,",
        f"{TITLE},11,11,,A,Ann,,,,",
        f"{TITLE},0,99999999999999999999999999,,A,Ann,,,,",
        f"{TITLE},-3,11,,A,Ann,,,,",
        f"{TITLE},0,11,Interviewer,A//B,Ann,,,,",
        f"{TITLE},0,11,Interviewer,A,Ann,sideways,,,",
        f"{TITLE},0,11,Interviewer,A,Ann,,7,,",
        f"{TITLE},0,11,Interviewer,A,Ann,,,No such level,",
        f"{TITLE},0,11,Interviewer,A,Consensus,,,,",
    ]
    table = tmp_path / "codings.csv"
    table.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    before = ikt("info", project, "--json").json
    outcome = ikt("import", project, table, "--json")
    assert outcome.status == 1
    (failed,) = outcome.json["failed"]
    for number in range(3, len(rows) + 2):
        assert f"Row {number}: " in failed["reason"]
    assert "Row 2: " not in failed["reason"]
    assert ikt("info", project, "--json").json == before
    opened = Project.open(project)
    with pytest.raises(UnfitCodings) as told:
        import_codings(opened, table)
    assert [fault.row for fault in told.value.faults] == list(range(3, len(rows) + 2))
    opened.close()


def test_a_heading_cannot_be_coded_with(project: Path, tmp_path: Path, ikt: Command) -> None:
    ikt("frameworks", "add", project, "tdf-v2")
    heading = ikt("codebook", project, "--json").json[0]["path"]
    table = tmp_path / "codings.csv"
    table.write_text(HEAD + f'{TITLE},0,11,Interviewer,"{heading}",Ann,,,,\n', encoding="utf-8")
    outcome = ikt("import", project, table)
    assert outcome.status == 1
    assert "heading" in outcome.err


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables_of_other_programs(
    separator: str, encoding: str, project: Path, tmp_path: Path, done: Command
) -> None:
    lines = [["Code", "END", "Start ", "Document", "Extra"], ["Höhe", "11", "0", TITLE, "x"]]
    table = tmp_path / "other.csv"
    table.write_text("\r\n".join(separator.join(line) for line in lines), encoding=encoding)
    done("import", project, table, "--coder", "Ann")
    (row,) = done("codings", project, "--json").json
    assert (row["code"], row["start"], row["end"], row["coder"]) == ("Höhe", 0, 11, "Ann")


# -- any codings at all ----------------------------------------------------------------------

words = st.text(  # names without controls, which no table can hold
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn")), min_size=1
)
names = words.map(lambda text: " ".join(text.split())[:40]).filter(bool)


@st.composite
def studies(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, list[str], str, Any, str]]]:
    text = draw(st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), min_size=5))
    text = text + " -=+@' end"
    some = []
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        path = draw(st.lists(names, min_size=1, max_size=3))
        valence = draw(st.sampled_from([None, *Valence]))
        some.append((start, end, path, draw(names), valence, draw(st.text(max_size=30))))
    return text, some


@cache
def empty_project() -> bytes:
    """The file of a new project; making one takes longer than all that follows."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "empty.ikt"
        Project.create(path).close()
        return path.read_bytes()


@contextmanager
def document(folder: Path, name: str, text: str) -> Iterator[Project]:
    (folder / name).write_bytes(empty_project())
    project = Project.open(folder / name)
    project.documents.add(Transcript(text), "=A 'title', 1")
    yield project
    project.close()


@settings(max_examples=20, deadline=None)
@given(studies(), st.sampled_from([".csv", ".xlsx"]))
def test_any_codings_come_back_as_they_went_out(
    study: tuple[str, list[tuple[int, int, list[str], str, Any, str]]], ending: str
) -> None:
    text, some = study
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = folder / f"table{ending}"
        with document(folder, "a.ikt", text) as project:
            where = project.documents.all()[0].id
            with project.operation(Op.IMPORT_CODINGS):
                for start, end, path, coder, valence, memo in some:
                    try:
                        key = make_codes(project, [tuple(path)])[tuple(path)]
                        who = _coder(project, coder)
                    except UserError:
                        continue  # a name that the project itself would refuse
                    span = Span(start, end)
                    new = NewCoding(where, span, key, who, valence, memo=clean(memo))
                    project.codings.apply_many([new])
            before = list(CodingRecords(project).all(None))
            if not before:
                return
            write_tables([project.reports.codings_table()], table)
        with document(folder, "b.ikt", text) as copy:
            import_codings(copy, table)
            after = list(CodingRecords(copy).all(None))
            assert copy.safety.check().sound
    assert sorted(map(str, without_moment(after))) == sorted(map(str, without_moment(before)))


def _coder(project: Project, name: str) -> Any:
    for row in project.coders.all():
        if row.name.casefold() == name.casefold():
            return row.id
    return project.coders.add(name)


@given(st.lists(st.text(min_size=1), min_size=1))
def test_a_written_path_is_read_as_the_same_names(names: list[str]) -> None:
    assert split_path(join_path(names)) == tuple(names)
