"""Which publication each crosswalk follows, and the links people drew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.errors import UserError
from ikt_coder.services.crosswalks.rows import CodeLinkRow, CrosswalkRow
from ikt_coder.services.rows import CodeRow
from ikt_coder.ui.context import Context
from ikt_coder.ui.crosswalks.reading import CrosswalksRead
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.list_pages import ListPages
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.rows_model import RowsModel
from ikt_coder.ui.widgets.section_heading import SectionHeading
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_NONE = "-"


class DrawnModel(RowsModel[CodeLinkRow]):
    """ "Clear role → Social influences (TDF)", its note below."""

    def shown(self, row: CodeLinkRow, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.code_name} → {row.target.name}"
        if role == ItemRole.SUBTITLE:
            parts = (row.target_framework_name, row.note, row.coder_initials)
            return " · ".join(part for part in parts if part)
        if role == ItemRole.KEY:
            return row.id
        return None


class LinksView(QWidget):
    """Sources above; below them the drawn links, and how to draw one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._read: CrosswalksRead | None = None
        self.start: UUID | None = None
        self.ends: frozenset[UUID] = frozenset()
        look, px = context.appearance, context.appearance.px
        self.source_pills: dict[str, Pill] = {}
        self._sources = QFrame()
        self._sources_column = QVBoxLayout(self._sources)
        self._sources_column.setContentsMargins(0, 0, 0, 0)
        self._sources_column.setSpacing(px(8))
        self.no_sources = QLabel(
            self.tr("No framework of the project starts a published crosswalk.")
        )
        self.no_sources.setProperty("tone", "dim")
        self.no_sources.setWordWrap(True)
        self.from_pill = Pill(look, self.tr("From"), opens=True)
        self.to_pill = Pill(look, self.tr("To"), opens=True)
        self.note = FormField.line(look, self.tr("Why this link (if you wish)"))
        self.draw_button = QPushButton(self.tr("Draw the link"))
        self.draw_button.setProperty("kind", "primary")
        look.set_icon(self.draw_button, "link", "on_accent")
        self.model = DrawnModel(self)
        self.list = _DrawnList(look, self.tr("Links that were drawn"), self.remove)
        self.list.setModel(self.model)
        self.empty = EmptyView(
            look,
            "link",
            self.tr("No link was drawn yet"),
            self.tr(
                "Choose a code above and the node or level of a framework that it leads to. "
                "Drawn links stand beside the published ones."
            ),
        )
        self.pages = ListPages(self.list, self.empty)
        self.remove_button = QPushButton(self.tr("Take the link away"))
        self.remove_button.setProperty("kind", "link")
        self._lay_out(px)
        self.from_pill.clicked.connect(self._open_from)
        self.to_pill.clicked.connect(self._open_to)
        self.draw_button.clicked.connect(self.draw)
        self.note.editor.returnPressed.connect(self.draw)
        self.remove_button.clicked.connect(self.remove)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._fit())
        self._tell()

    def _lay_out(self, px: Callable[[float], int]) -> None:
        look = self._context.appearance
        drawing = QWidget()
        row = WrapLayout(drawing, across=8, down=6)
        row.addWidget(self.from_pill)
        row.addWidget(self.to_pill)
        row.addWidget(self.draw_button)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(18), px(12), px(18), px(12))
        column.setSpacing(px(8))
        column.addWidget(SectionHeading(look, self.tr("Published crosswalks")))
        column.addWidget(self._sources)
        column.addWidget(self.no_sources)
        column.addSpacing(px(10))
        column.addWidget(SectionHeading(look, self.tr("Links of this project")))
        column.addWidget(drawing)
        column.addWidget(self.note)
        column.addWidget(self.pages, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.remove_button)
        foot.addStretch(1)
        column.addLayout(foot)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setProperty("surface", "ground")
        area.viewport().setProperty("surface", "ground")
        area.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    # -- showing --------------------------------------------------------------------------

    def show_read(self, read: CrosswalksRead) -> None:
        before, self._read = self._read, read
        if before is None or before.crosswalks != read.crosswalks:
            self._show_sources(read.crosswalks)
        here = self.list.currentIndex().data(ItemRole.KEY)
        if before is None or before.drawn != read.drawn:
            self.model.put(read.drawn)
            place = next((n for n, row in enumerate(read.drawn) if row.id == here), 0)
            if read.drawn:
                self.list.setCurrentIndex(self.model.index(place))
            self.pages.choose()
        known = {code.id for code in read.codes} | {level.id for level in read.levels}
        self.start = self.start if self.start in known else None
        self.ends = self.ends & known
        self._tell()
        self._fit()

    def _show_sources(self, crosswalks: Sequence[CrosswalkRow]) -> None:
        while (item := self._sources_column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.source_pills = {}
        look = self._context.appearance
        for row in crosswalks:
            pill = Pill(look, row.name, opens=True)
            source = row.source
            pill.set_words(row.name, source.short if source else self.tr("not followed"))
            pill.clicked.connect(lambda _on=False, row=row: self._open_sources(row))
            pill.setEnabled(not self._context.project.read_only)
            told = QLabel(self._about(row))
            told.setProperty("tone", "dim")
            told.setProperty("face", "small")
            told.setTextFormat(Qt.TextFormat.PlainText)
            told.setWordWrap(True)
            held = QWidget()
            column = QVBoxLayout(held)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(2)
            column.addWidget(pill, 0, Qt.AlignmentFlag.AlignLeft)
            column.addWidget(told)
            self._sources_column.addWidget(held)
            held.show()
            self.source_pills[row.key] = pill
        self.no_sources.setVisible(not crosswalks)

    def _about(self, row: CrosswalkRow) -> str:
        source = row.source
        if source is None:
            return self.tr("Fills no column. Choose a source to let it.")
        links = self.tr("{n} links").replace("{n}", str(source.links))
        return f"{links}; {source.checked}. {source.reference}"

    def _open_sources(self, row: CrosswalkRow) -> None:
        choices = [
            Choice(source.key, source.name, f"{source.short}, {source.checked}", str(source.links))
            for source in row.sources
        ]
        choices.append(Choice(_NONE, self.tr("Do not follow"), self.tr("Nothing is derived by it")))
        shown = ChoiceList(self._context.appearance, self.tr("Source"), choices)
        shown.taken.connect(lambda key: self.follow(row.key, "" if key == _NONE else key))
        open_choices(self._context.appearance, shown, self.source_pills[row.key])

    def follow(self, crosswalk: str, source: str) -> None:
        """Let a crosswalk follow a source; none sets it aside."""
        self._attempt(
            lambda: self._context.project.crosswalks.follow(crosswalk, source),
            self.tr("Changed the source of a crosswalk"),
        )

    # -- drawing ----------------------------------------------------------------------------

    def _starts(self) -> list[CodeRow]:
        return [code for code in self._read.codes if code.applicable] if self._read else []

    def _open_from(self) -> None:
        choices = [
            Choice(
                code.id,
                code.name,
                " › ".join(code.path[:-1]),
                colour=code.colour,
                pattern=code.pattern.value,
            )
            for code in self._starts()
        ]
        shown = ChoiceList(
            self._context.appearance, self.tr("The code the link starts at"), choices
        )
        shown.taken.connect(self.set_start)
        open_choices(self._context.appearance, shown, self.from_pill)

    def _open_to(self) -> None:
        choices = [Choice(key, name, below) for key, name, below in self._offered()]
        shown = ChoiceList(
            self._context.appearance,
            self.tr("The nodes or levels it leads to"),
            choices,
            several=True,
            checked=frozenset(self.ends),
        )
        shown.changed.connect(self.set_ends)
        open_choices(self._context.appearance, shown, self.to_pill, close_after=False)

    def _offered(self) -> list[tuple[UUID, str, str]]:
        """The nodes of other frameworks than the code's own, then levels."""
        if self._read is None:
            return []
        codes = {code.id: code for code in self._read.codes}
        start = codes.get(self.start) if self.start else None
        home = start.framework if start is not None else None
        nodes = [
            (code.id, code.name, code.short_framework or code.path[0])
            for code in self._starts()
            if code.framework is not None and code.framework != home
        ]
        levels = [(level.id, level.name, level.framework_name) for level in self._read.levels]
        return nodes + levels

    def set_start(self, code: UUID) -> None:
        """The code the link starts at."""
        self.start = code
        self.ends = self.ends & {key for key, _, _ in self._offered()}
        self._tell()

    def set_ends(self, ends: frozenset[UUID]) -> None:
        """The nodes and levels it leads to."""
        self.ends = ends
        self._tell()

    def _tell(self) -> None:
        names = {code.id: code.name for code in self._read.codes} if self._read else {}
        self.from_pill.set_words(
            self.tr("From"), names[self.start] if self.start else self.tr("a code")
        )
        ends = [name for key, name, _ in self._offered() if key in self.ends]
        self.to_pill.set_words(self.tr("To"), ", ".join(ends) or self.tr("a node or level"))
        read_only = self._context.project.read_only
        self.draw_button.setEnabled(self.start is not None and bool(ends) and not read_only)
        for pill in (self.from_pill, self.to_pill):
            pill.setEnabled(not read_only)

    def draw(self) -> None:
        """Draw the links that were put together."""
        if self.start is None or not self.ends or self._read is None:
            return
        levels = {level.id for level in self._read.levels}
        start, note = self.start, self.note.editor.text()
        nodes = [key for key in self.ends if key not in levels]
        marks = [key for key in self.ends if key in levels]
        done = self._attempt(
            lambda: self._context.project.crosswalks.link(start, nodes, marks, note),
            self.tr("Drew a link"),
        )
        if done:
            self.note.editor.clear()
            self.set_ends(frozenset())

    def remove(self) -> None:
        """Take away the link the list is at."""
        row = self.model.row(self.list.currentIndex())
        if row is not None:
            self._attempt(
                lambda: self._context.project.crosswalks.unlink(row.id),
                self.tr("Took a link away"),
            )

    def _attempt(self, act: Callable[[], object], words: str) -> bool:
        try:
            act()
        except UserError as error:
            self._context.fail(error)
            return False
        self._context.say(words)
        return True

    def _fit(self) -> None:
        some = self.list.currentIndex().isValid()
        self.remove_button.setVisible(some and not self._context.project.read_only)

    def focus_first(self) -> None:
        self.from_pill.setFocus(Qt.FocusReason.ShortcutFocusReason)


class _DrawnList(RowList):
    """Del takes a link away."""

    def __init__(self, appearance: Any, name: str, remove: Callable[[], None]) -> None:
        super().__init__(appearance, name, ruled=True)
        self._remove = remove
        self.setMinimumHeight(appearance.px(140))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not event.modifiers():
            self._remove()
            event.accept()
            return
        super().keyPressEvent(event)
