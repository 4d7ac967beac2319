"""What stands over the transcript: its title, where it came from, how much is coded."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import NotFound
from ikt_coder.core.words import Whose
from ikt_coder.services.rows import DocumentRow
from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import counted
from ikt_coder.ui.sealed_words import until_words
from ikt_coder.ui.widgets.text_label import TextLabel
from ikt_coder.ui.window.whose import WhoseChoice

if TYPE_CHECKING:
    from ikt_coder.ui.comparison.rounds.duty_pill import DutyPill

_SETTLE = 400
"""Milliseconds after a coding before it is counted: the hand that codes comes first."""


class DocumentHeader(QFrame):
    """ "P01 Patient partner  interview.docx · 3,912 words · 41 codings by Coder A" """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._document: UUID | None = None
        self._until = ""
        look = context.appearance
        self.setProperty("line", "bottom")
        self.setProperty("surface", "paper")
        self.title = TextLabel(look, face=FontRole.TITLE, most_lines=2, parent=self)
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.facts = TextLabel(look, role="dim", most_lines=1, parent=self)
        # Where there is no room beside a long title, the facts give way to it.
        self.facts.setMinimumWidth(0)
        self.facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 10, 16, 10)
        row.setSpacing(12)
        row.addWidget(self.title, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.facts, 1, Qt.AlignmentFlag.AlignVCenter)
        self.duty: DutyPill | None = None
        self._row = row
        self.whose = WhoseChoice(context, self)
        row.addWidget(self.whose.pill, 0, Qt.AlignmentFlag.AlignVCenter)
        self.whose.chosen.connect(self.refresh)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLE)
        self._later.timeout.connect(self.refresh)
        context.signals.changed.connect(self._changed)

    def show_document(self, document: UUID | None) -> None:
        self._document = document
        self._show_duty()
        self.refresh()

    def _show_duty(self) -> None:
        """What there is to do with the document; made with the first round."""
        if self.duty is None:
            if not self._context.project.has_rounds:
                return
            from ikt_coder.ui.comparison.rounds.duty_pill import DutyPill

            self.duty = DutyPill(self._context, self)
            at = self._row.indexOf(self.whose.pill)
            self._row.insertWidget(at, self.duty, 0, Qt.AlignmentFlag.AlignVCenter)
        self.duty.show_document(self._document)

    def refresh(self) -> None:
        """Read the document's title and counts anew."""
        self._later.stop()
        row = None
        if self._document is not None:
            try:
                row = self._context.project.documents.get(self._document)
            except NotFound:
                self._document = None
        self.setVisible(row is not None)
        if row is not None:
            self._until = until_words(self._context.project, [row.id])
            self.whose.show_sealed(self._until)
            self.title.set_text(row.title)
            words = " · ".join(self._parts(row))
            self.facts.set_text(words)
            self.setAccessibleName(f"{row.title}, {words}")

    def _parts(self, row: DocumentRow) -> list[str]:
        parts = [row.source_name] if row.source_name else []
        parts.append(counted(row.words, self.tr("1 word"), self.tr("{count} words")))
        if self._until and self.duty is not None and self.duty.isVisibleTo(self):
            return [*self._own_words(row), *parts]  # the pill beside it says so
        if self._until:
            others = self.tr("others’ codings {sealed}").format(sealed=self._until)
            return [*self._own_words(row), others, *parts]
        if self.whose.current is Whose.MINE:
            return [*parts, *self._own_words(row)]
        # Whose codings are shown comes first: a narrow window cuts the end off.
        if self.whose.current is Whose.LAYER:
            return [self._layer_words(row), *parts]
        sight = self._context.project.sight
        count = sight.count(row.id, sight.of(row.id, Whose.EVERYONE))
        every = counted(count, self.tr("1 by all coders"), self.tr("{count} by all coders"))
        return [*self._own_words(row), every, *parts]

    def _own_words(self, row: DocumentRow) -> list[str]:
        coder = self._context.project.coders.present()
        if coder is None:
            return []
        one = self.tr("1 coding by {coder}")
        many = self.tr("{count} codings by {coder}")
        coded = counted(row.codings, one, many.replace("{coder}", "{{coder}}"))
        return [coded.format(coder=coder.name)]

    def _layer_words(self, row: DocumentRow) -> str:
        """How many codings count in the analysis, and whose they are."""
        project = self._context.project
        sight = project.sight.of(row.id, Whose.LAYER)
        if sight.nothing:
            return self.tr("no lead coder yet")
        names = [coder.name for coder in project.coders.everyone() if coder.id in sight.coders]
        whose = ", ".join(names) or self.tr("Consensus")
        one = self.tr("1 coding of the analysis layer: {whose}")
        many = self.tr("{count} codings of the analysis layer: {whose}")
        count = project.sight.count(row.id, sight)
        return counted(count, one, many.replace("{whose}", "{{whose}}")).format(whose=whose)

    def _changed(self, changes: Changes) -> None:
        if self.duty is None and changes.touches("coding_round"):
            self._show_duty()
        if changes.touches("document", "document_edit", "coder", "coding_round", "round_event"):
            self.refresh()
        elif changes.touches("coding"):
            self._later.start()
