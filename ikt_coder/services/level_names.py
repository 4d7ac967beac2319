"""Levels by the names that people and files write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from ikt_coder.core.errors import NotAllowed, NotFound
from ikt_coder.services.project import Project


class LevelNames:
    """The levels of a project by name or id ("Interpersonal" or "sem3.interpersonal").

    Where two schemes have a level of one name, only the id tells them apart.
    """

    def __init__(self, project: Project) -> None:
        rows = project.frameworks.levels()
        shared = Counter(row.name.casefold() for row in rows)
        self._by_name: dict[str, list[UUID]] = {}
        self._names: dict[UUID, str] = {}
        for row in rows:
            self._names[row.id] = row.name if shared[row.name.casefold()] == 1 else row.node_key
            for name in {row.name.casefold(), row.node_key.casefold()}:
                self._by_name.setdefault(name, []).append(row.id)

    def find(self, name: str) -> UUID:
        """Raises NotFound for an unknown level, NotAllowed where schemes share the name."""
        keys = self._by_name.get(name.strip().casefold(), [])
        if not keys:
            raise NotFound(f"There is no level “{name.strip()}”.", "Add its framework first.")
        if len(keys) > 1:
            raise NotAllowed(
                f"{len(keys)} level schemes have a level “{name.strip()}”.",
                "Give its id, such as “sem3.interpersonal”.",
            )
        return keys[0]

    def find_all(self, written: str) -> tuple[UUID, ...]:
        """The levels of a list with semicolons between them. Raises as ``find`` does."""
        names = [name for name in written.split(";") if name.strip()]
        return tuple(dict.fromkeys(self.find(name) for name in names))

    def written(self, levels: Iterable[UUID]) -> list[str]:
        """Names that ``find`` understands, in alphabetical order."""
        return sorted(self._names[key] for key in levels if key in self._names)
