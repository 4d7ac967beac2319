"""What the walks through the numbers share: questions asked of a study, and files written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.query import Block, Query, Term, TermKind
from ikt_coder.exporters.catalogue import write
from ikt_coder.services.report_catalogue import report_kind
from ikt_coder.services.report_kinds import ReportOptions
from ikt_coder.services.retrieval_rows import CountRow, FoundGroup, Retrieval
from tests.numbers.conftest import Study
from tests.numbers.files import ENDINGS
from tests.numbers.ledger import Code, Count, Mark

every_ending = pytest.mark.parametrize("ending", ENDINGS)


def coder(study: Study, name: str) -> UUID:
    return study.project.coders.find(name).id


def code(study: Study, path: Code) -> UUID:
    return next(row.id for row in study.project.codes.all() if row.path == path)


def of_code(study: Study, path: Code, *, below: bool = True, **more: object) -> Query:
    term = Term(TermKind.CODE, code(study, path), below)
    return replace(Query((Block((term,)),)), **more)  # type: ignore[arg-type]  # fields by name


def written(study: Study, what: str, ending: str, **asked: object) -> Path:
    """A report in a file, made as the Reports place and the command line make it."""
    options = replace(ReportOptions(ending=ending), **asked)  # type: ignore[arg-type]  # by name
    path = study.folder / f"{what}{ending}"
    write(report_kind(what).build(study.project, options), path)
    return path


def beginning(rows: list[list[str]], first: str) -> list[list[str]]:
    return [row[1:] for row in rows if row and row[0] == first]


def figures(row: CountRow | FoundGroup | Retrieval) -> Count:
    return Count(row.references, row.passages, row.participants)


def said(count: Count) -> str:
    return ", ".join(
        f"{n} {word}{'' if n == 1 else 's'}"
        for n, word in (
            (count.references, "reference"),
            (count.passages, "passage"),
            (count.participants, "participant"),
        )
    )


def own(study: Study, name: str) -> list[Mark]:
    return [mark for mark in study.book.marks if mark.coder == name]
