"""Each thread has a connection of its own, and one may be handed on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ikt_coder.core.errors import NotAllowed
from ikt_coder.services.project import Project
from ikt_coder.storage.engine import Connections
from ikt_coder.storage.schema import create


@pytest.fixture
def connections(tmp_path: Path) -> Iterator[Connections]:
    path = tmp_path / "study.ikt"
    create(path)
    made = Connections(path, read_only=False)
    yield made
    made.close()


def cache_of(connections: Connections) -> int:
    (pages,) = connections.raw().execute("PRAGMA cache_size").fetchone()
    return int(pages)


def test_the_next_thread_gets_what_was_handed_on(connections: Connections) -> None:
    with ThreadPoolExecutor(1) as worker:

        def open_there() -> tuple[sqlite3.Connection, int]:
            return connections.raw(), cache_of(connections)

        there, cache = worker.submit(open_there).result()
        assert cache == -8192
        assert connections.raw() is not there, "nothing was handed on"
        worker.submit(connections.hand_on).result()
        again = worker.submit(connections.raw).result()
        assert again is there
        worker.submit(connections.hand_on).result()
        connections.hand_on()  # one waits already: this one is closed
        assert connections.raw() is there
        assert cache_of(connections) == -65536
        assert worker.submit(connections.raw).result() is not there
    assert connections.raw().execute("SELECT count(*) FROM coder").fetchone() == (0,)


def test_handing_on_nothing_does_nothing(connections: Connections) -> None:
    connections.hand_on()
    assert connections.raw().execute("SELECT 1").fetchone() == (1,)


def test_what_was_handed_on_is_closed_with_the_others(connections: Connections) -> None:
    driver = connections.raw()
    connections.hand_on()
    connections.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        driver.execute("SELECT 1")
    with pytest.raises(NotAllowed):
        connections.raw()


def test_a_project_opened_by_a_worker_is_read_by_the_main_thread_with_one_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "study.ikt"
    Project.create(path, "Partners").close()
    real, opened = sqlite3.connect, []

    def count(*given: object, **named: object) -> sqlite3.Connection:
        opened.append(given)
        return real(*given, **named)  # type: ignore[call-overload, no-any-return]  # passed on

    monkeypatch.setattr(sqlite3, "connect", count)
    with ThreadPoolExecutor(1) as worker:
        project = worker.submit(Project.open, path).result()
    try:
        assert project.card.get().name == "Partners"
        assert len(opened) == 1
    finally:
        project.close()
