"""Which codes a few typed letters mean, best first."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.services.rows import CodeRow


@frozen
class Match:
    """A code that fits; ``runs`` are half-open pieces of its name (code points) that matched."""

    code: CodeRow
    runs: tuple[tuple[int, int], ...] = ()


def rank(query: str, codes: Iterable[CodeRow], recent: Sequence[UUID] = ()) -> list[Match]:
    """The codes that can be applied and fit ``query``.

    First names that start with the letters, then recently used codes, then names with a word
    that starts so, then names that hold the letters, then codes below a name that does.
    Several words must all be found. With no letters: recent codes, then the codebook's order.
    """
    wanted = folded(query).split()
    place = {code: number for number, code in enumerate(recent)}
    last = len(place)
    found: list[tuple[int, int, int, Match]] = []
    for number, code in enumerate(codes):
        if not code.applicable:
            continue
        recency = place.get(code.id, last)
        if not wanted:
            found.append((0 if code.id in place else 1, recency, number, Match(code)))
            continue
        fit = _fit(code, wanted)
        if fit is None:
            continue
        kind, runs = fit
        if kind > 0 and kind < 4 and code.id in place:
            kind = 1
        found.append((kind, recency, number, Match(code, runs)))
    found.sort(key=lambda entry: entry[:3])
    return [match for *_, match in found]


def same_name(query: str, codes: Iterable[CodeRow]) -> CodeRow | None:
    """The code whose name is just what was typed, apart from case and accents."""
    name = " ".join(folded(query).split())
    return next((c for c in codes if " ".join(folded(c.name).split()) == name), None)


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Lower case without accents, code point for code point."""
    return "".join(_plain(character) for character in text)


def _plain(character: str) -> str:
    first = unicodedata.normalize("NFD", character)[0].casefold()
    return first if len(first) == 1 else character


def _fit(code: CodeRow, wanted: list[str]) -> tuple[int, tuple[tuple[int, int], ...]] | None:
    name = folded(code.name)
    whole = " ".join(wanted)
    if name.startswith(whole):
        return 0, ((0, len(whole)),)
    runs: list[tuple[int, int]] = []
    kind = 2
    for word in wanted:
        at = _word_start(name, word)
        if at < 0:
            at = name.find(word)
            kind = 3
        if at < 0:
            path = folded(" ".join(code.path[:-1]))
            return (4, ()) if all(w in path or w in name for w in wanted) else None
        runs.append((at, at + len(word)))
    return kind, tuple(sorted(runs))


def _word_start(name: str, word: str) -> int:
    at = name.find(word)
    while at > 0 and name[at - 1].isalnum():
        at = name.find(word, at + 1)
    return at
