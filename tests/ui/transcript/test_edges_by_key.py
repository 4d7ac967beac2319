from __future__ import annotations

from PySide6.QtCore import Qt

from .conftest import Table

CONTROL = Qt.KeyboardModifier.ControlModifier
CODE = "Trusting relationship"
WORDS = "She went through the slides with me"


def shown(table: Table) -> str:
    mark = table.view.pane.marks.get(table.coding(CODE))
    assert mark is not None
    offsets = table.view.page.offsets
    return table.text[offsets.to_point(mark.start) : offsets.to_point(mark.end)]


def test_e_and_arrows_move_the_end_and_enter_keeps_it(table: Table) -> None:
    table.caret_in("through the slides")
    table.key(Qt.Key.Key_E)
    for _ in range(3):
        table.key(Qt.Key.Key_Left)
    assert shown(table) == WORDS[:-3]
    assert table.coded(CODE) == [WORDS]
    table.key(Qt.Key.Key_Return)
    assert table.coded(CODE) == [WORDS[:-3]]
    assert table.said[-1] == f"{CODE} now holds 6 words"


def test_with_ctrl_the_edge_moves_by_words(table: Table) -> None:
    table.caret_in("through the slides")
    table.key(Qt.Key.Key_S)
    table.key(Qt.Key.Key_Right, CONTROL)
    assert shown(table) == WORDS[len("She ") :]
    table.key(Qt.Key.Key_Left, CONTROL)
    table.key(Qt.Key.Key_Left, CONTROL)
    assert shown(table) == "me. " + WORDS
    table.key(Qt.Key.Key_E)
    table.key(Qt.Key.Key_Left, CONTROL)
    table.key(Qt.Key.Key_Return)
    assert table.coded(CODE) == ["me. She went through the slides with"]


def test_esc_lets_the_edge_go_back(table: Table) -> None:
    table.caret_in("through the slides")
    table.key(Qt.Key.Key_E)
    table.key(Qt.Key.Key_Right)
    table.key(Qt.Key.Key_Escape)
    assert shown(table) == WORDS
    assert table.coded(CODE) == [WORDS]
    assert not table.view.edge_grab.holding


def test_the_edges_never_pass_each_other(table: Table) -> None:
    table.caret_in("through the slides")
    table.key(Qt.Key.Key_S)
    for _ in range(12):
        table.key(Qt.Key.Key_Right, CONTROL)
    table.key(Qt.Key.Key_Return)
    assert table.coded(CODE) == ["e"]


def test_an_edge_steps_over_an_emoji_at_once(table: Table) -> None:
    span = table.span("expected of me")
    coding = table.project.codings.apply(table.document, span, table.codes["Social influences"])
    table.view.make_current(coding)
    table.key(Qt.Key.Key_E)
    table.key(Qt.Key.Key_Right)
    table.key(Qt.Key.Key_Right)
    table.key(Qt.Key.Key_Return)
    assert table.coded("Social influences") == ["expected of me 🙂"]


def test_another_act_keeps_the_edge_first(table: Table) -> None:
    table.caret_in("through the slides")
    table.key(Qt.Key.Key_E)
    table.key(Qt.Key.Key_Left)
    table.key(Qt.Key.Key_P)
    assert table.coded(CODE) == [WORDS[:-1]]
    assert not table.view.edge_grab.holding
