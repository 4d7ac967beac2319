"""A review for tests: records, studies and a charting form like those of a scoping review."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from ikt_coder.core.ops import Op
from ikt_coder.core.transcript import Transcript
from ikt_coder.services.charting.rows import Basis, OptionRow, Subject, SubjectKind
from ikt_coder.services.documents import NewDocument
from ikt_coder.services.project import Project

FORM = ("kta", "iap2", "research-stages", "wider", "ikt-outcomes")


def review(path: Path, records: int, *, form: Sequence[str] = FORM) -> tuple[Project, list[UUID]]:
    """A project of ``records`` short documents (R01, R02 …) with the fields of ``form``, and
    a first coder."""
    project = Project.create(path)
    project.coders.switch(project.coders.add("Amara Okafor", "AO"))
    documents = project.documents.add_many(
        [
            NewDocument(
                Transcript(f"What record {n} says.\n"), f"R{n:02}", f"R{n:02}.txt", "txt", b""
            )
            for n in range(1, records + 1)
        ]
    )
    project.charting.add_form(form)
    return project, list(documents)


def of(document: UUID) -> Subject:
    return Subject(SubjectKind.DOCUMENT, document)


def field(project: Project, name: str) -> UUID:
    return project.charting.find_field(name).id


def option(project: Project, name: str, word: str) -> OptionRow:
    row = project.charting.find_field(name)
    return project.charting.find_option(row, word)


def chart(project: Project, document: UUID, name: str, *words: str, **more: object) -> None:
    """Answer a field by the words of its options; without any: not reported."""
    row = project.charting.find_field(name)
    if words:
        keys = [project.charting.find_option(row, word).id for word in words]
        project.charting.answer(of(document), row.id, options=keys, **more)  # type: ignore[arg-type] # keywords of answer()
    else:
        project.charting.answer(of(document), row.id, not_reported=True)


def scoping_review(path: Path) -> tuple[Project, list[UUID]]:
    """A review with the counts of a published one: 74 records of 72 studies; one level each, 43
    collaborate and 4 do not say; outcomes at once 38, on the way 40, later 15 studies, which
    overlap, and 20 studies without any."""
    project, documents = review(path, 74)
    project.studies.add("Study A", "Adams 2018", documents=documents[0:2])
    project.studies.add("Study B", "Brown 2019", documents=documents[2:4])
    firsts = [documents[0], documents[2], *documents[4:]]  # one record of each of 72 studies
    # The second records of the two studies say the same once more: nothing counts twice.
    doubles = {documents[0]: documents[1], documents[2]: documents[3]}
    levels = ["Collaborate"] * 43 + ["Inform"] * 5 + ["Consult"] * 8 + ["Involve"] * 9
    levels += ["Empower"] * 3
    with project.operation(Op.CHART):
        for at, document in enumerate(firsts):
            outcomes = []
            if at < 52:
                outcomes += ["out.immediate"] if at < 38 else []
                outcomes += ["out.intermediate"] if at >= 12 else []
                outcomes += ["out.longterm"] if at % 4 == 0 or at in (1, 2) else []
            for each in filter(None, (document, doubles.get(document))):
                basis = {"basis": Basis.INFERRED} if at % 3 == 0 and at < 68 else {}
                chart(project, each, "iap2.level", *levels[at : at + 1], **basis)
                chart(project, each, "out.reported", *outcomes)
    return project, documents
