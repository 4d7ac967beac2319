"""What the theme table shows, chosen in pills: form, columns, rows, directions."""

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
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.table import TableStyle
from ikt_coder.core.words import WordPair
from ikt_coder.services.theme_table import (
    DEFAULT_COLUMNS,
    REFLEXIVE_COLUMNS,
    Side,
    ThemeColumn,
    ThemeTableOptions,
)
from ikt_coder.services.theme_table_options import (
    ExportLanguage,
    RowOrder,
    options_from_json,
    options_to_json,
)
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.themes.table_filters import TableFilters
from ikt_coder.ui.themes.wording import (
    column_name,
    export_language_name,
    order_name,
    side_name,
    table_style_name,
)
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.popover import Popover
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox, QuietSpinBox
from ikt_coder.ui.widgets.wrap_layout import WrapLayout


class TableOptions(QWidget):
    """Four pills; each choice shows in the table at once."""

    changed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        *,
        reflexive: bool,
        first: Pill | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """``first`` stands before the pills."""
        super().__init__(parent)
        self._appearance = appearance
        self._words = WordPair.BARRIERS_FACILITATORS
        usual = REFLEXIVE_COLUMNS if reflexive else DEFAULT_COLUMNS
        self._usual = usual
        self.options = ThemeTableOptions(columns=usual)
        self.filters = TableFilters(appearance)
        self.filters.changed.connect(self.set_options)
        self.style_pill = Pill(appearance, opens=True)
        self.columns_pill = Pill(appearance, self.tr("Columns"), opens=True)
        self.rows_pill = Pill(appearance, self.tr("Rows"), opens=True)
        self.side_pill = Pill(appearance, side_name(Side.BOTH, self._words), opens=True)
        row = WrapLayout(self, across=8, down=6)
        self._pills = [self.style_pill, self.columns_pill, self.rows_pill, self.side_pill]
        if first is not None:
            self._pills.insert(0, first)
        for pill in self._pills:
            row.addWidget(pill)
        self.style_pill.clicked.connect(self._open_form)
        self.rows_pill.clicked.connect(self._open_rows)
        self.columns_pill.clicked.connect(self._open_columns)
        self.side_pill.clicked.connect(self._open_sides)
        self._popover: Popover | None = None
        self._show()

    def _show(self) -> None:
        """Say on the pills and chips what is chosen."""
        options = self.options
        self.side_pill.set_words(side_name(options.side, self._words))
        form = table_style_name(options.style)
        if options.language is not ExportLanguage.ENGLISH:
            form = f"{form}, {export_language_name(options.language)}"
        self.style_pill.set_words(form)
        self.style_pill.setAccessibleName(self.tr("Form: {form}").replace("{form}", form))
        self.style_pill.setToolTip(self.tr("Number, title, style, language and appendix"))
        self.rows_pill.setToolTip(order_name(options.order))
        self.filters.show_options(options)

    def row_width(self) -> int:
        """The pixels of all pills side by side."""
        return sum(pill.sizeHint().width() + 8 for pill in self._pills)

    def set_words(self, words: WordPair) -> None:
        """Name the directions in the project's own words."""
        self._words = words
        self.side_pill.set_words(side_name(self.options.side, words))

    def state(self) -> str:
        """What is kept for the next day."""
        return options_to_json(self.options)

    def restore(self, state: object) -> None:
        """Take up what was kept; anything that does not fit is left at its default."""
        if isinstance(state, str):
            kept = options_from_json(state)
            self.options = replace(kept, columns=kept.columns or self.options.columns)
            self._show()

    def fitted(self, options: ThemeTableOptions) -> ThemeTableOptions:
        """The options with the usual columns of the approach where they name none."""
        return options if options.columns is not None else replace(options, columns=self._usual)

    def set_options(self, options: ThemeTableOptions) -> None:
        """Show the table in another way."""
        options = self.fitted(options)
        if options != self.options:
            self.options = options
            self._show()
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
                appendix=on if field == "appendix" else now.appendix,
            )
        )

    # -- rows -----------------------------------------------------------------------------

    def rows_menu(self) -> QMenu:
        """The order of the rows, and which of them there are."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        for order in RowOrder:
            action = QAction(order_name(order), menu)
            action.setCheckable(True)
            action.setChecked(order is self.options.order)
            action.triggered.connect(
                lambda _on=False, order=order: self.set_options(replace(self.options, order=order))
            )
            group.addAction(action)
            menu.addAction(action)
        menu.addSeparator()
        for kind in self.filters.kinds:
            if self.filters.offers(kind) or kind.chosen(self.options):
                menu.addAction(kind.ask).triggered.connect(
                    lambda _on=False, kind=kind: self.filters.open_choices(kind, self.rows_pill)
                )
        menu.addSeparator()
        aside = menu.addAction(self.tr("Also themes set aside"))
        aside.setCheckable(True)
        aside.setChecked(self.options.set_aside)
        aside.triggered.connect(lambda on: self._set_flag("set_aside", on))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _open_rows(self) -> None:
        self.rows_menu().popup(self.rows_pill.mapToGlobal(self.rows_pill.rect().bottomLeft()))

    # -- form -----------------------------------------------------------------------------

    def _open_form(self) -> None:
        """Number, title, style, language and appendix."""
        panel = self._open(self.tr("Form of the table"))
        panel.body.setSpacing(8)
        look, options = self._appearance, self.options
        number = QuietSpinBox()
        number.setRange(1, 999)
        number.setValue(options.number)
        number.valueChanged.connect(
            lambda value: self.set_options(replace(self.options, number=value))
        )
        title = QLineEdit(options.title)
        title.setMinimumWidth(look.px(320))
        title.editingFinished.connect(
            lambda: self.set_options(replace(self.options, title=title.text().strip()))
        )
        style = QuietComboBox()
        for one in TableStyle:
            style.addItem(table_style_name(one), one)
        style.setCurrentIndex(list(TableStyle).index(options.style))
        style.activated.connect(
            lambda _at: self.set_options(
                replace(self.options, style=TableStyle(style.currentData()))
            )
        )
        language = QuietComboBox()
        for tongue in ExportLanguage:
            language.addItem(export_language_name(tongue), tongue)
        language.setCurrentIndex(list(ExportLanguage).index(options.language))
        language.activated.connect(
            lambda _at: self.set_options(
                replace(self.options, language=ExportLanguage(language.currentData()))
            )
        )
        appendix = QCheckBox(self.tr("Long quotes whole in an appendix"))
        appendix.setToolTip(
            self.tr("Quotes of 40 words or more are shortened in the table and whole in a second")
        )
        appendix.setChecked(options.appendix)
        appendix.toggled.connect(lambda on: self._set_flag("appendix", on))
        hint = self.tr("In title case. Empty: the title that fits the columns.")
        beside = QHBoxLayout()
        beside.setSpacing(10)
        beside.addWidget(FormField(look, self.tr("Style"), style), 2)
        beside.addWidget(FormField(look, self.tr("Language"), language), 1)
        panel.body.addLayout(beside)
        panel.body.addWidget(FormField(look, self.tr("Table number"), number))
        panel.body.addWidget(FormField(look, self.tr("Title"), title, hint))
        panel.body.addWidget(appendix)
        panel.open_beside(self.style_pill.rect(), self.style_pill, style)

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
