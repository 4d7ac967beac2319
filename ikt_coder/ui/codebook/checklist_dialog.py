"""A reporting checklist: item by item, what was done, on which page; a draft until accepted."""

from __future__ import annotations

from html import escape
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.core.words import FrameworkKind
from ikt_coder.services.base import UNSET, Unset
from ikt_coder.services.checklists import ItemRow
from ikt_coder.ui.codes.acting import carry_out
from ikt_coder.ui.codes.paragraph import Paragraph
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.dialog_foot import DialogFoot, dim_words, stack_up
from ikt_coder.ui.widgets.dialog_size import DialogSize
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.rows_model import RowsModel
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_FOLLOWED = ("checklist_answer", "framework", "participant", "quote", "theme", "code", "project")


class ItemModel(RowsModel[ItemRow]):
    """The items; accepted ones have a tick."""

    def shown(self, row: ItemRow, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.number}. {row.name}" if row.number is not None else row.name
        if role == ItemRole.SIGN:
            return "✓" if row.accepted else " "
        if role == ItemRole.SIGN_COLOUR:
            return "accent"
        if role == ItemRole.SUBTITLE:
            return self._state(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            name = str(self.shown(row, Qt.ItemDataRole.DisplayRole))
            return f"{name}, {self._state(row) or self.tr('empty')}"
        return None

    def _state(self, row: ItemRow) -> str:
        if row.accepted:
            page = self.tr("page {page}").format(page=row.page) if row.page else ""
            return " · ".join(part for part in (self.tr("accepted"), page) if part)
        return self.tr("draft") if row.said else ""


class ChecklistDialog(QDialog):
    """Not modal. What is written is kept when a field is left."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Reporting checklist"))
        self._context = context
        self._project = context.project
        self._checklist: UUID | None = None
        self._item: str | None = None
        self._filling = False
        self.model = ItemModel(self)
        self._build()
        context.signals.changed.connect(self._changed)
        self.refresh()

    def _build(self) -> None:
        look, px = self._context.appearance, self._context.appearance.px
        self.which = QuietComboBox(self)
        self.which.setAccessibleName(self.tr("Checklist"))
        self.which.currentIndexChanged.connect(self._choose_checklist)
        self.told = dim_words("", self)
        head = QWidget(self)
        top = QVBoxLayout(head)
        top.setContentsMargins(16, 12, 16, 8)
        row = QWidget(head)
        line = WrapLayout(row)
        line.addWidget(self.which)
        top.addWidget(row)
        top.addWidget(self.told)
        self.list = RowList(look, self.tr("Items"), ruled=True)
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(self._choose)
        settings = self._context.settings
        splitter = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter("checklist"),
            save=lambda sizes: settings.remember_splitter("checklist", sizes),
            parent=self,
        )
        splitter.add_pane(self.list, px(300))
        splitter.add_pane(self._form(), px(480), stretch=True)
        self.empty = EmptyView(
            look,
            "check",
            self.tr("No checklist yet"),
            self.tr(
                "Add the checklist your journal asks for. Items that the project knows for "
                "certain are filled as drafts; you accept each one."
            ),
        )
        if not self._project.read_only:
            for preset in self._project.frameworks.presets():
                if preset.kind is FrameworkKind.CHECKLIST:
                    self.empty.add_button(preset.short_name or preset.name, self._adder(preset.key))
        self.pages = QStackedWidget(self)
        for page in (splitter, self.empty):
            self.pages.addWidget(page)
        foot = DialogFoot(look)
        foot.add_button(self.tr("Close"), self.close)
        stack_up(self, head, self.pages, foot, wide=self.pages)
        DialogSize(self, settings, look, "checklist", 820, 580)

    def _form(self) -> QWidget:
        look, px = self._context.appearance, self._context.appearance.px
        form = QWidget(self)
        form.setProperty("surface", "paper")
        form.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.section = Paragraph(tone="dim", face="small")
        self.name = Paragraph(face="title")
        self.asked = Paragraph(tone="dim")
        self.text = FormField.text(look, self.tr("&What was done"))
        self.page = FormField.line(look, self.tr("&Page of the manuscript"))
        self.accept_box = QCheckBox(self.tr("&Accepted: this is what the paper says"), form)
        self.draft_button = QPushButton(self.tr("Start from the draft again"), form)
        self.draft_button.setProperty("kind", "flat")
        self.draft_button.setAutoDefault(False)
        self.text.editor.committed.connect(lambda words: self._say(text=words))
        self.page.editor.editingFinished.connect(lambda: self._say(page=self.page.editor.text()))
        self.accept_box.clicked.connect(self._accept)
        self.draft_button.clicked.connect(lambda: self._say(text=""))
        column = QVBoxLayout(form)
        column.setContentsMargins(px(20), px(14), px(20), px(14))
        column.setSpacing(px(8))
        for widget in (self.section, self.name, self.asked, self.text, self.page):
            column.addWidget(widget)
        column.addWidget(self.accept_box)
        foot = QWidget(form)
        WrapLayout(foot).addWidget(self.draft_button)
        column.addWidget(foot)
        column.addStretch(1)
        for editor in (self.text.editor, self.page.editor, self.accept_box):
            editor.setEnabled(not self._project.read_only)
        return form

    # -- showing ----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the checklists anew; the chosen item stays chosen."""
        lists = self._project.checklists.all()
        self._filling = True
        keys = [row.id for row in lists]
        if self._checklist not in keys:
            self._checklist = keys[0] if keys else None
        self.which.clear()
        for row in lists:
            self.which.addItem(row.name, str(row.id))
        if self._checklist is not None:
            self.which.setCurrentIndex(keys.index(self._checklist))
        self.which.setVisible(bool(keys))
        rows = self._project.checklists.items(self._checklist) if self._checklist else ()
        self.model.put(rows)
        at = next((i for i, row in enumerate(rows) if row.key == self._item), 0)
        if rows:
            self.list.setCurrentIndex(self.model.index(at, 0))
        self._filling = False
        accepted = sum(row.accepted for row in rows)
        self.told.setText(
            self.tr("{accepted} of {whole} items accepted. The report Reporting checklist writes "
                    "them to a file.").format(accepted=accepted, whole=len(rows))
            if rows
            else ""
        )  # fmt: skip
        self.pages.setCurrentIndex(0 if rows else 1)
        self._show(rows[at] if rows else None)

    def _show(self, row: ItemRow | None) -> None:
        self._item = row.key if row is not None else None
        if row is None:
            return
        self.section.say(row.section)
        self.name.say(f"{row.number}. {row.name}" if row.number is not None else row.name)
        self.asked.say(row.asked)
        self.text.editor.set_text(row.said)
        self.text.set_hint(
            self.tr("A draft from what the project holds; it is yours when you accept it.")
            if row.draft and not row.text
            else ""
        )
        if self.page.editor.text() != row.page:
            self.page.editor.setText(row.page)
        self.accept_box.setChecked(row.accepted)
        again = bool(row.draft and row.text and row.text != row.draft)
        self.draft_button.setVisible(again and not self._project.read_only)

    def _choose(self, index: QModelIndex) -> None:
        if not self._filling:
            self._show(self.model.row(index))

    def _choose_checklist(self, at: int) -> None:
        if not self._filling and at >= 0:
            self._checklist = UUID(self.which.itemData(at))
            self._item = None
            self.refresh()

    def _changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.touches(*_FOLLOWED):
            self.refresh()

    # -- acting -----------------------------------------------------------------------------

    def _adder(self, key: str) -> Any:
        def add() -> None:
            words = self.tr("Added a checklist to the project")
            carry_out(self._context, lambda: self._project.frameworks.add(key), words)
            self.refresh()

        return add

    def _accept(self, on: bool) -> None:
        self.text.editor.commit()
        self._say(accepted=on)

    def _say(
        self,
        *,
        text: str | Unset = UNSET,
        page: str | Unset = UNSET,
        accepted: bool | Unset = UNSET,
    ) -> None:
        """Keep what was written, as one act."""
        checklist, item = self._checklist, self._item
        row = next((one for one in self.model.rows if one.key == item), None)
        if checklist is None or item is None or row is None:
            return
        if isinstance(text, str) and not row.text and text.strip() == row.draft:
            text = UNSET  # the draft as it is
        same = text is UNSET or text.strip() == row.text
        if same and (page is UNSET or page.strip() == row.page) and accepted in (
            UNSET, row.accepted,
        ):  # fmt: skip
            return
        words = self.tr("Changed an answer in <b>{name}</b>").format(
            name=escape(self.which.currentText(), quote=False)
        )
        service = self._project.checklists
        carry_out(
            self._context,
            lambda: service.answer(checklist, item, text=text, page=page, accepted=accepted),
            words,
        )
