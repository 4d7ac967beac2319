"""``retrieve``, and the exports of passages, matrices and co-occurrence."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command

TRUST = "Trusting relationship"


def spans(found: dict[str, Any]) -> list[tuple[str, int, int]]:
    return [(one["document"], one["start"], one["end"]) for one in found["found"]]


def test_json_holds_what_codings_hold_and_every_count(sample: Path, done: Command) -> None:
    found = done("retrieve", sample, "--code", TRUST, "--own", "--json").json
    assert found["references"] == len(found["found"]) > 5
    assert {one["code"] for one in found["found"]} == {TRUST}
    assert found["passages"] <= found["references"]
    assert sum(row["references"] for row in found["by_document"]) == found["references"]
    assert "Analysis layer" in found["note"]
    one = found["found"][0]
    text = done("text", sample, one["document"]).out
    assert text[one["start"] : one["end"]] == one["text"]
    assert one["quotable"] in (True, False)
    with_below = done("retrieve", sample, "--code", TRUST, "--json").json
    assert with_below["references"] > found["references"]


def test_conditions_share_words(sample: Path, done: Command) -> None:
    every = done("retrieve", sample, "--code", TRUST, "--json").json
    both = done("retrieve", sample, "--code", TRUST, "--and", "Clear role", "--json").json
    rest = done("retrieve", sample, "--code", TRUST, "--not", "Clear role", "--json").json
    assert both["found"]
    assert sorted(spans(both) + spans(rest)) == sorted(spans(every))
    assert all(one["shared"] for one in both["found"])
    far = done(
        "retrieve", sample, "--code", TRUST, "--and", "Clear role", "--relation", "within",
        "--distance", "500", "--json",
    ).json  # fmt: skip
    assert len(far["found"]) > len(both["found"])


def test_filters_narrow(sample: Path, done: Command) -> None:
    def count(*arguments: str) -> int:
        return int(done("retrieve", sample, *arguments, "--json").json["references"])

    whole = count()
    assert count("--role", "interviewer") < count("--role", "participant") == whole
    assert 0 < count("--direction", "barrier") < whole
    assert count("--direction", "barrier", "--direction", "none") > count("--direction", "none")
    assert 0 < count("--flag", "star") < whole
    assert 0 < count("--participant", "p01") < whole
    assert 0 < count("--memo", "*") < whole
    assert count("--since", "2999-01-01") == 0
    assert count("--everyone") > whole
    assert count("--participant", "P01") == count("--document", "P01 Patient partner", "--role",
                                                  "participant")  # fmt: skip


def test_a_saved_retrieval_is_asked_again_and_exported(
    sample: Path, tmp_path: Path, done: Command, ikt: Command
) -> None:
    first = done("retrieve", sample, "--code", TRUST, "--save", "Trust", "--json")
    assert "Saved the retrieval" in first.err
    again = done("retrieve", sample, "--saved", "TRUST", "--json").json
    assert spans(again) == spans(first.json)
    file = tmp_path / "passages.csv"
    done("export", sample, "--what", "passages", "--retrieval", "Trust", "--to", file)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert len(lines) == again["references"]
    assert {line["Level 1"] for line in lines} == {TRUST}
    assert ikt("retrieve", sample, "--saved", "Trust", "--words", "x").status == 2
    assert ikt("retrieve", sample, "--saved", "Nobody").status == 1


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--code", "No such code"], 1),
        (["--participant", "P99"], 1),
        (["--attribute", "Height>=3"], 1),
        (["--attribute", "nonsense"], 2),
        (["--relation", "beside"], 2),
        (["--since", "yesterday"], 2),
        (["--strength", "9"], 2),
        (["--to", "passages.pdf"], 1),
        (["--everyone", "--coder", "MH"], 2),
    ],
)
def test_what_cannot_be_asked(
    arguments: list[str], status: int, sample: Path, ikt: Command
) -> None:
    outcome = ikt("retrieve", sample, *arguments)
    assert (outcome.status, outcome.out) == (status, "")
    assert outcome.err


def test_words_without_consent_are_withheld_but_for_the_team(
    sample: Path, tmp_path: Path, done: Command
) -> None:
    found = done("retrieve", sample, "--json").json["found"]
    hidden = [one["text"] for one in found if not one["quotable"] and len(one["text"]) > 40]
    assert hidden
    for arguments in (["retrieve", sample], ["export", sample, "--what", "passages"]):
        file = tmp_path / "passages.csv"
        done(*arguments, "--to", file)
        with file.open(encoding="utf-8-sig", newline="") as stream:
            shown = {line["Passage"] for line in csv.DictReader(stream)}
        assert not shown & set(hidden)
        done(*arguments, "--to", file, "--for-team")
        assert hidden[0].split("\n")[0] in file.read_text(encoding="utf-8")


def test_a_matrix_counts_what_retrieve_counts(
    sample: Path, tmp_path: Path, done: Command, ikt: Command
) -> None:
    file = tmp_path / "matrix.csv"
    done("export", sample, "--what", "matrix", "--to", file, "--cell", "references",
         "--code", TRUST)  # fmt: skip
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["Participant"]: row for row in csv.DictReader(stream)}
    found = done("retrieve", sample, "--code", TRUST, "--own", "--json").json
    counts = {r["participant"]: r["references"] for r in found["by_participant"]}
    assert len(rows) == 6
    for who, row in rows.items():
        assert int(row[f"{TRUST} (own)"]) == counts.get(who, 0)
    wrong = ["export", sample, "--to", file]
    assert ikt(*wrong, "--what", "matrix", "--cell", "shoes").status == 2
    assert ikt(*wrong, "--what", "matrix", "--size", "3").status == 2
    assert ikt(*wrong, "--what", "codebook", "--rows", "groups").status == 2


def test_a_matrix_has_a_row_for_each_value_of_an_attribute(
    sample: Path, tmp_path: Path, done: Command, ikt: Command
) -> None:
    file = tmp_path / "matrix.csv"
    asked = ("export", sample, "--what", "matrix", "--to", file, "--code", TRUST)
    name = "Area"
    done(*asked, "--by", name)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row[name]: row["Participants, n"] for row in rows} == {
        "City": "1",
        "Country": "1",
        "North": "1",
        "Region": "1",
        "Province": "2",
    }
    done(*asked, "--rows", "attribute", "--by", name.upper())
    assert ikt(*asked, "--by", "Shoe size").status == 1
    assert ikt(*asked, "--rows", "attribute").status == 2
    assert ikt(*asked, "--rows", "groups", "--by", name).status == 2
    assert ikt("export", sample, "--what", "codebook", "--to", file, "--by", name).status == 2


def test_cooccurrence_of_three_codes_with_their_words(
    sample: Path, tmp_path: Path, done: Command
) -> None:
    file = tmp_path / "three.csv"
    done("export", sample, "--what", "cooccurrence", "--size", "3", "--to", file)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows
    assert all(row["Code 3"] and row["Shared words"] for row in rows)
