"""What stands behind the figures that are no cell of the table: it is as much as they say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from ikt_coder.core.errors import NotAllowed, NotFound
from ikt_coder.core.rounds import Unit
from ikt_coder.core.span import TextEdit
from ikt_coder.services.comparison_passages import prevalence
from tests.rounds import Team, blind_team

UNITS = (Unit.CHARACTERS, Unit.SENTENCES, Unit.TOKENS, Unit.TURNS, Unit.DOCUMENTS)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Team, UUID]]:
    team, round_ = blind_team(tmp_path / "Study.ikt")
    team.project.rounds.unseal(round_)
    yield team, round_
    team.close()


@pytest.mark.parametrize("unit", UNITS)
def test_passages_and_units_are_as_many_as_their_figures(
    opened: tuple[Team, UUID], unit: Unit
) -> None:
    team, round_ = opened
    comparison = team.project.comparison
    found = comparison.agreement(round_, unit=unit)
    behind = comparison.passages
    for line in found.codes:
        coded = behind.coded(found, line.code)
        assert len(coded) == line.figures.passages
        assert all(one.coders for one in coded)
        judged = behind.judged(found, line.code)
        assert sum(one.units for one in judged) == line.figures.units
        applied = sum(one.units * len(one.coders) for one in judged)
        share = line.figures.prevalence
        assert share is not None
        assert applied / (line.figures.units * 2) == pytest.approx(share)
        own = [prevalence(found, line.code, coder.id) for coder in found.coders]
        assert sum(own) / 2 == pytest.approx(share)  # type: ignore[arg-type]  # each judged it
        for coder in found.coders:
            theirs = behind.coded(found, line.code, coder.id)
            assert all(one.coders == {coder.id} for one in theirs)
            texts = {one.document: team.project.texts.get(one.document) for one in theirs}
            coding = team.project.codings
            spans = {
                (row.document, row.span)
                for key in texts
                for row in coding.in_document(key, coder.id)
                if row.code == line.code
            }
            assert {(one.document, one.span) for one in theirs} == spans
    for document in found.documents:
        units = behind.units(found, document.id)
        if unit is Unit.CHARACTERS:
            assert sum(len(one.span) for one in units) == document.units
        else:
            assert len(units) == document.units


def test_items_are_as_many_as_the_table_of_classes_says(opened: tuple[Team, UUID]) -> None:
    team, round_ = opened
    comparison = team.project.comparison
    found = comparison.agreement(round_)
    first, second = team.coders
    counts = comparison.differences(found, first, second)
    assert len(counts) >= 3
    for kind, count in counts.items():
        items = comparison.passages.items(found, first, second, kind)
        assert len(items) == count
        assert all(item.codes for item in items)


def test_segments_with_their_edges_are_all_there_and_stand_together(
    opened: tuple[Team, UUID],
) -> None:
    team, round_ = opened
    comparison = team.project.comparison
    found = comparison.agreement(round_)
    for one in comparison.unitizing(found):
        meetings = comparison.passages.meetings(found, one.code)
        for coder, count in zip(found.coders, one.segments, strict=True):
            own = comparison.passages.segments(found, one.code, coder.id)
            assert len(own) == count
            edges = [span for met in meetings for who, span in met.edges if who == coder.id]
            assert edges == [each.span for each in own]
        for here, there in pairwise(meetings):
            assert here.document != there.document or here.span.end <= there.span.start
    alike = [met.alike for met in comparison.passages.meetings(found, team.codes[0])]
    assert alike == [True, False], "the first passage has the same edges, the second has not"


def test_what_opens_follows_the_text_and_the_figures_do_not_move(
    opened: tuple[Team, UUID],
) -> None:
    team, round_ = opened
    project = team.project
    found = project.comparison.agreement(round_)
    before = project.comparison.passages.coded(found, team.codes[0])
    at = project.texts.get(team.documents[0]).index(" ")
    assert at < before[0].span.start
    project.texts.mend(team.documents[0], [TextEdit(at, " ", " ... ")])
    found = project.comparison.agreement(round_)
    after = project.comparison.passages.coded(found, team.codes[0])
    assert [one.span.start for one in after] == [one.span.start + 4 for one in before]
    met = project.comparison.passages.meetings(found, team.codes[0])
    assert met[0].span.start == before[0].span.start + 4


def test_what_is_not_compared_opens_nothing(opened: tuple[Team, UUID]) -> None:
    team, round_ = opened
    found = team.project.comparison.agreement(round_)
    behind = team.project.comparison.passages
    for asked in (
        lambda: behind.coded(found, uuid4()),
        lambda: behind.coded(found, team.codes[0], uuid4()),
        lambda: behind.coded(found, team.codes[0], None, uuid4()),
        lambda: behind.units(found, uuid4()),
        lambda: behind.meetings(found, uuid4()),
        lambda: behind.segments(found, team.codes[0], uuid4()),
    ):
        with pytest.raises(NotFound):
            asked()


def test_a_sealed_round_opens_nothing(tmp_path: Path) -> None:
    team, round_ = blind_team(tmp_path / "Study.ikt")
    with pytest.raises(NotAllowed, match="sealed"):
        team.project.comparison.agreement(round_)
    assert team.project.comparison.trend() == ()
    # From no round: whose coding is sealed does not take part, so that nothing of it opens.
    team.sit(0)
    with pytest.raises(NotAllowed):
        team.project.comparison.agreement()
    team.close()
