"""The side panel: fields, levels, domains, stances, quotes, memos."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ikt_coder.core.ops import Op
from ikt_coder.core.words import Consent, Flag, MemoKind, Stance, ThemeStatus
from ikt_coder.ui.themes.coding_entry import CodingEntry
from tests.ui.themes.desk import Desk


def entry(desk: Desk, at: int = 0) -> CodingEntry:
    desk.place.fields.show_page("codings")
    return desk.place.fields.codings.entries[at]


def choose(desk: Desk, name: str = "Someone phones") -> None:
    desk.click(desk.card(name))


def test_texts_are_kept_when_the_field_is_left(desk: Desk) -> None:
    first, _ = desk.fill()
    choose(desk)
    fields = desk.place.fields
    for key, edit in fields.form.texts.items():
        edit.setFocus()
        QTest.keyClicks(edit, f"The {key}")
    fields.form.name.setFocus()
    desk.settle()
    row = desk.row(first)
    assert (row.description, row.central_idea) == ("The description", "The central_idea")
    assert (row.boundaries, row.narrative) == ("The boundaries", "The narrative")


def test_going_to_another_theme_keeps_what_was_typed_for_the_first(desk: Desk) -> None:
    first, second = desk.fill()
    choose(desk)
    edit = desk.place.fields.form.texts["narrative"]
    edit.setFocus()
    QTest.keyClicks(edit, "They rang.")
    desk.place.show_theme(second)
    desk.settle()
    assert desk.row(first).narrative == "They rang."
    assert desk.row(second).narrative == ""
    assert edit.text() == ""


def test_what_is_being_typed_survives_an_act_elsewhere(desk: Desk) -> None:
    desk.fill()
    choose(desk)
    edit = desk.place.fields.form.texts["description"]
    edit.setFocus()
    QTest.keyClicks(edit, "Half a sen")
    desk.code("the slides", "Contact")
    desk.settle()
    assert edit.text() == "Half a sen"
    assert edit.hasFocus()


def test_the_name_is_changed_and_a_taken_one_refused(desk: Desk) -> None:
    first, _ = desk.fill()
    choose(desk)
    name = desk.place.fields.form.name
    name.setText("A person calls")
    name.editingFinished.emit()
    desk.settle()
    assert desk.row(first).name == "A person calls"
    name.setText("a role nobody described")
    name.editingFinished.emit()
    assert len(desk.failures) == 1
    assert name.text() == "A person calls"


def test_setting_aside_asks_for_a_reason(desk: Desk) -> None:
    first, _ = desk.fill()
    choose(desk)
    fields = desk.place.fields
    assert not fields.form.reason.isVisible()
    fields.form.status.setCurrentIndex(list(ThemeStatus).index(ThemeStatus.SET_ASIDE))
    fields.form.status.activated.emit(fields.form.status.currentIndex())
    assert fields.form.reason.isVisible()
    QTest.keyClicks(fields.form.reason, "One voice only")
    fields.form.name.setFocus()
    desk.settle()
    row = desk.row(first)
    assert (row.status, row.set_aside_reason) == (ThemeStatus.SET_ASIDE, "One voice only")


def test_levels_are_chips(desk: Desk) -> None:
    first, _ = desk.fill()
    desk.project.frameworks.add("levels-micro-meso-macro")
    desk.settle()
    choose(desk)
    key, chip = next(iter(desk.place.fields.form.level_chips.items()))
    chip.click()
    desk.settle()
    assert desk.row(first).levels == {key}
    desk.place.fields.form.level_chips[key].click()
    desk.settle()
    assert desk.row(first).levels == frozenset()


def test_a_refused_choice_goes_back_to_what_is_stored(desk: Desk) -> None:
    first, _ = desk.fill()
    desk.project.frameworks.add("levels-micro-meso-macro")
    desk.settle()
    choose(desk)
    key = next(iter(desk.place.fields.form.level_chips))
    # Gone before the place has read it: the act cannot be done any more.
    desk.project.themes.delete(first)
    desk.place.fields.form.level_chips[key].click()
    assert len(desk.failures) == 1
    assert not desk.place.fields.form.level_chips[key].isChecked()


def test_domains_are_hidden_and_added_by_hand(desk: Desk) -> None:
    first, _ = desk.fill()
    desk.project.frameworks.add("tdf-v2")
    desk.code("She phoned me", "Social influences")
    desk.settle()
    choose(desk)
    fields = desk.place.fields
    social = desk.code_id("Social influences")
    assert fields.form.domain_chips[social].isChecked()
    fields.form.domain_chips[social].click()
    desk.settle()
    assert not fields.form.domain_chips[social].isChecked()
    menu = fields.form.domains_menu()
    next(action for action in menu.actions() if action.text() == "Goals").trigger()
    desk.settle()
    details = fields.details()
    assert details is not None
    assert [one.text for one in details.domains] == ["Goals†"]
    assert list(details.hidden.values()) == ["Social influences"]
    fields.form.domain_chips[social].click()
    fields.form.domain_chips[desk.code_id("Goals")].click()
    desk.settle()
    details = fields.details()
    assert details is not None
    assert [one.text for one in details.domains] == ["Social influences (1)"]
    assert first == details.theme.id


def test_codings_show_their_words_and_open_in_context(desk: Desk) -> None:
    first, _ = desk.fill()
    choose(desk)
    (row,) = desk.project.themes.codings(first)
    assert entry(desk).words.text() == "She phoned me"
    assert "P01" in entry(desk).accessibleName()
    desk.click(entry(desk), QPoint(20, 12))
    assert desk.revealed == [row.passage.coding.id]
    entry(desk).setFocus()
    QTest.keyClick(entry(desk), Qt.Key.Key_Return)
    assert len(desk.revealed) == 2


def test_a_coding_can_qualify_or_contradict(desk: Desk) -> None:
    first, _ = desk.fill()
    choose(desk)
    menu = entry(desk).stances_menu()
    next(action for action in menu.actions() if action.text() == "≠ contradicts").trigger()
    desk.settle()
    assert desk.project.themes.codings(first)[0].stance is Stance.CONTRADICTS
    assert entry(desk).stance.text() == "≠ contradicts"
    assert desk.revealed == []


def test_star_and_quote_are_set_and_taken_back(desk: Desk) -> None:
    first, _ = desk.fill()
    choose(desk)
    coding = entry(desk).coding
    desk.click(entry(desk).star)
    assert Flag.STAR in desk.project.codings.get(coding).flags
    assert desk.project.themes.codings(first)[0].quote is None
    desk.click(entry(desk).quote)
    assert desk.project.themes.codings(first)[0].quote is not None
    assert entry(desk).quote.text() == "Drop quote"
    desk.click(entry(desk).quote)
    assert desk.project.themes.codings(first)[0].quote is None
    assert desk.revealed == []


def test_proposals_are_marked_until_a_quote_is_accepted(desk: Desk) -> None:
    desk.fill()
    desk.code("the slides", "Contact")
    desk.settle()
    choose(desk)
    details = desk.place.fields.details()
    assert details is not None
    assert len(details.proposed) == 1
    desk.click(entry(desk).quote)
    details = desk.place.fields.details()
    assert details is not None
    assert details.proposed == frozenset()


def test_a_participant_who_may_not_be_quoted_is_said(desk: Desk) -> None:
    desk.fill()
    person = next(row.id for row in desk.project.participants.all() if row.label == "P01")
    desk.project.participants.change(person, consent=Consent.NONE)
    desk.settle()
    choose(desk)
    desk.click(entry(desk).quote)
    assert "P01" in desk.failures[0].what


def test_a_single_coding_is_taken_out_by_key(desk: Desk) -> None:
    _, second = desk.fill()
    coding = desk.code("always at two", "Time")
    desk.project.themes.add_codings(second, coding)
    desk.settle()
    choose(desk, "A role nobody described")
    entry(desk).setFocus()
    QTest.keyClick(entry(desk), Qt.Key.Key_Delete)
    desk.settle()
    assert desk.project.themes.codings(second) == ()


def test_memos_are_written_and_opened(desk: Desk) -> None:
    first, _ = desk.fill()
    choose(desk)
    fields = desk.place.fields
    fields.form.memo.setFocus()
    QTest.keyClicks(fields.form.memo, "Is this one theme or two?")
    QTest.keyClick(fields.form.memo, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    (memo,) = desk.project.memos.on(theme=first)
    assert (memo.kind, memo.text) == (MemoKind.ANALYTIC, "Is this one theme or two?")
    assert fields.form.memo.text() == ""
    wanted: list[object] = []
    desk.context.memo_wanted.connect(wanted.append)
    assert fields.form.memo_links[0].text() == "Is this one theme or two?"
    fields.form.memo_links[0].click()
    assert wanted == [memo.id]


def test_many_codings_are_shown_on_demand(desk: Desk) -> None:
    first, _ = desk.fill()
    with desk.project.operation(Op.APPLY_CODES):
        for word in (
            "before",
            "the",
            "third",
            "went",
            "slides",
            "with",
            "Nobody",
            "had",
            "how",
            "put",
            "is",
        ):
            for other in ("explained", "study"):
                desk.code(word, f"{word} {other}")
    codes = [row.id for row in desk.project.codes.all() if " " in row.name]
    desk.project.themes.add_codes(first, codes)
    for word in ("came", "late", "and", "meetings", "always", "two", "at", "is", "put"):
        desk.code(word, "Contact")
    desk.settle()
    choose(desk)
    details = desk.place.fields.details()
    assert details is not None
    assert len(details.codings) > 15
    desk.place.fields.show_page("codings")
    assert len(desk.place.fields.codings.entries) == 15
    desk.place.fields.codings.show_all()
    assert len(desk.place.fields.codings.entries) == len(details.codings)
