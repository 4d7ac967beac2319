"""Erasing a participant's words for good: the one act that cannot be undone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span, TextEdit, unite
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.model import (
    Code,
    Coding,
    Document,
    DocumentEdit,
    DocumentText,
    Memo,
    Participant,
    Quote,
    SourceFile,
    Speaker,
    Theme,
    Tombstone,
    Turn,
)
from ikt_coder.services.attribution import Attribution
from ikt_coder.storage import purge
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

# So many words in a row count as somebody's words when they stand in a memo or a name.
QUOTED_WORDS = 5
_WORD = re.compile(r"\w+", re.UNICODE)
ERASED = "[erased]"


@dataclass(frozen=True, slots=True)
class ErasePreview:
    """What erasing would remove, and where else the words may still lie."""

    participant: str
    documents_whole: tuple[str, ...]  # removed altogether
    documents_part: tuple[str, ...]  # only their turns are removed
    turns: int
    codings: int
    quotes: int
    mentions: int  # memos, codes and themes that quote them
    restore_points: tuple[str, ...]
    backups: tuple[str, ...]  # file names of backups that still hold the words


@dataclass(frozen=True, slots=True)
class TombstoneRow:
    participant: UUID
    at: datetime
    reason: str
    counts: dict[str, int]


class Eraser:
    def __init__(self, project: Project) -> None:
        self._project = project

    # -- what is theirs -----------------------------------------------------------------

    def _documents(self, participant: UUID) -> tuple[list[UUID], list[UUID]]:
        """Documents that are theirs alone, and documents they share with others."""
        attribution = Attribution(self._project)
        whole: list[UUID] = []
        part: list[UUID] = []
        for row in self._project.documents.all():
            people = attribution.of_document(row.id)
            if participant not in people:
                continue
            others = set(people) - {participant}
            (part if others else whole).append(row.id)
        return whole, part

    def _turns(self, participant: UUID, documents: Iterable[UUID]) -> dict[UUID, list[Span]]:
        """Their turns in shared documents."""
        rows = self._project.connection.execute(
            select(Turn.document_id, Turn.start, Turn.end)
            .join(Speaker, Speaker.id == Turn.speaker_id)
            .where(
                Speaker.participant_id == participant,
                Speaker.role != SpeakerRole.INTERVIEWER.value,
                Turn.document_id.in_(list(documents)),
            )
            .order_by(Turn.document_id, Turn.start)
        ).all()
        turns: dict[UUID, list[Span]] = {}
        for document, start, end in rows:
            turns.setdefault(document, []).append(Span(start, end))
        return turns

    def _said(self, whole: list[UUID], turns: dict[UUID, list[Span]]) -> list[str]:
        """Their words, to find them again where they were quoted."""
        said = []
        for document in whole:
            said.append(self._project.texts.get(document))
            said += [edit.removed for edit in self._project.texts.edits(document)]
        for document, spans in turns.items():
            text = self._project.texts.get(document)
            said += [text[span.start : span.end] for span in spans]
            said += [edit.removed for edit in self._project.texts.edits(document)]
        return said

    # -- the act --------------------------------------------------------------------------

    def preview(self, participant: UUID) -> ErasePreview:
        row = self._project.participants.get(participant)
        whole, part = self._documents(participant)
        turns = self._turns(participant, part)
        titles = {r.id: r.title for r in self._project.documents.all()}
        codings, quotes = self._touched(whole, turns)
        shingles = _shingles(self._said(whole, turns))
        return ErasePreview(
            participant=row.label,
            documents_whole=tuple(titles[key] for key in whole),
            documents_part=tuple(titles[key] for key in part),
            turns=sum(len(spans) for spans in turns.values()),
            codings=len(codings),
            quotes=len(quotes),
            mentions=sum(1 for _ in self._mentions(shingles)),
            restore_points=tuple(p.name for p in self._project.history.restore_points()),
            backups=tuple(path.name for path in self._project.safety.backups()),
        )

    def erase(self, participant: UUID, reason: str) -> TombstoneRow:
        """Erase turns (a document that is theirs alone: whole), codings, quotes, quoted
        words in memos and names, original files, and every image of them in the journal;
        then rewrite the file so that no byte of them stays. History keeps who did what and
        when; acts before this one can no longer be undone."""
        row = self._project.participants.get(participant)
        whole, part = self._documents(participant)
        turns = self._turns(participant, part)
        shingles = _shingles(self._said(whole, turns))
        codings, quotes = self._touched(whole, turns)
        counts = {
            "documents": len(whole),
            "turns": sum(len(spans) for spans in turns.values()),
            "codings": len(codings),
            "quotes": len(quotes),
        }
        now = datetime.now(UTC)
        with self._project.operation(Op.ERASE_PARTICIPANT, **counts) as op:
            counts["mentions"] = self._scrub(op, shingles)
            op.execute(delete(Document).where(Document.id.in_(whole)))
            for document in part:
                self._cut(op, document, turns.get(document, []), row.label)
            op.execute(delete(Participant).where(Participant.id == participant))
            op.execute(
                insert(Tombstone).values(
                    id=new_id(),
                    participant=participant,
                    at=now,
                    reason=reason.strip(),
                    counts=json.dumps(counts),
                )
            )
            seq = op.seq
        self._project.texts.forget()
        purge.purge(
            self._project.file,
            upto=seq,
            reason="erased participant",
            scrub=lambda text: scrubbed(text, shingles, also=row.label),
        )
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

    def _cut(self, op: Operation, document: UUID, spans: list[Span], label: str) -> None:
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
        for span in reversed(unite(spans)):
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
        op.execute(
            update(Speaker)
            .where(Speaker.document_id == document, Speaker.label == label)
            .values(label=ERASED)
        )

    # -- quoted words -----------------------------------------------------------------------

    def _mentions(
        self, shingles: set[tuple[str, ...]]
    ) -> Iterable[tuple[Any, UUID, dict[str, str]]]:
        """Rows whose texts quote them, with the scrubbed texts."""
        fields = {
            Memo: ("title", "text"),
            Coding: ("memo",),
            Code: ("name", "definition", "include", "exclude", "example"),
            Theme: ("name", "description", "central_idea", "boundaries", "narrative"),
        }
        for entity, names in fields.items():
            for row in self._project.connection.execute(select(entity.__table__)).all():
                values = {
                    name: clean
                    for name in names
                    if (clean := scrubbed(getattr(row, name), shingles)) != getattr(row, name)
                }
                if values:
                    yield entity, row.id, values

    def _scrub(self, op: Operation, shingles: set[tuple[str, ...]]) -> int:
        found = list(self._mentions(shingles))
        for entity, key, values in found:
            op.execute(update(entity).where(entity.id == key).values(**values))
        return len(found)


def _final_places(edits: list[TextEdit]) -> list[TextEdit]:
    """Edits made from back to front, with their places in the finished text."""
    placed: list[TextEdit] = []
    shift = 0
    for edit in reversed(edits):
        placed.append(TextEdit(edit.at + shift, edit.removed, edit.inserted))
        shift += edit.shift
    return placed


def _shingles(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """Every run of QUOTED_WORDS words of some texts, folded."""
    found: set[tuple[str, ...]] = set()
    for text in texts:
        words = [word.casefold() for word in _WORD.findall(text)]
        found.update(
            tuple(words[i : i + QUOTED_WORDS]) for i in range(len(words) - QUOTED_WORDS + 1)
        )
    return found


def scrubbed(text: str, shingles: set[tuple[str, ...]], also: str = "") -> str:
    """A text without the runs of words that stand in ``shingles``."""
    matches = list(_WORD.finditer(text))
    words = [match.group().casefold() for match in matches]
    spans = [
        Span(matches[i].start(), matches[i + QUOTED_WORDS - 1].end())
        for i in range(len(words) - QUOTED_WORDS + 1)
        if tuple(words[i : i + QUOTED_WORDS]) in shingles
    ]
    for span in reversed(unite(spans)):
        text = text[: span.start] + ERASED + text[span.end :]
    if also:
        text = text.replace(also, ERASED)
    return text
