"""Saved retrievals: a query under a name, answered anew at each opening."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.query import Query
from ikt_coder.model import SavedQuery, Speaker
from ikt_coder.services.base import Service, add_row, change_row, named
from ikt_coder.services.retrieval_rows import SavedQueryRow
from ikt_coder.storage.operation import Operation


class QueryService(Service):
    """``project.queries``."""

    def all(self) -> tuple[SavedQueryRow, ...]:
        """The saved retrievals in the order in which they were saved first."""
        rows = self._rows(select(SavedQuery.__table__).order_by(SavedQuery.position, SavedQuery.id))
        return tuple(
            SavedQueryRow(r.id, r.name, _read(r.definition), r.coder_id, r.created) for r in rows
        )

    def get(self, key: UUID) -> SavedQueryRow:
        for row in self.all():
            if row.id == key:
                return row
        raise NotFound(
            "This saved retrieval is no longer in the project.", "Undo may bring it back."
        )

    def find(self, name: str) -> SavedQueryRow:
        """The saved retrieval of this name, whatever its case, or id. Raises NotFound."""
        for row in self.all():
            if row.name.casefold() == name.strip().casefold() or str(row.id) == name:
                return row
        raise NotFound(f"There is no saved retrieval “{name}” in the project.")

    def save(self, name: str, query: Query) -> UUID:
        """Keep a query under a name; one that has the name already is replaced."""
        name = named(name, "retrieval", 120)
        definition = _written(query)
        with self._operation(Op.SAVE_QUERY, name=name) as op:
            for row in self.all():
                if row.name.casefold() == name.casefold():
                    if row.query != query or row.name != name:
                        change_row(op, SavedQuery, row.id, {"name": name, "definition": definition})
                    return row.id
            key = new_id()
            add_row(
                op,
                SavedQuery,
                id=key,
                name=name,
                definition=definition,
                position=self._next_position(SavedQuery),
                coder_id=self._project.coder,
                created=datetime.now(UTC),
            )
        return key

    def rename(self, key: UUID, name: str) -> None:
        """Raises UserError where another saved retrieval has the name."""
        name = named(name, "retrieval", 120)
        with self._operation(Op.SAVE_QUERY, query=key, name=name) as op:
            for row in self.all():
                if row.id != key and row.name.casefold() == name.casefold():
                    raise UserError(
                        f"There is a saved retrieval “{row.name}” already. Nothing was renamed.",
                        "Choose another name, or delete that one first.",
                    )
            change_row(op, SavedQuery, key, {"name": name})

    def delete(self, key: UUID) -> None:
        """Delete a saved retrieval; undo brings it back."""
        row = self.get(key)
        with self._operation(Op.DELETE_QUERY, query=key, name=row.name) as op:
            op.execute(delete(SavedQuery).where(SavedQuery.id == key))

    def forget_speakers(self, op: Operation, labels: Collection[str], mark: str) -> None:
        """Let ``mark`` stand for labels of an erased participant in saved retrievals, where no
        other transcript has them: a label can be a name."""
        still = set(op.execute(select(Speaker.label).where(Speaker.label.in_(labels))).scalars())
        gone = set(labels) - still
        for row in self.all():
            if row.query is None or gone.isdisjoint(row.query.filters.speakers):
                continue
            speakers = frozenset(mark if s in gone else s for s in row.query.filters.speakers)
            query = replace(row.query, filters=replace(row.query.filters, speakers=speakers))
            change_row(op, SavedQuery, row.id, {"definition": _written(query)})


def _written(query: Query) -> str:
    return json.dumps(query.to_json(), ensure_ascii=False, separators=(",", ":"))


def _read(definition: str) -> Query | None:
    """The query as it was kept; None where this version does not know all of it."""
    try:
        data: Any = json.loads(definition)
        return Query.from_json(data)
    except ValueError:
        return None
