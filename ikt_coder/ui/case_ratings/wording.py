"""Names of cases and words of ratings, as the screen says them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.cases import CaseKind
from ikt_coder.services.case_ratings.rows import Rated

translate = QCoreApplication.translate


def kind_name(kind: CaseKind) -> str:
    """What the cases of a kind are, for a heading."""
    return {
        CaseKind.PARTICIPANT: translate("Cases", "Participants"),
        CaseKind.DOCUMENT: translate("Cases", "Documents"),
        CaseKind.STUDY: translate("Cases", "Studies"),
        CaseKind.GROUP: translate("Cases", "Groups of participants"),
    }[kind]


def rated_words(rated: Rated | None) -> str:
    """A rating in words, for screen readers and hints."""
    if rated is None:
        return translate("Cases", "not rated")
    if rated.missing:
        return translate("Cases", "Missing: nothing to rate")
    if rated.mixed:
        return translate("Cases", "0, mixed")
    return rated.sign
