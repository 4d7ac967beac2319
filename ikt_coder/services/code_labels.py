"""Codes by the shortest name that tells them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
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
