"""The presets hold what their sources say: counts and memberships."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from ikt_coder.codebooks.catalogue import catalogue, framework
from ikt_coder.codebooks.framework import Framework, Status, Tier, ValueType
from ikt_coder.core.words import Basis, FrameworkKind, Valence

COUNTS = {
    "com-b": (FrameworkKind.CODEBOOK, 9),
    "tdf-v2": (FrameworkKind.CODEBOOK, 14),
    "sem-ikt3": (FrameworkKind.LEVEL_SCHEME, 3),
    "sem-mcleroy": (FrameworkKind.LEVEL_SCHEME, 5),
    "levels-micro-meso-macro": (FrameworkKind.LEVEL_SCHEME, 3),
    "coding-dimensions": (FrameworkKind.DIMENSION_SET, 17),
}

each_preset = pytest.mark.parametrize("preset", catalogue(), ids=lambda preset: preset.key)


def test_the_six_presets_their_kinds_and_sizes() -> None:
    assert {f.key: (f.kind, len(f.nodes)) for f in catalogue()} == COUNTS
    assert all(f.tier is Tier.CORE for f in catalogue())


def test_com_b_has_three_components_of_two() -> None:
    com_b = framework("com-b")
    assert [
        (root.name, [n.name for n in com_b.children(root.key)]) for root in com_b.children()
    ] == [
        ("Capability", ["Physical capability", "Psychological capability"]),
        ("Opportunity", ["Physical opportunity", "Social opportunity"]),
        ("Motivation", ["Reflective motivation", "Automatic motivation"]),
    ]


def test_tdf_has_84_constructs_under_78_names() -> None:
    tdf = framework("tdf-v2")
    assert [len(node.constructs) for node in tdf.nodes] == [
        3,
        7,
        9,
        8,
        4,
        5,
        7,
        3,
        6,
        5,
        6,
        11,
        7,
        3,
    ]
    assert tdf.construct_count == 84
    places: dict[str, list[str]] = {}
    for node in tdf.nodes:
        for construct in node.constructs:
            places.setdefault(construct.name, []).append(node.key[-2:])
    assert len(places) == 78
    assert {name: at for name, at in places.items() if len(at) > 1} == {
        "Professional confidence": ["03", "04"],
        "Identity": ["03", "05"],
        "Group identity": ["03", "12"],
        "Beliefs": ["04", "06"],
        "Consequents": ["06", "07"],
        "Action planning": ["09", "14"],
    }


def test_tdf_says_which_constructs_are_only_recalled() -> None:
    recalled = {
        node.key: sum(c.status is Status.RECALLED for c in node.constructs)
        for node in framework("tdf-v2").nodes
    }
    assert {key: count for key, count in recalled.items() if count} == {
        "tdf2.09": 6,
        "tdf2.12": 5,
        "tdf2.13": 7,
    }


@pytest.mark.parametrize("key", ["sem-ikt3", "sem-mcleroy", "levels-micro-meso-macro"])
def test_levels_go_outward_ring_by_ring(key: str) -> None:
    assert [node.ring for node in framework(key).nodes] == list(
        range(1, len(framework(key).nodes) + 1)
    )


def test_dimensions_hold_the_words_a_coding_stores() -> None:
    dimensions = framework("coding-dimensions")
    values = {
        root.key: [node.value for node in dimensions.children(root.key)]
        for root in dimensions.children()
    }
    assert values == {
        "dim.valence": [word.value for word in Valence],
        "dim.strength": [1, 2],
        "dim.level": [],
        "dim.basis": [word.value for word in Basis],
        "dim.review": ["draft", "verified", "disputed", "adjudicated"],
    }
    level = dimensions.node("dim.level")
    assert level.value_type is ValueType.SET
    assert level.default_scheme == "sem-ikt3"
    for scheme in level.schemes:
        assert framework(scheme).kind is FrameworkKind.LEVEL_SCHEME
    assert dimensions.rating is not None
    assert (dimensions.rating.lowest, dimensions.rating.highest) == (-2, 2)


@each_preset
def test_every_preset_says_where_it_comes_from(preset: Framework) -> None:
    assert preset.citation is not None
    assert preset.citation.authors
    assert preset.licence
    assert preset.version
    assert preset.verification
    expected = "definition" if preset.kind is FrameworkKind.DIMENSION_SET else "paraphrase"
    assert preset.definitions_label == f"{expected} by IKT Coder"


@each_preset
def test_every_node_is_defined_and_checked(preset: Framework) -> None:
    for node in preset.nodes:
        assert node.definition.endswith("."), node.key
        assert node.definition[0].isupper() or node.definition.startswith("{"), node.key
        if preset.kind is not FrameworkKind.DIMENSION_SET:
            assert node.checked is not None
            assert node.checked.note


@each_preset
def test_definitions_leave_the_actor_to_the_project(preset: Framework) -> None:
    for node in preset.nodes:
        assert not re.search(r"\b(trainees?|the person)\b", node.definition), node.key
        assert "{" not in node.definition_for("patient partners")


@each_preset
def test_definitions_read_well_for_one_actor_and_for_many(preset: Framework) -> None:
    """No verb agrees with the actor, so that a plural such as "trainees" fits too."""
    for node in preset.nodes:
        for after in re.findall(r"\{actor\} (\w+)", node.definition):
            assert after in {"can", "may", "to", "as", "and"}, (node.key, after)


@each_preset
def test_no_two_neighbours_share_a_hue(preset: Framework) -> None:
    order = [node for _, node in preset.tree()]
    assert len(order) == len(preset.nodes)
    for one, other in pairwise(order):
        assert one.colour is None or one.colour != other.colour, (one.key, other.key)


def test_com_b_and_tdf_together_have_no_look_twice() -> None:
    looks = [(n.colour, n.pattern) for key in ("com-b", "tdf-v2") for n in framework(key).nodes]
    assert len(set(looks)) == 23


@each_preset
def test_names_and_nesting_are_those_of_the_source(preset: Framework, shared: Path) -> None:
    source = json.loads((shared / "frameworks" / f"{preset.key}.json").read_text("utf-8"))
    assert [(n.key, n.name, n.parent) for n in preset.nodes] == [
        (n["id"], n["name"], n["parent"]) for n in source["structure"]
    ]
    assert [[c.name for c in n.constructs] for n in preset.nodes] == [
        n.get("constructs", []) for n in source["structure"]
    ]
    assert preset.kind == source["kind"]
    assert preset.citation is not None
    assert preset.citation.doi == (source["citation"]["doi"] or "")
