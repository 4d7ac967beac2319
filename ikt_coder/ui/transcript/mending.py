"""Mending the text: typing over a typo while the codings move along."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from ikt_coder.ui.transcript.gesture import Gesture
from ikt_coder.ui.transcript.gutter import headings_of
from ikt_coder.ui.transcript.marks import Mark
from ikt_coder.ui.transcript.mending_log import MendingLog
from ikt_coder.ui.transcript.offsets import Offsets
from ikt_coder.ui.transcript.page import line_ends_of
from ikt_coder.ui.widgets.notification_bar import NotificationBar

if TYPE_CHECKING:
    from ikt_coder.ui.transcript.view import TranscriptView

translate = QCoreApplication.translate

_BREAKS = str.maketrans(dict.fromkeys("\u2029\u2028\ufdd0\ufdd1", "\n"))


class Mending(Gesture):
    """One visit is one act: Done hands all edits to the project, Cancel or Esc none."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self.bar = NotificationBar(view.appearance, view)
        self.active = False
        self._log: MendingLog[UUID] | None = None
        self._turns: MendingLog[int] | None = None

    def toggle(self) -> None:
        if self.active:
            self.done()
        else:
            self.begin()

    def begin(self) -> None:
        """Make the text editable; labels show, codings are followed."""
        view = self._view
        reason = view.hand.why_not()
        if reason is not None:
            view.fail(reason)
            return
        content = view.content
        assert content is not None
        self.active = True
        view.reshow()
        self._log = MendingLog(content.text, {m.id: m.row.span for m in view.pane.marks})
        self._turns = MendingLog(content.text, {n: t.span for n, t in enumerate(content.turns)})
        view.acts.set_coding(False)
        view.pane.set_editable(True)
        view.pane.setAcceptRichText(False)
        view.pane.document().contentsChange.connect(self._changed)
        self.bar.show_message(
            translate(
                "Transcript",
                "Mending the text: codings move along. Esc leaves everything as it was.",
            ),
            actions=[
                (translate("Transcript", "Done"), self.done),
                (translate("Transcript", "Cancel"), self.cancel),
            ],
            may_close=False,
        )
        view.pane.setFocus()

    @property
    def edits(self) -> int:
        """How many places have been mended so far."""
        return len(self._log.edits) if self._log is not None else 0

    def done(self) -> None:
        """Hand the edits to the project and read on."""
        view, log = self._view, self._log
        if log is None or view.document is None:
            return
        edits, document = list(log.edits), view.document
        if edits and view.hand.attempt(lambda: view.desk.mend(document, edits)) is None:
            # The words typed are still there: the person decides what to do with them.
            return
        self._end()
        if edits:
            count = len(edits)
            one = translate("Transcript", "Mended the text in one place")
            many = translate("Transcript", "Mended the text in {count} places")
            view.say(one if count == 1 else many, count=str(count))

    def cancel(self) -> None:
        """Leave the text as it was."""
        if self.active:
            self._end()
            self._view.tell(translate("Transcript", "The text is as it was."))

    def leave(self) -> None:
        """The focus went elsewhere; mending goes on."""

    def abandon(self) -> None:
        """Another document is opened: what was typed is kept by finishing."""
        if self.active:
            self.done()
        if self.active:
            self._end()

    def _end(self) -> None:
        view = self._view
        view.pane.document().contentsChange.disconnect(self._changed)
        self.active = False
        self._log = self._turns = None
        self.bar.hide()
        view.pane.set_editable(False)
        view.acts.set_coding(True)
        view.reload()
        view.pane.setFocus()

    def wants_key(self, event: QKeyEvent) -> bool:
        return self.active and event.key() == Qt.Key.Key_Escape

    def key(self, event: QKeyEvent) -> bool:
        if self.active and event.key() == Qt.Key.Key_Escape:
            self.cancel()
            return True
        return False

    # -- following what is typed --------------------------------------------------------

    def _changed(self, position: int, removed: int, added: int) -> None:
        view, log, turns = self._view, self._log, self._turns
        if log is None or turns is None:
            return
        page = view.page
        at, old_end = page.offsets.to_point(position), page.offsets.to_point(position + removed)
        new = self._typed(position, added)
        old = log.text[at:old_end].translate(_BREAKS)
        # Qt names more than what changed: only what differs is an edit.
        head = 0
        while head < min(len(old), len(new)) and old[head] == new[head]:
            head += 1
        tail = 0
        while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
            tail += 1
        inserted = new[head : len(new) - tail]
        gone = len(old) - head - tail
        if not gone and not inserted:
            return
        log.change(at + head, gone, inserted)
        turns.change(at + head, gone, inserted)
        self._follow(log, turns)

    def _typed(self, position: int, added: int) -> str:
        document = self._view.pane.document()
        cursor = QTextCursor(document)
        cursor.setPosition(position)
        end = min(position + added, document.characterCount() - 1)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText().translate(_BREAKS)

    def _follow(self, log: MendingLog[UUID], turns: MendingLog[int]) -> None:
        view = self._view
        page, content = view.page, view.content
        assert content is not None
        page.offsets = Offsets(log.text)
        page.line_ends = line_ends_of(log.text, page.offsets)
        spans = log.spans()
        view.pane.marks.place(
            [
                Mark(mark.row, *page.offsets.units(spans[mark.id]))
                for mark in view.pane.marks
                if mark.id in spans
            ],
            page.line_ends,
        )
        moved = turns.spans()
        shown = replace(
            content,
            turns=tuple(
                replace(
                    turn,
                    span=moved[number],
                    words_start=min(
                        moved[number].start + turn.words_start - turn.span.start,
                        moved[number].end,
                    ),
                )
                for number, turn in enumerate(content.turns)
            ),
        )
        view.gutter.set_headings(headings_of(shown, page.offsets))
        view.pane.refresh()
