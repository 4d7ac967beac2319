"""The pane below the figures: what stands behind one of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.comparison.agreement.behind import Behind
from ikt_coder.ui.comparison.agreement.grid import GridView
from ikt_coder.ui.comparison.agreement.stretch_list import StretchList, StretchModel
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.text_label import TextLabel


class StretchPane(QWidget):
    """A title, how many, and the passages, or a small table whose figures open further; closing
    it gives the room back to the figures."""

    close_asked = Signal()
    back_asked = Signal()
    opened = Signal(object)
    """What a figure of the small table stands for."""
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
        self.back_button = QToolButton()
        self.back_button.setToolTip(self.tr("Back to what this was opened from"))
        self.back_button.setAccessibleName(self.back_button.toolTip())
        look.set_icon(self.back_button, "chevron-left", "dim")
        self.back_button.hide()
        self.close_button = QToolButton()
        self.close_button.setToolTip(self.tr("Close the passages"))
        self.close_button.setAccessibleName(self.tr("Close the passages"))
        look.set_icon(self.close_button, "close", "dim")
        self.list = StretchList(look, self.model, self.tr("Passages behind the figure"))
        self.empty = EmptyView(look, "quote", self.tr("The passages are being read."))
        self.table = GridView(look)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        inset = QWidget()  # so that names begin where the title does
        inset.setProperty("surface", "paper")
        inset.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        beside = QVBoxLayout(inset)
        beside.setContentsMargins(px(6), 0, 0, 0)
        beside.addWidget(self.table)
        self._inset = inset
        self._pages.addWidget(inset)
        self._pages.addWidget(self.empty)
        head = QHBoxLayout()
        head.setContentsMargins(px(14), px(6), px(10), px(6))
        head.setSpacing(px(8))
        head.addWidget(self.back_button)
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        self.close_button.clicked.connect(self.close_asked)
        self.back_button.clicked.connect(self.back_asked)
        self.table.opened.connect(self.opened)
        self.list.opened.connect(self.beside_asked)
        self.list.transcript_asked.connect(
            lambda passage: context.reveal(passage.document, passage.span)
        )

    def wait(self) -> None:
        """Say that something is being read."""
        self.title.set_text("")
        self.count.setText("")
        self.empty.set_words(self.tr("The passages are being read."))
        self._pages.setCurrentWidget(self.empty)

    def show_behind(self, behind: Behind, *, back: bool = False) -> None:
        """Show what stands behind a figure; ``back``: it was opened from within the pane."""
        self.title.set_text(behind.title)
        self.count.setText(behind.count)
        self.back_button.setVisible(back)
        self.model.show(behind.passages)
        if behind.grid is not None:
            self.table.show_grid(behind.grid)
            self._come_to_figure()
            self._pages.setCurrentWidget(self._inset)
        elif behind.passages:
            self.list.setCurrentIndex(self.model.index(0))
            self._pages.setCurrentWidget(self.list)
        else:
            self.empty.set_words(self.tr("There is no such passage."))
            self._pages.setCurrentWidget(self.empty)

    def _come_to_figure(self) -> None:
        """The first cell that opens something is where the keyboard begins."""
        model = self.table.figures
        for column in range(model.columnCount()):
            index = model.index(0, column)
            if index.isValid() and model.cell(index).opens is not None:
                self.table.setCurrentIndex(index)
                return

    def focus_content(self) -> None:
        """Bring the keyboard to what is shown."""
        shown = self._pages.currentWidget()
        here: QWidget = self.close_button
        if shown is self.list:
            here = self.list
        elif shown is self._inset:
            here = self.table
        here.setFocus(Qt.FocusReason.OtherFocusReason)
