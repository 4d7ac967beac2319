"""Rating constructs in cases, each rater for themselves and then together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from ikt_coder.core.cases import CaseKind, CaseRef
from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.ops import Op
from ikt_coder.model import CaseRating, Code, Document, Participant, Study
from ikt_coder.model.derived import derived_key
from ikt_coder.services.base import UNSET, Service, Unset
from ikt_coder.services.case_ratings.hints import hint_of
from ikt_coder.services.case_ratings.rows import (
    EMPTY,
    HIGHEST,
    LOWEST,
    Construct,
    Rated,
    Rater,
    RatingCell,
    RatingGrid,
    RatingRow,
)
from ikt_coder.services.cases import Cases
from ikt_coder.services.theme_counts import passages

if TYPE_CHECKING:
    from ikt_coder.services.case_ratings.comparing import Comparison, Splitting
    from ikt_coder.storage.operation import Operation


class RatingService(Service):
    # -- acts ---------------------------------------------------------------------------

    def rate(
        self,
        case: CaseRef,
        code: UUID,
        value: int | None = None,
        *,
        mixed: bool = False,
        rationale: str | Unset = UNSET,
        agreed: bool = False,
    ) -> None:
        """Rate a construct in a case: −2 to +2, None for Missing; ``mixed`` is 0 mixed. The
        rating is the present coder's, or (``agreed``) the one the raters settled on. Without
        ``rationale`` the one that stands stays. Raises UserError for a value off the scale,
        NotFound where case or code is gone."""
        rated = self._rated(value, mixed)
        coder = None if agreed else self._project.coders.ensure_present()
        with self._operation(Op.RATE_CASES, name=self._code_name(code)) as op:
            self._check_case(op, case)
            self._put(op, case, code, coder, rated, rationale)

    def explain(self, case: CaseRef, code: UUID, rationale: str, *, agreed: bool = False) -> None:
        """Change the reasons of a rating that stands. Raises UserError where there is none."""
        coder = None if agreed else self._project.coders.ensure_present()
        with self._operation(Op.RATE_CASES, name=self._code_name(code)) as op:
            row = self._stored(op, self._key(case, code, coder))
            if row is None:
                raise UserError(
                    "There is no rating to give reasons for.", "Rate the construct first."
                )
            self._put(op, case, code, coder, Rated(row.value, row.mixed), rationale)

    def clear(self, case: CaseRef, code: UUID, *, agreed: bool = False) -> None:
        """Take the present coder's rating away (or the agreed one): not rated, which is not
        Missing. Nothing where there is none."""
        coder = None if agreed else self._project.coder
        if coder is None and not agreed:
            return
        with self._operation(Op.RATE_CASES, name=self._code_name(code)) as op:
            op.execute(delete(CaseRating).where(CaseRating.id == self._key(case, code, coder)))

    @staticmethod
    def _rated(value: int | None, mixed: bool) -> Rated:
        if mixed:
            if value not in (None, 0):
                raise UserError(
                    "Mixed is a kind of 0: it cannot go with another value.",
                    "Rate −2, −1, +1 or +2, or 0 mixed.",
                )
            return Rated(0, True)
        if value is not None and not LOWEST <= value <= HIGHEST:
            raise UserError(
                f"{value} is not on the scale.", "A rating is −2, −1, 0, +1, +2 or Missing."
            )
        return Rated(value)

    def _put(
        self,
        op: Operation,
        case: CaseRef,
        code: UUID,
        coder: UUID | None,
        rated: Rated,
        rationale: str | Unset,
    ) -> None:
        key = self._key(case, code, coder)
        row = self._stored(op, key)
        reasons = row.rationale if row is not None else ""
        if not isinstance(rationale, Unset):
            reasons = rationale.strip()
        values: dict[str, Any] = {
            "value": rated.value,
            "mixed": rated.mixed,
            "rationale": reasons,
        }
        if row is None:
            op.execute(
                insert(CaseRating).values(
                    id=key,
                    **case.columns,
                    code_id=code,
                    coder_id=coder,
                    changed=datetime.now(UTC),
                    **values,
                )
            )
        elif (row.value, row.mixed, row.rationale) != tuple(values.values()):
            op.execute(
                update(CaseRating)
                .where(CaseRating.id == key)
                .values(**values, changed=datetime.now(UTC))
            )

    @staticmethod
    def _key(case: CaseRef, code: UUID, coder: UUID | None) -> UUID:
        return derived_key("case_rating", *case.columns.values(), code, coder)

    @staticmethod
    def _stored(op: Operation, key: UUID) -> Any:
        return op.execute(
            select(CaseRating.value, CaseRating.mixed, CaseRating.rationale).where(
                CaseRating.id == key
            )
        ).first()

    def _code_name(self, code: UUID) -> str:
        return str(self._one(select(Code.name).where(Code.id == code), "code").name)

    @staticmethod
    def _check_case(op: Operation, case: CaseRef) -> None:
        """Raises NotFound where the case is gone."""
        if case.kind is CaseKind.GROUP:
            statement = select(Participant.id).where(Participant.group_name == case.group).limit(1)
        else:
            entity: Any = {
                CaseKind.PARTICIPANT: Participant,
                CaseKind.DOCUMENT: Document,
                CaseKind.STUDY: Study,
            }[case.kind]
            statement = select(entity.id).where(entity.id == case.id)
        if op.execute(statement).first() is None:
            raise NotFound(
                f"This {case.kind.value} is no longer in the project. Nothing was changed.",
                "Undo may bring it back.",
            )

    # -- reading ------------------------------------------------------------------------

    def any(self) -> bool:
        """Whether there is a rating in the project."""
        return self._connection.execute(select(CaseRating.id).limit(1)).first() is not None

    def all(self, kind: CaseKind | None = None) -> tuple[RatingRow, ...]:
        """The ratings as they are stored, of cases of one kind."""
        names = {row.id: row.initials for row in self._project.coders.everyone()}
        found = []
        for r in self._rows(select(CaseRating.__table__).order_by(CaseRating.id)):
            case = CaseRef.of(r.participant_id, r.document_id, r.study_id, r.group_name)
            if kind is None or case.kind is kind:
                initials = names.get(r.coder_id, "") if r.coder_id else ""
                rated = Rated(r.value, r.mixed)
                found.append(
                    RatingRow(case, r.code_id, r.coder_id, initials, rated, r.rationale, r.changed)
                )
        return tuple(found)

    def constructs(
        self, codes: Collection[UUID] | None = None, framework: UUID | None = None
    ) -> tuple[Construct, ...]:
        """The codes to rate, in the order of the codebook: those given, the nodes of a
        framework, or (without either) those that were rated already. Headings of frameworks
        are nothing to rate."""
        if codes is None and framework is None:
            codes = {row.code for row in self.all()}
        rows = {row.id: row for row in self._project.codes.all(counted=False)}
        wanted = [
            row
            for row in rows.values()
            if row.applicable
            and (row.framework == framework if framework is not None else row.id in (codes or ()))
        ]
        there = {row.id for row in wanted}
        found = []
        for row in wanted:
            depth, above = 0, row.parent
            while above is not None:
                depth += above in there
                above = rows[above].parent if above in rows else None
            found.append(Construct(row.id, row.name, row.path, row.definition, depth))
        return tuple(found)

    def given(self, case: CaseRef, code: UUID, *, agreed: bool = False) -> Rated | None:
        """The present coder's rating (or the agreed one); None where there is none."""
        coder = None if agreed else self._project.coder
        if coder is None and not agreed:
            return None
        row = self._connection.execute(
            select(CaseRating.value, CaseRating.mixed).where(
                CaseRating.id == self._key(case, code, coder)
            )
        ).first()
        return Rated(row.value, row.mixed) if row is not None else None

    def grid(
        self,
        kind: CaseKind,
        codes: Sequence[UUID] | None = None,
        *,
        framework: UUID | None = None,
    ) -> RatingGrid:
        """Constructs by cases with every rating, and the layer's codings of each construct with
        its sub-codes. Without codes or framework: what was rated already. For the worker."""
        cases = Cases(self._project, kind)
        constructs = self.constructs(codes, framework)
        parts = self._parts(constructs)
        coded = cases.codings_under(parts)
        ratings: dict[tuple[CaseRef, UUID], list[RatingRow]] = {}
        raters: set[UUID] = set()
        for row in self.all(kind):
            if row.code in parts and cases.get(row.case) is not None:
                ratings.setdefault((row.case, row.code), []).append(row)
                if row.coder is not None:
                    raters.add(row.coder)
        cells = {}
        for key in ratings.keys() | coded.keys():
            some = ratings.get(key, [])
            behind = coded.get(key, [])
            given = sorted(
                (row for row in some if row.coder is not None),
                key=lambda row: (row.initials, str(row.coder)),
            )
            agreed = next((row for row in some if row.coder is None), None)
            cells[key] = RatingCell(
                tuple(given), agreed, tuple(behind), len(passages(behind)), hint_of(behind)
            )
        people = tuple(
            Rater(row.id, row.name, row.initials)
            for row in self._project.coders.everyone()
            if row.id in raters
        )
        return RatingGrid(kind, constructs, cases.rows, cells, people, cases.info())

    def cell(self, case: CaseRef, code: UUID) -> RatingCell:
        """One construct in one case."""
        return self.grid(case.kind, [code]).cells.get((case, code), EMPTY)

    def _parts(self, constructs: Sequence[Construct]) -> dict[UUID, set[UUID]]:
        """Each construct's code with all below it."""
        above = dict(self._connection.execute(select(Code.id, Code.parent_id)).all())
        parts: dict[UUID, set[UUID]] = {row.code: {row.code} for row in constructs}
        for code in above:
            at: UUID | None = code
            seen: set[UUID] = set()
            while at is not None and at not in seen:
                seen.add(at)
                if at in parts:
                    parts[at].add(code)
                at = above.get(at)
        return parts

    def splittings(self, kind: CaseKind) -> tuple[Splitting, ...]:
        """By what cases can be set apart: the group of participants, and attributes of few
        values."""
        from ikt_coder.services.case_ratings.comparing import splittings

        return splittings(self._project, kind)

    def compare(self, grid: RatingGrid, by: Splitting) -> Comparison:
        """Which constructs tell groups of cases apart, by the rule of ``comparing``."""
        from ikt_coder.services.case_ratings.comparing import compare

        return compare(grid, by)
