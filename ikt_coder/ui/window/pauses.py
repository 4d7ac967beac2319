"""Garbage is looked for while the hand rests, so that no act has to wait for it."""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

from ikt_coder.ui.context import Context

PAUSE = 3000
"""Milliseconds without an act, after which everything is looked through."""

_THRESHOLDS = (5000, 20, 50)
"""What is young is looked through every few acts; everything, which takes tens of
milliseconds with a large document open, only where no pause comes for very long."""

_LONG = 0.03
"""Seconds. What takes longer to look through is not looked through a second time."""


class CollectionInPauses(QObject):
    """Collects garbage when nothing was done for a moment."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.set_threshold(*_THRESHOLDS)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._collect)
        context.signals.changed.connect(lambda _changes: self._pause.start())

    def stop(self) -> None:
        self._pause.stop()

    @staticmethod
    def _collect() -> None:
        began = time.perf_counter()
        gc.collect()
        if time.perf_counter() - began > _LONG:
            # Much is in memory that stays: a large project's texts, a long list. The person
            # would feel every later pause; leaving the project looks at it again.
            gc.freeze()
