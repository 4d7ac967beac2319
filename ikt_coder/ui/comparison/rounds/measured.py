"""What is measured in a round: unit, rule, text in scope, coefficient, target and overlap."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.rounds import Projection, Scope, Unit
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.comparison.rounds.wording import (
    COEFFICIENTS,
    UNITS,
    coefficient_word,
    scope_sentence,
    unit_sentence,
)
from ikt_coder.ui.comparison.wording import rule_word, scope_word, unit_word
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox, QuietDoubleSpinBox, QuietSpinBox
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_PARTS = (Unit.SENTENCES, Unit.TURNS, Unit.PARAGRAPHS, Unit.FIXED, Unit.TOKENS)


class Measured(QWidget):
    """Everything here is locked at set-up: other figures print as also computed."""

    changed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        codes: tuple[tuple[UUID, str], ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.unit_box = _box((unit, _capital(unit_word(unit, 0))) for unit in UNITS)
        self.unit_box.setItemText(UNITS.index(Unit.FIXED), self.tr("Segments of one length"))
        self.unit = FormField(appearance, self.tr("Unit"), self.unit_box)
        self.characters = QuietSpinBox()
        self.characters.setRange(1, 100_000)
        self.characters.setValue(100)
        self.characters.setSuffix(self.tr(" characters"))
        self.length = FormField(appearance, self.tr("Length of a segment"), self.characters)
        self.rule_box = _box((rule, _capital(rule_word(rule))) for rule in Projection)
        self.rule = FormField(appearance, self.tr("A unit counts as coded when"), self.rule_box)
        self.scope_box = _box((scope, _capital(scope_word(scope))) for scope in Scope)
        self.scope = FormField(appearance, self.tr("Text in question"), self.scope_box)
        self.selection_box = _box(codes)
        self.selection = FormField(
            appearance, self.tr("The code that marks it"), self.selection_box
        )
        self.coefficient_box = _box((key, coefficient_word(key)) for key in COEFFICIENTS)
        self.coefficient = FormField(
            appearance,
            self.tr("Coefficient"),
            self.coefficient_box,
            self.tr("All others are computed too, and print below it."),
        )
        self.has_target = QCheckBox(self.tr("We agreed on a target"), self)
        self.target = QuietDoubleSpinBox(self)
        self.target.setRange(0.0, 1.0)
        self.target.setSingleStep(0.05)
        self.target.setValue(0.7)
        self.target.setAccessibleName(self.tr("Target of the coefficient"))
        target = QWidget(self)
        row = WrapLayout(target)
        row.addWidget(self.has_target)
        row.addWidget(self.target)
        self.share = QuietSpinBox()
        self.share.setRange(1, 100)
        self.share.setValue(50)
        self.share.setSuffix(" %")
        self.overlap = FormField(
            appearance,
            self.tr("Two passages are the same when they overlap by"),
            self.share,
            self.tr("For talking differences over; it changes no coefficient."),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(appearance.px(10))
        parts: tuple[QWidget, ...] = (
            *(self.unit, self.length, self.rule, self.scope, self.selection),
            *(self.coefficient, target, self.overlap),
        )
        for part in parts:
            column.addWidget(part)
        for spin in (self.characters, self.share):
            spin.setMaximumWidth(appearance.px(180))
        for box in (self.unit_box, self.rule_box, self.scope_box, self.coefficient_box):
            box.activated.connect(lambda _at: self._told())
        self.has_target.toggled.connect(lambda _on: self._told())
        self._told()

    def unit_value(self) -> Unit:
        return Unit(self.unit_box.currentData())

    def unit_size(self) -> int | None:
        return self.characters.value() if self.unit_value() is Unit.FIXED else None

    def rule_value(self) -> Projection:
        return Projection(self.rule_box.currentData())

    def scope_value(self) -> Scope:
        return Scope(self.scope_box.currentData())

    def selection_code(self) -> UUID | None:
        if self.scope_value() is not Scope.SELECTION:
            return None
        found = self.selection_box.currentData()
        return UUID(found) if found else None

    def coefficient_value(self) -> str:
        return str(self.coefficient_box.currentData())

    def target_value(self) -> float | None:
        return round(self.target.value(), 2) if self.has_target.isChecked() else None

    def overlap_value(self) -> float:
        return self.share.value() / 100

    def choose_unit(self, unit: Unit) -> None:
        self.unit_box.setCurrentIndex(UNITS.index(unit))
        self._told()

    def _told(self) -> None:
        unit = self.unit_value()
        self.unit.set_hint(unit_sentence(unit))
        self.length.setVisible(unit is Unit.FIXED)
        self.rule.setVisible(unit in _PARTS)
        self.scope.set_hint(scope_sentence(self.scope_value()))
        self.selection.setVisible(self.scope_value() is Scope.SELECTION)
        self.target.setEnabled(self.has_target.isChecked())
        self.changed.emit()


def _box(entries: Iterable[tuple[object, str]]) -> QComboBox:
    box = QuietComboBox()
    # A code's long name is cut in the field; it does not push the dialog out of its frame.
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for key, words in entries:
        box.addItem(words, str(getattr(key, "value", key)))
    return box


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
