"""The acts of the codebook as actions for the panel, its menu and the Codes menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ikt_coder.core.frozen import frozen
from ikt_coder.ui.appearance.style import Appearance

translate = QCoreApplication.translate


@frozen
class Choice:
    """What is chosen in the tree, as far as acts depend on it."""

    codes: int = 0
    headings: int = 0
    pin: int | None = None
    may_change: bool = True


@frozen
class _Act:
    name: str
    text: str
    icon: str
    keys: str
    fits: Callable[[Choice], bool]
    writes: bool = True


def _declared() -> tuple[_Act | None, ...]:
    """In the order of the menus; None is a line between groups."""
    return (
        _Act("new", translate("CodeActs", "New code…"), "plus", "Ins", lambda c: True),
        _Act(
            "new_below",
            translate("CodeActs", "New sub-code…"),
            "",
            "Shift+Ins",
            lambda c: c.codes + c.headings == 1,
        ),
        None,
        _Act(
            "passages",
            translate("CodeActs", "Show passages"),
            "quote",
            "Ctrl+Return",
            lambda c: c.codes == 1,
            writes=False,
        ),
        _Act(
            "describe",
            translate("CodeActs", "Edit the definition"),
            "edit",
            "",
            lambda c: c.codes == 1,
        ),
        _Act("memo", translate("CodeActs", "Rule memo"), "memo", "", lambda c: c.codes == 1),
        None,
        _Act(
            "rename",
            translate("CodeActs", "Rename"),
            "",
            "F2",
            lambda c: c.codes + c.headings == 1,
        ),
        _Act(
            "look",
            translate("CodeActs", "Colour and pattern…"),
            "tag",
            "",
            lambda c: c.codes > 0 and c.headings == 0,
        ),
        _Act(
            "up",
            translate("CodeActs", "Move up"),
            "arrow-up",
            "Ctrl+Shift+Up",
            lambda c: c.codes + c.headings == 1,
        ),
        _Act(
            "down",
            translate("CodeActs", "Move down"),
            "arrow-down",
            "Ctrl+Shift+Down",
            lambda c: c.codes + c.headings == 1,
        ),
        _Act(
            "in",
            translate("CodeActs", "Move below the code above"),
            "arrow-right",
            "Ctrl+Shift+Right",
            lambda c: c.codes == 1 and c.headings == 0,
        ),
        _Act(
            "out",
            translate("CodeActs", "Move one level out"),
            "arrow-left",
            "Ctrl+Shift+Left",
            lambda c: c.codes == 1 and c.headings == 0,
        ),
        None,
        _Act(
            "merge",
            translate("CodeActs", "Merge…"),
            "merge",
            "",
            lambda c: c.codes > 0 and c.headings == 0,
        ),
        _Act("split", translate("CodeActs", "Split…"), "split", "", lambda c: c.codes == 1),
        _Act(
            "delete",
            translate("CodeActs", "Delete"),
            "trash",
            "Del",
            lambda c: c.codes + c.headings > 0,
        ),
        None,
        _Act(
            "frameworks",
            translate("CodeActs", "Frameworks…"),
            "framework",
            "",
            lambda c: True,
            writes=False,
        ),
    )


class CodeActs(QObject):
    """The actions by name, with a submenu to pin a code to a digit."""

    def __init__(self, appearance: Appearance, tree: QWidget, parent: QWidget) -> None:
        """Keys act while ``tree`` has the focus."""
        super().__init__(parent)
        self._acts = _declared()
        self._actions: dict[str, QAction] = {}
        self._ordered: list[QAction] = []
        for act in self._acts:
            if act is None:
                line = QAction(self)
                line.setSeparator(True)
                self._ordered.append(line)
                continue
            action = QAction(act.text, self)
            if act.icon:
                appearance.set_icon(action, act.icon)
            if act.keys:
                action.setShortcut(QKeySequence(act.keys))
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
                tree.addAction(action)
            self._actions[act.name] = action
            self._ordered.append(action)
        self.pin_menu = QMenu(translate("CodeActs", "Pin to a key"), parent)
        appearance.set_icon(self.pin_menu.menuAction(), "pin")
        self._digits = QActionGroup(self)
        self.digits: dict[int | None, QAction] = {}
        for digit in (*range(1, 10), None):
            text = translate("CodeActs", "No key") if digit is None else str(digit)
            action = self.pin_menu.addAction(text)
            action.setCheckable(True)
            self._digits.addAction(action)
            self.digits[digit] = action
        at = self._ordered.index(self._actions["up"])
        self._ordered.insert(at, self.pin_menu.menuAction())

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def on(self, name: str, do: Callable[[], object]) -> None:
        self._actions[name].triggered.connect(lambda _checked=False: do())

    def ordered(self) -> list[QAction]:
        """For a menu, with lines between the groups."""
        return list(self._ordered)

    def fit(self, choice: Choice) -> None:
        """Enable what the choice allows."""
        for act in self._acts:
            if act is not None:
                allowed = choice.may_change or not act.writes
                self._actions[act.name].setEnabled(allowed and act.fits(choice))
        self.pin_menu.setEnabled(choice.may_change and choice.codes == 1 and choice.headings == 0)
        self.digits[choice.pin].setChecked(True)
