"""The guide in its window: chapters, links, searching, pictures, light and dark."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from pytestqt.qtbot import QtBot

from ikt_coder import paths
from ikt_coder.ui.appearance.style import Appearance, Mode
from ikt_coder.ui.guide.chapters import KEYS, START
from ikt_coder.ui.guide.window import GuideWindow
from ikt_coder.ui.widgets.roles import ItemRole

RETRIEVE, THEMES = "05-retrieve", "07-themes"
CHAPTERS = sorted(paths.guide().glob("*.md"))
IMAGE = QTextDocument.ResourceType.ImageResource.value


def listed(guide: GuideWindow) -> list[str]:
    return [chapter.key for chapter, _places in guide.model.rows]


def chosen(guide: GuideWindow) -> str:
    row = guide.model.row(guide.list.currentIndex())
    assert row is not None
    return row[0].key


def test_it_begins_at_the_list_of_chapters(guide: GuideWindow) -> None:
    assert guide.current() == START
    assert listed(guide)[0] == START
    assert len(listed(guide)) == len(CHAPTERS)
    assert not guide.back.isEnabled()
    assert not guide.isModal()


def test_a_chapter_is_chosen_by_key_in_the_list(guide: GuideWindow, qtbot: QtBot) -> None:
    guide.list.setFocus()
    qtbot.keyClick(guide.list, Qt.Key.Key_Down)
    assert guide.current() == listed(guide)[1]
    assert guide.page.toPlainText().startswith("1 Begin")


def test_a_link_is_followed_and_the_way_back_leads_to_where_one_read(
    guide: GuideWindow, qtbot: QtBot
) -> None:
    guide.show_chapter(RETRIEVE)
    bar = guide.page.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    guide.page.anchorClicked.emit(QUrl("07-themes.md#in-french"))
    assert guide.current() == chosen(guide) == THEMES
    assert bar.value() > 0
    assert guide.page.textCursor().block().text() == "In French"
    qtbot.mouseClick(guide.back, Qt.MouseButton.LeftButton)
    assert guide.current() == chosen(guide) == RETRIEVE
    assert bar.value() == place


def test_words_are_sought_in_all_chapters(guide: GuideWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(guide.field, "deviant")
    found = listed(guide)
    assert THEMES in found
    assert KEYS not in found
    assert guide.current() in found
    assert guide.page.textCursor().selectedText().lower() == "deviant"
    places = guide.model.data(guide.list.currentIndex(), ItemRole.COUNT)
    assert places == guide.page.toPlainText().lower().count("deviant") > 0
    assert len(guide.page.extraSelections()) == places


def test_words_are_sought_first_where_one_reads_and_then_where_they_matter_most(
    guide: GuideWindow, qtbot: QtBot
) -> None:
    qtbot.keyClicks(guide.field, "consent")
    assert guide.current() == "09-people-and-consent"
    guide.go_back()
    assert guide.current() == START, "one step, however many letters were typed"
    guide.field.clear()
    guide.show_chapter(THEMES)
    qtbot.keyClicks(guide.field, "consent")
    assert guide.current() == THEMES


def test_enter_goes_from_place_to_place_and_on_into_the_next_chapter(
    guide: GuideWindow, qtbot: QtBot
) -> None:
    qtbot.keyClicks(guide.field, "withhe")
    (first, *_others) = listed(guide)
    seen = set()
    for _ in range(40):
        seen.add((guide.current(), guide.page.textCursor().selectionStart()))
        qtbot.keyClick(guide.field, Qt.Key.Key_Return)
    whole = sum(places for _chapter, places in guide.model.rows)
    assert len(seen) == whole
    assert first in {chapter for chapter, _place in seen}
    assert guide.isVisible(), "Enter pressed no button"


def test_the_way_back_through_places(guide: GuideWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(guide.field, "consent")
    begun = (guide.current(), guide.page.textCursor().selectionStart())
    guide.step_place(1)
    guide.step_place(-1)
    assert (guide.current(), guide.page.textCursor().selectionStart()) == begun


def test_words_that_are_nowhere_say_so_and_escape_brings_the_chapters_back(
    guide: GuideWindow, qtbot: QtBot
) -> None:
    guide.show_chapter(THEMES)
    qtbot.keyClicks(guide.field, "xylophone")
    assert listed(guide) == []
    assert guide._nothing.isVisible()
    qtbot.keyClick(guide.field, Qt.Key.Key_Escape)
    assert len(listed(guide)) == len(CHAPTERS)
    assert guide.current() == THEMES
    assert guide.page.extraSelections() == []


def test_markup_in_the_field_is_only_words(guide: GuideWindow) -> None:
    guide.field.setText("<b>[x](y)*")
    assert listed(guide) == []


def test_a_question_mark_asks_for_the_keys_but_not_while_typing(
    guide: GuideWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(guide.keys_wanted):
        qtbot.keyClick(guide.page, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.assertNotEmitted(guide.keys_wanted):
        qtbot.keyClicks(guide.field, "why?")
    with qtbot.waitSignal(guide.keys_wanted):
        guide.keys.click()


def test_pictures_are_as_wide_as_the_page_at_most(guide: GuideWindow) -> None:
    guide.show_chapter(THEMES)
    wide = guide.page.loadResource(IMAGE, QUrl("pictures/themes.png"))
    assert isinstance(wide, QImage)
    assert wide.deviceIndependentSize().width() <= guide.page.viewport().width()
    narrow = guide.page.loadResource(IMAGE, QUrl("pictures/merge.png"))
    own = QImage(str(paths.guide("pictures/merge.png"))).width()
    assert narrow.width() == own, "a small picture is not blown up"
    assert guide.page.horizontalScrollBar().maximum() == 0


def test_a_dark_window_has_dark_pictures(guide: GuideWindow, appearance: Appearance) -> None:
    def brightness() -> int:
        image = guide.page.loadResource(IMAGE, QUrl("pictures/themes.png"))
        return image.pixelColor(image.width() - 20, 20).lightness()

    light = brightness()
    appearance.set_mode(Mode.DARK)
    assert brightness() < 80 < 200 < light


def test_a_picture_that_is_missing_leaves_the_words(guide: GuideWindow) -> None:
    assert guide.page.loadResource(IMAGE, QUrl("pictures/none.png")) is None


def test_pictures_follow_the_width_of_the_page(guide: GuideWindow, qtbot: QtBot) -> None:
    guide.show_chapter(THEMES)
    wide = guide.page.loadResource(IMAGE, QUrl("pictures/themes.png")).width()
    guide.resize(700, 600)
    qtbot.waitUntil(
        lambda: guide.page.loadResource(IMAGE, QUrl("pictures/themes.png")).width() < wide
    )
    qtbot.waitUntil(lambda: guide.page.horizontalScrollBar().maximum() == 0)


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_links_and_keys_take_the_colours_of_the_window(
    guide: GuideWindow, appearance: Appearance, mode: Mode
) -> None:
    guide.show_chapter(THEMES)
    appearance.set_mode(mode)
    document = guide.page.document()
    link = document.find("Chapter 9").charFormat()
    assert link.foreground().color() == appearance.colour("accent")
    assert link.fontUnderline()
    key = document.find("Shift+N").charFormat()
    assert key.background().color() == appearance.colour("hover")


def test_the_size_of_the_text_follows_the_settings(
    guide: GuideWindow, appearance: Appearance
) -> None:
    guide.show_chapter(THEMES)

    def size(words: str) -> int:
        return guide.page.document().find(words).charFormat().font().pixelSize()

    heading = size("Make a theme")
    appearance.set_text_size(150)
    assert size("Make a theme") == round(heading * 1.5)
    assert guide.page.document().defaultFont().pixelSize() == appearance.px(14)


def test_an_unknown_chapter_is_the_list_of_chapters(guide: GuideWindow) -> None:
    guide.show_chapter("12-nowhere")
    assert guide.current() == START


def test_asking_for_the_chapter_one_reads_keeps_the_place(guide: GuideWindow) -> None:
    guide.show_chapter(THEMES)
    guide.page.verticalScrollBar().setValue(300)
    guide.go_to(THEMES)
    assert guide.page.verticalScrollBar().value() == 300


def test_a_screen_reader_hears_the_chapter(guide: GuideWindow) -> None:
    guide.show_chapter(THEMES)
    assert guide.page.accessibleName() == "Guide: 7 Themes"
    assert guide.list.accessibleName() == "Chapters"
    assert guide.back.accessibleName() == "Back"
