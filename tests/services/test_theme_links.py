"""Links between themes: kinds, once only, the same in copies, undone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ikt_coder.core.errors import NotAllowed, NotFound
from ikt_coder.core.words import LinkKind
from ikt_coder.services.project import Project
from ikt_coder.services.theme_table_options import ThemeTableOptions
from tests.studies import span_of, study

Themes = tuple[Project, list]


@pytest.fixture
def themes(tmp_path: Path) -> Iterator[Themes]:
    project, _ = study(tmp_path / "study.ikt")
    yield project, [project.themes.add(name) for name in ("One", "Two", "Three")]
    project.close()


def test_both_themes_show_a_link(themes: Themes) -> None:
    project, (one, two, three) = themes
    link = project.themes.link(one, two, LinkKind.LEADS_TO, "First this")
    (row,) = project.themes.links.all()
    assert (row.theme_name, row.other_name, row.kind) == ("One", "Two", LinkKind.LEADS_TO)
    assert (row.id, row.note) == (link, "First this")
    assert project.themes.links.of(one) == project.themes.links.of(two) == (row,)
    assert project.themes.links.of(three) == ()


@pytest.mark.parametrize("kind", [LinkKind.RECIPROCAL, LinkKind.CONTRAST])
def test_a_pair_has_each_kind_that_holds_both_ways_once(themes: Themes, kind: LinkKind) -> None:
    project, (one, two, _) = themes
    project.themes.link(one, two, kind)
    for pair in ((one, two), (two, one)):
        with pytest.raises(NotAllowed, match="linked in this way already"):
            project.themes.link(*pair, kind)
    project.themes.link(one, two, LinkKind.LEADS_TO)
    assert len(project.themes.links.all()) == 2


def test_leads_to_may_go_both_ways_each_once(themes: Themes) -> None:
    project, (one, two, _) = themes
    project.themes.link(one, two, LinkKind.LEADS_TO)
    project.themes.link(two, one, LinkKind.LEADS_TO)
    with pytest.raises(NotAllowed):
        project.themes.link(one, two, LinkKind.LEADS_TO)
    assert len(project.themes.links.all()) == 2


def test_a_theme_is_not_linked_with_itself_nor_with_one_that_is_gone(themes: Themes) -> None:
    project, (one, two, _) = themes
    with pytest.raises(NotAllowed, match="with itself"):
        project.themes.link(one, one, LinkKind.CONTRAST)
    project.themes.delete(two)
    with pytest.raises(NotFound):
        project.themes.link(one, two, LinkKind.CONTRAST)
    assert project.themes.links.all() == ()


def test_two_copies_of_a_project_agree_on_a_link(themes: Themes, tmp_path: Path) -> None:
    project, (one, two, _) = themes
    project.close()
    shutil.copy(tmp_path / "study.ikt", tmp_path / "copy.ikt")
    first, second = (Project.open(tmp_path / name) for name in ("study.ikt", "copy.ikt"))
    try:
        here = first.themes.link(one, two, LinkKind.RECIPROCAL, "mine")
        there = second.themes.link(two, one, LinkKind.RECIPROCAL, "theirs")
        assert here == there
        assert first.themes.links.all()[0].theme == second.themes.links.all()[0].theme
    finally:
        first.close()
        second.close()


def test_note_and_kind_change_and_are_undone(themes: Themes) -> None:
    project, (one, two, _) = themes
    link = project.themes.link(one, two, LinkKind.CONTRAST, "a")
    assert project.themes.change_link(link, note="b") == link
    other = project.themes.change_link(link, kind=LinkKind.LEADS_TO)
    assert other != link
    (row,) = project.themes.links.all()
    assert (row.kind, row.note) == (LinkKind.LEADS_TO, "b")
    project.themes.link(one, two, LinkKind.CONTRAST)
    with pytest.raises(NotAllowed):
        project.themes.change_link(other, kind=LinkKind.CONTRAST)
    project.themes.unlink(other)
    project.history.undo()
    assert {row.kind for row in project.themes.links.all()} == {
        LinkKind.LEADS_TO,
        LinkKind.CONTRAST,
    }


def test_links_go_with_their_theme_and_come_back_with_it(themes: Themes) -> None:
    project, (one, two, _) = themes
    project.themes.link(one, two, LinkKind.CONTRAST)
    project.themes.delete(two)
    assert project.themes.links.all() == ()
    project.history.undo()
    assert len(project.themes.links.all()) == 1


def test_erased_words_go_from_notes_of_links_and_from_altered_quotes(tmp_path: Path) -> None:
    project, document = study(tmp_path / "erase.ikt")
    try:
        words = "She went through the slides with me"
        span = span_of(project, document, "I came late")
        coding = project.codings.apply(document, span, project.codes.add("Late"))
        one = project.themes.add("One", codings=[coding])
        two = project.themes.add("Two")
        project.themes.link(one, two, LinkKind.CONTRAST, f"He said: {words}.")
        quote = project.themes.accept_quote(one, coding)
        project.quotes.alter(quote, span, words)
        project.tables.save("Mine", "themes", ThemeTableOptions(title=words))
        person = next(row.id for row in project.participants.all() if row.label == "P01")
        project.participants.erase(person, "asked to")
        assert project.themes.links.all()[0].note == "He said: [erased]."
        assert "slides" not in project.quotes.get(quote).printed
        saved = project.tables.all()[0].options
        assert saved is not None
        assert "slides" not in saved.title
    finally:
        project.close()
    assert words.encode() not in (tmp_path / "erase.ikt").read_bytes()
