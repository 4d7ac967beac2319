"""The Crosswalks page: the undecided list by keyboard, figures that open, drawn links."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ikt_coder.core.query import Whose
from ikt_coder.core.words import Valence
from tests.ui.crosswalks.conftest import Desk

Key = Qt.Key


def _three_skills(desk: Desk) -> list[object]:
    study = desk.study
    made = [
        study.coding("She phoned me", "Skills", Valence.FACILITATOR),
        study.coding("Nobody had explained", "Skills", Valence.BARRIER),
        study.coding("I came late", "Optimism"),
    ]
    study.coding("the slides", "Knowledge")
    desk.page.show_view("undecided")
    desk.settle()
    desk.page.focus_page()
    return list(made)


def _rows(desk: Desk) -> list[str]:
    return [row.words for row in desk.page.undecided.model.rows]


class TestUndecided:
    def test_digits_choose_and_go_on_to_the_next(self, desk: Desk) -> None:
        made = _three_skills(desk)
        view = desk.page.undecided
        assert _rows(desk) == ["She phoned me", "Nobody had explained", "I came late"]
        assert "She phoned me before the third meeting" in view.passage.toPlainText()
        assert [button.text() for button in view.buttons] == [
            "Physical capability",
            "Psychological capability",
            "Both",
        ]
        desk.press(Key.Key_2)
        codings = desk.study.project.codings
        assert codings.get(made[0]).mapping_choice == ("comb.c.psych",)  # type: ignore[arg-type]  # a key
        assert _rows(desk) == ["Nobody had explained", "I came late"]
        assert "Nobody had explained" in view.passage.toPlainText()
        desk.press(Key.Key_T)
        assert codings.get(made[1]).mapping_choice == ("comb.c.phys", "comb.c.psych")  # type: ignore[arg-type]  # a key
        assert [button.text() for button in view.buttons][:2] == [
            "Reflective motivation",
            "Automatic motivation",
        ]
        desk.press(Key.Key_1)
        assert _rows(desk) == []
        assert view.empty.isVisible()
        assert desk.said[0] == "to <b>Psychological capability</b>"

    def test_several_at_once_are_one_act(self, desk: Desk) -> None:
        made = _three_skills(desk)
        project = desk.study.project
        before = len(project.history.all())
        desk.press(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        desk.press(Key.Key_1)
        assert _rows(desk) == ["I came late"]  # leads elsewhere, and waits on
        assert project.codings.get(made[2]).mapping_choice == ()  # type: ignore[arg-type]  # a key
        assert len(project.history.all()) == before + 1
        project.history.undo()
        desk.settle()
        assert len(_rows(desk)) == 3

    def test_j_k_and_o(self, desk: Desk) -> None:
        made = _three_skills(desk)
        desk.press(Key.Key_J)
        desk.press(Key.Key_J)
        desk.press(Key.Key_K)
        desk.press(Key.Key_O)
        assert desk.revealed == [made[1]]

    def test_the_number_left_stands_in_the_switch(self, desk: Desk) -> None:
        _three_skills(desk)
        assert ("undecided", "Undecided 3") in desk.page.switch.shown()
        desk.press(Key.Key_1)
        assert ("undecided", "Undecided 2") in desk.page.switch.shown()

    def test_another_coders_codings_wait_for_them(self, desk: Desk) -> None:
        _three_skills(desk)
        project = desk.study.project
        project.coders.switch(project.coders.add("Bo Lindqvist"))
        desk.settle()
        desk.press(Key.Key_1)
        assert len(_rows(desk)) == 3
        assert not desk.page.undecided.buttons[0].isEnabled()
        desk.page.set_whose(Whose.MINE)
        desk.settle()
        assert _rows(desk) == []


class TestCounts:
    def test_a_figure_opens_its_passages(self, desk: Desk) -> None:
        made = _three_skills(desk)
        desk.press(Key.Key_2)
        desk.page.show_view("counts")
        desk.settle()
        desk.page.focus_page()
        grid = desk.page.counts.grid
        names = [grid.figures.index(row, 0).data() for row in range(grid.figures.rowCount())]
        row = names.index("Psychological capability")
        assert [grid.figures.index(row, at).data() for at in (2, 3, 4)] == ["1", "2", "2"]
        grid.setCurrentIndex(grid.figures.index(row, 4))
        desk.press(Key.Key_Return)
        (opened,) = desk.wanted
        assert made[0] in opened  # type: ignore[operator]  # a tuple of keys
        assert len(opened) == 2  # type: ignore[arg-type]  # a tuple of keys
        assert "Cane" in desk.page.counts.note.text()

    def test_undecided_is_shown_beside_both(self, desk: Desk) -> None:
        desk.study.coding("She phoned me", "Skills")
        desk.page.show_view("counts")
        desk.settle()
        grid = desk.page.counts.grid.figures
        shown = {
            (grid.index(row, 0).data(), grid.index(row, 1).data()): grid.index(row, 5).data()
            for row in range(grid.rowCount())
        }
        assert shown["Physical capability", ""] == shown["Psychological capability", ""] == "1"
        assert shown["Total, each once", ""] == "1"


class TestLinks:
    def test_a_source_is_switched(self, desk: Desk) -> None:
        desk.study.coding("I came late", "Optimism")
        desk.settle()
        assert len(_rows(desk)) == 1
        desk.page.show_view("links")
        desk.page.links.follow("tdf-v2--com-b", "michie2014")
        desk.settle()
        assert _rows(desk) == []
        assert "Michie" in desk.page.links.source_pills["tdf-v2--com-b"].accessibleName()

    def test_a_link_is_drawn_and_taken_away(self, desk: Desk) -> None:
        study = desk.study
        study.coding("She phoned me", "Contact")
        desk.settle()
        desk.page.show_view("links")
        links = desk.page.links
        links.set_start(study.code("Contact"))
        links.set_ends(frozenset({study.code("Social opportunity")}))
        links.note.editor.setFocus()
        desk.bot.keyClicks(links.note.editor, "Someone is there")
        desk.press(Key.Key_Return)
        (row,) = study.project.crosswalks.links()
        assert (row.code_name, row.target.name, row.note) == (
            "Contact",
            "Social opportunity",
            "Someone is there",
        )
        assert links.model.rows == (row,)
        links.list.setFocus()
        desk.press(Key.Key_Delete)
        assert study.project.crosswalks.links() == ()
        assert links.empty.isVisible()
