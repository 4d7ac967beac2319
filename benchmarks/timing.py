"""Taking times: medians and p95 over several runs."""

from __future__ import annotations

import gc
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table. ``unit`` is ms or MB; ``goal`` is for ``measure``."""

    name: str
    unit: str
    median: float
    p95: float
    runs: int
    goal: float
    measure: str  # "median" or "p95"

    @property
    def met(self) -> bool:
        return (self.p95 if self.measure == "p95" else self.median) <= self.goal

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "met": self.met}


def summed(
    name: str, taken: list[float], goal: float, *, measure: str = "median", unit: str = "ms"
) -> Result:
    ordered = sorted(taken)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return Result(
        name,
        unit,
        round(statistics.median(taken), 2),
        round(p95, 2),
        len(taken),
        goal,
        measure,
    )


def times(act: Callable[[], object], runs: int, *, warm: int = 1) -> list[float]:
    """Milliseconds of each run, after ``warm`` runs that do not count."""
    for _ in range(warm):
        act()
    taken = []
    gc.collect()
    for _ in range(runs):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def peak_memory() -> float:
    """The most memory this process has held so far, in MB. Where the system says it itself: what
    `getrusage` says of a process that was just started may still be its parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def apart(lines: Callable[[], Sequence[Result]]) -> list[Result]:
    """Measure some lines in a process of their own, as a window on one project is: what other
    lines left behind is no part of them. ``lines`` is a function of a module, or a partial."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return list(pool.submit(lines).result())
