"""A theme as a card: name, description, n, its codes, and its sub-themes within it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QPushButton, QWidget

from ikt_coder.ui.appearance.focus_ring import OWN_RING, paint_focus_ring
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.appearance.tokens import Space
from ikt_coder.ui.themes.code_card import CodeCard
from ikt_coder.ui.themes.link_line import LinkLine
from ikt_coder.ui.widgets.count_link import CountLink
from ikt_coder.ui.widgets.painting import wrapped

_PAD = 12
_NESTED_PAD = 9
_MOST_TITLE = 4
_MOST_WORDS = 4
LINKS_SHOWN = 3
"""Of more links only so many stand on the card; a menu has them all."""


class ThemeCard(QFrame):
    """Lays itself out for a width; ``theme`` None is the card of codes in no theme."""

    pressed = Signal(object)
    drag_wanted = Signal(object)
    menu_wanted = Signal(object, object)  # the card, global place
    fields_wanted = Signal(object)
    renamed = Signal(object, str)  # theme, new name

    def __init__(
        self,
        appearance: Appearance,
        name: str,
        words: str,
        *,
        theme: UUID | None,
        nested: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.name = name
        self.words = words
        self.theme = theme
        self.nested = nested
        self.count: CountLink | None = None
        self.links: list[LinkLine] = []
        self.more_links: QPushButton | None = None
        self.codes: list[CodeCard] = []
        self.below: list[ThemeCard] = []
        self.foot: QPushButton | None = None
        self.current = False
        self.target = False
        self.quiet = False
        self._title_lines: tuple[str, ...] = (name,)
        self._word_lines: tuple[str, ...] = ()
        self._title_at = QRect()
        self._words_at = QRect()
        self._press: QPoint | None = None
        self._editor: QLineEdit | None = None
        self.setProperty(OWN_RING, True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(name)
        self.setAccessibleDescription(words)

    # -- arrangement ----------------------------------------------------------------------

    def arrange(self, width: int) -> int:
        """Lay out for ``width``; returns the height needed."""
        px = self._appearance.px
        pad = px(_NESTED_PAD if self.nested else _PAD)
        inner = max(px(60), width - 2 * pad)
        y = pad
        self._title_lines = wrapped(self.name, self._title_font(), inner, _MOST_TITLE)
        height = len(self._title_lines) * QFontMetrics(self._title_font()).height()
        self._title_at = QRect(pad, y, inner, height)
        y += height + px(3)
        self._word_lines = ()
        if self.words:
            font = self._appearance.font(FontRole.SMALL)
            self._word_lines = wrapped(self.words, font, inner, _MOST_WORDS)
            line = QFontMetrics(font).height() + px(1)
            self._words_at = QRect(pad, y, inner, line * len(self._word_lines))
            y += self._words_at.height() + px(3)
        cut = [lines for lines in (self._title_lines, self._word_lines) if lines]
        elided = any(lines[-1].endswith("…") for lines in cut)
        self.setToolTip(f"{self.name}\n{self.words}" if elided else "")
        if self.count is not None:
            size = self.count.sizeHint()
            # Its figures are set in by four pixels; the words above stand at the edge.
            self.count.setGeometry(pad - px(4), y - px(3), min(size.width(), inner), size.height())
            y += size.height() - px(3)
        shown = self.links if self.more_links is None else self.links[:LINKS_SHOWN]
        for link in self.links:
            link.setVisible(link in shown)
        for link in shown:
            high = link.height_for(inner)
            link.setGeometry(pad, y, inner, high)
            y += high
        if self.more_links is not None:
            size = self.more_links.sizeHint()
            self.more_links.setGeometry(pad - px(4), y, min(size.width(), inner), size.height())
            y += size.height()
        y += px(4)
        for card in self.codes:
            card.move(pad, y)
            y += card.arrange(inner) + px(8)
        if self.foot is not None:
            size = self.foot.sizeHint()
            self.foot.setGeometry(pad - px(4), y - px(4), min(size.width(), inner), size.height())
            y += size.height()
        for nested in self.below:
            nested.move(pad, y)
            y += nested.arrange(inner) + px(8)
        y += pad - px(8) if self.codes or self.below or self.foot is not None else pad - px(4)
        self.resize(width, y)
        return y

    def _title_font(self) -> QFont:
        font = self._appearance.font(FontRole.STRONG)
        if not self.nested:
            font.setPixelSize(self._appearance.px(14))
        return font

    def cards(self) -> list[ThemeCard | CodeCard]:
        """This card and all within it, in reading order."""
        found: list[ThemeCard | CodeCard] = [self, *self.codes]
        for nested in self.below:
            found += nested.cards()
        return found

    def card_at(self, place: QPoint) -> ThemeCard:
        """The innermost theme under ``place`` (in this card's coordinates)."""
        for nested in self.below:
            if nested.geometry().contains(place):
                return nested.card_at(nested.mapFrom(self, place))
        return self

    def set_state(self, *, current: bool, target: bool) -> None:
        if (current, target) != (self.current, self.target):
            self.current, self.target = current, target
            self.update()

    # -- renaming in place ----------------------------------------------------------------

    def rename(self) -> None:
        """Let the name be typed over; Enter keeps, Esc drops."""
        if self.theme is None or self._editor is not None:
            return
        editor = _NameEditor(self)
        editor.setText(self.name)
        editor.selectAll()
        editor.setAccessibleName(self.tr("Name of the theme"))
        height = max(editor.sizeHint().height(), self._appearance.px(28))
        edge = self._appearance.px(5)
        # Over the name, and not over what stands below it.
        top = max(2, self._title_at.top() + QFontMetrics(self._title_font()).height() - height + 1)
        editor.setGeometry(edge, top, self.width() - 2 * edge, height)
        editor.finished.connect(self._edited)
        editor.show()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._editor = editor

    def _edited(self, keep: bool) -> None:
        editor, self._editor = self._editor, None
        if editor is None:
            return
        text = editor.text().strip()
        editor.hide()
        editor.deleteLater()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if keep and text and text != self.name:
            self.renamed.emit(self.theme, text)

    # -- pointer --------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._appearance.set_focus_by_keyboard(False)
        self.pressed.emit(self)
        if event.button() == Qt.MouseButton.LeftButton:
            self._press = event.position().toPoint()
        elif event.button() == Qt.MouseButton.RightButton:
            self.menu_wanted.emit(self, event.globalPosition().toPoint())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        way = (event.position().toPoint() - self._press).manhattanLength()
        if way >= QApplication.startDragDistance() and self.theme is not None:
            self._press = None
            self.drag_wanted.emit(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._press = None
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._press = None
        if self.theme is not None:
            self.fields_wanted.emit(self)
        event.accept()

    # -- drawing --------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._appearance
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = 1.5 if self.target or self.current else 1.0
        box = QRectF(self.rect()).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2)
        pen = QPen(look.colour("accent" if self.target or self.current else "rule"), wide)
        if self.nested and not (self.target or self.current):
            pen.setColor(look.colour("field_edge"))
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(look.colour("accent_ground" if self.target else "panel"))
        painter.drawRoundedRect(box, Space.RADIUS_FLOAT, Space.RADIUS_FLOAT)
        self._paint_lines(painter, self._title_at, self._title_font(), "ink", self._title_lines)
        small = look.font(FontRole.SMALL)
        self._paint_lines(painter, self._words_at, small, "dim", self._word_lines)
        if self.hasFocus() and look.focus_by_keyboard:
            paint_focus_ring(painter, self.rect(), Space.RADIUS_FLOAT, look)

    def _paint_lines(
        self, painter: QPainter, place: QRect, font: QFont, role: str, lines: tuple[str, ...]
    ) -> None:
        if not lines:
            return
        painter.setFont(font)
        painter.setPen(self._appearance.colour("dim" if self.quiet else role))
        height = place.height() / len(lines)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for at, words in enumerate(lines):
            line = QRectF(place.left(), place.top() + at * height, place.width() + 2, height)
            painter.drawText(line, flags, words)


class _NameEditor(QLineEdit):
    finished = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit(True)
        elif event.key() == Qt.Key.Key_Escape:
            self.finished.emit(False)
        else:
            super().keyPressEvent(event)
            event.accept()  # typing in a field wins over the board's letters

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]  # Qt hands a QFocusEvent
        self.finished.emit(True)
