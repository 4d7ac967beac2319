"""Every report of the sample as a Word file: its tables can be found, followed and read."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Inches, Pt

from ikt_coder.exporters.catalogue import write
from ikt_coder.services.project import Project
from ikt_coder.services.report_catalogue import REPORTS
from ikt_coder.services.report_kinds import ReportKind, ReportOptions
from ikt_coder.services.theme_table_options import FULL_COLUMNS, ThemeTableOptions
from tests.samples import sample_project

LISTS = ("codings", "memos", "history", "units", "chart_counts")
"""Plain lists, which have a title and no number."""


@dataclass(frozen=True)
class Files:
    project: Project
    folder: Path

    def written(self, kind: ReportKind) -> Path:
        path = self.folder / f"{kind.key}.docx"
        if not path.exists():
            options = ReportOptions(ending=".docx")
            write(kind.build(self.project, options), path)
        return path


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Files]:
    folder = tmp_path_factory.mktemp("word")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IKT_CODER_HOME", str(folder / "home"))
        project = sample_project(folder / "sample.ikt")
        yield Files(project, folder)
        project.close()


every_report = pytest.mark.parametrize("kind", REPORTS, ids=lambda kind: kind.key)


@every_report
def test_tables_have_heading_rows_captions_and_alternative_texts(
    files: Files, kind: ReportKind
) -> None:
    document = docx.Document(str(files.written(kind)))
    # The sample has no framework matrix; then a sentence says so.
    without = ("supervision", "theme_report", "methods", "journal", "framework_matrix")
    assert document.tables or kind.key in without
    assert document.tables or any(paragraph.text.strip() for paragraph in document.paragraphs)
    for table in document.tables:
        rows = table._tbl.tr_lst
        assert rows[0].find(f".//{qn('w:tblHeader')}") is not None
        heads = [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows]
        assert heads == sorted(heads, reverse=True)  # only the first ones
        properties = table._tbl.tblPr
        for name in ("w:tblCaption", "w:tblDescription"):
            found = properties.find(qn(name))
            assert found is not None
            assert found.get(qn("w:val"), "").strip(), name
    words = [paragraph.text for paragraph in document.paragraphs]
    if document.tables and kind.key not in (*LISTS, "coded_transcript", "methods"):
        assert words[0].startswith("Table 1")
        assert words[1]
        assert any(text.startswith("Note.") for text in words)


@every_report
def test_no_table_is_wider_than_its_page(files: Files, kind: ReportKind) -> None:
    document = docx.Document(str(files.written(kind)))
    # Wide tables stand in sections of their own: a file of several has several rooms.
    room = max(
        int(section.page_width or 0)
        - sum(map(int, (section.left_margin or 0, section.right_margin or 0)))
        for section in document.sections
    )
    for table in document.tables:
        width = sum(column.width or 0 for column in table.columns)
        assert width <= room * 1.01
        for row in table.rows:  # a heading over all columns is as wide as they are
            assert sum(cell.width or 0 for cell in dict.fromkeys(row.cells)) <= width * 1.01


def test_names_of_groups_stand_over_all_columns(files: Files) -> None:
    kind = next(one for one in REPORTS if one.key == "passages")
    (table,) = docx.Document(str(files.written(kind))).tables
    row = next(r for r in table.rows if r.cells[0].text.startswith("Trusting relationship ("))
    assert len(row._tr.tc_lst) == 1
    assert row.cells[0]._tc.grid_span == len(table.columns)
    assert row.cells[0].paragraphs[0].paragraph_format.keep_with_next


def test_codes_of_a_framework_and_levels_have_tables_of_their_own(files: Files) -> None:
    kind = next(one for one in REPORTS if one.key == "codebook")
    own, framework, levels = docx.Document(str(files.written(kind))).tables
    assert [cell.text for cell in own.rows[0].cells] == [
        "Code", "Definition", "When to use", "When not to use", "Example", "References",
    ]  # fmt: skip
    # What no code of a framework has is no column of its table.
    assert "When to use" not in [cell.text for cell in framework.rows[0].cells]
    assert [cell.text for cell in levels.rows[0].cells] == ["Level", "Definition"]
    assert "paraphrase by IKT Coder" in levels.rows[1].cells[1].text


def test_nodes_of_a_framework_do_not_seem_to_be_below_a_code(files: Files) -> None:
    for key in ("matrix", "frequencies"):
        kind = next(one for one in REPORTS if one.key == key)
        (table,) = docx.Document(str(files.written(kind))).tables
        indents = {
            row.cells[0].text.removesuffix(" (own)"): row.cells[0]
            .paragraphs[0]
            .paragraph_format.left_indent
            for row in table.rows
        }
        assert indents["Contact between meetings"]
        assert indents["Trusting relationship"] is None
        assert indents["Knowledge"] is None


def test_a_table_with_all_columns_lies_on_its_side(files: Files) -> None:
    path = files.folder / "wide.docx"
    options = ThemeTableOptions(columns=FULL_COLUMNS, appendix=True)
    kind = next(one for one in REPORTS if one.key == "themes")
    write(kind.build(files.project, ReportOptions(ending=".docx", theme_table=options)), path)
    document = docx.Document(str(path))
    page = document.sections[0]
    assert int(page.page_width or 0) > int(page.page_height or 0)


def test_libreoffice_reads_each_file(files: Files, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    paths = [files.written(kind) for kind in REPORTS]
    command = [office, f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, paths)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    for path in paths:
        printed = tmp_path / f"{path.stem}.pdf"
        assert printed.read_bytes().startswith(b"%PDF"), path.name


def test_a_day_stands_on_one_line(files: Files) -> None:
    kind = next(one for one in REPORTS if one.key == "memos")
    (table,) = docx.Document(str(files.written(kind))).tables
    # Ten signs of 10 points in Times, of which eight are figures, and the air beside them.
    assert int(table.columns[0].width or 0) >= Pt(10 * (8 * 0.5 + 2 * 0.333)) + Inches(0.16)
