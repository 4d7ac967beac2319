"""Frameworks in the project: each goes where its kind says (method.md)."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import delete, func, select

from ikt_coder.codebooks.actor import ACTOR, fill_actor
from ikt_coder.codebooks.catalogue import catalogue, find_framework, framework
from ikt_coder.codebooks.framework import Framework as Preset
from ikt_coder.codebooks.framework import Node
from ikt_coder.core.colour import next_colour
from ikt_coder.core.errors import UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.words import Approach, FrameworkKind, Pattern
from ikt_coder.model import Code, Coding, Framework, Level
from ikt_coder.services.base import Service, add_row
from ikt_coder.services.rows import FrameworkRow, LevelRow
from ikt_coder.storage.operation import Operation


class FrameworkService(Service):
    def presets(self) -> tuple[Preset, ...]:
        """The frameworks that come with the program."""
        return catalogue()

    def all(self) -> tuple[FrameworkRow, ...]:
        """The frameworks that are in the project."""
        codes = dict(
            self._rows(
                select(Code.framework_id, func.count())
                .where(Code.node_key.is_not(None))
                .group_by(Code.framework_id)
            )
        )
        levels = dict(
            self._rows(select(Level.framework_id, func.count()).group_by(Level.framework_id))
        )
        return tuple(
            FrameworkRow(
                r.id,
                r.key,
                r.name,
                r.version,
                FrameworkKind(r.kind),
                r.citation,
                codes.get(r.id, 0) + levels.get(r.id, 0),
            )
            for r in self._rows(select(Framework.__table__).order_by(Framework.position))
        )

    def levels(self) -> tuple[LevelRow, ...]:
        """The levels codings may carry, scheme by scheme. Definitions name the project's
        focal actor."""
        rows = self._rows(
            select(
                Level.__table__, Framework.name.label("scheme"), Framework.key.label("scheme_key")
            )
            .join(Framework, Framework.id == Level.framework_id)
            .order_by(Framework.position, Level.position)
        )
        actor = self._project.card.get().focal_actor if rows else ""
        told = {
            (preset.key, node.key): node.definition
            for key in {row.scheme_key for row in rows}
            if (preset := find_framework(key)) is not None
            for node in preset.nodes
        }
        return tuple(
            LevelRow(
                r.id,
                r.framework_id,
                r.scheme,
                r.node_key,
                r.name,
                fill_actor(r.definition, actor) if ACTOR in r.definition else r.definition,
                r.position,
                r.source_wording,
                r.source_page,
                r.definition,
                bool(r.definition) and told.get((r.scheme_key, r.node_key)) == r.definition,
            )
            for r in rows
        )

    def dimensions_in_use(self) -> frozenset[str]:
        """The attributes of codings this project uses: "valence", "strength", "levels".

        Used is what some coding carries, what a framework of the project opens, and valence
        where the approach is a codebook's."""
        kinds = {row.kind for row in self.all()}
        used = set()
        if FrameworkKind.DIMENSION_SET in kinds:
            used |= {"valence", "strength"}
        if FrameworkKind.LEVEL_SCHEME in kinds:
            used |= {"valence", "levels"}
        if self._project.card.get().approach is Approach.CODEBOOK:
            used.add("valence")
        for name, column in (("valence", Coding.valence), ("strength", Coding.strength)):
            if name not in used and self._rows(
                select(Coding.id).where(column.is_not(None)).limit(1)
            ):
                used.add(name)
        return frozenset(used)

    def add(self, key: str) -> UUID:
        """Add a preset in one act: a codebook's nodes become codes below a heading, a level
        scheme's become levels, a dimension set opens its attributes.

        Raises NotFound for an unknown key, UserError where it is in the project already.
        """
        preset = framework(key)
        made = new_id()
        with self._operation(Op.ADD_FRAMEWORK, framework=key, name=preset.name) as op:
            there = op.execute(select(Framework.id).where(Framework.key == key)).first()
            if there is not None:
                raise UserError(f"“{preset.name}” is in the project already.")
            add_row(
                op,
                Framework,
                id=made,
                key=preset.key,
                name=preset.name,
                short_name=preset.short_name,
                version=preset.version,
                kind=preset.kind.value,
                citation=preset.citation.reference if preset.citation else "",
                position=self._next_position(Framework),
            )
            if preset.kind is FrameworkKind.CODEBOOK:
                self._add_codes(op, preset, made)
            elif preset.kind is FrameworkKind.LEVEL_SCHEME:
                for index, (_, node) in enumerate(preset.tree()):
                    self._add_level(op, made, node, index)
        return made

    def _add_codes(self, op: Operation, preset: Preset, key: UUID) -> None:
        heading = new_id()
        now = datetime.now(UTC)
        used = [
            (colour, Pattern(pattern))
            for colour, pattern in op.execute(
                select(Code.colour, Code.pattern).where(Code.applicable)
            )
        ]
        self._add_code(
            op,
            key,
            None,
            heading,
            None,
            self._next_position(Code, Code.parent_id.is_(None)),
            preset.name,
            ("blue", Pattern.SOLID),
            now,
        )
        made: dict[str | None, UUID] = {None: heading}
        for index, (_, node) in enumerate(preset.tree()):
            made[node.key] = new_id()
            if node.colour is not None:
                look = (node.colour, node.pattern or Pattern.SOLID)
            else:
                look = next_colour(used)
            used.append(look)
            self._add_code(
                op, key, node, made[node.key], made[node.parent], index, node.name, look, now
            )

    @staticmethod
    def _add_code(
        op: Operation,
        framework_id: UUID,
        node: Node | None,
        key: UUID,
        parent: UUID | None,
        position: int,
        name: str,
        look: tuple[str, Pattern],
        now: datetime,
    ) -> None:
        add_row(
            op,
            Code,
            id=key,
            parent_id=parent,
            position=position,
            name=name,
            definition=node.definition if node else "",
            include=node.include if node else "",
            exclude=node.exclude if node else "",
            example=node.example if node else "",
            colour=look[0],
            pattern=look[1].value,
            pin=None,
            default_valence=None,
            framework_id=framework_id,
            node_key=node.key if node else None,
            source_wording=node.source_wording if node else "",
            source_page=node.source_page if node else "",
            applicable=node.applicable if node else False,
            merged_into=None,
            created=now,
        )

    @staticmethod
    def _add_level(op: Operation, key: UUID, node: Node, position: int) -> None:
        add_row(
            op,
            Level,
            id=new_id(),
            framework_id=key,
            node_key=node.key,
            name=node.name,
            definition=node.definition,
            position=position,
            source_wording=node.source_wording,
            source_page=node.source_page,
        )

    def remove(self, framework_id: UUID) -> None:
        """Take a framework out with its codes, levels and their codings; can be undone.

        Codes of another origin that were put below its codes stay, at the top."""
        row = self._one(select(Framework.name).where(Framework.id == framework_id), "framework")
        own = list(
            self._connection.execute(
                select(Code.id).where(Code.framework_id == framework_id)
            ).scalars()
        )
        with self._operation(Op.REMOVE_FRAMEWORK, name=row.name) as op:
            guests = list(
                op.execute(
                    select(Code.id)
                    .where(
                        Code.parent_id.in_(own),
                        Code.id.not_in(own),
                        Code.merged_into.is_(None),
                    )
                    .order_by(Code.position)
                ).scalars()
            )
            if guests:
                self._project.codes.hang(op, guests, None)
            self._project.codes.delete_forwarded(op, own)
            op.execute(delete(Framework).where(Framework.id == framework_id))
