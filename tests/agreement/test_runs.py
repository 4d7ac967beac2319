"""The runs behind the counts: every unit in scope in one, with the coders who coded it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.agreement.counts import count
from ikt_coder.agreement.ground import CodedDocument, Rule
from ikt_coder.agreement.runs import runs

LENGTH = 30


@st.composite
def cut(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """Sorted, disjoint spans of a text, some with gaps between them."""
    edges = sorted(draw(st.sets(st.integers(0, LENGTH), min_size=2, max_size=12)))
    spans = list(pairwise(edges))
    kept = draw(st.lists(st.booleans(), min_size=len(spans), max_size=len(spans)))
    return tuple(span for span, keep in zip(spans, kept, strict=True) if keep)


segments = st.lists(
    st.tuples(st.integers(0, 2), st.integers(-3, LENGTH + 3), st.integers(1, 12)).map(
        lambda found: (found[0], found[1], found[1] + found[2])
    ),
    max_size=12,
)


@given(
    spans=segments,
    scope=st.none() | cut(),
    units=st.none() | cut(),
    rule=st.sampled_from(list(Rule)),
    finished=st.integers(3, 7).filter(lambda mask: mask.bit_count() > 1),
)
def test_runs_hold_every_unit_with_its_coders(
    spans: list[tuple[int, int, int]],
    scope: tuple[tuple[int, int], ...] | None,
    units: tuple[tuple[int, int], ...] | None,
    rule: Rule,
    finished: int,
) -> None:
    document = CodedDocument(LENGTH, finished, scope, units)
    found = runs(document, spans, rule)
    counted = count(
        [document], [(0, 0, coder, a, b) for coder, a, b in spans], codes=1, coders=3, rule=rule
    )
    sums: dict[int, int] = {}
    for run in found:
        assert run.first < run.last
        assert run.start < run.end
        sums[run.applied] = sums.get(run.applied, 0) + run.units
    assert sums == {applied: n for (_, applied), n in counted.tally(0).items()}
    for before, after in pairwise(found):
        assert before.last <= after.first
        # Neighbours differ, unless the scope parts them.
        assert before.last < after.first or before.applied != after.applied or scope is not None


@given(spans=segments, scope=st.none() | cut())
def test_runs_of_characters_say_what_every_character_is(
    spans: list[tuple[int, int, int]], scope: tuple[tuple[int, int], ...] | None
) -> None:
    wanted = {}
    for at in range(LENGTH):
        if scope is None or any(a <= at < b for a, b in scope):
            here = {coder for coder, a, b in spans if a <= at < b}
            wanted[at] = sum(1 << coder for coder in here)
    found = {
        at: run.applied
        for run in runs(CodedDocument(LENGTH, 7, scope), spans)
        for at in range(run.start, run.end)
    }
    assert found == wanted
