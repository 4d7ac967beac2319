"""The theme table: columns, notes, domains, levels, quotes (the method's rules, one by one)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.span import Span
from ikt_coder.core.table import Table
from ikt_coder.core.words import (
    Approach,
    Consent,
    DocumentStatus,
    Flag,
    Stance,
    ThemeStatus,
    Valence,
    WordPair,
)
from ikt_coder.services.project import Project
from ikt_coder.services.theme_table import (
    DEFAULT_COLUMNS,
    FULL_COLUMNS,
    Side,
    ThemeColumn,
    ThemeTable,
    ThemeTableOptions,
)
from tests.studies import add_talk, span_of, study

Desk = tuple[Project, UUID]
COLUMNS = ThemeColumn
DAY = date(2026, 3, 9)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    project, document = study(tmp_path / "study.ikt")
    yield project, document
    project.close()


def code(
    project: Project,
    document: UUID,
    words: str,
    valence: Valence | None = None,
    name: str = "Clear role",
    **carried: object,
) -> UUID:
    known = {row.name: row.id for row in project.codes.all()}
    key = known.get(name) or project.codes.add(name)
    span = span_of(project, document, words)
    return project.codings.apply(document, span, key, valence=valence, **carried)  # type: ignore[arg-type]  # what a coding carries


def theme(project: Project, *names: str, called: str = "A role", **fields: object) -> UUID:
    codes = {row.name: row.id for row in project.codes.all()}
    return project.themes.add(called, codes=[codes[name] for name in names], **fields)  # type: ignore[arg-type]  # fields by name


def options(*columns: ThemeColumn, **more: object) -> ThemeTableOptions:
    return replace(ThemeTableOptions(columns=columns, today=DAY), **more)  # type: ignore[arg-type]  # options by name


def table(project: Project, *columns: ThemeColumn, **more: object) -> Table:
    return project.reports.theme_table(options(*columns, **more))


def rows(made: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in made.rows]


def note(made: Table) -> str:
    return " ".join("".join(run.text for run in paragraph) for paragraph in made.note)


def names(made: Table) -> list[str]:
    return [column.name for column in made.columns]


def person(project: Project, label: str) -> UUID:
    return next(row.id for row in project.participants.all() if row.label == label)


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


# -- domains, components and levels ---------------------------------------------------------------


def tdf(project: Project) -> None:
    project.frameworks.add("tdf-v2")


def domain(project: Project, document: UUID, span: Span, name: str) -> UUID:
    key = next(row.id for row in project.codes.all() if row.name == name and row.node_key)
    return project.codings.apply(document, span, key, valence=None)


def test_domains_are_of_codings_over_half_of_the_shorter_span(desk: Desk) -> None:
    project, document = desk
    tdf(project)
    span = span_of(project, document, "She phoned me before the third meeting")
    code(project, document, "She phoned me before the third meeting")
    theme(project, "Clear role")
    half = len(span) // 2
    domain(project, document, Span(span.end - half, span.end + half), "Social influences")
    domain(project, document, Span(span.end - half + 1, span.end + half + 3), "Knowledge")
    domain(project, document, Span(span.start, span.start + 1), "Goals")
    (row,) = rows(table(project, COLUMNS.DOMAINS))
    assert row[1].splitlines() == ["Goals (1)", "Social influences (1)"]


def test_a_framework_code_of_the_theme_itself_is_a_domain(desk: Desk) -> None:
    project, document = desk
    tdf(project)
    domain(project, document, span_of(project, document, "I came late"), "Goals")
    theme(project, "Goals")
    assert rows(table(project, COLUMNS.DOMAINS))[0][1] == "Goals (1)"


def test_domains_come_only_from_the_analysis_layer(desk: Desk) -> None:
    project, document = desk
    tdf(project)
    code(project, document, "I came late")
    theme(project, "Clear role")
    project.coders.switch(project.coders.add("Bo Lindqvist"))
    domain(project, document, span_of(project, document, "I came late"), "Goals")
    made = table(project, COLUMNS.DOMAINS)
    assert rows(made)[0][1] == "—"
    assert "— none coded." in note(made)


def test_domains_are_listed_with_n_participants_highest_first(desk: Desk) -> None:
    project, document = desk
    tdf(project)
    for words in ("She phoned me", "I came late"):
        code(project, document, words)
        domain(project, document, span_of(project, document, words), "Social influences")
    domain(project, document, span_of(project, document, "I came late"), "Goals")
    theme(project, "Clear role")
    made = table(project, COLUMNS.DOMAINS)
    assert rows(made)[0][1].splitlines() == ["Social influences (2)", "Goals (1)"]
    assert "at least half of the shorter of the two; all are listed" in note(made)


def test_a_domain_counts_only_people_whose_words_are_on_the_passage(desk: Desk) -> None:
    project, document = desk
    tdf(project)
    code(project, document, "what a partner does")
    theme(project, "Clear role")
    start = span_of(project, document, "what a partner").start
    end = span_of(project, document, "I came late").end
    domain(project, document, Span(start, end), "Goals")
    assert rows(table(project, COLUMNS.PARTICIPANTS, COLUMNS.DOMAINS))[0][1:] == ["1", "Goals (1)"]


def test_domains_added_by_hand_are_marked_and_hidden_ones_named(desk: Desk) -> None:
    project, document = desk
    tdf(project)
    code(project, document, "I came late")
    made = theme(project, "Clear role")
    domain(project, document, span_of(project, document, "I came late"), "Goals")
    keys = {row.name: row.id for row in project.codes.all()}
    project.themes.set_domain(made, keys["Goals"], False)
    project.themes.set_domain(made, keys["Knowledge"], True)
    shown = table(project, COLUMNS.DOMAINS)
    assert rows(shown)[0][1] == "Knowledge†"
    assert "† Added by the authors." in note(shown)
    assert "† Hidden by the authors for “A role”: Goals." in note(shown)
    project.themes.set_domain(made, keys["Goals"], None)
    project.themes.set_domain(made, keys["Knowledge"], None)
    assert rows(table(project, COLUMNS.DOMAINS))[0][1] == "Goals (1)"


def test_comb_derived_stands_apart_and_is_never_stored(desk: Desk) -> None:
    project, document = desk
    tdf(project)
    code(project, document, "I came late")
    theme(project, "Clear role")
    domain(project, document, span_of(project, document, "I came late"), "Social influences")
    before = len(project.codings.in_document(document))
    made = table(project, COLUMNS.COMPONENTS)
    assert rows(made)[0][1] == "Social opportunityᵈ (1)"
    assert "ᵈ Derived from domains by the published crosswalk" in note(made)
    assert len(project.codings.in_document(document)) == before


def test_comb_derived_counted_once_where_the_node_was_coded_directly(desk: Desk) -> None:
    project, document = desk
    tdf(project)
    project.frameworks.add("com-b")
    for words in ("She phoned me", "I came late"):
        code(project, document, words)
        domain(project, document, span_of(project, document, words), "Social influences")
    theme(project, "Clear role")
    domain(project, document, span_of(project, document, "I came late"), "Social opportunity")
    made = table(project, COLUMNS.COMPONENTS)
    assert rows(made)[0][1] == "Social opportunity (2; 1ᵈ)"
    assert "after a semicolon those reached in this way alone" in note(made)
    domain(project, document, span_of(project, document, "She phoned me"), "Social opportunity")
    made = table(project, COLUMNS.COMPONENTS)
    assert rows(made)[0][1] == "Social opportunity (2)"
    assert "ᵈ" not in note(made)


def test_undecided_not_counted_twice(desk: Desk) -> None:
    project, document = desk
    tdf(project)
    code(project, document, "I came late")
    theme(project, "Clear role")
    coding = domain(project, document, span_of(project, document, "I came late"), "Skills")
    walk = project.frameworks.derived(project.codes.get(project.codings.get(coding).code))
    assert walk is not None
    assert walk.undecided
    made = table(project, COLUMNS.COMPONENTS)
    assert [line for line in rows(made)[0][1].splitlines() if "undecided" in line] == [
        "Physical capability or Psychological capability, undecided (1)"
    ]
    assert "it is counted for neither" in note(made)
    project.frameworks.choose_target(coding, (walk.candidates[0],))
    decided = table(project, COLUMNS.COMPONENTS)
    assert "undecided" not in rows(decided)[0][1]
    assert "Undecided" not in note(decided)


def level(project: Project, name: str) -> UUID:
    if not project.frameworks.levels():
        project.frameworks.add("levels-micro-meso-macro")
    return next(row.id for row in project.frameworks.levels() if row.name.startswith(name))


def test_a_coding_on_two_levels_counts_once_in_each_and_once_in_the_total(desk: Desk) -> None:
    project, document = desk
    micro, meso = level(project, "Micro"), level(project, "Meso")
    code(project, document, "I came late", levels=[micro, meso])
    theme(project, "Clear role")
    made = table(project, COLUMNS.PARTICIPANTS, COLUMNS.REFERENCES, COLUMNS.LEVELS)
    cells = rows(made)[0]
    assert cells[1:3] == ["1", "1"]
    assert [line.rsplit(" ", 1)[1] for line in cells[3].splitlines()] == ["(1)", "(1)"]
    assert "A coding on several levels counts once in each." in note(made)


def test_levels_given_by_the_authors_are_marked(desk: Desk) -> None:
    project, document = desk
    micro, macro = level(project, "Micro"), level(project, "Macro")
    code(project, document, "I came late", levels=[micro])
    made = theme(project, "Clear role")
    project.themes.set_levels(made, [micro, macro])
    lines = rows(table(project, COLUMNS.LEVELS))[0][1].splitlines()
    assert [line[:5] for line in lines] == ["Micro", "Macro"]
    assert lines[0].endswith("(1)")
    assert lines[1].endswith("†")


# -- quotes ---------------------------------------------------------------------------------------


def test_only_accepted_quotes_are_printed(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me", flags=[Flag.STAR])
    coding = code(project, document, "I came late")
    made = theme(project, "Clear role")
    assert rows(table(project, COLUMNS.QUOTES))[0][1] == ""
    project.themes.accept_quote(made, coding)
    assert rows(table(project, COLUMNS.QUOTES))[0][1] == "“I came late” (P02)"


def test_proposals_are_marked_starred_first_and_balanced_over_participants(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    code(project, document, "She went through the slides with me", flags=[Flag.STAR])
    code(project, document, "I came late")
    code(project, document, "always at two")
    code(project, document, "what got in the way")
    theme(project, "Clear role")
    made = table(project, COLUMNS.QUOTES, propose_quotes=True)
    assert rows(made)[0][1].splitlines() == [
        "[proposed] “She went through the slides with me” (P01)",
        "[proposed] “I came late” (P02)",
    ]
    assert "[proposed] Not yet accepted by a person: starred codings first" in note(made)


@pytest.mark.parametrize("consent", [Consent.NONE, Consent.PARAPHRASE])
def test_consent_is_obeyed(desk: Desk, consent: Consent) -> None:
    project, document = desk
    coding = code(project, document, "I came late")
    made = theme(project, "Clear role")
    project.themes.accept_quote(made, coding)
    project.participants.change(person(project, "P02"), consent=consent)
    shown = table(project, COLUMNS.QUOTES, propose_quotes=True)
    assert "came late" not in str(rows(shown))
    assert "1 accepted quote is withheld" in note(shown)
    assert "came late" not in str(rows(project.reports.quotes_table()))


def test_marks_on_a_coding_withhold_its_quote(desk: Desk) -> None:
    project, document = desk
    coding = code(project, document, "I came late")
    made = theme(project, "Clear role")
    project.themes.accept_quote(made, coding)
    project.codings.change(coding, flags=[Flag.DO_NOT_QUOTE])
    shown = table(project, COLUMNS.QUOTES)
    assert rows(shown)[0][1] == ""
    assert "withheld" in note(shown)


def test_a_quote_longer_than_its_coding_is_said_to_be(desk: Desk) -> None:
    project, document = desk
    coding = code(project, document, "came late")
    made = theme(project, "Clear role")
    project.themes.accept_quote(made, coding, span_of(project, document, "I came late"))
    shown = table(project, COLUMNS.QUOTES)
    assert rows(shown)[0][1] == "“I came late” (P02)*"
    assert "* Quote longer than its coding." in note(shown)


def test_quotes_over_turns_drop_labels_and_say_who_speaks(desk: Desk) -> None:
    project, document = desk
    start = span_of(project, document, "And what got").start
    end = span_of(project, document, "Nobody had explained").end
    key = project.codes.add("Clear role")
    coding = project.codings.apply(document, Span(start, end), key)
    made = theme(project, "Clear role")
    project.themes.accept_quote(made, coding)
    assert rows(table(project, COLUMNS.QUOTES))[0][1] == (
        "“[interviewer] And what got in the way? [P01] Nobody had explained” (P01)"
    )


def test_labels_at_the_start_of_a_quote_are_left_out(desk: Desk) -> None:
    project, document = desk
    coding = code(project, document, "P02: I came late")
    made = theme(project, "Clear role")
    project.themes.accept_quote(made, coding)
    assert rows(table(project, COLUMNS.QUOTES))[0][1] == "“I came late” (P02)"


def test_quotation_marks_within_a_quote_become_single(desk: Desk) -> None:
    project, _ = desk
    document = add_talk(project, 'P03: They said "come along" and “sit down”.\n', "Third", ["P03"])
    coding = code(project, document, 'They said "come along" and “sit down”')
    made = theme(project, "Clear role")
    project.themes.accept_quote(made, coding)
    assert rows(table(project, COLUMNS.QUOTES))[0][1] == (
        "“They said ‘come along’ and ‘sit down’” (P03)"
    )


def test_labels_that_fit_fewer_than_three_people_are_warned_about(desk: Desk) -> None:
    project, document = desk
    coding = code(project, document, "I came late")
    made = theme(project, "Clear role")
    project.themes.accept_quote(made, coding)
    project.documents.set_status(document, DocumentStatus.CODED)
    project.participants.change(person(project, "P02"), group="patient partner")
    wanted = options(COLUMNS.QUOTES, group_labels=True)
    shown = ThemeTable(project, wanted)
    assert rows(shown.build())[0][1] == "“I came late” (P02, patient partner)"
    assert "patient partner" in "".join(shown.warnings)
    assert ThemeTable(project, options(COLUMNS.QUOTES)).warnings == ()
    add_talk(project, "P03: Yes.\nP04: No.\n", "More", ["P03", "P04"])
    for label in ("P03", "P04"):
        project.participants.change(person(project, label), group="patient partner")
    for row in project.documents.all():
        project.documents.set_lead(row.id, project.coder)
    assert ThemeTable(project, wanted).warnings == ()


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
