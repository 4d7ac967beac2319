from __future__ import annotations

import pytest

from ikt_coder.codebooks.catalogue import (
    Place,
    catalogue,
    crosswalk,
    crosswalks,
    framework,
    search,
)
from ikt_coder.core.errors import NotFound


def found(query: str) -> list[tuple[str, str]]:
    return [(hit.node.key, hit.text) for hit in search(query)]


def test_frameworks_are_read_once() -> None:
    assert catalogue() is catalogue()
    assert framework("tdf-v2") is framework("tdf-v2")


def test_an_unknown_framework_names_those_there_are() -> None:
    with pytest.raises(NotFound) as error:
        framework("tdf")
    assert "“tdf”" in error.value.what
    for one in catalogue():
        assert one.key in error.value.to_do


def test_an_unknown_crosswalk_names_those_there_are() -> None:
    with pytest.raises(NotFound) as error:
        crosswalk("com-b", "tdf-v2")
    assert "tdf-v2 to com-b" in error.value.to_do
    assert len(crosswalks()) == 18


@pytest.mark.parametrize("query", ["self-efficacy", "Self efficacy", "SELF-EFFIC", "efficacy self"])
def test_where_self_efficacy_lives(query: str) -> None:
    assert found(query) == [
        ("tdf2.04", "Self-efficacy"),
        ("cfir09.ind.self_efficacy", "Self-efficacy"),
        ("tdf1.04", "Self-efficacy"),
    ]


def test_a_construct_of_two_domains_is_found_in_both() -> None:
    assert [key for key, _ in found("professional confidence")] == [
        "tdf2.03",
        "tdf2.04",
        "tdf1.04",
    ]


def test_a_whole_name_comes_before_parts_of_names_and_definitions() -> None:
    hits = search("skills")
    assert hits[0].node.key == "tdf2.02"
    assert hits[0].place is Place.NAME
    assert {hit.place for hit in hits} == {Place.NAME, Place.DEFINITION}


def test_spelling_on_either_side_of_the_atlantic() -> None:
    assert found("behavioral regulation")[0][0] == "tdf2.14"
    assert {key for key, _ in found("organizational")} == {
        key for key, _ in found("organisational")
    }
    assert "sem3.organizational" in {key for key, _ in found("organisational")}


def test_a_node_comes_once_however_often_the_word_occurs_in_it() -> None:
    keys = [hit.node.key for hit in search("e")]
    assert len(keys) == len(set(keys))
    assert len(keys) > 40


@pytest.mark.parametrize("query", ["", "  ", "-", "zebra crossing"])
def test_a_search_that_finds_nothing(query: str) -> None:
    assert search(query) == ()


def test_search_within_some_frameworks() -> None:
    assert {hit.framework.key for hit in search("physical", [framework("com-b")])} == {"com-b"}
    assert search("self-efficacy", [framework("com-b")]) == ()


def test_search_reads_a_definition_with_its_default_actor() -> None:
    assert "comb.c" in {key for key, _ in found("ability of the person")}


def test_a_node_that_is_not_there() -> None:
    with pytest.raises(NotFound, match="TDF has no node"):
        framework("tdf-v2").node("tdf2.15")
    assert "tdf2.15" not in framework("tdf-v2")
