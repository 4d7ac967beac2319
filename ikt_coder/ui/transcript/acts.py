"""Every act of the transcript as a QAction: text, keys, and a sentence for help."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ikt_coder.core.frozen import frozen

translate = QCoreApplication.translate

PREFIX = "Ctrl+J"
"""Each single letter also works after this key."""


@frozen
class Act:
    """What is known of an act before there is a window. ``writes``: it changes the project."""

    name: str
    text: str
    keys: tuple[str, ...]
    help: str
    group: str
    writes: bool = True


def declared() -> tuple[Act, ...]:
    """All acts in the order of menus, in the present language."""
    rows = (
        Act(
            "code_with",
            translate("Acts", "Code with…"),
            ("Return", "Enter", "Ctrl+K"),
            translate("Acts", "Find or create a code for the selected words."),
            "code",
        ),
        Act(
            "repeat",
            translate("Acts", "Code with the last code"),
            ("Q",),
            translate("Acts", "Code the selected words with the code used last."),
            "code",
        ),
        Act(
            "in_vivo",
            translate("Acts", "In-vivo code"),
            ("V",),
            translate("Acts", "Make a code of the selected words themselves and apply it."),
            "code",
        ),
        Act(
            "new_code",
            translate("Acts", "New code…"),
            ("N",),
            translate("Acts", "Name a new code and code the selected words with it."),
            "code",
        ),
        Act(
            "memo",
            translate("Acts", "Memo"),
            ("M",),
            translate("Acts", "Write a memo on the coding, or on the selected words."),
            "coding",
        ),
        Act(
            "change_code",
            translate("Acts", "Change code…"),
            ("C",),
            translate("Acts", "Give the coding another code; its edges stay."),
            "coding",
        ),
        Act(
            "remove",
            translate("Acts", "Remove coding"),
            ("U", "Del", "Backspace"),
            translate("Acts", "Remove the coding at the caret; the text stays."),
            "coding",
        ),
        Act(
            "grab_start",
            translate("Acts", "Move start edge"),
            ("S",),
            translate("Acts", "Then the arrows move it, with Ctrl by words; Enter keeps it."),
            "coding",
        ),
        Act(
            "grab_end",
            translate("Acts", "Move end edge"),
            ("E",),
            translate("Acts", "Then the arrows move it, with Ctrl by words; Enter keeps it."),
            "coding",
        ),
        Act(
            "barrier",
            translate("Acts", "Barrier"),
            ("B",),
            translate("Acts", "Mark the coding as a barrier; once more clears it."),
            "valence",
        ),
        Act(
            "facilitator",
            translate("Acts", "Facilitator"),
            ("F",),
            translate("Acts", "Mark the coding as a facilitator; once more clears it."),
            "valence",
        ),
        Act(
            "mixed",
            translate("Acts", "Mixed"),
            ("X",),
            translate("Acts", "Mark the coding as both; once more clears it."),
            "valence",
        ),
        Act(
            "neutral",
            translate("Acts", "Neutral"),
            ("D",),
            translate("Acts", "Mark the coding as neither; once more clears it."),
            "valence",
        ),
        Act(
            "levels",
            translate("Acts", "Levels…"),
            ("L",),
            translate("Acts", "Choose the levels the coding speaks of."),
            "attribute",
        ),
        Act(
            "star",
            translate("Acts", "Quotable"),
            ("P",),
            translate("Acts", "Star the coding as worth quoting."),
            "attribute",
        ),
        Act(
            "unsure",
            translate("Acts", "Unsure"),
            ("G",),
            translate("Acts", "Mark the coding as one to come back to."),
            "attribute",
        ),
        Act(
            "cycle",
            translate("Acts", "Next code at the caret"),
            ("O",),
            translate("Acts", "Go through the codings that overlap at the caret."),
            "go",
            writes=False,
        ),
        Act(
            "next",
            translate("Acts", "Next coding"),
            ("J",),
            translate("Acts", "Go to the next coding in the text."),
            "go",
            writes=False,
        ),
        Act(
            "previous",
            translate("Acts", "Previous coding"),
            ("K",),
            translate("Acts", "Go to the previous coding in the text."),
            "go",
            writes=False,
        ),
        Act(
            "describe",
            translate("Acts", "Show codes at the caret"),
            ("Ctrl+I",),
            translate("Acts", "Lists and reads aloud the codings at the caret."),
            "go",
            writes=False,
        ),
        Act(
            "passages",
            translate("Acts", "Show passages of this code"),
            (),
            translate("Acts", "List all passages with the code of the coding."),
            "go",
            writes=False,
        ),
        Act(
            "widen",
            translate("Acts", "Widen selection"),
            ("W",),
            translate("Acts", "From word to sentence, paragraph and turn."),
            "select",
            writes=False,
        ),
        Act(
            "narrow",
            translate("Acts", "Narrow selection"),
            ("Shift+W",),
            translate("Acts", "Back from turn to paragraph, sentence and word."),
            "select",
            writes=False,
        ),
        Act(
            "find",
            translate("Acts", "Find in this document…"),
            ("Ctrl+F",),
            translate("Acts", "Find words in the transcript."),
            "edit",
            writes=False,
        ),
        Act(
            "mend",
            translate("Acts", "Mend the text"),
            ("Ctrl+E",),
            translate("Acts", "Correct typing errors; the codings move along."),
            "edit",
        ),
    )
    digits = tuple(
        Act(
            f"digit_{digit}",
            translate("Acts", "Code on key {digit}").format(digit=digit),
            (),
            translate("Acts", "Apply the pinned or recent code on this digit of the top row."),
            "digits",
        )
        for digit in range(1, 10)
    )
    return rows + digits


class TranscriptActs(QObject):
    """The actions, by name and by group. The main window puts them into its menus."""

    def __init__(self, pane: QWidget, view: QWidget) -> None:
        super().__init__(view)
        self._acts = declared()
        self._pane = pane
        self._actions: dict[str, QAction] = {}
        self._letters = True
        for act in self._acts:
            action = QAction(act.text, self)
            action.setObjectName(act.name)
            action.setToolTip(act.help)
            action.setStatusTip(act.help)
            self._actions[act.name] = action
            with_modifier = any("Ctrl+" in key for key in act.keys)
            if with_modifier and not _has_plain_key(act):
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                view.addAction(action)
            else:
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
                pane.addAction(action)
        self.set_letters(True)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def names(self) -> tuple[str, ...]:
        return tuple(self._actions)

    def group(self, name: str) -> tuple[QAction, ...]:
        """The actions of one group: code, coding, valence, attribute, go, select, edit, digits."""
        return tuple(self._actions[act.name] for act in self._acts if act.group == name)

    def on(self, name: str, do: Callable[[], object]) -> None:
        self._actions[name].triggered.connect(lambda _checked=False: do())

    def name_digit(self, digit: int, code: str | None) -> None:
        """Say in menus which code is on a digit."""
        if code is None:
            text = translate("Acts", "Code on key {digit}").format(digit=digit)
        else:
            text = f"{digit}  {code}".replace("&", "&&")
        self._actions[f"digit_{digit}"].setText(text)

    def set_letters(self, on: bool) -> None:
        """Let single letters act, or only after the prefix key."""
        self._letters = on
        for act in self._acts:
            keys = []
            for key in act.keys:
                if not _is_letter(key):
                    keys.append(QKeySequence(key))
                    continue
                if on:
                    keys.append(QKeySequence(key))
                keys.append(QKeySequence(f"{PREFIX}, {key}"))
            self._actions[act.name].setShortcuts(keys)

    def set_writing(self, allowed: bool, why_not: str = "") -> None:
        """Enable or disable every act that writes; the reason becomes the help."""
        for act in self._acts:
            if act.writes:
                action = self._actions[act.name]
                action.setEnabled(allowed)
                action.setToolTip(act.help if allowed else why_not)
                action.setStatusTip(act.help if allowed else why_not)

    def set_coding(self, on: bool) -> None:
        """Enable the keys of coding, or leave every key to the typing (mending)."""
        for act in self._acts:
            if act.name not in ("mend", "find"):
                self._actions[act.name].setEnabled(on)

    def has_key(self, text: str) -> bool:
        """Whether a plain key belongs to an act (to explain why it does nothing now)."""
        return any(key.upper() == text.upper() for act in self._acts for key in act.keys)


def _is_letter(key: str) -> bool:
    return len(key.removeprefix("Shift+")) == 1 and "Ctrl" not in key


def _has_plain_key(act: Act) -> bool:
    return any("Ctrl+" not in key for key in act.keys)
