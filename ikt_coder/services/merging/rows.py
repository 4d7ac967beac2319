"""What a merge would do and what it did, as frozen rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import DocumentStatus


class FileKind(StrEnum):
    """How the other file stands to this project."""

    COPY = "copy"  # one of the two was written as a coder's copy
    SAME = "same"  # two files that were one
    OTHER = "other"  # they were never one


class DocumentMatch(StrEnum):
    """How a document of the other file was recognised."""

    SAME = "same"
    FINGERPRINT = "fingerprint"
    ALIGNED = "aligned"  # by its title, the texts differ a little
    ADDED = "added"
    REFUSED = "refused"  # the texts differ too much: what was coded there is left


class Side(StrEnum):
    """A person's answer to a conflict."""

    HERE = "here"
    THERE = "there"


class ConflictKind(StrEnum):
    CODER = "coder"  # a coder of the same name: here = another person, there = the same
    CODE_NAME = "code_name"  # a code of the same name: here = two codes, there = one
    CODE = "code"  # a code was changed in both
    TEXT = "text"  # a place of a text was mended in both
    VALUE = "value"  # anything else that was changed in both


@frozen
class Conflict:
    """Something that both changed. ``key`` names it in ``choices``; ``default`` is what stands
    without a person, and would stand too if this file were brought into the other."""

    key: str
    kind: ConflictKind
    subject: str  # what it is about: the name of the code, the title of the document
    field: str  # the column, "" where the whole is meant
    here: str
    there: str
    default: Side


@frozen
class Counts:
    """Rows of one kind that a merge touches; ``same``: known already."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    same: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@frozen
class MergedDocument:
    """A document that something happens to. ``similarity`` is the share of characters that
    were aligned. Where it is ``sealed`` nothing is counted: ``finished`` names the coders whose
    finished work arrives, ``unfinished`` those who have begun."""

    id: UUID
    title: str
    match: DocumentMatch
    similarity: float = 1.0
    codings: Counts = Counts()
    mended: int = 0  # places mended there that are mended here too then
    sealed: bool = False
    finished: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()


@frozen
class MarkedDocument:
    """A document of which nothing changes but how far its coding is."""

    title: str
    status: DocumentStatus


class Reason(StrEnum):
    """Why something stays, comes back, or is left out."""

    CHANGED_HERE = "deleted there, changed here"
    CHANGED_THERE = "deleted here, changed there"
    USED_HERE = "deleted there, used here"
    USED_THERE = "deleted here, used there"
    MENDED_FURTHER = "mended further here, so the mending is not taken back"
    RESTS_ON_OTHERS = "a mended place rests on one that stays away"
    MENDED_BEFORE = "mended otherwise before the copy was made"
    WORDS_GONE = "the words are not in the text here"
    BELONGS_NOWHERE = "what it belongs to is not in this project"
    OTHER_TEXT = "the text here says something else"


@frozen
class Left:
    """Something that was not brought in, or a delete that was not done, and why. ``table`` is
    its kind, ``name`` what it is called, ``share`` how much of a text could be aligned."""

    table: str
    name: str
    why: Reason
    count: int = 1
    share: float | None = None


@frozen
class MergePlan:
    """What bringing a file in would do; nothing has been written.

    ``tables`` counts rows by table (coding, memo, code, theme, …) without those of sealed
    documents, ``records`` the append-only rows that are new here. ``marked`` documents are
    counted in ``tables`` too; those that are sealed are counted only.
    """

    file_name: str
    kind: FileKind
    coders: tuple[str, ...]  # whose work arrives
    documents: tuple[MergedDocument, ...]
    tables: Mapping[str, Counts]
    records: Mapping[str, int]
    conflicts: tuple[Conflict, ...]
    kept: tuple[Left, ...]  # deletes that were not done, or were taken back
    left: tuple[Left, ...]
    warnings: tuple[str, ...] = ()
    state: str = ""  # of the other file; ``apply`` refuses where it has moved on
    nothing: bool = False  # bringing the file in would change nothing
    marked: tuple[MarkedDocument, ...] = ()

    @property
    def codings(self) -> Counts:
        return self.tables.get("coding", Counts())


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What was brought in; ``op`` is the operation, None where nothing changed."""

    plan: MergePlan
    op: int | None
    choices: Mapping[str, Side] = field(default_factory=dict)
