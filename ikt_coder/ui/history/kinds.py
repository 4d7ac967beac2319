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
    CASES = "cases"
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
        Op.CHOOSE_TARGETS,
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
        Op.CHOOSE_CROSSWALK,
        Op.LINK_CODES,
        Op.UNLINK_CODES,
        Op.IMPORT_CODEBOOK,
        Op.LOOK_AGAIN,
        Op.CLOSE_REVISIT,
        Op.ADD_TERM,
        Op.CHANGE_TERM,
        Op.DELETE_TERM,
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
        Op.ADD_BELIEF,
        Op.CHANGE_BELIEF,
        Op.DELETE_BELIEF,
        Op.GATHER_BELIEF,
        Op.ADD_RECOMMENDATION,
        Op.CHANGE_RECOMMENDATION,
        Op.DELETE_RECOMMENDATION,
        Op.RATE_RECOMMENDATION,
    ),
    Group.MEMOS: (Op.ADD_MEMO, Op.CHANGE_MEMO, Op.DELETE_MEMO, Op.LINK_MEMO),
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
        Op.ADD_STUDY,
        Op.CHANGE_STUDY,
        Op.DELETE_STUDY,
        Op.GROUP_RECORDS,
        Op.ADD_QUESTION,
        Op.CHANGE_QUESTION,
        Op.DELETE_QUESTION,
        Op.IMPORT_GUIDE,
        Op.MATCH_QUESTIONS,
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
        Op.IMPORT_ATTRIBUTES,
        Op.SET_GROUP,
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
    Group.CASES: (
        Op.ADD_CHART_FIELD,
        Op.CHANGE_CHART_FIELD,
        Op.DELETE_CHART_FIELD,
        Op.CHART,
        Op.CHECK_CHART,
        Op.ADD_EVENT,
        Op.CHANGE_EVENT,
        Op.DELETE_EVENT,
        Op.CHANGE_TERMS,
        Op.RATE_CASES,
        Op.ADD_MATRIX,
        Op.CHANGE_MATRIX,
        Op.DELETE_MATRIX,
        Op.WRITE_CELL,
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
        Group.CASES: translate("History", "Charting and cases"),
        Group.PROJECT: translate("History", "Project"),
    }[group]
