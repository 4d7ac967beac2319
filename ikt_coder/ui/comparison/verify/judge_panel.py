"""Under the text: the coding one is at, how it stands, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.rounds import DecisionKind, ReasonCategory
from ikt_coder.services.settling_rows import Item
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.comparison.columns.study import Study
from ikt_coder.ui.comparison.settle.choice_button import ChoiceButton
from ikt_coder.ui.comparison.settle.reason_field import ReasonField
from ikt_coder.ui.comparison.verify.reading import changed_code
from ikt_coder.ui.comparison.verify.wording import state_words, title_words
from ikt_coder.ui.widgets.text_label import TextLabel
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_KINDS = {
    "A": DecisionKind.ACCEPT,
    "E": DecisionKind.CHANGE_EDGES,
    "C": DecisionKind.CHANGE_CODE,
    "U": DecisionKind.REMOVE,
}
_SIDE = 14
_ROOMY = 760
"""Pixels at 100 %, below which the hint on further keys gives its room to the words."""
_ON_ITEMS = ("A", "E", "C", "U")


class JudgePanel(QFrame):
    """A button for every act, with its key."""

    pressed = Signal(str)
    """The letter of an act."""
    stepped = Signal(int)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._category: ReasonCategory | None = None
        px = appearance.px
        self.setProperty("surface", "panel")
        self.setProperty("line", "top")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.back = self._arrow("arrow-up", self.tr("Previous coding (K)"), -1)
        self.on = self._arrow("arrow-down", self.tr("Next coding (J)"), 1)
        self.count = QLabel()
        self.count.setProperty("tone", "dim")
        self.title = TextLabel(appearance, face=FontRole.STRONG, most_lines=2)
        self.state = TextLabel(appearance, role="dim", most_lines=2)
        self.hint = QLabel(self.tr("B F X D direction · O in its place · R reason"))
        self.hint.setProperty("tone", "dim")
        self.reason = ReasonField(appearance)
        self.buttons = {
            key: self._button(key, words)
            for key, words in (
                ("A", self.tr("Accept")),
                ("E", self.tr("Edges as selected")),
                ("C", self.tr("Other code …")),
                ("U", self.tr("Remove")),
                ("N", self.tr("Add what was missed …")),
                ("T", self.tr("Turn checked")),
            )
        }
        self._lay_out(px(_SIDE), px(8))

    def _arrow(self, icon: str, hint: str, by: int) -> QToolButton:
        button = QToolButton()
        button.setToolTip(hint)
        button.setAccessibleName(hint)
        self._appearance.set_icon(button, icon, "dim")
        button.clicked.connect(lambda _on=False: self.stepped.emit(by))
        return button

    def _button(self, key: str, words: str) -> ChoiceButton:
        button = ChoiceButton(self._appearance, key, words)
        button.clicked.connect(lambda _on=False: self.pressed.emit(key))
        return button

    def _lay_out(self, side: int, gap: int) -> None:
        head = QHBoxLayout()
        head.setSpacing(gap)
        for widget in (self.back, self.on, self.count):
            head.addWidget(widget)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.state)
        head.addLayout(words, 1)
        head.addWidget(self.hint)
        self._held = QWidget()
        self._row = WrapLayout(self._held, across=6, down=6)
        for button in self.buttons.values():
            self._row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(side, gap, side, gap)
        column.setSpacing(gap)
        column.addLayout(head)
        column.addWidget(self._held)
        column.addWidget(self.reason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A panel of fixed height does not ask how high its rows of buttons get.
        width = self.width() - 2 * self._appearance.px(_SIDE)
        self._held.setMinimumHeight(self._row.heightForWidth(width))
        self.hint.setVisible(width > self._appearance.px(_ROOMY))

    def show_item(
        self, item: Item | None, study: Study, count: str, *, hindrance: str, checked: bool
    ) -> None:
        """``checked``: the turn one is at was marked; ``hindrance``: why nothing can be done."""
        self.count.setText(count)
        self.title.set_text(title_words(item, study))
        self.state.set_text(hindrance or state_words(item, study))
        kind = item.decision.kind if item is not None and item.decision is not None else None
        for key, button in self.buttons.items():
            button.setEnabled(not hindrance and (item is not None or key not in _ON_ITEMS))
            button.setChecked(key in _KINDS and kind is _KINDS[key])
        self.buttons["C"].setChecked(item is not None and changed_code(item))
        self.buttons["T"].setChecked(checked)
        self.reason.setEnabled(not hindrance and item is not None)

    def said(self) -> tuple[ReasonCategory | None, str]:
        """The category and the words that go with the next judgement."""
        return self._category, self.reason.text.text()

    def take_category(self, category: ReasonCategory | None) -> None:
        self._category = category
        self.reason.show_reason(category, self.reason.text.text(), "")

    def clear_reason(self) -> None:
        """What was written went with a judgement, or belonged to another coding."""
        self._category = None
        self.reason.show_reason(None, "", self.tr("A reason, if you wish, before you judge (R)"))
