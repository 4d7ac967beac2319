"""Tables on paper: as they are exported, black on white, on as many pages as they take."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QCoreApplication, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from ikt_coder.core.table import Run, Table
from ikt_coder.exporters.captions import caption
from ikt_coder.exporters.column_widths import column_widths, comfortable_width
from ikt_coder.ui.appearance.fonts import reading_families
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.appearance.tokens import LIGHT
from ikt_coder.ui.themes.table_html import table_html

_DOTS = 96
"""Pixels an inch on which the page is laid out; the printer's own are finer."""
_MARGIN = 15.0
"""Millimetres."""
_UPRIGHT = 6.8
"""Inches of words on an upright page: a wider table is printed sideways."""
_SCALE = 0.85


def ask_and_print(tables: Sequence[Table], appearance: Appearance, window: QWidget) -> None:
    """Ask which printer, and print there."""
    printer = printer_for(tables)
    dialog = QPrintDialog(printer, window)
    dialog.setWindowTitle(QCoreApplication.translate("Printing", "Print"))
    dialog.setModal(True)
    dialog.accepted.connect(lambda: print_tables(tables, printer, appearance))
    dialog.finished.connect(dialog.deleteLater)
    dialog.show()


def printer_for(tables: Sequence[Table]) -> QPrinter:
    """A printer with the page turned as the widest table needs it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    widest = max((comfortable_width(table) for table in tables if table.columns), default=0)
    turned = QPageLayout.Orientation
    printer.setPageOrientation(turned.Landscape if widest > _UPRIGHT else turned.Portrait)
    unit = QPageLayout.Unit.Millimeter
    printer.setPageMargins(QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN), unit)
    return printer


def print_tables(tables: Sequence[Table], printer: QPrinter, appearance: Appearance) -> None:
    """Print tables with their titles and notes, one below the other."""
    page = printer.pageLayout().paintRectPixels(_DOTS).size()
    document = QTextDocument()
    document.setDocumentMargin(0)
    font = appearance.font(FontRole.BODY)
    font.setPixelSize(round(13 * _SCALE))
    document.setDefaultFont(font)
    document.setHtml("".join(_shown(table, page.width()) for table in tables))
    document.setPageSize(QSizeF(page))
    document.print_(printer)


def _shown(table: Table, room: int) -> str:
    above = "".join(f"<p>{''.join(map(_run, words))}</p>" for words in caption(table))
    if not table.columns:
        return above
    shares = column_widths(table, room / _DOTS)
    whole = sum(shares) or 1.0
    widths = [round(room * share / whole) for share in shares]
    family = (reading_families() or ["serif"])[0]
    return above + table_html(table, {}, LIGHT, family, _SCALE, widths)


def _run(run: Run) -> str:
    words = escape(run.text)
    words = f"<i>{words}</i>" if run.italic else words
    return f"<b>{words}</b>" if run.bold else words
