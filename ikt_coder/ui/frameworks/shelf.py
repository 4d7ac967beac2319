"""The left side of the gallery: frameworks by tier and by what they are for, and the search."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ikt_coder.codebooks.catalogue import Hit, Place, search
from ikt_coder.codebooks.framework import Applies, Framework, Node, Tier
from ikt_coder.services.framework_library import Kept
from ikt_coder.services.level_sets import OWN
from ikt_coder.ui.codes.paragraph import Paragraph
from ikt_coder.ui.context import Context
from ikt_coder.ui.frameworks.spoken import speak
from ikt_coder.ui.frameworks.wording import kind_words, purpose_words, tier_words
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList

_NODE_ROLE = ItemRole.KIND
_MOST_HITS = 200
SPOILT = "file:"
"""What the key of a library's file begins with that cannot be read any more."""

_PURPOSES: tuple[frozenset[Applies], ...] = (
    frozenset(Applies),
    frozenset({Applies.SEGMENT}),
    frozenset({Applies.CODING}),
    frozenset({Applies.DOCUMENT, Applies.EVENT}),
    frozenset({Applies.CASE}),
    frozenset({Applies.RECOMMENDATION}),
    frozenset({Applies.PROJECT}),
)


class FrameworkShelf(QWidget):
    """``chosen`` tells the framework (its key) and node (or nothing) that somebody went to."""

    chosen = Signal(str, str)
    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = context.project
        look = context.appearance
        self.everything: tuple[Framework, ...] = ()
        self.spoilt: dict[str, Kept] = {}
        self.field = FilterField(look, self.tr("Find a domain or construct"))
        self.purpose = QuietComboBox()
        self.purpose.setAccessibleName(self.tr("What it is for"))
        for applies in _PURPOSES:
            self.purpose.addItem(purpose_words(applies), applies)
        self.presets = RowList(look, self.tr("Frameworks"))
        self.hits = RowList(look, self.tr("Found"))
        self.preset_model = QStandardItemModel(self)
        self._hit_model = QStandardItemModel(self)
        self.presets.setModel(self.preset_model)
        self.hits.setModel(self._hit_model)
        self._nothing = Paragraph(tone="dim")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.presets)
        self._stack.addWidget(self.hits)
        px = look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        head = QVBoxLayout()
        head.setContentsMargins(px(14), 0, px(12), 0)
        head.setSpacing(px(6))
        for widget in (self.field, self.purpose, self._nothing):
            head.addWidget(widget)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self.field.textChanged.connect(self._find)
        self.field.enter_list_asked.connect(self._enter_list)
        self.field.leave_asked.connect(self.left)
        self.purpose.currentIndexChanged.connect(self._purpose_chosen)
        self.presets.selectionModel().currentChanged.connect(self._preset_chosen)
        self.hits.selectionModel().currentChanged.connect(self._hit_chosen)
        self.read()

    # -- what there is ----------------------------------------------------------------------

    def read(self) -> None:
        """Read anew what there is: of the program, the library and the project."""
        there = self._project.frameworks.in_project()
        kept = self._project.frameworks.library.all()
        self.spoilt = {f"{SPOILT}{one.path}": one for one in kept if one.framework is None}
        found = {one.key: one for one in self._project.frameworks.presets()}
        found |= {one.framework.key: one.framework for one in kept if one.framework is not None}
        found |= {one.key: one for one in there if one.key in found or one.tier is not Tier.EXAMPLE}
        found |= {one.key: one for one in self._project.level_sets.own()}
        self.everything = tuple(found.values())

    def framework_of(self, key: str) -> Framework | None:
        return next((one for one in self.everything if one.key == key), None)

    def fill(self) -> None:
        """List what there is; the chosen one stays chosen where it is still listed."""
        before = self.chosen_key()
        program = {one.key for one in self._project.frameworks.presets()}
        applies = self._wanted()
        groups: dict[str, list[QStandardItem]] = {}
        for one in self.everything:
            if not applies.isdisjoint(one.applies_to or frozenset(Applies)):
                heading = tier_words(one.tier if one.key in program else None)
                groups.setdefault(heading, []).append(self._item(one))
        for key, kept in self.spoilt.items():
            item = _row(kept.name, key)
            item.setData(self.tr("cannot be read"), ItemRole.SUBTITLE)
            item.setData("⚠", ItemRole.COUNT)
            groups.setdefault(tier_words(None), []).append(item)
        with QSignalBlocker(self.presets.selectionModel()):
            self.preset_model.clear()
        for heading, items in groups.items():
            title = QStandardItem(heading)
            title.setFlags(Qt.ItemFlag.NoItemFlags)
            title.setData(True, ItemRole.STRONG)
            title.setData(True, ItemRole.DIM)
            self.preset_model.appendRow(title)
            for item in items:
                self.preset_model.appendRow(item)
        self.mark()
        if not self.choose(before):
            self.choose(self._first_key())

    def _item(self, preset: Framework) -> QStandardItem:
        own = preset.key.startswith(OWN)
        item = _row(preset.name, preset.key)
        parts = [kind_words(preset), self.tr("your own") if own else preset.short_name]
        if preset.source_name:
            parts.append(preset.source_name)
        item.setData(" · ".join(parts), ItemRole.SUBTITLE)
        return item

    def mark(self) -> None:
        """Show which are in the project."""
        there = {row.key for row in self._project.frameworks.all()}
        for row in range(self.preset_model.rowCount()):
            item = self.preset_model.item(row)
            key = item.data(ItemRole.KEY)
            if isinstance(key, str) and key not in self.spoilt:
                item.setData(self.tr("✓ added") if key in there else None, ItemRole.COUNT)
            speak(item)

    def listed(self) -> list[str]:
        """The keys in the order of the list, without headings."""
        rows = (self.preset_model.item(row) for row in range(self.preset_model.rowCount()))
        found = (item.data(ItemRole.KEY) for item in rows)
        return [key for key in found if isinstance(key, str)]

    def chosen_key(self) -> str:
        return str(self.presets.currentIndex().data(ItemRole.KEY) or "")

    def choose(self, key: str) -> bool:
        """Go to a framework of the list; whether it is listed."""
        for row in range(self.preset_model.rowCount()):
            if key and self.preset_model.item(row).data(ItemRole.KEY) == key:
                self.presets.setCurrentIndex(self.preset_model.index(row, 0))
                return True
        return False

    def _first_key(self) -> str:
        return next(iter(self.listed()), "")

    def _wanted(self) -> frozenset[Applies]:
        found = self.purpose.currentData()
        return found if isinstance(found, frozenset) else frozenset(Applies)

    # -- what somebody does -----------------------------------------------------------------

    def _purpose_chosen(self) -> None:
        self.fill()
        self._find(self.field.text())

    def _preset_chosen(self, index: QModelIndex) -> None:
        key = index.data(ItemRole.KEY)
        if isinstance(key, str):
            self.chosen.emit(key, "")

    def _hit_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(str(index.data(ItemRole.KEY)), str(index.data(_NODE_ROLE)))

    def _enter_list(self) -> None:
        shown = self._stack.currentWidget()
        if shown is not None:
            shown.setFocus(Qt.FocusReason.TabFocusReason)

    def _find(self, words: str) -> None:
        searching = bool(words.strip())
        self._stack.setCurrentWidget(self.hits if searching else self.presets)
        with QSignalBlocker(self.hits.selectionModel()):  # clearing goes through row after row
            self._hit_model.clear()
        applies = self._wanted()
        within = [
            one for one in self.everything if not applies.isdisjoint(one.applies_to or (*Applies,))
        ]
        found = search(words, within) if searching else ()
        for hit in found[:_MOST_HITS]:
            self._hit_model.appendRow(self._hit_item(hit))
        said = ""
        if searching and not found:
            said = self.tr("Nothing fits. Try another word for it.")
        elif len(found) > _MOST_HITS:
            said = self.tr("The first {most} of {count}; another word makes them fewer.").format(
                most=_MOST_HITS, count=len(found)
            )
        self._nothing.say(said)
        if found:
            self.hits.setCurrentIndex(self._hit_model.index(0, 0))

    def _hit_item(self, hit: Hit) -> QStandardItem:
        item = _row(hit.node.name, hit.framework.key)
        item.setData(hit.node.key, _NODE_ROLE)
        item.setData(hit.framework.short_name, ItemRole.COUNT)
        way = [node.name for node in _above(hit)]
        if hit.place is Place.CONSTRUCT:
            way += [hit.node.name, hit.text]
        elif hit.place is Place.SYNONYM:
            way += [self.tr("also called “{name}”").format(name=hit.text)]
        words = " › ".join([hit.framework.short_name, *way])
        if hit.place is Place.DEFINITION:
            words += "\n" + hit.node.definition_for(self._project.card.get().focal_actor)
        item.setData(words, ItemRole.SUBTITLE)
        speak(item)
        return item


def _above(hit: Hit) -> list[Node]:
    """The nodes above the one that was found, from the root."""
    way = []
    at = hit.node.parent
    while at is not None:
        node = hit.framework.node(at)
        way.append(node)
        at = node.parent
    return list(reversed(way))


def _row(name: str, key: str) -> QStandardItem:
    item = QStandardItem(name)
    item.setEditable(False)
    item.setData(key, ItemRole.KEY)
    return item
