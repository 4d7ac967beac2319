"""``frameworks``: the presets that come with the program, and adding them to a project."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ikt_coder.cli.arguments import JsonOption, ProjectArgument
from ikt_coder.cli.output import say, show, show_json, show_rows
from ikt_coder.codebooks.catalogue import catalogue, crosswalks, framework
from ikt_coder.codebooks.framework import Framework
from ikt_coder.core.ops import Op

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="A framework's id, as listed.")]


def register(program: typer.Typer, text: str) -> None:
    group = typer.Typer(help=text, invoke_without_command=True)
    group.callback()(frameworks)
    group.command("list", help="Every framework.")(list_frameworks)
    group.command("show", help="One framework with its nodes and where they lead.")(show_framework)
    group.command("add", help="Add frameworks to a project, in one act.")(add_frameworks)
    program.add_typer(group, name="frameworks")


def frameworks(context: typer.Context, as_json: JsonOption = False) -> None:
    """The same as ``list`` where no command follows."""
    if context.invoked_subcommand is None:
        list_frameworks(as_json)


def list_frameworks(as_json: JsonOption = False) -> None:
    rows = [
        {"id": one.key, "name": one.name, "version": one.version, "nodes": len(one.nodes)}
        for one in catalogue()
    ]
    if as_json:
        show_json(rows)
    else:
        show_rows([("Id", "Nodes", "Version", "Name")])
        show_rows((one.key, str(len(one.nodes)), one.version, one.name) for one in catalogue())


def show_framework(framework_id: IdArgument, as_json: JsonOption = False) -> None:
    found = framework(framework_id)
    if as_json:
        show_json(_facts(found))
        return
    show(f"{found.name} ({found.key})")
    if found.citation:
        show(found.citation.reference)
    for depth, node in found.tree():
        show(f"{'  ' * depth}- {node.name}: {node.definition_for()}".rstrip(": "))


def add_frameworks(
    project: ProjectArgument,
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids, as listed.")],
) -> None:
    # The database is loaded only here: looking at frameworks does without it.
    from ikt_coder.cli.projects import writing

    presets = [framework(key) for key in dict.fromkeys(ids)]  # all known before one is added
    with writing(project) as opened:
        names = ", ".join(preset.name for preset in presets)
        with opened.operation(Op.ADD_FRAMEWORK, name=names, count=len(presets)):
            for preset in presets:
                opened.frameworks.add(preset.key)
    say(*(f"Added {preset.name}." for preset in presets))


def _facts(found: Framework) -> dict[str, Any]:
    return {
        "id": found.key,
        "name": found.name,
        "citation": found.citation.reference if found.citation else "",
        "nodes": [
            {
                "id": node.key,
                "name": node.name,
                "parent": node.parent,
                "definition": node.definition_for(),
                "constructs": [construct.name for construct in node.constructs],
            }
            for node in found.nodes
        ],
        "mappings": [
            {"from": link.source_node, "to": link.target_node, "source": link.source}
            for crosswalk in crosswalks()
            if found.key in (crosswalk.source_framework, crosswalk.target_framework)
            for link in crosswalk.links
        ],
    }
