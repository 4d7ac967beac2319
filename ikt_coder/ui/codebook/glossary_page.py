"""The glossary: terms at the left, the chosen one beside them, kept as it is written."""

from __future__ import annotations

from html import escape
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.words import FrameworkKind
from ikt_coder.services.base import UNSET, Unset
from ikt_coder.services.glossary import TermRow
from ikt_coder.ui.codes.acting import carry_out
from ikt_coder.ui.context import Context
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.rows_model import RowsModel
from ikt_coder.ui.widgets.section_heading import SectionHeading
from ikt_coder.ui.widgets.wrap_layout import WrapLayout


class TermModel(RowsModel[TermRow]):
    """Terms in alphabetical order."""

    def shown(self, row: TermRow, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return row.term
        if role == ItemRole.SUBTITLE:
            line = " ".join(row.definition.split())
            return line if len(line) <= 90 else line[:90].rsplit(" ", 1)[0] + " …"
        return None


class GlossaryPage(QWidget):
    """What is written is kept when a field is left; each is one act."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        self._chosen: UUID | None = None
        self._filling = False
        self.model = TermModel(self)
        self._build()
        context.signals.changed.connect(self._changed)
        self.refresh()

    def _build(self) -> None:
        look, px = self._context.appearance, self._context.appearance.px
        heading = SectionHeading(look, self.tr("Glossary"))
        heading.setContentsMargins(px(14), 0, px(10), 0)
        self.add_button = QPushButton(self.tr("Add"), self)
        look.set_icon(self.add_button, "plus", "ink")
        self.add_button.clicked.connect(self.add)
        self.from_code = QPushButton(self.tr("From a code…"), self)
        self.from_code.clicked.connect(self._choose_code)
        for button in (self.add_button, self.from_code):
            button.setAutoDefault(False)
            button.setEnabled(not self._project.read_only)
            heading.add_action(button)
        self.filter = FilterField(look, self.tr("Find a term"))
        self.filter.textChanged.connect(lambda _words: self.refresh())
        self.list = RowList(look, self.tr("Terms"), ruled=True)
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.filter.enter_list_asked.connect(self.list.setFocus)
        left = QWidget(self)
        left.setProperty("surface", "panel")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(6))
        column.addWidget(heading)
        field = QHBoxLayout()
        field.setContentsMargins(px(14), 0, px(12), 0)
        field.addWidget(self.filter)
        column.addLayout(field)
        column.addWidget(self.list, 1)
        settings = self._context.settings
        splitter = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter("codebook.glossary"),
            save=lambda sizes: settings.remember_splitter("codebook.glossary", sizes),
            parent=self,
        )
        splitter.add_pane(left, px(320))
        splitter.add_pane(self._form(), px(640), stretch=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)

    def _form(self) -> QWidget:
        look, px = self._context.appearance, self._context.appearance.px
        self.term = FormField.line(look, self.tr("&Term"))
        self.definition = FormField.text(look, self.tr("&Definition"))
        self.source = FormField.text(
            look, self.tr("&Source"), self.tr("Where the definition is from")
        )
        self.term.editor.editingFinished.connect(lambda: self._keep(name=self.term.editor.text()))
        self.definition.editor.committed.connect(lambda text: self._keep(definition=text))
        self.source.editor.committed.connect(lambda text: self._keep(source=text))
        self.delete_button = QPushButton(self.tr("Delete the term"), self)
        self.delete_button.setProperty("kind", "flat")
        self.delete_button.clicked.connect(self.delete)
        form = QWidget(self)
        form.setMaximumWidth(px(720))
        column = QVBoxLayout(form)
        column.setContentsMargins(px(24), px(16), px(24), px(16))
        column.setSpacing(px(12))
        for field in (self.term, self.definition, self.source):
            field.editor.setEnabled(not self._project.read_only)
            column.addWidget(field)
        foot = QWidget(form)
        WrapLayout(foot).addWidget(self.delete_button)
        column.addWidget(foot)
        column.addStretch(1)
        self.empty = EmptyView(
            look,
            "memo",
            self.tr("No terms yet"),
            self.tr(
                "A study says what it means by its terms. Write them here with their sources, or "
                "take them over from the codebook; the glossary is a table of the report."
            ),
            self,
        )
        self.pages = QStackedWidget(self)
        self.pages.setProperty("surface", "paper")
        self.pages.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for page in (form, self.empty):
            self.pages.addWidget(page)
        return self.pages

    # -- showing ----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the terms anew; the chosen one stays chosen where it is listed."""
        rows = self._project.glossary.all(self.filter.text())
        self._filling = True
        self.model.put(rows)
        keys = [row.id for row in rows]
        at = keys.index(self._chosen) if self._chosen in keys else 0
        if rows:
            self.list.setCurrentIndex(self.model.index(at, 0))
        self._filling = False
        self._show(rows[at] if rows else None)

    def _show(self, row: TermRow | None) -> None:
        self._chosen = row.id if row is not None else None
        self.pages.setCurrentIndex(0 if row is not None else 1)
        if self.filter.text():
            self.empty.set_words(self.tr("No term fits"))
        if row is None:
            return
        if self.term.editor.text() != row.term:
            self.term.editor.setText(row.term)
        self.definition.editor.set_text(row.definition)
        self.source.editor.set_text(row.source)
        self.delete_button.setEnabled(not self._project.read_only)

    def _choose(self, index: QModelIndex) -> None:
        if not self._filling:
            self._show(self.model.row(index))

    def _changed(self, changes: Changes) -> None:
        if changes.touches("glossary_term"):
            self.refresh()

    # -- acting -----------------------------------------------------------------------------

    def add(self) -> None:
        """Add a term, to be named at once."""
        number, name = 1, self.tr("New term")
        while self._project.glossary.find(name) is not None:
            number += 1
            name = self.tr("New term {number}").format(number=number)
        self.filter.clear()
        self._take(lambda: self._project.glossary.add(name), name)
        self.term.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.term.editor.selectAll()

    def _choose_code(self) -> None:
        choices = [
            Choice(row.id, row.name, " › ".join(row.path[:-1]), "", row.colour, row.pattern.value)
            for row in self._project.codes.all(counted=False)
        ]
        choices += self._nodes()
        look = self._context.appearance
        chooser = ChoiceList(look, self.tr("Find a code or a term of a framework"), choices)
        chooser.taken.connect(self.add_code)
        open_choices(look, chooser, self.from_code)

    def _nodes(self) -> list[Choice]:
        """What the project's other frameworks define: levels, stages, outcomes."""
        found: list[Choice] = []
        for row in self._project.frameworks.all():
            if row.kind is FrameworkKind.CODEBOOK:
                continue  # its nodes are codes
            try:
                preset = self._project.frameworks.content(row.id)
            except NotFound:
                continue  # made by a newer version of the program
            found += [
                Choice((row.id, node.key), node.name, row.name)
                for node in preset.nodes
                if node.applicable
            ]
        return found

    def add_code(self, what: object) -> None:
        """Take a code over with its definition and source, or a node of a framework, which is
        named by the framework's id and its own key."""
        glossary = self._project.glossary
        if isinstance(what, UUID):
            name = self._project.codes.get(what).name
            self._take(lambda: glossary.add_code(what), name)
        elif isinstance(what, tuple):
            framework, key = what
            preset = self._project.frameworks.content(framework)
            self._take(lambda: glossary.add_node(preset, key), preset.node(key).name)

    def _take(self, act: Any, name: str) -> None:
        try:
            self._chosen = act()
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(
            self.tr("Added <b>{name}</b> to the glossary").format(name=escape(name, quote=False))
        )
        self.refresh()

    def _keep(
        self,
        *,
        name: str | Unset = UNSET,
        definition: str | Unset = UNSET,
        source: str | Unset = UNSET,
    ) -> None:
        term = self._chosen
        if term is None or self._project.read_only:
            return
        row = self._project.glossary.get(term)
        if name == row.term:
            return
        words = self.tr("Changed <b>{name}</b> in the glossary").format(
            name=escape(row.term, quote=False)
        )
        glossary = self._project.glossary
        if not carry_out(
            self._context,
            lambda: glossary.change(term, name=name, definition=definition, source=source),
            words,
        ):
            self._show(row)

    def delete(self) -> None:
        """Take the term out; Undo brings it back."""
        term = self._chosen
        if term is None:
            return
        name = escape(self._project.glossary.get(term).term, quote=False)
        words = self.tr("Deleted <b>{name}</b> from the glossary").format(name=name)
        carry_out(self._context, lambda: self._project.glossary.delete(term), words)

    def focus_page(self) -> None:
        """Bring the keyboard to the terms."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
