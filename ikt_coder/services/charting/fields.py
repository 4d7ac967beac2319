"""The questions of the charting form: from frameworks, and the project's own."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Select, delete, func, select

from ikt_coder.codebooks.framework import Applies
from ikt_coder.codebooks.framework import Framework as Preset
from ikt_coder.codebooks.uses import Use
from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.model import ChartAnswer, ChartField, ChartOption, Framework
from ikt_coder.services.base import UNSET, Service, Unset, add_row, change_row, given, named
from ikt_coder.services.charting.rows import AnswerKind, FieldRow, OptionRow, SubjectKind

if TYPE_CHECKING:
    from ikt_coder.storage.operation import Operation

_BOTH = frozenset(SubjectKind)
_FIELDS = (
    select(
        ChartField.__table__,
        Framework.key.label("framework_key"),
        Framework.name.label("framework_name"),
        Framework.citation,
    )
    .outerjoin(Framework, Framework.id == ChartField.framework_id)
    .order_by(ChartField.position, ChartField.id)
)
_OPTIONS = select(ChartOption.__table__).order_by(ChartOption.position, ChartOption.id)


class FieldActs(Service):
    """Reads and changes the form. Each act is one step of the history."""

    # -- reading ------------------------------------------------------------------------------

    def fields(self, kind: SubjectKind | None = None) -> tuple[FieldRow, ...]:
        """The questions in order, with all their options; ``kind``: those asked of documents,
        or of events."""
        found = self._fields(_FIELDS, self._options(_OPTIONS))
        return tuple(row for row in found if kind is None or kind in row.subjects)

    def _fields(
        self, statement: Select[Any], options: dict[UUID, tuple[OptionRow, ...]]
    ) -> list[FieldRow]:
        return [
            FieldRow(
                r.id,
                r.framework_id,
                r.framework_key or "",
                r.framework_name or "",
                r.citation or "",
                r.node_key,
                r.name,
                r.definition,
                AnswerKind(r.kind),
                r.ordered,
                r.has_basis,
                _subjects(r.subjects),
                r.position,
                options.get(r.id, ()),
            )
            for r in self._rows(statement)
        ]

    def field(self, key: UUID) -> FieldRow:
        """Raises NotFound."""
        # Alone: each answer asks for its field, and a form may have hundreds of options.
        options = self._options(_OPTIONS.where(ChartOption.field_id == key))
        for row in self._fields(_FIELDS.where(ChartField.id == key), options):
            return row
        raise NotFound(
            "This charting field is no longer in the project.", "Undo may bring it back."
        )

    def find_field(self, name: str) -> FieldRow:
        """The field of this name, key or id. Raises NotFound, naming what there is."""
        rows = self.fields()
        wanted = " ".join(name.split()).casefold()
        for matches in (
            [r for r in rows if wanted in (r.name.casefold(), str(r.id))],
            [r for r in rows if wanted in ((r.key or "").casefold(), r.framework_key.casefold())],
            [r for r in rows if r.name.casefold().startswith(wanted)],
        ):
            if len(matches) == 1:
                return matches[0]
        known = ", ".join(f"“{row.name}”" for row in rows) or "none yet"
        raise NotFound(f"There is no one charting field “{name}”.", f"Fields: {known}.")

    def find_option(self, field: FieldRow, name: str) -> OptionRow:
        """The option of this word, name or key. Raises NotFound, naming what there is."""
        wanted = " ".join(name.split()).casefold()
        offered = field.offered
        for matches in (
            [o for o in offered if wanted in (o.shown.casefold(), o.name.casefold(), str(o.id))],
            [o for o in offered if wanted == (o.key or "").casefold()],
            [o for o in offered if wanted and o.shown.casefold().startswith(wanted)],
        ):
            if len(matches) == 1:
                return matches[0]
        known = "; ".join(each.shown for each in offered)
        raise NotFound(f"“{field.name}” has no one answer “{name}”.", f"Answers: {known}.")

    def _options(self, statement: Select[Any]) -> dict[UUID, tuple[OptionRow, ...]]:
        below: dict[UUID, dict[UUID | None, list[Any]]] = {}
        for r in self._rows(statement):
            below.setdefault(r.field_id, {}).setdefault(r.parent_id, []).append(r)
        found: dict[UUID, tuple[OptionRow, ...]] = {}
        for field, children in below.items():
            rows: list[OptionRow] = []
            self._walk(children, None, 0, rows)
            found[field] = tuple(rows)
        return found

    def _walk(
        self,
        children: dict[UUID | None, list[Any]],
        parent: UUID | None,
        depth: int,
        into: list[OptionRow],
    ) -> None:
        for r in children.get(parent, ()):
            into.append(
                OptionRow(
                    r.id,
                    r.field_id,
                    r.parent_id,
                    r.node_key,
                    r.name,
                    r.label,
                    r.definition,
                    r.applicable,
                    r.hidden,
                    depth,
                )
            )
            self._walk(children, r.id, depth + 1, into)

    # -- making -------------------------------------------------------------------------------

    def add_fields(self, op: Operation, framework_id: UUID, preset: Preset) -> tuple[UUID, ...]:
        """Put the questions of a framework into the form, within the act that adds it. They are
        asked of what the framework is for: documents, events or both; of documents where it
        names neither. Returns the fields."""
        subjects = {
            SubjectKind(each.value)
            for each in preset.applies_to
            if each in (Applies.DOCUMENT, Applies.EVENT)
        } or {SubjectKind.DOCUMENT}
        made = []
        for field in preset.fields:
            key = new_id()
            made.append(key)
            self._write_field(
                op,
                key,
                framework_id=framework_id,
                node_key=field.key,
                name=field.name,
                definition=field.definition,
                kind=field.kind.value,
                ordered=field.ordered,
                has_basis=field.basis,
                subjects=_written(subjects),
            )
            at: dict[str, UUID] = {}
            for position, (depth, node) in enumerate(preset.options(field)):
                at[node.key] = self._write_option(
                    op,
                    key,
                    parent=at.get(node.parent or "") if depth else None,
                    node_key=node.key,
                    name=node.name,
                    definition=node.definition,
                    applicable=node.applicable,
                    position=position,
                )
        return tuple(made)

    def add_form(self, keys: Sequence[str]) -> int:
        """Put the questions of frameworks into the form, in one act; those that are in it
        already stay. Returns how many questions are new. Raises NotFound, and NotAllowed for a
        framework without questions."""
        frameworks = self._project.frameworks
        names = [frameworks.find(key).name for key in keys]
        made = len(self.fields())
        with self._operation(Op.ADD_FRAMEWORK, name="; ".join(names)) as op:
            for key in keys:
                asked = (
                    select(ChartField.id)
                    .join(Framework, Framework.id == ChartField.framework_id)
                    .where(Framework.key == key)
                )
                if op.execute(asked).first() is None:
                    frameworks.add(key, {Use.CHART})
            return len(self.fields()) - made

    def add(
        self,
        name: str,
        kind: AnswerKind,
        options: Sequence[str] = (),
        *,
        definition: str = "",
        ordered: bool = False,
        has_basis: bool = False,
        subjects: Collection[SubjectKind] = _BOTH,
    ) -> UUID:
        """Add a question of the project's own, in one act.

        Raises UserError for a name that is empty or taken, a question with options that has
        fewer than two of them, options named twice, and a question asked of nothing.
        """
        name = self._free(name)
        words = [named(each, "answer") for each in options]
        if kind is AnswerKind.TEXT and words:
            raise UserError("A question answered by a text has no answers to choose from.")
        if kind is not AnswerKind.TEXT and len(words) < 2:
            raise UserError(
                "A question needs at least two answers to choose from.",
                "Write one on each line, or let it be answered by a text.",
            )
        for at, word in enumerate(words):
            if word.casefold() in {each.casefold() for each in words[:at]}:
                raise UserError(f"The answer “{word}” is there twice.", "Take one of them away.")
        if not subjects:
            raise UserError("Choose what is asked: documents, events or both.")
        key = new_id()
        with self._operation(Op.ADD_CHART_FIELD, name=name) as op:
            self._write_field(
                op,
                key,
                framework_id=None,
                node_key=None,
                name=name,
                definition=definition,
                kind=kind.value,
                ordered=ordered and kind is not AnswerKind.TEXT,
                has_basis=has_basis,
                subjects=_written(subjects),
            )
            for position, word in enumerate(words):
                self._write_option(op, key, name=word, position=position)
        return key

    def _write_field(self, op: Operation, key: UUID, **values: Any) -> None:
        add_row(op, ChartField, id=key, position=self._next_position(ChartField), **values)

    @staticmethod
    def _write_option(
        op: Operation,
        field: UUID,
        *,
        name: str,
        position: int,
        parent: UUID | None = None,
        node_key: str | None = None,
        definition: str = "",
        applicable: bool = True,
    ) -> UUID:
        key = new_id()
        add_row(
            op,
            ChartOption,
            id=key,
            field_id=field,
            parent_id=parent,
            node_key=node_key,
            name=name,
            label="",
            definition=definition,
            applicable=applicable,
            hidden=False,
            position=position,
        )
        return key

    # -- changing -----------------------------------------------------------------------------

    def change(
        self,
        field: UUID,
        *,
        name: str | Unset = UNSET,
        definition: str | Unset = UNSET,
        has_basis: bool | Unset = UNSET,
        ordered: bool | Unset = UNSET,
        subjects: Collection[SubjectKind] | Unset = UNSET,
    ) -> None:
        """Change what a question says and of what it is asked; answers stay. Raises UserError
        for a name that is empty or taken, and a question asked of nothing; NotFound."""
        row = self.field(field)
        values = given(definition=definition, has_basis=has_basis, ordered=ordered)
        told: dict[str, str] = {}
        if not isinstance(name, Unset):
            values["name"] = told["new_name"] = self._free(name, but=field)
        if not isinstance(subjects, Unset):
            if not subjects:
                raise UserError("Choose what is asked: documents, events or both.")
            values["subjects"] = _written(subjects)
        with self._operation(Op.CHANGE_CHART_FIELD, name=row.name, **told) as op:
            change_row(op, ChartField, field, values)

    def move(self, field: UUID, by: int) -> None:
        """Move a question up (negative) or down in the form; at the ends it stays."""
        rows = self.fields()
        order = [row.id for row in rows]
        row = self.field(field)
        to = max(0, min(len(order) - 1, order.index(field) + by))
        order.remove(field)
        order.insert(to, field)
        with self._operation(Op.CHANGE_CHART_FIELD, name=row.name) as op:
            for position, key in enumerate(order):
                change_row(op, ChartField, key, {"position": position})

    def add_option(
        self, field: UUID, name: str, *, under: UUID | None = None, definition: str = ""
    ) -> UUID:
        """Add an answer of the project's own at the end, or below another (team transformation
        below immediate outcomes). Raises UserError for a name that is empty or taken, or a text
        field; NotFound."""
        row = self.field(field)
        if row.kind is AnswerKind.TEXT:
            raise UserError("A question answered by a text has no answers to choose from.")
        if under is not None and row.option(under) is None:
            raise NotFound("This answer is no longer in the project.", "Undo may bring it back.")
        word = self._free_option(row, name)
        with self._operation(Op.CHANGE_CHART_FIELD, name=row.name) as op:
            return self._write_option(
                op,
                field,
                name=word,
                parent=under,
                definition=definition,
                position=self._next_position(ChartOption, ChartOption.field_id == field),
            )

    def change_option(
        self,
        option: UUID,
        *,
        name: str | Unset = UNSET,
        label: str | Unset = UNSET,
        definition: str | Unset = UNSET,
        hidden: bool | Unset = UNSET,
    ) -> None:
        """Change an answer. ``label`` is the project's own word for a published one ("lead or
        co-lead" for Empower; "" takes it back); ``hidden``: it is no longer offered, what was
        answered with it stays. ``name`` is for answers of the project's own.

        Raises UserError for a word that is empty or taken, or the name of a published answer.
        """
        row, found = self._option(option)
        values = given(definition=definition, hidden=hidden)
        if not isinstance(name, Unset):
            if found.key is not None:
                raise UserError(
                    f"“{found.name}” is published under this name. Nothing was changed.",
                    "Give it a word of your own beside it.",
                )
            values["name"] = self._free_option(row, name, but=option)
        if not isinstance(label, Unset):
            own = bool(label.strip()) and label.strip() != found.name
            values["label"] = self._free_option(row, label, but=option) if own else ""
        with self._operation(Op.CHANGE_CHART_FIELD, name=row.name) as op:
            change_row(op, ChartOption, option, values)

    def answers_with(self, option: UUID) -> int:
        """How many forms have an answer."""
        return int(
            self._connection.execute(
                select(func.count()).where(ChartAnswer.option_id == option)
            ).scalar_one()
        )

    def answers_to(self, field: UUID) -> int:
        """How many forms answer a question."""
        return int(
            self._connection.execute(
                select(func.count(ChartAnswer.chart_id.distinct())).where(
                    ChartAnswer.field_id == field
                )
            ).scalar_one()
        )

    def delete_option(self, option: UUID) -> None:
        """Delete an answer with those below it, and where it was given; can be undone."""
        row, _ = self._option(option)
        with self._operation(Op.CHANGE_CHART_FIELD, name=row.name) as op:
            op.execute(delete(ChartOption).where(ChartOption.id == option))

    def delete(self, field: UUID) -> None:
        """Delete a question with all answers to it; can be undone. Raises NotFound."""
        row = self.field(field)
        with self._operation(
            Op.DELETE_CHART_FIELD, name=row.name, count=self.answers_to(field)
        ) as op:
            op.execute(delete(ChartField).where(ChartField.id == field))

    # -- checks -------------------------------------------------------------------------------

    def _option(self, option: UUID) -> tuple[FieldRow, OptionRow]:
        for row in self.fields():
            found = row.option(option)
            if found is not None:
                return row, found
        raise NotFound("This answer is no longer in the project.", "Undo may bring it back.")

    def _free(self, name: str, but: UUID | None = None) -> str:
        name = named(name, "charting field")
        taken = {row.name.casefold() for row in self.fields() if row.id != but}
        if name.casefold() in taken:
            raise UserError(f"There is a field “{name}” already.", "Choose another name.")
        return name

    @staticmethod
    def _free_option(row: FieldRow, name: str, but: UUID | None = None) -> str:
        name = named(name, "answer")
        taken = {
            word.casefold()
            for each in row.options
            if each.id != but
            for word in (each.name, each.label)
            if word
        }
        if name.casefold() in taken:
            raise UserError(f"“{row.name}” has an answer “{name}” already.", "Choose another name.")
        return name


def _written(subjects: Collection[SubjectKind]) -> str:
    return json.dumps(sorted(each.value for each in subjects))


def _subjects(told: str) -> frozenset[SubjectKind]:
    return frozenset(SubjectKind(each) for each in json.loads(told))
