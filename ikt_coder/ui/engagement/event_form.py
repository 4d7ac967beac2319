"""The form of one event: when, what, who took part, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.services.engagement.rows import EventRow, ListName
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.context import Context
from ikt_coder.ui.engagement.links_editor import LinksEditor
from ikt_coder.ui.engagement.users_editor import UsersEditor
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.growing_text_edit import GrowingTextEdit
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.scroll_column import ScrollColumn
from ikt_coder.ui.widgets.section_heading import SectionHeading


class EventForm(QWidget):
    """Shows one event; what is changed is kept when its field is left, each as one act."""

    delete_asked = Signal(object)
    """UUID of the event"""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._look = look = context.appearance
        self.event_row: EventRow | None = None
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = FormField.line(look, self.tr("&Title"))
        self.title.editor.setPlaceholderText(self.tr("Such as: Reading the first transcripts"))
        self.date = FormField.line(look, self.tr("&Date"))
        self.date.editor.setPlaceholderText(self.tr("2024-03-05, or 2024-03"))
        self.until = FormField.line(look, self.tr("&Until"))
        self.until.editor.setPlaceholderText(self.tr("the same day"))
        self.activity = FormField(look, self.tr("&Activity"), QuietComboBox())
        self.description = self._text(self.tr("What happened"))
        self.users = UsersEditor(look)
        self.changed_because = self._text(self.tr("What changed because of it"))
        self.links = LinksEditor(context)
        self.disagreement = self._text(
            self.tr("Disagreement kept"),
            self.tr("What was seen differently and was not settled"),
        )
        self.hours = FormField.line(look, self.tr("&Hours"))
        self.payment = FormField.line(look, self.tr("&Payment"))
        self.delete_button = QPushButton(self.tr("Delete this event"))
        look.set_icon(self.delete_button, "trash", "ink")
        self._lay_out()
        self._wire()
        self.show_event(None)

    def _text(self, label: str, hint: str = "") -> FormField[GrowingTextEdit]:
        return FormField(self._look, label, GrowingTextEdit(self._look, least=2, most=8), hint=hint)

    def _lay_out(self) -> None:
        px = self._look.px
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(px(18), px(14), px(18), px(18))
        column.setSpacing(px(12))
        column.addWidget(self.title)
        when = QGridLayout()
        when.setHorizontalSpacing(px(10))
        top = Qt.AlignmentFlag.AlignTop
        when.addWidget(self.date, 0, 0, top)
        when.addWidget(self.until, 0, 1, top)
        when.addWidget(self.activity, 0, 2, top)
        for at, share in enumerate((3, 3, 4)):
            when.setColumnStretch(at, share)
        column.addLayout(when)
        column.addWidget(self.description)
        column.addWidget(SectionHeading(self._look, self.tr("Who took part")))
        column.addWidget(self.users)
        column.addWidget(SectionHeading(self._look, self.tr("What came of it")))
        column.addWidget(self.changed_because)
        column.addWidget(self.links)
        column.addWidget(self.disagreement)
        effort = QHBoxLayout()
        effort.setSpacing(px(10))
        effort.addWidget(self.hours, 1)
        effort.addWidget(self.payment, 3)
        column.addLayout(effort)
        foot = QHBoxLayout()
        foot.addWidget(self.delete_button)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addStretch(1)
        self.area = ScrollColumn(held, self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    def _wire(self) -> None:
        for field, name in (
            (self.title, "title"),
            (self.date, "date"),
            (self.until, "until"),
            (self.hours, "hours"),
            (self.payment, "payment"),
        ):
            field.editor.editingFinished.connect(self._keeper(field, name))
        for text, name in (
            (self.description, "description"),
            (self.changed_because, "changed_because"),
            (self.disagreement, "disagreement"),
        ):
            text.editor.committed.connect(lambda words, name=name: self._change(**{name: words}))
        self.activity.editor.activated.connect(
            lambda _at: self._change(activity=self.activity.editor.currentData())
        )
        self.users.changed.connect(lambda users: self._change(users=users))
        self.links.changed.connect(lambda links: self._change(links=links))
        self.delete_button.clicked.connect(lambda _on=False: self._delete())

    def _keeper(self, field: FormField[QLineEdit], name: str) -> Callable[[], None]:
        def keep() -> None:
            event = self.event_row
            if event is None or field.editor.text().strip() == getattr(event, name):
                field.set_problem("")
                return
            problem = self._change(**{name: field.editor.text()})
            field.set_problem(problem)

        return keep

    def _change(self, **fields: Any) -> str:
        """Keep fields of the event; what is wrong with them, in words, else nothing."""
        event = self.event_row
        if event is None:
            return ""
        try:
            self._context.project.engagement.change(event.id, **fields)
        except NotFound as error:
            self._context.fail(error)
        except UserError as error:
            return str(error)
        else:
            self._context.say(self.tr("Changed {name} in the log").format(name=bold(event.name)))
        return ""

    def _delete(self) -> None:
        if self.event_row is not None:
            self.delete_asked.emit(self.event_row.id)

    # -- showing ------------------------------------------------------------------------------

    def show_event(self, event: EventRow | None) -> None:
        """Show an event as it is kept; a field that somebody writes in stays as it is."""
        another = event is None or self.event_row is None or event.id != self.event_row.id
        if another:
            self.commit()
        self.event_row = event
        self.area.setEnabled(event is not None)
        for field, value in (
            (self.title, event.title if event else ""),
            (self.date, event.date if event else ""),
            (self.until, event.until if event else ""),
            (self.hours, event.hours if event else ""),
            (self.payment, event.payment if event else ""),
        ):
            if another or not field.editor.hasFocus():
                field.editor.setText(value)
                field.set_problem("")
        for text, value in (
            (self.description, event.description if event else ""),
            (self.changed_because, event.changed_because if event else ""),
            (self.disagreement, event.disagreement if event else ""),
        ):
            if another or not text.editor.hasFocus():
                text.editor.set_text(value)
        terms = self._context.project.engagement.terms
        self._show_activity(event)
        self.users.show_users(
            event.users if event else (),
            terms.all(ListName.KNOWLEDGE_USER),
            terms.all(ListName.PART),
        )
        self.links.show_links(event.links if event else ())
        self.delete_button.setVisible(event is not None)

    def _show_activity(self, event: EventRow | None) -> None:
        combo = self.activity.editor
        combo.clear()
        combo.addItem(self.tr("not noted"), None)
        for term in self._context.project.engagement.terms.all(ListName.ACTIVITY):
            combo.addItem(term.name, term.id)
        chosen = event.activity if event else None
        if combo.findData(chosen) < 0 and event is not None:
            combo.addItem(event.activity_name, chosen)
        combo.setCurrentIndex(combo.findData(chosen))

    def commit(self) -> None:
        """Keep what somebody is writing."""
        if self.event_row is None:
            return
        for field in (self.title, self.date, self.until, self.hours, self.payment):
            if field.editor.isModified():
                field.editor.editingFinished.emit()
                field.editor.setModified(False)
        for text in (self.description, self.changed_because, self.disagreement):
            text.editor.commit()

    def focus_title(self) -> None:
        """Bring the keyboard to the beginning of the form."""
        self.title.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.title.editor.selectAll()
