"""The window's own acts as actions; those of a panel belong to the panel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from ikt_coder.ui.appearance.style import Appearance

Standard = QKeySequence.StandardKey
Keys = tuple[Standard | str, ...]


class WindowActions(QObject):
    """By name; standard acts carry the platform's own keys."""

    def __init__(self, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._actions: dict[str, QAction] = {}
        tr = self.tr
        for name, text, keys, icon in (
            ("new_project", tr("&New…"), (Standard.New,), ""),
            ("open_project", tr("&Open…"), (Standard.Open,), "folder"),
            ("sample", tr("Open the &sample project"), (), ""),
            ("card", tr("Project &card…"), (), "report"),
            ("history", tr("&History…"), ("Ctrl+Shift+H",), "history"),
            ("restore_points", tr("&Restore points…"), (), "restore-point"),
            ("save_copy", tr("Save a cop&y as…"), (Standard.SaveAs, "Ctrl+Shift+S"), "copy"),
            ("copy_for_coder", tr("Copy for &a coder…"), (), "coder"),
            ("bring_in", tr("Br&ing in a coder's copy…"), (), "import"),
            ("backup_now", tr("&Back up now"), (), "save"),
            ("backups", tr("Backu&ps…"), (), "shield"),
            ("check", tr("Check the pro&ject…"), (), "check"),
            ("preferences", tr("Pre&ferences…"), (Standard.Preferences, "Ctrl+,"), "settings"),
            ("close_project", tr("C&lose the project"), (Standard.Close,), ""),
            ("quit", tr("&Quit"), (Standard.Quit, "Ctrl+Q"), ""),
            ("memos", tr("&Memos…"), ("Ctrl+Shift+M",), "memo"),
            ("project_memo", tr("New &project memo…"), (), ""),
            ("journal", tr("New entry in your &journal…"), (), ""),
            ("next_document", tr("Ne&xt document"), ("Alt+PgDown",), ""),
            ("previous_document", tr("Pre&vious document"), ("Alt+PgUp",), ""),
            ("next_place", tr("Next p&lace"), ("Ctrl+PgDown",), ""),
            ("previous_place", tr("Previous pla&ce"), ("Ctrl+PgUp",), ""),
            ("next_pane", tr("&Next pane"), ("F6",), ""),
            ("previous_pane", tr("Pr&evious pane"), ("Shift+F6",), ""),
            ("find_code", tr("&Find or create a code"), ("Ctrl+K",), "search"),
            ("search", tr("&Search all documents"), ("Ctrl+Shift+F",), "search"),
            ("charting", tr("C&harting"), (), "table"),
            ("engagement", tr("&Engagement log"), (), "calendar"),
            ("ratings", tr("Case &ratings"), (), "level"),
            ("matrix", tr("Framework matri&x"), (), "split-view"),
            ("versions", tr("&Versions of the codebook"), (), "history"),
            ("look_again", tr("Codings to &look at again"), (), "refresh"),
            ("crosswalks", tr("&Crosswalks"), (), "link"),
            ("glossary", tr("&Glossary"), (), "tag"),
            ("checklist", tr("Reporting c&hecklist…"), (), "check"),
            ("import_codebook", tr("&Bring in a codebook…"), (), "import"),
            ("guide", tr("&Guide"), (Standard.HelpContents, "F1"), "help"),
            ("keys", tr("&Keys…"), ("?", "Ctrl+/"), "keyboard"),
            ("log_folder", tr("Show the &log folder"), (), ""),
            ("about", tr("&About IKT Coder"), (), "info"),
        ):
            self._add(name, text, keys, icon)
        for name, text, keys in (
            ("documents_panel", tr("&Documents panel"), ("Ctrl+Shift+1",)),
            ("codes_panel", tr("&Codebook panel"), ("Ctrl+Shift+2",)),
            ("passages_panel", tr("&Passages panel"), ("Ctrl+Shift+3",)),
            ("legend", tr("Codes on di&gits"), ()),
            ("full_screen", tr("&Full screen"), (Standard.FullScreen, "F11")),
        ):
            self._add(name, text, keys, "").setCheckable(True)
        for name, role in (
            ("preferences", QAction.MenuRole.PreferencesRole),
            ("quit", QAction.MenuRole.QuitRole),
            ("about", QAction.MenuRole.AboutRole),
        ):
            self._actions[name].setMenuRole(role)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def names(self) -> tuple[str, ...]:
        return tuple(self._actions)

    def on(self, name: str, act: Callable[[], object]) -> None:
        """Do ``act`` when the action is triggered."""
        self._actions[name].triggered.connect(lambda _checked=False: act())

    def enable(self, on: bool, *names: str) -> None:
        for name in names:
            self._actions[name].setEnabled(on)

    def _add(self, name: str, text: str, keys: Keys, icon: str) -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        sequences: list[QKeySequence] = []
        for key in keys:
            found = [QKeySequence(key)] if isinstance(key, str) else QKeySequence.keyBindings(key)
            # The platform's own keys lead; a second one is added where it differs.
            if isinstance(key, str) and name in _ONE_KEY and sequences:
                continue
            sequences += [one for one in found if one not in sequences]
        action.setShortcuts(sequences)
        if icon:
            self._appearance.set_icon(action, icon, "dim")
        self._actions[name] = action
        return action


# Here the written key stands in only where the platform has none.
_ONE_KEY = frozenset({"save_copy", "preferences", "quit", "full_screen"})
