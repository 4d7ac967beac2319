"""The reports on keeping a codebook over months: changes, second looks, glossary, journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.report import Block, Heading, Report, Voice, bold, prose
from ikt_coder.core.table import Align, Column, Run, Table, cell, number
from ikt_coder.core.words import MemoKind
from ikt_coder.exporters.catalogue import Form
from ikt_coder.services.report_kinds import Choice, Group, ReportKind, ReportOptions

if TYPE_CHECKING:
    from ikt_coder.services.memo_links import MemoLinkRow
    from ikt_coder.services.project import Project
    from ikt_coder.services.rows import MemoRow


def glossary_table(project: Project) -> Table:
    """The terms in alphabetical order with definition and source."""
    return Table(
        title="Terms and Definitions",
        columns=(
            Column((Run("Term"),), width=1.4),
            Column((Run("Definition"),), width=3.6),
            Column((Run("Source"),), width=2.0),
        ),
        rows=tuple(
            (cell(row.term), cell(*row.definition.split("\n")), cell(row.source))
            for row in project.glossary.all()
        ),
        note=((Run(f"Terms as this project uses them, {_day(date.today())}."),),),
        description="The glossary of the project.",
        empty="The glossary holds no terms yet.",
    )


def look_again_table(project: Project, coder: UUID | None) -> Table:
    """Codes that were worded anew after they had been used, with what was looked at since."""
    from ikt_coder.services.codebook_changes import FIELDS, marked
    from ikt_coder.services.upkeep.rows import WORDING

    rows = []
    for row in project.upkeep.all(coder, closed=True):
        if not row.waiting and not row.looked_at:
            continue  # nothing of it is to be seen
        first = True
        for field in WORDING:
            before, now = getattr(row.before, field), getattr(row.now, field)
            if before.strip() == now.strip():
                continue
            gone, new = marked(before, now)
            rows.append(
                (
                    cell(row.code_name if first else ""),
                    cell(_day(row.since.astimezone().date()) if first else ""),
                    cell(FIELDS[field]),
                    gone,
                    new,
                    number(row.looked_at) if first else cell(""),
                    number(row.waiting, code=row.code) if first else cell(""),
                )
            )
            first = False
    whose = project.coders.get(coder).name if coder is not None else "every coder"
    note = [
        f"One reference is one coding made before the code was worded anew; codings of {whose}, "
        "not of the analysis layer. Looked at: somebody said that the code still fits; codings "
        "that were given another code or removed are in neither column, those of a code that was "
        "closed without looking wait no longer. Words that are gone stand in [brackets] and "
        f"italics, new words in [brackets] and bold. Counted on {_day(date.today())}.",
        project.sight.sealed_note(),
    ]
    return Table(
        title="Codings to Look at Again",
        columns=(
            Column((Run("Code"),), width=1.2),
            Column((Run("Changed on"),), width=0.9),
            Column((Run("Field"),), width=0.8),
            Column((Run("Before"),), width=2.0),
            Column((Run("Now"),), width=2.0),
            Column((Run("Looked at"),), Align.RIGHT, 0.6, (Run("References"),)),
            Column((Run("Waiting"),), Align.RIGHT, 0.6, (Run("References"),)),
        ),
        rows=tuple(rows),
        note=tuple((Run(text),) for text in note if text),
        description="Codes whose wording changed after they had been used.",
        empty="No code was worded anew after it had been used.",
    )


def journal_report(project: Project) -> Report:
    """The diary of the analysis: journal entries and project memos by date, under the phase they
    belong to. Private entries are the present coder's alone."""
    memos = [
        memo for memo in project.memos.all() if memo.kind in (MemoKind.REFLEXIVE, MemoKind.PROJECT)
    ]
    memos.sort(key=lambda memo: (memo.created, memo.id))
    links = project.memo_links.of_many(memo.id for memo in memos)
    blocks: list[Block] = []
    for phase, name in _phases(project):
        of_phase = [memo for memo in memos if _belongs(links.get(memo.id, ()), phase)]
        if of_phase:
            blocks.append(Heading(name, 1))
            for memo in of_phase:
                blocks += _entry(memo, links.get(memo.id, ()))
    private = sum(memo.kind is MemoKind.REFLEXIVE and not memo.shared for memo in memos)
    if blocks:
        said = "Journal entries that others did not share are left out."
        if private:
            one = private == 1
            said += (
                f" {private} {'entry' if one else 'entries'} of this file {'is' if one else 'are'} "
                "private: think before you give it away."
            )
        blocks.append(prose(said, voice=Voice.NOTE))
    sealed = project.sight.sealed_note()
    if sealed:
        blocks.append(prose(sealed, voice=Voice.NOTE))
    return Report(
        title="Analysis Diary",
        subtitle=f"{project.card.get().name}, {_day(date.today())}",
        blocks=tuple(blocks),
        empty="No journal entry and no project memo has been written yet.",
    )


def _phases(project: Project) -> list[tuple[str | None, str]]:
    """The headings: each phase of the project's process frameworks, then what has none."""
    found: list[tuple[str | None, str]] = [
        (phase.key, f"{phase.number}. {phase.name}") for phase in project.memo_links.phases()
    ]
    return [*found, (None, "Of no phase" if found else "Entries")]


def _belongs(links: Sequence[MemoLinkRow], phase: str | None) -> bool:
    from ikt_coder.services.memo_links import Topic

    phases = {link.topic.key for link in links if link.topic.kind is Topic.PHASE}
    return phase in phases if phase is not None else not phases


def _entry(memo: MemoRow, links: Sequence[MemoLinkRow]) -> list[Block]:
    from ikt_coder.services.memo_links import Topic

    kind = "Project memo" if memo.kind is MemoKind.PROJECT else "Journal"
    private = memo.kind is MemoKind.REFLEXIVE and not memo.shared
    who = [memo.coder_initials] if memo.coder_initials else []
    facts = ", ".join([kind, *who, *(["private"] if private else [])])
    day = _day(memo.created.astimezone().date())
    title = f" {memo.title}" if memo.title else ""
    blocks: list[Block] = [prose(bold(f"{day}.{title}"), f" ({facts})")]
    blocks += [prose(line) for line in memo.text.split("\n") if line.strip()]
    about = [link.label for link in links if link.topic.kind is not Topic.PHASE]
    if about:
        blocks.append(prose("About: " + "; ".join(about), voice=Voice.NOTE))
    return blocks


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _changes(project: Project, options: ReportOptions) -> Table:
    from ikt_coder.services.codebook_changes import changes_table

    return changes_table(project, options.codebook_versions)


REPORTS: tuple[ReportKind, ...] = (
    ReportKind(
        "glossary",
        "Glossary",
        "The terms of the project with their definitions and sources.",
        Group.CODES,
        lambda project, options: glossary_table(project),
    ),
    ReportKind(
        "codebook_changes",
        "Codebook changes",
        "What changed in the codebook since the version that was kept last, word by word.",
        Group.CODES,
        _changes,
    ),
    ReportKind(
        "look_again",
        "Codings to look at again",
        "Codes that were worded anew after they had been used, and what was looked at since.",
        Group.CODES,
        lambda project, options: look_again_table(project, options.coder),
        choices=frozenset({Choice.CODER}),
    ),
    ReportKind(
        "journal",
        "Analysis diary",
        "Journal and project memos by date, under the phase of the analysis they belong to.",
        Group.WORK,
        lambda project, options: journal_report(project),
        form=Form.REPORT,
    ),
    ReportKind(
        "checklist",
        "Reporting checklist",
        "COREQ and other checklists of the project, with what the author says to each item.",
        Group.WORK,
        lambda project, options: project.checklists.tables(),
    ),
)
