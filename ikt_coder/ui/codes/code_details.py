"""What a code means: read at a glance, edited in place."""

from __future__ import annotations

from html import escape
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.errors import UserError
from ikt_coder.core.words import MemoKind
from ikt_coder.services.rows import CodeRow, MemoRow
from ikt_coder.services.wording_seen import is_paraphrase
from ikt_coder.ui.codes.paragraph import Paragraph
from ikt_coder.ui.codes.provenance import all_derived_in_words, checked_in_words, node_of
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.growing_text_edit import GrowingTextEdit

_TEXTS = ("definition", "include", "exclude", "example")


class CodeDetails(QWidget):
    """One code. Each field is saved, as one act, when it is left."""

    name_asked = Signal()
    """The person wants to rename the code (in the tree)."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        self._code: CodeRow | None = None
        self._brief = False
        self._memo: MemoRow | None = None
        look = context.appearance
        self.name = Paragraph(face="strong")
        self.edit = QToolButton()
        self.edit.setToolTip(self.tr("Edit the definition"))
        self.edit.setAccessibleName(self.tr("Edit the definition"))
        look.set_icon(self.edit, "edit", "dim")
        self.bare = Paragraph(tone="dim")
        self.define = _link(self.tr("Define it"))
        self.definition = Paragraph(tone="dim")
        self.rules = Paragraph(tone="dim", rich=True)
        self.source = Paragraph(tone="dim", face="small")
        self.derived = Paragraph(rich=True, tone="dim")
        self.checked = Paragraph(tone="dim", face="small")
        self.rule = Paragraph(tone="dim", rich=True)
        self.add_source = _link(self.tr("Add the source wording"))
        self._reading = QWidget()
        self._form = QWidget()
        self.fields: dict[str, FormField[GrowingTextEdit]] = {
            "definition": FormField.text(look, self.tr("Definition")),
            "include": FormField.text(look, self.tr("Use when")),
            "exclude": FormField.text(look, self.tr("Do not use when")),
            "example": FormField.text(look, self.tr("Example")),
            "source_wording": FormField.text(
                look, self.tr("Source wording"), self.tr("The definition as the source words it.")
            ),
        }
        self.page: FormField[QLineEdit] = FormField.line(look, self.tr("Page"))
        self.rule_field: FormField[GrowingTextEdit] = FormField.text(
            look, self.tr("Rule memo"), self.tr("How you decided to use this code, and why.")
        )
        self.done = QPushButton(self.tr("Done"))
        self._lay_out()
        self._connect()
        self._form.hide()

    def _lay_out(self) -> None:
        px = self._context.appearance.px
        head = QHBoxLayout()
        head.setSpacing(px(4))
        head.addWidget(self.name, 1)
        head.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        reading = QVBoxLayout(self._reading)
        form = QVBoxLayout(self._form)
        for column in (reading, form):
            column.setContentsMargins(0, 0, 0, 0)
        reading.setSpacing(px(4))
        form.setSpacing(px(8))
        reading.addWidget(self.bare)
        reading.addWidget(self.define, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.definition, self.rules, self.rule, self.source):
            reading.addWidget(widget)
        reading.addWidget(self.add_source, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.derived, self.checked):
            reading.addWidget(widget)
        for field in self.fields.values():
            form.addWidget(field)
        form.addWidget(self.page)
        form.addWidget(self.rule_field)
        form.addWidget(self.done, 0, Qt.AlignmentFlag.AlignRight)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(2))
        whole.addLayout(head)
        whole.addWidget(self._reading)
        whole.addWidget(self._form)

    def _connect(self) -> None:
        self.edit.clicked.connect(lambda: self.begin_editing("definition"))
        self.define.clicked.connect(lambda: self.begin_editing("definition"))
        self.add_source.clicked.connect(lambda: self.begin_editing("source_wording"))
        self.done.clicked.connect(self.end_editing)
        for name, field in self.fields.items():
            field.editor.committed.connect(lambda text, n=name: self._save(n, text))
        self.page.editor.editingFinished.connect(self._save_page)
        self.rule_field.editor.committed.connect(self._save_rule)

    # -- showing ----------------------------------------------------------------------------

    @property
    def code(self) -> CodeRow | None:
        return self._code

    def show_code(self, code: CodeRow | None) -> None:
        """Show a code; another one than before ends the editing."""
        if code == self._code:
            return
        if code is None or self._code is None or code.id != self._code.id:
            self.end_editing()
            self._code = code
            self.refresh_memo()
        self._code = code
        self._fill()

    def set_brief(self, brief: bool) -> None:
        """Leave the rules out: a coding is shown below and needs the room."""
        if brief != self._brief:
            self._brief = brief
            self.refresh_memo()
            self._fill()

    def refresh_memo(self) -> None:
        """Read the rule memos anew."""
        self._memo = None
        others: list[str] = []
        if self._code is not None:
            for memo in self._project.memos.on(code=self._code.id):
                if memo.kind is not MemoKind.RULE:
                    continue
                if memo.coder in (None, self._project.coder) and self._memo is None:
                    self._memo = memo
                else:
                    others.append(f"{memo.coder_initials}: {memo.text}")
        own = self._memo.text if self._memo is not None else ""
        if not self.rule_field.editor.hasFocus():
            self.rule_field.editor.set_text(own)
        told = [text for text in (own, *others) if text]
        label = self.tr("Rule")
        self.rule.say(_labelled(label, "\n".join(told)) if told and not self._brief else "")

    def _fill(self) -> None:
        code = self._code
        if code is None:
            return
        self.name.say(code.name)
        self.edit.setVisible(code.applicable and not self._project.read_only)
        self.definition.say(code.definition)
        rules = [
            _labelled(label, text)
            for label, text in (
                (self.tr("Use when"), code.include),
                (self.tr("Not when"), code.exclude),
                (self.tr("Example"), code.example),
            )
            if text
        ]
        self.rules.say("" if self._brief else "<br>".join(rules))
        # Two who code need it most, and a picker shows it: a code without it says so.
        bare = code.applicable and not self._brief and not code.definition and not rules
        self.bare.say(self.tr("Not defined yet.") if bare else "")
        self.define.setVisible(bare and not self._project.read_only)
        self._fill_source(code)
        links = self._project.crosswalks.reading()
        found = [links.derive(code, (), group.key) for group in links.groups()]
        several = any(one is not None and len(one.candidates) > 1 for one in found)
        # Where the coding below has to choose, it says so itself.
        self.derived.say("" if self._brief and several else all_derived_in_words(links, code))
        for name in (*_TEXTS, "source_wording"):
            field = self.fields[name]
            if not field.editor.hasFocus():
                field.editor.set_text(getattr(code, name))
        if not self.page.editor.hasFocus():
            self.page.editor.setText(code.source_page)
        from_framework = code.node_key is not None
        self.fields["source_wording"].setVisible(from_framework)
        self.page.setVisible(from_framework)

    def _fill_source(self, code: CodeRow) -> None:
        if not code.applicable and code.framework is not None:
            self.add_source.hide()
            self.checked.say("")
            self.source.say(self._citation(code.framework))
            return
        found = node_of(self._project, code)
        addable = code.node_key is not None and not code.source_wording
        self.add_source.setVisible(addable and not self._brief and not self._project.read_only)
        if found is None:
            self.source.say("")
            self.checked.say("")
            return
        preset, node = found
        parts = [self._whose(code, preset.definitions_label)] if code.definition else []
        if code.source_wording:
            page = f" ({code.source_page})" if code.source_page else ""
            parts.append(
                self.tr("source wording: “{words}”").format(words=code.source_wording) + page
            )
        self.source.say(" · ".join(part for part in parts if part))
        self.checked.say("" if self._brief else checked_in_words(node.checked))

    def _whose(self, code: CodeRow, label: str) -> str:
        """Whose words the definition is in; ``label`` names those it came with."""
        actor = self._project.card.get().focal_actor
        return label if is_paraphrase(code, actor) else self.tr("worded by this project")

    def _citation(self, framework: UUID) -> str:
        rows = self._project.frameworks.all()
        return next((row.citation for row in rows if row.id == framework), "")

    # -- editing ----------------------------------------------------------------------------

    @property
    def editing(self) -> bool:
        return not self._form.isHidden()

    def begin_editing(self, field: str = "definition") -> None:
        """Open the fields and begin to type in one of them ("rule": the rule memo)."""
        if self._code is None or not self._code.applicable or self._project.read_only:
            return
        self._reading.hide()
        self._form.show()
        editor = self.rule_field.editor if field == "rule" else self.fields[field].editor
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def end_editing(self) -> None:
        """Save what was typed and go back to reading."""
        if not self.editing:
            return
        for field in (*self.fields.values(), self.rule_field):
            field.editor.commit()
        self._save_page()
        self._form.hide()
        self._reading.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.editing:
            self.end_editing()
            event.accept()
            return
        super().keyPressEvent(event)

    def _save(self, name: str, text: str) -> None:
        if self._code is None or text.strip() == getattr(self._code, name):
            return
        code: UUID = self._code.id
        try:
            self._change(code, name, text.strip())
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(
            self.tr("Changed the definition of {name}").format(name=bold(self._code.name))
        )

    def _change(self, code: UUID, name: str, text: str) -> None:
        codes = self._project.codes
        if name == "definition":
            codes.change(code, definition=text)
        elif name == "include":
            codes.change(code, include=text)
        elif name == "exclude":
            codes.change(code, exclude=text)
        elif name == "example":
            codes.change(code, example=text)
        elif name == "source_wording":
            codes.change(code, source_wording=text)
        else:
            codes.change(code, source_page=text)

    def _save_page(self) -> None:
        text = self.page.editor.text().strip()
        if self._code is not None and text != self._code.source_page:
            self._save("source_page", text)

    def _save_rule(self, text: str) -> None:
        if self._code is None:
            return
        memos, text = self._project.memos, text.strip()
        try:
            if self._memo is None and text:
                memos.add(text, code=self._code.id)
            elif self._memo is not None and text:
                memos.change(self._memo.id, text=text)
            elif self._memo is not None:
                memos.delete(self._memo.id)
            else:
                return
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(self.tr("Saved the rule of {name}").format(name=bold(self._code.name)))


def _link(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("kind", "link")
    button.setProperty("face", "small")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def _labelled(label: str, text: str) -> str:
    words = escape(text).replace("\n", "<br>")
    return f"<b>{escape(label)}</b> {words}"
