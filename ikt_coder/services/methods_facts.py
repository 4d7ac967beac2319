"""The facts of a project's rounds that a methods paragraph states."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.errors import UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import DecisionKind, DifferenceKind, RoundEventKind, RoundMode, Task
from ikt_coder.core.words import FrameworkKind
from ikt_coder.services.comparison_rows import Agreement
from ikt_coder.services.round_rows import ChangeKind, RoundRow
from ikt_coder.services.settling_rows import LoggedDecision, Progress

if TYPE_CHECKING:
    from ikt_coder.services.project import Project
    from ikt_coder.services.verification_rows import Rates

_CODED_WITH = (FrameworkKind.CODEBOOK, FrameworkKind.LEVEL_SCHEME, FrameworkKind.DIMENSION_SET)
"""Frameworks that say something of how was coded; checklists and charting sets do not."""


@frozen
class Settling:
    """How the differences of a round were settled, in decisions that hold. ``together``:
    somebody beside who decided was noted as present; ``alone``: nobody was, by who decided (an
    empty name where that is not known); ``adjudicated``, and ``blind`` whether the adjudicator
    saw no names; ``in_bulk``: accepted in bulk."""

    progress: Progress
    together: int
    alone: tuple[tuple[str, int], ...]
    adjudicated: int
    blind: bool
    in_bulk: int
    ways: dict[DecisionKind, int]


@frozen
class RoundFacts:
    """One round. In a round of code and verify ``coders`` are the first ones. ``of`` documents
    were in the project when it was set up; ``double`` were finished by two coders or more."""

    row: RoundRow
    coders: tuple[str, ...]
    verifiers: tuple[str, ...]
    documents: int
    of: int
    drawn: bool
    double: int
    blind_check: int  # of a round of code and verify: documents that two coders code blind
    codes: int
    switches: int
    reopened: int
    reopened_after: int
    set_up: date
    agreement: Agreement | None
    why_none: str
    settling: Settling | None
    rates: Rates | None
    adjudicator: str


@frozen
class VersionFacts:
    """What changed in the codebook from one kept version to the next."""

    before: int
    after: int
    changes: dict[ChangeKind, int]


@frozen
class ProjectFacts:
    """What COREQ items 24 to 27 ask, and the rounds. ``copies`` were written for coders and
    ``merged`` came back."""

    coders: tuple[tuple[str, str], ...]  # name and role
    documents: int
    codes: int
    branches: int
    depth: int
    frameworks: tuple[str, ...]
    framework_codes: int
    themes: int
    copies: int
    merged: int
    rounds: tuple[RoundFacts, ...]
    versions: tuple[VersionFacts, ...]
    program: str


def project_facts(project: Project, *, initials: bool = False) -> ProjectFacts:
    """Everything the paragraph says, from the project as it is now. Figures of a round are
    those that were frozen."""
    from ikt_coder import __version__

    people = project.coders.everyone()
    names = {row.id: row.initials if initials and row.initials else row.name for row in people}
    codes = [row for row in project.codes.all(counted=False) if row.applicable]
    events = project.rounds.events()
    coding = {coder for (_, coder), n in _codings(project).items() if n}
    return ProjectFacts(
        tuple((names[row.id], row.role.value) for row in people if row.id in coding),
        len(project.documents.all()),
        len(codes),
        len({row.path[0] for row in codes}),
        max((len(row.path) for row in codes), default=0),
        tuple(row.name for row in project.frameworks.all() if row.kind in _CODED_WITH),
        sum(row.framework is not None for row in codes),
        len(project.themes.names()),
        sum(event.kind is RoundEventKind.COPIED for event in events),
        sum(event.kind is RoundEventKind.MERGED for event in events),
        tuple(_round(project, row, names) for row in project.rounds.all()),
        _versions(project),
        f"IKT Coder {__version__}",
    )


def _codings(project: Project) -> dict[tuple[UUID, UUID], int]:
    found: Counter[tuple[UUID, UUID]] = Counter()
    for row in project.reports.code_frequencies():
        if row.coder is not None:
            found[row.code, row.coder] += row.codings
    return dict(found)


def _round(project: Project, row: RoundRow, names: dict[UUID, str]) -> RoundFacts:
    events = project.rounds.events(row.id)
    set_up = next((e.data for e in events if e.kind is RoundEventKind.SET_UP), {})
    assignments = project.rounds.assignments(row.id)
    coders = {one.coder for one in assignments if one.task is Task.CODE}
    verifiers = {one.coder for one in assignments if one.task is Task.VERIFY}
    finished: Counter[UUID] = Counter(
        one.document for one in assignments if one.finished_at and one.task is Task.CODE
    )
    agreement, why = _agreement(project, row)
    # What was drawn was drawn from ``of``; what was chosen, from all there was in the project.
    drawn = set_up.get("drawn") is True
    of = set_up.get("of" if drawn else "in_project", set_up.get("of"))
    whose = Counter(one.document for one in assignments if one.task is Task.CODE)
    check = sum(count > 1 for count in whose.values()) if row.mode is RoundMode.VERIFY else 0
    return RoundFacts(
        row,
        tuple(names.get(key, "?") for key in row.coders if key in coders - verifiers),
        tuple(names.get(key, "?") for key in row.coders if key in verifiers),
        len(row.documents),
        of if isinstance(of, int) else len(row.documents),
        drawn,
        sum(count > 1 for count in finished.values()),
        check,
        len(row.codes) or _codes_then(project, row),
        sum(event.kind is RoundEventKind.SWITCHED for event in events),
        sum(event.kind is RoundEventKind.REOPENED for event in events),
        sum(
            event.kind is RoundEventKind.REOPENED and event.data.get("after_unsealing") is True
            for event in events
        ),
        row.created.astimezone().date(),
        agreement,
        why,
        _settling(project, row, names),
        _rates(project, row),
        names.get(row.adjudicator, "") if row.adjudicator else "",
    )


def _codes_then(project: Project, row: RoundRow) -> int:
    if row.codebook_version is None:
        return len([code for code in project.codes.all(counted=False) if code.applicable])
    content = project.codebook_versions.content(row.codebook_version)
    return sum(code.applicable and code.merged_into is None for code in content)


def _agreement(project: Project, row: RoundRow) -> tuple[Agreement | None, str]:
    why = project.comparison.possible(row.id)
    if why:
        return None, why
    return project.comparison.agreement(row.id, bootstrap=True), ""


def _settling(project: Project, row: RoundRow, names: dict[UUID, str]) -> Settling | None:
    if row.mode is RoundMode.VERIFY and not row.blind_share:
        return None
    try:
        progress = project.reconciliation.progress(row.id)
        log = project.reconciliation.log(row.id)
    except UserError:  # nothing of the round is unsealed yet
        return None
    held = [
        one
        for one in log
        if one.stands and one.decision.kind.settles and one.difference is not DifferenceKind.MATCH
    ]
    adjudicated = [one for one in held if _adjudicated(one, row)]
    others = [one.decision for one in held if not _adjudicated(one, row)]
    alone = Counter(made.coder for made in others if not set(made.present) - {made.coder})
    return Settling(
        progress,
        len(others) - alone.total(),
        tuple((names.get(by, "") if by else "", count) for by, count in alone.most_common()),
        len(adjudicated),
        any(one.decision.names_hidden for one in adjudicated),
        sum(one.decision.in_bulk for one in held),
        dict(Counter(one.decision.kind for one in held)),
    )


def _adjudicated(one: LoggedDecision, row: RoundRow) -> bool:
    by = one.decision.coder
    return one.decision.names_hidden or (by is not None and by == row.adjudicator)


def _rates(project: Project, row: RoundRow) -> Rates | None:
    if row.mode is not RoundMode.VERIFY:
        return None
    try:
        return project.verification.rates(row.id)
    except UserError:  # nothing has been checked yet
        return None


def _versions(project: Project) -> tuple[VersionFacts, ...]:
    rows = project.codebook_versions.all()
    found = []
    for before, after in pairwise(rows):
        changes = project.codebook_versions.changes(before.id, after.id)
        counts = Counter(change.kind for change in changes)
        found.append(VersionFacts(before.number, after.number, dict(counts)))
    return tuple(found)
