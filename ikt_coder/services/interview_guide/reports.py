"""The reports of the interview guide."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from ikt_coder.exporters.catalogue import Product
from ikt_coder.services.report_kinds import Group, ReportKind, ReportOptions

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


def _guide(project: Project, options: ReportOptions) -> Product:
    from ikt_coder.services.interview_guide.tables import guide_table

    return guide_table(project, date.today())


def _answers(project: Project, options: ReportOptions) -> Product:
    from ikt_coder.services.interview_guide.tables import answers_table

    return answers_table(project, date.today())


REPORTS: Final = (
    ReportKind(
        "guide",
        "Interview guide",
        "The questions with their stages: how often each was asked, and how many answered it.",
        Group.CASES,
        _guide,
    ),
    ReportKind(
        "questions",
        "Answers by question",
        "What was coded in the answers to each question: participants, passages, codes most used.",
        Group.CASES,
        _answers,
    ),
)
