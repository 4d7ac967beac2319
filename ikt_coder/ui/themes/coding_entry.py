"""One coding of a theme: its words, what it says to the theme, star and quote."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.words import Flag, Stance
from ikt_coder.services.rows import ThemeCodingRow
from ikt_coder.ui.appearance.focus_ring import OWN_RING, paint_focus_ring
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.themes.wording import stance_name, stance_words
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.text_label import TextLabel

_KEYS = {
    Stance.SUPPORTS: Qt.Key.Key_S,
    Stance.QUALIFIES: Qt.Key.Key_Q,
    Stance.CONTRADICTS: Qt.Key.Key_C,
}


class CodingEntry(QWidget):
    """A click, or Enter, shows the coding in its transcript; S, Q and C say what it does to the
    theme, P stars it, A accepts it as a quote or drops the quote."""

    opened = Signal(object)  # coding
    stance_chosen = Signal(object, object)  # coding, Stance
    star_wanted = Signal(object)  # coding
    quote_wanted = Signal(object)  # coding: accept it
    quote_dropped = Signal(object)  # quote
    taken_out = Signal(object)  # coding
    step_wanted = Signal(int)  # the next entry (1), the one before (-1)

    def __init__(
        self,
        appearance: Appearance,
        row: ThemeCodingRow,
        code_name: str,
        *,
        proposed: bool,
        quoting: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """``quoting``: whether the coding is accepted as a quote, or the quote dropped, here."""
        super().__init__(parent)
        self._appearance = appearance
        self.row = row
        self._quoting = quoting
        self.coding: UUID = row.passage.coding.id
        self.setProperty(OWN_RING, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        passage = row.passage
        words = " ".join(passage.text.split())
        self.words = TextLabel(appearance, words, most_lines=4)
        meta = self._meta(code_name)
        about = QLabel(meta)
        about.setTextFormat(Qt.TextFormat.PlainText)
        about.setWordWrap(True)
        about.setProperty("tone", "dim")
        about.setProperty("face", "small")
        self.setAccessibleName(f"{words}. {meta}. {stance_name(row.stance)}")
        keys = self.tr(
            "Enter shows it in its transcript. S, Q, C: supports, qualifies, contradicts. P: star."
        )
        self.setAccessibleDescription(f"{keys} {self.tr('A: quote.')}" if quoting else keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 6)
        column.setSpacing(4)
        column.addWidget(self.words)
        column.addWidget(about)
        if row.quote is not None or proposed:
            column.addWidget(self._mark(accepted=row.quote is not None))
        column.addLayout(self._acts())

    def _meta(self, code_name: str) -> str:
        passage = self.row.passage
        sign = passage.coding.valence.sign if passage.coding.valence else ""
        who = ", ".join(passage.participants) or ", ".join(passage.speakers)
        how = "" if self.row.by_code else self.tr("by itself")
        parts = [who, passage.document_title, _clock(passage.start_ms), f"{sign} {code_name}", how]
        return " · ".join(part.strip() for part in parts if part.strip())

    def _mark(self, *, accepted: bool) -> QLabel:
        words = self.tr("Accepted quote") if accepted else self.tr("Proposed quote, not exported")
        label = QLabel(words)
        label.setProperty("face", "small")
        label.setProperty("tone", "accent" if accepted else "dim")
        return label

    def _acts(self) -> QHBoxLayout:
        look = self._appearance
        row = QHBoxLayout()
        row.setSpacing(6)
        self.stance = Pill(look, stance_words(self.row.stance), opens=True)
        self.stance.setAccessibleName(
            self.tr("Stance: {stance}").replace("{stance}", stance_name(self.row.stance))
        )
        self.stance.setToolTip(
            self.tr("What the passage says to the theme (S, Q, C): {stance}").replace(
                "{stance}", stance_name(self.row.stance)
            )
        )
        self.stance.clicked.connect(self._open_stances)
        self.star = QToolButton()
        starred = Flag.STAR in self.row.passage.coding.flags
        look.set_icon(self.star, "star-filled" if starred else "star", "accent")
        self.star.setAccessibleName(
            self.tr("Take the star off") if starred else self.tr("Star as quotable")
        )
        self.star.setToolTip(f"{self.star.accessibleName()} (P)")
        self.star.clicked.connect(lambda: self.star_wanted.emit(self.coding))
        quote = self.row.quote
        self.quote = QPushButton(
            self.tr("Accept quote") if quote is None else self.tr("Drop quote")
        )
        self.quote.setProperty("kind", "link")
        self.quote.setProperty("face", "small")
        self.quote.setToolTip(f"{self.quote.text()} (A)")
        self.quote.clicked.connect(self._quote_clicked)
        row.addWidget(self.stance)
        row.addWidget(self.star)
        row.addWidget(self.quote)
        if not self._quoting:
            self.quote.hide()
        row.addStretch(1)
        return row

    def stances_menu(self) -> QMenu:
        menu = QMenu(self)
        for stance, key in _KEYS.items():
            action = QAction(stance_words(stance), menu)
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setShortcutVisibleInContextMenu(True)
            action.setCheckable(True)
            action.setChecked(stance is self.row.stance)
            action.triggered.connect(
                lambda _on=False, stance=stance: self.stance_chosen.emit(self.coding, stance)
            )
            menu.addAction(action)
        if not self.row.by_code:
            menu.addSeparator()
            out = menu.addAction(self.tr("Take out of the theme"))
            out.triggered.connect(lambda: self.taken_out.emit(self.coding))
        return menu

    def _open_stances(self) -> None:
        place = self.stance.mapToGlobal(self.stance.rect().bottomLeft())
        self.stances_menu().popup(place)

    def _quote_clicked(self) -> None:
        if self.row.quote is None:
            self.quote_wanted.emit(self.coding)
        else:
            self.quote_dropped.emit(self.row.quote)

    # -- pointer and keys -----------------------------------------------------------------

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self.opened.emit(self.coding)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        stance = next((one for one, letter in _KEYS.items() if letter == key), None)
        if not plain:
            super().keyPressEvent(event)
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.coding)
        elif key == Qt.Key.Key_Delete and not self.row.by_code:
            self.taken_out.emit(self.coding)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step_wanted.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_P:
            self.star_wanted.emit(self.coding)
        elif key == Qt.Key.Key_A and self._quoting:
            self._quote_clicked()
        elif stance is not None:
            if stance is not self.row.stance:
                self.stance_chosen.emit(self.coding, stance)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def enterEvent(self, event: QEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = self._appearance
        if self.underMouse():
            painter.fillRect(self.rect(), look.colour("hover"))
        foot = QRectF(0, self.height() - 1, self.width(), 1)
        painter.fillRect(foot, look.colour("rule"))
        if self.hasFocus() and look.focus_by_keyboard:
            paint_focus_ring(painter, self.rect(), 4, look)


def _clock(ms: int | None) -> str:
    if ms is None:
        return ""
    seconds = ms // 1000
    hours, minutes = divmod(seconds // 60, 60)
    clock = f"{minutes:02d}:{seconds % 60:02d}"
    return f"{hours}:{clock}" if hours else clock
