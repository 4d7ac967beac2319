"""What a level of the project means: its definition, and how the source words it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ikt_coder.codebooks.actor import ACTOR, DEFAULT_ACTOR
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
        self.name: FormField[QLineEdit] = FormField.line(look, self.tr("Name"))
        self.definition: FormField[GrowingTextEdit] = FormField.text(look, self.tr("Definition"))
        self.label = Paragraph(tone="dim", face="small")
        self.wording: FormField[GrowingTextEdit] = FormField.text(look, self.tr("Source wording"))
        self.page: FormField[QLineEdit] = FormField.line(look, self.tr("Page"))
        self.page.setFixedWidth(px(84))
        self.name.editor.editingFinished.connect(self._save_name)
        self.definition.editor.committed.connect(self._save_definition)
        self.wording.editor.committed.connect(self._save_wording)
        self.page.editor.editingFinished.connect(self._save_page)
        self._source = QWidget()
        self._source.setProperty("transparent", "true")
        fields = QHBoxLayout(self._source)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(px(8))
        fields.addWidget(self.wording, 1)
        fields.addWidget(self.page, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        for widget in (self.name, self.definition, self.label, self._source):
            column.addWidget(widget)
        self.hide()

    def show_level(self, level: LevelRow | None, label: str, *, own: bool = False) -> None:
        """Show a level's wording; ``label`` says whose words the preset's definition is in.

        A level of an ``own`` set has a name to change, and no source.
        """
        if self._level is not None and (level is None or level.id != self._level.id):
            self.commit()
        other = level is None or self._level is None or level.id != self._level.id
        self._level = level
        self.setVisible(level is not None)
        if level is None:
            return
        self.name.setVisible(own)
        self._source.setVisible(not own)
        self.label.say(self._whose(level, label) if not own else "")
        self.definition.set_hint(self._actor_hint(level))
        for line, text in ((self.name.editor, level.name), (self.page.editor, level.source_page)):
            if other or not line.hasFocus():
                line.setText(text)
        for field, text in (
            (self.definition.editor, level.template),
            (self.wording.editor, level.source_wording),
        ):
            if other or not field.hasFocus():
                field.set_text(text)
        for widget in (self.name, self.definition, self.wording, self.page):
            widget.setEnabled(not self._project.read_only)

    def _whose(self, level: LevelRow, label: str) -> str:
        if not level.definition:
            return ""
        return label if level.paraphrase else self.tr("worded by this project")

    def _actor_hint(self, level: LevelRow) -> str:
        """What stands in place of {actor}, where the definition has it."""
        if ACTOR not in level.template:
            return ""
        actor = self._project.card.get().focal_actor.strip()
        if actor:
            return self.tr(
                "{actor} stands for “{name}”, the focal actor of the project card."
            ).format(actor=ACTOR, name=actor)
        return self.tr(
            "{actor} stands for “{name}” until the project card names a focal actor."
        ).format(actor=ACTOR, name=DEFAULT_ACTOR)

    def commit(self) -> None:
        """Save what was typed."""
        if self._level is not None:
            self._save_name()
            self.definition.editor.commit()
            self.wording.editor.commit()
            self._save_page()

    def _save_name(self) -> None:
        level, text = self._level, " ".join(self.name.editor.text().split())
        if level is None or self.name.isHidden() or text == level.name:
            return
        if not text:
            self.name.editor.setText(level.name)
            return
        self._save(
            lambda: self._project.level_sets.change(level.id, name=text),
            self.tr("Renamed {name} to {new_name}").format(
                name=bold(level.name), new_name=bold(text)
            ),
        )
        if self._level is level:  # it was refused
            self.name.editor.setText(level.name)

    def _save_definition(self, text: str) -> None:
        level, text = self._level, text.strip()
        if level is not None and text != level.template:
            self._save(
                lambda: self._project.level_sets.change(level.id, definition=text),
                self.tr("Changed the definition of {name}").format(name=bold(level.name)),
            )

    def _save_wording(self, text: str) -> None:
        level, text = self._level, text.strip()
        if level is not None and text != level.source_wording:
            self._save(
                lambda: self._project.level_sets.change(level.id, source_wording=text),
                self.tr("Saved the source wording of {name}").format(name=bold(level.name)),
            )

    def _save_page(self) -> None:
        level, text = self._level, self.page.editor.text().strip()
        if level is not None and text != level.source_page:
            self._save(
                lambda: self._project.level_sets.change(level.id, source_page=text),
                self.tr("Saved the page of {name}").format(name=bold(level.name)),
            )

    def _save(self, act: Callable[[], object], words: str) -> None:
        try:
            act()
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(words)
