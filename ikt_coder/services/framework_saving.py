"""The project's codes as a framework: a file that others can take in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from ikt_coder.codebooks.catalogue import keys
from ikt_coder.codebooks.framework import Citation, Framework, Node, Tier
from ikt_coder.core.errors import UserError
from ikt_coder.core.words import FrameworkKind, Pattern, Valence
from ikt_coder.model import Code
from ikt_coder.services.level_sets import OWN

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_LONGEST = 80


def framework_of_codes(
    project: Project,
    name: str,
    branches: Collection[UUID] | None = None,
    *,
    key: str = "",
    citation: Citation | None = None,
    purpose: str = "",
    licence: str = "",
) -> Framework:
    """The codes of some branches, each with all below it, as a framework; all codes for None.

    Definitions keep ``{actor}`` where they have it. Without ``key`` the id is made from the
    name. Raises UserError where there is no code or no name.
    """
    name = " ".join(name.split())
    if not name:
        raise UserError("The framework needs a name.", "Type one and try again.")
    rows = project.codes.all(counted=False)
    taken = _branches({row.id: row.parent for row in rows}, branches)
    stored = {row.id: row for row in project.connection.execute(select(Code.__table__)).all()}
    ids: dict[UUID, str] = {}
    used: set[str] = set()
    nodes = []
    for row in rows:
        if row.id in taken:
            parent = ids.get(row.parent) if row.parent is not None else None
            ids[row.id] = _node_id(row.node_key, row.name, parent, used)
            used.add(ids[row.id])
            nodes.append(_node(ids[row.id], parent, stored[row.id]))
    if not nodes:
        raise UserError("There are no codes to save; no file was written.", "Make codes first.")
    return Framework(
        key=key or framework_id(name),
        name=name,
        short_name=name,
        version="",
        kind=FrameworkKind.CODEBOOK,
        nodes=tuple(nodes),
        tier=Tier.EXTENDED,
        citation=citation,
        licence=licence,
        purpose=purpose,
    )


def framework_id(name: str) -> str:
    """An id made from a framework's name that no framework of the program has."""
    made = re.sub(r"-{2,}", "-", _slug(name)) or "framework"
    return f"{made[: _LONGEST - 5]}-own" if made in keys() or made.startswith(OWN) else made


def _branches(parents: dict[UUID, UUID | None], heads: Collection[UUID] | None) -> set[UUID]:
    if heads is None:
        return set(parents)
    taken: set[UUID] = set()
    for code, parent in parents.items():  # parents come before what is below them
        if code in heads or parent in taken:
            taken.add(code)
    return taken


def _node(key: str, parent: str | None, row: Any) -> Node:
    return Node(
        key=key,
        name=row.name,
        parent=parent,
        definition=row.definition.strip(),
        include=row.include.strip(),
        exclude=row.exclude.strip(),
        example=row.example.strip(),
        source_wording=row.source_wording.strip(),
        source_page=" ".join(row.source_page.split()),
        colour=row.colour or None,
        pattern=Pattern(row.pattern),
        applicable=row.applicable,
        valence=Valence(row.default_valence) if row.default_valence else None,
    )


def _node_id(node_key: str | None, name: str, above: str | None, taken: Collection[str]) -> str:
    if node_key and node_key not in taken:
        return node_key
    own = _slug(name) or "code"
    start = f"{above}.{own}" if above and len(above) + len(own) < _LONGEST - 8 else own
    start = start[: _LONGEST - 8].rstrip(".-_")
    number, made = 1, start
    while made in taken:
        number += 1
        made = f"{start}-{number}"
    return made


def _slug(text: str) -> str:
    """A name in letters and digits that any system can write."""
    bare = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:_LONGEST]
