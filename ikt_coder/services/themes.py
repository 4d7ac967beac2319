"""Themes: a tree of findings, made from codes and single codings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, select, update

from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.ids import derived_id, new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.core.words import LinkKind, Stance, ThemeStatus
from ikt_coder.model import (
    Code,
    Quote,
    Theme,
    ThemeCode,
    ThemeCoding,
    ThemeDomain,
    ThemeLevel,
)
from ikt_coder.services.base import UNSET, Service, Unset, add_row, change_row, given, named
from ikt_coder.services.deviant_cases import DeviantCase, deviant_cases
from ikt_coder.services.rows import CodeRow, ThemeCodingRow, ThemeRow
from ikt_coder.services.theme_counts import ThemeCounts
from ikt_coder.services.theme_links import ThemeLinkService

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


class ThemeService(Service):
    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.links = ThemeLinkService(project)

    # -- reading ------------------------------------------------------------------------

    def all(self) -> tuple[ThemeRow, ...]:
        """All themes in tree order with their counts in the analysis layer."""
        return ThemeCounts(self._project).rows()

    def names(self) -> dict[UUID, str]:
        """The themes by name, without counting anything."""
        rows = self._rows(select(Theme.id, Theme.name).order_by(Theme.position, Theme.id))
        return {row.id: row.name for row in rows}

    def parents(self) -> dict[UUID, UUID | None]:
        """Each theme's parent; None at the top."""
        return {row.id: row.parent_id for row in self._rows(select(Theme.id, Theme.parent_id))}

    def get(self, theme: UUID) -> ThemeRow:
        for row in self.all():
            if row.id == theme:
                return row
        raise NotFound("This theme is no longer in the project.", "Undo may bring it back.")

    def find(self, name: str) -> ThemeRow:
        for row in self.all():
            if name in (row.name, str(row.id)):
                return row
        raise NotFound(f"There is no theme “{name}” in the project.")

    def codings(self, theme: UUID, counts: ThemeCounts | None = None) -> tuple[ThemeCodingRow, ...]:
        """The codings of a theme in the analysis layer, in document order; ``counts`` where
        the themes have been read already."""
        members = (counts or ThemeCounts(self._project)).members(theme)
        by_hand = {
            r.coding_id: r
            for r in self._rows(
                select(ThemeCoding.coding_id, ThemeCoding.stance, ThemeCoding.by_hand).where(
                    ThemeCoding.theme_id == theme
                )
            )
        }
        codes = set(
            self._connection.execute(
                select(ThemeCode.code_id).where(ThemeCode.theme_id == theme)
            ).scalars()
        )
        quotes = {
            r.coding_id: r.id
            for r in self._rows(select(Quote.coding_id, Quote.id).where(Quote.theme_id == theme))
        }
        return tuple(
            ThemeCodingRow(
                passage=passage,
                by_code=passage.coding.code in codes,
                stance=Stance(by_hand[passage.coding.id].stance)
                if passage.coding.id in by_hand
                else Stance.SUPPORTS,
                quote=quotes.get(passage.coding.id),
            )
            for passage in self._project.passages.of_codings(members)
        )

    def loose_codes(self) -> tuple[CodeRow, ...]:
        """Codes with codings that are in no theme yet."""
        held = set(self._connection.execute(select(ThemeCode.code_id)).scalars())
        return tuple(
            row
            for row in self._project.codes.all()
            if row.applicable and row.id not in held and row.codings
        )

    # -- the tree ---------------------------------------------------------------------------

    def add(
        self,
        name: str,
        parent: UUID | None = None,
        *,
        codes: Sequence[UUID] = (),
        codings: Sequence[UUID] = (),
        description: str = "",
        central_idea: str = "",
        boundaries: str = "",
        narrative: str = "",
        status: ThemeStatus = ThemeStatus.CANDIDATE,
        set_aside_reason: str = "",
    ) -> UUID:
        """Add a theme, perhaps from codes or codings at once; it may stay empty."""
        key = new_id()
        name = named(name, "theme")
        with self._operation(Op.ADD_THEME, theme=key, name=name) as op:
            self._refuse_double(name, None)
            add_row(
                op,
                Theme,
                id=key,
                parent_id=parent,
                position=self._next_position(Theme, Theme.parent_id == parent),
                name=name,
                description=description.strip(),
                central_idea=central_idea.strip(),
                boundaries=boundaries.strip(),
                narrative=narrative.strip(),
                status=status.value,
                set_aside_reason=set_aside_reason.strip(),
                created=datetime.now(UTC),
            )
            if codes:
                self.add_codes(key, codes)
            if codings:
                self.add_codings(key, codings)
        return key

    def change(
        self,
        theme: UUID,
        *,
        name: str | Unset = UNSET,
        description: str | Unset = UNSET,
        central_idea: str | Unset = UNSET,
        boundaries: str | Unset = UNSET,
        narrative: str | Unset = UNSET,
        status: ThemeStatus | Unset = UNSET,
        set_aside_reason: str | Unset = UNSET,
    ) -> None:
        """Change the fields that are given."""
        values = given(
            name=name,
            description=description,
            central_idea=central_idea,
            boundaries=boundaries,
            narrative=narrative,
            status=status,
            set_aside_reason=set_aside_reason,
        )
        with self._operation(
            Op.CHANGE_THEME, theme=theme, name=self._name(theme), fields=sorted(values)
        ) as op:
            if "name" in values:
                values["name"] = named(values["name"], "theme")
                self._refuse_double(values["name"], theme)
                op.note(new_name=values["name"])
            change_row(op, Theme, theme, values)

    def move(self, theme: UUID, parent: UUID | None, position: int | None = None) -> None:
        """Put a theme under another (None: at the top). Raises NotAllowed below itself."""
        above = self.parents()
        step = parent
        while step is not None:
            if step == theme:
                raise NotAllowed("A theme cannot lie below itself. Nothing was moved.")
            step = above.get(step)
        with self._operation(Op.MOVE_THEME, theme=theme, name=self._name(theme)) as op:
            sisters = list(
                op.execute(
                    select(Theme.id)
                    .where(Theme.parent_id == parent)
                    .order_by(Theme.position, Theme.id)
                ).scalars()
            )
            at = len(sisters) if position is None else max(0, min(position, len(sisters)))
            order = [key for key in sisters[:at] if key != theme]
            order += [theme, *(key for key in sisters[at:] if key != theme)]
            for index, key in enumerate(order):
                op.execute(
                    update(Theme).where(Theme.id == key).values(parent_id=parent, position=index)
                )

    def delete(self, theme: UUID) -> None:
        """Delete a theme with its sub-themes; its codes and codings stay."""
        with self._operation(Op.DELETE_THEME, name=self._name(theme)) as op:
            op.execute(delete(Theme).where(Theme.id == theme))

    # -- what belongs to a theme ------------------------------------------------------------

    def add_codes(
        self, theme: UUID, codes: UUID | Sequence[UUID], *, with_below: bool = True
    ) -> None:
        """Let all codings of some codes (and their sub-codes) belong to a theme."""
        keys = [codes] if isinstance(codes, UUID) else list(codes)
        if with_below:
            keys = self._project.codes.with_below(keys)
        with self._operation(Op.GATHER, theme=theme, name=self._name(theme)) as op:
            usable = {
                r.id: r.name
                for r in op.execute(
                    select(Code.id, Code.name).where(
                        Code.id.in_(keys), Code.applicable, Code.merged_into.is_(None)
                    )
                )
            }
            position = self._next_position(ThemeCode, ThemeCode.theme_id == theme)
            added: list[str] = []
            for key in keys:
                pair = derived_id(theme, key)
                there = op.execute(select(ThemeCode.id).where(ThemeCode.id == pair)).first()
                if key in usable and there is None:
                    add_row(
                        op,
                        ThemeCode,
                        id=pair,
                        theme_id=theme,
                        code_id=key,
                        position=position + len(added),
                    )
                    added.append(usable[key])
            op.note(codes=added[:20], count=len(added))

    def remove_codes(self, theme: UUID, codes: UUID | Sequence[UUID]) -> None:
        keys = [codes] if isinstance(codes, UUID) else list(codes)
        with self._operation(Op.UNGATHER, theme=theme, name=self._name(theme)) as op:
            names = op.execute(select(Code.name).where(Code.id.in_(keys))).scalars()
            op.note(codes=list(names)[:20], count=len(keys))
            op.execute(
                delete(ThemeCode).where(ThemeCode.theme_id == theme, ThemeCode.code_id.in_(keys))
            )

    def move_codes(self, source: UUID | None, target: UUID, codes: Sequence[UUID]) -> None:
        """Take codes out of one theme and into another, in one act."""
        with self._operation(Op.GATHER, theme=target, name=self._name(target)):
            if source is not None:
                self.remove_codes(source, codes)
            self.add_codes(target, codes, with_below=False)

    def add_codings(
        self, theme: UUID, codings: UUID | Sequence[UUID], stance: Stance = Stance.SUPPORTS
    ) -> None:
        """Let single codings belong to a theme."""
        self._place(theme, codings, stance, by_hand=True, kind=Op.GATHER)

    def set_stance(self, theme: UUID, codings: UUID | Sequence[UUID], stance: Stance) -> None:
        """Say whether codings support, qualify or contradict a theme."""
        self._place(theme, codings, stance, by_hand=None, kind=Op.SET_STANCE)

    def _place(
        self,
        theme: UUID,
        codings: UUID | Sequence[UUID],
        stance: Stance,
        *,
        by_hand: bool | None,
        kind: Op,
    ) -> None:
        keys = [codings] if isinstance(codings, UUID) else list(codings)
        with self._operation(
            kind, theme=theme, name=self._name(theme), count=len(keys), stance=stance.value
        ) as op:
            for key in keys:
                pair = derived_id(theme, key)
                there = op.execute(
                    select(ThemeCoding.by_hand).where(ThemeCoding.id == pair)
                ).first()
                if there is None:
                    add_row(
                        op,
                        ThemeCoding,
                        id=pair,
                        theme_id=theme,
                        coding_id=key,
                        by_hand=bool(by_hand),
                        stance=stance.value,
                    )
                else:
                    values: dict[str, object] = {"stance": stance.value}
                    if by_hand:
                        values["by_hand"] = True
                    change_row(op, ThemeCoding, pair, values)

    def remove_codings(self, theme: UUID, codings: UUID | Sequence[UUID]) -> None:
        """Take single codings out of a theme; those it has by their code stay."""
        keys = [codings] if isinstance(codings, UUID) else list(codings)
        with self._operation(
            Op.UNGATHER, theme=theme, name=self._name(theme), count=len(keys)
        ) as op:
            op.execute(
                delete(ThemeCoding).where(
                    ThemeCoding.theme_id == theme, ThemeCoding.coding_id.in_(keys)
                )
            )

    def set_levels(self, theme: UUID, levels: Collection[UUID]) -> None:
        """The levels the author gives the theme itself; marked † in tables."""
        with self._operation(Op.CHANGE_THEME, theme=theme, name=self._name(theme)) as op:
            held = set(
                op.execute(
                    select(ThemeLevel.level_id).where(ThemeLevel.theme_id == theme)
                ).scalars()
            )
            op.execute(
                delete(ThemeLevel).where(
                    ThemeLevel.theme_id == theme, ThemeLevel.level_id.in_(held - set(levels))
                )
            )
            for level in set(levels) - held:
                add_row(
                    op,
                    ThemeLevel,
                    id=derived_id(theme, level),
                    theme_id=theme,
                    level_id=level,
                )

    def set_domain(self, theme: UUID, code: UUID, shown: bool | None) -> None:
        """Show a domain on a theme by hand (marked † in tables), hide it, or leave it to the
        rule (None)."""
        pair = derived_id(theme, code)
        with self._operation(Op.CHANGE_THEME, theme=theme, name=self._name(theme)) as op:
            there = op.execute(select(ThemeDomain.id).where(ThemeDomain.id == pair)).first()
            if shown is None:
                op.execute(delete(ThemeDomain).where(ThemeDomain.id == pair))
            elif there is None:
                add_row(op, ThemeDomain, id=pair, theme_id=theme, code_id=code, shown=shown)
            else:
                change_row(op, ThemeDomain, pair, {"shown": shown})

    # -- links, quotes, deviant cases -----------------------------------------------------

    def link(self, theme: UUID, other: UUID, kind: LinkKind, note: str = "") -> UUID:
        """Link two themes; see ``links.add``."""
        return self.links.add(theme, other, kind, note)

    def change_link(
        self, link: UUID, *, kind: LinkKind | Unset = UNSET, note: str | Unset = UNSET
    ) -> UUID:
        """Change a link; another kind makes it another link, whose id is returned."""
        return self.links.change(link, kind=kind, note=note)

    def unlink(self, link: UUID) -> None:
        self.links.remove(link)

    def deviant_cases(
        self, theme: UUID | None = None, *, below: bool = True
    ) -> tuple[DeviantCase, ...]:
        """Codings of the analysis layer that qualify or contradict a theme, or any theme."""
        return deviant_cases(self._project, theme, below=below)

    def accept_quote(self, theme: UUID, coding: UUID, span: Span | None = None) -> UUID:
        """Accept a quote; see ``project.quotes.accept``."""
        return self._project.quotes.accept(theme, coding, span)

    def drop_quote(self, quote: UUID) -> None:
        self._project.quotes.drop(quote)

    def _name(self, theme: UUID) -> str:
        return str(self._one(select(Theme.name).where(Theme.id == theme), "theme").name)

    def _refuse_double(self, name: str, besides: UUID | None) -> None:
        for row in self._rows(select(Theme.id, Theme.name)):
            if row.name.casefold() == name.casefold() and row.id != besides:
                raise UserError(f"There is a theme “{row.name}” already.", "Choose another name.")
