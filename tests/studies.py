"""Small studies for tests: transcripts written with marks, and projects built from them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from sqlalchemy import Table

from ikt_coder.core.span import Span
from ikt_coder.core.transcript import SpeakerRole, Transcript, Turn
from ikt_coder.services.documents import NewDocument
from ikt_coder.services.project import Project
from ikt_coder.storage.triggers import entity_tables

TALK = """\
Interviewer: What made it feel possible to take part?
P01: She phoned me before the third meeting. She went through the slides with me.
Interviewer: And what got in the way?
P01: Nobody had explained how a study is put together, or what a partner does.
P02: I came late, and the meetings were always at two. 😀 Ça va, e\u0301t.
"""


def transcript(text: str = TALK) -> Transcript:
    """A transcript whose lines begin with "Label: "; "Interviewer" asks."""
    turns = []
    at = 0
    for line in text.splitlines(keepends=True):
        found = re.match(r"(\w+): ", line)
        if found:
            turns.append(Turn(Span(at, at + len(line)), found.group(1), None, at + found.end()))
        at += len(line)
    roles = {"Interviewer": SpeakerRole.INTERVIEWER}
    return Transcript(text, tuple(turns), speaker_roles=roles)


def add_talk(
    project: Project, text: str = TALK, title: str = "Talk", people: Iterable[str] = ("P01", "P02")
) -> UUID:
    """Import a transcript; its speakers are the participants of the same names."""
    new = NewDocument(
        transcript(text),
        title,
        f"{title}.txt",
        "txt",
        text.encode(),
        participants={name: name for name in people if f"{name}: " in text},
    )
    return project.documents.add_many([new])[0]


def span_of(project: Project, document: UUID, words: str) -> Span:
    """Where some words stand in a document."""
    start = project.texts.get(document).index(words)
    return Span(start, start + len(words))


def study(path: Path) -> tuple[Project, UUID]:
    """A new project with one coder and one talk."""
    project = Project.create(path, "Study")
    project.coders.switch(project.coders.add("Amara Okafor"))
    return project, add_talk(project)


def _names(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every journaled table, to compare states."""
    connection = sqlite3.connect(path)
    try:
        return {
            table.name: sorted(
                connection.execute(
                    # By name: an updated file has later columns behind the id.
                    f'SELECT {_names(table)} FROM "{table.name}"'
                ).fetchall(),
                key=repr,
            )
            for table in entity_tables()
        }
    finally:
        connection.close()
