"""Every act of coding by key, through real key events."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from ikt_coder.core.words import Flag, Valence, WordPair
from ikt_coder.services.rows import CodingRow
from ikt_coder.settings import SINGLE_LETTER_KEYS
from ikt_coder.ui.memos.place import MemoPlace
from ikt_coder.ui.transcript.coding_chooser import CodingChooser
from ikt_coder.ui.transcript.levels import LevelsPopover

from .conftest import Table

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


def row(table: Table, code: str) -> CodingRow:
    return table.project.codings.get(table.coding(code))


def test_q_repeats_the_last_code(table: Table) -> None:
    table.select("day to day")
    table.key(Qt.Key.Key_Q)
    assert table.coded("Trusting relationship") == [
        "She went through the slides with me",
        "day to day",
    ]
    assert table.said[-1] == "Applied Trusting relationship to 3 words, Interviewer 05:36"


def test_white_space_at_the_ends_of_a_selection_is_not_coded(table: Table) -> None:
    table.select(" day to day")
    table.key(Qt.Key.Key_Q)
    assert table.coded("Trusting relationship")[-1] == "day to day"


def test_without_a_selection_nothing_is_coded_and_a_sentence_says_so(table: Table) -> None:
    table.caret_in("It is a small thing")
    table.key(Qt.Key.Key_Q)
    assert table.coded("Trusting relationship") == ["She went through the slides with me"]
    assert "No words are selected" in table.hints[-1]
    assert table.failures == []


def test_digits_take_pinned_codes_and_fill_up_with_recent_ones(table: Table) -> None:
    table.project.codes.pin(table.codes["Social influences"], 2)
    on = table.view.digits.codes()
    assert on[2] == table.codes["Social influences"]
    assert on[1] == table.codes["Knowledge of the research process"]
    assert on[3] == table.codes["Clear role"]
    table.select("paid for the taxi")
    table.key(Qt.Key.Key_2)
    assert table.coded("Social influences") == ["paid for the taxi"]


def test_a_digit_of_the_keypad_codes_nothing(table: Table) -> None:
    table.select("paid for the taxi")
    table.key(Qt.Key.Key_1, KEYPAD)
    assert len(table.project.codings.in_document(table.document)) == 3


def test_a_digit_is_read_by_its_place_on_the_keyboard(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AZERTY types & on the key of the 1; its scan code under X11 is 10."""
    monkeypatch.setattr(
        "ikt_coder.ui.transcript.digits.QGuiApplication.platformName", lambda: "xcb"
    )
    monkeypatch.setattr("ikt_coder.ui.transcript.digits.sys.platform", "linux")
    table.select("paid for the taxi")
    pressed = QKeyEvent(
        QEvent.Type.KeyPress,
        Qt.Key.Key_Ampersand,
        Qt.KeyboardModifier.NoModifier,
        10,
        0,
        0,
        "&",
    )
    QApplication.sendEvent(table.view.pane, pressed)
    assert table.coded("Knowledge of the research process")[-1] == "paid for the taxi"


def test_v_makes_a_code_of_the_words_themselves(table: Table) -> None:
    span = table.select("never missed one")
    table.key(Qt.Key.Key_V)
    made = next(c for c in table.project.codes.all() if c.name == "never missed one")
    (coding,) = [r for r in table.project.codings.in_document(table.document) if r.code == made.id]
    assert coding.span == span
    assert table.view.current_coding == coding.id
    assert table.view.code_name(made.id) == "never missed one"


def test_n_names_a_new_code_and_codes_the_selection(table: Table) -> None:
    table.select("never missed one")
    table.key(Qt.Key.Key_N)
    table.type("Reliability")
    table.key(Qt.Key.Key_Return)
    made = table.project.codes.find("Reliability")
    assert made.codings == 1
    assert QApplication.focusWidget() is table.view.pane


@pytest.mark.parametrize(
    ("key", "valence"),
    [
        (Qt.Key.Key_B, Valence.BARRIER),
        (Qt.Key.Key_F, Valence.FACILITATOR),
        (Qt.Key.Key_X, Valence.MIXED),
        (Qt.Key.Key_D, Valence.NEUTRAL),
    ],
)
def test_a_letter_sets_the_direction_and_clears_it_again(
    table: Table, key: Qt.Key, valence: Valence
) -> None:
    table.caret_in("partner is supposed")
    assert table.view.current_coding == table.coding("Clear role")
    table.key(key)
    assert row(table, "Clear role").valence is valence
    mark = table.view.current_mark()
    assert mark is not None
    assert mark.row.valence is valence
    table.key(key)
    assert row(table, "Clear role").valence is None


def test_plus_and_minus_of_the_keypad_set_the_direction_too(table: Table) -> None:
    table.caret_in("partner is supposed")
    table.key(Qt.Key.Key_Plus, KEYPAD)
    assert row(table, "Clear role").valence is Valence.FACILITATOR
    table.key(Qt.Key.Key_Minus, KEYPAD)
    assert row(table, "Clear role").valence is Valence.BARRIER


def test_the_letters_act_on_what_was_just_coded(table: Table) -> None:
    table.select("paid for the taxi")
    table.key(Qt.Key.Key_Q)
    table.key(Qt.Key.Key_F)
    fresh = table.view.current_mark()
    assert fresh is not None
    assert table.project.codings.get(fresh.id).valence is Valence.FACILITATOR


def test_p_stars_and_g_doubts(table: Table) -> None:
    table.caret_in("partner is supposed")
    table.key(Qt.Key.Key_P)
    table.key(Qt.Key.Key_G)
    assert row(table, "Clear role").flags == {Flag.STAR, Flag.UNSURE}
    table.key(Qt.Key.Key_P)
    assert row(table, "Clear role").flags == {Flag.UNSURE}
    assert table.said[-1] == "Clear role: no longer quotable"


def test_u_removes_the_only_coding_at_the_caret(table: Table) -> None:
    table.caret_in("through the slides")
    table.key(Qt.Key.Key_U)
    assert table.coded("Trusting relationship") == []
    assert table.said[-1] == "Removed Trusting relationship"
    table.project.history.undo()
    assert table.coded("Trusting relationship") == ["She went through the slides with me"]
    assert len(table.view.pane.marks) == 3


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_and_backspace_remove_too(table: Table, key: Qt.Key) -> None:
    table.caret_in("through the slides")
    table.key(key)
    assert table.coded("Trusting relationship") == []


def test_where_several_overlap_a_chooser_asks_which(table: Table) -> None:
    table.caret_in("partner is supposed")
    table.key(Qt.Key.Key_U)
    chooser = table.window.findChild(CodingChooser)
    assert chooser is not None
    assert chooser.isVisible()
    assert table.coded("Clear role") == ["or what a partner is supposed to do"]
    table.key(Qt.Key.Key_Down)
    table.key(Qt.Key.Key_Return)
    assert table.coded("Knowledge of the research process") == []
    assert table.coded("Clear role") == ["or what a partner is supposed to do"]
    assert QApplication.focusWidget() is table.view.pane


def test_esc_in_the_chooser_removes_nothing(table: Table) -> None:
    table.caret_in("partner is supposed")
    table.key(Qt.Key.Key_U)
    table.key(Qt.Key.Key_Escape)
    assert len(table.project.codings.in_document(table.document)) == 3
    assert QApplication.focusWidget() is table.view.pane


def test_o_cycles_what_overlaps(table: Table) -> None:
    table.caret_in("partner is supposed")
    narrow, wide = table.coding("Clear role"), table.coding("Knowledge of the research process")
    seen: list[object] = []
    table.view.current_coding_changed.connect(seen.append)
    for _ in range(3):
        table.key(Qt.Key.Key_O)
    assert seen == [wide, narrow, wide]


def test_j_and_k_walk_through_the_codings(table: Table) -> None:
    table.view.pane.place_caret(0)
    order = ["Knowledge of the research process", "Clear role", "Trusting relationship"]
    for code in order:
        table.key(Qt.Key.Key_J)
        assert table.view.current_coding == table.coding(code)
    table.key(Qt.Key.Key_J)
    assert table.view.current_coding == table.coding(order[-1])
    table.key(Qt.Key.Key_K)
    assert table.view.current_coding == table.coding(order[-2])


def test_w_widens_and_shift_w_comes_back(table: Table) -> None:
    table.caret_in("missed")
    widths = []
    for _ in range(3):
        table.key(Qt.Key.Key_W)
        span = table.view.selection()
        assert span is not None
        widths.append(table.text[span.start : span.end])
    assert widths[0] == "missed"
    assert widths[1].startswith("Once they moved")
    assert widths[2].startswith("The meetings were")
    table.key(Qt.Key.Key_W, SHIFT)
    span = table.view.selection()
    assert span is not None
    assert table.text[span.start : span.end] == widths[1]


def test_c_changes_the_code_and_keeps_edges_and_the_rest(table: Table) -> None:
    table.caret_in("through the slides")
    before = row(table, "Trusting relationship")
    table.key(Qt.Key.Key_C)
    table.type("social")
    table.key(Qt.Key.Key_Return)
    after = table.project.codings.get(before.id)
    assert after.code == table.codes["Social influences"]
    assert (after.span, after.valence) == (before.span, before.valence)
    assert table.view.current_coding == before.id


def test_m_asks_for_a_memo_on_the_coding_or_the_selection(table: Table) -> None:
    asked: list[MemoPlace] = []
    table.view.memo_requested.connect(asked.append)
    span = table.select("It is a small thing")
    table.key(Qt.Key.Key_M)
    assert asked == [MemoPlace(table.document, span=span)]
    table.caret_in("through the slides")
    table.key(Qt.Key.Key_M)
    assert asked[-1] == MemoPlace(table.document, coding=table.coding("Trusting relationship"))


def test_l_opens_the_levels_and_space_checks_one(table: Table) -> None:
    table.caret_in("through the slides")
    table.key(Qt.Key.Key_L)
    assert "no levels" in table.hints[-1]
    table.project.frameworks.add("levels-micro-meso-macro")
    table.key(Qt.Key.Key_L)
    popover = next(p for p in table.window.findChildren(LevelsPopover) if p.isVisible())
    table.key(Qt.Key.Key_Right)
    table.key(Qt.Key.Key_Space)
    levels = table.project.frameworks.levels()
    assert row(table, "Trusting relationship").levels == {levels[1].id}
    assert list(popover.chips) == [level.id for level in levels]
    table.key(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is table.view.pane


def test_letters_can_be_turned_off_and_still_work_after_the_prefix(table: Table) -> None:
    table.view.settings.set(SINGLE_LETTER_KEYS, False)
    table.caret_in("partner is supposed")
    table.key(Qt.Key.Key_B)
    assert row(table, "Clear role").valence is None
    table.key(Qt.Key.Key_J, CONTROL)
    table.key(Qt.Key.Key_B)
    assert row(table, "Clear role").valence is Valence.BARRIER


def test_letters_do_nothing_while_another_field_has_the_focus(table: Table) -> None:
    table.caret_in("partner is supposed")
    table.key(Qt.Key.Key_F, CONTROL)
    table.type("b")
    assert row(table, "Clear role").valence is None
    assert table.view.find_bar.field.text() == "b"


def test_ctrl_i_shows_and_lists_the_codes_at_the_caret(table: Table) -> None:
    table.caret_in("partner is supposed")
    table.key(Qt.Key.Key_I, CONTROL)
    assert "Clear role" in table.view.hover.text
    assert "barrier" in table.view.hover.text
    assert "Coder A" in table.view.hover.text
    table.key(Qt.Key.Key_Right)
    assert table.view.hover.text == ""


def test_every_act_has_a_text_and_a_sentence(table: Table) -> None:
    acts = table.view.acts
    for name in acts.names():
        assert acts[name].text()
        assert acts[name].statusTip().endswith(".")
    keys = [sequence.toString() for name in acts.names() for sequence in acts[name].shortcuts()]
    assert len(keys) == len(set(keys))


def test_a_project_for_reading_only_says_so_on_each_key(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(table.view.desk), "read_only", property(lambda _desk: True))
    table.view.open_document(table.document)
    assert not table.view.acts["repeat"].isEnabled()
    assert table.view.acts["next"].isEnabled()
    table.select("day to day")
    table.key(Qt.Key.Key_Q)
    assert "reading only" in str(table.failures[-1])
    assert table.coded("Trusting relationship") == ["She went through the slides with me"]


def test_an_act_that_the_project_refuses_changes_nothing_and_is_told(
    make_table: Callable[..., Table],
) -> None:
    table = make_table(coded=False)
    span = table.span("day to day")
    one = table.project.codings.apply(table.document, span, table.codes["Clear role"])
    table.project.codings.apply(table.document, table.span("to day"), table.codes["Clear role"])
    table.view.make_current(one)
    table.view.hand.move_edges(one, *table.view.page.offsets.units(table.span("to day")))
    assert table.failures
    assert table.project.codings.get(one).span == span
    mark = table.view.pane.marks.get(one)
    assert mark is not None
    assert mark.row.span == span


def test_names_are_bold_and_safe_in_what_is_told(table: Table) -> None:
    told: list[str] = []
    table.view.act_done.connect(told.append)
    table.project.codes.change(table.codes["Clear role"], name="a < b & c")
    table.caret_in("partner is supposed")
    table.key(Qt.Key.Key_B)
    assert told == ["<b>a &lt; b &amp; c</b>: barrier"]


def test_the_projects_own_words_are_used_for_directions(table: Table) -> None:
    table.project.card.change(words=WordPair.HINDERS_HELPS)
    assert table.view.acts["facilitator"].text() == "Helps"
    table.caret_in("partner is supposed")
    table.key(Qt.Key.Key_F)
    assert table.said[-1] == "Clear role: helps"


def test_in_vivo_twice_uses_the_code_that_is_there(table: Table) -> None:
    table.select("day to day")
    table.key(Qt.Key.Key_V)
    table.select("It is a small thing")
    table.view.hand.apply_new("Day to DAY")
    names = [code.name for code in table.project.codes.all()]
    assert names.count("day to day") == 1
    assert table.project.codes.find("day to day").codings == 2


def test_menus_name_the_code_on_each_digit(table: Table) -> None:
    assert table.view.acts["digit_1"].text() == "1  Knowledge of the research process"
    assert table.view.acts["digit_9"].text() == "Code on key 9"
    table.project.codes.change(table.codes["Knowledge of the research process"], name="R & D")
    assert table.view.acts["digit_1"].text() == "1  R && D"


def test_one_can_code_before_saying_who_one_is(table: Table) -> None:
    """The project makes a first coder then; the coding shows at once."""
    table.project.coder = None
    table.view.reload()
    table.select("day to day")
    table.view.code_clicked(table.codes["Social influences"])
    assert table.coded("Social influences") == ["day to day"]
    mark = table.view.current_mark()
    assert mark is not None
    assert mark.row.coder == table.project.coder
