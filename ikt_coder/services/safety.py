"""Backups, copies, integrity check, compacting."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select

from ikt_coder import paths
from ikt_coder.core.errors import NotAllowed, ProjectFileError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ops import Op
from ikt_coder.model import Operation
from ikt_coder.services.base import Service
from ikt_coder.services.round_freezing import check_snapshots
from ikt_coder.storage import check, project_file, purge, schema
from ikt_coder.storage.check import Finding
from ikt_coder.storage.engine import connect
from ikt_coder.storage.failures import explained

# Rotation: the newest few, then one a day for two weeks.
NEWEST_KEPT = 8
DAYS_KEPT = 14
Step = Callable[[int, int], None]
_STAMP = "%Y-%m-%d %H%M%S"


@frozen
class CheckReport:
    """What ``check`` found; ``sound`` where it found nothing. ``operations`` counts the acts
    of the journal that the present coder may know of; all are checked."""

    findings: tuple[Finding, ...]
    operations: int

    @property
    def sound(self) -> bool:
        return not self.findings


@frozen
class BackupRow:
    """A backup of a project; ``made`` is local time, ``size`` in bytes."""

    path: Path
    made: datetime
    size: int


class SafetyService(Service):
    def save_copy(self, target: Path) -> None:
        """Write a whole copy of the project. Raises ProjectFileError where it cannot be
        written, NotAllowed for the project itself; nothing is written then."""
        here = self._project.path
        if target.resolve() == here.resolve() or (target.exists() and target.samefile(here)):
            raise NotAllowed(
                "The copy needs another name than the project itself. Nothing was written.",
                "Choose another name or another folder.",
            )
        schema.copy_database(here, target)

    def backup(self) -> Path:
        """Write a backup into the user's data folder and let the oldest go.

        Raises ProjectFileError where that folder cannot be written to.
        """
        stem = _stem(self._project.path)
        try:
            folder = self._folder()
            target = folder / f"{stem} {datetime.now().strftime(_STAMP)}.ikt"
            last = self._last_operation()
            schema.copy_database(self._project.path, target)
            self._mark(folder).write_text(str(last), encoding="utf-8")
            self._rotate(folder, stem)
        except OSError as error:
            raise ProjectFileError(
                f"No backup could be made: {error.strerror or error}. The project is as it was.",
                f"Make room on the disk, or see to the folder {paths.backups_dir()}.",
            ) from error
        return target

    def backup_if_changed(self) -> Path | None:
        """A backup, where anything was done since the last one."""
        try:
            mark = self._mark(self._folder())
            if int(mark.read_text(encoding="utf-8")) == self._last_operation():
                return None
        except (OSError, ValueError):
            pass  # no backup yet, or its mark is gone: make one
        return self.backup()

    def _mark(self, folder: Path) -> Path:
        """Where the last act of the newest backup is noted. A copy of a project has the same
        identity and so the same folder; its name tells them apart."""
        return folder / f"last {_stem(self._project.path)}"

    def backups(self) -> tuple[Path, ...]:
        """The backups of this project on this computer, newest first."""
        return tuple(sorted(self._folder().glob("*.ikt"), key=_moment, reverse=True))

    def check(self, step: Step | None = None) -> CheckReport:
        """Database, triggers, positions, what was frozen, and the journal's way back to an
        empty project.

        ``step`` is told how many of how many parts are done and may raise Cancelled.
        """
        driver = self._project.file.connections.raw()
        findings: list[Finding] = []
        parts = (check.check_database, check.check_positions, check_snapshots, check.walk_back)
        with check.copied(driver) as copy:
            for done, part in enumerate(parts):
                if step is not None:
                    step(done, len(parts))
                findings += part(copy)
        if step is not None:
            step(len(parts), len(parts))
        return CheckReport(tuple(findings), self._operations())

    def _operations(self) -> int:
        """How many acts the history lists for the present coder."""
        seen = self._project.sight.condition(Operation)
        if seen is None:
            return self._last_operation()
        counted = select(func.count()).select_from(Operation).where(seen)
        return int(self._connection.execute(counted).scalar_one())

    def compact(self) -> int:
        """Give up undo of everything so far and make the file small; a backup is made first.

        Returns how many bytes were won. Raises ProjectFileError where the backup or the
        smaller file cannot be written.
        """
        if self._project.read_only:
            raise ProjectFileError("The project is open for reading only.")
        self.backup()
        before = self._project.path.stat().st_size
        with self._operation(Op.COMPACT) as op:
            seq = op.seq
        try:
            purge.purge(self._project.file, upto=seq, kind=Op.COMPACT, reason="compacted")
        except sqlite3.Error as error:
            raise explained(error) or error from error
        return before - self._project.path.stat().st_size

    def _last_operation(self) -> int:
        return int(
            self._connection.execute(select(func.coalesce(func.max(Operation.seq), 0))).scalar_one()
        )

    def _folder(self) -> Path:
        folder = paths.backups_dir() / str(self._project.id)
        folder.mkdir(exist_ok=True)
        return folder

    @staticmethod
    def _rotate(folder: Path, stem: str) -> None:
        own = [file for file in folder.glob("*.ikt") if _stamped(file) == stem]
        files = sorted(own, key=_moment, reverse=True)
        days: set[str] = set()
        oldest = datetime.now() - timedelta(days=DAYS_KEPT)
        for index, file in enumerate(files):
            moment = _moment(file)
            day = moment.strftime("%Y-%m-%d")
            keep = index < NEWEST_KEPT or (moment > oldest and day not in days)
            days.add(day)
            if not keep:
                file.unlink(missing_ok=True)


def backups_of(path: Path) -> tuple[BackupRow, ...]:
    """The backups of a project on this computer, newest first, without opening it.

    They are found by the project's identity; where the file is missing or damaged, by its
    name.
    """
    root = paths.backups_dir()
    identity = _identity(path)
    if identity is not None:
        files = list((root / identity).glob("*.ikt"))
    else:
        stem = _stem(path)
        files = [file for file in root.glob("*/*.ikt") if _stamped(file) == stem]
    rows = []
    for file in files:
        try:
            rows.append(BackupRow(file, _moment(file), file.stat().st_size))
        except OSError:
            continue  # it was removed in this moment, by rotation or by hand
    return tuple(sorted(rows, key=lambda row: row.made, reverse=True))


def restore_copy(backup: Path, target: Path) -> None:
    """Write a backup as a project of its own, beside whatever is there; a backup itself is
    never changed. Raises ProjectFileError; nothing is written then."""
    if target.exists():
        raise ProjectFileError(
            f"“{target.name}” is there already. It was not touched.", "Choose another name."
        )
    project_file.inspect(backup)
    schema.copy_database(backup, target)


def _identity(path: Path) -> str | None:
    """The id of a project file; None where it cannot be read."""
    try:
        project_file.inspect(path)
        driver = connect(path, read_only=True)
    except (ProjectFileError, sqlite3.Error):
        return None
    try:
        row = driver.execute("SELECT id FROM project").fetchone()
    except sqlite3.Error:
        return None
    finally:
        driver.close()
    return str(UUID(bytes=row[0])) if row else None


def _stem(path: Path) -> str:
    """A project's name as its backups carry it."""
    return re.sub(r"[^\w .-]", "_", path.stem)[:60]


def _stamped(file: Path) -> str:
    """The project's name in the name of a backup."""
    return re.sub(r" \d{4}-\d\d-\d\d \d{6}$", "", file.stem)


def _moment(file: Path) -> datetime:
    """When a backup was made, from its name; the file's own time where it was renamed."""
    found = re.search(r"(\d{4}-\d\d-\d\d \d{6})$", file.stem)
    if found:
        return datetime.strptime(found.group(1), _STAMP)
    return datetime.fromtimestamp(file.stat().st_mtime)
