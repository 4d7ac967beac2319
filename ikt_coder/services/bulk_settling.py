"""Settling many items in one act: what coders agree on, edges alone, what a strategy proposes.

Everything is recorded item by item, and nothing that was said before is overruled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import DecisionKind, DifferenceKind
from ikt_coder.services import settling_results as results
from ikt_coder.services.decision_writing import Pen, Reason
from ikt_coder.services.decisions import standing
from ikt_coder.services.settling_core import SettlingCore
from ikt_coder.services.settling_rows import Choice, Edges, Item, ItemState
from ikt_coder.services.strategies import Strategy, proposal


def accept_matches(core: SettlingCore, round_: UUID, documents: Iterable[UUID] | None) -> int:
    """See ``ReconciliationService.accept_matches``."""
    row = core.open_round(round_)
    wanted = core.among(row, documents)
    if not core.left_to_accept(row, wanted):
        return 0  # an act that does nothing leaves nothing in the history
    core.project.coders.ensure_present()
    with core.project.operation(Op.DECIDE_MANY, kinds="match") as op:
        pen = Pen(core.project, core.decisions, op)
        count = sum(core.accept_open_matches(row, document, pen) for document in wanted)
        op.note(count=count)
        core.follow(op, row, wanted, pen)
        return count


def accept_boundaries(
    core: SettlingCore, round_: UUID, edges: Edges, documents: Iterable[UUID] | None
) -> int:
    """See ``ReconciliationService.accept_boundaries``."""
    if edges not in (Edges.UNION, Edges.INTERSECTION):
        raise NotAllowed("Edges are accepted in bulk as a union or as what all have in common.")
    row = core.open_round(round_)
    chosen = {
        item.id: Choice(
            *("T", DecisionKind.EDGES, None, None, edges.value),
            results.with_edges([side.segments for side in item.sides], item.codes, edges),
            asks_reason=False,
        )
        for items in core.view.items(row, core.among(row, documents))
        for item in items
        if item.kind is DifferenceKind.BOUNDARY
        and item.state is ItemState.OPEN
        and any(len(each.span) for side in item.sides for each in side.segments)
        and core.gone(item).isdisjoint(item.codes)
    }
    return accept(core, round_, chosen, f"edges:{edges.value}")


def propose(
    core: SettlingCore, round_: UUID, strategy: Strategy, documents: Iterable[UUID] | None
) -> tuple[tuple[Item, Choice], ...]:
    """See ``ReconciliationService.propose``."""
    row = core.open_round(round_)
    hidden = core.view.hidden(row)
    found = []
    for items in core.view.items(row, core.among(row, documents)):
        for item in items:
            if item.state is not ItemState.OPEN or item.kind is DifferenceKind.MATCH:
                continue
            ground = core.maker.of(row, item.document)
            order = core.view.shuffled(item.id, len(ground.coders), hidden=hidden)
            choice = proposal(item, [ground.coders[place] for place in order], strategy)
            gone = core.gone(item)
            if choice is not None and gone.isdisjoint(each.code for each in choice.result):
                found.append((item, choice))
    return tuple(found)


def accept_proposals(
    core: SettlingCore,
    round_: UUID,
    strategy: Strategy,
    documents: Iterable[UUID] | None,
    items: Collection[UUID] | None,
) -> int:
    """See ``ReconciliationService.accept_proposals``."""
    chosen = {
        item.id: choice
        for item, choice in propose(core, round_, strategy, documents)
        if item.kind is not DifferenceKind.ATTRIBUTE and (items is None or item.id in items)
    }
    return accept(core, round_, chosen, strategy.stored)


def accept(
    core: SettlingCore, round_: UUID, chosen: Mapping[UUID, Choice], proposed_by: str
) -> int:
    """Settle items by the choices that were made for them; those on which something stands by
    now are left. Returns how many."""
    if not chosen:
        return 0
    core.project.coders.ensure_present()
    with core.project.operation(Op.DECIDE_MANY, kinds=proposed_by.split(":")[0]) as op:
        row = core.open_round(round_)
        pen = Pen(core.project, core.decisions, op)
        rows: list[dict[str, Any]] = []
        touched: dict[UUID, None] = {}
        for document in core.documents(row):
            ground, log = core.view.ground(row, document)
            for bare in ground.items:
                choice = chosen.get(bare.id)
                if choice is None or standing(log.get(bare.id, ())):
                    continue
                kept = None
                if choice.side is not None:
                    kept = ground.coders[core.place(row, bare, ground, choice.kept, choice.side)]
                new = core.new(row, ground, bare, choice.kind, choice.result)
                new = replace(new, in_bulk=True, proposed_by=proposed_by, kept=kept)
                rows += pen.rows(new, Reason(), log.get(bare.id, ()))
                touched[document] = None
        pen.write(rows)
        op.note(count=len(rows))
        core.follow(op, row, list(touched), pen)
        return len(rows)
