"""Sentences whose figures open what they count."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from html import escape
from string import Formatter

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QLabel

from ikt_coder.core.frozen import frozen
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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._look.set_focus_by_keyboard(False)
        super().mousePressEvent(event)
