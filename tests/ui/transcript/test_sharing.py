from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.transcript.look import Look, look_of
from ikt_coder.ui.transcript.sharing import share_width


@pytest.fixture
def look(appearance: Appearance) -> Look:
    return look_of(appearance, Settings.load())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(200, 3000), st.integers(60, 200))
def test_all_the_room_is_shared_and_text_never_vanishes(look: Look, room: int, gutter: int) -> None:
    left, text, right = share_width(room, look, gutter)
    assert min(left, right) >= 0
    assert text >= min(300, look.measure_px)
    if room >= 400:
        assert left + text + right == room
    assert text <= look.measure_px + 12


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(400, 2000), st.integers(60, 200))
def test_more_room_never_means_a_narrower_text(look: Look, room: int, gutter: int) -> None:
    assert share_width(room + 1, look, gutter)[1] >= share_width(room, look, gutter)[1]


def test_in_a_middling_window_names_can_still_be_read(look: Look) -> None:
    left, text, right = share_width(690, look, 130)
    assert right >= 150
    assert text >= look.measure_px * 0.6
    assert left >= 80
