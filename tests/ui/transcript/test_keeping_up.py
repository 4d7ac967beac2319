"""The view follows the project: other views, undo, and changes too many to name."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ikt_coder.core.words import Valence

from .conftest import Table


def marked(table: Table) -> dict[str, str]:
    offsets = table.view.page.offsets
    return {
        table.view.code_name(mark.row.code): table.text[
            offsets.to_point(mark.start) : offsets.to_point(mark.end)
        ]
        for mark in table.view.pane.marks
    }


def test_codings_made_elsewhere_appear_and_undo_takes_them(table: Table) -> None:
    span = table.span("paid for the taxi")
    table.project.codings.apply(table.document, span, table.codes["Social influences"])
    assert marked(table)["Social influences"] == "paid for the taxi"
    table.project.history.undo()
    assert "Social influences" not in marked(table)
    table.project.history.redo()
    assert marked(table)["Social influences"] == "paid for the taxi"


def test_only_the_touched_codings_are_read_again(table: Table) -> None:
    asked: list[set[object]] = []
    read = table.view.desk.codings_named
    table.view.desk.codings_named = lambda ids: (asked.append(set(ids)), read(ids))[1]  # type: ignore[method-assign]  # a counting stand-in
    coding = table.coding("Clear role")
    table.project.codings.set_valence([coding], Valence.MIXED)
    assert asked == [{coding}]


def test_a_code_renamed_or_recoloured_shows_at_once(table: Table) -> None:
    table.project.codes.change(table.codes["Clear role"], name="Known role")
    assert "Known role" in marked(table)


def test_a_code_deleted_takes_its_codings_off_the_page(table: Table) -> None:
    table.caret_in("partner is supposed")
    current: list[object] = []
    table.view.current_coding_changed.connect(current.append)
    table.project.codes.delete([table.codes["Clear role"]])
    assert "Clear role" not in marked(table)
    assert current[-1] is None
    table.project.history.undo()
    assert marked(table)["Clear role"] == "or what a partner is supposed to do"


def test_another_coder_sees_only_their_own(table: Table) -> None:
    other = table.project.coders.add("Coder B", "CB")
    table.project.coders.switch(other)
    table.view.reload()
    assert marked(table) == {}


def test_a_document_deleted_leaves_an_empty_view(table: Table) -> None:
    table.project.documents.delete(table.document)
    assert table.view.document is None
    assert table.view.selection() is None
    assert not table.view.acts["repeat"].isEnabled()
    table.view.grab()
    table.key(Qt.Key.Key_Q)
    table.key(Qt.Key.Key_W)
    table.key(Qt.Key.Key_J)


def test_scrolling_repaints_text_and_margins_together(table: Table) -> None:
    table.window.resize(960, 260)
    QTest.qWait(1)
    bar = table.view.pane.verticalScrollBar()
    assert bar.maximum() > 0
    table.view.stripes.grab()
    before = table.view.stripes._boxes[0][1]
    bar.setValue(10)
    table.view.stripes.grab()
    assert round(before - table.view.stripes._boxes[0][1]) == 10


def test_a_memo_on_a_passage_shows_a_mark_and_a_click_opens_it(table: Table) -> None:
    memo = table.project.memos.add(
        "ask about this", document=table.document, span=table.span("Then the coordinator")
    )
    opened: list[object] = []
    table.view.memo_opened.connect(opened.append)
    table.view.stripes.grab()
    ((box, found),) = table.view.stripes._note_boxes
    assert found == memo
    at = QPoint(round(box.center().x()), round(box.center().y()))
    table.bot.mouseClick(table.view.stripes, Qt.MouseButton.LeftButton, pos=at)
    assert opened == [memo]


def test_find_goes_through_the_places(table: Table) -> None:
    table.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    table.type("THE M")
    assert table.view.find_bar.count.text().endswith("of 4")
    first = table.view.selection()
    table.key(Qt.Key.Key_Return)
    assert table.view.selection() != first
    table.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert table.view.selection() == first
    table.key(Qt.Key.Key_Escape)
    assert not table.view.find_bar.isVisible()
    assert table.view.selection() == first
    assert table.view.pane.hasFocus()


def test_find_says_when_there_is_nothing(table: Table) -> None:
    table.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    table.type("zebra")
    assert table.view.find_bar.count.text() == "Not found"


def test_levels_set_elsewhere_and_taken_back_are_followed(table: Table) -> None:
    table.project.frameworks.add("levels-micro-meso-macro")
    level = table.project.frameworks.levels()[0].id
    coding = table.coding("Clear role")

    def held() -> frozenset[object]:
        mark = table.view.pane.marks.get(coding)
        assert mark is not None
        return mark.row.levels

    table.project.codings.toggle_level(coding, level)
    assert held() == {level}
    table.project.history.undo()
    assert held() == frozenset()


def test_a_speaker_named_anew_shows_in_the_gutter(table: Table) -> None:
    speaker = next(s for s in table.view.content.speakers if s.label == "P01")  # type: ignore[union-attr]  # a document is open
    participant = table.project.participants.add("Aster")
    table.project.documents.change_speaker(speaker.id, participant=participant)
    heading = table.view.heading_at(table.span("At the start").start)
    assert heading is not None
    assert heading.speaker == "Aster"


def test_an_act_paints_all_that_it_changed(table: Table) -> None:
    """What is painted after an act alone is what painting everything would show."""
    window, view = table.window, table.view

    def shown() -> QImage:
        QApplication.processEvents()
        QApplication.processEvents()
        place = QRect(view.pane.mapTo(window, QPoint()), view.pane.size())
        return window.screen().grabWindow(window.winId()).toImage().copy(place)

    def agrees() -> bool:
        after_the_act = shown()
        view.pane.refresh()
        return after_the_act == shown()

    view.pane.refresh()
    before = shown()
    table.select("a partner is supposed")
    assert view.hand.apply(table.codes["Social influences"]) is not None
    assert agrees()
    assert shown() != before
    for act in ("barrier", "star", "grab_end", "unsure", "remove"):
        view.acts[act].trigger()
        assert agrees(), act
    table.project.history.undo()
    assert agrees()
    view.make_current(table.coding("Trusting relationship"))
    assert agrees()
