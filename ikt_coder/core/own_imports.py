"""Python's own ``import``, kept while a library is loaded that puts another in its place."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def own_imports() -> Iterator[None]:
    """Load PySide6 within this; afterwards an ``import`` is again what it was.

    PySide6 puts an ``import`` of its own in place, which reads the source text of every module
    that is imported from then on, to learn whether it names PySide6 and might ask for another
    spelling of Qt's names (``from __feature__ import snake_case``). This program asks for none;
    the reading would be a twelfth of its start, and the texts would stay in memory.
    """
    own = builtins.__import__
    try:
        yield
    finally:
        builtins.__import__ = own
