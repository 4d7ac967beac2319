"""Columns of one text, one for each coder, that scroll together.

All columns show the same laid-out text at the same measure, so a line stands at the same height
in each, and one gutter says for all of them who speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from ikt_coder.core.span import Span
from ikt_coder.services.rows import CodeRow, DocumentText
from ikt_coder.services.settling_rows import Segment
from ikt_coder.settings import READING_SIZE
from ikt_coder.ui.comparison.columns.column_marks import QUIET, marks_of
from ikt_coder.ui.comparison.columns.column_pane import ColumnPane, Shape
from ikt_coder.ui.comparison.columns.differing import Differing
from ikt_coder.ui.comparison.columns.item_margin import WIDTH, ItemMargin
from ikt_coder.ui.context import Context
from ikt_coder.ui.own_interview import OwnInterviewCover
from ikt_coder.ui.transcript.code_looks import CodeLooks
from ikt_coder.ui.transcript.gutter import Gutter, headings_of
from ikt_coder.ui.transcript.look import look_of
from ikt_coder.ui.transcript.offsets import Offsets
from ikt_coder.ui.transcript.page import SIDE, Page

_PAD = 18
_LEAST_WITH_GUTTER = 190
"""Where the words would have less than this, labels stand within the text instead."""
_GUTTER = 104
_FEET_SHARE = 0.42
"""Of the height, at most, that what stands under the columns may take."""


class TextColumns(QWidget):
    """Shows a text in up to three columns. ``heads`` and ``feet`` are widgets above and under
    each column, given by the page."""

    scrolled = Signal()
    resized = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._appearance = context.appearance
        self.content: DocumentText | None = None
        self.panes: list[ColumnPane] = []
        self.heads: list[QWidget] = []
        self.feet: list[QWidget] = []
        self.codes = CodeLooks()
        self._page: Page | None = None
        self._gutter: Gutter | None = None
        self.margin: ItemMargin | None = None
        self._scrolling = False
        self.describe: Callable[[Segment], str] = lambda segment: self.codes.name(segment.code)
        """A coding in words, where the pointer rests on it."""
        self._look = look_of(context.appearance, context.settings)
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        context.appearance.changed.connect(self._restyle)
        end = context.settings.subscribe(lambda _setting: self._restyle())
        self.destroyed.connect(lambda _=None, end=end: end())
        self.own = OwnInterviewCover(context, self)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.arrange)
        self._rules: list[int] = []
        self.corner = 0
        """Pixels kept free at the upper right, for a button of the page."""

    # -- what is shown ----------------------------------------------------------------------

    def set_columns(self, heads: Sequence[QWidget], feet: Sequence[QWidget] = ()) -> None:
        """Have one column for each head. Columns there already are kept."""
        for old in (*self.heads, *self.feet):
            if old not in (*heads, *feet):
                old.hide()
                old.deleteLater()
        self.heads, self.feet = list(heads), list(feet)
        for widget in (*self.heads, *self.feet):
            widget.setParent(self)
            widget.show()
        while len(self.panes) > len(self.heads):
            self._drop_pane()
        while len(self.panes) < len(self.heads):
            self._add_pane()
        for at, pane in enumerate(self.panes):
            last = at == len(self.panes) - 1
            policy = Qt.ScrollBarPolicy
            pane.setVerticalScrollBarPolicy(
                policy.ScrollBarAsNeeded if last else policy.ScrollBarAlwaysOff
            )
        self.own.raise_()
        self.arrange()

    def _add_pane(self) -> None:
        pane = ColumnPane(self._look, self)
        pane.codes = self.codes
        pane.others = {QUIET: ""}
        self.panes.append(pane)
        pane.verticalScrollBar().valueChanged.connect(
            lambda value, pane=pane: self._scroll_all(pane, value)
        )
        pane.zoom_asked.connect(self._zoom)
        pane.viewport().installEventFilter(self)
        if self._gutter is None:
            self._gutter = Gutter(pane)
            self.margin = ItemMargin(self._appearance, pane)
            if self.content is not None:
                self._gutter.set_headings(headings_of(self.content, Offsets(self.content.text)))
        if self._page is not None:
            pane.show_page(self._page)
        pane.show()

    def _drop_pane(self) -> None:
        pane = self.panes.pop()
        if pane.isAncestorOf(self.focusWidget() or self):
            self.panes[0].setFocus()
        pane.hide()
        pane.deleteLater()

    def set_codes(self, rows: Iterable[CodeRow]) -> None:
        """What the codes look like now."""
        self.codes = CodeLooks(rows)
        for pane in self.panes:
            pane.codes = self.codes

    def show_text(self, content: DocumentText | None) -> None:
        """Show a text from its beginning, without codings; None: nothing."""
        self.content = content
        self.own.show_for(content.id if content is not None else None)
        for pane in self.panes:
            pane.marks.place([])
            pane.set_shapes([])
            pane.results = []
        if self.margin is not None:
            self.margin.set_items([])
        if content is None:
            self._page = None
            for pane in self.panes:
                pane.page = None
                pane.clear()
        else:
            self._lay_out(content)
        self.arrange()

    def _lay_out(self, content: DocumentText) -> None:
        if self._gutter is not None:
            # Its width decides whether there is room for it.
            self._gutter.set_headings(headings_of(content, Offsets(content.text)))
        self._page = Page(content, self._look, self, fold_labels=self._has_gutter())
        for pane in self.panes:
            pane.show_page(self._page)

    def load(
        self, column: int, segments: Iterable[Segment], loud: Container[UUID] | None = None
    ) -> None:
        """The codings of a column; ``loud`` as in :func:`marks_of`."""
        if self._page is None:
            return
        pane = self.panes[column]
        page = self._page
        held = list(segments)
        marks = marks_of(held, page.offsets, loud)
        pane.segments = {mark.id: s for mark, s in zip(marks, held, strict=True)}
        pane.marks.place(marks, page.line_ends)
        pane.refresh()

    def emphasise(self, column: int, loud: Container[UUID], was: Container[UUID]) -> None:
        """Tint other codings of a column than before; all else stays as it is."""
        if self._page is None:
            return
        pane, offsets = self.panes[column], self._page.offsets
        changed = [s for key, s in pane.segments.items() if (key in loud) != (key in was)]
        for mark in marks_of(changed, offsets, loud):
            pane.marks.put(mark.row, offsets)
        pane.refresh_marks()

    def show_differing(
        self, column: int, stretches: Iterable[Differing], current: UUID | None
    ) -> None:
        """What differs in a column; that of the item ``current`` is set off."""
        if self._page is None:
            return
        offsets = self._page.offsets
        shapes: list[Shape] = [(*offsets.units(d.span), d.kind, d.held, d.item) for d in stretches]
        self.panes[column].set_shapes(shapes, current)

    def set_off(self, item: UUID | None) -> None:
        """Set another item off from the others that differ."""
        if self.margin is not None:
            self.margin.current = item
            self.margin.update()
        for pane in self.panes:
            pane.item = item
            pane.viewport().update()

    def show_results(self, column: int, spans: Iterable[Span]) -> None:
        """Where the codings that are about to be made lie, outlined in the accent."""
        if self._page is not None:
            self.panes[column].results = [self._page.offsets.units(span) for span in spans]
            self.panes[column].viewport().update()

    # -- places -----------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The laid-out text; only asked while one is shown."""
        assert self._page is not None
        return self._page

    def bring_to_view(self, span: Span) -> None:
        """Scroll all columns so that a span shows, its beginning in the upper third."""
        if self._page is None or not self.panes:
            return
        self.arrange()
        self.panes[-1].bring_to_view(*self._page.offsets.units(span))
        self._scroll_all(self.panes[-1], self.panes[-1].scroll_y)

    def top(self) -> int:
        """The code point at the upper edge."""
        if self._page is None or not self.panes:
            return 0
        lines = self.panes[0].lines_on_screen()
        at_top = not lines or self.panes[0].scroll_y == 0
        return 0 if at_top else self._page.offsets.to_point(lines[0].start)

    def scroll_to(self, point: int) -> None:
        """Bring a code point to the upper edge."""
        if self._page is None or not self.panes:
            return
        self.arrange()
        pane = self.panes[-1]
        cursor = pane.textCursor()
        cursor.setPosition(self._page.offsets.to_qt(point))
        # A long text is laid out as far as needed when a place in it is asked for.
        pane.document().documentLayout().blockBoundingRect(cursor.block())
        bar = pane.verticalScrollBar()
        bar.setValue(bar.value() + pane.cursorRect(cursor).top() if point else 0)

    def _scroll_all(self, source: ColumnPane, value: int) -> None:
        if self._scrolling:
            return
        self._scrolling = True
        for pane in self.panes:
            if pane is not source:
                pane.verticalScrollBar().setValue(value)
        self._scrolling = False
        self.scrolled.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            pane = next((p for p in self.panes if p.viewport() is watched), None)
            if pane is not None and self._page is not None:
                QToolTip.showText(event.globalPos(), self._coded_at(pane, event.pos()), pane)
                return True
        return super().eventFilter(watched, event)

    def _coded_at(self, pane: ColumnPane, point: QPoint) -> str:
        """What a coder has coded under the pointer, a line for each coding."""
        if not pane.over_text(point):
            return ""
        marks = pane.marks.at(pane.position_at(point))
        return "\n".join(self.describe(pane.segments[mark.id]) for mark in marks)

    # -- measure ----------------------------------------------------------------------------

    def _text_width(self, gutter: int) -> int:
        """Pixels for the words of each column beside a gutter."""
        px, count = self._appearance.px, max(1, len(self.panes))
        bar = self.panes[-1].verticalScrollBar().sizeHint().width() if self.panes else 12
        room = self.width() - gutter - px(WIDTH) - bar
        return max(60, room // count - 2 * px(_PAD))

    def _gutter_width(self) -> int:
        if self._gutter is None:
            return 0
        wanted, least = self._gutter.wishes()
        # A word of a name is broken only where the text itself has no room to give.
        return min(max(min(wanted, self._appearance.px(_GUTTER)), least), self._appearance.px(150))

    def _has_gutter(self) -> bool:
        return self._text_width(self._gutter_width()) >= _LEAST_WITH_GUTTER

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            top = self.top()
            self.arrange()
            if self._page is not None and top:
                self.scroll_to(top)
        else:
            self.arrange()
        self.resized.emit()

    def arrange(self) -> None:
        """Give every column its place: heads, text and feet at the same heights."""
        if not self.panes or self._gutter is None or self.margin is None:
            return
        px = self._appearance.px
        gutter_shown = self._has_gutter()
        content, page = self.content, self._page
        labelled = content is not None and _has_labels(content)
        if labelled and page is not None and bool(page.folded) != gutter_shown:
            self._lay_out_again()
        gutter = self._gutter_width() if gutter_shown else 0
        margin = px(WIDTH)
        text = min(self._text_width(gutter), self._look.measure_px + 2 * SIDE)
        pad = px(_PAD)
        bar = self.panes[-1].verticalScrollBar().sizeHint().width()
        room = self.width() - gutter - margin - bar
        count = len(self.panes)
        edges = [gutter + margin + room * at // count for at in range(count + 1)]
        head = max((w.sizeHint().height() for w in self.heads), default=0)
        starts = [edges[at] + SIDE + (pad if at else 0) for at in range(count)]
        feet = [_height_for(w, edges[at + 1] - starts[at]) for at, w in enumerate(self.feet)]
        foot = min(max(feet, default=0), round(self.height() * _FEET_SHARE))
        body = max(40, self.height() - head - foot)
        for at, pane in enumerate(self.panes):
            left = 0 if at == 0 else edges[at]
            # A pixel is left for the rule between two columns.
            right = edges[at + 1] + (bar if at == count - 1 else -1)
            before = edges[0] if at == 0 else pad
            # The words of a column never touch the next one's.
            pane.setGeometry(left, head, right - left, body)
            beyond = right - left - before - text - (bar if at == count - 1 else 0)
            pane.set_measure(before, text, max(0, beyond))
            start, width = starts[at], edges[at + 1] - starts[at]
            taken = max(0, self.corner - bar) if at == count - 1 else 0
            self.heads[at].setGeometry(start, 0, max(0, width - taken), head)
            if at < len(self.feet):
                self.feet[at].setGeometry(start, head + body, width, foot)
        viewport = self.panes[0].viewport().height()
        self._gutter.setVisible(gutter_shown)
        self._gutter.setGeometry(0, 0, gutter, viewport)
        self.margin.setGeometry(gutter, 0, margin, viewport)
        self._rules = edges[1:-1]
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._look.paper)
        for x in self._rules:
            painter.fillRect(QRect(QPoint(x - 1, 0), QPoint(x - 1, self.height())), self._look.rule)

    # -- look -------------------------------------------------------------------------------

    def _zoom(self, by: int) -> None:
        settings = self._context.settings
        size = settings.get(READING_SIZE) + by
        if READING_SIZE.lowest <= size <= READING_SIZE.highest:
            settings.set(READING_SIZE, size)

    def _restyle(self) -> None:
        look = look_of(self._appearance, self._context.settings)
        if look == self._look:
            return
        self._look = look
        for pane in self.panes:
            pane.set_look(look)
        if self.content is not None:
            self._lay_out_again()
        self._later.start()

    def _lay_out_again(self) -> None:
        """The same text in another look; codings and places stay (Qt positions do not move)."""
        assert self.content is not None
        top = self.top()
        results = [pane.results for pane in self.panes]
        self._lay_out(self.content)
        for pane, spans in zip(self.panes, results, strict=True):
            pane.results = spans
        QTimer.singleShot(0, self, lambda: self.scroll_to(top))


def _has_labels(content: DocumentText) -> bool:
    return any(turn.words_start > turn.span.start for turn in content.turns)


def _height_for(widget: QWidget, width: int) -> int:
    height = widget.heightForWidth(width)
    return height if height >= 0 else widget.sizeHint().height()
