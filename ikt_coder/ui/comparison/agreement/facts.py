"""The lines above the figures: all codes together, what was counted, what was left out."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout

from ikt_coder.services.comparison_rows import Agreement
from ikt_coder.ui.codes.wording import codes_in_words
from ikt_coder.ui.comparison.agreement import wording as say
from ikt_coder.ui.context import Context


class Facts(QFrame):
    """Says nothing without its unit, scope, coders and whether it is from a round."""

    intervals_asked = Signal()
    stop_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        px = context.appearance.px
        self.main = QLabel()
        self.main.setTextFormat(Qt.TextFormat.RichText)
        self.main.setWordWrap(True)
        self.counted = QLabel()
        self.left = QLabel()
        self.note = QLabel()
        for label in (self.counted, self.left, self.note):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setProperty("tone", "dim")
            label.setProperty("face", "small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(px(120))
        self.bar.setAccessibleName(self.tr("Intervals are being computed"))
        self.working = QLabel(self.tr("Computing the intervals"))
        self.working.setProperty("tone", "dim")
        self.working.setProperty("face", "small")
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.setProperty("kind", "link")
        self.again_button = QPushButton(self.tr("Compute intervals"))
        self.again_button.setProperty("kind", "link")
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(self.main, 1)
        for widget in (self.working, self.bar, self.stop_button, self.again_button):
            top.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
            widget.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(14), px(8))
        column.setSpacing(px(3))
        column.addLayout(top)
        column.addWidget(self.counted)
        column.addWidget(self.left)
        column.addWidget(self.note)
        self.stop_button.clicked.connect(self.stop_asked)
        self.again_button.clicked.connect(self.intervals_asked)

    def show_agreement(self, found: Agreement) -> None:
        """Say what was found and what it counts."""
        overall = found.overall
        pooled = say.value_words(overall.pooled_kappa.value)
        interval = say.interval_words(found.pooled_interval)
        said = self.tr("All codes: pooled κ <b>{value}</b> {interval}").format(
            value=escape(pooled), interval=escape(interval)
        )
        values = [
            value
            for line in found.used
            if (value := line.figures.value(found.coefficient)) is not None
        ]
        parts = [said.strip()]
        if values:
            parts.append(
                self.tr("by code from {low} to {high}").format(
                    low=escape(say.value_words(min(values))),
                    high=escape(say.value_words(max(values))),
                )
            )
        without = len(found.used) - len(values)
        if without:
            parts.append(
                self.tr("{codes} without a value").format(codes=escape(codes_in_words(without)))
            )
        row = found.round
        if row is not None and row.target is not None and values:
            reached = sum(value >= row.target for value in values)
            parts.append(
                self.tr("{reached} of {all} at {target} or more, as was laid down").format(
                    reached=reached, all=len(values), target=escape(say.value_words(row.target))
                )
            )
        self.main.setText(" · ".join(parts))
        counted = [
            say.documents_words(len(found.documents)),
            self.tr("{count} {setting}").format(
                count=QLocale().toString(found.units), setting=say.setting_words(found.setting)
            ),
            ", ".join(f"{coder.name} ({coder.initials})" for coder in found.coders[:4])
            + (self.tr(" and more") if len(found.coders) > 4 else ""),
        ]
        if row is None:
            counted.append(self.tr("not from a round: codings as they stand"))
        elif found.locked:
            counted.append(self.tr("frozen, independent coding"))
        else:
            counted.append(self.tr("not as laid down when the round was set up"))
        self.counted.setText(" · ".join(counted))
        reopened = [document.title for document in found.documents if document.reopened]
        left = say.left_out_words(found)
        if reopened:
            words = self.tr("Reopened after the comparison, unchanged here: {titles}.")
            left = f"{left} {words.format(titles=', '.join(reopened))}".strip()
        self.left.setText(left)
        self.left.setVisible(bool(left))

    def show_note(self, words: str) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def show_work(self, done: int, whole: int) -> None:
        """How far the intervals are."""
        self.bar.setRange(0, whole)
        self.bar.setValue(done)
        self._offer(working=True, again=False)

    def end_work(self, *, again: bool) -> None:
        """The intervals are there, or may be computed ``again``."""
        self._offer(working=False, again=again)

    def _offer(self, *, working: bool, again: bool) -> None:
        for widget in (self.working, self.bar, self.stop_button):
            widget.setVisible(working)
        self.again_button.setVisible(again)
