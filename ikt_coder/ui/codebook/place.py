"""The Codebook place: a switch over its pages, each made when it is first shown."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtWidgets import QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import figure
from ikt_coder.ui.widgets.paged_place import Makers, PagedPlace
from ikt_coder.ui.widgets.segmented_switch import Segment

_STATE = "codebook"


class CodebookPage(Protocol):
    """What the place asks of its pages."""

    def focus_page(self) -> None:
        """Bring the keyboard to where one works."""


class CodebookPlace(PagedPlace):
    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, _STATE, parent)
        self.switch.setAccessibleName(self.tr("What to see of the codebook"))
        context.signals.changed.connect(self._changed)
        self._offer()
        self.show_kept()

    # -- pages ------------------------------------------------------------------------------

    def makers(self) -> Makers:
        return {
            "versions": self._make_versions,
            "look_again": self._make_look_again,
            "crosswalks": self._make_crosswalks,
            "glossary": self._make_glossary,
        }

    def _make_versions(self) -> QWidget:
        from ikt_coder.ui.codebook.versions_page import VersionsPage

        return VersionsPage(self.context, self)

    def _make_look_again(self) -> QWidget:
        from ikt_coder.ui.codebook.look_again_page import LookAgainPage

        return LookAgainPage(self.context, self)

    def _make_crosswalks(self) -> QWidget:
        from ikt_coder.ui.crosswalks.page import CrosswalksPage

        return CrosswalksPage(self.context)

    def _make_glossary(self) -> QWidget:
        from ikt_coder.ui.codebook.glossary_page import GlossaryPage

        return GlossaryPage(self.context, self)

    def _offer(self) -> None:
        """The pages; how much waits is said at its page."""
        waiting = self.context.project.upkeep.count()
        again = self.tr("Look again")
        segments = [
            Segment("versions", self.tr("Versions"), self.tr("The codebook as it was")),
            Segment(
                "look_again",
                f"{again} · {figure(waiting)}" if waiting else again,
                self.tr("Codings made before a definition changed"),
            ),
            Segment(
                "crosswalks",
                self.tr("Crosswalks"),
                self.tr("Where codes lead in other frameworks"),
            ),
            Segment("glossary", self.tr("Glossary"), self.tr("Terms and their definitions")),
        ]
        if [(segment.key, segment.text) for segment in segments] != self.switch.shown():
            self.switch.set_segments(segments)

    def _changed(self, changes: Changes) -> None:
        if changes.touches("revisit", "revisited", "coding", "code", "coder", "project"):
            self._offer()

    def focus_place(self) -> None:
        """Bring the keyboard to where one works in the page that is shown."""
        cast(CodebookPage, self.stack.currentWidget()).focus_page()
