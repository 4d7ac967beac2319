"""What happens to items and to the Consensus when the project goes on around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from ikt_coder.core.errors import NotAllowed, UndoRefused
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import (
    DecisionKind,
    DifferenceKind,
    RoundMode,
)
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.words import Flag, Layer, Stance, Valence
from ikt_coder.model import Coding, Decision, MergedCopy
from ikt_coder.services.base import add_row
from ikt_coder.services.settling_rows import ItemState
from ikt_coder.services.strategies import Strategy
from tests.services.settling.desk import Desk

Make = Callable[..., Desk]
B, F = Valence.BARRIER, Valence.FACILITATOR


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[Desk] = []

    def one(*args: Any, **options: Any) -> Desk:
        made.append(Desk(tmp_path / f"study{len(made)}.ikt", *args, **options))
        return made[-1]

    yield one
    for desk in made:
        desk.close()


MATCH = [(0, 0, 0, 10, 30), (1, 0, 0, 10, 30)]
BOUNDARY = [(0, 0, 0, 10, 30), (1, 0, 0, 15, 32)]
OTHER = [(0, 0, 0, 10, 30), (1, 0, 1, 10, 30)]
ALONE = [(0, 0, 0, 10, 30)]
DIRECTION = [(0, 0, 0, 10, 30, B), (1, 0, 0, 10, 30, F)]
SPLIT = [(0, 0, 0, 10, 40), (1, 0, 0, 10, 24), (1, 0, 0, 26, 40)]


def test_open_coding_is_settled_when_all_have_finished(make: Make, tmp_path: Path) -> None:
    from tests.rounds import Team

    team = Team(tmp_path / "open.ikt", 2, 1)
    round_ = team.round(RoundMode.OPEN)
    team.differ()
    team.finish(round_, [0])
    assert team.project.reconciliation.items(round_) == ()
    team.finish(round_, [1])
    assert len(team.project.reconciliation.items(round_)) == 5
    team.close()


def test_what_is_finished_anew_in_open_coding_is_to_be_settled(tmp_path: Path) -> None:
    from tests.rounds import Team

    team = Team(tmp_path / "open.ikt", 2, 1)
    round_ = team.round(RoundMode.OPEN)
    team.code(0, 0, 0, "I came late")
    team.code(1, 0, 0, "I came late")
    team.finish(round_)
    rec = team.project.reconciliation
    assert rec.accept_matches(round_) == 1
    assert team.documents[0] in rec.settled()
    team.sit(1)
    team.project.rounds.reopen(round_, team.documents[0], "something was forgotten")
    assert team.documents[0] in rec.settled(), "until it is finished anew"
    team.code(1, 0, 1, "what a partner does")
    team.finish(round_, [1])
    assert team.documents[0] not in rec.settled()
    states = {item.kind: item.state for item in rec.items(round_)}
    assert states == {
        DifferenceKind.MATCH: ItemState.SETTLED,
        DifferenceKind.ONE_SIDE: ItemState.OPEN,
    }
    team.close()


def test_positions_follow_the_text(make: Make) -> None:
    desk = make(BOUNDARY)
    desk.choose(desk.of_kind(DifferenceKind.BOUNDARY), "T")
    desk.project.texts.mend(desk.document, [TextEdit(0, "", "Well. ")])
    item = desk.of_kind(DifferenceKind.BOUNDARY)
    assert item.span == Span(16, 38)
    assert item.decision is not None
    assert [s.span for s in item.decision.result] == [Span(16, 38)]
    assert desk.consensus() == {(16, 38, 0, None)}
    desk.choose(item, "1")
    assert desk.consensus() == {(16, 36, 0, None)}


def test_a_passage_whose_words_are_gone_gives_nothing(make: Make) -> None:
    desk = make(ALONE)
    text = desk.project.texts.get(desk.document)
    desk.project.texts.mend(desk.document, [TextEdit(8, text[8:32], "")])
    item = desk.of_kind(DifferenceKind.ONE_SIDE)
    for choice in desk.project.reconciliation.choices(item):
        assert choice.result == ()
    desk.choose(item, "1")
    assert desk.consensus() == set()
    assert desk.settled() == {0}


def test_codes_merged_since_keep_items_together(make: Make) -> None:
    desk = make(OTHER)
    item = desk.of_kind(DifferenceKind.DIFFERENT_CODE)
    desk.choose(item, "T")
    assert len(desk.consensus()) == 2
    codes = desk.team.codes
    desk.project.codes.merge([codes[1]], codes[0])
    assert desk.consensus() == {(10, 30, 0, None)}
    (again,) = desk.items()
    assert (again.id, again.state) == (item.id, ItemState.SETTLED)
    desk.check()
    desk.project.history.undo()
    assert len(desk.consensus()) == 2


def test_the_version_with_a_deleted_code_is_not_offered(make: Make) -> None:
    desk = make([*OTHER, (0, 0, 2, 50, 60), (1, 0, 2, 50, 60)])
    item = desk.of_kind(DifferenceKind.DIFFERENT_CODE)
    desk.project.codes.delete([desk.team.codes[1]])
    rec = desk.project.reconciliation
    assert [c.key for c in rec.choices(rec.item(item.id, desk.round))] == ["1", "Z"]
    with pytest.raises(NotAllowed, match="no longer in the codebook"):
        rec.decide(item.id, desk.round, DecisionKind.KEEP, side=1)
    desk.choose(rec.item(item.id, desk.round), "1")
    assert {c[:3] for c in desk.consensus()} == {(10, 30, 0), (50, 60, 2)}


def test_a_deleted_document_leaves_its_decisions(make: Make) -> None:
    desk = make(documents=2)
    desk.choose(desk.of_kind(DifferenceKind.BOUNDARY), "T")
    desk.project.documents.delete([desk.document])
    assert desk.items() == ()
    assert desk.project.reconciliation.progress(desk.round).total == 0
    assert len(desk.project.reconciliation.log(desk.round)) == 1
    desk.project.history.undo()
    assert desk.of_kind(DifferenceKind.BOUNDARY).state is ItemState.SETTLED


def test_what_keeps_words_from_being_quoted_goes_along(make: Make) -> None:
    desk = make(BOUNDARY)
    (coding,) = desk.project.codings.in_document(desk.document, desk.coders[1])
    desk.team.sit(1)
    desk.project.codings.toggle_flag(coding.id, Flag.DO_NOT_QUOTE)
    desk.team.sit(0)
    desk.choose(desk.of_kind(DifferenceKind.BOUNDARY), "1")
    layer = desk.project.codings.in_document(desk.document, None, Layer.CONSENSUS)
    assert [row.flags for row in layer] == [frozenset({Flag.DO_NOT_QUOTE})]


def test_undo_of_an_item_somebody_else_decided_since_is_refused(make: Make) -> None:
    desk = make(OTHER)
    item = desk.of_kind(DifferenceKind.DIFFERENT_CODE)
    rec = desk.project.reconciliation
    rec.defer(item.id, desk.round, reason="not now")
    desk.team.sit(1)
    rec.decide(item.id, desk.round, DecisionKind.NEITHER, reason="out of scope")
    desk.team.sit(0)
    with pytest.raises(UndoRefused, match="since") as refused:
        desk.project.history.undo()
    assert refused.value.blocker is not None


def test_two_copies_that_decide_apart_clash(make: Make) -> None:
    """As if another copy, which knew nothing of the first decision, had come back."""
    desk = make(OTHER)
    rec = desk.project.reconciliation
    item = desk.of_kind(DifferenceKind.DIFFERENT_CODE)
    desk.choose(item, "1")
    kept = _stored(desk)
    desk.choose(item, "2")
    other = {**_stored(desk), "replaces": None}
    desk.project.history.go_back_to(_before_settling(desk))
    rows = [{**kept, "id": new_id(), "replaces": None}, {**other, "id": new_id()}]
    with desk.project.operation(Op.MERGE_COPY) as op:
        add_row(
            *(op, MergedCopy),
            id=new_id(),
            lineage=new_id(),
            last_operation=new_id(),
            file_name="copy.ikt",
            counts="{}",
            at=datetime.now(UTC),
        )
        op.execute(insert(Decision), rows)
        rec.brought(op, [row["id"] for row in rows])
    clash = rec.item(item.id, desk.round)
    assert clash.state is ItemState.CLASH
    assert clash.decision is None
    assert len(clash.also) == 2
    assert desk.consensus() == set()
    assert desk.settled() == set()
    assert rec.progress(desk.round).clashes == 1
    desk.choose(clash, "T")
    settled = rec.item(item.id, desk.round)
    assert (settled.state, settled.also) == (ItemState.SETTLED, ())
    assert len(desk.consensus()) == 2
    desk.project.history.undo()
    assert rec.item(item.id, desk.round).state is ItemState.CLASH
    desk.project.history.undo()  # the merge
    assert rec.item(item.id, desk.round).state is ItemState.OPEN
    desk.project.history.redo()
    assert rec.item(item.id, desk.round).state is ItemState.CLASH


def _stored(desk: Desk) -> dict[str, Any]:
    statement = select(Decision.__table__).order_by(Decision.id.desc()).limit(1)
    return dict(desk.project.connection.execute(statement).one()._mapping)


def _before_settling(desk: Desk) -> int:
    rows = desk.project.history.all()
    return min(row.seq for row in rows if row.kind == "decide") - 1


def test_a_later_round_takes_the_consensus_over(make: Make) -> None:
    desk = make(OTHER)
    desk.choose(desk.of_kind(DifferenceKind.DIFFERENT_CODE), "1")
    assert desk.settled() == {0}
    again = desk.team.round(name="Round 2", coders=tuple(desk.coders))
    desk.team.finish(again, range(2))
    desk.team.sit(0)
    desk.project.rounds.unseal(again)
    assert desk.settled() == {0}, "until something of the later round is settled"
    (item,) = desk.project.reconciliation.items(again)
    assert item.id != desk.items()[0].id
    desk.project.reconciliation.decide(item.id, again, DecisionKind.KEEP, side=1)
    assert {c[:3] for c in desk.consensus()} == {(10, 30, 1)}
    assert desk.settled() == {0}
    desk.project.history.undo()
    assert {c[:3] for c in desk.consensus()} == {(10, 30, 0)}


def test_codings_of_the_consensus_have_no_coder(make: Make) -> None:
    desk = make(MATCH)
    desk.project.reconciliation.accept_matches(desk.round)
    rows = desk.project.connection.execute(
        select(Coding.coder_id, Coding.origin).where(Coding.layer == Layer.CONSENSUS.value)
    ).all()
    assert [tuple(row) for row in rows] == [(None, "hand")]


def test_the_consensus_is_changed_by_deciding_alone(make: Make) -> None:
    desk = make(MATCH)
    desk.project.reconciliation.accept_matches(desk.round)
    (row,) = desk.project.codings.in_document(desk.document, None, Layer.CONSENSUS)
    codings = desk.project.codings
    for act in (
        lambda: codings.remove(row.id),
        lambda: codings.recode(row.id, desk.team.codes[1]),
        lambda: codings.move_edges(row.id, Span(11, 30)),
        lambda: codings.set_valence(row.id, B),
        lambda: codings.set_levels(row.id, []),
    ):
        with pytest.raises(NotAllowed, match="of the Consensus"):
            act()
    codings.toggle_flag(row.id, Flag.STAR)
    (row,) = codings.in_document(desk.document, None, Layer.CONSENSUS)
    assert row.flags == {Flag.STAR}, "what one may quote is nobody's decision alone"


def test_erased_words_are_in_no_consensus(make: Make) -> None:
    desk = make()
    rec = desk.project.reconciliation
    rec.accept_proposals(desk.round, Strategy.union(1))
    assert len(desk.consensus()) == 6
    desk.choose(desk.of_kind(DifferenceKind.BOUNDARY), "1", reason="She phoned me before the third")
    people = {row.label: row.id for row in desk.project.participants.all()}
    desk.project.participants.erase(people["P02"], "asked")
    text = desk.project.texts.get(desk.document)
    assert "[erased]" in text
    left = desk.consensus()
    assert len(left) == 4
    assert all("[erased]" not in text[start:end] for start, end, *_ in left)
    desk.check()
    item = desk.of_kind(DifferenceKind.BOUNDARY)
    assert text[item.span.start : item.span.end].startswith("She went through")
    desk.choose(item, "2")
    assert len(desk.consensus()) == 4, "nothing of what was erased comes back"
    desk.check()
    assert desk.project.safety.check().sound


def test_what_was_gathered_in_a_theme_stays_in_it(make: Make) -> None:
    desk = make(BOUNDARY)
    (coding,) = desk.project.codings.in_document(desk.document, desk.coders[1])
    theme = desk.project.themes.add("Being called")
    desk.project.themes.add_codings(theme, coding.id, Stance.QUALIFIES)
    desk.choose(desk.of_kind(DifferenceKind.BOUNDARY), "1")
    (layer,) = desk.project.codings.in_document(desk.document, None, Layer.CONSENSUS)
    (row,) = desk.project.themes.codings(theme)
    assert (row.passage.coding.id, row.stance) == (layer.id, Stance.QUALIFIES)
    desk.choose(desk.of_kind(DifferenceKind.BOUNDARY), "T")
    assert len(desk.project.themes.codings(theme)) == 1
    desk.project.history.undo()
    desk.project.history.undo()
    assert desk.settled() == set()
    desk.project.documents.set_lead(desk.document, desk.coders[1])
    (row,) = desk.project.themes.codings(theme)
    assert row.passage.coding.id == coding.id
