"""Codings: applying a code to a span, and everything a coding carries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.ids import derived_id
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.core.words import Basis, Flag, Layer, Origin, Valence
from ikt_coder.model import Coder, Coding, CodingLevel, Document
from ikt_coder.services.base import UNSET, Service, Unset
from ikt_coder.services.code_merging import absorb
from ikt_coder.services.coding_rows import (
    ADD_LEVEL,
    CODE_TO_APPLY,
    CODING,
    CODING_COLUMNS,
    EQUAL,
    LEVELS,
    REMOVE_CODING,
    SPANS,
    WHOSE,
    change_coding,
    changed,
    coding_row,
)
from ikt_coder.services.new_codings import NewCoding, make_codings, refuse_strength
from ikt_coder.services.rows import CodingRow
from ikt_coder.storage.operation import Operation

Keys = UUID | Sequence[UUID]

__all__ = ["CodingService", "NewCoding", "coding_row"]


class CodingService(Service):
    # -- reading ------------------------------------------------------------------------

    def in_document(
        self,
        document: UUID,
        coder: UUID | Unset | None = UNSET,
        layer: Layer = Layer.CODER,
    ) -> tuple[CodingRow, ...]:
        """Codings of a document in text order: the present coder's, those of ``coder``, or
        with ``coder=None`` everyone's."""
        statement = select(*CODING_COLUMNS).where(
            Coding.document_id == document, Coding.layer == layer.value
        )
        statement = self._of_coder(statement, coder)
        levels = (
            select(CodingLevel.coding_id, CodingLevel.level_id)
            .join(Coding, Coding.id == CodingLevel.coding_id)
            .where(Coding.document_id == document)
        )
        return self._made(statement.order_by(Coding.start, Coding.end, Coding.id), levels)

    def covered(self, document: UUID) -> tuple[int, int]:
        """How many codings the present coder has in a document, and on how many code points
        of it at least one of them lies."""
        values = {"document": document, "coder": self._project.coder, "layer": Layer.CODER.value}
        spans = self._connection.execute(SPANS, values).all()
        points = reached = 0
        for start, end in spans:  # in text order
            if end > reached:
                points += end - max(start, reached)
                reached = end
        return len(spans), points

    def many(self, keys: Iterable[UUID]) -> tuple[CodingRow, ...]:
        """Those of the codings that exist."""
        wanted = list(keys)
        if len(wanted) == 1:  # at every act
            return self._made(CODING, LEVELS, {"coding": wanted[0]})
        found: list[CodingRow] = []
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            found += self._made(
                select(*CODING_COLUMNS).where(Coding.id.in_(some)),
                select(CodingLevel.coding_id, CodingLevel.level_id).where(
                    CodingLevel.coding_id.in_(some)
                ),
            )
        return tuple(found)

    def get(self, coding: UUID) -> CodingRow:
        rows = self.many([coding])
        if not rows:
            raise NotFound("This coding is no longer in the project.", "Undo may bring it back.")
        return rows[0]

    def of_codes(
        self, codes: Iterable[UUID], coder: UUID | Unset | None = UNSET
    ) -> tuple[CodingRow, ...]:
        """Codings of some codes by one coder (see ``in_document``), in no promised order."""
        keys = list(dict.fromkeys(codes))
        found: list[CodingRow] = []
        for start in range(0, len(keys), 5000):  # a statement takes so many values only
            some = keys[start : start + 5000]
            statement = select(*CODING_COLUMNS).where(
                Coding.code_id.in_(some), Coding.layer == Layer.CODER.value
            )
            statement = self._of_coder(statement, coder)
            levels = (
                select(CodingLevel.coding_id, CodingLevel.level_id)
                .join(Coding, Coding.id == CodingLevel.coding_id)
                .where(Coding.code_id.in_(some))
            )
            found += self._made(statement, levels)
        return tuple(found)

    def newest_of_code(self, code: UUID, count: int) -> tuple[CodingRow, ...]:
        """The codings the present coder gave this code last, newest first."""
        statement = select(Coding.id).where(
            Coding.code_id == code,
            Coding.coder_id == self._project.coder,
            Coding.layer == Layer.CODER.value,
        )
        newest = self._rows(statement.order_by(Coding.id.desc()).limit(count))
        rows = self.many([row.id for row in newest])
        return tuple(sorted(rows, key=lambda row: row.id, reverse=True))

    def _of_coder(self, statement: Any, coder: UUID | Unset | None) -> Any:
        """Only the present coder's, those of ``coder``, or with None everyone's."""
        if coder is UNSET:
            return statement.where(Coding.coder_id == self._project.coder)
        return statement if coder is None else statement.where(Coding.coder_id == coder)

    def _made(
        self, codings: Any, levels: Any, values: Mapping[str, Any] | None = None
    ) -> tuple[CodingRow, ...]:
        carried: dict[UUID, set[UUID]] = {}
        for coding, level in self._connection.execute(levels, values):
            carried.setdefault(coding, set()).add(level)
        none: frozenset[UUID] = frozenset()
        if not carried:  # most projects: thousands of look-ups less
            return tuple(coding_row(r, none) for r in self._connection.execute(codings, values))
        return tuple(
            coding_row(r, frozenset(carried[r[0]]) if r[0] in carried else none)
            for r in self._connection.execute(codings, values).all()
        )

    def recent_codes(self, count: int = 9) -> tuple[UUID, ...]:
        """The codes the present coder applied last, newest first."""
        # Ids sort by time. Filtered here and not in the query, which would otherwise sort all
        # of a coder's codings; most often the newest few are enough.
        coder = self._project.coder
        recent: tuple[UUID, ...] = ()
        for limit in (60, 600):
            newest = self._rows(
                select(Coding.code_id, Coding.coder_id).order_by(Coding.id.desc()).limit(limit)
            )
            recent = tuple(dict.fromkeys(code for code, who in newest if who == coder))
            if len(recent) >= count or len(newest) < limit:
                break
        return recent[:count]

    def last_code(self) -> UUID | None:
        recent = self.recent_codes(1)
        return recent[0] if recent else None

    # -- applying -------------------------------------------------------------------------

    def apply(
        self,
        document: UUID,
        span: Span,
        code: UUID,
        *,
        valence: Valence | Unset | None = UNSET,
        strength: int | None = None,
        levels: Collection[UUID] = (),
        memo: str = "",
        flags: Collection[Flag] = (),
        origin: Origin = Origin.HAND,
        behaviour: UUID | None = None,
    ) -> UUID:
        """Apply a code to a span as the present coder; one act.

        Where this coder already has this code on this very span, that coding is returned
        and nothing is made. Without ``valence`` the code's default is taken.
        Raises NotAllowed where the span is empty or outside the text, or the code is a
        heading; NotFound where document or code are gone.
        """
        coder = self._project.coders.ensure_present()
        with self._operation(
            Op.APPLY_CODE, document=document, code=code, characters=len(span)
        ) as op:
            name, default = self._code_to_apply(code)
            op.note(name=name, at=span.start)
            if valence is UNSET:
                valence = Valence(default) if default else None
            new = NewCoding(
                document, span, code, coder, valence, strength, levels, memo, flags, behaviour
            )
            return make_codings(self._project, op, [new], origin)[0]

    def apply_many(
        self, new: Sequence[NewCoding], origin: Origin = Origin.SEARCH, kind: Op = Op.APPLY_CODES
    ) -> list[UUID]:
        """Make many codings in one act; equal ones are not made twice."""
        self._project.coders.ensure_present()
        with self._operation(kind, count=len(new)) as op:
            for code in {item.code for item in new}:
                self._code_to_apply(code)
            return make_codings(self._project, op, new, origin)

    def apply_new_code(
        self, document: UUID, span: Span, name: str, parent: UUID | None = None
    ) -> tuple[UUID, UUID]:
        """Make a code and apply it at once, in one act; returns (code, coding)."""
        self._project.coders.ensure_present()
        with self._operation(
            Op.APPLY_NEW_CODE, document=document, at=span.start, characters=len(span)
        ) as op:
            code = self._project.codes.add(name, parent)
            op.note(code=code, name=" ".join(name.split()))
            return code, self.apply(document, span, code)

    def _code_to_apply(self, code: UUID) -> tuple[str, str | None]:
        row = self._one(CODE_TO_APPLY, "code", {"code": code})
        if not row.applicable:
            raise NotAllowed(f"“{row.name}” is a heading.", "Choose a code below it.")
        if row.merged_into is not None:
            raise NotAllowed(f"“{row.name}” was merged into another code.", "Choose that one.")
        return row.name, row.default_valence

    # -- changing -------------------------------------------------------------------------

    def change(
        self,
        codings: Keys,
        *,
        valence: Valence | Unset | None = UNSET,
        strength: int | Unset | None = UNSET,
        levels: Collection[UUID] | Unset = UNSET,
        memo: str | Unset = UNSET,
        flags: Collection[Flag] | Unset = UNSET,
        behaviour: UUID | Unset | None = UNSET,
        basis: Basis | Unset | None = UNSET,
        mapping_choice: Sequence[str] | Unset = UNSET,
        kind: Op = Op.CHANGE_CODING,
    ) -> None:
        """Change what codings carry; only what is given changes, None clears.

        Raises NotAllowed for a strength other than 1 or 2, and where a coding is another
        coder's.
        """
        keys = _keys(codings)
        values: dict[str, Any] = {}
        if valence is not UNSET:
            values["valence"] = valence.value if valence else None
        if strength is not UNSET:
            refuse_strength(strength)
            values["strength"] = strength
        if memo is not UNSET:
            values["memo"] = memo
        if flags is not UNSET:
            values |= {flag.value: flag in flags for flag in Flag}
        if behaviour is not UNSET:
            values["behaviour_id"] = behaviour
        if basis is not UNSET:
            values["basis"] = basis.value if basis else None
        if mapping_choice is not UNSET:
            values["mapping_choice"] = ",".join(mapping_choice)
        decided = levels is not UNSET or not values.keys().isdisjoint(("valence", "strength"))
        with self._operation(kind, count=len(keys)) as op:
            self._note_code(op, keys)
            if decided:
                self._refuse_consensus(op, keys)
            if "valence" in values:
                op.note(valence=values["valence"])
            if values:
                op.execute(change_coding(tuple(values)), changed(keys, values))
            if levels is not UNSET:
                self._set_levels(op, keys, levels)

    def set_valence(self, codings: Keys, valence: Valence | None) -> None:
        self.change(codings, valence=valence, kind=Op.SET_VALENCE)

    def set_levels(self, codings: Keys, levels: Collection[UUID]) -> None:
        self.change(codings, levels=levels, kind=Op.SET_LEVELS)

    def toggle_level(self, coding: UUID, level: UUID) -> None:
        self.set_levels(coding, self.get(coding).levels ^ {level})

    def toggle_flag(self, codings: Keys, flag: Flag) -> bool:
        """Set a flag on all, or take it off where all have it; returns whether it is set."""
        rows = self.many(_keys(codings))
        on = not all(flag in row.flags for row in rows)
        with self._operation(Op.SET_FLAG, flag=flag.value, on=on, count=len(rows)) as op:
            keys = [row.id for row in rows]
            self._note_code(op, keys)
            op.execute(change_coding((flag.value,)), changed(keys, {flag.value: on}))
        return on

    def move_edges(self, coding: UUID, span: Span) -> None:
        """Give a coding other edges. Raises NotAllowed where the span is empty, outside the
        text, or equal to another coding of the same code and coder."""
        row = self.get(coding)
        with self._operation(
            Op.MOVE_EDGES, coding=coding, document=row.document, at=span.start
        ) as op:
            self._note_code(op, [coding])
            self._refuse_consensus(op, [coding])
            length = op.execute(
                select(Document.length).where(Document.id == row.document)
            ).scalar_one()
            if not 0 <= span.start < span.end <= length:
                raise NotAllowed("A coding keeps at least one letter inside the text.")
            self._refuse_double(op, row, span, row.code)
            values = {
                "start": span.start,
                "end": span.end,
                "since_edit_id": self._project.texts.newest_edit(row.document),
            }
            op.execute(change_coding(tuple(values)), changed([coding], values))

    def recode(self, codings: Keys, code: UUID) -> None:
        """Change the code in place: edges and everything a coding carries stay. Where an equal
        one is there already, that one takes over what the other carried."""
        keys = _keys(codings)
        with self._operation(Op.RECODE, count=len(keys), code=code) as op:
            name, _ = self._code_to_apply(code)
            op.note(name=name)
            self._refuse_others(op, keys)
            self._refuse_consensus(op, keys)
            for row in self.many(keys):
                if row.code == code:
                    continue
                equal = self._double(op, row, row.span, code)
                if equal is not None:
                    absorb(op, equal, row.id)
                else:
                    op.execute(change_coding(("code_id",)), changed([row.id], {"code_id": code}))

    def remove(self, codings: Keys) -> None:
        """Remove codings; undo brings them back."""
        keys = _keys(codings)
        with self._operation(Op.REMOVE_CODINGS, count=len(keys)) as op:
            self._note_code(op, keys)
            self._refuse_consensus(op, keys)
            op.execute(REMOVE_CODING, [{"coding": key} for key in keys])

    def _set_levels(self, op: Operation, keys: Sequence[UUID], levels: Collection[UUID]) -> None:
        wanted = set(levels)
        for row in self.many(keys):
            gone = row.levels - wanted
            if gone:
                op.execute(
                    delete(CodingLevel).where(
                        CodingLevel.coding_id == row.id, CodingLevel.level_id.in_(gone)
                    )
                )
            fresh = [
                {"id": derived_id(row.id, level), "coding_id": row.id, "level_id": level}
                for level in wanted - row.levels
            ]
            if fresh:
                op.execute(ADD_LEVEL, fresh)

    def _note_code(self, op: Operation, keys: Sequence[UUID]) -> None:
        """Let the history name the code and place of the first coding touched."""
        if not keys:
            return
        first = op.connection.execute(WHOSE, {"coding": keys[0]}).first()
        if first is not None and first.coder_id is not None and first.coder_id != op.coder:
            raise _not_yours(first.coder_name)
        if len(keys) > 1:
            self._refuse_others(op, keys)
        else:
            self._project.rounds.refuse_codings(op, keys)
        if "code" in op.params:
            return
        if first is None:
            raise NotFound("This coding is no longer in the project.", "Undo may bring it back.")
        op.note(name=first.name, document=first.document_id, at=first.start)

    def _refuse_others(self, op: Operation, keys: Sequence[UUID]) -> None:
        """Each coder changes their own codings only, and none that they finished blind."""
        self._project.rounds.refuse_codings(op, keys)
        for some in _chunks(keys):
            other = op.execute(
                select(Coder.name)
                .join(Coding, Coding.coder_id == Coder.id)
                .where(Coding.id.in_(some), Coding.coder_id != op.coder)
                .limit(1)
            ).scalar()
            if other is not None:
                raise _not_yours(other)

    @staticmethod
    def _refuse_consensus(op: Operation, keys: Sequence[UUID]) -> None:
        """What people settled is changed by deciding anew, so that the log says it too."""
        for some in _chunks(keys):
            found = select(Coding.id).where(
                Coding.id.in_(some), Coding.layer == Layer.CONSENSUS.value
            )
            if op.execute(found.limit(1)).first() is not None:
                raise NotAllowed(
                    "This coding is of the Consensus. Nothing was changed.",
                    "Decide its item anew in Compare, or change your own coding.",
                )

    def _double(self, op: Operation, row: CodingRow, span: Span, code: UUID) -> UUID | None:
        equal = {
            "document": row.document,
            "coder": row.coder,
            "layer": row.layer.value,
            "start": span.start,
            "end": span.end,
            "code": code,
        }
        found = op.connection.execute(EQUAL, equal).scalars()
        return next((key for key in found.all() if key != row.id), None)

    def _refuse_double(self, op: Operation, row: CodingRow, span: Span, code: UUID) -> None:
        if self._double(op, row, span, code) is not None:
            raise UserError("The same code is on exactly these words already. Nothing was moved.")


def _not_yours(coder: str) -> NotAllowed:
    return NotAllowed(
        f"This coding is {coder}'s. Nothing was changed.",
        f"Switch to {coder} to change it, or code the passage yourself.",
    )


def _keys(codings: Keys) -> list[UUID]:
    return [codings] if isinstance(codings, UUID) else list(codings)


def _chunks(keys: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    for start in range(0, len(keys), 500):
        yield keys[start : start + 500]
