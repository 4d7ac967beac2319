"""The questions of the form: their order, their answers, the project's own words for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.services.charting.rows import AnswerKind, FieldRow, OptionRow, SubjectKind
from ikt_coder.ui.charting.question_dialog import QuestionDialog
from ikt_coder.ui.charting.wording import kind_word, subjects_words
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.rows_model import RowsModel
from ikt_coder.ui.widgets.section_heading import SectionHeading

_NAME, _WORD = range(2)


class _FieldModel(RowsModel[FieldRow]):
    def shown(self, row: FieldRow, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == ItemRole.SUBTITLE:
            source = row.framework_name or self.tr("our own")
            return " · ".join((source, kind_word(row.kind), subjects_words(row)))
        return None


class FieldsDialog(QDialog):
    """Left the questions, right the chosen one; each change is an act that can be undone."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._charting = context.project.charting
        self._filling = False
        look, px = context.appearance, context.appearance.px
        self.setWindowTitle(self.tr("Questions of the form"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.model = _FieldModel(self)
        self.list = RowList(look, self.tr("Questions"), ruled=True)
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(lambda *_at: self._show())
        self.preset = QuietComboBox()
        self.preset.setAccessibleName(self.tr("Questions of a framework"))
        self.add_button = self._button(self.tr("New question…"), self._add)
        self.up_button = self._button(self.tr("Up"), lambda: self._move(-1))
        self.down_button = self._button(self.tr("Down"), lambda: self._move(1))
        self.delete_button = self._button(self.tr("Delete"), self._delete)
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the question"))
        self.name.editingFinished.connect(self._rename)
        self.about = QLabel()
        self.about.setWordWrap(True)
        self.about.setProperty("tone", "dim")
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.basis = QCheckBox(self.tr("Ask whether the source says so or it was concluded"))
        self.basis.clicked.connect(self._set_basis)
        self.of_documents = QCheckBox(self.tr("Asked of documents"))
        self.of_events = QCheckBox(self.tr("Asked of engagement events"))
        for box in (self.of_documents, self.of_events):
            box.clicked.connect(self._set_subjects)
        self.options = QTableWidget(0, 2)
        self.options.setAccessibleName(self.tr("Answers"))
        self.options.setHorizontalHeaderLabels([self.tr("Answer"), self.tr("Our word for it")])
        self.options.verticalHeader().hide()
        self.options.setShowGrid(False)
        self.options.setTabKeyNavigation(False)
        header = self.options.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (_NAME, _WORD):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.options.itemChanged.connect(self._item_changed)
        self.new_option = QLineEdit()
        self.new_option.setAccessibleName(self.tr("A new answer"))
        self.new_option.setPlaceholderText(self.tr("A new answer, such as team transformation"))
        self.new_option.returnPressed.connect(self._add_option)
        self.below = QCheckBox(self.tr("below the chosen one"))
        self.option_button = self._button(self.tr("Add answer"), self._add_option)
        self.drop_button = self._button(self.tr("Delete answer"), self._delete_option)
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setProperty("tone", "danger")
        self.close_button = self._button(self.tr("Close"), self.accept)
        self._lay_out(px)
        room = self.screen().availableSize()
        self.resize(min(px(900), room.width() - 40), min(px(620), room.height() - 60))
        context.signals.changed.connect(self._changed)
        self.read()
        self.list.setFocus()

    def _button(self, words: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _on=False: act())
        return button

    def _lay_out(self, px: Callable[[float], int]) -> None:
        look = self._context.appearance
        order = QHBoxLayout()
        for button in (self.up_button, self.down_button, self.delete_button):
            order.addWidget(button)
        order.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(px(8))
        left.addWidget(SectionHeading(look, self.tr("Questions")))
        left.addWidget(self.list, 1)
        left.addLayout(order)
        left.addWidget(self.add_button)
        left.addWidget(self.preset)
        adding = QHBoxLayout()
        adding.addWidget(self.option_button)
        adding.addWidget(self.below)
        adding.addStretch(1)
        adding.addWidget(self.drop_button)
        right = QVBoxLayout()
        right.setSpacing(px(8))
        for part in (self.name, self.about, self.of_documents, self.of_events, self.basis):
            right.addWidget(part)
        right.addWidget(SectionHeading(look, self.tr("Answers: ticked ones are offered")))
        right.addWidget(self.options, 1)
        right.addWidget(self.new_option)
        right.addLayout(adding)
        both = QHBoxLayout()
        both.setSpacing(px(20))
        both.addLayout(left, 2)
        both.addLayout(right, 3)
        foot = QHBoxLayout()
        foot.addWidget(self.problem, 1)
        foot.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(20), px(16), px(20), px(16))
        whole.setSpacing(px(12))
        whole.addLayout(both, 1)
        whole.addLayout(foot)
        self.preset.activated.connect(self._add_preset)

    # -- reading ------------------------------------------------------------------------------

    def read(self, chosen: UUID | None = None) -> None:
        """Bring the dialog in line with the project; the chosen question stays."""
        before = self.row()
        key = chosen or (before.id if before is not None else None)
        rows = self._charting.fields()
        self.model.put(rows)
        at = next((n for n, row in enumerate(rows) if row.id == key), 0)
        if rows:
            self.list.setCurrentIndex(self.model.index(at, 0))
        self._offer_presets({row.framework_key for row in rows})
        self._show()

    def _offer_presets(self, there: set[str]) -> None:
        self.preset.clear()
        self.preset.addItem(self.tr("Add the questions of a framework…"), None)
        frameworks = self._context.project.frameworks
        own = (kept.framework for kept in frameworks.library.all())
        for preset in (*frameworks.presets(), *frameworks.in_project(), *own):
            if preset is not None and preset.fields and preset.key not in there:
                there.add(preset.key)
                self.preset.addItem(preset.name, preset.key)
        self.preset.setEnabled(self.preset.count() > 1)

    def row(self) -> FieldRow | None:
        """The chosen question."""
        return self.model.row(self.list.currentIndex())

    def option(self) -> OptionRow | None:
        """The chosen answer."""
        row, item = self.row(), self.options.item(self.options.currentRow(), _NAME)
        if row is None or item is None:
            return None
        return row.option(item.data(Qt.ItemDataRole.UserRole))

    def _show(self) -> None:
        row = self.row()
        self._filling = True
        may = row is not None and not self._context.project.read_only
        for widget in (
            *(self.name, self.basis, self.of_documents, self.of_events, self.up_button),
            *(self.down_button, self.delete_button),
        ):
            widget.setEnabled(may)
        choosing = may and row is not None and row.kind is not AnswerKind.TEXT
        for part in (self.options, self.new_option, self.below, self.option_button):
            part.setEnabled(choosing)
        self.drop_button.setEnabled(choosing)
        self.add_button.setEnabled(not self._context.project.read_only)
        self.options.setRowCount(0)
        if row is not None:
            self.name.setText(row.name)
            self.about.setText("\n".join(each for each in (row.definition, row.source) if each))
            self.basis.setChecked(row.has_basis)
            self.of_documents.setChecked(SubjectKind.DOCUMENT in row.subjects)
            self.of_events.setChecked(SubjectKind.EVENT in row.subjects)
            self._show_options(row)
        self._filling = False

    def _show_options(self, row: FieldRow) -> None:
        self.options.setRowCount(len(row.options))
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        for at, option in enumerate(row.options):
            name = QTableWidgetItem("\u2003" * option.depth + option.name)
            name.setData(Qt.ItemDataRole.UserRole, option.id)
            name.setToolTip(option.definition)
            flags = plain
            if option.applicable:
                flags |= Qt.ItemFlag.ItemIsUserCheckable
                shown = Qt.CheckState.Unchecked if option.hidden else Qt.CheckState.Checked
                name.setCheckState(shown)
            name.setFlags(flags)
            word = QTableWidgetItem(option.label)
            word.setFlags(plain | Qt.ItemFlag.ItemIsEditable)
            self.options.setItem(at, _NAME, name)
            self.options.setItem(at, _WORD, word)

    def _changed(self, changes: Changes) -> None:
        if not changes.tables or changes.touches("chart_field", "chart_option", "framework"):
            chosen = self.options.currentRow()
            self.read()
            if 0 <= chosen < self.options.rowCount():
                self.options.setCurrentCell(chosen, _NAME)

    # -- acts ---------------------------------------------------------------------------------

    def _do(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except UserError as error:
            self.problem.setText(str(error))
            self._show()
            return False
        self.problem.setText("")
        return True

    def _add(self) -> None:
        dialog = QuestionDialog(self._context, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.read(dialog.made))
        dialog.open()

    def _add_preset(self) -> None:
        key = self.preset.currentData()
        if key is not None:
            self._do(lambda: self._charting.add_form([key]))

    def _move(self, by: int) -> None:
        row = self.row()
        if row is not None:
            self._do(lambda: self._charting.move(row.id, by))

    def _delete(self) -> None:
        row = self.row()
        if row is None:
            return
        answers = self._charting.answers_to(row.id)
        if self._do(lambda: self._charting.delete(row.id)):
            self._context.say(
                self.tr("Deleted {name} with {n} answers").format(name=bold(row.name), n=answers)
            )

    def _rename(self) -> None:
        row = self.row()
        name = self.name.text()
        if row is not None and not self._filling and " ".join(name.split()) != row.name:
            self._do(lambda: self._charting.change(row.id, name=name))

    def _set_basis(self) -> None:
        row = self.row()
        if row is not None:
            self._do(lambda: self._charting.change(row.id, has_basis=self.basis.isChecked()))

    def _set_subjects(self) -> None:
        row = self.row()
        if row is None:
            return
        wanted = {SubjectKind.DOCUMENT} if self.of_documents.isChecked() else set()
        wanted |= {SubjectKind.EVENT} if self.of_events.isChecked() else set()
        self._do(lambda: self._charting.change(row.id, subjects=wanted))

    def _item_changed(self, item: QTableWidgetItem) -> None:
        row = self.row()
        first = self.options.item(item.row(), _NAME)
        if self._filling or row is None or first is None:
            return
        option = row.option(first.data(Qt.ItemDataRole.UserRole))
        if option is None:
            return
        if item.column() == _WORD:
            words = item.text()
            self._do(lambda: self._charting.change_option(option.id, label=words))
            return
        hidden = item.checkState() is Qt.CheckState.Unchecked
        if hidden is not option.hidden:
            self._do(lambda: self._charting.change_option(option.id, hidden=hidden))

    def _add_option(self) -> None:
        row, chosen = self.row(), self.option()
        words = self.new_option.text()
        if row is None or not words.strip():
            return
        under = chosen.id if chosen is not None and self.below.isChecked() else None
        if self._do(lambda: self._charting.add_option(row.id, words, under=under)):
            self.new_option.clear()

    def _delete_option(self) -> None:
        option = self.option()
        if option is None:
            return
        answers = self._charting.answers_with(option.id)
        if self._do(lambda: self._charting.delete_option(option.id)):
            self._context.say(
                self.tr("Deleted {name} with {n} answers").format(
                    name=bold(option.shown), n=answers
                )
            )
