"""Source texts that a library compiles anew at each start, compiled when somebody asks."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

_waiting: dict[str, Any] = {}
"""The source texts by file name, between their being put off and their module's running."""

_STAND_IN = "from {here} import filler\n__getattr__ = filler(globals(), {filename!r})\ndel filler\n"


@contextmanager
def late_sources(folder: str, but: Collection[str] = ()) -> Iterator[None]:
    """What is compiled within this from a file under ``folder`` is put off, but for ``but``.

    ``folder`` is the beginning of the names that the library gives to ``compile``, with the last
    slash; ``but`` are names of files without folder. The library goes on with modules that are
    empty; the first question for anything of such a module compiles and runs its text, in the
    module's own namespace. Texts of other places are compiled as ever.
    """
    own = builtins.compile

    def compiled(source: Any, filename: Any, *given: Any, **named: Any) -> Any:
        late = isinstance(filename, str) and filename.startswith(folder)
        if late and filename.rpartition("/")[2] not in but:
            _waiting[filename] = source
            source = _STAND_IN.format(here=__name__, filename=filename)
        return own(source, filename, *given, **named)

    builtins.compile = compiled  # there is no other way in
    try:
        yield
    finally:
        builtins.compile = own
        _waiting.clear()


def filler(namespace: dict[str, Any], filename: str) -> Callable[[str], Any]:
    """The ``__getattr__`` of a module that was put off: fills ``namespace`` when it is asked."""
    source = _waiting.pop(filename)
    lock = RLock()  # whoever asks while another thread fills it waits
    begun = False

    def ask(name: str) -> Any:
        nonlocal begun
        # The import statement asks for such names of its own; they fill nothing.
        if not name.startswith("__"):
            with lock:
                if not begun:
                    begun = True  # the text may ask for what it has not defined yet
                    try:
                        exec(compile(source, filename, "exec"), namespace)
                    except BaseException:
                        begun = False  # whoever asks next tries again
                        raise
                if name in namespace:
                    return namespace[name]
        raise AttributeError(f"module {namespace.get('__name__')!r} has no attribute {name!r}")

    return ask
