"""The pane below the figures: the passages behind one of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.codes.wording import passages_in_words
from ikt_coder.ui.comparison.agreement.stretch_list import Passage, StretchList, StretchModel
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.text_label import TextLabel


class StretchPane(QWidget):
    """A title, how many, and the list; closing it gives the room back to the figures."""

    close_asked = Signal()
    beside_asked = Signal(object)
    """A ``Passage``: show it in both coders' texts."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look, px = context.appearance, context.appearance.px
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = StretchModel(context.project, self)
        self.title = TextLabel(look, face=FontRole.STRONG)
        self.count = QLabel()
        self.count.setProperty("tone", "dim")
        self.count.setProperty("face", "small")
        self.close_button = QToolButton()
        self.close_button.setToolTip(self.tr("Close the passages"))
        self.close_button.setAccessibleName(self.tr("Close the passages"))
        look.set_icon(self.close_button, "close", "dim")
        self.list = StretchList(look, self.model, self.tr("Passages behind the figure"))
        self.empty = EmptyView(look, "quote", self.tr("The passages are being read."))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.empty)
        head = QHBoxLayout()
        head.setContentsMargins(px(14), px(6), px(10), px(6))
        head.setSpacing(px(8))
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        self.close_button.clicked.connect(self.close_asked)
        self.list.opened.connect(self.beside_asked)
        self.list.transcript_asked.connect(
            lambda passage: context.reveal(passage.document, passage.span)
        )

    def wait(self, title: str) -> None:
        """Say what is being read."""
        self.title.set_text(title)
        self.count.setText("")
        self.empty.set_words(self.tr("The passages are being read."))
        self._pages.setCurrentWidget(self.empty)

    def show_passages(self, title: str, passages: tuple[Passage, ...]) -> None:
        self.title.set_text(title)
        self.count.setText(passages_in_words(len(passages)))
        self.model.show(passages)
        if passages:
            self.list.setCurrentIndex(self.model.index(0))
            self._pages.setCurrentWidget(self.list)
        else:
            self.empty.set_words(self.tr("There is no such passage."))
            self._pages.setCurrentWidget(self.empty)
