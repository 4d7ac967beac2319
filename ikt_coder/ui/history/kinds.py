"""The acts in a few groups, to filter the history by."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.ops import Op

translate = QCoreApplication.translate


class Group(StrEnum):
    """What acts are about."""

    CODING = "coding"
    CODEBOOK = "codebook"
    THEMES = "themes"
    MEMOS = "memos"
    DOCUMENTS = "documents"
    PEOPLE = "people"
    ROUNDS = "rounds"
    PROJECT = "project"


_OF_GROUP: dict[Group, tuple[Op, ...]] = {
    Group.CODING: (
        Op.APPLY_CODE,
        Op.APPLY_CODES,
        Op.APPLY_NEW_CODE,
        Op.CHANGE_CODING,
        Op.SET_VALENCE,
        Op.SET_LEVELS,
        Op.SET_FLAG,
        Op.MOVE_EDGES,
        Op.RECODE,
        Op.REMOVE_CODINGS,
        Op.CODE_HITS,
        Op.IMPORT_CODINGS,
    ),
    Group.CODEBOOK: (
        Op.ADD_CODE,
        Op.CHANGE_CODE,
        Op.MOVE_CODES,
        Op.MERGE_CODES,
        Op.SPLIT_CODE,
        Op.DELETE_CODES,
        Op.PIN_CODE,
        Op.ADD_FRAMEWORK,
        Op.REMOVE_FRAMEWORK,
        Op.MAKE_LEVEL_SET,
        Op.CHANGE_LEVEL_SET,
        Op.CHANGE_LEVEL,
    ),
    Group.THEMES: (
        Op.ADD_THEME,
        Op.CHANGE_THEME,
        Op.MOVE_THEME,
        Op.DELETE_THEME,
        Op.GATHER,
        Op.UNGATHER,
        Op.SET_STANCE,
        Op.ACCEPT_QUOTE,
        Op.DROP_QUOTE,
        Op.ALTER_QUOTE,
        Op.ORDER_QUOTES,
        Op.LINK_THEMES,
        Op.CHANGE_LINK,
        Op.UNLINK_THEMES,
        Op.SAVE_TABLE,
        Op.DELETE_TABLE,
    ),
    Group.MEMOS: (Op.ADD_MEMO, Op.CHANGE_MEMO, Op.DELETE_MEMO),
    Group.DOCUMENTS: (
        Op.IMPORT_DOCUMENTS,
        Op.RENAME_DOCUMENT,
        Op.MOVE_DOCUMENT,
        Op.SET_STATUS,
        Op.SET_LEAD,
        Op.SET_LANGUAGE,
        Op.DELETE_DOCUMENTS,
        Op.MEND_TEXT,
        Op.ADD_FOLDER,
        Op.CHANGE_FOLDER,
        Op.DELETE_FOLDER,
    ),
    Group.PEOPLE: (
        Op.ADD_CODER,
        Op.CHANGE_CODER,
        Op.SWITCH_CODER,
        Op.CHANGE_SPEAKER,
        Op.ADD_PARTICIPANT,
        Op.CHANGE_PARTICIPANT,
        Op.DELETE_PARTICIPANT,
        Op.LEAVE_OUT_PARTICIPANT,
        Op.TAKE_BACK_PARTICIPANT,
        Op.ERASE_PARTICIPANT,
        Op.ADD_ATTRIBUTE,
        Op.CHANGE_ATTRIBUTE,
        Op.DELETE_ATTRIBUTE,
        Op.SET_ATTRIBUTES,
    ),
    Group.ROUNDS: (
        Op.SET_UP_ROUND,
        Op.CHANGE_ROUND,
        Op.ASSIGN,
        Op.FINISH_DOCUMENT,
        Op.REOPEN_DOCUMENT,
        Op.UNSEAL_ROUND,
        Op.DECIDE,
        Op.DECIDE_MANY,
        Op.NOTE_ITEM,
        Op.MARK_CHECKED,
        Op.KEEP_CODEBOOK_VERSION,
        Op.RECORD_STATISTIC,
        Op.COPY_FOR_CODER,
        Op.BEGIN_COPY,
        Op.MERGE_COPY,
    ),
}
_GROUP_OF = {op.value: group for group, ops in _OF_GROUP.items() for op in ops}


def group_of(kind: str) -> Group:
    """The group of an act by the value of its ``Op``; what is in no other is the project's."""
    return _GROUP_OF.get(kind, Group.PROJECT)


def group_word(group: Group) -> str:
    return {
        Group.CODING: translate("History", "Coding"),
        Group.CODEBOOK: translate("History", "Codebook"),
        Group.THEMES: translate("History", "Themes"),
        Group.MEMOS: translate("History", "Memos"),
        Group.DOCUMENTS: translate("History", "Documents"),
        Group.PEOPLE: translate("History", "People"),
        Group.ROUNDS: translate("History", "Rounds and comparing"),
        Group.PROJECT: translate("History", "Project"),
    }[group]
