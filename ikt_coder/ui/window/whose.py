"""The choice of whose codings the text shows: a pill in its heading, and in the View menu."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.words import Whose
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.pill import Pill


class WhoseChoice(QObject):
    """Mine, every coder's, or the analysis layer. The pill stands there where there is a choice:
    with a second coder."""

    chosen = Signal(object)
    """A :class:`~ikt_coder.core.words.Whose`."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.current = Whose.MINE
        self._sealed = ""
        self.pill = Pill(context.appearance, opens=True, parent=parent)
        self.pill.clicked.connect(self.open_menu)
        self._group = QActionGroup(self)
        for whose, words in (
            (Whose.MINE, self.tr("&Mine")),
            (Whose.EVERYONE, self.tr("&Every coder’s")),
            (Whose.LAYER, self.tr("The &analysis layer")),
        ):
            action = QAction(words, self)
            action.setCheckable(True)
            action.setData(whose.value)
            self._group.addAction(action)
        self._words = [action.text() for action in self._group.actions()]
        self._group.triggered.connect(lambda action: self.choose(Whose(action.data())))
        context.signals.changed.connect(self._changed)
        self.show_current()

    def actions(self) -> list[QAction]:
        return self._group.actions()

    def show_sealed(self, until: str) -> None:
        """Say of the document that is shown until when it is sealed; empty where it is not. Of a
        sealed one there are one's own codings alone, whatever is chosen for the others."""
        if until == self._sealed:
            return
        self._sealed = until
        for action, words in zip(self.actions(), self._words, strict=True):
            open_ = not until or action.data() == Whose.MINE.value
            action.setEnabled(open_)
            action.setText(words if open_ else f"{words} ({until})")
        self.show_current()

    def choose(self, whose: Whose) -> None:
        """Show these codings from now on."""
        if whose is not self.current:
            self.current = whose
            self.chosen.emit(whose)
        self.show_current()

    def show_current(self) -> None:
        """Say and check what is chosen; hide the pill where there is nothing to choose."""
        words = ""
        shown = Whose.MINE if self._sealed else self.current
        for action in self.actions():
            here = action.data() == shown.value
            action.setChecked(here)
            words = action.text().replace("&", "") if here else words
        self.pill.setToolTip(self._sealed[:1].upper() + self._sealed[1:])
        several = len(self._context.project.coders.everyone()) > 1
        self.pill.set_words(self.tr("Show"), words)
        self.pill.setVisible(several or self.current is not Whose.MINE)

    def open_menu(self) -> None:
        menu = QMenu(self.pill)
        menu.addActions(self.actions())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.pill.mapToGlobal(self.pill.rect().bottomLeft()))

    def _changed(self, changes: Changes) -> None:
        if changes.touches("coder"):
            self.show_current()
