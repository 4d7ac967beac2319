"""``merge``: bring a coder's copy, another copy or another project into this one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ikt_coder.cli.arguments import JsonOption, ProjectArgument
from ikt_coder.cli.output import say, show, show_json
from ikt_coder.cli.projects import reading, writing
from ikt_coder.core.errors import UserError
from ikt_coder.services.merging.rows import Counts, Left, MergePlan, Side


def register(program: typer.Typer, text: str) -> None:
    program.command("merge", help=text)(merge)


def merge(
    project: ProjectArgument,
    file: Annotated[Path, typer.Argument(help="The file that is brought in; it is not changed.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")
    ] = False,
    choose: Annotated[
        list[str] | None,
        typer.Option(
            "--choose",
            metavar="KEY=here|there",
            help="Answer a conflict by the key that --dry-run gives it; may be repeated.",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """What both changed takes the stated default unless --choose says otherwise."""
    choices = dict(_choice(given) for given in choose or ())
    if dry_run:
        with reading(project) as opened:
            plan = opened.merging.plan(file, choices)
        _tell(plan, choices, as_json, merged=False)
        return
    with writing(project) as opened:
        # Who types a command does not say who they are: of sealed documents nothing is told.
        present = opened.coder
        if opened.sight.sealed():
            opened.coder = None
        plan = opened.merging.plan(file, choices)
        opened.coder = present
        result = opened.merging.apply(file, choices, expected=plan)
    _tell(plan, choices, as_json, merged=result.op is not None)


def _choice(given: str) -> tuple[str, Side]:
    key, _, side = given.rpartition("=")
    if not key or side not in tuple(Side):
        raise UserError(
            f"“{given}” is no answer to a conflict. Nothing was changed.",
            "Write --choose KEY=here or KEY=there; merge --dry-run lists the keys.",
        )
    return key, Side(side)


def _tell(plan: MergePlan, choices: dict[str, Side], as_json: bool, *, merged: bool) -> None:
    strangers = sorted(set(choices) - {conflict.key for conflict in plan.conflicts})
    if strangers:
        say(f"No conflict has the key {', '.join(strangers)}; it was not used.")
    if as_json:
        show_json(_value(plan, choices, merged=merged))
        return
    show(*_lines(plan, choices))
    say(*plan.warnings)
    if merged:
        say(f"“{plan.file_name}” was brought in. Undo takes it back.")
    elif plan.nothing:
        say(f"“{plan.file_name}” brings nothing new.")
    else:
        say("Nothing was changed.")


def _lines(plan: MergePlan, choices: dict[str, Side]) -> list[str]:
    lines = []
    for row in plan.documents:
        if row.sealed:
            state = [f"finished: {', '.join(row.finished)}"] if row.finished else []
            state += [f"not finished: {', '.join(row.unfinished)}"] if row.unfinished else []
            lines.append(f"{row.title}\tsealed\t{'; '.join(state)}")
            continue
        mended = f"\t{row.mended} mended" if row.mended else ""
        share = f" {row.similarity:.1%}" if row.similarity < 1 else ""
        lines.append(f"{row.title}\t{row.match}{share}\t{_counts(row.codings)}{mended}")
    lines += [f"{table}\t{_counts(counts)}" for table, counts in plan.tables.items() if counts]
    lines += [f"{table}\t+{count}" for table, count in plan.records.items()]
    for one in plan.conflicts:
        side = choices.get(one.key, one.default)
        lines.append(
            f"conflict\t{one.key}\t{one.subject} {one.field}".rstrip()
            + f"\there: {_short(one.here)}\tthere: {_short(one.there)}\t→ {side}"
        )
    for word, listed in (("kept", plan.kept), ("left", plan.left)):
        lines += [
            f"{word}\t{left.count} {left.table}\t{left.name}\t{left.why}{_share(left)}"
            for left in listed
        ]
    return lines


def _share(left: Left) -> str:
    return "" if left.share is None else f" ({left.share:.0%} aligned)"


def _left(left: Left) -> dict[str, Any]:
    told: dict[str, Any] = {
        "kind": left.table,
        "name": left.name,
        "count": left.count,
        "why": left.why.value,
    }
    return told if left.share is None else {**told, "similarity": round(left.share, 4)}


def _counts(counts: Counts) -> str:
    return f"+{counts.added} ~{counts.changed} -{counts.removed}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"


def _value(plan: MergePlan, choices: dict[str, Side], *, merged: bool) -> dict[str, Any]:
    return {
        "file": plan.file_name,
        "kind": plan.kind.value,
        "merged": merged,
        "nothing_new": plan.nothing,
        "coders": list(plan.coders),
        "documents": [
            {
                "document": row.title,
                "match": row.match.value,
                "similarity": round(row.similarity, 4),
                **(
                    {
                        "sealed": True,
                        "finished": list(row.finished),
                        "unfinished": list(row.unfinished),
                    }
                    if row.sealed
                    else {"codings": _number(row.codings), "mended": row.mended}
                ),
            }
            for row in plan.documents
        ],
        "tables": {table: _number(counts) for table, counts in plan.tables.items()},
        "records": dict(plan.records),
        "conflicts": [
            {
                "key": one.key,
                "kind": one.kind.value,
                "subject": one.subject,
                "field": one.field,
                "here": one.here,
                "there": one.there,
                "taken": choices.get(one.key, one.default).value,
            }
            for one in plan.conflicts
        ],
        "kept": [_left(left) for left in plan.kept],
        "left": [_left(left) for left in plan.left],
        "warnings": list(plan.warnings),
    }


def _number(counts: Counts) -> dict[str, int]:
    return {
        "added": counts.added,
        "changed": counts.changed,
        "removed": counts.removed,
        "same": counts.same,
    }
