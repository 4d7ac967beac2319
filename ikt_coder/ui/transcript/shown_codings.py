"""Whose codings the view shows, and which of them the present coder may change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import NotAllowed, UserError
from ikt_coder.core.words import Layer, Whose
from ikt_coder.services.rows import CodingRow
from ikt_coder.services.sight import InSight
from ikt_coder.ui.transcript.marks import Mark

if TYPE_CHECKING:
    from uuid import UUID

    from ikt_coder.ui.transcript.view import TranscriptView

translate = QCoreApplication.translate


class ShownCodings:
    """One's own, unless the reader asked for others too. Others' are for reading only."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self.whose = Whose.MINE
        self._sight = InSight(frozenset())

    def choose(self, whose: Whose) -> None:
        """Show other codings from now on, in every document."""
        self.whose = whose
        view = self._view
        if view.content is None:
            return
        view.reload_codings()
        view.writing_allowed()
        if self._sight.nothing and whose is Whose.LAYER:
            view.hint(
                translate("Transcript", "No codings of this document count in the analysis yet."),
                translate("Transcript", "Choose its lead coder in the menu of the documents."),
            )

    # -- reading ------------------------------------------------------------------------

    def rows(self) -> tuple[CodingRow, ...]:
        """The codings of the open document that are shown, read now."""
        view = self._view
        assert view.document is not None
        self._sight = view.desk.sight(view.document, self.whose)
        view.pane.others = self._initials_of_others()
        return view.desk.codings(view.document, self._sight)

    def _initials_of_others(self) -> dict[UUID | None, str]:
        if self.whose is Whose.MINE:
            return {}
        if self._sight.consensus:
            return {None: translate("Transcript", "Consensus")}
        present = self._view.desk.present_coder()
        coders = self._view.desk.coders()
        return {row.id: row.initials for row in coders if row.id != present}

    def holds(self, row: CodingRow) -> bool:
        """Whether a coding belongs to what is shown."""
        view = self._view
        if row.document != view.document:
            return False
        if self.whose is Whose.MINE:  # whoever that is by now
            return row.layer is Layer.CODER and row.coder == view.desk.present_coder()
        return self._sight.holds(row)

    def moved(self, changes: Changes) -> bool:
        """Whether an act changed whose codings are to be shown, or what these are called."""
        view = self._view
        if self.whose is Whose.MINE or view.document is None:
            return False
        if changes.touches("coder"):
            return True
        looked = changes.touches("document", "coding")
        return looked and view.desk.sight(view.document, self.whose) != self._sight

    # -- mine and others' ---------------------------------------------------------------

    def is_own(self, mark: Mark) -> bool:
        """Whether the present coder may change a coding."""
        return mark.row.coder not in self._view.pane.others

    def first(self, here: Sequence[Mark]) -> UUID | None:
        """Which of the codings at a place is meant: one's own before another's."""
        mark = next((m for m in here if self.is_own(m)), here[0] if here else None)
        return mark.id if mark is not None else None

    def who(self, row: CodingRow) -> str:
        """Who coded; the Consensus is nobody's."""
        if row.coder is None:
            return translate("Transcript", "Consensus")
        return self._view.desk.coder_name(row.coder)

    def describe(self, row: CodingRow) -> str:
        """ "Clear role, barrier" and, where it is not one's own, who coded it."""
        words = self._view.naming.describe(row)
        if row.coder not in self._view.pane.others:
            return words
        return translate("Transcript", "{coding}, coded by {coder}").format(
            coding=words, coder=self.who(row)
        )

    def why_not_change(self, mark: Mark) -> UserError | None:
        """Why a coding may not be changed; None where it may."""
        if self.is_own(mark):
            return None
        if mark.row.coder is None:
            return NotAllowed(
                translate("Transcript", "This coding is of the Consensus; nothing was changed."),
                translate("Transcript", "Your own codings are under Show: Mine."),
            )
        name = self.who(mark.row)
        return NotAllowed(
            translate("Transcript", "This coding is {coder}’s; nothing was changed.").format(
                coder=name
            ),
            translate("Transcript", "Code the passage yourself, or let {coder} sit down.").format(
                coder=name
            ),
        )

    def why_not_code(self) -> UserError | None:
        """Why nothing can be coded while this is shown: it would not be seen."""
        present = self._view.desk.present_coder()
        if self.whose is not Whose.LAYER or present in self._sight.coders:
            return None
        return NotAllowed(
            translate(
                "Transcript", "The analysis layer is shown, and your codings are not part of it."
            ),
            translate("Transcript", "Choose Show: Mine or Every coder to code."),
        )
