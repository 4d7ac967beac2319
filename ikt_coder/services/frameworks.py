"""Frameworks in the project: each goes where its kind says (method.md)."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select

from ikt_coder.codebooks.actor import ACTOR, fill_actor
from ikt_coder.codebooks.catalogue import catalogue, find_framework, framework
from ikt_coder.codebooks.framework import Citation
from ikt_coder.codebooks.framework import Framework as Preset
from ikt_coder.codebooks.framework_text import framework_text
from ikt_coder.codebooks.uses import Use, possible_uses, usual_uses
from ikt_coder.core.errors import NotAllowed, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.words import Approach, FrameworkKind
from ikt_coder.exporters.replacement import replacing
from ikt_coder.model import ChartField, Code, Coding, Framework, Level
from ikt_coder.services.base import Service, add_row
from ikt_coder.services.framework_adding import add_codes, add_levels
from ikt_coder.services.framework_library import (
    FrameworkLibrary,
    read_own_framework,
    stored_framework,
)
from ikt_coder.services.framework_saving import framework_of_codes
from ikt_coder.services.level_sets import OWN
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
                codes.get(r.id, 0) + levels.get(r.id, 0) or _size(r),
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

    @property
    def library(self) -> FrameworkLibrary:
        """The user's own frameworks on this computer."""
        return FrameworkLibrary()

    def content(self, framework_id: UUID) -> Preset:
        """A framework of the project with all its nodes: from the text the project keeps, from
        the program's own, or, for a level set of the project, from its levels.

        Raises NotFound where it is gone, or comes from a newer version of the program.
        """
        row = self._one(
            select(Framework.key, Framework.name, Framework.source).where(
                Framework.id == framework_id
            ),
            "framework",
        )
        if row.source:
            return stored_framework(row.source, row.name)
        if row.key.startswith(OWN):
            return next(one for one in self._project.level_sets.own() if one.key == row.key)
        return framework(row.key)

    def in_project(self) -> tuple[Preset, ...]:
        """The frameworks of the project with their nodes, in its order; level sets of its own
        and those of a newer version are left out."""
        rows = self._rows(
            select(Framework.key, Framework.name, Framework.source).order_by(Framework.position)
        )
        found = (
            stored_framework(row.source, row.name) if row.source else find_framework(row.key)
            for row in rows
        )
        return tuple(one for one in found if one is not None)

    def find(self, key: str) -> Preset:
        """A framework by its id: the project's copy, else the program's, else the library's.

        Raises NotFound, and FrameworkError where a file of the library was spoilt.
        """
        row = self._connection.execute(
            select(Framework.name, Framework.source).where(Framework.key == key)
        ).first()
        if row is not None and row.source:
            return stored_framework(row.source, row.name)
        return self._offered(key)[0]

    def _offered(self, key: str) -> tuple[Preset, str | None]:
        """A framework that can be added, and its text where it is not the program's own."""
        found = find_framework(key)
        if found is not None:
            return found, None
        kept = self.library.find(key)
        return kept if kept is not None else (framework(key), None)  # which raises

    def uses(self, framework_id: UUID) -> frozenset[Use]:
        """What a framework of the project was added as."""
        found = set()
        for use, entity in ((Use.CODES, Code), (Use.CHART, ChartField)):
            made = select(entity.id).where(entity.framework_id == framework_id).limit(1)
            if self._connection.execute(made).first() is not None:
                found.add(use)
        return frozenset(found)

    def add(self, key: str, uses: Collection[Use] | None = None) -> UUID:
        """Add a framework of the program or of the library in one act.

        A codebook's nodes become codes below a heading, a level scheme's become levels, a
        dimension set opens its attributes, a charting set its questions. ``uses`` says so where
        a framework can be several of these; one that is there already gets what it lacks.

        Raises NotFound for an unknown key, UserError where it is in the project already,
        NotAllowed for a use that it cannot have.
        """
        return self._add(*self._offered(key), uses)

    def add_file(self, path: Path, uses: Collection[Use] | None = None) -> UUID:
        """Add a framework straight from its file; the project keeps its text.

        Raises FrameworkError that lists every fault with its line, else as ``add``.
        """
        return self._add(*read_own_framework(path), uses)

    def _add(self, preset: Preset, source: str | None, uses: Collection[Use] | None) -> UUID:
        wanted = usual_uses(preset) if uses is None else frozenset(uses)
        for use in wanted.difference(possible_uses(preset)):
            raise NotAllowed(f"“{preset.name}” cannot be used as {use.value}. Nothing was added.")
        with self._operation(Op.ADD_FRAMEWORK, framework=preset.key, name=preset.name) as op:
            there = op.execute(select(Framework.id).where(Framework.key == preset.key)).scalar()
            if there is not None:
                wanted -= self.uses(there)
                if not wanted or uses is None:
                    raise UserError(f"“{preset.name}” is in the project already.")
            made = there or self._add_row(op, preset, source)
            if Use.CODES in wanted:
                add_codes(op, made, preset, self._next_position(Code, Code.parent_id.is_(None)))
            if Use.CHART in wanted:
                self._project.charting.add_fields(op, made, preset)
            if preset.kind is FrameworkKind.LEVEL_SCHEME:
                add_levels(op, made, preset)
        return made

    def _add_row(self, op: Operation, preset: Preset, source: str | None) -> UUID:
        made = new_id()
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
            source=source,
        )
        return made

    def save_as_framework(
        self,
        path: Path,
        name: str,
        branches: Collection[UUID] | None = None,
        *,
        key: str = "",
        citation: Citation | None = None,
        purpose: str = "",
        licence: str = "",
    ) -> Preset:
        """Write the codes of some branches, each with all below it (all codes for None), as a
        framework file that others can add.

        Raises UserError where there is no code or no name, where an id is not usable, and where
        the file cannot be written; an older file of that name stays then.
        """
        made = framework_of_codes(
            self._project,
            name,
            branches,
            key=key,
            citation=citation,
            purpose=purpose,
            licence=licence,
        )
        text = framework_text(made)
        written = stored_framework(text, path.name)  # what is written can be read
        with replacing(path) as stream:
            stream.write(text.encode())
        return written

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


def _size(row: Any) -> int:
    """How many nodes a framework has that made neither codes nor levels."""
    found = stored_framework(row.source, row.name) if row.source else find_framework(row.key)
    return len(found.nodes) if found is not None else 0
