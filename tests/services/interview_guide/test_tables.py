"""Theme tables of the answers to some questions of the interview guide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.table import TableStyle
from ikt_coder.core.words import DocumentStatus
from ikt_coder.services.project import Project
from ikt_coder.services.theme_table_options import (
    ExportLanguage,
    ThemeColumn,
    ThemeTableOptions,
    options_from_json,
    options_to_json,
)
from tests.services.theme_tables import code, note, rows, table, theme
from tests.studies import study

WANTED = (ThemeColumn.QUOTES, ThemeColumn.PARTICIPANTS, ThemeColumn.PASSAGES)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Project, UUID, UUID]]:
    """A talk with a theme in the answers to both questions of its guide."""
    project, document = study(tmp_path / "Study.ikt")
    first, second = project.guide.bring_in("What made it possible?\nWhat got in the way?")
    project.guide.change(first, label="Possible")
    one, other = project.guide.asked(document)
    project.guide.match({one.turn: first, other.turn: second})
    accepted = code(project, document, "She phoned me before the third meeting.")
    refused = code(project, document, "Nobody had explained how a study is put together")
    code(project, document, "I came late")
    key = theme(project, "Clear role")
    for each in (accepted, refused):
        project.themes.accept_quote(key, each)
    project.documents.set_status(document, DocumentStatus.CODED)
    yield project, first, second
    project.close()


def test_only_answers_to_the_chosen_questions_count_and_are_quoted(
    opened: tuple[Project, UUID, UUID],
) -> None:
    project, first, second = opened
    ((_, _, n, passages),) = rows(table(project, *WANTED))
    assert (n, passages) == ("2", "3")
    made = table(project, *WANTED, questions=frozenset({first}))
    ((_, quotes, n, passages),) = rows(made)
    assert (n, passages) == ("1", "1")
    assert "phoned" in quotes
    assert "explained" not in quotes
    ((_, quotes, n, passages),) = rows(table(project, *WANTED, questions=frozenset({second})))
    assert (n, passages) == ("2", "2")
    assert "explained" in quotes
    assert "phoned" not in quotes


def test_the_note_names_the_questions_and_n_stays(opened: tuple[Project, UUID, UUID]) -> None:
    project, first, second = opened
    whole = note(table(project, *WANTED))
    made = note(table(project, *WANTED, questions=frozenset({first, second})))
    assert "only codings that touch answers to “Possible” or “What got in the way?”" in made
    assert "N does not depend on who was asked." in made
    assert "N = 2 participants" in whole
    assert "N = 2 participants" in made
    french = note(
        table(project, *WANTED, questions=frozenset({first}), language=ExportLanguage.FRENCH)
    )
    assert "seulement les codages des réponses aux questions «" in french
    assert "Possible" in french


def test_a_question_that_was_deleted_leaves_an_empty_table(
    opened: tuple[Project, UUID, UUID],
) -> None:
    project, first, _ = opened
    project.guide.delete(first)
    made = table(project, *WANTED, questions=frozenset({first}))
    assert "no longer in the interview guide" in note(made)
    assert [row[2:] for row in rows(made)] in ([], [["0", "0"]])


def test_options_keep_their_questions_and_older_tables_have_none(
    opened: tuple[Project, UUID, UUID],
) -> None:
    _, first, _ = opened
    options = ThemeTableOptions(questions=frozenset({first}), style=TableStyle.VANCOUVER)
    kept = options_from_json(options_to_json(options))
    assert kept.questions == {first}
    assert kept.narrowed
    assert options_from_json('{"questions": ["?", 3]}').questions == frozenset()
    assert not options_from_json("{}").narrowed
