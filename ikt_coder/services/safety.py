"""Backups, copies, integrity check, compacting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from ikt_coder import paths
from ikt_coder.core.errors import NotAllowed, ProjectFileError
from ikt_coder.core.ops import Op
from ikt_coder.model import Operation
from ikt_coder.services.base import Service
from ikt_coder.storage import check, purge, schema
from ikt_coder.storage.check import Finding

# Rotation: the newest few, then one a day for two weeks.
NEWEST_KEPT = 8
DAYS_KEPT = 14
_STAMP = "%Y-%m-%d %H%M%S"


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What ``check`` found; ``sound`` where it found nothing."""

    findings: tuple[Finding, ...]
    operations: int

    @property
    def sound(self) -> bool:
        return not self.findings


class SafetyService(Service):
    def save_copy(self, target: Path) -> None:
        """Write a whole copy of the project. Raises ProjectFileError; nothing is written over
        the project itself."""
        if target.resolve() == self._project.path.resolve():
            raise NotAllowed("The copy needs another name than the project itself.")
        schema.copy_database(self._project.path, target)

    def backup(self) -> Path:
        """Write a backup into the user's data folder and let the oldest go."""
        folder = self._folder()
        stem = re.sub(r"[^\w .-]", "_", self._project.path.stem)[:60]
        target = folder / f"{stem} {datetime.now().strftime(_STAMP)}.ikt"
        schema.copy_database(self._project.path, target)
        (folder / "last").write_text(str(self._last_operation()), encoding="utf-8")
        self._rotate(folder)
        return target

    def backup_if_changed(self) -> Path | None:
        """A backup, where anything was done since the last one."""
        mark = self._folder() / "last"
        try:
            if int(mark.read_text(encoding="utf-8")) == self._last_operation():
                return None
        except (OSError, ValueError):
            pass  # no backup yet, or its mark is gone: make one
        return self.backup()

    def backups(self) -> tuple[Path, ...]:
        """The backups of this project on this computer, newest first."""
        return tuple(sorted(self._folder().glob("*.ikt"), key=_moment, reverse=True))

    def check(self) -> CheckReport:
        """Database, triggers, positions, and the journal's way back to an empty project."""
        driver = self._project.file.connections.raw()
        findings = [
            *check.check_database(driver),
            *check.check_positions(driver),
            *check.walk_back(driver),
        ]
        return CheckReport(tuple(findings), self._last_operation())

    def compact(self) -> int:
        """Give up undo of everything so far and make the file small; a backup is made first.
        Returns how many bytes were won."""
        if self._project.read_only:
            raise ProjectFileError("The project is open for reading only.")
        self.backup()
        before = self._project.path.stat().st_size
        with self._operation(Op.COMPACT) as op:
            seq = op.seq
        purge.purge(self._project.file, upto=seq, reason="compacted")
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
    def _rotate(folder: Path) -> None:
        files = sorted(folder.glob("*.ikt"), key=_moment, reverse=True)
        days: set[str] = set()
        oldest = datetime.now() - timedelta(days=DAYS_KEPT)
        for index, file in enumerate(files):
            moment = _moment(file)
            day = moment.strftime("%Y-%m-%d")
            keep = index < NEWEST_KEPT or (moment > oldest and day not in days)
            days.add(day)
            if not keep:
                file.unlink(missing_ok=True)


def _moment(file: Path) -> datetime:
    """When a backup was made, from its name; the file's own time where it was renamed."""
    found = re.search(r"(\d{4}-\d\d-\d\d \d{6})$", file.stem)
    if found:
        return datetime.strptime(found.group(1), _STAMP)
    return datetime.fromtimestamp(file.stat().st_mtime)
