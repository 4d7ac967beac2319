"""The acts of the Settle page that ask something first, or go elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ikt_coder.core.rounds import DecisionKind, DifferenceKind
from ikt_coder.services.report_kinds import ReportOptions
from ikt_coder.ui.comparison.settle.bulk import BulkActs
from ikt_coder.ui.comparison.settle.decision_panel import NOTE, OTHER
from ikt_coder.ui.comparison.settle.draft import Way
from ikt_coder.ui.comparison.settle.note_popover import NotePopover
from ikt_coder.ui.comparison.settle.queue_order import needs_somebody
from ikt_coder.ui.context import Context
from ikt_coder.ui.reports.report_file import ReportFile
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices

if TYPE_CHECKING:
    from ikt_coder.ui.comparison.settle.page import SettlePage


class PageActs:
    """What the page's keys, buttons and menus do beside deciding."""

    def __init__(self, context: Context, page: SettlePage) -> None:
        self._context = context
        self._page = page
        self.bulk = BulkActs(context, page)
        self.files = ReportFile(context, page.bar, page)

    def by_letter(self) -> dict[str, tuple[str, Callable[[], object]]]:
        """The acts that letters of the queue do, with their words."""
        tr, page = self._page.tr, self._page
        return {
            "\n": (tr("Write the reason"), page.open_reason),
            "J": (tr("Next"), lambda: page.queue.step(1)),
            "K": (tr("Previous"), lambda: page.queue.step(-1)),
            "C": (tr("Other code…"), self.choose_code),
            "L": (tr("Levels of the result…"), page.panel.open_levels),
            "M": (tr("Note…"), self.open_notes),
            "O": (tr("Show it in the transcript"), self.reveal),
        }

    def choose_code(self) -> None:
        """Ask for a code that none of the coders used; then for the reason."""
        page, deciding = self._page, self._page.deciding
        if deciding.study is None or deciding.item is None or deciding.why_not:
            return
        rows = [
            Choice(row.id, row.name, " › ".join(row.path[:-1]), "", row.colour, row.pattern.value)
            for row in deciding.study.codes.values()
            if row.applicable
        ]
        look = self._context.appearance
        chooser = ChoiceList(look, page.tr("Find the code that fits"), rows)
        chooser.taken.connect(
            lambda code: deciding.take_way(Way(DecisionKind.OTHER_CODE, code=code))
        )
        open_choices(look, chooser, page.panel.button(OTHER))

    def open_notes(self) -> None:
        """Show what was said on the item, with a field for more."""
        page, deciding = self._page, self._page.deciding
        if deciding.study is None or deciding.item is None or deciding.round is None:
            return
        notes = self._context.project.reconciliation.notes(deciding.item.id, deciding.round)
        popover = NotePopover(
            self._context,
            deciding,
            notes,
            deciding.study,
            names=not page.anonymous,
            window=page.window(),
        )
        popover.open_at(page.panel.button(NOTE))

    def reveal(self) -> None:
        """Show the item in the transcript, in Code."""
        item = self._page.deciding.item
        if item is not None:
            self._context.reveal(item.document, item.span)

    def accept_matches(self) -> None:
        round_ = self._page.deciding.round
        if round_ is not None:
            self.bulk.accept_matches(round_)

    def ask_boundaries(self) -> None:
        page = self._page
        if page.deciding.round is None:
            return
        count = sum(
            item.kind is DifferenceKind.BOUNDARY and needs_somebody(item)
            for item in page.queue.items
        )
        self.bulk.ask_boundaries(page.deciding.round, count, page.summary.boundaries)

    def ask_proposals(self) -> None:
        page, study = self._page, self._page.deciding.study
        if page.deciding.round is not None and study is not None:
            coders = [] if page.anonymous else page.people.coders()
            self.bulk.ask_proposals(page.deciding.round, study, coders, page.summary.propose)

    def export(self, key: str) -> None:
        self.files.write(key, ReportOptions(round=self._page.deciding.round), self._page.round_name)
