"""Others' codings beside one's own: shown apart, named, and not to be changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.words import Flag, Valence, Whose
from tests.ui.transcript.conftest import Table

THEIRS = "The meetings were always at two in the afternoon"
MINE = "She went through the slides with me"


@dataclass
class Two:
    """The table with a second coder, who coded one passage alone and one beside mine."""

    table: Table
    me: UUID
    other: UUID
    alone: UUID
    beside: UUID


@pytest.fixture
def two(table: Table) -> Two:
    project = table.project
    me = project.coder
    assert me is not None
    other = project.coders.add("Beni Kask", "BK")
    project.coder = other
    alone = project.codings.apply(table.document, table.span(THEIRS), table.codes["Clear role"])
    beside = project.codings.apply(
        table.document, table.span(MINE), table.codes["Social influences"]
    )
    project.coder = me
    table.view.reload()  # as the window does where another coder sits down
    assert table.view.pane.marks.get(alone) is None  # mine only, until I ask
    return Two(table, me, other, alone, beside)


def shown(table: Table) -> int:
    return len(table.view.pane.marks)


def test_everyone_s_codings_come_and_go(two: Two) -> None:
    table = two.table
    before = shown(table)
    table.view.shown.choose(Whose.EVERYONE)
    assert shown(table) == before + 2
    assert table.view.pane.others == {two.other: "BK"}
    table.view.shown.choose(Whose.MINE)
    assert shown(table) == before
    assert table.view.pane.others == {}


def test_what_others_do_is_followed_as_it_happens(two: Two) -> None:
    table, project = two.table, two.table.project
    table.view.shown.choose(Whose.EVERYONE)
    count = shown(table)
    project.coder = two.other
    project.codings.set_valence(two.alone, Valence.BARRIER)
    mark = table.view.pane.marks.get(two.alone)
    assert mark is not None
    assert mark.row.valence is Valence.BARRIER
    project.codings.remove(two.beside)
    project.coder = two.me
    assert shown(table) == count - 1
    project.coders.change(two.other, initials="BKA")
    assert table.view.pane.others == {two.other: "BKA"}


def test_the_layer_shows_what_counts_and_is_for_reading(two: Two) -> None:
    table, project = two.table, two.table.project
    project.documents.set_lead(table.document, two.other)
    table.view.shown.choose(Whose.LAYER)
    assert {mark.id for mark in table.view.pane.marks} == {two.alone, two.beside}
    table.select("It is a small thing")
    table.view.hand.apply(table.codes["Clear role"])
    assert isinstance(table.failures[-1], NotAllowed)
    assert "analysis layer is shown" in str(table.failures[-1])
    assert "It is a small thing" not in table.coded("Clear role")
    assert not table.view.acts["repeat"].isEnabled()
    project.documents.set_lead(table.document, two.me)
    assert two.alone not in {mark.id for mark in table.view.pane.marks}
    assert table.view.acts["repeat"].isEnabled()  # now mine are the layer
    project.documents.set_lead(table.document, None)
    table.view.shown.choose(Whose.LAYER)
    assert shown(table) == 0
    assert "No codings of this document count" in table.hints[-1]


@pytest.mark.parametrize(
    "act",
    [
        "remove",
        "change_code",
        "memo",
        "levels",
        "star",
        "unsure",
        "grab_start",
        "grab_end",
        *(valence.value for valence in Valence),
    ],
)
def test_others_codings_are_not_changed_and_the_reason_is_told(two: Two, act: str) -> None:
    table = two.table
    table.view.shown.choose(Whose.EVERYONE)
    before = table.project.codings.get(two.alone)
    acts = len(table.project.history.all())
    table.caret_in(THEIRS)
    assert table.view.current_coding == two.alone
    table.view.acts[act].trigger()
    assert isinstance(table.failures[-1], NotAllowed)
    assert str(table.failures[-1]).startswith("This coding is Beni Kask’s; nothing was changed.")
    assert table.project.codings.get(two.alone) == before
    assert len(table.project.history.all()) == acts
    assert not table.view.edge_grab.holding


def test_at_one_place_an_act_is_meant_for_my_own(two: Two) -> None:
    table = two.table
    table.view.shown.choose(Whose.EVERYONE)
    table.caret_in(MINE)
    table.view.acts["star"].trigger()
    assert table.failures == []
    own = table.project.codings.get(table.coding("Trusting relationship"))
    assert Flag.STAR in own.flags
    table.view.acts["remove"].trigger()  # without asking which: only one of them is mine
    assert table.coded("Trusting relationship") == []
    assert table.project.codings.get(two.beside).coder == two.other


def test_an_edge_of_another_s_coding_is_not_taken_by_the_mouse(two: Two) -> None:
    table = two.table
    table.view.shown.choose(Whose.EVERYONE)
    table.caret_in(THEIRS)
    start = table.point(THEIRS)
    table.bot.mousePress(table.view.pane.viewport(), Qt.MouseButton.LeftButton, pos=start)
    table.bot.mouseMove(table.view.pane.viewport(), start + QPoint(60, 0))
    table.bot.mouseRelease(
        table.view.pane.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0)
    )
    mark = table.view.pane.marks.get(two.alone)
    assert mark is not None
    assert mark.row.span == table.span(THEIRS)
    assert table.view.page.offsets.span(mark.start, mark.end) == table.span(THEIRS)


def test_the_coder_is_told_in_the_card_and_aloud(two: Two) -> None:
    table = two.table
    table.view.shown.choose(Whose.EVERYONE)
    row = table.project.codings.get(two.alone)
    assert table.view.describe(row) == "Clear role, coded by Beni Kask"
    table.caret_in(THEIRS)
    table.view.hover.at_caret()
    assert "Beni Kask" in table.view.hover.text


def test_others_are_underlined_lightly_and_tint_nothing(
    two: Two, make_table: Callable[..., Table]
) -> None:
    table = two.table
    table.view.shown.choose(Whose.EVERYONE)
    table.view.make_current(None)
    paper = table.view.pane.look.paper

    def beneath(words: str) -> QColor:
        """The paper between the letters, above the underline."""
        spot = table.point(words)
        image = table.view.pane.viewport().grab().toImage()
        scale = image.devicePixelRatio()
        line = next(
            box for box in table.view.pane.rects(*table.view.page.offsets.units(table.span(words)))
        )
        return image.pixelColor(round(spot.x() * scale) + 1, round((line.top() + 1) * scale))

    assert beneath(THEIRS) == paper
    assert beneath(MINE) != paper
    table.caret_in(THEIRS)  # the current one stands out, whosever it is
    assert beneath(THEIRS) != paper
