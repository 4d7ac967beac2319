"""The filters of a query as chips, with a button for one more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, QRect, Signal
from PySide6.QtWidgets import (
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.frozen import frozen
from ikt_coder.core.query import AttributeTest, Filters, Test
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.retrieval.chip import Chip
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.retrieval.filter_kinds import (
    ChoiceFilter,
    Offered,
    choice_filters,
    day_filters,
    says_attribute,
    says_day,
    says_text,
    subject_words,
    test_words,
    text_filters,
    with_value,
)
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.popover import Popover
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox, QuietDateEdit
from ikt_coder.ui.widgets.wrap_layout import WrapLayout


@frozen
class _Shown:
    """One chip: what changes its filter, and the filters without it."""

    key: str
    words: str
    change: Callable[[], None]
    without: Callable[[], Filters]


class FilterBar(QWidget):
    """Each filter that is set is a chip; a click changes it, its cross takes it away."""

    changed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = appearance
        self._offered: Offered | None = None
        self._filters = Filters()
        self.chips: dict[str, Chip] = {}
        px = appearance.px
        self._row = WrapLayout(self, across=px(6), down=px(6))
        self.add = QPushButton(self.tr("Filter…"))
        self.add.setProperty("kind", "link")
        appearance.set_icon(self.add, "plus", "accent")
        self.add.clicked.connect(self._open_kinds)
        self._row.addWidget(self.add)
        self._kinds = {one.field: one for one in choice_filters()}

    @property
    def filters(self) -> Filters:
        return self._filters

    def set_offered(self, offered: Offered) -> None:
        """Take over what the project now has to filter by."""
        self._offered = offered
        self._show()

    def set_filters(self, filters: Filters) -> None:
        self._filters = filters
        self._show()

    # -- chips ------------------------------------------------------------------------------

    def _show(self) -> None:
        wanted = self._wanted()
        # A chip that stays keeps its place and the focus.
        if [*self.chips] == [one.key for one in wanted]:
            for one in wanted:
                self.chips[one.key].set_words(one.words)
            return
        for chip in self.chips.values():
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._row.removeWidget(self.add)
        self.chips = {}
        for one in wanted:
            chip = Chip(self._look, one.words, icon="filter", parent=self)
            chip.clicked.connect(lambda _c=False, act=one.change: act())
            chip.removed.connect(lambda act=one.without: self._put(act()))
            self._row.addWidget(chip)
            chip.show()
            self.chips[one.key] = chip
        self._row.addWidget(self.add)
        self.updateGeometry()

    def _wanted(self) -> list[_Shown]:
        """The chip of each filter that is set."""
        held, offered = self._filters, self._offered
        if offered is None:
            return []
        made = [
            _Shown(
                field,
                kind.says(held, offered),
                partial(self._open_choices, kind),
                partial(self._without, field),
            )
            for field, kind in self._kinds.items()
            if getattr(held, field)
        ]
        for says, open_one, fields in (
            (says_text, self._open_text, text_filters()),
            (says_day, self._open_day, day_filters()),
        ):
            made += [
                _Shown(
                    field,
                    says(field, title, held),
                    partial(open_one, field, title),
                    partial(self._without, field),
                )
                for field, title in fields
                if getattr(held, field)
            ]
        made += [
            _Shown(
                f"attribute {at}",
                says_attribute(one, offered),
                partial(self._open_attribute, at),
                partial(self._without_attribute, at),
            )
            for at, one in enumerate(held.attributes)
        ]
        return made

    def _without(self, field: str) -> Filters:
        return with_value(self._filters, field, getattr(Filters(), field))

    def _put(self, filters: Filters) -> None:
        focused = next((key for key, chip in self.chips.items() if chip.hasFocus()), "")
        self._filters = filters
        self._show()
        if focused and focused not in self.chips:
            self.add.setFocus()
        self.changed.emit()

    # -- what opens -------------------------------------------------------------------------

    def _open_kinds(self) -> None:
        offered = self._offered
        if offered is None:
            return
        choices = [
            Choice(kind.field, kind.title)
            for kind in self._kinds.values()
            if kind.choices(offered) and kind.field not in self.chips
        ]
        choices += [
            Choice(field, title)
            for field, title in (*text_filters(), *day_filters())
            if field not in self.chips
        ]
        if offered.attributes:
            choices.append(Choice("attribute", self.tr("Attribute")))
        chooser = ChoiceList(self._look, self.tr("Find a filter"), choices)
        open_choices(self._look, chooser, self.add)
        # Connected last: the next panel opens when this one has given the focus back.
        chooser.taken.connect(lambda key: self._open(str(key)))

    def _open(self, key: str) -> None:
        if key in self._kinds:
            self._open_choices(self._kinds[key])
            return
        for field, title in text_filters():
            if field == key:
                self._open_text(field, title)
                return
        for field, title in day_filters():
            if field == key:
                self._open_day(field, title)
                return
        self._open_attribute(None)

    def _anchor(self, key: str) -> QWidget:
        return self.chips.get(key, self.add)

    def _open_choices(self, kind: ChoiceFilter) -> None:
        offered = self._offered
        if offered is None:
            return
        chooser = ChoiceList(
            self._look,
            kind.title,
            kind.choices(offered),
            several=True,
            checked=kind.chosen(self._filters),
        )
        chooser.changed.connect(lambda chosen: self._put(kind.put(self._filters, chosen)))
        open_choices(self._look, chooser, self._anchor(kind.field))

    def _open_text(self, field: str, title: str) -> None:
        hint = self.tr("* finds every coding with a memo") if field == "memo" else ""
        line: FormField[QLineEdit] = FormField.line(self._look, title, hint)
        line.editor.setText(str(getattr(self._filters, field)))
        popover = self._form(line, self._anchor(field), line.editor)

        def take() -> None:
            words = line.editor.text().strip()
            popover.close_popover()
            self._put(with_value(self._filters, field, words))

        line.editor.returnPressed.connect(take)

    def _open_day(self, field: str, title: str) -> None:
        held: date | None = getattr(self._filters, field)
        edit = QuietDateEdit()
        edit.setCalendarPopup(True)
        edit.setDate(QDate(held.year, held.month, held.day) if held else QDate.currentDate())
        self._form(FormField(self._look, title, edit), self._anchor(field), edit)

        def take(day: QDate) -> None:
            chosen = date(day.year(), day.month(), day.day())
            self._put(with_value(self._filters, field, chosen))

        take(edit.date())
        edit.dateChanged.connect(take)

    def _without_attribute(self, at: int) -> Filters:
        held = self._filters.attributes
        return replace(self._filters, attributes=held[:at] + held[at + 1 :])

    def _open_attribute(self, at: int | None) -> None:
        offered = self._offered
        if offered is None:
            return
        held = self._filters.attributes[at] if at is not None else None
        names, tests, value = QuietComboBox(), QuietComboBox(), QLineEdit()
        for row in offered.attributes:
            names.addItem(f"{row.name} ({subject_words(row.subject)})", row.id)
        for test in Test:
            tests.addItem(test_words(test), test)
        if held is not None:
            names.setCurrentIndex(max(0, names.findData(held.attribute)))
            tests.setCurrentIndex(list(Test).index(held.test))
            value.setText(held.value)
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.px(8))
        column.addWidget(FormField(self._look, self.tr("Attribute"), names))
        column.addWidget(FormField(self._look, self.tr("Compared"), tests))
        column.addWidget(FormField(self._look, self.tr("Value"), value))
        done = QPushButton(self.tr("Filter"))
        column.addWidget(done)
        key = f"attribute {at}" if at is not None else "attribute"
        popover = self._form(form, self._anchor(key), names)

        def take() -> None:
            one = AttributeTest(names.currentData(), Test(tests.currentData()), value.text())
            popover.close_popover()
            tested = list(self._filters.attributes)
            if at is None:
                tested.append(one)
            else:
                tested[at] = one
            self._put(replace(self._filters, attributes=tuple(tested)))

        done.clicked.connect(take)
        value.returnPressed.connect(take)

    def _form(self, form: QWidget, anchor: QWidget, focus: QWidget) -> Popover:
        popover = Popover(self._look, anchor.window())
        inner = self._look.px(12)
        form.setContentsMargins(inner, inner, inner, inner)
        form.setFixedWidth(self._look.px(280))
        popover.body.addWidget(form)
        popover.closed.connect(popover.deleteLater)
        popover.open_beside(QRect(anchor.rect()), anchor, focus)
        return popover
