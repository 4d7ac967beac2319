"""Under the columns: the difference one is at, in words, and the way on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton

from ikt_coder.services.settling_rows import Item
from ikt_coder.ui.appearance.icons import render
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.comparison.columns.differing import ICONS
from ikt_coder.ui.comparison.columns.item_words import class_words, detail_words, state_words
from ikt_coder.ui.comparison.columns.study import Study
from ikt_coder.ui.widgets.text_label import TextLabel


class ItemLine(QFrame):
    """Arrows back and on with how many there are; icon, class and what each coder has."""

    stepped = Signal(int)
    settle_wanted = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._item: Item | None = None
        px = appearance.px
        self.setProperty("surface", "panel")
        self.setProperty("line", "top")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.back = self._arrow("arrow-up", self.tr("Previous difference (K)"), -1)
        self.on = self._arrow("arrow-down", self.tr("Next difference (J)"), 1)
        self.count = QLabel()
        self.count.setProperty("tone", "dim")
        self.picture = QLabel()
        self.title = TextLabel(appearance, face=FontRole.STRONG, most_lines=1)
        self.words = TextLabel(appearance, role="dim", most_lines=2)
        self.settle = QPushButton(self.tr("Settle it"))
        self.settle.setToolTip(self.tr("Enter"))
        self.settle.clicked.connect(self.settle_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(6), px(14), px(6))
        row.setSpacing(px(8))
        for widget in (self.back, self.on, self.count, self.picture):
            row.addWidget(widget)
        row.addWidget(self.title)
        row.addWidget(self.words, 1)
        row.addWidget(self.settle)
        appearance.changed.connect(self._paint_icon)

    def _arrow(self, icon: str, hint: str, by: int) -> QToolButton:
        button = QToolButton()
        button.setToolTip(hint)
        button.setAccessibleName(hint)
        self._appearance.set_icon(button, icon, "dim")
        button.clicked.connect(lambda _on=False: self.stepped.emit(by))
        return button

    def show_item(self, item: Item | None, study: Study, count: str, *, may_settle: bool) -> None:
        """``count`` is empty where nothing is counted."""
        self._item = item
        self.count.setText(count)
        self.count.setVisible(bool(count))
        self._paint_icon()
        if item is None:
            self.title.set_text(self.tr("J and K go through the differences"))
            self.words.set_text("")
        else:
            words = class_words(item)
            self.title.set_text(words[:1].upper() + words[1:])
            said = [detail_words(item, study)]
            if item.overlap is not None and not study.reflexive:
                share = self.tr("overlap {share}\u00a0%").format(share=round(item.overlap * 100))
                said.append(share)
            said.append(state_words(item, study))
            self.words.set_text(" · ".join(part for part in said if part))
        self.settle.setVisible(may_settle)
        self.settle.setEnabled(item is not None)

    def _paint_icon(self) -> None:
        item, look = self._item, self._appearance
        if item is None:
            self.picture.setPixmap(QPixmap())
            return
        colour = look.colour("ink").name()
        picture = render(ICONS[item.kind], colour, look.px(16), self.devicePixelRatioF())
        self.picture.setPixmap(picture)
