"""Contrast, computed over the tokens on every ground they stand on (WCAG 2.2 AA)."""

from __future__ import annotations

import re

import pytest

from ikt_coder.core.colour import PALETTE, contrast, shade
from ikt_coder.ui.appearance.tokens import DARK, LIGHT, PARTS_ON, STANDS_ON, Tokens

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


@BOTH
@pytest.mark.parametrize(
    ("role", "ground"), [(r, g) for r, grounds in STANDS_ON.items() for g in grounds]
)
def test_words_stand_out_from_their_ground(tokens: Tokens, role: str, ground: str) -> None:
    colours = tokens.colours()
    assert contrast(colours[role], colours[ground]) >= 4.5


@BOTH
@pytest.mark.parametrize(
    ("role", "ground"), [(r, g) for r, grounds in PARTS_ON.items() for g in grounds]
)
def test_parts_stand_out_from_their_ground(tokens: Tokens, role: str, ground: str) -> None:
    colours = tokens.colours()
    assert contrast(colours[role], colours[ground]) >= 3.0


@BOTH
@pytest.mark.parametrize("ground", ["paper", "panel", "ground", "hover", "accent_ground"])
@pytest.mark.parametrize("name", PALETTE)
def test_code_dots_stand_out_in_rows(tokens: Tokens, name: str, ground: str) -> None:
    # In a row that is chosen or under the pointer the name beside the dot says the same, so the
    # dot is not the only sign there and may be a little fainter.
    least = 2.5 if ground in ("hover", "accent_ground") else 3.0
    assert contrast(shade(name, tokens.dark), tokens.colours()[ground]) >= least


@BOTH
def test_every_colour_is_a_colour(tokens: Tokens) -> None:
    for role, colour in tokens.colours().items():
        assert re.fullmatch(r"#[0-9a-f]{6}", colour), role


def test_every_role_of_words_is_measured() -> None:
    words = {"ink", "dim", "accent", "on_accent", "barrier", "facilitator", "mixed", "neutral"}
    assert words <= set(STANDS_ON)
    for grounds in (*STANDS_ON.values(), *PARTS_ON.values()):
        assert set(grounds) <= set(LIGHT.colours())


def test_the_colours_that_the_design_names() -> None:
    assert (LIGHT.ink, LIGHT.dim, LIGHT.rule, LIGHT.field_edge) == (
        "#1f2328",
        "#5c636a",
        "#e4e2dd",
        "#827f78",
    )
    assert (DARK.paper, DARK.accent, DARK.accent_ground, DARK.selection) == (
        "#25282c",
        "#64c9c2",
        "#1f3a3a",
        "#2b4a6b",
    )
