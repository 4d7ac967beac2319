"""The reports on studies and on what is known of people, documents and studies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ikt_coder.core.words import Subject
from ikt_coder.exporters.catalogue import Product
from ikt_coder.services.report_kinds import Group, ReportKind, ReportOptions

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


def _studies(project: Project, options: ReportOptions) -> Product:
    from ikt_coder.services.study_table import study_table

    return study_table(project)


def _summary(project: Project, subject: Subject) -> Product:
    from ikt_coder.services.attribute_summary import summary_table

    return summary_table(project, subject)


REPORTS: tuple[ReportKind, ...] = (
    ReportKind(
        "studies",
        "Studies",
        "The studies with the records that describe each, and how many of both there are.",
        Group.CASES,
        _studies,
    ),
    ReportKind(
        "attributes_participants",
        "Participants’ characteristics",
        "How many participants have each value of each attribute; not reported in its own row.",
        Group.CASES,
        lambda project, options: _summary(project, Subject.PARTICIPANT),
    ),
    ReportKind(
        "attributes_documents",
        "Documents’ characteristics",
        "How many documents have each value of each attribute; not reported in its own row.",
        Group.CASES,
        lambda project, options: _summary(project, Subject.DOCUMENT),
    ),
    ReportKind(
        "attributes_studies",
        "Studies’ characteristics",
        "How many studies have each value of each attribute; not reported in its own row.",
        Group.CASES,
        lambda project, options: _summary(project, Subject.STUDY),
    ),
)
