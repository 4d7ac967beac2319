"""Rows whose id follows from what they refer to, so that two copies that make the same row make
one."""

from __future__ import annotations

from uuid import UUID

from ikt_coder.core.ids import derived_id

DERIVED: dict[str, tuple[str, ...]] = {
    "coding_level": ("coding_id", "level_id"),
    "theme_code": ("theme_id", "code_id"),
    "theme_coding": ("theme_id", "coding_id"),
    "theme_level": ("theme_id", "level_id"),
    "theme_domain": ("theme_id", "code_id"),
    "document_participant": ("document_id", "participant_id"),
    "attribute_value": ("participant_id", "document_id", "study_id", "attribute_id"),
    "question_stage": ("question_id", "option_id"),
    "question_turn": ("turn_id",),
    "chart": ("document_id", "event_id"),
    "chart_answer": ("chart_id", "field_id", "option_id"),
    "chart_check": ("chart_id", "field_id", "coder_id"),
    "event_link": ("event_id", "code_id", "theme_id", "document_id", "decision"),
    "crosswalk_choice": ("crosswalk",),
    "code_link": ("code_id", "target_id", "level_id"),
    "belief_coding": ("belief_id", "coding_id"),
    "recommendation_rating": ("recommendation_id", "criterion", "coder_id"),
    "case_rating": (
        "participant_id",
        "document_id",
        "study_id",
        "group_name",
        "code_id",
        "coder_id",
    ),
    "matrix_column": ("matrix_id", "code_id", "theme_id"),
    "matrix_cell": ("column_id", "participant_id", "document_id", "study_id", "group_name"),
    "cell_coding": ("cell_id", "coding_id"),
    "revisited": ("revisit_id", "coding_id"),
    "memo_link": (
        "memo_id",
        "document_id",
        "participant_id",
        "study_id",
        "coding_id",
        "code_id",
        "theme_id",
        "event_id",
        "question_id",
        "phase",
    ),
    "checklist_answer": ("framework_id", "node_key"),
}


def derived_key(table: str, *parts: UUID | str | None) -> UUID:
    """The id of a row of a table of ``DERIVED``, whose columns ``parts`` are in that order.
    Columns without a value may be left out. Raises ValueError where nothing is given."""
    given = [part for part in parts if part is not None]
    if not given:
        raise ValueError(f"a row of {table} refers to nothing")
    # What would be one part alone is told apart from the row it belongs to.
    return derived_id(*(given if len(given) > 1 else [table, *given]))
