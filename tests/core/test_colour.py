from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.colour import (
    DARK_PAPER,
    LIGHT_PAPER,
    PALETTE,
    blend,
    contrast,
    is_colour,
    next_colour,
    shade,
)
from ikt_coder.core.words import Pattern
from tests.core.colour_vision import SIGHTS, distance

HEX = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
PAIRS = st.tuples(st.sampled_from([*PALETTE, "#123456"]), st.sampled_from(list(Pattern)))


def test_contrast_of_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ff0000", "#ffffff") == pytest.approx(4.00, abs=0.005)
    assert contrast("#abcdef", "#abcdef") == 1


@given(HEX, HEX)
def test_contrast_has_no_direction(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.0001


@pytest.mark.parametrize("bad", ["blue", "#12345", "#12345g", "#1234567", "", "#fff"])
def test_contrast_refuses_what_is_no_colour(bad: str) -> None:
    with pytest.raises(ValueError, match="not a colour"):
        contrast(bad, "#ffffff")


def test_the_palette_has_ten_hues_in_two_variants() -> None:
    assert len(PALETTE) == 10
    for index in (0, 1):
        assert len({variants[index] for variants in PALETTE.values()}) == 10


@pytest.mark.parametrize("name", PALETTE)
def test_every_colour_keeps_three_to_one_on_each_ground(name: str) -> None:
    light, dark = PALETTE[name]
    for ground in (LIGHT_PAPER, "#fbfaf8", "#f6f5f2"):
        assert contrast(light, ground) >= 3, ground
    for ground in (DARK_PAPER, "#212428", "#1b1d20"):
        assert contrast(dark, ground) >= 3, ground


@pytest.mark.parametrize("name", PALETTE)
def test_ink_reads_on_a_coding(name: str) -> None:
    """A coding lays 15 % of its colour under the words."""
    assert contrast("#1f2328", blend(PALETTE[name][0], LIGHT_PAPER, 0.15)) >= 4.5
    assert contrast("#e6e7e8", blend(PALETTE[name][1], DARK_PAPER, 0.15)) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("sight", SIGHTS)
def test_any_two_hues_differ_for_every_sight(sight: str, dark: bool) -> None:
    for one, other in combinations(PALETTE, 2):
        far = distance(PALETTE[one][dark], PALETTE[other][dark], sight)
        assert far >= 0.07, (one, other, far)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("sight", SIGHTS)
def test_neighbours_of_the_palette_differ_more(sight: str, dark: bool) -> None:
    for one, other in pairwise([*PALETTE, next(iter(PALETTE))]):
        assert distance(PALETTE[one][dark], PALETTE[other][dark], sight) >= 0.09, (one, other)


def test_the_simulation_confuses_red_and_green_only_where_it_should() -> None:
    red, green = "#c00000", "#597000"
    assert distance(red, green, "deuteranopia") < distance(red, green) / 2
    assert distance("#444444", "#999999", "protanopia") == pytest.approx(
        distance("#444444", "#999999"), abs=1e-3
    )


def test_shade_of_a_palette_name() -> None:
    assert shade("teal", False) == PALETTE["teal"][0]
    assert shade("teal", True) == PALETTE["teal"][1]


@given(HEX, st.booleans())
def test_shade_of_any_colour_is_seen_on_its_paper(colour: str, dark: bool) -> None:
    paper = DARK_PAPER if dark else LIGHT_PAPER
    painted = shade(colour, dark)
    assert contrast(painted, paper) >= 3
    if contrast(colour, paper) >= 3:
        assert painted == colour


@pytest.mark.parametrize("bad", ["mauve", "", "#12", "3050bb"])
def test_shade_refuses_what_is_no_colour(bad: str) -> None:
    assert not is_colour(bad)
    with pytest.raises(ValueError, match="not a colour"):
        shade(bad, False)


def test_is_colour_takes_names_and_hex() -> None:
    assert is_colour("blue")
    assert is_colour("#A1b2C3")
    assert not is_colour("#a1b2c3\n")


def test_thirty_codes_get_thirty_looks() -> None:
    used: list[tuple[str, Pattern]] = []
    for _ in range(30):
        used.append(next_colour(used))
    assert len(set(used)) == 30
    assert all(pattern is Pattern.SOLID for _, pattern in used[:10])


@given(st.lists(PAIRS, max_size=80))
def test_next_colour_is_least_used_and_never_like_its_neighbour(
    used: list[tuple[str, Pattern]],
) -> None:
    name, pattern = next_colour(used)
    assert name in PALETTE
    free = [(n, p) for n in PALETTE for p in Pattern if not used or n != used[-1][0]]
    assert (name, pattern) in free
    assert used.count((name, pattern)) == min(used.count(pair) for pair in free)


@given(st.lists(PAIRS, max_size=30))
def test_next_colour_follows_from_what_is_used(used: list[tuple[str, Pattern]]) -> None:
    assert next_colour(used) == next_colour(tuple(used))
