"""Studies: several documents (records) may report one. Counts say which of the two they count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, cast
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.model import Document, Study
from ikt_coder.services.attribute_values import folded
from ikt_coder.services.base import UNSET, Service, Unset, add_row, change_row, given, named
from ikt_coder.services.document_order import document_order, put_before
from ikt_coder.storage.operation import Operation

LONGEST_CITATION: Final = 1000

# What tells the records of one study apart: "Smith 2019a", "Title (supplement)", "Title, part 2".
_PART = re.compile(
    r"(?i)[\s,;:–—-]*[(\[]?\s*(?:part|paper|report|record|article|supplement(?:ary(?: \w+)?)?|"
    r"appendix|protocol|erratum|correction|companion)\s*[0-9ivx]{0,4}\s*[)\]]?$"
)
_NUMBER = re.compile(r"[\s_-]*[(\[]\s*\d{1,2}\s*[)\]]$")
_YEAR_LETTER = re.compile(r"(\b(?:19|20)\d\d)[a-h]\b")


@frozen
class StudyRow:
    """A study with its records, in the order of the documents."""

    id: UUID
    name: str
    citation: str
    note: str
    records: tuple[UUID, ...]

    @property
    def n(self) -> int:
        """How many records describe it."""
        return len(self.records)


@frozen
class StudyCounts:
    """``records`` are all documents; ``studies`` what they describe: each study that has a
    record once, and each document of no study as one of its own. ``several`` studies have more
    than one record."""

    records: int
    studies: int
    several: int


@frozen
class StudySuggestion:
    """Records of no study whose titles say they may belong together."""

    name: str
    records: tuple[UUID, ...]


class StudyService(Service):
    # -- reading ----------------------------------------------------------------------------

    def all(self) -> tuple[StudyRow, ...]:
        """All studies in their order, each with its records."""
        held: dict[UUID, list[UUID]] = {}
        for document, study in self.of_documents().items():
            held.setdefault(study, []).append(document)
        rows = self._rows(select(Study.__table__).order_by(Study.position, Study.id))
        return tuple(
            StudyRow(r.id, r.name, r.citation, r.note, tuple(held.get(r.id, ()))) for r in rows
        )

    def get(self, study: UUID) -> StudyRow:
        """A study. Raises NotFound."""
        for row in self.all():
            if row.id == study:
                return row
        raise NotFound("This study is no longer in the project.", "Undo may bring it back.")

    def find(self, name: str) -> StudyRow:
        """The study of this name, whatever its case, or id. Raises NotFound."""
        for row in self.all():
            if folded(row.name) == folded(name) or str(row.id) == name:
                return row
        raise NotFound(f"There is no study “{name}” in the project.")

    def of_documents(self) -> dict[UUID, UUID]:
        """The study of each document that belongs to one, in the order of the documents."""
        found = select(Document.id, Document.study_id).where(Document.study_id.is_not(None))
        held = {row.id: cast(UUID, row.study_id) for row in self._rows(found)}
        if not held:
            return {}
        return {key: held[key] for key in document_order(self._connection) if key in held}

    def of_document(self, document: UUID) -> StudyRow | None:
        """The study that a document describes; None for a document of no study."""
        key = self._connection.execute(
            select(Document.study_id).where(Document.id == document)
        ).scalar()
        return self.get(key) if key is not None else None

    def titles(self) -> dict[UUID, str]:
        """The titles of all documents, in their order."""
        found = {row.id: row.title for row in self._rows(select(Document.id, Document.title))}
        return {key: found[key] for key in document_order(self._connection) if key in found}

    def free_name(self, name: str) -> str:
        """This name, or with a number behind it where it is taken."""
        taken = {folded(row.name) for row in self._rows(select(Study.name))}
        free, number = name, 1
        while folded(free) in taken:
            number += 1
            free = f"{name} ({number})"
        return free

    def units(self, documents: Iterable[UUID]) -> dict[UUID, UUID]:
        """What each document counts as where studies are counted: its study, or itself."""
        held = self.of_documents()
        return {key: held.get(key, key) for key in documents}

    def counts(self, documents: Iterable[UUID] | None = None) -> StudyCounts:
        """How many records there are and how many studies they describe; of all documents, or
        of those given."""
        keys = (
            [row.id for row in self._rows(select(Document.id))]
            if documents is None
            else list(documents)
        )
        times: dict[UUID, int] = {}
        for unit in self.units(keys).values():
            times[unit] = times.get(unit, 0) + 1
        return StudyCounts(len(keys), len(times), sum(n > 1 for n in times.values()))

    def suggest(self) -> tuple[StudySuggestion, ...]:
        """Records of no study whose titles differ only in what tells parts of one study apart
        (a letter after the year, "part 2", "supplement"). Nothing is written."""
        held = self.of_documents()
        alike: dict[str, list[tuple[str, UUID]]] = {}
        titles = {row.id: row.title for row in self._rows(select(Document.id, Document.title))}
        for key in document_order(self._connection):
            if key in titles and key not in held:
                stem = _stem(titles[key])
                if stem:
                    alike.setdefault(folded(stem), []).append((stem, key))
        taken = {folded(row.name) for row in self.all()}
        return tuple(
            StudySuggestion(some[0][0], tuple(key for _, key in some))
            for stem, some in alike.items()
            if len(some) > 1 and stem not in taken
        )

    # -- writing ----------------------------------------------------------------------------

    def add(
        self, name: str, citation: str = "", note: str = "", documents: Iterable[UUID] = ()
    ) -> UUID:
        """Add a study after the others, perhaps with records, in one act. Raises UserError
        where the name is taken, NotFound where a document is gone."""
        name = named(name, "study")
        key = new_id()
        records = list(dict.fromkeys(documents))
        with self._operation(Op.ADD_STUDY, study=key, name=name) as op:
            self._refuse_double(name, None)
            add_row(
                op,
                Study,
                id=key,
                name=name,
                citation=_citation(citation),
                note=note.strip(),
                position=self._next_position(Study),
            )
            self._put(op, records, key)
        return key

    def add_many(self, names: Sequence[str]) -> tuple[UUID, ...]:
        """Add studies by name, in one act. Raises UserError where a name is taken or given
        twice; then none is added."""
        plain = [named(name, "study") for name in names]
        keys = tuple(new_id() for _ in plain)
        with self._operation(Op.ADD_STUDY, count=len(plain)) as op:
            taken = {folded(row.name) for row in self._rows(select(Study.name))}
            for name in plain:
                if folded(name) in taken:
                    raise UserError(f"There is a study “{name}” already. None was added.")
                taken.add(folded(name))
            position = self._next_position(Study)
            op.execute(
                insert(Study),
                [
                    {"id": key, "name": name, "citation": "", "note": "", "position": position + at}
                    for at, (key, name) in enumerate(zip(keys, plain, strict=True))
                ],
            )
        return keys

    def add_suggested(self, suggestions: Iterable[StudySuggestion]) -> tuple[UUID, ...]:
        """Make the studies that were suggested and accepted, in one act."""
        some = tuple(suggestions)
        named_one = {"name": some[0].name} if len(some) == 1 else {"count": len(some)}
        with self._operation(Op.ADD_STUDY, **named_one):
            return tuple(self.add(one.name, documents=one.records) for one in some)

    def change(
        self,
        study: UUID,
        *,
        name: str | Unset = UNSET,
        citation: str | Unset = UNSET,
        note: str | Unset = UNSET,
    ) -> None:
        """Change what is given. Raises UserError where the name is taken, NotFound."""
        values = given(name=name, citation=citation, note=note)
        before = self.get(study)
        with self._operation(Op.CHANGE_STUDY, study=study, name=before.name) as op:
            if "name" in values:
                values["name"] = named(values["name"], "study")
                self._refuse_double(values["name"], study)
            if "citation" in values:
                values["citation"] = _citation(values["citation"])
            if "note" in values:
                values["note"] = values["note"].strip()
            change_row(op, Study, study, values)

    def move(self, study: UUID, before: UUID | None = None) -> None:
        """Put a study before another one, or (None) last."""
        with self._operation(Op.CHANGE_STUDY, study=study, name=self.get(study).name) as op:
            order = [row.id for row in self.all()]
            for position, key in enumerate(put_before(order, [study], before)):
                op.execute(
                    update(Study)
                    .where(Study.id == key, Study.position != position)
                    .values(position=position)
                )

    def delete(self, study: UUID) -> None:
        """Delete a study with its attributes' values; its records stay and describe no study."""
        row = self.get(study)
        with self._operation(Op.DELETE_STUDY, study=study, name=row.name) as op:
            op.execute(delete(Study).where(Study.id == study))

    def group(self, documents: Iterable[UUID], study: UUID) -> None:
        """Put documents into a study, in one act; those of another study leave it. Raises
        NotFound; then nothing is changed."""
        records = list(dict.fromkeys(documents))
        row = self.get(study)
        with self._operation(
            Op.GROUP_RECORDS, study=study, name=row.name, count=len(records)
        ) as op:
            self._put(op, records, study)

    def ungroup(self, documents: Iterable[UUID]) -> None:
        """Take documents out of their studies, in one act."""
        records = list(dict.fromkeys(documents))
        with self._operation(Op.GROUP_RECORDS) as op:
            self._put(op, records, None)

    def _put(self, op: Operation, documents: list[UUID], study: UUID | None) -> None:
        known = dict(op.execute(select(Document.id, Document.study_id)).all())
        if not known.keys() >= set(documents):
            raise NotFound(
                "A document is no longer in the project. Nothing was changed.",
                "Undo may bring it back.",
            )
        for key in documents:
            if known[key] != study:
                change_row(op, Document, key, {"study_id": study})

    def _refuse_double(self, name: str, besides: UUID | None) -> None:
        if any(folded(row.name) == folded(name) and row.id != besides for row in self.all()):
            raise UserError(f"There is a study “{name}” already.", "Choose another name.")


def _citation(text: str) -> str:
    text = " ".join(text.split())
    if len(text) > LONGEST_CITATION:
        raise UserError(
            f"The citation has {len(text):,} characters; {LONGEST_CITATION:,} are the most. "
            "Nothing was changed.",
            "Write the rest into the note.",
        )
    return text


def _stem(title: str) -> str:
    """A title without what tells the parts of one study apart."""
    stem = " ".join(title.split())
    stem = _YEAR_LETTER.sub(r"\1", stem)
    before = ""
    while stem != before:
        before = stem
        stem = _NUMBER.sub("", _PART.sub("", stem)).rstrip(" ,;:–—-_")
    return stem
