"""The reports of the engagement log."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from ikt_coder.exporters.catalogue import Product
from ikt_coder.services.report_kinds import Group, ReportKind, ReportOptions

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_DATA: Final = frozenset({".csv", ".xlsx"})


def _log(project: Project, options: ReportOptions) -> Product:
    from ikt_coder.services.engagement.tables import log_table

    return log_table(project, date.today(), data=options.ending in _DATA)


def _counts(project: Project, options: ReportOptions) -> Product:
    from ikt_coder.services.engagement.tables import count_data, count_tables, log_table

    if options.ending == ".csv":
        return count_data(project)
    return count_tables(project, date.today()) or log_table(project, date.today())


def _influence(project: Project, options: ReportOptions) -> Product:
    from ikt_coder.services.engagement.influence_data import influence_data
    from ikt_coder.services.engagement.rows import ListName
    from ikt_coder.services.engagement.tables import influence_table

    if options.ending == ".csv":
        return influence_data(project)
    today = date.today()
    return (
        influence_table(project, ListName.PART, today),
        influence_table(project, ListName.KNOWLEDGE_USER, today, number_=2),
    )


REPORTS: Final = (
    ReportKind(
        "engagement",
        "Engagement log",
        "Every event with who took part, at which level, and what changed because of it.",
        Group.CASES,
        _log,
    ),
    ReportKind(
        "engagement_counts",
        "Engagement counts",
        "Stages by level, activities by level and stage, knowledge users by level and stage.",
        Group.CASES,
        _counts,
    ),
    ReportKind(
        "engagement_influence",
        "Influence of knowledge users",
        "What each part and each type of knowledge users influenced, and what changed.",
        Group.CASES,
        _influence,
    ),
)
