"""A field of a form: label above, hint below, and what is wrong in words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.widgets.growing_text_edit import GrowingTextEdit


class FormField(QWidget):
    """Puts a label above any editing widget and ties both together for screen readers."""

    def __init__(
        self,
        appearance: Appearance,
        label: str,
        editor: QWidget,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.editor = editor
        self._label = QLabel(label, self)
        self._label.setBuddy(editor)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._note = QLabel(hint, self)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._note.setProperty("tone", "dim")
        self._hint = hint
        plain = label.replace("&&", "\0").replace("&", "").replace("\0", "&")
        editor.setAccessibleName(plain)
        editor.setAccessibleDescription(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self._label, editor, self._note):
            column.addWidget(widget)
        self._note.setVisible(bool(hint))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        appearance.changed.connect(self._restyle)
        self._restyle()

    @classmethod
    def line(
        cls, appearance: Appearance, label: str, hint: str = "", parent: QWidget | None = None
    ) -> FormField:
        """A field of one line; ``editor`` is a ``QLineEdit``."""
        return cls(appearance, label, QLineEdit(), hint, parent)

    @classmethod
    def text(
        cls, appearance: Appearance, label: str, hint: str = "", parent: QWidget | None = None
    ) -> FormField:
        """A field that grows; ``editor`` is a :class:`GrowingTextEdit`."""
        return cls(appearance, label, GrowingTextEdit(appearance), hint, parent)

    def set_problem(self, words: str) -> None:
        """Say below the field what is wrong; the empty string brings the hint back."""
        self._note.setText(words or self._hint)
        self._note.setVisible(bool(words or self._hint))
        self._note.setProperty("tone", "danger" if words else "dim")
        self._note.style().unpolish(self._note)
        self._note.style().polish(self._note)
        self.editor.setAccessibleDescription(words or self._hint)

    def note(self) -> str:
        """What stands below the field."""
        return self._note.text()

    def _restyle(self) -> None:
        self._label.setFont(self._appearance.font(FontRole.SMALL))
        self._note.setFont(self._appearance.font(FontRole.SMALL))
