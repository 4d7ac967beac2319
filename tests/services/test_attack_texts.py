"""Mending texts under hard conditions: edges, many coders, undo, stale memory, size."""

from __future__ import annotations

import threading
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from ikt_coder.core.errors import UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.transcript import Transcript, Turn
from ikt_coder.core.words import Flag
from ikt_coder.services.attribution import Attribution
from ikt_coder.services.new_codings import NewCoding
from tests.studies import TALK, dump, span_of, study


@pytest.mark.parametrize("at", [-1, -400, len(TALK) + 2, 10**9])
def test_an_edit_outside_the_text_is_refused(tmp_path: Path, at: int) -> None:
    project, document = study(tmp_path / "study.ikt")
    kept = dump(project.path)
    with pytest.raises(UserError, match="It is as it was"):
        project.documents.mend(document, [TextEdit(0, "", "x"), TextEdit(at, "", "y")])
    assert dump(project.path) == kept
    assert project.texts.get(document) == TALK
    project.close()


def test_an_undone_edit_and_another_of_the_same_revision_are_told_apart(tmp_path: Path) -> None:
    project, document = study(tmp_path / "study.ikt")
    for word in ("one", "two", "three"):
        project.documents.mend(document, [TextEdit(0, "", word)])
        assert project.texts.get(document) == word + TALK
        project.history.undo()
        assert project.texts.get(document) == TALK
    project.close()


def test_a_slow_reader_keeps_no_text_that_was_taken_back(tmp_path: Path) -> None:
    """A thread that read before an undo must not put its text into memory after it."""
    project, document = study(tmp_path / "study.ikt")
    project.documents.mend(document, [TextEdit(0, "", "old ")])
    project.texts.forget()
    read = project.texts._edits
    inside, go_on = threading.Event(), threading.Event()
    got: list[str] = []

    def slow(key: object) -> object:
        rows = read(key)  # type: ignore[arg-type]  # passed on as it came
        if threading.current_thread() is not threading.main_thread():
            inside.set()
            assert go_on.wait(10)
        return rows

    project.texts._edits = slow  # type: ignore[method-assign,assignment]  # a slow disk
    worker = threading.Thread(target=lambda: got.append(project.texts.get(document)))
    worker.start()
    assert inside.wait(10)
    project.history.undo()
    project.documents.mend(document, [TextEdit(0, "", "new ")])
    go_on.set()
    worker.join()
    assert got == ["old " + TALK]
    assert project.texts.get(document) == "new " + TALK
    project.close()


def test_a_rolled_back_edit_leaves_no_text_in_memory(tmp_path: Path) -> None:
    project, document = study(tmp_path / "study.ikt")

    def fail() -> None:
        with project.operation(Op.MEND_TEXT):
            project.documents.mend(document, [TextEdit(0, "", "never ")])
            assert project.texts.get(document).startswith("never")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert project.texts.get(document) == TALK
    project.close()


@st.composite
def visits(draw: st.DrawFn) -> list[TextEdit]:
    """Several edits of one visit, each in the text after those before it."""
    text = TALK
    edits = []
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(text)) | st.just(0) | st.just(len(text)))
        removed = text[at : at + draw(st.integers(0, 40))]
        edit = TextEdit(at, removed, draw(st.text("ab 😀\n", max_size=6)))
        edits.append(edit)
        text = edit.apply(text)
    return edits


spans = st.tuples(st.integers(0, len(TALK) - 1), st.integers(1, 60)).map(
    lambda pair: Span(pair[0], min(pair[0] + pair[1], len(TALK)))
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(edits=visits(), marks=st.lists(st.tuples(spans, st.booleans(), st.booleans()), max_size=12))
def test_a_visit_carries_everything_and_is_undone_whole(
    tmp_path_factory: pytest.TempPathFactory,
    edits: list[TextEdit],
    marks: list[tuple[Span, bool, bool]],
) -> None:
    """Codings of two coders, memos, quotes and turns: each as the edits move it one by one,
    the emptied and the doubled gone, and all back as they were after undo."""
    project, document = study(tmp_path_factory.mktemp("mend") / "study.ikt")
    first = project.coder
    second = project.coders.add("Ben Reid")
    codes = [project.codes.add("A"), project.codes.add("B")]
    made = project.codings.apply_many(
        [
            NewCoding(document, span, codes[which], second if other else first)
            for span, which, other in marks
        ]
    )
    theme = project.themes.add("Theme", codes=codes)
    if made:
        project.themes.accept_quote(theme, made[0])
        project.memos.add("memo", document=document, span=marks[0][0])
    before = dump(project.path)
    rows = {row.id: row for row in project.codings.in_document(document, None)}
    project.documents.mend(document, edits)
    real = [edit for edit in edits if edit.removed != edit.inserted]
    text = TALK
    expected = {key: row.span for key, row in rows.items()}
    for edit in real:
        text = edit.apply(text)
        expected = {key: edit.move(span) for key, span in expected.items()}
    assert project.texts.get(document) == text
    now = {row.id: row.span for row in project.codings.in_document(document, None)}
    assert all(expected[key] == span for key, span in now.items())
    gone = set(rows) - set(now)
    for key in gone:
        same = [
            other
            for other in now
            if expected[other] == expected[key]
            and (rows[other].code, rows[other].coder) == (rows[key].code, rows[key].coder)
        ]
        assert not len(expected[key]) or same
    assert all(len(span) for span in now.values())
    turns = project.documents.turns(document)
    assert all(t.span.start <= t.words_start <= t.span.end <= len(text) for t in turns)
    Attribution(project).of(document, Span(0, len(text)))
    assert project.safety.check().findings == ()
    if real:
        project.history.undo()
        assert dump(project.path) == before
        assert project.texts.get(document) == TALK
        project.history.redo()
        assert project.texts.get(document) == text
    project.close()


def test_a_turn_that_lost_its_words_hides_no_neighbour(tmp_path: Path) -> None:
    """After an edit two turns may begin at one place, one of them empty."""
    project, document = study(tmp_path / "study.ikt")
    whole = project.documents.turns(document)[1].span
    text = project.texts.get(document)
    project.documents.mend(document, [TextEdit(whole.start, text[whole.start : whole.end], "")])
    words = Attribution(project)
    question = span_of(project, document, "what got in the way")
    assert words.of(document, question).speakers == ("Interviewer",)
    answer = span_of(project, document, "Nobody had explained")
    assert words.of(document, answer).speakers == ("P01",)
    project.close()


def test_turns_that_overlap_are_all_met(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    text = "A: long turn that goes on and on\nB: short\nrest of the long turn\n"
    turns = (
        Turn(Span(0, len(text)), "A", None, 3),
        Turn(Span(33, 42), "B", None, 36),
    )
    document = project.documents.add(Transcript(text, turns), "Odd")
    span = span_of(project, document, "rest of")
    assert Attribution(project).of(document, span).speakers == ("A",)
    both = span_of(project, document, "short")
    assert set(Attribution(project).of(document, both).speakers) == {"A", "B"}
    project.close()


def test_each_row_is_journaled_once_for_a_visit_of_many_edits(tmp_path: Path) -> None:
    project, document = study(tmp_path / "study.ikt")
    edits = [TextEdit(0, "", "x") for _ in range(50)]
    project.documents.mend(document, edits)
    newest = project.history.all(limit=1)[0]
    turns = project.history.touched(newest.seq, "turn")
    assert newest.rows == len(edits) + len(turns) + 1
    project.close()


def test_codings_that_an_edit_makes_equal_become_one_that_carries_both(tmp_path: Path) -> None:
    project, document = study(tmp_path / "study.ikt")
    code = project.codes.add("Trust")
    whole = span_of(project, document, "She phoned me")
    less = span_of(project, document, "phoned me")
    first = project.codings.apply(document, whole, code)
    other = project.codings.apply(document, less, code, memo="why", flags=[Flag.STAR])
    theme = project.themes.add("Belonging")
    project.themes.add_codings(theme, other)
    project.themes.accept_quote(theme, other)
    before = dump(project.path)
    project.documents.mend(document, [TextEdit(whole.start, "She ", "")])
    (row,) = project.codings.in_document(document)
    assert (row.id, row.memo, row.flags) == (first, "why", {Flag.STAR})
    assert [r.passage.coding.id for r in project.themes.codings(theme)] == [first]
    assert project.safety.check().sound
    project.history.undo()
    assert dump(project.path) == before
    project.close()
