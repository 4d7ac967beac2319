"""From the nodes of one framework to those of another, as published: TDF v2 to COM-B.

What a crosswalk gives is *derived*: it is worked out when a table or view is made, is never
stored as a coding and never enters agreement. Stored is only a coder's choice between targets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from ikt_coder.codebooks.framework import Citation, Framework, Status, Verification
from ikt_coder.codebooks.framework_file import read_citation, read_verification
from ikt_coder.codebooks.schema import Section, read_object
from ikt_coder.core.errors import NotAllowed, NotFound
from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import FrameworkKind

FORMAT = "ikt-coder-crosswalk-1"


class Relation(StrEnum):
    """What a link says: that one node leads to the other, that both mean much the same, or that
    they are two sides of one thing (a barrier and its facilitator)."""

    LEADS_TO = "leads_to"
    SAME = "same"
    RECIPROCAL = "reciprocal"


@frozen
class Link:
    """One published link. ``part`` names the part of the source node it holds for, if one."""

    source_node: str
    target_node: str
    source: str
    status: Status
    part: str = ""


@frozen
class CrosswalkSource:
    """A publication that gives a whole set of links."""

    key: str
    name: str
    citation: Citation
    verification: Verification
    default: bool = False


@frozen
class Derived:
    """What a node leads to. ``targets`` are the nodes to count: the one there is, or those the
    coder chose. Where several ``candidates`` stand and none was chosen it is undecided: then
    ``targets`` is empty, so that nothing is counted, and the candidates are for showing."""

    targets: tuple[str, ...]
    candidates: tuple[str, ...]

    @property
    def undecided(self) -> bool:
        return len(self.candidates) > 1 and not self.targets


@frozen
class Reached:
    """The target nodes of one passage or theme, each once.

    ``direct`` were coded by a person; ``derived`` were reached by crosswalk alone; ``undecided``
    holds each set of candidates still open, once. No node is both direct and derived.
    """

    direct: tuple[str, ...]
    derived: tuple[str, ...]
    undecided: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Crosswalk:
    """Links from the nodes of one framework to those of another, by one or more sources.

    One that ``derives`` fills a column by itself (COM-B beside TDF codes); the others are used
    where somebody asks for them. Where the other end is only a list in a paper, ``labels`` holds
    its entries (id and name), and no framework has the key ``target_framework``.
    """

    key: str
    name: str
    source_framework: str
    target_framework: str
    sources: tuple[CrosswalkSource, ...]
    links: tuple[Link, ...]
    notes: tuple[str, ...] = ()
    relation: Relation = Relation.LEADS_TO
    derives: bool = False
    labels: tuple[tuple[str, str], ...] = ()

    def source_of(self, key: str) -> CrosswalkSource:
        """Raises NotFound where the crosswalk has no such source."""
        for source in self.sources:
            if source.key == key:
                return source
        known = ", ".join(source.key for source in self.sources)
        raise NotFound(f"{self.name} has no source “{key}”.", f"There are {known}.")

    @property
    def default_source(self) -> CrosswalkSource:
        return next(source for source in self.sources if source.default)

    @cached_property
    def _targets(self) -> dict[tuple[str, str], tuple[str, ...]]:
        found: dict[tuple[str, str], list[str]] = {}
        for link in self.links:
            there = found.setdefault((link.source, link.source_node), [])
            if link.target_node not in there:
                there.append(link.target_node)
        return {key: tuple(nodes) for key, nodes in found.items()}

    def targets(self, node: str, source: str = "") -> tuple[str, ...]:
        """The nodes that ``node`` leads to by one source (the default one); none if unlinked."""
        return self._targets.get((source or self.default_source.key, node), ())

    def open_nodes(self, source: str = "") -> tuple[str, ...]:
        """The nodes with two or more targets, where a coder has to choose."""
        wanted = source or self.default_source.key
        return tuple(
            node for (by, node), nodes in self._targets.items() if by == wanted and len(nodes) > 1
        )

    def derive(self, node: str, choice: Sequence[str] = (), source: str = "") -> Derived:
        """Where a coding with ``node`` leads, given the ``choice`` stored on that coding.

        A single target fills itself. Of several the chosen ones count, in the crosswalk's
        order; none chosen leaves it undecided. A choice that this source does not offer is
        passed over, because the source can be changed after the choice was made.
        """
        candidates = self.targets(node, source)
        if len(candidates) < 2:
            return Derived(candidates, candidates)
        return Derived(tuple(key for key in candidates if key in choice), candidates)

    def check_choice(self, node: str, choice: Sequence[str], source: str = "") -> tuple[str, ...]:
        """The choice as it is to be stored: in the crosswalk's order, each once.

        Raises NotAllowed when ``node`` does not lead to one of the chosen nodes.
        """
        candidates = self.targets(node, source)
        for chosen in choice:
            if chosen not in candidates:
                raise NotAllowed(
                    f"{self.name} does not lead from “{node}” to “{chosen}”; "
                    "the choice was not stored.",
                    f"It leads to {', '.join(candidates) or 'nothing'}.",
                )
        return tuple(key for key in candidates if key in choice)


def reached(direct: Iterable[str], derived: Iterable[Derived]) -> Reached:
    """Join what was coded directly with what was derived, so that a node counts once.

    A direct coding does not decide an open choice on another coding: that stays undecided.
    """
    coded = tuple(dict.fromkeys(direct))
    derivations = tuple(derived)
    alone = dict.fromkeys(key for one in derivations for key in one.targets if key not in coded)
    still_open = dict.fromkeys(one.candidates for one in derivations if one.undecided)
    return Reached(coded, tuple(alone), tuple(still_open))


def parse_crosswalk(text: str, name: str, known: Mapping[str, Framework]) -> Crosswalk:
    """Read a crosswalk from the text of its file; ``known`` are the frameworks it may join.

    Raises FrameworkError that lists every fault with its place.
    """
    file = read_object(text, name, FORMAT)
    if file.word("kind", FrameworkKind, required=True) not in (None, FrameworkKind.CROSSWALK):
        file.fault("“kind” must be crosswalk", "kind")
    sections = file.sections("links", required=True, label="link")
    crosswalk = Crosswalk(
        key=file.identifier(),
        name=file.text("name", required=True, one_line=True),
        source_framework=file.identifier("from"),
        target_framework=file.identifier("to"),
        sources=tuple(_read_source(s) for s in file.sections("sources", required=True)),
        links=tuple(_read_link(s) for s in sections),
        notes=file.texts("notes"),
        relation=file.word("relation", Relation) or Relation.LEADS_TO,
        derives=file.flag("derives", False),
        labels=tuple(_read_label(s) for s in file.sections("labels")),
    )
    file.close()
    if "links" in file.fields and not crosswalk.links:
        file.fault("there is not one usable link", "links")
    if sum(source.default for source in crosswalk.sources) != 1:
        file.fault("exactly one of “sources” must be the default", "sources")
    ends = {"from": crosswalk.source_framework}
    if not crosswalk.labels:
        ends["to"] = crosswalk.target_framework
    for field, end in ends.items():
        if end not in known:
            file.fault(f"the framework “{end}” is not known; there are {', '.join(known)}", field)
    if all(end in known for end in ends.values()):
        _check_links(crosswalk, sections, known)
    file.faults.end()
    return crosswalk


def _read_label(section: Section) -> tuple[str, str]:
    label = section.identifier(), section.text("name", required=True, one_line=True)
    section.close()
    return label


def _read_source(section: Section) -> CrosswalkSource:
    citation = section.section("citation", required=True)
    checks = section.section("checked", required=True)
    source = CrosswalkSource(
        key=section.identifier(),
        name=section.text("name", required=True, one_line=True),
        citation=read_citation(citation) if citation else Citation((), None, ""),
        verification=(
            read_verification(checks, claim=False) if checks else Verification("", Status.RECALLED)
        ),
        default=section.flag("default", False),
    )
    section.close()
    return source


def _read_link(section: Section) -> Link:
    link = Link(
        source_node=section.identifier("from"),
        target_node=section.identifier("to"),
        source=section.identifier("source"),
        status=section.word("status", Status, required=True) or Status.RECALLED,
        part=section.text("part", one_line=True),
    )
    section.close()
    return link


def _check_links(
    crosswalk: Crosswalk, sections: list[Section], known: Mapping[str, Framework]
) -> None:
    source, keys = known[crosswalk.source_framework], [one.key for one in crosswalk.sources]
    target = crosswalk.target_framework
    targets = {key for key, _ in crosswalk.labels} or {node.key for node in known[target].nodes}
    seen: set[tuple[str, str, str, str]] = set()
    for link, section in zip(crosswalk.links, sections, strict=True):
        if link.source_node not in source:
            section.fault(f"{source.key} has no node “{link.source_node}”", "from")
        if link.target_node not in targets:
            section.fault(f"{target} has no node “{link.target_node}”", "to")
        if link.source not in keys:
            section.fault(f"“{link.source}” is not one of “sources”", "source")
        ends = (link.source, link.source_node, link.part, link.target_node)
        if ends in seen:
            section.fault("it stands twice")
        seen.add(ends)
