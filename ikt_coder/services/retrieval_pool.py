"""The codings a query looks among, document by document in place order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import or_, select

from ikt_coder.core.query import Query, Whose
from ikt_coder.model import Coding, CodingLevel
from ikt_coder.services.coding_rows import CODING_COLUMNS, coding_row
from ikt_coder.services.layers import LayerInfo
from ikt_coder.services.retrieval_ground import Ground
from ikt_coder.services.retrieval_terms import Members
from ikt_coder.services.rows import CodingRow

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_MOST_KEYS = 5000  # a statement takes so many values only
_DOCUMENT, _CODER = 1, 5  # places in CODING_COLUMNS


def pool_of(
    project: Project,
    query: Query,
    info: LayerInfo,
    ground: Ground,
    wanted: Members,
    documents: frozenset[UUID] | None,
) -> dict[UUID, list[CodingRow]]:
    """Codings of the codes wanted that ``query.whose`` lets in, by document in the order of
    the list; only those of ``documents`` where they are given."""
    counts = _Counts(query, info, project.coder)
    read = _everything(project, counts) if wanted.codes is None else _of(project, wanted, counts)
    levels = {key: frozenset(some) for key, some in read.levels.items()}
    none: frozenset[UUID] = frozenset()
    place = ground.place
    by_document: dict[UUID, list[CodingRow]] = {}
    here: UUID | None = None
    rows: list[CodingRow] | None = None
    whose: UUID | None = None
    layer = counts.layer
    for values in read.rows:
        document = values[_DOCUMENT]
        if document is not here:  # most follow one of the same document
            here, rows = document, None
            if (
                document in place
                and (documents is None or document in documents)
                and (layer is None or document in layer)
            ):
                rows = by_document.setdefault(document, [])
                whose = None if layer is None else layer[document]
        if rows is None:
            continue
        coder = values[_CODER]
        if layer is not None and coder is not whose and coder != whose:
            continue
        rows.append(coding_row(values, levels.get(values[0], none) if levels else none))
    for some in by_document.values():
        some.sort(key=_by_place)
    return {key: by_document[key] for key in sorted(by_document, key=place.__getitem__)}


def _by_place(row: CodingRow) -> tuple[int, int, int]:
    return row.span.start, row.span.end, row.id.int


class _Counts:
    """Whose codings are let in; ``layer`` names each document's coder (None: the Consensus)
    where the analysis layer is asked for."""

    def __init__(self, query: Query, info: LayerInfo, present: UUID | None) -> None:
        self.layer: dict[UUID, UUID | None] | None = None
        coders: set[UUID] | None = None
        if query.whose is Whose.LAYER:
            self.layer = {s.document: s.coder for s in info.sources if s.layer is not None}
            coders = {coder for coder in self.layer.values() if coder is not None}
        elif query.whose is Whose.MINE:
            coders = set() if present is None else {present}
        elif query.whose is Whose.CODER:
            coders = set(query.coders)
        consensus = self.layer is not None and None in self.layer.values()
        self.nobody = coders is not None and not coders and not consensus
        # Only the Consensus has no coder.
        self.condition: Any = Coding.coder_id.is_not(None)
        if coders is not None:
            self.condition = Coding.coder_id.in_(coders)
            if consensus:
                self.condition = or_(self.condition, Coding.coder_id.is_(None))


class _Read:
    """Stored codings, each once, with their levels."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self.levels: dict[UUID, set[UUID]] = {}

    def take(self, project: Project, counts: _Counts, codings: Any, levels: Any) -> None:
        if counts.nobody:
            return
        connection = project.connection
        for coding, level in connection.execute(levels).all():
            self.levels.setdefault(coding, set()).add(level)
        self.rows += connection.execute(codings.where(counts.condition)).all()


def _everything(project: Project, counts: _Counts) -> _Read:
    read = _Read()
    read.take(
        project,
        counts,
        select(*CODING_COLUMNS),
        select(CodingLevel.coding_id, CodingLevel.level_id),
    )
    return read


def _of(project: Project, wanted: Members, counts: _Counts) -> _Read:
    read = _Read()
    for column, keys in ((Coding.code_id, wanted.codes or ()), (Coding.id, wanted.codings)):
        for some in _chunks(keys):
            read.take(
                project,
                counts,
                select(*CODING_COLUMNS).where(column.in_(some)),
                select(CodingLevel.coding_id, CodingLevel.level_id)
                .join(Coding, Coding.id == CodingLevel.coding_id)
                .where(column.in_(some)),
            )
    if wanted.codings:  # single codings may be of the codes as well
        read.rows = list({values[0]: values for values in read.rows}.values())
    return read


def _chunks(keys: Iterable[UUID]) -> Iterable[list[UUID]]:
    ordered = list(keys)
    for start in range(0, len(ordered), _MOST_KEYS):
        yield ordered[start : start + _MOST_KEYS]
