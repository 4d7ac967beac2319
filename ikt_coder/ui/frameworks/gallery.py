"""The frameworks that come with the program: look, search, add, take out."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.codebooks.framework import Framework, Node
from ikt_coder.codebooks.uses import Use, possible_uses, usual_uses
from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
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
from ikt_coder.ui.frameworks.own_files import install_from_file, save_codes
from ikt_coder.ui.frameworks.own_levels import OwnLevels
from ikt_coder.ui.frameworks.shelf import FrameworkShelf
from ikt_coder.ui.frameworks.wording import (
    crosswalk_words,
    overall_words,
    place_words,
    question_words,
    use_words,
    verification_words,
)
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_tree import RowTree
from ikt_coder.ui.widgets.section_heading import SectionHeading
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_OPEN = 300
"""Trees of so many nodes are shown open; in larger ones branches open on asking."""

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
        self.shelf = FrameworkShelf(context)
        self.field, self.presets, self.hits = (
            self.shelf.field,
            self.shelf.presets,
            self.shelf.hits,
        )
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
        self.from_file = QPushButton(self.tr("From a file…"))
        self.save_codes = QPushButton(self.tr("Save codes…"))
        self.save_codes.setToolTip(self.tr("Save codes of the project as a framework"))
        self.new_set = QPushButton(self.tr("New level set…"))
        self.new_set.setEnabled(not self._project.read_only)
        self.forget = QPushButton(self.tr("Remove from my library"))
        for button in (self.from_file, self.save_codes, self.new_set, self.forget):
            button.setAutoDefault(False)
        self.uses = {use: QCheckBox(use_words(use)) for use in Use}
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
        self._lay_out()
        self._connect()
        self.shelf.fill()

    def _lay_out(self) -> None:
        look, px = self._context.appearance, self._context.appearance.px
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, px(12), 0, px(12))
        column.setSpacing(px(6))
        head = QVBoxLayout()
        head.setContentsMargins(px(14), 0, px(12), 0)
        head.addWidget(SectionHeading(look, self.tr("Frameworks")))
        column.addLayout(head)
        column.addWidget(self.shelf, 1)
        foot = QWidget()
        wrapped = WrapLayout(foot, across=px(6), down=px(6))
        for button in (self.from_file, self.save_codes, self.new_set):
            wrapped.addWidget(button)
        around = QVBoxLayout()
        around.setContentsMargins(px(14), 0, px(12), 0)
        around.addWidget(foot)
        column.addLayout(around)
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
        for box in self.uses.values():
            buttons.addWidget(box)
        buttons.addStretch(1)
        for button in (self.forget, self.remove, self.close_button, self.add):
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
        self.shelf.chosen.connect(self.show_preset)
        self.shelf.left.connect(self.reject)
        self.tree.selectionModel().currentChanged.connect(self._node_chosen)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.new_set.clicked.connect(self._make_set)
        self.from_file.clicked.connect(self._install)
        self.save_codes.clicked.connect(self._save_codes)
        self.forget.clicked.connect(self._forget)
        for box in self.uses.values():
            box.toggled.connect(self._fit_add)
        self.close_button.clicked.connect(self.reject)
        self._context.signals.changed.connect(self._changed)

    # -- the right side ---------------------------------------------------------------------

    def show_preset(self, key: str, node: str = "") -> None:
        """Show a preset, with one of its nodes chosen."""
        preset = self.shelf.framework_of(key)
        if preset is None:
            self._show_spoilt(key)
            return
        preset = self._project.level_sets.worded(preset)
        if preset != self._preset:
            self._preset = preset
            self.nodes.show(preset, self._actor())
            if len(preset.nodes) <= _OPEN:
                self.tree.expandAll()
            self._describe(preset)
            self._show_node(None)
        self._fit_buttons()
        item = self.nodes.item_of(node) if node else None
        if item is not None:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.tree.selectionModel().setCurrentIndex(item.index(), flags)
            self.tree.scrollTo(item.index())

    def _show_spoilt(self, key: str) -> None:
        """A file of the library that cannot be read: its faults in place of its nodes."""
        kept = self.shelf.spoilt.get(key)
        if kept is None:
            return
        self._preset = None
        self.nodes.clear()
        for words in (self.citation, self.node_words, self.checked, self.licence):
            words.say("")
        self.title.say(kept.name)
        self.place.say(self.tr("This file of your library cannot be read. Mend it, or remove it."))
        self.facts.say("\n".join(str(fault) for fault in kept.faults))
        self._show_node(None)
        self._fit_buttons()

    def _actor(self) -> str:
        return self._project.card.get().focal_actor

    def _describe(self, preset: Framework) -> None:
        self.title.say(preset.name)
        self.place.say("\n".join(part for part in (preset.purpose, place_words(preset)) if part))
        self.citation.say(preset.citation.reference if preset.citation is not None else "")
        facts = [] if _is_own(preset) else [overall_words(preset)]
        facts += [verification_words(one) for one in preset.verification]
        if preset.definitions_label:
            facts.insert(0, self.tr("Definitions: {label}.").format(label=preset.definitions_label))
        further = [one.reference for one in preset.further_citations]
        groups = (
            facts,
            [question_words(preset)],
            [*preset.guidance, *preset.notes],
            [crosswalk_words(preset)],
            further,
        )
        said = ("\n".join(part for part in group if part) for group in groups)
        self.facts.say("\n\n".join(part for part in said if part))
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
        if node.size is not None:
            lines.append(self.tr("Stands for {count} entries").format(count=node.size))
        if node.source_n is not None:
            lines.append(self.tr("Found in {count} studies").format(count=node.source_n))
        if node.example:
            lines.append(self.tr("For instance: {words}").format(words=node.example))
        if node.synonyms:
            lines.append(self.tr("Also called: {names}").format(names=", ".join(node.synonyms)))
        return "\n".join(lines)

    def _there(self) -> UUID | None:
        """The chosen preset's key in the project, where it was added."""
        key = self._preset.key if self._preset is not None else None
        return next((r.id for r in self._project.frameworks.all() if r.key == key), None)

    def _fit_buttons(self) -> None:
        there = self._there()
        self.remove.setVisible(there is not None)
        self.remove.setEnabled(not self._project.read_only)
        self.state.setText(self.tr("✓ In the project") if there is not None else "")
        key = self._preset.key if self._preset is not None else self.shelf.chosen_key()
        library = self._project.frameworks.library
        own = self._preset is None or key not in self._program()
        kept = own and (key in self.shelf.spoilt or library.has(key))
        self.forget.setVisible(kept)
        possible = possible_uses(self._preset) if self._preset is not None else ()
        has = self._project.frameworks.uses(there) if there is not None else frozenset()
        usual = usual_uses(self._preset) if self._preset is not None else frozenset()
        for use, box in self.uses.items():
            box.blockSignals(True)
            box.setVisible(len(possible) > 1 and use not in has)
            box.setEnabled(not self._project.read_only)
            box.setChecked(there is None and use in usual)
            box.blockSignals(False)
        self._fit_add()

    def _program(self) -> set[str]:
        return {one.key for one in self._project.frameworks.presets()}

    def _wanted(self) -> frozenset[Use]:
        """The uses asked for that the framework does not have yet."""
        there = self._there()
        has = self._project.frameworks.uses(there) if there is not None else frozenset()
        chosen = (use for use, box in self.uses.items() if not box.isHidden() and box.isChecked())
        return frozenset(chosen) - has

    def _fit_add(self) -> None:
        there = self._there() is not None
        several = any(not box.isHidden() for box in self.uses.values())
        self.add.setVisible(self._preset is not None and (not there or bool(self._wanted())))
        self.add.setEnabled(not self._project.read_only and (not several or bool(self._wanted())))

    # -- acts -------------------------------------------------------------------------------

    def _add(self) -> None:
        if self._preset is None:
            return
        key, uses = self._preset.key, self._wanted() or None
        words = self.tr("Added {name}").format(name=bold(self._preset.name))
        rows = len(self._preset.nodes)
        carry_out(self._context, lambda: self._project.frameworks.add(key, uses), words, rows)

    def _remove(self) -> None:
        there = self._there()
        if there is None or self._preset is None:
            return
        heads = [row.id for row in self._project.codes.all(counted=False) if row.framework == there]
        codings = self._project.codes.delete_preview(heads).codings if heads else 0
        words = self.tr("Removed {name}").format(name=bold(self._preset.name))
        answers = self._answers(there)
        if codings:
            words += self.tr(" with {codings}").format(codings=codings_in_words(codings))
        if answers:
            words += self.tr(" and what was charted with it: {count}").format(count=answers)
        rows = len(heads) + codings + answers
        carry_out(self._context, lambda: self._project.frameworks.remove(there), words, rows)

    def _answers(self, framework: UUID) -> int:
        """How many answers to its questions there are in charting forms."""
        charting = self._project.charting
        fields = [row.id for row in charting.fields() if row.framework == framework]
        return sum(charting.answers_to(field) for field in fields)

    def _make_set(self) -> None:
        dialog = LevelSetDialog(self._context, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._choose(dialog.made)
        dialog.deleteLater()

    def _choose(self, framework: UUID | None) -> None:
        """Show a framework of the project."""
        key = next((r.key for r in self._project.frameworks.all() if r.id == framework), "")
        self.shelf.choose(key)

    def _install(self) -> None:
        key = install_from_file(self._context, self)
        if key:
            self._read_library(key)

    def _save_codes(self) -> None:
        if save_codes(self._context, self):
            self._read_library(self.shelf.chosen_key())

    def _forget(self) -> None:
        """Take the chosen one out of the library; projects that use it keep it."""
        key = self._preset.key if self._preset is not None else self.shelf.chosen_key()
        spoilt = self.shelf.spoilt.get(key)
        try:
            self._project.frameworks.library.remove(spoilt.path.stem if spoilt else key)
        except UserError as error:
            self._context.fail(error)
        self._read_library(key)

    def _read_library(self, key: str) -> None:
        """List the library as it is now, with one chosen."""
        self.shelf.read()
        self.shelf.fill()
        self.shelf.choose(key)
        self._fit_buttons()

    def _changed(self, changes: Changes) -> None:
        if changes.touches("framework", "code", "level", "project"):
            before = [(one.key, one.name) for one in self.shelf.everything]
            self.shelf.read()
            if before != [(one.key, one.name) for one in self.shelf.everything]:
                self.shelf.fill()
            self.shelf.mark()
            self._show_anew()

    def _show_anew(self) -> None:
        """Show the chosen framework as it is now; the chosen node stays chosen."""
        before = self._preset
        preset = self.shelf.framework_of(before.key) if before is not None else None
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
