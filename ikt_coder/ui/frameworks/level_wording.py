"""How the source words a level: the text and its page, typed in from the paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.services.rows import LevelRow
from ikt_coder.ui.codes.paragraph import Paragraph
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.growing_text_edit import GrowingTextEdit


class LevelWording(QWidget):
    """Of one level in the project. Each field is saved, as one act, when it is left."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        self._level: LevelRow | None = None
        look, px = context.appearance, context.appearance.px
        self.label = Paragraph(tone="dim", face="small")
        self.wording: FormField[GrowingTextEdit] = FormField.text(look, self.tr("Source wording"))
        self.page: FormField[QLineEdit] = FormField.line(look, self.tr("Page"))
        self.page.setFixedWidth(px(84))
        self.wording.editor.committed.connect(self._save_wording)
        self.page.editor.editingFinished.connect(self._save_page)
        fields = QHBoxLayout()
        fields.setSpacing(px(8))
        fields.addWidget(self.wording, 1)
        fields.addWidget(self.page, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(self.label)
        column.addLayout(fields)
        self.hide()

    def show_level(self, level: LevelRow | None, label: str) -> None:
        """Show a level's wording; ``label`` says whose words its definition is in."""
        if self._level is not None and (level is None or level.id != self._level.id):
            self.commit()
        other = level is None or self._level is None or level.id != self._level.id
        self._level = level
        self.setVisible(level is not None)
        if level is None:
            return
        self.label.say(label if level.definition else "")
        if other or not self.wording.editor.hasFocus():
            self.wording.editor.set_text(level.source_wording)
        if other or not self.page.editor.hasFocus():
            self.page.editor.setText(level.source_page)
        for field in (self.wording, self.page):
            field.setEnabled(not self._project.read_only)

    def commit(self) -> None:
        """Save what was typed."""
        if self._level is not None:
            self.wording.editor.commit()
            self._save_page()

    def _save_wording(self, text: str) -> None:
        level, text = self._level, text.strip()
        if level is not None and text != level.source_wording:
            self._save(
                lambda: self._project.frameworks.change_level(level.id, source_wording=text),
                self.tr("Saved the source wording of {name}").format(name=bold(level.name)),
            )

    def _save_page(self) -> None:
        level, text = self._level, self.page.editor.text().strip()
        if level is not None and text != level.source_page:
            self._save(
                lambda: self._project.frameworks.change_level(level.id, source_page=text),
                self.tr("Saved the page of {name}").format(name=bold(level.name)),
            )

    def _save(self, act: Callable[[], object], words: str) -> None:
        try:
            act()
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(words)
