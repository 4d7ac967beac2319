"""Identities: time-ordered UUIDs (RFC 9562, version 7)."""

from __future__ import annotations

import hashlib
import os
import time
from uuid import UUID

__all__ = ["UUID", "derived_id", "new_id"]

_last = 0


def new_id() -> UUID:
    """A new identity. Those made later by this process sort later.

    The 48-bit millisecond clock and a 12-bit counter lead, 62 random bits follow.
    """
    global _last
    # Milliseconds and sub-milliseconds in one number, pushed on where the clock stands still.
    now = time.time_ns() * 4096 // 1_000_000
    _last = now if now > _last else _last + 1
    value = (_last >> 12) << 80 | 0x7 << 76 | (_last & 0xFFF) << 64
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
    return UUID(bytes=digest.digest()[:16], version=8)
