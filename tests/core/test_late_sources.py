"""Source texts that are compiled when somebody asks for what they define."""

from __future__ import annotations

import builtins
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from types import ModuleType
from typing import Any

import pytest

from ikt_coder.core.late_sources import late_sources

FOLDER = "library/texts/"


def _run(source: str, filename: str, **known: Any) -> ModuleType:
    """A module, run as the library does it."""
    module = ModuleType("library.texts.one")
    vars(module).update(known)
    exec(compile(source, filename, "exec"), vars(module))
    return module


def test_a_text_runs_once_and_only_when_something_of_it_is_asked() -> None:
    ran: list[int] = []
    with late_sources(FOLDER):
        module = _run("ran.append(1)\nvalue = 7", FOLDER + "one.py", ran=ran)
    assert not hasattr(module, "__path__")
    assert ran == []
    assert module.value == 7
    assert module.value == 7
    with pytest.raises(AttributeError, match=r"'library\.texts\.one' has no attribute 'nothing'"):
        _ = module.nothing
    assert ran == [1]


@pytest.mark.parametrize("filename", ["library/other.py", FOLDER + "now.py"])
def test_other_texts_run_at_once(filename: str) -> None:
    with late_sources(FOLDER, but=("now.py",)):
        assert "value" in vars(_run("value = 7", filename))


def test_afterwards_texts_of_the_folder_run_at_once_too() -> None:
    own = builtins.compile
    with pytest.raises(RuntimeError), late_sources(FOLDER):
        raise RuntimeError
    assert builtins.compile is own
    assert "value" in vars(_run("value = 7", FOLDER + "one.py"))


def test_a_text_that_fails_runs_again_when_it_is_asked_again() -> None:
    ready: list[int] = []
    with late_sources(FOLDER):
        module = _run("first = ready[0]", FOLDER + "one.py", ready=ready)
    with pytest.raises(IndexError):
        _ = module.first
    ready.append(3)
    assert module.first == 3


def test_a_text_that_asks_its_own_module_for_what_is_not_there_yet_is_told_so() -> None:
    with late_sources(FOLDER):
        module = _run("early = hasattr(me[0], 'late')\nlate = 1", FOLDER + "one.py", me=[])
    module.me.append(module)
    assert module.late == 1
    assert module.early is False


def test_two_threads_ask_at_once_and_both_get_the_whole() -> None:
    running, both = Event(), Barrier(2, timeout=20)
    ran: list[int] = []

    def pause() -> None:
        ran.append(1)
        running.wait(0.2)

    with late_sources(FOLDER):
        module = _run("pause()\nvalue = 7", FOLDER + "one.py", pause=pause)

    def ask(_: int) -> int:
        both.wait()
        return int(module.value)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(ask, range(2))) == [7, 7]
    assert ran == [1]
