"""What a language pipeline found in a text, kept so that it is computed once."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import LargeBinary

from ikt_coder.model.base import Base, Mapped, TableClass, column, reference


class TextAnalysis(Base):
    """Sentences, tokens, lemmas and noun phrases of one document by one pipeline. Good for
    the text whose ``digest`` it names: a revision's number can come back with other words
    after an undo. The id is derived from document and pipeline."""

    __tablename__ = "text_analysis"
    __kind__ = TableClass.CACHE
    id: Mapped[UUID] = column(primary_key=True)
    document_id: Mapped[UUID] = reference("document")
    pipeline: Mapped[str]
    digest: Mapped[bytes] = column(LargeBinary)
    found: Mapped[bytes] = column(LargeBinary)
