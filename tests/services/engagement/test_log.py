"""The engagement log: events with everything that is noted of them, and its lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.services.engagement.rows import EventTarget, LinkTarget, ListName, NewUser
from ikt_coder.services.engagement.service import _date, _hours
from ikt_coder.services.engagement.terms import shipped_id
from ikt_coder.services.project import Project
from ikt_coder.services.settling_rows import ItemState
from tests.rounds import Team
from tests.studies import dump, study

MEETING = shipped_id(ListName.ACTIVITY, "meeting")
PATIENT = shipped_id(ListName.KNOWLEDGE_USER, "patient")
LEAD = shipped_id(ListName.PART, "lead")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made, _ = study(tmp_path / "Study.ikt")
    yield made
    made.close()


def test_the_first_event_brings_what_describes_events(project: Project) -> None:
    before = dump(project.path)
    assert not project.engagement.any
    event = project.engagement.add("2024-03", "Kick-off", activity=MEETING)
    keys = {row.key for row in project.frameworks.all()}
    assert {"iap2", "research-stages", "wider"} <= keys
    row = project.engagement.get(event)
    assert (row.date, row.activity_name, row.name) == ("2024-03", "Meeting", "Kick-off")
    project.history.undo()
    assert dump(project.path) == before


def test_everything_of_an_event_is_kept_and_changed_in_one_act(project: Project) -> None:
    code = project.codes.add("Trust")
    theme = project.themes.add("Time to talk")
    event = project.engagement.add(
        "2024-03-05",
        "Reading together",
        activity=MEETING,
        until="2024-03-06",
        description="Two transcripts, four readers.",
        changed_because="The code was split.",
        disagreement="One reader kept another reading.",
        hours="2,50",
        payment="50 each",
        users=[
            NewUser(PATIENT, LEAD, 2, "two panel members", "what a barrier is"),
            NewUser(),  # an empty line of the form
            NewUser(PATIENT, None, None, "", ""),
        ],
        links={
            EventTarget(LinkTarget.CODE, code): "split",
            EventTarget(LinkTarget.THEME, theme): "",
        },
    )
    row = project.engagement.get(event)
    assert (row.until, row.hours, row.people) == ("2024-03-06", "2.5", 2)
    assert [(u.type_name, u.part_name, u.number) for u in row.users] == [
        ("Patients", "Lead", 2),
        ("Patients", "", None),
    ]
    assert {(link.name, link.note) for link in row.links} == {
        ("Trust", "split"),
        ("Time to talk", ""),
    }
    assert project.engagement.of_target(EventTarget(LinkTarget.CODE, code)) == (row,)
    before = dump(project.path)
    project.engagement.change(event, users=[NewUser(PATIENT, LEAD, 3)], links={}, hours="")
    changed = project.engagement.get(event)
    assert (changed.people, changed.hours, changed.links) == (3, "", ())
    assert changed.disagreement == row.disagreement
    project.history.undo()
    assert dump(project.path) == before


def test_a_change_that_changes_nothing_is_no_act(project: Project) -> None:
    event = project.engagement.add(
        "2024", "Call", users=[NewUser(PATIENT, LEAD, 2)], activity=MEETING
    )
    newest = project.history.next_undo()
    row = project.engagement.get(event)
    project.engagement.change(
        event, title="Call", users=[NewUser(u.type, u.part, u.number) for u in row.users]
    )
    assert project.history.next_undo() == newest


def test_events_stand_in_the_order_of_their_dates(project: Project) -> None:
    for when in ("2024-03", "", "2023-12-31", "2024-03-05", "2024"):
        project.engagement.add(when, when or "no date")
    dates = [row.date for row in project.engagement.all()]
    assert dates == ["2023-12-31", "2024", "2024-03", "2024-03-05", ""]


@pytest.mark.parametrize(
    "text", ["yesterday", "2024-13", "2024-02-30", "24-3-5", "05.03.2024", "2024-3-5-1"]
)
def test_a_date_that_cannot_be_kept_is_refused(project: Project, text: str) -> None:
    with pytest.raises(UserError, match="Nothing was changed"):
        project.engagement.add(text, "Meeting")
    assert project.engagement.all() == ()


def test_an_event_does_not_end_before_it_begins(project: Project) -> None:
    with pytest.raises(UserError, match="before it begins"):
        project.engagement.add("2024-03-05", until="2024-03-04")
    row = project.engagement.get(project.engagement.add("2024-03-05", until="2024-03"))
    assert row.until == "2024-03"
    alone = project.engagement.get(project.engagement.add("", until="2024-3-7"))
    assert (alone.date, alone.until) == ("2024-03-07", "")


@given(st.dates(), st.integers(1, 3))
def test_every_date_comes_back_as_it_was_written(day: date, parts: int) -> None:
    text = "-".join(day.isoformat().split("-")[:parts])
    assert _date(text) == text


@given(st.decimals(0, 10_000, places=2))
def test_hours_keep_their_number(hours: Decimal) -> None:
    assert Decimal(_hours(str(hours))) == hours
    assert "E" not in _hours(str(hours))


@pytest.mark.parametrize("text", ["-1", "two", "NaN", "1e9", "Infinity"])
def test_what_is_no_number_of_hours_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        _hours(text)


def test_lists_can_be_changed_and_used_entries_stay(project: Project) -> None:
    terms = project.engagement.terms
    own = terms.add(ListName.ACTIVITY, "World café", "Small tables, changing places.")
    assert terms.find(ListName.ACTIVITY, "world CAFÉ").id == own
    with pytest.raises(UserError, match="already"):
        terms.add(ListName.ACTIVITY, "meeting")
    terms.move(own, MEETING)
    assert terms.all(ListName.ACTIVITY)[0].id == own
    terms.change(MEETING, name="Team meeting")
    event = project.engagement.add("2024", activity=MEETING)
    assert project.engagement.get(event).activity_name == "Team meeting"
    with pytest.raises(NotAllowed, match="1 event"):
        terms.delete(MEETING)
    terms.change(MEETING, hidden=True)
    assert MEETING not in {row.id for row in terms.all(ListName.ACTIVITY)}
    assert MEETING in {row.id for row in terms.all(ListName.ACTIVITY, hidden=True)}
    terms.delete(own)
    with pytest.raises(NotFound):
        terms.get(own)
    # The other lists were never touched and are those that come with the program.
    assert terms.get(LEAD).name == "Lead"


def test_a_deleted_theme_takes_its_link_along_and_undo_brings_both(project: Project) -> None:
    theme = project.themes.add("Time to talk")
    event = project.engagement.add("2024", links={EventTarget(LinkTarget.THEME, theme): "new"})
    project.themes.delete(theme)
    assert project.engagement.get(event).links == ()
    project.history.undo()
    (link,) = project.engagement.get(event).links
    assert (link.name, link.note) == ("Time to talk", "new")


def test_what_was_decided_can_be_linked(tmp_path: Path) -> None:
    team = Team(tmp_path / "Team.ikt")
    round_ = team.round()
    team.differ()
    team.finish(round_)
    team.sit(0)
    project = team.project
    project.rounds.unseal(round_)
    assert project.engagement.decisions() == {}
    project.reconciliation.accept_matches(round_)
    assert project.engagement.decisions() == {}, "what was accepted in bulk is no decision of one"
    item = next(i for i in project.reconciliation.items(round_) if i.state is ItemState.OPEN)
    choice = project.reconciliation.choices(item)[0]
    project.reconciliation.choose(item, choice, reason="As the guide has it")
    ((decision, name),) = project.engagement.decisions().items()
    assert name.startswith(item.document_title)
    assert name.endswith("As the guide has it")
    event = project.engagement.add("2024", links={EventTarget(LinkTarget.DECISION, decision): ""})
    (link,) = project.engagement.get(event).links
    assert (link.target, link.name) == (EventTarget(LinkTarget.DECISION, decision), name)
    unknown = EventTarget(LinkTarget.DECISION, UUID(int=7))
    project.engagement.change(event, links={unknown: "kept"})
    (link,) = project.engagement.get(event).links
    assert (link.target, link.name, link.note) == (unknown, "", "kept")
    team.close()
