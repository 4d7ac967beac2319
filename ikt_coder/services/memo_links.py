"""What memos are about beside their place, so that journal and memos make a diary of the analysis.

A memo can be linked to documents, participants, studies, codings, codes, themes, engagement
events and questions of the guide, and to a phase of a process framework (familiarising, coding …).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from ikt_coder.core.errors import NotAllowed, NotFound
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ids import derived_id
from ikt_coder.core.ops import Op
from ikt_coder.core.words import FrameworkKind
from ikt_coder.model import (
    Code,
    Coding,
    Document,
    EngagementEvent,
    GuideQuestion,
    MemoLink,
    Participant,
    Study,
    Theme,
)
from ikt_coder.services.base import Service, add_row


class Topic(StrEnum):
    """The kinds of things a memo can be about."""

    PHASE = "phase"
    DOCUMENT = "document"
    PARTICIPANT = "participant"
    STUDY = "study"
    CODE = "code"
    THEME = "theme"
    CODING = "coding"
    EVENT = "event"
    QUESTION = "question"


@frozen
class MemoTopic:
    """One thing a memo is about: its id, or for a phase the key of its node."""

    kind: Topic
    key: UUID | str


@frozen
class MemoLinkRow:
    """A link of a memo. ``label`` names what it is about."""

    memo: UUID
    topic: MemoTopic
    label: str


@frozen
class PhaseRow:
    """A phase of a process framework of the project, in its order."""

    key: str
    name: str
    number: int
    framework: str


_COLUMNS: dict[Topic, str] = {
    **{topic: f"{topic.value}_id" for topic in Topic if topic is not Topic.PHASE},
    Topic.PHASE: "phase",
}
_NAMED: dict[Topic, tuple[Any, Any]] = {
    Topic.DOCUMENT: (Document, Document.title),
    Topic.PARTICIPANT: (Participant, Participant.label),
    Topic.STUDY: (Study, Study.name),
    Topic.CODE: (Code, Code.name),
    Topic.THEME: (Theme, Theme.name),
    Topic.EVENT: (EngagementEvent, EngagementEvent.title),
    Topic.QUESTION: (GuideQuestion, GuideQuestion.label),
}


class MemoLinkService(Service):
    # -- reading ----------------------------------------------------------------------------

    def phases(self) -> tuple[PhaseRow, ...]:
        """The phases of the process frameworks in the project, framework by framework."""
        found: list[PhaseRow] = []
        for row in self._project.frameworks.all():
            if row.kind is not FrameworkKind.PROCESS:
                continue
            try:
                preset = self._project.frameworks.content(row.id)
            except NotFound:
                continue  # made by a newer version of the program
            top = [node for node in preset.nodes if node.parent is None]
            found += [PhaseRow(node.key, node.name, at, row.name) for at, node in enumerate(top, 1)]
        return tuple(found)

    def of(self, memo: UUID) -> tuple[MemoLinkRow, ...]:
        """What a memo is about, phases first."""
        return self.of_many([memo]).get(memo, ())

    def of_many(self, memos: Iterable[UUID]) -> dict[UUID, tuple[MemoLinkRow, ...]]:
        """What memos are about; memos without links are left out."""
        keys = list(dict.fromkeys(memos))
        rows: list[Any] = []
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            rows += self._rows(select(MemoLink.__table__).where(MemoLink.memo_id.in_(some)))
        topics = [(row.memo_id, _topic(row)) for row in rows]
        labels = self.labels({topic for _, topic in topics})
        order = list(Topic)
        found: dict[UUID, list[MemoLinkRow]] = {}
        for memo, topic in topics:
            if topic in labels:
                found.setdefault(memo, []).append(MemoLinkRow(memo, topic, labels[topic]))
        return {
            memo: tuple(
                sorted(links, key=lambda one: (order.index(one.topic.kind), one.label.casefold()))
            )
            for memo, links in found.items()
        }

    def further(self) -> tuple[tuple[Topic, UUID, str], ...]:
        """Studies, engagement events and questions of the guide: kind, id and name."""
        found: list[tuple[Topic, UUID, str]] = []
        for kind in (Topic.STUDY, Topic.EVENT, Topic.QUESTION):
            entity, name = _NAMED[kind]
            order = (entity.date,) if kind is Topic.EVENT else (entity.position,)
            rows = self._rows(select(entity.id, name).order_by(*order, entity.id))
            found += [(kind, key, label) for key, label in rows]
        return tuple(found)

    def about(self, topic: MemoTopic) -> tuple[UUID, ...]:
        """The memos that are linked to a thing, as far as the present coder may read them."""
        column = getattr(MemoLink, _COLUMNS[topic.kind])
        linked = {
            row.memo_id for row in self._rows(select(MemoLink.memo_id).where(column == topic.key))
        }
        return tuple(memo.id for memo in self._project.memos.all() if memo.id in linked)

    def labels(self, topics: Iterable[MemoTopic]) -> dict[MemoTopic, str]:
        """What things are called; those that are gone are left out."""
        by_kind: dict[Topic, list[UUID | str]] = {}
        for topic in topics:
            by_kind.setdefault(topic.kind, []).append(topic.key)
        found: dict[MemoTopic, str] = {}
        for kind, keys in by_kind.items():
            for key, label in self._labels(kind, keys).items():
                found[MemoTopic(kind, key)] = label
        return found

    def _labels(self, kind: Topic, keys: list[UUID | str]) -> dict[UUID | str, str]:
        if kind is Topic.PHASE:
            known = {phase.key: phase.name for phase in self.phases()}
            return {key: known.get(str(key), str(key)) for key in keys}
        if kind is Topic.CODING:
            found = self._rows(
                select(Coding.id, Code.name, Document.title)
                .join(Code, Code.id == Coding.code_id)
                .join(Document, Document.id == Coding.document_id)
                .where(Coding.id.in_(keys))
            )
            return {row.id: f"{row.name}, {row.title}" for row in found}
        entity, name = _NAMED[kind]
        found = self._rows(select(entity.id, name).where(entity.id.in_(keys)))
        return dict(map(tuple, found))

    # -- acting -----------------------------------------------------------------------------

    def add(self, memo: UUID, *topics: MemoTopic) -> None:
        """Link one's own memo to things, in one act; what it is linked to already is no change.
        Raises NotAllowed for another coder's memo, NotFound."""
        known = {link.topic for link in self.of(memo)}
        fresh = [topic for topic in dict.fromkeys(topics) if topic not in known]
        if not fresh:
            return
        row = self._project.memos.get(memo)
        with self._operation(Op.LINK_MEMO, memo=memo, memo_kind=row.kind.value) as op:
            self._refuse_others(row.coder)
            for topic in fresh:
                empty = dict.fromkeys(_COLUMNS.values())
                add_row(
                    op,
                    MemoLink,
                    id=derived_id(memo, topic.key),
                    memo_id=memo,
                    **{**empty, _COLUMNS[topic.kind]: topic.key},
                )

    def remove(self, memo: UUID, *topics: MemoTopic) -> None:
        """Take links off one's own memo. Raises NotAllowed, NotFound."""
        known = {link.topic for link in self.of(memo)}
        gone = [topic for topic in topics if topic in known]
        if not gone:
            return
        row = self._project.memos.get(memo)
        with self._operation(Op.LINK_MEMO, memo=memo, memo_kind=row.kind.value) as op:
            self._refuse_others(row.coder)
            keys = [derived_id(memo, topic.key) for topic in gone]
            op.execute(delete(MemoLink).where(MemoLink.id.in_(keys)))

    def _refuse_others(self, coder: UUID | None) -> None:
        if coder is not None and coder != self._project.coder:
            raise NotAllowed(
                "This memo is another coder's. Nothing was changed.", "Write one of your own."
            )


def _topic(row: Any) -> MemoTopic:
    for kind, column in _COLUMNS.items():
        value = getattr(row, column)
        if value is not None:
            return MemoTopic(kind, value)
    raise ValueError("a memo link that leads nowhere")
