"""Reading a framework from its file; docs/frameworks.md describes the form."""

from __future__ import annotations

import re
from collections import Counter

from ikt_coder.codebooks.framework import (
    AnswerKind,
    Applies,
    Autofill,
    Citation,
    Construct,
    Field,
    Framework,
    Node,
    RatingScale,
    Status,
    Tier,
    ValueType,
    Verification,
)
from ikt_coder.codebooks.schema import Section, read_object
from ikt_coder.core.colour import is_colour
from ikt_coder.core.words import FrameworkKind, Pattern, Valence

FORMAT = "ikt-coder-framework-1"

_DEEPEST = 10
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_USED_ON = {
    FrameworkKind.CODEBOOK: (Applies.SEGMENT,),
    FrameworkKind.LEVEL_SCHEME: (Applies.CODING,),
    FrameworkKind.DIMENSION_SET: (Applies.CODING,),
    FrameworkKind.ORDINAL_SCALE: (Applies.DOCUMENT, Applies.EVENT),
    FrameworkKind.CHARTING_SET: (Applies.DOCUMENT, Applies.EVENT),
    FrameworkKind.PROCESS: (Applies.PROJECT,),
    FrameworkKind.CHECKLIST: (Applies.PROJECT,),
    FrameworkKind.RATING_FORM: (Applies.RECOMMENDATION,),
}
"""What a kind is used on where the file does not say."""


def parse_framework(text: str, name: str) -> Framework:
    """Read a framework from the text of its file; ``name`` is the file's, for messages.

    Raises FrameworkError that lists every fault with its place.
    """
    file = read_object(text, name, FORMAT)
    kind = file.word("kind", FrameworkKind, required=True)
    if kind is FrameworkKind.CROSSWALK:
        file.fault("a crosswalk joins two frameworks and is not one itself", "kind")
    key = file.identifier()
    if "--" in key:
        file.fault("a framework's id cannot hold “--”, which joins two ids in a crosswalk's", "id")
    title = file.text("name", required=True, one_line=True)
    sections = file.sections("nodes", required=True, label="node")
    nodes = tuple(_read_node(section) for section in sections)
    citation = file.section("citation")
    kind = kind or FrameworkKind.CODEBOOK
    several = file.flag("several", True)
    charting = file.section("charting")
    fields = _read_charting(charting) if charting else _usual_fields(kind, title, nodes, several)
    framework = Framework(
        key=key,
        name=title,
        short_name=file.text("short_name", one_line=True) or title,
        version=file.text("version", one_line=True),
        kind=kind,
        nodes=nodes,
        tier=file.word("tier", Tier) or Tier.EXTENDED,
        citation=read_citation(citation) if citation else None,
        further_citations=tuple(read_citation(s) for s in file.sections("further_citations")),
        licence=file.text("licence"),
        definitions_label=file.text("definitions_label", one_line=True),
        several=several,
        verification=tuple(read_verification(s) for s in file.sections("verification")),
        guidance=file.texts("guidance"),
        notes=file.texts("notes"),
        rating=_read_rating(file.section("rating")),
        applies_to=file.words("applies_to", Applies) or _USED_ON.get(kind, ()),
        purpose=file.text("purpose", one_line=True),
        source_label=file.text("source_label", one_line=True),
        fields=fields,
    )
    file.close()
    if "nodes" in file.fields and not nodes:
        file.fault("there is not one usable node", "nodes")
    _check_tree(nodes, sections)
    _check_kind(framework, sections)
    if charting:
        _check_fields(charting, framework)
    file.faults.end()
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
        section.fault("“doi” must begin with “10.”, without an address before it", "doi")
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
        section.fault("“lowest” must be below “highest”", "lowest")
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
        short_name=section.text("short_name", one_line=True),
        number=section.number("number"),
        autofill=section.word("autofill", Autofill),
        size=section.number("size"),
        source_n=section.number("source_n"),
        valence=section.word("valence", Valence),
    )
    if node.colour and not is_colour(node.colour):
        section.fault(f"“{node.colour[:40]}” is no colour: use a palette name or #rrggbb", "colour")
    if node.ring is not None and node.ring < 1:
        section.fault("“ring” counts from 1, the middle", "ring")
    if node.default_scheme and node.default_scheme not in node.schemes:
        section.fault("“default_scheme” must be one of “schemes”", "default_scheme")
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


def _read_charting(section: Section) -> tuple[Field, ...]:
    fields = tuple(
        _read_field(one) for one in section.sections("fields", required=True, label="field")
    )
    section.close()
    return fields


def _read_field(section: Section) -> Field:
    field = Field(
        key=section.identifier(),
        name=section.text("name", required=True, one_line=True),
        kind=section.word("kind", AnswerKind, required=True) or AnswerKind.TEXT,
        definition=section.text("definition"),
        under=section.text("under") or None,
        ordered=section.flag("ordered", False),
        basis=section.flag("basis", False),
        not_reported=section.identifier("not_reported", required=False),
    )
    section.close()
    return field


def _usual_fields(
    kind: FrameworkKind, title: str, nodes: tuple[Node, ...], several: bool
) -> tuple[Field, ...]:
    """The questions of a charting framework whose file names none: one for each root that has
    nodes below it, or one for a flat list."""
    if kind is FrameworkKind.ORDINAL_SCALE:
        return (Field("answer", title, AnswerKind.ONE, ordered=True),)
    if kind is not FrameworkKind.CHARTING_SET:
        return ()
    answer = AnswerKind.SEVERAL if several else AnswerKind.ONE
    parents = {node.parent for node in nodes}
    heads = [node for node in nodes if node.parent is None and node.key in parents]
    if not heads:
        return (Field("answer", title, answer),)
    return tuple(Field(node.key, node.name, answer, node.definition, node.key) for node in heads)


def _check_fields(charting: Section, framework: Framework) -> None:
    keys = Counter(field.key for field in framework.fields)
    for at, field in enumerate(framework.fields):
        section = Section({}, f"charting, field {field.key}", charting.faults)
        section.path = (*charting.path, "fields", at)
        if field.key and keys[field.key] > 1:
            section.fault("this id stands twice", "id")
        if field.under is not None and field.under not in framework:
            section.fault(f"“under” names “{field.under[:40]}”, which is no node", "under")
        elif field.kind is not AnswerKind.TEXT and not framework.options(field):
            section.fault("there is no node to choose from", "under")
    if "fields" in charting.fields and not framework.fields:
        charting.fault("there is not one usable field", "fields")


def _check_tree(nodes: tuple[Node, ...], sections: list[Section]) -> None:
    seen: set[str] = set()
    sisters: set[tuple[str | None, str]] = set()
    parents = {node.key: node.parent for node in nodes}
    of = {node.key: section for node, section in zip(nodes, sections, strict=True)}
    for node, section in zip(nodes, sections, strict=True):
        if node.key and node.key in seen:
            section.fault("this id stands twice", "id")
        seen.add(node.key)
        place = (node.parent, node.name.casefold())
        if node.name and place in sisters:
            section.fault(f"its parent has another node named “{node.name}”", "name")
        sisters.add(place)
        if node.parent is not None and node.parent not in parents:
            section.fault(f"its parent “{node.parent[:40]}” is not in the file", "parent")
    reported: set[str] = set()  # a ring of parents is told once, not once for each node in it
    for node, section in zip(nodes, sections, strict=True):
        way: list[str] = []
        at: str | None = node.key
        while at is not None and at not in way and len(way) <= _DEEPEST:
            way.append(at)
            at = parents.get(at)
        if len(way) > _DEEPEST:
            section.fault(f"it lies more than {_DEEPEST} levels deep", "parent")
            break
        if at is not None and at in way and at not in reported:
            ring = way[way.index(at) :]
            reported.update(ring)
            words = f"its parents lead back to itself ({' → '.join([*ring, at])})"
            of[at].fault(words, "parent")


def _check_kind(framework: Framework, sections: list[Section]) -> None:
    """What a kind asks of its nodes, because a coding stores them as attributes."""
    together = tuple(zip(framework.nodes, sections, strict=True))
    if framework.kind is FrameworkKind.LEVEL_SCHEME:
        rings = Counter(node.ring for node in framework.nodes if node.ring is not None)
        for node, section in together:
            if node.parent is not None:
                section.fault("a level cannot stand under another", "parent")
            if node.ring is not None and rings[node.ring] > 1:
                section.fault(f"two levels have the ring {node.ring}", "ring")
    if framework.kind is FrameworkKind.DIMENSION_SET:
        values: set[tuple[str, str | int]] = set()
        for node, section in together:
            if node.parent is None:
                if node.value_type is None:
                    section.fault("a dimension needs “value_type”")
            elif node.value is None:
                section.fault("a dimension's entry needs “value”")
            elif (node.parent, node.value) in values:
                section.fault(f"its dimension has the value “{node.value}” twice", "value")
            else:
                values.add((node.parent, node.value))
