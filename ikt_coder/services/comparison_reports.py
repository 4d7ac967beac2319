"""The reports about coders, as the catalogue makes them from what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ikt_coder.core.report import Report
from ikt_coder.core.table import Column, Run, Table
from ikt_coder.services.comparison_options import ComparisonOptions
from ikt_coder.services.comparison_rows import NothingToCompare
from ikt_coder.services.report_language import LANGUAGES
from ikt_coder.services.report_language.comparing_languages import COMPARING
from ikt_coder.services.theme_table_options import ExportLanguage

if TYPE_CHECKING:
    from ikt_coder.services.project import Project
    from ikt_coder.services.report_kinds import ReportOptions

# The makers are imported when a report is asked for: the list of reports is shown without them.


def agreement(project: Project, options: ReportOptions) -> tuple[Table, ...]:
    """The tables of agreement; one that says so where there is nothing to compare yet.
    Raises NotAllowed: a reflexive project, a sealed round."""
    from ikt_coder.services.agreement_table import agreement_tables

    language = ExportLanguage.of(options.language)
    try:
        return agreement_tables(
            project,
            _asked(options),
            language,
            initials=options.initials,
            ending=options.ending,
        )
    except NothingToCompare as error:
        return (_nothing(COMPARING[language].words.agreement_title, language, error),)


def decisions(project: Project, options: ReportOptions) -> tuple[Table, ...]:
    from ikt_coder.services.decision_table import decision_tables

    return decision_tables(
        project,
        _asked(options).round,
        ExportLanguage.of(options.language),
        initials=options.initials,
        ending=options.ending,
    )


def methods(project: Project, options: ReportOptions) -> Report:
    from ikt_coder.services.methods_paragraph import methods_report

    language = ExportLanguage.of(options.language)
    return methods_report(project, language, initials=options.initials)


def units(project: Project, options: ReportOptions) -> Table:
    """The raw table. Raises as ``agreement`` does."""
    from ikt_coder.services.units_table import units_table

    try:
        return units_table(project, _asked(options), initials=options.initials, most=options.most)
    except NothingToCompare as error:
        return _nothing("Units", ExportLanguage.ENGLISH, error, number=0)


def codebook_versions(project: Project, options: ReportOptions) -> tuple[Table, ...]:
    from ikt_coder.services.codebook_version_table import codebook_version_tables

    return codebook_version_tables(project, ExportLanguage.of(options.language))


def _asked(options: ReportOptions) -> ComparisonOptions:
    return options.comparison or ComparisonOptions(options.round)


def _nothing(
    title: str, language: ExportLanguage, error: NothingToCompare, number: int = 1
) -> Table:
    words = COMPARING[language].words
    return Table(
        title=title,
        columns=(Column((Run(words.code),)),),
        rows=(),
        note=((Run(words.nothing_compared),),),
        number=number,
        language=LANGUAGES[language].tag,
        description=title,
        empty=str(error),
    )
