"""The frameworks and crosswalks that come with the program, and a search over them.

Each is read through importlib.resources when it is first asked for, so that a checkout, a wheel
and a frozen bundle find them alike and the start of the program reads none. A new preset is one
new file in ``data/``, named by its id; ``from--to`` is a crosswalk.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files

from ikt_coder.codebooks.actor import fill_actor
from ikt_coder.codebooks.crosswalk import Crosswalk, parse_crosswalk
from ikt_coder.codebooks.framework import Applies, Framework, Node, Tier
from ikt_coder.codebooks.framework_file import parse_framework
from ikt_coder.core.errors import NotFound
from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import FrameworkKind

_JOINED = "--"


class Place(IntEnum):
    """Where in a node a search found its words; earlier ones are listed first."""

    NAME = 1
    SYNONYM = 2
    CONSTRUCT = 3
    DEFINITION = 4


@frozen
class Hit:
    """A node that a search found, with the text that matched."""

    framework: Framework
    node: Node
    place: Place
    text: str


@cache
def keys() -> tuple[str, ...]:
    """The ids of all presets, examples too; no file is read for them."""
    return tuple(name for name in _names() if _JOINED not in name)


@cache
def catalogue() -> tuple[Framework, ...]:
    """Every preset that is offered: core ones first, then by what they are used on, kind and
    id. This reads all files; ``find_framework`` reads one."""
    found = [framework(key) for key in keys()]
    tiers, kinds, uses = list(Tier), list(FrameworkKind), list(Applies)

    def order(one: Framework) -> tuple[int, int, int, str]:
        used = min(map(uses.index, one.applies_to), default=len(uses))
        return tiers.index(one.tier), used, kinds.index(one.kind), one.key

    found.sort(key=order)
    return tuple(one for one in found if one.tier is not Tier.EXAMPLE)


def find_framework(key: str | None) -> Framework | None:
    """The preset with this id, examples too; None where there is no such one."""
    return _read_framework(key) if key in keys() else None


def framework(key: str) -> Framework:
    """The preset with this id, examples too. Raises NotFound that names the ids there are."""
    found = find_framework(key)
    if found is None:
        known = ", ".join(one.key for one in catalogue())
        raise NotFound(f"There is no framework “{key}”.", f"There are {known}.")
    return found


@cache
def _read_framework(key: str) -> Framework:
    return parse_framework(_text(key), f"{key}.json")


@cache
def crosswalks() -> tuple[Crosswalk, ...]:
    """Every crosswalk that comes with the program. This reads many files; ask for those from
    one framework where that is enough."""
    return tuple(_read_crosswalk(name) for name in _names() if _JOINED in name)


def crosswalks_from(key: str | None) -> tuple[Crosswalk, ...]:
    """The crosswalks that start from a framework."""
    start = f"{key}{_JOINED}"
    return tuple(_read_crosswalk(name) for name in _names() if name.startswith(start))


def derivation_from(key: str | None) -> Crosswalk | None:
    """The crosswalk that fills a column beside the codes of a framework by itself."""
    return next((one for one in crosswalks_from(key) if one.derives), None)


@cache
def derivations() -> tuple[Crosswalk, ...]:
    """The crosswalks that fill a column by themselves: COM-B beside TDF."""
    return tuple(one for one in crosswalks() if one.derives)


def crosswalk(source_key: str, target_key: str) -> Crosswalk:
    """The crosswalk between two presets. Raises NotFound that names those there are."""
    name = f"{source_key}{_JOINED}{target_key}"
    if name in _names():
        return _read_crosswalk(name)
    known = ", ".join(f"{one.source_framework} to {one.target_framework}" for one in crosswalks())
    raise NotFound(
        f"There is no crosswalk from “{source_key}” to “{target_key}”.",
        f"There are {known}.",
    )


@cache
def _read_crosswalk(name: str) -> Crosswalk:
    ends = name.split(_JOINED)
    known = {end: one for end in ends if (one := find_framework(end)) is not None}
    return parse_crosswalk(_text(name), f"{name}.json", known)


def search(query: str, within: Iterable[Framework] | None = None) -> tuple[Hit, ...]:
    """The nodes in whose name, synonyms, constructs or definition every word of ``query`` occurs.

    Each node comes once, for its best place; whole matches come before partial ones, and core
    frameworks before others. Case, accents, hyphens and British or American spelling make no
    difference. ``within`` limits the search to some frameworks; without it all presets are
    searched.
    """
    words = _fold(query).split()
    if not words:
        return ()
    whole = " ".join(words)
    tiers = list(Tier)
    ranked: list[tuple[tuple[int, int, int], int, Hit]] = []
    for source in catalogue() if within is None else within:
        tier = tiers.index(source.tier)
        for node in source.nodes:
            best: tuple[tuple[int, int, int], Hit] | None = None
            for place, text in _texts(node):
                folded = _fold(text)
                if all(word in folded for word in words):
                    exactness = 0 if folded == whole else 1 if folded.startswith(whole) else 2
                    rank = (exactness, tier, int(place))
                    if best is None or rank < best[0]:
                        best = rank, Hit(source, node, place, text)
            if best is not None:
                ranked.append((best[0], len(ranked), best[1]))
    ranked.sort(key=lambda entry: entry[:2])
    return tuple(hit for _, _, hit in ranked)


def _texts(node: Node) -> Iterator[tuple[Place, str]]:
    yield Place.NAME, node.name
    for synonym in node.synonyms:
        yield Place.SYNONYM, synonym
    for construct in node.constructs:
        yield Place.CONSTRUCT, construct.name
    if node.definition:
        yield Place.DEFINITION, fill_actor(node.definition)


@lru_cache(maxsize=32_768)
def _fold(text: str) -> str:
    """Text for comparing: no case, accents, punctuation or transatlantic differences."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(
        ch if ch.isalnum() else " " for ch in bare if unicodedata.category(ch) != "Mn"
    )
    return " ".join(letters.replace("z", "s").replace("our", "or").split())


@cache
def _names() -> tuple[str, ...]:
    folder = files("ikt_coder.codebooks") / "data"
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


def _text(name: str) -> str:
    return (files("ikt_coder.codebooks") / "data" / f"{name}.json").read_text(encoding="utf-8")
