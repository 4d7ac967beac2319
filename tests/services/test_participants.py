"""Participants: pseudonyms, consent, and being left out of analysis."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.words import Consent
from ikt_coder.services.project import Project
from tests.studies import add_talk, span_of, study

Desk = tuple[Project, UUID]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    project, document = study(tmp_path / "study.ikt")
    yield project, document
    project.close()


def test_pseudonyms_are_unique_whatever_their_case(desk: Desk) -> None:
    project, _ = desk
    with pytest.raises(UserError, match="already"):
        project.participants.add("p01")
    with pytest.raises(UserError, match="name"):
        project.participants.add("  ")


def test_changing_touches_only_what_is_given(desk: Desk) -> None:
    project, _ = desk
    who = project.participants.all()[0]
    project.participants.change(who.id, consent=Consent.PARAPHRASE, group="Panel")
    now = project.participants.get(who.id)
    assert (now.label, now.consent, now.group) == (who.label, Consent.PARAPHRASE, "Panel")


def test_a_deleted_participant_leaves_the_words(desk: Desk) -> None:
    project, document = desk
    who = project.participants.all()[0]
    project.participants.delete(who.id)
    with pytest.raises(NotFound):
        project.participants.get(who.id)
    assert "She phoned me" in project.texts.get(document)
    assert project.documents.speakers(document)[1].participant is None
    project.history.undo()
    assert project.documents.speakers(document)[1].participant == who.id


def test_left_out_words_count_nowhere_until_taken_back(desk: Desk) -> None:
    project, document = desk
    mine = project.codings.apply_new_code(
        document, span_of(project, document, "She phoned me"), "Phoned"
    )[0]
    theirs = project.codings.apply_new_code(
        document, span_of(project, document, "I came late"), "Late"
    )[0]
    project.themes.add("Beginnings", codes=[mine, theirs])
    who = project.participants.all()[0]
    project.participants.leave_out(who.id)
    row = project.themes.all()[0]
    assert (row.references, row.participants) == (1, 1)
    project.participants.leave_out(who.id, False)
    row = project.themes.all()[0]
    assert (row.references, row.participants) == (2, 2)


def test_a_document_whose_only_participant_is_left_out_is_marked(desk: Desk) -> None:
    project, _ = desk
    document = add_talk(project, "P09: alone\n", "Alone", ["P09"])
    project.participants.leave_out(project.participants.all()[-1].id)
    assert project.documents.get(document).left_out
    assert document not in {row.document for row in project.layers.info().sources}


def test_words_of_a_turn_without_a_linked_speaker_are_the_documents_participants(
    desk: Desk,
) -> None:
    project, _ = desk
    document = add_talk(project, "no labels here at all\n", "Bare", [])
    project.documents.link_participant(document, project.participants.add("P07"))
    code, _ = project.codings.apply_new_code(
        document, span_of(project, document, "labels"), "Bare words"
    )
    assert project.passages.of_codes(code)[0].participants == ("P07",)
    project.documents.link_participant(document, project.participants.add("P08"))
    assert project.passages.of_codes(code)[0].participants == ()
