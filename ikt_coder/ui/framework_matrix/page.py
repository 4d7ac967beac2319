"""The page Framework matrix: the grid, and where the summary of a cell is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QInputDialog,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.cases import CaseKind
from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.services.framework_matrices.rows import MatrixRow, Topic
from ikt_coder.ui.case_ratings.wording import kind_name
from ikt_coder.ui.context import Context
from ikt_coder.ui.framework_matrix.grid import MatrixGridView
from ikt_coder.ui.framework_matrix.reading import MatrixRead, Start, read_matrix
from ikt_coder.ui.framework_matrix.writer import CellWriter, Place
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.count_link import CountLink
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.turning_splitter import TurningSplitter
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_STATE = "framework_matrix"
_UNRELATED = frozenset({"memo", "memo_link", "source_file", "quote", "belief", "case_rating"})
_STARTS = 3
"""Ways to a first matrix that are offered at once; the menu has all."""
_BESIDE = 1180
"""Pixels of width from which grid and writer stand beside each other."""


class MatrixPage(QWidget):
    """One matrix at a time; which one is remembered for the project."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.read: MatrixRead | None = None
        self._wanted = self._kept()
        self.reading: FreshReading[MatrixRead] = FreshReading(
            self, context.tasks, self._begin, self._show
        )
        self._build()
        context.signals.changed.connect(self._changed)

    def _build(self) -> None:
        context, look = self._context, self._context.appearance
        px, settings = look.px, context.settings
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.pill = Pill(look, self.tr("Matrix:"), "", opens=True)
        self.pill.clicked.connect(self._open_matrices)
        self.new_button = QPushButton(self.tr("New matrix"))
        look.set_icon(self.new_button, "plus")
        self.new_menu = QMenu(self.new_button)
        self.new_button.setMenu(self.new_menu)
        self.columns_button = QPushButton(self.tr("Columns…"))
        self.columns_button.setToolTip(
            self.tr("Which codes and themes are columns; drag a heading to move a column")
        )
        self.columns_button.clicked.connect(lambda _on=False: self._open_columns())
        self.progress = CountLink(look, "", "")
        self.progress.clicked.connect(lambda _on=False: self.go_to_next())
        self.more = QToolButton()
        look.set_icon(self.more, "more")
        self.more.setToolTip(self.tr("More about this matrix"))
        self.more.setAccessibleName(self.more.toolTip())
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more_menu = QMenu(self.more)
        self.more_menu.addAction(self.tr("Rename…"), self.rename)
        self.more_menu.addAction(self.tr("Note…"), self.write_note)
        self.more_menu.addAction(self.tr("Move the column left"), lambda: self.move_column(-1))
        self.more_menu.addAction(self.tr("Move the column right"), lambda: self.move_column(1))
        self.more_menu.addSeparator()
        self.more_menu.addAction(self.tr("Delete the matrix"), self.delete)
        self.more.setMenu(self.more_menu)
        self.report_button = QPushButton(self.tr("Reports"))
        self.report_button.setToolTip(self.tr("Write the matrix to Word or Excel"))
        self.report_button.clicked.connect(lambda _on=False: context.place_wanted.emit("reports"))
        self.bar = QFrame()
        bar = WrapLayout(self.bar)
        bar.setContentsMargins(14, 8, 14, 8)
        for widget in (
            self.pill,
            self.new_button,
            self.columns_button,
            self.more,
            self.report_button,
            self.progress,
        ):
            bar.addWidget(widget)
        self.grid = MatrixGridView(look)
        self.writer = CellWriter(context)
        self.across = TurningSplitter(
            look,
            _BESIDE,
            saved=settings.splitter("matrix.across"),
            save=lambda sizes: settings.remember_splitter("matrix.across", sizes),
        )
        self.across.add_pane(self.grid, px(640), stretch=True)
        self.across.add_pane(self.writer, px(640), stretch=True)
        self.empty = EmptyView(
            look,
            "table",
            self.tr("No framework matrix yet"),
            self.tr(
                "A framework matrix sets cases beside codes or themes, and in each cell you sum "
                "up in your own words what the case says of it. The passages stand beside you "
                "while you write."
            ),
        )
        self.no_columns = EmptyView(
            look,
            "codebook",
            self.tr("Nothing to be a column yet"),
            self.tr("Add codes, a framework or themes first; they become the columns."),
        )
        self.bare = EmptyView(
            look,
            "table",
            self.tr("This matrix has no columns, or no cases"),
            self.tr("Choose codes or themes as columns; cases come with the documents."),
        )
        self.bare.add_button(self.tr("Choose columns…"), self._open_columns)
        self.stack = QStackedWidget()
        for view in (self.empty, self.no_columns, self.bare, self.across):
            self.stack.addWidget(view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self.stack, 1)
        self.grid.chosen.connect(self._show_cell)
        self.grid.write_wanted.connect(self.writer.begin)
        self.grid.cleared.connect(self.writer.clear)
        self.grid.moved.connect(self._move)
        self.writer.stepped.connect(self.grid.step)
        self.writer.escaped.connect(self.focus_page)
        self.bar.hide()
        self._start_buttons: list[QPushButton] = []

    # -- reading ------------------------------------------------------------------------

    def _begin(self) -> Callable[[Progress], MatrixRead]:
        project, wanted = self._context.project, self._wanted
        return lambda progress: read_matrix(project, wanted, progress)

    def _changed(self, changes: Changes) -> None:
        if not changes.tables or not changes.tables <= _UNRELATED:
            self.reading.outdate()

    @property
    def up_to_date(self) -> bool:
        return self.reading.up_to_date

    def _show(self, read: MatrixRead) -> None:
        self.read = read
        able = not self._context.project.read_only
        grid = read.grid
        self.bar.setVisible(grid is not None)
        self._offer_starts(read, able)
        if grid is None:
            self.stack.setCurrentWidget(self.empty if read.starts else self.no_columns)
            return
        self._wanted = grid.matrix.id
        self._keep(grid.matrix.id)
        self.pill.set_words(self.tr("Matrix:"), grid.matrix.name)
        for widget in (self.new_button, self.columns_button, self.more):
            widget.setEnabled(able)
        progress = grid.progress
        words = self.tr("{written} of {of} cells with passages summarised")
        words = words.replace("{written}", str(progress.written)).replace("{of}", str(progress.of))
        if progress.done:
            words += " · " + self.tr("{n} finished").replace("{n}", str(progress.done))
        self.progress.set_count(words, self.tr("goes to the next cell without a summary"))
        self.progress.setEnabled(progress.written < progress.of)
        self.grid.show_grid(grid)
        some = bool(grid.cases and grid.matrix.columns)
        self.stack.setCurrentWidget(self.across if some else self.bare)
        self._show_cell()

    def _show_cell(self) -> None:
        grid, key = self.grid.matrix.grid, self.grid.key()
        if grid is None or key is None:
            return
        case = next(one for one in grid.cases if one.ref == key[0])
        column = next(one for one in grid.matrix.columns if one.id == key[1])
        place = Place(grid.matrix.id, column.id, case.ref, case.label, column.name)
        self.writer.show_cell(place, grid.cell(*key))

    def go_to_next(self) -> None:
        """Go to the next cell, row by row, that has passages and no summary; round the end."""
        self.writer.commit()
        model, at = self.grid.matrix, self.grid.currentIndex()
        columns = model.columnCount()
        whole = model.rowCount() * columns
        here = at.row() * columns + at.column() if at.isValid() else -1
        for step in range(1, whole + 1):
            place = (here + step) % whole
            index = model.index(place // columns, place % columns)
            cell = model.cell(index)
            if cell is not None and cell.passages and not cell.written and index != at:
                self.grid.setCurrentIndex(index)
                self.writer.begin()
                return

    # -- starting -----------------------------------------------------------------------

    def _offer_starts(self, read: MatrixRead, able: bool) -> None:
        self.new_menu.clear()
        for kind in read.kinds:
            menu = self.new_menu.addMenu(kind_name(kind))
            for start in read.starts:
                menu.addAction(self._start_name(start), partial(self.start, start, kind))
            menu.addAction(self.tr("Without columns"), partial(self.start, None, kind))
        while len(self._start_buttons) < min(_STARTS, len(read.starts)):
            number = len(self._start_buttons)
            name = self._start_name(read.starts[number])
            self._start_buttons.append(
                self.empty.add_button(name, partial(self._start_with, number))
            )
        for number, button in enumerate(self._start_buttons):
            button.setVisible(number < len(read.starts))
            button.setEnabled(able)
            if number < len(read.starts):
                button.setText(self._start_name(read.starts[number]))

    def _start_with(self, number: int) -> None:
        if self.read is not None and number < len(self.read.starts):
            self.start(self.read.starts[number], self.read.kinds[0])

    def _start_name(self, start: Start) -> str:
        if start.name:
            return self.tr("From {framework}").replace("{framework}", start.name)
        if start.topics[0].theme is not None:
            return self.tr("From the themes")
        return self.tr("From the codes of the project")

    def _title_of(self, start: Start | None) -> str:
        if start is not None and start.name:
            return start.name
        if start is not None and start.topics[0].theme is not None:
            return self.tr("Themes")
        return self.tr("Codes") if start is not None else self.tr("Matrix")

    def start(self, start: Start | None, kind: CaseKind) -> None:
        """Make a matrix, named after what its columns are, and show it."""
        taken = {row.name.casefold() for row in self.read.matrices} if self.read else set()
        name = base = f"{self._title_of(start)} × {kind_name(kind).lower()}"
        number = 2
        while name.casefold() in taken:
            name, number = f"{base} ({number})", number + 1
        topics = start.topics if start is not None else ()
        made = self._do(
            lambda: self._context.project.matrices.add(name, kind, topics),
            self.tr("Made the framework matrix {name}").replace("{name}", name),
        )
        if made is not None:
            self.show_matrix(made)

    def show_matrix(self, matrix: UUID) -> None:
        """Show another matrix."""
        self.writer.commit()
        self._wanted = matrix
        self.reading.ask()

    # -- acts ---------------------------------------------------------------------------

    def _do(self, act: Callable[[], Any], words: str) -> Any:
        try:
            result = act()
        except UserError as error:
            self._context.fail(error)
            return None
        self._context.say(words)
        return result

    def _matrix(self) -> MatrixRow | None:
        grid = self.grid.matrix.grid
        return grid.matrix if grid is not None and not self._context.project.read_only else None

    def _open_matrices(self) -> None:
        if self.read is None:
            return
        choices = [
            Choice(row.id, row.name, kind_name(row.kind), str(row.written) if row.written else "")
            for row in self.read.matrices
        ]
        shown = ChoiceList(self._context.appearance, self.tr("Framework matrices"), choices)
        shown.taken.connect(self.show_matrix)
        open_choices(self._context.appearance, shown, self.pill)

    def _open_columns(self) -> None:
        matrix, read = self._matrix(), self.read
        if matrix is None or read is None:
            return
        there = [column.topic for column in matrix.columns]
        choices = [Choice(topic, name, above) for topic, name, above in read.offered]
        shown = ChoiceList(
            self._context.appearance,
            self.tr("Codes and themes as columns"),
            choices,
            several=True,
            checked=frozenset(there),
        )
        shown.setFixedWidth(self._context.appearance.px(380))
        chosen: list[Topic] = list(there)

        def keep(keys: frozenset[Any]) -> None:
            kept = [topic for topic in there if topic in keys]
            new = [topic for topic, _, _ in read.offered if topic in keys and topic not in there]
            chosen[:] = [*kept, *new]

        shown.changed.connect(keep)
        popover = open_choices(
            self._context.appearance, shown, self.columns_button, close_after=False
        )
        popover.closed.connect(lambda: self.set_columns(chosen))

    def set_columns(self, topics: Sequence[Topic]) -> None:
        """Let these be the columns, in their order; says how many summaries go."""
        matrix = self._matrix()
        if matrix is None or [column.topic for column in matrix.columns] == list(topics):
            return
        service = self._context.project.matrices
        gone = service.written_in(matrix.id, topics)
        words = self.tr("Changed the columns")
        if gone == 1:
            words = self.tr("Changed the columns; one summary went with its column")
        elif gone:
            words = self.tr("Changed the columns; {n} summaries went with theirs").replace(
                "{n}", str(gone)
            )
        chosen = list(topics)
        self._do(lambda: service.change(matrix.id, topics=chosen), words)

    def _move(self, before: int, after: int) -> None:
        matrix = self._matrix()
        if matrix is None:
            self.reading.outdate()
            return
        topics = [column.topic for column in matrix.columns]
        topics.insert(after, topics.pop(before))
        self.set_columns(topics)

    def move_column(self, by: int) -> None:
        """Move the column of the current cell to the left or right."""
        at = self.grid.currentIndex().column()
        if at >= 0 and 0 <= at + by < self.grid.matrix.columnCount():
            self._move(at, at + by)

    def rename(self) -> None:
        """Ask for another name."""
        matrix = self._matrix()
        if matrix is None:
            return
        name, given = QInputDialog.getText(
            self, self.tr("Rename the matrix"), self.tr("Name"), text=matrix.name
        )
        if given and name.strip() != matrix.name:
            self._do(
                lambda: self._context.project.matrices.change(matrix.id, name=name),
                self.tr("Renamed the framework matrix"),
            )

    def write_note(self) -> None:
        """Ask for the note that stands under the table of the matrix."""
        matrix = self._matrix()
        if matrix is None:
            return
        note, given = QInputDialog.getMultiLineText(
            self,
            self.tr("Note of the matrix"),
            self.tr("It stands below the table in reports."),
            matrix.note,
        )
        if given and note.strip() != matrix.note:
            self._do(
                lambda: self._context.project.matrices.change(matrix.id, note=note),
                self.tr("Changed the note of the matrix"),
            )

    def delete(self) -> None:
        """Delete the matrix that is shown; says what goes with it. Undo brings it back."""
        matrix = self._matrix()
        if matrix is None:
            return
        words = (
            self.tr("Deleted the framework matrix {name} with {n} summaries")
            .replace("{name}", matrix.name)
            .replace("{n}", str(matrix.written))
        )
        self._do(lambda: self._context.project.matrices.delete(matrix.id), words)

    # -- remembering --------------------------------------------------------------------

    def _kept(self) -> UUID | None:
        context = self._context
        kept = context.settings.local_state(context.project.local_id).get(_STATE)
        try:
            return UUID(kept) if isinstance(kept, str) else None
        except ValueError:
            return None

    def _keep(self, matrix: UUID) -> None:
        context = self._context
        whole = context.settings.local_state(context.project.local_id)
        if whole.get(_STATE) != str(matrix):
            whole[_STATE] = str(matrix)
            context.settings.remember_local_state(context.project.local_id, whole)

    def focus_page(self) -> None:
        """Bring the keyboard to the grid, or to the way to a first matrix."""
        if self.stack.currentWidget() is self.across:
            self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self._start_buttons:
            self._start_buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
