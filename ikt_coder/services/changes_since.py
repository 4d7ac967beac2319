"""What became of the codebook and of the themes since a moment, read from the journal."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ikt_coder.codebooks.actor import ACTOR, fill_actor
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ops import Op
from ikt_coder.model import Operation
from ikt_coder.services.rows import HistoryRow
from ikt_coder.storage import journal
from ikt_coder.storage.past import table_after

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_PAGE = 500
_CODE_FIELDS = {
    "definition": "definition",
    "include": "when to use",
    "exclude": "when not to use",
    "example": "example",
    "source_wording": "source wording",
}
_THEME_FIELDS = {
    "description": "description",
    "central_idea": "central idea",
    "boundaries": "boundaries",
    "narrative": "narrative",
    "status": "status",
    "set_aside_reason": "reason for setting aside",
}


@frozen
class Change:
    """One field of a code or theme, before and after; ``field`` as people call it."""

    name: str
    field: str
    before: str
    after: str


@frozen
class Changes:
    """What changed in the codebook, or among the themes. ``merged`` holds the sources and the
    code they became; ``split`` the code, the new one and how many passages went there;
    ``moved`` the name and the parents before and after, empty for the top."""

    new: tuple[str, ...] = ()
    added: tuple[tuple[str, int], ...] = ()  # frameworks with the number of their codes
    merged: tuple[tuple[tuple[str, ...], str], ...] = ()
    split: tuple[tuple[str, str, int], ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    moved: tuple[tuple[str, str, str], ...] = ()
    changed: tuple[Change, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        return not any(
            (
                self.new,
                self.added,
                self.merged,
                self.split,
                self.renamed,
                self.moved,
                self.changed,
                self.removed,
            )
        )


class Since:
    """The state of the project at a moment, beside that of today.

    ``cut_short``: an erased participant or a compacted file took the journal before ``begins``
    with it, so that nothing earlier can be told.
    """

    def __init__(self, project: Project, moment: datetime) -> None:
        self._project = project
        self._driver: sqlite3.Connection = project.file.connections.raw()
        before = project.connection.execute(
            select(func.max(Operation.seq)).where(Operation.at < moment)
        ).scalar()
        floor = journal.floor(self._driver)
        self.seq = max(before or 0, floor)
        self.cut_short = (before or 0) < floor

    def codes(self) -> Changes:
        """New, merged, split, renamed, moved, changed and removed codes."""
        old, new = self._then("code"), self._now("code")
        names = {key: row["name"] for key, row in (old | new).items()}
        frameworks = {row["id"]: row["name"] for row in self._now("framework").values()}
        known = self._then("framework")
        added: dict[str, int] = {}
        fresh: list[str] = []
        splits = self._splits()
        parted = {made for _, made, _ in splits}
        merged: dict[bytes, list[str]] = {}
        for key, row in new.items():
            if row["merged_into"] is not None:
                if key not in old or old[key]["merged_into"] is None:
                    merged.setdefault(_survivor(new, key), []).append(row["name"])
            elif key not in old:
                framework = row["framework_id"]
                if framework is not None and framework not in known and framework in frameworks:
                    added[frameworks[framework]] = added.get(frameworks[framework], 0) + 1
                elif row["name"] not in parted:
                    fresh.append(row["name"])
        both = [
            key
            for key, row in new.items()
            if key in old and row["merged_into"] is None and old[key]["merged_into"] is None
        ]
        actor = self._project.card.get().focal_actor
        return Changes(
            new=tuple(fresh),
            added=tuple(added.items()),
            merged=tuple((tuple(sources), names[key]) for key, sources in merged.items()),
            split=splits,
            removed=tuple(
                row["name"]
                for key, row in old.items()
                if key not in new and row["merged_into"] is None
            ),
            renamed=_renamed(old, new, both),
            moved=_moved(old, new, [key for key in both if not _went_along(old, new, key)], names),
            changed=tuple(_changed(old, new, both, _CODE_FIELDS, actor)),
        )

    def themes(self) -> Changes:
        """New, renamed, moved, changed and removed themes."""
        old, new = self._then("theme"), self._now("theme")
        names = {key: row["name"] for key, row in (old | new).items()}
        both = [key for key in new if key in old]
        return Changes(
            new=tuple(row["name"] for key, row in new.items() if key not in old),
            removed=tuple(row["name"] for key, row in old.items() if key not in new),
            renamed=_renamed(old, new, both),
            moved=_moved(old, new, both, names),
            changed=tuple(_changed(old, new, both, _THEME_FIELDS, "")),
        )

    def acts(self) -> Iterator[HistoryRow]:
        """The acts since then that stand, newest first."""
        before: int | None = None
        while True:
            page = self._project.history.all(limit=_PAGE, before=before)
            for row in page:
                if row.seq <= self.seq:
                    return
                if row.stands and row.root == row.seq:
                    yield row
            if len(page) < _PAGE:
                return
            before = page[-1].seq

    def _splits(self) -> tuple[tuple[str, str, int], ...]:
        found = []
        for row in self.acts():
            if row.kind == Op.SPLIT_CODE.value:
                told = row.params
                count = told.get("count")
                found.append(
                    (
                        str(told.get("name", "")),
                        str(told.get("new_name", "")),
                        count if isinstance(count, int) else 0,
                    )
                )
        return tuple(reversed(found))

    def _then(self, table: str) -> dict[bytes, dict[str, Any]]:
        return self._seen(table_after(self._driver, table, self.seq))

    def _now(self, table: str) -> dict[bytes, dict[str, Any]]:
        newest = self._project.connection.execute(select(func.max(Operation.seq))).scalar()
        return self._seen(table_after(self._driver, table, newest or 0))

    def _seen(self, rows: Sequence[dict[str, Any]]) -> dict[bytes, dict[str, Any]]:
        """Rows by id, without what others propose in a sealed round."""
        rounds = {row.id.bytes for row in self._project.sight.sealed_rounds()}
        coder = self._project.coder
        present = coder.bytes if coder else None
        return _ordered(
            [
                row
                for row in rows
                if row.get("proposed_in") not in rounds or row["proposed_by"] == present
            ]
        )


def _ordered(rows: Sequence[dict[str, Any]]) -> dict[bytes, dict[str, Any]]:
    """Rows by id, oldest first: ids sort by time."""
    return {row["id"]: row for row in sorted(rows, key=lambda row: bytes(row["id"]))}


def _survivor(rows: Mapping[bytes, dict[str, Any]], key: bytes) -> bytes:
    seen = {key}
    while True:
        onward = rows[key]["merged_into"]
        if onward is None or onward in seen or onward not in rows:
            return key
        seen.add(onward)
        key = onward


def _went_along(
    old: Mapping[bytes, dict[str, Any]], new: Mapping[bytes, dict[str, Any]], key: bytes
) -> bool:
    """Whether a code only changed its parent because that was merged into another."""
    before, after = old[key]["parent_id"], new[key]["parent_id"]
    return before in new and before != after and _survivor(new, before) == after


def _renamed(
    old: Mapping[bytes, dict[str, Any]], new: Mapping[bytes, dict[str, Any]], both: Sequence[bytes]
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (old[key]["name"], new[key]["name"]) for key in both if old[key]["name"] != new[key]["name"]
    )


def _moved(
    old: Mapping[bytes, dict[str, Any]],
    new: Mapping[bytes, dict[str, Any]],
    both: Sequence[bytes],
    names: Mapping[bytes, str],
) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (
            new[key]["name"],
            names.get(old[key]["parent_id"], ""),
            names.get(new[key]["parent_id"], ""),
        )
        for key in both
        if old[key]["parent_id"] != new[key]["parent_id"]
    )


def _changed(
    old: Mapping[bytes, dict[str, Any]],
    new: Mapping[bytes, dict[str, Any]],
    both: Sequence[bytes],
    fields: Mapping[str, str],
    actor: str,
) -> Iterator[Change]:
    for key in both:
        before, after = old[key], new[key]
        for column, field in fields.items():
            if before[column] != after[column]:
                yield Change(
                    after["name"],
                    field,
                    _said(before[column], field, actor),
                    _said(after[column], field, actor),
                )


def _said(text: str, field: str, actor: str) -> str:
    if field == "status":
        return text.replace("_", " ")
    return fill_actor(text, actor) if ACTOR in text else text
