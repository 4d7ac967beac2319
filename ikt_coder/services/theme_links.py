"""Links between themes: reciprocal, contrast, leads to, each with a note (method.md)."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import delete, or_, select

from ikt_coder.core.errors import NotAllowed, NotFound
from ikt_coder.core.ids import derived_id
from ikt_coder.core.ops import Op
from ikt_coder.core.words import LinkKind
from ikt_coder.model import Theme, ThemeLink, aliased
from ikt_coder.services.base import UNSET, Service, Unset, add_row, change_row
from ikt_coder.services.rows import LinkRow
from ikt_coder.storage.operation import Operation

_HOLDS_BOTH_WAYS = frozenset({LinkKind.RECIPROCAL, LinkKind.CONTRAST})


class ThemeLinkService(Service):
    """``project.themes.links``."""

    def all(self) -> tuple[LinkRow, ...]:
        """Every link, in the order in which they were made."""
        return self._read()

    def of(self, theme: UUID) -> tuple[LinkRow, ...]:
        """The links a theme stands in, on either side."""
        return self._read(or_(ThemeLink.theme_id == theme, ThemeLink.other_id == theme))

    def get(self, link: UUID) -> LinkRow:
        """Raises NotFound."""
        for row in self._read(ThemeLink.id == link):
            return row
        raise NotFound("This link is no longer in the project.", "Undo may bring it back.")

    def between(self, theme: UUID, other: UUID, kind: LinkKind) -> LinkRow | None:
        """The link of this kind between two themes, where there is one."""
        key = _link_id(theme, other, kind)
        return next(iter(self._read(ThemeLink.id == key)), None)

    def add(self, theme: UUID, other: UUID, kind: LinkKind, note: str = "") -> UUID:
        """Link two themes; *leads to* goes from ``theme`` to ``other``, the other kinds hold
        both ways. Raises NotAllowed for a theme with itself and for a pair that is linked in
        this way already."""
        with self._operation(Op.LINK_THEMES, link=kind.value) as op:
            return self._insert(op, theme, other, kind, note, datetime.now(UTC))

    def change(
        self, link: UUID, *, kind: LinkKind | Unset = UNSET, note: str | Unset = UNSET
    ) -> UUID:
        """Change what is given. Another kind makes it another link, whose id is returned."""
        row = self.get(link)
        wanted = row.kind if isinstance(kind, Unset) else kind
        words = row.note if isinstance(note, Unset) else note.strip()
        with self._operation(
            Op.CHANGE_LINK, link=wanted.value, name=row.theme_name, other=row.other_name
        ) as op:
            if wanted is row.kind:
                change_row(op, ThemeLink, link, {"note": words})
                return link
            op.execute(delete(ThemeLink).where(ThemeLink.id == link))
            return self._insert(op, row.theme, row.other, wanted, words, row.created)

    def remove(self, link: UUID) -> None:
        row = self.get(link)
        with self._operation(
            Op.UNLINK_THEMES, link=row.kind.value, name=row.theme_name, other=row.other_name
        ) as op:
            op.execute(delete(ThemeLink).where(ThemeLink.id == link))

    def _insert(
        self, op: Operation, theme: UUID, other: UUID, kind: LinkKind, note: str, made: datetime
    ) -> UUID:
        if theme == other:
            raise NotAllowed(
                "A theme cannot be linked with itself. Nothing was linked.",
                "Choose another theme.",
            )
        names = {row.id: row.name for row in op.execute(select(Theme.id, Theme.name)).all()}
        if theme not in names or other not in names:
            raise NotFound("This theme is no longer in the project. Nothing was linked.")
        theme, other = _ends(theme, other, kind)
        key = _link_id(theme, other, kind)
        if op.execute(select(ThemeLink.id).where(ThemeLink.id == key)).first() is not None:
            raise NotAllowed(
                f"“{names[theme]}” and “{names[other]}” are linked in this way already. "
                "Nothing was changed.",
                "Change the note of that link, or choose another kind.",
            )
        op.note(name=names[theme], other=names[other])
        add_row(
            op,
            ThemeLink,
            id=key,
            theme_id=theme,
            other_id=other,
            kind=kind.value,
            note=note.strip(),
            created=made,
        )
        return key

    def _read(self, *conditions: object) -> tuple[LinkRow, ...]:
        one, two = aliased(Theme), aliased(Theme)
        statement = (
            select(ThemeLink.__table__, one.name.label("one"), two.name.label("two"))
            .join(one, one.id == ThemeLink.theme_id)
            .join(two, two.id == ThemeLink.other_id)
            .order_by(ThemeLink.created, ThemeLink.id)
        )
        for condition in conditions:
            statement = statement.where(condition)  # type: ignore[arg-type]  # an SQL expression
        return tuple(
            LinkRow(r.id, LinkKind(r.kind), r.theme_id, r.one, r.other_id, r.two, r.note, r.created)
            for r in self._rows(statement)
        )


def _ends(theme: UUID, other: UUID, kind: LinkKind) -> tuple[UUID, UUID]:
    """The two themes, sorted where the link holds both ways, so that copies of a project
    agree on it."""
    if kind in _HOLDS_BOTH_WAYS and other < theme:
        return other, theme
    return theme, other


def _link_id(theme: UUID, other: UUID, kind: LinkKind) -> UUID:
    return derived_id(*_ends(theme, other, kind), kind.value)
