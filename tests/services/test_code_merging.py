"""Merging codes: what falls together, what follows, what undo brings back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.span import Span
from ikt_coder.core.words import Flag, Stance, Valence
from ikt_coder.services.codings import NewCoding
from ikt_coder.services.project import Project
from tests.studies import dump, span_of, study


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Project, UUID]]:
    project, document = study(tmp_path / "Study.ikt")
    yield project, document
    project.close()


def spans(project: Project, code: UUID) -> list[tuple[int, int]]:
    rows = project.codings.of_codes([code], None)
    return sorted((row.span.start, row.span.end) for row in rows)


def test_equal_codings_become_one_that_carries_both(opened: tuple[Project, UUID]) -> None:
    project, document = opened
    a, b, c = (project.codes.add(name) for name in "ABC")
    project.frameworks.add("levels-micro-meso-macro")
    micro, meso, macro = (level.id for level in project.frameworks.levels()[:3])
    span = span_of(project, document, "She phoned me")
    stays = project.codings.apply(document, span, a, memo="one", levels=[micro])
    project.codings.apply(
        document, span, b, memo="two", valence=Valence.BARRIER, levels=[meso], strength=2
    )
    project.codings.apply(
        document,
        span,
        c,
        memo="one",
        valence=Valence.FACILITATOR,
        levels=[macro],
        flags=[Flag.STAR],
    )
    preview = project.codes.merge_preview([b, c], a)
    assert (preview.codings, preview.duplicates, preview.touching) == (2, 2, 0)
    assert preview.sources == ("B", "C")
    project.codes.merge([b, c], a)
    (row,) = project.codings.of_codes([a])
    assert row.id == stays
    assert row.memo == "one\ntwo"
    assert row.valence is Valence.MIXED
    assert row.strength == 2
    assert row.levels == {micro, meso, macro}
    assert row.flags == {Flag.STAR}


def test_each_coder_keeps_their_own(opened: tuple[Project, UUID]) -> None:
    project, document = opened
    a, b = project.codes.add("A"), project.codes.add("B")
    other = project.coders.add("Berit Lund")
    span = span_of(project, document, "slides")
    project.codings.apply(document, span, a)
    project.codings.apply_many([NewCoding(document, span, b, other)])
    assert project.codes.merge_preview(b, a).duplicates == 0
    project.codes.merge(b, a, join_touching=True)
    assert len(project.codings.of_codes([a], None)) == 2


class TestJoining:
    def test_touching_of_one_direction_join_where_asked(self, opened: tuple[Project, UUID]) -> None:
        project, document = opened
        a, b = project.codes.add("A"), project.codes.add("B")
        project.codings.apply(document, Span(10, 20), a, valence=Valence.BARRIER)
        project.codings.apply(document, Span(20, 30), b, valence=Valence.BARRIER)
        project.codings.apply(document, Span(28, 40), b, valence=Valence.FACILITATOR)
        project.codings.apply(document, Span(50, 60), b, valence=Valence.BARRIER)
        assert project.codes.merge_preview(b, a).touching == 1
        project.codes.merge(b, a, join_touching=True)
        assert spans(project, a) == [(10, 30), (28, 40), (50, 60)]
        project.history.undo()
        project.codes.merge(b, a)
        assert spans(project, a) == [(10, 20), (20, 30), (28, 40), (50, 60)]

    def test_what_was_apart_within_the_survivor_stays_apart(
        self, opened: tuple[Project, UUID]
    ) -> None:
        project, document = opened
        a, b = project.codes.add("A"), project.codes.add("B")
        project.codings.apply(document, Span(10, 20), a)
        project.codings.apply(document, Span(20, 30), a)
        project.codings.apply(document, Span(50, 60), b)
        assert project.codes.merge_preview(b, a).touching == 0
        project.codes.merge(b, a, join_touching=True)
        assert spans(project, a) == [(10, 20), (20, 30), (50, 60)]

    def test_the_direction_after_the_doubles_decides(self, opened: tuple[Project, UUID]) -> None:
        project, document = opened
        a, b = project.codes.add("A"), project.codes.add("B")
        project.codings.apply(document, Span(10, 20), a)
        project.codings.apply(document, Span(10, 20), b, valence=Valence.BARRIER)
        project.codings.apply(document, Span(15, 30), b, valence=Valence.BARRIER)
        preview = project.codes.merge_preview(b, a)
        assert (preview.duplicates, preview.touching) == (1, 1)
        project.codes.merge(b, a, join_touching=True)
        assert spans(project, a) == [(10, 30)]

    def test_a_long_one_reaches_over_short_ones(self, opened: tuple[Project, UUID]) -> None:
        project, document = opened
        a, b = project.codes.add("A"), project.codes.add("B")
        project.codings.apply(document, Span(10, 60), a, memo="whole")
        project.codings.apply(document, Span(12, 14), b, memo="within")
        project.codings.apply(document, Span(40, 70), b, memo="beyond")
        project.codes.merge(b, a, join_touching=True)
        (row,) = project.codings.of_codes([a])
        assert row.span == Span(10, 70)
        assert row.memo == "whole\nwithin\nbeyond"

    def test_no_coding_stands_twice_after_joining(self, opened: tuple[Project, UUID]) -> None:
        project, document = opened
        a, b = project.codes.add("A"), project.codes.add("B")
        project.codings.apply(document, Span(10, 30), a, valence=Valence.FACILITATOR)
        project.codings.apply(document, Span(10, 20), b, valence=Valence.BARRIER)
        project.codings.apply(document, Span(20, 30), b, valence=Valence.BARRIER)
        assert project.codes.merge_preview(b, a).touching == 2
        project.codes.merge(b, a, join_touching=True)
        (row,) = project.codings.of_codes([a])
        assert (row.span, row.valence) == (Span(10, 30), Valence.MIXED)
        assert project.safety.check().sound


class TestWhatFollows:
    def test_sub_codes_with_taken_names_get_a_number(self, opened: tuple[Project, UUID]) -> None:
        project, _ = opened
        a, b = project.codes.add("A"), project.codes.add("B")
        project.codes.add("Same", a)
        project.codes.add("same", b)
        project.codes.add("Other", b)
        assert project.codes.merge_preview(b, a).children == 2
        project.codes.merge(b, a)
        assert [row.path for row in project.codes.all()] == [
            ("A",),
            ("A", "Same"),
            ("A", "same 2"),
            ("A", "Other"),
        ]

    def test_a_survivor_below_a_merged_code_moves_up(self, opened: tuple[Project, UUID]) -> None:
        project, document = opened
        top = project.codes.add("Top")
        middle = project.codes.add("Middle", top)
        low = project.codes.add("Low", middle)
        project.codes.add("Sister", middle)
        coding = project.codings.apply(document, Span(5, 9), top)
        project.codes.merge([top, middle], low)
        assert [row.path for row in project.codes.all()] == [("Low",), ("Low", "Sister")]
        assert project.codings.get(coding).code == low
        assert project.codes.survivor(top) == low
        assert project.codes.get(middle).name == "Low"

    def test_themes_memos_stances_and_quotes(self, opened: tuple[Project, UUID]) -> None:
        project, document = opened
        a, b = project.codes.add("A"), project.codes.add("B")
        span = span_of(project, document, "She phoned me")
        project.codings.apply(document, span, a)
        goes = project.codings.apply(document, span, b)
        memo = project.memos.add("Rule of B", code=b)
        on_coding = project.memos.add("Said softly", coding=goes)
        by_code, by_hand = project.themes.add("By code"), project.themes.add("By hand")
        project.themes.add_codes(by_code, [a])
        project.themes.add_codes(by_code, [b])
        project.themes.add_codings(by_hand, [goes])
        project.themes.set_stance(by_hand, goes, Stance.CONTRADICTS)
        preview = project.codes.merge_preview(b, a)
        assert (preview.memos, preview.themes) == (1, 1)
        project.codes.merge(b, a)
        (stays,) = project.codings.of_codes([a])
        assert project.memos.get(memo).code == a
        assert project.memos.get(on_coding).coding == stays.id
        themes = {row.id: row for row in project.themes.all()}
        assert themes[by_code].codes == (a,)
        (held,) = project.themes.codings(by_hand)
        assert (held.passage.coding.id, held.stance) == (stays.id, Stance.CONTRADICTS)


def test_a_merge_is_refused_without_a_trace(opened: tuple[Project, UUID], tmp_path: Path) -> None:
    project, _ = opened
    a = project.codes.add("A")
    project.frameworks.add("com-b")
    rows = project.codes.all()
    heading = next(row.id for row in rows if not row.applicable)
    before = dump(tmp_path / "Study.ikt")
    for sources, target in (([a], a), ([], a), ([a], heading), ([heading], a), ([a], UUID(int=7))):
        for act in (project.codes.merge_preview, project.codes.merge):
            with pytest.raises(NotAllowed):
                act(sources, target)
    assert dump(tmp_path / "Study.ikt") == before


codings = st.lists(
    st.tuples(
        st.integers(0, 3),  # code
        st.integers(0, 1),  # coder
        st.integers(0, 24),  # start
        st.integers(1, 8),  # length
        st.sampled_from([None, *Valence]),
        st.sampled_from(["", "a", "b"]),
    ),
    max_size=14,
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(made=codings, join=st.booleans(), sources=st.sets(st.integers(1, 3), min_size=1))
def test_a_merge_keeps_words_and_memos_and_undo_restores_exactly(
    opened: tuple[Project, UUID],
    tmp_path: Path,
    made: list[tuple[int, int, int, int, Valence | None, str]],
    join: bool,
    sources: set[int],
) -> None:
    project, document = opened
    # What a failed example left behind would spoil the next one.
    project.codes.delete([row.id for row in project.codes.all()])
    coders = [row.id for row in project.coders.all()]
    if len(coders) < 2:
        coders.append(project.coders.add("Berit Lund"))
    codes = [project.codes.add(f"Code {n}") for n in range(4)]
    project.codings.apply_many(
        [
            NewCoding(document, Span(s, s + n), codes[c], coders[w], valence=v, memo=m)
            for c, w, s, n, v, m in made
        ]
    )
    before = dump(tmp_path / "Study.ikt")
    touched = [codes[0], *(codes[n] for n in sources)]
    words_before = covered(project, touched)
    memos_before = {row.memo for row in project.codings.of_codes(touched, None) if row.memo}
    preview = project.codes.merge_preview([codes[n] for n in sources], codes[0])
    rows = len(project.codings.of_codes(touched, None))
    project.codes.merge([codes[n] for n in sources], codes[0], join_touching=join)
    after = project.codings.of_codes(touched, None)
    assert {row.code for row in after} <= {codes[0]}
    assert covered(project, touched) == words_before
    assert {line for row in after for line in row.memo.split("\n") if line} == memos_before
    assert len(after) == rows - preview.duplicates - (preview.touching if join else 0)
    assert len({(r.document, r.coder, r.span) for r in after}) == len(after)
    project.history.undo()
    assert dump(tmp_path / "Study.ikt") == before
    project.history.redo()


def covered(project: Project, codes: list[UUID]) -> set[tuple[UUID | None, int]]:
    """The letters each coder coded with one of the codes."""
    return {
        (row.coder, at)
        for row in project.codings.of_codes(codes, None)
        for at in range(row.span.start, row.span.end)
    }
