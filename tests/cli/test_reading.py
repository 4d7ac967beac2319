"""Commands that look: info, text, turns, codebook, codings, themes, check."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ikt_coder.services.project import Project
from tests.cli.conftest import INTERVIEW, TITLE, Command


def test_info_has_exactly_these_keys(project: Path, done: Command) -> None:
    facts = done("info", project, "--json").json
    assert facts.pop("schema_version") >= 1
    assert facts == {
        "name": "Étude / one",
        "coders": [],
        "documents": [
            {
                "name": TITLE,
                "length": len(INTERVIEW),
                "turns": 6,
                "speakers": ["Interviewer", "P01"],
                "codings": 0,
            }
        ],
        "codes": 0,
        "codings": 0,
        "themes": 0,
        "participants": 1,
    }


def test_info_of_the_sample_counts_everyones_codings(sample: Path, done: Command) -> None:
    facts = done("info", sample, "--json").json
    assert facts["coders"] == ["Maren Halvorsen", "Priya Desrosiers"]
    assert [row["codings"] for row in facts["documents"]] == [119, 110, 120, 121, 118, 127]
    assert facts["codings"] == 715
    assert facts["codings"] == sum(c["codings"] for c in done("codebook", sample, "--json").json)
    assert facts["codes"] == len(done("codebook", sample, "--json").json)
    assert facts["themes"] == len(done("themes", sample, "--json").json) == 10


def test_text_is_exactly_what_positions_count(project: Path, done: Command) -> None:
    outcome = done("text", project, TITLE)
    with_project = Project.open(project, read_only=True)
    stored = with_project.texts.get(with_project.documents.find(TITLE).id)
    with_project.close()
    assert outcome.out == stored
    assert "📞" in outcome.out
    assert len(outcome.out) == done("info", project, "--json").json["documents"][0]["length"]
    for turn in done("turns", project, TITLE, "--json").json:
        assert outcome.out[turn["start"] : turn["end"]].startswith(f"{turn['speaker']}: ")


def test_a_document_is_named_by_title_or_id(project: Path, done: Command) -> None:
    with_project = Project.open(project, read_only=True)
    key = with_project.documents.find(TITLE).id
    with_project.close()
    assert done("text", project, key).out == done("text", project, TITLE).out


def test_turns_have_times_in_seconds_where_there_are_any(sample: Path, done: Command) -> None:
    turns = done("turns", sample, "P01 Patient partner", "--json").json
    assert set(turns[0]) == {"start", "end", "speaker", "time"}
    assert [turn["time"] for turn in turns[:3]] == [4, 11, 17]
    assert [turn["speaker"] for turn in turns[:3]] == ["Interviewer", "P01", "Interviewer"]


def test_turns_without_times_have_no_time(project: Path, done: Command) -> None:
    turns = done("turns", project, TITLE, "--json").json
    assert {frozenset(turn) for turn in turns} == {frozenset({"start", "end", "speaker"})}


def test_a_codebook_entry_has_exactly_these_keys(sample: Path, done: Command) -> None:
    codes = done("codebook", sample, "--json").json
    own = next(code for code in codes if code["path"] == "Clear role/Research language")
    assert list(own) == [
        "path", "definition", "include", "exclude", "example", "colour", "codings",
    ]  # fmt: skip
    assert own["example"].startswith("If you don't have the words")
    assert own["colour"].startswith("#")
    preset = [code for code in codes if "framework" in code]
    assert {code["framework"] for code in preset} == {"tdf-v2"}
    assert len(preset) == 15  # fourteen domains below their heading


def test_codebook_counts_one_coder_on_request(sample: Path, done: Command) -> None:
    both, one, other = (
        [code["codings"] for code in done("codebook", sample, "--json", *more).json]
        for more in ([], ["--coder", "MH"], ["--coder", "Priya Desrosiers"])
    )
    assert [sum(column) for column in (both, one, other)] == [715, 363, 352]
    assert both == [a + b for a, b in zip(one, other, strict=True)]


COLUMNS = [
    "document", "start", "end", "text", "code", "coder",
    "valence", "strength", "levels", "memo", "created",
]  # fmt: skip


def test_codings_have_exactly_these_columns(sample: Path, done: Command) -> None:
    rows = done("codings", sample, "--json").json
    assert len(rows) == 715
    assert all(list(row) == COLUMNS for row in rows)
    texts = {title: done("text", sample, title).out for title in {r["document"] for r in rows}}
    for row in rows:
        assert texts[row["document"]][row["start"] : row["end"]] == row["text"]
        assert row["valence"] in {"barrier", "facilitator", "mixed", "neutral", None}
        assert row["strength"] in {1, 2, None}
        assert isinstance(row["levels"], list)
    assert len(done("codings", sample, "--coder", "PD", "--json").json) == 352


def test_the_csv_of_codings_holds_what_the_json_holds(
    sample: Path, tmp_path: Path, done: Command
) -> None:
    path = tmp_path / "codings.csv"
    assert done("codings", sample, "--csv", path).out == ""
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    assert list(table[0]) == COLUMNS
    rows = done("codings", sample, "--json").json
    assert [(r["document"], int(r["start"]), int(r["end"]), r["code"]) for r in table] == [
        (r["document"], r["start"], r["end"], r["code"]) for r in rows
    ]


def test_an_empty_project_gives_empty_arrays(tmp_path: Path, done: Command) -> None:
    path = tmp_path / "empty.ikt"
    done("new", path)
    for command in ("codings", "codebook", "themes"):
        assert done(command, path, "--json").json == []
    assert done("info", path, "--json").json["name"] == "empty"


def test_check_says_that_a_sound_project_is_sound(sample: Path, done: Command) -> None:
    assert done("check", sample, "--json").json == {"sound": True, "operations": 23, "findings": []}


def test_check_finds_a_span_outside_its_text(sample: Path, ikt: Command) -> None:
    project = Project.open(sample)
    driver = project.file.connections.raw()
    for (name,) in driver.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        driver.execute(f'DROP TRIGGER "{name}"')
    driver.execute("UPDATE coding SET end = 10000000 WHERE rowid = 1")
    project.close()
    outcome = ikt("check", sample, "--json")
    assert outcome.status == 1
    assert outcome.json["sound"] is False
    assert any(one["where"] == "coding" for one in outcome.json["findings"])


@pytest.mark.parametrize("command", ["info", "codebook", "codings", "themes", "check"])
def test_looking_changes_nothing_and_needs_no_lock(
    command: str, sample: Path, done: Command
) -> None:
    window = Project.open(sample)
    before = window.history.all()
    done(command, sample)
    done(command, sample, "--json")
    assert window.history.all() == before
    window.close()


def test_without_json_people_get_lines(sample: Path, done: Command) -> None:
    assert "P02 Programme lead\t" in done("info", sample).out
    assert done("turns", sample, "P01 Patient partner").out.startswith("Start\tEnd\tTime\tSpeaker")
    assert "Asked about the paint" in done("themes", sample).out
    assert "Clear role/Research language\t" in done("codebook", sample).out
    assert len(done("codings", sample).out.splitlines()) == 716
