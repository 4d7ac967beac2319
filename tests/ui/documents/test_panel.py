"""The documents panel by key and mouse, as a person uses it."""

from __future__ import annotations

from pathlib import Path
from typing import cast
from uuid import UUID

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import Transcript
from ikt_coder.core.words import DocumentStatus
from ikt_coder.services.codings import NewCoding
from ikt_coder.services.documents import NewDocument
from ikt_coder.ui.documents.model import MIME
from ikt_coder.ui.documents.panel import DocumentsPanel
from ikt_coder.ui.documents.tree import Kind
from ikt_coder.ui.exchange.import_dialog import ImportDialog
from ikt_coder.ui.people.view import PeopleDialog
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.wording import act_words
from tests.ui.documents.listed import FIRST, SECOND, choose, shown
from tests.ui.documents.workplace import INTERVIEW, Workplace


def _place(panel: DocumentsPanel, work: Workplace, title: str) -> QPoint:
    index = panel.model.index_of((Kind.DOCUMENT, work.document(title).id))
    return panel.tree.visualRect(index).center()


def _code(work: Workplace, title: str) -> UUID:
    code = work.project.codes.add("Trust")
    return work.project.codings.apply(work.document(title).id, Span(14, 30), code)


def _menu_act(menu: QMenu, words: str) -> QAction:
    menu.aboutToShow.emit()
    return next(action for action in menu.actions() if words in action.text())


# -- opening ------------------------------------------------------------------------------------


def test_a_click_opens_a_document_and_shows_its_facts(
    panel: DocumentsPanel, work: Workplace
) -> None:
    with work.bot.waitSignal(panel.document_chosen) as opened:
        work.click(panel.tree.viewport(), _place(panel, work, SECOND))
    assert opened.args == [work.document(SECOND).id]
    assert panel.facts.isVisible()
    assert panel.facts.value("turns") == "2"
    assert panel.facts.value("time") == "1:05"
    assert panel.facts.value("status") == "to do"
    assert panel.heading.note() == "2"


def test_what_says_nothing_of_a_document_leaves_no_empty_row(
    panel: DocumentsPanel, work: Workplace
) -> None:
    record = Transcript("A record without times.")
    work.project.documents.add_many(
        [NewDocument(record, "Record", "record.txt", "txt", record.text.encode())]
    )
    work.click(panel.tree.viewport(), _place(panel, work, SECOND))
    work.bot.waitUntil(panel.facts.isVisible)
    timed = panel.facts.sizeHint().height()
    work.click(panel.tree.viewport(), _place(panel, work, "Record"))
    assert panel.facts.value("turns") == "0"
    assert panel.facts.sizeHint().height() < timed - 12


def test_arrows_choose_and_enter_opens(panel: DocumentsPanel, work: Workplace) -> None:
    choose(panel, work, FIRST)
    work.key(Qt.Key.Key_Down)
    with work.bot.waitSignal(panel.document_chosen) as opened:
        work.key(Qt.Key.Key_Return)
    assert opened.args == [work.document(SECOND).id]


def test_a_click_with_ctrl_gathers_and_opens_nothing(
    panel: DocumentsPanel, work: Workplace
) -> None:
    opened: list[UUID] = []
    panel.document_chosen.connect(opened.append)
    work.click(panel.tree.viewport(), _place(panel, work, FIRST))
    work.bot.mouseClick(
        panel.tree.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ControlModifier,
        _place(panel, work, SECOND),
    )
    assert len(opened) == 1
    assert len(panel.chosen_keys()) == 2


# -- filter -------------------------------------------------------------------------------------


def test_the_filter_finds_titles_and_participants(panel: DocumentsPanel, work: Workplace) -> None:
    panel.filter.setFocus()
    work.type("clin")
    assert shown(panel) == [SECOND]
    assert panel.model.index(0, 0).data(ItemRole.MATCH) == ((4, 8),)
    panel.filter.clear()
    work.type("p01")
    assert shown(panel) == [FIRST]
    panel.filter.setText("nowhere")
    assert panel.no_match.isVisible()
    work.key(Qt.Key.Key_Escape)
    assert shown(panel) == [FIRST, SECOND]


def test_down_leads_from_the_filter_into_the_list(panel: DocumentsPanel, work: Workplace) -> None:
    panel.filter.setFocus()
    work.key(Qt.Key.Key_Down)
    assert panel.tree.hasFocus()
    assert panel.tree.currentIndex().data() == FIRST


# -- acts ---------------------------------------------------------------------------------------


def test_f2_renames_in_place(panel: DocumentsPanel, work: Workplace) -> None:
    choose(panel, work, SECOND)
    work.key(Qt.Key.Key_F2)
    field = panel.tree.viewport().findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    work.bot.keyClicks(field, "Nurse & <co>")
    work.bot.keyClick(field, Qt.Key.Key_Return)
    # Qt takes what was typed when the events have been worked off.
    work.bot.waitUntil(lambda: work.titles() == [FIRST, "Nurse & <co>"])
    assert work.said[-1] == "Renamed to <b>Nurse &amp; &lt;co&gt;</b>"
    work.project.history.undo()
    assert shown(panel) == [FIRST, SECOND]


def test_a_taken_title_is_refused_in_words(panel: DocumentsPanel, work: Workplace) -> None:
    index = panel.model.index_of((Kind.DOCUMENT, work.document(SECOND).id))
    assert not panel.model.setData(index, FIRST)
    assert "already" in work.failures[0].what
    assert work.titles() == [FIRST, SECOND]


def _newest(work: Workplace) -> str:
    """The newest act as the history tells it."""
    act = work.project.history.next_undo()
    assert act is not None
    return act_words(act.kind, act.params)


def test_space_steps_the_status_of_all_chosen(panel: DocumentsPanel, work: Workplace) -> None:
    choose(panel, work, FIRST)
    panel.tree.selectAll()
    work.key(Qt.Key.Key_Space)
    assert {row.status for row in work.project.documents.all()} == {DocumentStatus.IN_PROGRESS}
    index = panel.model.index(0, 0)
    assert index.data(ItemRole.SIGN) == "◐"
    assert "Status: in progress" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "in progress" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert _newest(work) == "Marked 2 documents as in progress"
    work.project.history.undo()
    assert {row.status for row in work.project.documents.all()} == {DocumentStatus.TO_DO}


def test_status_and_lead_by_menu(panel: DocumentsPanel, work: Workplace) -> None:
    choose(panel, work, FIRST)
    acts = panel.acts
    _menu_act(acts.status, "coded").trigger()
    assert _newest(work) == f"Marked <b>{FIRST}</b> as coded"
    _menu_act(acts.lead, "Amara Okafor").trigger()
    row = work.document(FIRST)
    assert row.status is DocumentStatus.CODED
    assert row.lead_coder == work.project.coder
    assert _menu_act(acts.status, "coded").isChecked()
    assert work.document(SECOND).lead_coder is None


def test_delete_tells_what_went_and_undo_brings_it_back(
    panel: DocumentsPanel, work: Workplace
) -> None:
    _code(work, FIRST)
    choose(panel, work, FIRST)
    work.key(Qt.Key.Key_Delete)
    assert work.titles() == [SECOND]
    assert work.said[-1] == f"Deleted <b>{FIRST}</b> with 1 coding"
    work.project.history.undo()
    assert shown(panel) == [FIRST, SECOND]


# -- folders ------------------------------------------------------------------------------------


def test_a_new_folder_waits_for_its_name(panel: DocumentsPanel, work: Workplace) -> None:
    panel.acts.new_folder.trigger()
    field = panel.tree.viewport().findChild(QLineEdit)
    assert field is not None
    work.bot.keyClicks(field, "Panel members")
    work.bot.keyClick(field, Qt.Key.Key_Return)
    work.bot.waitUntil(
        lambda: [row.name for row in work.project.folders.all()] == ["Panel members"]
    )


def test_documents_are_dropped_into_a_folder_and_stay_chosen(
    panel: DocumentsPanel, work: Workplace
) -> None:
    folder = work.project.folders.add("Panel members")
    choose(panel, work, SECOND)
    index = panel.tree.currentIndex()
    mime = panel.model.mimeData([index])
    place = panel.tree.visualRect(panel.model.index_of((Kind.FOLDER, folder))).center()
    event = QDropEvent(
        QPointF(place),
        Qt.DropAction.MoveAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    target = panel.model.index_of((Kind.FOLDER, folder))
    assert mime.hasFormat(MIME)
    panel.model.dropMimeData(event.mimeData(), Qt.DropAction.MoveAction, -1, -1, target)
    assert shown(panel) == ["Panel members", f"  {SECOND}", FIRST]
    assert panel.chosen_keys() == [(Kind.DOCUMENT, work.document(SECOND).id)]
    assert work.said[-1] == f"Moved <b>{SECOND}</b> into <b>Panel members</b>"
    work.project.history.undo()
    assert shown(panel) == ["Panel members", FIRST, SECOND]


def test_by_keyboard_the_menu_moves(panel: DocumentsPanel, work: Workplace) -> None:
    work.project.folders.add("Panel members")
    choose(panel, work, FIRST)
    _menu_act(panel.acts.move, "Panel members").trigger()
    assert shown(panel) == ["Panel members", f"  {FIRST}", SECOND]
    _menu_act(panel.acts.move, "Out of all folders").trigger()
    assert work.document(FIRST).folder is None


def test_a_deleted_folder_leaves_what_lay_in_it(panel: DocumentsPanel, work: Workplace) -> None:
    folder = work.project.folders.add("Panel members")
    work.project.documents.move(work.document(FIRST).id, folder)
    panel.tree.setCurrentIndex(panel.model.index_of((Kind.FOLDER, folder)))
    panel.tree.setFocus()
    work.key(Qt.Key.Key_Delete)
    assert sorted(shown(panel)) == [FIRST, SECOND]
    assert len(work.titles()) == 2


def test_an_open_folder_stays_open_and_a_closed_one_closed(
    panel: DocumentsPanel, work: Workplace
) -> None:
    folder = work.project.folders.add("Panel members")
    work.project.documents.move(work.document(FIRST).id, folder)
    index = panel.model.index_of((Kind.FOLDER, folder))
    panel.tree.collapse(index)
    work.project.documents.rename(work.document(FIRST).id, "P01")
    assert not panel.tree.isExpanded(panel.model.index_of((Kind.FOLDER, folder)))
    assert shown(panel) == ["Panel members", SECOND]


# -- following the project ----------------------------------------------------------------------


def test_counts_follow_codings(panel: DocumentsPanel, work: Workplace, qtbot: QtBot) -> None:
    panel.select(work.document(FIRST).id)
    index = panel.model.index_of((Kind.DOCUMENT, work.document(FIRST).id))
    assert index.data(ItemRole.COUNT) == 0
    coding = _code(work, FIRST)
    qtbot.waitUntil(lambda: index.data(ItemRole.COUNT) == 1)
    assert panel.facts.codings.text() == "1"
    assert panel.facts.value("coded") == f"{16 / work.document(FIRST).length * 100:.0f} %"
    with qtbot.waitSignal(work.context.passages_wanted) as wanted:
        work.click(panel.facts.codings)
    assert wanted.args == [(coding,)]


def test_another_coder_sees_own_counts(panel: DocumentsPanel, work: Workplace) -> None:
    _code(work, FIRST)
    panel.read_all()
    index = panel.model.index_of((Kind.DOCUMENT, work.document(FIRST).id))
    assert index.data(ItemRole.COUNT) == 1
    work.project.coders.switch(work.project.coders.add("Bo Lin"))
    assert index.data(ItemRole.COUNT) == 0
    assert "1 by all coders" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_many_codings_are_counted_beside_the_main_thread(
    panel: DocumentsPanel, work: Workplace, qtbot: QtBot
) -> None:
    code = work.project.codes.add("Trust")
    key = work.document(FIRST).id
    spans = [Span(start, start + 2) for start in range(100)]
    codes = [code, *(work.project.codes.add(f"Code {at}") for at in range(3))]
    work.project.codings.apply_many(
        [NewCoding(key, span, each) for each in codes for span in spans[:90]]
    )
    panel.read_all()
    panel.select(key)
    qtbot.waitUntil(lambda: panel.facts.codings.text() == "360")


def test_select_follows_what_was_opened_elsewhere(panel: DocumentsPanel, work: Workplace) -> None:
    opened: list[UUID] = []
    panel.document_chosen.connect(opened.append)
    panel.select(work.document(SECOND).id)
    assert panel.chosen_keys() == [(Kind.DOCUMENT, work.document(SECOND).id)]
    assert opened == []


def test_rows_keep_their_place_when_one_goes(panel: DocumentsPanel, work: Workplace) -> None:
    choose(panel, work, SECOND)
    work.project.documents.delete(work.document(FIRST).id)
    assert shown(panel) == [SECOND]
    assert panel.tree.currentIndex().data() == SECOND


def test_a_left_out_document_says_so(panel: DocumentsPanel, work: Workplace) -> None:
    participant = next(p for p in work.project.participants.all() if p.label == "P01")
    work.project.participants.leave_out(participant.id)
    index = panel.model.index_of((Kind.DOCUMENT, work.document(FIRST).id))
    assert index.data(ItemRole.SUBTITLE) == "left out of analysis"


# -- dialogs ------------------------------------------------------------------------------------


def test_an_empty_project_says_what_to_do(new_work: Workplace, tmp_path: Path) -> None:
    panel = DocumentsPanel(new_work.context)
    new_work.show(panel, 260, 640)
    assert panel.empty.isVisible()
    path = tmp_path / "talk.txt"
    path.write_text(INTERVIEW)
    panel.choose_files = lambda: [path]
    new_work.click(panel.empty.findChild(QPushButton))  # type: ignore[arg-type]  # it has one
    dialog = cast(ImportDialog, panel.dialog)
    with new_work.bot.waitSignal(dialog.prepared):
        pass
    with new_work.bot.waitSignal(panel.document_chosen) as opened:
        new_work.click(dialog.import_button)
    assert opened.args == [new_work.document("talk").id]
    assert new_work.said[-1] == "Imported <b>talk</b>"
    assert panel.tree.isVisible()
    assert panel.dialog is None


def test_files_dropped_on_the_list_are_looked_at(
    panel: DocumentsPanel, work: Workplace, tmp_path: Path
) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(INTERVIEW)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    panel.tree.dropEvent(event)
    dialog = panel.dialog
    assert isinstance(dialog, ImportDialog)
    with work.bot.waitSignal(dialog.prepared):
        pass
    assert [c.name for c in dialog.model.candidates] == ["talk.txt"]
    dialog.reject()
    assert work.titles() == [FIRST, SECOND]


def test_the_original_is_shown_and_saved_as_it_was(
    panel: DocumentsPanel, work: Workplace, tmp_path: Path
) -> None:
    choose(panel, work, FIRST)
    panel.acts.original.trigger()
    dialog = panel.dialog
    assert dialog is not None
    kept = work.project.documents.original(work.document(FIRST).id)
    assert kept is not None
    target = tmp_path / "copy.txt"
    dialog.save_to(target)  # type: ignore[union-attr]  # the original's dialog is open
    assert target.read_bytes() == kept[1]
    assert "lavender notebook" in dialog.words.toPlainText()  # type: ignore[union-attr]  # same
    dialog.save_to(tmp_path / "no folder" / "copy.txt")  # type: ignore[union-attr]  # same
    assert "could not be written" in work.failures[-1].what


def test_people_open_at_the_chosen_document(panel: DocumentsPanel, work: Workplace) -> None:
    choose(panel, work, SECOND)
    panel.acts.people.trigger()
    dialog = panel.dialog
    assert isinstance(dialog, PeopleDialog)
    assert dialog.participants.isVisible()
    assert dialog.participants.title.text() == "Withdraw P02"
    dialog.show_page("speakers")
    assert dialog.speakers.title.text() == SECOND
    choose(panel, work, FIRST)
    panel.acts.people.trigger()
    assert panel.dialog is dialog
    assert dialog.participants.isVisible()
    assert dialog.participants.title.text() == "Withdraw P01"
    dialog.show_page("speakers")
    assert dialog.speakers.title.text() == FIRST
    assert dialog.speakers.documents.currentIndex().data() == FIRST


def test_read_only_offers_nothing_that_writes(work: Workplace) -> None:
    path = work.project.path
    work.context.signals.end()
    work.project.close()
    work.project = type(work.project).open(path, read_only=True)
    work.context = type(work.context)(
        work.project, work.context.settings, work.context.appearance, work.context.tasks
    )
    panel = DocumentsPanel(work.context)
    work.show(panel, 260, 640)
    panel.tree.setCurrentIndex(panel.model.index(0, 0))
    enabled = {action.text() for action in panel.actions() if action.isEnabled() and action.text()}
    assert enabled == {"&Open", "Show the original &file…", "&Participants…"}
    assert not panel.model.flags(panel.model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable


def test_every_act_has_words_and_the_menu_holds_them_all(panel: DocumentsPanel) -> None:
    words = [action.text() for action in panel.actions() if not action.isSeparator()]
    assert len(words) == 14
    assert all(words)
    assert {action.text() for action in panel.menu().actions() if action.text()} == set(words)


def test_several_moves_are_one_act(panel: DocumentsPanel, work: Workplace) -> None:
    folder = work.project.folders.add("Wave 1")
    panel.tree.selectAll()
    before = len(work.project.history.all())
    keys = [key for key in panel.chosen_keys() if key[0] is Kind.DOCUMENT]
    panel.acts.put(keys, folder)
    history = work.project.history.all()
    assert len(history) == before + 1
    assert history[0].kind == Op.MOVE_DOCUMENT.value
