"""Crosswalks: what waits for a choice, what codes lead to, sources and drawn links."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.codebooks.components import COMPONENTS
from ikt_coder.core.changes import Changes
from ikt_coder.core.query import Whose
from ikt_coder.ui.context import Context
from ikt_coder.ui.crosswalks.counts import CountsView
from ikt_coder.ui.crosswalks.links import LinksView
from ikt_coder.ui.crosswalks.reading import CrosswalksRead, read_crosswalks
from ikt_coder.ui.crosswalks.undecided import UndecidedView
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.segmented_switch import Segment, SegmentedSwitch

_UNRELATED = frozenset({"memo", "folder", "source_file", "theme", "quote"})


class CrosswalksPage(QWidget):
    """Reads anew, away from the main thread, after each act, while it is seen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.target = COMPONENTS
        self.whose = Whose.LAYER
        self.read: CrosswalksRead | None = None
        look, px = context.appearance, context.appearance.px
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.switch = SegmentedSwitch(look, self.tr("View of the crosswalks"), self)
        self.target_pill = Pill(look, self.tr("To"), opens=True)
        self.whose_pill = Pill(look, self.tr("Codings"), opens=True)
        self.undecided = UndecidedView(context)
        self.counts = CountsView(context)
        self.links = LinksView(context)
        self.stack = QStackedWidget()
        self._views: dict[str, QWidget] = {
            "undecided": self.undecided,
            "counts": self.counts,
            "links": self.links,
        }
        for view in self._views.values():
            self.stack.addWidget(view)
        bar = QFrame(self)
        bar.setProperty("surface", "panel")
        bar.setProperty("line", "bottom")
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(bar)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(px(10))
        row.addWidget(self.switch)
        row.addStretch(1)
        row.addWidget(self.target_pill)
        row.addWidget(self.whose_pill)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addWidget(self.stack, 1)
        self.reading = FreshReading(self, context.tasks, self._begin, self._show)
        self.switch.chosen.connect(self.show_view)
        self.target_pill.clicked.connect(self._open_targets)
        self.whose_pill.clicked.connect(self._open_whose)
        self.undecided.count_changed.connect(self._offer)
        # What is being read does not know of the choice.
        self.undecided.settled.connect(self.reading.drop)
        context.signals.changed.connect(self._changed)
        self._offer(0)
        self._tell()

    # -- reading --------------------------------------------------------------------------

    def _changed(self, changes: Changes) -> None:
        if not changes.tables <= _UNRELATED:
            self.reading.outdate()

    def _begin(self) -> Callable[[Progress], CrosswalksRead]:
        project, target, whose = self.context.project, self.target, self.whose
        counted = self.switch.current() == "counts"
        return lambda progress: read_crosswalks(
            project, target, whose, counted=counted, progress=progress
        )

    def _show(self, read: CrosswalksRead) -> None:
        first, self.read = self.read is None, read
        self.target = read.target
        self.undecided.show_read(read)
        self.counts.show_read(read)
        self.links.show_read(read)
        self._tell()
        if first and not read.waiting:
            self.show_view("counts" if read.groups else "links")

    @property
    def up_to_date(self) -> bool:
        """Whether what is shown is what the project holds."""
        return self.reading.up_to_date

    def refresh(self) -> None:
        """Read anew."""
        self.reading.refresh()

    # -- views ------------------------------------------------------------------------------

    def _offer(self, waiting: int) -> None:
        said = self.tr("Undecided {n}").replace("{n}", str(waiting))
        segments = [
            Segment(
                "undecided",
                said if waiting else self.tr("Undecided"),
                self.tr("Codings that lead to several nodes and wait for a choice"),
            ),
            Segment("counts", self.tr("What codes lead to"), self.tr("Counts, node by node")),
            Segment("links", self.tr("Sources and links"), self.tr("Published and drawn")),
        ]
        if [(one.key, one.text) for one in segments] != self.switch.shown():
            self.switch.set_segments(segments)

    def show_view(self, key: str) -> None:
        """Show one of the views."""
        if key not in self._views:
            return
        self.stack.setCurrentWidget(self._views[key])
        if self.switch.current() != key:
            self.switch.choose(key)
        self._tell()
        if key == "counts" and self.read is not None and self.read.count is None:
            self.reading.ask()

    def _tell(self) -> None:
        groups = self.read.groups if self.read is not None else ()
        short = next((one.short for one in groups if one.key == self.target), "")
        shown = self.switch.current()
        self.target_pill.set_words(self.tr("To"), short)
        self.target_pill.setVisible(len(groups) > 1 and shown != "links")
        mine = self.whose is Whose.MINE
        self.whose_pill.set_words(
            self.tr("Codings"), self.tr("mine") if mine else self.tr("analysis layer")
        )
        self.whose_pill.setVisible(shown == "undecided")

    def _open_targets(self) -> None:
        groups = self.read.groups if self.read is not None else ()
        choices = [Choice(group.key, group.name) for group in groups]
        shown = ChoiceList(self.context.appearance, self.tr("Framework"), choices)
        shown.taken.connect(self.set_target)
        open_choices(self.context.appearance, shown, self.target_pill)

    def set_target(self, target: str) -> None:
        """Show what leads to another framework."""
        self.target = target
        self.reading.ask()

    def _open_whose(self) -> None:
        choices = [
            Choice(
                "layer",
                self.tr("The analysis layer"),
                self.tr("What tables count: the Consensus, else the lead coder"),
            ),
            Choice("mine", self.tr("Mine"), self.tr("What you coded")),
        ]
        shown = ChoiceList(self.context.appearance, self.tr("Whose codings"), choices)
        shown.taken.connect(
            lambda key: self.set_whose(Whose.MINE if key == "mine" else Whose.LAYER)
        )
        open_choices(self.context.appearance, shown, self.whose_pill)

    def set_whose(self, whose: Whose) -> None:
        """List the codings of the analysis layer, or one's own."""
        self.whose = whose
        self._tell()
        self.reading.ask()

    def focus_page(self) -> None:
        """Bring the keyboard to where one works."""
        shown = self.switch.current()
        if shown == "undecided":
            self.undecided.focus_list()
        elif shown == "counts":
            self.counts.focus_grid()
        else:
            self.links.focus_first()
