"""Identities: time-ordered UUIDs (RFC 9562, version 7)."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Iterable
from uuid import UUID

__all__ = ["UUID", "derived_id", "derived_keys", "new_id"]

# The last clock value given out, and the lock that keeps threads from giving it out twice.
_last = [0]
_turn = threading.Lock()


def new_id() -> UUID:
    """A new identity. Those made later by this process sort later.

    The 48-bit millisecond clock and a 12-bit counter lead, 62 random bits follow.
    """
    # Milliseconds and sub-milliseconds in one number, pushed on where the clock stands still.
    with _turn:
        now = max(time.time_ns() * 4096 // 1_000_000, _last[0] + 1)
        _last[0] = now
    value = (now >> 12) << 80 | 0x7 << 76 | (now & 0xFFF) << 64
    value |= 0b10 << 62 | int.from_bytes(os.urandom(8), "big") >> 2
    return UUID(int=value)


def derived_id(*parts: UUID | str) -> UUID:
    """The identity of a pairing (coding and level, theme and code).

    The same pair made in two copies of a project gets the same identity, so that merging
    them leaves one.
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part.bytes if isinstance(part, UUID) else part.encode()
        digest.update(len(data).to_bytes(4, "big") + data)
    # Version 8 (RFC 9562, "custom"), set by hand: Python 3.11 knows versions up to 5.
    value = int.from_bytes(digest.digest()[:16])
    value = value & ~(0xF << 76) | 0x8 << 76
    value = value & ~(0b11 << 62) | 0b10 << 62
    return UUID(int=value)


def derived_keys(first: UUID, others: Iterable[UUID]) -> list[bytes]:
    """The bytes of ``derived_id(first, other)`` for each of ``others``, for many at once."""
    begun = hashlib.sha256(b"\x00\x00\x00\x10" + first.bytes + b"\x00\x00\x00\x10")
    keys = []
    for other in others:
        digest = begun.copy()
        digest.update(other.bytes)
        key = bytearray(digest.digest()[:16])
        key[6] = key[6] & 0x0F | 0x80
        key[8] = key[8] & 0x3F | 0x80
        keys.append(bytes(key))
    return keys
