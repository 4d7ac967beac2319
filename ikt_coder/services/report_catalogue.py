"""Every report there is: its name, what it can be asked, and how it is made.

The command line (``export --what``) and the Reports place both read this catalogue, so that
adding a report is one entry here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ikt_coder.core.errors import NotFound
from ikt_coder.exporters.catalogue import Form, Product
from ikt_coder.services import comparison_reports as comparing
from ikt_coder.services.belief_reports import REPORTS as belief_reports
from ikt_coder.services.case_ratings.reports import REPORTS as rating_reports
from ikt_coder.services.case_reports import REPORTS as case_reports
from ikt_coder.services.charting.reports import REPORTS as charting_reports
from ikt_coder.services.codebook_reports import REPORTS as codebook_reports
from ikt_coder.services.coded_transcripts import coded_transcript
from ikt_coder.services.crosswalks.reports import REPORTS as crosswalk_reports
from ikt_coder.services.engagement.reports import REPORTS as engagement_reports
from ikt_coder.services.framework_matrices.reports import REPORTS as framework_matrix_reports
from ikt_coder.services.interview_guide.reports import REPORTS as guide_reports
from ikt_coder.services.recommendations.reports import REPORTS as recommendation_reports
from ikt_coder.services.report_kinds import Choice, Group, ReportKind, ReportOptions
from ikt_coder.services.retrieval_reports import (
    cooccurrence_report,
    matrix_report,
    of_coder,
    passages_report,
)
from ikt_coder.services.supervision import supervision_sheet
from ikt_coder.services.theme_table_options import ExportLanguage, ThemeTableOptions
from ikt_coder.services.word_table import word_table

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


def _coded_transcript(project: Project, options: ReportOptions) -> Product:
    document = options.document
    if document is None:
        document = next((row.id for row in project.documents.all()), None)
    if document is None:
        raise NotFound("There is no document to print yet.", "Import a transcript first.")
    return coded_transcript(project, document, options.coder, initials=options.initials)


def _language(options: ReportOptions) -> ExportLanguage:
    return ExportLanguage.of(options.language)


def _theme_table(options: ReportOptions) -> ThemeTableOptions:
    """The options of the theme table; without any, in the language of the report."""
    return options.theme_table or ThemeTableOptions(language=_language(options))


REPORTS: tuple[ReportKind, ...] = (
    ReportKind(
        "codebook",
        "Codebook",
        "Every code with its definition, when to use it and when not, and an example.",
        Group.CODES,
        lambda project, options: project.reports.codebook_tables(options.ending),
    ),
    ReportKind(
        "codings",
        "Codings",
        "Every coding with its words, one row each, for other programs.",
        Group.CODES,
        lambda project, options: project.reports.codings_table(options.coder, options.most),
        choices=frozenset({Choice.CODER}),
    ),
    ReportKind(
        "passages",
        "Passages",
        "Coded passages with their references and all they carry, as far as consent allows.",
        Group.CODES,
        lambda project, options: passages_report(
            project, of_coder(options.retrieval, options.coder), options.ending
        ),
        choices=frozenset({Choice.CODER}),
        usual_coder="Analysis layer",
    ),
    ReportKind(
        "matrix",
        "Matrix",
        "Which participants, documents or groups have which codes, or how often.",
        Group.CODES,
        lambda project, options: matrix_report(
            project, of_coder(options.retrieval, options.coder), options.ending
        ),
        choices=frozenset({Choice.CODER}),
        usual_coder="Analysis layer",
    ),
    ReportKind(
        "cooccurrence",
        "Co-occurrence",
        "Codes that stand on the same words, and how often.",
        Group.CODES,
        lambda project, options: cooccurrence_report(
            project, of_coder(options.retrieval, options.coder), options.ending
        ),
        choices=frozenset({Choice.CODER}),
        usual_coder="Analysis layer",
    ),
    ReportKind(
        "frequencies",
        "Code frequencies",
        "How often each coder used each code, and in how many documents.",
        Group.CODES,
        lambda project, options: project.reports.frequency_table(),
    ),
    ReportKind(
        "themes",
        "Theme table",
        "The themes with their descriptions, accepted quotes and participants, in APA 7 form.",
        Group.THEMES,
        lambda project, options: project.reports.theme_tables(
            _theme_table(options), options.ending
        ),
        choices=frozenset({Choice.LANGUAGE}),
    ),
    ReportKind(
        "quotes",
        "Quotes",
        "The quotes that were accepted, theme by theme, as far as consent allows.",
        Group.THEMES,
        lambda project, options: project.reports.quotes_table(_language(options)),
        choices=frozenset({Choice.LANGUAGE}),
    ),
    ReportKind(
        "deviant_cases",
        "Deviant cases",
        "The codings that qualify or contradict their theme, as far as consent allows.",
        Group.THEMES,
        lambda project, options: project.reports.deviant_cases_table(_language(options)),
        choices=frozenset({Choice.LANGUAGE}),
    ),
    ReportKind(
        "theme_report",
        "Theme report",
        "A draft of a chapter: each theme with narrative, boundaries, quotes, links and cases.",
        Group.THEMES,
        lambda project, options: project.reports.theme_report(_language(options)),
        form=Form.REPORT,
        choices=frozenset({Choice.LANGUAGE}),
    ),
    ReportKind(
        "coded_transcript",
        "Coded transcript",
        "One document with a comment for each coding in Word, or stripes beside it on a web page.",
        Group.TEXTS,
        _coded_transcript,
        form=Form.TRANSCRIPT,
        choices=frozenset({Choice.DOCUMENT, Choice.CODER, Choice.INITIALS}),
        usual_coder="Consensus, else the lead coder",
    ),
    ReportKind(
        "words",
        "Word frequencies",
        "How often participants say each word, in all its forms, and how many of them.",
        Group.TEXTS,
        lambda project, options: word_table(project),
    ),
    ReportKind(
        "agreement",
        "Agreement",
        "How far coders agree, code by code and over all, with what is needed to report it.",
        Group.COMPARE,
        comparing.agreement,
        choices=frozenset({Choice.ROUND, Choice.LANGUAGE, Choice.INITIALS}),
    ),
    ReportKind(
        "decisions",
        "Decision log",
        "Every decision on a difference with its reason, and the log of rounds and copies.",
        Group.COMPARE,
        comparing.decisions,
        choices=frozenset({Choice.ROUND, Choice.LANGUAGE, Choice.INITIALS}),
        usual_round="All rounds",
    ),
    ReportKind(
        "methods",
        "Methods paragraph",
        "A draft of the paragraph a journal asks for, and COREQ items 24 to 27.",
        Group.COMPARE,
        comparing.methods,
        form=Form.REPORT,
        choices=frozenset({Choice.LANGUAGE, Choice.INITIALS}),
    ),
    ReportKind(
        "units",
        "Units",
        "The raw table behind every figure of agreement, for other programs.",
        Group.COMPARE,
        comparing.units,
        choices=frozenset({Choice.ROUND, Choice.INITIALS}),
    ),
    ReportKind(
        "codebook_version",
        "Codebook versions",
        "The codebook as it was at each round, and what changed in between.",
        Group.COMPARE,
        comparing.codebook_versions,
        choices=frozenset({Choice.LANGUAGE}),
    ),
    ReportKind(
        "supervision",
        "Supervision sheet",
        "One page for a talk: what changed since the last one, questions, unsure codings.",
        Group.WORK,
        lambda project, options: supervision_sheet(
            project, options.since, initials=options.initials
        ),
        form=Form.REPORT,
        choices=frozenset({Choice.SINCE, Choice.INITIALS}),
    ),
    ReportKind(
        "memos",
        "Memos",
        "The memos you may read: rules of codes, theory on themes, notes, project and journal.",
        Group.WORK,
        lambda project, options: project.reports.memos_table(),
    ),
    ReportKind(
        "history",
        "History",
        "Who did what and when, oldest first.",
        Group.WORK,
        lambda project, options: project.reports.history_table(),
    ),
    *codebook_reports,
    *crosswalk_reports,
    *belief_reports,
    *recommendation_reports,
    *charting_reports,
    *engagement_reports,
    *case_reports,
    *guide_reports,
    *rating_reports,
    *framework_matrix_reports,
)


def report_kind(key: str) -> ReportKind:
    """The report of that name. Raises KeyError for an unknown one."""
    for kind in REPORTS:
        if kind.key == key:
            return kind
    raise KeyError(key)


def report_sources(project: Project, key: str, options: ReportOptions) -> str:
    """The sources that close the file of a report; empty where it names none."""
    return project.reports.theme_table_sources(_theme_table(options)) if key == "themes" else ""


def report_keys() -> tuple[str, ...]:
    return tuple(kind.key for kind in REPORTS)
