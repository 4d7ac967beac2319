"""The nodes of a framework as a tree for reading."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from ikt_coder.codebooks.actor import fill_actor
from ikt_coder.codebooks.framework import Framework, Node, Status
from ikt_coder.ui.frameworks.spoken import speak
from ikt_coder.ui.frameworks.wording import status_mark, status_words
from ikt_coder.ui.widgets.roles import ItemRole


class NodeModel(QStandardItemModel):
    """Name, definition and constructs of each node; those of a search can be found by key."""

    def __init__(self) -> None:
        super().__init__()
        self._items: dict[str, QStandardItem] = {}

    def show(self, preset: Framework, actor: str) -> None:
        self.clear()
        self._items = {}
        for _, node in preset.tree():
            item = QStandardItem(node.name)
            item.setEditable(False)
            item.setData(node.key, ItemRole.KEY)
            self._word(item, node, actor)
            if node.colour is not None:
                item.setData(node.colour, ItemRole.COLOUR)
                item.setData((node.pattern or "solid"), ItemRole.PATTERN)
            if not node.applicable:
                item.setData(True, ItemRole.STRONG)
            above = self._items.get(node.parent) if node.parent is not None else None
            (above if above is not None else self.invisibleRootItem()).appendRow(item)
            self._items[node.key] = item

    def reword(self, preset: Framework, actor: str) -> None:
        """Word the same nodes anew."""
        for node in preset.nodes:
            item = self._items[node.key]
            item.setText(node.name)
            self._word(item, node, actor)

    def _word(self, item: QStandardItem, node: Node, actor: str) -> None:
        item.setData(fill_actor(node.definition, actor), ItemRole.SUBTITLE)
        mark = status_mark(node.checked.status if node.checked else None)
        item.setData(mark or None, ItemRole.COUNT)
        speak(item)
        item.setData(self._hint(node, actor), Qt.ItemDataRole.ToolTipRole)

    def item_of(self, key: str) -> QStandardItem | None:
        return self._items.get(key)

    def _hint(self, node: Node, actor: str) -> str:
        lines = [node.name]
        if node.definition:
            lines.append(fill_actor(node.definition, actor))
        if node.constructs:
            names = ", ".join(construct.name for construct in node.constructs)
            lines.append(self.tr("Constructs: {names}").format(names=names))
        if node.checked is not None and node.checked.status is not Status.RETRIEVED:
            lines.append(status_words(node.checked.status))
        return "\n".join(lines)
