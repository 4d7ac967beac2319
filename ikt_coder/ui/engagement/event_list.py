"""The events of the log, oldest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ikt_coder.core.frozen import frozen
from ikt_coder.services.engagement.rows import EventRow
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.engagement.wording import event_words, when_words
from ikt_coder.ui.widgets.keyed_list import KeyedList
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.rows_model import RowsModel
from ikt_coder.ui.widgets.section_heading import SectionHeading


@frozen
class Entry:
    """An event with its level, in words."""

    event: EventRow
    level: str


class EventModel(RowsModel[Entry]):
    def shown(self, row: Entry, role: int) -> Any:
        event = row.event
        if role == Qt.ItemDataRole.DisplayRole:
            return event_words(event)
        if role == ItemRole.SUBTITLE:
            parts = [when_words(event)]
            parts += [event.activity_name] if event.title and event.activity_name else []
            parts += [row.level] if row.level else []
            return " · ".join(parts)
        if role == ItemRole.COUNT:
            return str(event.people) if event.people else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            people = self.tr("{n} knowledge users").format(n=event.people) if event.people else ""
            words = (event_words(event), when_words(event), event.activity_name, row.level, people)
            return ", ".join(part for part in words if part)
        return None


class EventsPanel(QWidget):
    """The list with the way to log another one."""

    chosen = Signal(object)
    """UUID of the event"""
    asked = Signal()
    """A new event is wanted."""
    delete_asked = Signal(object)
    """UUID of the event"""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = appearance.px
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading = SectionHeading(appearance, self.tr("Events"))
        self.model = EventModel(self)
        self.list: KeyedList[Entry, UUID] = KeyedList(
            appearance, self.tr("Engagement events"), self.model, lambda entry: entry.event.id
        )
        self.list.chosen.connect(self.chosen)
        self.new_button = QPushButton(self.tr("Log an event"))
        self.new_button.setProperty("kind", "primary")
        self.new_button.setToolTip(self.tr("Add an event to the log (Ctrl+Shift+N)"))
        self.new_button.clicked.connect(lambda _on=False: self.asked.emit())
        appearance.set_icon(self.new_button, "plus", "on_accent")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(12), px(12))
        column.setSpacing(px(8))
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)
        column.addWidget(self.new_button)

    def show_events(
        self, events: Sequence[EventRow], levels: Mapping[UUID, str], chosen: UUID | None
    ) -> None:
        """Show the events; the chosen one stays chosen."""
        with self.list.quietly():
            self.model.put(tuple(Entry(event, levels.get(event.id, "")) for event in events))
            self.choose(chosen)
        self.heading.set_note(str(len(events)) if events else "")

    def choose(self, event: UUID | None) -> None:
        """Come to an event without a signal."""
        self.list.choose(event)

    def after(self, event: UUID | None, by: int) -> UUID | None:
        """The event ``by`` places further on; None past the ends."""
        return self.list.after(event, by)
