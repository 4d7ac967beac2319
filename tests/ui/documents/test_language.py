"""Saying in which language documents are: from the menu, from the details, several at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ikt_coder.ui.documents.language_dialog import LanguageDialog
from ikt_coder.ui.documents.panel import DocumentsPanel
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.wording import act_words
from tests.ui.documents.workplace import Workplace

FIRST, SECOND = "P01 Patient partner", "P02 Clinician"


def languages(work: Workplace) -> list[str]:
    return [row.language for row in work.project.documents.all()]


def asked(panel: DocumentsPanel) -> LanguageDialog:
    assert isinstance(panel.dialog, LanguageDialog)
    return panel.dialog


def test_several_documents_take_a_language_in_one_act(
    panel: DocumentsPanel, work: Workplace
) -> None:
    panel.tree.setFocus()
    panel.tree.selectAll()
    acts = len(work.project.history.all())
    panel.acts.language.trigger()
    dialog = asked(panel)
    assert [row.title for row in dialog.chosen()] == [FIRST, SECOND]
    box = dialog.language.editor
    work.bot.keyClicks(box, "Fren")
    assert dialog.set_button.text() == "Set French for 2 documents"
    assert "exact form" in dialog.language.note()
    work.bot.keyClick(box, Qt.Key.Key_Return)
    assert languages(work) == ["fr", "fr"]
    assert len(work.project.history.all()) == acts + 1
    last = work.project.history.all(1)[0]
    assert act_words(last.kind, last.params) == "Set the language of 2 documents"
    assert work.said[-1] == "2 documents: language French"
    work.project.history.undo()
    assert languages(work) == ["en", "en"]


def test_the_details_say_the_language_and_open_it(panel: DocumentsPanel, work: Workplace) -> None:
    panel.open_document(work.document(SECOND).id)
    assert panel.facts.language.text() == "English"
    work.click(panel.facts.language)
    dialog = asked(panel)
    assert [row.title for row in dialog.chosen()] == [SECOND]
    dialog.language.editor.setCurrentIndex(dialog.language.editor.findData("nb"))
    work.click(dialog.set_button)
    assert languages(work) == ["en", "nb"]
    assert panel.facts.language.text().startswith("Norwegian")


def test_what_would_change_nothing_cannot_be_set(panel: DocumentsPanel, work: Workplace) -> None:
    panel.ask_language([work.document(FIRST).id])
    dialog = asked(panel)
    assert dialog.language.editor.currentData() == "en"
    assert not dialog.set_button.isEnabled()
    dialog.list.clearSelection()
    dialog.language.editor.setCurrentIndex(dialog.language.editor.findData("xx"))
    assert not dialog.set_button.isEnabled()
    work.bot.keyClick(dialog, Qt.Key.Key_Escape)
    assert panel.dialog is None


def test_a_missing_word_list_is_said_with_the_way_to_get_it(
    panel: DocumentsPanel, work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ikt_coder.text.pipelines.find_spec", lambda _name: None)
    panel.ask_language([work.document(FIRST).id])
    dialog = asked(panel)
    below = dialog.list.model().index(0, 0).data(ItemRole.SUBTITLE)
    assert "exact forms of words only" in below
    assert "install the Python package" in dialog.language.note()
    dialog.reject()
