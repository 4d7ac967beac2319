"""What ``export --what themes`` can be asked."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from ikt_coder.core.errors import NotFound
from ikt_coder.core.frozen import frozen
from ikt_coder.core.table import TableStyle
from ikt_coder.core.words import ThemeStatus
from ikt_coder.services.project import Project
from ikt_coder.services.theme_table_options import (
    ExportLanguage,
    RowOrder,
    Side,
    ThemeColumn,
    ThemeTableOptions,
)

_OF = "Theme table: "


def _flag(names: str, text: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(names, help=_OF + text)
    return option


def _several(names: str, metavar: str, text: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        names, metavar=metavar, help=f"{_OF}{text}; several allowed."
    )
    return option


ColumnsOption = Annotated[
    str,
    typer.Option(
        "--columns",
        metavar="NAMES",
        help=_OF + "with commas between, " + ", ".join(ThemeColumn) + ".",
    ),
]
SideOption = Annotated[Side | None, typer.Option("--side", help=_OF + "which directions.")]
OrderOption = Annotated[
    RowOrder | None,
    typer.Option("--order", help=_OF + "how the rows stand."),
]
StyleOption = Annotated[
    TableStyle | None,
    typer.Option("--style", help=_OF + "form of number, title and note."),
]
NumberOption = Annotated[
    int | None,
    typer.Option("--number", min=1, max=999, help=_OF + "its number."),
]
AppendixOption = Annotated[
    bool, _flag("--appendix", "long quotes shortened, and in full in a second table.")
]
ProposeOption = Annotated[bool, _flag("--propose", "marked proposals where no quote was accepted.")]
GroupsOption = Annotated[bool, _flag("--group-labels", "the group beside each pseudonym.")]
PercentagesOption = Annotated[bool, _flag("--percentages", "percentages beside n.")]
SetAsideOption = Annotated[bool, _flag("--set-aside", "also themes set aside, with the reason.")]
OnlyDocumentOption = Annotated[
    list[str] | None, _several("--only-document", "DOCUMENT", "count only this document")
]
OnlyFolderOption = Annotated[
    list[str] | None, _several("--only-folder", "FOLDER", "count only what lies in this folder")
]
OnlyGroupOption = Annotated[
    list[str] | None, _several("--only-group", "GROUP", "count only participants of this group")
]
OnlyQuestionOption = Annotated[
    list[str] | None,
    _several("--question", "NAME", "count only answers to this question of the guide"),
]
OnlyThemeOption = Annotated[
    list[str] | None, _several("--only-theme", "THEME", "show only this theme and those below")
]
StatusOption = Annotated[
    list[ThemeStatus] | None, _several("--only-status", "STATUS", "show only themes so marked")
]
SavedOption = Annotated[
    str,
    typer.Option(
        "--table",
        metavar="NAME",
        help="A saved table of the project, counted anew; needs no --what.",
    ),
]


@frozen
class Asked:
    """The options of the theme table as they stand on the command line."""

    columns: str
    side: Side | None
    order: RowOrder | None
    style: TableStyle | None
    number: int | None
    appendix: bool
    propose: bool
    group_labels: bool
    percentages: bool
    set_aside: bool
    documents: list[str] | None
    folders: list[str] | None
    groups: list[str] | None
    questions: list[str] | None
    themes: list[str] | None
    statuses: list[ThemeStatus] | None

    def __bool__(self) -> bool:
        return self != Asked("", *[None] * 4, *[False] * 5, *[None] * 6)  # type: ignore[arg-type]  # nothing was asked

    def options(self, project: Project, language: str) -> ThemeTableOptions:
        """Raises NotFound for a document or theme that is not there, BadParameter for a
        column or language."""
        return ThemeTableOptions(
            columns=columns_of(self.columns),
            side=self.side or Side.BOTH,
            order=self.order or RowOrder.THEME,
            style=self.style or TableStyle.APA,
            language=language_of(language),
            number=self.number or 1,
            appendix=self.appendix,
            propose_quotes=self.propose,
            group_labels=self.group_labels,
            percentages=self.percentages,
            set_aside=self.set_aside,
            documents=frozenset(project.documents.find(name).id for name in self.documents or ()),
            folders=frozenset(_folder(project, name) for name in self.folders or ()),
            groups=frozenset(self.groups or ()),
            questions=frozenset(project.guide.find(name).id for name in self.questions or ()),
            themes=frozenset(project.themes.find(name).id for name in self.themes or ()),
            statuses=frozenset(self.statuses or ()),
        )


def _folder(project: Project, name: str) -> UUID:
    """A folder by its name or id. Raises NotFound."""
    for row in project.folders.all():
        if name in (row.name, str(row.id)):
            return row.id
    raise NotFound(f"There is no folder “{name}” in the project. Nothing was written.")


def columns_of(written: str) -> tuple[ThemeColumn, ...] | None:
    names = [name.strip() for name in written.split(",") if name.strip()]
    for name in names:
        if name not in list(ThemeColumn):
            raise typer.BadParameter(f"the theme table has no column “{name}”")
    return tuple(ThemeColumn(name) for name in names) or None


def language_of(written: str) -> ExportLanguage:
    """``fr-CA`` is French too. Raises BadParameter for a language no report can have."""
    tag = written.lower().split("-")[0]
    if tag and tag not in list(ExportLanguage):
        raise typer.BadParameter(f"reports are in {' or '.join(ExportLanguage)}, not in “{tag}”")
    return ExportLanguage(tag) if tag else ExportLanguage.ENGLISH
