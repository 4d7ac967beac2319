"""Whether a table has a row that the present coder may see."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.studies import study


def test_a_project_holds_what_is_in_one_of_the_tables(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    try:
        assert project.holds("document")
        assert project.holds("glossary_term", "document", "revisit")
        assert not project.holds("glossary_term", "revisit")
        with pytest.raises(KeyError):
            project.holds("document", "no_such_table")
        with pytest.raises(KeyError):
            project.holds('document" --')
    finally:
        project.close()
