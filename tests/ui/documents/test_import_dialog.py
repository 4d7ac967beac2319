"""The import dialog by key and mouse: nothing is written until Import, then one act."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QComboBox

from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.importers.options import Scheme
from ikt_coder.services import importing
from ikt_coder.ui.exchange.import_dialog import ImportDialog
from ikt_coder.ui.exchange.preview import first_turns
from ikt_coder.ui.widgets.roles import ItemRole
from tests.ui.documents.workplace import INTERVIEW, Workplace, transcript

Opened = Callable[..., ImportDialog]

VTT = "WEBVTT\n\n" + "".join(
    f"00:00:{at:02}.000 --> 00:00:{at + 2:02}.000\nsomething said at {at}\n\n"
    for at in range(0, 40, 4)
)


@pytest.fixture
def opened(new_work: Workplace, tmp_path: Path) -> Opened:
    """``opened({"name": content, …})``: the dialog with files that have been read."""

    def make(
        files: dict[str, str | bytes] | list[Path], folder: UUID | None = None
    ) -> ImportDialog:
        paths = files if isinstance(files, list) else []
        if isinstance(files, dict):
            for name, content in files.items():
                path = tmp_path / name
                path.write_bytes(content.encode() if isinstance(content, str) else content)
                paths.append(path)
        dialog = ImportDialog(new_work.context, paths, folder)
        new_work.bot.addWidget(dialog)
        with new_work.bot.waitSignal(dialog.prepared, timeout=30_000):
            pass
        dialog.resize(1000, 660)
        with new_work.bot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        return dialog

    return make


def _take(box: QComboBox, data: object) -> None:
    """Choose an entry as by hand."""
    at = next(i for i in range(box.count()) if box.itemData(i) == data)
    box.setCurrentIndex(at)
    box.activated.emit(at)


def _read_again(work: Workplace, dialog: ImportDialog, act: Callable[[], object]) -> None:
    """Do something that has the file read anew, and wait for it."""
    with work.bot.waitSignal(dialog.model.dataChanged):
        act()


def _import(work: Workplace, dialog: ImportDialog) -> list[UUID]:
    with work.bot.waitSignal(dialog.imported, timeout=30_000) as done:
        work.click(dialog.import_button)
    return cast(list[UUID], done.args[0])


# -- what is shown ------------------------------------------------------------------------------


def test_the_guess_and_the_first_turns_are_shown(opened: Opened) -> None:
    dialog = opened({"talk.txt": INTERVIEW})
    words = dialog.details.guess.text()
    assert "Interviewer (7)" in words
    assert "P07 (7)" in words
    assert "no times" in words
    shown = dialog.preview.toPlainText()
    assert "What was day 1 like" in shown
    assert dialog.preview.verticalScrollBar().value() == 0
    assert dialog.import_button.text() == "Import 1 document"


def test_new_participants_are_named_and_nobody_is_possible(
    opened: Opened, new_work: Workplace
) -> None:
    new_work.project.participants.add("Ada")
    dialog = opened({"talk.txt": INTERVIEW})
    assert "New participants: P07." in dialog.details.privacy.text()
    person = dialog.details.speakers.card("P07").person
    assert [person.itemText(at) for at in range(person.count())] == ["", "Ada", "P07"]
    person.setCurrentIndex(1)
    person.textActivated.emit("Ada")
    assert "New participants" not in dialog.details.privacy.text()
    (key,) = _import(new_work, dialog)
    assert new_work.project.documents.get(key).participants == ("Ada",)
    assert len(new_work.project.participants.all()) == 1


def test_files_say_what_becomes_of_them(opened: Opened) -> None:
    dialog = opened({"good.txt": INTERVIEW, "again.txt": INTERVIEW, "noise.docx": b"\x00\xff" * 90})
    rows = [dialog.model.index(row) for row in range(3)]
    assert [row.data(ItemRole.SIGN) for row in rows] == ["✓", "–", "!"]
    assert rows[1].data(ItemRole.SUBTITLE) == "Left out: already here as “good.txt”"
    assert "not a .docx" in rows[2].data(ItemRole.SUBTITLE)
    dialog.files.setCurrentIndex(rows[2])
    assert dialog.right.currentWidget() is dialog.unreadable
    assert "noise.docx" in dialog.unreadable.accessibleName()
    assert dialog.count.text() == "2 of 3 files are left out"


def test_turns_and_what_stands_between_them() -> None:
    made = transcript("P01")
    rows = first_turns(made)
    assert [(row.speaker, row.time) for row in rows] == [("Interviewer", "0:01"), ("P01", "1:05")]
    assert rows[1].words.startswith("It took a while")
    assert rows[1].role is SpeakerRole.PARTICIPANT


# -- changing the guess -------------------------------------------------------------------------


def test_a_role_decides_whose_words_they_are(opened: Opened, new_work: Workplace) -> None:
    dialog = opened({"talk.txt": INTERVIEW})
    card = dialog.details.speakers.card("P07")
    assert card.person.currentText() == "P07"
    _read_again(new_work, dialog, lambda: _take(card.role, SpeakerRole.INTERVIEWER))
    assert not card.person.isVisible()
    (key,) = _import(new_work, dialog)
    speakers = new_work.project.documents.speakers(key)
    assert {s.role for s in speakers} == {SpeakerRole.INTERVIEWER}
    assert new_work.project.participants.all() == ()


def test_a_label_can_be_no_speaker_and_a_speaker_again(opened: Opened, new_work: Workplace) -> None:
    dialog = opened({"talk.txt": INTERVIEW})
    card = dialog.details.speakers.card("P07")
    _read_again(new_work, dialog, lambda: new_work.bot.keyClick(card.check, Qt.Key.Key_Space))
    candidate = dialog.model.candidate(0)
    assert candidate.transcript is not None
    assert "P07" not in candidate.transcript.speakers
    card = dialog.details.speakers.card("P07")
    assert not card.check.isChecked()
    _read_again(new_work, dialog, lambda: new_work.bot.keyClick(card.check, Qt.Key.Key_Space))
    candidate = dialog.model.candidate(0)
    assert candidate.transcript is not None
    assert set(candidate.transcript.speakers) == {"Interviewer", "P07"}


def test_two_labels_with_one_name_are_one_speaker(opened: Opened, new_work: Workplace) -> None:
    dialog = opened(
        {
            "talk.txt": INTERVIEW.replace("P07: On day 3", "Pat: On day 3")
            .replace("P07: On day 5", "Pat: On day 5")
            .replace("P07: On day 6", "Pat: On day 6")
        }
    )
    card = dialog.details.speakers.card("Pat")
    card.name.setFocus()
    card.name.selectAll()
    new_work.bot.keyClicks(card.name, "P07")
    _read_again(new_work, dialog, lambda: new_work.bot.keyClick(card.name, Qt.Key.Key_Return))
    candidate = dialog.model.candidate(0)
    assert candidate.transcript is not None
    assert set(candidate.transcript.speakers) == {"Interviewer", "P07"}
    assert dialog.isVisible()  # Enter in a field imports nothing
    assert new_work.titles() == []


def test_a_name_beyond_the_rules_is_typed(opened: Opened, new_work: Workplace) -> None:
    name = "The honourable programme lead of the region Smith"
    dialog = opened({"talk.txt": INTERVIEW.replace("P07", name)})
    candidate = dialog.model.candidate(0)
    assert candidate.transcript is not None
    assert name not in candidate.transcript.speakers
    field = dialog.details.another.editor
    field.setFocus()
    new_work.bot.keyClicks(field, f"{name}:")
    _read_again(new_work, dialog, lambda: new_work.bot.keyClick(field, Qt.Key.Key_Return))
    candidate = dialog.model.candidate(0)
    assert candidate.transcript is not None
    assert set(candidate.transcript.speakers) == {"Interviewer", name}
    assert field.text() == ""
    assert new_work.titles() == []


def test_a_proposed_spelling_is_taken_with_one_click(opened: Opened, new_work: Workplace) -> None:
    text = INTERVIEW.replace("P07", "Participant").replace(
        "Participant: On day 4", "Particpant: On day 4"
    )
    dialog = opened({"talk.txt": text})
    (button,) = dialog.details.speakers.merge_buttons()
    _read_again(new_work, dialog, button.click)
    candidate = dialog.model.candidate(0)
    assert candidate.transcript is not None
    assert "Particpant" not in candidate.transcript.speakers
    assert dialog.details.speakers.merge_buttons() == []


def test_a_misspelt_speaker_is_pointed_at_and_blocks_nothing(
    opened: Opened, new_work: Workplace
) -> None:
    dialog = opened({"talk.txt": INTERVIEW.replace("P07: On day 4", "PO7: On day 4")})
    row = dialog.model.index(0)
    assert row.data(ItemRole.SUBTITLE) == "Ready; please look at the speaker “PO7”"
    assert dialog.import_button.isEnabled()
    (button,) = dialog.details.speakers.merge_buttons()
    assert button.accessibleName() == "Read PO7 as P07"
    assert "may be" not in dialog.details.warnings.text(), "it stands among the speakers"
    _read_again(new_work, dialog, lambda: new_work.click(button))
    assert dialog.model.index(0).data(ItemRole.SUBTITLE) == "Ready"
    assert "P07 (7)" in dialog.details.guess.text()
    (key,) = _import(new_work, dialog)
    assert new_work.project.documents.get(key).participants == ("P07",)


def test_another_scheme_reads_the_text_anew(opened: Opened, new_work: Workplace) -> None:
    dialog = opened({"talk.txt": INTERVIEW})
    _read_again(new_work, dialog, lambda: _take(dialog.details.scheme.editor, Scheme.NONE))
    candidate = dialog.model.candidate(0)
    assert candidate.transcript is not None
    assert candidate.transcript.turns == ()
    assert dialog.details.person.isVisible()
    person = dialog.details.person.editor
    assert person.currentText() == "talk"
    person.setCurrentText("P33")
    person.lineEdit().editingFinished.emit()
    (key,) = _import(new_work, dialog)
    assert new_work.project.documents.get(key).participants == ("P33",)


def test_times_can_be_left_unread(opened: Opened, new_work: Workplace) -> None:
    timed = "".join(
        f"[00:0{at}:00] Interviewer: How was {at}?\n[00:0{at}:30] P07: It was fine, {at}.\n"
        for at in range(1, 8)
    )
    dialog = opened({"talk.txt": timed})
    assert "Times are read" in dialog.details.guess.text()
    _read_again(new_work, dialog, dialog.details.times.click)
    candidate = dialog.model.candidate(0)
    assert candidate.transcript is not None
    assert not candidate.transcript.timed
    assert dialog.details.times.isVisible()


def test_the_newest_of_quick_changes_counts(opened: Opened, new_work: Workplace) -> None:
    dialog = opened({"talk.txt": INTERVIEW})
    box = dialog.details.scheme.editor
    for scheme in (Scheme.NONE, Scheme.BRACKETS, Scheme.LABELS):
        _take(box, scheme)
    new_work.bot.waitUntil(lambda: not new_work.context.tasks.busy)
    assert dialog.model.candidate(0).options.scheme is Scheme.LABELS
    assert dialog.model.candidate(0).guess.labels  # type: ignore[union-attr]  # it was read


def test_settings_of_one_file_are_used_for_all_like_it(opened: Opened, new_work: Workplace) -> None:
    dialog = opened(
        {
            "one.txt": INTERVIEW,
            "two.txt": INTERVIEW.replace("visits", "letters"),
            "three.vtt": VTT,
        }
    )
    _read_again(new_work, dialog, lambda: _take(dialog.details.scheme.editor, Scheme.NONE))
    new_work.click(dialog.details.for_all)
    new_work.bot.waitUntil(lambda: dialog.model.candidate(1).options.scheme is Scheme.NONE)
    assert dialog.model.candidate(1).title == "two"
    assert dialog.model.candidate(2).options.scheme is Scheme.AUTO
    assert "1 other" in dialog.bar.message()


# -- several files of one talk ------------------------------------------------------------------


def test_timed_files_become_one_talk_and_separate_again(
    opened: Opened, new_work: Workplace
) -> None:
    dialog = opened({"Panel Ann.vtt": VTT, "Panel Bob.vtt": VTT.replace("said", "heard")})
    assert not dialog.one_talk.isEnabled()
    dialog.files.selectAll()
    new_work.click(dialog.one_talk)
    assert [c.title for c in dialog.model.candidates] == ["Panel"]
    assert dialog.one_talk.text() == "Separate files again"
    new_work.click(dialog.one_talk)
    assert [c.title for c in dialog.model.candidates] == ["Panel Ann", "Panel Bob"]
    dialog.files.selectionModel().select(
        dialog.model.index(0), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    assert not dialog.one_talk.isEnabled()


# -- importing ----------------------------------------------------------------------------------


def test_everything_comes_in_one_act_into_a_new_folder(opened: Opened, new_work: Workplace) -> None:
    dialog = opened({"talk.txt": INTERVIEW, "P03.md": "# Notes\n\nOnly words.\n", "b.vtt": VTT})
    before = len(new_work.project.history.all())
    dialog.folder.setCurrentText("Wave 1")
    dialog.details.title.editor.setText("A better title")
    dialog.details.title.editor.editingFinished.emit()
    assert len(_import(new_work, dialog)) == 3
    assert len(new_work.project.history.all()) == before + 1
    assert new_work.titles() == ["A better title", "P03", "b"]
    (folder,) = new_work.project.folders.all()
    assert {row.folder for row in new_work.project.documents.all()} == {folder.id}
    new_work.project.history.undo()
    assert new_work.titles() == []
    assert new_work.project.folders.all() == ()


def test_space_leaves_a_file_out_and_takes_a_duplicate(opened: Opened, new_work: Workplace) -> None:
    dialog = opened({"one.txt": INTERVIEW, "two.txt": INTERVIEW})
    dialog.files.setFocus()
    new_work.key(Qt.Key.Key_Space)
    assert not dialog.import_button.isEnabled()
    new_work.key(Qt.Key.Key_Down)
    new_work.key(Qt.Key.Key_Space)
    assert dialog.details.want.isChecked()
    _import(new_work, dialog)
    assert new_work.titles() == ["two"]


def test_ctrl_enter_imports_from_any_field(opened: Opened, new_work: Workplace) -> None:
    dialog = opened({"talk.txt": INTERVIEW})
    dialog.details.title.editor.setFocus()
    with new_work.bot.waitSignal(dialog.imported):
        new_work.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert new_work.titles() == ["talk"]


def test_leaving_writes_nothing(opened: Opened, new_work: Workplace) -> None:
    dialog = opened({"talk.txt": INTERVIEW})
    new_work.key(Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert new_work.titles() == []


def test_cancel_while_importing_keeps_nothing(
    opened: Opened, new_work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened({f"{at}.txt": f"{at} {INTERVIEW}" for at in range(3)})
    real = importing.bring_in
    begun, cancelled = threading.Event(), threading.Event()

    def slow(
        project: object, candidates: object, folder: object, progress: Callable[..., None]
    ) -> object:
        def told(done: int, whole: int, now: str) -> None:
            if done == 1:  # on the worker: the person's click comes on the main thread
                begun.set()
                cancelled.wait(5)
            progress(done, whole, now)

        return real(project, candidates, folder, progress=told)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(importing, "bring_in", slow)
    dialog.folder.setCurrentText("Wave 1")
    new_work.click(dialog.import_button)
    new_work.bot.waitUntil(begun.is_set)
    dialog.progress.cancel_asked.emit()
    cancelled.set()
    new_work.bot.waitUntil(lambda: "Cancelled" in dialog.bar.message())
    assert new_work.titles() == []
    assert new_work.project.folders.all() == ()
    assert dialog.isVisible()
    monkeypatch.undo()
    assert len(_import(new_work, dialog)) == 3


def test_cancel_while_reading_closes(new_work: Workplace, tmp_path: Path) -> None:
    paths = []
    for at in range(30):
        paths.append(tmp_path / f"{at}.txt")
        paths[-1].write_text(f"{at} {INTERVIEW}")
    dialog = ImportDialog(new_work.context, paths)
    new_work.bot.addWidget(dialog)
    dialog.show()
    new_work.click(dialog.progress.cancel_button())
    new_work.bot.waitUntil(lambda: not dialog.isVisible())
    assert new_work.titles() == []


def test_nothing_readable_offers_no_import(opened: Opened) -> None:
    dialog = opened({"noise.docx": b"\x00\xff" * 90})
    assert not dialog.import_button.isEnabled()
    assert dialog.right.currentWidget() is dialog.unreadable


def test_real_files_are_shown_with_their_speakers(opened: Opened, shared: Path) -> None:
    folder = shared / "transcripts"
    dialog = opened(
        [
            folder / "planet4b/22_Interview-TE.docx",
            folder / "planet4b/26_Interview-Exploratory3.doc",
            folder / "zoom/PLC_transcript.vtt",
            folder / "otter/53-accessibility.md",
        ]
    )
    assert [c.readable for c in dialog.model.candidates] == [True, False, True, True]
    dialog.files.setCurrentIndex(dialog.model.index(3))
    assert {"Emma", "Wendy Fox", "Kelly"} <= set(dialog.details.speakers.labels())
    assert "Times are read" in dialog.details.guess.text()
