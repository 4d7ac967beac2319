"""A list of things to choose in a popover: one with Enter, or several with check marks."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ikt_coder.core.frozen import frozen
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.popover import Popover
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList

_FEW = 8
"""With so many rows or fewer the filter is left out."""
_MOST_SEEN = 11
_NEW = "make a new one"


@frozen
class Choice:
    """One row: ``key`` is what is chosen; ``below`` stands smaller under the name."""

    key: Hashable
    name: str
    below: str = ""
    count: str = ""
    colour: str = ""
    pattern: str = ""
    sign: str = ""
    sign_role: str = ""


class ChoiceList(QWidget):
    """Type to filter; Enter, Space or a click chooses. With ``several`` each row has a check
    mark and ``changed`` tells the whole set; else ``taken`` tells the one."""

    taken = Signal(object)
    changed = Signal(object)  # frozenset of keys
    created = Signal(str)  # a name that is not in the list

    def __init__(
        self,
        appearance: Appearance,
        name: str,
        choices: Sequence[Choice],
        *,
        several: bool = False,
        checked: frozenset[Hashable] = frozenset(),
        most_seen: int = _MOST_SEEN,
        create: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``create``: what making a new one is called, such as "New code"; then the name that
        is typed can be made where no row has it."""
        super().__init__(parent)
        self._appearance = appearance
        self._choices = list(choices)
        self._several = several
        self._most_seen = most_seen
        self._checked = set(checked)
        self._create = create
        self.field = FilterField(appearance, name)
        self.list = RowList(appearance, name, floating=True)
        self._model = QStandardItemModel(self)
        self.list.setModel(self._model)
        column = QVBoxLayout(self)
        inner = appearance.px(10)
        column.setContentsMargins(inner, inner, inner, inner)
        column.setSpacing(appearance.px(6))
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        self.field.setVisible(len(self._choices) > _FEW or bool(create))
        self.field.textChanged.connect(self._fill)
        self.field.enter_list_asked.connect(self._enter_list)
        self.list.clicked.connect(self._choose)
        self.list.installEventFilter(self)
        self.setFixedWidth(appearance.px(300))
        self._fill("")

    def _fill(self, words: str) -> None:
        wanted = words.casefold().strip()
        self._model.clear()
        for choice in self._choices:
            if wanted and wanted not in f"{choice.name} {choice.below}".casefold():
                continue
            item = QStandardItem(choice.name)
            item.setEditable(False)
            item.setData(choice.key, ItemRole.KEY)
            if choice.below:
                item.setData(choice.below, ItemRole.SUBTITLE)
            if choice.count:
                item.setData(choice.count, ItemRole.COUNT)
            if choice.colour:
                item.setData(choice.colour, ItemRole.COLOUR)
                item.setData(choice.pattern, ItemRole.PATTERN)
            self._sign(item, choice)
            self._model.appendRow(item)
        self._offer_new(words.strip())
        if self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(0, 0))
        rows = self.list.content_height(self._most_seen) + self._appearance.px(4)
        self.list.setFixedHeight(max(self._appearance.px(32), rows))

    def _offer_new(self, name: str) -> None:
        known = {choice.name.casefold() for choice in self._choices}
        if not self._create or name.casefold() in known:
            return
        said = f"{self._create} “{name}”" if name else f"{self._create}…"
        item = QStandardItem(f"+ {said}")
        item.setEditable(False)
        item.setData(_NEW, ItemRole.KEY)
        item.setData(True, ItemRole.DIM)
        item.setData(said, Qt.ItemDataRole.AccessibleTextRole)
        self._model.appendRow(item)

    def _sign(self, item: QStandardItem, choice: Choice) -> None:
        if self._several:
            on = choice.key in self._checked
            item.setData("✓" if on else " ", ItemRole.SIGN)
            item.setData("accent", ItemRole.SIGN_COLOUR)
            state = self.tr("chosen") if on else self.tr("not chosen")
            item.setData(f"{choice.name}, {state}", Qt.ItemDataRole.AccessibleTextRole)
        elif choice.sign:
            item.setData(choice.sign, ItemRole.SIGN)
            item.setData(choice.sign_role, ItemRole.SIGN_COLOUR)

    def _enter_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if not index.isValid():
            return
        stored = index.data(ItemRole.KEY)
        if stored == _NEW:
            self.created.emit(self.field.text().strip())
            return
        # Qt hands an enumeration of words back as plain words: the choice has its own key.
        choice = next(one for one in self._choices if one.key == stored)
        if not self._several:
            self.taken.emit(choice.key)
            return
        self._checked ^= {choice.key}
        self._sign(self._model.item(index.row()), choice)
        self.changed.emit(frozenset(self._checked))

    def focus_widget(self) -> QWidget:
        """What gets the keyboard first."""
        return self.field if self.field.isVisibleTo(self) else self.list

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A list takes Space and Enter for itself before its parent hears of them.
        if (
            watched is self.list
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        ):
            self._choose(self.list.currentIndex())
            return True
        return super().eventFilter(watched, event)


def open_choices(
    appearance: Appearance, choices: ChoiceList, anchor: QWidget, *, close_after: bool = True
) -> Popover:
    """Show a list of choices beside ``anchor``; one that is taken closes it."""
    popover = Popover(appearance, anchor.window())
    popover.body.addWidget(choices)
    popover.closed.connect(popover.deleteLater)
    choices.field.leave_asked.connect(popover.close_popover)
    if close_after:
        choices.taken.connect(lambda _key: popover.close_popover())
        choices.created.connect(lambda _name: popover.close_popover())
    popover.open_beside(QRect(anchor.rect()), anchor, choices.focus_widget())
    return popover
