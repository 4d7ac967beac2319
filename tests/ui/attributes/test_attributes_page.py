"""Attributes typed, chosen, cleared, pasted, sorted and filtered, by key and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QCalendarWidget, QDialog, QLineEdit, QMenu

from ikt_coder.core.ops import Op
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.ui.attributes.cell_editors import DayEdit
from ikt_coder.ui.attributes.page import AttributesPage
from ikt_coder.ui.people.view import PeopleDialog
from tests.ui.documents.workplace import Workplace

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def go(page: AttributesPage, who: str, name: str) -> None:
    """Make a cell the present one."""
    page.grid.setCurrentIndex(page.model.index(rows(page).index(who), names(page).index(name)))
    page.grid.setFocus()


def rows(page: AttributesPage) -> list[str]:
    return [page.model.owner(row).name for row in range(page.model.rowCount())]


def names(page: AttributesPage) -> list[str]:
    return [page.model.attribute(at).name for at in range(page.model.columnCount())]


def here(page: AttributesPage) -> tuple[str, str]:
    index = page.grid.currentIndex()
    return rows(page)[index.row()], names(page)[index.column()]


def value(work: Workplace, who: str, name: str) -> str:
    """What the project holds."""
    person = next(row.id for row in work.project.participants.all() if row.label == who)
    key = work.project.attributes.find(name, Subject.PARTICIPANT).id
    return work.project.attributes.value(person, key)


def shown(page: AttributesPage, who: str, name: str) -> str:
    index = page.model.index(rows(page).index(who), names(page).index(name))
    return str(index.data())


def editor(page: AttributesPage) -> QLineEdit:
    field = page.grid.viewport().findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    return field


def begin(page: AttributesPage, work: Workplace, words: str) -> None:
    """Type over the present cell; the first letter opens its editor."""
    work.type(words[0])
    work.bot.keyClicks(editor(page), words[1:])


def enter(page: AttributesPage, work: Workplace) -> None:
    """Enter in the editor, which Qt obeys a turn later."""
    work.bot.keyClick(editor(page), Qt.Key.Key_Return)
    work.bot.waitUntil(lambda: page.grid.viewport().findChild(QLineEdit) is None)


def in_front(dialog: QDialog | None, work: Workplace) -> None:
    """Wait until a dialog has the keyboard."""
    assert dialog is not None
    work.bot.waitUntil(dialog.isActiveWindow)


def acts(work: Workplace) -> int:
    return len(work.project.history.all())


def head_act(page: AttributesPage, name: str, words: str) -> QAction:
    menu = page.columns.menu(names(page).index(name))
    return next(a for a in menu.actions() if a.text().replace("&", "").startswith(words))


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


class TestFinding:
    def test_a_click_on_a_head_sorts_up_down_and_back(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        heads = page.grid.horizontalHeader()
        column = names(page).index("Years")
        place = QPoint(heads.sectionViewportPosition(column) + 12, heads.height() // 2)
        seen = []
        for _ in range(3):
            work.bot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)
            seen.append(rows(page))
        assert seen == [["P02", "P01"], ["P01", "P02"], ["P01", "P02"]]
        assert page.model.order is None

    def test_an_edit_moves_no_row_until_the_next_sorting(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        head_act(page, "Years", "Sort upwards").trigger()
        assert page.order.accessibleName() == "Order Years ↑"
        go(page, "P02", "Years")
        begin(page, work, "50")
        enter(page, work)
        assert rows(page) == ["P02", "P01"]
        work.project.history.undo()
        assert rows(page) == ["P02", "P01"]
        assert shown(page, "P02", "Years") == "9"

    def test_what_is_not_known_stands_last_both_ways(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        head_act(page, "Site", "Sort upwards").trigger()
        assert rows(page) == ["P01", "P02"]
        head_act(page, "Site", "Sort downwards").trigger()
        assert rows(page) == ["P01", "P02"]

    def test_the_filter_finds_names_and_values(self, page: AttributesPage, work: Workplace) -> None:
        page.filter.setFocus()
        work.type("NOR")
        assert rows(page) == ["P01"]
        assert page.facts.text() == "1 of 2 participants · 5 attributes"
        work.type("zzz")
        assert page.stack.currentWidget() is page.no_match
        work.key(Qt.Key.Key_Escape)
        assert rows(page) == ["P01", "P02"]

    def test_only_rows_with_some_values(self, page: AttributesPage, work: Workplace) -> None:
        head_act(page, "Role", "Show only").trigger()
        chooser = page.columns.chooser
        assert chooser is not None
        model = chooser.list.model()
        assert [model.index(at, 0).data() for at in range(model.rowCount())] == [
            "Nurse",
            "nothing known",
        ]
        work.key(Qt.Key.Key_End)
        work.key(Qt.Key.Key_Space)
        assert rows(page) == ["P02"]
        (pill,) = page.narrow.values()
        assert pill.accessibleName() == "Role nothing known"
        work.key(Qt.Key.Key_Space)
        assert rows(page) == ["P01", "P02"]
        assert not page.narrow

    def test_documents_have_a_grid_of_their_own(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        work.project.attributes.add("Held on", Subject.DOCUMENT, AttributeKind.DATE)
        work.click(page.switch.button("document"))
        assert names(page) == ["Held on"]
        assert rows(page) == ["P01 Patient partner", "P02 Clinician"]
        go(page, "P02 Clinician", "Held on")
        begin(page, work, "2025-02-03")
        enter(page, work)
        document = work.document("P02 Clinician").id
        key = work.project.attributes.find("Held on", Subject.DOCUMENT).id
        assert work.project.attributes.value(document, key) == "2025-02-03"


class TestAttributes:
    def test_one_is_added_with_its_choices(self, page: AttributesPage, work: Workplace) -> None:
        work.click(page.add_button)
        form = page.columns.form
        assert form is not None
        in_front(form, work)
        work.type("Phase")
        form.kind.editor.setFocus()
        work.type("one")
        assert form.choices.isVisible()
        form.choices.editor.setFocus()
        work.type("Before")
        work.key(Qt.Key.Key_Return)
        work.type("After")
        form.name.editor.setFocus()
        work.key(Qt.Key.Key_Return)
        assert page.columns.form is None
        row = work.project.attributes.find("Phase", Subject.PARTICIPANT)
        assert (row.kind, row.choices) == (AttributeKind.CHOICE, ("Before", "After"))
        assert here(page)[1] == "Phase"

    def test_a_taken_name_is_refused_and_the_form_stays(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        work.click(page.add_button)
        form = page.columns.form
        assert form is not None
        in_front(form, work)
        work.type("site")
        work.key(Qt.Key.Key_Return)
        assert "already" in form.name.note()
        assert form.isVisible()
        form.reject()
        assert names(page) == ["Site", "Years", "Joined", "Role", "Tongues"]

    def test_a_kind_that_values_do_not_fit_is_refused_naming_them(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        head_act(page, "Site", "Kind").trigger()
        form = page.columns.form
        assert form is not None
        in_front(form, work)
        form.kind.editor.setCurrentIndex(1)
        work.click(form.save_button)
        assert "“North”" in form.kind.note()
        assert "Nothing was changed." in form.kind.note()
        form.kind.editor.setCurrentIndex(3)
        work.click(form.save_button)
        row = work.project.attributes.find("Site", Subject.PARTICIPANT)
        assert (row.kind, row.choices) == (AttributeKind.CHOICE, ("North",))

    def test_rename_move_and_delete_from_the_menu_of_the_head(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        head_act(page, "Site", "Rename").trigger()
        in_front(page.columns.form, work)
        work.type("Place")
        work.key(Qt.Key.Key_Return)
        assert names(page)[0] == "Place"
        head_act(page, "Place", "Move right").trigger()
        assert names(page)[:2] == ["Years", "Place"]
        head_act(page, "Place", "Move left").trigger()
        assert names(page)[:2] == ["Place", "Years"]
        act = head_act(page, "Years", "Delete")
        assert act.text().replace("&", "") == "Delete with 2 values"
        act.trigger()
        assert work.said[-1] == "Deleted the attribute <b>Years</b> with 2 values"
        assert "Years" not in names(page)
        work.project.history.undo()
        assert shown(page, "P01", "Years") == "10"

    @pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)")
    def test_alt_down_opens_the_menu_of_the_present_head(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        go(page, "P02", "Role")
        work.key(Qt.Key.Key_Down, ALT)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert menu.accessibleName() == "Role"
        menu.close()

    def test_a_project_without_attributes_says_what_to_do(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        for row in work.project.attributes.all():
            work.project.attributes.delete(row.id)
        assert page.stack.currentWidget() is page.empty
        work.project.history.undo()
        assert page.stack.currentWidget() is not page.empty

    def test_every_cell_says_whose_it_is(self, page: AttributesPage) -> None:
        index = page.model.index(1, names(page).index("Site"))
        said = index.data(Qt.ItemDataRole.AccessibleTextRole)
        assert said == "P02, Site: nothing known"
