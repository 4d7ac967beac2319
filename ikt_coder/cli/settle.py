"""``settle``: what coders coded differently, decided item by item; what a second coder verified."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

import typer

from ikt_coder.cli.arguments import JsonOption, ProjectArgument
from ikt_coder.cli.output import say, show_json, show_json_array, show_rows
from ikt_coder.cli.projects import reading, sit_down, writing
from ikt_coder.cli.settling_records import ItemRecords, progress_record
from ikt_coder.core.errors import NotFound
from ikt_coder.core.rounds import (
    DecisionKind,
    DifferenceKind,
    NoteKind,
    ReasonCategory,
    RoundMode,
)
from ikt_coder.core.span import Span
from ikt_coder.core.words import Valence
from ikt_coder.services.base import UNSET
from ikt_coder.services.project import Project
from ikt_coder.services.round_rows import RoundRow
from ikt_coder.services.settling_rows import Edges, Item, ItemState
from ikt_coder.services.strategies import Strategy, StrategyKind
from ikt_coder.services.verification import JUDGEMENTS

RoundOption = Annotated[
    str, typer.Option("--round", metavar="ROUND", help="Name or number; else the newest unsealed.")
]
DocumentOption = Annotated[
    str, typer.Option("--document", metavar="DOCUMENT", help="Only this one, by title or id.")
]
CoderOption = Annotated[str, typer.Option("--coder", metavar="NAME", help="Who decides.")]
ItemArgument = Annotated[
    str, typer.Argument(metavar="ITEM", help="Its id, or the beginning of it (see list).")
]
_BEGINNING = 12  # hexadecimal digits of an item's id in lists


def register(program: typer.Typer, text: str) -> None:
    group = typer.Typer(help=text)
    group.command("list", help="The items of a round, with who coded what.")(list_items)
    group.command("decide", help="Decide one item.")(decide)
    group.command("accept-matches", help="Take what coders agree on.")(accept_matches)
    group.command("accept-boundaries", help="Settle differences of edges alone.")(accept_boundaries)
    group.command("propose", help="What a strategy would settle; --accept does it.")(propose)
    group.command("withdraw", help="Open an item again.")(withdraw)
    group.command("note", help="A comment for the adjudicator, or a dissent.")(note)
    group.command("progress", help="How far a round is settled or verified.")(progress)
    program.add_typer(group, name="settle")


def list_items(
    project: ProjectArgument,
    round_: RoundOption = "",
    document: DocumentOption = "",
    state: Annotated[list[ItemState] | None, typer.Option(help="Several allowed.")] = None,
    kind: Annotated[list[DifferenceKind] | None, typer.Option(help="Several allowed.")] = None,
    order: Annotated[str, typer.Option(help="document, code, length or kind.")] = "document",
    as_json: JsonOption = False,
) -> None:
    if order not in ("document", "code", "length", "kind"):
        raise typer.BadParameter("the order is document, code, length or kind")
    with reading(project) as opened:
        row = _round(opened, round_)
        where = opened.documents.find(document).id if document else None
        items = [
            item
            for item in _items(opened, row, where, order)
            if (not state or item.state in state) and (not kind or item.kind in kind)
        ]
        records = ItemRecords(opened)
        if as_json:
            show_json_array(records.record(item) for item in items)
        else:
            show_rows(
                (
                    item.id.hex[:_BEGINNING],
                    item.document_title,
                    f"{item.span.start}–{item.span.end}",
                    item.kind.value,
                    item.state.value,
                    records.words(item),
                )
                for item in items
            )
    say(f"{len(items)} of “{row.name}”.")


def decide(
    project: ProjectArgument,
    item: ItemArgument,
    kind: Annotated[DecisionKind, typer.Argument(metavar="KIND", help="keep, both, edges, …")],
    round_: RoundOption = "",
    coder: CoderOption = "",
    keep: Annotated[str, typer.Option(metavar="NAME", help="Whose version is kept.")] = "",
    side: Annotated[
        int | None, typer.Option(min=1, help="Or the version in this place of the list.")
    ] = None,
    code: Annotated[str, typer.Option(metavar="PATH", help="The code it gets.")] = "",
    edges: Annotated[Edges | None, typer.Option(help="Whose edges it gets.")] = None,
    start: Annotated[int | None, typer.Option(min=0, help="Edges of its own: from …")] = None,
    end: Annotated[int | None, typer.Option(min=1, help="… up to, not part of it.")] = None,
    valence: Annotated[Valence | None, typer.Option(help="The direction it gets.")] = None,
    category: Annotated[ReasonCategory | None, typer.Option(help="Why coders differed.")] = None,
    reason: Annotated[str, typer.Option(help="Asked for neither, other code and defer.")] = "",
    present: Annotated[str, typer.Option(help="Who was there; names with , between.")] = "",
    as_json: JsonOption = False,
) -> None:
    if (start is None) is not (end is None):
        raise typer.BadParameter("give --start and --end together")
    with writing(project) as opened:
        # Everything is looked up before the first act, so that a mistake changes nothing.
        row = _round(opened, round_)
        found = _item(opened, row, item)
        kept = opened.coders.find(keep).id if keep else None
        said: dict[str, Any] = {
            "span": None if start is None or end is None else Span(start, end),
            "code": opened.codes.find(code).id if code else None,
            "valence": UNSET if valence is None else valence,
            "category": category,
            "reason": reason,
            "present": _coders(opened, present),
        }
        sit_down(opened, coder)
        if found.kind in (DifferenceKind.FIRST_CODER, DifferenceKind.MISSED):
            if kind not in JUDGEMENTS:
                names = ", ".join(each.value for each in JUDGEMENTS)
                raise typer.BadParameter(f"a verified coding is decided by {names}")
            opened.verification.judge(found.id, row.id, kind, **said)
        else:
            opened.reconciliation.decide(
                found.id,
                row.id,
                kind,
                kept=kept,
                side=None if side is None else side - 1,
                edges=edges,
                **said,
            )
        after = _item(opened, row, found.id.hex)
        record = ItemRecords(opened).record(after)
    if as_json:
        show_json(record)
    say(f"Decided: {after.kind.value} in “{after.document_title}” is {after.state.value}.")


def accept_matches(
    project: ProjectArgument,
    round_: RoundOption = "",
    document: DocumentOption = "",
    coder: CoderOption = "",
) -> None:
    with writing(project) as opened:
        row = _round(opened, round_)
        documents = [opened.documents.find(document).id] if document else None
        sit_down(opened, coder)
        if row.mode is RoundMode.VERIFY and documents:
            count = opened.verification.accept_rest(row.id, documents[0])
        else:
            count = opened.reconciliation.accept_matches(row.id, documents)
    say(f"Accepted {count}.")


def accept_boundaries(
    project: ProjectArgument,
    round_: RoundOption = "",
    document: DocumentOption = "",
    edges: Annotated[Edges, typer.Option(help="union or intersection.")] = Edges.UNION,
    coder: CoderOption = "",
) -> None:
    with writing(project) as opened:
        row = _round(opened, round_)
        documents = [opened.documents.find(document).id] if document else None
        sit_down(opened, coder)
        count = opened.reconciliation.accept_boundaries(row.id, edges, documents)
    say(f"Settled {count} differences of edges as {edges.value}.")


def propose(
    project: ProjectArgument,
    strategy: Annotated[
        str, typer.Argument(metavar="STRATEGY", help="majority, prefer:NAME or union:NUMBER.")
    ],
    round_: RoundOption = "",
    accept: Annotated[bool, typer.Option("--accept", help="Settle what is proposed.")] = False,
    coder: CoderOption = "",
    as_json: JsonOption = False,
) -> None:
    with writing(project) if accept else reading(project) as opened:
        row = _round(opened, round_)
        rule = _strategy(opened, strategy)
        found = opened.reconciliation.propose(row.id, rule)
        records = ItemRecords(opened)
        if as_json:
            show_json_array(records.proposal(item, choice) for item, choice in found)
        else:
            show_rows(
                (
                    item.id.hex[:_BEGINNING],
                    item.document_title,
                    item.kind.value,
                    choice.kind.value,
                    records.segments(choice.result),
                )
                for item, choice in found
            )
        if not accept:
            say(f"Proposed {len(found)}; nothing was changed.")
            return
        sit_down(opened, coder)
        count = opened.reconciliation.accept_proposals(row.id, rule)
    say(f"Settled {count} of {len(found)}; directions and levels are settled one by one.")


def withdraw(
    project: ProjectArgument,
    item: ItemArgument,
    round_: RoundOption = "",
    reason: Annotated[str, typer.Option(help="Why it is opened again.")] = "",
    coder: CoderOption = "",
) -> None:
    with writing(project) as opened:
        row = _round(opened, round_)
        found = _item(opened, row, item)
        sit_down(opened, coder)
        if found.kind in (DifferenceKind.FIRST_CODER, DifferenceKind.MISSED):
            opened.verification.withdraw(found.id, row.id, reason=reason)
        else:
            opened.reconciliation.withdraw(found.id, row.id, reason=reason)
    say(f"Opened again: {found.kind.value} in “{found.document_title}”.")


def note(
    project: ProjectArgument,
    item: ItemArgument,
    text: Annotated[str, typer.Argument(metavar="TEXT")],
    round_: RoundOption = "",
    dissent: Annotated[bool, typer.Option("--dissent", help="Does not share it.")] = False,
    coder: CoderOption = "",
) -> None:
    with writing(project) as opened:
        row = _round(opened, round_)
        found = _item(opened, row, item)
        sit_down(opened, coder)
        kind = NoteKind.DISSENT if dissent else NoteKind.COMMENT
        opened.reconciliation.note(found.id, row.id, kind, text)
    say(f"Noted on {found.kind.value} in “{found.document_title}”.")


def progress(
    project: ProjectArgument, round_: RoundOption = "", as_json: JsonOption = False
) -> None:
    with reading(project) as opened:
        row = _round(opened, round_)
        record = progress_record(opened, row)
    if as_json:
        show_json(record)
        return
    show_rows((name.replace("_", " "), str(value)) for name, value in _flat(record))


def _flat(record: dict[str, Any], before: str = "") -> list[tuple[str, object]]:
    rows: list[tuple[str, object]] = []
    for name, value in record.items():
        if isinstance(value, dict):
            rows += _flat(value, f"{before}{name}: ")
        elif not isinstance(value, list):
            rows.append((f"{before}{name}", "–" if value is None else value))
    return rows


def _round(project: Project, name: str) -> RoundRow:
    if name:
        return project.rounds.find(name)
    rows = [
        row
        for row in project.rounds.all()
        if row.unsealed is not None or row.mode is not RoundMode.BLIND
    ]
    if not rows:
        raise NotFound(
            "There is no round to settle.", "Set one up, let coders finish, and unseal it."
        )
    return rows[-1]


def _items(
    project: Project, row: RoundRow, document: UUID | None = None, order: str = "document"
) -> tuple[Item, ...]:
    items = project.reconciliation.items(row.id, document=document, order=order)
    if row.mode is RoundMode.VERIFY:
        items += project.verification.items(row.id, document)
    return items


def _item(project: Project, row: RoundRow, name: str) -> Item:
    """The item whose id begins like this. Raises NotFound."""
    wanted = name.replace("-", "").lower()
    found = [item for item in _items(project, row) if wanted and item.id.hex.startswith(wanted)]
    if len(found) != 1:
        many = "Several items begin" if found else "No item begins"
        raise NotFound(f"{many} with “{name}”. Nothing was changed.", "“settle list” names them.")
    return found[0]


def _coders(project: Project, names: str) -> Sequence[UUID]:
    return [project.coders.find(name).id for name in names.split(",") if name.strip()]


def _strategy(project: Project, written: str) -> Strategy:
    kind, _, rest = written.partition(":")
    if kind == StrategyKind.MAJORITY.value and not rest:
        return Strategy.majority()
    if kind == StrategyKind.PREFER.value and rest:
        return Strategy.prefer(project.coders.find(rest).id)
    if kind == StrategyKind.UNION.value and rest.isdecimal():
        return Strategy.union(int(rest))
    raise typer.BadParameter("a strategy is majority, prefer:NAME or union:NUMBER")
