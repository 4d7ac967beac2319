"""The Codebook place: a switch over its pages, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.segmented_switch import Segment, SegmentedSwitch

_STATE = "codebook"
_FIRST = "versions"


class CodebookPage(Protocol):
    """What the place asks of its pages."""

    def focus_page(self) -> None:
        """Bring the keyboard to where one works."""


class CodebookPlace(QWidget):
    """Each page is as it was left."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        look, px = context.appearance, context.appearance.px
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._makers: dict[str, Callable[[], QWidget]] = {
            "versions": self._make_versions,
            "look_again": self._make_look_again,
            "crosswalks": self._make_crosswalks,
            "glossary": self._make_glossary,
        }
        self._pages: dict[str, QWidget] = {}
        self.switch = SegmentedSwitch(look, self.tr("What to see of the codebook"), self)
        self.stack = QStackedWidget(self)
        bar = QFrame(self)
        bar.setProperty("surface", "panel")
        bar.setProperty("line", "bottom")
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(bar)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(px(10))
        row.addWidget(self.switch)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addWidget(self.stack, 1)
        self.switch.chosen.connect(self.show_page)
        context.signals.changed.connect(self._changed)
        self._offer()
        page = self._kept().get("page")
        self.show_page(page if isinstance(page, str) else _FIRST)

    # -- pages ------------------------------------------------------------------------------

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

    def page(self, key: str) -> QWidget:
        """A page, made now if it was not. Raises KeyError."""
        if key not in self._pages:
            page = self._makers[key]()
            self._pages[key] = page
            self.stack.addWidget(page)
        return self._pages[key]

    def show_page(self, key: str) -> None:
        """Show a page."""
        if key not in self._makers:
            key = _FIRST
        self.stack.setCurrentWidget(self.page(key))
        if self.switch.current() != key:
            self.switch.choose(key)
        self._keep()

    def _offer(self) -> None:
        """The pages; how much waits is said at its page."""
        waiting = self.context.project.upkeep.count()
        again = self.tr("Look again")
        segments = [
            Segment("versions", self.tr("Versions"), self.tr("The codebook as it was")),
            Segment(
                "look_again",
                f"{again} · {waiting:,}" if waiting else again,
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

    # -- the place is kept ------------------------------------------------------------------

    def _kept(self) -> dict[str, object]:
        context = self.context
        kept = context.settings.local_state(context.project.local_id).get(_STATE)
        return kept if isinstance(kept, dict) else {}

    def _keep(self) -> None:
        context = self.context
        whole = context.settings.local_state(context.project.local_id)
        now = {**self._kept(), "page": self.switch.current()}
        if whole.get(_STATE) != now:
            whole[_STATE] = now
            context.settings.remember_local_state(context.project.local_id, whole)

    def focus_place(self) -> None:
        """Bring the keyboard to where one works in the page that is shown."""
        cast(CodebookPage, self.stack.currentWidget()).focus_page()
