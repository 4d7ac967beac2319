"""Texts that say nearly the same are aligned; the alignment makes the one the other."""

from __future__ import annotations

from random import Random

import hypothesis.strategies as st
import pytest
from hypothesis import given

from ikt_coder.core import alignment
from ikt_coder.core.alignment import SIMILAR, align
from ikt_coder.core.span import apply_edits

lines = st.lists(st.sampled_from(["we", "met", "late", "😀", "e\u0301t", "\n", " ", "  ", "a-b"]))
texts = lines.map(" ".join)


@given(texts, texts)
def test_the_edits_make_the_one_text_the_other(source: str, target: str) -> None:
    found = align(source, target)
    assert apply_edits(source, found.edits) == target
    assert 0 <= found.similarity <= 1
    assert (found.similarity == 1) or source != target


@given(texts, texts, st.data())
def test_long_stretches_are_parted_without_losing_their_order(
    source: str, target: str, data: st.DataObject
) -> None:
    """The same with nothing searched through at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alignment, "_SEARCHED", data.draw(st.integers(0, 6)))
        assert apply_edits(source, align(source, target).edits) == target


@pytest.mark.parametrize(
    ("source", "target", "close"),
    [
        ("I came late.\n" * 30, "\ufeff" + "I came late.\n\n" * 30 + "  ", True),
        ("I came late.\r\n" * 30, "I came late.\n" * 30, True),
        ("She phoned me before the third meeting. " * 9, "She phoned me. " * 9, False),
        ("", "", True),
        ("", "something", False),
    ],
)
def test_what_counts_as_nearly_the_same(source: str, target: str, close: bool) -> None:
    found = align(source, target)
    assert found.close is close
    assert (found.similarity >= SIMILAR) is close


def test_a_span_keeps_its_words() -> None:
    source = "Interviewer: And then?\nP01: Nobody had explaned how it is done.\n"
    target = "\ufeff" + source.replace("explaned", "explained").replace("\n", "\n\n")
    found = align(source, target)
    for words in ("And then?", "how it is done", "Nobody"):
        start = source.index(words)
        a, b = found.move_edges(start, start + len(words))
        assert target[a:b] == words
    start = source.index("Nobody had explaned how")
    a, b = found.move_edges(start, start + len("Nobody had explaned how"))
    assert target[a:b] == "Nobody had explained how"


def test_a_long_text_without_lines_is_aligned_soon() -> None:
    """Few words, used again and again: searching for each of them would take minutes."""
    rng = Random(2)
    words = [rng.choice(("the", "we", "it", "was", "met")) for _ in range(30_000)]
    found = align(" ".join(words), " ".join(w for i, w in enumerate(words) if i % 60))
    assert found.close
