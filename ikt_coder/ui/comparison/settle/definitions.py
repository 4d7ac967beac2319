"""What the codes in question meant when the round was frozen."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ikt_coder.codebooks.actor import fill_actor
from ikt_coder.services.settling_rows import Item
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.codes.wording import shortened
from ikt_coder.ui.comparison.columns.study import Study

_MOST = 220


class Worded(Protocol):
    """A code with its wording, of today or of a kept version of the codebook."""

    @property
    def name(self) -> str: ...
    @property
    def definition(self) -> str: ...
    @property
    def include(self) -> str: ...
    @property
    def exclude(self) -> str: ...


class Definitions(QWidget):
    """Name and rule of each code of the item."""

    unclear_wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.actor = ""
        """Whom the definitions speak of; set by the page."""
        self.heading = QLabel()
        self.heading.setProperty("tone", "dim")
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.unclear = QPushButton(self.tr("Codebook unclear…"))
        self.unclear.setProperty("kind", "link")
        self.unclear.setToolTip(
            self.tr("Key U: mark the codebook as unclear; a rule memo on the code asks for more")
        )
        self.unclear.clicked.connect(self.unclear_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(appearance.px(6))
        column.addWidget(self.heading)
        column.addWidget(self.words)
        column.addWidget(self.unclear, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_codes(
        self,
        item: Item | None,
        study: Study | None,
        frozen: Mapping[UUID, Worded],
        number: int | None,
    ) -> None:
        """The wording of the codes of an item; ``number`` is that of the codebook's version,
        None where there is none and the wording is today's."""
        if number is None:
            self.heading.setText(self.tr("Codes today"))
        else:
            self.heading.setText(self.tr("Codes at the freeze, version {n}").format(n=number))
        self.unclear.setVisible(item is not None)
        if item is None or study is None:
            self.words.clear()
            return
        dim = self._appearance.colour("dim").name()
        parts = []
        for code in item.codes:
            row: Worded | None = frozen.get(code) or study.codes.get(code)
            name = row.name if row is not None else study.code_name(code)
            parts.append(
                f'<p style="margin:0 0 4px 0"><b>{escape(name)}</b> '
                f'<span style="color:{dim}">{self._rule(row)}</span></p>'
            )
        self.words.setText("".join(parts))

    def _rule(self, row: Worded | None) -> str:
        if row is None:
            return escape(self.tr("is in this codebook no more."))
        said = []
        if row.definition.strip():
            # A version of the codebook keeps the place of the focal actor open.
            said.append(escape(shortened(fill_actor(row.definition, self.actor), _MOST)))
        if row.include.strip():
            use = self.tr("Use when: {rule}").replace("{rule}", shortened(row.include, _MOST))
            said.append(escape(use))
        if row.exclude.strip():
            avoid = self.tr("Not: {rule}").replace("{rule}", shortened(row.exclude, _MOST))
            said.append(escape(avoid))
        return " ".join(said) or escape(self.tr("has no definition yet."))
