"""A second coder goes through charted answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields as fields_of
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.errors import NotAllowed, UserError
from ikt_coder.services.charting.rows import Basis, CheckRates, FieldRates, Verdict
from ikt_coder.services.project import Project
from tests.services.charting.review import chart, field, of, option, review
from tests.studies import dump


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Project, UUID]]:
    project, documents = review(tmp_path / "Review.ikt", 2)
    first = documents[0]
    chart(project, first, "iap2.level", "Consult")
    chart(project, first, "stage.taken", "stage.1", "stage.5")
    chart(project, first, "kta.phase")
    project.coders.switch(project.coders.add("Lucie Tremblay", "LT"))
    yield project, first
    project.close()


def test_agree_change_and_question(opened: tuple[Project, UUID]) -> None:
    project, document = opened
    charting = project.charting
    involve = option(project, "iap2.level", "Involve")
    first = project.charting.form(of(document)).coder
    charting.check(of(document), field(project, "stage.taken"), Verdict.AGREED)
    charting.check(
        *(of(document), involve.field, Verdict.CHANGED),
        options=[involve.id],
        basis=Basis.INFERRED,
        note="They worked in the team.",
    )
    charting.check(
        of(document), field(project, "kta.phase"), Verdict.QUESTION, note="Is phase 3 meant?"
    )
    answer = charting.answer_of(of(document), involve.field)
    assert (answer.options, answer.basis) == ((involve.id,), Basis.INFERRED)
    by_verdict = {check.verdict: check for check in charting.checks()}
    assert by_verdict[Verdict.CHANGED].before_words == "Consult"
    assert by_verdict[Verdict.CHANGED].note == "They worked in the team."
    assert by_verdict[Verdict.CHANGED].before.basis is Basis.EXPLICIT
    assert charting.form(of(document)).coder == first
    rates = charting.rates()
    assert rates.whole == FieldRates(None, 3, 1, 1, 1)
    assert (rates.subjects, rates.checked_subjects, rates.coders) == (1, 1, ("Lucie Tremblay",))


def test_there_is_never_a_coefficient(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    rates = project.charting.rates()
    assert "not independent" in rates.why_no_coefficient
    for kind in (CheckRates, FieldRates):
        names = {each.name for each in fields_of(kind)} - {"why_no_coefficient"}
        assert not [n for n in names if "kappa" in n or "alpha" in n or "coefficient" in n]


def test_what_cannot_be_checked_changes_nothing(opened: tuple[Project, UUID]) -> None:
    project, document = opened
    level = field(project, "iap2.level")
    before = dump(project.path)
    charting = project.charting
    with pytest.raises(UserError, match="no answer"):
        charting.check(of(document), field(project, "out.reported"), Verdict.AGREED)
    with pytest.raises(UserError, match="same as before"):
        charting.check(of(document), level, Verdict.CHANGED)
    with pytest.raises(UserError, match="needs words"):
        charting.check(of(document), level, Verdict.QUESTION, note="  ")
    assert dump(project.path) == before
    first = charting.form(of(document)).coder
    assert first is not None
    project.coders.switch(first)
    with pytest.raises(NotAllowed, match="yourself"):
        charting.check(of(document), level, Verdict.AGREED)
    assert "yourself" in charting.hindrance(charting.form(of(document)))


def test_an_answer_that_changed_since_is_to_be_checked_again(
    opened: tuple[Project, UUID],
) -> None:
    project, document = opened
    charting = project.charting
    level = field(project, "iap2.level")
    charting.check(of(document), level, Verdict.AGREED)
    assert charting.rates().whole.left == 2
    chart(project, document, "iap2.level", "Inform")
    assert not charting.checks()[0].stands
    assert charting.rates().whole.left == 3
    charting.check(of(document), level, Verdict.AGREED)
    assert charting.checks()[0].before_words == "Inform"


def test_changed_back_is_agreed_and_a_change_can_be_taken_back(
    opened: tuple[Project, UUID],
) -> None:
    project, document = opened
    charting = project.charting
    consult, involve = (option(project, "iap2.level", w) for w in ("Consult", "Involve"))
    level = consult.field
    charting.check(of(document), level, Verdict.CHANGED, options=[involve.id])
    charting.check(of(document), level, Verdict.AGREED)
    assert charting.checks()[0].verdict is Verdict.CHANGED  # with one's own change
    charting.check(of(document), level, Verdict.CHANGED, options=[consult.id])
    assert charting.checks()[0].verdict is Verdict.AGREED
    charting.check(of(document), level, Verdict.CHANGED, options=[involve.id])
    charting.take_back_check(of(document), level)
    assert charting.checks() == ()
    assert charting.answer_of(of(document), level).options == (consult.id,)


def test_the_rest_is_agreed_in_one_act(opened: tuple[Project, UUID]) -> None:
    project, document = opened
    charting = project.charting
    charting.check(of(document), field(project, "kta.phase"), Verdict.QUESTION, note="?!")
    before = dump(project.path)
    assert charting.agree_rest(of(document)) == 2
    assert charting.agree_rest(of(document)) == 0
    assert charting.rates().whole == FieldRates(None, 3, 2, 0, 1)
    project.history.undo()
    assert dump(project.path) == before
