"""Every key of the program, read from its actions, and the gestures beside them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt
from PySide6.QtGui import QAction, QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from ikt_coder.core.frozen import frozen
from ikt_coder.ui.preferences.former_tools import habits
from ikt_coder.ui.transcript.acts import PREFIX, Act, declared
from ikt_coder.ui.widgets.roles import ItemRole

translate = QCoreApplication.translate
_NATIVE = QKeySequence.SequenceFormat.NativeText


@frozen
class KeyRow:
    """What a key or a gesture does; ``help`` may be empty."""

    does: str
    key: str
    help: str = ""
    strong: int = 0
    """How many UTF-16 units at the beginning of ``does`` are semibold."""

    def holds(self, wanted: str) -> bool:
        text = f"{self.does}\n{self.key}\n{self.help}".casefold()
        return all(part in text for part in wanted.casefold().split())


Groups = list[tuple[str, list[KeyRow]]]


def all_keys(window: QWidget | None) -> Groups:
    """The keys of the transcript, of the picker and of the menus of ``window``, by group."""
    groups = _transcript_groups()
    groups.append((translate("Keys", "In the picker"), _picker_rows()))
    groups.append((translate("Keys", "In the codings of a theme"), _theme_coding_rows()))
    groups.append((translate("Keys", "In the quotes of a theme"), _quote_rows()))
    groups.append((translate("Keys", "In the queue of Settle"), _settle_rows()))
    groups.append((translate("Keys", "By mouse"), _gesture_rows()))
    known = {act.name for act in declared()}
    if isinstance(window, QMainWindow):
        for action in window.menuBar().actions():
            menu = action.menu()
            if not isinstance(menu, QMenu):
                continue
            rows = [_menu_row(a) for a in _entries(menu) if a.objectName() not in known]
            rows = [row for row in rows if row.key]
            if rows:
                title = translate("Keys", "Menu {name}").format(name=_plain(action.text()))
                groups.append((title, rows))
    return groups


def former_tool(tool: str) -> Groups:
    """The map of a former tool: "there → here"."""
    title = translate("Keys", "There → here")
    rows = [
        KeyRow(
            f"{h.there} → {h.here}", _native(h.key), strong=len(h.there.encode("utf-16-le")) // 2
        )
        for h in habits(tool)
    ]
    return [(title, rows)]


def _units(text: str) -> int:
    """How many UTF-16 units a text has, which is what Qt counts."""
    return len(text.encode("utf-16-le")) // 2


def _transcript_groups() -> Groups:
    titles = {
        "code": translate("Keys", "Coding the selected words"),
        "digits": translate("Keys", "Coding the selected words"),
        "coding": translate("Keys", "The coding at the caret"),
        "valence": translate("Keys", "The coding at the caret"),
        "attribute": translate("Keys", "The coding at the caret"),
        "go": translate("Keys", "Moving about in the transcript"),
        "select": translate("Keys", "Moving about in the transcript"),
        "edit": translate("Keys", "The text"),
    }
    groups: dict[str, list[KeyRow]] = {}
    digits = [act for act in declared() if act.group == "digits"]
    for act in declared():
        if act.group == "digits":
            continue
        groups.setdefault(titles[act.group], []).append(_act_row(act))
    groups[titles["go"]].append(
        KeyRow(
            translate("Keys", "Next and previous paragraph"),
            " / ".join(_native(keys) for keys in ("Ctrl+Down", "Ctrl+Up")),
            translate("Keys", "With Shift: select up to there."),
        )
    )
    if digits:
        groups[titles["digits"]].append(
            KeyRow(
                translate("Keys", "Pinned and recent codes"),
                f"1 – {len(digits)}",
                translate("Keys", "The keys of the top row, whatever is printed on them."),
            )
        )
    note = translate(
        "Keys", "Single letters act in the transcript; each also works after {prefix}."
    ).format(prefix=_native(PREFIX))
    first = next(iter(groups))
    groups[first].append(KeyRow(note, ""))
    return list(groups.items())


def _act_row(act: Act) -> KeyRow:
    shown = list(dict.fromkeys(_native(key) for key in act.keys))
    return KeyRow(act.text, " / ".join(shown), act.help)


def _picker_rows() -> list[KeyRow]:
    return [
        KeyRow(translate("Keys", "Apply the code, or make it where it is new"), "Enter"),
        KeyRow(translate("Keys", "Apply it and stay open"), _native("Shift+Return")),
        KeyRow(translate("Keys", "Leave without coding"), "Esc"),
    ]


def _theme_coding_rows() -> list[KeyRow]:
    return [
        KeyRow(translate("Keys", "It supports, qualifies, contradicts the theme"), "S / Q / C"),
        KeyRow(translate("Keys", "Star it, or take the star off"), "P"),
        KeyRow(translate("Keys", "Accept it as a quote, or drop the quote"), "A"),
        KeyRow(translate("Keys", "Show it in its transcript"), _native("Return")),
    ]


def _settle_rows() -> list[KeyRow]:
    result = translate("Keys", "Holds for the choice that follows")
    return [
        KeyRow(translate("Keys", "Next, previous difference; also in Side by side"), "J / K"),
        KeyRow(translate("Keys", "Keep the version of that column"), "1 / 2 / 3"),
        KeyRow(translate("Keys", "Both together, none of them"), "T / Z"),
        KeyRow(translate("Keys", "Only what all have coded, where edges differ"), "I"),
        KeyRow(translate("Keys", "Another code"), "C"),
        KeyRow(translate("Keys", "Write the reason; in Side by side: settle"), _native("Return")),
        KeyRow(translate("Keys", "Why, while the reason is written"), "Ctrl+1 – Ctrl+5"),
        KeyRow(translate("Keys", "Barrier, facilitator, mixed, neutral"), "B / F / X / D", result),
        KeyRow(translate("Keys", "Levels"), "L", result),
        KeyRow(translate("Keys", "Take hold of the start or the end"), "S / E", result),
        KeyRow(translate("Keys", "Defer to the adjudicator"), "A"),
        KeyRow(translate("Keys", "The codebook is unclear"), "U"),
        KeyRow(translate("Keys", "A note, or a dissent"), "M"),
        KeyRow(translate("Keys", "Open a settled difference again"), _native("Del")),
        KeyRow(translate("Keys", "Show it in its transcript"), "O"),
    ]


def _quote_rows() -> list[KeyRow]:
    words = translate("Keys", "Among its words, after Change…")
    return [
        KeyRow(translate("Keys", "Accept a proposal"), "A"),
        KeyRow(translate("Keys", "Change edges or wording"), "E"),
        KeyRow(translate("Keys", "Drop the quote"), _native("Del")),
        KeyRow(
            translate("Keys", "Earlier, later among the quotes"),
            f"{_native('Ctrl+Up')} / {_native('Ctrl+Down')}",
        ),
        KeyRow(translate("Keys", "Change the wording, leave out"), "W / O", words),
        KeyRow(translate("Keys", "Replace a name"), "N", words),
        KeyRow(translate("Keys", "Quote the selected words"), "Q", words),
        KeyRow(translate("Keys", "Print it as it was said"), "R", words),
    ]


def _gesture_rows() -> list[KeyRow]:
    return [
        KeyRow(
            translate("Keys", "Apply a code"),
            "",
            translate(
                "Keys",
                "Drag the selected words onto the code, drag the code onto the words, or "
                "select and click the code.",
            ),
        ),
        KeyRow(
            translate("Keys", "List the passages of a code"),
            "",
            translate("Keys", "Double-click the code."),
        ),
        KeyRow(
            translate("Keys", "Show a passage in its context"),
            "",
            translate("Keys", "Click it in the list."),
        ),
        KeyRow(
            translate("Keys", "Move a coding's edge"),
            "",
            translate("Keys", "Drag the edge in the text."),
        ),
        KeyRow(
            translate("Keys", "Code, recent codes, in vivo"),
            "",
            translate("Keys", "Right-click the selected words."),
        ),
    ]


def _entries(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from _entries(below)
        elif not action.isSeparator():
            yield action


def _menu_row(action: QAction) -> KeyRow:
    keys = [_written(key) for key in action.shortcuts() if not _is_media(key)]
    words = _plain(action.text()).removesuffix("…")
    # The menu names the act that would be undone; the list of keys names the command.
    for standard, name in (
        (QKeySequence.StandardKey.Undo, translate("Keys", "Undo")),
        (QKeySequence.StandardKey.Redo, translate("Keys", "Redo")),
    ):
        if set(action.shortcuts()) & set(QKeySequence.keyBindings(standard)):
            words = name
    return KeyRow(words, " / ".join(dict.fromkeys(key for key in keys if key)))


def _is_media(sequence: QKeySequence) -> bool:
    """Whether it is one of the keys that few keyboards have, such as "Open" or "Zoom In"."""
    if sequence.isEmpty():
        return False
    first: QKeyCombination = sequence[0]  # type: ignore[index]  # missing in the stubs
    return first.key() in _MEDIA_KEYS


_MEDIA_KEYS = frozenset(
    {
        Qt.Key.Key_New,
        Qt.Key.Key_Open,
        Qt.Key.Key_Save,
        Qt.Key.Key_Close,
        Qt.Key.Key_Undo,
        Qt.Key.Key_Redo,
        Qt.Key.Key_Cut,
        Qt.Key.Key_Copy,
        Qt.Key.Key_Paste,
        Qt.Key.Key_Find,
        Qt.Key.Key_Help,
        Qt.Key.Key_Exit,
        Qt.Key.Key_ZoomIn,
        Qt.Key.Key_ZoomOut,
    }
)


def _plain(text: str) -> str:
    """A menu's text without its mnemonic."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _native(key: str) -> str:
    """A key as the platform writes it; what is no single key stays as it is."""
    if not key or "–" in key or " / " in key:
        return key
    return _written(QKeySequence(key))


def _written(sequence: QKeySequence) -> str:
    # Return and Enter are one key to the hand.
    return sequence.toString(_NATIVE).replace("Return", "Enter")


def fill(model: QStandardItemModel, groups: Groups, wanted: str) -> int:
    """Put the rows that hold ``wanted`` into ``model``; returns how many there are."""
    model.clear()
    count = 0
    for title, rows in groups:
        fitting = [row for row in rows if row.holds(wanted)]
        if not fitting:
            continue
        heading = QStandardItem(title)
        heading.setData(True, ItemRole.DIM)
        heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
        for row in fitting:
            item = QStandardItem(row.does)
            item.setData(row.key or None, ItemRole.BADGE)
            item.setData(row.help or None, ItemRole.SUBTITLE)
            item.setData(((0, row.strong),) if row.strong else None, ItemRole.MATCH)
            item.setData(not row.key and not row.help and not row.strong, ItemRole.DIM)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            spoken = ", ".join(part for part in (row.does, row.key, row.help) if part)
            item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
            heading.appendRow(item)
            count += 1
        model.appendRow(heading)
    return count
