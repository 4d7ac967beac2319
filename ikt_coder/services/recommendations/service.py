"""What could be done about a barrier, kept and rated by people."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import delete, insert, select

from ikt_coder.codebooks.catalogue import find_framework
from ikt_coder.codebooks.components import COMPONENTS
from ikt_coder.codebooks.framework import Applies
from ikt_coder.codebooks.framework import Framework as Preset
from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.words import FrameworkKind, Valence
from ikt_coder.model import Code, Coder, Recommendation, RecommendationRating, Theme
from ikt_coder.model.derived import derived_key
from ikt_coder.services.base import UNSET, Service, Unset, add_row, change_row, given
from ikt_coder.services.recommendations.rows import (
    NO,
    PARTLY,
    YES,
    Criterion,
    RatingRow,
    RatingSummary,
    RecommendationRow,
    Solution,
    SolutionFramework,
)

if TYPE_CHECKING:
    from ikt_coder.services.recommendations.paths import Paths

_SHIPPED = ("bcw", "eric", "bcttv1-groups")
_CRITERIA = "apease"
_LONGEST = 300


class RecommendationService(Service):
    def paths(self, valence: Valence = Valence.BARRIER) -> Paths:
        """Codes and themes with codings in one direction, and where each leads."""
        from ikt_coder.services.recommendations.paths import Paths  # loads tables and counts

        return Paths(self._project, valence)

    def solutions(self) -> tuple[SolutionFramework, ...]:
        """The frameworks whose nodes can be recommended: those that come with the program, and
        others of the project that are for recommendations."""
        presets = [find_framework(key) for key in _SHIPPED]
        found = [preset for preset in presets if preset is not None]
        for row in self._project.frameworks.all():
            preset = find_framework(row.key)
            if preset is not None and _is_solution(preset) and preset not in found:
                found.append(preset)
        return tuple(_solutions(preset) for preset in found)

    def criteria(self) -> tuple[Criterion, ...]:
        """What recommendations are rated by (APEASE)."""
        preset = find_framework(_CRITERIA)
        nodes = [node for _, node in preset.tree()] if preset is not None else []
        return tuple(Criterion(node.key, node.name, node.definition) for node in nodes)

    # -- reading ------------------------------------------------------------------------

    def all(self) -> tuple[RecommendationRow, ...]:
        """The recommendations that were kept, in the order people gave them."""
        ratings: dict[UUID, list[RatingRow]] = {}
        for row in self._rows(
            select(RecommendationRating.__table__, Coder.initials)
            .join(Coder, Coder.id == RecommendationRating.coder_id)
            .order_by(Coder.initials, RecommendationRating.id)
        ):
            ratings.setdefault(row.recommendation_id, []).append(
                RatingRow(row.criterion, row.coder_id, row.initials, row.value, row.note)
            )
        return tuple(
            self._row(row, tuple(ratings.get(row.id, ())))
            for row in self._rows(
                select(
                    Recommendation.__table__,
                    Code.name.label("code_name"),
                    Theme.name.label("theme_name"),
                    Coder.initials,
                )
                .outerjoin(Code, Code.id == Recommendation.code_id)
                .outerjoin(Theme, Theme.id == Recommendation.theme_id)
                .outerjoin(Coder, Coder.id == Recommendation.coder_id)
                .order_by(Recommendation.position, Recommendation.created, Recommendation.id)
            )
        )

    @staticmethod
    def _row(r: Any, ratings: tuple[RatingRow, ...]) -> RecommendationRow:
        name, home = _named(r.framework, r.node_key)
        component, _ = _named(COMPONENTS, r.component)
        return RecommendationRow(
            r.id,
            r.framework,
            home,
            r.node_key,
            name or r.text,
            r.text,
            r.component,
            component,
            r.code_id,
            r.theme_id,
            r.code_name or r.theme_name or "",
            r.note,
            r.coder_id,
            r.initials or "",
            r.created,
            ratings,
        )

    def get(self, recommendation: UUID) -> RecommendationRow:
        """Raises NotFound."""
        for row in self.all():
            if row.id == recommendation:
                return row
        raise NotFound(
            "This recommendation is no longer in the project.", "Undo may bring it back."
        )

    def summary(self, row: RecommendationRow) -> tuple[RatingSummary, ...]:
        """How coders rated it, criterion by criterion; empty where nobody did."""
        if not row.ratings:
            return ()
        found = []
        for criterion in self.criteria():
            values = [one.value for one in row.ratings if one.criterion == criterion.key]
            found.append(
                RatingSummary(
                    criterion,
                    values.count(YES),
                    values.count(PARTLY),
                    values.count(NO),
                    values.count(None),
                )
            )
        return tuple(found)

    # -- acts ---------------------------------------------------------------------------

    def add(
        self,
        *,
        code: UUID | None = None,
        theme: UUID | None = None,
        framework: str | None = None,
        node_key: str | None = None,
        text: str = "",
        component: str | None = None,
        note: str = "",
    ) -> UUID:
        """Keep a recommendation for a code or a theme: a node of a framework, or own words.

        Raises UserError where neither is given, NotFound for a node, code or theme that is not
        there, NotAllowed for a code and a theme at once.
        """
        if (code is None) == (theme is None):
            raise NotAllowed("A recommendation answers to one code or one theme. Nothing was kept.")
        words = " ".join(text.split())
        name = words
        if node_key is not None:
            preset = find_framework(framework)
            if preset is None or node_key not in preset:
                raise NotFound(f"There is no “{node_key}” in “{framework}”. Nothing was kept.")
            name = preset.node(node_key).name
        elif not words:
            raise UserError("A recommendation needs words.", "Write some, or choose a strategy.")
        entity: Any = Code if code is not None else Theme
        coder = self._project.coders.ensure_present()
        key = new_id()
        with self._operation(Op.ADD_RECOMMENDATION, recommendation=key, name=name[:_LONGEST]) as op:
            self._one(
                select(entity.id).where(entity.id == (code or theme)), "code" if code else "theme"
            )
            add_row(
                op,
                Recommendation,
                id=key,
                framework=framework if node_key is not None else None,
                node_key=node_key,
                text=words,
                component=component,
                code_id=code,
                theme_id=theme,
                note=note.strip(),
                position=self._next_position(Recommendation),
                coder_id=coder,
                created=datetime.now(UTC),
            )
        return key

    def change(
        self,
        recommendation: UUID,
        *,
        text: str | Unset = UNSET,
        component: str | Unset | None = UNSET,
        note: str | Unset = UNSET,
    ) -> None:
        """Change what is given. Raises UserError where own words would be empty."""
        row = self.get(recommendation)
        if not isinstance(text, Unset):
            text = " ".join(text.split())
            if not text and row.node_key is None:
                raise UserError("A recommendation needs words. Nothing was changed.")
        values = given(text=text, component=component, note=note)
        with self._operation(
            Op.CHANGE_RECOMMENDATION, recommendation=recommendation, name=row.name[:_LONGEST]
        ) as op:
            change_row(op, Recommendation, recommendation, values)

    def delete(self, recommendation: UUID) -> None:
        """Delete a recommendation with its ratings."""
        row = self.get(recommendation)
        with self._operation(
            Op.DELETE_RECOMMENDATION, recommendation=recommendation, name=row.name[:_LONGEST]
        ) as op:
            op.execute(delete(Recommendation).where(Recommendation.id == recommendation))

    def rate(self, recommendation: UUID, criterion: str, value: int | None, note: str = "") -> None:
        """Rate a recommendation by one criterion as the present coder: 1 (no) to 3 (yes), None
        for unsure. Raises NotAllowed for another value or criterion."""
        if value not in (None, NO, PARTLY, YES):
            raise NotAllowed("A criterion is rated 1 (no) to 3 (yes). Nothing was rated.")
        if criterion not in {one.key for one in self.criteria()}:
            raise NotAllowed(f"“{criterion}” is no criterion. Nothing was rated.")
        row = self.get(recommendation)
        coder = self._project.coders.ensure_present()
        key = derived_key("recommendation_rating", recommendation, criterion, coder)
        values = {"value": value, "note": note.strip()}
        with self._operation(
            Op.RATE_RECOMMENDATION, recommendation=recommendation, name=row.name[:_LONGEST]
        ) as op:
            if row.rating(criterion, coder) is not None:
                change_row(op, RecommendationRating, key, values)
            else:
                op.execute(
                    insert(RecommendationRating).values(
                        id=key,
                        recommendation_id=recommendation,
                        criterion=criterion,
                        coder_id=coder,
                        **values,
                    )
                )

    def unrate(self, recommendation: UUID, criterion: str) -> None:
        """Take back the present coder's rating by one criterion."""
        row = self.get(recommendation)
        coder = self._project.coders.ensure_present()
        key = derived_key("recommendation_rating", recommendation, criterion, coder)
        with self._operation(
            Op.RATE_RECOMMENDATION, recommendation=recommendation, name=row.name[:_LONGEST]
        ) as op:
            op.execute(delete(RecommendationRating).where(RecommendationRating.id == key))


def _is_solution(preset: Preset) -> bool:
    return preset.kind is FrameworkKind.CODEBOOK and Applies.RECOMMENDATION in preset.applies_to


def _solutions(preset: Preset) -> SolutionFramework:
    names = {node.key: node.name for node in preset.nodes}
    above = {node.parent for node in preset.nodes if node.parent is not None}
    return SolutionFramework(
        preset.key,
        preset.name,
        preset.short_name or preset.name,
        tuple(
            Solution(
                preset.key,
                node.key,
                node.name,
                names.get(node.parent or "", ""),
                node.definition,
                node.key not in above,
            )
            for _, node in preset.tree()
        ),
    )


def _named(framework: str | None, node_key: str | None) -> tuple[str, str]:
    """The name of a node and of its framework; empty where they are not known here."""
    preset = find_framework(framework)
    if preset is None or node_key is None:
        return "", ""
    name = preset.node(node_key).name if node_key in preset else node_key
    return name, preset.short_name or preset.name
