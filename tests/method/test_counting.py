"""Counting: what the tests of themes and theme tables do not say yet."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ikt_coder.core.span import Span
from ikt_coder.core.words import DocumentStatus, Valence
from ikt_coder.services.theme_table import RowOrder, ThemeTable
from tests.services.theme_tables import (
    COLUMNS,
    Desk,
    code,
    level,
    note,
    options,
    rows,
    table,
    theme,
)
from tests.studies import add_talk, study


def test_a_reference_is_one_coding(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    code(project, document, "I came late")
    theme(project, "Clear role")
    made = table(project, COLUMNS.REFERENCES)
    assert rows(made) == [["A role", "2"]]
    assert "A reference is one coding." in note(made)


def test_rows_that_overlap_are_declared_in_the_note(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    parent = theme(project, called="Contact")
    project.themes.add("By phone", parent, codes=[project.codes.find("Clear role").id])
    assert "sub-themes therefore overlap" in note(table(project, COLUMNS.PARTICIPANTS))


def test_rows_that_overlap_are_not_declared_where_none_do(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    theme(project, "Clear role")
    assert "overlap" not in note(table(project, COLUMNS.PARTICIPANTS))


def test_not_set_is_a_column_and_no_level_a_row_never_zero(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    theme(project, "Clear role")
    made = table(project, COLUMNS.DIRECTIONS, order=RowOrder.LEVEL)
    assert [column.name for column in made.columns] == ["Theme", "Not set"]
    assert rows(made) == [["No level", ""], ["A role", "1"]]


def test_an_empty_theme_is_a_row_of_zeros_and_dashes(desk: Desk) -> None:
    project, _ = desk
    level(project, "Micro")
    theme(project, called="Nothing yet")
    made = table(
        project,
        COLUMNS.DESCRIPTION,
        COLUMNS.QUOTES,
        COLUMNS.PARTICIPANTS,
        COLUMNS.PASSAGES,
        COLUMNS.REFERENCES,
        COLUMNS.BOTH_DIRECTIONS,
        COLUMNS.DOMAINS,
        COLUMNS.COMPONENTS,
        COLUMNS.LEVELS,
    )
    assert rows(made) == [["Nothing yet", "", "", "0", "0", "0", "0", "—", "—", "—"]]
    assert "— none coded." in note(made)


def test_counts_of_some_documents_have_their_own_n(desk: Desk) -> None:
    project, document = desk
    other = add_talk(project, "P03: She phoned me too.\n", "Other", ["P03"])
    for key in (document, other):
        code(project, key, "She phoned me")
        project.documents.set_status(key, DocumentStatus.CODED)
    theme(project, "Clear role")
    whole = table(project, COLUMNS.PARTICIPANTS, COLUMNS.PASSAGES)
    some = table(project, COLUMNS.PARTICIPANTS, COLUMNS.PASSAGES, documents=frozenset({other}))
    assert rows(whole) == [["A role", "2", "2"]]
    assert rows(some) == [["A role", "1", "1"]]
    assert "N = 1 participant in" in note(some)
    assert "Counted in this table: only 1 chosen document." in note(some)


def test_counts_of_a_folder_take_the_folders_in_it(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    theme(project, "Clear role")
    outer = project.folders.add("Patients")
    inner = project.folders.add("First round", outer)
    project.documents.move([document], inner)
    assert rows(table(project, COLUMNS.PASSAGES, folders=frozenset({outer}))) == [["A role", "1"]]
    empty = project.folders.add("Providers")
    assert rows(table(project, COLUMNS.PASSAGES, folders=frozenset({empty}))) == [["A role", "0"]]


def test_counts_of_a_group_leave_others_and_nobodys_words_out(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    code(project, document, "I came late")
    code(project, document, "what got in the way")
    theme(project, "Clear role")
    for row in project.participants.all():
        project.participants.change(row.id, group="patient" if row.label == "P01" else "provider")
    made = table(project, COLUMNS.PARTICIPANTS, COLUMNS.REFERENCES, groups=frozenset({"patient"}))
    assert rows(made) == [["A role", "1", "1"]]
    assert "participants of group “patient”" in note(made)


@settings(max_examples=12)
@given(picks=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 25)), max_size=8))
def test_every_order_shows_the_same_figures(
    picks: list[tuple[int, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project, document = study(Path(folder) / "s.ikt")
        try:
            project.frameworks.add("tdf-v2")
            nodes = [row for row in project.codes.all() if row.applicable]
            micro = level(project, "Micro")
            for at, (start, length) in enumerate(picks):
                project.codings.apply(
                    document,
                    Span(start, start + length),
                    nodes[start % len(nodes)].id,
                    levels=[micro] if at % 2 else [],
                    valence=list(Valence)[at % 4],
                )
            parent = theme(project, *(row.name for row in nodes[:4]), called="One")
            project.themes.add("Two", parent, codes=[nodes[5].id])
            project.themes.add("Three", codes=[row.id for row in nodes[6:]])
            columns = (COLUMNS.PARTICIPANTS, COLUMNS.PASSAGES, COLUMNS.REFERENCES)
            seen = []
            for order in RowOrder:
                made = ThemeTable(project, options(*columns, order=order))
                built = made.build()
                found = {
                    key: [cell.text for cell in row]
                    for key, row in zip(made.themes, built.rows, strict=True)
                    if key is not None
                }
                assert len(found) == 3
                assert {at for at, key in enumerate(made.themes) if key is None} == set(
                    built.headings
                )
                seen.append(found)
            assert all(one == seen[0] for one in seen)
        finally:
            project.close()
