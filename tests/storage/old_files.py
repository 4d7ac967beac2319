"""Project files as the first version of the program made them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from ikt_coder.storage import triggers

# Tables that later versions brought, those that refer to others first.
ADDED = (
    "text_analysis",
    "quote_alteration",
    "theme_link",
    "saved_table",
    "saved_query",
    "attribute_value",
    "attribute",
    "theme_domain",
)


def take_back(path: Path) -> None:
    """Take a closed project file back to the first version's schema."""
    driver = sqlite3.connect(path)
    triggers.drop(driver)
    for table in ADDED:
        driver.execute(f"DROP TABLE {table}")
        driver.execute("DELETE FROM journal_layout WHERE tbl = ?", (table,))
    driver.execute("UPDATE journal_layout SET schema_version = 1")
    driver.execute("UPDATE operation SET schema_version = 1")
    driver.execute("UPDATE alembic_version SET version_num = '0001'")
    for name, sql in triggers.trigger_statements().items():
        if not any(table in name for table in ADDED):
            driver.execute(sql)
    driver.execute("PRAGMA user_version = 1")
    driver.commit()
    driver.close()
