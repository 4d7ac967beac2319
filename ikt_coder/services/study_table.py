"""The studies and the records that describe them, as a table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ikt_coder.core.table import Align, Column, Run, Table, cell, number
from ikt_coder.services.retrieval_notes import counted_on

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


def study_table(project: Project) -> Table:
    """One row per study; a record of no study stands for one of its own. Documents of people
    who were left out of analysis are not counted."""
    documents = project.documents.all()
    titles = {row.id: row.title for row in documents if not row.left_out}
    counts = project.studies.counts(titles)
    rows = []
    for study in project.studies.all():
        records = [titles[key] for key in study.records if key in titles]
        if records:
            rows.append(
                (cell(study.name), cell(study.citation), cell(*records), number(len(records)))
            )
    held = project.studies.of_documents()
    alone = [title for key, title in titles.items() if key not in held]
    rows += [(cell(title), cell(""), cell(title), number(1)) for title in alone]
    gone = len(documents) - len(titles)
    notes = [
        f"{counts.records:,} {'record describes' if counts.records == 1 else 'records describe'} "
        f"{counts.studies:,} {'study' if counts.studies == 1 else 'studies'}; "
        f"{counts.several:,} of them {'has' if counts.several == 1 else 'have'} more than one "
        "record. A record is one document; one that was put into no study counts as a study.",
    ]
    if gone:
        notes.append(f"{gone:,} records of people left out of analysis are not counted.")
    return Table(
        title="Studies and Their Records",
        columns=(
            Column((Run("Study"),), width=2.0),
            Column((Run("Citation"),), width=2.0),
            Column((Run("Records"),), width=2.5),
            Column((Run("n", italic=True), Run(" records")), Align.RIGHT, 0.7),
        ),
        rows=tuple(rows),
        note=((Run(" ".join([*notes, counted_on(date.today())])),),),
        description="The studies with the records that describe each.",
        empty="There are no documents yet.",
    )
