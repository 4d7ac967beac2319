"""What an empty view shows: a sentence, and what to do next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ikt_coder.ui.appearance.icons import render
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_MEASURE = 66
"""Characters of a line: what the eye finds its way back from."""
_PROSE = "What an empty view says is read once, in lines of about this length."


class _Lines(QLabel):
    """Centred words that wrap at a readable measure, however wide the view is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def fit(self) -> None:
        """Take the measure of the present font."""
        self.ensurePolished()
        wide = self.fontMetrics().horizontalAdvance(_PROSE) * _MEASURE / len(_PROSE)
        self.setMaximumWidth(round(wide))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()


class EmptyView(QWidget):
    """An icon, a sentence, an explanation, and buttons; the first one is the main way on."""

    def __init__(
        self,
        appearance: Appearance,
        icon: str,
        sentence: str,
        more: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon_name = icon
        self._picture = QLabel(self)
        self._sentence = _Lines(self)
        self._sentence.setProperty("face", "strong")
        self._more = _Lines(self)
        self._more.setProperty("tone", "dim")
        self._buttons = QWidget(self)
        self._row = WrapLayout(self._buttons)
        # The margin that centres the buttons must not keep a panel from getting narrower.
        self._buttons.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._ways: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 24)
        column.setSpacing(8)
        column.addStretch(2)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._picture, 0, centre)
        for label in (self._sentence, self._more):
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(label, 1000)  # all there is, up to its measure
            row.addStretch(1)
            column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(self._buttons)
        column.addStretch(3)
        self.set_words(sentence, more)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def set_words(self, sentence: str, more: str = "") -> None:
        self._sentence.setText(sentence)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self.setAccessibleName(f"{sentence} {more}".strip())

    def add_button(
        self, text: str, act: Callable[[], object], *, icon: str = "", hint: str = ""
    ) -> QPushButton:
        """Add a way on; the first one added is drawn as the main one."""
        button = QPushButton(text, self._buttons)
        main = not self._ways
        if main:
            button.setProperty("kind", "primary")
        if icon:
            self._appearance.set_icon(button, icon, "on_accent" if main else "ink")
        button.setToolTip(hint)
        button.clicked.connect(lambda _checked=False: act())
        self._row.addWidget(button)
        self._ways.append(button)
        self._fit_row()
        return button

    def _fit_row(self) -> None:
        # Centred while the buttons fit one row; they wrap in a narrow panel.
        widths = [button.sizeHint().width() for button in self._ways]
        if not widths:
            return
        whole = sum(widths) + 8 * (len(widths) - 1)
        room = max(0, self.width() - 32)
        spare = max(0, (room - min(whole, room)) // 2) if whole <= room else 0
        self._row.setContentsMargins(spare, 0, 0, 0)

    def resizeEvent(self, _event: object) -> None:
        self._fit_row()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_lines()

    def _fit_lines(self) -> None:
        for label in (self._sentence, self._more):
            label.fit()

    def _restyle(self) -> None:
        look = self._appearance
        side = look.px(28)
        colour = look.colour("dim").name()
        self._picture.setPixmap(render(self._icon_name, colour, side, self.devicePixelRatioF()))
        self._fit_lines()
        self._fit_row()
