"""Who is there while one settles, and whose codings the columns show."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from ikt_coder.services.round_rows import RoundRow
from ikt_coder.ui.comparison.columns.study import Study
from ikt_coder.ui.context import Context
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.widgets.pill import Pill

FEWEST, MOST = 2, 3
"""So many columns stand beside each other."""


class People(QObject):
    """Both are kept with the round. ``present`` empty: the one who sits here; ``columns``
    empty: the first of those who coded."""

    changed = Signal()
    columns_changed = Signal()

    def __init__(
        self, context: Context, present_pill: Pill, columns_pill: Pill, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._present_pill, self._columns_pill = present_pill, columns_pill
        self._study: Study | None = None
        self._row: RoundRow | None = None
        self.present: tuple[UUID, ...] = ()
        self.columns: tuple[UUID, ...] = ()
        present_pill.clicked.connect(self._choose_present)
        columns_pill.clicked.connect(self._choose_columns)

    def show_round(self, row: RoundRow, study: Study, *, names: bool) -> None:
        """``names``: whether one may know who coded what."""
        self._row, self._study = row, study
        self._tell_present()
        self._columns_pill.setVisible(names and len(self.coders()) > FEWEST)
        self._tell_columns()

    def coders(self) -> list[UUID]:
        """The coders of the round."""
        if self._row is None or self._study is None:
            return []
        return [coder for coder in self._row.coders if coder in self._study.coders]

    def set_columns(self, chosen: frozenset[UUID]) -> None:
        """Show two or three of the coders, in the order of the round."""
        if not FEWEST <= len(chosen) <= MOST:
            self._context.say(self.tr("Choose two or three coders."), undo=False)
            return
        self.columns = tuple(coder for coder in self.coders() if coder in chosen)
        self._tell_columns()
        self.columns_changed.emit()

    def _there(self) -> tuple[UUID, ...]:
        mine = self._context.project.coder
        return self.present or tuple(coder for coder in [mine] if coder is not None)

    def _initials(self, coders: Sequence[UUID]) -> str:
        study = self._study
        if study is None:
            return ""
        return ", ".join(study.coders[c].initials for c in coders if c in study.coders)

    def _tell_present(self) -> None:
        self._present_pill.set_words(self.tr("Present:"), self._initials(self._there()) or "–")

    def _tell_columns(self) -> None:
        shown = self.columns or self.coders()[:MOST]
        self._columns_pill.set_words(self.tr("Columns:"), self._initials(shown))

    def _choose_present(self) -> None:
        if self._study is None:
            return
        rows = [Choice(row.id, row.name) for row in self._study.coders.values()]
        look = self._context.appearance
        chooser = ChoiceList(
            look,
            self.tr("Who is present"),
            rows,
            several=True,
            checked=frozenset(self._there()),
        )
        chooser.changed.connect(self._set_present)
        open_choices(look, chooser, self._present_pill)

    def _set_present(self, chosen: frozenset[UUID]) -> None:
        self.present = tuple(sorted(chosen, key=lambda key: key.int))
        self._tell_present()
        self.changed.emit()

    def _choose_columns(self) -> None:
        study, coders = self._study, self.coders()
        if study is None:
            return
        look = self._context.appearance
        chooser = ChoiceList(
            look,
            self.tr("Two or three coders"),
            [Choice(coder, study.coder_name(coder)) for coder in coders],
            several=True,
            checked=frozenset(self.columns or coders[:MOST]),
        )
        chooser.changed.connect(self.set_columns)
        open_choices(look, chooser, self._columns_pill)
