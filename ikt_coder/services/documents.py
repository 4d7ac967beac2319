"""Documents: transcripts, their speakers, status and lead coder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from ikt_coder.core.errors import Cancelled, NotFound, UserError
from ikt_coder.core.ids import derived_id, new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.transcript import SpeakerRole, Transcript
from ikt_coder.core.words import Consent, DocumentStatus
from ikt_coder.model import (
    Coding,
    Document,
    DocumentParticipant,
    DocumentText,
    Participant,
    SourceFile,
    Speaker,
    Turn,
)
from ikt_coder.services import texts
from ikt_coder.services.base import UNSET, Service, Unset, add_row, change_row, named
from ikt_coder.services.document_order import document_order, put_before
from ikt_coder.services.rows import (
    DocumentRow,
    SpeakerRow,
    TurnRow,
)
from ikt_coder.services.rows import (
    DocumentText as DocumentTextRow,
)
from ikt_coder.storage.operation import Operation

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A transcript ready to be imported.

    ``participants`` links speakers' labels to participants' labels (made where they are
    new); ``participant`` names the one whose document it is where no speaker is named.
    """

    transcript: Transcript
    title: str
    source_name: str
    source_kind: str
    original: bytes
    folder: UUID | None = None
    language: str = "en"
    participants: Mapping[str, str] = field(default_factory=dict)
    participant: str | None = None


_FEW_PEOPLE = 500
"""So many participants are read by their keys; of more all are."""


def fingerprint(text: str) -> str:
    """Recognises the same words again, however their white space was laid out."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()


class DocumentService(Service):
    # -- reading ------------------------------------------------------------------------

    def all(self) -> tuple[DocumentRow, ...]:
        """All documents in order, with counts for the present coder."""
        return self._listed(None)

    def order(self) -> tuple[UUID, ...]:
        """The documents in the order of ``all``, with nothing read of them."""
        return document_order(self._connection)

    def get(self, document: UUID) -> DocumentRow:
        rows = self._listed(document)
        if not rows:
            raise NotFound("This document is no longer in the project.", "Undo may bring it back.")
        return rows[0]

    def find(self, name: str) -> DocumentRow:
        """The document of this title or id. Raises NotFound, naming what there is."""
        rows = self.all()
        for row in rows:
            if name in (row.title, str(row.id)):
                return row
        wanted = name.casefold()
        close = [row for row in rows if row.title.casefold() == wanted]
        if len(close) == 1:
            return close[0]
        known = ", ".join(f"“{row.title}”" for row in rows[:8]) or "none yet"
        raise NotFound(f"There is no document “{name}” in the project.", f"Documents: {known}.")

    def _listed(self, document: UUID | None) -> tuple[DocumentRow, ...]:
        counts = (
            select(Coding.document_id, Coding.coder_id, func.count().label("n"))
            .where(Coding.coder_id.is_not(None))  # the Consensus has no coder
            .group_by(Coding.document_id, Coding.coder_id)
        )
        documents = select(Document.__table__).order_by(Document.position, Document.id)
        turns = select(Turn.document_id, func.count()).group_by(Turn.document_id)
        speakers = select(
            Speaker.document_id, Speaker.label, Speaker.participant_id, Speaker.role
        ).order_by(Speaker.document_id, Speaker.position)
        owners = select(DocumentParticipant.document_id, DocumentParticipant.participant_id)
        if document is not None:
            counts = counts.where(Coding.document_id == document)
            documents = documents.where(Document.id == document)
            turns = turns.where(Turn.document_id == document)
            speakers = speakers.where(Speaker.document_id == document)
            owners = owners.where(DocumentParticipant.document_id == document)
        own: dict[UUID, int] = {}
        everyone: dict[UUID, int] = {}
        for where, coder, n in self._rows(counts):
            everyone[where] = everyone.get(where, 0) + n
            if coder == self._project.coder:
                own[where] = n
        turn_count = dict(self._rows(turns))
        labels: dict[UUID, list[str]] = {}
        linked: dict[UUID, dict[UUID, None]] = {}
        for where, label, participant, _ in self._rows(speakers):
            labels.setdefault(where, []).append(label)
            if participant is not None:
                linked.setdefault(where, {})[participant] = None
        for where, participant in self._rows(owners):
            linked.setdefault(where, {})[participant] = None
        who_speaks = {person for some in linked.values() for person in some}
        wanted = select(Participant.id, Participant.label, Participant.left_out)
        if len(who_speaks) <= _FEW_PEOPLE:  # of thousands that a file of attributes named
            wanted = wanted.where(Participant.id.in_(who_speaks))
        people = {r.id: r for r in self._rows(wanted)}
        listed = []
        sealed = self._project.sight.sealed()
        for r in self._rows(documents):
            status = DocumentStatus(r.status)
            if r.id in sealed and own.get(r.id) and status is DocumentStatus.TO_DO:
                status = DocumentStatus.IN_PROGRESS  # for this coder; the others are not told
            who = [people[p] for p in linked.get(r.id, ()) if p in people]
            listed.append(
                DocumentRow(
                    id=r.id,
                    title=r.title,
                    folder=r.folder_id,
                    position=r.position,
                    status=status,
                    lead_coder=r.lead_coder_id,
                    length=r.length,
                    words=r.words,
                    turns=turn_count.get(r.id, 0),
                    speakers=tuple(labels.get(r.id, ())),
                    participants=tuple(p.label for p in who),
                    source_name=r.source_name,
                    source_kind=r.source_kind,
                    language=r.language,
                    revision=r.revision,
                    created=r.created,
                    codings=own.get(r.id, 0),
                    codings_all=everyone.get(r.id, 0),
                    left_out=bool(who) and all(p.left_out for p in who),
                )
            )
        if document is None:
            order = {key: at for at, key in enumerate(document_order(self._connection))}
            listed.sort(key=lambda row: order.get(row.id, len(order)))
        return tuple(listed)

    def text(self, document: UUID) -> DocumentTextRow:
        """Everything the transcript view shows except codings."""
        row = self._one(
            select(Document.title, Document.revision).where(Document.id == document), "document"
        )
        times, formats, pages = self._project.texts.layout(document)
        return DocumentTextRow(
            id=document,
            title=row.title,
            text=self._project.texts.get(document),
            revision=row.revision,
            turns=self.turns(document),
            speakers=self.speakers(document),
            times=times,
            formats=formats,
            pages=pages,
        )

    def turns(self, document: UUID) -> tuple[TurnRow, ...]:
        rows = self._rows(
            select(Turn.id, Turn.start, Turn.end, Turn.words_start, Turn.speaker_id, Turn.start_ms)
            .where(Turn.document_id == document)
            .order_by(Turn.start)
        )
        return tuple(
            TurnRow(r.id, Span(r.start, r.end), r.words_start, r.speaker_id, r.start_ms)
            for r in rows
        )

    def speakers(self, document: UUID) -> tuple[SpeakerRow, ...]:
        rows = self._rows(
            select(Speaker.__table__, Participant.label.label("who"))
            .outerjoin(Participant, Participant.id == Speaker.participant_id)
            .where(Speaker.document_id == document)
            .order_by(Speaker.position)
        )
        return tuple(
            SpeakerRow(r.id, r.document_id, r.label, SpeakerRole(r.role), r.participant_id, r.who)
            for r in rows
        )

    def original(self, document: UUID) -> tuple[str, bytes] | None:
        """Name and bytes of the imported file; None where they were left out or erased."""
        row = self._connection.execute(
            select(SourceFile.name, SourceFile.data).where(SourceFile.document_id == document)
        ).first()
        return (row.name, row.data) if row else None

    def duplicate_of(self, text: str) -> DocumentRow | None:
        """The document that holds the same words already."""
        key = self._connection.execute(
            select(Document.id).where(Document.fingerprint == fingerprint(text))
        ).scalar()
        return self.get(key) if key is not None else None

    # -- adding and removing --------------------------------------------------------------

    def add(
        self,
        transcript: Transcript,
        title: str,
        source_name: str = "",
        source_kind: str = "txt",
        original: bytes = b"",
        folder: UUID | None = None,
    ) -> UUID:
        """Import one transcript; see ``add_many``."""
        new = NewDocument(transcript, title, source_name, source_kind, original, folder)
        return self.add_many([new])[0]

    def add_many(
        self,
        new: Sequence[NewDocument],
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> list[UUID]:
        """Import transcripts in one act. Raises Cancelled; nothing is kept then."""
        made: list[UUID] = []
        with self._operation(Op.IMPORT_DOCUMENTS) as op:
            position = self._next_position(Document)
            titles = set(op.execute(select(Document.title)).scalars())
            for index, document in enumerate(new):
                if cancel is not None and cancel():
                    raise Cancelled
                title = _free_title(named(document.title, "document"), titles)
                titles.add(title)
                made.append(self._insert(op, document, title, position + index))
                if progress is not None:
                    progress(index + 1, len(new))
            op.note(documents=made[:50], count=len(made), title=new[0].title if new else "")
        return made

    def _insert(self, op: Operation, new: NewDocument, title: str, position: int) -> UUID:
        transcript = new.transcript
        if not transcript.text.strip():
            raise UserError(f"“{title}” holds no text. Nothing was imported.")
        key = new_id()
        add_row(
            op,
            Document,
            id=key,
            title=title,
            folder_id=new.folder,
            position=position,
            status=DocumentStatus.TO_DO.value,
            lead_coder_id=None,
            language=new.language,
            source_name=new.source_name,
            source_kind=new.source_kind,
            fingerprint=fingerprint(transcript.text),
            length=len(transcript.text),
            words=len(transcript.text.split()),
            revision=0,
            created=datetime.now(UTC),
        )
        add_row(
            op,
            DocumentText,
            id=new_id(),
            document_id=key,
            text=transcript.text,
            layout=texts.layout_of(transcript),
        )
        if new.original:
            add_row(
                op,
                SourceFile,
                id=new_id(),
                document_id=key,
                name=new.source_name,
                data=new.original,
            )
        speakers = self._insert_speakers(op, new, key)
        turns = [
            {
                "id": new_id(),
                "document_id": key,
                "start": turn.span.start,
                "end": turn.span.end,
                "words_start": turn.span.start if turn.label_end is None else turn.label_end,
                "speaker_id": speakers.get(turn.speaker) if turn.speaker else None,
                "start_ms": turn.start_ms,
            }
            for turn in transcript.turns
        ]
        if turns:
            op.execute(insert(Turn), turns)
        if new.participant:
            participant = self._participant(new.participant)
            self.link_participant(key, participant)
        return key

    def _insert_speakers(self, op: Operation, new: NewDocument, document: UUID) -> dict[str, UUID]:
        made: dict[str, UUID] = {}
        for index, label in enumerate(new.transcript.speakers):
            role = new.transcript.speaker_roles.get(label, SpeakerRole.PARTICIPANT)
            who = new.participants.get(label)
            made[label] = new_id()
            add_row(
                op,
                Speaker,
                id=made[label],
                document_id=document,
                label=label,
                role=role.value,
                participant_id=self._participant(who) if who else None,
                position=index,
            )
        return made

    def _participant(self, label: str) -> UUID:
        known = self._project.participants.known(label)
        if known is not None:
            return known
        return self._project.participants.add(label, consent=Consent.QUOTE)

    def delete(self, documents: UUID | Sequence[UUID]) -> None:
        """Delete documents with their codings and memos; undo brings all back."""
        keys = [documents] if isinstance(documents, UUID) else list(documents)
        rows = [self.get(key) for key in keys] if len(keys) < 10 else self._many(keys)
        with self._operation(
            Op.DELETE_DOCUMENTS,
            count=len(keys),
            title=rows[0].title if rows else "",
            codings=sum(row.codings_all for row in rows),
        ) as op:
            for start in range(0, len(keys), 500):
                op.execute(delete(Document).where(Document.id.in_(keys[start : start + 500])))

    def _many(self, keys: Sequence[UUID]) -> list[DocumentRow]:
        known = {row.id: row for row in self.all()}
        if any(key not in known for key in keys):
            raise NotFound("One of these documents is no longer in the project.")
        return [known[key] for key in keys]

    # -- changing -------------------------------------------------------------------------

    def rename(self, document: UUID, title: str) -> None:
        title = named(title, "document")
        with self._operation(Op.RENAME_DOCUMENT, document=document, title=title) as op:
            taken = op.execute(
                select(Document.id).where(Document.title == title, Document.id != document)
            ).first()
            if taken is not None:
                raise UserError(f"There is a document “{title}” already.", "Choose another title.")
            change_row(op, Document, document, {"title": title})

    def move(
        self,
        documents: UUID | Sequence[UUID],
        folder: UUID | None,
        before: UUID | None = None,
    ) -> None:
        """Put documents, in the order given, into a folder (None: none): before one that lies
        there, or after all of them. Raises NotFound for a document that is gone."""
        keys = [documents] if isinstance(documents, UUID) else list(documents)
        with self._operation(Op.MOVE_DOCUMENT, documents=keys, folder=folder) as op:
            there = {
                r.id: r.position
                for r in op.execute(
                    select(Document.id, Document.position)
                    .where(Document.folder_id == folder)
                    .order_by(Document.position, Document.id)
                )
            }
            for index, key in enumerate(put_before(list(there), keys, before)):
                if key in keys:
                    change_row(op, Document, key, {"folder_id": folder, "position": index})
                elif there[key] != index:
                    change_row(op, Document, key, {"position": index})

    def set_status(self, document: UUID, status: DocumentStatus) -> None:
        """Mark how far a document is. Who codes alone and marks it coded leads it, as with a
        first coding: read to its end without a code, it counts among what was read."""
        row = self.get(document)
        with self._operation(
            Op.SET_STATUS, document=document, title=row.title, status=status.value
        ) as op:
            values: dict[str, object] = {"status": status.value}
            alone = len(self._project.coders.everyone()) == 1
            if status is DocumentStatus.CODED and row.lead_coder is None and alone:
                values["lead_coder_id"] = self._project.coder
            change_row(op, Document, document, values)

    def set_lead(self, document: UUID, coder: UUID | None) -> None:
        """Name the coder whose codings count in the analysis until there is a consensus."""
        title = self.get(document).title
        with self._operation(Op.SET_LEAD, document=document, title=title, coder=coder) as op:
            change_row(op, Document, document, {"lead_coder_id": coder})

    def set_language(self, document: UUID, language: str) -> None:
        with self._operation(Op.RENAME_DOCUMENT, document=document, language=language) as op:
            change_row(op, Document, document, {"language": language})

    def mend(self, document: UUID, edits: Sequence[TextEdit]) -> int:
        """Mend typos; see TextService.mend."""
        return self._project.texts.mend(document, edits)

    def change_speaker(
        self,
        speaker: UUID,
        *,
        label: str | Unset = UNSET,
        role: SpeakerRole | Unset = UNSET,
        participant: UUID | Unset | None = UNSET,
    ) -> None:
        """Rename a speaker, say whose words they are, or link them to a participant."""
        values: dict[str, object] = {}
        if label is not UNSET:
            values["label"] = named(label, "speaker", 120)
        if role is not UNSET:
            values["role"] = role.value
        if participant is not UNSET:
            values["participant_id"] = participant
        with self._operation(Op.CHANGE_SPEAKER, speaker=speaker, fields=sorted(values)) as op:
            change_row(op, Speaker, speaker, values)

    def link_participant(self, document: UUID, participant: UUID) -> None:
        """Say whose document it is; decides for turns that name no speaker."""
        key = derived_id(document, participant)
        with self._operation(Op.CHANGE_SPEAKER, document=document, participant=participant) as op:
            there = op.execute(
                select(DocumentParticipant.id).where(DocumentParticipant.id == key)
            ).first()
            if there is None:
                add_row(
                    op,
                    DocumentParticipant,
                    id=key,
                    document_id=document,
                    participant_id=participant,
                )

    def unlink_participant(self, document: UUID, participant: UUID) -> None:
        key = derived_id(document, participant)
        with self._operation(Op.CHANGE_SPEAKER, document=document, participant=participant) as op:
            op.execute(delete(DocumentParticipant).where(DocumentParticipant.id == key))


def _free_title(title: str, taken: set[str]) -> str:
    if title not in taken:
        return title
    number = 2
    while f"{title} ({number})" in taken:
        number += 1
    return f"{title} ({number})"
