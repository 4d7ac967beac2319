"""Studies: which records (documents) describe which study."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.services.studies import StudyRow
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.context import Context
from ikt_coder.ui.people.study_models import RecordRow, RecordsModel, StudiesModel
from ikt_coder.ui.people.study_wording import counts_in_words, records_in_words, studies_in_words
from ikt_coder.ui.widgets.dialog_foot import dim_words
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.section_heading import SectionHeading
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KeyedList(RowList):
    """A list that hands Enter, Delete and letters with Ctrl on."""

    def __init__(self, appearance: Appearance, name: str, parent: QWidget) -> None:
        super().__init__(appearance, name, ruled=True, parent=parent)
        self.acts: dict[tuple[Qt.Key, bool], Callable[[], None]] = {}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = Qt.Key.Key_Return if event.key() in _ENTER else Qt.Key(event.key())
        act = self.acts.get((key, control))
        if act is None:
            super().keyPressEvent(event)
            return
        act()
        event.accept()


class StudiesPage(QWidget):
    """Records left, studies right; records are dragged onto a study, or put there by key."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        self._stale = True
        look = context.appearance
        self.filter = FilterField(look, self.tr("Filter records"), parent=self)
        self.records = KeyedList(look, self.tr("Records"), self)
        self.records.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.records.setDragEnabled(True)
        self.record_model = RecordsModel(self)
        self.records.setModel(self.record_model)
        self.studies = KeyedList(look, self.tr("Studies"), self)
        self.study_model = StudiesModel(self._dropped, self)
        self.studies.setModel(self.study_model)
        self.studies.setAcceptDrops(True)
        self.studies.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.counts = QLabel(self)
        self.counts.setProperty("tone", "dim")
        self.suggested = QPushButton(self)
        self.suggested.setProperty("kind", "link")
        self.new_button = QPushButton(self.tr("New study"), self)
        look.set_icon(self.new_button, "plus")
        self.new_button.setToolTip(self.tr("Of the chosen records (Ctrl+G)"))
        self.put_button = QPushButton(self.tr("Put into study"), self)
        self.put_button.setToolTip(self.tr("The chosen records into the chosen study (Enter)"))
        self.out_button = QPushButton(self.tr("Take out"), self)
        self.out_button.setToolTip(self.tr("The chosen records describe no study (Del)"))
        self.delete_button = QPushButton(self.tr("Delete study"), self)
        self.delete_button.setToolTip(self.tr("Its records stay and describe no study"))
        self.name = FormField.line(look, self.tr("Na&me"))
        self.citation = FormField.line(look, self.tr("C&itation"), self.tr("As tables name it."))
        self.note = FormField.line(look, self.tr("N&ote"))
        self.heading = SectionHeading(look, self.tr("Studies"))
        self.no_studies = dim_words(
            self.tr(
                "No studies yet. Where several records report one study, choose them at the left "
                "and press New study; tables can then count studies instead of records."
            ),
            self,
        )
        self.empty = EmptyView(look, "document", self.tr("No documents yet"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        # From the outside in, so that nothing has to take over the style of another parent twice.
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        left = QWidget(self._splitter)
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 12, 0, 0)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 12, 0)
        top.addWidget(self.filter, 1)
        top.addWidget(self.counts)
        column.addLayout(top)
        column.addWidget(self.records, 1)
        below = QWidget(left)
        row = WrapLayout(below)
        for button in (self.new_button, self.put_button, self.out_button, self.suggested):
            button.setAutoDefault(False)
            row.addWidget(button)
        column.addWidget(below)
        column.addSpacing(8)
        right = QWidget(self._splitter)
        column = QVBoxLayout(right)
        column.setContentsMargins(12, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.no_studies)
        column.addWidget(self.studies, 1)
        self._details = QWidget(right)
        fields = QVBoxLayout(self._details)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(8)
        for field in (self.name, self.citation, self.note):
            fields.addWidget(field)
        fields.addWidget(self.delete_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.delete_button.setAutoDefault(False)
        column.addWidget(self._details)
        column.addStretch(0)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(left)
        self._splitter.addWidget(right)
        self._splitter.setSizes([440, 380])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._splitter, 1)
        whole.addWidget(self.empty, 1)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filter)
        self.filter.enter_list_asked.connect(self.focus_page)
        self.filter.leave_asked.connect(self.focus_page)
        self.records.selectionModel().selectionChanged.connect(self._refresh)
        self.studies.selectionModel().currentRowChanged.connect(self._show_details)
        self.new_button.clicked.connect(self.add)
        self.put_button.clicked.connect(self.put)
        self.out_button.clicked.connect(self.take_out)
        self.suggested.clicked.connect(self.take_suggested)
        self.delete_button.clicked.connect(self.delete)
        self.records.acts = {
            (Qt.Key.Key_G, True): self.add,
            (Qt.Key.Key_Return, False): self.put,
            (Qt.Key.Key_Delete, False): self.take_out,
        }
        self.studies.acts = {
            (Qt.Key.Key_Return, False): self.put,
            (Qt.Key.Key_Delete, False): self.delete,
            (Qt.Key.Key_F2, False): self._edit_name,
        }
        self.name.editor.editingFinished.connect(self._rename)
        self.citation.editor.editingFinished.connect(self._cite)
        self.note.editor.editingFinished.connect(self._annotate)
        self._context.signals.changed.connect(self._changed)

    # -- reading ----------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.read()

    def _changed(self, changes: Changes) -> None:
        if changes.touches("study", "document", "folder"):
            self._stale = True
            if self.isVisible():
                self.read()

    def read(self) -> None:
        """Bring both lists in line with the project; what is chosen stays chosen."""
        self._stale = False
        records, study = set(self.chosen_records()), self.chosen_study()
        held = self._project.studies.of_documents()
        studies = self._project.studies.all()
        names = {row.id: row.name for row in studies}
        titles = self._project.studies.titles()
        rows = [
            RecordRow(key, title, held.get(key), names.get(held[key], "") if key in held else "")
            for key, title in titles.items()
        ]
        self.record_model.show_rows(rows)
        self.study_model.put(studies)
        self._choose_records(records)
        self.choose_study(study.id if study is not None else None)
        self.counts.setText(counts_in_words(self._project.studies.counts(titles)))
        suggestions = self._project.studies.suggest() if not self._project.read_only else ()
        self.suggested.setVisible(bool(suggestions))
        self.suggested.setText(
            self.tr("Make {studies} of like titles").format(
                studies=studies_in_words(len(suggestions))
            )
        )
        self.suggested.setToolTip("\n".join(one.name for one in suggestions[:20]))
        self.no_studies.setVisible(not studies)
        self.studies.setVisible(bool(studies))
        self._splitter.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self._refresh()
        self._show_details()

    def chosen_records(self) -> tuple[UUID, ...]:
        """The chosen records, from top to bottom."""
        chosen = sorted(self.records.selectionModel().selectedIndexes(), key=lambda one: one.row())
        return tuple(self.record_model.rows[index.row()].id for index in chosen)

    def chosen_study(self) -> StudyRow | None:
        return self.study_model.row(self.studies.currentIndex())

    def choose_study(self, study: UUID | None) -> None:
        """Make a study the present one; the first where there is none of this key."""
        keys = [row.id for row in self.study_model.rows]
        if keys:
            at = keys.index(study) if study in keys else 0
            self.studies.setCurrentIndex(self.study_model.index(at, 0))

    def _choose_records(self, records: set[UUID]) -> None:
        model = self.records.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        for at, row in enumerate(self.record_model.rows):
            if row.id in records:
                model.select(self.record_model.index(at, 0), flags.Select)

    def _filter(self, words: str) -> None:
        self.record_model.filter(words)
        self._refresh()

    def focus_page(self) -> None:
        """Bring the keyboard to the records."""
        if not self.records.currentIndex().isValid() and self.record_model.rows:
            flags = QItemSelectionModel.SelectionFlag
            self.records.selectionModel().setCurrentIndex(
                self.record_model.index(0, 0), flags.NoUpdate
            )
        self.records.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh(self) -> None:
        may_write = not self._project.read_only
        chosen = self.chosen_records()
        self.new_button.setText(
            self.tr("New study of {records}").format(records=records_in_words(len(chosen)))
            if chosen
            else self.tr("New study")
        )
        self.new_button.setEnabled(may_write)
        study = self.chosen_study()
        self.put_button.setEnabled(may_write and bool(chosen) and study is not None)
        self.put_button.setText(
            self.tr("Put into “{name}”").format(name=_short(study.name))
            if study is not None
            else self.tr("Put into study")
        )
        held = {row.id for row in self.record_model.rows if row.study is not None}
        self.out_button.setEnabled(may_write and not held.isdisjoint(chosen))

    def _show_details(self) -> None:
        study = self.chosen_study()
        self._details.setVisible(study is not None)
        self._refresh()
        if study is None:
            return
        shown = (
            (self.name, study.name),
            (self.citation, study.citation),
            (self.note, study.note),
        )
        for field, text in shown:
            field.set_problem("")
            if field.editor.text() != text:
                field.editor.setText(text)
                field.editor.setCursorPosition(0)
            field.editor.setReadOnly(self._project.read_only)
        self.delete_button.setEnabled(not self._project.read_only)

    # -- acts -------------------------------------------------------------------------------

    def add(self) -> None:
        """Make a study of the chosen records, named after the first; its name is at once in the
        field, to be written over."""
        records = self.chosen_records()
        titles = {row.id: row.title for row in self.record_model.rows}
        first = titles[records[0]] if records else self.tr("New study")
        name = self._project.studies.free_name(first)
        made: list[UUID] = []
        if self._do(lambda: made.append(self._project.studies.add(name, documents=records))):
            words = self.tr("Made the study {name} of {records}")
            self._context.say(words.format(name=bold(name), records=records_in_words(len(records))))
            self.choose_study(made[0])
            self._edit_name()

    def put(self) -> None:
        """Put the chosen records into the chosen study."""
        study = self.chosen_study()
        if study is not None:
            self._put(self.chosen_records(), study)

    def _dropped(self, records: Sequence[UUID], study: StudyRow) -> None:
        self._put(records, study)

    def _put(self, records: Sequence[UUID], study: StudyRow) -> None:
        if not records or self._project.read_only:
            return
        if self._do(lambda: self._project.studies.group(records, study.id)):
            words = self.tr("Put {records} into {name}")
            self._context.say(
                words.format(records=records_in_words(len(records)), name=bold(study.name))
            )

    def take_out(self) -> None:
        """Take the chosen records out of their studies."""
        held = {row.id for row in self.record_model.rows if row.study is not None}
        records = [key for key in self.chosen_records() if key in held]
        if records and self._do(lambda: self._project.studies.ungroup(records)):
            words = self.tr("Took {records} out of their studies")
            self._context.say(words.format(records=records_in_words(len(records))))

    def take_suggested(self) -> None:
        """Make the studies that like titles suggest, in one act."""
        some = self._project.studies.suggest()
        if some and self._do(lambda: self._project.studies.add_suggested(some)):
            words = self.tr("Made {studies}: {names}")
            names = ", ".join(one.name for one in some[:3])
            self._context.say(words.format(studies=studies_in_words(len(some)), names=bold(names)))

    def delete(self) -> None:
        """Delete the chosen study; its records stay."""
        study = self.chosen_study()
        if study is not None and self._do(lambda: self._project.studies.delete(study.id)):
            words = self.tr("Deleted the study {name}; its records stay")
            self._context.say(words.format(name=bold(study.name)))

    def _edit_name(self) -> None:
        self.name.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.editor.selectAll()

    def _rename(self) -> None:
        study, name = self.chosen_study(), self.name.editor.text()
        if study is None or " ".join(name.split()) == study.name:
            return
        try:
            self._project.studies.change(study.id, name=name)
        except UserError as error:
            self.name.set_problem(str(error))
            return
        self._say_changed(study)

    def _cite(self) -> None:
        study, text = self.chosen_study(), self.citation.editor.text()
        if study is None or " ".join(text.split()) == study.citation:
            return
        try:
            self._project.studies.change(study.id, citation=text)
        except UserError as error:
            self.citation.set_problem(str(error))
            return
        self._say_changed(study)

    def _annotate(self) -> None:
        study, text = self.chosen_study(), self.note.editor.text()
        if study is None or text.strip() == study.note:
            return
        if self._do(lambda: self._project.studies.change(study.id, note=text)):
            self._say_changed(study)

    def _say_changed(self, study: StudyRow) -> None:
        name = self._project.studies.get(study.id).name
        self._context.say(self.tr("Changed the study {name}").format(name=bold(name)))

    def _do(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except UserError as error:
            self._context.fail(error)
            return False
        return True


def _short(name: str) -> str:
    return name if len(name) <= 28 else f"{name[:27]}…"
