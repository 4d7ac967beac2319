"""A framework that people write themselves: what is read, and every fault it can have."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.codebooks.actor import fill_actor
from ikt_coder.codebooks.framework import Citation, Framework, Status, ValueType
from ikt_coder.codebooks.framework_file import parse_framework
from ikt_coder.codebooks.schema import FrameworkError
from ikt_coder.core.words import FrameworkKind, Pattern


def smallest() -> dict[str, Any]:
    return {
        "format": "ikt-coder-framework-1",
        "id": "mine",
        "name": "My framework",
        "kind": "codebook",
        "nodes": [{"id": "a", "name": "Alpha"}, {"id": "b", "name": "Beta", "parent": "a"}],
    }


def read(file: dict[str, Any]) -> Framework:
    return parse_framework(json.dumps(file), "mine.json")


def faults_of(text: str) -> tuple[str, ...]:
    with pytest.raises(FrameworkError) as error:
        parse_framework(text, "mine.json")
    assert error.value.what.startswith("mine.json cannot be used, and nothing was added: ")
    assert "docs/frameworks.md" in error.value.to_do
    return error.value.faults


def test_the_smallest_framework() -> None:
    framework = read(smallest())
    assert framework.short_name == "My framework"
    assert framework.citation is None
    assert framework.definitions_label == ""
    assert [(depth, node.key) for depth, node in framework.tree()] == [(0, "a"), (1, "b")]
    assert framework.node("b").applicable


def test_everything_a_node_can_say() -> None:
    file = smallest()
    file["nodes"][0] |= {
        "definition": " What {actor} can do. ",
        "include": "use",
        "exclude": "do not",
        "example": "such as",
        "source_wording": "as printed",
        "source_page": "p. 7",
        "constructs": ["one", {"name": "two", "status": "recalled"}],
        "synonyms": ["A"],
        "checked": {"status": "retrieved", "note": "read", "sources": ["10.1/x"]},
        "colour": "#AABBCC",
        "pattern": "dotted",
        "applicable": False,
    }
    node = read(file).node("a")
    assert node.definition == "What {actor} can do."
    assert (node.include, node.exclude, node.example) == ("use", "do not", "such as")
    assert (node.source_wording, node.source_page) == ("as printed", "p. 7")
    assert [(c.name, c.status) for c in node.constructs] == [
        ("one", Status.RETRIEVED),
        ("two", Status.RECALLED),
    ]
    assert (node.colour, node.pattern, node.applicable) == ("#AABBCC", Pattern.DOTTED, False)


def test_a_byte_order_mark_is_no_fault() -> None:
    assert parse_framework("\ufeff" + json.dumps(smallest()), "mine.json").key == "mine"


def test_a_dimension_set_of_ones_own() -> None:
    file = smallest() | {"kind": "dimension_set"}
    file["nodes"][0]["value_type"] = "single"
    file["nodes"][1]["value"] = 3
    framework = read(file)
    assert framework.kind is FrameworkKind.DIMENSION_SET
    assert framework.node("a").value_type is ValueType.SINGLE
    assert framework.node("b").value == 3


@pytest.mark.parametrize(
    ("authors", "year", "short"),
    [
        (["Cane J", "O'Connor D", "Michie S"], 2012, "Cane et al., 2012"),
        (["van Stralen MM", "West R"], 2011, "van Stralen & West, 2011"),
        (["Gale NK"], 2013, "Gale, 2013"),
        (["World Health Organization"], None, "World Health Organization, n.d."),
        ([], 2020, "A title, 2020"),
    ],
)
def test_short_citations(authors: list[str], year: int | None, short: str) -> None:
    file = smallest() | {"citation": {"authors": authors, "year": year, "title": "A title"}}
    citation = read(file).citation
    assert citation is not None
    assert citation.short == short


def test_a_reference_leaves_out_what_is_not_known() -> None:
    whole = {
        "authors": ["Gale NK", "Heath G"],
        "year": 2013,
        "title": "Using the framework method.",
        "source": "BMC Med Res Methodol 13:117",
        "doi": "10.1186/1471-2288-13-117",
    }
    citation = read(smallest() | {"citation": whole}).citation
    assert citation is not None
    assert citation.reference == (
        "Gale NK, Heath G. Using the framework method. BMC Med Res Methodol 13:117. 2013. "
        "https://doi.org/10.1186/1471-2288-13-117"
    )
    bare = read(smallest() | {"citation": {"title": "Notes"}}).citation
    assert bare is not None
    assert bare.reference == "Notes."


def test_a_title_that_asks_gets_no_full_stop() -> None:
    asking = Citation((), 2006, "Lost in translation: time for a map?", "A Journal", "")
    assert asking.reference == "Lost in translation: time for a map? A Journal. 2006."


Spoil = Callable[[dict[str, Any]], object]


def node(**fields: object) -> Spoil:
    """Change the second node."""
    return lambda file: file["nodes"][1].update(fields)


def top(**fields: object) -> Spoil:
    return lambda file: file.update(fields)


def more(*nodes: dict[str, object]) -> Spoil:
    return lambda file: file["nodes"].extend(nodes)


LEVELS = {"kind": "level_scheme", "nodes": [{"id": "x", "name": "X", "ring": 1}]}
DIMENSION = {"id": "d", "name": "D", "value_type": "set"}


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda f: f.pop("id"), "the field “id” is missing"),
        (lambda f: f.pop("name"), "the field “name” is missing"),
        (lambda f: f.pop("kind"), "the field “kind” is missing"),
        (lambda f: f.pop("nodes"), "the field “nodes” is missing"),
        (top(nodes=[]), "there is not one usable node"),
        (top(nodes={}), "“nodes” must be a list in brackets"),
        (top(nodes=[7]), "“nodes” number 1 must be an object in braces"),
        (top(kind="theory"), "“kind” is “theory”, but must be one of codebook, level_scheme"),
        (top(kind="crosswalk"), "a crosswalk joins two frameworks"),
        (top(id="my framework"), "“my framework” is no id"),
        (top(id="a--b"), "cannot hold “--”"),
        (top(name="  "), "“name” is empty"),
        (top(name=5), "“name” must be a text"),
        (top(name="two\nlines"), "“name” must be a single line"),
        (top(several="yes"), "“several” must be true or false"),
        (top(tier="best"), "“tier” is “best”"),
        (top(lisence="free"), "the field “lisence” is not known; was “licence” meant?"),
        (top(notes=[1]), "“notes” must list texts"),
        (top(citation={"year": "2012", "title": "T"}), "citation: “year” must be a whole number"),
        (top(citation={"year": True, "title": "T"}), "citation: “year” must be a whole number"),
        (top(citation={}), "citation: the field “title” is missing"),
        (top(citation="Cane 2012"), "“citation” must be an object in braces"),
        (top(citation={"title": "T", "doi": "https://doi.org/10.1186/1"}), "“doi” must begin"),
        (top(verification=[{"claim": "c", "status": "sure"}]), "number 1: “status” is “sure”"),
        (top(rating={"lowest": 2, "highest": -2}), "rating: “lowest” must be below “highest”"),
        (node(id="a"), "node a: this id stands twice"),
        (node(id=None), "node number 2: the field “id” is missing"),
        (node(name=""), "node b: “name” is empty"),
        (node(parent="z"), "node b: its parent “z” is not in the file"),
        (node(parent="b"), "node b: its parents lead back to itself (b → b)"),
        (
            node(defintion="x"),
            "node b: the field “defintion” is not known; was “definition” meant?",
        ),
        (node(colour="mauve"), "node b: “mauve” is no colour"),
        (node(pattern="wavy"), "node b: “pattern” is “wavy”"),
        (node(ring=0), "node b: “ring” counts from 1"),
        (
            node(constructs=[{"name": "x", "status": "maybe"}]),
            "node b, construct number 1: “status”",
        ),
        (node(constructs=[""]), "node b, construct number 1: “name” is empty"),
        (node(checked={}), "node b, checked: the field “status” is missing"),
        (node(definition="a\0b"), "“definition” holds a character that cannot be stored"),
        (node(definition="a\ud800b"), "“definition” holds a character that cannot be stored"),
        (node(schemes=["x"], default_scheme="y"), "“default_scheme” must be one of “schemes”"),
        (more({"id": "c", "name": "ALPHA"}), "node c: its parent has another node named “ALPHA”"),
        (top(**LEVELS | {"nodes": LEVELS["nodes"] * 2}), "node x: two levels have the ring 1"),
        (top(kind="level_scheme"), "node b: a level cannot stand under another"),
        (top(kind="dimension_set"), "node a: a dimension needs “value_type”"),
        (
            top(kind="dimension_set", nodes=[DIMENSION, {"id": "v", "name": "V", "parent": "d"}]),
            "node v: a dimension's entry needs “value”",
        ),
        (
            top(
                kind="dimension_set",
                nodes=[
                    DIMENSION,
                    {"id": "v", "name": "V", "parent": "d", "value": 1},
                    {"id": "w", "name": "W", "parent": "d", "value": 1},
                ],
            ),
            "node w: its dimension has the value “1” twice",
        ),
    ],
)
def test_each_fault_is_told_with_its_place(spoil: Spoil, fault: str) -> None:
    file = smallest()
    spoil(file)
    faults = faults_of(json.dumps(file))
    assert any(fault in told for told in faults), faults


def test_all_faults_are_told_at_once() -> None:
    file = smallest()
    file["kind"] = "theory"
    file["nodes"][0]["ring"] = "first"
    file["nodes"][1]["parent"] = "nobody"
    assert len(faults_of(json.dumps(file))) == 3


def test_a_ring_of_parents_is_told_once() -> None:
    file = smallest()
    file["nodes"] = [
        {"id": "a", "name": "A", "parent": "c"},
        {"id": "b", "name": "B", "parent": "a"},
        {"id": "c", "name": "C", "parent": "b"},
        {"id": "d", "name": "D", "parent": "c"},
    ]
    assert faults_of(json.dumps(file)) == (
        "line 1: node a: its parents lead back to itself (a → c → b → a)",
    )


def test_a_tree_deeper_than_any_list_can_show() -> None:
    file = smallest()
    file["nodes"] = [{"id": "n0", "name": "n"}] + [
        {"id": f"n{i}", "name": "n", "parent": f"n{i - 1}"} for i in range(1, 2000)
    ]
    assert faults_of(json.dumps(file)) == ("line 1: node n10: it lies more than 10 levels deep",)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "line 1, column 1: this is not JSON"),
        ('{\n  "format": "x",\n  oops\n}', "line 3, column 3: this is not JSON"),
        ("[1, 2]", "the file must hold one object"),
        ("{}", "the field “format” must be “ikt-coder-framework-1”"),
        ('{"format": "ikt-coder-framework-2"}', "the field “format” must be"),
        ('{"format": NaN}', "NaN is not a number"),
        ('{"n": ' + "9" * 5000 + "}", "this is not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("PK\x03\x04binary", "line 1, column 1: this is not JSON"),
    ],
)
def test_what_is_no_framework_file(text: str, fault: str) -> None:
    (told,) = faults_of(text)
    assert fault in told


def test_a_field_that_stands_twice() -> None:
    text = json.dumps(smallest()).replace('"name": "Beta"', '"name": "Beta", "name": "Gamma"')
    assert "line 1: the field “name” stands twice in one object" in faults_of(text)


def test_a_long_list_of_faults_is_cut_in_the_message_only() -> None:
    file = smallest()
    file["nodes"] = [{"id": f"n{i}", "name": f"N{i}", "colour": "mauve"} for i in range(40)]
    with pytest.raises(FrameworkError, match="and 28 more") as error:
        read(file)
    assert len(error.value.faults) == 40


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
FIELDS = ["id", "name", "kind", "nodes", "citation", "verification", "rating", "notes", "several"]


@given(st.dictionaries(st.sampled_from(FIELDS), JSON), st.dictionaries(st.text(max_size=9), JSON))
def test_whatever_a_field_holds_it_is_read_or_refused_in_words(
    fields: dict[str, object], node_fields: dict[str, object]
) -> None:
    file = smallest() | fields
    if "nodes" not in fields:
        file["nodes"][1] |= node_fields
    told: tuple[str, ...] | None = None
    try:
        read(file)
    except FrameworkError as error:
        told = error.faults
    assert told is None or (told and all(told))


@pytest.mark.parametrize(
    ("text", "actor", "filled"),
    [
        ("What {actor} can do.", "", "What the person can do."),
        ("What {actor} can do.", "  ", "What the person can do."),
        ("What {actor} can do.", "trainees", "What trainees can do."),
        ("{actor} may. See {actor}.", "the nurse", "The nurse may. See the nurse."),
        ("One. {actor} can.", "", "One. The person can."),
        ("No placeholder {here}.", "x", "No placeholder {here}."),
        ("{actor}", "a\\1{actor}", "A\\1{actor}"),
    ],
)
def test_the_focal_actor_is_put_in(text: str, actor: str, filled: str) -> None:
    assert fill_actor(text, actor) == filled
