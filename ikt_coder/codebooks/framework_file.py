"""Reading a framework from its file; docs/frameworks.md describes the form."""

from __future__ import annotations

import re

from ikt_coder.codebooks.framework import (
    Citation,
    Construct,
    Framework,
    Node,
    RatingScale,
    Status,
    Tier,
    ValueType,
    Verification,
)
from ikt_coder.codebooks.schema import FrameworkError, Section, read_object
from ikt_coder.core.colour import is_colour
from ikt_coder.core.words import FrameworkKind, Pattern

FORMAT = "ikt-coder-framework-1"

_DEEPEST = 10
_DOI = re.compile(r"10\.\d{4,9}/\S+")


def parse_framework(text: str, name: str) -> Framework:
    """Read a framework from the text of its file; ``name`` is the file's, for messages.

    Raises FrameworkError that lists every fault with its place.
    """
    file = read_object(text, name, FORMAT)
    kind = file.word("kind", FrameworkKind, required=True)
    if kind is FrameworkKind.CROSSWALK:
        file.fault("a crosswalk joins two frameworks and is not one itself")
    key = file.identifier()
    if "--" in key:
        file.fault("a framework's id cannot hold “--”, which joins two ids in a crosswalk's")
    title = file.text("name", required=True, one_line=True)
    sections = file.sections("nodes", required=True, label="node")
    nodes = tuple(_read_node(section) for section in sections)
    citation = file.section("citation")
    framework = Framework(
        key=key,
        name=title,
        short_name=file.text("short_name", one_line=True) or title,
        version=file.text("version", one_line=True),
        kind=kind or FrameworkKind.CODEBOOK,
        nodes=nodes,
        tier=file.word("tier", Tier) or Tier.EXTENDED,
        citation=read_citation(citation) if citation else None,
        further_citations=tuple(read_citation(s) for s in file.sections("further_citations")),
        licence=file.text("licence"),
        definitions_label=file.text("definitions_label", one_line=True),
        several=file.flag("several", True),
        verification=tuple(read_verification(s) for s in file.sections("verification")),
        guidance=file.texts("guidance"),
        notes=file.texts("notes"),
        rating=_read_rating(file.section("rating")),
    )
    file.close()
    if "nodes" in file.fields and not nodes:
        file.fault("there is not one usable node")
    _check_tree(file, nodes)
    _check_kind(file, framework)
    if file.faults:
        raise FrameworkError(name, file.faults)
    return framework


def read_citation(section: Section) -> Citation:
    """A citation out of its section of a file; faults are noted there."""
    citation = Citation(
        authors=section.texts("authors"),
        year=section.number("year"),
        title=section.text("title", required=True, one_line=True),
        source=section.text("source", one_line=True),
        doi=section.text("doi", one_line=True),
    )
    if citation.doi and not _DOI.fullmatch(citation.doi):
        section.fault("“doi” must begin with “10.”, without an address before it")
    section.close()
    return citation


def read_verification(section: Section, *, claim: bool = True) -> Verification:
    """A verification out of its section of a file; faults are noted there."""
    found = Verification(
        claim=section.text("claim", required=True) if claim else "",
        status=section.word("status", Status, required=True) or Status.RECALLED,
        note=section.text("note"),
        sources=section.texts("sources"),
    )
    section.close()
    return found


def _read_rating(section: Section | None) -> RatingScale | None:
    if section is None:
        return None
    lowest = section.number("lowest", required=True) or 0
    highest = section.number("highest", required=True) or 0
    rule = section.text("rule")
    section.close()
    if lowest >= highest:
        section.fault("“lowest” must be below “highest”")
    return RatingScale(lowest, highest, rule)


def _read_node(section: Section) -> Node:
    checks = section.section("checked")
    checked = read_verification(checks, claim=False) if checks else None
    node = Node(
        key=section.identifier(),
        name=section.text("name", required=True, one_line=True),
        parent=section.text("parent") or None,
        definition=section.text("definition"),
        include=section.text("include"),
        exclude=section.text("exclude"),
        example=section.text("example"),
        source_wording=section.text("source_wording"),
        source_page=section.text("source_page", one_line=True),
        constructs=tuple(
            _read_construct(construct, checked.status if checked else None)
            for construct in section.sections("constructs", label="construct")
        ),
        synonyms=section.texts("synonyms"),
        checked=checked,
        colour=section.text("colour") or None,
        pattern=section.word("pattern", Pattern),
        ring=section.number("ring"),
        applicable=section.flag("applicable", True),
        value_type=section.word("value_type", ValueType),
        value=_read_value(section),
        sign=section.number("sign"),
        magnitude=section.number("magnitude"),
        schemes=section.texts("schemes"),
        default_scheme=section.text("default_scheme") or None,
    )
    if node.colour and not is_colour(node.colour):
        section.fault(f"“{node.colour[:40]}” is no colour: use a palette name or #rrggbb")
    if node.ring is not None and node.ring < 1:
        section.fault("“ring” counts from 1, the middle")
    if node.default_scheme and node.default_scheme not in node.schemes:
        section.fault("“default_scheme” must be one of “schemes”")
    section.close()
    return node


def _read_value(section: Section) -> str | int | None:
    if isinstance(section.fields.get("value"), int):
        return section.number("value")
    return section.text("value", one_line=True) or None


def _read_construct(section: Section, status: Status | None) -> Construct:
    construct = Construct(
        name=section.text("name", required=True, one_line=True),
        status=section.word("status", Status) or status,
    )
    section.close()
    return construct


def _check_tree(file: Section, nodes: tuple[Node, ...]) -> None:
    seen: set[str] = set()
    sisters: set[tuple[str | None, str]] = set()
    parents = {node.key: node.parent for node in nodes}
    for node in nodes:
        if node.key and node.key in seen:
            file.fault(f"node {node.key}: this id stands twice")
        seen.add(node.key)
        place = (node.parent, node.name.casefold())
        if node.name and place in sisters:
            file.fault(f"node {node.key}: its parent has another node named “{node.name}”")
        sisters.add(place)
        if node.parent is not None and node.parent not in parents:
            file.fault(f"node {node.key}: its parent “{node.parent[:40]}” is not in the file")
    reported: set[str] = set()  # a ring of parents is told once, not once for each node in it
    for node in nodes:
        way: list[str] = []
        at: str | None = node.key
        while at is not None and at not in way and len(way) <= _DEEPEST:
            way.append(at)
            at = parents.get(at)
        if len(way) > _DEEPEST:
            file.fault(f"node {node.key}: it lies more than {_DEEPEST} levels deep")
            break
        if at is not None and at in way and at not in reported:
            ring = way[way.index(at) :]
            reported.update(ring)
            file.fault(f"node {at}: its parents lead back to itself ({' → '.join([*ring, at])})")


def _check_kind(file: Section, framework: Framework) -> None:
    """What a kind asks of its nodes, because a coding stores them as attributes."""
    if framework.kind is FrameworkKind.LEVEL_SCHEME:
        rings = [node.ring for node in framework.nodes if node.ring is not None]
        for node in framework.nodes:
            if node.parent is not None:
                file.fault(f"node {node.key}: a level cannot stand under another")
            if node.ring is not None and rings.count(node.ring) > 1:
                file.fault(f"node {node.key}: two levels have the ring {node.ring}")
    if framework.kind is FrameworkKind.DIMENSION_SET:
        values: set[tuple[str, str | int]] = set()
        for node in framework.nodes:
            if node.parent is None:
                if node.value_type is None:
                    file.fault(f"node {node.key}: a dimension needs “value_type”")
            elif node.value is None:
                file.fault(f"node {node.key}: a dimension's entry needs “value”")
            elif (node.parent, node.value) in values:
                file.fault(f"node {node.key}: its dimension has the value “{node.value}” twice")
            else:
                values.add((node.parent, node.value))
