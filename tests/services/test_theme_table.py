"""The theme table: form, sides, participants, figures (the method's rules, one by one)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ikt_coder.core.words import Approach, DocumentStatus, Stance, ThemeStatus, Valence, WordPair
from ikt_coder.services.theme_table import (
    DEFAULT_COLUMNS,
    FULL_COLUMNS,
    Side,
    ThemeColumn,
    ThemeTable,
)
from tests.services.theme_tables import (
    COLUMNS,
    Desk,
    code,
    domain,
    level,
    names,
    note,
    options,
    person,
    rows,
    table,
    tdf,
    theme,
)
from tests.studies import add_talk, span_of, study


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    project, document = study(tmp_path / "study.ikt")
    yield project, document
    project.close()


# -- the form -----------------------------------------------------------------------------------


def test_default_columns_are_theme_description_quotes_and_n(desk: Desk) -> None:
    project, _ = desk
    assert names(project.reports.theme_table()) == ["Theme", "Description", "Quote", "n"]


def test_reflexive_tables_have_no_n_columns_and_no_n_in_the_note(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    theme(project, "Clear role")
    project.card.change(approach=Approach.REFLEXIVE)
    made = project.reports.theme_table()
    assert names(made) == ["Theme", "Description", "Quote"]
    assert "N =" not in note(made)


def test_no_text_says_that_themes_emerged(desk: Desk) -> None:
    project, document = desk
    project.frameworks.add("tdf-v2")
    code(project, document, "She phoned me", Valence.BARRIER)
    theme(project, "Clear role")
    made = table(project, *ThemeColumn, propose_quotes=True)
    words = " ".join([made.title, note(made), *(" ".join(row) for row in rows(made))])
    assert "emerg" not in words.lower()


def test_sub_themes_are_indented_below_their_parent(desk: Desk) -> None:
    project, _ = desk
    above = project.themes.add("Above")
    project.themes.add("Below", above)
    project.themes.add("Beside")
    made = table(project)
    assert [(row[0].text, row[0].indent) for row in made.rows] == [
        ("Above", 0),
        ("Below", 1),
        ("Beside", 0),
    ]


def test_directions_stand_under_one_spanner(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me", Valence.FACILITATOR)
    code(project, document, "I came late", Valence.BARRIER)
    theme(project, "Clear role")
    made = table(project, COLUMNS.PARTICIPANTS, COLUMNS.DIRECTIONS)
    assert made.spanners == ((2, 4),)
    assert made.columns[2].spanner_name == "Passages, n"
    assert names(made)[2:] == ["Barrier", "Facilitator"]


def test_columns_of_zeros_are_dropped_and_named(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me", Valence.FACILITATOR)
    theme(project, "Clear role")
    made = table(project, COLUMNS.DIRECTIONS)
    assert names(made) == ["Theme", "Facilitator"]
    assert "Columns without passages are left out: barrier, mixed, neutral, not set." in note(made)


def test_neutral_is_not_mixed_and_not_set_has_its_own_column(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me", Valence.NEUTRAL)
    code(project, document, "the slides", Valence.MIXED)
    code(project, document, "I came late")
    theme(project, "Clear role")
    made = table(project, COLUMNS.DIRECTIONS)
    assert names(made) == ["Theme", "Mixed", "Neutral", "Not set"]
    assert rows(made)[0][1:] == ["1", "1", "1"]


def test_directions_are_in_the_projects_words(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me", Valence.FACILITATOR)
    theme(project, "Clear role")
    project.card.change(words=WordPair.BARRIERS_ENABLERS)
    made = table(project, COLUMNS.DIRECTIONS)
    assert names(made) == ["Theme", "Enabler"]
    assert table(project, side=Side.FACILITATORS).title == "Themes: Enablers"


def test_tables_count_passages_and_references_only_where_asked(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me", Valence.BARRIER, "Contact")
    code(project, document, "She phoned me", Valence.BARRIER, "Trust")
    theme(project, "Contact", "Trust")
    assert rows(table(project, COLUMNS.DIRECTIONS))[0][1:] == ["1"]
    made = table(project, COLUMNS.PASSAGES, COLUMNS.REFERENCES)
    assert rows(made)[0][1:] == ["1", "2"]
    assert "A passage is the union" in note(made)
    assert "A reference is one coding." in note(made)


# -- one-sided tables ---------------------------------------------------------------------------


def test_mixed_stands_in_both_one_sided_tables_marked_and_once_in_the_total(desk: Desk) -> None:
    project, document = desk
    coding = code(project, document, "She phoned me", Valence.MIXED)
    code(project, document, "I came late", Valence.BARRIER)
    made = theme(project, "Clear role")
    project.themes.accept_quote(made, coding)
    columns = (COLUMNS.QUOTES, COLUMNS.DIRECTIONS, COLUMNS.PASSAGES)
    barriers = table(project, *columns, side=Side.BARRIERS)
    facilitators = table(project, *columns, side=Side.FACILITATORS)
    assert names(barriers) == ["Theme", "Quote", "Barrier", "Mixed, ±", "Passages"]
    assert rows(barriers)[0][2:] == ["1", "1", "2"]
    assert names(facilitators) == ["Theme", "Quote", "Mixed, ±", "Passages"]
    assert rows(facilitators)[0][2:] == ["1", "1"]
    for one_sided in (barriers, facilitators):
        assert rows(one_sided)[0][1] == "“She phoned me” (P01) ±"
        assert "± mixed: stands in the tables of both directions" in note(one_sided)
    both = table(project, *columns)
    assert rows(both)[0] == ["A role", "“She phoned me” (P01)", "1", "1", "2"]


def test_one_sided_tables_leave_other_directions_out_and_name_empty_themes(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me", Valence.FACILITATOR, "Contact")
    code(project, document, "I came late", Valence.BARRIER, "Time")
    theme(project, "Contact", called="Made contact")
    theme(project, "Time", called="Short of time")
    made = table(project, COLUMNS.PARTICIPANTS, side=Side.BARRIERS)
    assert rows(made) == [["Short of time", "1"]]
    assert "Only codings with the direction barrier or mixed are counted." in note(made)
    assert "Without any such coding: Made contact." in note(made)


def test_participants_with_both_directions_have_a_column(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me", Valence.FACILITATOR)
    code(project, document, "Nobody had explained", Valence.BARRIER)
    code(project, document, "I came late", Valence.BARRIER)
    theme(project, "Clear role")
    made = table(project, COLUMNS.BOTH_DIRECTIONS)
    assert rows(made)[0][1] == "1"
    assert "participants with a barrier and a facilitator, or with a mixed passage" in note(made)
    # In a one-sided table the other side is still looked at.
    assert rows(table(project, COLUMNS.BOTH_DIRECTIONS, side=Side.BARRIERS))[0][1] == "1"
    code(project, document, "always at two", Valence.MIXED)
    assert rows(table(project, COLUMNS.BOTH_DIRECTIONS))[0][1] == "2"


# -- participants -------------------------------------------------------------------------------


def test_parents_count_participants_once_and_own_counts_stand_apart(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me", name="Contact")
    code(project, document, "the slides", name="Help")
    code(project, document, "I came late", name="Time")
    above = theme(project, "Contact", called="Above")
    theme(project, "Help", "Time", called="Below", parent=above)
    made = table(project, COLUMNS.PARTICIPANTS, COLUMNS.OWN_PARTICIPANTS)
    assert names(made) == ["Theme", "n", "Own n"]
    assert rows(made) == [["Above", "2", "1"], ["Below", "2", "2"]]
    assert "Counts include sub-themes, each participant and passage once" in note(made)
    assert "rows of themes and their sub-themes therefore overlap" in note(made)
    assert "“own” counts leave them out" in note(made)


def test_no_percentages_unless_asked(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    project.documents.set_status(document, DocumentStatus.CODED)
    theme(project, "Clear role")
    made = table(project, *ThemeColumn)
    assert not any("%" in cell for row in rows(made) for cell in row)
    asked = table(project, COLUMNS.PARTICIPANTS, percentages=True)
    assert rows(asked)[0][1] == "1 (50%)"
    assert "percentages are of N" in note(asked)


def test_interim_tables_say_so_and_how_n_can_pass_it(desk: Desk) -> None:
    project, document = desk
    other = add_talk(project, "P03: We drove for two hours.\n", "Second", ["P03"])
    code(project, document, "She phoned me")
    code(project, other, "two hours")
    project.documents.set_status(document, DocumentStatus.CODED)
    theme(project, "Clear role")
    made = table(project, COLUMNS.PARTICIPANTS)
    assert made.interim
    assert rows(made)[0][1] == "2"
    assert note(made).startswith(
        "N = 2 participants in documents marked coded; n = number of participants, among them "
        "up to 1 participant of documents still being coded."
    )
    assert "Interim: 1 of 2 documents coded." in note(made)
    project.documents.set_status(other, DocumentStatus.CODED)
    whole = table(project, COLUMNS.PARTICIPANTS)
    assert not whole.interim
    assert note(whole).startswith("N = 3 participants in documents marked coded; n = number of")
    assert "Interim" not in note(whole)


def test_every_note_names_layer_unit_denominator_and_date(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me", Valence.BARRIER)
    project.documents.set_status(document, DocumentStatus.CODED)
    theme(project, "Clear role")
    said = note(table(project, COLUMNS.PARTICIPANTS, COLUMNS.DIRECTIONS))
    for part in (
        "N = 2 participants",
        "n = number of participants",
        "Analysis layer: codings by Amara Okafor in 1 document, single-coded.",
        "A passage is the union of touching or overlapping codings of a theme in one document.",
        "Counted on 9 March 2026.",
    ):
        assert part in said


def test_the_note_says_barrier_to_what_and_whose_individual_level(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me", Valence.BARRIER)
    theme(project, "Clear role")
    project.card.add_behaviour("takes part in decisions", actor="a partner")
    project.card.change(focal_actor="the partner")
    said = note(table(project, COLUMNS.DIRECTIONS))
    assert "Barriers and facilitators to this: a partner takes part in decisions." in said
    assert "Individual level = the partner." in said
    assert "Individual level" not in note(table(project, COLUMNS.DESCRIPTION))


def test_left_out_participant_is_in_no_figure_and_no_quote(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    coding = code(project, document, "I came late")
    made = theme(project, "Clear role")
    project.documents.set_status(document, DocumentStatus.CODED)
    project.themes.accept_quote(made, coding)
    columns = (COLUMNS.QUOTES, COLUMNS.PARTICIPANTS, COLUMNS.PASSAGES)
    assert rows(table(project, *columns))[0][1:] == ["“I came late” (P02)", "2", "2"]
    project.participants.leave_out(person(project, "P02"))
    left = table(project, *columns)
    assert rows(left)[0][1:] == ["", "1", "1"]
    assert note(left).startswith("N = 1 participant in documents marked coded")
    assert "1 participant left out of analysis." in note(left)
    assert "withheld" not in note(left)


def test_counts_that_include_contrary_codings_say_so(desk: Desk) -> None:
    project, document = desk
    first = code(project, document, "She phoned me")
    second = code(project, document, "I came late")
    made = theme(project, "Clear role")
    assert "qualif" not in note(table(project, COLUMNS.PARTICIPANTS))
    project.themes.set_stance(made, first, Stance.QUALIFIES)
    project.themes.set_stance(made, second, Stance.CONTRADICTS)
    said = note(table(project, COLUMNS.PARTICIPANTS))
    assert (
        "Counts include 1 coding that qualifies and 1 coding that contradicts their theme." in said
    )


def test_themes_set_aside_are_left_out_unless_asked(desk: Desk) -> None:
    project, _ = desk
    aside = project.themes.add("Aside", status=ThemeStatus.SET_ASIDE)
    project.themes.add("Below it", aside)
    project.themes.add("Kept")
    assert rows(table(project)) == [["Kept"]]
    assert rows(table(project, set_aside=True)) == [["Aside"], ["Below it"], ["Kept"]]


# -- every figure opens ---------------------------------------------------------------------------


def test_every_figure_above_zero_opens_the_codings_behind_it(desk: Desk) -> None:
    project, document = desk
    tdf(project)
    project.documents.set_status(document, DocumentStatus.CODED)
    first = code(project, document, "She phoned me", Valence.FACILITATOR)
    second = code(project, document, "I came late", Valence.BARRIER, levels=[level(project, "Mi")])
    third = domain(project, document, span_of(project, document, "I came late"), "Goals")
    theme(project, "Clear role")
    shown = ThemeTable(project, options(*FULL_COLUMNS, COLUMNS.REFERENCES))
    made = shown.build()
    for at, row in enumerate(made.rows):
        for column, cell in enumerate(row):
            if cell.value:
                assert shown.behind[(at, column, 0)], names(made)[column]
            elif cell.value == 0:
                assert (at, column, 0) not in shown.behind
    place = {name: column for column, name in enumerate(names(made))}
    assert shown.behind[(0, place["Barrier"], 0)] == (second,)
    assert set(shown.behind[(0, place["References"], 0)]) == {first, second}
    assert shown.behind[(0, place["TDF domain (n)"], 0)] == (third,)


def test_an_empty_project_has_an_empty_table(desk: Desk) -> None:
    project, _ = desk
    made = table(project, *DEFAULT_COLUMNS)
    assert made.rows == ()
    assert made.empty == "There are no themes yet."
