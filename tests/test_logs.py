"""The program's log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from ikt_coder import logs


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    yield
    logs.close()


def test_records_reach_the_users_log_folder(own_user_folders: Path) -> None:
    path = logs.configure()
    assert path is not None
    assert own_user_folders in path.parents
    logging.getLogger("ikt_coder.services.codings").info("applied in %d ms", 3)
    logging.getLogger("ikt_coder.services.codings").debug("detail")
    logs.close()
    text = path.read_text("utf-8")
    assert "INFO ikt_coder.services.codings: applied in 3 ms" in text
    assert "detail" not in text


def test_verbose_adds_details_there_and_on_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = logs.configure(verbose=True)
    assert path is not None
    logging.getLogger("ikt_coder.storage").debug("detail")
    logs.close()
    assert "detail" in path.read_text("utf-8")
    assert "detail" in capsys.readouterr().err


def test_an_error_is_logged_without_the_words_it_quotes() -> None:
    path = logs.configure()
    assert path is not None
    try:
        try:
            raise ValueError("the participant said: I was afraid")
        except ValueError as error:
            raise KeyError("my manager Anne") from error
    except KeyError:
        logging.getLogger("ikt_coder.app").exception("an unexpected error")
    logs.close()
    text = path.read_text("utf-8")
    assert "KeyError" in text
    assert "ValueError" in text
    assert "test_logs.py" in text
    assert "afraid" not in text
    assert "Anne" not in text


def test_the_files_rotate_and_stay_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LARGEST_FILE", 2_000)
    path = logs.configure()
    assert path is not None
    for number in range(400):
        logging.getLogger("ikt_coder.app").info("act %d of many", number)
    logs.close()
    files = list(path.parent.iterdir())
    assert len(files) == logs.OLDER_FILES + 1
    assert all(file.stat().st_size <= 2_000 for file in files)


def test_configured_twice_a_record_is_written_once() -> None:
    logs.configure()
    path = logs.configure()
    assert path is not None
    logging.getLogger("ikt_coder.app").info("started")
    logs.close()
    assert path.read_text("utf-8").count("started") == 1


def test_the_program_runs_where_no_log_can_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    monkeypatch.setenv("IKT_CODER_HOME", str(tmp_path / "taken"))
    assert logs.configure() is None
    logging.getLogger("ikt_coder.app").error("an error")
    assert capsys.readouterr().err == ""
