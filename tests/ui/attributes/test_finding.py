"""Rows sorted and filtered; attributes added, changed, moved and deleted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu

from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.ui.attributes.page import AttributesPage
from tests.ui.attributes.cells import (
    begin,
    enter,
    go,
    head_act,
    here,
    in_front,
    names,
    rows,
    shown,
)
from tests.ui.documents.workplace import Workplace

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class TestFinding:
    def test_a_click_on_a_head_sorts_up_down_and_back(
        self, page: AttributesPage, work: Workplace
    ) -> None:
        heads = page.grid.horizontalHeader()
        column = names(page).index("Years")
        place = QPoint(heads.sectionViewportPosition(column) + 12, heads.height() // 2)
        seen, heads_say = [], []
        for _ in range(3):
            work.bot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)
            seen.append(rows(page))
            heads_say.append(page.model.headerData(column, Qt.Orientation.Horizontal))
        assert seen == [["P02", "P01"], ["P01", "P02"], ["P01", "P02"]]
        assert heads_say == ["Years ↑", "Years ↓", "Years"]

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
