"""One block of a query: passages of some codes, and what else must or must not stand there."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.query import Block, Condition, Relation
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.retrieval.terms import Names, TermRow
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.quiet_fields import QuietSpinBox
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

translate = QCoreApplication.translate

_USUAL_DISTANCE = 200


def relation_words(relation: Relation) -> str:
    """How the other coding stands, as the pill of a condition says it."""
    return {
        Relation.OVERLAP: translate("Retrieve", "overlapping"),
        Relation.SAME: translate("Retrieve", "on the same words"),
        Relation.TURN: translate("Retrieve", "in the same turn"),
        Relation.WITHIN: translate("Retrieve", "near"),
        Relation.DOCUMENT: translate("Retrieve", "in the same document"),
    }[relation]


class ConditionEditor(QFrame):
    """ "and / but not", how it stands, and any of which codes."""

    changed = Signal()
    removed = Signal()

    def __init__(
        self, appearance: Appearance, names: Names, condition: Condition, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._look = appearance
        self._condition = condition
        self.setProperty("line", "top")
        self.joined = Pill(appearance, "", opens=True)
        self.joined.clicked.connect(self._open_joined)
        self.relation = Pill(appearance, "", opens=True)
        self.relation.clicked.connect(self._open_relations)
        self.distance = QuietSpinBox()
        self.distance.setRange(0, 100_000)
        self.distance.setSingleStep(50)
        self.distance.setSuffix(" " + self.tr("characters"))
        self.distance.setAccessibleName(self.tr("At most so many characters away"))
        self.distance.setKeyboardTracking(False)
        self.remove = QToolButton()
        self.remove.setToolTip(self.tr("Take this condition away"))
        self.remove.setAccessibleName(self.tr("Take this condition away"))
        appearance.set_icon(self.remove, "close", "dim")
        self.terms = TermRow(appearance, names, self.tr("Or…"), self.tr("any code…"))
        px = appearance.px
        said = QWidget()
        pills = WrapLayout(said, across=px(6), down=px(4))
        pills.addWidget(self.joined)
        pills.addWidget(self.relation)
        head = QHBoxLayout()
        head.setSpacing(px(6))
        head.addWidget(said, 1)
        head.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, px(2))
        column.setSpacing(px(6))
        column.addLayout(head)
        column.addWidget(self.distance)
        column.addWidget(self.terms)
        self.terms.set_terms(condition.terms)
        self.distance.setValue(condition.distance or _USUAL_DISTANCE)
        self.distance.valueChanged.connect(self._change_distance)
        self.terms.changed.connect(self._tell)
        self.remove.clicked.connect(self.removed)
        self._say()

    def condition(self) -> Condition:
        held = self._condition
        near = held.relation is Relation.WITHIN
        return Condition(
            self.terms.terms,
            held.relation,
            self.distance.value() if near else 0,
            held.negated,
        )

    def _say(self) -> None:
        held = self._condition
        self.joined.set_words("", self.tr("but not") if held.negated else self.tr("and"))
        self.relation.set_words(relation_words(held.relation))
        self.distance.setVisible(held.relation is Relation.WITHIN)

    def _tell(self) -> None:
        self._condition = self.condition()
        self.changed.emit()

    def _change_distance(self, _value: int) -> None:
        self._tell()

    def _set(self, condition: Condition) -> None:
        self._condition = condition
        self._say()
        self.changed.emit()

    def _open_joined(self) -> None:
        menu = QMenu(self)
        for words, negated in ((self.tr("and"), False), (self.tr("but not"), True)):
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(self._condition.negated is negated)
            action.triggered.connect(
                lambda _c=False, n=negated: self._set(
                    Condition(
                        self.terms.terms, self._condition.relation, self._condition.distance, n
                    )
                )
            )
        _popup(menu, self.joined)

    def relations_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for relation in Relation:
            action = QAction(relation_words(relation), menu)
            action.setCheckable(True)
            action.setChecked(relation is self._condition.relation)
            action.triggered.connect(
                lambda _c=False, r=relation: self._set(
                    Condition(self.terms.terms, r, self.distance.value(), self._condition.negated)
                )
            )
            group.addAction(action)
            menu.addAction(action)
        return menu

    def _open_relations(self) -> None:
        _popup(self.relations_menu(), self.relation)


class BlockEditor(QFrame):
    """The codes whose passages are wanted, and the conditions."""

    changed = Signal()
    removed = Signal()

    def __init__(
        self, appearance: Appearance, names: Names, block: Block, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = appearance
        self._names = names
        self.setProperty("line", "bottom")
        px = appearance.px
        self.heading = QLabel()
        self.heading.setProperty("tone", "dim")
        self.remove = QToolButton()
        self.remove.setToolTip(self.tr("Take these away"))
        self.remove.setAccessibleName(self.tr("Take these away"))
        appearance.set_icon(self.remove, "close", "dim")
        self.remove.clicked.connect(self.removed)
        self.terms = TermRow(appearance, names, self.tr("Or…"), self.tr("any code…"))
        self.terms.changed.connect(self.changed)
        self.conditions: list[ConditionEditor] = []
        self._conditions = QVBoxLayout()
        self._conditions.setSpacing(px(4))
        self.more = QPushButton(self.tr("And, or but not…"))
        self.more.setProperty("kind", "link")
        appearance.set_icon(self.more, "plus", "accent")
        self.more.clicked.connect(lambda _checked=False: self.add_condition())
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(2), 0, px(8))
        column.setSpacing(px(6))
        column.addLayout(head)
        column.addWidget(self.terms)
        column.addLayout(self._conditions)
        column.addWidget(self.more)
        self.terms.set_terms(block.terms)
        for condition in block.conditions:
            self._add(condition)
        self.set_first(True, True)

    def block(self) -> Block:
        return Block(self.terms.terms, tuple(one.condition() for one in self.conditions))

    def set_first(self, first: bool, alone: bool) -> None:
        """Word the heading by the block's place."""
        self.heading.setText(self.tr("Passages of any of") if first else self.tr("or of any of"))
        self.remove.setVisible(not alone)

    def set_names(self, names: Names) -> None:
        self._names = names
        self.terms.set_names(names)
        for one in self.conditions:
            one.terms.set_names(names)

    def add_condition(self, condition: Condition | None = None) -> ConditionEditor:
        """One more condition, which asks for its code at once."""
        made = self._add(condition or Condition(()))
        self.changed.emit()
        if condition is None:
            made.terms.open()
        return made

    def _add(self, condition: Condition) -> ConditionEditor:
        made = ConditionEditor(self._look, self._names, condition, self)
        made.changed.connect(self.changed)
        made.removed.connect(lambda: self._take_away(made))
        self._conditions.addWidget(made)
        self.conditions.append(made)
        return made

    def _take_away(self, one: ConditionEditor) -> None:
        self.conditions.remove(one)
        self._conditions.removeWidget(one)
        one.hide()
        one.deleteLater()
        self.more.setFocus()
        self.changed.emit()


def _popup(menu: QMenu, under: QWidget) -> None:
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(under.mapToGlobal(QPoint(0, under.height())))
