"""How the passages spread over documents and participants; a click keeps those of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from ikt_coder.core.frozen import frozen
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.counting import figure
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.section_heading import SectionHeading
from ikt_coder.ui.widgets.tree_row_delegate import TreeRowDelegate

_SHARE = Qt.ItemDataRole.UserRole + 40


@frozen
class Spread:
    """One row: how many of what is counted fall to a document or participant."""

    key: UUID | None
    label: str
    count: int
    tip: str = ""


class CountsPanel(QWidget):
    """Two lists of counts. One row at most is chosen; choosing it again takes it back."""

    chosen = Signal(str, object)
    """ "document" or "participant" and its key (None: words of nobody); "" for no choice."""

    def __init__(
        self,
        appearance: Appearance,
        by_document: str,
        by_participant: str,
        parent: QWidget | None = None,
    ) -> None:
        """``by_document`` and ``by_participant`` say above the lists what they count."""
        super().__init__(parent)
        self._held: tuple[str, object] = ("", None)
        px = appearance.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(10), px(8))
        column.setSpacing(px(4))
        self.headings: dict[str, SectionHeading] = {}
        self.lists: dict[str, RowList] = {}
        self._models: dict[str, QStandardItemModel] = {}
        for kind, title in (
            ("document", by_document),
            ("participant", by_participant),
        ):
            heading = SectionHeading(appearance, title)
            rows = RowList(appearance, title)
            rows.setItemDelegate(_BarDelegate(appearance, rows))
            model = QStandardItemModel(self)
            rows.setModel(model)
            rows.clicked.connect(lambda index, k=kind: self._choose(k, index))
            rows.activated.connect(lambda index, k=kind: self._choose(k, index))
            column.addWidget(heading)
            column.addWidget(rows)
            column.addSpacing(px(6))
            self.headings[kind], self.lists[kind], self._models[kind] = heading, rows, model
        column.addStretch(1)

    def show_counts(self, documents: Sequence[Spread], participants: Sequence[Spread]) -> None:
        """Show counts, most first; a choice that is gone is dropped."""
        for kind, rows in (("document", documents), ("participant", participants)):
            model = self._models[kind]
            model.clear()
            ranked = sorted(rows, key=lambda row: -row.count)
            most = max((row.count for row in ranked), default=1) or 1
            for row in ranked:
                name = row.label or self.tr("nobody’s words")
                item = QStandardItem(name)
                item.setEditable(False)
                item.setData(row.key, ItemRole.KEY)
                item.setData(figure(row.count), ItemRole.COUNT)
                item.setData(row.count / most, _SHARE)
                item.setData(row.key is None, ItemRole.DIM)
                item.setToolTip(row.tip)
                model.appendRow(item)
            self.headings[kind].set_note(figure(sum(row.key is not None for row in rows)))
            self.lists[kind].keep_whole(model.rowCount())
        self._show_held()

    @property
    def held(self) -> tuple[str, object]:
        """What is chosen, as ``chosen`` tells it."""
        return self._held

    def clear_choice(self) -> None:
        """Choose nothing; silent."""
        self._held = ("", None)
        self._show_held()

    def _choose(self, kind: str, index: QModelIndex) -> None:
        key: UUID | None = index.data(ItemRole.KEY)
        self._held = ("", None) if self._held == (kind, key) else (kind, key)
        self._show_held()
        self.chosen.emit(*self._held)

    def _show_held(self) -> None:
        kind, key = self._held
        found = False
        for each, rows in self.lists.items():
            model = self._models[each]
            rows.clearSelection()
            for at in range(model.rowCount()):
                index = model.index(at, 0)
                if each == kind and index.data(ItemRole.KEY) == key:
                    rows.setCurrentIndex(index)
                    found = True
        if not found:
            self._held = ("", None)


class _BarDelegate(TreeRowDelegate):
    """A row with a quiet bar under it, as long as its share of the longest."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(appearance, parent)
        self._bar_look = appearance

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        super().paint(painter, option, index)
        share = index.data(_SHARE)
        if not share:
            return
        look = self._bar_look
        box = QRectF(option.rect)
        left, room = box.left() + look.px(14), box.width() - look.px(28)
        bar = QRectF(left, box.bottom() - look.px(4), room * float(share), look.px(3))
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent"))
        painter.setOpacity(0.3)
        painter.drawRoundedRect(bar, 1, 1)
        painter.restore()
