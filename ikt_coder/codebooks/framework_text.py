"""Writing a framework as a file that people can read, change and share."""

from __future__ import annotations

import json
from dataclasses import fields
from enum import StrEnum
from typing import Any

from ikt_coder.codebooks.framework import Construct, Framework
from ikt_coder.codebooks.framework_file import FORMAT

_LISTS = ("further_citations", "nodes", "verification", "guidance", "notes")
_DEFAULTS: dict[str, Any] = {"applicable": True, "several": True}


def framework_text(framework: Framework) -> str:
    """The text of the framework's file, one line for each node; ``parse_framework`` reads the
    same framework back."""
    whole: dict[str, Any] = {"format": FORMAT, **_written(framework)}
    charting = whole.pop("fields", None)
    if charting:
        whole["charting"] = {"fields": charting}
    lines = []
    for name, value in whole.items():
        if name in _LISTS:
            entries = ",\n".join(f"    {_json(entry)}" for entry in value)
            lines.append(f"  {_json(name)}: [\n{entries}\n  ]")
        else:
            lines.append(f"  {_json(name)}: {_json(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _written(record: Any) -> dict[str, Any]:
    """The fields of a record that say something, under their names in a file."""
    found: dict[str, Any] = {}
    for one in fields(record):
        value = getattr(record, one.name)
        if value is None or value in ("", ()) or value == _DEFAULTS.get(one.name):
            continue
        if value is False and one.name not in _DEFAULTS:
            continue
        found["id" if one.name == "key" else one.name] = _value(value)
    return found


def _value(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    if isinstance(value, Construct) and value.status is None:
        return value.name
    if isinstance(value, str | int):
        return value
    return _written(value)
