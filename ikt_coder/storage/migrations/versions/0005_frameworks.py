"""Studies, the interview guide, charting, the engagement log, links between codes, belief
statements, recommendations, ratings and matrices of cases, and the upkeep of a codebook."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _key(name: str, *, nullable: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(16), nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _moment(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _reference(name: str, target: str, on_delete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [name], [f"{target}.id"], ondelete=on_delete, deferrable=True, initially="DEFERRED"
    )


def _indexed(table: str, *names: str) -> None:
    for name in names:
        op.create_index(f"ix_{table}_{name}", table, [name])


def _added(table: str, name: str, target: str, on_delete: str) -> None:
    """A column that refers to another table: SQLite adds it where it may be empty."""
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {name} BLOB REFERENCES {target} (id) "
        f"ON DELETE {on_delete} DEFERRABLE INITIALLY DEFERRED"
    )
    op.create_index(f"ix_{table}_{name}", table, [name])


def upgrade() -> None:
    op.create_table(
        "study",
        _text("name"),
        _text("citation"),
        _text("note"),
        _number("position"),
        _key("id"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "guide_question",
        _text("label"),
        _text("text"),
        _text("note"),
        _number("position"),
        _key("id"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "chart_field",
        _key("framework_id", nullable=True),
        _text("node_key", nullable=True),
        _text("name"),
        _text("definition"),
        _text("kind"),
        _flag("ordered"),
        _flag("has_basis"),
        _text("subjects"),
        _number("position"),
        _key("id"),
        _reference("framework_id", "framework"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("chart_field", "framework_id")
    op.create_table(
        "chart_option",
        _key("field_id"),
        _key("parent_id", nullable=True),
        _text("node_key", nullable=True),
        _text("name"),
        _text("label"),
        _text("definition"),
        _flag("applicable"),
        _flag("hidden"),
        _number("position"),
        _key("id"),
        _reference("field_id", "chart_field"),
        _reference("parent_id", "chart_option"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("chart_option", "field_id", "parent_id")
    op.create_table(
        "question_stage",
        _key("question_id"),
        _key("option_id"),
        _key("id"),
        _reference("question_id", "guide_question"),
        _reference("option_id", "chart_option"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("question_stage", "option_id", "question_id")
    op.create_table(
        "question_turn",
        _key("turn_id"),
        _key("document_id"),
        _key("question_id", nullable=True),
        _key("id"),
        _reference("turn_id", "turn"),
        _reference("document_id", "document"),
        _reference("question_id", "guide_question", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("question_turn", "document_id", "question_id", "turn_id")
    op.create_table(
        "list_term",
        _text("list_name"),
        _text("key", nullable=True),
        _text("name"),
        _text("definition"),
        _flag("hidden"),
        _number("position"),
        _key("id"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "engagement_event",
        _text("date"),
        _text("until"),
        _text("title"),
        _key("activity_id", nullable=True),
        _text("description"),
        _text("changed_because"),
        _text("disagreement"),
        _text("hours"),
        _text("payment"),
        _key("coder_id", nullable=True),
        _moment("created"),
        _key("id"),
        _reference("activity_id", "list_term", "SET NULL"),
        _reference("coder_id", "coder", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("engagement_event", "activity_id", "coder_id")
    op.create_table(
        "chart",
        _key("document_id", nullable=True),
        _key("event_id", nullable=True),
        _text("status"),
        _flag("pilot"),
        _text("note"),
        _key("coder_id", nullable=True),
        _moment("changed"),
        _key("id"),
        _reference("document_id", "document"),
        _reference("event_id", "engagement_event"),
        _reference("coder_id", "coder", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("chart", "coder_id", "document_id", "event_id")
    op.create_table(
        "chart_answer",
        _key("chart_id"),
        _key("field_id"),
        _key("option_id", nullable=True),
        _text("text"),
        _flag("not_reported"),
        _text("basis", nullable=True),
        _key("id"),
        _reference("chart_id", "chart"),
        _reference("field_id", "chart_field"),
        _reference("option_id", "chart_option"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("chart_answer", "chart_id", "field_id", "option_id")
    op.create_table(
        "chart_check",
        _key("chart_id"),
        _key("field_id"),
        _key("coder_id"),
        _text("verdict"),
        _text("before"),
        _text("note"),
        _moment("at"),
        _key("id"),
        _reference("chart_id", "chart"),
        _reference("field_id", "chart_field"),
        _reference("coder_id", "coder"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("chart_check", "chart_id", "coder_id", "field_id")
    op.create_table(
        "event_user",
        _key("event_id"),
        _key("type_id", nullable=True),
        _key("part_id", nullable=True),
        _number("number", nullable=True),
        _text("who"),
        _text("influenced"),
        _number("position"),
        _key("id"),
        _reference("event_id", "engagement_event"),
        _reference("type_id", "list_term", "SET NULL"),
        _reference("part_id", "list_term", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("event_user", "event_id", "part_id", "type_id")
    op.create_table(
        "event_link",
        _key("event_id"),
        _key("code_id", nullable=True),
        _key("theme_id", nullable=True),
        _key("document_id", nullable=True),
        _key("decision", nullable=True),
        _text("note"),
        _key("id"),
        _reference("event_id", "engagement_event"),
        _reference("code_id", "code"),
        _reference("theme_id", "theme"),
        _reference("document_id", "document"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("event_link", "code_id", "document_id", "event_id", "theme_id")
    op.create_table(
        "crosswalk_choice",
        _text("crosswalk"),
        _text("source"),
        _key("id"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "code_link",
        _key("code_id"),
        _key("target_id", nullable=True),
        _key("level_id", nullable=True),
        _text("note"),
        _key("coder_id", nullable=True),
        _moment("created"),
        _key("id"),
        _reference("code_id", "code"),
        _reference("target_id", "code"),
        _reference("level_id", "level"),
        _reference("coder_id", "coder", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("code_link", "code_id", "coder_id", "level_id", "target_id")
    op.create_table(
        "belief",
        _text("text"),
        _key("code_id", nullable=True),
        _text("direction", nullable=True),
        _text("note"),
        _number("position"),
        _key("coder_id", nullable=True),
        _moment("created"),
        _key("id"),
        _reference("code_id", "code", "SET NULL"),
        _reference("coder_id", "coder", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("belief", "code_id", "coder_id")
    op.create_table(
        "belief_coding",
        _key("belief_id"),
        _key("coding_id"),
        _key("id"),
        _reference("belief_id", "belief"),
        _reference("coding_id", "coding"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("belief_coding", "belief_id", "coding_id")
    op.create_table(
        "recommendation",
        _text("framework", nullable=True),
        _text("node_key", nullable=True),
        _text("text"),
        _text("component", nullable=True),
        _key("code_id", nullable=True),
        _key("theme_id", nullable=True),
        _text("note"),
        _number("position"),
        _key("coder_id", nullable=True),
        _moment("created"),
        _key("id"),
        _reference("code_id", "code"),
        _reference("theme_id", "theme"),
        _reference("coder_id", "coder", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("recommendation", "code_id", "coder_id", "theme_id")
    op.create_table(
        "recommendation_rating",
        _key("recommendation_id"),
        _text("criterion"),
        _key("coder_id"),
        _number("value", nullable=True),
        _text("note"),
        _key("id"),
        _reference("recommendation_id", "recommendation"),
        _reference("coder_id", "coder"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("recommendation_rating", "coder_id", "recommendation_id")
    op.create_table(
        "case_rating",
        _key("participant_id", nullable=True),
        _key("document_id", nullable=True),
        _key("study_id", nullable=True),
        _text("group_name", nullable=True),
        _key("code_id"),
        _number("value", nullable=True),
        _flag("mixed"),
        _text("rationale"),
        _key("coder_id", nullable=True),
        _moment("changed"),
        _key("id"),
        _reference("participant_id", "participant"),
        _reference("document_id", "document"),
        _reference("study_id", "study"),
        _reference("code_id", "code"),
        _reference("coder_id", "coder"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("case_rating", "code_id", "coder_id", "document_id", "participant_id", "study_id")
    op.create_table(
        "framework_matrix",
        _text("name"),
        _text("case_kind"),
        _text("note"),
        _number("position"),
        _moment("created"),
        _key("id"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "matrix_column",
        _key("matrix_id"),
        _key("code_id", nullable=True),
        _key("theme_id", nullable=True),
        _number("position"),
        _key("id"),
        _reference("matrix_id", "framework_matrix"),
        _reference("code_id", "code"),
        _reference("theme_id", "theme"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("matrix_column", "code_id", "matrix_id", "theme_id")
    op.create_table(
        "matrix_cell",
        _key("matrix_id"),
        _key("column_id"),
        _key("participant_id", nullable=True),
        _key("document_id", nullable=True),
        _key("study_id", nullable=True),
        _text("group_name", nullable=True),
        _text("text"),
        _flag("done"),
        _key("coder_id", nullable=True),
        _moment("changed"),
        _key("id"),
        _reference("matrix_id", "framework_matrix"),
        _reference("column_id", "matrix_column"),
        _reference("participant_id", "participant"),
        _reference("document_id", "document"),
        _reference("study_id", "study"),
        _reference("coder_id", "coder", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed(
        "matrix_cell",
        "coder_id",
        "column_id",
        "document_id",
        "matrix_id",
        "participant_id",
        "study_id",
    )
    op.create_table(
        "cell_coding",
        _key("cell_id"),
        _key("coding_id"),
        _key("id"),
        _reference("cell_id", "matrix_cell"),
        _reference("coding_id", "coding"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("cell_coding", "cell_id", "coding_id")
    op.create_table(
        "revisit",
        _key("code_id"),
        _moment("since"),
        _text("before"),
        _flag("closed"),
        _key("id"),
        _reference("code_id", "code"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("revisit", "code_id")
    op.create_table(
        "revisited",
        _key("revisit_id"),
        _key("coding_id"),
        _key("coder_id", nullable=True),
        _moment("at"),
        _key("id"),
        _reference("revisit_id", "revisit"),
        _reference("coding_id", "coding"),
        _reference("coder_id", "coder", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("revisited", "coder_id", "coding_id", "revisit_id")
    op.create_table(
        "glossary_term",
        _text("term"),
        _text("definition"),
        _text("source"),
        _key("id"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "memo_link",
        _key("memo_id"),
        _key("document_id", nullable=True),
        _key("participant_id", nullable=True),
        _key("study_id", nullable=True),
        _key("coding_id", nullable=True),
        _key("code_id", nullable=True),
        _key("theme_id", nullable=True),
        _key("event_id", nullable=True),
        _key("question_id", nullable=True),
        _text("phase", nullable=True),
        _key("id"),
        _reference("memo_id", "memo"),
        _reference("document_id", "document"),
        _reference("participant_id", "participant"),
        _reference("study_id", "study"),
        _reference("coding_id", "coding"),
        _reference("code_id", "code"),
        _reference("theme_id", "theme"),
        _reference("event_id", "engagement_event"),
        _reference("question_id", "guide_question"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed(
        "memo_link",
        "code_id",
        "coding_id",
        "document_id",
        "event_id",
        "memo_id",
        "participant_id",
        "question_id",
        "study_id",
        "theme_id",
    )
    op.create_table(
        "checklist_answer",
        _key("framework_id"),
        _text("node_key"),
        _text("text"),
        _text("page"),
        _flag("accepted"),
        _key("id"),
        _reference("framework_id", "framework"),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("checklist_answer", "framework_id")
    _added("document", "study_id", "study", "SET NULL")
    _added("attribute_value", "study_id", "study", "CASCADE")
    op.add_column("framework", _text("source", nullable=True))
