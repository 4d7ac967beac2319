"""The frameworks that come with the program: look, search, add, take out."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, QSize, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.codebooks.catalogue import Hit, Place, search
from ikt_coder.codebooks.framework import Framework, Node
from ikt_coder.core.changes import Changes
from ikt_coder.services.level_sets import OWN
from ikt_coder.services.rows import LevelRow
from ikt_coder.ui.codes.acting import carry_out
from ikt_coder.ui.codes.paragraph import Paragraph
from ikt_coder.ui.codes.provenance import checked_in_words
from ikt_coder.ui.codes.wording import bold, codings_in_words
from ikt_coder.ui.context import Context
from ikt_coder.ui.frameworks.level_set_dialog import LevelSetDialog
from ikt_coder.ui.frameworks.level_wording import LevelWording
from ikt_coder.ui.frameworks.node_tree import NodeModel
from ikt_coder.ui.frameworks.own_levels import OwnLevels
from ikt_coder.ui.frameworks.wording import (
    kind_words,
    overall_words,
    place_words,
    verification_words,
)
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.row_tree import RowTree
from ikt_coder.ui.widgets.section_heading import SectionHeading

_NODE_ROLE = ItemRole.KIND
_SHORT = 110
"""A definition of so many characters is whole in the tree; a longer one is repeated below."""


class FrameworkGallery(QDialog):
    """Presets at the left, the chosen one at the right; adding and removing are one act each."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        self._preset: Framework | None = None
        look = context.appearance
        self.setWindowTitle(self.tr("Frameworks"))
        self.field = FilterField(look, self.tr("Find a domain or construct"))
        self.presets = RowList(look, self.tr("Frameworks"))
        self.hits = RowList(look, self.tr("Found"))
        self._preset_model = QStandardItemModel(self)
        self._hit_model = QStandardItemModel(self)
        self.presets.setModel(self._preset_model)
        self.hits.setModel(self._hit_model)
        self.nodes = NodeModel()
        self.nodes.setParent(self)
        self.tree = RowTree(look, self.tr("Contents of the framework"), self)
        self.tree.setModel(self.nodes)
        self.title = Paragraph(face="title")
        self.place = Paragraph()
        self.citation = Paragraph(tone="dim", face="small")
        self.node_words = Paragraph(rich=False)
        self.wording = LevelWording(context)
        self.own = OwnLevels(context)
        self.new_set = QPushButton(self.tr("New level set…"))
        self.new_set.setAutoDefault(False)
        self.new_set.setEnabled(not self._project.read_only)
        self.checked = Paragraph(tone="dim", face="small")
        self.facts = Paragraph(tone="dim", face="small")
        self.licence = Paragraph(tone="dim", face="small")
        self.state = QLabel()
        self.state.setProperty("tone", "accent")
        self.add = QPushButton(self.tr("Add to the project"))
        self.add.setProperty("kind", "primary")
        self.add.setDefault(True)
        self.remove = QPushButton(self.tr("Remove from the project"))
        self.remove.setProperty("kind", "danger")
        self.remove.setAutoDefault(False)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setAutoDefault(False)
        self._left = QStackedWidget()
        self._nothing = Paragraph(tone="dim")
        self._lay_out()
        self._connect()
        self._fill()
        self.presets.setCurrentIndex(self._preset_model.index(0, 0))

    def _lay_out(self) -> None:
        look, px = self._context.appearance, self._context.appearance.px
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, px(12), 0, px(12))
        column.setSpacing(px(6))
        head = QVBoxLayout()
        head.setContentsMargins(px(14), 0, px(12), 0)
        head.addWidget(SectionHeading(look, self.tr("Frameworks")))
        head.addWidget(self.field)
        head.addWidget(self._nothing)
        column.addLayout(head)
        self._left.addWidget(self.presets)
        self._left.addWidget(self.hits)
        column.addWidget(self._left, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(14), 0, px(12), 0)
        foot.addWidget(self.new_set)
        foot.addStretch(1)
        column.addLayout(foot)
        right = QWidget()
        right.setProperty("surface", "paper")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        body = QVBoxLayout(right)
        body.setContentsMargins(px(20), px(16), px(20), px(12))
        body.setSpacing(px(6))
        for words in (self.title, self.place, self.citation):
            body.addWidget(words)
        body.addSpacing(px(6))
        body.addWidget(_line())
        body.addWidget(self.tree, 3)
        body.addWidget(self.own)
        body.addWidget(_line())
        body.addWidget(self._about(), 2)
        buttons = QHBoxLayout()
        buttons.addWidget(self.state)
        buttons.addStretch(1)
        for button in (self.remove, self.add, self.close_button):
            buttons.addWidget(button)
        body.addLayout(buttons)
        settings = self._context.settings
        panes = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter("frameworks"),
            save=lambda sizes: settings.remember_splitter("frameworks", sizes),
        )
        panes.add_pane(left, px(300))
        panes.add_pane(right, px(560), stretch=True)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(panes)
        self.resize(QSize(px(900), px(640)).boundedTo(self.screen().availableSize()))

    def _about(self) -> QScrollArea:
        """What is known of the chosen node and of the framework's facts."""
        px = self._context.appearance.px
        inside = QWidget()
        inside.setProperty("transparent", "true")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, px(8), px(8), 0)
        column.setSpacing(px(6))
        column.addWidget(self.node_words)
        column.addWidget(self.wording)
        for words in (self.checked, self.facts, self.licence):
            column.addWidget(words)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(px(96))
        area.setAccessibleName(self.tr("About the framework"))
        return area

    def _connect(self) -> None:
        self.field.textChanged.connect(self._find)
        self.field.enter_list_asked.connect(self._enter_list)
        self.field.leave_asked.connect(self.reject)
        self.presets.selectionModel().currentChanged.connect(self._preset_chosen)
        self.hits.selectionModel().currentChanged.connect(self._hit_chosen)
        self.tree.selectionModel().currentChanged.connect(self._node_chosen)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.new_set.clicked.connect(self._make_set)
        self.close_button.clicked.connect(self.reject)
        self._context.signals.changed.connect(self._changed)

    # -- the left side ----------------------------------------------------------------------

    def _fill(self) -> None:
        there = {row.key for row in self._project.frameworks.all()}
        for preset in self._all():
            item = QStandardItem(preset.name)
            item.setEditable(False)
            item.setData(preset.key, ItemRole.KEY)
            self._preset_model.appendRow(item)
        self._mark(there)

    def _all(self) -> tuple[Framework, ...]:
        """The presets, and after them the level sets of the project's own."""
        return (*self._project.frameworks.presets(), *self._project.level_sets.own())

    def _mark(self, there: set[str]) -> None:
        presets = {preset.key: preset for preset in self._all()}
        for row in range(self._preset_model.rowCount()):
            item = self._preset_model.item(row)
            preset = presets[item.data(ItemRole.KEY)]
            parts = [kind_words(preset.kind)]
            parts.append(self.tr("your own") if _is_own(preset) else preset.short_name)
            if preset.citation is not None:
                parts.append(preset.citation.short)
            item.setData(" · ".join(parts), ItemRole.SUBTITLE)
            item.setData(self.tr("✓ added") if preset.key in there else None, ItemRole.COUNT)

    def _find(self, words: str) -> None:
        searching = bool(words.strip())
        self._left.setCurrentWidget(self.hits if searching else self.presets)
        self._hit_model.clear()
        found = search(words, self._all()) if searching else ()
        for hit in found:
            self._hit_model.appendRow(self._hit_item(hit))
        self._nothing.say(
            self.tr("Nothing fits. Try another word for it.") if searching and not found else ""
        )
        if found:
            self.hits.setCurrentIndex(self._hit_model.index(0, 0))

    def _hit_item(self, hit: Hit) -> QStandardItem:
        item = QStandardItem(hit.node.name)
        item.setEditable(False)
        item.setData(hit.framework.key, ItemRole.KEY)
        item.setData(hit.node.key, _NODE_ROLE)
        item.setData(hit.framework.short_name, ItemRole.COUNT)
        if hit.place is Place.CONSTRUCT:
            words = self.tr("holds the construct “{name}”").format(name=hit.text)
            item.setData(words, ItemRole.SUBTITLE)
        elif hit.place is Place.SYNONYM:
            item.setData(self.tr("also called “{name}”").format(name=hit.text), ItemRole.SUBTITLE)
        elif hit.place is Place.DEFINITION:
            item.setData(hit.node.definition_for(self._actor()), ItemRole.SUBTITLE)
        return item

    def _enter_list(self) -> None:
        shown = self._left.currentWidget()
        if shown is not None:
            shown.setFocus(Qt.FocusReason.TabFocusReason)

    def _preset_chosen(self) -> None:
        index = self.presets.currentIndex()
        if index.isValid():
            self.show_preset(str(index.data(ItemRole.KEY)))

    def _hit_chosen(self) -> None:
        index = self.hits.currentIndex()
        if index.isValid():
            self.show_preset(str(index.data(ItemRole.KEY)), str(index.data(_NODE_ROLE)))

    # -- the right side ---------------------------------------------------------------------

    def show_preset(self, key: str, node: str = "") -> None:
        """Show a preset, with one of its nodes chosen."""
        preset = next((one for one in self._all() if one.key == key), None)
        if preset is None:
            return
        preset = self._project.level_sets.worded(preset)
        if preset != self._preset:
            self._preset = preset
            self.nodes.show(preset, self._actor())
            self.tree.expandAll()
            self._describe(preset)
            self._show_node(None)
        self._fit_buttons()
        item = self.nodes.item_of(node) if node else None
        if item is not None:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.tree.selectionModel().setCurrentIndex(item.index(), flags)
            self.tree.scrollTo(item.index())

    def _actor(self) -> str:
        return self._project.card.get().focal_actor

    def _describe(self, preset: Framework) -> None:
        self.title.say(preset.name)
        self.place.say(place_words(preset))
        self.citation.say(preset.citation.reference if preset.citation is not None else "")
        facts = [] if _is_own(preset) else [overall_words(preset)]
        facts += [verification_words(one) for one in preset.verification]
        if preset.definitions_label:
            facts.insert(0, self.tr("Definitions: {label}.").format(label=preset.definitions_label))
        further = [one.reference for one in preset.further_citations]
        self.facts.say("\n".join([*facts, *preset.guidance, *preset.notes, *further]))
        self.licence.say(
            self.tr("Licence: {words}").format(words=preset.licence) if preset.licence else ""
        )

    def _node_chosen(self) -> None:
        key = self.tree.currentIndex().data(ItemRole.KEY)
        if self._preset is not None and isinstance(key, str) and key in self._preset:
            self._show_node(self._preset.node(key))

    def _show_node(self, node: Node | None) -> None:
        level = self._level_of(node) if node is not None else None
        self.node_words.say(self._of_node(node, level) if node is not None else "")
        own = _is_own(self._preset)
        label = self._preset.definitions_label if self._preset else ""
        self.wording.show_level(level, label, own=own)
        self.own.show_set(
            self._there() if own else None, self._preset.name if self._preset else "", level
        )
        self.checked.say(checked_in_words(node.checked) if node is not None else "")

    def _level_of(self, node: Node) -> LevelRow | None:
        """The level of the project that was made from a node."""
        there = self._there()
        levels = self._project.frameworks.levels() if there is not None else ()
        return next((r for r in levels if r.framework == there and r.node_key == node.key), None)

    def _of_node(self, node: Node, level: LevelRow | None) -> str:
        if level is not None:
            return ""  # its fields stand below
        lines = [node.name]
        definition = node.definition_for(self._actor())
        if definition and len(definition) > _SHORT:
            lines[0] = f"{node.name}: {definition}"
        if node.constructs:
            names = ", ".join(construct.name for construct in node.constructs)
            lines.append(self.tr("Constructs: {names}").format(names=names))
        if node.synonyms:
            lines.append(self.tr("Also called: {names}").format(names=", ".join(node.synonyms)))
        return "\n".join(lines)

    def _there(self) -> UUID | None:
        """The chosen preset's key in the project, where it was added."""
        key = self._preset.key if self._preset is not None else None
        return next((r.id for r in self._project.frameworks.all() if r.key == key), None)

    def _fit_buttons(self) -> None:
        there = self._there() is not None
        self.add.setVisible(not there)
        self.remove.setVisible(there)
        self.add.setEnabled(not self._project.read_only)
        self.remove.setEnabled(not self._project.read_only)
        self.state.setText(self.tr("✓ In the project") if there else "")

    # -- acts -------------------------------------------------------------------------------

    def _add(self) -> None:
        if self._preset is None:
            return
        key = self._preset.key
        words = self.tr("Added {name}").format(name=bold(self._preset.name))
        carry_out(self._context, lambda: self._project.frameworks.add(key), words)

    def _remove(self) -> None:
        there = self._there()
        if there is None or self._preset is None:
            return
        heads = [row.id for row in self._project.codes.all(counted=False) if row.framework == there]
        codings = self._project.codes.delete_preview(heads).codings if heads else 0
        words = self.tr("Removed {name}").format(name=bold(self._preset.name))
        if codings:
            words += self.tr(" with {codings}").format(codings=codings_in_words(codings))
        rows = len(heads) + codings
        carry_out(self._context, lambda: self._project.frameworks.remove(there), words, rows)

    def _make_set(self) -> None:
        dialog = LevelSetDialog(self._context, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._choose(dialog.made)
        dialog.deleteLater()

    def _choose(self, framework: UUID | None) -> None:
        """Show a framework of the project."""
        key = next((r.key for r in self._project.frameworks.all() if r.id == framework), None)
        for row in range(self._preset_model.rowCount()):
            if self._preset_model.item(row).data(ItemRole.KEY) == key:
                self.presets.setCurrentIndex(self._preset_model.index(row, 0))

    def _changed(self, changes: Changes) -> None:
        if changes.touches("framework", "code", "level", "project"):
            self._refill()
            self._mark({row.key for row in self._project.frameworks.all()})
            self._show_anew()

    def _refill(self) -> None:
        """Follow level sets that were made, renamed or taken away."""
        wanted = [(preset.key, preset.name) for preset in self._all()]
        items = [self._preset_model.item(row) for row in range(self._preset_model.rowCount())]
        if wanted == [(item.data(ItemRole.KEY), item.text()) for item in items]:
            return
        chosen = self.presets.currentIndex().data(ItemRole.KEY)
        self._preset_model.clear()
        self._fill()
        keys = [key for key, _ in wanted]
        at = keys.index(chosen) if chosen in keys else 0
        self.presets.setCurrentIndex(self._preset_model.index(at, 0))

    def _show_anew(self) -> None:
        """Show the chosen framework as it is now; the chosen node stays chosen."""
        before = self._preset
        preset = next((one for one in self._all() if before and one.key == before.key), None)
        if preset is None or before is None:
            return
        self._preset = preset = self._project.level_sets.worded(preset)
        chosen = self.tree.currentIndex().data(ItemRole.KEY)
        # Items stay where they can, so that a field being typed in keeps the focus.
        if [node.key for node in preset.nodes] == [node.key for node in before.nodes]:
            self.nodes.reword(preset, self._actor())
        else:
            self.nodes.show(preset, self._actor())
        self._describe(preset)
        self._fit_buttons()
        item = self.nodes.item_of(str(chosen))
        if item is not None:
            self.tree.setCurrentIndex(item.index())
            self._node_chosen()
        else:
            self._show_node(None)

    def done(self, result: int) -> None:
        """Close; what was typed is saved first."""
        self.wording.commit()
        super().done(result)


def _is_own(preset: Framework | None) -> bool:
    return preset is not None and preset.key.startswith(OWN)


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("line", "top")
    line.setFixedHeight(1)
    return line
