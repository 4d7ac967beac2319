"""Documents: transcripts with their folders, turns, speakers and mended places."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary

from ikt_coder.model.base import Entity, Mapped, column, reference


class Folder(Entity):
    __tablename__ = "folder"
    name: Mapped[str]
    parent_id: Mapped[UUID | None] = reference("folder")
    position: Mapped[int]


class Document(Entity):
    """A transcript as lists show it. ``length`` and ``words`` are those of the newest
    revision; the words themselves are in ``document_text``, so that lists never read them."""

    __tablename__ = "document"
    title: Mapped[str]
    folder_id: Mapped[UUID | None] = reference("folder", on_delete="SET NULL")
    position: Mapped[int]
    status: Mapped[str]
    lead_coder_id: Mapped[UUID | None] = reference("coder", on_delete="SET NULL")
    language: Mapped[str]
    source_name: Mapped[str]
    source_kind: Mapped[str]
    fingerprint: Mapped[str] = column(index=True)
    length: Mapped[int]
    words: Mapped[int]
    revision: Mapped[int]
    created: Mapped[datetime]
    study_id: Mapped[UUID | None] = reference("study", on_delete="SET NULL")


class DocumentText(Entity):
    """The text as it was imported (revision 0) and its layout in JSON: times, display
    formatting, pages. Positions there are those of revision 0 and are carried through the
    edits when read. The id is the document's."""

    __tablename__ = "document_text"
    document_id: Mapped[UUID] = reference("document")
    text: Mapped[str]
    layout: Mapped[str]


class SourceFile(Entity):
    """The bytes of the file a document was imported from."""

    __tablename__ = "source_file"
    document_id: Mapped[UUID] = reference("document")
    name: Mapped[str]
    data: Mapped[bytes] = column(LargeBinary)


class DocumentEdit(Entity):
    """One mended place. Positions are those of the text before this edit; edits are
    applied in order of ``revision`` and ``step``."""

    __tablename__ = "document_edit"
    document_id: Mapped[UUID] = reference("document")
    revision: Mapped[int]
    step: Mapped[int]
    at: Mapped[int]
    removed: Mapped[str]
    inserted: Mapped[str]
    coder_id: Mapped[UUID | None] = reference("coder", on_delete="SET NULL", index=False)
    created: Mapped[datetime]


class Speaker(Entity):
    """A label in one transcript."""

    __tablename__ = "speaker"
    document_id: Mapped[UUID] = reference("document")
    label: Mapped[str]
    role: Mapped[str]
    participant_id: Mapped[UUID | None] = reference("participant", on_delete="SET NULL")
    position: Mapped[int]


class Turn(Entity):
    """What one speaker says until another does; positions follow the newest revision."""

    __tablename__ = "turn"
    document_id: Mapped[UUID] = reference("document", index=False)
    start: Mapped[int]
    end: Mapped[int]
    words_start: Mapped[int]
    speaker_id: Mapped[UUID | None] = reference("speaker", on_delete="SET NULL")
    start_ms: Mapped[int | None]
    __table_args__ = (Index("ix_turn_document", "document_id", "start"),)
