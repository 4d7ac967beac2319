"""The triggers of the journal, and how opening a file knows them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from ikt_coder.storage import triggers
from ikt_coder.storage.schema import create


def test_the_digest_is_that_of_the_tables() -> None:
    """A change of the tables changes their triggers: put what this says into triggers.py."""
    assert triggers.digest(triggers.trigger_statements()) == triggers._FITTING


def test_one_other_word_does_not_fit(tmp_path: Path) -> None:
    path = tmp_path / "new.ikt"
    create(path)
    driver = sqlite3.connect(path)
    try:
        assert triggers.fit(driver)
        driver.execute("DROP TRIGGER ikt_code_u")
        assert not triggers.fit(driver)
        changed = triggers.trigger_statements()["ikt_code_u"].replace("'U'", "'D'")
        driver.execute(changed)
        assert not triggers.fit(driver)
        driver.execute("DROP TRIGGER ikt_code_u")
        driver.execute(triggers.trigger_statements()["ikt_code_u"])
        assert triggers.fit(driver)
        driver.execute("CREATE TRIGGER more AFTER INSERT ON code BEGIN SELECT 1; END")
        assert not triggers.fit(driver)
    finally:
        driver.close()


def test_names_and_texts_are_told_apart() -> None:
    assert triggers.digest({"a": "bc"}) != triggers.digest({"ab": "c"})
    assert triggers.digest({"a": "b", "c": "d"}) == triggers.digest({"c": "d", "a": "b"})
