"""Writing values of attributes as they are kept, a few or all of a large study at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from uuid import UUID

from ikt_coder.core.ids import derived_keys
from ikt_coder.core.words import Subject
from ikt_coder.model.base import keepable
from ikt_coder.storage.journal import room
from ikt_coder.storage.operation import Operation

Place = tuple[UUID, UUID]
"""A participant, document or study, and an attribute."""

OWNER_COLUMNS: Final = {
    Subject.PARTICIPANT: "participant_id",
    Subject.DOCUMENT: "document_id",
    Subject.STUDY: "study_id",
}
"""The column of a value that says whose it is."""

_AT_ONCE: Final = 500  # keys in one statement


def put_values(op: Operation, subjects: Mapping[UUID, Subject], kept: Mapping[Place, str]) -> None:
    """Write values as they are kept; an empty one takes the value away. ``subjects`` tells of
    each attribute whose values it has. What stands there already is not written again."""
    # With the driver, keys as bytes: objects for each key and row would take longer than the
    # database does. In the order of the keys, so that neighbours in its index are written
    # together, and undone together; else each row would touch another page of the file.
    places = sorted(_keyed(kept))
    there = _there(op.raw, [key for key, _, _, _ in places])
    new: dict[Subject, list[tuple[bytes, bytes, bytes, str]]] = {}
    changed: list[tuple[str, bytes]] = []
    gone: list[tuple[bytes]] = []
    for key, owner, attribute, text in places:
        before = there.get(key)
        if text == (before or ""):
            continue
        if not text:
            gone.append((key,))
        elif before is not None:
            changed.append((text, key))
        else:
            rows = new.setdefault(subjects[attribute], [])
            rows.append((key, attribute.bytes, owner.bytes, text))
    with room(op.raw, len(places)):
        _write(op.raw, new, changed, gone)


def _write(
    driver: sqlite3.Connection,
    new: Mapping[Subject, list[tuple[bytes, bytes, bytes, str]]],
    changed: list[tuple[str, bytes]],
    gone: list[tuple[bytes]],
) -> None:
    for subject, rows in new.items():
        driver.executemany(
            f"INSERT INTO attribute_value(id, attribute_id, {OWNER_COLUMNS[subject]}, value)"
            " VALUES (?, ?, ?, ?)",
            rows,
        )
    if changed:
        driver.executemany("UPDATE attribute_value SET value = ? WHERE id = ?", changed)
    if gone:
        driver.executemany("DELETE FROM attribute_value WHERE id = ?", gone)


def _keyed(kept: Mapping[Place, str]) -> Iterator[tuple[bytes, UUID, UUID, str]]:
    """Each value with the key of its row."""
    of_owner: dict[UUID, list[UUID]] = {}
    for owner, attribute in kept:
        of_owner.setdefault(owner, []).append(attribute)
    for owner, attributes in of_owner.items():
        for key, attribute in zip(derived_keys(owner, attributes), attributes, strict=True):
            yield key, owner, attribute, keepable(kept[owner, attribute])


def _there(driver: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, str]:
    """The values that stand under these keys."""
    found: dict[bytes, str] = {}
    for some in _chunks(keys):
        signs = ", ".join("?" * len(some))
        found.update(
            driver.execute(f"SELECT id, value FROM attribute_value WHERE id IN ({signs})", some)
        )
    return found


def _chunks(keys: Sequence[bytes]) -> Iterable[Sequence[bytes]]:
    """Few enough keys at a time for one statement."""
    return (keys[at : at + _AT_ONCE] for at in range(0, len(keys), _AT_ONCE))
