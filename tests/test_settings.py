"""The user's settings: declared as data, kept as JSON."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as checks
from hypothesis import strategies as st

from ikt_coder.core.ids import new_id
from ikt_coder.settings import (
    APPEARANCE,
    DECLARED,
    LINE_SPACING,
    READING_FONT,
    READING_SIZE,
    RECENT_PROJECTS,
    RECENT_PROJECTS_KEPT,
    SELECT_THEN_CLICK,
    SPLITTERS,
    WINDOWS,
    Choice,
    Number,
    Setting,
    Settings,
    declared,
)

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture
def file(own_user_folders: Path) -> Path:
    Settings.load()
    return own_user_folders / "config" / "settings.json"


def test_every_default_is_a_value_the_setting_allows() -> None:
    for setting in DECLARED:
        assert setting.read(setting.default) == setting.default


def test_keys_are_unique_and_every_setting_of_the_module_is_declared() -> None:
    assert len({setting.key for setting in DECLARED}) == len(DECLARED)
    made = [value for value in vars(declared).values() if isinstance(value, Setting)]
    assert sorted(s.key for s in made) == sorted(s.key for s in DECLARED)


def test_what_a_dialog_shows_is_explained_and_grouped() -> None:
    shown = [setting for setting in DECLARED if not setting.hidden]
    assert shown
    for setting in shown:
        assert setting.label
        assert setting.explanation
        assert setting.group
        if isinstance(setting, Choice):
            assert all(option.label for option in setting.options)
        if isinstance(setting, Number):
            assert setting.lowest < setting.highest
            assert setting.step > 0


def test_without_a_file_all_is_at_its_default() -> None:
    settings = Settings.load()
    assert all(settings.get(setting) == setting.default for setting in DECLARED)


def test_a_change_is_there_at_the_next_start() -> None:
    settings = Settings.load()
    settings.set(APPEARANCE, "dark")
    settings.set(LINE_SPACING, 2.0)
    settings.set(SELECT_THEN_CLICK, False)
    settings.set(READING_FONT, "Source Serif 4 É")
    again = Settings.load()
    assert again.get(APPEARANCE) == "dark"
    assert again.get(LINE_SPACING) == 2.0
    assert again.get(SELECT_THEN_CLICK) is False
    assert again.get(READING_FONT) == "Source Serif 4 É"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (APPEARANCE, "purple"),
        (APPEARANCE, None),
        (READING_SIZE, 4),
        (READING_SIZE, "17"),
        (READING_SIZE, True),
        (READING_SIZE, float("nan")),
        (SELECT_THEN_CLICK, 1),
        (READING_FONT, "two\nlines"),
        (RECENT_PROJECTS, "one.ikt"),
        (RECENT_PROJECTS, [1]),
        (WINDOWS, {"main": 3}),
        (SPLITTERS, {"desk": [-4]}),
        (SPLITTERS, {"desk": [True]}),
    ],
)
def test_a_value_not_allowed_is_refused_and_falls_back_with_a_record(
    setting: Setting[Any], value: object, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings.load()
    with pytest.raises(ValueError):
        settings.set(setting, value)
    assert settings.get(setting) == setting.default
    file.write_text(json.dumps({setting.key: value}))
    with caplog.at_level(logging.INFO, "ikt_coder.settings.store"):
        assert Settings.load().get(setting) == setting.default
    assert [record.levelno for record in caplog.records] == [logging.INFO]
    assert setting.key in caplog.text


@given(st.dictionaries(st.sampled_from([s.key for s in DECLARED]), ANY_JSON))
@checks(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_the_file_holds_every_setting_has_an_allowed_value(
    file: Path, content: dict[str, object]
) -> None:
    file.write_text(json.dumps(content), encoding="utf-8")
    settings = Settings.load()
    for setting in DECLARED:
        setting.read(settings.get(setting))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe\x00", b"[" * 200_000, b"3"])
def test_a_broken_file_gives_the_defaults_and_can_be_written_again(
    content: bytes, file: Path
) -> None:
    file.write_bytes(content)
    settings = Settings.load()
    assert settings.get(APPEARANCE) == "system"
    settings.set(APPEARANCE, "light")
    assert Settings.load().get(APPEARANCE) == "light"


def test_settings_of_a_later_version_are_kept_for_it(file: Path) -> None:
    file.write_text('{"later.setting": [1, 2]}')
    Settings.load().set(APPEARANCE, "light")
    assert json.loads(file.read_text()) == {"later.setting": [1, 2], "look.appearance": "light"}


def test_two_windows_keep_each_others_changes() -> None:
    one, other = Settings.load(), Settings.load()
    one.set(APPEARANCE, "dark")
    other.set(READING_SIZE, 20)
    both = Settings.load()
    assert (both.get(APPEARANCE), both.get(READING_SIZE)) == ("dark", 20)


def test_reset_takes_the_setting_out_of_the_file(file: Path) -> None:
    settings = Settings.load()
    settings.set(READING_SIZE, 20)
    settings.reset(READING_SIZE)
    assert settings.get(READING_SIZE) == READING_SIZE.default
    assert json.loads(file.read_text()) == {}


def test_listeners_hear_changes_and_only_those() -> None:
    settings = Settings.load()
    heard: list[Setting[Any]] = []
    end = settings.subscribe(heard.append)
    settings.set(APPEARANCE, "system")
    assert heard == []
    settings.set(APPEARANCE, "dark")
    settings.reset(APPEARANCE)
    settings.reset(APPEARANCE)
    end()
    settings.set(APPEARANCE, "light")
    assert heard == [APPEARANCE, APPEARANCE]


@pytest.mark.skipif(sys.platform == "win32", reason="folders are made unwritable so on POSIX only")
def test_where_nothing_can_be_written_settings_hold_until_the_end(file: Path) -> None:
    settings = Settings.load()
    file.mkdir()  # a folder in the file's place: replacing it fails, also for an administrator
    settings.set(APPEARANCE, "dark")
    assert settings.get(APPEARANCE) == "dark"
    assert settings.save_failure is not None
    assert "until you close" in str(settings.save_failure)
    assert list(file.parent.iterdir()) == [file], "no half-written copy stays behind"
    file.rmdir()
    settings.set(APPEARANCE, "light")
    assert settings.save_failure is None


def test_without_a_folder_settings_hold_until_the_end(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    monkeypatch.setenv("IKT_CODER_HOME", str(tmp_path / "taken"))
    settings = Settings.load()
    settings.set(APPEARANCE, "dark")
    settings.remember_local_state(new_id(), {"scroll": 3})
    assert settings.get(APPEARANCE) == "dark"
    assert settings.save_failure is not None


def test_recent_projects_come_newest_first_once_each_and_few(tmp_path: Path) -> None:
    settings = Settings.load()
    for number in range(20):
        settings.add_recent_project(tmp_path / f"{number}.ikt")
    settings.add_recent_project(tmp_path / "15.ikt")
    settings.forget_recent_project(tmp_path / "18.ikt")
    recent = [Path(name).stem for name in Settings.load().get(RECENT_PROJECTS)]
    assert recent[:4] == ["15", "19", "17", "16"]
    assert len(recent) == len(set(recent)) == RECENT_PROJECTS_KEPT - 1


def test_windows_splitters_and_coders_are_remembered_by_name() -> None:
    settings = Settings.load()
    project, other, coder = new_id(), new_id(), new_id()
    assert settings.window("main") is None
    assert settings.splitter("desk") == ()
    settings.remember_window("main", "AAECAw==")
    settings.remember_splitter("desk", [240, 700, 300])
    settings.remember_coder(project, coder)
    again = Settings.load()
    assert again.window("main") == "AAECAw=="
    assert again.splitter("desk") == (240, 700, 300)
    assert again.last_coder(project) == str(coder)
    assert again.last_coder(other) is None


def test_local_state_is_kept_per_project() -> None:
    settings = Settings.load()
    one, other = new_id(), new_id()
    settings.remember_local_state(one, {"tabs": ["P01", "P02"], "scroll": {"P01": 1200}})
    settings.remember_local_state(other, {"tabs": []})
    again = Settings.load()
    assert again.local_state(one) == {"tabs": ["P01", "P02"], "scroll": {"P01": 1200}}
    assert again.local_state(other) == {"tabs": []}
    assert again.local_state(new_id()) == {}
