"""The page Case ratings: the grid with the scale beside it, and groups of cases compared."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.cases import CaseKind
from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.services.case_ratings.rows import HIGHEST, LOWEST, Rated
from ikt_coder.ui.case_ratings.compare_view import CompareView
from ikt_coder.ui.case_ratings.detail import RatingDetail
from ikt_coder.ui.case_ratings.grid import RatingsView
from ikt_coder.ui.case_ratings.reading import Asked, RatingsRead, read_ratings
from ikt_coder.ui.case_ratings.wording import kind_name, rated_words
from ikt_coder.ui.context import Context
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.announce import announce
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.segmented_switch import Segment, SegmentedSwitch
from ikt_coder.ui.widgets.turning_splitter import TurningSplitter
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_STATE = "case_ratings"
_UNRELATED = frozenset(
    {"memo", "memo_link", "source_file", "theme", "quote", "belief", "matrix_cell", "cell_coding"}
)
_STARTS = 3
_BESIDE = 900
_ROOMY = 480
_RATED, _BY_HAND = "rated", "by hand"


class RatingsPage(QWidget):
    """What is asked for is remembered for the project."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.read: RatingsRead | None = None
        self._asked = self._kept()
        self._view = "ratings"
        self.reading: FreshReading[RatingsRead] = FreshReading(
            self, context.tasks, self._begin, self._show
        )
        self._build()
        context.signals.changed.connect(self._changed)

    def _build(self) -> None:
        context, look = self._context, self._context.appearance
        px, settings = look.px, context.settings
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.switch = SegmentedSwitch(look, self.tr("View of the ratings"), self)
        self.switch.set_segments(
            [
                Segment("ratings", self.tr("Ratings")),
                Segment("compare", self.tr("Compare groups")),
            ]
        )
        self.switch.chosen.connect(self.show_view)
        self.cases = Pill(look, self.tr("Cases:"), "", opens=True)
        self.cases.clicked.connect(self._open_kinds)
        self.constructs = Pill(look, self.tr("Constructs:"), "", opens=True)
        self.constructs.clicked.connect(self._open_constructs)
        self.whose = SegmentedSwitch(look, self.tr("Whose ratings"), self)
        self.whose.set_segments(
            [
                Segment("mine", self.tr("Mine"), self.tr("Show and change your own ratings")),
                Segment(
                    "agreed",
                    self.tr("Agreed"),
                    self.tr("Show what counts, and set what the raters agree on"),
                ),
            ]
        )
        self.whose.chosen.connect(lambda _key: self._put())
        self.report_button = QPushButton(self.tr("Reports"))
        self.report_button.clicked.connect(lambda _on=False: context.place_wanted.emit("reports"))
        self.bar = QFrame()
        bar = WrapLayout(self.bar)
        bar.setContentsMargins(14, 8, 14, 8)
        for widget in (
            self.switch,
            self.cases,
            self.constructs,
            self.whose,
            self.report_button,
        ):
            bar.addWidget(widget)
        self.foot = QLabel(
            self.tr(
                "+ − up and down · −2 … +2: sign, then digit · 0 neutral · X mixed · M Missing · "
                "Del clears · Enter reasons"
            )
        )
        self.foot.setProperty("tone", "dim")
        self.foot.setProperty("face", "small")
        self.foot.setWordWrap(True)
        self.foot.setContentsMargins(14, 6, 14, 6)
        self.grid = RatingsView(look)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.grid, 1)
        column.addWidget(self.foot)
        self.detail = RatingDetail(context)
        self.across = TurningSplitter(
            look,
            _BESIDE,
            saved=settings.splitter("ratings.across"),
            save=lambda sizes: settings.remember_splitter("ratings.across", sizes),
        )
        self.across.add_pane(left, px(760), stretch=True)
        self.across.add_pane(self.detail, px(400), stretch=True)
        self.compare = CompareView(context)
        self.compare.asked.connect(self._ask_comparison)
        self.empty = EmptyView(
            look,
            "table",
            self.tr("No case ratings yet"),
            self.tr(
                "Rate how each construct works in each case, from −2 (hinders strongly) to +2 "
                "(helps strongly), with the passages beside you. Missing is kept apart from 0."
            ),
        )
        self.stack = QStackedWidget()
        for view in (self.empty, self.across, self.compare):
            self.stack.addWidget(view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self.stack, 1)
        self.grid.chosen.connect(self._show_cell)
        self.grid.rated.connect(self.rate)
        self.grid.stepped.connect(self.step)
        self.grid.reasons_wanted.connect(self.detail.focus_reasons)
        self.detail.rated.connect(self.rate)
        self.detail.explained.connect(self._explain)
        self.bar.hide()
        self._start_buttons: list[QPushButton] = []

    def resizeEvent(self, event: QResizeEvent) -> None:
        # With large text in a small window the room goes to the ratings.
        self.foot.setVisible(event.size().height() >= self._context.appearance.px(_ROOMY))
        super().resizeEvent(event)

    # -- reading ------------------------------------------------------------------------

    def _begin(self) -> Callable[[Progress], RatingsRead]:
        project, asked = self._context.project, self._asked
        return lambda progress: read_ratings(project, asked, progress)

    def _changed(self, changes: Changes) -> None:
        if not changes.tables or not changes.tables <= _UNRELATED:
            self.reading.outdate()

    @property
    def up_to_date(self) -> bool:
        return self.reading.up_to_date

    def _show(self, read: RatingsRead) -> None:
        self.read = read
        self._asked = read.asked
        self._offer_starts(read)
        self.bar.setVisible(read.grid is not None)
        if read.grid is None:
            self.stack.setCurrentWidget(self.empty)
            return
        names = dict(read.frameworks)
        if read.asked.framework is not None:
            shown = names[read.asked.framework]
        elif read.asked.codes:
            shown = self.tr("{n} codes").replace("{n}", str(len(read.asked.codes)))
        else:
            shown = self.tr("those rated so far")
        self.cases.set_words(self.tr("Cases:"), kind_name(read.grid.kind))
        self.constructs.set_words(self.tr("Constructs:"), shown)
        self.compare.show_comparison(read.grid, read.compare_by, read.comparison)
        self._put()
        self.show_view(self._view)

    def _put(self) -> None:
        if self.read is not None and self.read.grid is not None:
            self.grid.show_grid(self.read.grid, self._rater())
            self._show_cell()

    def _rater(self) -> UUID | None:
        """Whose ratings are shown: the present coder's, or None for what counts."""
        return None if self.whose.current() == "agreed" else self._context.project.coder

    @property
    def _agreed(self) -> bool:
        return self.whose.current() == "agreed"

    def _show_cell(self) -> None:
        grid, key = self.grid.ratings.grid, self.grid.key()
        if grid is None or key is None:
            return
        case = next(one for one in grid.cases if one.ref == key[0])
        construct = next(one for one in grid.constructs if one.code == key[1])
        able = not self._context.project.read_only
        title = f"{construct.name} · {case.label}"
        self.detail.show_cell(key, title, grid.cell(*key), self._rater(), able)

    def show_view(self, key: str) -> None:
        """Show the ratings, or groups compared."""
        self._view = key if key in ("ratings", "compare") else "ratings"
        if self.switch.current() != self._view:
            self.switch.choose(self._view)
        self.whose.setVisible(self._view == "ratings")
        if self.read is not None and self.read.grid is not None:
            view = self.across if self._view == "ratings" else self.compare
            self.stack.setCurrentWidget(view)

    # -- what is asked for --------------------------------------------------------------

    def _offer_starts(self, read: RatingsRead) -> None:
        for number, (_, framework) in enumerate(read.frameworks[:_STARTS]):
            name = self.tr("Rate with {framework}").replace("{framework}", framework)
            if number == len(self._start_buttons):
                self._start_buttons.append(
                    self.empty.add_button(name, partial(self._start_with, number))
                )
            self._start_buttons[number].setText(name)
        for number, button in enumerate(self._start_buttons):
            button.setVisible(number < len(read.frameworks))
        if not self._choose_button:
            self._choose_button = self.empty.add_button(self.tr("Choose codes…"), self._open_codes)

    _choose_button: QPushButton | None = None

    def _start_with(self, number: int) -> None:
        if self.read is not None and number < len(self.read.frameworks):
            self.ask(framework=self.read.frameworks[number][0])

    def ask(
        self,
        kind: CaseKind | None = None,
        *,
        framework: UUID | None = None,
        codes: tuple[UUID, ...] | None = None,
    ) -> None:
        """Show other cases (constructs stay), or other constructs (cases stay)."""
        asked = self._asked
        if kind is not None:
            self._asked = Asked(kind, asked.framework, asked.codes, asked.by)
        else:
            self._asked = Asked(asked.kind, framework, codes or (), asked.by)
        self._keep()
        self.reading.ask()

    def _ask_comparison(self) -> None:
        asked = self._asked
        self._asked = Asked(asked.kind, asked.framework, asked.codes, self.compare.by)
        self._keep()
        self.reading.ask()

    def _open_kinds(self) -> None:
        if self.read is None:
            return
        choices = [Choice(kind, kind_name(kind)) for kind in self.read.kinds]
        shown = ChoiceList(self._context.appearance, self.tr("What the cases are"), choices)
        shown.taken.connect(self.ask)
        open_choices(self._context.appearance, shown, self.cases)

    def _open_constructs(self) -> None:
        if self.read is None:
            return
        choices = [Choice(key, name) for key, name in self.read.frameworks]
        choices.append(Choice(_RATED, self.tr("Those rated so far")))
        choices.append(Choice(_BY_HAND, self.tr("Choose codes…")))
        shown = ChoiceList(self._context.appearance, self.tr("What is rated"), choices)
        shown.taken.connect(self._take_constructs)
        open_choices(self._context.appearance, shown, self.constructs)

    def _take_constructs(self, key: object) -> None:
        if key == _BY_HAND:
            self._open_codes()
        elif isinstance(key, UUID):
            self.ask(framework=key)
        else:
            self.ask(codes=())

    def _open_codes(self) -> None:
        read = self.read
        if read is None:
            return
        choices = [
            Choice(row.id, row.name, " › ".join(row.path[:-1]), "", row.colour, row.pattern.value)
            for row in read.codes
        ]
        there = read.asked.codes or (
            tuple(one.code for one in read.grid.constructs) if read.grid is not None else ()
        )
        shown = ChoiceList(
            self._context.appearance,
            self.tr("Codes to rate"),
            choices,
            several=True,
            checked=frozenset(there),
        )
        shown.setFixedWidth(self._context.appearance.px(380))
        chosen: list[UUID] = list(there)

        def keep(keys: frozenset[UUID]) -> None:
            chosen[:] = [row.id for row in read.codes if row.id in keys]

        shown.changed.connect(keep)
        anchor: QWidget = self.constructs if self.bar.isVisible() else self.empty
        popover = open_choices(self._context.appearance, shown, anchor, close_after=False)
        popover.closed.connect(lambda: self._take_codes(tuple(chosen), there))

    def _take_codes(self, codes: tuple[UUID, ...], before: tuple[UUID, ...]) -> None:
        if codes and codes != before:
            self.ask(codes=codes)

    # -- acts ---------------------------------------------------------------------------

    def rate(self, rated: Rated | None) -> None:
        """Rate the current cell, or clear it (None)."""
        key = self.grid.key()
        if key is None or self._context.project.read_only:
            return
        service, (case, code) = self._context.project.ratings, key
        try:
            if rated is None:
                service.clear(case, code, agreed=self._agreed)
            else:
                service.rate(case, code, rated.value, mixed=rated.mixed, agreed=self._agreed)
        except UserError as error:
            self._context.fail(error)
            self._show_cell()
            return
        self.grid.ratings.put_rated(self.grid.currentIndex(), rated)
        words = rated_words(rated)
        self._context.say(f"{self.detail.title.text()}: {words}")
        announce(self.grid, words)

    def step(self, by: int) -> None:
        """One point up or down the scale; from nothing, Missing or mixed to +1 or −1."""
        key = self.grid.key()
        if key is None:
            return
        now = self._context.project.ratings.given(*key, agreed=self._agreed)
        if now is None or now.value is None or now.mixed:
            self.rate(Rated(by))
        else:
            self.rate(Rated(max(LOWEST, min(HIGHEST, now.value + by))))

    def _explain(self, words: str) -> None:
        key = self.detail.key
        if key is None or self._context.project.read_only:
            return
        case, code = key
        try:
            self._context.project.ratings.explain(case, code, words, agreed=self._agreed)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(self.tr("Changed the reasons of a rating"))

    # -- remembering --------------------------------------------------------------------

    def _kept(self) -> Asked:
        context = self._context
        kept = context.settings.local_state(context.project.local_id).get(_STATE)
        if not isinstance(kept, dict):
            return Asked()
        try:
            framework, codes = kept.get("framework"), kept.get("codes")
            return Asked(
                CaseKind(kept["kind"]) if kept.get("kind") else None,
                UUID(framework) if isinstance(framework, str) else None,
                tuple(UUID(code) for code in codes) if isinstance(codes, list) else (),
                str(kept.get("by", "")),
            )
        except ValueError:
            return Asked()

    def _keep(self) -> None:
        context, asked = self._context, self._asked
        whole = context.settings.local_state(context.project.local_id)
        whole[_STATE] = {
            "kind": asked.kind.value if asked.kind is not None else None,
            "framework": str(asked.framework) if asked.framework is not None else None,
            "codes": [str(code) for code in asked.codes],
            "by": asked.by,
        }
        context.settings.remember_local_state(context.project.local_id, whole)

    def focus_page(self) -> None:
        """Bring the keyboard to the grid, or to the way to a first rating."""
        current = self.stack.currentWidget()
        if current is self.across:
            self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif current is self.compare:
            self.compare.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self._start_buttons:
            self._start_buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
