"""``frameworks``: those that come with the program and one's own; adding them to a project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ikt_coder.cli.arguments import JsonOption, ProjectArgument
from ikt_coder.cli.output import say, show, show_json, show_rows
from ikt_coder.codebooks.catalogue import catalogue, crosswalks, find_framework, framework
from ikt_coder.codebooks.framework import AnswerKind, Framework, Status
from ikt_coder.codebooks.schema import FrameworkError
from ikt_coder.codebooks.uses import Use
from ikt_coder.core.ops import Op

IdArgument = Annotated[
    str, typer.Argument(metavar="ID|FILE", help="A framework's id, as listed, or its file.")
]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A framework's file.")]
_STATUS = {
    Status.RETRIEVED: "read in a source",
    Status.RECALLED: "from memory, confirm with the paper",
    Status.OWN: "IKT Coder's own proposal",
}


def register(program: typer.Typer, text: str) -> None:
    group = typer.Typer(help=text, invoke_without_command=True)
    group.callback()(frameworks)
    group.command("list", help="Every framework, your own library's too.")(list_frameworks)
    group.command("show", help="One framework with its nodes and where they lead.")(show_framework)
    group.command("add", help="Add frameworks to a project, in one act.")(add_frameworks)
    group.command("check", help="Look a framework's file over: each fault with its line.")(
        check_framework
    )
    group.command("install", help="Take a file into your own library.")(install_framework)
    group.command("uninstall", help="Take a framework out of your library.")(uninstall_framework)
    group.command("save", help="Write a project's codes as a framework file.")(save_framework)
    program.add_typer(group, name="frameworks")


def frameworks(context: typer.Context, as_json: JsonOption = False) -> None:
    """The same as ``list`` where no command follows."""
    if context.invoked_subcommand is None:
        list_frameworks(as_json)


def list_frameworks(as_json: JsonOption = False) -> None:
    kept = _library().all()
    own = [(one.framework, "your own") for one in kept if one.framework is not None]
    all_of_them = [(one, one.tier.value) for one in catalogue()] + own
    if as_json:
        show_json(
            [
                {"id": one.key, "name": one.name, "version": one.version, "nodes": len(one.nodes)}
                for one, _ in all_of_them
            ]
        )
    else:
        show_rows([("Id", "Nodes", "Version", "Name", "Tier")])
        show_rows(
            (one.key, str(len(one.nodes)), one.version, one.name, tier) for one, tier in all_of_them
        )
    for one in kept:
        if one.framework is None:
            say(f"{one.path} cannot be read: {one.faults[0]}.")


def show_framework(framework_id: IdArgument, as_json: JsonOption = False) -> None:
    found = _find(framework_id)
    if as_json:
        show_json(_facts(found))
        return
    show(f"{found.name} ({found.key})")
    if found.citation:
        show(found.citation.reference)
    if found.purpose:
        show(found.purpose)
    for depth, node in found.tree():
        indent = "  " * depth
        show(f"{indent}- {node.name}: {node.definition_for()}".rstrip(": "))
        if node.constructs:
            show(f"{indent}  [{'; '.join(one.name for one in node.constructs)}]")
    for field in found.fields:
        how = {AnswerKind.ONE: "one", AnswerKind.SEVERAL: "several", AnswerKind.TEXT: "text"}
        show(f"? {field.name} ({how[field.kind]})")
    if found.definitions_label:
        show(f"Definitions: {found.definitions_label}.")
    for claim in found.verification:
        note = f" ({claim.note})" if claim.note else ""
        show(f"{claim.claim}: {_STATUS[claim.status]}{note}")
    if found.licence:
        show(f"Licence: {found.licence}")


def add_frameworks(
    project: ProjectArgument,
    ids: Annotated[
        list[str], typer.Argument(metavar="ID|FILE...", help="Ids, as listed, or files.")
    ],
    uses: Annotated[
        list[Use] | None,
        typer.Option("--as", help="As codes, or as questions of the charting form (or both)."),
    ] = None,
) -> None:
    # The database is loaded only here: looking at frameworks does without it.
    from ikt_coder.cli.projects import writing

    wanted = list(dict.fromkeys(ids))
    presets = [_find(key) for key in wanted]  # all known before one is added
    with writing(project) as opened:
        names = ", ".join(preset.name for preset in presets)
        with opened.operation(Op.ADD_FRAMEWORK, name=names, count=len(presets)):
            for key in wanted:
                if _is_file(key):
                    opened.frameworks.add_file(Path(key), uses)
                else:
                    opened.frameworks.add(key, uses)
    say(*(f"Added {preset.name}." for preset in presets))


def check_framework(file: FileArgument) -> None:
    from ikt_coder.services.framework_library import read_own_framework

    try:
        found, _ = read_own_framework(file)
    except FrameworkError as error:
        show(*(f"{file.name}: {fault}" for fault in error.faults))
        count = len(error.faults)
        say(f"{count} {'fault' if count == 1 else 'faults'}; the file cannot be added as it is.")
        raise typer.Exit(1) from error
    say(f"{file.name} is good: {found.name}, {len(found.nodes)} nodes.")


def install_framework(
    file: FileArgument,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace another one that has the same id.")
    ] = False,
) -> None:
    found = _library().install(file, replace=replace)
    say(f"Installed {found.name} ({found.key}). Add it to a project with: frameworks add")


def uninstall_framework(
    framework_id: Annotated[str, typer.Argument(metavar="ID", help="The framework's id.")],
) -> None:
    _library().remove(framework_id)
    say(f"Took {framework_id} out of your library; projects that use it keep it.")


def save_framework(
    project: ProjectArgument,
    file: FileArgument,
    name: Annotated[str, typer.Option("--name", help="The framework's name.")],
    branches: Annotated[
        list[str] | None,
        typer.Option("--branch", help='A code with all below it: "Parent/Child"; else all codes.'),
    ] = None,
    purpose: Annotated[str, typer.Option("--purpose", help="What it is for, in one line.")] = "",
    cite: Annotated[str, typer.Option("--cite", help="The title of the source to cite.")] = "",
    framework_id: Annotated[str, typer.Option("--id", help="Its id; else made of the name.")] = "",
) -> None:
    from ikt_coder.cli.projects import reading
    from ikt_coder.codebooks.framework import Citation

    with reading(project) as opened:
        heads = None if not branches else [opened.codes.find(path).id for path in branches]
        made = opened.frameworks.save_as_framework(
            file,
            name,
            heads,
            key=framework_id,
            citation=Citation((), None, cite) if cite else None,
            purpose=purpose,
        )
    say(f"Wrote {made.name} ({made.key}) with {len(made.nodes)} nodes to {file}.")


def _library() -> Any:
    from ikt_coder.services.framework_library import FrameworkLibrary

    return FrameworkLibrary()


def _is_file(word: str) -> bool:
    return word.endswith(".json") or "/" in word or "\\" in word


def _find(word: str) -> Framework:
    """A framework by its id or its file. Raises NotFound, FrameworkError, UnreadableFile."""
    if _is_file(word):
        from ikt_coder.services.framework_library import read_own_framework

        return read_own_framework(Path(word))[0]
    found = find_framework(word)
    if found is not None:
        return found
    kept = _library().find(word)
    return kept[0] if kept is not None else framework(word)


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
