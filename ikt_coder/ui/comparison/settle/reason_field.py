"""Why it was decided so: a category and a few words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from ikt_coder.core.rounds import ReasonCategory
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.comparison.settle.wording import category_names
from ikt_coder.ui.comparison.wording import category_word
from ikt_coder.ui.widgets.growing_text_edit import GrowingTextEdit
from ikt_coder.ui.widgets.pill import Pill


class ReasonText(GrowingTextEdit):
    """Enter is done, Shift+Enter a new line, Esc leaves; Ctrl+1 to 5 are the categories."""

    entered = Signal()
    left = Signal()
    category_typed = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if modifiers & Qt.KeyboardModifier.ShiftModifier:
                self.insertPlainText("\n")
            else:
                self.entered.emit()
            event.accept()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            event.accept()
        elif (
            modifiers == Qt.KeyboardModifier.ControlModifier
            and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_5
        ):
            self.category_typed.emit(event.key() - Qt.Key.Key_1)
            event.accept()
        else:
            super().keyPressEvent(event)


class ReasonField(QFrame):
    """The category as a pill, the words beside it, in one frame."""

    entered = Signal()
    left = Signal()
    category_chosen = Signal(object)
    typed = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._category: ReasonCategory | None = None
        self._filling = False
        px = appearance.px
        self.pill = Pill(appearance, opens=True)
        self.text = ReasonText(appearance, least=1, most=4)
        self.text.setAccessibleName(self.tr("Reason"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        self.pill.clicked.connect(self._open)
        self.text.entered.connect(self.entered)
        self.text.left.connect(self.left)
        self.text.textChanged.connect(self._typed)
        self.text.category_typed.connect(
            lambda at: self.category_chosen.emit(list(ReasonCategory)[at])
        )
        self.show_reason(None, "", "")

    def show_reason(self, category: ReasonCategory | None, reason: str, prompt: str) -> None:
        """Show what stands written; ``prompt`` is what the empty field asks."""
        self._category = category
        word = category_word(category) if category is not None else self.tr("not said")
        self.pill.set_words(self.tr("Reason"), word)
        self.text.setPlaceholderText(prompt)
        self._filling = True
        self.text.set_text(reason)
        self._filling = False

    def focus_words(self) -> None:
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        if not self._filling:
            self.typed.emit(self.text.text())

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, (category, name) in enumerate(category_names().items(), 1):
            action = QAction(name, menu)
            action.setCheckable(True)
            action.setChecked(category is self._category)
            # Told here, done by the field: the menu is not open while one types.
            action.setShortcut(QKeySequence(f"Ctrl+{number}"))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _on=False, c=category: self.category_chosen.emit(c))
            menu.addAction(action)
        menu.addSeparator()
        none = QAction(self.tr("Not said"), menu)
        none.triggered.connect(lambda: self.category_chosen.emit(None))
        menu.addAction(none)
        menu.popup(self.pill.mapToGlobal(self.pill.rect().bottomLeft()))
