"""Putting a framework's nodes into the project: as codes and as levels."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from ikt_coder.codebooks.framework import Framework as Preset
from ikt_coder.codebooks.framework import Node
from ikt_coder.core.colour import next_colour
from ikt_coder.core.ids import new_id
from ikt_coder.core.words import Pattern
from ikt_coder.model import Code, Level
from ikt_coder.services.code_adding import looks_there
from ikt_coder.storage.operation import Operation

_Look = tuple[str, Pattern]


def add_codes(op: Operation, framework: UUID, preset: Preset, position: int) -> None:
    """The nodes as codes below a heading, which gets ``position`` among the uppermost codes."""
    heading = new_id()
    now = datetime.now(UTC)
    looks = _Looks(op)
    rows = [_code(framework, None, heading, None, position, preset.name, ("blue", Pattern.SOLID))]
    made: dict[str | None, UUID] = {None: heading}
    for index, (_, node) in enumerate(preset.tree()):
        made[node.key] = new_id()
        look = looks.of(node)
        rows.append(
            _code(framework, node, made[node.key], made[node.parent], index, node.name, look)
        )
    op.execute(insert(Code), [{**row, "created": now} for row in rows])


class _Looks:
    """Gives each code a look that stands apart from its neighbours."""

    _RECENT = 60
    """So many codes before are looked at: twice as many as there are looks."""

    def __init__(self, op: Operation) -> None:
        self._used = looks_there(op.connection)

    def of(self, node: Node) -> _Look:
        if node.colour is not None:
            look = node.colour, node.pattern or Pattern.SOLID
        else:
            look = next_colour(self._used[-self._RECENT :])
        self._used.append(look)
        return look


def _code(
    framework: UUID,
    node: Node | None,
    key: UUID,
    parent: UUID | None,
    position: int,
    name: str,
    look: _Look,
) -> dict[str, Any]:
    return {
        "id": key,
        "parent_id": parent,
        "position": position,
        "name": name,
        "definition": node.definition if node else "",
        "include": node.include if node else "",
        "exclude": node.exclude if node else "",
        "example": node.example if node else "",
        "colour": look[0],
        "pattern": look[1].value,
        "pin": None,
        "default_valence": node.valence.value if node and node.valence else None,
        "framework_id": framework,
        "node_key": node.key if node else None,
        "source_wording": node.source_wording if node else "",
        "source_page": node.source_page if node else "",
        "applicable": node.applicable if node else False,
        "merged_into": None,
    }


def add_levels(op: Operation, framework: UUID, preset: Preset) -> None:
    """The nodes as levels that codings can carry."""
    rows = [
        {
            "id": new_id(),
            "framework_id": framework,
            "node_key": node.key,
            "name": node.name,
            "definition": node.definition,
            "position": index,
            "source_wording": node.source_wording,
            "source_page": node.source_page,
        }
        for index, (_, node) in enumerate(preset.tree())
    ]
    op.execute(insert(Level), rows)
