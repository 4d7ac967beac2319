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
    digest = hashlib.sha256(b"".join([_framed(part) for part in parts]))
    return UUID(int=_identity(digest.digest()))


def derived_keys(first: UUID, others: Iterable[UUID]) -> list[bytes]:
    """The bytes of ``derived_id(first, other)`` for each of ``others``, for many at once: the
    same for all is digested once, and no object is made for each."""
    begun = hashlib.sha256(_framed(first) + _length(first.bytes))  # the others are as long
    keys = []
    for other in others:
        digest = begun.copy()
        digest.update(other.bytes)
        keys.append(_identity(digest.digest()).to_bytes(16))
    return keys


def _framed(part: UUID | str) -> bytes:
    """A part with its length before it, so that "ab", "c" is not "a", "bc"."""
    data = part.bytes if isinstance(part, UUID) else part.encode()
    return _length(data) + data


def _length(data: bytes) -> bytes:
    return len(data).to_bytes(4)


# Version 8 (RFC 9562, "custom"), set by hand: Python 3.11 knows versions up to 5.
_MARKS = 0x8 << 76 | 0b10 << 62
_UNMARKED = ~(0xF << 76 | 0b11 << 62)


def _identity(digest: bytes) -> int:
    """The identity that follows from a digest."""
    return int.from_bytes(digest[:16]) & _UNMARKED | _MARKS
