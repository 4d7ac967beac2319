"""Codes by the shortest name that tells them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from uuid import UUID

from ikt_coder.services.codes import join_path
from ikt_coder.services.rows import CodeRow


def code_labels(codes: Sequence[CodeRow]) -> dict[UUID, str]:
    """The name of each code; its path where another code has the name. In tree order."""
    shared = Counter(row.name.casefold() for row in codes)
    return {
        row.id: row.name if shared[row.name.casefold()] == 1 else join_path(row.path)
        for row in codes
    }


def shown_depths(codes: Sequence[CodeRow], shown: Container[UUID]) -> dict[UUID, int]:
    """How far each code is set in where only some are shown: below those above it that are
    shown. Set in by its place in the tree it would seem to be below whatever stands before it,
    as the nodes of a framework do whose heading has no row."""
    depths: dict[UUID, int] = {}
    for row in codes:  # a parent stands before its children
        depths[row.id] = 0
        if row.parent is not None and row.parent in depths:
            depths[row.id] = depths[row.parent] + (row.parent in shown)
    return depths
