"""Blocks of values cleared, copied and pasted."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from ikt_coder.core.ops import Op
from ikt_coder.ui.attributes import value_acts
from ikt_coder.ui.attributes.page import AttributesPage
from ikt_coder.ui.people.view import PeopleDialog
from tests.ui.attributes.cells import (
    acts,
    go,
    here,
    in_front,
    shown,
    value,
)
from tests.ui.documents.workplace import Workplace

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class TestMany:
    def test_del_clears_all_chosen_cells_in_one_act(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        before = acts(work)
        go(page, "P01", "Site")
        work.key(Qt.Key.Key_Right, SHIFT)
        work.key(Qt.Key.Key_Down, SHIFT)
        work.key(Qt.Key.Key_Delete)
        assert work.said[-1] == "Cleared 3 values"
        assert [value(work, who, "Years") for who in ("P01", "P02")] == ["", ""]
        assert shown(page, "P01", "Site") == ""
        assert acts(work) == before + 1
        assert here(page) == ("P02", "Years")

    def test_many_values_are_written_away_from_the_main_thread(
        self, page: AttributesPage, work: Workplace, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(value_acts, "_AT_ONCE", 2)
        threads: list[threading.Thread] = []
        attributes = work.project.attributes
        write = attributes.set

        def told(*given: object, **named: object) -> None:
            threads.append(threading.current_thread())
            write(*given, **named)  # type: ignore[arg-type]  # passed on as it came

        monkeypatch.setattr(attributes, "set", told)
        go(page, "P01", "Site")
        work.key(Qt.Key.Key_Right, SHIFT)
        work.key(Qt.Key.Key_Down, SHIFT)
        work.key(Qt.Key.Key_Delete)
        work.bot.waitUntil(lambda: bool(work.said) and work.said[-1] == "Cleared 3 values")
        assert len(threads) == 1
        assert threads[0] is not threading.main_thread()
        work.bot.waitUntil(lambda: shown(page, "P01", "Site") == "")

    def test_undo_in_the_dialog_brings_the_value_back(
        self, page: AttributesPage, people: PeopleDialog, work: Workplace
    ) -> None:
        go(page, "P01", "Site")
        work.key(Qt.Key.Key_Delete)
        assert shown(page, "P01", "Site") == ""
        with work.bot.waitSignal(work.context.message):
            work.click(people.status.undo_button())
        assert shown(page, "P01", "Site") == "North"

    def test_a_block_is_copied_as_a_spreadsheet_takes_it(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        go(page, "P01", "Site")
        work.key(Qt.Key.Key_Right, SHIFT)
        work.key(Qt.Key.Key_Down, SHIFT)
        work.key(Qt.Key.Key_C, CTRL)
        assert QGuiApplication.clipboard().text() == "North\t10\n\t9"
        page.values.copy(names=True)
        assert QGuiApplication.clipboard().text() == "\tSite\tYears\nP01\tNorth\t10\nP02\t\t9"

    def test_a_pasted_block_is_looked_at_first_and_is_one_act(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        before = acts(work)
        QGuiApplication.clipboard().setText("East\t12\tlater\nWest\tx\t2025-01-02\nbeyond\n")
        go(page, "P01", "Site")
        work.key(Qt.Key.Key_V, CTRL)
        preview = page.values.preview
        assert preview is not None
        in_front(preview, work)
        assert preview.summary.text() == ("4 values are set, 2 do not fit, 1 lies beyond the grid.")
        assert "P01, Joined: “later” is not a date" in preview.faults.text()
        assert "P02, Years: “x” is not a number" in preview.faults.text()
        assert preview.model.index(1, 1).data() == "✕ x"
        assert acts(work) == before
        work.key(Qt.Key.Key_Return)
        assert page.values.preview is None
        assert [value(work, who, "Site") for who in ("P01", "P02")] == ["East", "West"]
        assert value(work, "P01", "Years") == "12"
        assert value(work, "P02", "Years") == "9"
        assert shown(page, "P02", "Joined") == "2025-01-02"
        assert acts(work) == before + 1
        work.project.history.undo()
        assert shown(page, "P01", "Site") == "North"
        assert value(work, "P02", "Joined") == ""

    def test_new_choices_and_empty_cells_are_asked_for(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        QGuiApplication.clipboard().setText("\tEnglish\nCarer\tDene; Cree")
        go(page, "P01", "Role")
        work.key(Qt.Key.Key_V, CTRL)
        preview = page.values.preview
        assert preview is not None
        in_front(preview, work)
        assert preview.set_button.text() == "Set 1 value"
        assert preview.add_choices.text() == "Add new choices (Role: Carer; Tongues: Dene)"
        work.click(preview.add_choices, QPoint(8, preview.add_choices.height() // 2))
        work.click(preview.clear_empty, QPoint(8, preview.clear_empty.height() // 2))
        assert preview.set_button.text() == "Set 4 values"
        work.click(preview.set_button)
        assert [value(work, who, "Role") for who in ("P01", "P02")] == ["", "Carer"]
        assert value(work, "P02", "Tongues") == "Cree; Dene"

    def test_esc_leaves_everything(self, page: AttributesPage, work: Workplace) -> None:
        before = acts(work)
        QGuiApplication.clipboard().setText("East\nWest")
        go(page, "P01", "Site")
        work.key(Qt.Key.Key_V, CTRL)
        in_front(page.values.preview, work)
        work.key(Qt.Key.Key_Escape)
        assert page.values.preview is None
        assert acts(work) == before
        assert page.isVisible()

    def test_one_value_fills_all_chosen_cells(self, page: AttributesPage, work: Workplace) -> None:
        QGuiApplication.clipboard().setText("7")
        go(page, "P01", "Years")
        work.key(Qt.Key.Key_Down, SHIFT)
        work.key(Qt.Key.Key_V, CTRL)
        preview = page.values.preview
        assert preview is not None
        in_front(preview, work)
        work.click(preview.set_button)
        assert [value(work, who, "Years") for who in ("P01", "P02")] == ["7", "7"]

    def test_a_single_value_goes_in_at_once_or_shows_its_fault(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        QGuiApplication.clipboard().setText("East")
        go(page, "P02", "Site")
        work.key(Qt.Key.Key_V, CTRL)
        assert page.values.preview is None
        assert value(work, "P02", "Site") == "East"
        go(page, "P02", "Years")
        work.key(Qt.Key.Key_V, CTRL)
        preview = page.values.preview
        assert preview is not None
        in_front(preview, work)
        assert not preview.set_button.isEnabled()
        preview.reject()

    def test_hundreds_of_values_are_written_off_the_main_thread(
        self, page: AttributesPage, people: PeopleDialog, work: Workplace
    ) -> None:
        with work.project.operation(Op.ADD_PARTICIPANT):
            for number in range(3, 103):
                work.project.participants.add(f"P{number:02}")
        before = acts(work)
        QGuiApplication.clipboard().setText("\n".join(f"Site {at}" for at in range(102)))
        go(page, "P01", "Site")
        work.key(Qt.Key.Key_V, CTRL)
        preview = page.values.preview
        assert preview is not None
        in_front(preview, work)
        with work.bot.waitSignal(work.context.message, timeout=20_000):
            work.click(preview.set_button)
        work.bot.waitUntil(lambda: page.up_to_date and not work.context.tasks.busy)
        assert shown(page, "P102", "Site") == "Site 101"
        assert acts(work) == before + 1
