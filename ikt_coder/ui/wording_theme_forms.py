"""The sentences and names of acts on levels and themes, for ``wording``."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.ops import Op
from ikt_coder.ui.wording_forms import Forms

translate = QCoreApplication.translate


def level_forms() -> dict[Op, Forms]:
    """Levels and level sets."""
    return {
        Op.MAKE_LEVEL_SET: (
            (
                translate("History", "Made the level set {name}"),
                translate("History", "Made a level set"),
            ),
            (
                translate("History", "new level set {name}"),
                translate("History", "new level set"),
            ),
        ),
        Op.CHANGE_LEVEL_SET: (
            (
                translate("History", "Renamed the level set {name} to {new_name}"),
                translate("History", "Changed the level set {name}"),
                translate("History", "Changed a level set"),
            ),
            (
                translate("History", "rename to {new_name}"),
                translate("History", "change of the level set {name}"),
                translate("History", "change of a level set"),
            ),
        ),
        Op.CHANGE_LEVEL: (
            (
                translate("History", "Renamed the level {name} to {new_name}"),
                translate("History", "Changed the level {name}"),
                translate("History", "Changed a level"),
            ),
            (
                translate("History", "rename to {new_name}"),
                translate("History", "change of the level {name}"),
                translate("History", "change of a level"),
            ),
        ),
    }


def theme_forms() -> dict[Op, Forms]:
    """Themes and quotes."""
    return {
        Op.ADD_THEME: (
            (translate("History", "Made the theme {name}"), translate("History", "Made a theme")),
            (translate("History", "new theme {name}"), translate("History", "new theme")),
        ),
        Op.CHANGE_THEME: (
            (
                translate("History", "Renamed {name} to {new_name}"),
                translate("History", "Changed the theme {name}"),
                translate("History", "Changed a theme"),
            ),
            (
                translate("History", "rename to {new_name}"),
                translate("History", "change of {name}"),
                translate("History", "change of a theme"),
            ),
        ),
        Op.MOVE_THEME: (
            (translate("History", "Moved the theme {name}"), translate("History", "Moved a theme")),
            (translate("History", "move {name}"), translate("History", "move a theme")),
        ),
        Op.DELETE_THEME: (
            (
                translate("History", "Deleted the theme {name}; its codes and codings stayed"),
                translate("History", "Deleted a theme; its codes and codings stayed"),
            ),
            (translate("History", "delete {name}"), translate("History", "delete a theme")),
        ),
        Op.GATHER: (
            (
                translate("History", "Gathered {count} into {name}"),
                translate("History", "Gathered into {name}"),
                translate("History", "Gathered into a theme"),
            ),
            (translate("History", "gather into {name}"), translate("History", "gather")),
        ),
        Op.UNGATHER: (
            (
                translate("History", "Took {count} out of {name}"),
                translate("History", "Took one out of {name}"),
                translate("History", "Took something out of a theme"),
            ),
            (translate("History", "take out of {name}"), translate("History", "take out")),
        ),
        Op.SET_STANCE: (
            (
                translate("History", "Said how {count} codings stand to {name}"),
                translate("History", "Said how a coding stands to {name}"),
                translate("History", "Said how a coding stands to a theme"),
            ),
            (
                translate("History", "stance of a coding to {name}"),
                translate("History", "stance of a coding"),
            ),
        ),
        Op.ACCEPT_QUOTE: (
            (
                translate("History", "Accepted a quote for {name}"),
                translate("History", "Accepted a quote"),
            ),
            (
                translate("History", "accept a quote for {name}"),
                translate("History", "accept a quote"),
            ),
        ),
        Op.DROP_QUOTE: (
            (
                translate("History", "Dropped a quote of {name}"),
                translate("History", "Dropped a quote"),
            ),
            (
                translate("History", "drop a quote of {name}"),
                translate("History", "drop a quote"),
            ),
        ),
    }
