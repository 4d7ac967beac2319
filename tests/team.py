"""A project of two coders whose words lie wherever words can lie, and their copies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from ikt_coder.core.ids import derived_id, new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import Batch, RoundEventKind, RoundMode, Task
from ikt_coder.core.span import TextEdit
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.model import Assignment, Round, RoundEvent
from ikt_coder.services.project import Project
from ikt_coder.services.round_freezing import freeze_codings
from tests.studies import add_talk, span_of, study

OWN = "a lighthouse keeper counted every passing ferry"
OTHERS = "the baker hid a letter under the third floorboard"
EARLIER = "a sparrow nested inside the broken piano"
ELSEWHERE = "the tailor measured the moon with a ribbon"


class Team:
    """Two coders at work in one project; the second's words lie wherever words can lie."""

    def __init__(self, folder: Path) -> None:
        self.project, self.talk = study(folder / "study.ikt")
        project = self.project
        self.amara = project.coders.ensure_present()
        self.second = add_talk(
            project, f"Interviewer: {EARLIER}?\nP01: Yes.\nP02: No, never.\n", "Second"
        )
        self.third = add_talk(project, f"P03: {ELSEWHERE}.\n", "Third", ["P03"])
        at = project.texts.get(self.second).index(EARLIER)
        project.documents.mend(self.second, [TextEdit(at, EARLIER, "Did it help")])
        self.code = project.codes.add("Timing")
        self.other = project.codes.add("Money")
        self.mine = project.codings.apply(
            self.talk, span_of(project, self.talk, "She phoned me"), self.code
        )
        project.codings.change(self.mine, memo=f"Mine: {OWN}")
        self.memo = project.memos.add(f"Also mine: {OWN}", document=self.talk)
        self.journal = project.memos.add("I wondered.", reflexive=True)
        project.attributes.add("Attr marker one", Subject.PARTICIPANT, AttributeKind.TEXT)
        people = project.participants.all()
        project.participants.change(people[0].id, note=f"A note: {OTHERS}", group="Group marker")
        self.bo = project.coders.add("Bo Lindqvist", positionality=f"I think {OTHERS}")
        project.coders.switch(self.bo)
        self.theirs = project.codings.apply(
            self.talk, span_of(project, self.talk, "went through the slides"), self.code
        )
        project.codings.change(self.theirs, memo=f"Theirs: {OTHERS}")
        project.memos.add(f"On it: {OTHERS}", coding=self.theirs)
        project.memos.add(f"On the code: {OTHERS}", code=self.code)
        project.memos.add(f"Shared: {OTHERS}", document=self.talk, shared=True)
        project.memos.add(f"Journal: {OTHERS}", reflexive=True)
        theme = project.themes.add(f"Theme {OTHERS}", codes=[self.code])
        project.themes.add_codings(theme, self.theirs)
        project.themes.accept_quote(theme, self.theirs)
        project.history.name_restore_point(f"Point {OTHERS}")
        project.coders.switch(self.amara)

    def round(
        self,
        tasks: dict[UUID, dict[UUID, Task]],
        mode: RoundMode = RoundMode.BLIND,
        batches: dict[UUID, Batch] | None = None,
    ) -> UUID:
        """A round with the tasks of coders by document."""
        key = new_id()
        with self.project.operation(Op.SET_UP_ROUND) as op:
            op.execute(
                insert(Round).values(
                    id=key,
                    number=1,
                    name="Round one",
                    mode=mode.value,
                    unit="characters",
                    unit_size=None,
                    rule="any",
                    scope="whole",
                    selection=json.dumps({self.talk.hex: [[0, 9]], self.third.hex: [[0, 3]]}),
                    coefficient="kappa",
                    target=None,
                    overlap=50,
                    codes="[]",
                    share=None,
                    seed=None,
                    first=None,
                    blind_share=None,
                    adjudicator_id=self.bo,
                    hide_names=True,
                    codebook_version=None,
                    note="",
                    created=datetime.now(UTC),
                )
            )
            for coder, documents in tasks.items():
                for document, task in documents.items():
                    op.execute(
                        insert(Assignment).values(
                            id=derived_id("assignment", key, coder, document, task.value),
                            round_id=key,
                            coder_id=coder,
                            document_id=document,
                            task=task.value,
                            batch=(batches or {}).get(document, Batch.ALL).value,
                        )
                    )
        return key

    def record(self, entity: Any, **values: Any) -> UUID:
        """Add a record."""
        key = new_id()
        with self.project.operation(Op.RECORD_STATISTIC) as op:
            op.execute(insert(entity).values(id=key, **values))
        return key

    def finished(self, round_: UUID, coder: UUID, document: UUID) -> UUID:
        version = self.project.codebook_versions.keep()
        with self.project.operation(Op.RECORD_STATISTIC) as op:
            snapshot = freeze_codings(
                self.project, op, round_, coder, document, version, datetime.now(UTC)
            )
        self.event(round_, RoundEventKind.FINISHED, coder, document, {"snapshot": snapshot.hex})
        return snapshot

    def event(
        self, round_: UUID, kind: RoundEventKind, coder: UUID, document: UUID | None, data: object
    ) -> UUID:
        return self.record(
            RoundEvent,
            kind=kind.value,
            round_id=round_,
            coder_id=coder,
            document_id=document,
            by_id=self.bo,
            at=datetime.now(UTC),
            data=json.dumps(data),
        )


def opened(path: Path) -> Project:
    project = Project.open(path)
    assert project.warnings == ()
    found = project.safety.check().findings
    assert found == (), found
    return project


@contextmanager
def opened_again(path: Path) -> Iterator[Project]:
    """A project that is closed at the end of the block."""
    project = Project.open(path)
    try:
        yield project
    finally:
        project.close()
