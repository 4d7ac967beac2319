"""Every number the command line prints or exports is what the ledger counts on paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.numbers.files import rows_of, words_of
from tests.numbers.ledger import CODERS, CODES, DOMAINS, TEXTS, Count, Ledger, ledger
from tests.numbers.written import write


@pytest.fixture(scope="module", params=(4, 5))
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Ledger, Path]]:
    folder = tmp_path_factory.mktemp("numbers")
    book = ledger(request.param)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IKT_CODER_HOME", str(folder / "home"))
        write(book, folder / "Numbers.ikt").close()
    yield book, folder / "Numbers.ikt"
    shutil.rmtree(folder)


def test_info_and_codings_list_every_coders(made: tuple[Ledger, Path], done: Command) -> None:
    book, path = made
    marks = [m for m in book.marks if m.coder]
    info = done("info", path, "--json").json
    assert {d["name"]: d["codings"] for d in info["documents"]} == {
        title: sum(m.document == title for m in marks) for title in TEXTS
    }
    assert info["codings"] == len(marks)
    assert info["themes"] == len(book.ideas)
    listed = done("codings", path, "--json").json
    assert sorted((r["document"], r["start"], r["end"], r["coder"]) for r in listed) == sorted(
        (m.document, m.start, m.end, m.coder) for m in marks
    )
    for name in CODERS:
        mine = done("codings", path, "--coder", name, "--json").json
        assert len(mine) == sum(m.coder == name for m in marks)


def test_the_codebook_counts_everyone_or_one(made: tuple[Ledger, Path], done: Command) -> None:
    book, path = made
    for names in (CODERS, CODERS[:1], CODERS[2:]):
        asked = ("--coder", names[0]) if len(names) == 1 else ()
        rows = {row["path"]: row for row in done("codebook", path, *asked, "--json").json}
        for one in (*CODES, *DOMAINS):
            wanted = sum(m.coder in names and m.code == one for m in book.marks)
            assert rows["/".join(one)]["codings"] == wanted
    head = done("codebook", path).out.splitlines()[0]
    assert "all coders" in head
    assert CODERS[0] in done("codebook", path, "--coder", CODERS[0]).out.splitlines()[0]


def test_themes_count_the_layer(made: tuple[Ledger, Path], done: Command) -> None:
    book, path = made
    rows = done("themes", path, "--json").json
    assert {
        row["name"]: Count(row["references"], row["passages"], row["participants"]) for row in rows
    } == {idea.name: book.count(book.of_idea(idea.name)) for idea in book.ideas}


@pytest.mark.parametrize("own", [False, True])
def test_retrieve_counts_the_layer(made: tuple[Ledger, Path], done: Command, own: bool) -> None:
    book, path = made
    for one in (*CODES, *DOMAINS):
        found = done(
            "retrieve", path, "--code", "/".join(one), *(["--own"] if own else []), "--json"
        ).json
        marks = book.of_code(book.layer(), one, below=not own)
        counted = Count(found["references"], found["passages"], found["participants"])
        assert counted == book.count(marks)
        # What is listed says the same as the counts above it.
        assert len(found["found"]) == counted.references
        assert counted.participants == len({p for f in found["found"] for p in f["participants"]})
        assert {(row["group"], row["references"]) for row in found["groups"]} == {
            (" › ".join(code), len(book.of_code(marks, code)))
            for code in {mark.code for mark in marks}
        }
        assert {row["document"]: row["passages"] for row in found["by_document"]} == {
            title: book.passages(m for m in marks if m.document == title)
            for title in {m.document for m in marks}
        }


def test_what_was_written_is_told_in_references(
    made: tuple[Ledger, Path], done: Command, tmp_path: Path
) -> None:
    book, path = made
    marks = book.of_code(book.layer(), CODES[0], below=True)
    told = done("retrieve", path, "--code", "Trust", "--to", tmp_path / "trust.md").err
    assert f"Wrote {len(marks)} references ({book.passages(marks)} passages) to" in told
    printed = done("retrieve", path, "--code", "Trust").out
    count = book.count(marks)
    assert (
        f"{count.references} references, {count.passages} passages, {count.participants} part"
        in printed
    )


def test_exports_hold_the_same(made: tuple[Ledger, Path], done: Command, tmp_path: Path) -> None:
    book, path = made
    columns = "participants,own_participants,passages,references,both_directions"
    for ending in (".docx", ".csv"):
        file = tmp_path / f"themes{ending}"
        done("export", path, "--what", "themes", "--columns", columns, "--to", file)
        rows = {row[0]: row[1:] for row in rows_of(file)}
        for idea in book.ideas:
            if idea.aside:
                continue
            marks, own = book.of_idea(idea.name), book.of_idea(idea.name, below=False)
            assert rows[idea.name] == [
                str(n)
                for n in (
                    book.participants(marks),
                    book.participants(own),
                    book.passages(marks),
                    len(marks),
                    book.both_directions(marks),
                )
            ]
    file = tmp_path / "matrix.html"
    done("export", path, "--what", "matrix", "--rows", "documents", "--cell", "references",
         "--code", "Time", "--below", "--to", file)  # fmt: skip
    grid = rows_of(file)
    assert grid[0] == ["Document", "Time (with sub-codes)", "Time (own)"]
    for title in book.documents():
        if book.whose(title) is not None:
            marks = [m for m in book.layer() if m.document == title]
            (cells,) = (row[1:] for row in grid if row[0] == title)
            assert cells == [
                str(len(book.of_code(marks, ("Time",), below=below))) for below in (True, False)
            ]
    assert "Cells are references; a reference is one coding." in words_of(file)
