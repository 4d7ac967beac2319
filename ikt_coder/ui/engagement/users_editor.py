"""Who took part in an event: a line for each type of knowledge users."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.services.engagement.rows import NewUser, TermRow, UserRow
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox, QuietSpinBox

_MOST = 99_999


class UserLine(QWidget):
    """One line: how many of which type, in which part, who, and what they influenced."""

    changed = Signal()
    removed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        types: Sequence[TermRow],
        parts: Sequence[TermRow],
        user: UserRow | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        px = appearance.px
        self.type = self._combo(self.tr("Type of knowledge users"), self.tr("Who?"), types)
        self.part = self._combo(self.tr("Part they took"), self.tr("In which part?"), parts)
        self.number = QuietSpinBox()
        self.number.setRange(-1, _MOST)
        self.number.setFixedWidth(px(76))
        self.number.setSpecialValueText("–")
        self.number.setAccessibleName(self.tr("How many; a dash where it was not noted"))
        self.number.setToolTip(self.tr("How many took part; – where it was not noted"))
        self.who = QLineEdit()
        self.who.setPlaceholderText(self.tr("Who they were, without names"))
        self.who.setAccessibleName(self.tr("Who they were"))
        self.influenced = QLineEdit()
        self.influenced.setPlaceholderText(self.tr("What they influenced"))
        self.influenced.setAccessibleName(self.tr("What they influenced"))
        self.remove = QToolButton()
        self.remove.setAccessibleName(self.tr("Take this line away"))
        self.remove.setToolTip(self.tr("Take this line away"))
        appearance.set_icon(self.remove, "close", "dim")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, px(4))
        grid.setHorizontalSpacing(px(6))
        grid.setVerticalSpacing(px(4))
        grid.addWidget(self.number, 0, 0)
        grid.addWidget(self.type, 0, 1)
        grid.addWidget(self.part, 0, 2)
        grid.addWidget(self.remove, 0, 3)
        grid.addWidget(self.who, 1, 0, 1, 2)
        grid.addWidget(self.influenced, 1, 2, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self.show_user(user)
        self.type.activated.connect(lambda _at: self.changed.emit())
        self.part.activated.connect(lambda _at: self.changed.emit())
        self.number.editingFinished.connect(self.changed)
        self.who.editingFinished.connect(self.changed)
        self.influenced.editingFinished.connect(self.changed)
        self.remove.clicked.connect(lambda _on=False: self.removed.emit())

    def _combo(self, name: str, none: str, terms: Sequence[TermRow]) -> QuietComboBox:
        combo = QuietComboBox()
        combo.setAccessibleName(name)
        combo.setSizeAdjustPolicy(
            QuietComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        combo.setMinimumContentsLength(10)
        combo.addItem(none, None)
        for term in terms:
            combo.addItem(term.name, term.id)
            if term.definition:
                combo.setItemData(
                    combo.count() - 1, term.definition, int(Qt.ItemDataRole.ToolTipRole)
                )
        return combo

    def show_user(self, user: UserRow | None) -> None:
        """Show what is noted; None for an empty line."""
        for combo, key, name in (
            (self.type, user.type if user else None, user.type_name if user else ""),
            (self.part, user.part if user else None, user.part_name if user else ""),
        ):
            at = combo.findData(key)
            if at < 0:  # a term that is no longer offered stays where it was used
                combo.addItem(name, key)
                at = combo.count() - 1
            combo.setCurrentIndex(at)
        self.number.setValue(-1 if user is None or user.number is None else user.number)
        self.who.setText(user.who if user else "")
        self.influenced.setText(user.influenced if user else "")

    def user(self) -> NewUser:
        """What the line says."""
        kind, part = self.type.currentData(), self.part.currentData()
        return NewUser(
            kind if isinstance(kind, UUID) else None,
            part if isinstance(part, UUID) else None,
            self.number.value() if self.number.value() >= 0 else None,
            self.who.text().strip(),
            self.influenced.text().strip(),
        )


class UsersEditor(QWidget):
    """The lines of an event. ``changed`` tells all of them when one was changed."""

    changed = Signal(object)
    """tuple of NewUser"""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = appearance
        self._types: tuple[TermRow, ...] = ()
        self._parts: tuple[TermRow, ...] = ()
        self._shown: tuple[NewUser, ...] = ()
        self.lines: list[UserLine] = []
        self.add_button = QPushButton(self.tr("Add knowledge users"))
        appearance.set_icon(self.add_button, "plus", "ink")
        self.add_button.clicked.connect(lambda _on=False: self.add_line())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(appearance.px(4))
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        self._column.addLayout(foot)

    def show_users(
        self,
        users: Sequence[UserRow],
        types: Sequence[TermRow],
        parts: Sequence[TermRow],
    ) -> None:
        """Show an event's lines, and offer these terms. Lines somebody is writing in and that
        say the same stay as they are."""
        same_terms = (_offered(types), _offered(parts)) == (
            _offered(self._types),
            _offered(self._parts),
        )
        self._types, self._parts = tuple(types), tuple(parts)
        wanted = tuple(
            NewUser(user.type, user.part, user.number, user.who, user.influenced) for user in users
        )
        if same_terms and wanted == self._said():
            self._shown = wanted
            return
        for line in self.lines:
            self._drop(line)
        self.lines = []
        for user in users:
            self._put(user)
        self._shown = wanted

    def add_line(self) -> None:
        """An empty line at the end, with the keyboard in it."""
        self._put(None).type.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, user: UserRow | None) -> UserLine:
        line = UserLine(self._look, self._types, self._parts, user, self)
        line.changed.connect(self._tell)
        line.removed.connect(lambda: self._remove(line))
        self._column.insertWidget(len(self.lines), line)
        before = self.lines[-1].influenced if self.lines else None
        self.lines.append(line)
        if before is not None:
            QWidget.setTabOrder(before, line.number)
        return line

    def _drop(self, line: UserLine) -> None:
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _remove(self, line: UserLine) -> None:
        self.lines.remove(line)
        self._drop(line)
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _said(self) -> tuple[NewUser, ...]:
        said = (line.user() for line in self.lines)
        return tuple(user for user in said if user != NewUser())

    def _tell(self) -> None:
        said = self._said()
        if said != self._shown:
            self._shown = said
            self.changed.emit(said)


def _offered(terms: Sequence[TermRow]) -> list[tuple[UUID, str]]:
    """What a list offers; how often its entries are used does not matter here."""
    return [(term.id, term.name) for term in terms]
