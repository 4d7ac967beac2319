"""What a preset framework holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from ikt_coder.codebooks.actor import fill_actor
from ikt_coder.core.errors import NotFound
from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import FrameworkKind, Pattern, Valence

OWN_SETS = "own-"
"""What the keys of a project's own level sets begin with; no framework's id may."""


class Status(StrEnum):
    """How far a fact was checked: read in a source, known from memory of it, or no published
    fact but a proposal of our own."""

    RETRIEVED = "retrieved"
    RECALLED = "recalled"
    OWN = "own"


class Tier(StrEnum):
    """How a framework is offered: at once, on asking, or for special needs. An example is data
    for a demonstration and is never offered."""

    CORE = "core"
    RECOMMENDED = "recommended"
    EXTENDED = "extended"
    EXAMPLE = "example"


class Applies(StrEnum):
    """What a framework is used on."""

    SEGMENT = "segment"
    CODING = "coding"
    DOCUMENT = "document"
    EVENT = "event"
    RECOMMENDATION = "recommendation"
    CASE = "case"
    PROJECT = "project"


class AnswerKind(StrEnum):
    """How a question of a charting form is answered."""

    ONE = "one"
    SEVERAL = "several"
    TEXT = "text"


class Autofill(StrEnum):
    """Where a checklist's item can get its text from; it stays a draft for the author."""

    AUTO = "auto"
    ASSIST = "auto_assist"
    ENGAGEMENT_LOG = "engagement_log"
    REFLEXIVITY_JOURNAL = "reflexivity_journal"
    DOCUMENT_ATTRIBUTES = "document_attributes"
    PROJECT = "project"
    MANUAL = "manual"


class ValueType(StrEnum):
    """How many values of a dimension a coding can have."""

    SINGLE = "single"
    SINGLE_OR_NULL = "single_or_null"
    SET = "set"


@frozen
class Verification:
    """How far a claim was checked; ``sources`` are DOIs with the place in the paper."""

    claim: str
    status: Status
    note: str = ""
    sources: tuple[str, ...] = ()


@frozen
class Citation:
    """A published source; authors are written "Michie S"."""

    authors: tuple[str, ...]
    year: int | None
    title: str
    source: str = ""
    doi: str = ""

    @property
    def short(self) -> str:
        """The form used in running text: "Cane et al., 2012"."""
        family = [re.sub(r" [A-Z]{1,4}$", "", author) for author in self.authors]
        if not family:
            who = self.title
        elif len(family) > 2:
            who = f"{family[0]} et al."
        else:
            who = " & ".join(family)
        return f"{who}, {self.year or 'n.d.'}"

    @property
    def reference(self) -> str:
        """The whole reference on one line."""
        parts = [", ".join(self.authors), self.title, self.source, str(self.year or "")]
        # A title that asks or exclaims has its end already: no full stop after "a map?".
        ended = [part if part.endswith(("?", "!")) else f"{part.rstrip('.')}." for part in parts]
        text = " ".join(end for part, end in zip(parts, ended, strict=True) if part)
        return f"{text} https://doi.org/{self.doi}" if self.doi else text


@frozen
class Construct:
    """A named idea inside a node, such as self-efficacy in TDF's Beliefs about capabilities."""

    name: str
    status: Status | None


@frozen
class Node:
    """One entry of a framework: a code, a level, a dimension or one of its values.

    ``colour`` (a palette name or #rrggbb) and ``pattern`` are suggestions. ``ring`` is a level's
    place in the ring figure, 1 in the middle. A dimension has ``value_type``, and ``schemes``
    where its values are the nodes of other frameworks; its values have ``value``, the word or
    number that a coding stores. ``applicable`` is False for a heading that only groups.
    ``number`` is its own in the source's list (item 12, level 3), ``size`` how many entries of
    the source it stands for, ``source_n`` how many studies of the source found it. A code made
    from it starts with ``valence``.
    """

    key: str
    name: str
    parent: str | None
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    source_wording: str = ""
    source_page: str = ""
    constructs: tuple[Construct, ...] = ()
    synonyms: tuple[str, ...] = ()
    checked: Verification | None = None
    colour: str | None = None
    pattern: Pattern | None = None
    ring: int | None = None
    applicable: bool = True
    value_type: ValueType | None = None
    value: str | int | None = None
    sign: int | None = None
    magnitude: int | None = None
    schemes: tuple[str, ...] = ()
    default_scheme: str | None = None
    short_name: str = ""
    number: int | None = None
    autofill: Autofill | None = None
    size: int | None = None
    source_n: int | None = None
    valence: Valence | None = None

    def definition_for(self, actor: str = "") -> str:
        """The definition with the project's focal actor in place of ``{actor}``."""
        return fill_actor(self.definition, actor)


@frozen
class RatingScale:
    """The scale of a rating per case and the rule that seeds it from codings."""

    lowest: int
    highest: int
    rule: str


@frozen
class Field:
    """A question of the charting form.

    Its options are the nodes below the node ``under``; those of the whole framework where it is
    None; none for a text. ``ordered`` options go from less to more. With ``basis`` it is asked
    whether the source says so or whether it was concluded. ``not_reported`` is the id under
    which *Not reported* goes into exports; a node of this id is no option.
    """

    key: str
    name: str
    kind: AnswerKind
    definition: str = ""
    under: str | None = None
    ordered: bool = False
    basis: bool = False
    not_reported: str = ""


@dataclass(frozen=True)
class Framework:
    """A preset. ``key`` is its id in the file; ``nodes`` stand in the order of the file.

    ``purpose`` says in one line what it is for. ``source_label`` names the source in lists
    where author and year alone would mislead. ``fields`` are its questions in charting forms.
    """

    key: str
    name: str
    short_name: str
    version: str
    kind: FrameworkKind
    nodes: tuple[Node, ...]
    tier: Tier = Tier.EXTENDED
    citation: Citation | None = None
    further_citations: tuple[Citation, ...] = ()
    licence: str = ""
    definitions_label: str = ""
    several: bool = True
    verification: tuple[Verification, ...] = ()
    guidance: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    rating: RatingScale | None = None
    applies_to: tuple[Applies, ...] = ()
    purpose: str = ""
    source_label: str = ""
    fields: tuple[Field, ...] = ()

    @cached_property
    def _by_key(self) -> dict[str, Node]:
        return {node.key: node for node in self.nodes}

    @cached_property
    def _children(self) -> dict[str | None, tuple[Node, ...]]:
        below: dict[str | None, list[Node]] = {}
        for node in self.nodes:
            below.setdefault(node.parent, []).append(node)
        return {key: tuple(nodes) for key, nodes in below.items()}

    @property
    def source_name(self) -> str:
        """The source as lists name it."""
        return self.source_label or (self.citation.short if self.citation else "")

    def __contains__(self, key: str) -> bool:
        return key in self._by_key

    def node(self, key: str) -> Node:
        """Raises NotFound when the framework has no such node."""
        try:
            return self._by_key[key]
        except KeyError:
            raise NotFound(f"{self.short_name} has no node “{key}”.") from None

    def children(self, key: str | None = None) -> tuple[Node, ...]:
        """The nodes right under one node; the roots for None."""
        return self._children.get(key, ())

    def tree(self, key: str | None = None, depth: int = 0) -> Iterator[tuple[int, Node]]:
        """Depth (0 for roots) and node, parents before children, sisters in file order."""
        for node in self.children(key):
            yield depth, node
            yield from self.tree(node.key, depth + 1)

    def options(self, field: Field) -> tuple[tuple[int, Node], ...]:
        """Depth (0 for the uppermost) and node of the answers a field offers."""
        if field.kind is AnswerKind.TEXT:
            return ()
        return tuple(
            (depth, node)
            for depth, node in self.tree(field.under)
            if node.key != field.not_reported
        )

    @property
    def construct_count(self) -> int:
        """Entries, so a name that sits in two nodes counts twice."""
        return sum(len(node.constructs) for node in self.nodes)
