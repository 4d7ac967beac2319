"""Codings to look at again after a definition changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from tests.rounds import Team
from tests.studies import dump, span_of, study


class Desk:
    """A code with two codings, and a second coder."""

    def __init__(self, path: Path) -> None:
        self.project, self.document = study(path)
        self.first = self.project.coder
        self.second = self.project.coders.add("Beni Kask")
        self.code = self.project.codes.add("Time", definition="Hours a partner has.")
        self.other = self.project.codes.add("Trust")
        self.codings = [self.apply("She phoned me"), self.apply("I came late")]

    def apply(self, words: str, code: UUID | None = None) -> UUID:
        span = span_of(self.project, self.document, words)
        return self.project.codings.apply(self.document, span, code or self.code)

    def reword(self, definition: str) -> None:
        self.project.codes.change(self.code, definition=definition)

    def waiting(self) -> list[UUID]:
        (row,) = self.project.upkeep.all()
        return [passage.coding.id for passage in self.project.upkeep.waiting(row.id)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "study.ikt")
    yield desk
    desk.project.close()


def test_a_changed_definition_lists_the_codings_made_before(desk: Desk) -> None:
    upkeep = desk.project.upkeep
    acts = len(desk.project.history.all())
    desk.reword("Hours a partner or trainee has.")
    assert len(desk.project.history.all()) == acts + 1
    later = desk.apply("Nobody had explained")
    (row,) = upkeep.all()
    assert (row.code, row.waiting, row.looked_at) == (desk.code, 2, 0)
    assert row.before.definition == "Hours a partner has."
    assert row.now.definition == "Hours a partner or trainee has."
    assert desk.waiting() == desk.codings
    assert later not in desk.waiting()
    assert upkeep.count() == 2
    assert upkeep.codes_waiting() == {desk.code: 2}


def test_context_is_whole_words(desk: Desk) -> None:
    desk.reword("Hours a partner or trainee has.")
    (row,) = desk.project.upkeep.all()
    text = desk.project.documents.text(desk.document).text
    for most in range(2, 60):
        for passage in desk.project.upkeep.waiting(row.id, context=most):
            span = passage.coding.span
            before, after = text[: span.start], text[span.end :]
            assert passage.before.startswith("… ") == (len(before) > most)
            assert passage.after.endswith(" …") == (len(after) > most)
            shown = passage.before.removeprefix("… ").split()
            if len(shown) > 1:
                assert shown == before.split()[-len(shown) :]


@pytest.mark.parametrize("field", ["definition", "include", "exclude"])
def test_what_decides_whether_a_code_fits_counts(desk: Desk, field: str) -> None:
    desk.project.codes.change(desk.code, **{field: "Otherwise."})
    assert desk.project.upkeep.count() == 2


@pytest.mark.parametrize("field", ["name", "example", "source_wording", "colour"])
def test_other_fields_and_unused_codes_do_not(desk: Desk, field: str) -> None:
    value = "#123456" if field == "colour" else "Otherwise"
    desk.project.codes.change(desk.code, **{field: value})
    desk.project.codes.change(desk.other, definition="Whom one relies on.")
    desk.project.codes.change(desk.code, definition="  Hours a partner has. ")
    assert desk.project.upkeep.all(closed=True) == ()


def test_it_closes_itself_when_all_were_looked_at_and_undo_opens_it(desk: Desk) -> None:
    project, upkeep = desk.project, desk.project.upkeep
    desk.reword("Hours.")
    (row,) = upkeep.all()
    states = [dump(project.path)]
    for coding in desk.codings:
        upkeep.keep(row.id, coding)
        states.append(dump(project.path))
    assert upkeep.all() == ()
    (closed,) = upkeep.all(closed=True)
    assert (closed.closed, closed.looked_at) == (True, 2)
    for state in reversed(states[:-1]):
        project.history.undo()
        assert dump(project.path) == state
    assert upkeep.count() == 2


def test_looking_twice_is_one_act(desk: Desk) -> None:
    desk.reword("Hours.")
    (row,) = desk.project.upkeep.all()
    desk.project.upkeep.keep(row.id, desk.codings[0])
    acts = len(desk.project.history.all())
    desk.project.upkeep.keep(row.id, desk.codings[0])
    assert len(desk.project.history.all()) == acts


def test_a_second_change_keeps_the_first_wording_and_asks_for_all_again(desk: Desk) -> None:
    desk.reword("Hours.")
    (row,) = desk.project.upkeep.all()
    desk.project.upkeep.keep(row.id, desk.codings[0])
    later = desk.apply("Nobody had explained")
    desk.reword("Hours and minutes.")
    (again,) = desk.project.upkeep.all()
    assert again.id == row.id
    assert again.before.definition == "Hours a partner has."
    assert set(desk.waiting()) == {*desk.codings, later}


def test_after_the_list_was_worked_through_a_change_begins_anew(desk: Desk) -> None:
    desk.reword("Hours.")
    (row,) = desk.project.upkeep.all()
    desk.project.upkeep.keep(row.id, desk.codings)
    desk.reword("Minutes.")
    (again,) = desk.project.upkeep.all()
    assert again.id != row.id
    assert again.before.definition == "Hours."
    assert set(desk.waiting()) == set(desk.codings)


def test_recoded_and_removed_codings_wait_no_longer(desk: Desk) -> None:
    desk.reword("Hours.")
    desk.project.codings.recode(desk.codings[0], desk.other)
    assert desk.waiting() == [desk.codings[1]]
    desk.project.codings.remove(desk.codings[1])
    assert desk.project.upkeep.all() == ()


def test_the_old_wording_back_leaves_nothing_to_look_at(desk: Desk) -> None:
    desk.reword("Hours.")
    desk.reword("Hours a partner has.")
    assert desk.project.upkeep.all() == ()
    desk.reword("Hours.")
    desk.apply("Nobody had explained")
    desk.reword("Hours a partner has.")
    # One coding was made by the other wording.
    assert desk.project.upkeep.count() == 3


def test_a_small_change_is_closed_without_looking(desk: Desk) -> None:
    desk.reword("Hours a partner has!")
    (row,) = desk.project.upkeep.all()
    desk.project.upkeep.close(row.id)
    assert desk.project.upkeep.count() == 0
    desk.project.history.undo()
    assert desk.project.upkeep.count() == 2


def test_each_coder_has_their_own_list_and_may_see_everyones(desk: Desk) -> None:
    project = desk.project
    project.coders.switch(desk.second)
    theirs = desk.apply("Nobody had explained")
    desk.reword("Hours.")
    assert desk.waiting() == [theirs]
    assert project.upkeep.count(None) == 3
    (row,) = project.upkeep.all()
    project.upkeep.keep(row.id, theirs)
    assert project.upkeep.all() == ()
    assert [r.closed for r in project.upkeep.all(None, closed=True)] == [False]
    assert desk.first is not None
    project.coders.switch(desk.first)
    assert set(desk.waiting()) == set(desk.codings)


def test_a_framework_code_names_the_actor_in_both_wordings(tmp_path: Path) -> None:
    project, document = study(tmp_path / "study.ikt")
    project.card.change(focal_actor="nurses")
    project.frameworks.add("tdf-v2")
    code = next(row for row in project.codes.all() if "nurses" in row.definition)
    project.codings.apply(document, span_of(project, document, "She phoned me"), code.id)
    project.codes.change(code.id, definition="Only this.")
    (row,) = project.upkeep.all()
    assert row.before.definition == code.definition
    project.close()


def test_the_report_tells_both_wordings_and_what_waits(desk: Desk) -> None:
    from ikt_coder.services.codebook_reports import look_again_table

    desk.reword("Hours a trainee has.")
    (row,) = desk.project.upkeep.all()
    desk.project.upkeep.keep(row.id, desk.codings[0])
    table = look_again_table(desk.project, None)
    (cells,) = table.rows
    assert cells[3].text == "Hours a [partner] has."
    assert cells[4].text == "Hours a [trainee] has."
    assert [cell.value for cell in cells[5:]] == [1, 1]
    assert cells[6].code == desk.code


def test_a_project_with_merged_codes_stays_sound(desk: Desk) -> None:
    desk.reword("Hours.")
    desk.project.codes.merge([desk.code], desk.other)
    assert {row.code for row in desk.project.upkeep.all(None)} <= {desk.other}
    assert desk.project.safety.check().findings == ()


def test_in_a_sealed_round_one_sees_what_one_may(tmp_path: Path) -> None:
    """The list holds one's own codings alone, and nothing tells whether others used the code."""
    told = []
    for others in (False, True):
        team = Team(tmp_path / f"{others}.ikt")
        round_ = team.round()
        own = team.code(0, 0, 0, "I came late")
        if others:
            team.code(1, 0, 0, "She phoned me")
            team.code(1, 0, 1, "what a partner does")
        team.sit(0)
        upkeep = team.project.upkeep
        for code in team.codes:
            team.project.codes.change(code, definition="Worded anew.")
        (row,) = upkeep.all(None)
        assert [passage.coding.id for passage in upkeep.waiting(row.id, None)] == [own]
        upkeep.keep(row.id, own)
        told.append(
            (
                upkeep.count(None),
                [(r.code_name, r.waiting, r.closed) for r in upkeep.all(None, closed=True)],
                [r.rows for r in team.project.history.all(limit=4)],
            )
        )
        assert upkeep.all(None) == ()
        team.finish(round_)
        team.project.rounds.unseal(round_)
        team.sit(1)
        assert upkeep.count() == (2 if others else 0)
        team.close()
    assert told[0] == told[1]
