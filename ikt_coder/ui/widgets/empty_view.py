"""What an empty view shows: a sentence, and what to do next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ikt_coder.ui.appearance.icons import render
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.wrap_layout import WrapLayout


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
        self._sentence = QLabel(sentence, self)
        self._sentence.setProperty("face", "strong")
        self._more = QLabel(more, self)
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
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(centre)
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            label.setSizePolicy(policy)
            column.addWidget(label)
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

    def _restyle(self) -> None:
        look = self._appearance
        side = look.px(28)
        colour = look.colour("dim").name()
        self._picture.setPixmap(render(self._icon_name, colour, side, self.devicePixelRatioF()))
        self._fit_row()
