"""The text itself: a read-only page with a caret, on which codings are painted."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from uuid import UUID

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QTextEdit, QWidget

from ikt_coder.ui.appearance.focus_ring import OWN_RING
from ikt_coder.ui.transcript.code_looks import CodeLooks
from ikt_coder.ui.transcript.gesture import Gesture
from ikt_coder.ui.transcript.lines import Line, lines_between
from ikt_coder.ui.transcript.look import Look
from ikt_coder.ui.transcript.marks import Mark, Marks
from ikt_coder.ui.transcript.page import SIDE, TOP, Page
from ikt_coder.ui.transcript.paragraphs import step_by_key
from ikt_coder.ui.transcript.selection_mime import codes_in
from ikt_coder.ui.transcript.selection_shape import shape_of
from ikt_coder.ui.transcript.tints import Tints

_ABOVE = 480
"""Lines above the window are known too: their names may be pushed down into it."""
_CARET = 2
_READING = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


class TextPane(QTextEdit):
    """Shows a :class:`Page` and the marks on it; all positions are Qt units."""

    scrolled = Signal()
    marked = Signal()
    """Marks on screen changed; the layout is as it was."""
    resized = Signal()
    menu_asked = Signal(QPoint)
    zoom_asked = Signal(int)
    focus_left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.marks = Marks()
        self.page: Page | None = None
        self._codes = CodeLooks()
        self._current: UUID | None = None
        self._tints = Tints()
        self.others: Mapping[UUID | None, str] = {}
        """Initials of those whose codings are shown beside one's own, for reading only."""
        self.preview: tuple[int, int] | None = None
        self.found: list[tuple[int, int]] = []
        self.gestures: list[Gesture] = []
        self.mime_of_selection: Callable[[], QMimeData] | None = None
        self._lines: list[Line] | None = None
        self._lines_at = (-1, -1)
        self._first_keys = _FirstKeys(self)
        self.installEventFilter(self._first_keys)
        self.setProperty(OWN_RING, True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setReadOnly(True)
        self.setTextInteractionFlags(_READING)
        self.setCursorWidth(_CARET)
        self.setAcceptDrops(True)
        self.setUndoRedoEnabled(False)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.cursorPositionChanged.connect(self.viewport().update)
        self.selectionChanged.connect(self.viewport().update)

    # -- what is shown ------------------------------------------------------------------

    def show_page(self, page: Page) -> None:
        """Show another page; the marks must have been loaded for it."""
        old = self.page
        self.page = page
        self.preview = None
        self.found = []
        # Told before it is laid out for the first time, which would be for endless lines.
        page.document.setPageSize(QSizeF(self.lineWrapColumnOrWidth(), -1))
        self.setDocument(page.document)
        page.document.documentLayout().update.connect(self.forget_lines)
        page.document.documentLayout().documentSizeChanged.connect(self._grown)
        self.forget_lines()
        if old is not None:
            old.document.deleteLater()

    def set_look(self, look: Look) -> None:
        self.look = look
        self.forget_lines()

    def set_editable(self, on: bool) -> None:
        """Let the words be typed over (mending), or not."""
        self.setReadOnly(not on)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextEditorInteraction if on else _READING
        )
        self.document().setUndoRedoEnabled(on)

    @property
    def codes(self) -> CodeLooks:
        return self._codes

    @codes.setter
    def codes(self, codes: CodeLooks) -> None:
        self._codes = codes
        self._tints.forget()
        self.refresh()

    @property
    def current(self) -> UUID | None:
        """The coding that is emphasised."""
        return self._current

    @current.setter
    def current(self, coding: UUID | None) -> None:
        known = [self.marks.get(self._current), self.marks.get(coding)]
        self._current = coding
        self._refresh_between([(mark.start, mark.end) for mark in known if mark is not None])

    def forget_lines(self) -> None:
        """The layout changed: measure again, paint again."""
        self._lines = None
        self._tints.forget()
        self.viewport().update()
        self.scrolled.emit()

    def _grown(self) -> None:
        self._lines = None

    def refresh(self) -> None:
        """Paint anew, text and margins; the layout is as it was."""
        self.viewport().update()
        self.scrolled.emit()

    def refresh_marks(self) -> None:
        """Paint anew where marks were put, changed or dropped."""
        self._refresh_between(self.marks.take_touched())

    def _refresh_between(self, spans: list[tuple[int, int]]) -> None:
        self._tints.forget_between(spans)
        touched = [
            line
            for line in self.lines()
            if any(line.start <= end and start <= line.end for start, end in spans)
        ]
        if not touched:
            return
        y, reach = self.scroll_y, self.look.line_px
        top, bottom = int(touched[0].top) - y, int(touched[-1].bottom) - y
        self.viewport().update(0, top - reach, self.viewport().width(), bottom - top + 2 * reach)
        self.marked.emit()

    # -- where things are ---------------------------------------------------------------

    @property
    def scroll_y(self) -> int:
        return self.verticalScrollBar().value()

    def lines(self) -> list[Line]:
        """The lines on screen and those a little above, measured once per change."""
        key = (self.scroll_y, self.viewport().height())
        if self._lines is None or self._lines_at != key:
            top = self.scroll_y - _ABOVE
            bottom = self.scroll_y + self.viewport().height()
            self._lines = lines_between(self.document(), top, bottom)
            self._lines_at = key
        return self._lines

    def lines_on_screen(self) -> list[Line]:
        top = self.scroll_y
        return [line for line in self.lines() if line.bottom >= top]

    def shown_marks(self) -> list[Mark]:
        """The marks that touch :meth:`lines`."""
        lines = self.lines()
        return self.marks.between(lines[0].start, lines[-1].end) if lines else []

    def position_at(self, point: QPoint) -> int:
        """The caret position nearest to a point of the viewport."""
        return self.cursorForPosition(self._on_words(QPointF(point)).toPoint()).position()

    def _on_words(self, point: QPointF) -> QPointF:
        # Qt takes the empty paper above the first line for the end of the text.
        return QPointF(point.x(), max(point.y(), TOP + 1.0 - self.scroll_y))

    def over_text(self, point: QPoint) -> bool:
        """Whether a point of the viewport lies on letters, not on empty paper."""
        at = QPointF(point.x() + self.horizontalScrollBar().value(), point.y() + self.scroll_y)
        hit = self.document().documentLayout().hitTest(at, Qt.HitTestAccuracy.ExactHit)
        return hit >= 0

    def rects(self, start: int, end: int) -> list[QRectF]:
        """Where ``[start, end)`` is on screen, in viewport pixels, one or more per line."""
        y = self.scroll_y
        return [
            QRectF(left, line.top - y, right - left, line.bottom - line.top)
            for line in self.lines_on_screen()
            for left, right in line.pieces(start, end)
        ]

    def bring_to_view(self, start: int, end: int) -> None:
        """Scroll so that ``[start, end)`` shows, its beginning in the upper third."""
        before, cursor = self.textCursor(), self.textCursor()
        height = self.viewport().height()
        cursor.setPosition(end)
        bottom = self.cursorRect(cursor).bottom()
        cursor.setPosition(start)
        top = self.cursorRect(cursor).top()
        if top >= 0 and bottom <= height:
            return
        # A text not laid out so far down has too short a scroll bar: a caret there, seen by
        # nobody, makes it long enough.
        blocked = self.blockSignals(True)
        self.setTextCursor(cursor)
        top = self.cursorRect(cursor).top()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + top - height // 3)
        place = bar.value()
        self.setTextCursor(before)
        bar.setValue(place)
        self.blockSignals(blocked)
        self.forget_lines()

    # -- selection ----------------------------------------------------------------------

    def selected(self) -> tuple[int, int] | None:
        """The selected Qt positions without a folded label at their edges; None if nothing."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        if self.page is not None:
            at_start, at_end = self.page.fold_at(start), self.page.fold_at(end)
            if at_start is not None:
                start = at_start[1]
            if at_end is not None and at_end[0] < end:
                end = at_end[0]
        return (start, end) if start < end else None

    def select(self, start: int, end: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def place_caret(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)

    def createMimeDataFromSelection(self) -> QMimeData:
        if self.mime_of_selection is not None and self.isReadOnly():
            return self.mime_of_selection()
        return super().createMimeDataFromSelection()

    # -- painting -----------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        x, y = self.horizontalScrollBar().value(), self.scroll_y
        painter.translate(-x, -y)
        area = QRectF(event.rect()).translated(x, y)
        reach = self.look.line_px
        lines = [
            line
            for line in self.lines()
            if line.bottom + reach >= area.top() and line.top - reach <= area.bottom()
        ]
        if lines:
            self._tints.forget_between(self.marks.take_touched())
            others = self.others
            self._tints.paint(
                painter, lines, self.marks, self.codes, self.look, self.current, others
            )
            self._paint_found(painter, lines)
            self._paint_selection(painter, lines)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = area
        context.palette = self.palette()
        context.cursorPosition = -1
        self.document().documentLayout().draw(painter, context)
        if self.hasFocus():
            self._paint_caret(painter, x, y)
        painter.end()

    def _paint_selection(self, painter: QPainter, lines: list[Line]) -> None:
        chosen = self.selected()
        if chosen is not None:
            shape = shape_of(lines, *chosen)
            painter.fillPath(shape, self.look.selection)
            painter.setPen(QPen(self.look.accent, 1))
            painter.drawPath(shape.translated(-0.5, -0.5))
        if self.preview is not None:
            shape = shape_of(lines, *self.preview)
            painter.setPen(QPen(self.look.accent, 2))
            painter.drawPath(shape)

    def _paint_found(self, painter: QPainter, lines: list[Line]) -> None:
        painter.setPen(QPen(self.look.dim, 1, Qt.PenStyle.DotLine))
        first = bisect_left(self.found, (lines[0].start, 0))
        for start, end in self.found[max(0, first - 1) :]:
            if start >= lines[-1].end:
                break
            painter.drawPath(shape_of(lines, start, end))

    def _paint_caret(self, painter: QPainter, x: int, y: int) -> None:
        # A steady caret of our own: read-only text shows where the keys will act.
        box = self.cursorRect().translated(x, y)
        height = max(box.height(), 10)
        caret = QRectF(box.left(), box.top(), _CARET, height)
        painter.fillRect(caret, self.look.accent)

    # -- events -------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if any(gesture.key(event) for gesture in self.gestures):
            event.accept()
            return
        if self.isReadOnly() and step_by_key(self, event):
            return
        before = self.textCursor().position()
        super().keyPressEvent(event)
        self.leave_fold(before)

    def leave_fold(self, before: int = 0) -> None:
        """A caret that went into a folded label goes on to where there are words: those after
        it, or, where it came from there (``before``), those in front of it."""
        if self.page is None or not self.isReadOnly():
            return
        cursor = self.textCursor()
        at = cursor.position()
        fold = self.page.fold_at(at)
        if fold is None or at == fold[1]:
            return
        start, end = fold
        backward = before == end and start > 0
        keep = QTextCursor.MoveMode.KeepAnchor
        mode = keep if cursor.hasSelection() else QTextCursor.MoveMode.MoveAnchor
        cursor.setPosition(start - 1 if backward else end, mode)
        self.setTextCursor(cursor)

    def changeEvent(self, event: QEvent) -> None:
        fonts = (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange)
        if event.type() in fonts:
            # QTextEdit would give the text the interface's font; the page has its own.
            QAbstractScrollArea.changeEvent(self, event)
        else:
            super().changeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            # QTextEdit would grow the widget's font and not the page's.
            if event.angleDelta().y():
                self.zoom_asked.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not any(gesture.press(event) for gesture in self.gestures):
            super().mousePressEvent(self._lowered(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not any(gesture.move(event) for gesture in self.gestures):
            super().mouseMoveEvent(self._lowered(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not any(gesture.release(event) for gesture in self.gestures):
            super().mouseReleaseEvent(self._lowered(event))

    def _lowered(self, event: QMouseEvent) -> QMouseEvent:
        place = self._on_words(event.position())
        if place == event.position():
            return event
        return QMouseEvent(
            event.type(),
            place,
            event.scenePosition(),
            event.globalPosition(),
            event.button(),
            event.buttons(),
            event.modifiers(),
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._drag_over(event)
        # One who says no to the entering is never asked again; the edge may hold no words.
        if codes_in(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._drag_over(event)

    def _drag_over(self, event: QDropEvent) -> None:
        if any(gesture.drag_over(event) for gesture in self.gestures):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        for gesture in self.gestures:
            gesture.drag_left()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        if any(gesture.drop(event) for gesture in self.gestures):
            event.acceptProposedAction()
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        for gesture in self.gestures:
            gesture.leave()
        self.viewport().update()
        self.focus_left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lines = None
        self.resized.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.scrolled.emit()

    def set_measure(self, left: int, width: int, right: int) -> None:
        """Give the text its width, and the gutter and the stripes their room beside it."""
        if self.lineWrapColumnOrWidth() != width:
            # Told outright: a view that is not shown yet would lay out for its whole width.
            self.setLineWrapColumnOrWidth(width)
            self._tints.forget()
            self._lines = None
        now = self.viewportMargins()
        if (now.left(), now.right()) != (left, right):
            self.setViewportMargins(left, 0, right, 0)
            self._tints.forget()
            self._lines = None

    @property
    def text_left(self) -> int:
        """Where the words begin, in the pane's own pixels."""
        return self.viewport().x() + SIDE


class _FirstKeys(QObject):
    """Lets gestures take a key before it is a menu's shortcut.

    A filter, because an exception that passes through an override of ``event`` is not safe.
    """

    def __init__(self, pane: TextPane) -> None:
        super().__init__(pane)
        self._pane = pane

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and any(gesture.wants_key(event) for gesture in self._pane.gestures)
        ):
            event.accept()
            return True
        return False
