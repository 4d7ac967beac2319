"""Versions, codings to look at again, glossary, and a codebook from a file."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from ikt_coder.services.memo_links import MemoTopic, Topic
from ikt_coder.ui.codebook.checklist_dialog import ChecklistDialog
from ikt_coder.ui.codebook.glossary_page import GlossaryPage
from ikt_coder.ui.codebook.import_dialog import CodebookImportDialog
from ikt_coder.ui.codebook.look_again_page import LookAgainPage
from ikt_coder.ui.codebook.place import CodebookPlace
from ikt_coder.ui.codebook.versions_page import VersionsPage
from ikt_coder.ui.memos.editor import MemoEditor
from ikt_coder.ui.memos.place import MemoPlace
from ikt_coder.ui.widgets.roles import ItemRole
from tests.ui.history.study_desk import Desk


def code_with_codings(desk: Desk) -> tuple[UUID, list[UUID]]:
    """A code on three passages, worded anew since."""
    code = desk.project.codes.add("Time", definition="Hours a partner has.")
    codings = [
        desk.project.codings.apply(desk.document, desk.span(words), code)
        for words in ("She phoned me", "Nobody had explained", "I came late")
    ]
    desk.project.codes.change(code, definition="Hours a trainee has.")
    return code, codings


@pytest.fixture
def again(desk: Desk) -> tuple[LookAgainPage, list[UUID]]:
    _, codings = code_with_codings(desk)
    page = LookAgainPage(desk.context)
    page.resize(900, 600)
    desk.show(page)
    desk.bot.waitUntil(lambda: page.model.rowCount() == 3)
    page.focus_page()
    return page, codings


def test_keys_go_through_the_list(desk: Desk, again: tuple[LookAgainPage, list[UUID]]) -> None:
    page, codings = again
    assert [row.coding.id for row in page.model.rows] == codings
    assert "partner" in page.wording.toPlainText()
    assert "trainee" in page.wording.toPlainText()
    assert "phoned" in page.passage.toPlainText()
    desk.bot.keyClick(page.list, Qt.Key.Key_J)
    assert page.current() == codings[1]
    desk.bot.keyClick(page.list, Qt.Key.Key_K)
    desk.bot.keyClick(page.list, Qt.Key.Key_Return)
    # The next one stands there at once: a second press is for it.
    assert page.current() == codings[1]
    desk.bot.keyClick(page.list, Qt.Key.Key_U)
    desk.bot.keyClick(page.list, Qt.Key.Key_A)
    desk.bot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
    assert desk.failures == []
    assert desk.project.upkeep.count() == 0
    assert len(desk.project.codings.in_document(desk.document)) == 2
    for _ in range(3):
        desk.project.history.undo()
    desk.bot.waitUntil(lambda: page.model.rowCount() == 3)


def test_another_code_is_chosen(desk: Desk, again: tuple[LookAgainPage, list[UUID]]) -> None:
    page, codings = again
    other = desk.project.codes.add("Trust")
    page._recode(codings[0], other)
    assert desk.project.codings.get(codings[0]).code == other
    desk.bot.waitUntil(lambda: page.codes.rows[0].waiting == 2)


def test_the_rest_fits_or_is_closed(desk: Desk, again: tuple[LookAgainPage, list[UUID]]) -> None:
    page, _ = again
    desk.bot.mouseClick(page.buttons["all"], Qt.MouseButton.LeftButton)
    desk.bot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
    desk.project.history.undo()
    desk.bot.waitUntil(lambda: page.model.rowCount() == 3)
    desk.bot.mouseClick(page.buttons["close"], Qt.MouseButton.LeftButton)
    desk.bot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
    assert desk.said[-1] == "Closed the second look at <b>Time</b>"


def test_the_place_says_how_much_waits_and_stays_where_it_was(desk: Desk) -> None:
    place = CodebookPlace(desk.context)
    desk.show(place)
    desk.settle()
    assert [words for _, words in place.switch.shown()] == [
        "Versions", "Look again", "Crosswalks", "Glossary",
    ]  # fmt: skip
    code_with_codings(desk)
    assert ("look_again", "Look again · 3") in place.switch.shown()
    place.show_page("glossary")
    desk.settle()
    other = CodebookPlace(desk.context)
    desk.bot.addWidget(other)
    assert other.switch.current() == "glossary"


def test_a_version_is_kept_compared_and_read(desk: Desk, tmp_path: Path) -> None:
    page = VersionsPage(desk.context)
    page.resize(900, 600)
    code = desk.project.codes.add("Time", definition="Hours a partner has.")
    page.how.choose("read")
    page._tell()  # before anything was read
    page.how.choose("changes")
    desk.show(page)
    desk.bot.waitUntil(lambda: page.model.rowCount() == 1)
    assert "No earlier version" in page.paper.toPlainText()
    page.keep("before the second five")
    desk.bot.waitUntil(lambda: page.model.rowCount() == 2)
    assert not page.keep_button.isEnabled()
    desk.project.codes.change(code, definition="Hours a trainee has.")
    desk.bot.waitUntil(lambda: "trainee" in page.paper.toPlainText())
    html = page.paper.toHtml()
    assert "line-through" in html
    assert "underline" in html
    version = page.model.index(1, 0)
    assert version.data() == "Version 1"
    assert "before the second five" in version.data(ItemRole.SUBTITLE)
    page.list.setCurrentIndex(version)
    desk.settle()
    page.how.choose("read")
    page._tell()
    assert "Hours a partner has." in page.paper.toPlainText()
    page.list.setCurrentIndex(page.model.index(0, 0))
    desk.bot.waitUntil(lambda: page._against is not None)
    page.export_to(tmp_path / "changes.md")
    desk.settle()
    assert "trainee" in (tmp_path / "changes.md").read_text(encoding="utf-8")


def test_terms_are_written_and_kept_when_left(desk: Desk) -> None:
    code = desk.project.codes.add("Time", definition="Hours a partner has.")
    page = GlossaryPage(desk.context)
    page.resize(900, 600)
    desk.show(page)
    assert page.pages.currentWidget() is page.empty
    desk.bot.mouseClick(page.add_button, Qt.MouseButton.LeftButton)
    desk.bot.keyClicks(page.term.editor, "Partner")
    desk.bot.keyClick(page.term.editor, Qt.Key.Key_Tab)
    desk.bot.keyClicks(page.definition.editor, "Who takes part.")
    desk.bot.keyClick(page.definition.editor, Qt.Key.Key_Tab)
    (row,) = desk.project.glossary.all()
    assert (row.term, row.definition) == ("Partner", "Who takes part.")
    page.add_code(code)
    assert [row.term for row in desk.project.glossary.all()] == ["Partner", "Time"]
    page.add_code(code)
    assert "already" in str(desk.failures[-1])
    page.delete()
    assert page.model.rowCount() == 1
    desk.project.frameworks.add("sem-ikt3")
    node = page._nodes()[0]
    page.add_code(node.key)
    row = desk.project.glossary.find(node.name)
    assert row is not None
    assert row.definition
    assert row.source


def test_a_codebook_from_a_file_is_shown_before_it_is_brought_in(
    desk: Desk, tmp_path: Path
) -> None:
    desk.project.codes.add("Time", definition="Hours a partner has.")
    path = tmp_path / "book.csv"
    path.write_text("code,definition,mood\nTime,Minutes.,x\nTrust,,\nPay,Money.,\n,none,\n")
    plan = desk.project.codes_import.read(path)
    dialog = CodebookImportDialog(desk.context, plan)
    desk.show(dialog)
    assert "2 new, 1 changed" in dialog.summary.text()
    assert "Row 5" in dialog.warnings.text()
    assert "mood" in dialog.warnings.text()
    assert "Minutes." in dialog.paper.toPlainText()
    desk.bot.keyClick(dialog.list, Qt.Key.Key_Down)
    desk.bot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.chosen() == {2, 4}
    acts = len(desk.project.history.all())
    desk.bot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert [row.name for row in desk.project.codes.all()] == ["Time", "Pay"]
    assert len(desk.project.history.all()) == acts + 1
    assert desk.said[-1] == "Brought in 2 codes from <b>book.csv</b>"


def test_a_memo_is_linked_and_its_chips_open_things(desk: Desk) -> None:
    code = desk.project.codes.add("Time")
    editor = MemoEditor(desk.context)
    desk.bot.addWidget(editor)
    editor.open_for(MemoPlace(reflexive=True))
    desk.bot.keyClicks(editor._text, "I was there.")
    desk.bot.mouseClick(editor.links.add_button, Qt.MouseButton.LeftButton)
    memo = editor.memo()
    assert memo is not None  # what is linked is in the project first
    topics = frozenset({MemoTopic(Topic.CODE, code), MemoTopic(Topic.DOCUMENT, desk.document)})
    editor.links._put(topics)
    assert {row.topic for row in desk.project.memo_links.of(memo)} == topics
    assert len(editor.links.chips) == 2
    for chip in editor.links.chips:
        desk.bot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert set(desk.shown) == {("passages", code), ("document", desk.document)}
    editor.links._put(frozenset())
    assert desk.project.memo_links.of(memo) == ()
    editor.close()


def test_a_checklist_is_added_filled_and_accepted(desk: Desk) -> None:
    dialog = ChecklistDialog(desk.context)
    desk.show(dialog)
    assert dialog.pages.currentWidget() is dialog.empty
    dialog._adder("checklist-coreq")()
    assert dialog.model.rowCount() == 32
    dialog.list.setCurrentIndex(dialog.model.index(11, 0))
    assert dialog.text.editor.text() == "2 participants in 1 document."
    desk.bot.mouseClick(dialog.accept_box, Qt.MouseButton.LeftButton)
    assert dialog.model.rows[11].accepted
    assert dialog.model.index(11, 0).data(ItemRole.SIGN) == "✓"
    dialog.list.setCurrentIndex(dialog.model.index(0, 0))
    dialog.text.editor.setFocus()
    desk.bot.keyClicks(dialog.text.editor, "The first author.")
    desk.bot.keyClick(dialog.text.editor, Qt.Key.Key_Tab)
    assert dialog.model.rows[0].text == "The first author."
    assert dialog.model.index(0, 0).data(ItemRole.SUBTITLE) == "draft"
    assert desk.failures == []
