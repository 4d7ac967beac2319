"""Right of the text: how far the round is settled and how, what differs most, what can be
settled at once, and what is written of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ikt_coder.core.rounds import DecisionKind, DifferenceKind
from ikt_coder.services.round_rows import RoundRow
from ikt_coder.services.settling_rows import Progress
from ikt_coder.ui.comparison.columns.study import Study
from ikt_coder.ui.comparison.said import AROUND, Opening, OpeningWords, Said, sentence
from ikt_coder.ui.comparison.settle.count_row import CountRow
from ikt_coder.ui.comparison.settle.queue_order import Shown, Which
from ikt_coder.ui.comparison.settle.reliability import Reliability
from ikt_coder.ui.comparison.wording import decision_word, difference_word
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import figure
from ikt_coder.ui.widgets.section_heading import SectionHeading
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_MOST_CODES = 8
_WAYS = (
    DecisionKind.KEEP,
    DecisionKind.BOTH,
    DecisionKind.EDGES,
    DecisionKind.OTHER_CODE,
    DecisionKind.NEITHER,
    DecisionKind.DEFER,
    DecisionKind.UNCLEAR,
)


class SummaryPanel(QWidget):
    """Every row filters the queue; a second click takes the filter away."""

    code_wanted = Signal(object)
    way_wanted = Signal(object)
    kind_wanted = Signal(object)
    shown_wanted = Signal(object)
    """What the queue is to show: ``Shown``."""
    matches_wanted = Signal()
    boundaries_wanted = Signal()
    proposals_wanted = Signal()
    export_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        look = context.appearance
        px = look.px
        self.setProperty("transparent", "true")
        self.figure = OpeningWords(look, role="dim")
        self.figure.setProperty("tone", "dim")
        self.figure.opened.connect(self.shown_wanted)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.ways = _Rows(self)
        self.codes = _Rows(self)
        self.reliability = Reliability(context)
        self.settling = SectionHeading(look, self.tr("Settling"))
        self.how_far = SectionHeading(look, self.tr("Reliability"))
        self.most = SectionHeading(look, self.tr("Most differences"))
        self.at_once = SectionHeading(look, self.tr("Many at once"))
        self.matches = QPushButton()
        self.boundaries = QPushButton(self.tr("Boundary differences…"))
        self.boundaries.setToolTip(
            self.tr("Settle all that differ in their edges alone; each is recorded")
        )
        self.propose = QPushButton(self.tr("Propose…"))
        self.propose.setToolTip(self.tr("Let a rule propose; you look, and decide"))
        self.export = SectionHeading(look, self.tr("Export"))
        held = QWidget()
        row = WrapLayout(held, across=6, down=6)
        for button in (self.matches, self.boundaries, self.propose):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(6), px(8), px(6), px(14))
        column.setSpacing(px(6))
        for part in (
            self.settling,
            self.figure,
            self.bar,
            self.ways,
            self.how_far,
            self.reliability,
            self.most,
            self.codes,
            self.at_once,
            held,
            self.export,
            self._exports(),
        ):
            if isinstance(part, _Rows):
                column.addWidget(part)
                continue
            # Rows have a ground that reaches further out than their words.
            inset = QHBoxLayout()
            around = AROUND if part in (self.figure, self.reliability) else 0
            inset.setContentsMargins(px(8) - around, 0, px(6) - around, 0)
            inset.addWidget(part)
            column.addLayout(inset)
        column.addStretch(1)
        for heading in (self.how_far, self.most, self.at_once, self.export):
            heading.setContentsMargins(0, px(10), 0, 0)
        self.matches.clicked.connect(self.matches_wanted)
        self.boundaries.clicked.connect(self.boundaries_wanted)
        self.propose.clicked.connect(self.proposals_wanted)

    def _exports(self) -> QWidget:
        held = QWidget()
        row = WrapLayout(held, across=6, down=6)
        self.export_buttons: dict[str, QPushButton] = {}
        for key, words, hint in (
            ("agreement", self.tr("Table"), self.tr("The agreement table")),
            ("decisions", self.tr("Decisions"), self.tr("Every decision, with who and why")),
            ("methods", self.tr("Methods paragraph"), self.tr("What was done, to edit")),
        ):
            button = QPushButton(words)
            button.setToolTip(hint)
            button.clicked.connect(lambda _on=False, key=key: self.export_wanted.emit(key))
            row.addWidget(button)
            self.export_buttons[key] = button
        return held

    # -- showing ----------------------------------------------------------------------------

    def show_progress(self, progress: Progress, study: Study, row: RoundRow, able: bool) -> None:
        """How far the round is; ``able``: whether anything can be decided now."""
        reflexive = study.reflexive
        said = sentence(
            self.tr("{settled} of {all} differences settled"),
            settled=self._large(progress.settled),
            all=Opening(figure(progress.total), Shown())
            if progress.total
            else figure(progress.total),
        )
        self.figure.show_said(Said() if reflexive else said)
        self.bar.setRange(0, max(1, progress.total))
        self.bar.setValue(progress.settled)
        self.bar.setAccessibleName(said.plain)
        # In a reflexive project nothing is counted.
        for widget in (self.settling, self.figure, self.bar, self.ways):
            widget.setVisible(not reflexive)
        known = not reflexive and row.unsealed is not None
        self.how_far.setVisible(known)
        self.reliability.setVisible(known)
        self.export_buttons["agreement"].setVisible(known)
        self.reliability.show_round(row)
        counts = {way: progress.ways.get(way, 0) for way in _WAYS}
        counts[DecisionKind.DEFER] = progress.deferred
        counts[DecisionKind.UNCLEAR] = progress.unclear
        self.ways.fill(
            [
                self._row(_first_up(decision_word(way)), figure(count), way, self.way_wanted.emit)
                for way, count in counts.items()
                if count
            ]
        )
        rows = [
            self._row(study.code_name(code), "" if reflexive else figure(count), code, self._code)
            for code, count in progress.codes[:_MOST_CODES]
            if count
        ]
        attribute = progress.kinds.get(DifferenceKind.ATTRIBUTE, 0)
        if attribute:
            words = _first_up(difference_word(DifferenceKind.ATTRIBUTE))
            count = "" if reflexive else figure(attribute)
            kind = DifferenceKind.ATTRIBUTE
            rows.append(self._row(words, count, kind, self.kind_wanted.emit))
        self.codes.fill(rows)
        self.most.set_title(
            self.tr("Codes that differ") if reflexive else self.tr("Most differences")
        )
        self.most.setVisible(bool(rows))
        left = progress.agreed - progress.agreed_accepted
        words = self.tr("Accept what agrees")
        self.matches.setText(words if reflexive else f"{words} ({figure(left)})")
        self.matches.setToolTip(
            self.tr("Take over all that every coder coded alike; each is recorded")
        )
        self.matches.setEnabled(able and left > 0)
        boundary = progress.kinds.get(DifferenceKind.BOUNDARY, 0)
        self.boundaries.setEnabled(able and boundary > 0)
        self.propose.setEnabled(able and progress.left > 0)

    def _large(self, settled: int) -> Opening:
        """How many are settled, large; it opens them, or what there is to settle."""
        shown = Shown(which=Which.SETTLED if settled else Which.ALL)
        pixels = self._context.appearance.px(26)
        return Opening(figure(settled), shown, strong=True, pixels=pixels)

    def _code(self, code: object) -> None:
        self.code_wanted.emit(code)

    def _row(self, name: str, count: str, key: object, act: Callable[[object], object]) -> CountRow:
        row = CountRow(
            self._context.appearance, name, count, self.tr("Show only these in the queue")
        )
        row.setProperty("key", str(key))
        row.clicked.connect(lambda _on=False: act(key))
        return row

    def tell_filter(self, shown: Shown) -> None:
        """Set off the rows by which the queue is filtered."""
        wanted = {str(part) for part in (shown.code, shown.way, shown.kind) if part is not None}
        for row in (*self.ways.rows, *self.codes.rows):
            row.setChecked(row.property("key") in wanted)


class _Rows(QWidget):
    """Rows of counts under each other, renewed as a whole."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[CountRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def fill(self, rows: list[CountRow]) -> None:
        known = [(old.text(), old.count, old.property("key")) for old in self.rows]
        if known == [(row.text(), row.count, row.property("key")) for row in rows]:
            for row in rows:
                row.deleteLater()
            return
        for old in self.rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = rows
        for row in rows:
            self._column.addWidget(row)


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]
