"""Themes, words that codes share, transcripts and sheets: every number, counted by the services and
read back from each file, is what the ledger counts by the plain words of the method."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from ikt_coder.core.query import Block, Filters, Query, Term, TermKind
from ikt_coder.core.words import Valence
from ikt_coder.services.theme_table_options import Side, ThemeColumn, ThemeTableOptions
from tests.numbers.asking import (
    beginning,
    every_ending,
    figures,
    own,
    written,
)
from tests.numbers.conftest import Study
from tests.numbers.files import page_of, rows_of, words_of
from tests.numbers.ledger import CODERS, CODES, DIRECTIONS, DOMAINS, GROUPS, Count, Mark

COUNTS = (
    ThemeColumn.PARTICIPANTS,
    ThemeColumn.OWN_PARTICIPANTS,
    ThemeColumn.PASSAGES,
    ThemeColumn.REFERENCES,
    ThemeColumn.BOTH_DIRECTIONS,
    ThemeColumn.DIRECTIONS,
    ThemeColumn.DOMAINS,
    ThemeColumn.LEVELS,
)
# -- themes ----------------------------------------------------------------------------------


def idea_row(study: Study, name: str, side: Side, directions: list[str | None]) -> list[str]:
    """A row of the theme table with COUNTS; "—" for none coded."""
    book = study.book
    wanted = {Side.BARRIERS: ("barrier", "mixed"), Side.FACILITATORS: ("facilitator", "mixed")}
    everything, mine = book.of_idea(name), book.of_idea(name, below=False)
    below = [m for m in everything if side is Side.BOTH or m.direction in wanted[side]]
    mine = [m for m in mine if side is Side.BOTH or m.direction in wanted[side]]
    return [
        str(book.participants(below)),
        str(book.participants(mine)),
        str(book.passages(below)),
        str(len(below)),
        str(book.both_directions(everything)),
        *(str(book.passages(m for m in below if m.direction == d)) for d in directions),
        ranked(book.domains(below)),
        ranked(book.levels(below)),
    ]


def ranked(listed: dict[str, int]) -> str:
    order = sorted(listed.items(), key=lambda one: (-one[1], one[0]))
    return "\n".join(f"{name} ({n})" for name, n in order) or "—"


def shown(study: Study, side: Side) -> tuple[list[str], list[str | None]]:
    """The themes of a table and the directions that have a column."""
    wanted = {Side.BARRIERS: ("barrier", "mixed"), Side.FACILITATORS: ("facilitator", "mixed")}
    names: list[str] = []
    met: set[str | None] = set()
    for idea in study.book.ideas:
        marks = study.book.of_idea(idea.name)
        if side is not Side.BOTH:
            marks = [m for m in marks if m.direction in wanted[side]]
        if idea.aside or (side is not Side.BOTH and not marks):
            continue
        names.append(idea.name)
        met |= {m.direction for m in marks}
    return names, [d for d in (*(v.value for v in Valence), None) if d in met]


@every_ending
@pytest.mark.parametrize("side", list(Side))
def test_the_theme_table_read_back_from_its_file(numbers: Study, ending: str, side: Side) -> None:
    options = ThemeTableOptions(columns=COUNTS, side=side)
    file = written(numbers, "themes", ending, theme_table=options)
    names, directions = shown(numbers, side)
    rows = rows_of(file)
    for name in names:
        (printed, *listed_rows) = beginning(rows, name)
        wanted = idea_row(numbers, name, side, directions)
        if ending != ".csv":
            assert [printed, *listed_rows] == [wanted], name
            continue
        # As data each domain and level is a row of a list of its own, with its number.
        assert printed[:-2] == wanted[:-2], name
        for at, kind in ((-2, "domain"), (-1, "level")):
            found = [f"{row[1]} ({row[2]})" for row in listed_rows if row[0] == kind]
            assert "\n".join(found) == wanted[at].replace("—", ""), name
            assert printed[at] == "\n".join(row[1] for row in listed_rows if row[0] == kind)
    listed = {row[0] for row in rows if row and row[0] in {i.name for i in numbers.book.ideas}}
    assert listed == set(names)
    words = words_of(file)
    assert f"N = {numbers.book.n()} participants in" in words
    assert "interim" in words


def test_counts_of_themes(numbers: Study) -> None:
    book = numbers.book
    for row in numbers.project.themes.all():
        assert Count(row.references, row.passages, row.participants) == book.count(
            book.of_idea(row.name, below=False)
        )
        assert Count(row.references_below, row.passages_below, row.participants_below) == (
            book.count(book.of_idea(row.name))
        )
        assert len(numbers.project.themes.codings(row.id)) == row.references
        term = Term(TermKind.THEME, row.id)
        found = numbers.project.retrieval.find(Query((Block((term,)),)))
        assert figures(found) == book.count(book.of_idea(row.name)), row.name


@pytest.mark.parametrize("group", sorted(set(GROUPS.values())))
def test_a_theme_table_of_one_group(numbers: Study, group: str) -> None:
    book = numbers.book
    members = {p for p, g in GROUPS.items() if g == group} - book.left_out
    table = numbers.project.reports.theme_table(
        ThemeTableOptions(
            columns=(ThemeColumn.PARTICIPANTS, ThemeColumn.PASSAGES, ThemeColumn.REFERENCES),
            groups=frozenset({group}),
        )
    )
    for row in table.rows:
        marks = [m for m in book.of_idea(row[0].text) if book.people(m) & members]
        n = len({p for m in marks for p in book.people(m) & members})
        assert [c.text for c in row[1:]] == [str(n), str(book.passages(marks)), str(len(marks))]


# -- co-occurrence, transcripts, sheets ------------------------------------------------------


@every_ending
def test_codes_that_share_words(numbers: Study, ending: str) -> None:
    book = numbers.book
    rows = rows_of(written(numbers, "cooccurrence", ending))
    for one, other in combinations((*CODES, *DOMAINS), 2):
        pieces = book.shared(one, other)
        found = [row[2:5] for row in rows if row[:2] == [one[-1], other[-1]]]
        if not pieces:
            assert not found
            continue
        people = {p for piece in pieces for p in book.people(Mark(*piece, (), ""))}
        counted = [len(pieces), len(people), len({piece[0] for piece in pieces})]
        assert found == [[str(n) for n in counted]], (one, other)


def transcript_counts(file: Path) -> dict[str, int]:
    """The codes listed at the end of a coded transcript, and how often they are in it."""
    if file.suffix == ".docx":
        return {row[0]: int(row[-1]) for row in rows_of(file)[1:]}
    terms = [
        " ".join("".join(map(str, one.itertext())).split()) for one in page_of(file).iter("dt")
    ]
    found = [re.fullmatch(r"(.+) (\d+) codings?", term) for term in terms]
    return {one.group(1): int(one.group(2)) for one in found if one}


@pytest.mark.parametrize("ending", [".docx", ".html"])
def test_a_coded_transcript_counts_its_codings(numbers: Study, ending: str) -> None:
    book = numbers.book
    for title in book.documents():
        name = book.whose(title)
        if name is None:
            continue
        file = written(
            numbers, "coded_transcript", ending,
            document=numbers.project.documents.find(title).id,
        )  # fmt: skip
        marks = [m for m in book.layer() if m.document == title]
        printed = transcript_counts(file)
        assert printed == {
            " / ".join(path): len(book.of_code(marks, path))
            for path in (*CODES, *DOMAINS)
            if book.of_code(marks, path)
        }


def test_the_supervision_sheet_counts_each_coder(numbers: Study) -> None:
    words = words_of(written(numbers, "supervision", ".md"))
    for name in CODERS:
        n = len(own(numbers, name))
        if n:
            assert f"{name} {n} (of {n})" in words


def test_the_chapter_counts_what_the_table_counts(numbers: Study) -> None:
    words = words_of(written(numbers, "theme_report", ".md"))
    book = numbers.book
    for idea in book.ideas:
        if not idea.aside:
            count = book.count(book.of_idea(idea.name))
            passages = f"{count.passages} passage{'' if count.passages == 1 else 's'}"
            # Some are in documents still being coded: then there is no "of N", see the note.
            people = f"{count.participants} participant{'' if count.participants == 1 else 's'}"
            assert f"{passages}, {people} so far, sub-themes included" in words, idea.name
            assert f" of {book.n()} participants" not in words


def test_a_coding_by_nobody_filtered(numbers: Study) -> None:
    """A filter by direction counts what the same filter on paper leaves."""
    book = numbers.book
    for direction in DIRECTIONS:
        valence = Valence(direction) if direction else None
        found = numbers.project.retrieval.find(
            Query(filters=Filters(directions=frozenset({valence})))
        )
        marks = [m for m in book.layer() if m.direction == direction]
        assert figures(found) == book.count(marks)
