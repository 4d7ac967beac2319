"""The passage that is current in the list: in its context, with all it carries."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.errors import NotFound
from ikt_coder.services.rows import CodeRow, CodingRow
from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.codes.coding_details import CodingDetails
from ikt_coder.ui.context import Context
from ikt_coder.ui.own_interview import OwnInterviewCover
from ikt_coder.ui.retrieval.code_dot import CodeDot
from ikt_coder.ui.retrieval.context_view import ContextView, Surroundings, read_surroundings
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.scroll_column import ScrollColumn
from ikt_coder.ui.widgets.text_label import TextLabel


class PassagePane(QWidget):
    """Context above, what the coding carries below; each choice is one act at once."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._coding: CodingRow | None = None
        look, px = context.appearance, context.appearance.px
        self.dot = CodeDot(look)
        self.name = TextLabel(look, face=FontRole.STRONG, most_lines=2)
        self.where = TextLabel(look, role="dim", most_lines=2)
        self.open_button = QPushButton(self.tr("Open in the transcript"))
        self.open_button.setProperty("kind", "link")
        look.set_icon(self.open_button, "document", "accent")
        self.open_button.clicked.connect(self._open)
        self.text = ContextView(look, context.settings)
        self.own = OwnInterviewCover(context, self.text)
        self.details = CodingDetails(context)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.dot, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.name, 1)
        top = QFrame()
        top.setProperty("surface", "panel")
        top.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        words = QVBoxLayout(top)
        words.setContentsMargins(px(12), px(8), px(12), px(6))
        words.setSpacing(px(3))
        words.addLayout(head)
        words.addWidget(self.where)
        words.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        held = QWidget()
        inner = QVBoxLayout(held)
        inner.setContentsMargins(px(12), px(8), px(10), px(10))
        inner.addWidget(self.details)
        inner.addStretch(1)
        # The words stand above in their context already.
        self.details.words.hide()
        self.carried = ScrollColumn(held)
        self.carried.setFrameShape(QFrame.Shape.NoFrame)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self.text, 3)
        column.addWidget(self.carried, 2)
        self.nothing = EmptyView(
            look,
            "quote",
            self.tr("No passage is chosen"),
            self.tr("Click a passage to read it in its context and to change what it carries."),
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self.nothing)
        self._pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    @property
    def coding(self) -> UUID | None:
        """The coding that is shown."""
        return self._coding.id if self._coding is not None else None

    def forget(self) -> None:
        """Read anew what the project uses before the next coding is shown."""
        self.details.forget()

    def show_coding(self, coding: CodingRow | None, code: CodeRow | None) -> None:
        """Show a coding, or that none is chosen."""
        self._coding = coding
        self._pages.setCurrentIndex(0 if coding is None else 1)
        if coding is None:
            return
        self.name.set_text(code.name if code is not None else "")
        if code is not None:
            self.dot.set_code(code.colour, code.pattern)
        try:
            self.details.show_coding(coding, code)
        except NotFound:
            self.show_coding(None, None)
            return
        self.details.words.hide()
        project = self._context.project

        def read(_progress: Progress) -> Surroundings | None:
            try:
                return read_surroundings(project, coding, code)
            except NotFound:
                return None  # it was taken away meanwhile

        self._context.tasks.run(read, done=self._show_context)

    def _show_context(self, shown: Surroundings | None) -> None:
        if shown is None or self._coding is None or shown.coding != self._coding:
            return
        self.where.set_text(shown.title)
        self.own.show_for(shown.coding.document)
        self.text.show_surroundings(shown)

    def _open(self) -> None:
        if self._coding is not None:
            self._context.reveal_coding.emit(self._coding.id)
