"""Language pipelines in a process of their own, so that the window goes on meanwhile.

A pipeline needs 150 MB, two seconds to load and, in every step, Python's lock: run on a thread of
the window's process, it holds the window for a tenth of a second at a time.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple
from typing import Any, Final, TypeVar

from ikt_coder.core.errors import Cancelled
from ikt_coder.core.span import Span
from ikt_coder.text.analysis import Analysis, Stop
from ikt_coder.text.messages import receive, send
from ikt_coder.text.pipelines import PipelineInfo
from ikt_coder.text.runner import OnThisThread, Runner

_log = logging.getLogger(__name__)

T = TypeVar("T")

SWITCH: Final = "--language-pipelines"
"""The argument by which a bundled program knows that it is this process."""

IDLE: Final = 300.0
"""Seconds without work after which the process ends and gives its memory back."""

_TRIES: Final = 2
_LOOK: Final = 0.05
"""Seconds between two looks whether who waits is to stop."""


def command(idle: float) -> list[str]:
    """How the process is started. Raises OSError where no program is known that could be."""
    if not sys.executable:
        raise FileNotFoundError("no interpreter is known")
    if getattr(sys, "frozen", False):
        return [sys.executable, SWITCH, str(idle)]
    # By the same folders that this program is imported from, in the same order: in the present
    # folder a module of the same name may lie.
    folders = [os.path.abspath(folder) for folder in sys.path]
    start = (
        f"import sys; sys.path[:] = {folders!r}; "
        f"from ikt_coder.text.child import serve; sys.exit(serve({idle!r}))"
    )
    return [sys.executable, "-c", start]


class PipelineProcess:
    """Asks a process of its own; it is started with the first question.

    Where it cannot be started, or ends before it has answered, it is started once more; after
    that ``otherwise`` does the work: the thread that asks. One question at a time; others wait.
    """

    def __init__(
        self,
        idle: float = IDLE,
        command: Callable[[float], Sequence[str]] = command,
        otherwise: Runner | None = None,
    ) -> None:
        self._idle, self._command = idle, command
        self._otherwise = otherwise or OnThisThread()
        self._turn = threading.Lock()
        self._holding = threading.Lock()
        self._child: _Child | None = None
        self._closings = 0
        self._failures = 0

    @property
    def process(self) -> int | None:
        """The number of the process; None where none runs."""
        child = self._child
        return None if child is None or child.ended.is_set() else child.number

    def analyse(
        self, text: str, spoken: Sequence[Span], info: PipelineInfo, stop: Stop | None = None
    ) -> Analysis:
        ends = [(span.start, span.end) for span in spoken]
        return self._asked(
            ("analyse", text, ends, astuple(info)),
            lambda: self._otherwise.analyse(text, spoken, info, stop),
            stop,
        )

    def lemmas_of(
        self, words: str, info: PipelineInfo, stop: Stop | None = None
    ) -> list[frozenset[str]]:
        return self._asked(
            ("lemmas", words, astuple(info)),
            lambda: self._otherwise.lemmas_of(words, info, stop),
            stop,
        )

    def close(self) -> None:
        """End the process, at once; it is started anew where something is asked again."""
        with self._holding:
            self._closings += 1
            child, self._child = self._child, None
        if child is not None:
            child.end()

    def wait_ended(self, seconds: float) -> bool:
        """Whether the process that runs has ended by itself after so many seconds."""
        child = self._child
        return child is None or child.ended.wait(seconds)

    # -- asking -------------------------------------------------------------------------------

    def _asked(self, question: tuple[Any, ...], otherwise: Callable[[], T], stop: Stop | None) -> T:
        with self._my_turn(stop):
            closings = self._closings
            while self._failures < _TRIES:
                try:
                    how, answer = self._ready(closings).ask(question, stop)
                except (_EndedEarly, OSError) as error:
                    if closings != self._closings:
                        raise Cancelled from error
                    self._failures += 1
                    _log.warning("the process for language pipelines failed: %s", error)
                    continue
                self._failures = 0
                if how == "done":
                    return answer  # type: ignore[no-any-return]  # it came through a pipe
                _log.warning("an analysis failed in its process: %s", answer)
                break
            return otherwise()

    @contextlib.contextmanager
    def _my_turn(self, stop: Stop | None) -> Iterator[None]:
        while not self._turn.acquire(timeout=_LOOK):
            if stop is not None and stop():
                raise Cancelled
        try:
            yield
        finally:
            self._turn.release()

    def _ready(self, closings: int) -> _Child:
        """The process that runs, or a new one. Raises OSError; Cancelled after ``close``."""
        if self.process is None:
            child = _Child(self._command(self._idle))
            with self._holding:
                if closings == self._closings:
                    self._child = child
            if self._child is not child:
                child.end()
        child_now = self._child
        if child_now is None or closings != self._closings:
            raise Cancelled
        return child_now


class _EndedEarly(Exception):
    """The process ended before it had answered."""


class _Child:
    """The process, and two threads that wait for its pipes."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = _start(command)
        self.number = self._process.pid
        self.ended = threading.Event()
        self._asked = 0
        self._outgoing: queue.SimpleQueue[tuple[Any, ...] | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[tuple[Any, ...] | None] = queue.SimpleQueue()
        for work in (self._write, self._read):
            threading.Thread(target=work, daemon=True).start()

    def ask(self, question: tuple[Any, ...], stop: Stop | None) -> tuple[str, Any]:
        """Whether it is "done" or "failed", and the answer. Raises _EndedEarly, Cancelled."""
        self._asked += 1
        number = self._asked
        self._outgoing.put((number, *question))
        while True:
            try:
                answer = self._answers.get(timeout=_LOOK)
            except queue.Empty:
                if stop is not None and stop():
                    self._outgoing.put((number,))
                    raise Cancelled from None
                continue
            if answer is None:
                raise _EndedEarly(f"it ended with {self._process.returncode}")
            if answer[0] == number:  # else one that nobody waits for any more
                return answer[1], answer[2]

    def end(self) -> None:
        with contextlib.suppress(OSError):  # it has just ended by itself
            self._process.kill()

    def _write(self) -> None:
        assert self._process.stdin is not None
        with self._process.stdin as pipe:
            while (message := self._outgoing.get()) is not None:
                try:
                    send(pipe.fileno(), message)
                except OSError:
                    return  # the reader sees it end

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as pipe:
            try:
                while True:
                    self._answers.put(receive(pipe.fileno()))
            except EOFError:
                pass
            except Exception as error:  # noqa: BLE001 - reading what is garbled may raise anything
                _log.warning("what came from the process was garbled: %s", type(error).__name__)
        self.end()
        self._outgoing.put(None)
        self._process.wait()
        self.ended.set()
        self._answers.put(None)


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return subprocess.Popen(
        command,
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Not the present one, which the person may want to rename or unplug.
        cwd=os.path.dirname(sys.executable),
        # One thread is enough for these small models; each more of them holds memory.
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        creationflags=flags,
        # What a terminal sends to the program does not reach it.
        start_new_session=True,
    )
