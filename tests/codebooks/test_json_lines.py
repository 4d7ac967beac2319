"""Faults of a file and the lines they are told with."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.codebooks.framework_file import parse_framework
from ikt_coder.codebooks.json_lines import lines_of, load
from ikt_coder.codebooks.schema import FrameworkError

FILE = """{
  "format": "ikt-coder-framework-1",
  "id": "mine",
  "name": "Mine",
  "kind": "codebook",
  "nodes": [
    {"id": "a", "name": "Alpha"},
    {"id": "b", "name": "Beta", "parent": "a"}
  ]
}
"""


def faults(text: str) -> list[str]:
    with pytest.raises(FrameworkError) as error:
        parse_framework(text, "mine.json")
    return list(error.value.faults)


def test_the_file_itself_is_good() -> None:
    assert len(parse_framework(FILE, "mine.json").nodes) == 2


def test_every_kind_of_fault_has_its_line() -> None:
    text = """{
  "format": "ikt-coder-framework-1",
  "id": "mine",
  "name": "Mine",
  "name": "Ours",
  "kind": "codbook",
  "lisence": "free",
  "nodes": [
    {"id": "a", "name": "Alpha", "parent": "c"},
    {"id": "b", "name": "Beta",
     "parent": "z"},
    {"id": "b", "name": "Gamma"},
    {"id": "c", "name": "Delta", "parent": "a"},
    {"id": "d", "name": 7}
  ]
}
"""
    told = faults(text)
    assert [fault.split(":")[0] for fault in told] == [
        "line 5", "line 6", "line 7", "line 9", "line 11", "line 12", "line 14",
    ]  # fmt: skip
    for fault, word in zip(
        told,
        ["twice in one object", "codbook", "licence", "back to itself", "“z”", "twice", "a text"],
        strict=True,
    ):
        assert word in fault, fault


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('"id": "mine",', '"id": "mine"', 3, "a comma is missing"),
        ('"name": "Alpha"},', '"name": "Alpha",},', 7, "a comma too many"),
        ('"parent": "a"}', '"parent": "a"},', 8, "a comma too many"),
        ('"kind": "codebook"', '"kind" "codebook"', 5, "a colon is missing"),
        ('"Mine"', '"Mi\\ne"', 4, "goes on to the next line"),
        ('"Mine"', '"Mi\tne"', 4, "a tab inside a text"),
        ('"Mine"', '"C:\\Mine"', 4, "a backslash in a text is written twice"),
        ('"name": "Mine"', "name: 'Mine'", 4, "stands in double quotation marks"),
    ],
)
def test_slips_of_notation(old: str, new: str, line: int, words: str) -> None:
    if new == '"Mi\\ne"':
        new = '"Mi\ne"'
    text = FILE.replace(old, new, 1)
    assert text != FILE
    (told,) = faults(text)
    assert told.startswith(f"line {line}, column ")
    assert words in told


def test_after_a_slip_reading_goes_on() -> None:
    text = FILE.replace('"id": "mine",', '"id": "mine"').replace('"a"}', '"zz"}')
    text = text.replace('"kind": "codebook",', '"kind": "codebook"')
    told = faults(text)
    assert [fault.split(",")[0].split(":")[0] for fault in told] == ["line 3", "line 5", "line 8"]
    assert "“zz” is not in the file" in told[2]


def test_what_cannot_be_understood_is_told_once() -> None:
    assert len(faults("oops, this is no file")) == 1
    assert len(faults('{"a": [1, 2}')) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=12,
)


@given(JSON, st.sampled_from([None, 1, 2]))
def test_every_value_has_the_line_it_stands_on(value: Any, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    loaded = load(text)
    assert (loaded.value, loaded.slips, loaded.twins) == (value, (), False)
    lines, twins = lines_of(text)
    assert twins == []
    rows = text.split("\n")

    def walk(found: Any, path: tuple[str | int, ...]) -> None:
        row = rows[lines[path] - 1]
        if path and isinstance(path[-1], str):
            assert json.dumps(path[-1]) in row
        if isinstance(found, dict):
            for key, inner in found.items():
                walk(inner, (*path, key))
        elif isinstance(found, list):
            for index, inner in enumerate(found):
                walk(inner, (*path, index))
        else:
            assert json.dumps(found) in row

    walk(value, ())


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for whole in (text, FILE[:80] + text + FILE[80:]):
        told = None
        try:
            parse_framework(whole, "any.json")
        except FrameworkError as error:
            told = error.located
        assert told is None or told
        assert all(fault.line is None or fault.line >= 1 for fault in told or ())
