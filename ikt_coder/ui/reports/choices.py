"""What the chosen report can be asked: a field for each choice it listens to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from ikt_coder.services.comparison_options import ComparisonOptions
from ikt_coder.services.report_kinds import Choice, ReportKind, ReportOptions
from ikt_coder.services.supervision import FORTNIGHT
from ikt_coder.ui.context import Context
from ikt_coder.ui.reports.wording import usual_coder, usual_round
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox, QuietDateEdit
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_NO_ROUND = "none"


class ReportChoices(QWidget):
    """Document, coder, round, since, language and initials; those a report does not know are
    hidden."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._usual = self._usual_round = ""
        look = context.appearance
        self.document, self.coder, self.language = QuietComboBox(), QuietComboBox(), QuietComboBox()
        self.round = QuietComboBox()
        self.since = QuietDateEdit()
        self.since.setCalendarPopup(True)
        self.since.setDisplayFormat("d MMMM yyyy")
        self.since.setDate(_qt(date.today() - FORTNIGHT))
        self.since.setMaximumDate(_qt(date.today()))
        self.initials = QCheckBox(self.tr("Coders by initials"))
        self.language.addItem(self.tr("English"), "en")
        self.language.addItem(self.tr("French"), "fr")
        for box in (self.document, self.coder, self.round):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(25)
        self.fields: dict[Choice, QWidget] = {
            Choice.DOCUMENT: FormField(look, self.tr("Document"), self.document),
            Choice.CODER: FormField(look, self.tr("Whose codings"), self.coder),
            Choice.ROUND: FormField(look, self.tr("Round"), self.round),
            Choice.SINCE: FormField(look, self.tr("Since"), self.since),
            Choice.LANGUAGE: FormField(look, self.tr("Language of the export"), self.language),
            Choice.INITIALS: _level_with_fields(self.initials, look.px(22)),
        }
        row = WrapLayout(self, across=14, down=8)
        for field in self.fields.values():
            row.addWidget(field)
            field.hide()
        for box in (self.document, self.coder, self.round, self.language):
            box.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.since.dateChanged.connect(lambda _day: self.changed.emit())
        self.initials.toggled.connect(lambda _on: self.changed.emit())
        self.follow()

    def follow(self) -> None:
        """Offer the documents and coders there are now; what was chosen stays chosen."""
        project = self._context.project
        documents = [(row.title, row.id) for row in project.documents.all()]
        coders: list[tuple[str, UUID | None]] = [(self._usual, None)]
        coders += [(row.name, row.id) for row in project.coders.everyone()]
        _refill(self.document, documents)
        _refill(self.coder, coders)
        rounds: list[tuple[str, object]] = [(self._usual_round, None)]
        rounds += [(row.name, row.id) for row in project.rounds.all()]
        rounds.append((self.tr("None: codings as they stand"), _NO_ROUND))
        _refill(self.round, rounds)

    def show_kind(self, kind: ReportKind) -> None:
        """Show the fields this report listens to."""
        self._usual = usual_coder(kind)
        self.coder.setItemText(0, self._usual)
        self._usual_round = usual_round(kind)
        self.round.setItemText(0, self._usual_round)
        for choice, field in self.fields.items():
            field.setVisible(choice in kind.choices)
        self.setVisible(bool(kind.choices))
        self.updateGeometry()

    def options(self) -> ReportOptions:
        """What was asked."""
        day = self.since.date()
        begins = datetime.combine(date(day.year(), day.month(), day.day()), time()).astimezone()
        return ReportOptions(
            document=self.document.currentData(),
            coder=self.coder.currentData(),
            since=begins,
            language=str(self.language.currentData() or "en"),
            initials=self.initials.isChecked(),
            comparison=self._comparison(),
        )

    def _comparison(self) -> ComparisonOptions:
        chosen = self.round.currentData()
        if chosen == _NO_ROUND:
            return ComparisonOptions(newest=False)
        return ComparisonOptions(chosen)

    def set_document(self, document: UUID) -> None:
        """Choose a document, where it is in the project."""
        at = self.document.findData(document)
        if at >= 0:
            self.document.setCurrentIndex(at)

    def begin_at(self, day: date) -> None:
        """Let reports of what happened begin on this day."""
        self.since.setDate(_qt(day))

    def state(self) -> dict[str, Any]:
        """What is remembered for the next day; never documents or coders."""
        return {
            "language": self.language.currentData(),
            "initials": self.initials.isChecked(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what ``state`` gave; anything else is passed over."""
        at = self.language.findData(state.get("language"))
        self.language.setCurrentIndex(max(0, at))
        self.initials.setChecked(state.get("initials") is True)
        try:
            last = date.fromisoformat(str(state.get("last_sheet")))
        except ValueError:
            return  # no sheet was made yet
        # A sheet made today is made again from where it began, not from this morning.
        if last < date.today():
            self.begin_at(max(last, date.today() - timedelta(days=365)))


def _level_with_fields(box: QCheckBox, above: int) -> QWidget:
    """A box to tick beside fields that have a label above them."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, above, 0, 0)
    column.addWidget(box)
    return holder


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _refill(box: QComboBox, items: list[Any]) -> None:
    kept = box.currentData()
    if [(box.itemText(at), box.itemData(at)) for at in range(box.count())] == items:
        return
    box.blockSignals(True)
    box.clear()
    for words, data in items:
        box.addItem(words, data)
    box.setCurrentIndex(max(0, box.findData(kept)))
    box.blockSignals(False)
