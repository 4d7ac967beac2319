"""A theme's domains, components and levels: what ``tests/services/test_theme_domains.py``
does not say yet."""

from __future__ import annotations

import pytest

from ikt_coder.core.table import TableStyle
from ikt_coder.core.words import Flag
from ikt_coder.services.theme_table import ExportLanguage, RowOrder
from tests.services.theme_tables import (
    COLUMNS,
    Desk,
    code,
    domain,
    level,
    note,
    rows,
    table,
    tdf,
    theme,
)
from tests.studies import span_of


@pytest.mark.parametrize(
    ("column", "about"),
    [
        (COLUMNS.DOMAINS, "Domains"),
        (COLUMNS.COMPONENTS, "Components"),
        (COLUMNS.LEVELS, "Levels"),
    ],
)
def test_the_rule_and_its_cut_off_stand_in_the_note(
    desk: Desk, column: COLUMNS, about: str
) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    theme(project, "Clear role")
    said = note(table(project, column))
    assert f"{about} are those of codings in the same layer" in said
    assert "at least half of the shorter of the two" in said


def test_without_a_column_of_frameworks_their_rule_is_not_in_the_note(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    theme(project, "Clear role")
    assert "half of the shorter" not in note(table(project, COLUMNS.PARTICIPANTS))


def test_rows_by_framework_stand_under_component_then_domain(desk: Desk) -> None:
    project, document = desk
    tdf(project)
    code(project, document, "She phoned me")
    domain(project, document, span_of(project, document, "She phoned me"), "Social influences")
    code(project, document, "I came late", name="Time")
    domain(
        project,
        document,
        span_of(project, document, "I came late"),
        "Environmental context and resources",
    )
    code(project, document, "what a partner does", name="Nothing")
    for name in ("Clear role", "Time", "Nothing"):
        theme(project, name, called=f"About {name}")
    made = table(project, COLUMNS.PARTICIPANTS, order=RowOrder.FRAMEWORK)
    assert [(row[0].text, row[0].indent) for row in made.rows] == [
        ("Physical opportunity", 0),
        ("Environmental context and resources", 1),
        ("About Time", 2),
        ("Social opportunity", 0),
        ("Social influences", 1),
        ("About Clear role", 2),
        ("No COM-B component", 0),
        ("No domain", 1),
        ("About Nothing", 2),
    ]
    assert made.headings == {0, 1, 3, 4, 6, 7}
    assert "Each theme stands once" in note(made)
    assert "COM-B = capability" in note(made)


def test_an_undecided_domain_puts_a_theme_under_no_component(desk: Desk) -> None:
    project, document = desk
    tdf(project)
    code(project, document, "She phoned me")
    domain(project, document, span_of(project, document, "She phoned me"), "Emotion")
    domain(project, document, span_of(project, document, "I came late"), "Skills")
    code(project, document, "I came late", name="Other")
    theme(project, "Other")
    shown = [row[0] for row in rows(table(project, order=RowOrder.FRAMEWORK))]
    assert shown == ["No COM-B component", "Skills", "A role"]


def test_the_authors_order_is_kept_within_a_heading_and_sub_themes_go_along(desk: Desk) -> None:
    project, document = desk
    micro = level(project, "Micro")
    code(project, document, "She phoned me", levels=[micro])
    last = theme(project, "Clear role", called="Z first")
    theme(project, "Clear role", called="A second")
    project.themes.add("Below", last)
    shown = [row[0] for row in rows(table(project, order=RowOrder.LEVEL))]
    assert shown == ["Micro", "Z first", "Below", "A second"]


def test_renamed_nodes_keep_the_authors_name_in_french(desk: Desk) -> None:
    project, document = desk
    tdf(project)
    span = span_of(project, document, "She phoned me")
    code(project, document, "She phoned me")
    domain(project, document, span, "Knowledge")
    domain(project, document, span, "Skills")
    theme(project, "Clear role")
    skills = next(row.id for row in project.codes.all() if row.name == "Skills")
    project.codes.change(skills, name="Skill of partnering")
    made = table(project, COLUMNS.DOMAINS, language=ExportLanguage.FRENCH)
    assert rows(made)[0][1].splitlines() == ["Connaissances (1)", "Skill of partnering (1)"]


@pytest.mark.parametrize("style", TableStyle)
def test_what_an_author_added_is_marked_with_a_dagger_in_every_style(
    desk: Desk, style: TableStyle
) -> None:
    project, document = desk
    tdf(project)
    code(project, document, "She phoned me", flags=[Flag.STAR])
    made = theme(project, "Clear role")
    knowledge = next(row.id for row in project.codes.all() if row.name == "Knowledge")
    project.themes.set_domain(made, knowledge, True)
    shown = table(project, COLUMNS.DOMAINS, style=style)
    assert rows(shown)[0][1] == "Knowledge†"
    assert "† Added by the authors." in note(shown)
