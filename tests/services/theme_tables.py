"""Themes and their tables in a few words, for the tests of the table's rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from ikt_coder.core.span import Span
from ikt_coder.core.table import Table
from ikt_coder.core.words import Valence
from ikt_coder.services.project import Project
from ikt_coder.services.theme_table import ThemeColumn, ThemeTableOptions
from tests.studies import span_of

Desk = tuple[Project, UUID]
COLUMNS = ThemeColumn
DAY = date(2026, 3, 9)


def code(
    project: Project,
    document: UUID,
    words: str,
    valence: Valence | None = None,
    name: str = "Clear role",
    **carried: object,
) -> UUID:
    known = {row.name: row.id for row in project.codes.all()}
    key = known.get(name) or project.codes.add(name)
    span = span_of(project, document, words)
    return project.codings.apply(document, span, key, valence=valence, **carried)  # type: ignore[arg-type]  # what a coding carries


def theme(project: Project, *names: str, called: str = "A role", **fields: object) -> UUID:
    codes = {row.name: row.id for row in project.codes.all()}
    return project.themes.add(called, codes=[codes[name] for name in names], **fields)  # type: ignore[arg-type]  # fields by name


def options(*columns: ThemeColumn, **more: object) -> ThemeTableOptions:
    return replace(ThemeTableOptions(columns=columns, today=DAY), **more)  # type: ignore[arg-type]  # options by name


def table(project: Project, *columns: ThemeColumn, **more: object) -> Table:
    return project.reports.theme_table(options(*columns, **more))


def rows(made: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in made.rows]


def note(made: Table) -> str:
    return " ".join("".join(run.text for run in paragraph) for paragraph in made.note)


def names(made: Table) -> list[str]:
    return [column.name for column in made.columns]


def person(project: Project, label: str) -> UUID:
    return next(row.id for row in project.participants.all() if row.label == label)


def tdf(project: Project) -> None:
    project.frameworks.add("tdf-v2")


def domain(project: Project, document: UUID, span: Span, name: str) -> UUID:
    key = next(row.id for row in project.codes.all() if row.name == name and row.node_key)
    return project.codings.apply(document, span, key, valence=None)


def level(project: Project, name: str) -> UUID:
    if not project.frameworks.levels():
        project.frameworks.add("levels-micro-meso-macro")
    return next(row.id for row in project.frameworks.levels() if row.name.startswith(name))
