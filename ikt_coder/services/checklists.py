"""Reporting checklists of the project: what the author says to each item, and drafts of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from ikt_coder.codebooks.framework import Framework as Preset
from ikt_coder.codebooks.framework import Node
from ikt_coder.core.errors import NotFound
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ids import derived_id
from ikt_coder.core.ops import Op
from ikt_coder.core.table import Cell, Column, Run, Table, cell
from ikt_coder.core.words import FrameworkKind
from ikt_coder.model import ChecklistAnswer
from ikt_coder.services.base import UNSET, Service, Unset, add_row, change_row, given
from ikt_coder.services.checklist_drafts import drafts
from ikt_coder.services.rows import FrameworkRow


@frozen
class ItemRow:
    """An item of a checklist. ``text`` and ``page`` are the author's; ``draft`` is what the
    project knows, shown while ``text`` is empty. Nothing counts as reported before it is
    ``accepted``."""

    key: str
    number: int | None
    section: str
    name: str
    asked: str
    text: str
    page: str
    accepted: bool
    draft: str

    @property
    def said(self) -> str:
        """What stands there now: the author's words, else the draft."""
        return self.text or self.draft


class ChecklistService(Service):
    def all(self) -> tuple[FrameworkRow, ...]:
        """The checklists that were added to the project."""
        return tuple(
            row for row in self._project.frameworks.all() if row.kind is FrameworkKind.CHECKLIST
        )

    def items(self, checklist: UUID) -> tuple[ItemRow, ...]:
        """The items of a checklist in its order. Raises NotFound."""
        preset = self._project.frameworks.content(checklist)
        answers = {
            row.node_key: row
            for row in self._rows(
                select(ChecklistAnswer.__table__).where(ChecklistAnswer.framework_id == checklist)
            )
        }
        known = drafts(self._project, preset.key)
        actor = self._project.card.get().focal_actor
        found = []
        for _, node in preset.tree():
            if not node.applicable:
                continue
            answer = answers.get(node.key)
            found.append(
                ItemRow(
                    key=node.key,
                    number=node.number,
                    section=_section(preset, node),
                    name=node.name,
                    asked=node.definition_for(actor),
                    text=answer.text if answer is not None else "",
                    page=answer.page if answer is not None else "",
                    accepted=answer.accepted if answer is not None else False,
                    draft=known.get(node.key, ""),
                )
            )
        return tuple(found)

    def answer(
        self,
        checklist: UUID,
        item: str,
        *,
        text: str | Unset = UNSET,
        page: str | Unset = UNSET,
        accepted: bool | Unset = UNSET,
    ) -> None:
        """Say something to an item, in one act; what stands already is no change. Accepting an
        item that only a draft speaks to takes the draft over. Raises NotFound."""
        row = next((one for one in self.items(checklist) if one.key == item), None)
        if row is None:
            raise NotFound("The checklist has no such item.")
        values = {
            name: value.strip() if isinstance(value, str) else value
            for name, value in given(text=text, page=page, accepted=accepted).items()
        }
        if values.get("accepted") and not values.get("text", row.text):
            values["text"] = row.draft
        values = {name: value for name, value in values.items() if value != getattr(row, name)}
        if not values:
            return
        name = next((one.name for one in self.all() if one.id == checklist), "")
        key = derived_id(checklist, item)
        with self._operation(Op.FILL_CHECKLIST, checklist=checklist, item=item, name=name) as op:
            known = select(ChecklistAnswer.id).where(ChecklistAnswer.id == key)
            if op.execute(known).first() is not None:
                change_row(op, ChecklistAnswer, key, values)
                return
            add_row(
                op,
                ChecklistAnswer,
                id=key,
                framework_id=checklist,
                node_key=item,
                **{"text": "", "page": "", "accepted": False, **values},
            )

    def table(self, checklist: UUID) -> Table:
        """A checklist as journals ask for it; drafts are marked."""
        name = next((row.name for row in self.all() if row.id == checklist), "")
        rows: list[tuple[Cell, ...]] = []
        section = ""
        headings: set[int] = set()
        items = self.items(checklist)
        asks = any(row.asked for row in items)  # where the licence allows names alone, none does
        for row in items:
            if row.section != section:
                section = row.section
                headings.add(len(rows))
                rows.append((Cell(((Run(section, bold=True),),)), *(cell(""),) * 3))
            number = f"{row.number}. " if row.number is not None else ""
            said = row.said if row.accepted or not row.said else f"[draft] {row.said}"
            rows.append(
                (
                    cell(f"{number}{row.name}", indent=1),
                    cell(row.asked),
                    cell(*said.split("\n")),
                    cell(row.page),
                )
            )
        accepted = sum(row.accepted for row in items)
        today = date.today()
        note = (
            f"{accepted} of {len(items)} items were accepted by the author. [draft] What was "
            "filled from the project or written and not accepted yet."
            f"{' What is asked: paraphrase by IKT Coder.' if asks else ''} "
            f"{today.day} {today:%B %Y}."
        )
        columns = (
            Column((Run("Item"),), width=1.6),
            Column((Run("What is asked"),), width=2.2),
            Column((Run("What was done"),), width=3.2),
            Column((Run("Page"),), width=0.6),
        )
        sealed = self._project.sight.sealed_note()
        return Table(
            title=name,
            columns=tuple(column for at, column in enumerate(columns) if asks or at != 1),
            rows=tuple(tuple(one for at, one in enumerate(row) if asks or at != 1) for row in rows),
            note=tuple((Run(text),) for text in (note, sealed) if text),
            description="A reporting checklist with what the author says to each item.",
            empty="The checklist has no items.",
            headings=frozenset(headings),
            over="Section",
        )

    def tables(self) -> tuple[Table, ...]:
        """Every checklist of the project; where there is none, a table that says so."""
        made = tuple(self.table(row.id) for row in self.all())
        if made:
            return made
        said = ("Add one in Project, Reporting checklist.", self._project.sight.sealed_note())
        return (
            Table(
                title="Reporting Checklist",
                columns=(Column((Run("Item"),)), Column((Run("What was done"),), width=3.0)),
                rows=(),
                note=tuple((Run(text),) for text in said if text),
                description="A reporting checklist.",
                empty="No checklist was added to the project yet.",
            ),
        )


def _section(preset: Preset, node: Node) -> str:
    """The heading a node stands under."""
    top = node
    while top.parent is not None:
        top = preset.node(top.parent)
    return top.name if top is not node else ""
