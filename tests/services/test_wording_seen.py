"""The note under a theme table says whose words the definitions are that coders saw."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ikt_coder.core.table import Table
from ikt_coder.services.project import Project
from ikt_coder.services.report_language import ENGLISH, FRENCH
from ikt_coder.services.theme_table_options import ThemeColumn, ThemeTableOptions
from ikt_coder.services.wording_seen import WordingSeen, wording_seen
from tests.studies import span_of, study


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made, document = study(tmp_path / "study.ikt")
    code = made.codes.add("Trust")
    made.codings.apply(document, span_of(made, document, "slides"), code)
    made.documents.set_lead(document, made.coder)
    made.themes.add("Ties", codes=[code])
    yield made
    made.close()


def note(project: Project, *columns: ThemeColumn) -> str:
    made: Table = project.reports.theme_table(ThemeTableOptions(columns=columns))
    return " ".join(run.text for paragraph in made.note for run in paragraph)


def test_levels_are_spoken_of_where_the_table_names_them(project: Project) -> None:
    project.frameworks.add("sem-ikt3")
    seen = "Coders saw definitions of levels as paraphrased by IKT Coder."
    assert seen in note(project, ThemeColumn.LEVELS)
    assert "Coders saw" not in note(project, ThemeColumn.DOMAINS)
    first, second, _ = project.frameworks.levels()
    project.level_sets.change(first.id, definition="The nurse alone.")
    project.level_sets.change(second.id, source_wording="As printed")
    assert (
        "Coders saw definitions of levels as paraphrased by IKT Coder, 1 of 3 in the words of "
        "this project, 1 of 3 also in the wording of their source."
    ) in note(project, ThemeColumn.LEVELS)


def test_codes_and_levels_together(project: Project) -> None:
    project.card.change(focal_actor="the ward nurse")
    project.frameworks.add("com-b")
    assert "Coders saw framework definitions as paraphrased by IKT Coder." in note(
        project, ThemeColumn.COMPONENTS, ThemeColumn.LEVELS
    )
    project.frameworks.add("sem-ikt3")
    assert (
        "Coders saw definitions of framework codes and levels as paraphrased by IKT Coder."
    ) in note(project, ThemeColumn.COMPONENTS, ThemeColumn.LEVELS)
    node = next(row for row in project.codes.all() if row.name == "Capability")
    project.codes.change(node.id, definition="What the ward nurse can do.")
    actor = project.card.get().focal_actor
    seen = wording_seen(project.codes.all(), (), actor)
    assert (seen.reworded, seen.with_source) == (1, 0)


def test_an_own_level_set_is_in_the_project_own_words(project: Project) -> None:
    project.level_sets.make("Ours", ["Team", "Service"])
    assert "Coders saw" not in note(project, ThemeColumn.LEVELS)  # nothing is defined yet
    level = project.frameworks.levels()[0]
    project.level_sets.change(level.id, definition="Those who meet daily.")
    assert "Coders saw definitions of levels in the words of this project." in note(
        project, ThemeColumn.LEVELS
    )


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (WordingSeen(3, 0, 3), "in the wording of their source."),
        (WordingSeen(3, 3, 0), "in the words of this project."),
        (
            WordingSeen(3, 3, 1),
            "in the words of this project, 1 of 3 also in the wording of their source.",
        ),
    ],
)
def test_whose_words(seen: WordingSeen, words: str) -> None:
    said = ENGLISH.definitions_seen(seen, codes=True, levels=False)
    assert said == f"Coders saw framework definitions {words}"


def test_whose_words_in_french() -> None:
    said = FRENCH.definitions_seen(WordingSeen(5, 2, 1), codes=True, levels=True)
    assert said == (
        "Les codeurs ont vu les définitions des codes des cadres et des niveaux dans la "
        "paraphrase d’IKT Coder, dont 2 sur 5 dans les mots de ce projet, dont 1 sur 5 aussi dans "
        "les mots de leur source."
    )


def test_frameworks_of_ones_own_are_nobodys_paraphrase(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(
        '{"format": "ikt-coder-framework-1", "id": "mine", "name": "Mine", "kind": "codebook",'
        ' "nodes": [{"id": "a", "name": "Alpha", "definition": "What we mean."}]}',
        "utf-8",
    )
    project.frameworks.add_file(path)
    assert wording_seen(project.codes.all(), (), "") == WordingSeen(0, 0, 0)
