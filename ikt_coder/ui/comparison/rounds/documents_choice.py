"""Which documents a round takes: all, chosen ones, or a random share that is shown as drawn."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.services.round_setup import draw, fresh_seed
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.comparison.rounds.checked_list import CheckedList
from ikt_coder.ui.comparison.rounds.wording import documents_words
from ikt_coder.ui.widgets.dialog_foot import dim_words
from ikt_coder.ui.widgets.quiet_fields import QuietSpinBox
from ikt_coder.ui.widgets.wrap_layout import WrapLayout


class DocumentsChoice(QWidget):
    """The drawn list and its seed are shown, so that the draw can be reported and repeated."""

    changed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        documents: tuple[tuple[UUID, str], ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._titles = dict(documents)
        px = appearance.px
        group = QButtonGroup(self)
        self.all = QRadioButton(
            self.tr("All {documents}").format(documents=documents_words(len(documents))), self
        )
        self.some = QRadioButton(self.tr("Chosen documents"), self)
        self.share = QRadioButton(self.tr("A random share"), self)
        for button in (self.all, self.some, self.share):
            group.addButton(button)
        self.list = CheckedList(appearance, self.tr("Documents"), self.tr("Find a document"), self)
        self.list.put(documents)
        self.percent = QuietSpinBox(self)
        self.percent.setRange(1, 99)
        self.percent.setValue(20)
        self.percent.setSuffix(" %")
        self.percent.setAccessibleName(self.tr("Share of the documents in per cent"))
        self.seed = QuietSpinBox(self)
        self.seed.setRange(0, 999_999)
        self.seed.setGroupSeparatorShown(False)
        self.seed.setValue(fresh_seed())
        self.seed.setPrefix(self.tr("seed "))
        self.seed.setAccessibleName(self.tr("Seed of the draw"))
        self.again = QPushButton(self.tr("Draw again"), self)
        self.again.setAutoDefault(False)
        self.again.clicked.connect(lambda: self.seed.setValue(fresh_seed()))
        self.drawn = dim_words("", self)
        self.drawn.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._draw_row = QWidget(self)
        row = WrapLayout(self._draw_row)
        row.setContentsMargins(px(22), 0, 0, 0)
        for part in (self.percent, self.seed, self.again):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        for widget in (self.all, self.some, self.list, self.share, self._draw_row, self.drawn):
            column.addWidget(widget)
        self.drawn.setContentsMargins(px(22), 0, 0, 0)
        self.all.setChecked(True)
        self.setAccessibleName(self.tr("Documents"))
        group.buttonClicked.connect(lambda _button: self._told())
        self.list.changed.connect(self._told)
        self.percent.valueChanged.connect(lambda _value: self._told())
        self.seed.valueChanged.connect(lambda _value: self._told())
        self._told()

    def documents(self) -> tuple[UUID, ...]:
        """The chosen documents; none: all."""
        return self.list.ticked() if self.some.isChecked() else ()

    def drawing(self) -> tuple[int | None, int | None]:
        """The share in per cent and the seed, where some are drawn."""
        if not self.share.isChecked():
            return None, None
        return self.percent.value(), self.seed.value()

    def chosen(self) -> tuple[UUID, ...]:
        """The documents the round would have."""
        if self.some.isChecked():
            return self.list.ticked()
        return tuple(self._drawn() if self.share.isChecked() else self._titles)

    def _drawn(self) -> list[UUID]:
        found = draw(self._titles, self.percent.value(), self.seed.value())
        return [key for key in self._titles if key in found]

    def _told(self) -> None:
        self.list.setVisible(self.some.isChecked())
        for widget in (self._draw_row, self.drawn):
            widget.setVisible(self.share.isChecked())
        if self.share.isChecked():
            drawn = self._drawn()
            self.drawn.setText(
                self.tr("{documents} of {all}: {titles}").format(
                    documents=documents_words(len(drawn)),
                    all=len(self._titles),
                    titles=", ".join(self._titles[key] for key in drawn),
                )
            )
        self.changed.emit()
