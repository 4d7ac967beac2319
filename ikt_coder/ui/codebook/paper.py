"""A page of rich words to read, which follows the look."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from ikt_coder.ui.appearance.style import Appearance


class Paper(QTextBrowser):
    """Shows what ``make`` returns, made anew when the look changes; links are told."""

    link = Signal(str)

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._make: Callable[[], str] = str
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("surface", "paper")
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(16)
        self.anchorClicked.connect(self._clicked)
        appearance.changed.connect(self._show)

    def show_made(self, make: Callable[[], str], *, same: bool = False) -> None:
        """Show the HTML that ``make`` returns; ``same`` keeps the scroll place."""
        self._make = make
        place = self.verticalScrollBar().value() if same else 0
        self._show()
        self.verticalScrollBar().setValue(place)

    def _show(self) -> None:
        look = self._appearance
        place = self.verticalScrollBar().value()
        self.document().setDefaultFont(look.font())
        self.document().setDefaultStyleSheet(
            f"body, td {{ color: {look.colour('ink').name()}; }}"
            f"a {{ color: {look.colour('accent').name()}; }}"
            f".dim {{ color: {look.colour('dim').name()}; }}"
        )
        self.setHtml(self._make())
        self.verticalScrollBar().setValue(place)

    def _clicked(self, address: QUrl) -> None:
        self.link.emit(address.toString())
