"""``import``: transcripts, codings and codebooks from tables, into a project."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from ikt_coder.cli.arguments import JsonOption, ProjectArgument
from ikt_coder.cli.output import say, show_json
from ikt_coder.cli.progress import shown_progress
from ikt_coder.cli.projects import writing
from ikt_coder.core.errors import UnreadableFile, UserError
from ikt_coder.importers.options import ImportOptions, Scheme, with_merges
from ikt_coder.services import table_file
from ikt_coder.services.codebook_import import PlannedCode, What, holds_codebook
from ikt_coder.services.codes import join_path
from ikt_coder.services.coding_import import bring_in_codings
from ikt_coder.services.importing import Candidate, bring_in, prepare, rebuild
from ikt_coder.services.project import Project

_EXCHANGE = {".qdpx": "a project of the exchange format REFI-QDA", ".qdc": "a REFI-QDA codebook"}

_SHOWN = 20  # faults that a sentence lists


class Speakers(StrEnum):
    """How the text of a transcript is asked who speaks."""

    AUTO = "auto"
    NONE = "none"


def register(program: typer.Typer, text: str) -> None:
    program.command("import", help=text)(import_files)


def import_files(
    project: ProjectArgument,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files, or folders.")],
    coder: Annotated[
        str, typer.Option(help="Whose codings a table holds, whatever its column says.")
    ] = "",
    speakers: Annotated[
        Speakers, typer.Option(help="Find out who speaks, or take the text as it stands.")
    ] = Speakers.AUTO,
    merge_speakers: Annotated[
        bool,
        typer.Option("--merge-speakers", help="Take spellings that seem one speaker for one."),
    ] = False,
    anyway: Annotated[
        bool,
        typer.Option(
            "--anyway",
            help="Also what the project holds already; of a codebook the rows without faults.",
        ),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Only say what codebooks would change; nothing is done."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """One file that cannot be read does not keep the others out."""
    scheme = Scheme.AUTO if speakers is Speakers.AUTO else Scheme.NONE
    with writing(project) as opened:
        outcome = _Import(opened, ImportOptions(scheme=scheme), coder)
        outcome.anyway, outcome.merge_speakers = anyway, merge_speakers
        outcome.dry_run = dry_run
        outcome.run(files)
    if as_json:
        show_json({"imported": outcome.imported, "failed": outcome.failed})
    else:
        say(*outcome.told)
    say(*(one["reason"] for one in outcome.failed))
    if not outcome.imported:
        raise typer.Exit(1)


class _Import:
    """Imports files by their kinds and keeps what is to be told about each."""

    def __init__(self, project: Project, options: ImportOptions, coder: str) -> None:
        self._project = project
        self._options = options
        self._coder = coder
        self.anyway = False
        self.merge_speakers = False
        self.dry_run = False
        self.imported: list[dict[str, Any]] = []
        self.failed: list[dict[str, str]] = []
        self.told: list[str] = []

    def run(self, files: list[Path]) -> None:
        """Transcripts first, in one act; then each table, whose codings may be of them."""
        transcripts: list[Path] = []
        tables: list[Path] = []
        for file in files:
            ending = file.suffix.lower()
            if ending in _EXCHANGE:
                self._fail(
                    file,
                    f"“{file.name}” is {_EXCHANGE[ending]}, which this version does not read; "
                    "nothing was imported. Transcripts and tables of codings and codes can be.",
                )
            elif self.dry_run and ending not in table_file.SUFFIXES:
                self._fail(file, f"“{file.name}” is no codebook: --dry-run looks at these alone.")
            else:
                (tables if ending in table_file.SUFFIXES else transcripts).append(file)
        if transcripts:
            self._transcripts(transcripts)
        for file in tables:
            try:
                self._table(file)
            except UserError as error:
                self._fail(file, str(error))

    def _fail(self, file: Path, reason: str) -> None:
        self.failed.append({"file": str(file), "reason": reason})

    def _transcripts(self, files: list[Path]) -> None:
        ready: list[Candidate] = []
        with shown_progress("Reading") as progress:
            candidates = prepare(self._project, files, progress, options=self._options)
        for candidate in candidates:
            candidate = replace(candidate, anyway=self.anyway)
            if self.merge_speakers and candidate.guess and candidate.guess.merges:
                candidate = rebuild(candidate, with_merges(self._options, candidate.guess))
            file = candidate.path or Path(candidate.name)
            if candidate.ready:
                ready.append(candidate)
            elif candidate.error is not None:
                self._fail(file, str(candidate.error))
            else:
                self._fail(
                    file,
                    f"“{file.name}” is in the project already, as “{candidate.duplicate_of}”; "
                    "it was not imported again (--anyway does).",
                )
        if not ready:
            return
        for candidate, key in zip(ready, bring_in(self._project, ready), strict=True):
            assert candidate.transcript is not None  # ready says so
            row = self._project.documents.get(key)
            self.imported.append(
                {
                    "file": str(candidate.path or candidate.name),
                    "kind": "transcript",
                    "document": row.title,
                    "length": row.length,
                    "turns": row.turns,
                    "speakers": list(row.speakers),
                    "timed": candidate.transcript.timed,
                    "warnings": list(candidate.transcript.warnings),
                }
            )
            who = f", {', '.join(row.speakers)}" if row.speakers else ""
            self.told.append(
                f"Imported “{row.title}”: {row.length} characters, {row.turns} turns{who}."
            )
            self.told += [f"  {warning}" for warning in candidate.transcript.warnings]

    def _table(self, file: Path) -> None:
        table = table_file.read_table(file)
        if holds_codebook(table):
            self._codebook(file, table)
        elif self.dry_run:
            raise UnreadableFile(f"“{file.name}” is no codebook: --dry-run looks at these alone.")
        else:
            self._codings(file, table)

    def _codebook(self, file: Path, table: table_file.TableFile) -> None:
        service = self._project.codes_import
        plan = service.plan(table)
        if plan.faults and not (self.anyway or self.dry_run):
            raise UnreadableFile(
                f"“{file.name}” has rows that cannot be taken; nothing was imported. "
                + " ".join(str(fault) for fault in plan.faults[:_SHOWN]),
                "Mend them, or take the others with --anyway.",
            )
        if not self.dry_run:
            service.apply(plan)
        warnings = [str(fault) for fault in plan.faults] + list(plan.notes)
        if plan.unknown:
            warnings.append(f"Columns that were not understood: {', '.join(plan.unknown)}.")
        counts = {what.value: len(plan.of(what)) for what in What}
        done: dict[str, Any] = {"file": str(file), "kind": "codebook", **counts}
        if self.dry_run:
            done["plan"] = [_planned(code) for code in plan.acting]
        self.imported.append({**done, "warnings": warnings})
        said = ", ".join(f"{count} {what}" for what, count in counts.items())
        would = "would be" if self.dry_run else "were"
        self.told.append(f"Codes of “{file.name}” {would}: {said}.")
        self.told += [f"  {line}" for line in plan.told()] if self.dry_run else []
        self.told += [f"  {warning}" for warning in warnings]

    def _codings(self, file: Path, table: table_file.TableFile) -> None:
        found = bring_in_codings(self._project, table, self._coder)
        known = [f"{found.known} of the codings were there already."] if found.known else []
        self.imported.append({"file": str(file), "kind": "codings", "warnings": known})
        self.told.append(
            f"Imported {found.made} codings of {', '.join(found.coders)} "
            f"with {found.codes} new codes from “{file.name}”."
        )
        self.told += [f"  {warning}" for warning in known]


def _planned(code: PlannedCode) -> dict[str, Any]:
    return {
        "row": code.row,
        "what": code.what.value,
        "path": join_path(code.path),
        **({"was": join_path(code.was_at)} if code.code is not None else {}),
        "changes": [
            {"field": change.field, "before": change.before, "after": change.after}
            for change in code.changes
        ],
    }
