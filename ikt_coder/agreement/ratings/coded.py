"""The coded spans of documents, read from data and numbered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ikt_coder.agreement.counts import CodedDocument, Counts, Segment, count
from ikt_coder.agreement.ratings.shape import (
    LONGEST_TEXT,
    DataError,
    capital,
    category,
    coder_count,
    distinct,
    edges,
    mapping,
    sequence,
    span,
    text,
    whole,
)
from ikt_coder.agreement.spans import Pair
from ikt_coder.core.frozen import frozen


@frozen
class Coded:
    """The spans of some codes, numbered."""

    coders: Sequence[str]
    documents: Sequence[Any]
    codes: Sequence[Any]
    grounds: Sequence[CodedDocument]
    units: Sequence[Mapping[str, tuple[tuple[int, int], ...]]]
    segments: Sequence[Segment]

    def only(self, codes: Sequence[Any]) -> Coded:
        """The same with some of the codes."""
        numbers = {self.codes.index(code): at for at, code in enumerate(codes)}
        kept = [
            (document, numbers[code], coder, start, end)
            for document, code, coder, start, end in self.segments
            if code in numbers
        ]
        return Coded(self.coders, self.documents, codes, self.grounds, self.units, kept)

    def counts(self) -> Counts:
        return count(self.grounds, self.segments, codes=len(self.codes), coders=len(self.coders))


def read(data: Mapping[str, Any]) -> Coded:
    """The object of type "spans". Raises DataError."""
    coders = distinct(
        [text(one, "a coder") for one in sequence(data.get("coders"), "“coders”")], "coders"
    )
    coder_count(len(coders))
    if data.get("unit", "character") not in ("character", "characters"):
        raise DataError("“unit” of spans is character; larger units are named in “params”.")
    given = [mapping(one, "a document") for one in sequence(data.get("documents"), "“documents”")]
    documents = [category(one.get("id"), "a document’s “id”") for one in given]
    if len(set(documents)) != len(documents):
        raise DataError("Two documents have the same “id”.")
    lengths = [
        whole(one.get("length"), f"the length of document “{one['id']}”", 0, LONGEST_TEXT)
        for one in given
    ]
    present = _present(data, coders, documents)
    grounds = [CodedDocument(length, mask) for length, mask in zip(lengths, present, strict=True)]
    units = [_units(one, length) for one, length in zip(given, lengths, strict=True)]
    if "units" in data:
        if len(given) != 1:
            raise DataError("“units” of several documents stand in each document.")
        units = [_units(data, lengths[0])]
    codes = {
        category(one, "a code"): None for one in sequence(data.get("codebook", []), "“codebook”")
    }
    segments: list[tuple[int, Any, int, int, int]] = []
    place = {one: at for at, one in enumerate(documents)}
    number = {one: at for at, one in enumerate(coders)}
    for at, one in enumerate(sequence(data.get("segments"), "“segments”"), start=1):
        what = f"segment {at}"
        one = mapping(one, what)
        document = _known(one.get("document"), place, f"the document of {what}")
        coder = _known(one.get("coder"), number, f"the coder of {what}")
        code = category(one.get("code"), f"the code of {what}")
        codes.setdefault(code)
        start, end = edges(one.get("start"), one.get("end"), lengths[document], what)
        segments.append((document, code, coder, start, end))
    order = {code: at for at, code in enumerate(codes)}
    return Coded(
        coders,
        documents,
        list(codes),
        grounds,
        units,
        [(d, order[code], coder, start, end) for d, code, coder, start, end in segments],
    )


def _present(data: Mapping[str, Any], coders: Sequence[str], documents: Sequence[Any]) -> list[int]:
    """For each document the coders who finished it; all of them where nothing is said."""
    if "assigned" not in data:
        return [(1 << len(coders)) - 1] * len(documents)
    place = {one: at for at, one in enumerate(documents)}
    number = {one: at for at, one in enumerate(coders)}
    masks = [0] * len(documents)
    for coder, theirs in mapping(data["assigned"], "“assigned”").items():
        bit = 1 << _known(coder, number, "a coder of “assigned”")
        for one in sequence(theirs, f"what is assigned to “{coder}”"):
            masks[_known(one, place, "a document of “assigned”")] |= bit
    return masks


def _known(value: object, known: Mapping[Any, int], what: str) -> int:
    key = category(value, what)
    if key not in known:
        raise DataError(f"{capital(what)}, “{key}”, is not in the data.")
    return known[key]


def _units(holder: Mapping[str, Any], length: int) -> dict[str, tuple[Pair, ...]]:
    found: dict[str, tuple[Pair, ...]] = {}
    for name, given in mapping(holder.get("units", {}), "“units”").items():
        spans = tuple(
            span(one, length, f"a unit “{name}”") for one in sequence(given, f"the units “{name}”")
        )
        before = 0
        for start, end in spans:
            if start < before:
                raise DataError(f"The units “{name}” overlap or are out of order at {start}.")
            before = end
        found[name] = spans
    return found
