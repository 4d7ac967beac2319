"""The chosen report on paper; figures that can be opened are links."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStyle, QTextBrowser, QWidget

from ikt_coder.core.report import Report
from ikt_coder.exporters.catalogue import Product
from ikt_coder.ui.appearance.fonts import reading_families
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.reports.product_html import Paper, product_html
from ikt_coder.ui.themes.table_preview import column_widths, underline_links

_EDGE = 24
_MEASURE = 760
"""Pixels at 100 %: the longest line of prose."""


class ReportPreview(QTextBrowser):
    """Tab goes from figure to figure, Enter opens; the words can be selected and copied."""

    code_opened = Signal(object)
    """The code whose passages stand behind the figure that was clicked."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._product: Product | None = None
        self._links: dict[str, UUID] = {}
        self._drawn = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._show)
        self.setAccessibleName(self.tr("Preview of the report"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("surface", "paper")
        self.setOpenLinks(False)
        self.document().setDocumentMargin(_EDGE)
        self.anchorClicked.connect(self._clicked)
        self.highlighted.connect(self._over)
        appearance.changed.connect(self._show)

    def show_product(self, product: Product, *, same: bool = False) -> None:
        """Show a report; the scroll place stays where it is the ``same`` report as before."""
        self._product = product
        place = self.verticalScrollBar().value() if same else 0
        self._show()
        self.verticalScrollBar().setValue(place)

    def product(self) -> Product | None:
        return self._product

    def _show(self) -> None:
        self._later.stop()
        if self._product is None:
            return
        look = self._appearance
        place = self.verticalScrollBar().value()
        room = self._room()
        # Prose keeps a measure; the tables of a report keep to it.
        measure = min(room, look.px(_MEASURE)) if isinstance(self._product, Report) else room
        self._drawn = self.width()
        self.document().setDefaultFont(look.font())
        paper = Paper(
            look.tokens,
            (reading_families() or ["serif"])[0],
            look.text_size / 100,
            measure,
            lambda table: column_widths(table, measure, look),
        )
        words, self._links = product_html(self._product, paper)
        self.setHtml(words)
        frame = self.document().rootFrame()
        margins = frame.frameFormat()
        margins.setRightMargin(_EDGE + room - measure)
        frame.setFrameFormat(margins)
        underline_links(self.document(), look.colour("field_edge"))
        self.verticalScrollBar().setValue(place)

    def _room(self) -> int:
        """Pixels for words, with a scroll bar or without: its coming must change nothing."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        return max(200, self.width() - bar - 2 * _EDGE - 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Not at once: the words being set may be what makes the room smaller.
        if self._product is not None and self.width() != self._drawn:
            self._later.start()

    def _clicked(self, address: QUrl) -> None:
        code = self._links.get(address.toString())
        if code is not None:
            self.code_opened.emit(code)

    def _over(self, address: QUrl) -> None:
        known = address.toString() in self._links
        self.setToolTip(self.tr("Show the passages behind this figure") if known else "")
        shape = Qt.CursorShape.PointingHandCursor if known else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)
