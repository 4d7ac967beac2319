"""Deviant cases: every coding that qualifies or contradicts a theme, with its passage."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.words import Flag, Stance
from ikt_coder.services.deviant_cases import DeviantCase
from ikt_coder.services.rows import ThemeCodingRow
from ikt_coder.ui.context import Context
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.themes.acts import ThemeActs
from ikt_coder.ui.themes.coding_entry import CodingEntry
from ikt_coder.ui.themes.snapshot import ThemesSnapshot
from ikt_coder.ui.themes.wording import stance_words
from ikt_coder.ui.widgets.count_link import CountLink
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.pill import CheckChip, Pill
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

SHOWN = 60


class DeviantView(QWidget):
    """Filtered by stance and theme; the count opens the passages, an entry its transcript."""

    def __init__(self, context: Context, acts: ThemeActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._acts = acts
        self._snapshot: ThemesSnapshot | None = None
        self._themes: frozenset[UUID] = frozenset()
        self._shown = SHOWN
        self._stale = True
        self.entries: list[CodingEntry] = []
        look = context.appearance
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.count = CountLink(look, "", "")
        self.count.clicked.connect(self._open_all)
        self.chips: dict[Stance, CheckChip] = {}
        head = QWidget()
        bar = WrapLayout(head, across=8, down=4)
        bar.addWidget(self.count)
        for stance in (Stance.QUALIFIES, Stance.CONTRADICTS):
            chip = CheckChip(look, stance_words(stance))
            chip.setChecked(True)
            chip.clicked.connect(self._again)
            self.chips[stance] = chip
            bar.addWidget(chip)
        self.theme_pill = Pill(look, self.tr("All themes"), opens=True)
        self.theme_pill.clicked.connect(self._open_themes)
        bar.addWidget(self.theme_pill)
        self._rows = QFrame()
        self._rows.setProperty("surface", "ground")
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 12, 0)
        self._column.setSpacing(0)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setProperty("surface", "ground")
        self._area.viewport().setProperty("surface", "ground")
        self._area.setWidget(self._rows)
        self.empty = EmptyView(
            look,
            "coding",
            self.tr("No deviant case"),
            self.tr(
                "Say of a coding that it qualifies or contradicts its theme, in the list of "
                "the theme's codings; it is then gathered here."
            ),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 10, 6, 10)
        column.setSpacing(8)
        column.addWidget(head)
        column.addWidget(self._area, 1)
        column.addWidget(self.empty, 1)

    def show_snapshot(self, snapshot: ThemesSnapshot) -> None:
        """Show the cases as they are now; filters, place and keyboard stay."""
        old, self._snapshot = self._snapshot, snapshot
        if old is not None and (old.deviant, old.codes) == (snapshot.deviant, snapshot.codes):
            return
        self._stale = True
        self.set_themes(self._themes & {case.theme for case in snapshot.deviant})

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The entries are made when they are first looked at.
        if self._stale:
            self._again()

    def cases(self) -> list[DeviantCase]:
        """Those the filters let through."""
        if self._snapshot is None:
            return []
        return [
            case
            for case in self._snapshot.deviant
            if self.chips[case.stance].isChecked()
            and (not self._themes or case.theme in self._themes)
        ]

    def _again(self) -> None:
        cases, snapshot = self.cases(), self._snapshot
        if snapshot is None:
            return
        self._stale = False
        focused = next((at for at, one in enumerate(self.entries) if one.hasFocus()), None)
        place = self._area.verticalScrollBar().value()
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.entries = []
        words = self.tr("1 deviant case") if len(cases) == 1 else self.tr("{n} deviant cases")
        what = self.tr("codings that qualify or contradict their theme; opens their passages")
        self.count.set_count(words.replace("{n}", str(len(cases))), what)
        self.count.setEnabled(bool(cases))
        theme: UUID | None = None
        for case in cases[: self._shown]:
            if case.theme != theme:
                theme = case.theme
                self._column.addWidget(self._heading(case))
            self._add(case, snapshot)
        left = len(cases) - self._shown
        if left > 0:
            more = QPushButton(self.tr("Show {n} more").replace("{n}", str(left)))
            more.setProperty("kind", "link")
            more.clicked.connect(self._more)
            self._column.addWidget(more)
        self._column.addStretch(1)
        self.empty.setVisible(not cases)
        self._area.setVisible(bool(cases))
        self._area.verticalScrollBar().setValue(place)
        if focused is not None and self.entries:
            self.entries[min(focused, len(self.entries) - 1)].setFocus()

    def _more(self) -> None:
        self._shown += 200
        self._again()

    @staticmethod
    def _heading(case: DeviantCase) -> QLabel:
        label = QLabel(case.theme_name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("face", "strong")
        label.setContentsMargins(8, 12, 8, 2)
        return label

    def _add(self, case: DeviantCase, snapshot: ThemesSnapshot) -> None:
        code = snapshot.codes.get(case.passage.coding.code)
        theme = snapshot.theme(case.theme)
        by_code = theme is not None and case.passage.coding.code in theme.codes
        row = ThemeCodingRow(case.passage, by_code, case.stance, None)
        entry = CodingEntry(
            self._context.appearance,
            row,
            code.name if code is not None else "",
            proposed=False,
            # Quotes are accepted where the theme's own quotes stand beside them.
            quoting=False,
            parent=self._rows,
        )
        entry.opened.connect(self._context.reveal_coding)
        entry.stance_chosen.connect(partial(self._set_stance, case.theme))
        entry.star_wanted.connect(self._star)
        entry.taken_out.connect(lambda coding: self._acts.take_out_codings(case.theme, [coding]))
        at = len(self.entries)
        entry.step_wanted.connect(lambda by: self._step(at + by))
        self._column.addWidget(entry)
        # At once, so that it can take the keyboard.
        entry.show()
        self.entries.append(entry)

    def _set_stance(self, theme: UUID, coding: UUID, stance: Stance) -> None:
        self._acts.set_stance(theme, [coding], stance)

    def _star(self, coding: UUID) -> None:
        codings = self._context.project.codings
        words = self.tr("Changed the star of a coding")
        self._acts.attempt(lambda: codings.toggle_flag(coding, Flag.STAR), words)

    def _step(self, to: int) -> None:
        if 0 <= to < len(self.entries):
            self.entries[to].setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(self.entries[to])

    def focus_first(self) -> None:
        """Bring the keyboard to the first case, or to the filter."""
        first: QWidget = self.entries[0] if self.entries else self.theme_pill
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- filters --------------------------------------------------------------------------

    def _open_all(self) -> None:
        codings = tuple(dict.fromkeys(case.passage.coding.id for case in self.cases()))
        if codings:
            self._context.passages_wanted.emit(codings)

    def themes_list(self) -> ChoiceList:
        """The themes that have deviant cases, to choose among."""
        counts: dict[UUID, int] = {}
        names: dict[UUID, str] = {}
        for case in self._snapshot.deviant if self._snapshot is not None else ():
            counts[case.theme] = counts.get(case.theme, 0) + 1
            names[case.theme] = case.theme_name
        choices = [Choice(key, name, count=str(counts[key])) for key, name in names.items()]
        made = ChoiceList(
            self._context.appearance,
            self.tr("Themes"),
            choices,
            several=True,
            checked=frozenset(self._themes),
        )
        made.changed.connect(self.set_themes)
        return made

    def _open_themes(self) -> None:
        open_choices(
            self._context.appearance, self.themes_list(), self.theme_pill, close_after=False
        )

    def set_themes(self, themes: frozenset[UUID]) -> None:
        """Show the cases of some themes; none chosen shows all."""
        self._themes = themes
        names = {
            case.theme: case.theme_name
            for case in (self._snapshot.deviant if self._snapshot is not None else ())
            if case.theme in themes
        }
        words = self.tr("All themes")
        if len(names) == 1:
            words = next(iter(names.values()))
        elif names:
            words = self.tr("{n} themes").replace("{n}", str(len(names)))
        self.theme_pill.set_words(words)
        self._stale = True
        if self.isVisible():
            self._again()
