"""What is compared, read from the project: frozen codings of a round, or codings as they stand.

Two hundred thousand codings are read at once, so they stay plain tuples of numbers here.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select, type_coerce
from sqlalchemy.types import NullType

from ikt_coder.agreement.counts import Segment
from ikt_coder.core.edit_sequences import carry_edges
from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import RoundEventKind, Task
from ikt_coder.core.words import Layer
from ikt_coder.model import Coding, Document, Snapshot
from ikt_coder.services.comparison_codes import CodeFrame, ComparedCode
from ikt_coder.services.comparison_rows import (
    ComparedCoder,
    LeftOut,
    LeftOutCode,
    WhyLeftOut,
)
from ikt_coder.services.document_order import document_order
from ikt_coder.services.round_freezing import read_marks
from ikt_coder.services.round_rows import Ground, RoundRow

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

GONE = "(a document that was deleted)"
_AT_ONCE = 200
_ROWS_AT_ONCE = 10_000


@frozen
class Reading:
    """Codings to compare. Documents, coders and codes are numbered as they stand here;
    ``finished`` are the masks of coders who finished each document, ``grounds`` what was frozen
    of it (None: it is as it stands). ``raw`` are the segments by number of code in ``used``."""

    round: RoundRow | None
    coders: tuple[ComparedCoder, ...]
    documents: tuple[UUID, ...]
    titles: dict[UUID, str]
    lengths: tuple[int, ...]
    finished: tuple[int, ...]
    grounds: tuple[Ground | None, ...]
    reopened: frozenset[UUID]
    frame: CodeFrame
    used: tuple[UUID, ...]
    raw: list[Segment]
    left_out: tuple[LeftOut, ...]
    snapshots: tuple[str, ...]

    def title(self, document: int) -> str:
        """The title of a document by its number."""
        return self.titles.get(self.documents[document], GONE)

    def segments(
        self, codes: Sequence[ComparedCode], place: Mapping[int, int], *, roll_up: bool = False
    ) -> Iterator[Segment]:
        """The segments of some codes. ``place`` gives a code of ``codes`` its number in the
        counts; where codes are rolled up, a segment is also one of every code above its own."""
        numbers = {code.id: at for at, code in enumerate(codes)}
        targets: list[tuple[int, ...]] = []
        for key in self.used:
            at = numbers.get(key)
            own = () if at is None else (at, *(codes[at].above if roll_up else ()))
            targets.append(tuple(place[each] for each in own if each in place))
        if all(len(target) == 1 for target in targets):
            single = [target[0] for target in targets]
            for document, code, coder, start, end in self.raw:
                yield (document, single[code], coder, start, end)
            return
        for document, code, coder, start, end in self.raw:
            for number in targets[code]:
                yield (document, number, coder, start, end)

    def left_out_codes(self) -> tuple[LeftOutCode, ...]:
        """What was used and enters no figure."""
        reasons = [self.frame.why_not(code) for code in self.used]
        users: dict[int, set[int]] = {}
        if any(reasons):
            for _document, code, coder, _start, _end in self.raw:
                if reasons[code] is not None:
                    users.setdefault(code, set()).add(coder)
        found = [
            LeftOutCode(
                self.used[code],
                self.frame.path(self.used[code]),
                why,
                tuple(self.coders[coder].id for coder in sorted(users.get(code, ()))),
            )
            for code, why in enumerate(reasons)
            if why is not None
        ]
        return tuple(sorted(found, key=lambda row: row.path))


def compared_coders(project: Project, keys: Iterable[UUID]) -> tuple[ComparedCoder, ...]:
    """Coders by their names; one who was removed since keeps a place."""
    known = {row.id: row for row in project.coders.everyone()}
    return tuple(
        ComparedCoder(key, known[key].name, known[key].initials)
        if key in known
        else ComparedCoder(key, "(a coder who was removed)", "?")
        for key in dict.fromkeys(keys)
    )


class _Gathered:
    """Segments while they are read, with codes numbered as they are met."""

    def __init__(self, frame: CodeFrame) -> None:
        self.frame = frame
        self.raw: list[Segment] = []
        self.used: dict[UUID, int] = {}
        self._numbers: dict[UUID, int] = {}
        self._of_hex: dict[str, int] = {}

    def written(self, code: str) -> int:
        """``number`` of a code as a snapshot writes it; most are met in many of them."""
        known = self._of_hex.get(code)
        if known is None:
            known = self._of_hex[code] = self.number(UUID(hex=code))
        return known

    def number(self, code: UUID) -> int:
        """The number of the code that this one counts as."""
        known = self._numbers.get(code)
        if known is None:
            identity = self.frame.identity(code)
            known = self._numbers[code] = self.used.setdefault(identity, len(self.used))
        return known


def _titles(project: Project) -> dict[UUID, str]:
    return dict(project.connection.execute(select(Document.id, Document.title)).all())


# -- a round ---------------------------------------------------------------------------------


def read_round(
    project: Project, row: RoundRow, coders: Sequence[UUID], documents: Collection[UUID] | None
) -> Reading:
    """The frozen codings of a round: of each document the snapshots that stood when it was
    unsealed. Documents that fewer than two of the coders finished are left out."""
    assigned: dict[UUID, set[UUID]] = {}
    reopened: set[UUID] = set()
    for assignment in project.rounds.assignments(row.id):
        if assignment.task is Task.CODE and assignment.coder in coders:
            assigned.setdefault(assignment.document, set()).add(assignment.coder)
            if assignment.after_unsealing:
                reopened.add(assignment.document)
    grounds = project.rounds.ground(row.id)
    counting: dict[UUID, dict[UUID, UUID]] = {}
    for one in project.rounds.counting(row.id):
        if one.coder in coders:
            counting.setdefault(one.document, {})[one.coder] = one.snapshot
    titles = _titles(project)
    sealed = project.sight.sealed()
    order = {key: at for at, key in enumerate(document_order(project.connection))}
    wanted = [
        key
        for key in dict.fromkeys((*assigned, *counting))
        if documents is None or key in documents
    ]
    wanted.sort(key=lambda key: (order.get(key, len(order)), key))
    left_out: list[LeftOut] = []
    kept: list[UUID] = []
    for key in wanted:
        done = counting.get(key, {})
        why = None
        if key in sealed:
            why = WhyLeftOut.SEALED
        elif len(assigned.get(key, ())) < 2 and len(done) < 2:
            why = WhyLeftOut.ONE_CODER
        elif len(done) < 2 or key not in grounds:
            why = WhyLeftOut.NOT_FINISHED
        if why is None:
            kept.append(key)
        else:
            who = () if why is WhyLeftOut.SEALED else tuple(done)
            left_out.append(LeftOut(key, titles.get(key, GONE), why, who))
    frame = CodeFrame(project, scope=row.codes, **_versions(project, row))
    gathered = _Gathered(frame)
    numbers = {coder: at for at, coder in enumerate(coders)}
    finished = [0] * len(kept)
    digests: list[str] = []
    places = {key: at for at, key in enumerate(kept)}
    for stored in _snapshots(project, [s for key in kept for s in counting[key].values()]):
        at = places[stored.document_id]
        coder = numbers[stored.coder_id]
        finished[at] |= 1 << coder
        digests.append(stored.digest)
        _unpack(stored, at, coder, grounds[stored.document_id], gathered)
    return Reading(
        row,
        compared_coders(project, coders),
        tuple(kept),
        titles,
        tuple(grounds[key].length for key in kept),
        tuple(finished),
        tuple(grounds[key] for key in kept),
        frozenset(reopened & set(kept)),
        frame,
        tuple(gathered.used),
        gathered.raw,
        tuple(left_out),
        tuple(sorted(digests)),
    )


def _versions(project: Project, row: RoundRow) -> dict[str, Any]:
    """The codes that there were when the round was set up and when it was frozen, and what
    they were called then."""
    frozen: UUID | None = None
    for event in project.rounds.events(row.id):
        said = event.data.get("codebook_version")
        if event.kind is RoundEventKind.UNSEALED and isinstance(said, str) and frozen is None:
            frozen = UUID(said)
    codes: dict[UUID | None, frozenset[UUID] | None] = {None: None}
    paths: dict[UUID, tuple[str, ...]] = {}
    for version in (row.codebook_version, frozen):
        if version is None or version in codes:
            continue
        content = project.codebook_versions.content(version)
        codes[version] = frozenset(one.id for one in content if one.merged_into is None)
        paths.update((one.id, one.path) for one in content)
    return {
        "at_start": codes[row.codebook_version],
        "at_freeze": codes[frozen],
        "paths": paths,
    }


def _snapshots(project: Project, keys: Sequence[UUID]) -> Iterable[Any]:
    columns = (
        Snapshot.coder_id,
        Snapshot.document_id,
        Snapshot.edits,
        Snapshot.codings,
        Snapshot.digest,
    )
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        yield from project.connection.execute(select(*columns).where(Snapshot.id.in_(some))).all()


def _unpack(stored: Any, document: int, coder: int, ground: Ground, gathered: _Gathered) -> None:
    """The segments of a snapshot, by the text that was frozen when the round was unsealed."""
    columns = json.loads(stored.codings)
    numbers = [gathered.written(code) for code in columns["codes"]]
    starts, ends = columns["start"], columns["end"]
    edits = read_marks(stored.edits)
    if edits != ground.edits:
        moved = carry_edges(zip(starts, ends, strict=True), edits, ground.edits)
        starts, ends = [span[0] for span in moved], [span[1] for span in moved]
    gathered.raw += [
        (document, numbers[code], coder, start, end)
        for code, start, end in zip(columns["code"], starts, ends, strict=True)
    ]


# -- codings as they stand -------------------------------------------------------------------


def read_present(
    project: Project, coders: Sequence[UUID] | None, documents: Collection[UUID] | None
) -> Reading:
    """Codings as they stand: the documents in which each of the coders coded something; all
    others are left out, since nobody can tell nothing to code from not coded yet. ``coders``
    None: everybody who coded anything. Raises NotAllowed for documents that are sealed."""
    sealed = project.sight.sealed()
    if documents is not None and sealed.intersection(documents):
        raise NotAllowed(
            "These documents are sealed: nobody is compared in them before their round is "
            "unsealed.",
            project.sight.sealed_note(sealed.intersection(documents)),
        )
    titles = _titles(project)
    lengths: dict[UUID, int] = dict(
        project.connection.execute(select(Document.id, Document.length)).all()
    )
    order = [key for key in document_order(project.connection) if key in lengths]
    if documents is not None:
        order = [key for key in order if key in documents]
    there = _who_coded_what(project)
    at_work = {coder for document, coder in there if document not in sealed}
    who = tuple(row.id for row in project.coders.everyone() if row.id in at_work)
    chosen = tuple(who if coders is None else coders)
    left_out: list[LeftOut] = []
    kept: list[UUID] = []
    for key in order:
        done = tuple(coder for coder in chosen if (key, coder) in there)
        if key in sealed:
            left_out.append(LeftOut(key, titles[key], WhyLeftOut.SEALED))
        elif not lengths[key]:
            left_out.append(LeftOut(key, titles[key], WhyLeftOut.EMPTY))
        elif len(done) < len(chosen) or len(done) < 2:
            left_out.append(LeftOut(key, titles[key], WhyLeftOut.NOT_CODED_BY_ALL, done))
        else:
            kept.append(key)
    gathered = _Gathered(CodeFrame(project))
    _gather_present(project, kept, chosen, gathered)
    return Reading(
        None,
        compared_coders(project, chosen),
        tuple(kept),
        titles,
        tuple(lengths[key] for key in kept),
        ((1 << len(chosen)) - 1,) * len(kept),
        (None,) * len(kept),
        frozenset(),
        gathered.frame,
        tuple(gathered.used),
        gathered.raw,
        tuple(left_out),
        (),
    )


_OF_CODERS = (Coding.layer == Layer.CODER.value, Coding.coder_id.is_not(None))


def _who_coded_what(project: Project) -> set[tuple[UUID, UUID]]:
    """The documents and coders of the codings that may be seen; one walk through an index."""
    found: Sequence[Any] = project.connection.execute(
        select(Coding.document_id, Coding.coder_id).where(*_OF_CODERS).distinct()
    ).all()
    return {(row.document_id, row.coder_id) for row in found}


def _gather_present(
    project: Project,
    documents: Sequence[UUID],
    coders: Sequence[UUID],
    gathered: _Gathered,
) -> None:
    """The segments of some coders in some documents. Keys stay bytes as they are stored: two
    hundred thousand of them are looked up in half the time that UUIDs take."""
    keys = (Coding.document_id, Coding.coder_id, Coding.code_id)
    stored = [type_coerce(column, NullType()) for column in keys]
    answer: Any = project.connection.execute(
        select(*stored, Coding.start, Coding.end).where(*_OF_CODERS)
    )
    places = {key.bytes: at for at, key in enumerate(documents)}
    numbers = {key.bytes: at for at, key in enumerate(coders)}
    codes: dict[bytes, int] = {}
    add = gathered.raw.append
    for some in answer.partitions(_ROWS_AT_ONCE):
        for document, coder, code, start, end in some:
            at, who = places.get(document), numbers.get(coder)
            if at is None or who is None:
                continue
            number = codes.get(code)
            if number is None:
                number = codes[code] = gathered.number(UUID(bytes=code))
            add((at, number, who, start, end))
