"""The Reports place: every report is shown as it would be written, and written."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from ikt_coder.core.span import Span
from ikt_coder.core.words import Valence
from ikt_coder.services.report_catalogue import REPORTS
from ikt_coder.services.report_kinds import Choice, ReportKind
from ikt_coder.ui.appearance.style import Mode
from ikt_coder.ui.reports.place import ReportsPlace
from ikt_coder.ui.widgets.roles import ItemRole
from tests.ui.reports.conftest import Desk

Key = Qt.Key


def fill(desk: Desk) -> None:
    desk.code("She phoned me", "Contact", Valence.FACILITATOR)
    desk.code("Nobody had explained", "Clear role", Valence.BARRIER)


def test_every_report_of_the_catalogue_is_listed_once(desk: Desk) -> None:
    model = desk.place.list.model()
    keys = [model.index(row, 0).data(ItemRole.KEY) for row in range(model.rowCount())]
    assert sorted(key for key in keys if key) == sorted(kind.key for kind in REPORTS)
    assert desk.place.list.key() == REPORTS[0].key


@pytest.mark.parametrize("kind", REPORTS, ids=lambda kind: kind.key)
def test_every_report_can_be_seen_with_and_without_codings(desk: Desk, kind: ReportKind) -> None:
    desk.show(kind.key)
    assert desk.place.stack.currentIndex() in (0, 1)
    fill(desk)
    desk.settle()
    assert desk.place.stack.currentIndex() == 0
    assert desk.words().strip()
    shown = {choice for choice, field in desk.place.choices.fields.items() if field.isVisible()}
    assert shown == set(kind.choices)


def test_the_keyboard_goes_from_report_to_report_and_passes_headings(desk: Desk) -> None:
    desk.place.focus_place()
    seen = [desk.place.list.key()]
    for _ in range(len(REPORTS) + 3):
        QTest.keyClick(desk.place.list, Key.Key_Down)
        if desk.place.list.key() != seen[-1]:
            seen.append(desk.place.list.key())
    assert sorted(seen) == sorted(kind.key for kind in REPORTS)
    desk.settle()


def test_what_changes_elsewhere_is_shown(desk: Desk) -> None:
    assert "The codebook holds no codes yet." in desk.show("codebook")
    fill(desk)
    desk.settle()
    assert "Clear role" in desk.words()


def test_a_figure_opens_the_passages_behind_it(desk: Desk) -> None:
    fill(desk)
    desk.project.frameworks.add("com-b")
    node = next(row for row in desk.project.codes.all() if row.name == "Capability")
    desk.project.codings.apply(desk.document, Span(0, 9), node.id)
    desk.show("codebook")
    codes = [row.id for row in desk.project.codes.all()]
    addresses = re.findall(r'<a href="([^"]*)"', desk.place.preview.toHtml())
    assert len(set(addresses)) == len(addresses)
    # The first figure of the first table, and the only one of the framework's.
    for address in (addresses[0], addresses[-1], "9,9,9"):  # and nowhere
        desk.place.preview.anchorClicked.emit(QUrl(address))
    assert desk.wanted == [codes[0], node.id]


def test_a_transcript_is_shown_with_its_codings(desk: Desk) -> None:
    fill(desk)
    words = desk.show("coded_transcript")
    assert "She phoned me before the third meeting." in words
    assert "+ Contact" in words
    assert "P01: " not in words


def test_a_report_that_cannot_be_made_says_why_and_where_to_go(desk: Desk) -> None:
    desk.project.documents.delete(desk.document)
    desk.show("coded_transcript")
    assert desk.place.stack.currentWidget() is desk.place.trouble
    assert "no document" in desk.place.trouble.accessibleName()
    assert not desk.place.export_button.isEnabled()
    assert not desk.place.copy_button.isEnabled()


def test_the_sheet_begins_where_it_is_asked_to(desk: Desk) -> None:
    fill(desk)
    assert "New (2)" in desk.show("supervision")
    tomorrow = date.today() + timedelta(days=1)
    desk.place.choices.since.setMaximumDate(QDate(tomorrow.year, tomorrow.month, tomorrow.day))
    desk.place.choices.begin_at(tomorrow)
    desk.settle()
    assert "No code was changed." in desk.words()


@pytest.mark.parametrize("key", ["codebook", "supervision", "coded_transcript"])
def test_writing_a_file(desk: Desk, key: str, tmp_path: Path) -> None:
    fill(desk)
    desk.show(key)
    offered: list[str] = []

    def choose(path: Path, ending: str) -> Path:
        offered.append(path.name)
        return tmp_path / f"out{ending}"

    desk.place.choose = choose
    opened: list[Path] = []
    desk.place.open = opened.append
    menu = desk.place.formats()
    endings = [action.text().rpartition("(")[2].rstrip(")") for action in menu.actions()]
    assert endings == list(desk.place.kind().endings)
    for action, ending in zip(menu.actions(), endings, strict=True):
        action.trigger()
        desk.settle()
        assert (tmp_path / f"out{ending}").stat().st_size > 200
    assert desk.place.bar.isVisible()
    desk.place.bar.buttons()[0].click()
    assert opened == [tmp_path / f"out{endings[-1]}"]
    assert len(offered) == len(endings)
    menu.deleteLater()


def test_a_file_that_cannot_be_written_is_told(desk: Desk, tmp_path: Path) -> None:
    desk.place.choose = lambda _path, ending: tmp_path / "nowhere" / f"x{ending}"
    desk.place.export()
    desk.settle()
    assert "nowhere" in str(desk.failures[0])
    desk.place.choose = lambda _path, _ending: None
    desk.place.export()
    assert not desk.context.tasks.busy


def test_copying_gives_rich_text_and_tabs(desk: Desk) -> None:
    fill(desk)
    desk.show("codebook")
    desk.bot.mouseClick(desk.place.copy_button, Qt.MouseButton.LeftButton)
    desk.bot.waitUntil(lambda: bool(desk.said))
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().splitlines()[0].split("\t")[:2] == ["Code", "Definition"]
    assert "Clear role" in data.html()
    assert desk.said == ["Copied the report"]


def test_the_report_and_its_language_are_there_again_the_next_day(desk: Desk) -> None:
    desk.show("themes")
    desk.place.choices.language.setCurrentIndex(1)
    desk.settle()
    again = ReportsPlace(desk.context)
    desk.bot.addWidget(again)
    assert again.list.key() == "themes"
    assert again.options().language == "fr"


def test_the_next_sheet_begins_at_the_last_one(desk: Desk, tmp_path: Path) -> None:
    desk.show("supervision")
    desk.place.choose = lambda _path, ending: tmp_path / f"sheet{ending}"
    desk.place.export()
    desk.settle()
    settings, key = desk.context.settings, desk.project.id
    whole = settings.local_state(key)
    assert whole["reports"]["last_sheet"] == date.today().isoformat()
    last = date.today() - timedelta(days=5)
    whole["reports"]["last_sheet"] = last.isoformat()
    settings.remember_local_state(key, whole)
    again = ReportsPlace(desk.context)
    desk.bot.addWidget(again)
    assert again.choices.since.date() == QDate(last.year, last.month, last.day)


def test_the_preview_follows_its_width_and_the_look(desk: Desk) -> None:
    fill(desk)
    desk.show("codebook")
    before = desk.words()
    desk.place.resize(720, 700)
    desk.bot.waitUntil(lambda: desk.place.preview.width() < 600)
    desk.bot.wait(20)
    assert desk.words() == before  # shown once, not twice
    look = desk.context.appearance
    look.set_mode(Mode.DARK)
    try:
        assert look.tokens.ink in desk.place.preview.toHtml()
    finally:
        look.set_mode(Mode.LIGHT)


def test_everything_has_a_name_for_screen_readers(desk: Desk) -> None:
    place = desk.place
    desk.show("coded_transcript")
    fields = (place.choices.document, place.choices.coder, place.list, place.preview)
    assert all(widget.accessibleName() for widget in fields)
    assert place.choices.fields.keys() == set(Choice)


def test_copying_a_report_of_prose_gives_rich_text(desk: Desk) -> None:
    fill(desk)
    desk.show("supervision")
    desk.place.copy()
    desk.bot.waitUntil(lambda: bool(desk.said))
    data = QGuiApplication.clipboard().mimeData()
    assert "Where the work stands" in data.html()
    assert "## Where the work stands" in data.text()
    desk.said.clear()
    desk.show("coded_transcript")
    desk.place.copy()
    desk.bot.waitUntil(lambda: bool(desk.said))
    assert "P01: She phoned me before" in QGuiApplication.clipboard().mimeData().text()
