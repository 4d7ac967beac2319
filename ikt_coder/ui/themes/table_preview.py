"""The theme table as it will be exported; every figure opens the passages behind it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from ikt_coder.core.table import Table
from ikt_coder.exporters.captions import caption
from ikt_coder.ui.appearance.fonts import reading_families
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.themes.table_html import runs_html, table_html


class TablePreview(QTextBrowser):
    """Tab goes from figure to figure, Enter opens; the words can be selected and copied."""

    opened = Signal(object)
    """The codings behind the figure that was clicked, a tuple."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._table: Table | None = None
        self._appendix: Table | None = None
        self._showing = False
        self._behind: Mapping[tuple[int, int, int], tuple[UUID, ...]] = {}
        self.setAccessibleName(self.tr("Theme table"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(self._clicked)
        self.highlighted.connect(self._over)
        appearance.changed.connect(self._show)

    def show_table(
        self,
        table: Table,
        behind: Mapping[tuple[int, int, int], tuple[UUID, ...]],
        appendix: Table | None = None,
    ) -> None:
        """Show a table, and below it its appendix; the scroll place stays."""
        if (table, behind, appendix) != (self._table, self._behind, self._appendix):
            self._table, self._behind, self._appendix = table, behind, appendix
            self._show()

    def table(self) -> Table | None:
        return self._table

    def codings_behind(self, row: int, column: int, paragraph: int = 0) -> tuple[UUID, ...]:
        return self._behind.get((row, column, paragraph), ())

    def _show(self) -> None:
        if self._table is None or self._showing:
            return
        # While the words are exchanged the scroll bar goes and comes, which must not begin
        # another exchange within this one; a width that stays is filled once more.
        self._showing = True
        for _again in range(2):
            room = self.viewport().width()
            self._fill(self._table)
            if self.viewport().width() == room:
                break
        self._showing = False

    def _fill(self, table: Table) -> None:
        look = self._appearance
        place = self.verticalScrollBar().value()
        self.document().setDefaultFont(look.font())
        family = (reading_families() or ["serif"])[0]
        scale = look.text_size / 100
        widths = self.column_widths(table)
        whole = table_html(table, self._behind, look.tokens, family, scale, widths)
        if self._appendix is not None:
            above = "<br>".join(runs_html(line) for line in caption(self._appendix))
            whole += f'<p style="margin-top:{look.px(22)}px;">{above}</p>'
            widths = self.column_widths(self._appendix)
            whole += table_html(self._appendix, {}, look.tokens, family, scale, widths)
        self.setHtml(whole)
        underline_links(self.document(), look.colour("field_edge"))
        self.verticalScrollBar().setValue(place)

    def column_widths(self, table: Table) -> list[int]:
        """Pixels for each column at the present width."""
        return column_widths(table, self.viewport().width() - 2, self._appearance)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._show()

    def _clicked(self, address: QUrl) -> None:
        codings = self._behind.get(_place(address), ())
        if codings:
            self.opened.emit(codings)

    def _over(self, address: QUrl) -> None:
        codings = self._behind.get(_place(address), ())
        one = self.tr("Show 1 coding behind this")
        many = self.tr("Show {n} codings behind this").replace("{n}", str(len(codings)))
        self.setToolTip("" if not codings else one if len(codings) == 1 else many)
        shape = Qt.CursorShape.PointingHandCursor if codings else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)


def column_widths(table: Table, room: int, look: Appearance) -> list[int]:
    """Pixels for each column: its share of the room, but no heading is broken within a
    word and prose keeps a measure; where all that does not fit, the table scrolls."""
    metrics = QFontMetrics(look.font(FontRole.STRONG))
    whole = sum(column.width for column in table.columns) or 1
    least = [
        max(
            max(metrics.horizontalAdvance(word) for word in (column.name or " ").split(" "))
            + look.px(14),
            look.px(100 if column.width > 1.2 else 32),
        )
        for column in table.columns
    ]
    shares = [room * column.width / whole for column in table.columns]
    short = sum(max(0.0, need - share) for need, share in zip(least, shares, strict=True))
    spare = sum(max(0.0, share - need) for need, share in zip(least, shares, strict=True))
    # What the narrow columns lack is taken from the others by what they can spare.
    part = min(1.0, short / spare) if spare else 0.0
    widths = [
        need if share < need else share - (share - need) * part
        for need, share in zip(least, shares, strict=True)
    ]
    return [int(width) for width in widths]


def underline_links(document: QTextDocument, colour: QColor) -> None:
    """A quiet dotted line says "link" without hue; the style sheet cannot draw one."""
    quiet = QTextCharFormat()
    quiet.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    quiet.setUnderlineColor(colour)
    plain = QTextCharFormat()
    plain.setUnderlineStyle(QTextCharFormat.UnderlineStyle.NoUnderline)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    block = document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            fragment = pieces.fragment()
            if fragment.isValid() and fragment.charFormat().isAnchor():
                cursor.setPosition(fragment.position())
                end = fragment.position() + fragment.length()
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                quoted = fragment.charFormat().anchorHref().startswith("q")
                cursor.mergeCharFormat(plain if quoted else quiet)
            pieces += 1
        block = block.next()
    cursor.endEditBlock()


def _place(address: QUrl) -> tuple[int, int, int]:
    parts = address.toString().removeprefix("q").split(",")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return (-1, -1, -1)
    return int(parts[0]), int(parts[1]), int(parts[2])
