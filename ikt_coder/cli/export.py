"""``export``: a report as a file; the ending of its name says of which kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from ikt_coder.cli.arguments import JsonOption
from ikt_coder.cli.comparison_options import (
    AskedComparison,
    CodersOption,
    RoundOption,
    RuleOption,
    UnitOption,
)
from ikt_coder.cli.output import say, show_json, show_rows
from ikt_coder.cli.projects import reading
from ikt_coder.cli.retrieval_options import (
    AskedRetrieval,
    BelowOption,
    ByOption,
    CellOption,
    CodesOption,
    ForTeamOption,
    RetrievalOption,
    RowsOption,
    SizeOption,
)
from ikt_coder.cli.theme_table import (
    AppendixOption,
    Asked,
    ColumnsOption,
    GroupsOption,
    NumberOption,
    OnlyDocumentOption,
    OnlyFolderOption,
    OnlyGroupOption,
    OnlyQuestionOption,
    OnlyThemeOption,
    OrderOption,
    PercentagesOption,
    ProposeOption,
    SavedOption,
    SetAsideOption,
    SideOption,
    StatusOption,
    StyleOption,
    columns_of,
    language_of,
)
from ikt_coder.core.coded_transcript import CodedTranscript
from ikt_coder.core.report import Report
from ikt_coder.core.table import Table
from ikt_coder.exporters.catalogue import Product, check_ending, write, write_tables
from ikt_coder.services.charting.counting import Unit
from ikt_coder.services.project import Project
from ikt_coder.services.report_catalogue import REPORTS, report_keys, report_kind
from ikt_coder.services.report_kinds import Choice, ReportKind, ReportOptions

# What an option asks, by its name on the command line.
_ASKS = {
    "document": Choice.DOCUMENT,
    "coder": Choice.CODER,
    "since": Choice.SINCE,
    "language": Choice.LANGUAGE,
    "initials": Choice.INITIALS,
}


def register(program: typer.Typer, text: str) -> None:
    program.command("export", help=text)(export)


def export(
    project: Annotated[Path | None, typer.Argument(metavar="PROJECT")] = None,
    what: Annotated[
        str, typer.Option(metavar="REPORT", help=f"One of {', '.join(report_keys())}.")
    ] = "",
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="The file to write.")] = None,
    document: Annotated[
        str, typer.Option(metavar="DOCUMENT", help="A document by its title or id.")
    ] = "",
    coder: Annotated[
        str, typer.Option(metavar="CODER", help="Whose codings, by name, initials or id.")
    ] = "",
    since: Annotated[
        str, typer.Option(metavar="DATE", help="From this day or time on: 2026-11-08.")
    ] = "",
    language: Annotated[str, typer.Option(metavar="TAG", help="en or fr.")] = "",
    columns: ColumnsOption = "",
    side: SideOption = None,
    order: OrderOption = None,
    style: StyleOption = None,
    number: NumberOption = None,
    appendix: AppendixOption = False,
    propose: ProposeOption = False,
    group_labels: GroupsOption = False,
    percentages: PercentagesOption = False,
    set_aside: SetAsideOption = False,
    only_document: OnlyDocumentOption = None,
    only_folder: OnlyFolderOption = None,
    only_group: OnlyGroupOption = None,
    question: OnlyQuestionOption = None,
    only_theme: OnlyThemeOption = None,
    only_status: StatusOption = None,
    saved: SavedOption = "",
    retrieval: RetrievalOption = "",
    code: CodesOption = None,
    rows: RowsOption = "",
    by: ByOption = "",
    cell: CellOption = "",
    below: BelowOption = False,
    size: SizeOption = None,
    for_team: ForTeamOption = False,
    round: RoundOption = "",
    coders: CodersOption = "",
    unit: UnitOption = "",
    rule: RuleOption = None,
    count_by: Annotated[
        Unit | None, typer.Option("--count-by", help="What charting counts count once.")
    ] = None,
    matrix: Annotated[
        str, typer.Option("--matrix", metavar="NAME", help="Which framework matrix; else all.")
    ] = "",
    initials: Annotated[bool, typer.Option("--initials", help="Coders by initials only.")] = False,
    list_reports: Annotated[
        bool, typer.Option("--list", help="Name every report and its formats.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    if list_reports:
        _list(as_json)
        return
    asked = Asked(
        columns,
        side,
        order,
        style,
        number,
        appendix,
        propose,
        group_labels,
        percentages,
        set_aside,
        only_document,
        only_folder,
        only_group,
        question,
        only_theme,
        only_status,
    )
    if saved and (what or asked or language):
        raise typer.BadParameter("--table is exported as it was saved; give nothing else")
    if project is None or not (what or saved) or to is None:
        raise typer.BadParameter("PROJECT, --what (or --table) and --to are needed (or --list)")
    given = {
        "document": document,
        "coder": coder,
        "since": since,
        "language": language,
        "initials": initials,
    }
    if what:
        # What cannot be met is refused before the project is opened.
        check_ending(to, _kind(what, [name for name, value in given.items() if value]).form)
    passages = AskedRetrieval(retrieval, code, rows, by, cell, below, size, for_team)
    passages.refuse_unasked(what)
    comparison = AskedComparison(round.strip(), coders, unit, rule)
    comparison.refuse_unasked(what)
    if asked and what != "themes":
        raise typer.BadParameter(f"options of the theme table are not for “{what}”")
    if count_by is not None and what != "chart_counts":
        raise typer.BadParameter(f"“{what}” does not take --count-by")
    if matrix and what != "framework_matrix":
        raise typer.BadParameter(f"“{what}” does not take --matrix")
    columns_of(columns)
    tongue = language_of(language)
    begins = _moment(since)
    with reading(project) as opened:
        if saved:
            row = opened.tables.find(saved)
            kind, table = report_kind(row.what), row.options
            check_ending(to, kind.form)
            tongue = table.language if table is not None else tongue
        else:
            kind = report_kind(what)
            table = asked.options(opened, language) if what == "themes" else None
        options = ReportOptions(
            document=_document(opened, document) if Choice.DOCUMENT in kind.choices else None,
            coder=opened.coders.find(coder).id if coder else None,
            since=begins,
            language=tongue.value,
            initials=initials,
            theme_table=table,
            retrieval=passages.options(opened),
            comparison=comparison.options(opened),
            ending=to.suffix.lower(),
            count_by=count_by.value if count_by is not None else "",
            matrix=matrix,
        )
        made = kind.build(opened, options)
        themes = kind.key == "themes"
        sources = opened.reports.theme_table_sources(table) if themes else ""
        warnings = opened.reports.theme_table_warnings(table) if themes else ()
    tables = _tables(made)
    if tables:
        write_tables(tables, to, tongue.value, sources)
    else:
        write(made, to, tongue.value)
    if as_json:
        lines = {"rows": len(tables[0].rows)} if tables else {}
        show_json({"what": kind.key, "file": str(to), **lines})
    say(f"Wrote {to}.")
    for warning in warnings:
        say(f"Before you give it away: {warning}")


def _kind(what: str, given: list[str]) -> ReportKind:
    """The report of that name. Raises BadParameter where there is none, or where it does not
    listen to an option that was given."""
    if what not in report_keys():
        raise typer.BadParameter(
            f"there is no report “{what}”; there are {', '.join(report_keys())}"
        )
    kind = report_kind(what)
    _refuse_unasked(kind, given)
    return kind


def _tables(made: Product) -> Sequence[Table]:
    """The tables of a report that is made of tables alone."""
    if isinstance(made, Table):
        return (made,)
    return () if isinstance(made, Report | CodedTranscript) else made


def _refuse_unasked(kind: ReportKind, given: list[str]) -> None:
    for name in given:
        if _ASKS[name] not in kind.choices:
            raise typer.BadParameter(f"“{kind.key}” does not take --{name}")


def _document(project: Project, name: str) -> UUID:
    """The document of that name; where there is only one, it need not be named."""
    documents = project.documents.all()
    if not name and len(documents) == 1:
        return documents[0].id
    if not name:
        raise typer.BadParameter("--document is needed: this report is of one document")
    return project.documents.find(name).id


def _moment(written: str) -> datetime | None:
    """A day (its beginning here) or a time; one without a zone is local."""
    if not written:
        return None
    try:
        return datetime.fromisoformat(written).astimezone()
    except ValueError as error:
        raise typer.BadParameter(f"“{written}” is not a date such as 2026-11-08") from error


def _list(as_json: bool) -> None:
    if as_json:
        show_json([{"what": kind.key, "formats": list(kind.endings)} for kind in REPORTS])
    else:
        show_rows((kind.key, " ".join(kind.endings), kind.about) for kind in REPORTS)
