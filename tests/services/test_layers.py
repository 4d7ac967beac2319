"""Whose codings count: the analysis layer and N (the method's rules)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import update

from ikt_coder.core.ops import Op
from ikt_coder.core.words import DocumentStatus, Layer
from ikt_coder.model import Coding
from ikt_coder.services.layers import LayerInfo
from ikt_coder.services.project import Project
from ikt_coder.services.theme_notes import layer_sentences
from tests.settled import say_settled
from tests.studies import add_talk, span_of, study

Desk = tuple[Project, UUID]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    project, document = study(tmp_path / "study.ikt")
    yield project, document
    project.close()


def code(project: Project, document: UUID, words: str, name: str = "Clear role") -> UUID:
    known = {row.name: row.id for row in project.codes.all()}
    key = known.get(name) or project.codes.add(name)
    return project.codings.apply(document, span_of(project, document, words), key)


def settle(project: Project, coding: UUID, *, whole: bool = True) -> None:
    """Make a coding one of the consensus; with ``whole`` nothing is left to settle in its
    document."""
    with project.operation(Op.CHANGE_CODING) as op:
        values = {"layer": Layer.CONSENSUS.value, "coder_id": None}
        op.execute(update(Coding).where(Coding.id == coding).values(**values))
        if whole:
            say_settled(op, project.codings.get(coding).document)


def second_coder(project: Project) -> tuple[UUID, UUID]:
    first = project.coder
    assert first is not None
    second = project.coders.add("Bo Lindqvist")
    return first, second


def counted(project: Project) -> set[UUID]:
    return {row.id for row in project.layers.codings(project.layers.info())}


def test_who_codes_alone_has_read_what_they_mark_as_coded(desk: Desk) -> None:
    """An interview in which nothing was found belongs to N."""
    project, document = desk
    before = project.layers.info()
    assert (before.coded, before.unchosen) == (0, before.documents)
    project.documents.set_status(document, DocumentStatus.IN_PROGRESS)
    assert project.documents.get(document).lead_coder is None
    project.documents.set_status(document, DocumentStatus.CODED)
    assert project.documents.get(document).lead_coder == project.coder
    after = project.layers.info()
    assert after.coded == 1
    assert len(after.participants) == 2
    project.history.undo()
    assert project.documents.get(document).lead_coder is None


def test_with_several_coders_a_status_names_no_lead(desk: Desk) -> None:
    project, document = desk
    second_coder(project)
    project.documents.set_status(document, DocumentStatus.CODED)
    assert project.documents.get(document).lead_coder is None


def test_the_first_who_codes_a_document_leads_it(desk: Desk) -> None:
    project, document = desk
    coding = code(project, document, "phoned me")
    (source,) = project.layers.info().sources
    assert (source.layer, source.coder) == (Layer.CODER, project.coder)
    assert counted(project) == {coding}


def test_codings_of_two_coders_are_never_added_up(desk: Desk) -> None:
    project, document = desk
    mine = code(project, document, "phoned me")
    _, second = second_coder(project)
    project.coders.switch(second)
    theirs = code(project, document, "the slides")
    assert counted(project) == {mine}
    project.documents.set_lead(document, second)
    assert counted(project) == {theirs}


def test_nothing_counts_until_a_lead_is_chosen(desk: Desk) -> None:
    project, document = desk
    code(project, document, "phoned me")
    project.documents.set_lead(document, None)
    info = project.layers.info()
    assert counted(project) == set()
    assert info.unchosen == 1
    assert any("neither a consensus nor a lead coder" in said for said in layer_sentences(info))


def test_consensus_goes_before_the_lead_coder(desk: Desk) -> None:
    project, document = desk
    code(project, document, "phoned me")
    agreed = code(project, document, "the slides")
    settle(project, agreed)
    info = project.layers.info()
    assert counted(project) == {agreed}
    assert info.sources[0].layer is Layer.CONSENSUS
    assert info.leads == ()


def test_consensus_is_decided_per_document(desk: Desk) -> None:
    project, document = desk
    other = add_talk(project, "P03: We drove for two hours.\n", "Second", ["P03"])
    settle(project, code(project, document, "phoned me"))
    code(project, other, "two hours")
    info = project.layers.info()
    assert {s.document: s.layer for s in info.sources} == {
        document: Layer.CONSENSUS,
        other: Layer.CODER,
    }
    assert "consensus in 1 document and codings by Amara Okafor in 1 document" in said(info)


def test_the_lead_counts_while_a_document_is_being_settled(desk: Desk) -> None:
    project, document = desk
    mine = code(project, document, "phoned me")
    settle(project, code(project, document, "the slides"), whole=False)
    info = project.layers.info()
    assert counted(project) == {mine}
    assert info.sources[0].layer is Layer.CODER
    assert (info.consensus, info.being_settled) == (0, 1)
    assert "1 document is being settled" in said(info)


def test_consensus_is_in_no_coder_list(desk: Desk) -> None:
    project, document = desk
    settle(project, code(project, document, "phoned me"))
    assert [coder.name for coder in project.coders.all()] == ["Amara Okafor"]


def test_the_layer_says_how_many_documents_were_single_coded(desk: Desk) -> None:
    project, document = desk
    other = add_talk(project, "P03: We drove for two hours.\n", "Second", ["P03"])
    code(project, document, "phoned me")
    code(project, other, "two hours")
    assert project.layers.info().single_coded == 2
    _, second = second_coder(project)
    project.coders.switch(second)
    code(project, document, "the slides")
    assert project.layers.info().single_coded == 1
    assert "in 2 documents, 1 of them single-coded" in said(project.layers.info())
    code(project, other, "drove")
    assert "in 2 documents, none of them single-coded" in said(project.layers.info())


def test_a_document_without_codings_is_not_single_coded(desk: Desk) -> None:
    project, document = desk
    project.documents.set_lead(document, project.coder)
    assert project.layers.info().single_coded == 0


def test_n_is_the_participants_of_documents_marked_coded(desk: Desk) -> None:
    project, document = desk
    other = add_talk(project, "P03: We drove for two hours.\n", "Second", ["P03"])
    code(project, document, "phoned me")
    code(project, other, "two hours")
    assert project.layers.info().participants == ()
    project.documents.set_status(document, DocumentStatus.CODED)
    info = project.layers.info()
    labels = {row.id: row.label for row in project.participants.all()}
    assert sorted(labels[key] for key in info.participants) == ["P01", "P02"]
    assert [labels[key] for key in info.pending] == ["P03"]


def test_interim_is_said_until_all_are_coded(desk: Desk) -> None:
    project, document = desk
    other = add_talk(project, "P03: We drove for two hours.\n", "Second", ["P03"])
    code(project, document, "phoned me")
    code(project, other, "two hours")
    project.documents.set_status(document, DocumentStatus.CODED)
    assert project.layers.info().interim
    assert "Interim: 1 of 2 documents coded." in said(project.layers.info())
    project.documents.set_status(other, DocumentStatus.CODED)
    assert not project.layers.info().interim
    assert "Interim" not in said(project.layers.info())


def test_a_document_marked_coded_counts_only_in_a_layer(desk: Desk) -> None:
    project, document = desk
    second_coder(project)
    project.documents.set_status(document, DocumentStatus.CODED)
    info = project.layers.info()
    assert (info.coded, info.participants, info.interim) == (0, (), True)


def test_documents_of_participants_left_out_are_not_in_the_layer(desk: Desk) -> None:
    project, document = desk
    other = add_talk(project, "P03: We drove for two hours.\n", "Second", ["P03"])
    code(project, document, "phoned me")
    left = code(project, other, "two hours")
    project.documents.set_status(document, DocumentStatus.CODED)
    person = next(row.id for row in project.participants.all() if row.label == "P03")
    project.participants.leave_out(person)
    info = project.layers.info()
    assert (info.left_out, info.documents, info.interim) == (1, 1, False)
    assert left not in counted(project)
    assert "1 participant left out of analysis." in said(info)
    project.participants.leave_out(person, False)
    assert left in counted(project)


def said(info: LayerInfo) -> str:
    return " ".join(layer_sentences(info))
