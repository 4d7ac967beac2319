"""Messages between the program and its process for language pipelines, over plain pipes.

Only these two processes write into the pipes, and both are this program: what comes out of them
may be unpickled.
"""

from __future__ import annotations

import os
import pickle
import struct
from typing import Any, Final

_SIZE: Final = struct.Struct("<Q")
_AT_ONCE: Final = 1 << 20


def send(pipe: int, message: object) -> None:
    """Write a message. Raises OSError where nobody reads any more."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    left = memoryview(_SIZE.pack(len(data)) + data)
    while left:
        left = left[os.write(pipe, left) :]


def receive(pipe: int) -> Any:
    """Wait for a message. Raises EOFError where the other side has ended."""
    (size,) = _SIZE.unpack(_read(pipe, _SIZE.size))
    return pickle.loads(_read(pipe, size))


def _read(pipe: int, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        try:
            piece = os.read(pipe, min(_AT_ONCE, size - len(data)))
        except OSError as error:  # Windows says so where the other side has ended
            raise EOFError from error
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)
