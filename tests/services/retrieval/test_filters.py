"""Every filter of a retrieval."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ikt_coder.core.query import (
    AttributeTest,
    Block,
    Condition,
    Filters,
    Test,
)
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.core.words import (
    AttributeKind,
    Flag,
    Origin,
    Subject,
    Valence,
)
from tests.services.retrieval.conftest import ALL, ANSWERS, Desk, term

# -- filters ----------------------------------------------------------------------------------


def test_filter_by_document_and_folder(coded: Desk) -> None:
    project = coded.project
    assert coded.filtered(documents=frozenset({coded.other})) == {"nobody was paid"}
    outer = project.folders.add("Panel")
    inner = project.folders.add("First round", outer)
    project.documents.move(coded.other, inner)
    assert coded.filtered(folders=frozenset({outer})) == {"nobody was paid"}
    assert coded.filtered(folders=frozenset({outer}), documents=frozenset({coded.talk})) == set()


def test_filter_by_participant_and_group(coded: Desk) -> None:
    project = coded.project
    assert coded.filtered(participants=frozenset({coded.person("P02")})) == {"always at two"}
    project.participants.change(coded.person("P02"), group="Panel")
    assert coded.filtered(groups=frozenset({"Panel"})) == {"always at two"}
    assert coded.filtered(groups=frozenset({""})) == ANSWERS - {"always at two"}


def test_participant_filters_must_hold_of_one_and_the_same_participant(desk: Desk) -> None:
    """A passage over two people's turns is not found by a trait of one and another's trait."""
    project = desk.project
    desk.code("Both", "or what a partner does.\nP02: I came late")
    age = project.attributes.add("Age", Subject.PARTICIPANT, AttributeKind.NUMBER)
    project.attributes.set({(desk.person("P01"), age): "70", (desk.person("P02"), age): "30"})
    old = AttributeTest(age, Test.AT_LEAST, "60")
    assert desk.filtered(attributes=(old,)) == set(desk.made)
    assert desk.filtered(attributes=(old,), participants=frozenset({desk.person("P02")})) == set()


ATTRIBUTES: list[tuple[AttributeKind, str, Test, str, bool]] = [
    (AttributeKind.TEXT, "Library Café", Test.IS, "library cafe\u0301", True),
    (AttributeKind.TEXT, "Library", Test.CONTAINS, "BRA", True),
    (AttributeKind.TEXT, "Library", Test.IS_NOT, "library", False),
    (AttributeKind.NUMBER, "9", Test.AT_LEAST, "10", False),
    (AttributeKind.NUMBER, "10", Test.AT_MOST, "9.5", False),
    (AttributeKind.NUMBER, "10", Test.AT_LEAST, "9,5", True),
    (AttributeKind.NUMBER, "10", Test.IS, "10.0", True),
    (AttributeKind.NUMBER, "10", Test.AT_LEAST, "many", False),
    (AttributeKind.DATE, "2025-03-09", Test.AT_LEAST, "2025-03-10", False),
    (AttributeKind.DATE, "2025-03-09", Test.AT_MOST, "2025-11-01", True),
    (AttributeKind.CHOICE, "Nurse", Test.IS, "nurse", True),
    (AttributeKind.CHOICES, "Nurse; Patient", Test.IS, "patient", True),
    (AttributeKind.CHOICES, "Nurse; Patient", Test.IS_NOT, "patient", False),
    (AttributeKind.CHOICES, "Nurse", Test.IS_NOT, "patient", True),
]


@pytest.mark.parametrize(("kind", "value", "test", "wanted", "passes"), ATTRIBUTES)
@pytest.mark.parametrize("subject", list(Subject))
def test_filter_by_attribute(
    coded: Desk,
    subject: Subject,
    kind: AttributeKind,
    value: str,
    test: Test,
    wanted: str,
    passes: bool,
) -> None:
    project = coded.project
    key = project.attributes.add("Trait", subject, kind, ("Nurse", "Patient"))
    owner = coded.person("P03") if subject is Subject.PARTICIPANT else coded.other
    if subject is Subject.STUDY:
        owner = project.studies.add("Trial", documents=[coded.other])
    project.attributes.set({(owner, key): value})
    found = coded.filtered(attributes=(AttributeTest(key, test, wanted),))
    assert found == ({"nobody was paid"} if passes else set())
    missing = coded.filtered(attributes=(AttributeTest(key, Test.MISSING),))
    everyone_else = ANSWERS if subject is Subject.PARTICIPANT else ALL
    assert missing == everyone_else - {"nobody was paid"}


def test_filter_by_speaker_and_role(coded: Desk) -> None:
    assert coded.filtered(speakers=frozenset({"P02"})) == {"always at two"}
    assert coded.filtered(roles=frozenset({SpeakerRole.INTERVIEWER})) == {"what got in the way"}
    assert coded.filtered(roles=frozenset({SpeakerRole.PARTICIPANT})) == ANSWERS


def test_filter_by_what_a_coding_carries(coded: Desk) -> None:
    project = coded.project
    framework = project.frameworks.add("sem-ikt3")
    level = next(row.id for row in project.frameworks.levels() if row.framework == framework)
    project.codings.change(coded.made["phoned me"], levels=[level])
    rest = ALL - {"phoned me"}
    assert coded.filtered(levels=frozenset({level})) == {"phoned me"}
    assert coded.filtered(levels=frozenset({None})) == rest
    assert coded.filtered(levels=frozenset({None, level})) == ALL
    assert coded.filtered(directions=frozenset({Valence.BARRIER})) == {
        "always at two",
        "nobody was paid",
    }
    assert coded.filtered(directions=frozenset({None, Valence.FACILITATOR})) == ALL - {
        "always at two",
        "nobody was paid",
    }
    assert coded.filtered(strengths=frozenset({2})) == {"phoned me"}
    assert coded.filtered(strengths=frozenset({None, 1})) == rest
    starred = {"always at two", "Nobody had explained"}
    assert coded.filtered(flags=frozenset({Flag.STAR})) == starred
    assert coded.filtered(flags=frozenset({Flag.STAR, Flag.UNSURE})) == starred
    assert coded.filtered(flags=frozenset({Flag.STAR}), without_flags=frozenset({Flag.UNSURE})) == {
        "always at two"
    }
    assert coded.filtered(origins=frozenset({Origin.SEARCH})) == {"what got in the way"}


def test_filter_by_memo_also_by_one_written_beside_the_coding(coded: Desk) -> None:
    assert coded.filtered(memo="TWICE,") == {"went through the slides"}
    assert coded.filtered(memo="*") == {"went through the slides"}
    coded.project.memos.add("Ask Bo about this", coding=coded.made["phoned me"])
    assert coded.filtered(memo="ask bo") == {"phoned me"}
    assert coded.filtered(memo="*") == {"went through the slides", "phoned me"}


def test_filter_by_words_and_by_day(coded: Desk) -> None:
    assert coded.filtered(words="NOBODY") == {"Nobody had explained", "nobody was paid"}
    assert coded.filtered(words="explained how") == set()
    today = date.today()
    assert coded.filtered(since=today - timedelta(1), until=today + timedelta(1)) == ALL
    assert coded.filtered(since=today + timedelta(2)) == set()
    assert coded.filtered(until=today - timedelta(2)) == set()


def test_filters_judge_what_is_found_and_not_what_it_stands_beside(desk: Desk) -> None:
    desk.code("Contact", "phoned me before", valence=Valence.FACILITATOR)
    desk.code("Time", "before the third meeting", valence=Valence.BARRIER)
    asked = Block((term(desk.project, "Time"),), (Condition((term(desk.project, "Contact"),)),))
    result = desk.find(asked, filters=Filters(directions=frozenset({Valence.BARRIER})))
    (found,) = result.found
    assert found.partners == (desk.made["phoned me before"],)
    text = desk.project.texts.get(desk.talk)
    assert [text[piece.start : piece.end] for piece in found.shared] == ["before"]
