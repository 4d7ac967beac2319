"""Language pipelines in a process of their own: the same answers, an end in every case."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import pytest

from ikt_coder.core.errors import Cancelled
from ikt_coder.core.span import Span
from ikt_coder.text import analysis
from ikt_coder.text.messages import receive, send
from ikt_coder.text.pipelines import pipeline_for
from ikt_coder.text.process import SWITCH, PipelineProcess, command
from ikt_coder.text.runner import OnThisThread

FRENCH = pipeline_for("fr")
"""A blank pipeline: it is loaded in no time."""
WORDS = "Nous avons décidé. \ud800 😀 They decided: it’s done.\n"
WHOLE = [Span(0, len(WORDS))]
PATIENCE = 60.0
WATCHED = pytest.mark.skipif(
    not hasattr(os, "pidfd_open"), reason="this system has no sure way to watch a process"
)


@pytest.fixture(scope="module")
def apart() -> Iterator[PipelineProcess]:
    """One process for all tests that leave it as it is."""
    runner = only_apart()
    yield runner
    end(runner)


@pytest.fixture
def own() -> Iterator[PipelineProcess]:
    runner = only_apart()
    yield runner
    end(runner)


def only_apart() -> PipelineProcess:
    """Fails where the work would be done on the thread that asks."""

    class Refusing(OnThisThread):
        def analyse(self, *_: object) -> NoReturn:
            raise AssertionError("the work was done in the program's own process")

        lemmas_of = analyse

    return PipelineProcess(otherwise=Refusing())


def end(runner: PipelineProcess) -> None:
    child = runner._child
    runner.close()
    assert child is None or child.ended.wait(PATIENCE)


def has_ended(process: int, act: Callable[[], object]) -> bool:
    """Whether a process that runs ends after an act."""
    watched = os.pidfd_open(process)
    try:
        act()
        return bool(select.select([watched], [], [], PATIENCE)[0])
    finally:
        os.close(watched)


# -- answers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_finds_what_the_thread_finds(apart: PipelineProcess, language: str) -> None:
    info = pipeline_for(language)
    spoken = [Span(0, 18), Span(20, len(WORDS))]
    assert apart.analyse(WORDS, spoken, info) == analysis.analyse(WORDS, spoken, info)
    assert apart.lemmas_of("We’ve DECIDED", info) == analysis.lemmas_of("We’ve DECIDED", info)


def test_nothing_is_started_before_a_question_and_one_process_serves_all(
    own: PipelineProcess,
) -> None:
    assert own.process is None
    own.lemmas_of("un", FRENCH)
    first = own.process
    own.analyse(WORDS, WHOLE, FRENCH)
    assert first is not None
    assert own.process == first


def test_several_threads_get_their_own_answers(apart: PipelineProcess) -> None:
    found: dict[int, list[frozenset[str]]] = {}

    def ask(n: int) -> None:
        found[n] = apart.lemmas_of(f"mot{n}", FRENCH)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert found == {n: [frozenset({f"mot{n}"})] for n in range(6)}


def test_a_bundled_program_starts_itself_by_its_switch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command(7.5) == [sys.executable, SWITCH, "7.5"]
    runner = PipelineProcess(
        command=lambda idle: [sys.executable, "-m", "ikt_coder", SWITCH, str(idle)]
    )
    assert runner.lemmas_of("un", FRENCH) == [frozenset({"un"})]
    assert runner.process is not None
    end(runner)


def test_modules_in_the_present_folder_are_not_taken_for_its_own(
    own: PipelineProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "spacy.py").write_text("raise SystemExit(9)\n")
    (tmp_path / "ikt_coder.py").write_text("raise SystemExit(9)\n")
    monkeypatch.chdir(tmp_path)
    assert own.lemmas_of("un", FRENCH) == [frozenset({"un"})]


def test_it_loads_neither_qt_nor_the_database() -> None:
    code = (
        "import sys, ikt_coder.text.child\n"
        "heavy = {'PySide6', 'sqlalchemy', 'spacy', 'numpy', 'alembic'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="priorities are told otherwise here")
def test_it_gives_way_to_the_window(apart: PipelineProcess) -> None:
    apart.lemmas_of("un", FRENCH)
    assert apart.process is not None
    mine = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, apart.process) >= min(19, mine + 10)


# -- stopping ----------------------------------------------------------------------------------


def test_who_waits_stops_at_the_next_look_and_the_process_stays(apart: PipelineProcess) -> None:
    apart.lemmas_of("un", FRENCH)
    before = apart.process
    looks = 0

    def stop() -> bool:
        nonlocal looks
        looks += 1
        return looks > 1

    long = "Nous avons parlé. " * 100_000
    with pytest.raises(Cancelled):
        apart.analyse(long, [Span(0, len(long))], FRENCH, stop)
    assert looks == 2
    assert apart.lemmas_of("deux", FRENCH) == [frozenset({"deux"})]
    assert apart.process == before


def test_the_process_gives_up_what_nobody_waits_for() -> None:
    with subprocess.Popen(
        command(PATIENCE), bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        info = (FRENCH.name, FRENCH.language, "", False, False, "")
        long = "Nous avons parlé. " * 200_000
        for message in (
            (1, "analyse", long, [(0, len(long))], info),
            (1,),
            (2, "lemmas", "un", info),
        ):
            send(process.stdin.fileno(), message)
        assert receive(process.stdout.fileno()) == (2, "done", [frozenset({"un"})])
        process.stdin.close()
        assert process.wait(PATIENCE) == 0


def test_who_waits_for_another_can_stop(apart: PipelineProcess) -> None:
    with apart._turn, pytest.raises(Cancelled):
        apart.lemmas_of("un", FRENCH, lambda: True)


# -- ends --------------------------------------------------------------------------------------


def test_it_ends_when_nothing_is_asked_and_begins_anew() -> None:
    runner = PipelineProcess(idle=0.1)
    assert runner.lemmas_of("un", FRENCH)
    assert runner.wait_ended(PATIENCE)
    assert runner.process is None
    assert runner.lemmas_of("deux", FRENCH) == [frozenset({"deux"})]
    end(runner)


@WATCHED
def test_closing_ends_it_and_who_waits(own: PipelineProcess) -> None:
    own.lemmas_of("un", FRENCH)
    process = own.process
    assert process is not None
    long = "Nous avons parlé. " * 200_000
    raised: list[BaseException] = []
    waits = threading.Event()

    def ask() -> None:
        def stop() -> bool:
            waits.set()
            return False

        try:
            own.analyse(long, [Span(0, len(long))], FRENCH, stop)
        except Cancelled as error:
            raised.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    assert waits.wait(PATIENCE)
    assert has_ended(process, own.close)
    thread.join(PATIENCE)
    assert raised
    assert own.process is None


@WATCHED
def test_it_ends_with_the_program_that_is_killed() -> None:
    code = (
        "import sys\n"
        "from ikt_coder.text.pipelines import pipeline_for\n"
        "from ikt_coder.text.process import PipelineProcess\n"
        "runner = PipelineProcess()\n"
        "runner.lemmas_of('un', pipeline_for('fr'))\n"
        "print(runner.process, flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        process = int(program.stdout.readline())
        assert has_ended(process, program.kill)


# -- failures ----------------------------------------------------------------------------------


@WATCHED
def test_one_that_was_killed_is_started_again(own: PipelineProcess) -> None:
    own.lemmas_of("un", FRENCH)
    first = own.process
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert own.lemmas_of("deux", FRENCH) == [frozenset({"deux"})]
    assert own.process not in (None, first)


@pytest.mark.parametrize(
    "started",
    [
        ["/nowhere/at/all"],
        [sys.executable, "-c", "raise SystemExit(3)"],
        [
            sys.executable,
            "-c",
            "import os; os.write(1, b'\\5' + bytes(7) + b'words'); os.read(0, 1)",
        ],
    ],
)
def test_where_none_can_be_had_the_thread_does_it_and_says_so_in_the_log(
    started: Sequence[str], caplog: pytest.LogCaptureFixture
) -> None:
    tries: list[float] = []

    def counted(idle: float) -> Sequence[str]:
        tries.append(idle)
        return started

    runner = PipelineProcess(command=counted)
    assert runner.analyse(WORDS, WHOLE, FRENCH) == analysis.analyse(WORDS, WHOLE, FRENCH)
    assert runner.lemmas_of("un", FRENCH) == [frozenset({"un"})]
    assert len(tries) == 2
    assert sum("process for language pipelines failed" in line for line in caplog.messages) == 2
    assert "décidé" not in caplog.text
    end(runner)


def test_an_error_in_the_process_is_met_by_who_asked(
    apart: PipelineProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_otherwise", OnThisThread())
    with pytest.raises(AttributeError):
        apart.lemmas_of(3, FRENCH)  # type: ignore[arg-type]  # an error of the program
    assert apart.lemmas_of("un", FRENCH) == [frozenset({"un"})]
    assert apart.process is not None
