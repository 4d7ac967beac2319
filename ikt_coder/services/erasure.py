"""Erasing a participant's words for good: the one act that cannot be undone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import delete, insert, or_, select, update

from ikt_coder.core.errors import ProjectFileError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.model import (
    Code,
    Coding,
    Document,
    DocumentEdit,
    DocumentText,
    Participant,
    Quote,
    SourceFile,
    Speaker,
    TextAnalysis,
    Tombstone,
)
from ikt_coder.services.attribution import Attribution
from ikt_coder.services.copy_rows import CopyRow
from ikt_coder.services.erased_words import (
    ERASED,
    RECORDS,
    TEXTS,
    Scrub,
    scrubbed,
    shingles_of,
    words_of,
)
from ikt_coder.services.texts import marks_list
from ikt_coder.storage import purge
from ikt_coder.storage.failures import explained
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project as OpenProject


@frozen
class ErasePreview:
    """What erasing would remove, as far as the present coder may know, and where else the
    words may still lie."""

    participant: str
    documents_whole: tuple[str, ...]  # removed altogether
    documents_part: tuple[str, ...]  # only their turns are removed
    turns: int
    codings: int
    quotes: int
    mentions: int  # memos, codes and themes that quote them
    restore_points: tuple[str, ...]
    backups: tuple[str, ...]  # file names of backups that still hold the words
    copies: tuple[CopyRow, ...] = ()  # coders' copies that were given their documents


@frozen
class TombstoneRow:
    participant: UUID
    at: datetime
    reason: str
    counts: dict[str, int]


class Eraser:
    def __init__(self, project: OpenProject) -> None:
        self._project = project

    # -- what is theirs -----------------------------------------------------------------

    def _documents(self, participant: UUID) -> tuple[list[UUID], list[UUID]]:
        """Documents that are theirs alone, and documents in which others speak too."""
        attribution = Attribution(self._project)
        whole: list[UUID] = []
        part: list[UUID] = []
        for row in self._project.documents.all():
            people = attribution.of_document(row.id)
            if participant not in people:
                continue
            alone = set(people) == {participant} and not self._strangers(row.id, attribution)
            (whole if alone else part).append(row.id)
        return whole, part

    def _strangers(self, document: UUID, attribution: Attribution) -> bool:
        """Whether somebody speaks as a participant whom nobody was linked to: their words
        are not this participant's to take away."""
        named = {
            speaker.id
            for speaker in self._project.documents.speakers(document)
            if speaker.role is SpeakerRole.PARTICIPANT
        }
        return any(
            turn.speaker in named and not attribution.of(document, turn.span).participants
            for turn in self._project.documents.turns(document)
        )

    def _turns(self, participant: UUID, documents: Iterable[UUID]) -> dict[UUID, list[Span]]:
        """Their turns in shared documents, and words in no turn that are theirs.

        Where nobody else was linked, words of no named speaker count as theirs: what is
        nobody's for a table may still be what they said.
        """
        attribution = Attribution(self._project)
        turns: dict[UUID, list[Span]] = {}
        for document in documents:
            rows = self._project.documents.turns(document)
            named = {turn.span for turn in rows if turn.speaker is not None}
            spans = [turn.span for turn in rows]
            pieces = [*spans, *_between(spans, len(self._project.texts.get(document)))]
            only = set(attribution.of_document(document)) == {participant}
            theirs = [
                piece
                for piece in sorted(pieces)
                if participant in attribution.of(document, piece).participants
                or (only and piece not in named)
            ]
            if theirs:
                turns[document] = theirs
        return turns

    def _said(self, whole: list[UUID], turns: dict[UUID, list[Span]]) -> list[str]:
        """Their words in every revision, to find them again where they were quoted."""
        said = []
        for document in [*whole, *turns]:
            text = self._project.texts.get(document)
            spans = turns.get(document, [Span(0, len(text))])
            said += [text[span.start : span.end] for span in spans]
            for edit in reversed(self._project.texts.edits(document)):
                back = edit.inverse()
                text = back.apply(text)
                if document in whole:
                    said.append(text)
                    continue
                spans = [back.move(span) for span in spans]
                said += [text[span.start : span.end] for span in spans]
        return said

    def _labels(self, participant: UUID, whole: list[UUID]) -> tuple[set[str], set[str]]:
        """What names them in the history: words (their pseudonym and labels), and whole
        names (titles and files of the documents that go)."""
        row = self._project.participants.get(participant)
        connection = self._project.connection
        labels = set(
            connection.execute(
                select(Speaker.label).where(Speaker.participant_id == participant)
            ).scalars()
        )
        names = {
            name
            for pair in connection.execute(
                select(Document.title, Document.source_name).where(Document.id.in_(whole))
            ).all()
            for name in pair
        }
        return {row.label, *labels}, names

    def _in_vivo(self, codings: list[UUID]) -> dict[UUID, str]:
        """Codes whose whole name is the words of a coding that goes, however short."""
        found = {}
        rows = self._project.codings.many(codings)
        codes = {code.id: code for code in self._project.codes.all(counted=False)}
        for row in rows:
            code = codes.get(row.code)
            if code is None or code.framework is not None or code.id in found:
                continue
            words = words_of(self._project.texts.get(row.document)[row.span.start : row.span.end])
            if len(words) > 1 and words == words_of(code.name):
                found[code.id] = code.name
        return found

    # -- the act --------------------------------------------------------------------------

    def preview(self, participant: UUID) -> ErasePreview:
        row = self._project.participants.get(participant)
        whole, part = self._documents(participant)
        turns = self._turns(participant, part)
        titles = {r.id: r.title for r in self._project.documents.all()}
        codings, quotes = self._touched(whole, turns)
        shingles = shingles_of(self._said(whole, turns))
        return ErasePreview(
            participant=row.label,
            documents_whole=tuple(titles[key] for key in whole),
            documents_part=tuple(titles[key] for key in part),
            turns=sum(len(spans) for spans in turns.values()),
            codings=len(codings),
            quotes=len(quotes),
            mentions=len(self._mentions(shingles, self._in_vivo(codings))),
            restore_points=tuple(p.name for p in self._project.history.restore_points()),
            backups=tuple(path.name for path in self._project.safety.backups()),
            copies=tuple(
                copy
                for copy in self._project.copies.made()
                if not {*whole, *part}.isdisjoint(copy.documents)
            ),
        )

    def erase(self, participant: UUID, reason: str) -> TombstoneRow:
        """Erase turns (a document that is theirs alone: whole), codings, quotes, quoted
        words in memos and names, original files, and every image of them in the journal;
        then rewrite the file so that no byte of them stays. History keeps who did what and
        when; acts before this one can no longer be undone.

        Raises UserError where the participant is not there, and where the file cannot be
        rewritten: the words are gone from the project then, and compacting again removes
        what is left of them in the file.
        """
        self._project.participants.get(participant)
        whole, part = self._documents(participant)
        turns = self._turns(participant, part)
        shingles = shingles_of(self._said(whole, turns))
        # Everything goes; what is counted is what the one who erases may know of.
        codings, quotes = self._touched(whole, turns)
        seen = len(self._mentions(shingles, self._in_vivo(codings)))
        with self._project.sight.everything():
            in_vivo = self._in_vivo(self._touched(whole, turns)[0])
        labels, names = self._labels(participant, whole)
        counts = {
            "documents": len(whole),
            "turns": sum(len(spans) for spans in turns.values()),
            "codings": len(codings),
            "quotes": len(quotes),
        }
        sealed = not self._project.sight.sealed().isdisjoint([*whole, *turns])
        if sealed:  # the tombstone is for all to read, and what is sealed is not to be counted
            del counts["codings"], counts["quotes"]
        scrub = Scrub(shingles, frozenset(labels), frozenset({*names, *in_vivo.values()}))
        # First, while their words are known: after a crash nobody could find them again.
        try:
            purge.scrub_words(self._project.file, scrub, RECORDS)
        except sqlite3.Error as error:
            raise explained(error) or error from error
        now = datetime.now(UTC)
        with self._project.operation(Op.ERASE_PARTICIPANT, **counts) as op:
            self._scrub(op, shingles, in_vivo)
            if not sealed:
                counts["mentions"] = seen
            op.execute(delete(Document).where(Document.id.in_(whole)))
            for document in part:
                self._cut(op, document, turns.get(document, []), participant)
                self._unname(op, document, labels)
            op.execute(delete(Participant).where(Participant.id == participant))
            self._project.queries.forget_speakers(op, labels, ERASED)
            op.execute(
                insert(Tombstone).values(
                    id=new_id(),
                    participant=participant,
                    at=now,
                    reason=reason.strip(),
                    counts=json.dumps(counts),
                )
            )
            # What the acts within it noted may name them.
            op.params = dict(counts)
            seq = op.seq
        self._project.texts.forget()
        try:
            purge.purge(
                self._project.file,
                upto=seq,
                kind=Op.ERASE_PARTICIPANT,
                reason="erased participant",
            )
        except sqlite3.Error as error:
            raise ProjectFileError(
                "The words were erased from the project, but the file could not be rewritten: "
                "traces of them are still in it.",
                "Make room on the disk, then choose Project, Check the project, Compact the file.",
            ) from error
        return TombstoneRow(participant, now, reason.strip(), counts)

    def tombstones(self) -> tuple[TombstoneRow, ...]:
        rows = self._project.connection.execute(
            select(Tombstone.__table__).order_by(Tombstone.at)
        ).all()
        return tuple(
            TombstoneRow(r.participant, r.at, r.reason, json.loads(r.counts)) for r in rows
        )

    def _touched(
        self, whole: list[UUID], turns: dict[UUID, list[Span]]
    ) -> tuple[list[UUID], list[UUID]]:
        found: list[list[UUID]] = []
        for entity in (Coding, Quote):
            keys = []
            for key, document, start, end in self._project.connection.execute(
                select(entity.id, entity.document_id, entity.start, entity.end).where(
                    entity.document_id.in_([*whole, *turns])
                )
            ).all():
                span = Span(start, end)
                if document in turns and not any(span.overlaps(t) for t in turns[document]):
                    continue
                keys.append(key)
            found.append(keys)
        return found[0], found[1]

    def _cut(self, op: Operation, document: UUID, spans: list[Span], participant: UUID) -> None:
        """Take their turns out of a shared document. Its text starts anew at revision 0;
        a short mark stands where their words were."""
        for entity in (Coding, Quote):
            for key, start, end in op.execute(
                select(entity.id, entity.start, entity.end).where(entity.document_id == document)
            ).all():
                if any(Span(start, end).overlaps(span) for span in spans):
                    op.execute(delete(entity).where(entity.id == key))
        text = self._project.texts.get(document)
        edits = []
        for span in sorted(spans, reverse=True):
            words = text[span.start : span.end]
            end = "\n" if words.endswith("\n") else ""
            edits.append(TextEdit(span.start, words, f"{ERASED}{end}"))
        if edits:
            self._project.texts.mend(document, edits)
            for edit in edits:
                text = edit.apply(text)
        times, formats, pages = self._project.texts.layout(document)
        gone = [Span(e.at, e.at + len(e.inserted)) for e in _final_places(edits)]
        layout = {
            "times": [[m.at, m.ms] for m in times if not any(g.start < m.at < g.end for g in gone)],
            "formats": [
                [r.span.start, r.span.end, r.kind.value, r.level] for r in formats if len(r.span)
            ],
            "pages": list(pages),
            # Numbers alone: what was frozen before can still be placed in the text.
            "marks": marks_list(self._project.texts.marks(document)),
        }
        op.execute(delete(DocumentEdit).where(DocumentEdit.document_id == document))
        op.execute(
            update(DocumentText)
            .where(DocumentText.document_id == document)
            .values(text=text, layout=json.dumps(layout, separators=(",", ":")))
        )
        op.execute(
            update(Document)
            .where(Document.id == document)
            .values(revision=0, fingerprint="", length=len(text))
        )
        op.execute(delete(SourceFile).where(SourceFile.document_id == document))
        op.execute(delete(TextAnalysis).where(TextAnalysis.document_id == document))
        op.execute(
            update(Speaker)
            .where(Speaker.document_id == document, Speaker.participant_id == participant)
            .values(label=ERASED)
        )

    @staticmethod
    def _unname(op: Operation, document: UUID, labels: set[str]) -> None:
        """Take what names them out of a shared document's title and file name."""
        scrub = Scrub(set(), frozenset(labels), frozenset())
        row = op.execute(
            select(Document.title, Document.source_name).where(Document.id == document)
        ).one()
        op.execute(
            update(Document)
            .where(Document.id == document)
            .values(title=scrub(row.title), source_name=scrub(row.source_name))
        )

    # -- quoted words -----------------------------------------------------------------------

    def _mentions(
        self, shingles: set[tuple[str, ...]], in_vivo: Mapping[UUID, str]
    ) -> list[tuple[Any, UUID, dict[str, str]]]:
        """Rows whose texts quote them, with the scrubbed texts."""
        found = []
        for entity, names in TEXTS.items():
            columns = [getattr(entity, name) for name in names]
            rows = self._project.connection.execute(
                select(entity.id, *columns).where(or_(*(column != "" for column in columns)))
            ).all()
            for row in rows:
                values = {}
                for name in names:
                    text = getattr(row, name)
                    if text is None:  # a case that is no group has no group's name
                        continue
                    clean = scrubbed(text, shingles)
                    if entity is Code and name == "name" and row.id in in_vivo:
                        clean = ERASED
                    if clean != text:
                        values[name] = clean
                if values:
                    found.append((entity, row.id, values))
        return found

    def _scrub(
        self, op: Operation, shingles: set[tuple[str, ...]], in_vivo: Mapping[UUID, str]
    ) -> None:
        with self._project.sight.everything():
            found = self._mentions(shingles, in_vivo)
        for entity, key, values in found:
            op.execute(update(entity).where(entity.id == key).values(**values))


def _between(spans: Sequence[Span], length: int) -> list[Span]:
    """What lies between, before and after the turns of a text."""
    pieces = []
    at = 0
    for span in sorted(spans):
        if span.start > at:
            pieces.append(Span(at, span.start))
        at = max(at, span.end)
    if at < length:
        pieces.append(Span(at, length))
    return pieces


def _final_places(edits: list[TextEdit]) -> list[TextEdit]:
    """Edits made from back to front, with their places in the finished text."""
    placed: list[TextEdit] = []
    shift = 0
    for edit in reversed(edits):
        placed.append(TextEdit(edit.at + shift, edit.removed, edit.inserted))
        shift += edit.shift
    return placed
