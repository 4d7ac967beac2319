"""The glossary: terms as the project uses them, with the source of each definition."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, select

from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.model import Framework, GlossaryTerm
from ikt_coder.services.base import UNSET, Service, Unset, add_row, change_row, given, named

if TYPE_CHECKING:
    from ikt_coder.codebooks.framework import Framework as Preset


@frozen
class TermRow:
    """A term of the glossary."""

    id: UUID
    term: str
    definition: str
    source: str


class GlossaryService(Service):
    def all(self, query: str = "") -> tuple[TermRow, ...]:
        """The terms in alphabetical order; those that hold ``query`` where it is given."""
        rows = [
            TermRow(r.id, r.term, r.definition, r.source)
            for r in self._rows(select(GlossaryTerm.__table__))
        ]
        wanted = query.casefold().strip()
        if wanted:
            rows = [
                row
                for row in rows
                if any(wanted in text.casefold() for text in (row.term, row.definition, row.source))
            ]
        return tuple(sorted(rows, key=lambda row: (row.term.casefold(), row.id)))

    def get(self, term: UUID) -> TermRow:
        """One term. Raises NotFound."""
        for row in self.all():
            if row.id == term:
                return row
        raise NotFound("This term is no longer in the glossary.", "Undo may bring it back.")

    def find(self, term: str) -> TermRow | None:
        """The entry of a term, in upper or lower case; None where there is none."""
        wanted = " ".join(term.split()).casefold()
        return next((row for row in self.all() if row.term.casefold() == wanted), None)

    def add(self, term: str, definition: str = "", source: str = "") -> UUID:
        """Add a term. Raises UserError where the glossary has it, or it has no name."""
        name = named(term, "term")
        key = new_id()
        with self._operation(Op.ADD_TERM, term=key, name=name) as op:
            self._refuse_double(name, None)
            add_row(
                op,
                GlossaryTerm,
                id=key,
                term=name,
                definition=definition.strip(),
                source=source.strip(),
            )
        return key

    def add_code(self, code: UUID) -> UUID:
        """Add a code's name and definition in one act; its source is the framework it comes
        from, else the project's codebook. Raises UserError, NotFound."""
        row = self._project.codes.get(code)
        source = ""
        if row.framework is not None:
            reference = self._rows(select(Framework.citation).where(Framework.id == row.framework))
            source = reference[0].citation if reference else ""
        if row.source_wording:
            page = f", p. {row.source_page}" if row.source_page else ""
            return self.add(row.name, row.source_wording, f"{source}{page}")
        return self.add(row.name, row.definition, source)

    def add_node(self, preset: Preset, node_key: str) -> UUID:
        """Add a node of a framework in one act, whether the framework is in the project or
        not. Raises UserError where the glossary has the term."""
        node = preset.node(node_key)
        citation = preset.citation
        actor = self._project.card.get().focal_actor
        definition = node.source_wording or node.definition_for(actor)
        return self.add(node.name, definition, citation.reference if citation else preset.name)

    def change(
        self,
        term: UUID,
        *,
        name: str | Unset = UNSET,
        definition: str | Unset = UNSET,
        source: str | Unset = UNSET,
    ) -> None:
        """Change the fields that are given; what stands already is no change."""
        row = self.get(term)
        values = {
            key: value.strip() if isinstance(value, str) else value
            for key, value in given(term=name, definition=definition, source=source).items()
        }
        values = {key: value for key, value in values.items() if value != getattr(row, key)}
        if not values:
            return
        with self._operation(Op.CHANGE_TERM, term=term, name=row.term) as op:
            if "term" in values:
                values["term"] = named(values["term"], "term")
                self._refuse_double(values["term"], term)
                op.note(new_name=values["term"])
            change_row(op, GlossaryTerm, term, values)

    def delete(self, term: UUID) -> None:
        """Take a term out; undo brings it back."""
        row = self.get(term)
        with self._operation(Op.DELETE_TERM, term=term, name=row.term) as op:
            op.execute(delete(GlossaryTerm).where(GlossaryTerm.id == term))

    def _refuse_double(self, name: str, besides: UUID | None) -> None:
        known = self.find(name)
        if known is not None and known.id != besides:
            raise UserError(
                f"“{known.term}” is in the glossary already.", "Change its entry instead."
            )
        if len(name) > 200:
            raise NotAllowed("A term has at most 200 characters.", "Put the rest below it.")
