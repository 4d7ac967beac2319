"""The Recommendations page of the Themes place: barriers, where each leads, what was kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.core.words import Valence
from ikt_coder.services.recommendations.rows import SubjectRow
from ikt_coder.services.retrieval_counts import direction_names
from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.comparison.agreement.grid import GridView
from ikt_coder.ui.context import Context
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.recommendations.kept import KeptView
from ikt_coder.ui.recommendations.path_grid import Keep, path_grid
from ikt_coder.ui.recommendations.reading import RecommendationsRead, read_recommendations
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.count_link import CountLink
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.list_pages import ListPages
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.rows_model import RowsModel
from ikt_coder.ui.widgets.segmented_switch import Segment, SegmentedSwitch
from ikt_coder.ui.widgets.text_label import TextLabel

_UNRELATED = frozenset({"memo", "folder", "source_file", "quote"})


class SubjectModel(RowsModel[SubjectRow]):
    """A theme or code with its participants."""

    def shown(self, row: SubjectRow, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.name
        if role == ItemRole.SUBTITLE:
            kind = self.tr("theme") if row.theme is not None else self.tr("code")
            n = self.tr("n = {n}").replace("{n}", str(row.participants))
            return f"{kind} · {n}"
        if role == ItemRole.KEY:
            return row.key
        return None


class RecommendationsPage(QWidget):
    """Reads anew, away from the main thread, after each act, while it is seen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.valence = Valence.BARRIER
        self._chosen: UUID | None = None
        self.read: RecommendationsRead | None = None
        look, px = context.appearance, context.appearance.px
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.switch = SegmentedSwitch(look, self.tr("Direction"), self)
        self.source_pill = Pill(look, self.tr("Functions by"), opens=True)
        self.model = SubjectModel(self)
        self.list = RowList(look, self.tr("What a recommendation can answer to"), ruled=True)
        self.list.setModel(self.model)
        self.empty = EmptyView(
            look,
            "flag",
            self.tr("No barrier is coded yet"),
            self.tr(
                "Give codings a direction (B, F, X, D while coding); their codes and themes then "
                "stand here, with what could be done about them."
            ),
        )
        self.pages = ListPages(self.list, self.empty)
        self.title = TextLabel(look, face=FontRole.STRONG)
        self.evidence = CountLink(look, "", "")
        self.grid = GridView(look)
        self.grid.setMinimumHeight(px(90))
        self.hint = TextLabel(look, face=FontRole.SMALL, role="dim", most_lines=3)
        self.kept = KeptView(context)
        self._lay_out(px)
        self.reading = FreshReading(self, context.tasks, self._begin, self._show)
        self._connect()
        self._offer_directions()

    def _lay_out(self, px: Callable[[float], int]) -> None:
        settings = self.context.settings
        bar = QFrame(self)
        bar.setProperty("surface", "panel")
        bar.setProperty("line", "bottom")
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(bar)
        row.setContentsMargins(14, 6, 14, 6)
        row.addWidget(self.switch)
        row.addStretch(1)
        row.addWidget(self.source_pill)
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(px(14), px(10), px(14), px(6))
        column.setSpacing(px(6))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.evidence)
        column.addLayout(head)
        column.addWidget(self.grid, 1)
        column.addWidget(self.hint)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setProperty("surface", "panel")
        area.viewport().setProperty("surface", "panel")
        self.kept.setProperty("surface", "panel")
        area.setWidget(self.kept)
        self.down = RememberedSplitter(
            Qt.Orientation.Vertical,
            saved=settings.splitter("recommendations.down"),
            save=lambda sizes: settings.remember_splitter("recommendations.down", sizes),
        )
        self.down.add_pane(above, px(320), stretch=True)
        self.down.add_pane(area, px(330), stretch=True)
        self.across = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter("recommendations"),
            save=lambda sizes: settings.remember_splitter("recommendations", sizes),
        )
        self.across.add_pane(self.pages, min(px(320), 380))
        self.across.add_pane(self.down, px(760), stretch=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addWidget(self.across, 1)

    def _connect(self) -> None:
        self.switch.chosen.connect(lambda key: self.set_direction(Valence(key)))
        self.source_pill.clicked.connect(self._open_sources)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._choose_current())
        self.evidence.clicked.connect(self._open_evidence)
        self.grid.opened.connect(self._opened)
        self.context.signals.changed.connect(self._changed)

    def _offer_directions(self) -> None:
        names = direction_names(self.context.project.card.get().words)
        segments = [
            Segment(value.value, f"{value.sign} {names[value]}")
            for value in (Valence.BARRIER, Valence.FACILITATOR)
        ]
        if [(one.key, one.text) for one in segments] != self.switch.shown():
            self.switch.set_segments(segments, self.valence.value)

    # -- reading --------------------------------------------------------------------------

    def _changed(self, changes: Changes) -> None:
        if not changes.tables <= _UNRELATED:
            self.reading.outdate()

    def _begin(self) -> Callable[[Progress], RecommendationsRead]:
        project, valence, chosen = self.context.project, self.valence, self._chosen
        return lambda progress: read_recommendations(project, valence, chosen, progress)

    def _show(self, read: RecommendationsRead) -> None:
        self.read = read
        self._offer_directions()
        if self.model.rows != read.subjects:
            # The path that was read says which one is shown.
            self.list.selectionModel().blockSignals(True)
            self.model.put(read.subjects)
            self.list.selectionModel().blockSignals(False)
        subject = read.path.subject if read.path is not None else None
        if subject is not None:
            self._chosen = subject.key
            place = [one.key for one in read.subjects].index(subject.key)
            if self.list.currentIndex().row() != place:
                self.list.setCurrentIndex(self.model.index(place))
        self.pages.choose()
        self.down.setVisible(subject is not None)
        source = read.functions_by.source
        self.source_pill.set_words(self.tr("Functions by"), source.short if source else "")
        self.kept.show_read(read, subject)
        if subject is None or read.path is None:
            return
        self.title.set_text(subject.name)
        words = self.tr("1 passage") if subject.passages == 1 else self.tr("{n} passages")
        self.evidence.set_count(
            words.replace("{n}", str(subject.passages)), self.tr("opens the evidence")
        )
        self.grid.show_grid(path_grid(read.path, read.of(subject)))
        missing = self.tr(
            "No component stands on these passages. Code them with TDF or COM-B, or draw a link."
        )
        told = read.path.components
        self.hint.set_text("; ".join(read.path.followed) if told else missing)
        self.hint.setToolTip("\n".join(read.path.sources) if told else "")

    @property
    def up_to_date(self) -> bool:
        """Whether what is shown is what the project holds."""
        return self.reading.up_to_date

    def refresh(self) -> None:
        """Read anew."""
        self.reading.refresh()

    # -- choosing ---------------------------------------------------------------------------

    def set_direction(self, valence: Valence) -> None:
        """List what has codings in this direction."""
        self.valence = valence
        self._chosen = None
        if self.switch.current() != valence.value:
            self.switch.choose(valence.value)
        self.reading.ask()

    def _choose_current(self) -> None:
        row = self.model.row(self.list.currentIndex())
        if row is not None and row.key != self._chosen:
            self._chosen = row.key
            self.reading.ask()

    def _open_evidence(self) -> None:
        if self.read is not None and self.read.path is not None:
            self.context.passages_wanted.emit(self.read.path.subject.codings)

    def _opened(self, what: object) -> None:
        if isinstance(what, Keep):
            self.kept.keep(what)
        else:
            self.context.passages_wanted.emit(what)

    def _open_sources(self) -> None:
        if self.read is None:
            return
        choices = [
            Choice(one.key, one.name, f"{one.short}, {one.checked}", str(one.links))
            for one in self.read.functions_by.sources
        ]
        shown = ChoiceList(self.context.appearance, self.tr("Source"), choices)
        shown.taken.connect(self.follow)
        open_choices(self.context.appearance, shown, self.source_pill)

    def follow(self, source: str) -> None:
        """Let the links from components to functions follow another source."""
        if self.read is None:
            return
        try:
            self.context.project.crosswalks.follow(self.read.functions_by.key, source)
        except UserError as error:
            self.context.fail(error)
            return
        self.context.say(self.tr("Changed the source of a crosswalk"))

    def focus_page(self) -> None:
        """Bring the keyboard to where one works."""
        first: QWidget = self.list if self.model.rows else self.switch
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
