"""Agreement of two coders: counted by the services, on the command line and in each file as the
ledger counts it, sign by sign."""

from __future__ import annotations

import pytest

from ikt_coder.cli.agreement_project import as_json
from tests.numbers.asking import every_ending, written
from tests.numbers.conftest import Study
from tests.numbers.files import rows_of, words_of
from tests.numbers.ledger import CODERS, CODES, DOMAINS, Code

FIRST, SECOND = CODERS[:2]


def common(study: Study) -> list[str]:
    """The documents in which both coded something."""
    book = study.book
    return [
        title
        for title in book.texts
        if {FIRST, SECOND} <= {mark.coder for mark in book.marks if mark.document == title}
    ]


def fourfold(study: Study, path: Code) -> list[int]:
    """Characters that both coded, only the first, only the second, neither."""
    cells = [0, 0, 0, 0]
    for title in common(study):
        for at in range(len(study.book.texts[title])):
            here = {
                mark.coder
                for mark in study.book.marks
                if mark.document == title and mark.code == path and mark.start <= at < mark.end
            } & {FIRST, SECOND}
            cells[[{FIRST, SECOND}, {FIRST}, {SECOND}, set()].index(here)] += 1
    return cells


def kappa(a: int, b: int, c: int, d: int) -> float | None:
    n = a + b + c + d
    expected = ((a + b) * (a + c) + (c + d) * (b + d)) / n**2
    return None if expected == 1 else ((a + d) / n - expected) / (1 - expected)


def test_every_code_is_counted_sign_by_sign(numbers: Study) -> None:
    found = numbers.project.comparison.agreement()
    assert [coder.name for coder in found.coders] == [FIRST, SECOND]
    assert {document.title for document in found.documents} == set(common(numbers))
    said = {tuple(row["code"].split("/")): row for row in as_json(found)["codes"]}
    for path in (*CODES, *DOMAINS):
        cells = fourfold(numbers, path)
        row = said[path]
        assert [row["both"], *row["only"].values(), row["neither"]] == cells, path
        wanted = kappa(*cells)
        assert row["kappa"] == (None if wanted is None else pytest.approx(wanted))
        assert (row["kappa"] is None) is ("reason" in row)


@every_ending
def test_each_file_has_the_same_numbers(numbers: Study, ending: str) -> None:
    path = written(numbers, "agreement", ending)
    rows = rows_of(path)
    data = ending in (".csv", ".xlsx")
    for one in (*CODES, *DOMAINS):
        cells = fourfold(numbers, one)
        name = "/".join(one) if data else one[-1]
        listed = [row for row in rows if row and row[0] == name]
        if sum(cells[:3]) == 0:
            assert name in words_of(path)  # named in the note instead
            continue
        assert [int(cell.replace(",", "")) for cell in listed[0][1:5]] == cells
    words = words_of(path)
    assert "Not from a round" in words
    left = set(numbers.book.texts) - set(common(numbers))
    assert all(title in words for title in left)
