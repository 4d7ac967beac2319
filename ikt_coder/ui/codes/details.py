"""Below the codebook: what the code means, and what the current coding carries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import NotFound
from ikt_coder.core.ops import Op
from ikt_coder.services.rows import CodeRow
from ikt_coder.ui.codes.paragraph import Paragraph
from ikt_coder.ui.context import Context

if TYPE_CHECKING:
    from ikt_coder.ui.codes.code_details import CodeDetails
    from ikt_coder.ui.codes.coding_details import CodingDetails

# Milliseconds after an act until the pane follows: time for the text to be painted.
AFTER_PAINT = 30


class DetailsPane(QScrollArea):
    """What was chosen last holds: a code in the tree, or the coding at the caret with its
    code. Nothing is read while the pane is not seen."""

    name_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        self._codes: dict[UUID, CodeRow] = {}
        self._code: UUID | None = None
        self._coding: UUID | None = None
        self._stale = True
        px = context.appearance.px
        self._code_form: CodeDetails | None = None
        self._coding_form: CodingDetails | None = None
        self.nothing = Paragraph(tone="dim")
        inside = QWidget()
        inside.setProperty("transparent", "true")
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(14), px(10), px(14), px(12))
        column.setSpacing(px(10))
        column.addWidget(self.nothing)
        column.addStretch(1)
        self._column = column
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Details"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # After an act the text is painted first, and what is beside it follows.
        self._soon = QTimer(self, singleShot=True, interval=AFTER_PAINT)
        self._soon.timeout.connect(self._refresh)

    @property
    def code(self) -> CodeDetails:
        """What the code means; made when a code is first chosen, so that the start is quick."""
        if self._code_form is None:
            from ikt_coder.ui.codes.code_details import CodeDetails

            self._code_form = CodeDetails(self._context)
            self._code_form.name_asked.connect(self.name_asked)
            self._code_form.hide()
            self._column.insertWidget(1, self._code_form)
        return self._code_form

    @property
    def coding(self) -> CodingDetails:
        """What the coding carries; made when one is first chosen."""
        if self._coding_form is None:
            from ikt_coder.ui.codes.coding_details import CodingDetails

            self._coding_form = CodingDetails(self._context)
            self._coding_form.hide()
            self._column.insertWidget(self._column.count() - 1, self._coding_form)
        return self._coding_form

    # -- what to show -----------------------------------------------------------------------

    def set_codes(self, rows: Sequence[CodeRow]) -> None:
        """The codes of the project, read by the panel."""
        self._codes = {row.id: row for row in rows}
        self._refresh()

    @property
    def bare(self) -> bool:
        """Whether neither a code nor a coding is shown."""
        return self._code is None and self._coding is None

    def show_code(self, code: UUID | None) -> None:
        """Show a code that was chosen in the tree, without any coding."""
        if code is not None:
            self._code, self._coding = code, None
        elif self._coding is None:
            self._code = None
        self._refresh()

    def show_coding_soon(self, coding: UUID | None) -> None:
        """As ``show_coding``, once the text has been painted."""
        if coding != self._coding:
            self._coding = coding
            self._soon.start()

    def show_coding(self, coding: UUID | None) -> None:
        """Show a coding with its code; None leaves the code and takes the coding away."""
        if coding is None and self._coding is None:
            return
        self._coding = coding
        self._refresh()

    def edit_code(self) -> None:
        self.code.begin_editing()

    def edit_rule(self) -> None:
        self.code.begin_editing("rule")

    def on_changes(self, changes: Changes) -> None:
        coding, code = self._coding_form, self._code_form
        if coding is not None and changes.touches("framework", "level", "project", "behaviour"):
            coding.forget()
        if coding is not None and changes.touches("coding") and coding.valence.isHidden():
            coding.forget()  # the first direction or strength of the project
        if code is not None and changes.touches("memo") and self.isVisible():
            code.refresh_memo()
        around = ("framework", "level", "project", "behaviour", "document")
        acting = self._coding is not None and coding is not None and coding.acting
        if changes.kind == Op.SWITCH_CODER or acting:
            self._refresh()
        elif self._coding is None or self._soon.isActive():
            return
        elif changes.touches(*around):
            self._refresh()
        elif self._touched(changes):
            self._soon.start()  # the text, where the act was done, is painted first

    def _touched(self, changes: Changes) -> bool:
        """Whether the coding on show was, or may have been, among what changed."""
        codings, levels = changes.keys("coding"), changes.keys("coding_level")
        # A level's row does not name its coding.
        return codings is None or self._coding in codings or levels is None or bool(levels)

    # -- showing ----------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def _refresh(self) -> None:
        self._soon.stop()
        self._stale = not self.isVisible()
        if self._stale:
            return
        coding = None
        if self._coding is not None:
            try:
                coding = self._project.codings.get(self._coding)
            except NotFound:
                # Removed just now; the code it had stays on show.
                self._coding = None
            else:
                self._code = coding.code
        row = self._codes.get(self._code) if self._code is not None else None
        if row is None:
            self._code = None
        if row is not None or self._code_form is not None:
            self.code.set_brief(coding is not None)
            self.code.show_code(row)
            self.code.setVisible(row is not None)
        if coding is not None or self._coding_form is not None:
            self.coding.show_coding(coding, row)
            self.coding.setVisible(coding is not None)
        self.nothing.say("" if row is not None else self.tr("Choose a code to see what it means."))
