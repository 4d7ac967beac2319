"""A text is mended, taken back and deleted while its passages are listed."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ikt_coder.core.span import TextEdit
from ikt_coder.ui.retrieval.coded_page import CodedPage
from tests.ui.retrieval.conftest import Desk
from tests.ui.retrieval.test_coded_page import page as page
from tests.ui.retrieval.test_coded_page import shown


def test_what_is_listed_are_the_words_as_they_are_now(
    desk: Desk, page: CodedPage, qtbot: QtBot
) -> None:
    first = desk.documents[0]
    desk.apply(0, "She phoned me before the third meeting")
    desk.apply(0, "slides", desk.below)
    desk.apply(1, "slides", desk.below)
    qtbot.waitUntil(lambda: page.found.model.count == 3)
    index = page.found.model.index(0, 0, page.found.model.index(0, 0))
    page.found.tree.setCurrentIndex(index)
    text = desk.project.texts.get(first)
    edits = [
        TextEdit(text.index("phoned"), "phoned", "telephoned"),
        TextEdit(0, "", "So. "),
    ]
    for edit in edits:
        desk.project.documents.mend(first, [edit])
    mended = "She telephoned me before the third meeting"
    qtbot.waitUntil(lambda: mended in shown(page))
    assert shown(page) == ["[Trust]", mended, "[Trust › Earned]", "slides", "slides"]
    qtbot.waitUntil(lambda: mended in page.passage.text.toPlainText())
    for _ in edits:
        desk.project.history.undo()
    qtbot.waitUntil(lambda: "She phoned me before the third meeting" in shown(page))
    desk.project.documents.delete(first)
    qtbot.waitUntil(lambda: page.found.model.count == 1)
    assert shown(page) == ["[Trust › Earned]", "slides"]
    desk.project.history.undo()
    qtbot.waitUntil(lambda: page.found.model.count == 3)
