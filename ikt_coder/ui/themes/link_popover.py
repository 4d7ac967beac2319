"""Linking a theme with another: how they stand to each other, why, and which theme."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QMargins, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ikt_coder.core.words import LinkKind
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList
from ikt_coder.ui.themes.wording import link_kind_name
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.growing_text_edit import GrowingTextEdit
from ikt_coder.ui.widgets.popover import Popover
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox

_WIDTH = 300


class LinkPopover(Popover):
    """A new link is made by choosing the theme; a link that is there is kept with Ctrl+Enter
    or its button."""

    wanted = Signal(object, object, str)
    """The other theme (None for a link that is there), LinkKind, note."""

    def __init__(
        self,
        appearance: Appearance,
        window: QWidget,
        title: str,
        choices: Sequence[Choice] = (),
        *,
        kind: LinkKind = LinkKind.RECIPROCAL,
        note: str = "",
    ) -> None:
        """``choices`` are the themes to link with, none where a link is being changed."""
        super().__init__(appearance, window)
        px = appearance.px
        inside = QMargins(px(12), px(10), px(12), px(12))
        self.body.setContentsMargins(self.body.contentsMargins() + inside)
        self.body.setSpacing(px(8))
        self.setAccessibleName(title)
        heading = QLabel(title)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setWordWrap(True)
        heading.setProperty("face", "strong")
        heading.setFixedWidth(px(_WIDTH))
        self.body.addWidget(heading)
        self.kind = QuietComboBox()
        for one in LinkKind:
            self.kind.addItem(link_kind_name(one), one)
        self.kind.setCurrentIndex(list(LinkKind).index(kind))
        self.body.addWidget(
            FormField(appearance, self.tr("How they stand to each other"), self.kind)
        )
        self.note = GrowingTextEdit(appearance, least=1, most=4)
        self.note.set_text(note)
        self.body.addWidget(FormField(appearance, self.tr("Note, if you want one"), self.note))
        self.themes: ChoiceList | None = None
        if choices:
            label = QLabel(self.tr("The other theme"))
            label.setProperty("face", "small")
            self.body.addWidget(label)
            # What stands above the list and a row with its theme above it, at most.
            room = (window.height() - px(310)) // px(40)
            seen = max(3, min(9, room))
            self.themes = ChoiceList(appearance, self.tr("Find a theme"), choices, most_seen=seen)
            self.themes.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]  # it has one
            self.themes.taken.connect(self._take)
            self.themes.field.leave_asked.connect(self.close_popover)
            self.body.addWidget(self.themes)
        else:
            keep = QPushButton(self.tr("Keep"))
            keep.setProperty("kind", "primary")
            keep.clicked.connect(lambda: self._take(None))
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(keep)
            self.keep = keep
            self.body.addLayout(row)
        self.closed.connect(self.deleteLater)

    def _take(self, other: UUID | None) -> None:
        kind, note = LinkKind(self.kind.currentData()), self.note.text().strip()
        self.close_popover()
        self.wanted.emit(other, kind, note)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if enter and self.themes is None and (control or self.kind.hasFocus()):
            self._take(None)
            event.accept()
            return
        super().keyPressEvent(event)

    def open_for(self, anchor: QWidget) -> None:
        first = self.kind if self.themes is None else self.themes.focus_widget()
        self.open_beside(QRect(anchor.rect()), anchor, first)
