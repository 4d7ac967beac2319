"""The shape of the list: folders with what lies in them, filtered, as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from ikt_coder.services.rows import DocumentRow, FolderRow


class Kind(StrEnum):
    FOLDER = "folder"
    DOCUMENT = "document"


Key = tuple[Kind, UUID]


@dataclass(slots=True)
class Branch:
    """A folder or document with what lies in it, as it should stand."""

    key: Key
    row: FolderRow | DocumentRow
    children: list[Branch] = field(default_factory=list)
    match: tuple[int, int] | None = None  # half-open, UTF-16 units of the name


def arranged(
    folders: Iterable[FolderRow], documents: Iterable[DocumentRow], filter_text: str = ""
) -> list[Branch]:
    """Folders first, then documents, each in order. A filter keeps the documents whose
    title, participants or speakers hold the words, and the folders around them; a folder
    that matches by its own name keeps all that lies in it."""
    wanted = filter_text.strip().casefold()
    branches = {
        row.id: Branch((Kind.FOLDER, row.id), row, match=_found(row.name, wanted))
        for row in folders
    }
    top: list[Branch] = []
    for branch in branches.values():
        assert isinstance(branch.row, FolderRow)
        around = branches.get(branch.row.parent) if branch.row.parent else None
        (around.children if around else top).append(branch)
    for document in documents:
        branch = Branch(
            (Kind.DOCUMENT, document.id), document, match=_found(document.title, wanted)
        )
        around = branches.get(document.folder) if document.folder else None
        (around.children if around else top).append(branch)
    return _kept(top, wanted) if wanted else top


def _kept(branches: list[Branch], wanted: str) -> list[Branch]:
    kept = []
    for branch in branches:
        if isinstance(branch.row, FolderRow):
            if branch.match is None:
                branch.children = _kept(branch.children, wanted)
            if branch.match is not None or branch.children:
                kept.append(branch)
        elif branch.match is not None or _mentions(branch.row, wanted):
            kept.append(branch)
    return kept


def _mentions(row: DocumentRow, wanted: str) -> bool:
    return any(wanted in name.casefold() for name in (*row.participants, *row.speakers))


def _found(name: str, wanted: str) -> tuple[int, int] | None:
    if not wanted:
        return None
    at = name.casefold().find(wanted)
    if at < 0 or len(name.casefold()) != len(name):
        return (0, 0) if at >= 0 else None
    return _units(name[:at]), _units(name[: at + len(wanted)])


def _units(text: str) -> int:
    """Length as Qt counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
