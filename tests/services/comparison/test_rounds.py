"""Agreement over a round: from what was frozen, and it never moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.agreement.figure import Reason
from ikt_coder.agreement.per_code import COEFFICIENTS
from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.rounds import Batch, Projection, RoundMode, Scope, Unit
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.words import Approach
from ikt_coder.services.agreement_table import agreement_tables
from ikt_coder.services.comparison_codes import CodeFrame
from ikt_coder.services.comparison_rows import (
    Agreement,
    Pattern,
    WhyCodeLeftOut,
    WhyLeftOut,
)
from tests.rounds import Team, blind_team

PHONED = "She phoned me before the third meeting."
SLIDES = "She went through the slides with me."


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path / "Study.ikt")
    yield made
    made.close()


def figures(found: Agreement) -> list[tuple[object, ...]]:
    return [
        (line.path, line.figures.both, line.figures.only, line.figures.neither,
         *(line.figures.value(name) for name in ("percent", "kappa", "alpha", "ac1")))
        for line in found.codes
    ]  # fmt: skip


def test_a_round_is_counted_sign_by_sign(tmp_path: Path) -> None:
    team, round_ = blind_team(tmp_path / "Study.ikt")
    with pytest.raises(NotAllowed, match="sealed"):
        team.project.comparison.agreement(round_)
    team.project.rounds.unseal(round_)
    found = team.project.comparison.agreement(round_)
    (first, second, third) = found.codes
    length = sum(len(team.project.texts.get(key)) for key in team.documents)
    both = len(PHONED) + len("went through the slides")
    assert first.figures.both == both
    assert first.figures.only == (0, len(SLIDES) - len("went through the slides"))
    assert first.figures.neither == length - both - first.figures.only[1]
    assert second.figures.both == 0
    kappa = second.figures.value("kappa")
    assert kappa is not None
    assert kappa < 0
    assert third.figures.only == (len("I came late"), len("what a partner does"))
    assert [one.title for one in found.documents] == ["Talk 1", "Talk 2"]
    assert found.locked
    assert found.coefficient == "kappa"
    assert not found.left_out
    team.close()


def test_every_cell_opens_what_it_counts(tmp_path: Path) -> None:
    team, round_ = blind_team(tmp_path / "Study.ikt")
    team.project.rounds.unseal(round_)
    comparison = team.project.comparison
    for unit in (Unit.CHARACTERS, Unit.SENTENCES, Unit.TURNS, Unit.PARAGRAPHS, Unit.DOCUMENTS):
        found = comparison.agreement(round_, unit=unit)
        for line in found.codes:
            row = line.figures

            def size(
                pattern: Pattern,
                coder: int | None = None,
                code: UUID = line.code,
                found: Agreement = found,
            ) -> int:
                key = None if coder is None else team.coders[coder]
                behind = comparison.spans(found, code, pattern, coder=key)
                return sum(stretch.units for stretch in behind)

            assert size(Pattern.BOTH) == row.both
            assert tuple(size(Pattern.ONLY, coder) for coder in (0, 1)) == row.only
            assert size(Pattern.NEITHER) == row.neither
    found = comparison.agreement(round_)
    (only,) = comparison.spans(found, team.codes[2], Pattern.ONLY, coder=team.coders[0])
    text = team.project.texts.get(only.document)
    assert text[only.span.start : only.span.end] == "I came late"
    assert only.coders == {team.coders[0]}
    assert only.judges == set(team.coders)
    team.close()


def test_figures_of_a_round_never_move(tmp_path: Path) -> None:
    team, round_ = blind_team(tmp_path / "Study.ikt")
    project = team.project
    project.rounds.unseal(round_)
    sentences = figures(project.comparison.agreement(round_, unit=Unit.SENTENCES))
    before = project.comparison.agreement(round_)
    # Codings change, the text is mended, codes are renamed and merged: after the freeze.
    for coder in (0, 1):
        team.sit(coder)
        project.codings.remove([row.id for row in project.codings.in_document(team.documents[0])])
    team.code(0, 0, 1, "Interviewer")
    at = project.texts.get(team.documents[0]).index("phoned")
    project.texts.mend(team.documents[0], [TextEdit(at, "phoned", "telephoned")])
    project.codes.merge(team.codes[2], team.codes[1])
    after = project.comparison.agreement(round_)
    assert sorted(row[1:] for row in figures(after)) == sorted(row[1:] for row in figures(before))
    assert after.line(team.codes[2]).merged_into == "Time and place"
    assert after.snapshots == before.snapshots
    again = figures(project.comparison.agreement(round_, unit=Unit.SENTENCES))
    assert sorted(row[1:] for row in again) == sorted(row[1:] for row in sentences)
    (stretch, *_) = project.comparison.spans(after, team.codes[0], Pattern.BOTH)
    text = project.texts.get(stretch.document)
    assert text[stretch.span.start : stretch.span.end] == PHONED.replace("phoned", "telephoned")
    team.close()


def test_a_code_merged_before_the_freeze_counts_as_its_survivor(team: Team) -> None:
    """In a round merging is refused; a copy can come back with a merge that was made before."""
    project = team.project
    gone, kept, other = team.codes
    project.codes.merge(gone, kept)
    before = CodeFrame(project, at_freeze={kept, other}, at_start={gone, other})
    assert before.identity(gone) == kept
    assert before.why_not(kept) is None
    after = CodeFrame(project, at_freeze={gone, kept, other})
    assert after.identity(gone) == gone
    (*_, last) = after.codes({gone}, roll_up=False)
    assert (last.id, last.merged_into) == (gone, "Time and place")


def test_finished_and_empty_is_zero_and_not_finished_is_missing(tmp_path: Path) -> None:
    team = Team(tmp_path / "Study.ikt", coders=3)
    project = team.project
    round_ = team.round()
    project.rounds.unassign(round_, team.coders[2], [team.documents[1]])
    for coder in (0, 1):
        team.code(coder, 0, 0, PHONED)
        team.code(coder, 1, 0, PHONED)
    team.finish(round_)
    project.rounds.unseal(round_)
    found = project.comparison.agreement(round_)
    whole = len(project.texts.get(team.documents[0]))
    row = found.line(team.codes[0]).figures
    # In the first document the third coder finished and coded nothing: several, not all.
    assert (row.some, row.both) == (len(PHONED), len(PHONED))
    assert row.units == 2 * whole
    assert [len(one.coders) for one in found.documents] == [3, 2]
    pair = project.comparison.agreement(round_, coders=[team.coders[0], team.coders[2]])
    assert [one.title for one in pair.documents] == ["Talk 1"]
    assert [(one.title, one.why) for one in pair.left_out] == [("Talk 2", WhyLeftOut.ONE_CODER)]
    assert pair.line(team.codes[0]).figures.only == (len(PHONED), 0)
    team.close()


def test_no_common_document_says_so(team: Team) -> None:
    project = team.project
    round_ = team.round()
    project.rounds.unassign(round_, team.coders[1], [team.documents[1]])
    team.code(0, 0, 0, PHONED)
    team.finish(round_)
    project.rounds.unseal(round_)
    found = project.comparison.agreement(round_, documents=[team.documents[1]])
    assert not found.documents
    assert all(
        line.figures.figures["kappa"].reason is Reason.NO_COMMON_DOCUMENT for line in found.codes
    )


def test_codes_of_the_round_and_codes_made_in_it(team: Team) -> None:
    project = team.project
    round_ = team.round(codes=(team.codes[0],))
    team.code(0, 0, 0, PHONED)
    team.code(0, 0, 1, PHONED)
    team.sit(1)
    new = project.codes.add("New idea")
    start = project.texts.get(team.documents[0]).index(PHONED)
    project.codings.apply(team.documents[0], Span(start, start + 5), new)
    team.finish(round_)
    project.rounds.unseal(round_)
    found = project.comparison.agreement(round_)
    assert [line.code for line in found.codes] == [team.codes[0]]
    assert {(one.path[-1], one.why) for one in found.left_out_codes} == {
        ("Time and place", WhyCodeLeftOut.OUT_OF_SCOPE),
        ("New idea", WhyCodeLeftOut.NEW),
    }
    (mine,) = [one for one in found.left_out_codes if one.code == new]
    assert mine.coders == (team.coders[1],)


def test_rolled_up_codes_take_in_what_is_below(team: Team) -> None:
    project = team.project
    below = project.codes.add("Phoned", team.codes[0])
    round_ = team.round()
    team.code(0, 0, 0, PHONED)
    team.sit(1)
    start = project.texts.get(team.documents[0]).index(PHONED)
    project.codings.apply(team.documents[0], Span(start, start + len(PHONED)), below)
    team.finish(round_)
    project.rounds.unseal(round_)
    plain = project.comparison.agreement(round_).line(team.codes[0]).figures
    assert plain.both == 0
    rolled = project.comparison.agreement(round_, roll_up=True)
    assert rolled.line(team.codes[0]).figures.both == len(PHONED)
    assert rolled.line(below).figures.only == (0, len(PHONED))


@pytest.mark.parametrize("scope", [Scope.WHOLE, Scope.RESPONDENTS])
@pytest.mark.parametrize("rule", list(Projection))
def test_unit_scope_and_rule_are_those_that_were_locked(
    tmp_path: Path, scope: Scope, rule: Projection
) -> None:
    team = Team(tmp_path / "Study.ikt")
    round_ = team.round(unit=Unit.SENTENCES, rule=rule, scope=scope)
    team.differ()
    team.finish(round_)
    team.project.rounds.unseal(round_)
    found = team.project.comparison.agreement(round_)
    assert found.locked
    assert (found.setting.unit, found.setting.rule, found.setting.scope) == (
        Unit.SENTENCES, rule, scope,
    )  # fmt: skip
    other = team.project.comparison.agreement(round_, unit=Unit.CHARACTERS)
    assert not other.locked
    assert other.units > found.units
    team.close()


def test_reopened_after_the_comparison_is_flagged_and_changes_nothing(tmp_path: Path) -> None:
    team, round_ = blind_team(tmp_path / "Study.ikt")
    project = team.project
    project.rounds.unseal(round_)
    before = figures(project.comparison.agreement(round_))
    team.sit(1)
    project.rounds.reopen(round_, team.documents[0], "A slip")
    team.code(1, 0, 2, "I came late")
    project.rounds.finish(round_, team.documents[0])
    found = project.comparison.agreement(round_)
    assert figures(found) == before
    assert [one.title for one in found.documents if one.reopened] == ["Talk 1"]
    team.close()


@pytest.mark.parametrize(
    ("mode", "says"), [(RoundMode.OPEN, "open coding"), (RoundMode.VERIFY, "not independent")]
)
def test_coding_that_is_not_independent_gives_no_figure(
    team: Team, mode: RoundMode, says: str
) -> None:
    round_ = team.round(mode)
    with pytest.raises(NotAllowed, match=says):
        team.project.comparison.agreement(round_)
    assert says in team.project.comparison.possible(round_)


def test_a_reflexive_project_has_no_figure(tmp_path: Path) -> None:
    team, round_ = blind_team(tmp_path / "Study.ikt")
    team.project.rounds.unseal(round_)
    team.project.card.change(approach=Approach.REFLEXIVE)
    for asked in (round_, None):
        with pytest.raises(NotAllowed, match="no figure of agreement"):
            team.project.comparison.agreement(asked)
    assert team.project.comparison.trend() == ()
    team.close()


def test_the_rest_of_a_round_joins_the_figures_when_it_is_opened(tmp_path: Path) -> None:
    team = Team(tmp_path / "Study.ikt", documents=3)
    project = team.project
    round_ = team.round(first=1)
    (first,) = [
        row.document
        for row in project.rounds.assignments(round_)
        if row.batch is Batch.FIRST and row.coder == team.coders[0]
    ]
    for coder in (0, 1):
        team.sit(coder)
        start = project.texts.get(first).index(PHONED)
        project.codings.apply(first, Span(start, start + len(PHONED)), team.codes[0])
        project.rounds.finish(round_, first)
    project.rounds.unseal(round_)
    found = project.comparison.agreement(round_)
    assert [one.id for one in found.documents] == [first]
    assert {one.why for one in found.left_out} == {WhyLeftOut.SEALED}
    before = found.line(team.codes[0]).figures
    project.reconciliation.accept_matches(round_)
    rest = [key for key in team.documents if key != first]
    for coder in (0, 1):
        team.sit(coder)
        for document in rest:
            start = project.texts.get(document).index(PHONED)
            project.codings.apply(document, Span(start, start + len(PHONED)), team.codes[0])
        project.rounds.finish(round_, rest)
    project.rounds.unseal(round_)
    after = project.comparison.agreement(round_)
    assert {one.id for one in after.documents} == set(team.documents)
    assert after.line(team.codes[0]).figures.both == 3 * before.both
    team.close()


def test_a_document_that_is_gone_still_counts_in_its_round(tmp_path: Path) -> None:
    team, round_ = blind_team(tmp_path / "Study.ikt")
    project = team.project
    project.rounds.unseal(round_)
    before = figures(project.comparison.agreement(round_))
    team.sit(0)
    project.documents.delete([team.documents[0]])
    found = project.comparison.agreement(round_)
    assert figures(found) == before
    assert "(a document that was deleted)" in {one.title for one in found.documents}
    assert project.comparison.spans(found, team.codes[0], Pattern.BOTH)
    sentences = project.comparison.agreement(round_, unit=Unit.SENTENCES)
    assert {one.why for one in sentences.left_out} == {WhyLeftOut.UNMATCHED}
    team.close()


@pytest.mark.parametrize("coders", [2, 3])
@pytest.mark.parametrize("coefficient", [*COEFFICIENTS, "something of another program"])
def test_any_coefficient_may_be_laid_down(tmp_path: Path, coders: int, coefficient: str) -> None:
    team = Team(tmp_path / "Study.ikt", coders=coders, documents=5)
    round_ = team.round(coefficient=coefficient)
    for coder in range(coders):
        for document in range(5):
            team.code(coder, document, 0, PHONED if coder else PHONED[:20])
    team.finish(round_)
    team.project.rounds.unseal(round_)
    found = team.project.comparison.agreement(round_, bootstrap=True)
    if coefficient in COEFFICIENTS:
        assert found.coefficient == coefficient
    assert found.line(team.codes[0]).figures.value(found.coefficient) is not None
    (main, *_) = agreement_tables(team.project, agreement=found)
    heads = [column.name for column in main.columns]
    assert len(heads) == len(set(heads))
    team.close()


def test_a_code_that_was_deleted_keeps_its_name_in_its_round(tmp_path: Path) -> None:
    team, round_ = blind_team(tmp_path / "Study.ikt")
    team.project.rounds.unseal(round_)
    before = sorted(figures(team.project.comparison.agreement(round_)))
    team.project.codes.delete(team.codes[0])
    after = sorted(figures(team.project.comparison.agreement(round_)))
    assert after == before
    team.close()


def test_figures_that_were_given_out_do_not_stand_in_the_way_of_undo(team: Team) -> None:
    team.code(0, 0, 0, PHONED)
    team.code(1, 0, 0, PHONED)
    project = team.project
    project.comparison.record(project.comparison.agreement())
    project.history.undo()
    assert len(project.codings.in_document(team.documents[0], None)) == 1


def test_the_trend_has_a_point_for_each_round(tmp_path: Path) -> None:
    team, round_ = blind_team(tmp_path / "Study.ikt")
    team.project.rounds.unseal(round_)
    second = team.round(name="Round 2", documents=(team.documents[1],))
    team.finish(second)
    team.project.rounds.unseal(second)
    first, last = team.project.comparison.trend()
    assert (first.round.name, last.round.name) == ("Round 1", "Round 2")
    assert first.pooled == team.project.comparison.agreement(round_).overall.pooled_kappa.value
    assert last.pooled is None
    assert last.documents == 1
    team.close()


def test_twelve_coders(tmp_path: Path) -> None:
    team = Team(tmp_path / "Study.ikt", coders=12, documents=1)
    round_ = team.round()
    for coder in range(12):
        team.code(coder, 0, coder % 2, PHONED)
    team.finish(round_)
    team.project.rounds.unseal(round_)
    found = team.project.comparison.agreement(round_)
    assert len(found.coders) == 12
    assert found.coefficient in ("kappa", "alpha")
    row = found.line(team.codes[0]).figures
    assert (row.some, row.both, set(row.only)) == (len(PHONED), 0, {0})
    pairs = team.project.comparison.pairs(found, team.codes[0])
    assert len(pairs) == 66
    assert sum(pair.counts.both > 0 for pair in pairs if pair.counts) == 15
    team.close()
