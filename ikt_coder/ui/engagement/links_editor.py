"""What changed because of an event: codes, themes, documents and decisions it is linked with."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ikt_coder.services.code_labels import code_labels
from ikt_coder.services.engagement.rows import EventTarget, LinkRow, LinkTarget
from ikt_coder.ui.context import Context
from ikt_coder.ui.engagement.wording import target_words
from ikt_coder.ui.retrieval.chip import Chip
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_ICONS = {
    LinkTarget.CODE: "tag",
    LinkTarget.THEME: "theme",
    LinkTarget.DOCUMENT: "document",
    LinkTarget.DECISION: "check",
}


class LinksEditor(QWidget):
    """A chip for each link; a click opens what it names, its cross takes the link away."""

    changed = Signal(object)
    """dict of EventTarget and note"""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._links: tuple[LinkRow, ...] = ()
        self.chips: list[Chip] = []
        look = context.appearance
        self.add_button = QPushButton(self.tr("Link what changed…"), self)
        look.set_icon(self.add_button, "link", "ink")
        self.add_button.clicked.connect(lambda _on=False: self.open_choices())
        self._row = WrapLayout(self, across=6, down=6)
        self._row.addWidget(self.add_button)

    def show_links(self, links: Sequence[LinkRow]) -> None:
        """Show the links of an event."""
        if tuple(links) == self._links:
            return
        self._links = tuple(links)
        for chip in self.chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._row.removeWidget(self.add_button)
        self.chips = [self._chip(link) for link in links]
        for widget in (*self.chips, self.add_button):
            self._row.addWidget(widget)
            widget.show()
        self.updateGeometry()

    def _chip(self, link: LinkRow) -> Chip:
        kind = target_words(link.target.kind)
        words = f"{kind}: {link.name}" if link.name else kind
        if link.note:
            words = f"{words} ({link.note})"
        chip = Chip(self._context.appearance, words, icon=_ICONS[link.target.kind], parent=self)
        chip.clicked.connect(lambda _on=False: self._open(link.target))
        chip.removed.connect(lambda: self._remove(link.target))
        return chip

    def _open(self, target: EventTarget) -> None:
        if target.kind is LinkTarget.CODE:
            self._context.passages_wanted.emit(target.id)
        elif target.kind is LinkTarget.DOCUMENT:
            self._context.document_wanted.emit(target.id)
        elif target.kind is LinkTarget.THEME:
            self._context.place_wanted.emit("themes")
        else:
            self._context.place_wanted.emit("compare")

    def _remove(self, target: EventTarget) -> None:
        self.changed.emit({link.target: link.note for link in self._links if link.target != target})

    def _add(self, target: EventTarget) -> None:
        self.changed.emit({**{link.target: link.note for link in self._links}, target: ""})

    def choices(self) -> ChoiceList:
        """Codes, themes, documents and decisions that are not linked yet."""
        project = self._context.project
        there = {link.target for link in self._links}
        codes = project.codes.all(counted=False)
        labels = code_labels(codes)
        found: list[tuple[LinkTarget, UUID, str]] = [
            *((LinkTarget.THEME, key, name) for key, name in project.themes.names().items()),
            *((LinkTarget.CODE, row.id, labels[row.id]) for row in codes),
            *((LinkTarget.DOCUMENT, row.id, row.title) for row in project.documents.all()),
            *(
                (LinkTarget.DECISION, key, name)
                for key, name in project.engagement.decisions().items()
            ),
        ]
        rows = [
            Choice(EventTarget(kind, key), name, below=target_words(kind))
            for kind, key, name in found
            if EventTarget(kind, key) not in there
        ]
        made = ChoiceList(self._context.appearance, self.tr("What changed"), rows)
        made.taken.connect(self._add)
        return made

    def open_choices(self) -> None:
        open_choices(self._context.appearance, self.choices(), self.add_button)
