"""A field of a form: label above, hint below, and what is wrong in words."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ikt_coder.ui.appearance.style import Appearance, refresh_face
from ikt_coder.ui.widgets.growing_text_edit import GrowingTextEdit

Editor = TypeVar("Editor", bound=QWidget)


class FormField(QWidget, Generic[Editor]):
    """Puts a label above any editing widget and ties both together for screen readers."""

    def __init__(
        self,
        appearance: Appearance,
        label: str,
        editor: Editor,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.editor: Editor = editor
        self._label = QLabel(label, self)
        self._label.setBuddy(editor)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._note = QLabel(hint, self)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._note.setProperty("tone", "dim")
        for words in (self._label, self._note):
            words.setProperty("face", "small")
        self._hint = hint
        plain = label.replace("&&", "\0").replace("&", "").replace("\0", "&")
        editor.setAccessibleName(plain)
        editor.setAccessibleDescription(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(editor, 1)
        column.addWidget(self._label)
        column.addLayout(self._row)
        column.addWidget(self._note)
        self._note.setVisible(bool(hint))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    @staticmethod
    def line(appearance: Appearance, label: str, hint: str = "") -> FormField[QLineEdit]:
        """A field of one line."""
        return FormField(appearance, label, QLineEdit(), hint)

    @staticmethod
    def text(appearance: Appearance, label: str, hint: str = "") -> FormField[GrowingTextEdit]:
        """A field that grows with its lines."""
        return FormField(appearance, label, GrowingTextEdit(appearance), hint)

    def put_beside(self, button: QWidget) -> None:
        """Put a button at the right of the editor; what is said below moves neither."""
        self._row.addWidget(button)

    def set_hint(self, words: str) -> None:
        """Say below the field what helps to fill it; takes a problem away."""
        self._hint = words
        self.set_problem("")

    def set_problem(self, words: str) -> None:
        """Say below the field what is wrong; the empty string brings the hint back."""
        self._note.setText(words or self._hint)
        self._note.setVisible(bool(words or self._hint))
        self._note.setProperty("tone", "danger" if words else "dim")
        refresh_face(self._note)
        self.editor.setAccessibleDescription(words or self._hint)

    def note(self) -> str:
        """What stands below the field."""
        return self._note.text()
