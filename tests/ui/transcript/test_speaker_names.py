"""Long names beside the text: on two lines, never cut where they can be read whole."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from ikt_coder.core.span import Span
from ikt_coder.core.transcript import SpeakerRole, Transcript, Turn
from ikt_coder.settings import MARGIN_NUMBERS, Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.transcript.gutter import name_lines
from ikt_coder.ui.transcript.look import look_of
from ikt_coder.ui.transcript.sharing import share_width
from tests.ui.transcript.conftest import Table

NAMES = ("Interviewer", "Multiple Students", "Health-system decision maker 3", "S4")
PARTICIPANT = "trans1, speaker 1"
IN_THE_SMALLEST_WINDOW = 596
"""Pixels between the panels of a window of 1024."""


@pytest.fixture
def label(appearance: Appearance) -> QFont:
    return look_of(appearance, Settings.load()).label


@pytest.fixture
def table(make_table: Callable[..., Table]) -> Table:
    """Short turns and long names; the last speaker is linked to a participant."""
    table = make_table(width=IN_THE_SMALLEST_WINDOW, coded=False)
    text, turns = "", []
    for number in range(12):
        who = NAMES[number % len(NAMES)]
        start = len(text)
        text += f"{who}: Yes."
        turns.append(Turn(Span(start, len(text)), who, number * 5000, start + len(who) + 2))
        text += "\n"
    roles = {"Interviewer": SpeakerRole.INTERVIEWER}
    transcript = Transcript(text[:-1], tuple(turns), speaker_roles=roles)
    document = table.project.documents.add(transcript, "Long names", "long.txt")
    last = next(s for s in table.project.documents.speakers(document) if s.label == "S4")
    who_is = table.project.participants.add(PARTICIPANT)
    table.project.documents.change_speaker(last.id, participant=who_is)
    table.view.open_document(document)
    return table


def test_a_name_is_parted_at_its_middle(label: QFont) -> None:
    wide = QFontMetrics(label).horizontalAdvance("trans1, speaker")
    assert name_lines(PARTICIPANT, label, wide * 2) == [PARTICIPANT]
    assert name_lines(PARTICIPANT, label, wide) == ["trans1,", "speaker 1"]


def test_only_the_second_line_is_elided_and_keeps_its_end(label: QFont) -> None:
    width = QFontMetrics(label).horizontalAdvance("Health-system")
    first, second = name_lines("Health-system decision maker 3", label, width)
    assert first == "Health-system"
    assert second.startswith("decis")
    assert "…" in second
    assert second.endswith("3")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), max_size=40), st.integers(40, 150))
def test_any_name_stays_within_its_lines(label: QFont, name: str, width: int) -> None:
    lines = name_lines(name, label, width)
    assert len(lines) <= 2
    if len(lines) == 2:
        begun = "".join(lines[0].split())
        assert "".join(name.split()).startswith(begun)


@pytest.mark.parametrize("numbers", ["none", "line", "turn"])
def test_no_name_is_cut_on_its_first_line_in_the_smallest_window(
    table: Table, numbers: str
) -> None:
    table.view.settings.set(MARGIN_NUMBERS, numbers)
    gutter = table.view.gutter
    assert gutter.width() >= 96
    gutter.grab()
    label = table.view.pane.look.label
    boxes = gutter._boxes
    assert {heading.speaker for _, heading in boxes} == {*NAMES[:3], PARTICIPANT}
    for box, heading in boxes:
        lines = name_lines(heading.speaker, label, int(box.width()))
        assert lines[0].split() == heading.speaker.split()[: len(lines[0].split())]
        if heading.speaker in ("Interviewer", "Multiple Students", PARTICIPANT):
            assert " ".join(lines) == heading.speaker
    for (box, _), (below, _) in pairwise(boxes):
        assert box.bottom() <= below.top()


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen one
def test_the_hint_tells_the_whole_name_and_the_time(table: Table) -> None:
    gutter = table.view.gutter
    gutter.grab()
    box, heading = gutter._boxes[2]
    assert heading.speaker == "Health-system decision maker 3"
    point: QPoint = box.center().toPoint()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, point, gutter.mapToGlobal(point))
    QApplication.sendEvent(gutter, event)
    assert QToolTip.text() == "Health-system decision maker 3 · 00:10"
    QToolTip.hideText()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(IN_THE_SMALLEST_WINDOW, 2000), st.integers(96, 170), st.integers(90, 170))
def test_words_of_names_have_room_from_the_smallest_window_on(
    appearance: Appearance, room: int, wish: int, least: int
) -> None:
    look = look_of(appearance, Settings.load())
    left, text, right = share_width(room, look, wish, least)
    assert left >= max(96, min(wish, least))
    assert left + text + right == room
