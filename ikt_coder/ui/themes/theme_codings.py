"""The codings of a theme: what each says to it, its star, and whether it is quoted."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ikt_coder.core.words import Flag, Stance
from ikt_coder.services.rows import ThemeCodingRow
from ikt_coder.ui.context import Context
from ikt_coder.ui.themes.acts import ThemeActs
from ikt_coder.ui.themes.coding_entry import CodingEntry
from ikt_coder.ui.themes.details import ThemeDetails
from ikt_coder.ui.widgets.count_link import CountLink
from ikt_coder.ui.widgets.segmented_switch import Segment, SegmentedSwitch
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

SHOWN = 15
"""Codings shown at once; the rest on demand."""

_ALL, _DEVIANT = "all", "deviant"


class ThemeCodings(QWidget):
    """Made anew where codings, stances or quotes have changed; the keyboard stays where it was."""

    def __init__(self, context: Context, acts: ThemeActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._acts = acts
        self._details: ThemeDetails | None = None
        self._shown = SHOWN
        self._deviant = -1
        self.entries: list[CodingEntry] = []
        self._made_of: dict[UUID, object] = {}
        look = context.appearance
        self.count = CountLink(look, "", "")
        self.count.clicked.connect(self._open_all)
        self.switch = SegmentedSwitch(look, self.tr("Codings shown"))
        self.switch.chosen.connect(lambda _key: self._again())
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QWidget()
        row = WrapLayout(head, across=10, down=4)
        row.addWidget(self.switch)
        row.addWidget(self.count)
        column.addWidget(head)
        column.addWidget(self._rows)
        column.addStretch(1)

    def begin(self) -> None:
        """Another theme comes: all its codings, from the first."""
        self._shown = SHOWN
        if self.switch.current():
            self.switch.choose(_ALL)

    def show_details(self, details: ThemeDetails) -> None:
        self._details = details
        deviant = sum(row.stance is not Stance.SUPPORTS for row in details.codings)
        self.switch.setVisible(deviant > 0)
        words = self.tr("Deviant cases {n}").replace("{n}", str(deviant))
        hint = self.tr("Codings that qualify or contradict the theme")
        if deviant != self._deviant:
            self._deviant = deviant
            offered = [Segment(_ALL, self.tr("All")), Segment(_DEVIANT, words, hint)]
            self.switch.set_segments(offered)
        if not deviant:
            self.switch.choose(_ALL)
        self._again()

    def _wanted(self, details: ThemeDetails) -> list[ThemeCodingRow]:
        if self.switch.current() == _DEVIANT:
            return [row for row in details.codings if row.stance is not Stance.SUPPORTS]
        return list(details.codings)

    def _again(self) -> None:
        details = self._details
        if details is None:
            return
        focused = next((at for at, entry in enumerate(self.entries) if _within(entry)), None)
        held = self.entries[focused].coding if focused is not None else None
        wanted = self._wanted(details)
        words = self.tr("1 coding") if len(wanted) == 1 else self.tr("{n} codings")
        what = self.tr("of the theme; opens their passages")
        self.count.set_count(words.replace("{n}", str(len(wanted))), what)
        self.count.setEnabled(bool(wanted))
        before = {entry.coding: entry for entry in self.entries}
        self.entries = []
        for row in wanted[: self._shown]:
            self._put(row, details, before)
        kept = set(self.entries)
        _clear(self._column, kept)
        for entry in self.entries:
            self._column.addWidget(entry)
        left = len(wanted) - self._shown
        if left > 0:
            more = QPushButton(self.tr("Show {n} more").replace("{n}", str(left)))
            more.setProperty("kind", "link")
            more.clicked.connect(self.show_all)
            self._column.addWidget(more)
        if not details.codings:
            none = QLabel(self.tr("No codings yet. Drag codes or passages onto the theme."))
            none.setProperty("tone", "dim")
            none.setWordWrap(True)
            self._column.addWidget(none)
        if focused is not None and self.entries:
            same = next((entry for entry in self.entries if entry.coding == held), None)
            (same or self.entries[min(focused, len(self.entries) - 1)]).setFocus()

    def _put(
        self, row: ThemeCodingRow, details: ThemeDetails, before: dict[UUID, CodingEntry]
    ) -> None:
        """The entry of a coding, the one that is there where it shows the same."""
        coding = row.passage.coding
        name = details.code_names.get(coding.code, "")
        proposed = coding.id in details.proposed
        shown = (details.theme.id, row, name, proposed)
        there = before.get(coding.id)
        if there is not None and self._made_of.get(coding.id) == shown:
            self.entries.append(there)
            return
        entry = CodingEntry(
            self._context.appearance, row, name, proposed=proposed, parent=self._rows
        )
        self._made_of[coding.id] = shown
        theme, acts = details.theme.id, self._acts
        entry.opened.connect(self._context.reveal_coding)
        entry.stance_chosen.connect(lambda coding, stance: acts.set_stance(theme, [coding], stance))
        entry.star_wanted.connect(self._star)
        entry.quote_wanted.connect(lambda coding: acts.accept_quote(theme, coding))
        entry.quote_dropped.connect(lambda quote: acts.drop_quote(theme, quote))
        entry.taken_out.connect(lambda coding: acts.take_out_codings(theme, [coding]))
        entry.step_wanted.connect(lambda by: self._step(entry, by))
        # At once, so that it can take the keyboard.
        entry.show()
        self.entries.append(entry)

    def _step(self, entry: CodingEntry, by: int) -> None:
        to = self.entries.index(entry) + by
        if 0 <= to < len(self.entries):
            self.entries[to].setFocus(Qt.FocusReason.TabFocusReason)

    def focus_first(self) -> None:
        """Bring the keyboard to the first coding."""
        if self.entries:
            self.entries[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_all(self) -> None:
        """Show further codings."""
        self._shown += 200
        self._again()

    def _open_all(self) -> None:
        details = self._details
        if details is not None:
            rows = self._wanted(details)
            self._context.passages_wanted.emit(tuple(row.passage.coding.id for row in rows))

    def _star(self, coding: UUID) -> None:
        project = self._context.project
        words = self.tr("Changed the star of a coding")
        self._acts.attempt(lambda: project.codings.toggle_flag(coding, Flag.STAR), words)


def _within(entry: QWidget) -> bool:
    focus = entry.window().focusWidget()
    return focus is not None and (focus is entry or entry.isAncestorOf(focus))


def _clear(layout: QVBoxLayout, kept: Collection[QWidget]) -> None:
    """Empty a layout; what is not kept goes for good."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None and widget not in kept:
            widget.hide()
            widget.deleteLater()
