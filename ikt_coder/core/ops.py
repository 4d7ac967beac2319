"""The acts a project knows. The screen words them; the journal stores their values."""

from __future__ import annotations

from enum import StrEnum


class Op(StrEnum):
    CREATE_PROJECT = "create_project"
    CHANGE_CARD = "change_card"
    ADD_BEHAVIOUR = "add_behaviour"
    CHANGE_BEHAVIOUR = "change_behaviour"
    REMOVE_BEHAVIOUR = "remove_behaviour"

    ADD_CODER = "add_coder"
    CHANGE_CODER = "change_coder"
    SWITCH_CODER = "switch_coder"

    IMPORT_DOCUMENTS = "import_documents"
    RENAME_DOCUMENT = "rename_document"
    MOVE_DOCUMENT = "move_document"
    SET_STATUS = "set_status"
    SET_LEAD = "set_lead"
    SET_LANGUAGE = "set_language"
    DELETE_DOCUMENTS = "delete_documents"
    MEND_TEXT = "mend_text"
    ADD_FOLDER = "add_folder"
    CHANGE_FOLDER = "change_folder"
    DELETE_FOLDER = "delete_folder"
    CHANGE_SPEAKER = "change_speaker"

    ADD_PARTICIPANT = "add_participant"
    CHANGE_PARTICIPANT = "change_participant"
    DELETE_PARTICIPANT = "delete_participant"
    LEAVE_OUT_PARTICIPANT = "leave_out_participant"
    TAKE_BACK_PARTICIPANT = "take_back_participant"
    ERASE_PARTICIPANT = "erase_participant"

    ADD_ATTRIBUTE = "add_attribute"
    CHANGE_ATTRIBUTE = "change_attribute"
    DELETE_ATTRIBUTE = "delete_attribute"
    SET_ATTRIBUTES = "set_attributes"

    ADD_CODE = "add_code"
    CHANGE_CODE = "change_code"
    MOVE_CODES = "move_codes"
    MERGE_CODES = "merge_codes"
    SPLIT_CODE = "split_code"
    DELETE_CODES = "delete_codes"
    PIN_CODE = "pin_code"
    ADD_FRAMEWORK = "add_framework"
    REMOVE_FRAMEWORK = "remove_framework"
    MAKE_LEVEL_SET = "make_level_set"
    CHANGE_LEVEL_SET = "change_level_set"  # its name, and which levels in which order
    CHANGE_LEVEL = "change_level"

    APPLY_CODE = "apply_code"
    APPLY_CODES = "apply_codes"
    APPLY_NEW_CODE = "apply_new_code"
    CHANGE_CODING = "change_coding"
    SET_VALENCE = "set_valence"
    SET_LEVELS = "set_levels"
    SET_FLAG = "set_flag"
    MOVE_EDGES = "move_edges"
    RECODE = "recode"
    REMOVE_CODINGS = "remove_codings"
    CODE_HITS = "code_hits"  # what a search found
    IMPORT_CODINGS = "import_codings"

    ADD_MEMO = "add_memo"
    CHANGE_MEMO = "change_memo"
    DELETE_MEMO = "delete_memo"

    ADD_THEME = "add_theme"
    CHANGE_THEME = "change_theme"
    MOVE_THEME = "move_theme"
    DELETE_THEME = "delete_theme"
    GATHER = "gather"  # codes or codings into a theme
    UNGATHER = "ungather"
    SET_STANCE = "set_stance"
    ACCEPT_QUOTE = "accept_quote"
    DROP_QUOTE = "drop_quote"
    ALTER_QUOTE = "alter_quote"
    ORDER_QUOTES = "order_quotes"
    LINK_THEMES = "link_themes"
    CHANGE_LINK = "change_link"
    UNLINK_THEMES = "unlink_themes"

    SAVE_QUERY = "save_query"
    DELETE_QUERY = "delete_query"
    SAVE_TABLE = "save_table"
    DELETE_TABLE = "delete_table"

    SET_UP_ROUND = "set_up_round"
    CHANGE_ROUND = "change_round"  # its name and note; the rest is locked
    ASSIGN = "assign"
    FINISH_DOCUMENT = "finish_document"
    REOPEN_DOCUMENT = "reopen_document"
    UNSEAL_ROUND = "unseal_round"
    DECIDE = "decide"
    DECIDE_MANY = "decide_many"  # matches, boundaries, or what a strategy proposed
    NOTE_ITEM = "note_item"
    MARK_CHECKED = "mark_checked"
    KEEP_CODEBOOK_VERSION = "keep_codebook_version"
    RECORD_STATISTIC = "record_statistic"
    COPY_FOR_CODER = "copy_for_coder"
    BEGIN_COPY = "begin_copy"  # the first act in a coder's copy
    MERGE_COPY = "merge_copy"

    ADD_STUDY = "add_study"
    CHANGE_STUDY = "change_study"
    DELETE_STUDY = "delete_study"
    GROUP_RECORDS = "group_records"  # documents put into a study, or out of one
    SET_GROUP = "set_group"  # participants put into a group
    IMPORT_ATTRIBUTES = "import_attributes"
    ADD_QUESTION = "add_question"
    CHANGE_QUESTION = "change_question"
    DELETE_QUESTION = "delete_question"
    IMPORT_GUIDE = "import_guide"
    MATCH_QUESTIONS = "match_questions"  # interviewer turns with questions of the guide

    ADD_CHART_FIELD = "add_chart_field"
    CHANGE_CHART_FIELD = "change_chart_field"  # its words and its options
    DELETE_CHART_FIELD = "delete_chart_field"
    CHART = "chart"  # an answer of a document or event
    CHECK_CHART = "check_chart"  # a second coder looked at answers
    ADD_EVENT = "add_event"
    CHANGE_EVENT = "change_event"
    DELETE_EVENT = "delete_event"
    CHANGE_TERMS = "change_terms"  # a list of the engagement log

    CHOOSE_CROSSWALK = "choose_crosswalk"  # which publication is followed
    LINK_CODES = "link_codes"
    UNLINK_CODES = "unlink_codes"
    CHOOSE_TARGETS = "choose_targets"  # where codings with several targets lead
    ADD_BELIEF = "add_belief"
    CHANGE_BELIEF = "change_belief"
    DELETE_BELIEF = "delete_belief"
    GATHER_BELIEF = "gather_belief"  # passages under a belief statement, or out of it
    ADD_RECOMMENDATION = "add_recommendation"
    CHANGE_RECOMMENDATION = "change_recommendation"
    DELETE_RECOMMENDATION = "delete_recommendation"
    RATE_RECOMMENDATION = "rate_recommendation"

    RATE_CASES = "rate_cases"
    ADD_MATRIX = "add_matrix"
    CHANGE_MATRIX = "change_matrix"
    DELETE_MATRIX = "delete_matrix"
    WRITE_CELL = "write_cell"

    IMPORT_CODEBOOK = "import_codebook"
    LOOK_AGAIN = "look_again"  # codings looked at after a definition changed
    CLOSE_REVISIT = "close_revisit"
    ADD_TERM = "add_term"  # of the glossary
    CHANGE_TERM = "change_term"
    DELETE_TERM = "delete_term"
    LINK_MEMO = "link_memo"
    FILL_CHECKLIST = "fill_checklist"

    NAME_RESTORE_POINT = "name_restore_point"
    GO_BACK = "go_back"
    COMPACT = "compact"
    LOAD_SAMPLE = "load_sample"

    @property
    def undoable(self) -> bool:
        return self not in _FINAL

    @property
    def recording(self) -> bool:
        """Whether the act leaves its trace in records alone and is kept without journal rows."""
        return self in _RECORDING

    @property
    def records(self) -> frozenset[str]:
        """The tables whose rows the act adds or shows without the journal: views look at these
        as they look at the tables that were changed."""
        return _RECORDS.get(self, frozenset())


_RECORDING = frozenset(
    {
        Op.SWITCH_CODER,
        Op.NAME_RESTORE_POINT,
        Op.ERASE_PARTICIPANT,
        Op.COMPACT,
        Op.FINISH_DOCUMENT,
        Op.REOPEN_DOCUMENT,
        Op.UNSEAL_ROUND,
        Op.DECIDE,
        Op.DECIDE_MANY,
        Op.NOTE_ITEM,
        Op.KEEP_CODEBOOK_VERSION,
        Op.RECORD_STATISTIC,
        Op.COPY_FOR_CODER,
    }
)
# A decision can be taken back: a decision to withdraw it is recorded then.
_FINAL = frozenset({Op.CREATE_PROJECT, Op.BEGIN_COPY}) | (_RECORDING - {Op.DECIDE, Op.DECIDE_MANY})
# Rows that are seen, or no longer seen, by what a round seals.
_SEEN = frozenset({"round_event", "coding", "memo", "code", "theme_coding", "quote"})
_RECORDS = {
    Op.FINISH_DOCUMENT: frozenset({"snapshot", "round_event"}),
    Op.REOPEN_DOCUMENT: frozenset({"round_event"}),
    Op.UNSEAL_ROUND: _SEEN | {"frozen_ground", "codebook_version"},
    Op.SET_UP_ROUND: _SEEN | {"codebook_version"},
    Op.ASSIGN: _SEEN,
    Op.DECIDE: frozenset({"decision"}),
    Op.DECIDE_MANY: frozenset({"decision"}),
    Op.NOTE_ITEM: frozenset({"item_note"}),
    Op.KEEP_CODEBOOK_VERSION: frozenset({"codebook_version"}),
    Op.RECORD_STATISTIC: frozenset({"round_event"}),
    Op.COPY_FOR_CODER: frozenset({"round_event"}),
    Op.MERGE_COPY: frozenset(
        {"snapshot", "round_event", "decision", "item_note", "codebook_version"}
    ),
}
