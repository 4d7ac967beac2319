"""Reads a round as the Settle page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.errors import NotFound
from ikt_coder.core.frozen import frozen
from ikt_coder.services.project import Project
from ikt_coder.services.round_rows import RoundRow
from ikt_coder.services.settling_rows import Item, Progress
from ikt_coder.ui.comparison.columns.study import Study, read_study
from ikt_coder.ui.comparison.settle.definitions import Worded
from ikt_coder.ui.tasks import Progress as Working


@frozen
class Reading:
    """What one reading of a round found. ``frozen`` is the wording of codes at the freeze;
    ``adjudicating``: names are hidden; ``able``: something can be written at all."""

    row: RoundRow
    items: tuple[Item, ...]
    progress: Progress
    study: Study
    frozen: Mapping[UUID, Worded]
    adjudicating: bool
    able: bool


def read_round(
    project: Project, round_: UUID | None, columns: Sequence[UUID], progress: Working
) -> Reading:
    """Read a round (safe off the main thread); ``columns`` are the coders to come first.
    Raises NotFound; NotAllowed where nothing of it is unsealed."""
    if round_ is None:
        raise NotFound(QCoreApplication.translate("Settle", "No round is chosen."))
    row = project.rounds.get(round_)
    service = project.reconciliation
    items = service.items(round_, coders=columns or None)
    progress.check()
    version = row.codebook_version
    content = project.codebook_versions.content(version) if version is not None else ()
    return Reading(
        row,
        items,
        service.progress(round_),
        read_study(project, version),
        {code.id: code for code in content},
        service.adjudicating(round_),
        not project.read_only,
    )
