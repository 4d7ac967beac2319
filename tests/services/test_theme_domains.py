"""A theme's domains, components and levels in its table (the method's rules, one by one)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ikt_coder.codebooks.uses import Use
from ikt_coder.core.span import Span
from ikt_coder.core.words import Valence
from ikt_coder.services.theme_table import Side, ThemeTable
from tests.services.theme_tables import (
    COLUMNS,
    Desk,
    code,
    domain,
    level,
    names,
    note,
    options,
    rows,
    table,
    tdf,
    theme,
)
from tests.studies import span_of, study


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    project, document = study(tmp_path / "study.ikt")
    yield project, document
    project.close()


# -- domains, components and levels ---------------------------------------------------------------


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


def test_a_charting_set_that_was_added_as_codes_has_domains_and_a_source(desk: Desk) -> None:
    project, document = desk
    project.frameworks.add("ikt-outcomes", [Use.CODES])
    node = next(row for row in project.codes.all() if row.node_key and row.applicable)
    project.codings.apply(document, span_of(project, document, "I came late"), node.id)
    theme(project, node.name)
    made = ThemeTable(project, options(COLUMNS.DOMAINS))
    assert rows(made.build())[0][1] == f"{node.name} (1)"
    (framework,) = project.frameworks.all()
    assert framework.citation
    assert made.sources == framework.citation


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


def test_the_sources_of_the_frameworks_shown_are_named(desk: Desk) -> None:
    project, _ = desk
    tdf(project)
    level(project, "Micro")
    cited = {row.key: row.citation for row in project.frameworks.all()}
    assert all(cited.values())
    assert ThemeTable(project, options(COLUMNS.DOMAINS)).sources == cited["tdf-v2"]
    both = ThemeTable(project, options(COLUMNS.DOMAINS, COLUMNS.LEVELS)).sources
    assert all(citation in both for citation in cited.values())
    assert ThemeTable(project, options(COLUMNS.PARTICIPANTS)).sources == ""


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
    walk = project.crosswalks.derived(project.codes.get(project.codings.get(coding).code))
    assert walk is not None
    assert walk.undecided
    made = table(project, COLUMNS.COMPONENTS)
    assert [line for line in rows(made)[0][1].splitlines() if "undecided" in line] == [
        "Physical capability or Psychological capability, undecided (1)"
    ]
    assert "it is counted for none" in note(made)
    project.crosswalks.choose(coding, (walk.candidates[0],))
    decided = table(project, COLUMNS.COMPONENTS)
    assert "undecided" not in rows(decided)[0][1]
    assert "Undecided" not in note(decided)


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


def test_the_note_names_the_source_and_drawn_links(desk: Desk) -> None:
    project, document = desk
    tdf(project)
    project.frameworks.add("com-b")
    domain(project, document, span_of(project, document, "I came late"), "Knowledge")
    theme(project, "Knowledge")
    assert "(Cane et al., 2012), not coded" in note(table(project, COLUMNS.COMPONENTS))
    project.crosswalks.follow("tdf-v2--com-b", "michie2014")
    assert "(Michie et al., 2014), not coded" in note(table(project, COLUMNS.COMPONENTS))
    project.crosswalks.follow("tdf-v2--com-b", "")
    assert rows(table(project, COLUMNS.COMPONENTS))[0][1] == "—"
    codes = {row.name: row.id for row in project.codes.all()}
    project.crosswalks.link(codes["Knowledge"], codes["Social opportunity"])
    made = table(project, COLUMNS.COMPONENTS)
    assert rows(made)[0][1] == "Social opportunityᵈ (1)"
    assert "Derived from domains by links the authors drew, not coded" in note(made)


def test_as_data_no_sign_stands_in_a_cell_and_each_domain_is_a_row(desk: Desk) -> None:
    project, document = desk
    tdf(project)
    late = span_of(project, document, "I came late")
    coding = code(project, document, "I came late", Valence.MIXED)
    made = theme(project, "Clear role")
    domain(project, document, late, "Goals")
    keys = {row.name: row.id for row in project.codes.all()}
    project.themes.set_domain(made, keys["Knowledge"], True)
    longer = Span(late.start, late.end + 4)
    project.themes.accept_quote(made, coding, longer)
    wanted = options(
        *(COLUMNS.QUOTES, COLUMNS.DIRECTIONS, COLUMNS.DOMAINS, COLUMNS.COMPONENTS),
        side=Side.BARRIERS,
        appendix=True,
    )
    printed = project.reports.theme_tables(wanted)
    main, listed, quotes = project.reports.theme_tables(wanted, ".csv")
    said = " ".join([*names(main), *rows(main)[0], note(main)])
    before = " ".join([*names(printed[0]), *rows(printed[0])[0], note(printed[0])])
    for sign in "†*±ᵈ":
        assert sign in before
        assert sign not in said
    assert rows(main)[0][names(main).index("TDF domain")] == "Goals\nKnowledge"
    assert [row[1:] for row in rows(listed)] == [
        ["domain", "Goals", "1", "0", "0", "0"],
        ["domain", "Knowledge", "", "", "0", "1"],
        ["component", "Reflective motivation", "1", "1", "0", "0"],
    ]
    (quote,) = rows(quotes)
    assert quote[1].startswith("I came late")
    assert quote[2:] == ["P02", "mixed", "1", "0", "0"]
