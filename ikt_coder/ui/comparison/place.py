"""The Compare place (Readings in a reflexive project): a switch over its pages, and the round
that they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.rounds import RoundMode
from ikt_coder.core.words import Approach
from ikt_coder.services.round_rows import RoundRow
from ikt_coder.ui.comparison.wording import round_line
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.paged_place import Makers, PagedPlace
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.segmented_switch import Segment

if TYPE_CHECKING:
    from ikt_coder.ui.comparison.agreement.page import AgreementPage
    from ikt_coder.ui.comparison.rounds.page import RoundsPage
    from ikt_coder.ui.comparison.settle.page import SettlePage
    from ikt_coder.ui.comparison.side_by_side.page import SideBySidePage
    from ikt_coder.ui.comparison.verify.page import VerifyPage

_STATE = "compare"
_FOLLOWED = ("coding_round", "assignment", "round_event", "coder", "project")


class ComparePage(Protocol):
    """What the place asks of its pages."""

    def show_round(self, round_: UUID | None) -> None:
        """Show a round; None: the codings as they stand, from no round."""

    def refresh(self) -> None:
        """Read anew."""

    def focus_place(self) -> None:
        """Bring the keyboard to where one works."""


class ComparePlace(PagedPlace):
    """The round is remembered beside the page; a round has not all pages."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, _STATE, parent)
        self.switch.setAccessibleName(self.tr("What to compare"))
        self.round: UUID | None = None
        self.round_pill = Pill(context.appearance, self.tr("Round"), opens=True, parent=self)
        self.round_pill.clicked.connect(self._choose_round)
        self.bar.insertWidget(1, self.round_pill)
        context.signals.changed.connect(self._changed)
        kept = self._kept()
        self.round = self._known(kept.get("round"))
        self._tell_round()
        self._offer()
        page = kept.get("page")
        self.show_page(page if isinstance(page, str) else "rounds")

    # -- pages ------------------------------------------------------------------------------

    def makers(self) -> Makers:
        return {
            "rounds": self._make_rounds,
            "agreement": self._make_agreement,
            "beside": self._make_beside,
            "settle": self._make_settle,
            "verify": self._make_verify,
        }

    def _make_rounds(self) -> QWidget:
        from ikt_coder.ui.comparison.rounds.page import RoundsPage

        return RoundsPage(self.context, self)

    def _make_agreement(self) -> QWidget:
        from ikt_coder.ui.comparison.agreement.page import AgreementPage

        return AgreementPage(self.context, self)

    def _make_beside(self) -> QWidget:
        from ikt_coder.ui.comparison.side_by_side.page import SideBySidePage

        return SideBySidePage(self.context, self)

    def _make_settle(self) -> QWidget:
        from ikt_coder.ui.comparison.settle.page import SettlePage

        return SettlePage(self.context, self)

    def _make_verify(self) -> QWidget:
        from ikt_coder.ui.comparison.verify.page import VerifyPage

        return VerifyPage(self.context, self)

    @property
    def rounds(self) -> RoundsPage:
        return cast("RoundsPage", self.page("rounds"))

    @property
    def agreement(self) -> AgreementPage:
        return cast("AgreementPage", self.page("agreement"))

    @property
    def beside(self) -> SideBySidePage:
        return cast("SideBySidePage", self.page("beside"))

    @property
    def settle(self) -> SettlePage:
        return cast("SettlePage", self.page("settle"))

    @property
    def verify(self) -> VerifyPage:
        return cast("VerifyPage", self.page("verify"))

    def page(self, key: str) -> QWidget:
        """A page, made for the round now if it was not. Raises KeyError."""
        made = key in self._pages
        page = super().page(key)
        if not made:
            cast(ComparePage, page).show_round(self.round)
        return page

    def show_page(self, key: str) -> None:
        """Show a page; one that the round does not have gives way to the rounds."""
        offered = self.switch.keys()
        if key not in offered:
            key = "rounds"
        self.stack.setCurrentWidget(self.page(key))
        if self.switch.current() != key:
            self.switch.choose(key)
        self.round_pill.setVisible(key != "rounds" and bool(self._rows()))
        self._keep()

    def _offer(self) -> None:
        """The pages that make sense for the round and the approach."""
        reflexive = self.context.project.card.get().approach is Approach.REFLEXIVE
        row = self._row()
        segments = [
            Segment(
                "rounds",
                self.tr("Readings") if reflexive else self.tr("Rounds"),
                self.tr("Who codes what, and how far they are"),
            )
        ]
        if not reflexive:
            segments.append(
                Segment(
                    "agreement", self.tr("Agreement"), self.tr("Where and how far coders agree")
                )
            )
        segments.append(
            Segment("beside", self.tr("Side by side"), self.tr("Both codings of a document"))
        )
        if row is None or row.mode is not RoundMode.VERIFY or row.blind_share:
            settle = self.tr("Talk over") if reflexive else self.tr("Settle")
            segments.append(
                Segment("settle", settle, self.tr("Go through the differences and decide"))
            )
        if row is not None and row.mode is RoundMode.VERIFY:
            segments.append(
                Segment("verify", self.tr("Verify"), self.tr("Check the first coder's codings"))
            )
        if [(segment.key, segment.text) for segment in segments] != self.switch.shown():
            self.switch.set_segments(segments)

    # -- the round --------------------------------------------------------------------------

    def show_round(self, round_: UUID | None) -> None:
        """Let every page show a round; None: the codings as they stand."""
        self.round = round_
        self._tell_round()
        before = self.switch.current()
        self._offer()
        for page in self._pages.values():
            cast(ComparePage, page).show_round(round_)
        self.show_page(before)

    def _rows(self) -> tuple[RoundRow, ...]:
        return self.context.project.rounds.all()

    def _row(self) -> RoundRow | None:
        return next((row for row in self._rows() if row.id == self.round), None)

    def _known(self, kept: object) -> UUID | None:
        """The round that was shown last, else the newest."""
        rows = self._rows()
        for row in rows:
            if str(row.id) == kept:
                return row.id
        return rows[-1].id if rows else None

    def _tell_round(self) -> None:
        row = self._row()
        if row is None:
            self.round_pill.set_words(self.tr("Codings"), self.tr("as they stand"))
        else:
            self.round_pill.set_words("", round_line(row))

    def _choose_round(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for row in self._rows():
            self._add_round(menu, round_line(row), row.id)
        menu.addSeparator()
        self._add_round(menu, self.tr("Codings as they stand, from no round"), None)
        menu.popup(self.round_pill.mapToGlobal(self.round_pill.rect().bottomLeft()))

    def _add_round(self, menu: QMenu, words: str, round_: UUID | None) -> None:
        action = QAction(words.replace("&", "&&"), menu)
        action.setCheckable(True)
        action.setChecked(round_ == self.round)
        action.triggered.connect(lambda: self.show_round(round_))
        menu.addAction(action)

    def _changed(self, changes: Changes) -> None:
        if changes.tables and not changes.touches(*_FOLLOWED) and "round" not in changes.kind:
            return
        rows = {row.id for row in self._rows()}
        if self.round is None and rows and changes.kind == "set_up_round":
            self.show_round(self._rows()[-1].id)
        elif self.round is not None and self.round not in rows:
            self.show_round(self._known(None))
        else:
            self._tell_round()
            self._offer()

    # -- the place is kept ------------------------------------------------------------------

    def _kept(self) -> dict[str, object]:
        context = self.context
        kept = context.settings.local_state(context.project.local_id).get(_STATE)
        return kept if isinstance(kept, dict) else {}

    def _keep(self) -> None:
        context = self.context
        whole = context.settings.local_state(context.project.local_id)
        now = {**self._kept(), "page": self.switch.current(), "round": str(self.round or "")}
        if whole.get(_STATE) != now:
            whole[_STATE] = now
            context.settings.remember_local_state(context.project.local_id, whole)

    def focus_place(self) -> None:
        """Bring the keyboard to where one works in the page that is shown."""
        cast(ComparePage, self.stack.currentWidget()).focus_place()
