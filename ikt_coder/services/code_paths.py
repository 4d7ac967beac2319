"""Codes named by their paths, made where the codebook lacks them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.ops import Op
from ikt_coder.services.codes import join_path, split_path
from ikt_coder.services.project import Project

CodePath = tuple[str, ...]


def path_of(written: str) -> CodePath:
    """The names of a written path, each on one line. Raises NotAllowed where one is empty."""
    path = tuple(" ".join(name.split()) for name in split_path(written))
    if not all(path):
        raise NotAllowed(f"“{written}” is no path of a code: a name in it is empty.")
    return path


def make_codes(project: Project, paths: Iterable[CodePath]) -> dict[CodePath, UUID]:
    """The codes of some paths, in one act; those that are missing are made, parents first.

    A path that differs from a code's in upper and lower case only names that code.
    """
    known = {row.path: row.id for row in project.codes.all()}
    by_case = {_folded(path): key for path, key in known.items()}
    wanted = list(dict.fromkeys(paths))
    with project.operation(Op.ADD_CODE, count=len(wanted)):
        for path in wanted:
            for depth in range(1, len(path) + 1):
                part = path[:depth]
                if part in known:
                    continue
                found = by_case.get(_folded(part))
                if found is None:
                    found = project.codes.add(part[-1], known.get(part[:-1]))
                    by_case[_folded(part)] = found
                known[part] = found
    return {path: known[path] for path in wanted}


def _folded(path: CodePath) -> str:
    return join_path(path).casefold()
