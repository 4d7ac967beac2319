"""``demo``: the main job without a display, on the sample project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from ikt_coder.agreement.display import shown, shown_percent
from ikt_coder.cli.output import say, show
from ikt_coder.cli.screen import screen_of
from ikt_coder.core.errors import ProjectFileError, UserError
from ikt_coder.exporters.catalogue import FORMATS, write
from ikt_coder.services.project import Project
from ikt_coder.services.report_catalogue import report_kind
from ikt_coder.services.report_kinds import ReportOptions
from ikt_coder.services.sample import FILE_NAME, load_sample
from ikt_coder.services.theme_table import FULL_COLUMNS, ThemeTableOptions

_MADE: Final = "As the demonstration made it"
"""The restore point at the end; a project whose newest act it is was not worked in since."""
_REPORTS: Final = (
    ("codebook", (".docx", ".xlsx", ".html")),
    ("codings", (".csv", ".xlsx")),
    ("quotes", (".docx",)),
    ("memos", (".html",)),
    ("history", (".csv",)),
    ("frequencies", (".md",)),
    ("supervision", (".docx", ".html")),
    ("agreement", (".docx", ".xlsx")),
    ("decisions", (".docx", ".csv")),
    ("methods", (".docx",)),
    ("units", (".csv",)),
    ("codebook_version", (".docx",)),
    ("chart_counts", (".docx", ".xlsx")),
    ("engagement", (".docx", ".xlsx")),
    ("engagement_counts", (".docx",)),
    ("case_ratings", (".docx",)),
    ("framework_matrix", (".docx",)),
    ("recommendations", (".docx",)),
)


def register(program: typer.Typer, text: str) -> None:
    program.command("demo", help=text)(demo)


def demo(
    context: typer.Context,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the files go.")] = Path(
        "demo-output"
    ),
) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"The folder {out} could not be made ({error.strerror or error})."
        ) from error
    path = out / FILE_NAME
    _make_way(path)
    written = [path]
    project = load_sample(path)
    try:
        _tell(project)
        _compare(project)
        sound = "sound" if project.safety.check().sound else "not sound"
        show(f"  checked: the project is {sound}")
        written += _tables(project, out)
        project.history.name_restore_point(_MADE)
    finally:
        project.close()
    missing = None
    try:
        written += screen_of(context).pictures(path, out)
    except ImportError as error:
        if (error.name or "").startswith("ikt_coder"):
            raise  # a fault of the program; what a system can lack are the libraries of Qt
        missing = error
    show("", "Written:")
    show(*(f"  {file}" for file in written))
    if missing is not None:
        raise UserError(
            f"No pictures were made: the window's system libraries are missing ({missing}).",
            "The tables are there; `make run` names the packages to install.",
        )


def _make_way(path: Path) -> None:
    """Let an earlier demonstration's project go; one that somebody worked in is kept."""
    if not path.exists():
        return
    worked_in = True
    try:
        earlier = Project.open(path, read_only=True)
    except ProjectFileError:
        pass  # not one that can be looked at: kept
    else:
        newest = earlier.history.all(limit=1)
        worked_in = not newest or newest[0].params.get("name") != _MADE
        earlier.close()
    if not worked_in:
        path.unlink()
        return
    number = 1
    while (aside := path.with_name(f"{path.stem} (earlier {number}){path.suffix}")).exists():
        number += 1
    path.rename(aside)
    say(f"The earlier project is kept as {aside}.")


def _tell(project: Project) -> None:
    show(f"Project “{project.card.get().name}”")
    for row in project.documents.all():
        show(
            f"  imported “{row.title}” ({row.source_name}): {row.words} words, "
            f"{row.turns} turns of {' and '.join(row.speakers)}"
        )
    frameworks = ", ".join(row.name for row in project.frameworks.all())
    codes = sum(1 for row in project.codes.all() if row.applicable)
    show(f"  {codes} codes, with the frameworks {frameworks}")
    for coder in project.coders.all():
        show(f"  {coder.codings} codings by {coder.name} ({coder.initials})")
    for theme in project.themes.all():
        indent = "    " if theme.parent else "  "
        show(
            f"{indent}theme “{theme.name}”: {theme.passages_below} passages, "
            f"{theme.participants_below} participants"
        )


def _compare(project: Project) -> None:
    """What the two coders agree on, and settling what needs no talk in all their documents."""
    row = project.rounds.latest(unsealed=True)
    if row is None:
        return
    names = {coder.id: coder.name for coder in project.coders.everyone()}
    who = " and ".join(names[coder] for coder in row.coders)
    show(f"  {row.name}: {len(row.documents)} documents coded blind by {who}")
    found = project.comparison.agreement(row.id)
    overall = found.overall
    show(
        f"    compared: pooled kappa {shown(overall.pooled_kappa.value)} over {overall.codes} codes"
        f", {shown_percent(overall.percent.value)} % of the characters coded alike"
    )
    matches = project.reconciliation.accept_matches(row.id)
    edges = project.reconciliation.accept_boundaries(row.id)
    progress = project.reconciliation.progress(row.id)
    show(
        f"    reconciled: {matches} agreed passages and {edges} boundaries accepted; "
        f"{progress.settled} of {progress.total} differences settled, {progress.left} left, "
        f"{progress.deferred} for a third coder"
    )


def _tables(project: Project, out: Path) -> list[Path]:
    written = []

    def make(what: str, name: str, options: ReportOptions | None = None) -> None:
        written.append(out / name)
        write(report_kind(what).build(project, options or ReportOptions()), written[-1])

    for known in FORMATS:
        make("themes", f"theme-table{known.ending}")
    full = ReportOptions(theme_table=ThemeTableOptions(columns=FULL_COLUMNS, number=2))
    make("themes", "theme-table-with-domains-and-levels.docx", full)
    for what, endings in _REPORTS:
        for ending in endings:
            make(what, f"{what.replace('_', '-')}{ending}")
    first = ReportOptions(document=project.documents.all()[0].id)
    for ending in report_kind("coded_transcript").endings:
        make("coded_transcript", f"coded-transcript{ending}", first)
    return written
