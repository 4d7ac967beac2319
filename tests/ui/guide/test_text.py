"""What the guide says is so: figures, menu entries, keys, links and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtWidgets import QMenu

import ikt_coder
from ikt_coder import paths
from ikt_coder.services.project import Project
from ikt_coder.ui.guide.chapters import Chapter, read_chapters
from ikt_coder.ui.guide.page import anchor_of
from ikt_coder.ui.main_window import MainWindow
from tests.ui.guide.figures import figures

CHAPTERS = read_chapters()
every_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.key)
LARGEST = 4_000_000
WIDEST = 1200


def written(chapter: Chapter) -> str:
    """A chapter's file with its comments."""
    return paths.guide(f"{chapter.key}.md").read_text(encoding="utf-8")


def listed() -> Iterator[tuple[str, str, str]]:
    """Chapter, name and value of each figure that the guide states."""
    for chapter in CHAPTERS:
        for block in re.findall(r"<!-- figures\n(.*?)-->", written(chapter), re.DOTALL):
            for line in block.strip().splitlines():
                name, value = line.rsplit(" = ", 1)
                yield chapter.key, name, value


def said(text: str, value: str) -> bool:
    """Whether a figure stands in a chapter's prose, as a number or a name of its own."""
    plain = " ".join(text.split())
    return re.search(rf"(?<![\w.,]){re.escape(value)}(?![\w])", plain) is not None


def test_every_figure_is_true_of_the_sample_and_stands_in_its_chapter(sample: Project) -> None:
    known = figures(sample)
    texts = {chapter.key: chapter.text for chapter in CHAPTERS}
    stated = list(listed())
    assert len(stated) > 40
    for key, name, value in stated:
        assert str(known[name]()) == value, f"{key}: {name}"
        assert said(texts[key], value), f"{key} does not say {name}: {value}"
    assert {name for _key, name, _value in stated} == set(known), "a figure is computed for nothing"


def test_figures_are_told_apart_from_longer_ones() -> None:
    assert said("there are 5\ncodings", "5")
    assert not said("there are 53 codings", "5")
    assert not said("there are 15 codings", "5")


@every_chapter
def test_no_reader_sees_the_list_of_figures(chapter: Chapter) -> None:
    assert "<!--" not in chapter.text
    assert chapter.title


@every_chapter
def test_every_link_leads_to_a_chapter_and_a_heading_of_it(chapter: Chapter) -> None:
    headings = {
        one.key: {anchor_of(line.lstrip("# ")) for line in one.text.splitlines() if line[:1] == "#"}
        for one in CHAPTERS
    }
    for address in re.findall(r"(?<!!)\[[^\]]*\]\(([^)]+)\)", chapter.text):
        file, _, heading = address.partition("#")
        assert file.endswith(".md"), f"{address}: the guide needs no network"
        assert file.removesuffix(".md") in headings, address
        assert not heading or heading in headings[file.removesuffix(".md")], address


def test_the_first_page_leads_to_every_chapter_and_first_of_all_to_the_keys() -> None:
    first, *others = CHAPTERS
    for chapter in others:
        assert f"({chapter.key}.md)" in first.text
        assert f"[{chapter.title}]" in first.text
    assert "`?`" in first.text.split("\n\n")[1]


def test_every_picture_is_there_used_described_and_small() -> None:
    folder = paths.guide("pictures")
    shown = set()
    for chapter in CHAPTERS:
        for words, name in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", chapter.text):
            assert words.strip(), f"{name} is not described"
            assert paths.guide(name).parent == folder
            shown.add(paths.guide(name))
            shown.add(paths.guide(name.replace(".png", "-dark.png")))
    there = set(folder.iterdir())
    assert there == shown
    assert sum(file.stat().st_size for file in there) < LARGEST
    for file in there:
        assert 0 < QImage(str(file)).width() <= WIDEST, file


def plain(words: str) -> str:
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&").strip()


def entries(menu: QMenu, above: str) -> Iterator[str]:
    """Every entry as the guide writes it, and every menu."""
    menu.aboutToShow.emit()
    yield above
    for action in menu.actions():
        below = action.menu()
        name = f"{above} > {plain(action.text())}"
        if isinstance(below, QMenu):
            yield from entries(below, name)
        elif not action.isSeparator():
            yield name


def test_every_menu_entry_that_is_named_is_in_the_menus(window: MainWindow) -> None:
    window.menus.complete()
    known = set()
    for action in window.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        known |= set(entries(menu, plain(action.text())))
    named = [
        (chapter.key, name)
        for chapter in CHAPTERS
        for name in re.findall(r"\*\*([A-Z][^*]* > [^*]+)\*\*", " ".join(chapter.text.split()))
    ]
    assert len(named) > 30
    assert [one for one in named if one[1] not in known] == []


EMPHASIS = frozenset(
    {
        "COM-B from the TDF",
        "Codings and passages",
        "Levels of your own",
        "Star",
        "accept",
        "cannot be undone",
        "paraphrases by IKT Coder",
        "rule memo",
        "web page",
        "when not",
    }
)
"""Bold words that are no labels of the window."""


def test_every_label_in_bold_is_one_of_the_window() -> None:
    sources = "\n".join(
        path.read_text(encoding="utf-8") for path in Path(ikt_coder.__file__).parent.rglob("*.py")
    )
    # A long label may be written in two pieces; "&" marks the letter of a menu entry.
    known = re.sub(r'"\s*\n\s*"', "", sources).replace("&", "")
    unknown = []
    for chapter in CHAPTERS:
        for words in re.findall(r"\*\*([^*]+)\*\*", " ".join(chapter.text.split())):
            label = words.rstrip(".")
            if " > " not in words and label not in EMPHASIS and f'"{label}' not in known:
                unknown.append((chapter.key, words))
    assert unknown == []


def test_every_key_with_control_that_is_named_does_something(window: MainWindow) -> None:
    window.menus.complete()
    known = {"Ctrl+J"}  # comes before a letter
    for action in window.findChildren(type(window.actions_["keys"])):
        known |= {key.toString() for key in action.shortcuts()}
    named = {
        key
        for chapter in CHAPTERS
        for key in re.findall(r"`((?:Ctrl|Alt|F\d)[^`]*)`", chapter.text)
        if key not in ("Ctrl", "Alt+Left")  # Alt+Left belongs to the guide's own window
    }
    assert len(named) > 15
    assert {key for key in named if QKeySequence(key).toString() not in known} == set()


def test_the_folder_holds_nothing_else() -> None:
    kept = {path.name for path in paths.guide().iterdir()}
    assert kept == {"pictures", *(f"{chapter.key}.md" for chapter in CHAPTERS)}
    assert all(Path(name).suffix in ("", ".md") for name in kept)
