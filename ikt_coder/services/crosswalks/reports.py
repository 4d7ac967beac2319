"""The reports on crosswalks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ikt_coder.core.table import Table
from ikt_coder.services.report_kinds import Group, ReportKind, ReportOptions

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


def _undecided(project: Project, _options: ReportOptions) -> Table:
    from ikt_coder.services.crosswalks.tables import undecided_table  # made when it is asked for

    return undecided_table(project)


def _crosswalk(project: Project, options: ReportOptions) -> Table:
    from ikt_coder.services.crosswalks.tables import crosswalk_table  # made when it is asked for

    return crosswalk_table(project, data=options.ending == ".csv")


REPORTS: tuple[ReportKind, ...] = (
    ReportKind(
        "crosswalk",
        "Crosswalk",
        "Codes with the components or levels they lead to, by which source, and what is undecided.",
        Group.FRAMEWORKS,
        _crosswalk,
    ),
    ReportKind(
        "undecided",
        "Undecided codings",
        "The codings that lead to several components and wait until somebody chooses.",
        Group.FRAMEWORKS,
        _undecided,
    ),
)
