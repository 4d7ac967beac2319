"""What was said on an item beside the decision, and a field for more."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QDateTime, QLocale, QRect, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from ikt_coder.core.rounds import NoteKind
from ikt_coder.services.settling_rows import NoteRow
from ikt_coder.ui.comparison.columns.study import Study
from ikt_coder.ui.comparison.settle.deciding import Deciding
from ikt_coder.ui.comparison.settle.reason_field import ReasonText
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.popover import Popover

_WIDTH = 360


class NotePopover(Popover):
    """A comment for the one who adjudicates, or a dissent that stays beside the decision."""

    def __init__(
        self,
        context: Context,
        deciding: Deciding,
        notes: Sequence[NoteRow],
        study: Study,
        *,
        names: bool,
        window: QWidget,
    ) -> None:
        """``names``: whether it may be said who wrote them."""
        super().__init__(context.appearance, window)
        self._deciding = deciding
        px = context.appearance.px
        inside = QWidget(self)
        inside.setFixedWidth(px(_WIDTH))
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(16), px(12), px(16), px(14))
        column.setSpacing(px(8))
        heading = QLabel(self.tr("Notes on this difference"))
        heading.setProperty("face", "heading")
        heading.setProperty("tone", "dim")
        column.addWidget(heading)
        dim = context.appearance.colour("dim").name()
        for row in notes:
            label = QLabel(
                f"{escape(row.text)}<br><span style='color:{dim}'>"
                f"{escape(self._by(row, study, names=names))}</span>"
            )
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setWordWrap(True)
            column.addWidget(label)
        self.text = ReasonText(context.appearance, least=2, most=6)
        self.text.setAccessibleName(self.tr("Note"))
        self.text.setPlaceholderText(self.tr("What should others know? Enter keeps it."))
        self.comment = QRadioButton(self.tr("A comment for who settles it"))
        self.dissent = QRadioButton(self.tr("A dissent: I do not share the decision"))
        item = deciding.item
        settled = item is not None and item.decision is not None
        (self.dissent if settled else self.comment).setChecked(True)
        self.keep = QPushButton(self.tr("Keep the note"))
        self.keep.setProperty("kind", "primary")
        for part in (self.text, self.comment, self.dissent):
            column.addWidget(part)
        column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(inside)
        self.setAccessibleName(heading.text())
        self.text.entered.connect(self._keep)
        self.text.left.connect(self.close_popover)
        self.text.textChanged.connect(self.refit)
        self.keep.clicked.connect(lambda _on=False: self._keep())
        self.closed.connect(self.deleteLater)

    def open_at(self, anchor: QWidget) -> None:
        self.open_beside(QRect(anchor.rect()), anchor, self.text)

    def _by(self, row: NoteRow, study: Study, *, names: bool) -> str:
        kind = self.tr("dissent") if row.kind is NoteKind.DISSENT else self.tr("comment")
        day = QLocale().toString(
            QDateTime.fromSecsSinceEpoch(int(row.at.timestamp())), QLocale.FormatType.ShortFormat
        )
        who = study.coder_name(row.coder) if names else ""
        return " · ".join(part for part in (kind, who, day) if part)

    def _keep(self) -> None:
        kind = NoteKind.DISSENT if self.dissent.isChecked() else NoteKind.COMMENT
        if self._deciding.note(kind, self.text.text()):
            self.close_popover()
