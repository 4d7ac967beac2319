"""The order of documents: by drag, by keys, and what follows it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from ikt_coder.core.span import Span
from ikt_coder.ui.documents.panel import DocumentsPanel
from ikt_coder.ui.documents.tree import Kind
from tests.ui.documents.listed import FIRST, SECOND, choose, shown
from tests.ui.documents.workplace import Workplace, transcript


def _code_in(work: Workplace, title: str) -> None:
    known = {row.name: row.id for row in work.project.codes.all()}
    code = known.get("Trust") or work.project.codes.add("Trust")
    work.project.codings.apply(work.document(title).id, Span(14, 30), code)


def _drop(panel: DocumentsPanel, titles: list[str], place: QPoint, work: Workplace) -> None:
    """Let documents fall at a place of the list, as a drag from the list does."""
    indexes = [panel.model.index_of((Kind.DOCUMENT, work.document(one).id)) for one in titles]
    mime = panel.model.mimeData(indexes)
    action, button = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    viewport = panel.tree.viewport()
    for event in (
        QDragEnterEvent(place, action, mime, button, keys),
        QDragMoveEvent(place, action, mime, button, keys),
        QDropEvent(QPointF(place), action, mime, button, keys),
    ):
        QApplication.sendEvent(viewport, event)


def _edge(panel: DocumentsPanel, work: Workplace, title: str, *, below: bool) -> QPoint:
    row = panel.tree.visualRect(panel.model.index_of((Kind.DOCUMENT, work.document(title).id)))
    at = row.bottom() - 2 if below else row.top() + 2
    return QPoint(row.center().x(), at)


def _add(work: Workplace, *titles: str) -> None:
    for title in titles:
        work.project.documents.add(transcript("P09", f"Of {title}."), title)


def test_documents_are_dragged_into_another_order_which_lists_and_tables_follow(
    panel: DocumentsPanel, work: Workplace
) -> None:
    _add(work, "P03", "P04")
    for title in (FIRST, SECOND, "P04"):
        _code_in(work, title)
    before = len(work.project.history.all())
    _drop(panel, ["P04"], _edge(panel, work, SECOND, below=False), work)
    assert shown(panel) == [FIRST, "P04", SECOND, "P03"]
    assert work.titles() == [FIRST, "P04", SECOND, "P03"]
    assert work.said[-1] == "Moved <b>P04</b>"
    assert len(work.project.history.all()) == before + 1
    rows = work.project.reports.codings_table().rows
    assert [row[0].text for row in rows] == [FIRST, "P04", SECOND]
    assert [one.title for one in work.project.layers.info().sources] == work.titles()
    _drop(panel, ["P04"], _edge(panel, work, FIRST, below=True), work)  # where it is already
    assert len(work.project.history.all()) == before + 1
    _drop(panel, [FIRST, "P04"], _edge(panel, work, "P03", below=True), work)
    assert shown(panel) == [SECOND, "P03", FIRST, "P04"]
    work.project.history.undo()
    work.project.history.undo()
    assert shown(panel) == [FIRST, SECOND, "P03", "P04"]


def test_a_document_is_dragged_to_its_place_in_a_folder(
    panel: DocumentsPanel, work: Workplace
) -> None:
    folder = work.project.folders.add("Panel members")
    _add(work, "P03", "P04")
    for title in (FIRST, SECOND):
        work.project.documents.move(work.document(title).id, folder)
    _drop(panel, ["P04"], _edge(panel, work, SECOND, below=False), work)
    assert shown(panel) == ["Panel members", f"  {FIRST}", "  P04", f"  {SECOND}", "P03"]
    assert work.said[-1] == "Moved <b>P04</b> into <b>Panel members</b>"
    assert work.titles() == [FIRST, "P04", SECOND, "P03"]


def test_by_keyboard_documents_and_folders_move_among_their_sisters(
    panel: DocumentsPanel, work: Workplace
) -> None:
    _add(work, "P03")
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    choose(panel, work, "P03")
    work.key(Qt.Key.Key_Up, both)
    assert shown(panel) == [FIRST, "P03", SECOND]
    assert panel.chosen_keys() == [(Kind.DOCUMENT, work.document("P03").id)]
    work.key(Qt.Key.Key_Up, both)
    acts = len(work.project.history.all())
    work.key(Qt.Key.Key_Up, both)  # the top
    assert len(work.project.history.all()) == acts
    assert shown(panel) == ["P03", FIRST, SECOND]
    work.key(Qt.Key.Key_Down, both)
    assert shown(panel) == [FIRST, "P03", SECOND]
    work.project.history.undo()
    assert shown(panel) == ["P03", FIRST, SECOND]
    work.project.folders.add("Clinicians")
    later = work.project.folders.add("Panel members")
    row = panel.tree.visualRect(panel.model.index_of((Kind.FOLDER, later)))
    work.click(panel.tree.viewport(), row.center())
    panel.acts.up.trigger()
    assert shown(panel)[:2] == ["Panel members", "Clinicians"]
    assert work.said[-1] == "Moved <b>Panel members</b>"
    panel.tree.selectAll()
    assert not panel.acts.up.isEnabled()  # folders and documents together have no one place
