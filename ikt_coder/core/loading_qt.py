"""How Qt is loaded: without the work that PySide6 does for uses this program has not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ikt_coder.core import quick_enumerations
from ikt_coder.core.late_sources import late_sources
from ikt_coder.core.own_imports import own_imports

_NEEDED_AT_ONCE = ("__init__.py", "loader.py", "importhandler.py", "mapping.py")
"""The second and the third run while Qt is loaded; into the last PySide6 looks past Python."""


@contextmanager
def loading_qt() -> Iterator[None]:
    """Load PySide6 within this, the first time that the program does.

    PySide6 carries Python texts about the signatures of its functions (for ``help``, for the
    message about a wrong argument, for making .pyi files). They have no compiled form and would be
    compiled at each start, which takes as long as loading Qt itself; here it happens when the
    first such message is wanted. See also ``own_imports`` and ``quick_enumerations``.
    """
    quick_enumerations.install()
    with own_imports(), late_sources("shibokensupport/signature/", but=_NEEDED_AT_ONCE):
        yield
