"""``theme``: make themes, gather codes in them, accept quotes for them."""

from __future__ import annotations

from typing import Annotated

import typer

from ikt_coder.cli.arguments import DocumentArgument, ProjectArgument
from ikt_coder.cli.output import counted, say
from ikt_coder.cli.projects import writing
from ikt_coder.core.errors import NotAllowed, NotFound
from ikt_coder.core.span import Span
from ikt_coder.core.words import LinkKind

ThemeArgument = Annotated[str, typer.Argument(metavar="THEME", help="A theme by its name or id.")]
CodesOption = Annotated[
    list[str] | None,
    typer.Option("--code", metavar="PATH", help="A code with those below it; several allowed."),
]


def register(program: typer.Typer, text: str) -> None:
    group = typer.Typer(help=text)
    group.command("add", help="Make a theme, perhaps from codes.")(add)
    group.command("gather", help="Let all codings of some codes belong to a theme.")(gather)
    group.command("quote", help="Accept words of a theme's coding as its quote.")(quote)
    group.command("link", help="Link two themes, or change the note of their link.")(link)
    program.add_typer(group, name="theme")


def add(
    project: ProjectArgument,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    parent: Annotated[str, typer.Option(metavar="THEME", help="The theme it lies under.")] = "",
    description: Annotated[str, typer.Option(help="One or two sentences.")] = "",
    code: CodesOption = None,
) -> None:
    with writing(project) as opened:
        above = opened.themes.find(parent).id if parent else None
        codes = [opened.codes.find(path).id for path in code or ()]
        opened.themes.add(name, above, codes=codes, description=description)
    say(f"Made the theme “{name}” of {counted(len(codes), 'code')}.")


def gather(project: ProjectArgument, theme: ThemeArgument, code: CodesOption = None) -> None:
    if not code:
        raise typer.BadParameter("give at least one --code")
    with writing(project) as opened:
        found = opened.themes.find(theme)
        opened.themes.add_codes(found.id, [opened.codes.find(path).id for path in code])
    say(f"Gathered {counted(len(code), 'code')} in “{found.name}”.")


def quote(
    project: ProjectArgument,
    theme: ThemeArgument,
    document: DocumentArgument,
    start: Annotated[int, typer.Argument(metavar="START", min=0)],
    end: Annotated[int, typer.Argument(metavar="END", min=1)],
) -> None:
    with writing(project) as opened:
        found = opened.themes.find(theme)
        row = opened.documents.find(document)
        if not start < end <= row.length:
            raise NotAllowed(f"{start} to {end} is no span of “{row.title}”. Nothing was accepted.")
        span = Span(start, end)
        nearest = max(
            (
                member.passage.coding
                for member in opened.themes.codings(found.id)
                if member.passage.coding.document == row.id
            ),
            key=lambda coding: coding.span.overlap(span),
            default=None,
        )
        if nearest is None or not nearest.span.overlaps(span):
            raise NotFound(
                f"No coding of “{found.name}” lies at {start} to {end} of “{row.title}”. "
                "Nothing was accepted."
            )
        opened.themes.accept_quote(found.id, nearest.id, span)
    say(f"Accepted a quote of “{row.title}” for “{found.name}”.")


def link(
    project: ProjectArgument,
    theme: ThemeArgument,
    kind: Annotated[
        LinkKind, typer.Argument(help="reciprocal, contrast, or leads_to (from THEME to OTHER).")
    ],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The other theme.")],
    note: Annotated[str, typer.Option(help="Why they are linked.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Take the link away.")] = False,
) -> None:
    with writing(project) as opened:
        one, two = opened.themes.find(theme), opened.themes.find(other)
        there = opened.themes.links.between(one.id, two.id, kind)
        if remove:
            if there is None:
                raise NotFound(
                    f"“{one.name}” and “{two.name}” are not linked in this way. "
                    "Nothing was changed."
                )
            opened.themes.unlink(there.id)
        elif there is not None:
            opened.themes.change_link(there.id, note=note)
        else:
            opened.themes.link(one.id, two.id, kind, note)
    done = "Took away the link of" if remove else "Linked"
    say(f"{done} “{one.name}” and “{two.name}”.")
