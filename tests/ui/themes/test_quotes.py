"""The quotes of a theme: accepted by one act, put in order, shortened, altered, dropped."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ikt_coder.core.span import Span
from ikt_coder.core.words import Consent, Flag
from ikt_coder.ui.codes.name_popover import NamePopover
from ikt_coder.ui.themes.quote_editor import QuoteEditor
from ikt_coder.ui.themes.quote_entry import QuoteEntry
from ikt_coder.ui.themes.theme_quotes import ThemeQuotesPage
from tests.studies import span_of
from tests.ui.themes.desk import Desk

SAID = "She phoned me before the third meeting."


def open_quotes(desk: Desk) -> ThemeQuotesPage:
    desk.click(desk.card("Someone phones"))
    desk.place.fields.show_page("quotes")
    return desk.place.fields.quotes


def accepted(desk: Desk, *words: str) -> tuple[UUID, ThemeQuotesPage]:
    """A theme with these words accepted as quotes, its quotes in sight."""
    desk.code(SAID, "Contact")
    for more in words[1:]:
        desk.code(more, "Contact")
    theme = desk.theme("Someone phones", "Contact")
    codings = {
        row.passage.text: row.passage.coding.id for row in desk.project.themes.codings(theme)
    }
    for each in words:
        desk.project.quotes.accept(theme, codings[each])
    desk.settle()
    return theme, open_quotes(desk)


def entries(page: ThemeQuotesPage) -> list[QuoteEntry]:
    return sorted(page.entries.values(), key=lambda entry: entry.y())


def printed(desk: Desk, theme: UUID) -> list[str]:
    return [row.printed for row in desk.project.quotes.of(theme)]


def edit(desk: Desk, page: ThemeQuotesPage) -> QuoteEditor:
    entries(page)[0].setFocus()
    desk.press(Qt.Key.Key_E)
    assert page.editor is not None
    assert page.editor.text.hasFocus()
    return page.editor


def choose(desk: Desk, editor: QuoteEditor, words: str) -> Span:
    """Select words of the transcript in the editor."""
    span = span_of(desk.project, desk.document, words)
    editor.select(span)
    assert editor.meant() == span
    return span


def answer(desk: Desk, words: str) -> None:
    """Type what is asked for in the little window."""
    asked = next(p for p in desk.place.findChildren(NamePopover) if p.isVisible())
    asked.field.selectAll()
    QTest.keyClicks(asked.field, words)
    QTest.keyClick(asked.field, Qt.Key.Key_Return)
    desk.settle()


def test_a_proposal_is_accepted_by_one_key_and_starred_ones_come_first(desk: Desk) -> None:
    theme = desk.fill()[0]
    starred = desk.code("She went through the slides with me", "Contact")
    desk.project.codings.toggle_flag(starred, Flag.STAR)
    desk.settle()
    page = open_quotes(desk)
    assert page.proposals[0].accessibleName().endswith("Starred")
    assert "She went through the slides" in page.proposals[0].words.text()
    page.proposals[0].setFocus()
    desk.press(Qt.Key.Key_A)
    assert [row.coding for row in desk.project.quotes.of(theme)] == [starred]
    assert entries(page)[0].printed.text() == "“She went through the slides with me” (P01)"
    desk.project.history.undo()
    desk.settle()
    assert page.entries == {}


def test_a_proposal_is_accepted_by_one_click(desk: Desk) -> None:
    theme = desk.fill()[0]
    page = open_quotes(desk)
    desk.click(page.proposals[0].accept)
    assert printed(desk, theme) == ["“She phoned me” (P01)"]
    assert desk.place.fields.switch.button("quotes").text() == "Quotes 1"


def test_an_entry_opens_in_its_transcript(desk: Desk) -> None:
    _, page = accepted(desk, SAID)
    places: list[tuple[object, object]] = []
    desk.context.reveal_span.connect(lambda *place: places.append(place))
    desk.click(entries(page)[0].printed, QPoint(12, 8))
    entries(page)[0].setFocus()
    desk.press(Qt.Key.Key_Return)
    assert places == [(desk.document, span_of(desk.project, desk.document, SAID))] * 2


def test_quotes_are_ordered_by_key_and_by_drag(desk: Desk) -> None:
    theme, page = accepted(desk, SAID, "She went through the slides with me.", "I came late")
    before = printed(desk, theme)
    entries(page)[2].setFocus()
    desk.press(Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert printed(desk, theme) == [before[0], before[2], before[1]]
    assert entries(page)[1].hasFocus()
    first = entries(page)[0]
    below = first.mapFromGlobal(entries(page)[2].mapToGlobal(QPoint(20, 4000)))
    QTest.mousePress(first, Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    QTest.mouseMove(first, QPoint(20, 60))
    QTest.mouseMove(first, below)
    QTest.mouseRelease(first, Qt.MouseButton.LeftButton, pos=below)
    desk.settle()
    assert printed(desk, theme) == [before[2], before[1], before[0]]
    desk.project.history.undo()
    assert printed(desk, theme) == [before[0], before[2], before[1]]


def test_a_capital_alters_the_first_letter_alone(desk: Desk) -> None:
    theme, page = accepted(desk, SAID)
    editor = edit(desk, page)
    choose(desk, editor, "before")
    desk.press(Qt.Key.Key_W)
    answer(desk, "Before")
    assert printed(desk, theme) == ["“She phoned me [B]efore the third meeting.” (P01)"]
    notes = [note.words.text() for note in entries(page)[0].notes]
    assert notes == [f"Said: {SAID}"]
    assert page.editor is editor
    assert editor.text.hasFocus()


def test_other_words_stand_in_brackets(desk: Desk) -> None:
    theme, page = accepted(desk, SAID)
    editor = edit(desk, page)
    choose(desk, editor, "the third meeting")
    desk.click(editor.wording)
    answer(desk, "it")
    assert printed(desk, theme) == ["“She phoned me before [it].” (P01)"]


def test_words_are_left_out_and_restored(desk: Desk) -> None:
    theme, page = accepted(desk, SAID)
    editor = edit(desk, page)
    choose(desk, editor, "me before")
    desk.press(Qt.Key.Key_O)
    assert printed(desk, theme) == ["“She phoned … the third meeting.” (P01)"]
    choose(desk, editor, "before")
    desk.press(Qt.Key.Key_R)
    assert printed(desk, theme) == [f"“{SAID}” (P01)"]
    assert not editor.restore.isEnabled()
    desk.project.history.undo()
    desk.settle()
    assert printed(desk, theme) == ["“She phoned … the third meeting.” (P01)"]
    assert editor.restore.isEnabled()


def test_a_name_is_replaced_wherever_the_quote_has_it(desk: Desk) -> None:
    both = "She phoned me before the third meeting. She went through the slides with me."
    theme, page = accepted(desk, SAID, both)
    first = desk.project.quotes.of(theme)[0]
    desk.project.quotes.drop(first.id)
    desk.settle()
    editor = edit(desk, page)
    choose(desk, editor, "She")
    desk.press(Qt.Key.Key_N)
    answer(desk, "the coordinator")
    expected = both.replace("She", "[the coordinator]")
    assert printed(desk, theme) == [f"“{expected}” (P01)"]
    desk.project.history.undo()
    assert printed(desk, theme) == [f"“{both}” (P01)"]


def test_edges_follow_the_selection_and_longer_is_said(desk: Desk) -> None:
    theme, page = accepted(desk, SAID)
    editor = edit(desk, page)
    choose(desk, editor, f"{SAID} She went through the slides with me.")
    desk.press(Qt.Key.Key_Q)
    (row,) = desk.project.quotes.of(theme)
    assert row.longer
    assert row.words == f"{SAID} She went through the slides with me."
    notes = [note.words.text() for note in entries(page)[0].notes]
    assert notes == ["Longer than its coding; tables say so."]
    choose(desk, editor, "phoned me")
    desk.click(editor.edges)
    assert printed(desk, theme) == ["“phoned me” (P01)"]


def test_what_lies_outside_the_quote_cannot_be_altered(desk: Desk) -> None:
    _, page = accepted(desk, SAID)
    editor = edit(desk, page)
    choose(desk, editor, "the slides")
    assert not editor.wording.isEnabled()
    assert not editor.leave_out.isEnabled()
    assert editor.edges.isEnabled()


def test_the_word_at_the_caret_is_meant_and_keys_select(desk: Desk) -> None:
    _, page = accepted(desk, SAID)
    editor = edit(desk, page)
    start = span_of(desk.project, desk.document, SAID).start
    assert editor.meant() == Span(start, start + 3)
    control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(editor.text, Qt.Key.Key_Right, control_shift)
    QTest.keyClick(editor.text, Qt.Key.Key_Right, control_shift)
    assert editor.meant() == Span(start, start + len("She phoned"))


def test_characters_beyond_the_first_plane_do_not_shift_the_words(desk: Desk) -> None:
    said = "two. 😀 Ça va, e\u0301t."
    theme, page = accepted(desk, SAID, said)
    desk.project.quotes.drop(desk.project.quotes.of(theme)[0].id)
    desk.settle()
    editor = edit(desk, page)
    choose(desk, editor, "va")
    assert editor.text.textCursor().selectedText() == "va"
    desk.press(Qt.Key.Key_O)
    assert printed(desk, theme)[0].startswith("“two. 😀 Ça …")


def test_the_words_stay_where_they_were_after_an_act(desk: Desk) -> None:
    said = "Nobody had explained how a study is put together"
    theme, page = accepted(desk, SAID, said)
    desk.project.quotes.drop(desk.project.quotes.of(theme)[0].id)
    desk.settle()
    editor = edit(desk, page)
    bar = editor.text.verticalScrollBar()
    place = bar.value()
    assert place > 0
    choose(desk, editor, "explained")
    bar.setValue(place)
    desk.press(Qt.Key.Key_O)
    assert bar.value() == place
    assert editor.meant() == span_of(desk.project, desk.document, "explained")
    # What is said keeps its ink, what lies around it stays dim, what is altered is struck.
    looks = {}
    for words in ("study", "explained", "And what"):
        editor.select(span_of(desk.project, desk.document, words))
        how = editor.text.textCursor().charFormat()
        looks[words] = (how.foreground().style() != Qt.BrushStyle.NoBrush, how.fontStrikeOut())
    assert looks == {
        "study": (False, False),
        "explained": (False, True),
        "And what": (True, False),
    }


def test_escape_closes_the_words_and_goes_back(desk: Desk) -> None:
    _, page = accepted(desk, SAID)
    edit(desk, page)
    desk.press(Qt.Key.Key_Escape)
    assert page.editor is None
    assert entries(page)[0].hasFocus()


def test_closed_words_no_longer_follow_the_look(desk: Desk) -> None:
    _, page = accepted(desk, SAID)
    editor = edit(desk, page)
    shown: list[object] = []
    editor.show_row = shown.append  # type: ignore[method-assign]  # to hear of it
    look = desk.context.appearance
    look.changed.emit()
    assert len(shown) == 1
    desk.press(Qt.Key.Key_Escape)
    QApplication.sendPostedEvents(editor, QEvent.Type.DeferredDelete)
    look.changed.emit()
    assert len(shown) == 1


def test_a_quote_is_dropped_by_key_and_by_click(desk: Desk) -> None:
    theme, page = accepted(desk, SAID, "I came late")
    entries(page)[0].setFocus()
    desk.press(Qt.Key.Key_Delete)
    assert printed(desk, theme) == ["“I came late” (P02)"]
    assert entries(page)[0].hasFocus()
    desk.click(entries(page)[0].drop)
    assert desk.project.quotes.of(theme) == ()


def test_withdrawn_consent_is_said_at_the_quote(desk: Desk) -> None:
    _, page = accepted(desk, SAID)
    person = next(row.id for row in desk.project.participants.all() if row.label == "P01")
    desk.project.participants.change(person, consent=Consent.PARAPHRASE)
    desk.settle()
    (note,) = entries(page)[0].notes
    assert note.words.text() == "Not printed: P01 agreed to paraphrase only."
    assert "Not printed" in entries(page)[0].accessibleName()


def test_up_and_down_run_through_accepted_and_proposed(desk: Desk) -> None:
    _, page = accepted(desk, SAID, "I came late")
    desk.project.quotes.drop(next(iter(page.entries)))
    desk.settle()
    assert len(page.proposals) == 1
    entries(page)[0].setFocus()
    desk.press(Qt.Key.Key_Down)
    assert page.proposals[0].hasFocus()
    desk.press(Qt.Key.Key_Up)
    assert entries(page)[0].hasFocus()
