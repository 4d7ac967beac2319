"""The details of a code and of a coding: read, edited, saved one act at a time."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from ikt_coder.core.words import Approach, Basis, Flag, Valence, WordPair
from ikt_coder.services.codings import NewCoding
from ikt_coder.ui.codes.panel import CodesPanel
from tests.ui.codes.conftest import Desk

LEFT = Qt.MouseButton.LeftButton


def acts(desk: Desk) -> int:
    return len(desk.project.history.all())


class TestOfACode:
    def test_the_chosen_code_is_told(self, desk: Desk, panel: CodesPanel) -> None:
        details = panel.details.code
        desk.project.codes.change(desk.code("Trust"), include="a <b>person</b> is credited")
        panel.tree.choose(desk.code("Trust"))
        assert details.name.text() == "Trust"
        assert details.definition.text() == "Confidence between persons."
        assert "a &lt;b&gt;person&lt;/b&gt; is credited" in details.rules.text()
        assert details.derived.isHidden()
        panel.tree.clearSelection()
        assert details.isHidden()
        assert panel.details.nothing.isVisible()

    def test_a_code_that_is_not_defined_yet_says_so_and_can_be(
        self, desk: Desk, panel: CodesPanel
    ) -> None:
        details = panel.details.code
        new = desk.project.codes.add("Waiting")
        panel.tree.choose(new)
        assert details.bare.text() == "Not defined yet."
        assert details.define.isVisible()
        details.define.click()
        assert details.fields["definition"].editor.hasFocus()
        details.end_editing()
        desk.project.codes.change(new, include="time passes")
        assert not details.bare.text()
        assert not details.define.isVisible()

    def test_the_code_that_others_were_merged_into_is_told(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        stays, goes = desk.project.codes.add("Stays"), desk.project.codes.add("Goes")
        panel.tree.choose(stays)
        index = panel.model.index_of(goes)
        panel.tree.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
        assert panel.details.nothing.isVisible()
        desk.project.codes.merge([goes], stays)
        qtbot.waitUntil(lambda: panel.tree.chosen_codes() == [stays])
        assert panel.details.code.isVisible()
        assert panel.details.code.name.text() == "Stays"

    def test_a_framework_code_tells_wording_and_derivation(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        desk.project.card.change(focal_actor="the nurse")
        desk.project.frameworks.add("tdf-v2")
        details = panel.details.code
        panel.tree.choose(desk.code("Environmental context and resources"))
        assert details.source.text() == "paraphrase by IKT Coder"
        assert "<b>Physical opportunity</b>, derived (Cane et al., 2012)" in details.derived.text()
        assert details.checked.text().startswith(("Checked in a source", "From memory"))
        details.add_source.click()
        field = details.fields["source_wording"].editor
        assert field.hasFocus()
        qtbot.keyClicks(field, "As printed")
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        code = desk.code("Environmental context and resources")
        desk.project.codes.change(code, definition="What the ward gives and takes.")
        assert details.source.text().startswith("worded by this project · source wording")
        desk.project.history.undo()
        assert "source wording: “As printed”" in details.source.text()
        assert details.add_source.isHidden()

    def test_a_frameworks_heading_names_its_source(self, desk: Desk, panel: CodesPanel) -> None:
        desk.project.frameworks.add("com-b")
        panel.tree.choose(desk.code("COM-B model of behaviour"))
        assert panel.details.code.source.text().startswith("Michie S, van Stralen MM")
        assert panel.details.code.edit.isHidden()

    def test_an_open_crosswalk_stays_undecided(self, desk: Desk, panel: CodesPanel) -> None:
        desk.project.frameworks.add("tdf-v2")
        rows = desk.project.codes.all()
        undecided = next(
            row
            for row in rows
            if (d := desk.project.crosswalks.derived(row)) is not None and d.undecided
        )
        panel.tree.choose(undecided.id)
        assert " or " in panel.details.code.derived.text()
        assert "undecided" in panel.details.code.derived.text()

    def test_a_field_is_saved_when_it_is_left(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        panel.tree.choose(desk.code("Time"))
        details = panel.details.code
        qtbot.mouseClick(details.edit, LEFT)
        before = acts(desk)
        field = details.fields["definition"].editor
        qtbot.keyClicks(field, "Hours, days, patience.")
        assert desk.project.codes.get(desk.code("Time")).definition == ""
        details.fields["include"].editor.setFocus()
        assert desk.project.codes.get(desk.code("Time")).definition == "Hours, days, patience."
        details.fields["exclude"].editor.setFocus()
        assert acts(desk) == before + 1
        qtbot.mouseClick(details.done, LEFT)
        assert not details.editing
        assert details.definition.text() == "Hours, days, patience."
        assert acts(desk) == before + 1

    def test_choosing_another_code_saves_what_was_typed(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        panel.tree.choose(desk.code("Time"))
        panel.acts["describe"].trigger()
        qtbot.keyClicks(panel.details.code.fields["definition"].editor, "Hours")
        panel.tree.choose(desk.code("Clear role"))
        assert desk.project.codes.get(desk.code("Time")).definition == "Hours"
        assert desk.project.codes.get(desk.code("Clear role")).definition == ""
        assert not panel.details.code.editing

    def test_the_rule_memo_is_written_changed_and_emptied(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        code = desk.code("Time")
        panel.tree.choose(code)
        for words, kept in (("Only hours.", ["Only hours."]), ("Hours, days.", ["Hours, days."])):
            panel.acts["memo"].trigger()
            field = panel.details.code.rule_field.editor
            assert field.hasFocus()
            field.selectAll()
            qtbot.keyClicks(field, words)
            panel.details.code.end_editing()
            assert [memo.text for memo in desk.project.memos.on(code=code)] == kept
            assert words in panel.details.code.rule.text()
        panel.acts["memo"].trigger()
        panel.details.code.rule_field.editor.clear()
        panel.details.code.end_editing()
        assert desk.project.memos.on(code=code) == ()

    def test_undo_is_seen(self, desk: Desk, panel: CodesPanel) -> None:
        panel.tree.choose(desk.code("Trust"))
        desk.project.codes.change(desk.code("Trust"), definition="Other words")
        assert panel.details.code.definition.text() == "Other words"
        desk.project.history.undo()
        assert panel.details.code.definition.text() == "Confidence between persons."


@pytest.fixture
def coding(desk: Desk, panel: CodesPanel) -> UUID:
    made = desk.apply("She phoned me", "Time")
    panel.show_coding(made)
    return made


class TestOfACoding:
    def test_tells_code_and_words(self, desk: Desk, panel: CodesPanel, coding: UUID) -> None:
        assert panel.details.code.name.text() == "Time"
        assert panel.details.coding.words.text() == "“She phoned me”"
        assert "by hand · AO" in panel.details.coding.origin.text()
        panel.show_coding(None)
        assert panel.details.coding.isHidden()
        assert panel.details.code.name.text() == "Time"

    def test_attributes_stay_away_until_used_or_asked_for(
        self, desk: Desk, panel: CodesPanel, coding: UUID, qtbot: QtBot
    ) -> None:
        shown = panel.details.coding
        assert shown.valence.isHidden()
        assert shown.memo.isVisible()
        shown.more.click()
        assert shown.valence.isVisible()
        shown.more.click()
        desk.project.card.change(approach=Approach.CODEBOOK)
        assert shown.valence.isVisible()
        assert not shown.levels
        desk.project.frameworks.add("sem-ikt3")
        assert len(shown.levels) == len(desk.project.frameworks.levels())
        assert all(chip.isVisible() for chip in shown.levels.values())
        desk.project.frameworks.add("coding-dimensions")
        assert all(chip.isVisible() for chip in shown.strengths.values())

    def test_the_first_direction_of_a_project_is_seen(
        self, desk: Desk, panel: CodesPanel, coding: UUID, qtbot: QtBot
    ) -> None:
        desk.project.codings.set_valence(coding, Valence.BARRIER)
        qtbot.waitUntil(panel.details.coding.valence.isVisible)
        assert panel.details.coding.valence.value() is Valence.BARRIER

    def test_direction_in_the_projects_words(
        self, desk: Desk, panel: CodesPanel, coding: UUID, qtbot: QtBot
    ) -> None:
        desk.project.card.change(approach=Approach.CODEBOOK, words=WordPair.BARRIERS_ENABLERS)
        button = panel.details.coding.valence.button(Valence.FACILITATOR)
        assert button.accessibleName() == "Enabler"
        qtbot.mouseClick(button, LEFT)
        assert desk.project.codings.get(coding).valence is Valence.FACILITATOR
        assert desk.said[-1] == "<b>Time</b>: Enabler"
        qtbot.mouseClick(button, LEFT)
        assert desk.project.codings.get(coding).valence is None

    def test_levels_strength_and_marks_by_key(
        self, desk: Desk, panel: CodesPanel, coding: UUID, qtbot: QtBot
    ) -> None:
        desk.project.frameworks.add("levels-micro-meso-macro")
        desk.project.frameworks.add("coding-dimensions")
        shown = panel.details.coding
        first, second = list(shown.levels)[:2]
        for level in (first, second, first):
            qtbot.keyClick(shown.levels[level], Qt.Key.Key_Space)
        assert desk.project.codings.get(coding).levels == {second}
        qtbot.keyClick(shown.strengths[2], Qt.Key.Key_Space)
        assert desk.project.codings.get(coding).strength == 2
        qtbot.keyClick(shown.strengths[1], Qt.Key.Key_Space)
        assert desk.project.codings.get(coding).strength == 1
        assert not shown.strengths[2].isChecked()
        qtbot.keyClick(shown.strengths[1], Qt.Key.Key_Space)
        assert desk.project.codings.get(coding).strength is None
        for flag in (Flag.STAR, Flag.DO_NOT_QUOTE, Flag.STAR):
            qtbot.keyClick(shown.flags[flag], Qt.Key.Key_Space)
        assert desk.project.codings.get(coding).flags == {Flag.DO_NOT_QUOTE}

    def test_the_basis_by_key_and_by_click(
        self, desk: Desk, panel: CodesPanel, coding: UUID, qtbot: QtBot
    ) -> None:
        shown = panel.details.coding
        explicit, inferred = shown.bases[Basis.EXPLICIT], shown.bases[Basis.INFERRED]
        assert not explicit.isVisible()
        qtbot.mouseClick(shown.more, LEFT)
        assert explicit.isVisible()
        before = acts(desk)
        qtbot.keyClick(explicit, Qt.Key.Key_Space)
        assert desk.project.codings.get(coding).basis is Basis.EXPLICIT
        qtbot.mouseClick(inferred, LEFT)
        assert desk.project.codings.get(coding).basis is Basis.INFERRED
        assert (explicit.isChecked(), inferred.isChecked()) == (False, True)
        assert acts(desk) == before + 2
        assert desk.said[-2:] == ["<b>Time</b>: explicit", "<b>Time</b>: inferred"]
        qtbot.mouseClick(shown.more, LEFT)
        assert inferred.isVisible()  # what a coding carries is always shown
        qtbot.mouseClick(inferred, LEFT)
        assert desk.project.codings.get(coding).basis is None
        assert not inferred.isVisible()
        desk.project.history.undo()
        qtbot.waitUntil(inferred.isVisible)
        assert inferred.isChecked()

    def test_a_memo_belongs_to_the_coding_it_was_typed_for(
        self, desk: Desk, panel: CodesPanel, coding: UUID, qtbot: QtBot
    ) -> None:
        other = desk.apply("slides", "Clear role")
        qtbot.keyClicks(panel.details.coding.memo.editor, "Said softly")
        panel.show_coding(other)
        assert desk.project.codings.get(coding).memo == "Said softly"
        assert desk.project.codings.get(other).memo == ""
        assert panel.details.coding.memo.editor.text() == ""

    def test_a_choice_between_two_targets(
        self, desk: Desk, panel: CodesPanel, qtbot: QtBot
    ) -> None:
        desk.project.frameworks.add("tdf-v2")
        code = next(
            row
            for row in desk.project.codes.all()
            if (d := desk.project.crosswalks.derived(row)) is not None and d.undecided
        )
        made = desk.project.codings.apply(desk.document, desk.span("slides"), code.id)
        panel.show_coding(made)
        shown = panel.details.coding
        assert len(shown.targets) == 2
        key = list(shown.targets)[1]
        qtbot.mouseClick(shown.targets[key], LEFT)
        assert desk.project.codings.get(made).mapping_choice == (key,)
        assert "derived" in shown.derived.text()
        qtbot.mouseClick(shown.targets[key], LEFT)
        assert "undecided" in shown.derived.text()
        panel.show_coding(desk.apply("phoned", "Time"))
        assert shown.targets == {}

    def test_a_choice_along_drawn_links(self, desk: Desk, panel: CodesPanel, qtbot: QtBot) -> None:
        project = desk.project
        project.frameworks.add("tdf-v2")
        nodes = {row.node_key: row.id for row in project.codes.all() if row.node_key}
        project.crosswalks.link(desk.code("Time"), [nodes["tdf2.01"], nodes["tdf2.02"]])
        coding = desk.apply("phoned", "Time")
        panel.show_coding(coding)
        shown = panel.details.coding
        assert list(shown.targets) == ["tdf2.01", "tdf2.02"]
        qtbot.mouseClick(shown.targets["tdf2.02"], LEFT)
        panel.show_coding(coding)
        # Skills leads on to two components.
        assert set(shown.targets) == {"tdf2.01", "tdf2.02", "comb.c.phys", "comb.c.psych"}
        qtbot.mouseClick(shown.targets["comb.c.phys"], LEFT)
        assert project.codings.get(coding).mapping_choice == ("tdf2.02", "comb.c.phys")
        assert "links of the project" in shown.derived.text()

    def test_behaviours_where_there_are_several(
        self, desk: Desk, panel: CodesPanel, coding: UUID
    ) -> None:
        shown = panel.details.coding
        assert shown.behaviour.isHidden()
        desk.project.card.add_behaviour("speaks up", "a partner")
        second = desk.project.card.add_behaviour("comes to meetings", "a partner")
        assert shown.behaviour.isVisible()
        shown.behaviour.editor.setCurrentIndex(2)
        shown.behaviour.editor.activated.emit(2)
        assert desk.project.codings.get(coding).behaviour == second

    def test_another_coders_coding_is_read_only(self, desk: Desk, panel: CodesPanel) -> None:
        berit = desk.project.coders.add("Berit Lund")
        span = desk.span("slides")
        (made,) = desk.project.codings.apply_many(
            [NewCoding(desk.document, span, desk.code("Time"), berit)]
        )
        panel.show_coding(made)
        shown = panel.details.coding
        assert "Berit Lund" in shown.owner.text()
        assert not shown.memo.isEnabled()
        assert not any(chip.isEnabled() for chip in shown.flags.values())

    def test_a_removed_coding_leaves_its_code(
        self, desk: Desk, panel: CodesPanel, coding: UUID, qtbot: QtBot
    ) -> None:
        desk.project.codings.remove(coding)
        qtbot.waitUntil(panel.details.coding.isHidden)
        assert panel.details.code.name.text() == "Time"

    def test_a_new_code_does_not_take_the_coding_away(self, desk: Desk, panel: CodesPanel) -> None:
        panel.tree.choose(desk.code("Trust"))
        panel.show_coding(desk.apply("slides", "Time"))
        desk.project.codes.add("Another")
        assert panel.details.coding.isVisible()
        assert panel.details.code.name.text() == "Time"
        panel.tree.choose(desk.code("Lost"))
        assert panel.details.coding.isHidden()
