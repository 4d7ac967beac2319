from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.ui.transcript.offsets import Offsets

TEXTS = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=60)
MIXED = st.text(alphabet="aé\n🙂👩\u200d🔬ש\u0301𝒳", max_size=60)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(TEXTS | MIXED)
def test_every_code_point_goes_to_its_utf16_unit_and_back(text: str) -> None:
    offsets = Offsets(text)
    for point in range(len(text) + 1):
        unit = units(text[:point])
        assert offsets.to_qt(point) == unit
        assert offsets.to_point(unit) == point
    assert offsets.qt_length == units(text)


@given(MIXED)
def test_the_middle_of_a_pair_counts_as_its_character(text: str) -> None:
    offsets = Offsets(text)
    for point, character in enumerate(text):
        if ord(character) > 0xFFFF:
            assert offsets.to_point(offsets.to_qt(point) + 1) == point


def test_positions_beyond_the_text_are_its_ends() -> None:
    offsets = Offsets("a🙂")
    assert offsets.to_qt(99) == 3
    assert offsets.to_point(99) == 2
    assert offsets.to_qt(-1) == 0
