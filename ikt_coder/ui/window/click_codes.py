"""Says at the foot of the window while a click on a code would code the selected words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject

from ikt_coder.ui.transcript.view import TranscriptView
from ikt_coder.ui.widgets.status_line import StatusLine


class ClickCodes(QObject):
    """Words stay selected after they were coded, so that several codes can follow: who then
    clicks a code only to read about it must be able to see what the click does."""

    def __init__(self, transcript: TranscriptView, status: StatusLine) -> None:
        super().__init__(transcript)
        self._transcript = transcript
        self._status = status
        self._said = False
        transcript.selection_changed.connect(self._look)
        transcript.document_shown.connect(self._look)
        end = transcript.settings.subscribe(lambda *_: self._look())
        self.destroyed.connect(lambda _=None: end())
        transcript.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._look()
        elif event.type() == QEvent.Type.Hide:
            self._say(False)
        return super().eventFilter(watched, event)

    def _look(self, *_: object) -> None:
        self._say(self._transcript.hand.click_applies())

    def _say(self, applies: bool) -> None:
        if applies == self._said:
            return  # with every character of a selection that grows
        self._said = applies
        words = self.tr("A click on a code codes the selected words")
        hint = self.tr("Esc in the text leaves them; a click on a code then only shows it.")
        self._status.set_state("click", words if applies else "", hint, passing=True)
