from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.span import Span, TextEdit, apply_edits
from ikt_coder.ui.transcript.mending_log import MendingLog, merged

CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 4), st.text("ab🙂\n ", max_size=4)), max_size=20
)


@given(st.text("xyz \n🙂", max_size=40), CHANGES)
def test_the_few_edits_make_the_text_that_was_typed(
    text: str, changes: list[tuple[float, int, str]]
) -> None:
    log: MendingLog[int] = MendingLog(text, {})
    now = text
    for where, removed, inserted in changes:
        at = round(where * len(now))
        removed = min(removed, len(now) - at)
        now = now[:at] + inserted + now[at + removed :]
        log.change(at, removed, inserted)
        assert log.text == now
    assert apply_edits(text, log.edits) == now
    assert len(log.edits) <= len(changes)


@given(st.text("xyz \n🙂", min_size=1, max_size=40), CHANGES, st.data())
def test_codings_move_as_the_edits_handed_over_will_move_them(
    text: str, changes: list[tuple[float, int, str]], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    log = MendingLog(text, {0: Span(start, end)})
    for where, removed, inserted in changes:
        at = round(where * len(log.text))
        log.change(at, min(removed, len(log.text) - at), inserted)
    expected = Span(start, end)
    for edit in log.edits:
        expected = edit.move(expected)
    assert log.spans()[0] == expected


def test_a_word_typed_anew_stays_inside_its_coding() -> None:
    log = MendingLog("we met teh team", {0: Span(7, 10)})
    for at in (9, 8):
        log.change(at, 1, "")
    for at, letter in ((8, "h"), (9, "e")):
        log.change(at, 0, letter)
    assert log.text == "we met the team"
    assert log.edits == [TextEdit(8, "eh", "he")]
    assert log.spans()[0] == Span(7, 10)


def test_what_is_taken_back_leaves_no_edit_and_no_shift() -> None:
    log = MendingLog("one two three", {0: Span(4, 7)})
    log.change(3, 5, "")
    assert log.spans()[0] == Span(3, 3)
    log.change(3, 0, " two ")
    assert log.edits == []
    assert log.spans()[0] == Span(4, 7)


def test_edits_apart_from_each_other_stay_apart() -> None:
    assert merged(TextEdit(0, "a", "b"), TextEdit(5, "c", "d")) is None
