"""What a report is: its name, what it can be asked, and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.exporters.catalogue import Form, Product, endings
from ikt_coder.services.comparison_options import ComparisonOptions
from ikt_coder.services.retrieval_reports import RetrievalOptions
from ikt_coder.services.theme_table_options import ThemeTableOptions

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


class Group(StrEnum):
    """The groups reports are listed in."""

    CODES = "Codes and codings"
    THEMES = "Themes"
    TEXTS = "Transcripts"
    COMPARE = "Two coders"
    CASES = "Charting and cases"
    FRAMEWORKS = "Frameworks"
    WORK = "The work"


class Choice(StrEnum):
    """What a report can be asked; a screen shows a field for each."""

    DOCUMENT = "document"
    CODER = "coder"
    SINCE = "since"
    LANGUAGE = "language"
    INITIALS = "initials"
    ROUND = "round"


@frozen
class ReportOptions:
    """What was asked. ``coder`` None is what the report takes by itself; ``since`` None the
    report's own beginning; ``language`` an IETF tag; ``initials`` names coders by initials;
    ``ending`` of the file it is for, by which a report may take another shape; ``round`` is
    that of reports about coders (``comparison`` says more, and goes before it); ``most`` rows
    are enough of a long list (0: all); ``codebook_versions`` are the two that are compared (None
    for the codebook of now); ``count_by`` is the unit of charting counts ("study"; empty: the
    usual one); ``matrix`` is the name of a framework matrix (empty: all)."""

    document: UUID | None = None
    coder: UUID | None = None
    since: datetime | None = None
    language: str = "en"
    initials: bool = False
    theme_table: ThemeTableOptions | None = None
    retrieval: RetrievalOptions | None = None
    comparison: ComparisonOptions | None = None
    round: UUID | None = None
    ending: str = ""
    most: int = 0
    codebook_versions: tuple[UUID, UUID | None] | None = None
    count_by: str = ""
    matrix: str = ""


@frozen
class ReportKind:
    """One report: ``key`` on the command line, ``name`` and ``about`` (one sentence) for
    people, ``choices`` it listens to, ``build`` to make it (safe off the main thread),
    ``usual_coder`` whose codings it takes where no coder is chosen, ``usual_round`` which
    round where none is."""

    key: str
    name: str
    about: str
    group: Group
    build: Callable[[Project, ReportOptions], Product]
    form: Form = Form.TABLE
    choices: frozenset[Choice] = frozenset()
    usual_coder: str = "Everyone"
    usual_round: str = "The newest that gives figures"

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings of the files it can be written to, the usual one first."""
        return tuple(ending for ending, _ in endings(self.form))
