"""The codebook as it was at each round, and what changed from one version to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ikt_coder.core.table import Align, Column, Run, Table, cell, number
from ikt_coder.services.report_language import LANGUAGES
from ikt_coder.services.report_language.settling import SETTLING
from ikt_coder.services.round_rows import ChangeKind, CodeAtVersion, CodeChange
from ikt_coder.services.theme_table_options import ExportLanguage

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


def codebook_version_tables(
    project: Project, language: ExportLanguage = ExportLanguage.ENGLISH
) -> tuple[Table, ...]:
    """The list of versions, then each as it was with what changed since the one before it."""
    made = [_versions(project, language)]
    rows = project.codebook_versions.all()
    words = SETTLING[language]
    for at, row in enumerate(rows):
        if at:
            changes = project.codebook_versions.changes(rows[at - 1].id, row.id)
            title = words.changes_title.format(before=rows[at - 1].number, after=row.number)
            made.append(_changes(project, changes, title, language, len(made) + 1))
        title = words.version_title.format(number=row.number)
        content = project.codebook_versions.content(row.id)
        made.append(_content(content, title, row.note, language, len(made) + 1))
    return tuple(made)


def _versions(project: Project, language: ExportLanguage) -> Table:
    words = SETTLING[language]
    coders = {row.id: row.name for row in project.coders.everyone()}
    rounds: dict[object, list[str]] = {}
    for one in project.rounds.all():
        rounds.setdefault(one.codebook_version, []).append(one.name)
    return Table(
        title=words.versions_title,
        columns=(
            Column((Run(words.version),), Align.RIGHT, 0.6),
            Column((Run(words.kept_on),), width=1.0),
            Column((Run(words.by),), width=1.0),
            Column((Run(words.codes),), Align.RIGHT, 0.6),
            Column((Run(words.round),), width=1.2),
            Column((Run(words.note),), width=1.8),
        ),
        rows=tuple(
            (
                number(row.number),
                cell(row.at.astimezone().date().isoformat()),
                cell(coders.get(row.coder, "") if row.coder else ""),
                number(row.codes),
                cell(*rounds.get(row.id, [])),
                cell(row.note),
            )
            for row in project.codebook_versions.all()
        ),
        note=((Run(words.versions_note),),),
        language=LANGUAGES[language].tag,
        description=words.versions_title,
        empty=words.no_versions,
    )


def _content(
    codes: tuple[CodeAtVersion, ...],
    title: str,
    note: str,
    language: ExportLanguage,
    at: int,
) -> Table:
    words = SETTLING[language]
    heads = ((words.codes, 1.5), (words.definition, 2.4), (words.include, 1.8),
             (words.exclude, 1.8), (words.example, 1.6))  # fmt: skip
    return Table(
        title=title,
        columns=tuple(Column((Run(name),), width=width) for name, width in heads),
        rows=tuple(
            (
                cell(code.name, indent=len(code.path) - 1),
                cell(*code.definition.split("\n")),
                cell(*code.include.split("\n")),
                cell(*code.exclude.split("\n")),
                cell(*code.example.split("\n"), quote=True),
            )
            for code in codes
            if code.merged_into is None
        ),
        note=((Run(note or words.versions_note),),),
        number=at,
        language=LANGUAGES[language].tag,
        description=title,
        empty=words.no_versions,
    )


def _changes(
    project: Project,
    changes: tuple[CodeChange, ...],
    title: str,
    language: ExportLanguage,
    at: int,
) -> Table:
    words = SETTLING[language]
    names = {row.id: row.name for row in project.codes.all(counted=False)}
    rows = []
    for change in changes:
        said = words.changes[change.kind.value]
        if change.kind is ChangeKind.MERGED:
            said = said.format(into=names.get(change.into, "?") if change.into else "?")
        fields = [words.fields[name] for name in change.fields]
        before = [_of(change.before, name) for name in change.fields]
        after = [_of(change.after, name) for name in change.fields]
        rows.append((cell(change.name), cell(said, *fields), cell(*before), cell(*after)))
    heads = ((words.codes, 1.3), (words.change, 1.2), (words.before, 2.2), (words.now, 2.2))
    return Table(
        title=title,
        columns=tuple(Column((Run(name),), width=width) for name, width in heads),
        rows=tuple(rows),
        note=((Run(words.versions_note),),),
        number=at,
        language=LANGUAGES[language].tag,
        description=title,
        empty=words.no_change,
    )


def _of(code: CodeAtVersion | None, field: str) -> str:
    if code is None:
        return ""
    value = getattr(code, field)
    return " › ".join(value) if isinstance(value, tuple) else str(value)
