"""The Themes place: board or outline, the fields of a theme, and the theme table below."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.core.frozen import frozen
from ikt_coder.core.table import Table
from ikt_coder.core.words import Approach
from ikt_coder.services.saved_tables import SavedTableRow
from ikt_coder.services.theme_counts import ThemeCounts
from ikt_coder.services.theme_table import ThemeTable, ThemeTableOptions
from ikt_coder.ui.context import Context
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.themes.acts import ThemeActs
from ikt_coder.ui.themes.board import Board
from ikt_coder.ui.themes.details import ThemeDetails, read_details
from ikt_coder.ui.themes.deviant_view import DeviantView
from ikt_coder.ui.themes.drag import Carried
from ikt_coder.ui.themes.fields import ThemeFields
from ikt_coder.ui.themes.further_pages import FurtherPages, further_segments
from ikt_coder.ui.themes.layer_popover import LayerPopover
from ikt_coder.ui.themes.links import link_choices, open_new_link
from ikt_coder.ui.themes.outline import Outline
from ikt_coder.ui.themes.place_acts import PlaceActs
from ikt_coder.ui.themes.snapshot import ThemesSnapshot, read_snapshot
from ikt_coder.ui.themes.table_export import ExportButton, TableExport
from ikt_coder.ui.themes.table_filters import Offered, read_offered
from ikt_coder.ui.themes.table_panel import TablePanel
from ikt_coder.ui.themes.theme_picker import ThemePicker
from ikt_coder.ui.themes.wording import layer_words
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.notification_bar import NotificationBar
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.segmented_switch import Segment, SegmentedSwitch

_SOON = 25
"""Milliseconds in which several changes become one reading."""
_UNRELATED = frozenset({"folder", "source_file"})
_STATE = "themes"


@frozen
class _Reading:
    """What one reading of the project found."""

    snapshot: ThemesSnapshot
    table: Table
    behind: dict[tuple[int, int, int], tuple[UUID, ...]]
    appendix: Table | None
    warnings: tuple[str, ...]
    offered: Offered
    saved: tuple[SavedTableRow, ...]
    details: ThemeDetails | None  # of the theme in the fields


class ThemesPlace(QWidget):
    """Shows the themes as they are; reads anew, away from the main thread, after each act."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.acts = ThemeActs(context, self)
        self.snapshot: ThemesSnapshot | None = None
        self.reading = FreshReading(self, context.tasks, self._begin, self._show, soon=_SOON)
        self._build()
        self.more_acts = PlaceActs(self)
        self._connect()
        self._restore()

    # -- building -------------------------------------------------------------------------

    def _build(self) -> None:
        context, look = self.context, self.context.appearance
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.view_switch = SegmentedSwitch(look, self.tr("View of the themes"))
        self._further = False
        self._offer_views(deviant=0)
        self.layer_pill = Pill(look, self.tr("Layer"), opens=True)
        self.export_button = ExportButton(context)
        self.fields_button = QToolButton()
        self.fields_button.setCheckable(True)
        self.fields_button.setToolTip(self.tr("Show or hide the fields of the theme"))
        self.fields_button.setAccessibleName(self.tr("Fields of the theme"))
        look.set_icon(self.fields_button, "panel-right")
        bar = QFrame()
        bar.setProperty("surface", "panel")
        bar.setProperty("line", "bottom")
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(bar)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(10)
        row.addWidget(self.view_switch)
        row.addStretch(1)
        row.addWidget(self.layer_pill)
        row.addWidget(self.export_button)
        row.addWidget(self.fields_button)
        self.bar = NotificationBar(look)
        self.board = Board(context, self.acts, self._board_hint())
        self.outline = Outline(context, self.acts)
        self.no_codings = EmptyView(
            look,
            "coding",
            self.tr("Nothing is coded yet"),
            self.tr("Code some passages first; the codes then stand here to be put into themes."),
        )
        self.no_codings.add_button(
            self.tr("Go to the transcripts"), lambda: context.place_wanted.emit("code")
        )
        self.no_codings.add_button(self.tr("New theme"), self.new_theme)
        outline_pane = QWidget()
        outline_pane.setProperty("surface", "ground")
        column = QVBoxLayout(outline_pane)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(self.outline)
        self.deviant = DeviantView(context, self.acts)
        self.stack = QStackedWidget()
        for page in (self.board, outline_pane, self.no_codings, self.deviant):
            self.stack.addWidget(page)
        # A page that is not shown must not keep the table from its room.
        self.stack.setMinimumHeight(140)
        self.fields = ThemeFields(context, self.acts)
        reflexive = context.project.card.get().approach is Approach.REFLEXIVE
        self.table = TablePanel(context, reflexive=reflexive)
        settings = context.settings
        self.down = RememberedSplitter(
            Qt.Orientation.Vertical,
            saved=settings.splitter("themes.board-table"),
            save=lambda sizes: settings.remember_splitter("themes.board-table", sizes),
        )
        self.down.add_pane(self.stack, 440, stretch=True)
        self.down.add_pane(self.table, min(look.px(330), 400))
        self.across = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter("themes.fields"),
            save=lambda sizes: settings.remember_splitter("themes.fields", sizes),
        )
        self.across.add_pane(self.down, 900, stretch=True)
        # Large text must not push the board off a small screen.
        self.across.add_pane(self.fields, min(look.px(340), 440))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in (bar, self.bar):
            whole.addWidget(part)
        self.pages = FurtherPages(context, self.across)
        whole.addWidget(self.pages, 1)
        self.export = TableExport(context, self.bar, self.options, self)

    def _board_hint(self) -> EmptyView:
        hint = EmptyView(
            self.context.appearance,
            "theme",
            self.tr("No themes yet"),
            self.tr(
                "A theme gathers codes and passages around one idea. Drop codes here to make one."
            ),
        )
        hint.add_button(self.tr("New theme"), self.new_theme, icon="plus", hint="N")
        return hint

    def _offer_views(self, deviant: int) -> None:
        """Deviant cases are a view of their own once there are some; beliefs and
        recommendations where there are codes of a framework, or somebody went there."""
        offered = [Segment("board", self.tr("Board")), Segment("outline", self.tr("Outline"))]
        if deviant:
            words = self.tr("Deviant cases {n}").replace("{n}", str(deviant))
            hint = self.tr("Codings that qualify or contradict their theme")
            offered.append(Segment("deviant", words, hint))
        if self._further:
            offered += further_segments()
        if [(one.key, one.text) for one in offered] != self.view_switch.shown():
            focus = self.window().focusWidget()
            focused = focus is not None and self.view_switch.isAncestorOf(focus)
            self.view_switch.set_segments(offered)
            if focused:
                self.view_switch.button(self.view_switch.current()).setFocus()

    def _connect(self) -> None:
        context = self.context
        context.signals.changed.connect(self._changed)
        self.view_switch.chosen.connect(self.show_view)
        self.layer_pill.clicked.connect(self._open_layer)
        self.export_button.word.clicked.connect(lambda: self.export.export(".docx"))
        self.export_button.others.clicked.connect(self._open_formats)
        self.table.opened.connect(context.passages_wanted)
        self.table.choices.changed.connect(self._options_changed)
        self.table.saved.chosen.connect(lambda _options: self._keep())
        self.table.saved.refresh_wanted.connect(self.refresh)
        for view in (self.board, self.outline):
            view.current_changed.connect(self._choose_theme)
            view.fields_wanted.connect(self.open_fields)
            view.picker_wanted.connect(self._open_picker)
            view.link_wanted.connect(self._open_link)
            view.theme_wanted.connect(self.go_to_theme)
        self.fields.theme_wanted.connect(self.go_to_theme)
        self.fields.left.connect(self.focus_place)
        self.fields_button.clicked.connect(lambda shown: self.across.fold(1, not shown))
        self.across.splitterMoved.connect(self._show_fold)

    # -- keeping and restoring ------------------------------------------------------------

    def _restore(self) -> None:
        context = self.context
        kept = context.settings.local_state(context.project.local_id).get(_STATE)
        state = kept if isinstance(kept, dict) else {}
        self.table.choices.restore(state.get("table"))
        with suppress(ValueError):
            self.table.saved.set_current(UUID(str(state.get("saved"))))
        if state.get("view") == "outline":
            self.view_switch.choose("outline")
        self._wanted_view = "deviant" if state.get("view") == "deviant" else ""

    def _keep(self) -> None:
        context = self.context
        project = context.project.local_id
        # Other places keep their own part of the same state.
        whole = context.settings.local_state(project)
        whole[_STATE] = {
            "view": self.view_switch.current(),
            "table": self.table.choices.state(),
            "saved": str(self.table.saved.key or ""),
        }
        context.settings.remember_local_state(project, whole)

    # -- reading --------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_fold()

    def _show_fold(self) -> None:
        self.fields_button.setChecked(not self.across.is_folded(1))

    def _changed(self, changes: Changes) -> None:
        if changes.tables <= _UNRELATED:
            return
        self.reading.outdate()

    @property
    def up_to_date(self) -> bool:
        """Whether what is shown is what the project holds."""
        return self.reading.up_to_date

    def options(self) -> ThemeTableOptions:
        """What the table shows now, counted today."""
        return replace(self.table.choices.options, today=date.today())

    def refresh(self) -> None:
        """Read themes and table anew; what was asked for last is shown."""
        self.reading.refresh()

    def _begin(self) -> Callable[[Progress], _Reading]:
        project, options = self.context.project, self.options()
        theme = self.fields.theme()

        def work(progress: Progress) -> _Reading:
            counts = ThemeCounts(project, whole_layer=True)
            snapshot = read_snapshot(project, counts)
            progress.check()
            made = ThemeTable(project, options, counts)
            table = made.build()
            progress.check()
            return _Reading(
                snapshot,
                table,
                made.behind,
                made.appendix(),
                made.warnings,
                read_offered(project, snapshot.themes),
                project.tables.all(),
                read_details(project, theme, counts) if theme is not None else None,
            )

        return work

    def _show(self, made: _Reading) -> None:
        first = self.snapshot is None
        snapshot = self.snapshot = made.snapshot
        self.board.show_snapshot(snapshot)
        if self.view_switch.current() == "outline":
            self.outline.show_snapshot(snapshot)
        self._further |= any(code.node_key for code in snapshot.codes.values())
        self._offer_views(len(snapshot.deviant))
        offered = self.view_switch.keys()
        if self._wanted_view in offered:
            self.view_switch.choose(self._wanted_view)
        self._wanted_view = ""
        self.deviant.show_snapshot(snapshot)
        self.table.choices.set_words(snapshot.words)
        self.table.choices.filters.set_offered(made.offered)
        self.table.saved.show_rows(made.saved)
        self.table.show_table(made.table, made.behind, made.appendix, made.warnings)
        self.layer_pill.set_words(layer_words(snapshot.info))
        self.layer_pill.setEnabled(bool(snapshot.info.sources))
        self.export_button.setEnabled(bool(snapshot.themes))
        self.table.setVisible(bool(snapshot.themes))
        self.show_view(self.view_switch.current())
        if self.window().focusWidget() is self.board:
            self.focus_place()  # which could only bring it to the board itself before
        theme = self.fields.theme()
        if snapshot.theme(theme) is None:
            theme = snapshot.themes[0].id if first and snapshot.themes else None
            # At first the board shows its beginning, whichever theme the fields are of.
            self._select(theme, scroll=not first)
        if made.details is not None and made.details.theme.id == theme:
            self.fields.show_details(made.details)
        else:
            self.fields.show_theme(theme)

    # -- showing --------------------------------------------------------------------------

    def show_view(self, key: str) -> None:
        """Show the board, the outline or the deviant cases; the chosen theme stays."""
        if key in self.pages and not self._further:
            self._further = True
            self._offer_views(len(self.snapshot.deviant) if self.snapshot is not None else 0)
        offered = self.view_switch.keys()
        if key not in offered:
            self.context.say(self.tr("No coding qualifies or contradicts its theme yet"), False)
            return
        if self.view_switch.current() != key:
            self.view_switch.choose(key)
        further = self.pages.show_page(key)
        for widget in (self.layer_pill, self.export_button, self.fields_button):
            widget.setVisible(not further)
        if further:
            self.view_switch.setEnabled(True)
            return
        empty = self.snapshot is not None and not (
            self.snapshot.themes or self.snapshot.has_codings
        )
        page = 2 if empty else {"outline": 1, "deviant": 3}.get(key, 0)
        if page == 1 and self.snapshot is not None and self.stack.currentIndex() != 1:
            self.outline.show_snapshot(self.snapshot)
            self.outline.select_theme(self.fields.theme())
        if page != self.stack.currentIndex():
            self.stack.setCurrentIndex(page)
        self.view_switch.setEnabled(not empty)
        self.fields_button.setEnabled(not empty)
        self.fields.setVisible(not empty)
        self._keep_view(key)

    def _keep_view(self, key: str) -> None:
        if self.property("keptView") != key:
            self.setProperty("keptView", key)
            self._keep()

    def _options_changed(self) -> None:
        self._keep()
        self.refresh()

    def _choose_theme(self, theme: UUID | None) -> None:
        if theme is not None and theme != self.fields.theme():
            self.fields.show_theme(theme)
            self._select(theme)

    def _select(self, theme: UUID | None, *, scroll: bool = True) -> None:
        self.board.select_theme(theme, scroll=scroll)
        self.outline.select_theme(theme)

    def _to_board(self) -> None:
        """Acts on themes are done where themes are seen."""
        if self.pages.currentWidget() is not self.across:
            self.show_view("board")

    def new_theme(self) -> None:
        """Make a theme, whose name is then typed."""
        self._to_board()
        self.board.add()

    def open_fields(self, theme: UUID) -> None:
        """Bring the keyboard to the fields of a theme, unfolding them."""
        self._to_board()
        if self.across.is_folded(1):
            self.across.fold(1, False)
            self._show_fold()
        self.fields.show_theme(theme)
        self.fields.focus_first()

    def open_page(self, page: str) -> None:
        """Show a page of the theme in the fields, unfolding them."""
        self._to_board()
        if self.across.is_folded(1):
            self.across.fold(1, False)
            self._show_fold()
        self.fields.show_page(page)
        self.fields.focus_page()

    def focus_place(self) -> None:
        """Bring the keyboard to the board, the outline or the page that is shown."""
        if self.pages.focus_shown():
            return
        if self.stack.currentIndex() == 1:
            self.outline.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.stack.currentIndex() == 3:
            self.deviant.focus_first()
        elif self.stack.currentIndex() == 0 and self.board.tops:
            self.board.focus_current()
        elif self.snapshot is None:
            # Until there are cards on it, unless the person goes elsewhere meanwhile.
            self.board.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_theme(self, theme: UUID) -> None:
        """Choose a theme from elsewhere."""
        self._to_board()
        self._select(theme)
        self.fields.show_theme(theme)

    def go_to_theme(self, theme: UUID) -> None:
        """Go along a link: the other theme is chosen, in sight and in the fields."""
        if self.stack.currentIndex() not in (0, 1):
            self.show_view("board")
        self.show_theme(theme)

    # -- what opens -----------------------------------------------------------------------

    def _open_layer(self) -> None:
        if self.snapshot is not None:
            panel = LayerPopover(self.context, self.acts, self.snapshot, self.window())
            panel.closed.connect(panel.deleteLater)
            panel.open_under(self.layer_pill)

    def _open_formats(self) -> None:
        button = self.export_button.others
        self.export.menu().popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _open_picker(self, what: Carried, beside: QWidget) -> None:
        if self.snapshot is None:
            return
        out = ""
        if what.theme is not None:
            out = self.tr("To the top level")
        elif what.source is not None:
            out = self.tr("Out of the theme")
        without = what.theme or what.source
        picker = ThemePicker(
            self.context.appearance, self.snapshot, self.window(), without=without, out=out
        )
        picker.picked.connect(lambda target: self.board.put(what, target))
        picker.new_wanted.connect(lambda name: self.acts.add_named(name, what))
        picker.closed.connect(picker.deleteLater)
        picker.open_at(beside)

    def _open_link(self, theme: UUID, beside: QWidget) -> None:
        row = self.snapshot.theme(theme) if self.snapshot is not None else None
        if row is not None and self.snapshot is not None:
            choices = link_choices(row, self.snapshot.themes)
            open_new_link(self.context, self.acts, row, beside, choices)

    def actions(self) -> list[QAction]:
        """The acts of the Themes menu."""
        keys = self.board.keys
        acts = [
            keys.new, keys.sub, keys.open, keys.rename, keys.move, keys.link, keys.along,
            keys.earlier, keys.later, keys.remove,
        ]  # fmt: skip
        return [*acts, *self.more_acts.actions()]
