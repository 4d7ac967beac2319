"""The frozen rows of coders' copies: what goes into one, what was made, where one came from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.services.round_rows import EditMark


class LeftOutReason(StrEnum):
    """Why a document of the coder's is not in their copy."""

    OWN_INTERVIEW = "own_interview"  # the coder is a participant of it
    LEFT_OUT = "left_out"  # everybody in it was left out of analysis
    WAITING = "waiting"  # the first documents of the round are not settled yet
    NOT_CODED_YET = "not_coded_yet"  # to verify, but the first coder has not finished it
    FINISHED = "finished"  # sealed, and finished by the coder: nothing is left to do


@frozen
class LeftOutDocument:
    document: UUID
    title: str
    reason: LeftOutReason


@frozen
class CopyPreview:
    """What a copy would hold, and what of the project it would not. Of other coders' work
    nothing is counted: the present coder may not know how much there is."""

    coder: UUID
    coder_name: str
    round: UUID | None
    documents: tuple[tuple[UUID, str], ...]
    verifies: int  # how many of them hold the first coder's codings, to be verified
    left_out: tuple[LeftOutDocument, ...]
    withheld: int  # sealed documents that come without the coder's work so far
    with_journal: bool  # the coder is at the desk: their reflexive journal goes along
    words: int
    codes: int
    codings: int  # the coder's own
    memos: int  # the coder's own
    other_documents: int  # not the coder's
    other_coders: int
    originals: int
    mended: int  # documents whose earlier wording stays here
    themes: int
    attributes: int


@frozen
class CopyMade:
    """A copy that was written. ``digest`` is the SHA-256 of the file."""

    path: Path
    lineage: UUID
    coder: UUID
    coder_name: str
    round: UUID | None
    documents: tuple[tuple[UUID, str], ...]
    left_out: tuple[LeftOutDocument, ...]
    withheld: int
    with_journal: bool
    codings: int
    memos: int
    codes: int
    digest: str
    warnings: tuple[str, ...]


@frozen
class CopyRow:
    """A copy that was made from this project at some time; where it is now nobody knows."""

    lineage: UUID
    coder: UUID
    coder_name: str
    round: UUID | None
    at: datetime
    by: UUID | None
    file_name: str
    documents: tuple[UUID, ...]
    digest: str


@frozen
class CopyOriginRow:
    """Where this file came from: it is the copy of one coder. ``operation`` is the last act
    both files have; ``documents`` the edits each text had there."""

    lineage: UUID
    project: UUID
    project_name: str
    operation: UUID
    coder: UUID
    coder_name: str
    round: UUID | None
    round_name: str
    at: datetime
    documents: Mapping[UUID, tuple[EditMark, ...]]
