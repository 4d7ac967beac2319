"""For each document: who speaks, in which role, and which participant that is."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QSignalBlocker, QSortFilterProxyModel, Qt
from PySide6.QtGui import QShowEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.services.rows import DocumentRow, SpeakerRow
from ikt_coder.ui.context import Context
from ikt_coder.ui.documents.wording import bold
from ikt_coder.ui.exchange.wording import role_word
from ikt_coder.ui.people.person_box import PersonBox
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.scroll_column import ScrollColumn


class SpeakersPage(QWidget):
    """Documents left; the speakers of the chosen one right, each line edited in place."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        look = context.appearance
        self._lines: dict[UUID, tuple[QLineEdit, QComboBox, PersonBox]] = {}
        self._shown: UUID | None = None
        self._stale = True
        self.filter = FilterField(look, self.tr("Filter documents"))
        self.documents = RowList(look, self.tr("Documents"), ruled=True, parent=self)
        self._model = QStandardItemModel(self)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._proxy.setSourceModel(self._model)
        self.documents.setModel(self._proxy)
        self.filter.textChanged.connect(self._proxy.setFilterFixedString)
        self.title = QLabel(self)
        self.title.setProperty("face", "strong")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self._hint = QLabel(self)
        self._hint.setProperty("tone", "dim")
        self._hint.setWordWrap(True)
        self._grid_host = QWidget(self)
        self._grid = QGridLayout(self._grid_host)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        person = PersonBox(self.tr("Whose interview it is"), self)
        person.person_chosen.connect(self._set_owner)
        self.owner = FormField(
            look,
            self.tr("Whose interview it is"),
            person,
            self.tr("Counts for words that stand in no speaker’s turn."),
        )
        self.empty = EmptyView(look, "document", self.tr("No documents yet"))
        self._lay_out()
        self.documents.selectionModel().currentRowChanged.connect(self._show_chosen)

    def _lay_out(self) -> None:
        # From the outside in, so that nothing has to take over the style of another parent twice.
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        left = QWidget(self._splitter)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        top = QVBoxLayout()
        top.setContentsMargins(16, 0, 12, 0)
        top.addWidget(self.filter)
        column.addLayout(top)
        column.addWidget(self.documents, 1)
        right = QWidget()
        right.setProperty("transparent", "true")
        self._scroll = ScrollColumn(right, self._splitter)
        column = QVBoxLayout(right)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        for widget in (self.title, self._hint, self._grid_host, self.owner):
            column.addWidget(widget)
        column.addStretch(1)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self._scroll)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([300, 600])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._splitter)
        column.addWidget(self.empty)

    # -- reading ----------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._freshen()

    def outdate(self) -> None:
        """What is shown is no longer so: read anew, where it is seen."""
        self._stale = True
        if self.isVisible():
            self.read()

    def _freshen(self) -> None:
        if self._stale:
            self.read()

    def read(self) -> None:
        """Bring list and lines in line with the project."""
        self._stale = False
        rows = self._project.documents.all()
        known = {self._model.item(at).data(ItemRole.KEY) for at in range(self._model.rowCount())}
        if known == {row.id for row in rows}:
            by_key = {row.id: row for row in rows}
            for at in range(self._model.rowCount()):
                item = self._model.item(at)
                self._dress(item, by_key[item.data(ItemRole.KEY)])
        else:
            with QSignalBlocker(self.documents.selectionModel()):
                self._model.clear()
                for row in rows:
                    item = QStandardItem()
                    self._dress(item, row)
                    self._model.appendRow(item)
        if self._shown not in {row.id for row in rows}:
            self._shown = rows[0].id if rows else None
        self._point_at_shown()
        self._splitter.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self._show_lines()

    def _dress(self, item: QStandardItem, row: DocumentRow) -> None:
        item.setText(row.title)
        item.setData(row.id, ItemRole.KEY)
        people = ", ".join(row.participants) or self.tr("nobody linked")
        item.setData(people, ItemRole.SUBTITLE)
        item.setEditable(False)

    def choose(self, document: UUID) -> None:
        """Show the speakers of a document; while the page is not seen, when it is."""
        self._shown = document
        self.outdate()

    def _point_at_shown(self) -> None:
        for at in range(self._proxy.rowCount()):
            index = self._proxy.index(at, 0)
            if index.data(ItemRole.KEY) == self._shown:
                self.documents.setCurrentIndex(index)

    def _show_chosen(self) -> None:
        key = self.documents.currentIndex().data(ItemRole.KEY)
        if key is not None and key != self._shown:
            self._shown = key
            self._show_lines()

    def _show_lines(self) -> None:
        if self._shown is None:
            return
        try:
            row = self._project.documents.get(self._shown)
        except NotFound:
            return  # deleted a moment ago; the list is read next
        speakers = self._project.documents.speakers(row.id)
        people = [p.label for p in self._project.participants.all()]
        self.title.setText(row.title)
        if set(self._lines) != {speaker.id for speaker in speakers}:
            self._make_lines(speakers)
        for speaker in speakers:
            name, role, person = self._lines[speaker.id]
            if not name.hasFocus():
                name.setText(speaker.label)
                name.setCursorPosition(0)
            with QSignalBlocker(role):
                role.setCurrentIndex(list(SpeakerRole).index(speaker.role))
            person.show_person(people, speaker.participant_label or "")
            person.setEnabled(
                speaker.role is not SpeakerRole.INTERVIEWER and not self._project.read_only
            )
        self._hint.setText(
            self.tr("The interviewer’s words alone belong to nobody.")
            if speakers
            else self.tr("Nobody is named in this text.")
        )
        linked = [s.participant_label for s in speakers if s.participant_label]
        owners = [label for label in row.participants if label not in linked]
        self.owner.setVisible(not speakers or bool(owners))
        self.owner.editor.show_person(people, owners[0] if owners else "")
        self.owner.editor.setEnabled(not self._project.read_only)

    def _make_lines(self, speakers: tuple[SpeakerRow, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._lines = {}
        heads = (self.tr("Speaker"), self.tr("Role"), self.tr("Participant"))
        for at, words in enumerate(heads if speakers else ()):
            label = QLabel(words, self._grid_host)
            label.setProperty("face", "small")
            label.setProperty("tone", "dim")
            self._grid.addWidget(label, 0, at)
            self._grid.setColumnStretch(at, 1)
        for at, speaker in enumerate(speakers, start=1):
            key, may_write = speaker.id, not self._project.read_only
            name = QLineEdit(self._grid_host)
            name.setAccessibleName(self.tr("Speaker"))
            name.setReadOnly(not may_write)
            name.editingFinished.connect(lambda key=key, field=name: self._rename(key, field))
            role = QuietComboBox(self._grid_host)
            role.setAccessibleName(self.tr("Role of {label}").format(label=speaker.label))
            for each in SpeakerRole:
                role.addItem(role_word(each), each)
            role.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            role.setMinimumContentsLength(8)
            role.setEnabled(may_write)
            role.activated.connect(
                lambda _at, key=key, box=role: self._set_role(key, SpeakerRole(box.currentData()))
            )
            person = PersonBox(
                self.tr("Participant who is {label}").format(label=speaker.label), self._grid_host
            )
            person.person_chosen.connect(lambda who, key=key: self._set_person(key, who))
            for column, widget in enumerate((name, role, person)):
                self._grid.addWidget(widget, at, column)
            self._lines[key] = (name, role, person)
        self._order_tabs()

    def _order_tabs(self) -> None:
        # Fields made late would come after everything else in the window.
        before: QWidget = self._scroll
        fields = [field for line in self._lines.values() for field in line]
        for field in (*fields, self.owner.editor):
            QWidget.setTabOrder(before, field)
            before = field

    def line(self, speaker: UUID) -> tuple[QLineEdit, QComboBox, PersonBox]:
        """The fields of a speaker; raises ``KeyError``."""
        return self._lines[speaker]

    # -- acts -------------------------------------------------------------------------------

    def _speaker(self, key: UUID) -> SpeakerRow | None:
        if self._shown is None:
            return None
        speakers = self._project.documents.speakers(self._shown)
        return next((speaker for speaker in speakers if speaker.id == key), None)

    def _rename(self, key: UUID, field: QLineEdit) -> None:
        speaker, name = self._speaker(key), " ".join(field.text().split())
        if speaker is None or not name or name == speaker.label:
            field.setText(speaker.label if speaker is not None else name)
            return
        try:
            self._project.documents.change_speaker(key, label=name)
        except UserError as error:
            self._context.fail(error)
            return
        words = self.tr("{before} is shown as {name}; the text itself is unchanged")
        self._context.say(words.format(before=bold(speaker.label), name=bold(name)))

    def _set_role(self, key: UUID, role: SpeakerRole) -> None:
        speaker = self._speaker(key)
        if speaker is None or role is speaker.role:
            return
        try:
            self._project.documents.change_speaker(key, role=role)
        except UserError as error:
            self._context.fail(error)
            return
        words = self.tr("{name}: {role}")
        self._context.say(words.format(name=bold(speaker.label), role=role_word(role)))

    def _participant(self, label: str) -> UUID | None:
        """The participant of this pseudonym, made where it is new; None for nobody."""
        if not label:
            return None
        for row in self._project.participants.all():
            if row.label.casefold() == label.casefold():
                return row.id
        return self._project.participants.add(label)

    def _set_person(self, key: UUID, label: str) -> None:
        speaker = self._speaker(key)
        if speaker is None:
            return
        try:
            with self._project.operation(Op.CHANGE_SPEAKER, speaker=key, fields=["participant"]):
                self._project.documents.change_speaker(key, participant=self._participant(label))
        except UserError as error:
            self._context.fail(error)
            self._show_lines()
            return
        self._say_link(speaker.label, label)

    def _set_owner(self, label: str) -> None:
        document = self._shown
        if document is None:
            return
        title = self._project.documents.get(document).title
        people = {row.label: row.id for row in self._project.participants.all()}
        linked = {s.participant for s in self._project.documents.speakers(document)}
        try:
            with self._project.operation(Op.CHANGE_SPEAKER, document=document):
                for before in self._project.documents.get(document).participants:
                    if people.get(before) not in linked:
                        self._project.documents.unlink_participant(document, people[before])
                participant = self._participant(label)
                if participant is not None:
                    self._project.documents.link_participant(document, participant)
        except UserError as error:
            self._context.fail(error)
            self._show_lines()
            return
        self._say_link(title, label)

    def _say_link(self, what: str, label: str) -> None:
        if label:
            words = self.tr("{what} is {participant}")
            self._context.say(words.format(what=bold(what), participant=bold(label)))
        else:
            self._context.say(self.tr("{what} is nobody’s").format(what=bold(what)))
