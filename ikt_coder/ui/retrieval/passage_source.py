"""What a list of passages asks of the project, off the main thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.services.base import UNSET
from ikt_coder.services.project import Project
from ikt_coder.services.rows import CodeRow, CodingRow


@frozen
class Wanted:
    """Passages of a code, perhaps with its sub-codes, or of some codings."""

    code: UUID | None = None
    codings: tuple[UUID, ...] = ()
    below: bool = False
    everyone: bool = False


@frozen
class Found:
    """Codings in document order, with the names that go with them."""

    wanted: Wanted
    code: UUID | None  # the code asked for, or the one it was merged into
    of_codes: frozenset[UUID]
    codings: tuple[CodingRow, ...]
    titles: dict[UUID, str]
    codes: tuple[CodeRow, ...]
    coders: int


def find(project: Project, wanted: Wanted) -> Found:
    """Read what is wanted; the words themselves are read when they are painted."""
    codes: list[UUID] = []
    code = None
    if wanted.code is not None:
        code = project.codes.survivor(wanted.code)
        codes = project.codes.with_below(code) if wanted.below else [code]
        rows = project.codings.of_codes(codes, None if wanted.everyone else UNSET)
    else:
        rows = project.codings.many(wanted.codings)
    documents = project.documents.all()
    order = {row.id: at for at, row in enumerate(documents)}
    last = len(order)
    sorted_rows = sorted(
        rows, key=lambda r: (order.get(r.document, last), r.span.start, r.span.end, r.id.int)
    )
    return Found(
        wanted,
        code,
        frozenset(codes),
        tuple(sorted_rows),
        {row.id: row.title for row in documents},
        project.codes.all(counted=False),
        len(project.coders.all()),
    )


def holding(
    project: Project, codings: Iterable[CodingRow], titles: Mapping[UUID, str], words: str
) -> frozenset[UUID]:
    """The codings whose words, memo or document hold ``words``, whatever their case."""
    wanted = words.casefold().strip()
    found: set[UUID] = set()
    texts: dict[UUID, str] = {}
    for row in codings:
        if row.document not in texts:
            texts[row.document] = project.texts.get(row.document)
        said = texts[row.document][row.span.start : row.span.end]
        about = f"{titles.get(row.document, '')} {row.memo}"
        if wanted in said.casefold() or wanted in about.casefold():
            found.add(row.id)
    return frozenset(found)
