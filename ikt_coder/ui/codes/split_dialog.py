"""Splitting a code by choosing the passages that go to a new one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.services.rows import CodeRow, PassageRow
from ikt_coder.ui.codes.wording import codings_in_words, shortened
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class ChoosablePassages(QAbstractListModel):
    """Passages, each chosen or not; the chosen ones carry a check mark."""

    choice_changed = Signal()

    def __init__(self, passages: tuple[PassageRow, ...]) -> None:
        super().__init__()
        self._all = passages
        self._shown = list(passages)
        self.chosen: set[UUID] = set()

    def show_only(self, words: str) -> None:
        """Show passages that hold ``words``; what was chosen stays chosen."""
        wanted = words.casefold().strip()
        self.beginResetModel()
        self._shown = [p for p in self._all if wanted in p.text.casefold()]
        self.endResetModel()

    def toggle(self, index: Index) -> None:
        if index.isValid():
            self.chosen ^= {self._shown[index.row()].coding.id}
            self.dataChanged.emit(index, index)
            self.choice_changed.emit()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        passage = self._shown[index.row()]
        chosen = passage.coding.id in self.chosen
        where = ", ".join([passage.document_title, *passage.speakers, passage.coder_initials])
        if role == Qt.ItemDataRole.DisplayRole:
            return shortened(passage.text, 400)
        if role == ItemRole.SUBTITLE:
            return where
        if role == ItemRole.SIGN:
            return "✓" if chosen else " "
        if role == ItemRole.SIGN_COLOUR:
            return "accent"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = self.tr("goes") if chosen else self.tr("stays")
            return f"{state}: {shortened(passage.text, 400)}, {where}"
        return None


class _PassageList(RowList):
    """A click, Space or Enter chooses a passage or leaves it."""

    toggled = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggled.emit(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)


class SplitDialog(QDialog):
    """The code's passages, and the name of the new code."""

    split_asked = Signal(object, str)
    """The chosen codings (a list) and the new code's name."""

    def __init__(self, context: Context, code: CodeRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look, px = context.appearance, context.appearance.px
        self._code = code
        self.setWindowTitle(self.tr("Split a code"))
        self._question = QLabel(
            self.tr("Which passages of “{name}” go to a new code?").format(name=code.name)
        )
        self._question.setWordWrap(True)
        self._question.setTextFormat(Qt.TextFormat.PlainText)
        self._question.setProperty("face", "strong")
        self.field = FilterField(look, self.tr("Filter the passages"))
        self.list = _PassageList(look, self.tr("Passages"), ruled=True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setProperty("surface", "paper")
        self.list.setLayoutMode(RowList.LayoutMode.Batched)
        self.model = ChoosablePassages(())
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Name of the new code"))
        self.name.setAccessibleName(self.tr("Name of the new code"))
        self.name.setMaxLength(300)
        self._count = QLabel()
        self._count.setProperty("tone", "dim")
        self.split = QPushButton(self.tr("Split"))
        self.split.setProperty("kind", "primary")
        self.split.setDefault(True)
        leave = QPushButton(self.tr("Cancel"))
        leave.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(8))
        for widget in (self._question, self.field):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addWidget(self.name)
        buttons = QHBoxLayout()
        buttons.addWidget(self._count)
        buttons.addStretch(1)
        buttons.addWidget(leave)
        buttons.addWidget(self.split)
        column.addLayout(buttons)
        self.resize(QSize(px(560), px(560)).boundedTo(self.screen().availableSize()))
        self.list.clicked.connect(self._toggle)
        self.list.toggled.connect(self._toggle)
        self.field.textChanged.connect(self._filter)
        self.field.enter_list_asked.connect(self.list.setFocus)
        self.name.textChanged.connect(self._judge)
        self.split.clicked.connect(self._split)
        leave.clicked.connect(self.reject)
        self._judge()
        passages = context.project.passages
        context.tasks.run(
            lambda _progress: passages.of_codes(code.id, coder=None, context=0), done=self._show
        )

    def _show(self, passages: tuple[PassageRow, ...]) -> None:
        self.model = ChoosablePassages(passages)
        self.model.setParent(self)
        self.model.choice_changed.connect(self._judge)
        self.list.setModel(self.model)
        self.model.show_only(self.field.text())
        self._judge()

    def _toggle(self, index: Index) -> None:
        self.model.toggle(index)

    def _filter(self, words: str) -> None:
        self.model.show_only(words)

    def _judge(self) -> None:
        chosen = len(self.model.chosen)
        self.split.setEnabled(chosen > 0 and bool(self.name.text().strip()))
        self._count.setText(self.tr("{codings} chosen").format(codings=codings_in_words(chosen)))

    def _split(self) -> None:
        self.split_asked.emit(list(self.model.chosen), self.name.text().strip())
        self.accept()
