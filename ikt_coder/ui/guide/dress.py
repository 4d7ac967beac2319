"""Gives a chapter, once Qt has read its Markdown, the look of the program."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import (
    QBrush,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from ikt_coder.ui.appearance.style import Appearance, FontRole

TEXT = 14
"""Pixels at 100 %: prose is a little larger than the words of buttons."""

_HEADINGS = {1: (22, 0, 12), 2: (16, 20, 6), 3: (14, 14, 4)}
"""For each level: the size of the letters, the room above and below, in pixels at 100 %."""
_PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
_LINE = 130.0
_PARAGRAPH = 10
_ITEM = 4
_QUOTE_INDENT = 12
_CELL = 5


def dress(document: QTextDocument, look: Appearance) -> None:
    """Sizes, distances and colours of headings, keys, lists, notes and tables."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for block in _blocks(document):
        _dress_block(cursor, block, look)
        _dress_words(cursor, block, look)
    for table in _tables(document.rootFrame()):
        _dress_table(table, look)
    cursor.endEditBlock()


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _tables(frame: QTextFrame) -> Iterator[QTextTable]:
    for child in frame.childFrames():
        if isinstance(child, QTextTable):
            yield child
        yield from _tables(child)


def _dress_block(cursor: QTextCursor, block: QTextBlock, look: Appearance) -> None:
    form = QTextBlockFormat()
    level = block.blockFormat().headingLevel()
    height = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
    cursor.setPosition(block.position())
    if level:
        pixels, above, below = _HEADINGS[min(level, 3)]
        form.setTopMargin(look.px(above))
        form.setBottomMargin(look.px(below))
        font = look.font(FontRole.STRONG)
        font.setPixelSize(look.px(pixels))
        letters = QTextCharFormat()
        letters.setFont(font)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, _KEEP)
        # Set and not merged: Qt's own step of size would win over the size that is set.
        cursor.setCharFormat(letters)
    elif not block.text():
        # What Qt leaves after a table and in its first cell.
        form.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        form.setTopMargin(0)
        form.setBottomMargin(0)
    elif cursor.currentTable() is not None:
        form.setTopMargin(0)
        form.setBottomMargin(0)
    else:
        # The line of a picture is as high as the picture.
        form.setLineHeight(100.0 if block.text() == _PICTURE else _LINE, height)
        form.setTopMargin(0)
        form.setBottomMargin(look.px(_ITEM if block.textList() else _PARAGRAPH))
        if block.blockFormat().hasProperty(QTextFormat.Property.BlockQuoteLevel):
            form.setLeftMargin(look.px(_QUOTE_INDENT))
            form.setRightMargin(look.px(_QUOTE_INDENT))
            form.setBackground(look.colour("accent_ground"))
            form.setBottomMargin(look.px(_PARAGRAPH + 3))
    cursor.mergeBlockFormat(form)


_KEEP = QTextCursor.MoveMode.KeepAnchor


def _dress_words(cursor: QTextCursor, block: QTextBlock, look: Appearance) -> None:
    """Keys stand on a ground of their own; links are underlined, so that no colour is needed."""
    pieces = block.begin()
    found: list[tuple[int, int, QTextCharFormat]] = []
    while not pieces.atEnd():
        fragment = pieces.fragment()
        form = fragment.charFormat()
        change = QTextCharFormat()
        if form.fontFixedPitch():
            font = look.font()
            change.setFontFamilies(font.families())
            change.setFontFixedPitch(False)
            change.setFontWeight(QFont.Weight.DemiBold)
            change.setBackground(look.colour("hover"))
        if form.isAnchor():
            change.setForeground(look.colour("accent"))
            change.setFontUnderline(True)
        if change.propertyCount():
            found.append((fragment.position(), fragment.length(), change))
        pieces += 1
    for start, length, change in found:
        cursor.setPosition(start)
        cursor.setPosition(start + length, _KEEP)
        cursor.mergeCharFormat(change)


def _dress_table(table: QTextTable, look: Appearance) -> None:
    form = QTextTableFormat(table.format())
    form.setBorder(1)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBorderBrush(QBrush(look.colour("rule")))
    form.setBorderCollapse(True)
    form.setCellPadding(look.px(_CELL))
    form.setCellSpacing(0)
    form.setTopMargin(look.px(4))
    form.setBottomMargin(look.px(14))
    form.setHeaderRowCount(1)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(form)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        cursor = cell.firstCursorPosition()
        cursor.setPosition(cell.lastCursorPosition().position(), _KEEP)
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.DemiBold)
        cursor.mergeCharFormat(bold)
        ground = cell.format()
        ground.setBackground(look.colour("hover"))
        cell.setFormat(ground)
