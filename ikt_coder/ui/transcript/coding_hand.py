"""What the keys and menus of coding do: each act goes to the project through the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect

from ikt_coder.core.errors import NotAllowed, UserError
from ikt_coder.core.span import Span
from ikt_coder.core.words import Flag, Origin, Valence
from ikt_coder.settings import SELECT_THEN_CLICK
from ikt_coder.ui.memos.place import MemoPlace
from ikt_coder.ui.transcript.coding_chooser import CodingChooser
from ikt_coder.ui.transcript.levels import LevelsPopover
from ikt_coder.ui.transcript.marks import Mark
from ikt_coder.ui.transcript.picker import CodePicker, PickerPurpose
from ikt_coder.ui.transcript.ranking import same_name
from ikt_coder.ui.transcript.widening import trimmed
from ikt_coder.ui.transcript.wording import flag_word, shortened, words_in

if TYPE_CHECKING:
    from ikt_coder.ui.transcript.view import TranscriptView

translate = QCoreApplication.translate

T = TypeVar("T")

IN_VIVO_LENGTH = 80
"""An in-vivo code's name is at most so many code points of the words."""


class CodingHand(QObject):
    """Acts on the selection and on the current coding of one view."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view
        self._picker: CodePicker | None = None
        # The selection where it was coded, and where the text was left after that.
        self._coded: Span | None = None
        self._left: Span | None = None
        view.pane.selectionChanged.connect(self._selected)
        view.installEventFilter(self)
        self.acting = False
        """True while an act of this view is on its way through the project."""

    def connect_acts(self) -> None:
        view = self._view

        def on(name: str, do: Callable[[], object]) -> None:
            def act() -> None:
                # An edge that is held is kept where it is seen before anything else happens.
                view.edge_grab.keep()
                do()

            view.acts.on(name, act)

        on("code_with", self.open_picker)
        on("repeat", self.repeat)
        on("in_vivo", self.in_vivo)
        on("new_code", self.new_code)
        on("memo", self.memo)
        on("change_code", self.change_code)
        on("remove", self.remove)
        on("grab_start", lambda: view.edge_grab.grab(start=True))
        on("grab_end", lambda: view.edge_grab.grab(start=False))
        for valence in Valence:
            on(valence.value, partial(self.toggle_valence, valence))
        on("levels", self.levels)
        on("star", lambda: self.toggle_flag(Flag.STAR))
        on("unsure", lambda: self.toggle_flag(Flag.UNSURE))
        on("cycle", view.going.cycle)
        on("next", lambda: view.going.step(1))
        on("previous", lambda: view.going.step(-1))
        on("describe", view.hover.at_caret)
        on("passages", self.passages)
        on("widen", view.going.widen)
        on("narrow", view.going.narrow)
        on("find", view.find_bar.open_bar)
        on("mend", view.mending.toggle)
        for digit in range(1, 10):
            on(f"digit_{digit}", partial(view.digits.apply, digit))

    # -- whether and where --------------------------------------------------------------

    def why_not(self) -> UserError | None:
        """Why nothing can be coded now; None where it can."""
        view = self._view
        if view.content is None:
            return NotAllowed(translate("Transcript", "No document is open."))
        if view.desk.read_only:
            return NotAllowed(
                translate(
                    "Transcript", "This project is open for reading only; nothing was changed."
                ),
                translate("Transcript", "Close it in the other window and open it again to code."),
            )
        return view.shown.why_not_code()

    def _allowed(self) -> bool:
        reason = self.why_not()
        if reason is not None:
            self._view.fail(reason)
        return reason is None

    def attempt(self, do: Callable[[], T]) -> T | None:
        """The result of ``do``, or None after telling why it did not happen."""
        self.acting = True
        try:
            return do()
        except UserError as error:
            self._view.fail(error)
            return None
        finally:
            self.acting = False

    def passage(self) -> Span | None:
        """The selected words without white space around them; tells where there are none."""
        span = self._view.selection()
        if span is not None and self._view.content is not None:
            span = trimmed(self._view.content.text, span)
        if span is None or len(span) == 0:
            self._view.hint(
                translate("Transcript", "No words are selected, so nothing was coded."),
                translate("Transcript", "Select some first; W selects around the caret."),
            )
            return None
        return span

    def coding(self) -> Mark | None:
        """The current coding; tells where there is none."""
        mark = self._view.current_mark()
        if mark is None:
            self._view.hint(
                translate("Transcript", "There is no coding at the caret; nothing was changed."),
                translate(
                    "Transcript", "Put the caret into a coding, or press J for the next one."
                ),
            )
        return mark

    def own_coding(self) -> Mark | None:
        """The current coding where it may be changed; tells where there is none or it may not."""
        mark = self.coding()
        return None if mark is None or self._refused(mark) else mark

    def _refused(self, mark: Mark) -> bool:
        """Whether a coding may not be changed; tells why."""
        reason = self._view.shown.why_not_change(mark)
        if reason is not None:
            self._view.fail(reason)
        return reason is not None

    # -- applying -----------------------------------------------------------------------

    def click_applies(self) -> bool:
        """Whether a click on a code codes the selection, as the window says beforehand."""
        chosen = self._view.selection()
        return (
            chosen is not None
            and chosen != self._left
            and bool(self._view.settings.get(SELECT_THEN_CLICK))
            and self.why_not() is None
        )

    def waits_for_code(self) -> bool:
        """Whether a click on a code codes the selection. One that was coded before the text was
        left does not wait: who comes back and clicks a code wants to read about it."""
        chosen = self._view.selection()
        if chosen is not None and chosen == self._left:
            self._view.hint(
                translate("Transcript", "The selected words are coded already."),
                translate("Transcript", "Select them again to code them with this code too."),
            )
            return False
        return chosen is not None

    def _selected(self) -> None:
        self._coded = self._left = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide and self._coded is not None:
            self._left = self._coded
        return super().eventFilter(watched, event)

    def apply(
        self, code: UUID, origin: Origin = Origin.HAND, span: Span | None = None
    ) -> UUID | None:
        """Code ``span`` (or the selection); returns the coding, which becomes current."""
        view = self._view
        if not self._allowed():
            return None
        span = span or self.passage()
        document = view.document
        if span is None or document is None:
            return None
        coding = self.attempt(lambda: view.desk.apply(document, span, code, origin))
        if coding is None:
            return None
        self._applied(coding, code, span)
        return coding

    def apply_new(self, name: str, span: Span | None = None) -> UUID | None:
        """Make a code and code with it, in one act; a code of that name is used as it is."""
        view = self._view
        known = same_name(name, view.code_rows())
        if known is not None and known.applicable:
            return self.apply(known.id, span=span)
        if not self._allowed():
            return None
        span = span or self.passage()
        document = view.document
        if span is None or document is None:
            return None
        made = self.attempt(lambda: view.desk.apply_new_code(document, span, name))
        if made is None:
            return None
        code, coding = made
        if view.code_row(code) is None:
            view.read_codes()
        self._applied(coding, code, span)
        return coding

    def _applied(self, coding: UUID, code: UUID, span: Span) -> None:
        view = self._view
        if view.pane.marks.get(coding) is None:
            view.refresh_codings([coding])
        view.digits.used(code)
        view.make_current(coding)
        self._coded = view.selection()
        assert view.content is not None
        view.say(
            translate("Transcript", "Applied {code} to {words}{place}"),
            {"code": view.code_name(code)},
            words=words_in(view.content.text[span.start : span.end]),
            place=self._place(span.start),
        )

    def _place(self, point: int) -> str:
        heading = self._view.heading_at(point)
        words = [w for w in (heading.speaker, heading.time) if w] if heading is not None else []
        return ", " + " ".join(words) if words else ""

    def repeat(self) -> None:
        if not self._allowed():
            return
        code = self._view.desk.last_code()
        if code is None:
            self._view.hint(
                translate("Transcript", "No code was applied yet, so there is none to repeat."),
                translate("Transcript", "Enter opens the list of codes."),
            )
            return
        self.apply(code, Origin.REPEAT)

    def in_vivo(self) -> None:
        if not self._allowed():
            return
        span = self.passage()
        if span is None or self._view.content is None:
            return
        words = " ".join(self._view.content.text[span.start : span.end].split())
        self.apply_new(shortened(words, IN_VIVO_LENGTH), span)

    # -- the picker ---------------------------------------------------------------------

    def open_picker(self) -> None:
        self._pick(PickerPurpose.CODE)

    def new_code(self) -> None:
        self._pick(PickerPurpose.NEW)

    def change_code(self) -> None:
        if self._allowed() and self.own_coding() is not None:
            self._pick(PickerPurpose.CHANGE)

    def _pick(self, purpose: PickerPurpose) -> None:
        view = self._view
        if not self._allowed():
            return
        if purpose is not PickerPurpose.CHANGE and self.passage() is None:
            return
        if self._picker is None:
            self._picker = CodePicker(view)
            self._picker.chosen.connect(self._picked)
            self._picker.created.connect(self._created)
        self._picker.open_for(purpose, view.selection_rect())

    @property
    def picker(self) -> CodePicker | None:
        return self._picker

    def _picked(self, code: UUID, purpose: PickerPurpose) -> None:
        if purpose is PickerPurpose.CHANGE:
            self._recode(code)
        else:
            self.apply(code)

    def _created(self, name: str, purpose: PickerPurpose) -> None:
        if purpose is not PickerPurpose.CHANGE:
            self.apply_new(name)
            return
        code = self.attempt(lambda: self._view.desk.add_code(name))
        if code is not None:
            self._recode(code)

    def _recode(self, code: UUID) -> None:
        view = self._view
        mark = self.own_coding()
        if mark is None:
            return
        coding, before = mark.id, view.code_name(mark.row.code)
        if self._changed(coding, lambda: view.desk.recode(coding, code)):
            view.say(
                translate("Transcript", "Changed {before} to {after}"),
                {"before": before, "after": view.code_name(code)},
            )

    # -- what a coding carries ----------------------------------------------------------

    def toggle_valence(self, valence: Valence) -> None:
        view = self._view
        if not self._allowed():
            return
        mark = self.own_coding()
        if mark is None:
            return
        wanted = None if mark.row.valence is valence else valence
        coding, name = mark.id, view.code_name(mark.row.code)
        if self._changed(coding, lambda: view.desk.set_valence(coding, wanted)):
            view.say(
                translate("Transcript", "{code}: {flag}"),
                {"code": name},
                flag=view.naming.direction(wanted),
            )

    def toggle_flag(self, flag: Flag) -> None:
        view = self._view
        if not self._allowed():
            return
        mark = self.own_coding()
        if mark is None:
            return
        coding, name, had = mark.id, view.code_name(mark.row.code), flag in mark.row.flags
        if self._changed(coding, lambda: view.desk.toggle_flag(coding, flag)):
            word = flag_word(flag)
            words = (
                translate("Transcript", "{code}: no longer {flag}")
                if had
                else translate("Transcript", "{code}: {flag}")
            )
            view.say(words, {"code": name}, flag=word)

    def levels(self) -> None:
        if not self._allowed():
            return
        mark = self.own_coding()
        if mark is not None:
            LevelsPopover(self._view, mark.id).open_at(self._rect_of(mark))

    def toggle_level(self, coding: UUID, level: UUID) -> None:
        view = self._view
        mark = view.pane.marks.get(coding)
        if mark is None:
            return
        had, name = level in mark.row.levels, view.code_name(mark.row.code)
        if self._changed(coding, lambda: view.desk.toggle_level(coding, level)):
            word = view.naming.levels().get(level, "")
            words = (
                translate("Transcript", "{code}: no longer {flag}")
                if had
                else translate("Transcript", "{code}: {flag}")
            )
            view.say(words, {"code": name}, flag=word)

    def _changed(self, coding: UUID, do: Callable[[], object]) -> bool:
        done: list[bool] = []

        def act() -> None:
            do()
            done.append(True)

        self.attempt(act)
        if done:
            self._view.refresh_codings([coding])
        return bool(done)

    def memo(self) -> None:
        """A memo on the selected words, or on the current coding where none are selected."""
        view = self._view
        if not self._allowed() or view.document is None:
            return
        mark, span = view.current_mark(), view.selection()
        if mark is not None and span is not None and not view.shown.is_own(mark):
            mark = None
        just_coded = mark is not None and (span is None or mark.row.span.overlaps(span))
        if mark is not None and just_coded:
            if self._refused(mark):
                return
            view.memo_requested.emit(MemoPlace(view.document, coding=mark.id))
        elif span is not None:
            view.memo_requested.emit(MemoPlace(view.document, span=span))
        else:
            self.coding()

    def passages(self) -> None:
        mark = self.coding()
        if mark is not None:
            self._view.code_passages_requested.emit(mark.row.code)

    def move_edges(self, coding: UUID, start: int, end: int) -> None:
        """Give a coding the edges that are shown (Qt positions)."""
        view = self._view
        span = view.page.offsets.span(start, end)
        mark = view.pane.marks.get(coding)
        if mark is None or mark.row.span == span:
            view.refresh_codings([coding])
            return
        name = view.code_name(mark.row.code)
        self.attempt(lambda: view.desk.move_edges(coding, span))
        view.refresh_codings([coding])
        assert view.content is not None
        words = words_in(view.content.text[span.start : span.end])
        if (moved := view.pane.marks.get(coding)) is not None and moved.row.span == span:
            view.say(
                translate("Transcript", "{code} now holds {words}"), {"code": name}, words=words
            )

    # -- removing -----------------------------------------------------------------------

    def remove(self) -> None:
        """Remove the coding at the caret; where several are, ask which."""
        view = self._view
        if not self._allowed():
            return
        current = view.current_mark()
        cursor = view.pane.textCursor()
        here = view.pane.marks.at(cursor.position())
        if current is not None and current not in here:
            here = [current]
        own = [mark for mark in here if view.shown.is_own(mark)]
        if here and not own:
            self._refused(here[0])
            return
        here = own
        if not here:
            self.coding()
        elif len(here) == 1:
            self.remove_codings([here[0].id])
        else:
            rows = sorted(here, key=lambda m: (m.id != view.current_coding, m.order))
            CodingChooser(view, [mark.row for mark in rows]).open_at(self._rect_of(rows[0]))

    def remove_codings(self, codings: list[UUID]) -> None:
        view = self._view
        marks = [m for c in codings if (m := view.pane.marks.get(c)) is not None]
        names = [view.code_name(mark.row.code) for mark in marks]
        if not names:
            return
        done: list[bool] = []

        def act() -> None:
            view.desk.remove(codings)
            done.append(True)

        self.attempt(act)
        view.refresh_codings(codings)
        if not done:
            return
        if len(names) == 1:
            view.say(translate("Transcript", "Removed {code}"), {"code": names[0]})
        else:
            view.say(translate("Transcript", "Removed {count} codings"), count=str(len(names)))

    def _rect_of(self, mark: Mark) -> QRect:
        rect = QRect()
        for piece in self._view.pane.rects(mark.start, mark.end):
            rect = rect.united(piece.toAlignedRect())
        return rect if not rect.isNull() else self._view.pane.cursorRect()
