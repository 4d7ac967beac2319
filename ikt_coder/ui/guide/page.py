"""One chapter on paper: pictures as wide as the page, links, and the words that were sought."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QImage, QPainter, QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QStyle, QTextBrowser, QTextEdit, QWidget

from ikt_coder import paths
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.guide.chapters import Chapter
from ikt_coder.ui.guide.dress import TEXT, dress

_EDGE = 28
_MEASURE = 760
"""Pixels at 100 %: the longest line."""


class GuidePage(QTextBrowser):
    """Tab goes from link to link, Enter follows; the words can be selected and copied."""

    followed = Signal(str)
    """The address of a link that was clicked, as it stands in the chapter."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._chapter: Chapter | None = None
        self._sought = ""
        self._drawn = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._draw)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("surface", "paper")
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_EDGE)
        self.anchorClicked.connect(lambda address: self.followed.emit(address.toString()))
        appearance.changed.connect(self._draw)

    def show_chapter(self, chapter: Chapter, heading: str = "") -> None:
        """Show a chapter from its beginning, or from one of its headings (as in an address)."""
        self._chapter = chapter
        self.setAccessibleName(self.tr("Guide: {title}").format(title=chapter.title))
        self._draw()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)
        if heading:
            self._go_to_heading(heading)

    def chapter(self) -> Chapter | None:
        return self._chapter

    # -- finding ----------------------------------------------------------------------------

    def seek(self, words: str) -> int:
        """Mark every place of some words; returns how many there are."""
        self._sought = words
        places = found_in(self.document(), words)
        marks = []
        for place in places:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = place
            mark.format.setBackground(self._appearance.colour("selection"))
            marks.append(mark)
        self.setExtraSelections(marks)
        return len(places)

    def next_place(self, by: int) -> bool:
        """Go to the next (1) or the former (-1) place of the words; False where none is left."""
        places = found_in(self.document(), self._sought)
        here = self.textCursor()
        if by > 0:
            at = here.selectionEnd()
            place = next((one for one in places if one.selectionStart() >= at), None)
        else:
            at = here.selectionStart()
            place = next((one for one in reversed(places) if one.selectionEnd() <= at), None)
        if place is None:
            return False
        self.setTextCursor(place)
        self.ensureCursorVisible()
        return True

    def go_to_end(self) -> None:
        """Put the caret behind the last word."""
        self.moveCursor(QTextCursor.MoveOperation.End)

    def _go_to_heading(self, wanted: str) -> None:
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and anchor_of(block.text()) == wanted:
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.setTextCursor(QTextCursor(block))
                self.verticalScrollBar().setValue(int(top) - _EDGE // 2)
                return
            block = block.next()

    # -- drawing ----------------------------------------------------------------------------

    def _draw(self) -> None:
        self._later.stop()
        if self._chapter is None:
            return
        look, bar = self._appearance, self.verticalScrollBar()
        share = bar.value() / bar.maximum() if bar.maximum() else 0.0
        caret = self.textCursor().position()
        self._drawn = self.width()
        document = self.document()
        # A document keeps the pictures that it was given once, at their former size.
        document.clear()
        font = look.font()
        font.setPixelSize(look.px(TEXT))
        document.setDefaultFont(font)
        self.setMarkdown(self._chapter.text)
        dress(document, look)
        frame = document.rootFrame()
        margins = frame.frameFormat()
        margins.setRightMargin(_EDGE + self._room() - self._measure())
        frame.setFrameFormat(margins)
        kept = QTextCursor(document)
        kept.setPosition(min(caret, document.characterCount() - 1))
        self.setTextCursor(kept)
        bar.setValue(round(share * bar.maximum()))
        self.seek(self._sought)

    def _room(self) -> int:
        """Pixels for words, with a scroll bar or without: its coming must change nothing."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        return max(200, self.width() - bar - 2 * _EDGE - 2)

    def _measure(self) -> int:
        return min(self._room(), self._appearance.px(_MEASURE))

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """The picture of a chapter, as wide as the page at most; the dark one where there is
        one and the window is dark."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        try:
            image = QImage(str(self._file(QUrl(name).toString())))
        except FileNotFoundError:
            # The words are worth reading without it; its description stands in its place.
            return None
        if image.isNull():
            return None
        ratio = self.devicePixelRatioF()
        width = min(image.width(), round(self._measure() * ratio))
        smooth = Qt.TransformationMode.SmoothTransformation
        shown = image.convertToFormat(QImage.Format.Format_RGB32).scaledToWidth(width, smooth)
        # The edge of a window would be lost on paper of the same colour.
        painter = QPainter(shown)
        painter.setPen(self._appearance.colour("field_edge"))
        painter.drawRect(shown.rect().adjusted(0, 0, -1, -1))
        painter.end()
        shown.setDevicePixelRatio(ratio)
        return shown

    def _file(self, name: str) -> Path:
        file = paths.guide(name)
        dark = file.with_name(f"{file.stem}-dark{file.suffix}")
        return dark if self._appearance.is_dark and dark.exists() else file

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Not at once: the words being set may be what makes the room smaller.
        if self._chapter is not None and self.width() != self._drawn:
            self._later.start()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.px(240), self._appearance.px(160))


def found_in(document: QTextDocument, words: str) -> list[QTextCursor]:
    """Every place of some words in a document, whatever their case, as selections."""
    places = []
    place = document.find(words) if words.strip() else QTextCursor()
    while not place.isNull():
        places.append(place)
        place = document.find(words, place)
    return places


def anchor_of(heading: str) -> str:
    """What a heading is called in an address, as code hosts make it of its words."""
    kept = "".join(c for c in heading.lower() if c.isalnum() or c in " -_")
    return kept.replace(" ", "-")
