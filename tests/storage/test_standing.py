"""What stands, where somebody has gone back, in a history of numbers alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

import pytest

from ikt_coder.core.ops import Op
from ikt_coder.storage.standing import Standing


class History:
    """A history without rows: acts, undoes and going back, each by its number."""

    def __init__(self) -> None:
        self.driver = sqlite3.connect(":memory:")
        self.driver.execute(
            "CREATE TABLE operation(seq INTEGER PRIMARY KEY, root INT, direction INT, kind TEXT,"
            " params TEXT)"
        )

    def done(
        self, root: int | None = None, direction: int = 1, *, kind: Op = Op.ADD_CODE, to: int = 0
    ) -> int:
        (last,) = self.driver.execute("SELECT coalesce(max(seq), 0) FROM operation").fetchone()
        seq = int(last) + 1
        self.driver.execute(
            "INSERT INTO operation VALUES (?, ?, ?, ?, ?)",
            (seq, root or seq, direction, kind.value, json.dumps({"to": to})),
        )
        return seq

    def went_back(self, to: int) -> int:
        return self.done(kind=Op.GO_BACK, to=to)


@pytest.fixture
def history() -> Iterator[History]:
    made = History()
    yield made
    made.driver.close()


def stands(history: History, standing: Standing, upto: int | None = None) -> set[int]:
    standing.read(history.driver)
    return standing.standing(history.driver, range(1, 100), upto)


def test_the_newest_of_a_chain_tells_until_somebody_goes_back(history: History) -> None:
    standing = Standing()
    one, two = history.done(), history.done()
    history.done(one, -1)
    assert stands(history, standing) == {two}
    assert stands(history, standing, upto=two) == {one, two}
    back = history.went_back(two)
    assert stands(history, standing) == {one, two, back}
    three = history.done()
    history.done(back, -1)
    assert stands(history, standing) == {two, three}
    assert stands(history, standing, upto=back) == {one, two, back}


def test_going_back_further_than_ever_is_followed_from_there(history: History) -> None:
    standing = Standing()
    one, two, three = history.done(), history.done(), history.done()
    first = history.went_back(two)
    assert stands(history, standing) == {one, two, first}
    second = history.went_back(one)
    assert stands(history, standing) == {one, second}
    history.done(second, -1)
    assert stands(history, standing) == {one, two, first}
    history.done(first, -1)
    assert stands(history, standing) == {one, two, three}
    assert stands(history, Standing()) == {one, two, three}


class Interrupted:
    """A connection whose next reading of operations fails."""

    def __init__(self, driver: sqlite3.Connection) -> None:
        self.driver = driver

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        if sql.startswith("SELECT seq, root"):
            raise sqlite3.OperationalError("interrupted")
        return self.driver.execute(sql, *values)  # type: ignore[arg-type]  # as they were given


def test_a_reading_that_failed_is_taken_up_whole(history: History) -> None:
    standing = Standing()
    one, two, three = history.done(), history.done(), history.done()
    first = history.went_back(two)
    stands(history, standing)
    second = history.went_back(one)
    with pytest.raises(sqlite3.OperationalError):
        standing.read(Interrupted(history.driver))  # type: ignore[arg-type]  # stands for one
    assert stands(history, standing) == {one, second}
    history.done(second, -1)
    assert stands(history, standing) == {one, two, first}
    history.done(first, -1)
    assert stands(history, standing) == {one, two, three}
