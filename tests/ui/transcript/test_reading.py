"""Showing a document: its text, what stands beside it, and keeping the place."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication

from ikt_coder.core.errors import NotFound
from ikt_coder.core.ids import new_id
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import Transcript, Turn
from ikt_coder.settings import LINE_SPACING, MARGIN_NUMBERS, READING_SIZE
from ikt_coder.ui.appearance.style import Mode

from .conftest import TURNS, Table


def grabbed(table: Table) -> QImage:
    return table.view.pane.viewport().grab().toImage()


def colour_at(image: QImage, point: QPoint) -> QColor:
    ratio = image.devicePixelRatio()
    return image.pixelColor(round(point.x() * ratio), round(point.y() * ratio))


def test_the_document_holds_the_text_code_point_for_code_point(table: Table) -> None:
    shown = table.view.pane.document().toRawText().replace("\u2029", "\n")
    assert shown == table.text
    for words in ("🙂. Nobody", "I saw the results"):
        span = table.select(words)
        assert table.view.selection() == span
        cursor = table.view.pane.textCursor()
        assert cursor.selectedText() == words


def test_labels_take_no_room_because_the_gutter_shows_them(table: Table) -> None:
    label = table.point("P01 [04:20]")
    words = table.point("At the start")
    assert abs(label.x() - words.x()) <= 2
    headings = [table.view.heading_at(table.span(words[:20]).start) for _, _, words in TURNS]
    assert [(h.speaker, h.time) for h in headings if h] == [
        ("Interviewer", "04:12"),
        ("P01", "04:20"),
        ("P01", "04:51"),
        ("Interviewer", "05:36"),
        ("P01", "05:39"),
        ("P01", "06:22"),
    ]


def test_a_folded_label_is_not_part_of_a_selection_that_begins_with_it(table: Table) -> None:
    table.select("P01 [04:20]: At the start")
    assert table.view.selection() == table.span("At the start")
    table.select("take part?\nP01 [04:20]: ")
    span = table.view.selection()
    assert span is not None
    assert table.text[span.start : span.end] == "take part?\n"


def test_the_caret_steps_over_folded_labels_both_ways(table: Table) -> None:
    offsets = table.view.page.offsets
    end = table.span("take part?").end
    table.view.pane.place_caret(offsets.to_qt(end))
    table.key(Qt.Key.Key_Right)
    assert offsets.to_point(table.view.pane.textCursor().position()) == table.span("At the").start
    table.key(Qt.Key.Key_Left)
    assert offsets.to_point(table.view.pane.textCursor().position()) == end
    table.key(Qt.Key.Key_Right)
    table.key(Qt.Key.Key_End)
    table.key(Qt.Key.Key_Home)
    assert offsets.to_point(table.view.pane.textCursor().position()) == table.span("At the").start


def test_ctrl_with_arrows_goes_from_paragraph_to_paragraph(table: Table) -> None:
    offsets, pane = table.view.page.offsets, table.view.pane
    firsts = [table.span(words[:20]).start for _, _, words in TURNS]
    ctrl = Qt.KeyboardModifier.ControlModifier

    def caret() -> int:
        return offsets.to_point(pane.textCursor().position())

    pane.place_caret(offsets.to_qt(firsts[0]))
    for first in firsts[1:]:
        table.key(Qt.Key.Key_Down, ctrl)
        assert caret() == first
    table.key(Qt.Key.Key_Down, ctrl)
    assert caret() == len(table.text)
    table.key(Qt.Key.Key_Up, ctrl)
    assert caret() == firsts[-1]  # first to where its own paragraph begins
    for first in reversed(firsts[:-1]):
        table.key(Qt.Key.Key_Up, ctrl)
        assert caret() == first
    table.key(Qt.Key.Key_Up, ctrl)
    assert caret() == firsts[0]
    table.key(Qt.Key.Key_Down, ctrl | Qt.KeyboardModifier.ShiftModifier)
    table.key(Qt.Key.Key_Down, ctrl | Qt.KeyboardModifier.ShiftModifier)
    span = table.view.selection()
    assert span is not None
    assert span.start == firsts[0]
    assert table.text[span.start : span.end].strip().endswith(TURNS[1][2][-20:])


def test_coded_words_are_tinted_and_underlined(table: Table) -> None:
    image = grabbed(table)
    plain = table.point("At the start") + QPoint(-3, 0)
    tinted = table.point("Nobody had explained") + QPoint(1, -9)
    assert colour_at(image, plain).name() == "#ffffff"
    assert colour_at(image, tinted).name() != "#ffffff"
    rect = table.view.pane.rects(*table.view.page.offsets.units(table.span("She went through")))[0]
    under = QPoint(round(rect.center().x()), round(rect.bottom()))
    assert colour_at(image, under).name() == "#2c865d"


def test_stacked_tints_stay_below_half(make_table: Callable[..., Table]) -> None:
    table = make_table(coded=False)
    span = table.span("The meetings were always")
    for code in list(table.codes.values()):
        table.project.codings.apply(table.document, span, code)
    QApplication.processEvents()
    colour = colour_at(grabbed(table), table.point("The meetings") + QPoint(1, -9))
    # Ten hues over each other: nothing may become darker than 45 % of the darkest of them.
    assert colour.lightnessF() > 0.6


def test_the_selection_has_an_accent_edge(table: Table) -> None:
    table.select("practically")
    QApplication.processEvents()
    rect = table.view.pane.rects(*table.view.page.offsets.units(table.span("practically")))[0]
    image = grabbed(table)
    edge = {
        colour_at(image, QPoint(round(rect.left()) + dx, round(rect.center().y()))).name()
        for dx in (-1, 0)
    }
    assert "#0f6e6a" in edge
    inside = QPoint(round(rect.left()) + 3, round(rect.top()) + 3)
    assert colour_at(image, inside).name() == "#cfe6ff"


def test_names_stand_in_the_margin_and_tell_their_coding(table: Table) -> None:
    table.view.stripes.grab()
    mark = table.view.pane.marks.get(table.coding("Trusting relationship"))
    assert mark is not None
    boxes = [box for box in table.view.stripes._boxes if box[4] is mark]
    assert len(boxes) == 2  # the stripe and the name
    left, top, right, bottom, _ = boxes[1]
    clicked: list[object] = []
    table.view.stripes.mark_clicked.connect(clicked.append)
    at = QPoint(round((left + right) / 2), round((top + bottom) / 2))
    table.bot.mouseClick(table.view.stripes, Qt.MouseButton.LeftButton, pos=at)
    assert clicked == [mark.id]
    assert table.view.current_coding == mark.id


def test_a_click_on_a_speaker_selects_the_turn(table: Table) -> None:
    table.view.gutter.grab()
    box, heading = table.view.gutter._boxes[1]
    table.bot.mouseClick(table.view.gutter, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    span = table.view.selection()
    assert span is not None
    assert table.text[span.start : span.end] == TURNS[1][2]
    assert heading.number == 2


def test_the_place_is_kept_over_closing_and_opening(make_table: Callable[..., Table]) -> None:
    table = make_table(height=240)
    span = table.select("I saw the results")
    table.view.pane.bring_to_view(*table.view.page.offsets.units(span))
    state = table.view.view_state()
    top = table.view.pane.scroll_y
    assert top > 0
    table.view.close_document()
    assert table.view.selection() is None
    table.view.open_document(table.document, state)
    assert table.view.selection() == span
    assert abs(table.view.pane.scroll_y - top) <= table.view.pane.look.line_px


def test_the_place_is_kept_when_the_type_grows(make_table: Callable[..., Table]) -> None:
    table = make_table(height=240)
    span = table.select("The meetings were")
    table.view.reveal(table.document, span)
    first = table.view.view_state().top
    table.view.settings.set(READING_SIZE, 22)
    table.view.settings.set(LINE_SPACING, 1.8)
    assert table.view.pane.look.line_px == round(22 * 1.8)
    assert table.view.selection() == span
    assert abs(table.view.view_state().top - first) < 120


def test_reveal_opens_the_document_and_shows_the_words(table: Table) -> None:
    table.view.close_document()
    span = table.span("I saw the results") if table.view.content else None
    assert span is None
    document = table.document
    table.view.reveal(document, Span(0, 5))
    assert table.view.document == document
    coding = table.coding("Clear role")
    table.view.reveal(document, coding)
    assert table.view.current_coding == coding


def test_a_document_that_is_gone_is_said_so(table: Table) -> None:
    with pytest.raises(NotFound):
        table.view.open_document(new_id())


@pytest.mark.parametrize("numbers", ["none", "line", "turn"])
def test_the_gutter_paints_with_each_kind_of_number(table: Table, numbers: str) -> None:
    table.view.settings.set(MARGIN_NUMBERS, numbers)
    image = table.view.gutter.grab().toImage()
    column = [image.pixelColor(10, y).name() for y in range(image.height())]
    assert (len(set(column)) > 1) == (numbers != "none")


def test_narrow_windows_keep_the_text_readable(make_table: Callable[..., Table]) -> None:
    table = make_table(width=520)
    pane = table.view.pane
    assert pane.viewport().width() >= 300
    assert table.view.gutter.width() + pane.viewport().width() <= pane.width()
    assert table.view.stripes.geometry().right() <= pane.width()


def test_the_measure_is_60_to_80_characters(make_table: Callable[..., Table]) -> None:
    table = make_table(width=1400)
    # First lines also hold their folded labels.
    longest = max(line.end - line.start for line in table.view.pane.lines() if not line.first)
    assert 60 <= longest <= 84
    gaps = (
        table.view.gutter.width(),
        table.view.pane.width() - table.view.stripes.geometry().left(),
    )
    assert min(gaps) > 150


def shown(make_table: Callable[..., Table], transcript: Transcript) -> Table:
    table = make_table(coded=False)
    document = table.project.documents.add(transcript, "Another", "another.txt")
    table.view.open_document(document)
    table.document = document
    return table


def test_labels_on_lines_of_their_own_give_their_room_to_the_words(
    make_table: Callable[..., Table],
) -> None:
    text = "Emma  0:00\nHello there.\n\n\tLou  0:12\nHello too."
    turns = (
        Turn(Span(0, 23), "Emma", 0, 11),
        Turn(Span(26, 46), "Lou", 12000, 36),
    )
    table = shown(make_table, Transcript(text, turns))
    view = table.view
    tops = [line.top for line in view.pane.lines() if line.bottom - line.top > 12]
    assert len(tops) == 2
    assert 28 <= tops[1] - tops[0] <= 60
    view.gutter.grab()
    assert [(h.speaker, h.time) for _, h in view.gutter._boxes] == [
        ("Emma", "00:00"),
        ("Lou", "00:12"),
    ]
    # The caret starts where there are words.
    assert view.pane.textCursor().position() == 11


@pytest.mark.parametrize(
    "text",
    [
        "שלום לכולם, זה English בתוך עברית 🙂.",
        "مرحبا بالعالم 123",
        "e\u0301a\u0308 👩\u200d🔬👩\u200d🔬 combining",
        "\u2028line\u2028separators\ttabs\u00a0hard\ufffc\u2029end",
    ],
)
def test_any_script_is_shown_and_coded_in_place(
    make_table: Callable[..., Table], text: str
) -> None:
    table = shown(make_table, Transcript(text))
    view = table.view
    view.grab()
    view.pane.selectAll()
    assert view.selection() == Span(0, len(text))
    span = Span(1, len(text) - 1)
    view.pane.select(*view.page.offsets.units(span))
    assert view.selection() == span
    coding = table.project.codings.apply(table.document, span, table.codes["Clear role"])
    mark = view.pane.marks.get(coding)
    assert mark is not None
    rects = view.pane.rects(mark.start, mark.end)
    assert rects
    assert all(rect.width() > 0 for rect in rects)
    view.grab()


def test_a_mixed_line_is_tinted_piece_by_piece(make_table: Callable[..., Table]) -> None:
    text = "abc שלום def"
    table = shown(make_table, Transcript(text))
    pane = table.view.pane
    start = text.index("ל")
    (one,) = pane.rects(start, start + 1)
    hebrew = pane.rects(4, 8)
    assert len(hebrew) == 1
    assert hebrew[0].left() <= one.left()
    assert one.right() <= hebrew[0].right()
    over_the_border = pane.rects(2, 6)
    assert len(over_the_border) == 2


def test_ctrl_and_the_wheel_change_the_size_of_the_text(table: Table) -> None:
    viewport = table.view.pane.viewport()
    middle = QPointF(viewport.rect().center())
    for down, size in ((120, 18), (-120, 17), (-120, 16)):
        event = QWheelEvent(
            middle,
            viewport.mapToGlobal(middle),
            QPoint(),
            QPoint(0, down),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewport, event)
        assert table.view.pane.document().defaultFont().pixelSize() == size


def test_the_page_keeps_its_font_when_the_interface_changes_its_own(
    table: Table, qapp: QApplication
) -> None:
    before = table.view.pane.document().defaultFont().pixelSize()
    table.view.pane.setFont(QFont("DejaVu Sans", 30))
    assert table.view.pane.document().defaultFont().pixelSize() == before
    table.view.appearance.set_text_size(150)
    assert table.view.pane.document().defaultFont().pixelSize() == before


def test_dark_paper_brings_light_ink(table: Table) -> None:
    span = table.select("day to day")
    table.view.appearance.set_mode(Mode.DARK)
    assert table.view.selection() == span
    image = grabbed(table)
    assert colour_at(image, table.point("At the start") + QPoint(-4, 0)).name() == "#25282c"
    brightest = max(
        image.pixelColor(x, y).lightness() for x in range(0, 300, 2) for y in range(40, 140, 2)
    )
    assert brightest > 200


def test_a_place_far_down_comes_to_the_upper_third(make_table: Callable[..., Table]) -> None:
    paragraph = "It took a year before anyone asked, and then they asked too much. " * 3
    text = "\n".join(f"{number} {paragraph}" for number in range(400))
    table = shown(make_table, Transcript(text))
    pane = table.view.pane
    for number in (350, 20, 200):
        at = text.index(f"\n{number} ") + 1
        table.view.reveal(table.document, Span(at, at + 3))
        (rect,) = pane.rects(*table.view.page.offsets.units(Span(at, at + 3)))
        assert 0.2 < rect.top() / pane.viewport().height() < 0.45
        assert table.view.selection() == Span(at, at + 3)


def test_revealing_leaves_the_focus_where_it_is(table: Table) -> None:
    table.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = QApplication.focusWidget()
    table.view.reveal(table.document, table.coding("Clear role"))
    assert QApplication.focusWidget() is field
    assert table.view.current_coding == table.coding("Clear role")


def _turns_after(text: str, labels: tuple[tuple[str, str], ...]) -> tuple[Turn, ...]:
    """A turn for each (label as written with what follows it, first words)."""
    turns = []
    for label, words in labels:
        said = text.index(words)
        end = text.find("\n", said)
        turns.append(
            Turn(
                Span(said - len(label), end if end >= 0 else len(text)),
                label.strip(": \t") or ("A" if len(turns) % 2 else "Q"),
                None,
                said if label else None,
            )
        )
    return tuple(turns)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            "\tWhat helped?\nThe phone call.\n\t\tWhat else?\n  The slides.",
            (("", "What helped"), ("", "The phone"), ("", "What else"), ("", "The slides")),
        ),
        (
            "Q:\tWhat helped?\nP01:\tThe phone call.\nQ:\t\tWhat else?\nP01: \tThe slides.",
            (
                ("Q:\t", "What helped"),
                ("P01:\t", "The phone"),
                ("Q:\t\t", "What else"),
                ("P01: \t", "The slides"),
            ),
        ),
    ],
    ids=["set in", "behind labels"],
)
def test_tabs_that_set_turns_off_set_nothing_in(
    make_table: Callable[..., Table], text: str, labels: tuple[tuple[str, str], ...]
) -> None:
    table = shown(make_table, Transcript(text, _turns_after(text, labels)))
    points = [table.point(words) for _, words in labels]
    assert max(point.x() for point in points) - min(point.x() for point in points) <= 2
    gaps = [below.y() - above.y() for above, below in pairwise(points)]
    assert max(gaps) - min(gaps) <= 1
    assert table.view.pane.textCursor().position() == text.index(labels[0][1])
