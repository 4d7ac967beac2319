"""The settings in force, kept as JSON in the user's configuration folder.

Scroll positions, open tabs and filters of a project belong to the user and the computer too:
they are kept here, one file per project, and never in the project.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast
from uuid import UUID

from ikt_coder import paths
from ikt_coder.core.errors import UserError
from ikt_coder.settings.declared import DECLARED, LAST_CODERS, RECENT_PROJECTS, SPLITTERS, WINDOWS
from ikt_coder.settings.kinds import Setting

_log = logging.getLogger(__name__)

T = TypeVar("T")

RECENT_PROJECTS_KEPT = 12


@dataclass(eq=False, repr=False)
class Settings:
    """The settings in force. ``set`` writes at once; a listener hears each change.

    Where the file cannot be written, the settings hold until the program ends and
    ``save_failure`` says so in words; a window must not fail to close over its own size.
    """

    folder: Path | None
    save_failure: UserError | None = None
    _values: dict[str, Any] = field(default_factory=dict)
    _listeners: list[Callable[[Setting[Any]], None]] = field(default_factory=list)

    @classmethod
    def load(cls) -> Settings:
        """The user's settings; whatever is missing or unreadable is at its default."""
        try:
            settings = cls(paths.user_config_dir())
        except UserError as error:
            _log.warning("settings are not kept: %s", error)
            return cls(None, save_failure=error)
        stored = _stored(settings._file)
        for setting in DECLARED:
            if setting.key in stored:
                try:
                    settings._values[setting.key] = setting.read(stored[setting.key])
                except ValueError as reason:
                    _log.info("the setting %s %s; its default is used", setting.key, reason)
        for key in sorted(stored.keys() - {setting.key for setting in DECLARED}):
            _log.info("the setting %s is not known to this version; it is left as it is", key)
        return settings

    def get(self, setting: Setting[T]) -> T:
        return cast("T", self._values.get(setting.key, setting.default))

    def set(self, setting: Setting[T], value: T) -> None:
        """Change a setting and write it down; raises ``ValueError`` for a value not allowed."""
        value = setting.read(value)
        if value == self.get(setting):
            return
        self._values[setting.key] = value
        self._write(setting.key, value)
        self._tell(setting)

    def reset(self, setting: Setting[Any]) -> None:
        """Back to the default, also when a later version changes that default."""
        changed = self.get(setting) != setting.default
        self._values.pop(setting.key, None)
        self._write(setting.key, None)
        if changed:
            self._tell(setting)

    def subscribe(self, listener: Callable[[Setting[Any]], None]) -> Callable[[], None]:
        """Call ``listener`` with each setting that changes; the result ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def add_recent_project(self, project: Path) -> None:
        """Put a project first among the recent ones."""
        name = str(project.absolute())
        others = [other for other in self.get(RECENT_PROJECTS) if other != name]
        self.set(RECENT_PROJECTS, (name, *others)[:RECENT_PROJECTS_KEPT])

    def forget_recent_project(self, project: Path) -> None:
        name = str(project.absolute())
        kept = tuple(other for other in self.get(RECENT_PROJECTS) if other != name)
        self.set(RECENT_PROJECTS, kept)

    def last_coder(self, project: UUID) -> str | None:
        """Who coded last in this project on this computer (the coder's id)."""
        return self.get(LAST_CODERS).get(str(project))

    def remember_coder(self, project: UUID, coder: UUID | str) -> None:
        coders = self.get(LAST_CODERS)
        self.set(LAST_CODERS, {**coders, str(project): str(coder)})

    def window(self, name: str) -> str | None:
        """A window's size and place, as text only its writer understands."""
        return self.get(WINDOWS).get(name)

    def remember_window(self, name: str, geometry: str) -> None:
        windows = self.get(WINDOWS)
        self.set(WINDOWS, {**windows, name: geometry})

    def splitter(self, name: str) -> tuple[int, ...]:
        """The sizes of a splitter's panes in logical pixels; empty when never remembered."""
        return self.get(SPLITTERS).get(name, ())

    def remember_splitter(self, name: str, sizes: list[int] | tuple[int, ...]) -> None:
        splitters = self.get(SPLITTERS)
        self.set(SPLITTERS, {**splitters, name: tuple(sizes)})

    def local_state(self, project: UUID) -> dict[str, Any]:
        """Scroll positions, open tabs and filters of a project; empty when never kept."""
        return {} if self.folder is None else _stored(self._local_file(project))

    def remember_local_state(self, project: UUID, state: Mapping[str, Any]) -> None:
        """Keep a project's local state (anything JSON holds); replaces what was kept."""
        if self.folder is not None:
            self._save(self._local_file(project), dict(state))

    @property
    def _file(self) -> Path:
        assert self.folder is not None
        return self.folder / "settings.json"

    def _local_file(self, project: UUID) -> Path:
        assert self.folder is not None
        return self.folder / "projects" / f"{project}.json"

    def _write(self, key: str, value: object) -> None:
        if self.folder is None:
            return
        # Read again first: a second window may have written since, and a later version's
        # settings are kept for it.
        content = _stored(self._file)
        if value is None:
            content.pop(key, None)
        else:
            content[key] = value
        self._save(self._file, content)

    def _save(self, file: Path, content: dict[str, Any]) -> None:
        try:
            _replace(file, json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True))
        except OSError as error:
            self.save_failure = UserError(
                f"The settings could not be written to {file} ({error.strerror or error}).",
                "They hold until you close the program.",
            )
            _log.warning("%s", self.save_failure)
        else:
            self.save_failure = None

    def _tell(self, setting: Setting[Any]) -> None:
        for listener in list(self._listeners):
            listener(setting)


def _stored(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        _log.info("%s cannot be read (%s); defaults are used", file.name, type(error).__name__)
        return {}
    if not isinstance(content, dict):
        _log.info("%s does not hold settings; defaults are used", file.name)
        return {}
    return content


def _replace(file: Path, text: str) -> None:
    """Write ``file`` whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.name, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(name, file)
    except BaseException:
        # Also on an interrupt: the half-written copy goes, the file stays as it was.
        with suppress(OSError):
            os.unlink(name)
        raise
