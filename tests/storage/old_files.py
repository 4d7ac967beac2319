"""Project files as the first version of the program made them."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from ikt_coder.storage import schema, triggers

# Tables that later versions brought, those that refer to others first.
ADDED = (
    "checklist_answer",
    "memo_link",
    "glossary_term",
    "revisited",
    "revisit",
    "cell_coding",
    "matrix_cell",
    "matrix_column",
    "framework_matrix",
    "case_rating",
    "recommendation_rating",
    "recommendation",
    "belief_coding",
    "belief",
    "code_link",
    "crosswalk_choice",
    "event_link",
    "event_user",
    "chart_check",
    "chart_answer",
    "chart",
    "engagement_event",
    "list_term",
    "question_turn",
    "question_stage",
    "chart_option",
    "chart_field",
    "guide_question",
    "merged_copy",
    "copy_origin",
    "item_note",
    "decision",
    "codebook_version",
    "round_event",
    "frozen_ground",
    "snapshot",
    "settled",
    "checked",
    "assignment",
    "coding_round",
    "text_analysis",
    "quote_alteration",
    "theme_link",
    "saved_table",
    "saved_query",
    "attribute_value",
    "attribute",
    "study",
    "theme_domain",
)

# Columns that later versions brought, the last before the id in each table.
ADDED_COLUMNS = {
    "coder": ("participant_id",),
    "code": ("proposed_in", "proposed_by"),
    "document": ("study_id",),
    "framework": ("source",),
}
_FIRST = schema.MIGRATIONS / "versions" / "0001_first.sql"


def take_back(path: Path) -> None:
    """Take a closed project file back to the first version's schema."""
    driver = sqlite3.connect(path)
    triggers.drop(driver)
    for table, columns in ADDED_COLUMNS.items():
        _drop_columns(driver, table, columns)
    for table in ADDED:
        driver.execute(f"DROP TABLE {table}")
        driver.execute("DELETE FROM journal_layout WHERE tbl = ?", (table,))
    driver.execute("UPDATE journal_layout SET schema_version = 1")
    driver.execute("UPDATE operation SET schema_version = 1")
    driver.execute("UPDATE alembic_version SET version_num = '0001'")
    for name, sql in triggers.trigger_statements().items():
        if not any(table in name for table in ADDED):
            driver.execute(_without_columns(name, sql))
    driver.execute("PRAGMA user_version = 1")
    driver.commit()
    driver.close()


def _drop_columns(driver: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> None:
    """Make a table as the first version made it; its columns, images and layout too."""
    made = re.search(rf"CREATE TABLE {table} \(.*?\n\)", _FIRST.read_text("utf-8"), re.DOTALL)
    assert made is not None
    indexes = driver.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql > ''",
        (table,),
    ).fetchall()
    kept = [name for _, name, *_ in driver.execute(f"PRAGMA table_info({table})")]
    names = ", ".join(f'"{name}"' for name in kept if name not in columns)
    driver.execute("PRAGMA legacy_alter_table = ON")
    driver.execute(f"ALTER TABLE {table} RENAME TO later")
    driver.execute(made[0])
    driver.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM later")
    driver.execute("DROP TABLE later")
    for name, sql in indexes:
        if not name.endswith(columns):
            driver.execute(sql)
    empty = ",NULL" * len(columns)
    for key, image in driver.execute(
        "SELECT id, image FROM journal WHERE tbl = ? AND action = 'D'", (table,)
    ).fetchall():
        before, own = image.rsplit(",", 1)
        assert before.endswith(empty)
        driver.execute(
            "UPDATE journal SET image = ? WHERE id = ?",
            (f"{before.removesuffix(empty)},{own}", key),
        )
    driver.execute("UPDATE journal_layout SET columns = ? WHERE tbl = ?", (names, table))


def _without_columns(trigger: str, sql: str) -> str:
    """A trigger as it was before the columns were there."""
    for table, columns in ADDED_COLUMNS.items():
        if trigger not in {f"ikt_{table}_{letter}" for letter in "iud"}:
            continue
        for column in columns:
            old = f'OLD."{column}"'
            sql = re.sub(rf" \|\| CASE WHEN {old} IS NOT [^|]*\|\| [^|]*? ELSE '' END", "", sql)
            sql = sql.replace(f' OR {old} IS NOT NEW."{column}"', "")
            sql = sql.replace(f"quote({old}) || ',' || ", "")
    return sql
