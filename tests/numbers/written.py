"""The study of the ledger as a project."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from sqlalchemy import update

from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.core.words import DocumentStatus, Layer, ThemeStatus, Valence
from ikt_coder.model import Coding
from ikt_coder.services.new_codings import NewCoding
from ikt_coder.services.project import Project
from tests.numbers.ledger import CODERS, CODES, CONSENSUS, GROUPS, LEVELS, Code, Ledger
from tests.settled import say_settled
from tests.studies import add_talk

SCHEME = "levels-micro-meso-macro"


def write(book: Ledger, path: Path) -> Project:
    """A new project that holds what the ledger says; its first coder is present."""
    project = Project.create(path, "Numbers")
    coders = {name: project.coders.add(name) for name in CODERS}
    project.coders.switch(coders[CODERS[0]])
    # The Consensus is written by somebody, and then handed over.
    chair = coders[CODERS[2]]
    documents = {
        title: add_talk(project, text, title, book.speakers(title))
        for title, text in book.texts.items()
    }
    codes: dict[Code, UUID] = {}
    for path_ in CODES:
        codes[path_] = project.codes.add(path_[-1], codes.get(path_[:-1]))
    project.frameworks.add("tdf-v2")
    project.frameworks.add(SCHEME)
    codes |= {row.path: row.id for row in project.codes.all()}
    levels = {row.name: row.id for row in project.frameworks.levels()}
    assert set(LEVELS) <= set(levels), levels
    made = project.codings.apply_many(
        [
            NewCoding(
                documents[mark.document],
                Span(mark.start, mark.end),
                codes[mark.code],
                coders.get(mark.coder, chair),
                Valence(mark.direction) if mark.direction else None,
                levels=[levels[name] for name in mark.levels],
            )
            for mark in book.marks
        ]
    )
    assert len(set(made)) == len(book.marks)
    agreed = [key for key, m in zip(made, book.marks, strict=True) if m.coder == CONSENSUS]
    with project.operation(Op.CHANGE_CODING) as op:
        values = {"layer": Layer.CONSENSUS.value, "coder_id": None}
        for key in agreed:
            op.execute(update(Coding).where(Coding.id == key).values(**values))
        for title in dict.fromkeys(m.document for m in book.marks if m.coder == CONSENSUS):
            say_settled(op, documents[title])
    for title, document in documents.items():
        lead = book.leads.get(title)
        project.documents.set_lead(document, coders[lead] if lead else None)
        status = DocumentStatus.CODED if title in book.coded else DocumentStatus.IN_PROGRESS
        project.documents.set_status(document, status)
    for row in project.participants.all():
        if row.label in GROUPS:
            project.participants.change(row.id, group=GROUPS[row.label])
        if row.label in book.left_out:
            project.participants.leave_out(row.id)
    themes: dict[str, UUID] = {}
    for idea in book.ideas:
        parent = themes[idea.parent] if idea.parent else None
        themes[idea.name] = project.themes.add(
            idea.name, parent, codes=[codes[path_] for path_ in idea.codes]
        )
        if idea.aside:
            project.themes.change(
                themes[idea.name], status=ThemeStatus.SET_ASIDE, set_aside_reason="No evidence."
            )
    return project
