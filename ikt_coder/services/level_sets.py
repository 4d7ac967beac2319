"""The wording of levels, and level sets of the project's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select

from ikt_coder.codebooks.framework import OWN_SETS, Node
from ikt_coder.codebooks.framework import Framework as Preset
from ikt_coder.core.errors import NotAllowed, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.words import FrameworkKind
from ikt_coder.model import CodingLevel, Framework, Level
from ikt_coder.services.base import UNSET, Service, Unset, add_row, change_row, given, named

OWN = OWN_SETS
"""What the keys of the project's own level sets begin with; no preset's key does."""


class LevelSetService(Service):
    """Level schemes of the project. A published scheme keeps its levels and their names; the
    definitions of all levels, and everything of an own set, can be changed."""

    def own(self) -> tuple[Preset, ...]:
        """The project's own level sets, in the form in which presets are read."""
        rows = [row for row in self._project.frameworks.all() if row.key.startswith(OWN)]
        return tuple(
            Preset(row.key, row.name, row.name, "", FrameworkKind.LEVEL_SCHEME, self._nodes(row.id))
            for row in rows
        )

    def worded(self, preset: Preset) -> Preset:
        """A level scheme as the project words it; another preset as it is."""
        if preset.kind is not FrameworkKind.LEVEL_SCHEME:
            return preset
        rows = self._project.frameworks.all()
        there = next((row.id for row in rows if row.key == preset.key), None)
        told = {node.key: node.definition for node in self._nodes(there)} if there else {}
        nodes = (
            replace(node, definition=told.get(node.key, node.definition)) for node in preset.nodes
        )
        return replace(preset, nodes=tuple(nodes))

    def _nodes(self, scheme: UUID) -> tuple[Node, ...]:
        rows = self._rows(
            select(Level.node_key, Level.name, Level.definition)
            .where(Level.framework_id == scheme)
            .order_by(Level.position)
        )
        return tuple(Node(r.node_key, r.name, None, r.definition) for r in rows)

    # -- the wording of a level -------------------------------------------------------------

    def change(
        self,
        level: UUID,
        *,
        name: str | Unset = UNSET,
        definition: str | Unset = UNSET,
        source_wording: str | Unset = UNSET,
        source_page: str | Unset = UNSET,
    ) -> None:
        """Change a level's definition (``{actor}`` stands for the focal actor), fill in its
        wording from the source, or rename a level of an own set.

        Raises NotFound for a level that is not in the project, NotAllowed for the name of a
        published level, UserError for a name that is empty or taken in the set.
        """
        row = self._level(level)
        values = given(
            definition=definition, source_wording=source_wording, source_page=source_page
        )
        told: dict[str, str] = {}
        if not isinstance(name, Unset):
            self._check_own(row.key, f"“{row.name}” is published under this name")
            values["name"] = told["new_name"] = self._free(row.framework_id, name, but=level)
        with self._operation(
            Op.CHANGE_LEVEL, level=level, name=row.name, fields=sorted(values), **told
        ) as op:
            change_row(op, Level, level, values)

    # -- own sets ---------------------------------------------------------------------------

    def make(self, name: str, levels: Sequence[str]) -> UUID:
        """Make a level set of the project's own, in one act; levels stand in the order given.

        Raises UserError where no level is named, or a name is empty, too long or there twice.
        """
        name = named(name, "level set")
        names = [named(level, "level") for level in levels]
        if not names:
            raise UserError("A level set needs levels.", "Write one on each line.")
        for at, level in enumerate(names):
            if level.casefold() in {one.casefold() for one in names[:at]}:
                raise UserError(f"The level “{level}” is there twice.", "Take one of them away.")
        if name.casefold() in {row.name.casefold() for row in self._project.frameworks.all()}:
            raise UserError(f"“{name}” is in the project already.", "Choose another name.")
        made = new_id()
        with self._operation(Op.MAKE_LEVEL_SET, name=name) as op:
            add_row(
                op,
                Framework,
                id=made,
                key=f"{OWN}{made.hex[-12:]}",
                name=name,
                short_name=name,
                version="",
                kind=FrameworkKind.LEVEL_SCHEME.value,
                citation="",
                position=self._next_position(Framework),
            )
            for level in names:
                self.add_level(made, level)
        return made

    def rename(self, scheme: UUID, name: str) -> None:
        """Rename an own set. Raises NotAllowed for a published scheme, UserError for no name."""
        row = self._own(scheme)
        name = named(name, "level set")
        with self._operation(Op.CHANGE_LEVEL_SET, name=row.name, new_name=name) as op:
            change_row(op, Framework, scheme, {"name": name, "short_name": name})

    def add_level(self, scheme: UUID, name: str) -> UUID:
        """Add a level at the end of an own set. Raises NotAllowed for a published scheme,
        UserError for a name that is empty or taken in the set."""
        row = self._own(scheme)
        name = self._free(scheme, name)
        made = new_id()
        with self._operation(Op.CHANGE_LEVEL_SET, name=row.name) as op:
            add_row(
                op,
                Level,
                id=made,
                framework_id=scheme,
                node_key=f"{row.key}.{made.hex[-8:]}",
                name=name,
                definition="",
                position=self._next_position(Level, Level.framework_id == scheme),
                source_wording="",
                source_page="",
            )
        return made

    def move_level(self, level: UUID, by: int) -> None:
        """Move a level of an own set up (negative) or down in its order; at the ends it stays.

        Raises NotAllowed for a level of a published scheme.
        """
        row = self._level(level)
        self._check_own(row.key, f"“{row.scheme}” is published in this order")
        order = [
            r.id
            for r in self._rows(
                select(Level.id)
                .where(Level.framework_id == row.framework_id)
                .order_by(Level.position, Level.id)
            )
        ]
        to = max(0, min(len(order) - 1, order.index(level) + by))
        if order[to] == level:
            return
        order.remove(level)
        order.insert(to, level)
        with self._operation(Op.CHANGE_LEVEL_SET, name=row.scheme) as op:
            for position, key in enumerate(order):
                change_row(op, Level, key, {"position": position})

    def codings_on(self, level: UUID) -> int:
        """How many codings, of all coders, carry a level."""
        return int(
            self._connection.execute(
                select(func.count()).select_from(CodingLevel).where(CodingLevel.level_id == level)
            ).scalar_one()
        )

    def remove_level(self, level: UUID) -> None:
        """Take a level out of an own set, and off the codings and themes that carry it; can be
        undone. Raises NotAllowed for a published scheme and for the last level of a set."""
        row = self._level(level)
        self._check_own(row.key, f"“{row.name}” is part of a published scheme")
        if len(self._nodes(row.framework_id)) == 1:
            raise NotAllowed(
                "This is the only level of its set. Nothing was removed.",
                "Remove the whole set instead.",
            )
        with self._operation(Op.CHANGE_LEVEL_SET, name=row.scheme) as op:
            op.execute(delete(Level).where(Level.id == level))

    # -- checks -----------------------------------------------------------------------------

    def _level(self, level: UUID) -> Any:
        return self._one(
            select(Level.name, Level.framework_id, Framework.key, Framework.name.label("scheme"))
            .join(Framework, Framework.id == Level.framework_id)
            .where(Level.id == level),
            "level",
        )

    def _own(self, scheme: UUID) -> Any:
        row = self._one(
            select(Framework.key, Framework.name).where(Framework.id == scheme), "level set"
        )
        self._check_own(row.key, f"“{row.name}” is published as it is")
        return row

    @staticmethod
    def _check_own(key: str, why: str) -> None:
        if not key.startswith(OWN):
            raise NotAllowed(f"{why}. Nothing was changed.", "Make a level set of your own.")

    def _free(self, scheme: UUID, name: str, but: UUID | None = None) -> str:
        """A level's name as stored. Raises UserError where the set has it already."""
        name = named(name, "level")
        rows = self._rows(select(Level.id, Level.name).where(Level.framework_id == scheme))
        if any(r.name.casefold() == name.casefold() and r.id != but for r in rows):
            raise UserError(f"The set has a level “{name}” already.", "Choose another name.")
        return name
