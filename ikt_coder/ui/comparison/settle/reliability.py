"""The coefficient of the frozen coding, hidden while one settles unless it is asked for."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ikt_coder.agreement.catalogue import COEFFICIENTS
from ikt_coder.agreement.display import shown
from ikt_coder.core.errors import UserError
from ikt_coder.services.comparison_rows import Agreement
from ikt_coder.services.round_rows import RoundRow
from ikt_coder.ui.codes.wording import codes_in_words
from ikt_coder.ui.comparison.agreement.wording import documents_words
from ikt_coder.ui.comparison.said import Opening, OpeningWords, joined, sentence
from ikt_coder.ui.context import Context
from ikt_coder.ui.tasks import Progress

_AGREEMENT = "agreement"
"""The page that every figure here opens."""


class Reliability(QWidget):
    """Says what it was computed from; the figure itself comes on demand, and goes again with
    another round."""

    shown_now = Signal()
    opened = Signal()
    """The figures are wanted: what they count is on the page of agreement."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._round: UUID | None = None
        self.words = OpeningWords(context.appearance, role="dim")
        self.words.setProperty("tone", "dim")
        self.words.opened.connect(lambda _key: self.opened.emit())
        self.button = QPushButton(self.tr("Show it"))
        self.button.setProperty("kind", "link")
        self.button.clicked.connect(self.ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_round(self, row: RoundRow) -> None:
        """Hide the figure again where the round is another."""
        if self._round == row.id:
            return
        self._round = row.id
        self.button.setVisible(True)
        self.button.setText(self.tr("Show it"))
        self.button.setEnabled(True)
        said = self.tr(
            "Computed at unsealing from {documents} and what was coded by then. It does not "
            "change while you settle."
        )
        documents = documents_words(len(row.documents))
        self.words.show_said(sentence(said, documents=Opening(documents, _AGREEMENT)))

    def ask(self) -> None:
        """Compute the locked coefficient, away from the main thread."""
        round_, project = self._round, self._context.project
        if round_ is None:
            return
        self.button.setEnabled(False)
        self.button.setText(self.tr("Computing…"))

        def work(progress: Progress) -> Agreement:
            return project.comparison.agreement(round_, progress=progress)

        self._context.tasks.run(work, done=self._show, failed=self._failed)

    def _show(self, found: Agreement) -> None:
        if found.round is None or found.round.id != self._round:
            return
        self.button.hide()
        overall = found.overall
        pooled = _figure(overall.pooled_kappa.value)
        lines = [sentence(self.tr("{value} pooled kappa"), value=pooled)]
        known = COEFFICIENTS.get(found.coefficient)
        if known is not None and found.coefficient in ("kappa", "alpha"):
            mean = overall.mean_kappa if found.coefficient == "kappa" else overall.mean_alpha
            words = self.tr("{value} {name}, mean over codes")
            lines.append(sentence(words, value=_figure(mean.value), name=known.name))
        lines.append(
            sentence(
                self.tr("{documents}, {codes}; of the coding as it was frozen."),
                documents=Opening(documents_words(len(found.documents)), _AGREEMENT),
                codes=Opening(codes_in_words(overall.codes - overall.left_out), _AGREEMENT),
            )
        )
        self.words.show_said(joined(lines, "\n"))
        self.shown_now.emit()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.button.setText(self.tr("Show it"))
        self.button.setEnabled(True)
        self._context.fail(error)


def _figure(value: float | None) -> str | Opening:
    words = shown(value, point=QLocale().decimalPoint())
    return words if value is None else Opening(words, _AGREEMENT, strong=True)
