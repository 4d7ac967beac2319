"""The Reports place's own words for what the catalogue names in English."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ikt_coder.services.report_kinds import Group, ReportKind

translate = QCoreApplication.translate

CONTEXT = "ReportCatalogue"
"""The catalogue's names and sentences are looked up under this; English where none is found."""


def kind_name(kind: ReportKind) -> str:
    return translate(CONTEXT, kind.name)


def kind_about(kind: ReportKind) -> str:
    return translate(CONTEXT, kind.about)


def usual_coder(kind: ReportKind) -> str:
    """Whose codings a report takes where no coder is chosen."""
    return translate(CONTEXT, kind.usual_coder)


def usual_round(kind: ReportKind) -> str:
    """Which round a report is of where none is chosen."""
    return translate(CONTEXT, kind.usual_round)


def group_name(group: Group) -> str:
    return translate(CONTEXT, group.value)


def format_name(ending: str) -> str:
    """A kind of file, as a menu names it."""
    names = {
        ".docx": translate("Reports", "Word document"),
        ".xlsx": translate("Reports", "Excel workbook"),
        ".html": translate("Reports", "Web page"),
        ".csv": translate("Reports", "Comma-separated values"),
        ".md": translate("Reports", "Markdown"),
    }
    return names.get(ending, ending)
