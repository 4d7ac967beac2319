"""Searching from the command line, and the list of words."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from ikt_coder.services.project import Project
from tests.cli.conftest import INTERVIEW, TITLE, Command


def test_places_are_those_of_the_text(project: Path, done: Command) -> None:
    outcome = done("search", project, "ca va", "--json")
    (place,) = outcome.json
    start = INTERVIEW.index("Ça va")
    assert place == {
        "document": TITLE,
        "start": start,
        "end": start + 5,
        "text": "Ça va",
        "speaker": "P01",
        "participants": ["P01"],
        "before": INTERVIEW[start - 60 : start],
        "after": INTERVIEW[start + 5 : start + 65],
    }
    assert outcome.err.strip() == "Found 1 place in 1 document."


def test_modes_and_filters(project: Path, done: Command) -> None:
    def found(*arguments: str) -> list[str]:
        return [place["text"] for place in done("search", project, *arguments, "--json").json]

    assert found("begin", "--mode", "lemma") == ["begin"]
    assert found("visits", "--mode", "lemma") == ["visit"]
    assert found(r"\bn\w+ing\b", "--mode", "regex") == ["nothing", "Nothing"]
    assert found("nothing", "--case") == ["nothing"]
    assert found("nothing", "--no-interviewer") == ["nothing"]
    assert found("not", "--mode", "word") == ["Not"]
    assert found("cafe", "--accents") == []
    assert found("P01", "--labels") == ["P01"] * 3
    assert found("nothing", "--participant", "p01", "--document", TITLE) == ["nothing"]


def test_rows_for_people(project: Path, done: Command) -> None:
    outcome = done("search", project, "nothing", "--context", "6")
    lines = [line.split("\t") for line in outcome.out.splitlines()]
    assert lines[0] == ["Document", "Start", "End", "Speaker", "Before", "Text", "After"]
    assert [line[3] for line in lines[1:]] == ["P01", "Interviewer"]
    assert done("search", project, "zebra").err.strip() == "Nothing was found."


def test_what_cannot_be_met_is_one_sentence(project: Path, ikt: Command) -> None:
    for arguments, words in (
        (("(", "--mode", "regex"), "cannot be read"),
        (("  ",), "nothing to search for"),
        (("a", "--participant", "P99"), "no participant"),
        (("a", "--document", "nowhere"), "no document"),
    ):
        outcome = ikt("search", project, *arguments)
        assert (outcome.status, outcome.out) == (1, "")
        assert words in outcome.err
        assert len(outcome.err.splitlines()) == 1
    assert ikt("search", project, "a", "--mode", "fuzzy").status == 2


def test_the_list_of_words_has_the_counts_of_the_service(
    sample: Path, tmp_path: Path, done: Command
) -> None:
    target = tmp_path / "words.csv"
    done("export", sample, "--what", "words", "--to", target)
    rows = list(csv.reader(io.StringIO(target.read_text("utf-8-sig"))))
    heading = rows.index(["Word", "Count", "Participants", "Documents"])
    project = Project.open(sample, read_only=True)
    first = project.words.frequencies().rows[0]
    project.close()
    assert rows[heading + 1] == [
        first.text,
        str(first.count),
        str(first.participants),
        str(first.documents),
    ]
