"""One document with its codings: whose they are, whose words are left out, what is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.span import Span
from ikt_coder.core.words import Consent, Flag, Valence
from ikt_coder.services.coded_transcripts import coded_transcript
from ikt_coder.services.project import Project
from ikt_coder.services.sight import SightService
from tests.studies import span_of, study

Desk = tuple[Project, UUID]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    project, document = study(tmp_path / "study.ikt")
    yield project, document
    project.close()


def code(desk: Desk, words: str, name: str, **more: object) -> UUID:
    project, document = desk
    known = {row.name: row.id for row in project.codes.all()}
    key = known.get(name) or project.codes.add(name)
    return project.codings.apply(document, span_of(project, document, words), key, **more)  # type: ignore[arg-type]  # fields by name


def test_turns_without_labels_and_codings_in_text_order(desk: Desk) -> None:
    code(desk, "Nobody had explained", "Clear role", valence=Valence.BARRIER)
    code(desk, "She phoned me", "Contact", memo="Kind.", flags=[Flag.UNSURE, Flag.STAR])
    shown = coded_transcript(*desk)
    assert [part.speaker for part in shown.parts] == [
        "Interviewer",
        "P01",
        "Interviewer",
        "P01",
        "P02",
    ]
    assert [part.asking for part in shown.parts] == [True, False, True, False, False]
    text = "".join(shown.text[part.span.start : part.span.end] for part in shown.parts)
    assert text.startswith("What made it feel possible")
    assert "P01: " not in text
    assert [shown.text[one.start : one.end] for one in shown.anchors()] == [
        "She phoned me",
        "Nobody had explained",
    ]
    contact, role = shown.codings
    assert (contact.sign, contact.memo, contact.details) == ("", "Kind.", ("unsure", "quotable"))
    assert (role.sign, role.direction) == ("−", "barrier")
    assert [one.name for one in shown.codes] == ["Clear role", "Contact"]
    assert [one.codings for one in shown.codes] == [1, 1]


def test_whose_codings_are_printed(desk: Desk) -> None:
    project, document = desk
    code(desk, "She phoned me", "Contact")
    first = project.coder
    second = project.coders.add("Bo Lind")
    project.coders.switch(second)
    code(desk, "I came late", "Time")
    project.documents.set_lead(document, None)
    own = coded_transcript(project, document)
    assert own.whose == "Codings by Bo Lind (BL)"
    assert "one coder's own" in own.notes[0]
    assert [one.name for one in own.codes] == ["Time"]
    project.documents.set_lead(document, first)
    lead = coded_transcript(project, document)
    assert lead.whose == "Codings by Amara Okafor (AO), lead"
    assert [one.name for one in lead.codes] == ["Contact"]
    assert [one.name for one in coded_transcript(project, document, second).codes] == ["Time"]


def test_initials_name_coders_where_that_is_asked(desk: Desk) -> None:
    code(desk, "She phoned me", "Contact")
    shown = coded_transcript(*desk, initials=True)
    assert "Amara" not in shown.whose
    assert [(one.coder, one.initials) for one in shown.codings] == [("AO", "AO")]


def test_words_of_those_left_out_are_withheld_with_their_codings(desk: Desk) -> None:
    project, document = desk
    code(desk, "She phoned me", "Contact")
    code(desk, "I came late", "Time")
    (person,) = [row.id for row in project.participants.all() if row.label == "P02"]
    project.participants.leave_out(person, True)
    shown = coded_transcript(project, document)
    assert [part.withheld for part in shown.parts] == [False, False, False, False, True]
    assert [one.name for one in shown.codes] == ["Contact"]
    assert any("left out of analysis" in note and "1 coding" in note for note in shown.notes)
    everyone = [row.id for row in project.participants.all()]
    project.participants.leave_out(everyone[0], True)
    with pytest.raises(UserError, match="left out of analysis"):
        coded_transcript(project, document)


def test_consent_is_said_at_the_head(desk: Desk) -> None:
    project, document = desk
    (person,) = [row.id for row in project.participants.all() if row.label == "P02"]
    project.participants.change(person, consent=Consent.PARAPHRASE)
    assert "P02 may be paraphrased but not quoted." in coded_transcript(project, document).notes


def test_a_pseudonym_stands_for_the_label_of_the_text(desk: Desk) -> None:
    project, document = desk
    (person,) = [row.id for row in project.participants.all() if row.label == "P01"]
    project.participants.change(person, label="Partner 7")
    assert coded_transcript(project, document).parts[1].speaker == "Partner 7"


def test_a_label_that_was_coded_is_kept_as_a_place_without_words(desk: Desk) -> None:
    project, document = desk
    at = project.texts.get(document).index("P01: ")
    project.codings.apply(document, Span(at, at + 5), project.codes.add("Name"))
    shown = coded_transcript(project, document)
    assert [len(one) for one in shown.anchors()] == [0]


def test_a_document_that_is_gone(desk: Desk) -> None:
    with pytest.raises(NotFound):
        coded_transcript(desk[0], new_id())


def test_codings_that_may_not_be_seen_are_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, document = desk
    code(desk, "She phoned me", "Contact")
    first = project.coder
    assert first is not None
    second = project.coders.add("Bo Lind")
    project.coders.switch(second)
    monkeypatch.setattr(SightService, "coders", lambda *_: frozenset({second}))
    with pytest.raises(NotAllowed, match="Amara Okafor"):
        coded_transcript(project, document, first)
    assert coded_transcript(project, document).codings == ()
