"""Below the hits: with which code, how much around a hit, this one or all."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QActionGroup, QKeySequence
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QVBoxLayout, QWidget

from ikt_coder.core.search import Unit
from ikt_coder.services.rows import CodeRow
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.counting import figure
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.search.wording import unit_words
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.wrap_layout import WrapLayout


class CodingBar(QFrame):
    """The code and the unit stay chosen from one search to the next."""

    one_asked = Signal()
    all_asked = Signal()
    new_asked = Signal(str)  # the name of a new code; "" where it is still to be asked
    chosen = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = appearance
        self._codes: tuple[CodeRow, ...] = ()
        self.code: UUID | None = None
        self.unit = Unit.SENTENCE
        self.setProperty("surface", "panel")
        self.setProperty("line", "top")
        self.code_pill = Pill(appearance, self.tr("Code with"), opens=True)
        self.unit_pill = Pill(appearance, self.tr("Take"), opens=True)
        self.one = QPushButton(self.tr("Code this hit"))
        self.one.setToolTip(self.tr("Enter codes the current hit and goes to the next"))
        self.all = QPushButton()
        self.all.setProperty("kind", "primary")
        self.all.setShortcut(QKeySequence("Ctrl+Return"))
        px = appearance.px
        held = QWidget()
        row = WrapLayout(held, across=px(8), down=px(6))
        for widget in (self.code_pill, self.unit_pill, self.one, self.all):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(8), px(14), px(8))
        column.addWidget(held)
        self.code_pill.clicked.connect(self.open_codes)
        self.unit_pill.clicked.connect(self._open_units)
        self.one.clicked.connect(self.one_asked)
        self.all.clicked.connect(self.all_asked)
        self._say()
        self.set_count(0, 0, writable=True)

    def set_codes(self, codes: tuple[CodeRow, ...]) -> None:
        """Take over the codebook as it is now; a code that is gone is chosen no more."""
        self._codes = tuple(row for row in codes if row.applicable)
        if self.code not in {row.id for row in self._codes}:
            self.code = None
        self._say()

    def set_count(self, wanted: int, selected: int, *, writable: bool) -> None:
        """How many hits one act would code."""
        ready = self.code is not None and writable
        self.all.setText(self.tr("Code all {count}").format(count=figure(wanted)))
        self.one.setText(
            self.tr("Code this hit")
            if selected <= 1
            else self.tr("Code these {count}").format(count=figure(selected))
        )
        self.all.setEnabled(ready and wanted > 0)
        self.one.setEnabled(ready and selected > 0)
        self.code_pill.setEnabled(writable)

    def choose(self, code: UUID) -> None:
        """Code with this one from now on."""
        self.code = code
        self._say()
        self.chosen.emit()

    def _say(self) -> None:
        name = next((row.name for row in self._codes if row.id == self.code), "")
        self.code_pill.set_words(self.tr("Code with"), name or self.tr("choose…"))
        self.unit_pill.set_words(self.tr("Take"), unit_words(self.unit))

    def open_codes(self) -> None:
        """Ask which code."""
        choices = [
            Choice(
                row.id,
                row.name,
                below=" › ".join(row.path[:-1]),
                count=figure(row.codings) if row.codings else "",
                colour=row.colour,
                pattern=row.pattern.value,
            )
            for row in self._codes
        ]
        chooser = ChoiceList(
            self._look, self.tr("Find or create a code"), choices, create=self.tr("New code")
        )
        open_choices(self._look, chooser, self.code_pill)
        # Connected last: what asks for a name opens when this has given the focus back.
        chooser.taken.connect(self.choose)
        chooser.created.connect(self.new_asked)

    def _open_units(self) -> None:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for unit in Unit:
            action = menu.addAction(unit_words(unit))
            action.setCheckable(True)
            action.setChecked(unit is self.unit)
            action.triggered.connect(lambda _c=False, u=unit: self._set_unit(u))
            group.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.unit_pill.mapToGlobal(QPoint(0, self.unit_pill.height())))

    def _set_unit(self, unit: Unit) -> None:
        self.unit = unit
        self._say()
        self.chosen.emit()
