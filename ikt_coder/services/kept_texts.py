"""The texts of the whole project, read once and kept for searching, with their turns."""

from __future__ import annotations

import sys
import threading
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import func, select

from ikt_coder.core.span import Span, apply_edits
from ikt_coder.model import Document, DocumentEdit, DocumentText, Turn
from ikt_coder.text.folding import folded, has_unseen

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

# Bytes of texts that stay in memory: those of 300 long interviews, with their folded forms where
# they have accents. Those that do not fit are read anew at each search.
_BUDGET: Final = 60_000_000
_AT_ONCE: Final = 20  # documents read by one statement

State = tuple[UUID | None, str, int]
"""By what a text is known again: its newest edit, and what erasing changes besides."""


@dataclass(slots=True)
class KeptText:
    """A text with its turns, in order. The turn ``n`` lies at ``[starts[n], ends[n])``, its
    words begin at ``words[n]``, ``speakers[who[n]]`` says them (None: nobody is named), at
    ``times[n]`` milliseconds (-1: not known)."""

    document: UUID
    state: State
    text: str
    starts: array[int] = field(default_factory=lambda: array("I"))
    ends: array[int] = field(default_factory=lambda: array("I"))
    words: array[int] = field(default_factory=lambda: array("I"))
    who: array[int] = field(default_factory=lambda: array("H"))
    times: array[int] = field(default_factory=lambda: array("q"))
    speakers: list[UUID | None] = field(default_factory=lambda: [None])
    unseen: bool = False
    _folded: str | None = None

    @property
    def edit(self) -> UUID | None:
        """The newest edit: the state of the text that positions refer to."""
        return self.state[0]

    @property
    def folded(self) -> str:
        if self._folded is None:
            self.unseen = has_unseen(self.text)
            self._folded = folded(self.text)
        return self._folded

    @property
    def size(self) -> int:
        """Bytes, with a folded form where one is needed, whether it is there yet or not."""
        forms = 1 if self.text.isascii() else 2
        return forms * sys.getsizeof(self.text) + 22 * len(self.starts)

    def pieces(self) -> list[tuple[Span, int]]:
        """The words of each turn, and what stands between turns, in order, with who says them
        (0: nobody is named). Labels and times are left out."""
        found: list[tuple[Span, int]] = []
        at = 0
        for start, end, words, who in zip(
            self.starts, self.ends, self.words, self.who, strict=True
        ):
            if at < start:
                found.append((Span(at, start), 0))
            if words < end:
                found.append((Span(words, end), who))
            at = max(at, end)
        if at < len(self.text):
            found.append((Span(at, len(self.text)), 0))
        return found

    def spoken(self) -> list[Span]:
        """``pieces``, those of one speaker with no label in between made one, as in subtitles."""
        made: list[Span] = []
        before = -1
        for piece, who in self.pieces():
            if who == before and made[-1].end == piece.start:
                made[-1] = Span(made[-1].start, piece.end)
            else:
                made.append(piece)
            before = who
        return made


class KeptTexts:
    """Reads texts in bulk and keeps those that fit into the memory set aside for them."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._kept: dict[UUID, KeptText] = {}
        self._bytes = 0
        self._turn = threading.Lock()  # several threads search
        self._forgotten = 0
        project.listen(lambda changes: self.forget() if changes.touches("document_text") else None)

    def forget(self) -> None:
        """Drop all texts (an erased participant, deleted documents)."""
        with self._turn:
            self._forgotten += 1
            self._kept.clear()
            self._bytes = 0

    def one(self, document: UUID) -> KeptText:
        """The text of a document. Raises NotFound."""
        for kept in self.each([document]):
            return kept
        self._project.documents.get(document)
        raise AssertionError("a document without a text")

    def each(self, documents: Sequence[UUID]) -> Iterator[KeptText]:
        """The texts of documents that are in the project, in the order given."""
        forgotten = self._forgotten
        states = self.states(documents if len(documents) < 50 else None)
        with self._turn:
            at_hand = {
                key: kept
                for key in documents
                if (kept := self._kept.get(key)) is not None and kept.state == states.get(key)
            }
        waiting: list[UUID] = []
        for key in documents:
            if key not in states:
                continue
            waiting.append(key)
            if len(waiting) == _AT_ONCE:
                yield from self._given(waiting, at_hand, states, forgotten)
                waiting = []
        yield from self._given(waiting, at_hand, states, forgotten)

    def _given(
        self,
        documents: list[UUID],
        at_hand: dict[UUID, KeptText],
        states: dict[UUID, State],
        forgotten: int,
    ) -> Iterator[KeptText]:
        missing = [key for key in documents if key not in at_hand]
        read = self._read(missing, states) if missing else {}
        # What an act under way has written may still be rolled back.
        if read and not self._project.file.door.writing_here:
            self._keep(read.values(), forgotten)
        if len(read) == _AT_ONCE:
            self._project.file.connections.release_pages()
        for key in documents:
            kept = at_hand.get(key) or read.get(key)
            if kept is not None:
                yield kept

    def _keep(self, read: Any, forgotten: int) -> None:
        with self._turn:
            if forgotten != self._forgotten:
                return  # read before an act that changed texts ended
            for kept in read:
                before = self._kept.pop(kept.document, None)
                if before is not None:
                    self._bytes -= before.size
                if self._bytes + kept.size <= _BUDGET:
                    self._kept[kept.document] = kept
                    self._bytes += kept.size

    def states(self, documents: Sequence[UUID] | None = None) -> dict[UUID, State]:
        """By what the present texts are known; of all documents, or of some."""
        found = select(Document.id, Document.fingerprint, Document.length)
        edits = select(
            DocumentEdit.document_id, DocumentEdit.revision, DocumentEdit.step, DocumentEdit.id
        )
        if documents is not None:
            found = found.where(Document.id.in_(documents))
            edits = edits.where(DocumentEdit.document_id.in_(documents))
        connection = self._project.connection
        newest: dict[UUID, tuple[int, int, UUID]] = {}
        for key, revision, step, edit in connection.execute(edits).all():
            if (revision, step, edit) > newest.get(key, (-1, -1, edit)):
                newest[key] = (revision, step, edit)
        return {
            key: (newest[key][2] if key in newest else None, fingerprint, length)
            for key, fingerprint, length in connection.execute(found).all()
        }

    def _read(self, documents: list[UUID], states: dict[UUID, State]) -> dict[UUID, KeptText]:
        connection = self._project.connection
        texts = select(DocumentText.document_id, DocumentText.text)
        found = {}
        for key, text in connection.execute(
            texts.where(DocumentText.document_id.in_(documents))
        ).all():
            if states[key][0] is not None:
                text = apply_edits(text, self._project.texts.edits(key))
            found[key] = KeptText(key, states[key], text)
        numbers: dict[tuple[UUID, UUID], int] = {}
        for key, start, end, words, speaker, ms in connection.execute(
            select(
                Turn.document_id,
                Turn.start,
                Turn.end,
                Turn.words_start,
                Turn.speaker_id,
                func.coalesce(Turn.start_ms, -1),
            )
            .where(Turn.document_id.in_(documents), Turn.start < Turn.end)
            .order_by(Turn.document_id, Turn.start)
        ).all():
            kept = found.get(key)
            if kept is None:
                continue
            number = 0
            if speaker is not None:
                number = numbers.get((key, speaker), 0)
                if not number:
                    number = numbers[key, speaker] = len(kept.speakers)
                    kept.speakers.append(speaker)
            kept.starts.append(start)
            kept.ends.append(end)
            kept.words.append(words)
            kept.who.append(number)
            kept.times.append(ms)
        return found
