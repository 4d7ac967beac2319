"""The frameworks and crosswalks that come with the program, and a search over them.

They are read through importlib.resources on first use, so that a checkout, a wheel and a frozen
bundle find them alike. A new preset is one new file in ``data/``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import cache
from importlib.resources import files

from ikt_coder.codebooks.actor import fill_actor
from ikt_coder.codebooks.crosswalk import Crosswalk, parse_crosswalk
from ikt_coder.codebooks.framework import Framework, Node, Tier
from ikt_coder.codebooks.framework_file import parse_framework
from ikt_coder.core.errors import NotFound
from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import FrameworkKind


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
def catalogue() -> tuple[Framework, ...]:
    """Every preset framework: core ones first, then by kind and id."""
    found = [parse_framework(text, name) for name, text in _data() if "--" not in name]
    tiers, kinds = list(Tier), list(FrameworkKind)
    found.sort(key=lambda one: (tiers.index(one.tier), kinds.index(one.kind), one.key))
    return tuple(found)


def framework(key: str) -> Framework:
    """The preset with this id. Raises NotFound that names the ids there are."""
    for found in catalogue():
        if found.key == key:
            return found
    known = ", ".join(one.key for one in catalogue())
    raise NotFound(f"There is no framework “{key}”.", f"There are {known}.")


@cache
def crosswalks() -> tuple[Crosswalk, ...]:
    """Every crosswalk that comes with the program."""
    known = {one.key: one for one in catalogue()}
    return tuple(parse_crosswalk(text, name, known) for name, text in _data() if "--" in name)


def crosswalk(source_key: str, target_key: str) -> Crosswalk:
    """The crosswalk between two presets. Raises NotFound that names those there are."""
    for found in crosswalks():
        if (found.source_framework, found.target_framework) == (source_key, target_key):
            return found
    known = ", ".join(f"{one.source_framework} to {one.target_framework}" for one in crosswalks())
    raise NotFound(
        f"There is no crosswalk from “{source_key}” to “{target_key}”.",
        f"There are {known}.",
    )


def search(query: str, within: Iterable[Framework] | None = None) -> tuple[Hit, ...]:
    """The nodes in whose name, synonyms, constructs or definition every word of ``query`` occurs.

    Each node comes once, for its best place; whole matches come before partial ones. Case,
    accents, hyphens and British or American spelling make no difference. ``within`` limits the
    search to some frameworks; without it all presets are searched.
    """
    words = _fold(query).split()
    if not words:
        return ()
    whole = " ".join(words)
    ranked: list[tuple[tuple[int, int], int, Hit]] = []
    for source in catalogue() if within is None else within:
        for node in source.nodes:
            best: tuple[tuple[int, int], Hit] | None = None
            for place, text in _texts(node):
                folded = _fold(text)
                if all(word in folded for word in words):
                    exactness = 0 if folded == whole else 1 if folded.startswith(whole) else 2
                    rank = (exactness, int(place))
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


def _fold(text: str) -> str:
    """Text for comparing: no case, accents, punctuation or transatlantic differences."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(
        ch if ch.isalnum() else " " for ch in bare if unicodedata.category(ch) != "Mn"
    )
    return " ".join(letters.replace("z", "s").replace("our", "or").split())


def _data() -> Iterator[tuple[str, str]]:
    folder = files("ikt_coder.codebooks") / "data"
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.name.endswith(".json"):
            yield entry.name, entry.read_text(encoding="utf-8")
