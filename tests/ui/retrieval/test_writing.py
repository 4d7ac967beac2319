"""Writing and printing what was found."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ikt_coder.core.query import Query
from ikt_coder.core.table import Column, Run, Table, cell
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.printing import print_tables, printer_for
from ikt_coder.ui.retrieval.export import RetrievalExport
from ikt_coder.ui.widgets.notification_bar import NotificationBar
from tests.ui.retrieval.conftest import Desk


def table(rows: int, columns: int) -> Table:
    return Table(
        "Passages",
        tuple(Column((Run(f"A column {n}"),), width=2.0) for n in range(columns)),
        tuple(
            tuple(cell(f"words in row {row} that take some room") for _ in range(columns))
            for row in range(rows)
        ),
    )


def test_a_long_table_goes_over_several_pages(
    appearance: Appearance, tmp_path: Path, qtbot: QtBot
) -> None:
    made = [table(300, 3)]
    printer = printer_for(made)
    file = tmp_path / "printed.pdf"
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    print_tables(made, printer, appearance)
    pages = file.read_bytes().count(b"/Type /Page\n")
    assert pages >= 5


def test_a_wide_table_is_printed_sideways() -> None:
    turned = printer_for([table(3, 14)]).pageLayout().orientation()
    upright = printer_for([table(3, 2)]).pageLayout().orientation()
    assert turned is not upright


def test_passages_are_written_where_the_person_says(
    desk: Desk, appearance: Appearance, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.apply(0, "slides")
    window = QWidget()
    qtbot.addWidget(window)
    bar = NotificationBar(appearance, window)
    export = RetrievalExport(desk.context, bar, window)
    export.choose = lambda path, ending: tmp_path / "found"  # without an ending
    for document in desk.documents:
        desk.project.documents.set_lead(document, desk.project.coder)
    retrieval = desk.project.retrieval

    def make(ending: str, for_team: bool) -> Table:
        return retrieval.table(retrieval.find(Query()), rows=ending == ".csv", for_team=for_team)

    with qtbot.waitSignal(desk.context.tasks.busy_changed, check_params_cb=lambda busy: not busy):
        export.export(make, "Passages", ".csv", for_team=False)
    assert "slides" in (tmp_path / "found.csv").read_text("utf-8-sig")
