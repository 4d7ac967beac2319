"""A study whose participants, documents and attributes files speak of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.attribute_files.rows import AttributePlan, ImportChoices
from ikt_coder.services.project import Project
from tests.studies import add_talk, dump


class Desk:
    """A project and a folder for files."""

    def __init__(self, project: Project, folder: Path) -> None:
        self.project = project
        self.folder = folder

    def file(self, text: str | bytes, name: str = "people.csv") -> Path:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    def plan(
        self, text: str | bytes, subject: Subject = Subject.PARTICIPANT, **choices: object
    ) -> AttributePlan:
        """What importing a .csv file of this text would do; nothing may be written by it."""
        before = dump(self.project.path)
        chosen = ImportChoices(**choices)  # type: ignore[arg-type]  # passed on
        plan = self.project.attributes.read_file(self.file(text), subject, chosen)
        assert dump(self.project.path) == before
        return plan

    def known(self, subject: Subject = Subject.PARTICIPANT) -> dict[str, dict[str, str]]:
        """What the project knows, by names."""
        names = {row.id: row.name for row in self.project.attributes.all(subject)}
        owners = {
            **{row.id: row.label for row in self.project.participants.all()},
            **{row.id: row.title for row in self.project.documents.all()},
            **{row.id: row.name for row in self.project.studies.all()},
        }
        return {
            owners[owner]: {names[key]: value for key, value in some.items()}
            for owner, some in self.project.attributes.values(subject).items()
        }

    def kinds(self, subject: Subject = Subject.PARTICIPANT) -> dict[str, AttributeKind]:
        return {row.name: row.kind for row in self.project.attributes.all(subject)}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """P01, P02 and P03; a number, a date, a choice, several choices and a text of them."""
    project = Project.create(tmp_path / "study.ikt", "Study")
    project.coders.switch(project.coders.add("Amara Okafor"))
    add_talk(project)
    project.participants.add("P03")
    for name, kind, choices in (
        ("Years", AttributeKind.NUMBER, ()),
        ("Joined", AttributeKind.DATE, ()),
        ("Role", AttributeKind.CHOICE, ("Nurse", "Patient")),
        ("Tongues", AttributeKind.CHOICES, ("English", "French", "Cree; Dene")),
        ("Site", AttributeKind.TEXT, ()),
    ):
        project.attributes.add(name, Subject.PARTICIPANT, kind, choices)
    yield Desk(project, tmp_path)
    project.close()
