"""The keys of the queue: letters and digits are acts there, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from ikt_coder.core.rounds import DecisionKind
from ikt_coder.core.words import Valence
from ikt_coder.settings import SINGLE_LETTER_KEYS, Settings
from ikt_coder.ui.comparison.settle.deciding import Deciding
from ikt_coder.ui.comparison.settle.draft import AS_CODED, Way
from ikt_coder.ui.comparison.settle.edges import EdgeHold
from ikt_coder.ui.comparison.settle.wording import choice_words
from ikt_coder.ui.transcript.digits import digit_of

translate = QCoreApplication.translate

_BUSY = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_VALENCE = {
    "B": Valence.BARRIER,
    "F": Valence.FACILITATOR,
    "X": Valence.MIXED,
    "D": Valence.NEUTRAL,
}


class QueueKeys(QObject):
    """What each key does, and the menu that says so."""

    def __init__(
        self,
        settings: Settings,
        deciding: Deciding,
        hold: EdgeHold,
        acts: dict[str, tuple[str, Callable[[], object]]],
        parent: QObject,
    ) -> None:
        """``acts``: further acts by letter, with the words for them."""
        super().__init__(parent)
        self._settings = settings
        self._deciding = deciding
        self._hold = hold
        self._acts = acts

    def take(self, event: QKeyEvent) -> bool:
        """Act on a key of the queue; False where it is none of ours."""
        if self._hold.key(event):
            return True
        if event.modifiers() & _BUSY:
            return False
        key = Qt.Key(event.key()) if event.key() in _KNOWN else None
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run("\n")
            return True
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._deciding.withdraw()
            return True
        if key == Qt.Key.Key_Escape:
            self._deciding.let_go()
            return True
        if not self._settings.get(SINGLE_LETTER_KEYS):
            return False
        digit = digit_of(event)
        if digit is not None:
            self._hold.leave()
            return self._deciding.press(str(digit))
        letter = event.text().upper()
        return len(letter) == 1 and self._letter(letter)

    def _letter(self, letter: str) -> bool:
        if letter in ("S", "E"):
            self._hold.take(start=letter == "S")
            return True
        if letter in ("J", "K"):
            self._hold.leave()
            self._run(letter)
            return True
        if self._deciding.item is None:
            return letter in self._acts
        if letter in _VALENCE:
            wanted = _VALENCE[letter]
            same = self._deciding.draft.valence is wanted
            self._deciding.set_valence(AS_CODED if same else wanted)
            return True
        self._hold.leave()
        if letter == "A":
            self._deciding.take_way(Way(DecisionKind.DEFER))
        elif letter == "U":
            self._deciding.take_way(Way(DecisionKind.UNCLEAR))
        elif letter in self._acts:
            self._run(letter)
        else:
            return self._deciding.press(letter) or letter.isalnum()
        return True

    def _run(self, key: str) -> None:
        if key in self._acts:
            self._acts[key][1]()

    # -- the menu ---------------------------------------------------------------------------

    def open_menu(self, place: QPoint, window: QWidget) -> None:
        """Open the menu of the item, where there is one."""
        menu = self.menu(window)
        menu.aboutToHide.connect(menu.deleteLater)
        if menu.actions():
            menu.popup(place)

    def menu(self, window: QWidget) -> QMenu:
        """Every act with its key, for those who do not type letters."""
        deciding = self._deciding
        menu = QMenu(window)
        if deciding.item is None or deciding.study is None:
            return menu

        def add(words: str, key: str, act: Callable[[], object], *, able: bool = True) -> None:
            action = QAction(f"{words}\t{key}".replace("&", "&&"), menu)
            action.setEnabled(able)
            action.triggered.connect(lambda _on=False: act())
            menu.addAction(action)

        able = not deciding.why_not
        for choice in deciding.choices:
            words = choice_words(choice, deciding.study)
            add(words, choice.key, partial(deciding.press, choice.key), able=able)
        menu.addSeparator()
        for letter in ("C", "L"):
            add(*self._named(letter), able=able)
        add(
            translate("Settle", "Move the start edge"),
            "S",
            lambda: self._hold.take(start=True),
            able=able,
        )
        add(
            translate("Settle", "Move the end edge"),
            "E",
            lambda: self._hold.take(start=False),
            able=able,
        )
        menu.addSeparator()
        defer, unclear = Way(DecisionKind.DEFER), Way(DecisionKind.UNCLEAR)
        add(translate("Settle", "Defer…"), "A", lambda: deciding.take_way(defer), able=able)
        words = translate("Settle", "Mark the codebook as unclear…")
        add(words, "U", lambda: deciding.take_way(unclear), able=able)
        add(*self._named("M"))
        settled = deciding.item.decision is not None
        words = translate("Settle", "Open it again")
        add(words, translate("Settle", "Del"), deciding.withdraw, able=able and settled)
        menu.addSeparator()
        add(*self._named("O"))
        return menu

    def _named(self, letter: str) -> tuple[str, str, Callable[[], object]]:
        words, act = self._acts[letter]
        return words, letter, act


_KNOWN = frozenset(
    int(key)
    for key in (
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Delete,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Escape,
    )
)
