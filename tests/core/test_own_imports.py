"""Python's own import stays where a library would put another in its place."""

from __future__ import annotations

import builtins
import subprocess
import sys

import pytest

from ikt_coder.core.own_imports import own_imports

# As the program loads Qt; then a module that names Qt, whose source nobody may have read.
_LOADS_QT = """
import builtins, linecache, sys
own = builtins.__import__
from ikt_coder.core.own_imports import own_imports
with own_imports():
    import PySide6.QtWidgets
assert builtins.__import__ is own
import ikt_coder.ui.widgets.row_tree
from PySide6.QtCore import QObject, Qt
assert QObject().objectName() == "" and Qt.Key.Key_A.value == 0x41
print(*(name for name in linecache.cache if "ikt_coder" in name))
"""


def _replace_and_fail() -> None:
    builtins.__import__ = lambda *_: None  # type: ignore[assignment]  # as PySide6 does
    raise RuntimeError


def test_the_import_that_was_there_is_there_again() -> None:
    own = builtins.__import__
    with pytest.raises(RuntimeError), own_imports():
        _replace_and_fail()
    assert builtins.__import__ is own


def test_qt_works_and_reads_no_source_of_what_is_imported_after_it() -> None:
    told = subprocess.run(
        [sys.executable, "-c", _LOADS_QT], capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == []
