"""Left of the text: the documents of the round, and what became of the first coder's codings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ikt_coder.services.verification_rows import VerifiedDocument
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.comparison.verify.rates import RateRows
from ikt_coder.ui.comparison.verify.reading import Verified
from ikt_coder.ui.comparison.verify.wording import document_words, no_coefficient
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.rows_model import RowsModel
from ikt_coder.ui.widgets.section_heading import SectionHeading


class DocumentModel(RowsModel[VerifiedDocument]):
    def shown(self, row: VerifiedDocument, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == ItemRole.SUBTITLE:
            return document_words(row)
        if role == ItemRole.SIGN:
            return "✓" if row.whole else " "
        if role == ItemRole.SIGN_COLOUR:
            return "accent"
        if role == ItemRole.STRONG:
            return not row.whole
        if role == Qt.ItemDataRole.AccessibleTextRole:
            done = self.tr("settled") if row.whole else ""
            return ", ".join(part for part in (row.title, document_words(row), done) if part)
        return None


class DocumentsPanel(QWidget):
    document_chosen = Signal(object)
    whole_checked = Signal()
    """The whole document is checked (or no longer)."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        px = appearance.px
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading = SectionHeading(appearance, self.tr("To verify"))
        self.model = DocumentModel(self)
        self.list = RowList(appearance, self.tr("Documents to verify"), ruled=True)
        self.list.setModel(self.model)
        self.list.selectionModel().selectionChanged.connect(self._chosen)
        self.whole = QPushButton(self.tr("Whole document checked"))
        self.whole.setCheckable(True)
        self.whole.clicked.connect(lambda _on=False: self.whole_checked.emit())
        self.became = SectionHeading(appearance, self.tr("In this round"))
        self.rates = RateRows(appearance)
        self.why = QLabel(no_coefficient())
        self.why.setWordWrap(True)
        self.why.setProperty("tone", "dim")
        self._filling = False
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(12), px(12))
        column.setSpacing(px(8))
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)
        for widget in (self.whole, self.became, self.rates, self.why):
            column.addWidget(widget)

    def show_round(self, found: Verified) -> None:
        self._filling = True
        self.model.put(found.documents)
        for at, row in enumerate(found.documents):
            if row.document == found.document:
                self.list.setCurrentIndex(self.model.index(at, 0))
        self._filling = False
        whole = sum(row.whole for row in found.documents)
        self.heading.set_note(
            self.tr("{whole} of {all} whole").format(whole=whole, all=len(found.documents))
        )
        self.whole.setChecked(found.checked.whole)
        self.whole.setEnabled(not found.hindrance and found.document is not None)
        self.rates.show_rates(found.rates)

    def _chosen(self, _new: QItemSelection, _old: QItemSelection) -> None:
        index: QModelIndex = self.list.currentIndex()
        row = self.model.row(index)
        if row is not None and not self._filling:
            self.document_chosen.emit(row.document)

    def choose(self, document: UUID) -> None:
        """Come to another document."""
        for at, row in enumerate(self.model.rows):
            if row.document == document:
                self.list.setCurrentIndex(self.model.index(at, 0))
