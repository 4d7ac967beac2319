from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.codebooks.catalogue import (
    catalogue,
    crosswalk,
    crosswalks,
    derivations,
    find_framework,
    framework,
)
from ikt_coder.codebooks.crosswalk import Crosswalk, Derived, Relation, parse_crosswalk, reached
from ikt_coder.codebooks.framework import Status
from ikt_coder.codebooks.schema import FrameworkError
from ikt_coder.core.errors import NotAllowed

TDF = crosswalk("tdf-v2", "com-b")
DOMAINS = [node.key for node in framework("tdf-v2").nodes]
COMPONENTS = [node.key for node in framework("com-b").nodes]

# Cane, O'Connor and Michie 2012, Table 3
CANE = {
    "comb.c.phys": {"02"},
    "comb.c.psych": {"01", "02", "10", "14"},
    "comb.o.soc": {"12"},
    "comb.o.phys": {"11"},
    "comb.m.refl": {"03", "04", "05", "06", "08", "09"},
    "comb.m.auto": {"03", "05", "07", "13"},
}


def test_cane_2012_is_the_default_and_has_17_links() -> None:
    assert TDF.default_source.key == "cane2012"
    by_component: dict[str, set[str]] = {}
    for domain in DOMAINS:
        for target in TDF.targets(domain):
            by_component.setdefault(target, set()).add(domain[-2:])
    assert by_component == CANE
    assert sum(link.source == "cane2012" for link in TDF.links) == 17


def test_the_2014_guide_stands_beside_it() -> None:
    guide = [link for link in TDF.links if link.source == "michie2014"]
    assert len(guide) == 15
    assert TDF.targets("tdf2.03", "michie2014") == ("comb.m.refl",)
    assert TDF.targets("tdf2.05", "michie2014") == ("comb.m.refl",)
    assert {link.part: link.target_node for link in guide if link.part} == {
        "physical skills": "comb.c.phys",
        "cognitive and interpersonal skills": "comb.c.psych",
    }


def test_where_a_coder_has_to_choose() -> None:
    assert TDF.open_nodes() == ("tdf2.02", "tdf2.03", "tdf2.05")
    assert TDF.open_nodes("michie2014") == ("tdf2.02",)


@pytest.mark.parametrize("source", ["cane2012", "michie2014"])
def test_every_domain_leads_to_a_component_that_is_there(source: str) -> None:
    for domain in DOMAINS:
        assert TDF.targets(domain, source)
        assert all(key in framework("com-b") for key in TDF.targets(domain, source))


def test_every_link_says_how_it_was_checked() -> None:
    assert {link.status for link in TDF.links} == {Status.RETRIEVED}
    assert all(source.verification.sources for source in TDF.sources)


def test_the_links_are_those_of_the_source(shared: Path) -> None:
    source = json.loads((shared / "frameworks" / "tdf-v2.json").read_text("utf-8"))
    names = {"cane2012-table3": "cane2012", "michie2014-guide": "michie2014"}
    expected = [(names[m["source"]], m["from"].split("#")[0], m["to"]) for m in source["mappings"]]
    assert [(x.source, x.source_node, x.target_node) for x in TDF.links] == expected
    assert TDF.open_nodes() == tuple(source["choose_component_for"])
    checks = {names.get(check["claim"]): check["sources"] for check in source["verification"]}
    for one in TDF.sources:
        assert list(one.verification.sources) == checks[one.key]


def test_one_target_fills_itself() -> None:
    assert TDF.derive("tdf2.01") == Derived(("comb.c.psych",), ("comb.c.psych",))
    assert not TDF.derive("tdf2.01").undecided


def test_two_targets_wait_for_a_choice() -> None:
    skills = TDF.derive("tdf2.02")
    assert skills.undecided
    assert skills.targets == ()
    assert skills.candidates == ("comb.c.phys", "comb.c.psych")
    assert TDF.derive("tdf2.02", ["comb.c.psych"]).targets == ("comb.c.psych",)
    both = TDF.derive("tdf2.02", ["comb.c.psych", "comb.c.phys"])
    assert both.targets == ("comb.c.phys", "comb.c.psych")
    assert not both.undecided


def test_a_choice_outlives_a_change_of_source() -> None:
    assert TDF.derive("tdf2.03", ["comb.m.auto"]).targets == ("comb.m.auto",)
    assert TDF.derive("tdf2.03", ["comb.m.auto"], "michie2014").targets == ("comb.m.refl",)


def test_a_node_of_no_link_leads_nowhere() -> None:
    assert TDF.derive("comb.c") == Derived((), ())
    assert not TDF.derive("comb.c").undecided


@given(st.sampled_from(DOMAINS), st.lists(st.sampled_from(COMPONENTS)))
def test_derive_counts_candidates_only_and_each_once(domain: str, choice: list[str]) -> None:
    derived = TDF.derive(domain, choice)
    assert set(derived.targets) <= set(derived.candidates)
    assert len(set(derived.targets)) == len(derived.targets)
    offered = set(choice) & set(derived.candidates)
    if len(derived.candidates) == 1:
        assert derived.targets == derived.candidates
    else:
        assert set(derived.targets) == offered
    assert derived.undecided == (len(derived.candidates) > 1 and not offered)
    assert TDF.derive(domain, list(reversed(choice))) == derived


@given(
    st.lists(st.sampled_from(COMPONENTS)),
    st.lists(st.tuples(st.sampled_from(DOMAINS), st.lists(st.sampled_from(COMPONENTS)))),
)
def test_nothing_that_is_reached_counts_twice(
    direct: list[str], coded: list[tuple[str, list[str]]]
) -> None:
    derivations = [TDF.derive(domain, choice) for domain, choice in coded]
    result = reached(direct, derivations)
    counted = [*result.direct, *result.derived]
    assert len(set(counted)) == len(counted)
    assert set(result.direct) == set(direct)
    assert set(counted) == set(direct) | {key for d in derivations for key in d.targets}
    assert set(result.undecided) == {d.candidates for d in derivations if d.undecided}
    assert len(set(result.undecided)) == len(result.undecided)


def test_a_direct_coding_does_not_decide_for_another() -> None:
    result = reached(["comb.c.psych"], [TDF.derive("tdf2.02"), TDF.derive("tdf2.01")])
    assert result.direct == ("comb.c.psych",)
    assert result.derived == ()
    assert result.undecided == (("comb.c.phys", "comb.c.psych"),)


def test_a_choice_is_stored_in_order_and_once() -> None:
    chosen = TDF.check_choice("tdf2.02", ["comb.c.psych", "comb.c.phys", "comb.c.psych"])
    assert chosen == ("comb.c.phys", "comb.c.psych")
    assert TDF.check_choice("tdf2.02", []) == ()


def test_a_choice_the_crosswalk_does_not_offer_is_refused() -> None:
    with pytest.raises(NotAllowed) as error:
        TDF.check_choice("tdf2.02", ["comb.m.auto"])
    assert "comb.m.auto" in error.value.what
    assert "comb.c.phys, comb.c.psych" in error.value.to_do


def _crosswalk_file() -> dict[str, Any]:
    citation = {"title": "A paper"}
    return {
        "format": "ikt-coder-crosswalk-1",
        "kind": "crosswalk",
        "id": "tdf-v2--com-b",
        "name": "A crosswalk",
        "from": "tdf-v2",
        "to": "com-b",
        "sources": [
            {
                "id": "paper",
                "name": "A paper",
                "default": True,
                "citation": citation,
                "checked": {"status": "recalled"},
            }
        ],
        "links": [
            {"from": "tdf2.01", "to": "comb.c.psych", "source": "paper", "status": "recalled"}
        ],
    }


def _parse(file: dict[str, Any]) -> None:
    parse_crosswalk(json.dumps(file), "mine.json", {one.key: one for one in catalogue()})


def test_a_good_crosswalk_file_is_read() -> None:
    _parse(_crosswalk_file())


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda f: f.update(to="com-c"), "the framework “com-c” is not known"),
        (lambda f: f.update(kind="codebook"), "“kind” must be crosswalk"),
        (lambda f: f["sources"][0].update(default=False), "must be the default"),
        (lambda f: f["sources"][0].pop("citation"), "“citation” is missing"),
        (lambda f: f["links"][0].update({"from": "tdf2.99"}), "tdf-v2 has no node “tdf2.99”"),
        (lambda f: f["links"][0].update(to="comb.x"), "com-b has no node “comb.x”"),
        (lambda f: f["links"][0].update(source="other"), "“other” is not one of “sources”"),
        (lambda f: f["links"][0].update(status="guessed"), "“status” is “guessed”"),
        (lambda f: f["links"].append(dict(f["links"][0])), "link number 2: it stands twice"),
        (lambda f: f.update(links=[]), "not one usable link"),
    ],
)
def test_faults_of_a_crosswalk_file(spoil: Callable[[dict[str, Any]], object], fault: str) -> None:
    file = _crosswalk_file()
    spoil(file)
    with pytest.raises(FrameworkError) as error:
        _parse(file)
    assert any(fault in told for told in error.value.faults), error.value.faults


LINKS = {
    "bcw--bcw": 43,
    "cfir-2009--cfir-2022": 9,
    "cfir-2022--com-b": 3,
    "com-b--bcw": 21 + 24,
    "coproduction-architecture--levels-micro-meso-macro": 26,
    "coproduction-principles--coproduction-principles": 4,
    "ikt-barriers-enablers-gagliardi--ikt-barriers-enablers-gagliardi": 3,
    "ikt-barriers-enablers-gagliardi--ikt-outcomes": 7,
    "ikt-themes-cassidy--ikt-themes-cassidy": 4,
    "ikt-themes-cassidy--sem-ikt3": 12,
    "ikt-themes-cassidy--tdf-v2": 12,
    "research-stages--gagliardi2016": 5,
    "research-use--ikt-outcomes": 1,
    "sem-ikt3--sem-mcleroy": 4,
    "tdf-v1--tdf-v2": 14,
    "tdf-v2--bcw": 52,
    "tdf-v2--com-b": 17 + 15,
    "wider--wider": 6,
}


def test_the_crosswalks_and_how_many_links_each_has() -> None:
    assert {walk.key: len(walk.links) for walk in crosswalks()} == LINKS
    assert [walk.key for walk in derivations()] == ["tdf-v2--com-b"]


def test_com_b_leads_to_functions_by_either_publication() -> None:
    walk = crosswalk("com-b", "bcw")
    by = {
        key: {(x.source_node, x.target_node) for x in walk.links if x.source == key}
        for key in ("michie2011-table2", "michie2014-guide")
    }
    assert [source.key for source in walk.sources if source.default] == ["michie2011-table2"]
    assert (len(by["michie2011-table2"]), len(by["michie2014-guide"])) == (21, 24)
    assert by["michie2014-guide"] - by["michie2011-table2"] == {
        ("comb.o.phys", "bcw.if.training"),
        ("comb.m.auto", "bcw.if.training"),
        ("comb.o.soc", "bcw.if.modelling"),
    }
    rows = ("comb.c.phys", "comb.c.psych", "comb.m.refl", "comb.m.auto", "comb.o.phys")
    assert [len(walk.targets(row)) for row in (*rows, "comb.o.soc")] == [2, 3, 4, 6, 3, 3]
    recalled = [x for x in walk.links if x.status is Status.RECALLED]
    assert [(x.source_node, x.target_node) for x in recalled] == [
        ("comb.m.auto", "bcw.if.training")
    ]


def test_functions_lead_to_policy_categories() -> None:
    walk = crosswalk("bcw", "bcw")
    assert all(x.source_node.startswith("bcw.if.") for x in walk.links)
    assert all(x.target_node.startswith("bcw.pc.") for x in walk.links)
    assert {x.status for x in walk.links} == {Status.RECALLED}
    bcw = framework("bcw")
    by_category = [
        sum(x.target_node == one.key for x in walk.links) for one in bcw.children("bcw.pc")
    ]
    assert by_category == [5, 8, 5, 8, 8, 2, 7]


def test_relations_and_labels() -> None:
    kinds = {walk.key: walk.relation for walk in crosswalks()}
    reciprocal = {key for key, relation in kinds.items() if relation is Relation.RECIPROCAL}
    assert reciprocal == {
        "ikt-barriers-enablers-gagliardi--ikt-barriers-enablers-gagliardi",
        "ikt-themes-cassidy--ikt-themes-cassidy",
    }
    stages = crosswalk("research-stages", "gagliardi2016")
    assert [name for _, name in stages.labels] == [
        "Conceptualize and plan",
        "Recruit or collect data",
        "Interpret findings",
        "Disseminate or implement",
    ]
    assert find_framework("gagliardi2016") is None


@pytest.mark.parametrize("walk", crosswalks(), ids=lambda walk: walk.key)
def test_ends_resolve_and_links_say_how_far_they_were_checked(walk: Crosswalk) -> None:
    source = framework(walk.source_framework)
    target = find_framework(walk.target_framework)
    labels = {key for key, _ in walk.labels}
    for link in walk.links:
        assert link.source_node in source
        assert link.target_node in (labels if target is None else target)
        kept = walk.source_of(link.source)
        if link.status is Status.OWN:
            assert kept.key == "project"
        if kept.key == "project":
            assert link.status is Status.OWN
            assert kept.verification.status is Status.OWN


def test_every_mapping_of_the_source_is_in_a_crosswalk(shared: Path) -> None:
    drawn = {
        (x.source_node, x.part, x.target_node): walk.key
        for walk in crosswalks()
        for x in walk.links
    }
    parts = {
        "physical": "physical skills",
        "cognitive_interpersonal": "cognitive and interpersonal skills",
    }
    wanted = 0
    for file in sorted((shared / "frameworks").glob("*.json")):
        for mapping in json.loads(file.read_text("utf-8")).get("mappings", []):
            start, _, part = mapping["from"].partition("#")
            end = mapping["to"].removeprefix("gagliardi2016:")
            if mapping["source"] == "michie2011-table3":  # drawn from functions to categories
                start, end = end, start
            assert (start, parts.get(part, ""), end) in drawn, mapping
            wanted += 1
    of_nodes = {"ikt-themes-cassidy--sem-ikt3", "ikt-themes-cassidy--tdf-v2"}
    own = {"coproduction-architecture--levels-micro-meso-macro"}
    assert sum(LINKS[key] for key in LINKS.keys() - of_nodes - own) == wanted
