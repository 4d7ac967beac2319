"""Studies and records in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ikt_coder.services.studies import StudyCounts
from ikt_coder.ui.counting import counted

translate = QCoreApplication.translate


def records_in_words(count: int) -> str:
    return counted(count, translate("People", "1 record"), translate("People", "{count} records"))


def studies_in_words(count: int) -> str:
    return counted(count, translate("People", "1 study"), translate("People", "{count} studies"))


def counts_in_words(counts: StudyCounts) -> str:
    """ "74 records, 72 studies" """
    return f"{records_in_words(counts.records)}, {studies_in_words(counts.studies)}"
