"""The texts of documents at their newest revision, and mending them."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, update

from ikt_coder.core.errors import UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span, TextEdit, apply_edits
from ikt_coder.core.transcript import FormatKind, FormatRun, TimeMark, Transcript
from ikt_coder.model import (
    Coding,
    Document,
    DocumentEdit,
    DocumentText,
    Memo,
    Quote,
    QuoteAlteration,
    Turn,
)
from ikt_coder.services.base import Service, add_row
from ikt_coder.services.code_merging import absorb
from ikt_coder.services.round_rows import EditMark
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

# Texts kept in memory, newest first; together they stay small beside the database's cache.
_KEPT_CHARACTERS = 8_000_000

# Put together once: every coding that is made or moved asks for it.
_NEWEST_EDIT = (
    select(DocumentEdit.id)
    .where(DocumentEdit.document_id == bindparam("document"))
    .order_by(DocumentEdit.revision.desc(), DocumentEdit.step.desc())
    .limit(1)
)


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


def marks_list(marks: Iterable[EditMark]) -> list[list[str | int]]:
    """Edits of a text as they are stored: [id, at, removed, inserted]."""
    return [[mark.id.hex, mark.at, mark.removed, mark.inserted] for mark in marks]


class TextService(Service):
    """Texts by document. Positions are code points of the newest revision."""

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._kept: OrderedDict[tuple[UUID, UUID | None], str] = OrderedDict()
        self._turn = threading.Lock()  # several threads read
        self._forgotten = 0
        project.listen(
            lambda changes: (
                self.forget() if changes.touches("document_edit", "document_text") else None
            )
        )

    def get(self, document: UUID) -> str:
        """The text of a document. Raises NotFound."""
        self._one(select(Document.id).where(Document.id == document), "document")
        # A text is known by its newest edit, not by its revision, which another edit may
        # bear after an undo.
        forgotten = self._forgotten
        key = (document, self.newest_edit(document))
        with self._turn:
            text = self._kept.get(key)
            if text is not None:
                self._kept.move_to_end(key)
                return text
        base = self._one(
            select(DocumentText.text).where(DocumentText.document_id == document), "text"
        )
        rows = self._edits(document)
        text = apply_edits(base.text, [_edit(row) for row in rows])
        # What an act under way has written may still be rolled back.
        if not self._project.file.door.writing_here:
            self._keep((document, rows[-1].id if rows else None), text, forgotten)
        return text

    def many(self, documents: Iterable[UUID]) -> dict[UUID, str]:
        """The texts of those documents that are there; the database is asked once for those
        kept in memory."""
        wanted = set(documents)
        newest: dict[UUID, UUID] = {}
        there: set[UUID] = set()
        ordered = list(wanted)
        for start in range(0, len(ordered), 5000):  # a statement takes so many values only
            some = ordered[start : start + 5000]
            there.update(
                self._connection.execute(select(Document.id).where(Document.id.in_(some))).scalars()
            )
            for document, edit in self._rows(
                select(DocumentEdit.document_id, DocumentEdit.id)
                .where(DocumentEdit.document_id.in_(some))
                .order_by(DocumentEdit.revision, DocumentEdit.step)
            ):
                newest[document] = edit
        with self._turn:
            kept = {key: self._kept.get((key, newest.get(key))) for key in there}
        return {key: self.get(key) if text is None else text for key, text in kept.items()}

    def _keep(self, key: tuple[UUID, UUID | None], text: str, forgotten: int) -> None:
        with self._turn:
            if forgotten != self._forgotten:
                return  # it was read before an act that changed texts ended
            self._kept[key] = text
            while len(self._kept) > 1 and sum(map(len, self._kept.values())) > _KEPT_CHARACTERS:
                self._kept.popitem(last=False)

    def forget(self) -> None:
        """Drop the texts kept in memory (after an edit, its undo, or an erased participant)."""
        with self._turn:
            self._forgotten += 1
            self._kept.clear()

    def edits(self, document: UUID) -> tuple[TextEdit, ...]:
        """All edits since the import, in order."""
        return tuple(_edit(row) for row in self._edits(document))

    def marks(self, document: UUID) -> tuple[EditMark, ...]:
        """All edits the text ever had, in order and without their words: the state of the text
        that positions refer to. They begin with those it had before it began anew here, in the
        project that a coder's copy was made from or before an erasing. Raises NotFound."""
        row = self._one(
            select(DocumentText.layout).where(DocumentText.document_id == document), "text"
        )
        before = json.loads(row.layout).get("marks")
        if before is None:
            origin = self._project.copies.origin()
            earlier = () if origin is None else origin.documents.get(document, ())
        else:
            earlier = tuple(
                EditMark(UUID(hex=edit), at, removed, inserted)
                for edit, at, removed, inserted in before
            )
        return earlier + tuple(
            EditMark(row.id, row.at, len(row.removed), len(row.inserted))
            for row in self._edits(document)
        )

    def _edits(self, document: UUID) -> list[Any]:
        return self._rows(
            select(DocumentEdit.id, DocumentEdit.at, DocumentEdit.removed, DocumentEdit.inserted)
            .where(DocumentEdit.document_id == document)
            .order_by(DocumentEdit.revision, DocumentEdit.step)
        )

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
        return self._connection.execute(_NEWEST_EDIT, {"document": document}).scalar()

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
            text = self.get(document)
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
            _move_spans(op, document, real)
            _drop_emptied(op, document)
            op.execute(
                update(Document)
                .where(Document.id == document)
                .values(revision=row.revision + 1, length=len(text), words=len(text.split()))
            )
            return int(row.revision) + 1


def _edit(row: Any) -> TextEdit:
    return TextEdit(row.at, row.removed, row.inserted)


def _move_spans(op: Operation, document: UUID, edits: Sequence[TextEdit]) -> None:
    """Carry every span of a document through the edits; each row is written once, and those
    behind all edits, which only shift, in one statement."""
    first = min(edit.at for edit in edits)
    behind = shift = 0
    for edit in edits:
        behind = max(behind, edit.at + len(edit.removed) - shift)
        shift += edit.shift
    for entity in (Coding, Turn, Memo, Quote, QuoteAlteration):
        table = entity.__table__
        names = ["start", "end", *(["words_start"] if entity is Turn else [])]
        moved: list[dict[str, Any]] = []
        for key, start, end, *words in op.execute(
            select(table.c.id, *(table.c[name] for name in names)).where(
                table.c.document_id == document, table.c.end >= first, table.c.start < behind
            )
        ).all():
            edges = _carried((start, end, *words), edits)
            if edges != (start, end, *words):
                moved.append({"key": key, **dict(zip(names, edges, strict=True))})
        if shift:
            op.execute(
                update(entity)
                .where(table.c.document_id == document, table.c.start >= behind)
                .values({name: table.c[name] + shift for name in names})
            )
        if moved:
            op.execute(
                update(entity)
                .where(entity.id == bindparam("key"))
                .values({name: bindparam(name) for name in names}),
                moved,
            )


def _carried(edges: tuple[int, ...], edits: Sequence[TextEdit]) -> tuple[int, ...]:
    """Start and end, and with them where a turn's words begin, after the edits."""
    start, end, *words = edges
    for edit in edits:
        if edit.at > end:
            continue
        start, end = edit.move_edges(start, end)
        if words:
            words = [min(max(edit.move_point(words[0]), start), end)]
    return start, end, *words


def _drop_emptied(op: Operation, document: UUID) -> None:
    """Remove codings and quotes whose words are all gone; of codings that an edit made equal
    (same code and coder) the older one stays and takes over what the other carried."""
    for entity in (Coding, Quote, QuoteAlteration):
        op.execute(delete(entity).where(entity.document_id == document, entity.start == entity.end))
    equal = (Coding.start, Coding.end, Coding.code_id, Coding.coder_id, Coding.layer)
    doubles = op.execute(
        select(func.min(Coding.id), *equal)
        .where(Coding.document_id == document)
        .group_by(*equal)
        .having(func.count() > 1)
    ).all()
    for first, *edges in doubles:
        others = op.execute(
            select(Coding.id)
            .where(Coding.document_id == document, Coding.id != first)
            .where(*(column == value for column, value in zip(equal, edges, strict=True)))
            .order_by(Coding.id)
        ).scalars()
        for other in others.all():
            absorb(op, first, other)
