"""What two files knew of each other when they parted."""

from __future__ import annotations

import json
import sqlite3
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.ops import Op
from ikt_coder.services.merging.past_rows import operations
from ikt_coder.services.merging.rows import FileKind
from ikt_coder.storage import journal


@frozen
class Parting:
    """``theirs_known`` is the last operation of the other file whose outcome this one knows,
    ``ours_known`` the last one of this file that the other knows; None: nothing is known.
    ``lineage`` names the other file, ``last`` its newest operation."""

    kind: FileKind
    lineage: UUID
    last: UUID
    last_seq: int
    theirs_known: int | None
    ours_known: int | None
    withheld: bool  # one of the two is a coder's copy, in which some fields were left empty


def parting(ours: sqlite3.Connection, theirs: sqlite3.Connection) -> Parting:
    """Find out from operations, origins and earlier merges what both know."""
    here, there = operations(ours), operations(theirs)
    ours_by_id = {key: seq for seq, key in here}
    theirs_by_id = {key: seq for seq, key in there}
    prefix = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        prefix = one[0]
    theirs_known, ours_known = [prefix], [prefix]
    theirs_known += [theirs_by_id[key] for key in _merged(ours) if key in theirs_by_id]
    ours_known += [ours_by_id[key] for key in _merged(theirs) if key in ours_by_id]
    our_origin, their_origin = _origin(ours), _origin(theirs)
    related = prefix > 0
    if their_origin is not None and their_origin[2] in ours_by_id:
        theirs_known.append(_begin(theirs))
        ours_known.append(ours_by_id[their_origin[2]])
        related = True
    if our_origin is not None and our_origin[2] in theirs_by_id:
        theirs_known.append(theirs_by_id[our_origin[2]])
        ours_known.append(_begin(ours))
        related = True
    projects = {_project(ours), _project(theirs)}
    projects |= {origin[1] for origin in (our_origin, their_origin) if origin is not None}
    origins = our_origin is not None or their_origin is not None
    if origins and (related or len(projects) == 1 or _cousins(our_origin, their_origin)):
        kind = FileKind.COPY
    elif prefix or len(projects) == 1:
        kind = FileKind.SAME
    else:
        kind = FileKind.OTHER
    last_seq, last = there[-1]
    return Parting(
        kind=kind,
        lineage=UUID(bytes=_project(theirs) if their_origin is None else their_origin[0]),
        last=UUID(bytes=last),
        last_seq=last_seq,
        theirs_known=_above_floor(theirs, max(theirs_known)),
        ours_known=_above_floor(ours, max(ours_known)),
        withheld=origins,
    )


def _above_floor(driver: sqlite3.Connection, seq: int) -> int | None:
    """None where the images of what came after were erased or compacted away."""
    return seq if seq and seq >= journal.floor(driver) else None


def _merged(driver: sqlite3.Connection) -> list[bytes]:
    """The newest operations of files whose work is in this one: of those brought in, and of
    those that others were brought into which came here in turn."""
    found: list[bytes] = []
    for last, counts in driver.execute("SELECT last_operation, counts FROM merged_copy"):
        found.append(last)
        after = json.loads(counts or "{}").get("after")
        if after:
            found.append(bytes.fromhex(after))
    return found


def _origin(driver: sqlite3.Connection) -> tuple[bytes, bytes, bytes] | None:
    """Lineage, project and operation a coder's copy came from."""
    row = driver.execute("SELECT id, project, operation FROM copy_origin").fetchone()
    return None if row is None else (row[0], row[1], row[2])


def _cousins(
    ours: tuple[bytes, bytes, bytes] | None, theirs: tuple[bytes, bytes, bytes] | None
) -> bool:
    """Whether both are copies of one project."""
    return ours is not None and theirs is not None and ours[1] == theirs[1]


def _begin(driver: sqlite3.Connection) -> int:
    """The operation that wrote a coder's copy."""
    (seq,) = driver.execute(
        "SELECT coalesce(max(seq), 0) FROM operation WHERE kind = ?", (Op.BEGIN_COPY.value,)
    ).fetchone()
    return int(seq)


def _project(driver: sqlite3.Connection) -> bytes:
    row = driver.execute("SELECT id FROM project").fetchone()
    return b"" if row is None else bytes(row[0])


def state_of(driver: sqlite3.Connection) -> str:
    """What a file's state is known by: its newest operation."""
    return UUID(bytes=operations(driver)[-1][1]).hex
