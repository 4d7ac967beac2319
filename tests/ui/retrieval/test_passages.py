"""The list of passages."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
import shiboken6
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.words import Flag, Valence
from ikt_coder.services.codings import NewCoding
from ikt_coder.ui.codes.code_chooser import CodeChooser
from ikt_coder.ui.retrieval.passage_delegate import PassageDelegate, clock
from ikt_coder.ui.retrieval.passage_model import CODINGS
from ikt_coder.ui.retrieval.passages import PassagesPane
from tests.studies import TALK, add_talk, span_of
from tests.ui.retrieval.conftest import Desk

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pane(desk: Desk, qtbot: QtBot) -> Iterator[PassagesPane]:
    window = QMainWindow()
    made = PassagesPane(desk.context, window)
    window.setCentralWidget(made)
    window.resize(420, 500)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    yield made
    desk.context.tasks.wait(5000)
    window.close()
    shiboken6.delete(window)


def shown(pane: PassagesPane) -> list[str]:
    found: list[str] = []
    index = pane.model.index(0, 0)
    while index.isValid():
        found.append(str(index.data()))
        index = pane.tree.indexBelow(index)
    return found


def row_of(pane: PassagesPane, coding: UUID) -> QModelIndex:
    index = pane.model.index_of(coding)
    assert index.isValid()
    return index


class TestListing:
    def test_by_document_in_the_order_of_the_text(
        self, desk: Desk, pane: PassagesPane, qtbot: QtBot
    ) -> None:
        desk.apply(1, "slides")
        desk.apply(0, "I came late")
        desk.apply(0, "She phoned me")
        pane.show_code(desk.code)
        qtbot.waitUntil(lambda: pane.model.count == 3)
        assert shown(pane) == ["Talk", "She phoned me", "I came late", "Second talk", "slides"]
        assert pane.count.text() == "3 codings in 2 documents"
        assert pane.title.text() == "Trust"

    def test_sub_codes_on_asking(self, desk: Desk, pane: PassagesPane, qtbot: QtBot) -> None:
        desk.apply(0, "slides")
        desk.apply(0, "late", desk.below)
        pane.show_code(desk.code)
        qtbot.waitUntil(lambda: pane.model.count == 1)
        qtbot.mouseClick(pane.below, LEFT)
        qtbot.waitUntil(lambda: pane.model.count == 2)
        assert pane.model.several_codes
        qtbot.mouseClick(pane.below, LEFT)
        qtbot.waitUntil(lambda: pane.model.count == 1)
        pane.show_code(desk.below)
        qtbot.waitUntil(lambda: pane.title.text() == "Earned")
        assert pane.below.isHidden()

    def test_all_coders_on_asking(self, desk: Desk, pane: PassagesPane, qtbot: QtBot) -> None:
        berit = desk.project.coders.add("Berit Lund")
        span = span_of(desk.project, desk.documents[0], "slides")
        desk.project.codings.apply_many([NewCoding(desk.documents[0], span, desk.code, berit)])
        own = desk.apply(0, "late")
        pane.show_code(desk.code)
        qtbot.waitUntil(lambda: pane.model.count == 1)
        qtbot.mouseClick(pane.everyone, LEFT)
        qtbot.waitUntil(lambda: pane.model.count == 2)
        delegate = pane.tree.itemDelegate()
        assert isinstance(delegate, PassageDelegate)
        passage = pane.model.passage(row_of(pane, own))
        assert passage is not None
        assert delegate.about(passage) == "P02 · AO"

    def test_codings_behind_a_figure(self, desk: Desk, pane: PassagesPane, qtbot: QtBot) -> None:
        keys = (desk.apply(1, "late"), desk.apply(0, "slides", desk.below))
        desk.apply(0, "late")
        pane.show_codings(keys)
        qtbot.waitUntil(lambda: pane.model.count == 2)
        assert pane.title.text() == "Passages"
        assert shown(pane) == ["Talk", "slides", "Second talk", "late"]

    def test_a_filter_keeps_the_rest_for_later(
        self, desk: Desk, pane: PassagesPane, qtbot: QtBot
    ) -> None:
        desk.apply(0, "She phoned me")
        noted = desk.apply(0, "late")
        desk.project.codings.change(noted, memo="By PHONE too")
        desk.apply(0, "slides")
        pane.show_code(desk.code)
        qtbot.waitUntil(lambda: pane.model.count == 3)
        qtbot.keyClicks(pane.field, "phone")
        qtbot.waitUntil(lambda: shown(pane) == ["Talk", "She phoned me", "late"])
        qtbot.keyClicks(pane.field, "zz")
        qtbot.waitUntil(pane.empty.isVisible)
        qtbot.keyClick(pane.field, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: pane.model.count == 3)
        assert pane.tree.isVisible()

    def test_nothing_says_what_to_do(self, desk: Desk, pane: PassagesPane, qtbot: QtBot) -> None:
        pane.show_code(desk.code)
        qtbot.waitUntil(lambda: pane.title.text() == "Trust")
        assert pane.empty.isVisible()
        desk.apply(0, "slides")
        qtbot.waitUntil(lambda: pane.model.count == 1)
        assert pane.tree.isVisible()


class TestKeepingUp:
    @pytest.fixture
    def keys(self, desk: Desk, pane: PassagesPane, qtbot: QtBot) -> list[UUID]:
        made = [desk.apply(0, words) for words in ("She phoned me", "slides", "I came late")]
        pane.show_code(desk.code)
        qtbot.waitUntil(lambda: pane.model.count == 3)
        return made

    def test_passages_come_and_go_with_selection_kept(
        self, desk: Desk, pane: PassagesPane, keys: list[UUID], qtbot: QtBot
    ) -> None:
        pane.tree.setCurrentIndex(row_of(pane, keys[1]))
        desk.project.codings.remove(keys[0])
        qtbot.waitUntil(lambda: pane.model.count == 2)
        assert pane.tree.chosen() == [keys[1]]
        desk.project.history.undo()
        qtbot.waitUntil(lambda: pane.model.count == 3)
        assert pane.tree.chosen() == [keys[1]]

    def test_a_changed_coding_is_painted_again_at_once(
        self, desk: Desk, pane: PassagesPane, keys: list[UUID]
    ) -> None:
        resets: list[int] = []
        pane.model.modelReset.connect(lambda: resets.append(1))
        desk.project.codings.change(keys[0], valence=Valence.BARRIER, memo="Softly")
        row = pane.model.coding(row_of(pane, keys[0]))
        assert row is not None
        assert (row.valence, row.memo) == (Valence.BARRIER, "Softly")
        assert resets == []

    def test_another_codes_coding_reads_nothing_anew(
        self, desk: Desk, pane: PassagesPane, keys: list[UUID], qtbot: QtBot
    ) -> None:
        qtbot.waitUntil(lambda: not pane._again.isActive())
        desk.apply(0, "slides", desk.below)
        assert not pane._again.isActive()

    def test_a_recoded_passage_leaves(
        self, desk: Desk, pane: PassagesPane, keys: list[UUID], qtbot: QtBot
    ) -> None:
        desk.project.codings.recode(keys[0], desk.below)
        qtbot.waitUntil(lambda: pane.model.count == 2)

    def test_a_merged_code_goes_on_as_its_survivor(
        self, desk: Desk, pane: PassagesPane, keys: list[UUID], qtbot: QtBot
    ) -> None:
        other = desk.project.codes.add("Being let in")
        desk.apply(1, "slides", other)
        desk.project.codes.merge(desk.code, other)
        qtbot.waitUntil(lambda: pane.title.text() == "Being let in")
        assert pane.model.count == 4

    def test_a_folded_document_stays_folded(
        self, desk: Desk, pane: PassagesPane, keys: list[UUID], qtbot: QtBot
    ) -> None:
        pane.tree.collapse(pane.model.index(0, 0))
        desk.apply(1, "slides")
        qtbot.waitUntil(lambda: pane.model.count == 4)
        assert shown(pane) == ["Talk", "Second talk", "slides"]

    def test_a_mended_text_is_read_anew(
        self, desk: Desk, pane: PassagesPane, keys: list[UUID], qtbot: QtBot
    ) -> None:
        assert "She phoned me" in shown(pane)
        at = TALK.index("phoned")
        desk.project.documents.mend(desk.documents[0], [TextEdit(at, "phoned", "called")])
        qtbot.waitUntil(lambda: "She called me" in shown(pane))

    def test_a_renamed_document(
        self, desk: Desk, pane: PassagesPane, keys: list[UUID], qtbot: QtBot
    ) -> None:
        desk.project.documents.rename(desk.documents[0], "First talk")
        qtbot.waitUntil(lambda: shown(pane)[0] == "First talk")


class TestActs:
    @pytest.fixture
    def keys(self, desk: Desk, pane: PassagesPane, qtbot: QtBot) -> list[UUID]:
        made = [desk.apply(0, words) for words in ("She phoned me", "slides", "I came late")]
        pane.show_code(desk.code)
        qtbot.waitUntil(lambda: pane.model.count == 3)
        return made

    def test_a_click_or_enter_shows_the_passage_in_its_place(
        self, desk: Desk, pane: PassagesPane, keys: list[UUID], qtbot: QtBot
    ) -> None:
        place = pane.tree.visualRect(row_of(pane, keys[1])).center()
        qtbot.mouseClick(pane.tree.viewport(), LEFT, pos=place)
        assert desk.revealed == [keys[1]]
        qtbot.keyClick(pane.tree, Qt.Key.Key_Down)
        assert desk.revealed == [keys[1]]
        qtbot.keyClick(pane.tree, Qt.Key.Key_Return)
        assert desk.revealed == [keys[1], keys[2]]

    def test_space_and_the_chevron_open_what_stands_around(
        self, desk: Desk, pane: PassagesPane, keys: list[UUID], qtbot: QtBot
    ) -> None:
        index = row_of(pane, keys[1])
        before = pane.tree.visualRect(index).height()
        pane.tree.setCurrentIndex(index)
        pane.tree.setFocus()
        qtbot.keyClick(pane.tree, Qt.Key.Key_Space)
        opened = pane.tree.visualRect(index)
        assert opened.height() > before
        delegate = pane.tree.itemDelegate()
        assert isinstance(delegate, PassageDelegate)
        whole = opened
        whole.setLeft(0)
        whole.setRight(pane.tree.viewport().width() - 1)
        place = delegate.chevron(whole).center()
        qtbot.mouseClick(pane.tree.viewport(), LEFT, pos=place)
        assert pane.tree.visualRect(index).height() == before
        assert desk.revealed == []

    def test_marks_on_several_in_one_act(
        self, desk: Desk, pane: PassagesPane, keys: list[UUID]
    ) -> None:
        flags = QItemSelectionModel.SelectionFlag
        for key in keys[:2]:
            pane.tree.selectionModel().select(row_of(pane, key), flags.Select)
        pane.action("star").trigger()
        starred = {r.id for r in desk.project.codings.many(keys) if Flag.STAR in r.flags}
        assert starred == set(keys[:2])
        assert desk.said == ["Marked 2 codings as quotable"]
        desk.project.history.undo()
        assert not any(r.flags for r in desk.project.codings.many(keys))

    def test_remove_goes_on_to_the_next(
        self, desk: Desk, pane: PassagesPane, keys: list[UUID], qtbot: QtBot
    ) -> None:
        pane.tree.setCurrentIndex(row_of(pane, keys[0]))
        pane.tree.setFocus()
        qtbot.keyClick(pane.tree, Qt.Key.Key_Delete)
        qtbot.waitUntil(lambda: pane.model.count == 2)
        assert pane.tree.chosen() == [keys[1]]
        assert desk.said == ["Removed 1 coding"]

    def test_another_coders_passage_is_refused(
        self, desk: Desk, pane: PassagesPane, keys: list[UUID]
    ) -> None:
        desk.project.coders.switch(desk.project.coders.add("Berit Lund"))
        pane.tree.setCurrentIndex(row_of(pane, keys[0]))
        pane.action("remove").trigger()
        assert len(desk.refused) == 1
        assert len(desk.project.codings.many(keys)) == 3

    def test_recode_by_typing(
        self, desk: Desk, pane: PassagesPane, keys: list[UUID], qtbot: QtBot
    ) -> None:
        pane.tree.setCurrentIndex(row_of(pane, keys[0]))
        pane.action("recode").trigger()
        chooser = pane.window().findChild(CodeChooser)
        assert chooser is not None
        qtbot.keyClicks(chooser.field, "ear")
        qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
        assert desk.project.codings.get(keys[0]).code == desk.below
        assert desk.said == ["1 coding: <b>Earned</b> now"]

    def test_passages_travel_as_their_ids(
        self, desk: Desk, pane: PassagesPane, keys: list[UUID]
    ) -> None:
        data = pane.model.mimeData([row_of(pane, key) for key in keys[:2]])
        assert bytes(data.data(CODINGS).data()).decode().split() == [str(k) for k in keys[:2]]
        assert data.text() == "She phoned me\n\nslides"

    def test_copy_names_the_source(self, desk: Desk, pane: PassagesPane, keys: list[UUID]) -> None:
        pane.tree.setCurrentIndex(row_of(pane, keys[0]))
        pane.action("copy").trigger()
        assert QApplication.clipboard().text() == "“She phoned me” (Talk, P01)"

    def test_escape_asks_to_close(
        self, desk: Desk, pane: PassagesPane, keys: list[UUID], qtbot: QtBot
    ) -> None:
        with qtbot.waitSignal(pane.close_asked):
            qtbot.keyClick(pane.tree, Qt.Key.Key_Escape)


def test_thousands_open_a_few_documents_at_a_time(
    desk: Desk, pane: PassagesPane, qtbot: QtBot
) -> None:
    many = [add_talk(desk.project, TALK, f"Talk {n}") for n in range(30)]
    length = len(TALK)
    desk.project.codings.apply_many(
        [
            NewCoding(document, Span(at, at + 9), desk.code)
            for document in many
            for at in range(0, length - 10, 3)
        ]
    )
    pane.show_code(desk.code)
    qtbot.waitUntil(lambda: pane.model.count > 2000)
    read_at_first = len(pane.model._read)
    assert read_at_first < 300
    qtbot.waitUntil(lambda: not pane.tree._closed, timeout=20_000)
    pane.tree.scrollToBottom()
    bar = pane.tree.verticalScrollBar()
    assert bar.value() == bar.maximum() > 50_000
    pane.tree.viewport().repaint()
    assert len(pane.model._read) < 600
    at = bar.value()
    desk.project.codings.remove(pane.model.listed[-1].id)
    qtbot.waitUntil(lambda: not pane._again.isActive() and not pane.tree._closed, timeout=20_000)
    assert abs(bar.value() - at) < 200


@pytest.mark.parametrize(
    ("milliseconds", "told"), [(0, "00:00"), (382_999, "06:22"), (3_600_000, "1:00:00")]
)
def test_clock(milliseconds: int, told: str) -> None:
    assert clock(milliseconds) == told
