"""Charting in two copies of a project comes together."""

from __future__ import annotations

from pathlib import Path

import pytest

from ikt_coder.services.charting.rows import Verdict
from tests.services.charting.review import chart, field, of, option, review
from tests.services.merging.copies import copied, sound


@pytest.mark.parametrize("apart", [False, True])
def test_answers_of_two_copies_come_together(tmp_path: Path, apart: bool) -> None:
    """Also where both put the questions into the form by themselves."""
    here, (first, second, third) = review(tmp_path / "Here.ikt", 3, form=() if apart else ("iap2",))
    there = copied(here, tmp_path / "There.ikt")
    for project in (here, there):
        if apart:
            project.charting.add_form(["iap2"])
    chart(here, first, "iap2.level", "Consult")
    chart(here, second, "iap2.level", "Inform")
    there.coders.switch(there.coders.add("Beni Kask", "BK"))
    chart(there, first, "iap2.level", "Consult")
    chart(there, third, "iap2.level")
    there.close()
    here.merging.apply(tmp_path / "There.ikt")
    assert sound(here) == []
    assert len(here.charting.fields()) == 1
    told = {
        row.title: [
            o.shown
            for o in here.charting.find_field("iap2").options
            if o.id in row.answer(field(here, "iap2.level")).options
        ]
        for row in here.charting.grid().rows
    }
    assert told == {"R01": ["Consult"], "R02": ["Inform"], "R03": []}
    assert here.charting.answer_of(of(third), field(here, "iap2.level")).not_reported
    here.close()


def test_checks_made_in_a_copy_come_back(tmp_path: Path) -> None:
    here, (first, *_) = review(tmp_path / "Here.ikt", 1, form=("iap2", "research-stages"))
    chart(here, first, "iap2.level", "Consult")
    chart(here, first, "stage.taken", "stage.2")
    there = copied(here, tmp_path / "There.ikt")
    there.coders.switch(there.coders.add("Beni Kask", "BK"))
    involve = option(there, "iap2.level", "Involve")
    there.charting.check(of(first), involve.field, Verdict.CHANGED, options=[involve.id])
    there.charting.check(of(first), field(there, "stage.taken"), Verdict.AGREED)
    there.close()
    here.merging.apply(tmp_path / "There.ikt")
    rates = here.charting.rates().whole
    assert (rates.agreed, rates.changed, rates.left) == (1, 1, 0)
    assert here.charting.answer_of(of(first), involve.field).options == (involve.id,)
    here.close()


def test_an_erased_participant_takes_the_form_of_their_document(tmp_path: Path) -> None:
    project, (first, *_) = review(tmp_path / "Review.ikt", 2)
    person = project.participants.add("P01")
    project.documents.link_participant(first, person)
    marker = "a sentence nobody else would write"
    content = field(project, "wider.seed.content")
    project.charting.answer(of(first), content, text=marker)
    project.charting.change_form(of(first), note=marker)
    project.participants.erase(person, "Asked to be taken out")
    project.close()
    for file in tmp_path.glob("Review.ikt*"):
        assert marker.encode() not in file.read_bytes()
