"""Mending the text while the codings move along."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ikt_coder.core.errors import NotAllowed

from .conftest import Table

CONTROL = Qt.KeyboardModifier.ControlModifier
CODE = "Trusting relationship"


def begin(table: Table) -> None:
    table.key(Qt.Key.Key_E, CONTROL)
    assert table.view.mending.active


def caret_before(table: Table, words: str) -> None:
    shown = table.view.pane.document().toRawText().replace("\u2029", "\n")
    units = shown[: shown.index(words)].encode("utf-16-le")
    table.view.pane.place_caret(len(units) // 2)


def marked(table: Table) -> str:
    mark = table.view.pane.marks.get(table.coding(CODE))
    assert mark is not None
    shown = table.view.pane.document().toRawText().replace("\u2029", "\n")
    units = shown.encode("utf-16-le")
    return units[mark.start * 2 : mark.end * 2].decode("utf-16-le")


def test_typing_moves_the_codings_live_and_done_is_one_act(table: Table) -> None:
    begin(table)
    caret_before(table, "phoned me")
    table.type("often ")
    caret_before(table, "slides with me")
    table.type("long ")
    assert marked(table) == "She went through the long slides with me"
    table.key(Qt.Key.Key_E, CONTROL)
    assert not table.view.mending.active
    assert "the coordinator often phoned me. She went through the long slides" in table.text
    assert table.coded(CODE) == ["She went through the long slides with me"]
    assert table.said[-1] == "Mended the text in 2 places"
    assert table.project.documents.get(table.document).revision == 1
    table.project.history.undo()
    assert "often" not in table.text
    assert table.coded(CODE) == ["She went through the slides with me"]


def test_letters_type_while_mending_and_code_nothing(table: Table) -> None:
    before = len(table.project.codings.in_document(table.document))
    begin(table)
    table.select("It is a small thing")
    table.type("q1vb")
    assert "q1vb" in table.view.pane.document().toRawText()
    table.view.mending.done()
    assert "q1vb." in table.text
    assert len(table.project.codings.in_document(table.document)) == before


def test_a_typo_mended_inside_a_coding_stays_inside(table: Table) -> None:
    begin(table)
    caret_before(table, "me, and in the")
    for _ in range(2):
        table.key(Qt.Key.Key_Delete)
    table.type("us")
    assert marked(table) == "She went through the slides with us"
    table.view.mending.done()
    assert table.coded(CODE) == ["She went through the slides with us"]


def test_undo_while_mending_brings_words_and_codings_back(table: Table) -> None:
    begin(table)
    table.select("She went through the slides with me, and ")
    table.key(Qt.Key.Key_Delete)
    assert marked(table) == ""
    table.view.pane.undo()
    assert marked(table) == "She went through the slides with me"
    assert table.view.mending.edits == 0
    table.view.mending.done()
    assert table.project.documents.get(table.document).revision == 0


def test_a_line_can_be_broken_and_joined(table: Table) -> None:
    begin(table)
    caret_before(table, "She went")
    table.key(Qt.Key.Key_Return)
    assert marked(table) == "She went through the slides with me"
    table.view.mending.done()
    assert "phoned me. \nShe went" in table.text
    begin(table)
    caret_before(table, "She went")
    table.key(Qt.Key.Key_Backspace)
    table.view.mending.done()
    assert "phoned me. She went" in table.text
    assert table.coded(CODE) == ["She went through the slides with me"]


def test_esc_leaves_everything_as_it_was(table: Table) -> None:
    before = table.text
    begin(table)
    caret_before(table, "She went")
    table.type("really ")
    table.view.pane.insertPlainText("🙂🙂 ")
    table.key(Qt.Key.Key_Escape)
    assert not table.view.mending.active
    assert table.text == before
    assert table.view.pane.document().toRawText().replace("\u2029", "\n") == before
    assert table.coded(CODE) == ["She went through the slides with me"]
    assert not table.view.mending.bar.isVisible()


def test_labels_can_be_mended_too(table: Table) -> None:
    begin(table)
    assert table.point("P01 [04:20]").x() + 30 < table.point("At the start").x()
    table.view.mending.cancel()
    assert abs(table.point("P01 [04:20]").x() - table.point("At the start").x()) <= 2


def test_the_reader_stays_where_they_were(table: Table) -> None:
    table.select("It is a small thing")
    begin(table)
    assert table.view.pane.textCursor().selectedText() == "It is a small thing"
    table.view.mending.cancel()
    assert table.view.selection() == table.span("It is a small thing")


def test_what_the_project_refuses_stays_on_screen_to_decide(table: Table) -> None:
    def refuse(*_args: object) -> int:
        raise NotAllowed("The disk is full; the text was not changed.")

    begin(table)
    caret_before(table, "She went")
    table.type("Then ")
    table.view.desk.mend = refuse  # type: ignore[method-assign]  # stands for a refusing project
    table.view.mending.done()
    assert table.view.mending.active
    assert "disk is full" in str(table.failures[-1])
    assert "Then She went" in table.view.pane.document().toRawText()
    table.view.mending.cancel()


def test_opening_another_document_finishes_mending(table: Table) -> None:
    begin(table)
    caret_before(table, "She went")
    table.type("Then ")
    table.view.open_document(table.document)
    assert not table.view.mending.active
    assert "Then She went" in table.text
    assert QApplication.focusWidget() is table.view.pane
