"""An analysis as bytes, to be kept beside its text."""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from typing import Final

from ikt_coder.text.analysis import PARTS, Analysis

FORMAT: Final = 1
_HEAD: Final = struct.Struct("<4sBIII")  # mark, format, tokens, sentences, bytes of the words
_MARK: Final = b"IKTA"
_WORD: Final = 4  # bytes of a number
_MOST: Final = 1 << 28  # no text needs more; a damaged file must not fill the memory


def to_bytes(analysis: Analysis) -> bytes:
    """Packed, about a third of the text's size."""
    words = "\0".join((analysis.pipeline, *analysis.lemmas)).encode()
    body = b"".join(
        (
            words,
            _packed(_gaps(analysis.starts)),
            _packed(_lengths(analysis.starts, analysis.ends)),
            _packed(analysis.lemma_ids),
            analysis.parts,
            analysis.flags,
            _packed(_gaps(analysis.sentence_starts)),
            _packed(_lengths(analysis.sentence_starts, analysis.sentence_ends)),
        )
    )
    head = _HEAD.pack(_MARK, FORMAT, len(analysis), len(analysis.sentence_starts), len(words))
    return head + zlib.compress(body, 6)


def from_bytes(data: bytes, length: int) -> Analysis:
    """What ``to_bytes`` packed, for a text of ``length`` code points. Raises ValueError where
    it is of another format, damaged, or does not fit such a text."""
    try:
        mark, form, tokens, sentences, size = _HEAD.unpack_from(data)
        if (mark, form) != (_MARK, FORMAT):
            raise ValueError("another format")
        whole = size + tokens * (3 * _WORD + 2) + sentences * 2 * _WORD
        if whole > _MOST:
            raise ValueError("too large")
        unpacking = zlib.decompressobj()
        body = unpacking.decompress(data[_HEAD.size :], whole + 1)
        if len(body) != whole:
            raise ValueError("cut off")
        pipeline, *lemmas = body[:size].decode().split("\0")
        at = size

        def taken(count: int) -> bytes:
            nonlocal at
            at += count
            return body[at - count : at]

        starts = _sums(_unpacked(taken(tokens * _WORD)))
        ends = _ends(starts, _unpacked(taken(tokens * _WORD)))
        ids = _unpacked(taken(tokens * _WORD))
        parts, flags = taken(tokens), taken(tokens)
        sentence_starts = _sums(_unpacked(taken(sentences * _WORD)))
        sentence_ends = _ends(sentence_starts, _unpacked(taken(sentences * _WORD)))
        if tokens and (max(ends) > length or max(ids) >= len(lemmas) or max(parts) >= len(PARTS)):
            raise ValueError("does not fit")
        if sentences and max(sentence_ends) > length:
            raise ValueError("does not fit")
    except (struct.error, zlib.error, UnicodeDecodeError, OverflowError) as error:
        raise ValueError("damaged") from error
    return Analysis(
        pipeline, starts, ends, tuple(lemmas), ids, parts, flags, sentence_starts, sentence_ends
    )


def _gaps(places: array[int]) -> array[int]:
    """Each place by its distance from the one before: small numbers pack well."""
    before = 0
    gaps = array("I")
    for place in places:
        gaps.append(place - before)
        before = place
    return gaps


def _sums(gaps: array[int]) -> array[int]:
    at = 0
    places = array("I")
    for gap in gaps:
        at += gap
        places.append(at)
    return places


def _lengths(starts: array[int], ends: array[int]) -> array[int]:
    return array("I", [end - start for start, end in zip(starts, ends, strict=True)])


def _ends(starts: array[int], lengths: array[int]) -> array[int]:
    return array("I", [start + length for start, length in zip(starts, lengths, strict=True)])


def _packed(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def _unpacked(data: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
