"""The digits 1 to 9: pinned codes on their own digit, recent codes on the others."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from ikt_coder.core.words import Origin
from ikt_coder.settings import SINGLE_LETTER_KEYS
from ikt_coder.ui.transcript.gesture import Gesture

if TYPE_CHECKING:
    from ikt_coder.ui.transcript.view import TranscriptView

translate = QCoreApplication.translate

DIGITS = range(1, 10)
_MAC = {18: 1, 19: 2, 20: 3, 21: 4, 23: 5, 22: 6, 26: 7, 28: 8, 25: 9}
_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
    | Qt.KeyboardModifier.ShiftModifier
)


def digit_of(event: QKeyEvent) -> int | None:
    """The digit of the top row that was pressed, by physical key where that is known.

    On a French keyboard the unshifted top row types & é " and so on: only the place of the
    key tells. The keypad is left out.
    """
    modifiers = event.modifiers()
    if modifiers & Qt.KeyboardModifier.KeypadModifier or modifiers & _MODIFIERS:
        return None
    platform = QGuiApplication.platformName()
    scan = event.nativeScanCode()
    digit: int | None = None
    if sys.platform == "darwin":
        digit = _MAC.get(event.nativeVirtualKey())
    elif platform == "windows":
        digit = scan - 1
    elif platform in ("xcb", "wayland", "wayland-egl"):
        digit = scan - 9  # evdev codes, eight higher: the key of "1" is 10
    if digit is not None and digit in DIGITS:
        return digit
    number = event.key() - int(Qt.Key.Key_0)
    return number if scan == 0 and number in DIGITS else None


class DigitKeys(Gesture):
    """Which code is on which digit, and the pressing of one."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self._recent: list[UUID] | None = None
        self._on: dict[int, UUID] | None = None
        self._said: tuple[bool, list[str | None]] | None = None

    def recent(self) -> list[UUID]:
        """The codes used lately, the latest first."""
        return list(self._view.desk.recent_codes())

    def codes(self) -> dict[int, UUID]:
        """The code on each digit that has one."""
        if self._on is None:
            self._on = self._assign()
        return self._on

    def _assign(self) -> dict[int, UUID]:
        view = self._view
        on: dict[int, UUID] = {}
        for code in view.code_rows():
            if code.pin is not None and code.applicable:
                on[code.pin] = code.id
        if self._recent is None:
            self._recent = list(view.desk.recent_codes())
        taken = set(on.values())
        # In the order of the tree, so that a digit keeps its code while the same are in use.
        recent = [c for c in self._recent if c not in taken and view.code_row(c) is not None]
        free = [digit for digit in DIGITS if digit not in on]
        on.update(zip(free, recent, strict=False))
        return on

    def used(self, code: UUID) -> None:
        """A code was applied: it joins the recent ones without moving those that are there."""
        if self._recent is None:
            self._recent = list(self._view.desk.recent_codes())
        if code not in self._recent:
            self._recent = [*self._recent[:8], code]
        self.refresh()

    def renew(self) -> None:
        """Ask the project again which codes are recent; those that stay keep their order."""
        before, now = self._recent or [], self.recent()
        kept = [code for code in before if code in now]
        self._recent = kept + [code for code in now if code not in kept]
        self.refresh()

    def refresh(self) -> None:
        """Say anew, in menus and in the legend, which code is on which digit."""
        self._on = None
        on = self.codes()
        names = [self._view.code_name(on[digit]) if digit in on else None for digit in DIGITS]
        said = (self._view.content is not None, names)
        if said == self._said:
            return  # after most acts
        self._said = said
        for digit, name in zip(DIGITS, names, strict=True):
            self._view.acts.name_digit(digit, name)
        self._view.legend.refresh()
        self._view.digits_changed.emit()

    def apply(self, digit: int) -> None:
        """Code the selection with the code on ``digit``."""
        code = self.codes().get(digit)
        if code is None:
            self._view.hint(
                translate("Transcript", "There is no code on {digit} yet.").format(digit=digit),
                translate(
                    "Transcript", "Pin one in the codebook, or apply codes and they line up."
                ),
            )
        else:
            self._view.hand.apply(code, Origin.HAND)

    def key(self, event: QKeyEvent) -> bool:
        if self._view.mending.active or not self._view.settings.get(SINGLE_LETTER_KEYS):
            return False
        digit = digit_of(event)
        if digit is None:
            return False
        self.apply(digit)
        return True
