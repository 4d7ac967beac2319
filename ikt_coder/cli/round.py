"""``round``: who codes what, how far they are; finishing, reopening and unsealing."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import typer

from ikt_coder.cli.arguments import JsonOption, ProjectArgument
from ikt_coder.cli.output import counted, say, show_json, show_json_array, show_rows
from ikt_coder.cli.projects import reading, sit_down, writing
from ikt_coder.core.errors import NotFound
from ikt_coder.core.rounds import AssignmentStatus, Projection, RoundMode, Scope, Task, Unit
from ikt_coder.services.project import Project
from ikt_coder.services.round_rows import RoundPlan, RoundRow

RoundArgument = Annotated[
    str, typer.Argument(metavar="ROUND", help="Its name, number or id; else the newest.")
]
RoundOption = Annotated[
    str, typer.Option("--round", metavar="ROUND", help="Its name or number; else the newest.")
]
DocumentsArgument = Annotated[
    list[str], typer.Argument(metavar="DOCUMENT...", help="Documents by their titles or ids.")
]
CoderOption = Annotated[
    str, typer.Option("--coder", metavar="NAME", help="Who says so; else who sat there last.")
]


def register(program: typer.Typer, text: str) -> None:
    group = typer.Typer(help=text)
    group.command("list", help="The rounds, who codes what in them, and how far they are.")(
        list_rounds
    )
    group.command("set-up", help="Set a round up; everything but its name is locked by it.")(set_up)
    group.command("assign", help="Give documents of a round to a coder, or take them away.")(assign)
    group.command("finish", help="Say that documents are coded; cannot be undone.")(finish)
    group.command("reopen", help="Open a finished document again; logged.")(reopen)
    group.command("unseal", help="Open what was coded blind, for everybody; cannot be undone.")(
        unseal
    )
    program.add_typer(group, name="round")


def list_rounds(
    project: ProjectArgument, round_: RoundOption = "", as_json: JsonOption = False
) -> None:
    with reading(project) as opened:
        rows = [opened.rounds.find(round_)] if round_ else list(opened.rounds.all())
        names = _Names(opened)
        if as_json:
            show_json_array(_record(opened, row, names) for row in rows)
        else:
            for row in rows:
                show_rows([_line(row)])
                show_rows(_cells(opened, row, names))


def set_up(
    project: ProjectArgument,
    coder: Annotated[
        list[str], typer.Option("--coder", metavar="NAME", help="Twice or more; the first leads.")
    ],
    mode: Annotated[RoundMode, typer.Option(help="How you work together.")] = RoundMode.BLIND,
    name: Annotated[str, typer.Option(help="Else “Round” and its number.")] = "",
    document: Annotated[
        list[str] | None, typer.Option("--document", metavar="TITLE", help="Else all.")
    ] = None,
    code: Annotated[
        list[str] | None, typer.Option("--code", metavar="PATH", help="Else the whole codebook.")
    ] = None,
    share: Annotated[
        int | None, typer.Option(metavar="PERCENT", help="Draw so many of the documents.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Of the draw; else a fresh one.")] = None,
    first: Annotated[
        int | None, typer.Option(metavar="N", help="Settle so many before the rest is coded.")
    ] = None,
    blind_share: Annotated[
        int | None, typer.Option(metavar="PERCENT", help="Code and verify: coded blind by all.")
    ] = None,
    unit: Annotated[Unit, typer.Option(help="What agreement is counted in.")] = Unit.CHARACTERS,
    unit_size: Annotated[int | None, typer.Option(help="Characters of a fixed segment.")] = None,
    rule: Annotated[Projection, typer.Option(help="When a unit counts as coded.")] = Projection.ANY,
    scope: Annotated[Scope, typer.Option(help="The text in question.")] = Scope.WHOLE,
    selection: Annotated[
        str, typer.Option(metavar="CODE", help="The code that marks the selection.")
    ] = "",
    coefficient: Annotated[str, typer.Option(help="kappa, alpha, ac1, dice or percent.")] = "kappa",
    target: Annotated[float | None, typer.Option(help="What you agreed to reach.")] = None,
    overlap: Annotated[int, typer.Option(metavar="PERCENT", min=1, max=100)] = 50,
    adjudicator: Annotated[str, typer.Option(metavar="NAME")] = "",
    show_names: Annotated[
        bool, typer.Option("--show-names", help="The adjudicator sees who coded what.")
    ] = False,
    note: Annotated[str, typer.Option()] = "",
    as_json: JsonOption = False,
) -> None:
    if coefficient not in ("kappa", "alpha", "ac1", "dice", "percent"):
        raise typer.BadParameter("the coefficient is kappa, alpha, ac1, dice or percent")
    with writing(project) as opened:
        plan = RoundPlan(
            name=name,
            mode=mode,
            coders=tuple(opened.coders.find(each).id for each in coder),
            documents=tuple(opened.documents.find(each).id for each in document or ()),
            codes=tuple(opened.codes.find(each).id for each in code or ()),
            unit=unit,
            unit_size=unit_size,
            rule=rule,
            scope=scope,
            selection_code=opened.codes.find(selection).id if selection else None,
            coefficient=coefficient,
            target=target,
            overlap=overlap / 100,
            share=share,
            seed=seed,
            first=first,
            blind_share=blind_share,
            adjudicator=opened.coders.find(adjudicator).id if adjudicator else None,
            hide_names=not show_names,
            note=note,
        )
        row = opened.rounds.get(opened.rounds.set_up(plan))
        if as_json:
            show_json(_record(opened, row, _Names(opened)))
        drawn = f", seed {row.seed}" if row.seed is not None else ""
        say(f"Set up “{row.name}” with {len(row.documents)} documents{drawn}.")


def assign(
    project: ProjectArgument,
    coder: Annotated[str, typer.Argument(metavar="CODER")],
    document: DocumentsArgument,
    round_: RoundOption = "",
    task: Annotated[Task, typer.Option(help="To code, or to verify.")] = Task.CODE,
    remove: Annotated[bool, typer.Option("--remove", help="Take them away instead.")] = False,
) -> None:
    with writing(project) as opened:
        row = _round(opened, round_)
        who = opened.coders.find(coder)
        documents = [opened.documents.find(each).id for each in document]
        if remove:
            opened.rounds.unassign(row.id, who.id, documents)
        else:
            opened.rounds.assign(row.id, who.id, documents, task)
    done = "Took" if remove else "Gave"
    say(f"{done} {counted(len(documents), 'document')} {'from' if remove else 'to'} {who.name}.")


def finish(
    project: ProjectArgument,
    document: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DOCUMENT...]", help="Titles or ids; else all of the coder's."),
    ] = None,
    round_: RoundOption = "",
    coder: CoderOption = "",
) -> None:
    with writing(project) as opened:
        row = _round(opened, round_)
        if coder:
            opened.coders.find(coder)
        sit_down(opened, coder)
        keys = [opened.documents.find(each).id for each in document or ()]
        if not keys:
            keys = [
                each.document
                for each in opened.rounds.assignments(row.id)
                if each.coder == opened.coder and each.status is not AssignmentStatus.FINISHED
            ]
        opened.rounds.finish(row.id, keys)
    what = "1 document" if len(keys) == 1 else f"{len(keys)} documents"
    say(f"Finished {what} in “{row.name}”; the codings are frozen.")


def reopen(
    project: ProjectArgument,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT")],
    reason: Annotated[str, typer.Option(help="Why; it is logged.")],
    round_: RoundOption = "",
    coder: CoderOption = "",
) -> None:
    with writing(project) as opened:
        row = _round(opened, round_)
        if coder:
            opened.coders.find(coder)
        sit_down(opened, coder)
        found = opened.documents.find(document)
        opened.rounds.reopen(row.id, found.id, reason)
    say(f"Reopened “{found.title}” in “{row.name}”.")


def unseal(project: ProjectArgument, round_: RoundArgument = "") -> None:
    with writing(project) as opened:
        row = _round(opened, round_)
        opened.rounds.unseal(row.id)
        left = opened.rounds.get(row.id).sealed
    say(f"Unsealed “{row.name}”{'; the rest stays sealed' if left else ''}.")


def _round(project: Project, name: str) -> RoundRow:
    """The round of this name, or the newest. Raises NotFound."""
    row = project.rounds.find(name) if name else project.rounds.latest()
    if row is None:
        raise NotFound("There is no round in this project.", "Set one up first.")
    return row


class _Names:
    """What ids are called."""

    def __init__(self, project: Project) -> None:
        self.coders = {row.id: row.name for row in project.coders.everyone()}
        self.titles = {row.id: row.title for row in project.documents.all()}
        self.codes = {row.id: "/".join(row.path) for row in project.codes.all(counted=False)}


def _line(row: RoundRow) -> tuple[str, ...]:
    state = "sealed" if row.sealed else "unsealed" if row.unsealed else "open"
    return (str(row.number), row.name, row.mode.value, state, f"{row.finished}/{row.assigned}")


def _cells(project: Project, row: RoundRow, names: _Names) -> list[tuple[str, ...]]:
    return [
        (
            "",
            names.titles.get(each.document, ""),
            names.coders.get(each.coder, ""),
            each.task.value,
            each.status.value,
            *(("reopened after unsealing",) if each.after_unsealing else ()),
        )
        for each in project.rounds.assignments(row.id)
    ]


def _record(project: Project, row: RoundRow, names: _Names) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "number": row.number,
        "name": row.name,
        "mode": row.mode.value,
        "unit": row.unit.value,
        "unit_size": row.unit_size,
        "rule": row.rule.value,
        "scope": row.scope.value,
        "coefficient": row.coefficient,
        "target": row.target,
        "overlap": row.overlap,
        "share": row.share,
        "seed": row.seed,
        "first": row.first,
        "blind_share": row.blind_share,
        "codes": [names.codes.get(code, str(code)) for code in row.codes],
        "codebook_version": row.codebook_number,
        "adjudicator": _named(names.coders, row.adjudicator),
        "coders": [names.coders.get(coder, "") for coder in row.coders],
        "documents": [names.titles.get(document, "") for document in row.documents],
        "sealed": row.sealed,
        "unsealed": row.unsealed.isoformat() if row.unsealed else None,
        "may_unseal": project.rounds.may_unseal(row.id) == "",
        "note": row.note,
        "assignments": [
            {
                "document": names.titles.get(each.document, ""),
                "coder": names.coders.get(each.coder, ""),
                "task": each.task.value,
                "batch": each.batch.value,
                "status": each.status.value,
                "finished": each.finished_at.isoformat() if each.finished_at else None,
                "reopened": each.reopened,
                "after_unsealing": each.after_unsealing,
                "codings": each.codings,
            }
            for each in project.rounds.assignments(row.id)
        ],
    }


def _named(names: dict[UUID, str], key: UUID | None) -> str | None:
    return names.get(key) if key is not None else None
