"""``crosswalk``: what the codes of a project lead to in another framework, counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

import typer

from ikt_coder.cli.arguments import JsonOption, ProjectArgument
from ikt_coder.cli.output import say, show_json, show_rows
from ikt_coder.cli.projects import reading
from ikt_coder.codebooks.components import COMPONENTS
from ikt_coder.core.errors import NotFound
from ikt_coder.services.crosswalks.links import Links
from ikt_coder.services.crosswalks.rows import Count, CrosswalkCount
from ikt_coder.services.crosswalks.tables import note_sentences, sources_of
from ikt_coder.services.project import Project
from ikt_coder.services.theme_counts import ThemeCounts


def register(program: typer.Typer, text: str) -> None:
    program.command("crosswalk", help=text)(crosswalk)


def crosswalk(
    project: ProjectArgument,
    to: Annotated[str, typer.Option(help="The id of the framework led to.")] = COMPONENTS,
    source: Annotated[
        str, typer.Option(help="Count by this source instead of the one the project follows.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    with reading(project) as opened:
        links = _links(opened, to, source)
        counts = ThemeCounts(opened, whole_layer=True)
        found = opened.crosswalks.count(to, counts, links)
        if as_json:
            show_json(_facts(found, links))
            return
        show_rows([("Leads to", "From", "Participants", "Passages", "References", "Undecided")])
        show_rows(_rows(found))
        say(*note_sentences([found], counts, date.today()), *sources_of(links, [to]))


def _links(project: Project, to: str, source: str) -> Links:
    """Where codes lead; NotFound for a framework nothing leads to, or an unknown source."""
    rows = [row for row in project.crosswalks.all() if row.target == to]
    instead = {row.key: source for row in rows for one in row.sources if one.key == source}
    if source and not instead:
        known = ", ".join(one.key for row in rows for one in row.sources)
        raise NotFound(
            f"No crosswalk of the project to “{to}” has the source “{source}”.",
            f"There are {known}." if known else "",
        )
    links = Links(project, instead)
    groups = [group.key for group in links.groups()]
    if to not in groups:
        raise NotFound(
            f"Nothing in the project leads to “{to}”.",
            f"Something leads to {', '.join(groups)}." if groups else "",
        )
    return links


def _rows(found: CrosswalkCount) -> Iterator[tuple[str, ...]]:
    for one in found.targets:
        yield (one.target.name, "", *_figures(one.total), str(one.waiting.references))
        for way in one.ways:
            said = f"{way.code.name} (derived)" if way.code is not None else "coded directly"
            yield (one.target.name, said, *_figures(way.count), "")
    for code, candidates, count in found.undecided_by_code:
        names = " or ".join(target.name for target in candidates)
        waiting = str(count.references)
        yield ("undecided", f"{code.name}: {names}", *_figures(count), waiting)
    if found.unlinked.references:
        yield ("no link", "", *_figures(found.unlinked), "")
    yield ("total", "", *_figures(found.total), str(found.undecided.references))


def _figures(count: Count) -> tuple[str, str, str]:
    return str(count.participants), str(count.passages), str(count.references)


def _facts(found: CrosswalkCount, links: Links) -> dict[str, Any]:
    return {
        "to": found.group.key,
        "sources": [
            {"crosswalk": walk.key, "source": key, "name": walk.source_of(key).name}
            for walk, key in links.sources_to(found.group.key)
        ],
        "drawn": links.drawn_to(found.group.key),
        "targets": [
            {
                "id": one.target.key,
                "name": one.target.name,
                **_count(one.total),
                "undecided": one.waiting.references,
                "from": [
                    {
                        "code": way.code.name if way.code is not None else None,
                        "derived": way.derived,
                        **_count(way.count),
                    }
                    for way in one.ways
                ],
            }
            for one in found.targets
        ],
        "undecided": [
            {
                "code": code.name,
                "candidates": [target.key for target in candidates],
                **_count(count),
            }
            for code, candidates, count in found.undecided_by_code
        ],
        "no_link": _count(found.unlinked),
        "total": {**_count(found.total), "undecided": found.undecided.references},
    }


def _count(count: Count) -> dict[str, int]:
    return {
        "participants": count.participants,
        "passages": count.passages,
        "references": count.references,
    }
