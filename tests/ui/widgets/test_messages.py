"""The status line, messages, progress, empty views, counts and pills."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets import announce as announce_module
from ikt_coder.ui.widgets.count_link import CountLink
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.notification_bar import NotificationBar, Weight
from ikt_coder.ui.widgets.pill import CheckChip, Pill
from ikt_coder.ui.widgets.progress_panel import ProgressPanel
from ikt_coder.ui.widgets.section_heading import SectionHeading
from ikt_coder.ui.widgets.status_line import StatusLine
from ikt_coder.ui.widgets.text_label import TextLabel


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What screen readers were told."""
    heard: list[str] = []

    class Listener:
        AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

        @staticmethod
        def updateAccessibility(event: object) -> None:
            heard.append(event.message())  # type: ignore[attr-defined]  # an announcement event

    monkeypatch.setattr(announce_module, "QAccessible", Listener)
    return heard


def test_the_last_act_is_shown_announced_and_can_be_undone(
    qtbot: QtBot, appearance: Appearance, said: list[str]
) -> None:
    line = StatusLine(appearance)
    qtbot.addWidget(line)
    line.resize(900, 28)
    line.show()
    line.say("Applied <b>Clear role &amp; trust</b> to 17 words, P01 06:22", undo=True)
    assert said == ["Applied Clear role & trust to 17 words, P01 06:22"]
    with qtbot.waitSignal(line.undo_asked):
        qtbot.mouseClick(line.undo_button(), Qt.MouseButton.LeftButton)
    line.say("Nothing to undo")
    assert not line.undo_button().isVisible()


def test_the_state_stands_at_the_right_edge(qtbot: QtBot, appearance: Appearance) -> None:
    line = StatusLine(appearance)
    qtbot.addWidget(line)
    line.set_state("saved", "All work saved")
    assert line.state("saved") == "All work saved"
    line.set_state("saved", "")
    assert line.state("saved") == ""
    assert line.state("round") == ""


@pytest.mark.parametrize("weight", list(Weight))
def test_a_message_has_its_actions_and_can_be_dismissed(
    qtbot: QtBot, appearance: Appearance, said: list[str], weight: Weight
) -> None:
    bar = NotificationBar(appearance)
    qtbot.addWidget(bar)
    assert not bar.isVisible()
    tried: list[bool] = []
    bar.show_message("Read only.", weight, [("Try again", lambda: tried.append(True))])
    assert bar.isVisible()
    assert said == ["Read only."]
    qtbot.mouseClick(bar.buttons()[0], Qt.MouseButton.LeftButton)
    assert tried == [True]
    with qtbot.waitSignal(bar.dismissed):
        qtbot.mouseClick(bar.close_button(), Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    bar.show_message("Other.", may_close=False)
    assert bar.buttons() == []
    assert not bar.close_button().isVisible()


def test_progress_counts_and_cancels_once(qtbot: QtBot, appearance: Appearance) -> None:
    panel = ProgressPanel(appearance, "Importing")
    qtbot.addWidget(panel)
    panel.show()
    panel.set_progress(5, 12, "P06.docx", "about 2 minutes left")
    assert panel.words() == "5 of 12, about 2 minutes left"
    with qtbot.waitSignal(panel.cancel_asked):
        qtbot.mouseClick(panel.cancel_button(), Qt.MouseButton.LeftButton)
    with qtbot.assertNotEmitted(panel.cancel_asked):
        qtbot.mouseClick(panel.cancel_button(), Qt.MouseButton.LeftButton)
    panel.reset()
    assert panel.words() == ""
    assert panel.cancel_button().isEnabled()


def test_an_empty_view_says_what_to_do_next(qtbot: QtBot, appearance: Appearance) -> None:
    view = EmptyView(appearance, "document", "No documents yet.", "Bring in interviews.")
    done: list[str] = []
    button = view.add_button("Import …", lambda: done.append("import"), icon="import")
    other = view.add_button("Open the sample", lambda: done.append("sample"))
    qtbot.addWidget(view)
    view.resize(220, 400)
    view.show()
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert done == ["sample", "import"]
    assert view.accessibleName() == "No documents yet. Bring in interviews."
    for one in view.findChildren(QPushButton):
        assert view.rect().contains(one.mapTo(view, one.rect().bottomRight()))


def test_a_count_opens_by_mouse_and_key(qtbot: QtBot, appearance: Appearance) -> None:
    link = CountLink(appearance, "41", "codings in P01")
    qtbot.addWidget(link)
    link.show()
    with qtbot.waitSignal(link.clicked):
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(link.clicked):
        qtbot.keyClick(link, Qt.Key.Key_Space)
    assert link.accessibleName() == "41 codings in P01"
    assert min(link.sizeHint().width(), link.sizeHint().height()) >= 24


def test_a_chip_toggles_by_mouse_and_key_and_makes_room_for_its_mark(
    qtbot: QtBot, appearance: Appearance
) -> None:
    chip = CheckChip(appearance, "Organizational")
    qtbot.addWidget(chip)
    chip.show()
    off = chip.sizeHint().width()
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert chip.isChecked()
    assert chip.sizeHint().width() > off
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert not chip.isChecked()
    assert chip.sizeHint().height() >= 24


def test_a_pill_tells_its_whole_text(qtbot: QtBot, appearance: Appearance) -> None:
    pill = Pill(appearance, "Coding as", "Coder A", initials="CA", opens=True)
    qtbot.addWidget(pill)
    assert pill.accessibleName() == pill.toolTip() == "Coding as Coder A"
    wide = pill.sizeHint().width()
    pill.set_words("Coding as", "Ada", "AL")
    assert pill.sizeHint().width() < wide
    assert pill.toolTip() == "Coding as Ada"
    assert not pill.grab().isNull()


def test_a_heading_hides_an_empty_note(qtbot: QtBot, appearance: Appearance) -> None:
    heading = SectionHeading(appearance, "Documents")
    qtbot.addWidget(heading)
    heading.show()
    heading.set_note("9")
    assert heading.note() == "9"
    assert heading.accessibleName() == heading.title() == "Documents"


def test_a_label_wraps_to_two_lines_then_elides_and_tells(
    qtbot: QtBot, appearance: Appearance
) -> None:
    label = TextLabel(appearance, "Environmental context and resources")
    qtbot.addWidget(label)
    label.show()
    label.resize(400, 20)
    one = label.height()
    assert label.toolTip() == ""
    label.resize(150, label.height())
    assert label.height() == 2 * one
    assert label.toolTip() == ""
    label.resize(60, label.height())
    assert label.height() == 2 * one
    assert label.toolTip() == label.text()


@pytest.mark.parametrize("text_size", [100, 200])
@pytest.mark.parametrize("width", [260, 1024, 1920])
def test_an_empty_view_is_read_in_lines_of_a_readable_length(
    qtbot: QtBot, appearance: Appearance, width: int, text_size: int
) -> None:
    said = (
        "A form asks the same questions of every document: which phases of knowledge to action, "
        "which level of participation, which stages, which outcomes. Take the questions of "
        "published frameworks, write your own, or both."
    )
    view = EmptyView(appearance, "table", "No charting form yet", said)
    view.add_button("Write a question", lambda: None)
    qtbot.addWidget(view)
    view.resize(width, 1080)
    view.show()
    appearance.set_text_size(text_size)
    (words,) = (label for label in view.findChildren(QLabel) if label.text() == said)
    # As high as its lines need, so that nothing is cut and nothing is pushed apart.
    qtbot.waitUntil(
        lambda: (
            0
            <= words.height() - words.heightForWidth(words.width())
            <= words.fontMetrics().height()
        )
    )
    assert view.width() == width
    line = words.fontMetrics().horizontalAdvance(said) / len(said)
    if width > 1000:
        assert 60 <= words.width() / line <= 72
    assert words.width() <= width - 32
    assert abs(words.geometry().center().x() - view.rect().center().x()) <= 1
