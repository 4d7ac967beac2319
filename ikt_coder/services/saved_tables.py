"""Named tables: what to count is kept, the figures are counted anew at each opening."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, select

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.model import SavedTable
from ikt_coder.services.base import Service, add_row, change_row, named
from ikt_coder.services.theme_table_options import (
    ThemeTableOptions,
    options_from_json,
    options_to_json,
)

if TYPE_CHECKING:
    from ikt_coder.exporters.catalogue import Product


@frozen
class SavedTableRow:
    """A table under a name; ``what`` is the report, ``options`` those of the theme table."""

    id: UUID
    name: str
    what: str
    options: ThemeTableOptions | None
    position: int
    created: datetime


class SavedTableService(Service):
    """``project.tables``."""

    def all(self) -> tuple[SavedTableRow, ...]:
        """The saved tables in the order in which they were saved."""
        rows = self._rows(select(SavedTable.__table__).order_by(SavedTable.position, SavedTable.id))
        return tuple(
            SavedTableRow(
                id=r.id,
                name=r.name,
                what=r.what,
                options=options_from_json(r.options) if r.options else None,
                position=r.position,
                created=r.created,
            )
            for r in rows
        )

    def get(self, table: UUID) -> SavedTableRow:
        """Raises NotFound."""
        for row in self.all():
            if row.id == table:
                return row
        raise NotFound("This table is no longer in the project.", "Undo may bring it back.")

    def find(self, name: str) -> SavedTableRow:
        """A saved table by its name or id. Raises NotFound."""
        for row in self.all():
            if name.casefold() == row.name.casefold() or name == str(row.id):
                return row
        raise NotFound(f"There is no saved table “{name}” in the project.")

    def save(self, name: str, what: str, options: ThemeTableOptions | None = None) -> UUID:
        """Keep a table under a name; what stood under it is replaced. Raises UserError where
        there is no such report."""
        # Every report with its exporters: loaded where one is made, not where tables are listed.
        from ikt_coder.services.report_catalogue import report_keys

        name = named(name, "table")
        if what not in report_keys():
            raise UserError(f"There is no report “{what}”. Nothing was saved.")
        kept = options_to_json(options) if options is not None else ""
        there = next((row for row in self.all() if row.name.casefold() == name.casefold()), None)
        with self._operation(Op.SAVE_TABLE, name=name) as op:
            if there is not None:
                change_row(op, SavedTable, there.id, {"name": name, "what": what, "options": kept})
                return there.id
            key = new_id()
            add_row(
                op,
                SavedTable,
                id=key,
                name=name,
                what=what,
                options=kept,
                position=self._next_position(SavedTable),
                created=datetime.now(UTC),
            )
        return key

    def rename(self, table: UUID, name: str) -> None:
        """Raises UserError where another table has the name."""
        row = self.get(table)
        name = named(name, "table")
        for other in self.all():
            if other.name.casefold() == name.casefold() and other.id != row.id:
                raise UserError(
                    f"There is a saved table “{other.name}” already.", "Choose another name."
                )
        with self._operation(Op.SAVE_TABLE, name=name) as op:
            change_row(op, SavedTable, table, {"name": name})

    def delete(self, table: UUID) -> None:
        row = self.get(table)
        with self._operation(Op.DELETE_TABLE, name=row.name) as op:
            op.execute(delete(SavedTable).where(SavedTable.id == table))

    def build(self, table: UUID) -> Product:
        """The table as the project is now, with its appendix where it has one."""
        from ikt_coder.services.report_catalogue import report_kind
        from ikt_coder.services.report_kinds import ReportOptions

        row = self.get(table)
        asked = ReportOptions(
            theme_table=row.options, language=row.options.language.value if row.options else "en"
        )
        return report_kind(row.what).build(self._project, asked)
