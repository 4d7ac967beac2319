"""Sentences whose figures open what they count."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from html import escape
from string import Formatter
from typing import Any

from PySide6.QtCore import QCoreApplication, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QTextDocument, QTextLine
from PySide6.QtWidgets import QLabel

from ikt_coder.core.frozen import frozen
from ikt_coder.ui.appearance.focus_ring import paint_focus_ring
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.announce import announce

translate = QCoreApplication.translate


@frozen
class Opening:
    """A figure in a sentence, and what it opens; ``pixels`` is the size of a large one."""

    words: str
    opens: Hashable
    strong: bool = False
    pixels: int = 0


@frozen
class Said:
    """Plain words and figures in the order they are read."""

    parts: tuple[str | Opening, ...] = ()

    @property
    def plain(self) -> str:
        return "".join(part.words if isinstance(part, Opening) else part for part in self.parts)

    @property
    def figures(self) -> tuple[Opening, ...]:
        return tuple(part for part in self.parts if isinstance(part, Opening))

    def __bool__(self) -> bool:
        return bool(self.plain)


def sentence(template: str, **values: str | Opening | Said) -> Said:
    """A sentence with figures in its places: ``sentence("{n} documents", n=Opening(…))``."""
    parts: list[str | Opening] = []
    for words, name, _form, _conversion in Formatter().parse(template):
        if words:
            parts.append(words)
        if name is not None:
            value = values[name]
            parts += value.parts if isinstance(value, Said) else (value,)
    return Said(tuple(parts))


def joined(sentences: Iterable[Said], between: str) -> Said:
    """Several sentences in a line; those without words are left out."""
    parts: list[str | Opening] = []
    for said in sentences:
        if said:
            parts += (between, *said.parts) if parts else said.parts
    return Said(tuple(parts))


AROUND = 3
"""Pixels left and right of the words, for the ring around a figure that has the keyboard."""


class OpeningWords(QLabel):
    """A sentence on the screen. A click on a figure opens it; with the keyboard Tab goes from
    figure to figure and Enter opens."""

    opened = Signal(object)

    def __init__(self, appearance: Appearance, *, role: str = "ink") -> None:
        super().__init__()
        self._look, self._role = appearance, role
        self.said = Said()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setContentsMargins(AROUND, 0, AROUND, 0)
        self.linkActivated.connect(self._open)
        appearance.changed.connect(self._write)

    def show_said(self, said: Said) -> None:
        """Show a sentence. Without a figure in it Tab passes it by."""
        self.said = said
        flags = Qt.TextInteractionFlag.NoTextInteraction
        if said.figures:
            flags = (
                Qt.TextInteractionFlag.LinksAccessibleByMouse
                | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
            )
        self.setTextInteractionFlags(flags)
        self.setAccessibleName(said.plain)
        self.setAccessibleDescription(
            translate("Compare", "Tab goes from figure to figure, Enter opens it")
            if said.figures
            else ""
        )
        self._write()

    def _write(self) -> None:
        ink, colour = (self._look.colour(role).name() for role in ("ink", self._role))
        written = []
        place = 0
        for part in self.said.parts:
            if isinstance(part, Opening):
                words = escape(part.words)
                words = f"<b>{words}</b>" if part.strong else words
                face = (
                    f"color:{ink};font-size:{part.pixels}px" if part.pixels else f"color:{colour}"
                )
                written.append(f'<a href="{place}" style="{face}">{words}</a>')
                place += 1
            else:
                written.append(escape(part).replace("\n", "<br>"))
        self.setText("".join(written))

    def _open(self, place: str) -> None:
        self.opened.emit(self.said.figures[int(place)].opens)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tell which figure the keyboard came to."""
        self._look.set_focus_by_keyboard(True)
        moved = super().focusNextPrevChild(forward)
        if self.hasFocus() and self.hasSelectedText():
            announce(self, self.selectedText())
        return moved

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab comes to the first figure, not to the sentence."""
        super().focusInEvent(event)
        tabbed = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if event.reason() in tabbed:
            self.focusNextPrevChild(event.reason() is tabbed[0])

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.hasSelectedText() and self._look.focus_by_keyboard:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_focus_ring(painter, self._chosen_place(), 3, self._look)

    def _chosen_place(self) -> QRect:
        """Where the figure stands that the keyboard came to; a label does not tell, so the
        sentence is laid out once more as it is shown."""
        laid = QTextDocument()
        laid.setDocumentMargin(0)
        laid.setDefaultFont(self.font())
        laid.setHtml(self.text())
        room = self.contentsRect()
        if self.wordWrap():
            laid.setTextWidth(room.width())
        whole = laid.size()  # lays it out
        block = laid.findBlock(self.selectionStart())
        layout, at = block.layout(), self.selectionStart() - block.position()
        line = layout.lineForTextPosition(at)
        if not line.isValid():
            return self.rect()
        end = min(at + len(self.selectedText()), line.textStart() + line.textLength())
        left, right = _across(line, at), _across(line, end)
        above = laid.documentLayout().blockBoundingRect(block).top()
        above += room.top() + (room.height() - whole.height()) / 2
        ring = QRectF(room.left() + left, above + line.y(), right - left, line.height())
        return ring.toAlignedRect().adjusted(-AROUND, 0, AROUND, 0).intersected(self.rect())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._look.set_focus_by_keyboard(False)
        super().mousePressEvent(event)


def _across(line: QTextLine, at: int) -> float:
    """How far from the left a position stands."""
    # The binding answers (x, position it took), where C++ answers x.
    found: Any = line.cursorToX(at)
    return float(found[0] if isinstance(found, tuple) else found)
