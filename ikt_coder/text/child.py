"""The process for language pipelines, seen from within: it reads questions and writes answers.

It imports neither Qt nor the database, writes no file, and ends with the program that started it.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from typing import Any, Final

from ikt_coder.core.errors import Cancelled
from ikt_coder.core.span import Span
from ikt_coder.text.analysis import analyse, lemmas_of
from ikt_coder.text.messages import receive, send
from ikt_coder.text.pipelines import PipelineInfo

_NICER: Final = 10
"""Steps of priority below the program's."""


def serve(idle: float) -> int:
    """Answer questions until there was none for ``idle`` seconds, or the program has ended."""
    questions, answers = _own_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program says when to end
    if hasattr(os, "nice"):  # elsewhere it was started with a low priority
        os.nice(_NICER)
    waiting = _Questions(questions)
    while (asked := waiting.next(idle)) is not None:
        number, *question = asked
        try:
            answer = ("done", _answer(waiting, number, *question))
        except Cancelled:
            continue  # nobody waits for it any more
        except Exception as error:  # noqa: BLE001 - the program does it itself and meets it there
            answer = ("failed", type(error).__name__)
        send(answers, (number, *answer))
    return 0


def _answer(waiting: _Questions, number: int, kind: str, *what: Any) -> object:
    def stop() -> bool:
        return waiting.stopped >= number

    if kind == "analyse":
        text, spoken, info = what
        return analyse(text, [Span(*ends) for ends in spoken], PipelineInfo(*info), stop)
    words, info = what
    return lemmas_of(words, PipelineInfo(*info), stop)


class _Questions:
    """Questions in their order; read aside, so that being told to stop is heard at any time."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._waiting: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
        self.stopped = 0
        """The number of the last question whose answer nobody waits for."""
        threading.Thread(target=self._read, daemon=True).start()

    def next(self, seconds: float) -> tuple[Any, ...] | None:
        try:
            return self._waiting.get(timeout=seconds)
        except queue.Empty:
            return None

    def _read(self) -> None:
        try:
            while True:
                number, *question = receive(self._pipe)
                if question:
                    self._waiting.put((number, *question))
                else:
                    self.stopped = number
        finally:
            # The program has ended, however it did. Nothing is to be saved.
            os._exit(0)


def _own_pipes() -> tuple[int, int]:
    """The pipes to the program, out of the way of whatever prints or reads."""
    pipes = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    if sys.platform == "win32":
        import msvcrt

        for pipe in pipes:
            msvcrt.setmode(pipe, os.O_BINARY)
    return pipes
