"""The feet of dialogs: the main button stands last, whoever built the foot."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QInputDialog, QVBoxLayout
from pytestqt.qtbot import QtBot

import ikt_coder.ui
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.dialog_foot import DialogFoot
from tests.ui.dialog_order import ON_PURPOSE, out_of_order


@pytest.mark.parametrize("order", [("Write", "Cancel", "More…"), ("Cancel", "More…", "Write")])
def test_the_main_button_stands_last_at_the_right(
    qtbot: QtBot, appearance: Appearance, order: tuple[str, ...]
) -> None:
    dialog = QDialog()
    foot = DialogFoot(appearance)
    for words in order:
        button = foot.add_button(words, dialog.reject)
        if words == "Write":
            button.setProperty("kind", "primary")
    QVBoxLayout(dialog).addWidget(foot)
    qtbot.addWidget(dialog)
    dialog.resize(500, 120)
    with qtbot.waitActive(dialog):
        dialog.show()
    qtbot.waitUntil(lambda: foot.buttons[-1].geometry().x() > 300)
    assert foot.buttons[-1].text() == "Write"
    assert out_of_order(dialog) == []
    assert [one.text() for one in sorted(foot.buttons, key=lambda one: one.x())][-1] == "Write"
    before = foot.buttons[-2]
    assert before.nextInFocusChain() is foot.buttons[-1]


def test_dialogs_of_the_library_keep_the_order(qtbot: QtBot, appearance: Appearance) -> None:
    dialog = QInputDialog()
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    keep, leave = (
        box.button(QDialogButtonBox.StandardButton.Ok),
        box.button(QDialogButtonBox.StandardButton.Cancel),
    )
    assert leave.x() < keep.x()
    assert out_of_order(dialog) == []


def test_the_order_is_seen_where_it_is_wrong(qtbot: QtBot, appearance: Appearance) -> None:
    """The check that follows every dialog of these tests (conftest) can fail."""
    dialog = QDialog()
    dialog.setProperty(ON_PURPOSE, True)
    foot = DialogFoot(appearance)
    first = foot.add_button("Write", dialog.accept)
    foot.add_button("Cancel", dialog.reject)
    QVBoxLayout(dialog).addWidget(foot)
    qtbot.addWidget(dialog)
    dialog.resize(400, 100)
    dialog.show()
    first.setProperty("kind", "primary")
    assert out_of_order(dialog) == ["QDialog: “Write” stands before “Cancel”"]


def test_every_dialog_with_a_way_out_builds_its_foot_so_that_the_main_button_is_last() -> None:
    """In the source: where a row takes a button that leaves and a main one by hand, the main one
    is added last."""
    looked_at = 0
    for file in sorted(Path(ikt_coder.ui.__path__[0]).rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        mains, leaves = _named(tree, '"kind", "primary"'), _named(tree, "self.tr('Cancel')")
        added = [
            (ast.unparse(call.func.value), ast.unparse(call.args[0]))
            for call in sorted(
                (node for node in ast.walk(tree) if isinstance(node, ast.Call)),
                key=lambda node: node.lineno,
            )
            if isinstance(call.func, ast.Attribute) and call.func.attr == "addWidget" and call.args
        ]
        for at, (row, name) in enumerate(added):
            after = [other for where, other in added[at + 1 :] if where == row]
            if name in mains:
                looked_at += 1
                assert not leaves & set(after), f"{file.name}: {name} is added before the way out"
    assert looked_at > 5


def _named(tree: ast.Module, what: str) -> set[str]:
    """What is assigned from, or called with, something that reads so."""
    wanted = what.replace('"', "'")
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and wanted in ast.unparse(node.value):
            found |= {ast.unparse(one) for one in node.targets}
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "setProperty"
            and wanted in ast.unparse(node)
        ):
            found.add(ast.unparse(node.func.value))
    return found
