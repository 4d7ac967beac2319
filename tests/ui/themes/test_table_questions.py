"""Questions of the interview guide as a filter of the theme table."""

from __future__ import annotations

from pathlib import Path

from ikt_coder.services.theme_table_options import ThemeTableOptions
from ikt_coder.ui.themes.table_filters import filter_kinds, read_offered
from tests.studies import study


def test_the_filter_offers_and_names_questions(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "Study.ikt")
    try:
        kind = next(one for one in filter_kinds() if one.field == "questions")
        assert kind.choices(read_offered(project, ())) == []
        first, _ = project.guide.bring_in("What made it possible?\nWhat got in the way?")
        project.guide.change(first, label="Possible")
        offered = read_offered(project, ())
        assert [one.name for one in kind.choices(offered)] == ["Possible", "What got in the way?"]
        options = kind.put(ThemeTableOptions(), frozenset({first}))
        assert options.narrowed
        assert kind.says(options, offered) == "Answers to: Possible"
        project.guide.delete(first)
        assert kind.says(options, read_offered(project, ())) == "Answers to: no longer there"
    finally:
        project.close()
