"""How far long work is, on a terminal; nothing where standard error is a file or a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int, str], object]


@contextmanager
def shown_progress(what: str) -> Iterator[Progress | None]:
    """Gives what services call with (done, whole, name of what comes next)."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    # A file's name may hold the brackets of rich's own markup.
    name = TextColumn("{task.fields[now]}", markup=False)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), name)
    # Gone when it is done: what is told afterwards stands alone.
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, now="")

        def tell(done: int, whole: int, now: str) -> None:
            bar.update(task, completed=done, total=whole, now=now)

        yield tell
