"""The wheel scrolls a form and changes nothing in it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import ikt_coder.ui
from ikt_coder.ui.widgets.quiet_fields import (
    QuietComboBox,
    QuietDateEdit,
    QuietDoubleSpinBox,
    QuietSpinBox,
)


def wheel_passes(widget: QWidget) -> bool:
    """Turn the wheel over a widget; whether it left that to what it stands in."""
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at,
        widget.mapToGlobal(at),
        QPoint(0, -40),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return not event.isAccepted()


@pytest.mark.parametrize("kind", ["list", "number", "fraction", "day"])
def test_the_wheel_scrolls_the_form_instead(qtbot: QtBot, kind: str) -> None:
    if kind == "list":
        field: QuietComboBox | QuietSpinBox | QuietDoubleSpinBox | QuietDateEdit = QuietComboBox()
        assert isinstance(field, QuietComboBox)
        field.addItems(["characters", "words", "turns"])
        value = field.currentText
    elif kind == "number":
        field = QuietSpinBox()
        value = field.text
    elif kind == "fraction":
        field = QuietDoubleSpinBox()
        value = field.text
    else:
        field = QuietDateEdit()
        field.setDate(QDate(2026, 11, 1))
        value = field.text
    qtbot.addWidget(field)
    field.show()
    before = value()
    assert wheel_passes(field)
    assert value() == before
    assert field.focusPolicy() == Qt.FocusPolicy.StrongFocus
    field.setFocus()
    assert wheel_passes(field)
    assert value() == before


@pytest.mark.parametrize("kind", [QuietSpinBox, QuietDoubleSpinBox, QuietDateEdit])
def test_the_words_keep_off_the_edge(
    qtbot: QtBot, kind: type[QuietSpinBox | QuietDoubleSpinBox | QuietDateEdit]
) -> None:
    field = kind()
    qtbot.addWidget(field)
    field.show()
    words = field.lineEdit()
    assert words.x() + words.textMargins().left() >= 7


def test_no_screen_has_a_field_that_the_wheel_changes() -> None:
    loud = {"QComboBox", "QSpinBox", "QDoubleSpinBox", "QDateEdit"}
    package = Path(ikt_coder.ui.__file__).parent
    found = [
        f"{path.relative_to(package)}:{node.lineno}"
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in loud
    ]
    assert found == []
