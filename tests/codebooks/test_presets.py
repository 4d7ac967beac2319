"""The presets hold what their sources say: counts and memberships."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from ikt_coder.codebooks.catalogue import catalogue, framework, keys
from ikt_coder.codebooks.framework import (
    AnswerKind,
    Applies,
    Autofill,
    Framework,
    Status,
    Tier,
    ValueType,
)
from ikt_coder.core.words import Basis, FrameworkKind, Valence

K = FrameworkKind
COUNTS = {
    Tier.CORE: {
        "bcw": (K.CODEBOOK, 18),
        "coding-dimensions": (K.DIMENSION_SET, 17),
        "com-b": (K.CODEBOOK, 9),
        "coproduction-architecture": (K.CODEBOOK, 23),
        "coproduction-principles": (K.CODEBOOK, 17),
        "iap2": (K.ORDINAL_SCALE, 5),
        "ikt-outcomes": (K.CHARTING_SET, 5),
        "kta": (K.CHARTING_SET, 12),
        "levels-micro-meso-macro": (K.LEVEL_SCHEME, 3),
        "process-framework-method": (K.PROCESS, 5),
        "process-thematic-analysis": (K.PROCESS, 6),
        "research-stages": (K.CHARTING_SET, 6),
        "sem-ikt3": (K.LEVEL_SCHEME, 3),
        "sem-mcleroy": (K.LEVEL_SCHEME, 5),
        "tdf-v2": (K.CODEBOOK, 14),
        "wider": (K.CHARTING_SET, 24),
    },
    Tier.RECOMMENDED: {
        "cfir-2022": (K.CODEBOOK, 74),
        "checklist-coreq": (K.CHECKLIST, 35),
        "checklist-gripp2-sf": (K.CHECKLIST, 5),
        "i-parihs": (K.CODEBOOK, 42),
        "ikt-barriers-enablers-gagliardi": (K.CODEBOOK, 39),
        "npt": (K.CODEBOOK, 20),
        "re-aim": (K.CODEBOOK, 5),
        "research-use": (K.CHARTING_SET, 3),
    },
    Tier.EXTENDED: {
        "apease": (K.RATING_FORM, 6),
        "bcttv1-groups": (K.CODEBOOK, 16),
        "cfir-2009": (K.CODEBOOK, 44),
        "checklist-srqr": (K.CHECKLIST, 21),
        "eric": (K.CODEBOOK, 82),
        "parihs": (K.CODEBOOK, 11),
        "proctor-outcomes": (K.CODEBOOK, 8),
        "sem-cdc": (K.LEVEL_SCHEME, 4),
        "tdf-v1": (K.CODEBOOK, 12),
    },
}
EXAMPLE = framework("ikt-themes-cassidy")
OURS = ("coding-dimensions", "coproduction-architecture", "iap2")
NAMES_ONLY = ("checklist-coreq", "checklist-srqr", "bcttv1-groups", "eric")
EVERY = (*catalogue(), EXAMPLE)

each_preset = pytest.mark.parametrize("preset", EVERY, ids=lambda preset: preset.key)


@pytest.mark.parametrize("tier", COUNTS)
def test_the_presets_of_a_tier_their_kinds_and_sizes(tier: Tier) -> None:
    there = {f.key: (f.kind, len(f.nodes)) for f in catalogue() if f.tier is tier}
    assert there == COUNTS[tier]


def test_the_example_is_data_for_demonstrations_only() -> None:
    assert EXAMPLE.tier is Tier.EXAMPLE
    assert EXAMPLE.kind is FrameworkKind.EXAMPLE
    assert EXAMPLE not in catalogue()
    assert "ikt-themes-cassidy" in keys()
    assert len(EXAMPLE.nodes) == 23
    assert {node.valence for node in EXAMPLE.children("ct.b")} == {Valence.BARRIER}


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


@pytest.mark.parametrize("key", ["sem-ikt3", "sem-mcleroy", "sem-cdc", "levels-micro-meso-macro"])
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
    assert preset.applies_to
    assert preset.purpose.endswith(".")
    if preset.key not in NAMES_ONLY:
        expected = "definition" if preset.key in OURS else "paraphrase"
        assert preset.definitions_label == f"{expected} by IKT Coder"
    else:
        assert preset.definitions_label.startswith("names only")


@each_preset
def test_every_node_is_defined_unless_names_are_all_that_may_be_given(preset: Framework) -> None:
    for node in preset.nodes:
        if node.definition:
            assert node.definition.endswith("."), node.key
            assert node.definition[0].isupper() or node.definition.startswith("{"), node.key
        else:
            assert preset.key in NAMES_ONLY, node.key
        if node.checked is not None:
            assert node.checked.note, node.key


def test_names_are_all_that_is_given_of_strategies_techniques_and_items() -> None:
    for key in NAMES_ONLY:
        assert not any(node.definition for node in framework(key).nodes if node.applicable), key


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


ADDED = {
    "ikt-outcomes": {"out.immediate.team"},
    "wider": {
        "wider.activity",
        "wider.activity.meeting",
        "wider.activity.written",
        "wider.activity.email",
        "wider.activity.phone",
    },
}
"""Nodes of our own beside those of the source."""

RENAMED = {"wider.seed": "Items charted in the 2021 review"}
"""A heading of our own."""

KINDS = {
    "reporting_checklist": FrameworkKind.CHECKLIST,
    "charting_form": FrameworkKind.CHARTING_SET,
    "example_theme_set": FrameworkKind.EXAMPLE,
}
CHARTED = {"kta", "research-stages", "research-use", "ikt-outcomes"}
"""Codebooks in the source that are lists to choose from when charting."""


@each_preset
def test_names_and_nesting_are_those_of_the_source(preset: Framework, shared: Path) -> None:
    file = shared / "frameworks" / f"{preset.key}.json"
    if preset.key == "coproduction-architecture":
        assert not file.exists()
        return
    source = json.loads(file.read_text("utf-8"))
    nodes = [node for node in preset.nodes if node.key not in ADDED.get(preset.key, set())]
    assert len(preset.nodes) - len(nodes) == len(ADDED.get(preset.key, ()))
    assert [(n.key, n.name, n.parent) for n in nodes] == [
        (n["id"], RENAMED.get(n["id"], n["name"]), n["parent"]) for n in source["structure"]
    ]
    for node, told in zip(nodes, source["structure"], strict=True):
        inside = told.get("constructs") or told.get("subthemes") or []
        assert [construct.name for construct in node.constructs] == inside
        assert node.number == told.get("number", told.get("order")), node.key
        assert node.ring == told.get("ring"), node.key
        assert node.autofill == told.get("autofill"), node.key
        assert node.size == told.get("bct_count"), node.key
        if "source_n" in told:
            assert node.source_n == told["source_n"], node.key
        assert not told.get("definition") or node.definition, node.key
    kind = KINDS.get(source["kind"], source["kind"])
    assert preset.kind == (FrameworkKind.CHARTING_SET if preset.key in CHARTED else kind)
    assert preset.tier == source["tier"]
    assert preset.several == source["multi_select"]
    assert preset.citation is not None
    assert preset.citation.doi == (source["citation"]["doi"] or "")
    assert preset.citation.authors == tuple(source["citation"]["authors"])
    assert {c.doi for c in preset.further_citations} >= {
        c["doi"] or "" for c in source["further_citations"] if preset.key not in OURS
    }


def test_every_framework_of_the_source_is_here(shared: Path) -> None:
    index = json.loads((shared / "frameworks" / "_index.json").read_text("utf-8"))
    listed = {one["id"] for one in index["frameworks"]}
    assert set(keys()) - listed == {"coproduction-architecture"}
    assert listed <= set(keys())


def test_cfir_has_the_published_numbers() -> None:
    old, new = framework("cfir-2009"), framework("cfir-2022")
    assert len(old.nodes) - len(old.children()) == 39
    # Roles and characteristics only part the individuals' constructs.
    parts = ("cfir22.ind.roles", "cfir22.ind.characteristics")
    constructs = [
        tuple(node for part in parts for node in new.children(part))
        if domain.key == "cfir22.ind"
        else new.children(domain.key)
        for domain in new.children()
    ]
    assert [len(found) for found in constructs] == [8, 7, 11, 13, 9]
    below = [sum(len(new.children(one.key)) for one in found) for found in constructs]
    assert (sum(map(len, constructs)), sum(below)) == (48, 19)


def test_sizes_that_sources_state() -> None:
    eric = framework("eric")
    clusters = [len(eric.children(one.key)) for one in eric.children()]
    assert clusters == [10, 4, 4, 17, 11, 5, 5, 9, 8]
    assert sorted(n.number for n in eric.nodes if n.number) == list(range(1, 74))
    groups = framework("bcttv1-groups")
    assert sum(node.size or 0 for node in groups.nodes) == 93
    bcw = framework("bcw")
    assert [len(bcw.children(key)) for key in ("bcw.if", "bcw.pc")] == [9, 7]
    gagliardi = framework("ikt-barriers-enablers-gagliardi")
    assert [len(gagliardi.children(one.key)) for one in gagliardi.children()] == [9, 15, 12]
    assert [len(framework("npt").children(one.key)) for one in framework("npt").children()] == [
        4, 4, 4, 4,
    ]  # fmt: skip
    assert framework("tdf-v1").construct_count == 99
    principles = framework("coproduction-principles")
    assert [len(principles.children(one.key)) for one in principles.children()] == [6, 3, 5]


@pytest.mark.parametrize(
    ("key", "items"),
    [("checklist-coreq", 32), ("checklist-srqr", 21), ("checklist-gripp2-sf", 5)],
)
def test_items_of_checklists(key: str, items: int) -> None:
    numbered = [node for node in framework(key).nodes if node.number is not None]
    assert [node.number for node in numbered] == list(range(1, items + 1))
    assert all(node.autofill is not None and node.applicable for node in numbered)


def test_where_the_text_of_coreq_items_comes_from() -> None:
    by_source: dict[Autofill | None, list[int | None]] = {}
    for node in framework("checklist-coreq").nodes:
        by_source.setdefault(node.autofill, []).append(node.number)
    assert by_source[Autofill.AUTO] == [12, 16, 18, 20, 21, 24, 25, 26, 27, 29]
    assert by_source[Autofill.ASSIST] == [22, 30, 31, 32]
    assert by_source[Autofill.ENGAGEMENT_LOG] == [23, 28]
    assert by_source[Autofill.REFLEXIVITY_JOURNAL] == [8]
    assert by_source[Autofill.DOCUMENT_ATTRIBUTES] == [14, 15, 19]
    assert by_source[Autofill.PROJECT] == [1, 2, 3, 4, 5, 6, 9, 10, 11, 13, 17]
    assert by_source[Autofill.MANUAL] == [7]


QUESTIONS = {
    "kta": [(AnswerKind.SEVERAL, 7)],
    "iap2": [(AnswerKind.ONE, 5)],
    "research-stages": [(AnswerKind.SEVERAL, 6)],
    "research-use": [(AnswerKind.SEVERAL, 3)],
    "ikt-outcomes": [(AnswerKind.SEVERAL, 4)],
    "coproduction-principles": [(AnswerKind.SEVERAL, 6)],
    "wider": [
        (AnswerKind.TEXT, 0),
        (AnswerKind.SEVERAL, 4),
        *[(AnswerKind.TEXT, 0)] * 4,
    ],
}


def test_the_questions_of_charting_forms() -> None:
    asked = {
        one.key: [(field.kind, len(one.options(field))) for field in one.fields]
        for one in catalogue()
        if one.fields
    }
    assert asked == QUESTIONS
    level = framework("iap2").fields[0]
    assert (level.basis, level.ordered, level.not_reported) == (True, True, "iap2.nr")
    outcomes = framework("ikt-outcomes")
    offered = [(depth, node.key) for depth, node in outcomes.options(outcomes.fields[0])]
    assert (1, "out.immediate.team") in offered
    assert not any(key == "out.none" for _, key in offered)


def test_what_presets_are_used_on() -> None:
    used = {one.key: set(one.applies_to) for one in catalogue()}
    assert {key for key, on in used.items() if Applies.RECOMMENDATION in on} == {
        "bcw", "eric", "bcttv1-groups", "apease",
    }  # fmt: skip
    assert {key for key, on in used.items() if Applies.EVENT in on} == {
        "iap2", "research-stages", "wider", "coproduction-principles",
    }  # fmt: skip
    assert {key for key, on in used.items() if {Applies.DOCUMENT, Applies.SEGMENT} <= on} == {
        "ikt-outcomes", "research-use",
    }  # fmt: skip
    assert {key for key, on in used.items() if Applies.CASE in on} == {"cfir-2009", "cfir-2022"}


def test_outcomes_name_their_source_rightly() -> None:
    assert framework("ikt-outcomes").source_name == "Cassidy 2021, informed by Gagliardi"
    assert framework("com-b").source_name == "Michie et al., 2011"


TO_CONFIRM = {
    "tdf-v2": "domains 9 and 13 and five of domain 12",
    "tdf-v1": "domain 9 and all of domains 10 to 12",
    "wider": "recommendations and the eight parts",
    "eric": "which strategy is in which cluster",
    "bcttv1-groups": "techniques per group",
    "coproduction-principles": "five principles of the nihr",
    "checklist-srqr": "21 item names",
    "cfir-2009": "formally appointed internal implementation leaders",
    "ikt-barriers-enablers-gagliardi": "the name of the twelfth outcome",
    "ikt-themes-cassidy": "tables 2, 3, 4 and 6",
}


@pytest.mark.parametrize("key", TO_CONFIRM)
def test_what_is_to_be_confirmed_with_the_papers_in_hand_says_so(key: str) -> None:
    claims = framework(key).verification
    recalled = [c for c in claims if c.status is Status.RECALLED]
    assert any(TO_CONFIRM[key] in claim.claim.casefold() for claim in recalled)


@each_preset
def test_no_definition_of_a_licensed_text_is_long(preset: Framework) -> None:
    """Paraphrases are short; a long one would be somebody's wording."""
    for node in preset.nodes:
        assert len(node.definition) <= 160, node.key


@each_preset
def test_every_claim_that_was_read_says_where_or_how(preset: Framework) -> None:
    for claim in preset.verification:
        if claim.status is Status.RETRIEVED:
            assert claim.sources or claim.note, claim.claim
