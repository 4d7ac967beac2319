"""Who runs language pipelines: the thread that asks, or a process of their own (``process``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ikt_coder.core.span import Span
from ikt_coder.text import analysis
from ikt_coder.text.analysis import Analysis, Stop
from ikt_coder.text.pipelines import PipelineInfo


class Runner(Protocol):
    """Analyses texts and typed words; its methods may be called on any thread."""

    def analyse(
        self, text: str, spoken: Sequence[Span], info: PipelineInfo, stop: Stop | None = None
    ) -> Analysis:
        """See ``analysis.analyse``. Raises Cancelled."""

    def lemmas_of(
        self, words: str, info: PipelineInfo, stop: Stop | None = None
    ) -> list[frozenset[str]]:
        """See ``analysis.lemmas_of``. Raises Cancelled."""

    def close(self) -> None:
        """Give back what is held; at once. Who still waits for an answer gets Cancelled."""


class OnThisThread:
    """Runs pipelines where it is asked to: for the command line, which shows no window."""

    def analyse(
        self, text: str, spoken: Sequence[Span], info: PipelineInfo, stop: Stop | None = None
    ) -> Analysis:
        return analysis.analyse(text, spoken, info, stop)

    def lemmas_of(
        self, words: str, info: PipelineInfo, stop: Stop | None = None
    ) -> list[frozenset[str]]:
        return analysis.lemmas_of(words, info, stop)

    def close(self) -> None:
        """There is nothing to give back: loaded pipelines stay for the next project."""
