"""The analysis layer: what ``tests/services/test_layers.py`` does not say yet."""

from __future__ import annotations

from ikt_coder.core.report import Paragraph
from ikt_coder.core.table import Table
from ikt_coder.core.words import Stance
from ikt_coder.services.project import Project
from ikt_coder.services.report_catalogue import report_kind
from ikt_coder.services.report_kinds import ReportOptions
from ikt_coder.services.theme_table import ThemeTableOptions
from tests.services.theme_tables import COLUMNS, Desk, code, note, rows, table, theme


def test_every_report_on_themes_names_the_layer_and_how_many_documents_were_single_coded(
    sample: Project,
) -> None:
    for key in ("themes", "quotes", "deviant_cases"):
        made = report_kind(key).build(sample, ReportOptions())
        for one in [made] if isinstance(made, Table) else made:  # type: ignore[union-attr]  # no report of prose
            assert isinstance(one, Table)
            assert "Analysis layer: codings by " in note(one)
            assert "single-coded" in note(one)
            assert "Counted on " in note(one)
    whole = sample.reports.theme_report()
    last = whole.blocks[-1]
    assert isinstance(last, Paragraph)
    said = "".join(run.text for run in last.runs)
    assert "Analysis layer: codings by " in said
    assert "single-coded" in said
    assert "N = 6 participants" in said
    assert "Counted on " in said


def test_reports_that_are_not_of_the_layer_say_whose_codings_they_count(sample: Project) -> None:
    frequencies = note(sample.reports.frequency_table())
    assert "Each coder's own codings, not the analysis layer, in 6 documents" in frequencies
    codebook = note(sample.reports.codebook_tables()[0])
    assert "alone, not of the analysis layer, in 6 documents" in codebook
    for said in (frequencies, codebook):
        assert "ne reference is one coding" in said
        assert "Counted on " in said


def test_another_coders_codings_are_in_no_cell_no_quote_and_no_deviant_case(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    made = theme(project, "Clear role")
    first = project.coder
    project.coders.switch(project.coders.add("Bela Novak"))
    theirs = code(project, document, "I came late")
    project.coder = first
    project.themes.set_stance(made, theirs, Stance.CONTRADICTS)
    assert rows(table(project, COLUMNS.REFERENCES)) == [["A role", "1"]]
    assert project.themes.deviant_cases() == ()
    assert project.quotes.proposals().keys() == {made}
    assert "late" not in str(project.quotes.proposals())


def test_a_narrowed_table_names_the_layer_of_its_own_documents(sample: Project) -> None:
    one = sample.documents.all()[0].id
    made = sample.reports.theme_table(ThemeTableOptions(documents=frozenset({one})))
    assert "in 1 document, not single-coded." in note(made)
    assert "N = 1 participant in" in note(made)
