"""The cases of a project, and which codings of the analysis layer are a case's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.cases import CaseKind, CaseRef
from ikt_coder.core.frozen import frozen
from ikt_coder.services.layers import LayerInfo
from ikt_coder.services.rows import CodingRow

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

CaseCodings = dict[tuple[CaseRef, UUID], list[CodingRow]]
"""Codings by case and code, in document and text order."""


@frozen
class Case:
    """A case as lists show it. ``group`` is that of a participant; ``documents`` are those in
    which it stands, in their order."""

    ref: CaseRef
    label: str
    group: str
    documents: tuple[UUID, ...]


class Cases:
    """The cases of one kind; read once. Participants who were left out are no cases, and
    neither are documents and studies in which nobody else speaks."""

    def __init__(self, project: Project, kind: CaseKind) -> None:
        self._project = project
        self.kind = kind
        self._ground = project.retrieval.ground()
        attribution = self._ground.attribution
        self._of_document: dict[UUID, UUID] = {}
        found: dict[CaseRef, tuple[str, str, list[UUID]]] = {}
        counted = {
            document: attribution.counted(attribution.of_document(document))
            for document in self._ground.titles
        }
        kept = [
            document
            for document, people in counted.items()
            if people or not attribution.of_document(document)
        ]
        if kind is CaseKind.DOCUMENT:
            for document in kept:
                ref = CaseRef(kind, document)
                found[ref] = (self._ground.titles[document], "", [document])
        elif kind is CaseKind.STUDY:
            self._of_document = project.studies.of_documents()
            for row in project.studies.all():
                records = [key for key in kept if self._of_document.get(key) == row.id]
                if records or not row.records:
                    found[CaseRef(kind, row.id)] = (row.name, "", records)
        else:
            documents_of: dict[UUID, list[UUID]] = {}
            for document in kept:
                for key in counted[document]:
                    documents_of.setdefault(key, []).append(document)
            for person in attribution.people.values():
                if person.left_out or (kind is CaseKind.GROUP and not person.group):
                    continue
                theirs = documents_of.get(person.id, [])
                if kind is CaseKind.PARTICIPANT:
                    found[CaseRef(kind, person.id)] = (person.label, person.group, theirs)
                else:
                    ref = CaseRef(kind, None, person.group)
                    documents = found.setdefault(ref, (person.group, "", []))[2]
                    documents += [key for key in theirs if key not in documents]
        self.rows = tuple(
            Case(ref, label, group, tuple(documents))
            for ref, (label, group, documents) in found.items()
        )
        self._known = {case.ref: case for case in self.rows}

    def get(self, ref: CaseRef) -> Case | None:
        """The case; None where it is gone or left out."""
        return self._known.get(ref)

    def of_coding(self, row: CodingRow) -> tuple[CaseRef, ...]:
        """The cases a coding belongs to: those whose turns it touches (method.md, Counting)."""
        if self.kind is CaseKind.DOCUMENT:
            refs: Iterable[CaseRef] = (CaseRef(self.kind, row.document),)
        elif self.kind is CaseKind.STUDY:
            study = self._of_document.get(row.document)
            refs = (CaseRef(self.kind, study),) if study is not None else ()
        else:
            attribution = self._ground.attribution
            people = attribution.counted(attribution.of(row.document, row.span).participants)
            if self.kind is CaseKind.PARTICIPANT:
                refs = (CaseRef(self.kind, person) for person in people)
            else:
                groups = (attribution.people[person].group for person in people)
                refs = (CaseRef(self.kind, None, name) for name in dict.fromkeys(groups) if name)
        return tuple(ref for ref in refs if ref in self._known)

    def info(self) -> LayerInfo:
        """The analysis layer the codings are of, for notes."""
        return self._project.layers.info(self._ground.attribution)

    def codings(self, codes: Iterable[UUID]) -> CaseCodings:
        """The layer's codings of these codes, by case and code."""
        found: CaseCodings = {}
        for row in self._project.layers.codings(self.info(), set(codes)):
            for ref in self.of_coding(row):
                found.setdefault((ref, row.code), []).append(row)
        return found

    def codings_under(self, parts: Mapping[UUID, Collection[UUID]]) -> CaseCodings:
        """The layer's codings by case and heading, where each heading gathers several codes (a
        code with its sub-codes); a coding stands under every heading that holds its code."""
        under: dict[UUID, list[UUID]] = {}
        for heading, codes in parts.items():
            for code in codes:
                under.setdefault(code, []).append(heading)
        found: CaseCodings = {}
        for row in self._project.layers.codings(self.info(), under):
            for ref in self.of_coding(row):
                for heading in under[row.code]:
                    found.setdefault((ref, heading), []).append(row)
        return found
