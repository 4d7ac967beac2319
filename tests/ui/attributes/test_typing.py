"""Values typed, chosen from what is offered, and refused, by key and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLineEdit

from ikt_coder.ui.attributes.cell_editors import DayEdit
from ikt_coder.ui.attributes.page import AttributesPage
from tests.ui.attributes.cells import (
    acts,
    begin,
    editor,
    enter,
    go,
    head_act,
    here,
    names,
    shown,
    value,
)
from tests.ui.documents.workplace import Workplace

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class TestTyping:
    def test_typing_replaces_enter_keeps_and_goes_down(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        go(page, "P01", "Site")
        before = acts(work)
        begin(page, work, "south")
        enter(page, work)
        assert value(work, "P01", "Site") == "south"
        assert acts(work) == before + 1
        assert here(page) == ("P02", "Site")
        assert work.said[-1] == "<b>P01</b>: <b>Site</b> is <b>south</b>"

    @pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Return])
    def test_f2_and_enter_edit_what_is_there_and_esc_leaves_it(
        self, page: AttributesPage, work: Workplace, key: Qt.Key
    ) -> None:
        go(page, "P01", "Site")
        work.key(key)
        assert editor(page).text() == "North"
        work.bot.keyClicks(editor(page), "nowhere")
        work.bot.keyClick(editor(page), Qt.Key.Key_Escape)
        assert value(work, "P01", "Site") == shown(page, "P01", "Site") == "North"
        assert here(page) == ("P01", "Site")

    def test_a_double_click_edits(self, page: AttributesPage, work: Workplace) -> None:
        index = page.model.index(0, names(page).index("Years"))
        place = page.grid.visualRect(index).center()
        work.bot.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
        work.bot.mouseDClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
        work.bot.keyClicks(editor(page), "3,5")
        enter(page, work)
        assert value(work, "P01", "Years") == shown(page, "P01", "Years") == "3.5"

    def test_a_bad_number_is_refused_beside_the_cell_with_what_stays(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        go(page, "P01", "Years")
        before = acts(work)
        begin(page, work, "many")
        enter(page, work)
        said = page.note.words.text()
        assert page.note.isVisible()
        assert "“many” is not a number, which “Years” asks for." in said
        assert "“10” stays." in said
        assert here(page) == ("P01", "Years")
        cell = page.grid.cell_rect(page.grid.currentIndex())
        assert not page.note.geometry().intersects(
            cell.translated(page.grid.mapTo(page, QPoint(0, 0)))
        )
        assert value(work, "P01", "Years") == "10"
        assert acts(work) == before
        work.bot.wait(1)
        work.key(Qt.Key.Key_Down)
        assert not page.note.isVisible()

    def test_what_a_click_elsewhere_ends_is_refused_as_visibly(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        go(page, "P02", "Joined")
        begin(page, work, "soon")
        place = page.grid.visualRect(page.model.index(0, 0)).center()
        work.bot.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert page.note.isVisible()
        assert "Nothing known stays." in page.note.words.text()

    def test_a_day_is_typed_in_any_form_that_means_one(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        go(page, "P01", "Joined")
        work.key(Qt.Key.Key_F2)
        field = editor(page)
        assert isinstance(field, DayEdit)
        work.bot.keyClicks(field, "31 March 2025")
        enter(page, work)
        assert shown(page, "P01", "Joined") == "2025-03-31"

    @pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)")
    def test_a_day_is_picked_from_the_calendar(self, page: AttributesPage, work: Workplace) -> None:
        go(page, "P01", "Joined")
        work.key(Qt.Key.Key_F2)
        field = editor(page)
        assert isinstance(field, DayEdit)
        work.bot.keyClicks(field, "2025-03-31")
        work.bot.keyClick(field, Qt.Key.Key_Down, ALT)
        assert field.calendar is not None
        calendar = field.calendar.findChild(QCalendarWidget)
        assert calendar.selectedDate().toString(Qt.DateFormat.ISODate) == "2025-03-31"
        work.key(Qt.Key.Key_Left)
        work.key(Qt.Key.Key_Return)
        assert value(work, "P01", "Joined") == "2025-03-30"

    def test_what_stays_the_same_is_no_act(self, page: AttributesPage, work: Workplace) -> None:
        before = acts(work)
        go(page, "P01", "Site")
        work.key(Qt.Key.Key_F2)
        enter(page, work)
        assert acts(work) == before
        assert here(page) == ("P02", "Site")


class TestChoosing:
    def test_one_choice_by_arrow_and_enter(self, page: AttributesPage, work: Workplace) -> None:
        go(page, "P01", "Role")
        work.key(Qt.Key.Key_Return)
        work.key(Qt.Key.Key_Down)
        work.key(Qt.Key.Key_Return)
        assert value(work, "P01", "Role") == shown(page, "P01", "Role") == "Patient"
        assert QApplication.focusWidget() is page.grid

    def test_a_letter_goes_to_its_choice(self, page: AttributesPage, work: Workplace) -> None:
        go(page, "P02", "Role")
        work.type("p")
        work.key(Qt.Key.Key_Return)
        assert value(work, "P02", "Role") == "Patient"

    def test_nothing_known_can_be_chosen(self, page: AttributesPage, work: Workplace) -> None:
        go(page, "P01", "Role")
        work.key(Qt.Key.Key_F2)
        work.key(Qt.Key.Key_End)
        work.key(Qt.Key.Key_Return)
        assert value(work, "P01", "Role") == ""

    def test_several_marks_are_one_act(self, page: AttributesPage, work: Workplace) -> None:
        before = acts(work)
        go(page, "P01", "Tongues")
        work.key(Qt.Key.Key_Return)
        work.key(Qt.Key.Key_End)
        work.key(Qt.Key.Key_Space)
        work.key(Qt.Key.Key_Home)
        work.key(Qt.Key.Key_Space)
        assert value(work, "P01", "Tongues") == ""
        work.key(Qt.Key.Key_Escape)
        assert value(work, "P01", "Tongues") == "English; Cree"
        assert acts(work) == before + 1

    def test_closing_without_a_change_is_no_act(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        before = acts(work)
        go(page, "P01", "Role")
        work.key(Qt.Key.Key_Return)
        work.key(Qt.Key.Key_Escape)
        assert acts(work) == before


class TestGoingOn:
    def test_tab_goes_on_typing_in_the_next_column(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        go(page, "P01", "Site")
        begin(page, work, "East")
        work.bot.keyClick(editor(page), Qt.Key.Key_Tab)
        assert here(page) == ("P01", "Years")
        # The first editor goes a turn later.
        work.bot.waitUntil(lambda: len(page.grid.viewport().findChildren(QLineEdit)) == 1)
        work.bot.keyClicks(editor(page), "11")
        enter(page, work)
        assert (value(work, "P01", "Site"), value(work, "P01", "Years")) == ("East", "11")

    def test_reading_only_nothing_can_be_typed(self, page: AttributesPage, work: Workplace) -> None:
        page.model.editable = False
        before = acts(work)
        for name in ("Site", "Role", "Tongues"):
            go(page, "P01", name)
            for key in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_A):
                work.key(key)
            work.key(Qt.Key.Key_V, CTRL)
        assert page.grid.viewport().findChild(QLineEdit) is None
        assert page.values.chooser is None
        assert acts(work) == before
        assert not head_act(page, "Site", "Delete").isEnabled()
