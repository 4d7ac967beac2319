"""The texts of documents at their newest revision, and mending them."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update

from ikt_coder.core.errors import UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span, TextEdit, apply_edits
from ikt_coder.core.transcript import FormatKind, FormatRun, TimeMark, Transcript
from ikt_coder.model import Coding, Document, DocumentEdit, DocumentText, Memo, Quote, Turn
from ikt_coder.services.base import Service, add_row
from ikt_coder.storage.operation import Operation

# Texts kept in memory, newest first; together they stay small beside the database's cache.
_KEPT_CHARACTERS = 8_000_000


def layout_of(transcript: Transcript) -> str:
    """Times, display formatting and pages of a transcript, as stored."""
    return json.dumps(
        {
            "times": [[mark.at, mark.ms] for mark in transcript.times],
            "formats": [
                [run.span.start, run.span.end, run.kind.value, run.level]
                for run in transcript.formats
            ],
            "pages": list(transcript.pages),
        },
        separators=(",", ":"),
    )


class TextService(Service):
    """Texts by document. Positions are code points of the newest revision."""

    _kept: OrderedDict[tuple[UUID, int], str]

    def get(self, document: UUID) -> str:
        """The text of a document. Raises NotFound."""
        row = self._one(select(Document.revision).where(Document.id == document), "document")
        return self._text(document, row.revision)

    def _text(self, document: UUID, revision: int) -> str:
        kept = self._cache()
        key = (document, revision)
        text = kept.get(key)
        if text is None:
            base = self._one(
                select(DocumentText.text).where(DocumentText.document_id == document), "text"
            )
            text = apply_edits(base.text, self.edits(document))
            if self._project.file.door.open:
                return text  # what an act under way has written may still be rolled back
            kept[key] = text
            while len(kept) > 1 and sum(map(len, kept.values())) > _KEPT_CHARACTERS:
                kept.popitem(last=False)
        else:
            kept.move_to_end(key)
        return text

    def _cache(self) -> OrderedDict[tuple[UUID, int], str]:
        if not hasattr(self, "_kept"):
            self._kept = OrderedDict()
            self._project.listen(
                lambda changes: (
                    self.forget() if changes.touches("document_edit", "document_text") else None
                )
            )
        return self._kept

    def forget(self) -> None:
        """Drop the texts kept in memory (after an edit, its undo, or an erased participant)."""
        if hasattr(self, "_kept"):
            self._kept.clear()

    def edits(self, document: UUID) -> tuple[TextEdit, ...]:
        """All edits since the import, in order."""
        rows = self._rows(
            select(DocumentEdit.at, DocumentEdit.removed, DocumentEdit.inserted)
            .where(DocumentEdit.document_id == document)
            .order_by(DocumentEdit.revision, DocumentEdit.step)
        )
        return tuple(TextEdit(r.at, r.removed, r.inserted) for r in rows)

    def layout(
        self, document: UUID
    ) -> tuple[tuple[TimeMark, ...], tuple[FormatRun, ...], tuple[int, ...]]:
        """Times, display formatting and pages, carried to the newest revision."""
        row = self._one(
            select(DocumentText.layout).where(DocumentText.document_id == document), "text"
        )
        stored = json.loads(row.layout)
        edits = self.edits(document)

        def point(at: int) -> int:
            for edit in edits:
                at = edit.move_point(at)
            return at

        def span(start: int, end: int) -> Span:
            moved = Span(start, end)
            for edit in edits:
                moved = edit.move(moved)
            return moved

        times = tuple(TimeMark(point(at), ms) for at, ms in stored["times"])
        formats = tuple(
            FormatRun(span(start, end), FormatKind(kind), level)
            for start, end, kind, level in stored["formats"]
        )
        return times, formats, tuple(point(at) for at in stored["pages"])

    def newest_edit(self, document: UUID) -> UUID | None:
        """The edit that spans set now refer to."""
        return self._connection.execute(
            select(DocumentEdit.id)
            .where(DocumentEdit.document_id == document)
            .order_by(DocumentEdit.revision.desc(), DocumentEdit.step.desc())
            .limit(1)
        ).scalar()

    def mend(self, document: UUID, edits: Sequence[TextEdit]) -> int:
        """Mend a text: one visit is one act. Codings, turns, memos and quotes move along;
        returns the new revision.

        Each edit's position is that of the text after the edits before it.
        Raises UserError where an edit does not fit the text or would change line ends to
        anything but ``\\n``; nothing is changed then.
        """
        real = [edit for edit in edits if edit.removed != edit.inserted]
        with self._operation(Op.MEND_TEXT, document=document, places=len(real)) as op:
            row = self._one(
                select(Document.title, Document.revision).where(Document.id == document),
                "document",
            )
            if not real:
                return int(row.revision)
            op.note(title=row.title)
            text = self._text(document, row.revision)
            now = datetime.now(UTC)
            for step, edit in enumerate(real):
                if "\r" in edit.inserted or "\0" in edit.inserted:
                    raise UserError("The text holds signs that cannot be kept. It is as it was.")
                try:
                    text = edit.apply(text)
                except ValueError:
                    raise UserError(
                        "The text changed while it was being mended. It is as it was.",
                        "Open the document again and mend it anew.",
                    ) from None
                add_row(
                    op,
                    DocumentEdit,
                    id=new_id(),
                    document_id=document,
                    revision=row.revision + 1,
                    step=step,
                    at=edit.at,
                    removed=edit.removed,
                    inserted=edit.inserted,
                    coder_id=op.coder,
                    created=now,
                )
                _move_spans(op, document, edit)
            _drop_emptied(op, document)
            op.execute(
                update(Document)
                .where(Document.id == document)
                .values(revision=row.revision + 1, length=len(text), words=len(text.split()))
            )
            return int(row.revision) + 1


def _move_spans(op: Operation, document: UUID, edit: TextEdit) -> None:
    """Carry every span of a document through one edit.

    Spans that lie wholly behind the edit are shifted in one statement; only those that
    meet it are worked out one by one.
    """
    behind = edit.at + len(edit.removed)
    for entity in (Coding, Turn, Memo, Quote):
        rows = op.execute(
            select(entity.id, entity.start, entity.end)
            .where(entity.document_id == document)
            .where(entity.start.is_not(None))
            .where(entity.start < behind if edit.removed else entity.start < edit.at)
            .where(entity.end > edit.at)
        ).all()
        if edit.shift:
            shifted: dict[str, Any] = {
                "start": entity.start + edit.shift,
                "end": entity.end + edit.shift,
            }
            if entity is Turn:
                shifted["words_start"] = Turn.words_start + edit.shift
            op.execute(
                update(entity)
                .where(entity.document_id == document, entity.start >= behind)
                .values(**shifted)
            )
        for key, start, end in rows:
            moved = edit.move(Span(start, end))
            values = {"start": moved.start, "end": moved.end}
            if entity is Turn:
                words = op.execute(select(Turn.words_start).where(Turn.id == key)).scalar_one()
                values["words_start"] = min(max(edit.move_point(words), moved.start), moved.end)
            op.execute(update(entity).where(entity.id == key).values(**values))


def _drop_emptied(op: Operation, document: UUID) -> None:
    """Remove codings and quotes whose words are all gone, and codings that an edit made
    equal to another of the same code and coder (the older one stays)."""
    for entity in (Coding, Quote):
        op.execute(delete(entity).where(entity.document_id == document, entity.start == entity.end))
    equal = (Coding.start, Coding.end, Coding.code_id, Coding.coder_id, Coding.layer)
    doubles = op.execute(
        select(func.min(Coding.id), *equal)
        .where(Coding.document_id == document)
        .group_by(*equal)
        .having(func.count() > 1)
    ).all()
    for first, start, end, code, coder, layer in doubles:
        op.execute(
            delete(Coding).where(
                Coding.document_id == document,
                Coding.start == start,
                Coding.end == end,
                Coding.code_id == code,
                Coding.coder_id == coder,
                Coding.layer == layer,
                Coding.id != first,
            )
        )
