"""The chapters of the guide as files, and which of them tells of a part of the window."""

from __future__ import annotations

import re
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from ikt_coder import paths
from ikt_coder.core.frozen import frozen

START = "README"
"""The chapter that lists the others."""

BEGIN = "01-begin"
"""The chapter on how to begin."""

KEYS = "11-keys"
"""The chapter on keys."""

_OF_PLACE = MappingProxyType(
    {
        "code": "03-read-and-code",
        "retrieve": "05-retrieve",
        "themes": "07-themes",
        "reports": "08-what-a-supervisor-reads",
        "compare": "12-two-coders",
        "codebook": "13-keeping-a-codebook",
        "chart": "14-charting",
    }
)

OF_WIDGET = MappingProxyType(
    {
        # panels and pages
        "DocumentsPanel": "02-bring-in-interviews",
        "CodesPanel": "04-codebook-and-frameworks",
        "PassagesPane": "05-retrieve",
        "SearchPage": "06-search-and-words",
        "WordsPage": "06-search-and-words",
        "CrosswalksPage": "15-from-codes-to-recommendations",
        "BeliefsPage": "15-from-codes-to-recommendations",
        "RecommendationsPage": "15-from-codes-to-recommendations",
        "EngagementPage": "16-engagement-log",
        "RatingsPage": "17-cases-side-by-side",
        "MatrixPage": "17-cases-side-by-side",
        # windows beside the text, and dialogs
        "NewProjectDialog": "01-begin",
        "CardDialog": "01-begin",
        "CodersDialog": "01-begin",
        "ImportDialog": "02-bring-in-interviews",
        "MemoEditor": "03-read-and-code",
        "MemosDialog": "03-read-and-code",
        "MergeDialog": "04-codebook-and-frameworks",
        "SplitDialog": "04-codebook-and-frameworks",
        "FrameworkGallery": "04-codebook-and-frameworks",
        "LevelSetDialog": "04-codebook-and-frameworks",
        "SaveFrameworkDialog": "04-codebook-and-frameworks",
        "FaultList": "04-codebook-and-frameworks",
        "SetupDialog": "12-two-coders",
        "BringInDialog": "12-two-coders",
        "CopyDialog": "12-two-coders",
        "ChecklistDialog": "13-keeping-a-codebook",
        "CodebookImportDialog": "13-keeping-a-codebook",
        "FieldsDialog": "14-charting",
        "ListsDialog": "16-engagement-log",
        "QuestionDialog": "14-charting",
        "PeopleDialog": "09-people-and-consent",
        "EraseDialog": "09-people-and-consent",
        "HistoryDialog": "10-safety",
        "RestorePointsDialog": "10-safety",
        "BackupsDialog": "10-safety",
        "CheckDialog": "10-safety",
        "KeyListDialog": KEYS,
        "PreferencesDialog": KEYS,
    }
)
"""Chapters by the class of the widget that holds the focus; by name, so that none of them is
imported before it is needed."""

_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)


@frozen
class Chapter:
    """One file of the guide, in Markdown."""

    key: str
    """The file's name without its ending."""
    title: str
    text: str


def read_chapters() -> tuple[Chapter, ...]:
    """All chapters, the list of them first. Raises ``FileNotFoundError`` where the installation
    lacks the guide."""
    files = sorted(paths.guide().glob("*.md"), key=lambda file: (file.stem != START, file.name))
    if not files:
        raise FileNotFoundError("the installation lacks the chapters of the guide")
    return tuple(_chapter(file.stem, file.read_text(encoding="utf-8")) for file in files)


def _chapter(key: str, text: str) -> Chapter:
    # A comment holds what the tests compare with the sample; nobody reads it.
    shown = _COMMENT.sub("", text)
    title = next(line for line in shown.splitlines() if line.startswith("# "))
    return Chapter(key, title.removeprefix("# ").strip(), shown)


def chapter_for(focus: QWidget | None, place: str) -> str:
    """The chapter that tells of where the focus is, else of the ``place`` of the window."""
    widget = focus
    while widget is not None:
        for kind in type(widget).__mro__:
            if kind.__name__ in OF_WIDGET:
                return OF_WIDGET[kind.__name__]
        widget = widget.parentWidget() if not widget.isWindow() else None
    return _OF_PLACE.get(place, START)
