"""Qt is loaded without the texts about its signatures, and gives them when they are asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

_ASKS = """
import sys
{loading}
    import PySide6.QtWidgets
from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QLabel
try:
    print({question})
except Exception as error:
    print(type(error).__name__, error)
"""
_USUAL = "if True:"
_OURS = "from ikt_coder.core.loading_qt import loading_qt\nwith loading_qt():"

_QUESTIONS = {
    "wrong kinds": 'QRect(1, "a")',
    "too many": "QObject(5, 6, 7)",
    "an unknown name": "QPoint(1, 2).manhattanLength(nothing=3)",
    "a wrong kind of a widget": "QLabel.setText(None, 3)",
    "documentation": "QPoint.manhattanLength.__doc__",
    "a signature": '__import__("PySide6.support.signature").support.signature.get_signature(QRect)',
    "the generator": '__import__("PySide6.support.signature.lib.pyi_generator").__version__',
}
"""Each is the first that the process asks, because PySide6 looks into some texts itself."""

_READ = """
print(*(name for name in ("parser", "layout", "errorhandler", "lib.pyi_generator")
        if any(not known.startswith("__")
               for known in vars(sys.modules["shibokensupport.signature." + name]))))
"""


def _told(script: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.parametrize("question", _QUESTIONS.values(), ids=list(_QUESTIONS))
def test_qt_answers_as_ever(question: str) -> None:
    usual, ours = (
        _told(_ASKS.format(loading=loading, question=question)) for loading in (_USUAL, _OURS)
    )
    assert ours == usual
    assert usual.strip()


@pytest.mark.parametrize(("loading", "some"), [(_USUAL, True), (_OURS, False)])
def test_the_texts_about_signatures_are_read_only_when_asked(loading: str, some: bool) -> None:
    assert bool(_told(_ASKS.format(loading=loading, question="1") + _READ).split()[1:]) is some
