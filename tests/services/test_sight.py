"""Whose codings are shown: one's own, every coder's, or those that count in the analysis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import update

from ikt_coder.core.ops import Op
from ikt_coder.core.words import Layer, Whose
from ikt_coder.model import Coding
from ikt_coder.services.project import Project
from ikt_coder.services.sight import InSight, SightService
from tests.settled import say_settled
from tests.studies import add_talk, span_of, study


@dataclass
class Desk:
    project: Project
    document: UUID
    amara: UUID
    beni: UUID
    codings: dict[str, UUID]

    def seen(self, whose: Whose) -> list[str]:
        sight = self.project.sight.of(self.document, whose)
        rows = self.project.sight.codings(self.document, sight)
        assert self.project.sight.count(self.document, sight) == len(rows)
        assert all(sight.holds(row) for row in rows)
        named = {key: name for name, key in self.codings.items()}
        return [named[row.id] for row in rows]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    project, document = study(tmp_path / "study.ikt")
    other = add_talk(project, "P03: We drove for two hours.\n", "Second", ["P03"])
    code = project.codes.add("Trust")
    amara = project.coder
    assert amara is not None
    beni = project.coders.add("Beni Kask")
    made = {}
    for name, coder, where, words in (
        ("A1", amara, document, "slides"),
        ("B1", beni, document, "She phoned me"),
        ("B2", beni, document, "always at two"),
        ("B3", beni, other, "two hours"),
    ):
        project.coder = coder
        made[name] = project.codings.apply(where, span_of(project, where, words), code)
    project.coder = amara
    yield Desk(project, document, amara, beni, made)
    project.close()


def test_mine_everyone_and_the_layer(desk: Desk) -> None:
    assert desk.seen(Whose.MINE) == ["A1"]
    assert desk.seen(Whose.EVERYONE) == ["B1", "A1", "B2"]
    assert desk.seen(Whose.LAYER) == ["A1"]  # who codes first leads, until somebody says
    desk.project.documents.set_lead(desk.document, None)
    assert desk.seen(Whose.LAYER) == []
    assert desk.project.sight.of(desk.document, Whose.LAYER).nothing
    desk.project.documents.set_lead(desk.document, desk.beni)
    assert desk.seen(Whose.LAYER) == ["B1", "B2"]
    desk.project.coder = desk.beni
    assert desk.seen(Whose.MINE) == ["B1", "B2"]


def test_a_consensus_is_the_layer_and_nobody_s_coding(desk: Desk) -> None:
    desk.project.documents.set_lead(desk.document, desk.beni)
    with desk.project.operation(Op.CHANGE_CODING) as op:
        op.execute(
            update(Coding)
            .where(Coding.id == desk.codings["A1"])
            .values(layer=Layer.CONSENSUS.value, coder_id=None)
        )
    assert desk.seen(Whose.LAYER) == ["B1", "B2"], "while it is being settled the lead counts"
    with desk.project.operation(Op.DECIDE) as op:
        say_settled(op, desk.document)
    assert desk.seen(Whose.LAYER) == ["A1"]
    assert desk.seen(Whose.EVERYONE) == ["B1", "B2"]
    assert desk.seen(Whose.MINE) == []


def test_what_may_not_be_seen_is_in_no_view(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.project.documents.set_lead(desk.document, desk.beni)
    monkeypatch.setattr(
        SightService, "coders", lambda self, document: frozenset({self._project.coder})
    )
    assert desk.seen(Whose.EVERYONE) == ["A1"]
    assert desk.seen(Whose.LAYER) == []
    assert desk.project.sight.of(desk.document, Whose.LAYER) == InSight(frozenset())


def test_before_anybody_codes_there_is_nothing_to_see(desk: Desk) -> None:
    desk.project.coder = None
    assert desk.seen(Whose.MINE) == []
    assert desk.seen(Whose.EVERYONE) == ["B1", "A1", "B2"]
