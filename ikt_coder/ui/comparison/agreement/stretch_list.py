"""The passages behind a figure: where they are, who coded them, and the words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ikt_coder.core.errors import NotFound
from ikt_coder.core.frozen import frozen
from ikt_coder.core.span import Span
from ikt_coder.services.project import Project
from ikt_coder.ui.appearance.style import Appearance, FontRole

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_LINES = 2
_AROUND = 70
_LONGEST = 260
"""Code points of a long stretch that are shown; its place says how long it is."""


@frozen
class Passage:
    """A stretch with who coded it and what is said of its length; ``key`` is what stands
    there, where it is more than words."""

    document: UUID
    title: str
    span: Span
    coders: str
    size: str
    key: UUID | None = None


@frozen
class Words:
    before: str
    said: str
    after: str


class StretchModel(QAbstractListModel):
    """Words are read when they are painted."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self.passages: tuple[Passage, ...] = ()

    def show(self, passages: tuple[Passage, ...]) -> None:
        self.beginResetModel()
        self.passages = passages
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.passages)

    def words(self, row: int) -> Words:
        """The words with some around them; nothing where the text is gone."""
        passage = self.passages[row]
        try:
            text = self._project.texts.get(passage.document)
        except NotFound:
            return Words("", "", "")
        start, end = passage.span.start, passage.span.end
        before = text[max(0, start - _AROUND) : start]
        if start > _AROUND:  # begin at a word
            before = f"… {before.partition(' ')[2]}"
        said = text[start:end]
        after = text[end : end + _AROUND]
        if end + _AROUND < len(text):
            after = f"{after.rpartition(' ')[0]} …"
        if len(said) > _LONGEST:
            said, after = f"{said[:_LONGEST]} …", ""
        return Words(*(part.replace("\n", " ") for part in (before, said, after)))

    def about(self, row: int) -> str:
        """ "Interview 3 · 120–180 · 60 characters · AO" """
        one = self.passages[row]
        place = f"{one.span.start}–{one.span.end}"
        return " · ".join(part for part in (one.title, place, one.size, one.coders) if part)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{self.about(index.row())}: {self.words(index.row()).said}"
        return None


class _Painter(QStyledItemDelegate):
    """Rows of one height, so that thousands scroll at once."""

    def __init__(self, appearance: Appearance, model: StretchModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._model = appearance, model

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        look = self._look
        line = QFontMetrics(look.font(FontRole.BODY)).height() + look.px(2)
        small = QFontMetrics(look.font(FontRole.SMALL)).height()
        return QSize(look.px(120), small + _LINES * line + look.px(16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, px = self._look, self._look.px
        box = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        if chosen or hovered:
            painter.fillRect(box, look.colour("accent_ground" if chosen else "hover"))
        if chosen:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), look.colour("accent"))
        left, width = box.left() + px(14), box.width() - px(28)
        painter.fillRect(QRectF(left, box.bottom() - 1, width, 1), look.colour("rule"))
        small = look.font(FontRole.SMALL)
        metrics = QFontMetrics(small)
        top = box.top() + px(6)
        painter.setFont(small)
        painter.setPen(look.colour("dim"))
        about = metrics.elidedText(
            self._model.about(index.row()), Qt.TextElideMode.ElideRight, int(width)
        )
        painter.drawText(QRectF(left, top, width, metrics.height()), about)
        top += metrics.height() + px(3)
        painter.setPen(look.colour("ink"))
        painter.setClipRect(QRectF(left, top, width, box.bottom() - top - 1))
        self._laid_out(index.row(), width).draw(painter, QPointF(left, top))
        painter.restore()

    def _laid_out(self, row: int, width: float) -> QTextLayout:
        found = self._model.words(row)
        layout = QTextLayout(
            found.before + found.said + found.after, self._look.font(FontRole.BODY)
        )
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        said = QTextLayout.FormatRange()
        said.start, said.length = _units(found.before), _units(found.said)
        face = QTextCharFormat()
        face.setFontWeight(QFont.Weight.DemiBold)
        face.setForeground(self._look.colour("ink"))
        face.setBackground(self._look.colour("selection"))
        said.format = face
        dim = QTextLayout.FormatRange()
        dim.start, dim.length = 0, _units(found.before)
        quiet = QTextCharFormat()
        quiet.setForeground(self._look.colour("dim"))
        dim.format = quiet
        rest = QTextLayout.FormatRange()
        rest.start = said.start + said.length
        rest.length = _units(found.after)
        rest.format = quiet
        layout.setFormats([dim, said, rest])
        height = QFontMetrics(self._look.font(FontRole.BODY)).height() + self._look.px(2)
        layout.beginLayout()
        for at in range(_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, at * height))
        layout.endLayout()
        return layout


class StretchList(QListView):
    """Enter or a click shows a passage in both coders' texts, O in the transcript itself."""

    opened = Signal(object)
    """A ``Passage``"""
    transcript_asked = Signal(object)
    left_at_top = Signal()

    def __init__(self, appearance: Appearance, model: StretchModel, name: str) -> None:
        super().__init__()
        self._look, self._stretches = appearance, model
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(_Painter(appearance, model, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._open)
        appearance.changed.connect(self.doItemsLayout)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._stretches.passages[index.row()])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._look.set_focus_by_keyboard(False)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._look.set_focus_by_keyboard(True)
        here = self.currentIndex()
        plain = not event.modifiers()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and plain:
            self._open(here)
        elif event.key() == Qt.Key.Key_O and plain and here.isValid():
            self.transcript_asked.emit(self._stretches.passages[here.row()])
        elif event.key() == Qt.Key.Key_Up and plain and here.row() <= 0:
            self.left_at_top.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()


def _units(text: str) -> int:
    """The length as Qt counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
