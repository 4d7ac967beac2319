"""The rates of a verified round, each a row that opens what it counts."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ikt_coder.services.verification_rows import Rates
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.comparison.settle.count_row import CountRow
from ikt_coder.ui.comparison.verify.became import Became, Rate
from ikt_coder.ui.counting import figure

translate = QCoreApplication.translate

_ENOUGH = 20
"""Of fewer codings no percentage is told."""


def rate_rows(rates: Rates) -> list[Rate]:
    """What became of the first coder's codings, by type."""
    share = rates.acceptance
    accepted = figure(rates.accepted)
    if share is not None and rates.judged >= _ENOUGH:
        percent = translate("Verify", "{share}\u00a0%").format(share=round(share * 100))
        accepted = f"{accepted} ({percent})"
    counts = [
        (translate("Verify", "Accepted"), rates.accepted, Became.ACCEPTED),
        (translate("Verify", "Edges changed"), rates.edges_changed, Became.EDGES_CHANGED),
        (translate("Verify", "Code or direction changed"), rates.code_changed, Became.CODE_CHANGED),
        (translate("Verify", "Removed"), rates.removed, Became.REMOVED),
        (translate("Verify", "Added"), rates.added, Became.ADDED),
        (translate("Verify", "Still to judge"), rates.left, Became.LEFT),
    ]
    if rates.deferred or rates.unclear:
        open_ = translate("Verify", "Left open")
        counts.append((open_, rates.deferred + rates.unclear, Became.OPEN))
    rows = [
        Rate(
            name,
            accepted if which is Became.ACCEPTED else figure(count),
            which if count else None,
        )
        for name, count, which in counts
    ]
    turns = translate("Verify", "{checked} of {all}").format(
        checked=figure(rates.turns_checked), all=figure(rates.turns)
    )
    opens = Became.TURNS if rates.turns else None
    return [*rows, Rate(translate("Verify", "Turns checked"), turns, opens)]


class RateRows(QWidget):
    """A click, Enter or Space on a row opens its codings; on the row that is open, closes them."""

    wanted = Signal(object)
    """A ``Rate``, or None to close."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.rows: list[CountRow] = []
        self._rates: list[Rate] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._opened: Became | None = None

    def show_rates(self, rates: Rates) -> None:
        """Show the rates; rows that say the same stay, and with them the keyboard."""
        rows = rate_rows(rates)
        if rows == self._rates:
            return
        kept = len(rows) == len(self.rows)
        focused = next((at for at, row in enumerate(self.rows) if row.hasFocus()), -1)
        for old in self.rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rates = rows
        hint = self.tr("Show these")
        self.rows = [CountRow(self._appearance, rate.name, rate.count, hint) for rate in rows]
        for row, rate in zip(self.rows, rows, strict=True):
            row.setEnabled(rate.which is not None)
            row.clicked.connect(lambda _on=False, rate=rate: self._ask(rate))
            self._column.addWidget(row)
        self.tell(self._opened)
        if kept and focused >= 0:
            self.rows[focused].setFocus()

    def rate(self, which: Became | None) -> Rate | None:
        """The row of a type, as it stands now."""
        return next((rate for rate in self._rates if rate.which is which and which), None)

    def tell(self, which: Became | None) -> None:
        """Set off the row whose codings are shown."""
        self._opened = which
        for row, rate in zip(self.rows, self._rates, strict=True):
            row.setChecked(which is not None and rate.which is which)

    def _ask(self, rate: Rate) -> None:
        self.wanted.emit(None if rate.which is self._opened else rate)
