"""docs/frameworks.md describes the form that is read."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from ikt_coder.codebooks.catalogue import catalogue
from ikt_coder.codebooks.framework import Field, Framework, Node
from ikt_coder.codebooks.framework_file import parse_framework
from ikt_coder.core.colour import PALETTE
from ikt_coder.core.words import FrameworkKind

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "frameworks.md"


@pytest.fixture(scope="module")
def document() -> str:
    return DOCUMENT.read_text("utf-8")


def test_the_example_can_be_used_as_it_stands(document: str) -> None:
    (example,) = re.findall(r"```json\n(.*?)```", document, re.DOTALL)
    framework = parse_framework(example, "example")
    assert [node.key for node in framework.nodes] == ["trust", "trust.early"]


def test_every_field_is_described(document: str) -> None:
    for name in (field.name for record in (Framework, Node, Field) for field in fields(record)):
        asked = {"key": "id", "fields": "charting"}.get(name, name)
        assert f"`{asked}`" in document, name


def test_every_kind_colour_and_preset_is_named(document: str) -> None:
    for kind in FrameworkKind:
        assert f"`{kind.value}`" in document or kind is FrameworkKind.CROSSWALK
    for name in PALETTE:
        assert name in document
    for preset in catalogue():
        assert f"| `{preset.key}` |" in document
