"""Agreement from no round: the codings as they stand, counted against brute force."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ikt_coder.core.errors import NotAllowed, UserError
from ikt_coder.core.rounds import DifferenceKind, Unit
from ikt_coder.core.span import Span
from ikt_coder.core.words import Origin, Valence
from ikt_coder.services.comparison_rows import WhyLeftOut
from ikt_coder.services.new_codings import NewCoding
from tests.rounds import Team, blind_team

PHONED = "She phoned me before the third meeting."


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path / "Study.ikt")
    yield made
    made.close()


def kappa(a: int, b: int, c: int, d: int) -> float | None:
    n = a + b + c + d
    observed = (a + d) / n
    expected = ((a + b) * (a + c) + (c + d) * (b + d)) / n**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


marks = st.lists(
    st.tuples(
        st.integers(0, 1), st.integers(0, 1), st.integers(0, 2), st.integers(0, 280),
        st.integers(1, 60),
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(marks=marks)
def test_counts_are_those_of_every_single_character(
    team: Team, marks: list[tuple[int, int, int, int, int]]
) -> None:
    project = team.project
    for coder in (0, 1):
        team.sit(coder)
        for document in team.documents:
            project.codings.remove([row.id for row in project.codings.in_document(document)])
    lengths = [len(project.texts.get(key)) for key in team.documents]
    stored = [
        (coder, document, code, start, min(start + size, lengths[document]))
        for coder, document, code, start, size in marks
    ]
    project.codings.apply_many(
        [
            NewCoding(team.documents[document], Span(a, b), team.codes[code], team.coders[coder])
            for coder, document, code, a, b in stored
        ],
        Origin.IMPORT,
    )
    counted = [
        document
        for document in (0, 1)
        if {coder for coder, where, *_ in stored if where == document} == {0, 1}
    ]
    found = project.comparison.agreement(coders=team.coders)
    assert [one.id for one in found.documents] == [team.documents[at] for at in counted]
    assert {one.why for one in found.left_out} <= {WhyLeftOut.NOT_CODED_BY_ALL}
    for number, code in enumerate(team.codes):
        cells = [0, 0, 0, 0]
        for place in counted:
            for at in range(lengths[place]):
                here = {
                    coder
                    for coder, where, what, a, b in stored
                    if where == place and what == number and a <= at < b
                }
                cells[[{0, 1}, {0}, {1}, set()].index(here)] += 1
        row = found.line(code).figures
        assert [row.both, *row.only, row.neither] == cells
        if counted:
            wanted = kappa(*cells)
            assert row.value("kappa") == (None if wanted is None else pytest.approx(wanted))


def test_relabelling_coders_changes_no_figure(tmp_path: Path) -> None:
    team, round_ = blind_team(tmp_path / "Study.ikt")
    team.project.rounds.unseal(round_)
    comparison = team.project.comparison
    for asked in (None, round_):
        one = comparison.agreement(asked, coders=team.coders)
        other = comparison.agreement(asked, coders=team.coders[::-1])
        assert one.overall.pooled_kappa == other.overall.pooled_kappa
        for line in one.codes:
            turned = other.line(line.code).figures
            assert turned.only == line.figures.only[::-1]
            assert turned.figures == line.figures.figures
    team.close()


def test_a_round_of_the_same_codings_has_the_same_counts(tmp_path: Path) -> None:
    team, round_ = blind_team(tmp_path / "Study.ikt", documents=1)
    team.project.rounds.unseal(round_)
    for unit in (Unit.CHARACTERS, Unit.SENTENCES, Unit.TURNS, Unit.DOCUMENTS):
        frozen = team.project.comparison.agreement(round_, unit=unit)
        standing = team.project.comparison.agreement(unit=unit)
        assert [line.figures for line in standing.codes] == [line.figures for line in frozen.codes]
        assert frozen.overall == standing.overall
    team.close()


def test_sealed_documents_are_left_out_and_refused_by_name(tmp_path: Path) -> None:
    team, _ = blind_team(tmp_path / "Study.ikt")
    comparison = team.project.comparison
    found = comparison.agreement(coders=team.coders)
    assert {one.why for one in found.left_out} == {WhyLeftOut.SEALED}
    assert not found.documents
    with pytest.raises(NotAllowed, match="sealed"):
        comparison.agreement(coders=team.coders, documents=[team.documents[0]])
    team.close()


def test_one_coder_alone_is_told_so(team: Team) -> None:
    team.code(0, 0, 0, PHONED)
    with pytest.raises(NotAllowed, match="nothing to compare"):
        team.project.comparison.agreement()
    with pytest.raises(NotAllowed, match="two coders"):
        team.project.comparison.agreement(coders=[team.coders[0]])


def test_a_coder_who_coded_nothing_leaves_every_document_out(team: Team) -> None:
    team.code(0, 0, 0, PHONED)
    found = team.project.comparison.agreement(coders=team.coders)
    assert not found.documents
    assert {one.title: one.coders for one in found.left_out} == {
        "Talk 1": (team.coders[0],),
        "Talk 2": (),
    }


def test_fixed_segments_need_a_length(team: Team) -> None:
    team.code(0, 0, 0, PHONED)
    team.code(1, 0, 0, PHONED)
    with pytest.raises(UserError, match="length"):
        team.project.comparison.agreement(unit=Unit.FIXED)
    found = team.project.comparison.agreement(unit=Unit.FIXED, unit_size=50)
    assert found.units == -(-len(team.project.texts.get(team.documents[0])) // 50)
    assert found.setting.written == "fixed:50"


def test_a_change_is_counted_at_once(team: Team) -> None:
    team.code(0, 0, 0, PHONED)
    team.code(1, 0, 1, PHONED)
    comparison = team.project.comparison
    assert comparison.agreement().line(team.codes[0]).figures.both == 0
    team.code(1, 0, 0, PHONED)
    assert comparison.agreement().line(team.codes[0]).figures.both == len(PHONED)
    team.project.history.undo()
    assert comparison.agreement().line(team.codes[0]).figures.both == 0


def test_documents_for_themselves_and_their_means(team: Team) -> None:
    for document in (0, 1):
        team.code(0, document, 0, PHONED)
        team.code(1, document, 0, PHONED if document else "She phoned me")
        team.code(1, document, 1, "the meetings")
    comparison = team.project.comparison
    found = comparison.agreement()
    rows, means = comparison.per_document(found, team.codes[0])
    assert [row.both for row in rows] == [len("She phoned me"), len(PHONED)]
    assert sum(row.units for row in rows) == found.units
    values = [row.figure.value for row in rows]
    assert values[1] == 1.0
    assert means.mean.value == pytest.approx(sum(v for v in values if v is not None) / 2)
    assert means.pooled == found.line(team.codes[0]).figures.figures["kappa"]
    rows, means = comparison.per_document(found)
    assert [row.codes for row in rows] == [2, 2]
    assert means.pooled == found.overall.pooled_kappa
    whole = [row.percent.value for row in rows]
    assert found.overall.percent.value == pytest.approx(sum(v for v in whole if v) / 2)


def test_direction_and_levels_on_agreed_passages(team: Team) -> None:
    team.code(0, 0, 0, PHONED, Valence.BARRIER)
    team.code(1, 0, 0, "She phoned me before the third meeting", Valence.FACILITATOR)
    team.code(0, 0, 1, "what a partner does", Valence.BARRIER)
    team.code(1, 0, 1, "what a partner does", Valence.BARRIER)
    team.code(0, 0, 2, "I came late")
    team.code(1, 0, 2, "I came late", Valence.MIXED)
    comparison = team.project.comparison
    found = comparison.agreement()
    a, b = team.coders
    directions = comparison.valence(found, a, b)
    assert len(directions.passages) == 3
    table = directions.table
    assert (table.units, table.only_second_set, table.neither_set) == (2, 1, 0)
    assert table.percent.value == 0.5
    levels = comparison.levels(found, a, b)
    assert levels.figures.neither_set == 3
    classes = comparison.differences(found, a, b)
    assert classes == {DifferenceKind.ATTRIBUTE: 2, DifferenceKind.MATCH: 1}


def test_what_one_coder_used_where_the_other_used_a_code(team: Team) -> None:
    team.code(0, 0, 0, PHONED)
    team.code(1, 0, 1, PHONED)
    team.code(0, 0, 2, "I came late")
    comparison = team.project.comparison
    found = comparison.confusion(comparison.agreement(), *team.coders)
    assert found.cells[team.codes[0], team.codes[1]].characters == len(PHONED)
    assert found.cells[team.codes[2], None].passages == 1


def test_intervals_take_five_documents(tmp_path: Path) -> None:
    team = Team(tmp_path / "Study.ikt", documents=5)
    for document in range(5):
        team.code(0, document, 0, PHONED)
        team.code(1, document, 0, PHONED if document % 2 else "She phoned me")
        team.code(1, document, 1, "I came late")
        team.code(0, document, 1, "I came")
    comparison = team.project.comparison
    done: list[tuple[int, int]] = []
    found = comparison.agreement(bootstrap=True, progress=lambda *told: done.append(told))
    interval = found.line(team.codes[0]).interval
    value = found.line(team.codes[0]).figures.value("kappa")
    assert interval is not None
    assert value is not None
    assert interval.low <= value <= interval.high
    assert done[-1][0] == done[-1][1]
    assert found.pooled_interval is not None
    assert found.line(team.codes[2]).interval is None  # undefined: no interval without a value
    again: list[object] = []
    comparison.agreement(bootstrap=True, progress=lambda *told: again.append(told))
    assert not again  # kept
    few = comparison.agreement(documents=team.documents[:4], bootstrap=True)
    assert few.intervals
    assert few.line(team.codes[0]).interval is None
    team.close()
