"""Making framework matrices and writing their cells."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from ikt_coder.core.cases import CaseKind, CaseRef
from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.words import ThemeStatus
from ikt_coder.model import (
    CellCoding,
    Code,
    Coding,
    FrameworkMatrix,
    MatrixCell,
    MatrixColumn,
    Theme,
)
from ikt_coder.model.derived import derived_key
from ikt_coder.services.base import UNSET, Service, Unset, add_row, change_row, given, named
from ikt_coder.services.cases import Cases
from ikt_coder.services.framework_matrices.passages import under_cells
from ikt_coder.services.framework_matrices.rows import (
    NOTHING,
    CellRow,
    ColumnRow,
    MatrixGrid,
    MatrixRow,
    Topic,
)
from ikt_coder.services.theme_counts import passages

if TYPE_CHECKING:
    from ikt_coder.services.rows import PassageRow
    from ikt_coder.storage.operation import Operation

WHAT = "framework matrix"


class FrameworkMatrixService(Service):
    # -- matrices -----------------------------------------------------------------------

    def all(self) -> tuple[MatrixRow, ...]:
        """Every matrix with its columns, in the order people gave them."""
        written = dict(
            self._connection.execute(
                select(MatrixCell.matrix_id, func.count())
                .where(MatrixCell.text != "")
                .group_by(MatrixCell.matrix_id)
            ).all()
        )
        columns: dict[UUID, list[ColumnRow]] = {}
        for r in self._rows(
            select(
                MatrixColumn.__table__,
                Code.name.label("code"),
                Code.definition,
                Theme.name.label("theme"),
                Theme.description,
            )
            .outerjoin(Code, Code.id == MatrixColumn.code_id)
            .outerjoin(Theme, Theme.id == MatrixColumn.theme_id)
            .order_by(MatrixColumn.position, MatrixColumn.id)
        ):
            columns.setdefault(r.matrix_id, []).append(
                ColumnRow(
                    r.id,
                    Topic(r.code_id, r.theme_id),
                    r.code or r.theme or "",
                    r.definition or r.description or "",
                    r.position,
                )
            )
        return tuple(
            MatrixRow(
                r.id,
                r.name,
                CaseKind(r.case_kind),
                r.note,
                r.position,
                tuple(columns.get(r.id, ())),
                written.get(r.id, 0),
                r.created,
            )
            for r in self._rows(
                select(FrameworkMatrix.__table__).order_by(
                    FrameworkMatrix.position, FrameworkMatrix.created, FrameworkMatrix.id
                )
            )
        )

    def get(self, matrix: UUID) -> MatrixRow:
        """Raises NotFound."""
        for row in self.all():
            if row.id == matrix:
                return row
        raise NotFound(f"This {WHAT} is no longer in the project.", "Undo may bring it back.")

    def find(self, name: str) -> MatrixRow:
        """The matrix of that name, whatever its case. Raises NotFound."""
        wanted = " ".join(name.split()).casefold()
        for row in self.all():
            if row.name.casefold() == wanted:
                return row
        names = ", ".join(f"“{row.name}”" for row in self.all()) or "none"
        raise NotFound(f"There is no {WHAT} “{name}”.", f"Those of the project: {names}.")

    def add(
        self,
        name: str,
        kind: CaseKind = CaseKind.PARTICIPANT,
        topics: Sequence[Topic] = (),
        *,
        note: str = "",
    ) -> UUID:
        """Make a matrix with these columns. Raises UserError where the name is empty or taken,
        NotFound where a code or theme is gone."""
        name = named(name, WHAT)
        self._refuse_double(name, None)
        key = new_id()
        with self._operation(Op.ADD_MATRIX, name=name) as op:
            add_row(
                op,
                FrameworkMatrix,
                id=key,
                name=name,
                case_kind=kind.value,
                note=note.strip(),
                position=self._next_position(FrameworkMatrix),
                created=datetime.now(UTC),
            )
            self._put_columns(op, key, topics, seen=())
        return key

    def change(
        self,
        matrix: UUID,
        *,
        name: str | Unset = UNSET,
        note: str | Unset = UNSET,
        topics: Sequence[Topic] | Unset = UNSET,
    ) -> None:
        """Change what is given. ``topics`` are the columns in their order: new ones are added,
        those not named are taken away with what was written in them."""
        row = self.get(matrix)
        if not isinstance(name, Unset):
            name = named(name, WHAT)
            self._refuse_double(name, matrix)
        if not isinstance(note, Unset):
            note = note.strip()
        with self._operation(Op.CHANGE_MATRIX, name=row.name) as op:
            change_row(op, FrameworkMatrix, matrix, given(name=name, note=note))
            if not isinstance(topics, Unset):
                seen = [column.id for column in row.columns]
                self._put_columns(op, matrix, topics, seen)

    def delete(self, matrix: UUID) -> None:
        """Delete a matrix with every summary in it; undo brings all back."""
        row = self.get(matrix)
        with self._operation(Op.DELETE_MATRIX, name=row.name) as op:
            op.execute(delete(FrameworkMatrix).where(FrameworkMatrix.id == matrix))

    def written_in(self, matrix: UUID, topics: Sequence[Topic]) -> int:
        """How many summaries would go if ``topics`` were the columns."""
        kept = set(topics)
        gone = [column.id for column in self.get(matrix).columns if column.topic not in kept]
        return int(
            self._connection.execute(
                select(func.count())
                .select_from(MatrixCell)
                .where(MatrixCell.column_id.in_(gone), MatrixCell.text != "")
            ).scalar_one()
        )

    def topics_of_framework(self, framework: UUID) -> tuple[Topic, ...]:
        """The columns a framework gives: its topmost codes that can be applied."""
        rows = {row.id: row for row in self._project.codes.all(counted=False)}
        own = {key for key, row in rows.items() if row.framework == framework and row.applicable}
        return tuple(
            Topic(code=key) for key, row in rows.items() if key in own and row.parent not in own
        )

    def topics_of_codes(self) -> tuple[Topic, ...]:
        """The topmost codes of the codebook that can be applied."""
        return tuple(
            Topic(code=row.id)
            for row in self._project.codes.all(counted=False)
            if row.parent is None and row.applicable
        )

    def topics_of_themes(self) -> tuple[Topic, ...]:
        """The topmost themes that were not set aside."""
        return tuple(
            Topic(theme=row.id)
            for row in self._project.themes.all()
            if row.parent is None and row.status is not ThemeStatus.SET_ASIDE
        )

    def _put_columns(
        self, op: Operation, matrix: UUID, topics: Sequence[Topic], seen: Collection[UUID]
    ) -> None:
        """Make ``topics`` the columns. Of those there are only those go that were ``seen``: a
        sealed round may hide one, about a code that somebody proposed."""
        wanted = list(dict.fromkeys(topics))
        self._check_topics(op, wanted)
        there = dict(
            op.execute(
                select(MatrixColumn.id, MatrixColumn.position).where(
                    MatrixColumn.matrix_id == matrix
                )
            ).all()
        )
        keys = [derived_key("matrix_column", matrix, one.code, one.theme) for one in wanted]
        gone = set(seen) - set(keys)
        if gone:
            op.execute(delete(MatrixColumn).where(MatrixColumn.id.in_(gone)))
        for at, (key, one) in enumerate(zip(keys, wanted, strict=True)):
            if key not in there:
                op.execute(
                    insert(MatrixColumn).values(
                        id=key,
                        matrix_id=matrix,
                        code_id=one.code,
                        theme_id=one.theme,
                        position=at,
                    )
                )
            elif there[key] != at:
                change_row(op, MatrixColumn, key, {"position": at})

    @staticmethod
    def _check_topics(op: Operation, topics: Sequence[Topic]) -> None:
        for entity, keys, what in (
            (Code, {one.code for one in topics if one.code is not None}, "code"),
            (Theme, {one.theme for one in topics if one.theme is not None}, "theme"),
        ):
            column: Any = entity.id
            there = set(op.execute(select(column).where(column.in_(keys))).scalars())
            if len(there) < len(keys):
                raise NotFound(
                    f"A {what} is no longer in the project. Nothing was changed.",
                    "Undo may bring it back.",
                )
        if any((one.code is None) == (one.theme is None) for one in topics):
            raise ValueError("a column is about a code or a theme")

    def _refuse_double(self, name: str, besides: UUID | None) -> None:
        for row in self.all():
            if row.id != besides and row.name.casefold() == name.casefold():
                raise UserError(
                    f"There is a {WHAT} “{row.name}” already. Nothing was changed.",
                    "Choose another name.",
                )

    # -- cells --------------------------------------------------------------------------

    def write(self, matrix: UUID, column: UUID, case: CaseRef, text: str) -> None:
        """Write the summary of a cell, in one act; an empty text takes it away. Raises
        NotFound where column or case is gone, NotAllowed where somebody wrote there whose work
        a round keeps sealed."""
        self._change_cell(matrix, column, case, {"text": text.strip()})

    def set_done(self, matrix: UUID, column: UUID, case: CaseRef, done: bool) -> None:
        """Mark a summary as finished, or not. Raises UserError where nothing is written."""
        if done and not self.cell_text(column, case):
            raise UserError("Nothing is written here yet.", "Write the summary first.")
        self._change_cell(matrix, column, case, {"done": done})

    def link(
        self, matrix: UUID, column: UUID, case: CaseRef, coding: UUID, on: bool = True
    ) -> None:
        """Point out a passage the summary rests on, or take the pointer away."""
        if on:
            self._one(select(Coding.id).where(Coding.id == coding), "coding")
        with self._operation(Op.WRITE_CELL, **self._words(column, case)) as op:
            key = self._cell_key(column, case)
            pair = derived_key("cell_coding", key, coding)
            if not on:
                op.execute(delete(CellCoding).where(CellCoding.id == pair))
                self._drop_empty(op, key)
                return
            self._ensure(op, matrix, column, case)
            if op.execute(select(CellCoding.id).where(CellCoding.id == pair)).first() is None:
                op.execute(insert(CellCoding).values(id=pair, cell_id=key, coding_id=coding))

    def cell_text(self, column: UUID, case: CaseRef) -> str:
        """What is written in a cell."""
        key = self._cell_key(column, case)
        return str(
            self._connection.execute(select(MatrixCell.text).where(MatrixCell.id == key)).scalar()
            or ""
        )

    def _change_cell(
        self, matrix: UUID, column: UUID, case: CaseRef, values: dict[str, Any]
    ) -> None:
        coder = self._project.coders.ensure_present()
        with self._operation(Op.WRITE_CELL, **self._words(column, case)) as op:
            key = self._cell_key(column, case)
            self._ensure(op, matrix, column, case)
            before = op.execute(
                select(MatrixCell.text, MatrixCell.done).where(MatrixCell.id == key)
            ).one()
            if any(getattr(before, name) != value for name, value in values.items()):
                if values.get("text") == "":
                    values = {**values, "done": False}
                op.execute(
                    update(MatrixCell)
                    .where(MatrixCell.id == key)
                    .values(**values, coder_id=coder, changed=datetime.now(UTC))
                )
            self._drop_empty(op, key)

    def _ensure(self, op: Operation, matrix: UUID, column: UUID, case: CaseRef) -> None:
        """Let the cell be there. What others wrote in a sealed round is not shown to act on."""
        key = self._cell_key(column, case)
        asked = select(MatrixCell.text, MatrixCell.done).where(MatrixCell.id == key)
        stands = op.execute(asked).first()
        if stands != self._connection.execute(asked).first():
            raise NotAllowed(
                "Another coder of a sealed round wrote the summary of this cell. Nothing was "
                "changed.",
                "It can be read when the round is unsealed.",
            )
        if stands is not None:
            return
        found = self._one(select(MatrixColumn.matrix_id).where(MatrixColumn.id == column), "column")
        if found.matrix_id != matrix:
            raise NotFound("This column is of another framework matrix. Nothing was changed.")
        op.execute(
            insert(MatrixCell).values(
                id=key,
                matrix_id=matrix,
                column_id=column,
                **case.columns,
                text="",
                done=False,
                coder_id=self._project.coder,
                changed=datetime.now(UTC),
            )
        )

    @staticmethod
    def _drop_empty(op: Operation, key: UUID) -> None:
        """A cell with neither text nor passages pointed out is as if nobody had been there."""
        linked = select(CellCoding.id).where(CellCoding.cell_id == key)
        if op.execute(linked.limit(1)).first() is None:
            op.execute(delete(MatrixCell).where(MatrixCell.id == key, MatrixCell.text == ""))

    @staticmethod
    def _cell_key(column: UUID, case: CaseRef) -> UUID:
        return derived_key("matrix_cell", column, *case.columns.values())

    def _words(self, column: UUID, case: CaseRef) -> dict[str, str]:
        """What the history calls the act: the column, and the case by its pseudonym."""
        row = self._one(
            select(Code.name.label("code"), Theme.name.label("theme"))
            .select_from(MatrixColumn)
            .outerjoin(Code, Code.id == MatrixColumn.code_id)
            .outerjoin(Theme, Theme.id == MatrixColumn.theme_id)
            .where(MatrixColumn.id == column),
            "column",
        )
        return {"name": str(row.code or row.theme), "title": self._case_label(case)}

    def _case_label(self, case: CaseRef) -> str:
        """Raises NotFound where the case is gone."""
        if case.kind is CaseKind.GROUP:
            if case.group in {row.name for row in self._project.participants.groups()}:
                return case.group
            raise NotFound("This group is no longer in the project. Nothing was changed.")
        assert case.id is not None
        if case.kind is CaseKind.PARTICIPANT:
            return self._project.participants.get(case.id).label
        if case.kind is CaseKind.DOCUMENT:
            return self._project.documents.get(case.id).title
        return self._project.studies.get(case.id).name

    # -- reading ------------------------------------------------------------------------

    def read(self, matrix: UUID) -> MatrixGrid:
        """The whole matrix with the passages under each cell. For the worker. Raises
        NotFound."""
        row = self.get(matrix)
        cases = Cases(self._project, row.kind)
        under = under_cells(self._project, cases, row.columns)
        linked: dict[UUID, list[UUID]] = {}
        for cell, coding in self._connection.execute(
            select(CellCoding.cell_id, CellCoding.coding_id)
            .join(MatrixCell, MatrixCell.id == CellCoding.cell_id)
            .where(MatrixCell.matrix_id == matrix)
        ):
            linked.setdefault(cell, []).append(coding)
        initials = {coder.id: coder.initials for coder in self._project.coders.everyone()}
        cells = {
            key: CellRow(codings=tuple(found), passages=len(passages(found)))
            for key, found in under.items()
        }
        for r in self._rows(select(MatrixCell.__table__).where(MatrixCell.matrix_id == matrix)):
            ref = CaseRef.of(r.participant_id, r.document_id, r.study_id, r.group_name)
            if cases.get(ref) is None:
                continue  # left out of analysis
            key = (ref, r.column_id)
            below = cells.get(key, NOTHING)
            places = {row.id: at for at, row in enumerate(below.codings)}
            cells[key] = CellRow(
                r.text,
                r.done,
                r.coder_id,
                initials.get(r.coder_id, ""),
                r.changed,
                tuple(sorted(linked.get(r.id, ()), key=lambda one: places.get(one, len(places)))),
                below.codings,
                below.passages,
            )
        return MatrixGrid(row, cases.rows, cells, cases.info())

    def passages(self, matrix: UUID, column: UUID, case: CaseRef) -> tuple[PassageRow, ...]:
        """The words under one cell with who says them and where, in document and text order;
        then those pointed out that are no longer of the layer or the case."""
        cell = self.read(matrix).cell(case, column)
        return self.words_under(cell)

    def words_under(self, cell: CellRow) -> tuple[PassageRow, ...]:
        """The words of the passages of a cell that was read."""
        there = {row.id for row in cell.codings}
        others = [coding for coding in cell.linked if coding not in there]
        rows = (*cell.codings, *(self._project.codings.many(others) if others else ()))
        return self._project.retrieval.passages(rows, context=120)
