"""The one door: failing listeners, acts within acts, threads, and closing under way."""

from __future__ import annotations

import logging
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import NotAllowed, NotFound, ProjectFileError, UndoRefused
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.services.project import Project
from ikt_coder.storage.engine import copy_pages
from tests.studies import dump, span_of, study, transcript


def test_a_failing_listener_keeps_neither_the_act_nor_the_others_from_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    project, _ = study(tmp_path / "study.ikt")
    heard: list[Changes] = []

    def fail(changes: Changes) -> None:
        raise ZeroDivisionError

    project.listen(fail)
    project.listen(heard.append)
    with caplog.at_level(logging.CRITICAL):
        code = project.codes.add("Trust")
        project.history.undo()
        project.history.redo()
    assert [change.kind for change in heard] == ["add_code"] * 3
    assert [(c.undone, c.redone) for c in heard] == [(False, False), (True, False), (False, True)]
    assert project.codes.get(code).name == "Trust"
    assert not project.file.door.open
    project.close()


def test_a_listener_may_act_itself(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    seen: list[int] = []

    def follow(changes: Changes) -> None:
        seen.append(changes.op)
        if len(seen) == 1:
            project.codes.add("Second")

    project.listen(follow)
    project.codes.add("First")
    assert [row.name for row in project.codes.all()] == ["First", "Second"]
    assert seen == sorted(seen)
    project.close()


@pytest.mark.parametrize("failure", [ZeroDivisionError, KeyboardInterrupt, GeneratorExit])
def test_a_failure_within_a_joined_act_takes_the_whole_back(
    tmp_path: Path, failure: type[BaseException]
) -> None:
    project, document = study(tmp_path / "study.ikt")
    kept = dump(project.path)

    def interrupted() -> None:
        with project.operation(Op.CHANGE_CARD):
            project.codes.add("Outer")
            with project.operation(Op.ADD_CODE):
                project.documents.rename(document, "Inner")
                raise failure

    with pytest.raises(failure):
        interrupted()
    assert dump(project.path) == kept
    project.codes.add("Trust")
    assert project.safety.check().sound
    project.close()


def test_a_joined_act_that_fails_leaves_nothing_of_itself(tmp_path: Path) -> None:
    """Where the act around it goes on, half of the inner one must not be committed."""
    project, document = study(tmp_path / "study.ikt")

    def half() -> None:
        with project.operation(Op.ADD_CODE):
            project.documents.rename(document, "Inner")
            raise ZeroDivisionError

    with project.operation(Op.CHANGE_CARD):
        project.codes.add("Before")
        with pytest.raises(ZeroDivisionError):
            half()
        project.codes.add("After")
    assert project.documents.get(document).title == "Talk"
    assert [row.name for row in project.codes.all()] == ["Before", "After"]
    assert project.safety.check().sound
    project.history.undo()
    assert project.codes.all() == ()
    project.close()


def test_a_first_coder_made_in_a_failing_act_does_not_stay_at_the_desk(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "study.ikt")

    def fail() -> None:
        with project.operation(Op.ADD_CODE):
            project.coders.ensure_present()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert project.coder is None
    with project.operation(Op.ADD_CODE):
        coder = project.coders.ensure_present()
        project.codes.add("Trust")
    assert project.coder == coder
    newest = project.history.all(limit=1)[0]
    assert newest.coder == coder
    assert project.history.next_undo() is not None
    project.close()


def test_a_reference_to_what_is_gone_is_explained(tmp_path: Path) -> None:
    project, document = study(tmp_path / "study.ikt")
    kept = dump(project.path)
    code = project.codes.add("Trust")
    project.history.undo()
    for act in (
        lambda: project.folders.add("Folder", new_id()),
        lambda: project.documents.set_lead(document, new_id()),
        lambda: project.codings.apply(document, span_of(project, document, "phoned"), code),
    ):
        with pytest.raises(NotFound):
            act()
    assert dump(project.path) == kept
    project.close()


def test_beginning_an_act_can_fail_and_the_next_one_works(tmp_path: Path) -> None:
    """Where the door itself cannot be written the transaction must not stay open."""
    project, _ = study(tmp_path / "study.ikt")
    driver = project.file.connections.raw()
    driver.execute("INSERT INTO door(op) VALUES (7)")
    (next_op,) = driver.execute("SELECT max(seq) + 1 FROM operation").fetchone()
    driver.execute("UPDATE door SET op = ?", (next_op,))
    with pytest.raises(sqlite3.IntegrityError):
        project.codes.add("Trust")
    assert not driver.in_transaction
    driver.execute("DELETE FROM door")
    project.codes.add("Trust")
    project.close()


def test_an_act_waits_for_no_long_act_on_the_main_thread(tmp_path: Path) -> None:
    """While a worker writes, the main thread reads the state before, is refused quickly when
    it wants to write, and nothing of either is lost."""
    project, document = study(tmp_path / "study.ikt")
    inside, go_on = threading.Event(), threading.Event()
    order: list[int] = []
    project.listen(lambda changes: order.append(changes.op))

    def long_act() -> None:
        with project.operation(Op.ADD_CODE):
            for n in range(30):
                project.codes.add(f"Code {n}")
            project.documents.rename(document, "Renamed")
            inside.set()
            assert go_on.wait(10)

    worker = threading.Thread(target=long_act)
    worker.start()
    assert inside.wait(10)
    assert project.codes.all() == ()
    assert project.documents.get(document).title == "Talk"
    with pytest.raises(NotAllowed, match="long act"):
        project.codes.add("Main")
    with pytest.raises(NotAllowed, match="long act"):
        project.history.undo()
    go_on.set()
    worker.join()
    project.codes.add("Main")
    assert len(project.codes.all()) == 31
    assert project.documents.get(document).title == "Renamed"
    assert order == sorted(order)
    assert len(order) == 2
    project.close()


def test_many_threads_act_one_after_the_other(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    order: list[int] = []
    failures: list[BaseException] = []
    project.listen(lambda changes: order.append(changes.op))

    def work(which: int) -> None:
        try:
            for n in range(15):
                project.codes.add(f"Code {which} {n}")
                project.codes.all()
        except BaseException as error:  # noqa: BLE001 - handed to the test
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(project.codes.all()) == 60
    assert order == sorted(order)
    assert project.safety.check().sound
    project.close()


def test_undo_looks_again_when_the_door_is_open(tmp_path: Path) -> None:
    """Between the look for what to undo and the undo another thread may act on the rows."""
    project, document = study(tmp_path / "study.ikt")
    project.documents.rename(document, "Mine")
    look = project.history._refuse_blocked
    looks = []

    def meanwhile(act: object) -> None:
        look(act)  # type: ignore[arg-type]  # an Act, passed on as it came
        if not looks:
            looks.append(act)
            worker = threading.Thread(target=lambda: project.documents.rename(document, "Later"))
            worker.start()
            worker.join()

    project.history._refuse_blocked = meanwhile  # type: ignore[method-assign]  # a slow thread
    with pytest.raises(UndoRefused):
        project.history.undo()
    assert project.documents.get(document).title == "Later"
    project.close()


def test_undo_within_an_act_is_refused(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    project.codes.add("Trust")
    with project.operation(Op.ADD_CODE):
        project.codes.add("Other")
        with pytest.raises(UndoRefused):
            project.history.undo()
    assert len(project.codes.all()) == 2
    project.close()


def test_closing_waits_for_the_act_of_another_thread(tmp_path: Path) -> None:
    project, document = study(tmp_path / "study.ikt")
    inside, go_on = threading.Event(), threading.Event()
    failures: list[BaseException] = []

    def long_act() -> None:
        try:
            with project.operation(Op.ADD_CODE):
                project.codes.add("Trust")
                inside.set()
                assert go_on.wait(10)
                project.documents.rename(document, "Renamed")
        except BaseException as error:  # noqa: BLE001 - handed to the test
            failures.append(error)

    worker = threading.Thread(target=long_act)
    worker.start()
    assert inside.wait(10)
    timer = threading.Timer(0.1, go_on.set)
    timer.start()
    project.close()
    worker.join()
    timer.join()
    assert failures == []
    again = Project.open(project.path)
    assert again.warnings == ()
    assert again.documents.get(document).title == "Renamed"
    assert again.safety.check().sound
    again.close()


def test_a_closed_project_is_neither_read_nor_written(tmp_path: Path) -> None:
    """A straggling thread must not open the file again behind the lock."""
    project, _ = study(tmp_path / "study.ikt")
    project.close()
    for act in (lambda: project.codes.add("Trust"), project.codes.all, project.documents.all):
        with pytest.raises(NotAllowed, match="closed"):
            act()
    project.close()


def test_a_project_is_not_closed_within_an_act(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    with project.operation(Op.ADD_CODE):
        project.codes.add("Trust")
        with pytest.raises(NotAllowed):
            project.close()
    assert len(project.codes.all()) == 1
    project.close()


def test_compacting_within_an_act_is_refused(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    with project.operation(Op.ADD_CODE):
        project.codes.add("Trust")
        with pytest.raises((NotAllowed, ProjectFileError)):
            project.safety.compact()
    assert [row.name for row in project.codes.all()] == ["Trust"]
    assert project.safety.check().sound
    project.close()


def test_no_act_waits_for_a_check_or_a_copy(tmp_path: Path) -> None:
    """Both read the whole file; a reader that holds it would keep every commit waiting."""
    project, document = study(tmp_path / "study.ikt")
    text = "P01: " + "She phoned me. " * 100_000
    for n in range(12):
        project.documents.add(transcript(text + str(n)), f"Long {n}")
    code = project.codes.add("Trust")
    for long_read in (project.safety.check, lambda: project.safety.save_copy(tmp_path / "c.ikt")):
        worker = threading.Thread(target=long_read)
        worker.start()
        acts = 0
        while worker.is_alive():
            project.codings.apply(document, Span(acts, acts + 5), code)
            acts = (acts + 1) % 200
        worker.join()
    assert project.safety.check().sound
    project.close()
    copy = Project.open(tmp_path / "c.ikt")
    assert copy.safety.check().sound
    copy.close()


def test_a_copy_begun_anew_again_and_again_is_made_all_the_same(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    project.documents.add(transcript("P01: " + "She phoned me. " * 600_000), "Long")
    source, target = project.file.connections.raw(), sqlite3.connect(":memory:")
    seen: list[int] = []

    class Restless(sqlite3.Connection):
        """Written to by another connection after every piece."""

    reader = sqlite3.connect(project.path, factory=Restless)

    def backup(target: sqlite3.Connection, **how: Any) -> None:
        watch = how.pop("progress", None)

        def disturbed(status: int, remaining: int, total: int) -> None:
            seen.append(remaining)
            source.execute("DELETE FROM presence")
            source.execute("INSERT INTO presence(host, since) VALUES ('x', 0)")
            watch(status, remaining, total)

        sqlite3.Connection.backup(reader, target, **how, progress=disturbed if watch else None)

    reader.backup = backup  # type: ignore[method-assign,assignment]  # a restless file
    copy_pages(reader, target)
    assert len(seen) > 10
    assert target.execute("SELECT count(*) FROM document").fetchone() == (2,)
    for connection in (reader, target):
        connection.close()
    project.close()
