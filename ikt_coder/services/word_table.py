"""The frequency list of words as a table to be written to a file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ikt_coder.core.table import Align, Column, Run, Table, cell, number

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

MOST = 1000
"""Rows of the list; a longer one is for no reader."""


def word_table(project: Project) -> Table:
    """The words said most, all forms of a word together, without stop words."""
    found = project.words.frequencies()
    rows = found.rows[:MOST]
    notes = [
        "One count is one use of a word in any of its forms; words that say little by themselves "
        "(stop words) are left out.",
        *found.notes,
        f"{found.words:,} words in all, stop words included, in "
        f"{_counted(found.documents, 'document')} of "
        f"{_counted(found.participants, 'participant')}; people left out of analysis are not "
        "counted.",
    ]
    if len(found.rows) > len(rows):
        notes.append(f"The {len(rows):,} most frequent of {len(found.rows):,} words.")
    notes.append(f"{date.today().isoformat()}.")
    return Table(
        title="Word Frequencies",
        columns=(
            Column((Run("Word"),), width=2.0),
            Column((Run("Count"),), Align.RIGHT, 0.7),
            Column((Run("Participants"),), Align.RIGHT, 0.8),
            Column((Run("Documents"),), Align.RIGHT, 0.7),
        ),
        rows=tuple(
            (cell(row.text), number(row.count), number(row.participants), number(row.documents))
            for row in rows
        ),
        note=((Run(" ".join(notes)),),),
        description="How often each word is said, by how many participants, in how many documents.",
        empty="There are no words to count yet.",
    )


def _counted(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count:,} {noun}s"
