"""The Verify page: the first coder's codings in the text, judged one after the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.core.rounds import DecisionKind, ReasonCategory
from ikt_coder.core.span import Span
from ikt_coder.core.words import Valence
from ikt_coder.services.settling_rows import Item
from ikt_coder.ui.comparison.agreement.stretch_list import Passage
from ikt_coder.ui.comparison.columns.column_ends import ColumnHead
from ikt_coder.ui.comparison.columns.item_words import segment_words
from ikt_coder.ui.comparison.columns.text_columns import TextColumns
from ikt_coder.ui.comparison.verify.documents_panel import DocumentsPanel
from ikt_coder.ui.comparison.verify.judge_panel import JudgePanel
from ikt_coder.ui.comparison.verify.judging import Judging
from ikt_coder.ui.comparison.verify.keys import VerifyKeys, open_menu
from ikt_coder.ui.comparison.verify.marking import mark_text, place_of
from ikt_coder.ui.comparison.verify.rate_pane import RatePane
from ikt_coder.ui.comparison.verify.reading import Verified, read_verified, waits
from ikt_coder.ui.comparison.verify.turn_marks import TurnMarks
from ikt_coder.ui.comparison.verify.wording import menu_words, state_words, title_words
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import figure
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.retrieval.choices import Choice as Listed
from ikt_coder.ui.retrieval.choices import ChoiceList, open_choices
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.announce import announce
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter

if TYPE_CHECKING:
    from ikt_coder.ui.comparison.place import ComparePlace

_FOLLOWED = (
    *("decision", "checked", "settled", "snapshot", "coding_round", "assignment", "round_event"),
    *("document", "document_edit", "turn", "speaker", "code", "level", "coder", "coding"),
    "project",
)


class VerifyPage(QWidget):
    """Goes through the documents of one round of code and verify. J and K walk, a letter
    judges, T marks the turn; every act can be undone."""

    def __init__(self, context: Context, place: ComparePlace | None = None) -> None:
        super().__init__()
        self._context = context
        self._place = place
        self._round: UUID | None = None
        self._document: UUID | None = None
        self._asked_once = False
        self.found: Verified | None = None
        self.current: UUID | None = None
        self._at_an_end = False  # and said so
        self._wanted: UUID | None = None
        self._place_wanted: Span | None = None
        self._build()
        self.reading: FreshReading[Verified | None] = FreshReading(
            self, context.tasks, self._begin, self._show, failed=self._failed
        )
        context.signals.changed.connect(self._changed)

    def _build(self) -> None:
        context, look = self._context, self._context.appearance
        self.documents = DocumentsPanel(look)
        self.columns = TextColumns(context)
        self.head = ColumnHead(look)
        self.columns.set_columns([self.head])
        self.pane = self.columns.panes[0]
        self.turns = TurnMarks(look, self.pane)
        self.behind = RatePane(context, self.documents.rates)
        self.panel = JudgePanel(look)
        self.panel.clear_reason()
        self.judging = Judging(context, self.panel.said, self)
        acts: dict[str, Callable[[], object]] = {
            "J": partial(self.step, 1),
            "K": partial(self.step, -1),
            "A": partial(self._judge, DecisionKind.ACCEPT),
            "E": self._change_edges,
            "C": self._choose_code,
            "U": partial(self._judge, DecisionKind.REMOVE),
            "N": self._add_missed,
            "T": self._check_turn,
            "B": partial(self._turn, Valence.BARRIER),
            "F": partial(self._turn, Valence.FACILITATOR),
            "X": partial(self._turn, Valence.MIXED),
            "D": partial(self._turn, Valence.NEUTRAL),
            "O": self._reveal,
            "R": self._open_reason,
        }
        self._acts = acts
        self.pane.gestures = [VerifyKeys(context.settings, acts)]
        self.pane.menu_asked.connect(self._open_menu)
        text = QWidget()
        column = QVBoxLayout(text)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.columns, 1)
        column.addWidget(self.behind)
        column.addWidget(self.panel)
        settings = context.settings
        self.across = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter("verify.across"),
            save=lambda sizes: settings.remember_splitter("verify.across", sizes),
        )
        # Large text must not push the text off a small screen.
        self.across.add_pane(self.documents, min(look.px(270), 340))
        self.across.add_pane(text, look.px(700), stretch=True)
        self.nothing = EmptyView(look, "compare", "", "")
        self.nothing.add_button(self.tr("Go to the rounds"), self._go_to_rounds)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.across)
        self.stack.addWidget(self.nothing)
        self.stack.setCurrentWidget(self.nothing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        self.behind.chosen.connect(self._go_to_passage)
        self.behind.left.connect(self.focus_place)
        self.documents.document_chosen.connect(self.show_document)
        self.documents.whole_checked.connect(self._check_document)
        self.panel.pressed.connect(lambda key: self._acts[key]())
        self.panel.stepped.connect(self.step)
        self.panel.reason.category_chosen.connect(self._set_category)
        self.panel.reason.left.connect(self.focus_place)
        self.panel.reason.entered.connect(self.focus_place)
        self.turns.toggled.connect(self._toggle_turn)
        self.judging.judged.connect(self._judged)
        self.judging.added.connect(self._added)
        self.columns.resized.connect(self.turns.place)
        if self.columns.margin is not None:
            self.columns.margin.item_clicked.connect(self.go_to)

    # -- what is asked for --------------------------------------------------------------------

    def show_round(self, round_: UUID | None) -> None:
        """Show the documents of a round of code and verify."""
        if round_ == self._round and self._asked_once:
            return
        self._asked_once = True
        self._round = self.judging.round = round_
        self.behind.close_pane()
        self._document = self.current = None
        self.reading.ask()

    def show_document(self, document: UUID) -> None:
        """Go on with another document."""
        if document != self._document:
            self._document, self.current = document, None
            self.reading.ask()

    def refresh(self) -> None:
        """Read anew."""
        self.reading.refresh()

    @property
    def up_to_date(self) -> bool:
        """Whether what is shown is what the project holds."""
        return self.reading.up_to_date

    def _begin(self) -> Callable[[Progress], Verified | None]:
        project, round_, document = self._context.project, self._round, self._document

        def work(_progress: Progress) -> Verified | None:
            return None if round_ is None else read_verified(project, round_, document)

        return work

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.found = None
        self._tell_nothing(error.what, error.to_do)

    def _tell_nothing(self, sentence: str, more: str) -> None:
        self.nothing.set_words(sentence, more)
        self.stack.setCurrentWidget(self.nothing)

    def _changed(self, changes: Changes) -> None:
        if self._round is not None and (not changes.tables or changes.touches(*_FOLLOWED)):
            self.reading.outdate()

    # -- showing ------------------------------------------------------------------------------

    def _show(self, found: Verified | None) -> None:
        before = self.found
        self.found = found
        if found is None or found.text is None:
            self.found = None
            self._tell_nothing(
                self.tr("Nothing can be verified yet"),
                self.tr(
                    "In a round of code and verify the second coder goes through a document "
                    "when the first one has finished it."
                ),
            )
            return
        self._document = found.document
        self.stack.setCurrentWidget(self.across)
        self.documents.show_round(found)
        self.behind.follow(found)
        same = before is not None and before.text == found.text
        if not same:
            self.columns.show_text(found.text)
        self.columns.set_codes(found.study.codes.values())
        self.columns.describe = lambda segment: segment_words(segment, found.study)
        first = found.study.coders.get(found.first_coder) if found.first_coder else None
        name = first.name if first is not None else ""
        self.head.show_side(
            first.initials if first is not None else "",
            self.tr("Codings of {coder}").replace("{coder}", name),
            found.text.title,
        )
        accessible = self.tr("{title} with the codings of {coder}")
        self.pane.setAccessibleName(
            accessible.replace("{title}", found.text.title).replace("{coder}", name)
        )
        keys = {item.id for item in found.items}
        if self._wanted in keys:
            self.current, self._wanted = self._wanted, None
        if self.current not in keys:
            self.current = next((i.id for i in found.items if waits(i)), None)
        self._mark()
        if self._place_wanted is not None:
            self._come_to_place()
        elif not same:
            self._come_to_current()

    def _mark(self) -> None:
        """Tint what waits to be judged and the coding one is at; underline the rest."""
        if self.found is not None:
            mark_text(self.columns, self.turns, self.found, self.current)
            self._tell_item()

    def item(self) -> Item | None:
        """The coding one is at."""
        if self.found is None:
            return None
        return next((item for item in self.found.items if item.id == self.current), None)

    def _tell_item(self) -> None:
        found = self.found
        if found is None:
            return
        item = self.item()
        at = found.items.index(item) + 1 if item is not None else 0
        count = self.tr("{n} of {all}").format(n=figure(at), all=figure(len(found.items)))
        if item is None:
            count = figure(len(found.items))
        turn = found.turn_at(self._point())
        self.turns.current = turn.id if turn is not None else None
        self.turns.update()
        self.panel.show_item(
            item,
            found.study,
            count,
            hindrance=found.hindrance,
            checked=turn is not None and self.turns.is_checked(turn.id),
        )
        self.columns.show_results(0, [place_of(item)] if item is not None else [])

    # -- walking ------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Go to the next or previous coding."""
        found = self.found
        if found is None or not found.items:
            return
        order = sorted(found.items, key=lambda item: (place_of(item), item.id))
        keys = [item.id for item in order]
        at = keys.index(self.current) + by if self.current in keys else (0 if by > 0 else -1)
        if not -1 <= at < len(keys) or (at == -1 and self.current in keys):
            last = self.tr("This is the last coding.")
            self._context.say(last if by > 0 else self.tr("This is the first coding."), undo=False)
            self._at_an_end = True
            return
        self.go_to(keys[at])

    def go_to(self, item: UUID) -> None:
        """Come to a coding."""
        if self._at_an_end:
            self._at_an_end = False
            self._context.say("", undo=False)  # it is not the last any more
        if item != self.current:
            self.panel.clear_reason()
        self.current = item
        self._mark()
        self._come_to_current()

    def _come_to_current(self) -> None:
        found, item = self.found, self.item()
        if found is None or item is None:
            return
        span = place_of(item)
        self.columns.bring_to_view(span)
        self.pane.place_caret(self.columns.page.offsets.to_qt(span.start))
        self._tell_item()
        announce(self.pane, f"{title_words(item, found.study)}. {state_words(item, found.study)}")

    def _judged(self, key: UUID) -> None:
        """Go on to the next one that waits, as if this one did not."""
        self.panel.clear_reason()
        found = self.found
        if found is None:
            return
        order = sorted(found.items, key=lambda item: (place_of(item), item.id))
        keys = [item.id for item in order]
        at = keys.index(key) if key in keys else -1
        waiting = [i.id for i in (*order[at + 1 :], *order[:at]) if waits(i)]
        if waiting:
            self.current = waiting[0]
            self._come_to_current()
        else:
            self._context.say(
                self.tr(
                    "Every coding of this document is judged. Mark its turns as checked with T, "
                    "or the whole document."
                )
            )
        self.focus_place()

    def _added(self, item: UUID) -> None:
        self._wanted = item
        self.panel.clear_reason()
        self.focus_place()

    def _go_to_passage(self, passage: Passage) -> None:
        """Come to a coding or a turn that a rate counts, perhaps in another document."""
        if self.found is None:
            return
        if passage.document != self.found.document:
            self._wanted = passage.key
            self._place_wanted = None if passage.key else passage.span
            self.show_document(passage.document)
        elif passage.key is not None:
            self.go_to(passage.key)
        else:
            self._place_wanted = passage.span
            self._come_to_place()

    def _come_to_place(self) -> None:
        span, self._place_wanted = self._place_wanted, None
        if span is not None:
            self.columns.bring_to_view(span)
            self.pane.place_caret(self.columns.page.offsets.to_qt(span.start))
            self._tell_item()

    # -- acts ---------------------------------------------------------------------------------

    def _set_category(self, category: object) -> None:
        self.panel.take_category(category if isinstance(category, ReasonCategory) else None)

    def _able(self) -> bool:
        found = self.found
        if found is None:
            return False
        if found.hindrance:
            self._context.say(found.hindrance, undo=False)
        return not found.hindrance

    def _judge(self, kind: DecisionKind, **changed: object) -> None:
        item = self.item()
        if self.found is not None and item is not None and self._able():
            self.judging.judge(item, kind, self.found.study, **changed)

    def _turn(self, valence: Valence) -> None:
        item = self.item()
        if self.found is not None and item is not None and self._able():
            self.judging.turn_valence(item, valence, self.found.study)

    def _selected(self) -> Span | None:
        """The selected words, in code points."""
        chosen = self.pane.selected()
        if chosen is None:
            return None
        offsets = self.columns.page.offsets
        return Span(offsets.to_point(chosen[0]), offsets.to_point(chosen[1]))

    def _change_edges(self) -> None:
        item = self.item()
        if item is None or not self._able():
            return
        span = self._selected()
        if span is None:
            # The words of the coding are selected, so that Shift and the arrows change them.
            there = place_of(item)
            offsets = self.columns.page.offsets
            self.pane.select(offsets.to_qt(there.start), offsets.to_qt(there.end))
            self.focus_place()
            self._context.say(
                self.tr("Select the words it is to have, then press E again."), undo=False
            )
            return
        self._judge(DecisionKind.CHANGE_EDGES, span=span)

    def _codes(self, title: str) -> ChoiceList:
        rows = [
            Listed(row.id, row.name, " › ".join(row.path[:-1]), "", row.colour, row.pattern.value)
            for row in (self.found.study.codes.values() if self.found is not None else ())
            if row.applicable
        ]
        return ChoiceList(self._context.appearance, title, rows)

    def _choose_code(self) -> None:
        if self.item() is None or not self._able():
            return
        chooser = self._codes(self.tr("Find the code that fits"))
        chooser.taken.connect(lambda code: self._judge(DecisionKind.CHANGE_CODE, code=code))
        open_choices(self._context.appearance, chooser, self.panel.buttons["C"])

    def _add_missed(self) -> None:
        found = self.found
        if found is None or found.document is None or not self._able():
            return
        document, span, study = found.document, self._selected(), found.study
        if span is None:
            words = self.tr("Select the words that were missed, then press N.")
            self._context.say(words, undo=False)
            return
        chooser = self._codes(self.tr("Find the code of what was missed"))
        chooser.taken.connect(lambda code: self.judging.add(document, span, code, study))
        open_choices(self._context.appearance, chooser, self.panel.buttons["N"])

    def _point(self) -> int:
        """The code point of the caret."""
        if self.found is None or self.found.text is None:
            return 0
        return self.columns.page.offsets.to_point(self.pane.textCursor().position())

    def _check_turn(self) -> None:
        """Mark the turn at the caret; go on to the next one that is not checked."""
        found = self.found
        if found is None or found.document is None or not self._able():
            return
        turn = found.turn_at(self._point())
        if turn is None:
            self._context.say(self.tr("The caret stands in no turn."), undo=False)
            return
        if not self.judging.check_turn(found.document, turn.id):
            return
        behind = [
            t
            for t in (found.text.turns if found.text is not None else ())
            if t.span.start > turn.span.start and not self.turns.is_checked(t.id)
        ]
        if behind:
            within = [i for i in found.items if waits(i) and behind[0].span.overlaps(place_of(i))]
            self.current = within[0].id if within else None
            self.columns.bring_to_view(behind[0].span)
            self.pane.place_caret(self.columns.page.offsets.to_qt(behind[0].words_start))
        self._tell_item()
        self.focus_place()

    def _toggle_turn(self, turn: UUID, on: bool) -> None:
        if self.found is not None and self.found.document is not None and self._able():
            self.judging.check_turn(self.found.document, turn, on)

    def _check_document(self) -> None:
        found = self.found
        if found is None or found.document is None or not self._able():
            return
        self.judging.check_document(found.document, not found.checked.whole)

    def _open_menu(self, place: QPoint) -> None:
        found = self.found
        if found is None:
            return
        unable = set("AECUBFXDNTR") if found.hindrance else set()
        if self.item() is None:
            unable |= set("AECUBFXDO")
        open_menu(place, self.window(), menu_words(found.study), self._acts, unable)

    def _reveal(self) -> None:
        item = self.item()
        if item is not None:
            self._context.reveal(item.document, place_of(item))

    def _open_reason(self) -> None:
        self.panel.reason.focus_words()

    def _go_to_rounds(self) -> None:
        if self._place is not None:
            self._place.show_page("rounds")

    def focus_place(self) -> None:
        """Bring the keyboard to the text."""
        here = self.pane if self.stack.currentWidget() is self.across else self.nothing
        here.setFocus(Qt.FocusReason.ShortcutFocusReason)
