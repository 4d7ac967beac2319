"""What the theme table shows, chosen in pills: columns, directions, number and title."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QMargins, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.words import WordPair
from ikt_coder.services.theme_table import (
    DEFAULT_COLUMNS,
    REFLEXIVE_COLUMNS,
    Side,
    ThemeColumn,
    ThemeTableOptions,
)
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.themes.wording import column_name, side_name
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.popover import Popover


class TableOptions(QWidget):
    """Three pills; each choice shows in the table at once."""

    changed = Signal()

    def __init__(
        self, appearance: Appearance, *, reflexive: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._words = WordPair.BARRIERS_FACILITATORS
        usual = REFLEXIVE_COLUMNS if reflexive else DEFAULT_COLUMNS
        self.options = ThemeTableOptions(columns=usual)
        self.caption_pill = Pill(appearance, self.tr("Number and title"), opens=True)
        self.columns_pill = Pill(appearance, self.tr("Columns"), opens=True)
        self.side_pill = Pill(appearance, side_name(Side.BOTH, self._words), opens=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for pill in (self.caption_pill, self.columns_pill, self.side_pill):
            row.addWidget(pill)
        self.caption_pill.clicked.connect(self._open_caption)
        self.columns_pill.clicked.connect(self._open_columns)
        self.side_pill.clicked.connect(self._open_sides)
        self._popover: Popover | None = None

    def set_words(self, words: WordPair) -> None:
        """Name the directions in the project's own words."""
        self._words = words
        self.side_pill.set_words(side_name(self.options.side, words))

    def state(self) -> dict[str, object]:
        """What is kept for the next day."""
        options = self.options
        return {
            "columns": [column.value for column in options.columns or ()],
            "side": options.side.value,
            "number": options.number,
            "title": options.title,
            "set_aside": options.set_aside,
            "propose": options.propose_quotes,
            "percentages": options.percentages,
            "groups": options.group_labels,
        }

    def restore(self, state: object) -> None:
        """Take up what was kept; anything that does not fit is left at its default."""
        if not isinstance(state, dict):
            return
        known = {column.value: column for column in ThemeColumn}
        wanted = [known[key] for key in state.get("columns", ()) if key in known]
        sides = {side.value: side for side in Side}
        number = state.get("number", 1)
        self.options = ThemeTableOptions(
            columns=tuple(wanted) or self.options.columns,
            side=sides.get(str(state.get("side")), Side.BOTH),
            number=number if isinstance(number, int) and 0 < number < 1000 else 1,
            title=str(state.get("title", "")),
            set_aside=state.get("set_aside") is True,
            propose_quotes=state.get("propose") is True,
            percentages=state.get("percentages") is True,
            group_labels=state.get("groups") is True,
        )
        self.side_pill.set_words(side_name(self.options.side, self._words))

    def set_options(self, options: ThemeTableOptions) -> None:
        """Show the table in another way."""
        if options != self.options:
            self.options = options
            self.side_pill.set_words(side_name(options.side, self._words))
            self.changed.emit()

    # -- directions -----------------------------------------------------------------------

    def _open_sides(self) -> None:
        menu = self.sides_menu()
        menu.popup(self.side_pill.mapToGlobal(self.side_pill.rect().bottomLeft()))

    def sides_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for side in Side:
            action = QAction(side_name(side, self._words), menu)
            action.setCheckable(True)
            action.setChecked(side is self.options.side)
            action.triggered.connect(
                lambda _on=False, side=side: self.set_options(replace(self.options, side=side))
            )
            group.addAction(action)
            menu.addAction(action)
        return menu

    # -- columns --------------------------------------------------------------------------

    def _open_columns(self) -> None:
        panel = self._open(self.tr("Columns"))
        boxes = QWidget()
        column_of_boxes = QVBoxLayout(boxes)
        column_of_boxes.setContentsMargins(0, 0, self._appearance.px(8), 0)
        column_of_boxes.setSpacing(4)
        shown = self.options.columns or ()
        for column in ThemeColumn:
            box = QCheckBox(column_name(column))
            box.setChecked(column in shown)
            box.toggled.connect(lambda on, column=column: self._set_column(column, on))
            column_of_boxes.addWidget(box)
        column_of_boxes.addWidget(self._heading(self.tr("Also")))
        more = (
            ("propose_quotes", self.tr("Propose quotes where none is accepted")),
            ("group_labels", self.tr("Groups beside pseudonyms of quotes")),
            ("percentages", self.tr("Percentages beside n")),
            ("set_aside", self.tr("Themes set aside")),
        )
        for field, words in more:
            box = QCheckBox(words)
            box.setChecked(bool(getattr(self.options, field)))
            box.toggled.connect(lambda on, field=field: self._set_flag(field, on))
            column_of_boxes.addWidget(box)
        panel.body.addWidget(self._scrolled(boxes))
        first = panel.findChild(QCheckBox)
        panel.open_beside(self.columns_pill.rect(), self.columns_pill, first)

    def _scrolled(self, boxes: QWidget) -> QScrollArea:
        """The boxes at their own size, or scrolling where the window is too low for them."""
        area = QScrollArea()
        area.setWidget(boxes)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        boxes.setProperty("transparent", "true")
        wanted = boxes.sizeHint()
        boxes.resize(wanted)
        # A popover never covers its pill, so at most the larger part of the window is free.
        at = self.columns_pill.mapTo(self.window(), QPoint(0, 0)).y()
        free = max(at, self.window().height() - at) - self._appearance.px(90)
        area.setFixedSize(wanted.width() + 14, max(120, min(wanted.height(), free)))
        return area

    def _set_column(self, column: ThemeColumn, on: bool) -> None:
        shown = set(self.options.columns or ()) - {column} | ({column} if on else set())
        # Always in the order of the list, however they were ticked.
        columns = tuple(each for each in ThemeColumn if each in shown)
        self.set_options(replace(self.options, columns=columns))

    def _set_flag(self, field: str, on: bool) -> None:
        now = self.options
        self.set_options(
            replace(
                now,
                propose_quotes=on if field == "propose_quotes" else now.propose_quotes,
                group_labels=on if field == "group_labels" else now.group_labels,
                percentages=on if field == "percentages" else now.percentages,
                set_aside=on if field == "set_aside" else now.set_aside,
            )
        )

    # -- number and title -----------------------------------------------------------------

    def _open_caption(self) -> None:
        panel = self._open(self.tr("Number and title"))
        number = QSpinBox()
        number.setRange(1, 999)
        number.setValue(self.options.number)
        number.valueChanged.connect(
            lambda value: self.set_options(replace(self.options, number=value))
        )
        panel.body.addWidget(FormField(self._appearance, self.tr("Table number"), number))
        hint = self.tr("In title case. Empty: the title that fits the columns.")
        title = QLineEdit(self.options.title)
        title.setMinimumWidth(self._appearance.px(320))
        title.editingFinished.connect(
            lambda: self.set_options(replace(self.options, title=title.text().strip()))
        )
        panel.body.addSpacing(8)
        panel.body.addWidget(FormField(self._appearance, self.tr("Title"), title, hint))
        panel.open_beside(self.caption_pill.rect(), self.caption_pill, title)

    def _open(self, title: str) -> Popover:
        if self._popover is not None:
            self._popover.close_popover()
            self._popover.deleteLater()
        panel = Popover(self._appearance, self.window())
        margins = panel.body.contentsMargins()
        panel.body.setContentsMargins(margins + _inside(self._appearance))
        panel.body.setSpacing(4)
        panel.setAccessibleName(title)
        panel.body.addWidget(self._heading(title))
        self._popover = panel
        return panel

    @staticmethod
    def _heading(words: str) -> QLabel:
        label = QLabel(words)
        label.setProperty("tone", "dim")
        label.setProperty("face", "heading")
        return label


def _inside(appearance: Appearance) -> QMargins:
    px = appearance.px
    return QMargins(px(14), px(10), px(14), px(12))
