"""The questions of the interview guide, and which interviewer turns ask them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.model import GuideQuestion, QuestionStage, QuestionTurn, Speaker, Turn
from ikt_coder.model.derived import derived_key
from ikt_coder.services.base import UNSET, Service, Unset, add_row, change_row, named
from ikt_coder.services.charting.rows import OptionRow
from ikt_coder.services.document_order import document_order, put_before
from ikt_coder.services.interview_guide.answers import Answers
from ikt_coder.services.interview_guide.matching import Matcher
from ikt_coder.services.interview_guide.rows import AskedTurn, GuideProgress, QuestionRow
from ikt_coder.storage.operation import Operation

STAGES = "research-stages"
"""The framework whose answers are the stages of questions."""

_LABEL = 80
_NUMBER = re.compile(r"^\s*(?:[-*•–]|(?:Q(?:uestion)?\s*)?\d+(?:\.\d+)*[a-z]?\s*[.):]?)\s+", re.I)


class GuideService(Service):
    # -- questions --------------------------------------------------------------------------

    def all(self) -> tuple[QuestionRow, ...]:
        """The questions in their order."""
        stages: dict[UUID, list[UUID]] = {}
        for question, option in self._rows(
            select(QuestionStage.question_id, QuestionStage.option_id).order_by(QuestionStage.id)
        ):
            stages.setdefault(question, []).append(option)
        used = {
            row.question_id: (row.turns, row.documents)
            for row in self._rows(
                select(
                    QuestionTurn.question_id,
                    func.count().label("turns"),
                    func.count(QuestionTurn.document_id.distinct()).label("documents"),
                ).group_by(QuestionTurn.question_id)
            )
        }
        return tuple(
            QuestionRow(
                r.id,
                r.label,
                r.text,
                r.note,
                r.position,
                tuple(stages.get(r.id, ())),
                *used.get(r.id, (0, 0)),
            )
            for r in self._rows(
                select(GuideQuestion.__table__).order_by(GuideQuestion.position, GuideQuestion.id)
            )
        )

    def get(self, question: UUID) -> QuestionRow:
        """Raises NotFound."""
        for row in self.all():
            if row.id == question:
                return row
        raise NotFound("This question is no longer in the guide.", "Undo may bring it back.")

    def find(self, name: str) -> QuestionRow:
        """The question with this short name, text, number in the guide, or id. Raises
        NotFound."""
        rows = self.all()
        wanted = name.strip().casefold()
        for at, row in enumerate(rows, start=1):
            if wanted in (row.label.casefold(), row.text.casefold(), str(row.id), str(at)):
                return row
        raise NotFound(f"There is no question “{name}” in the interview guide.")

    def stages(self) -> tuple[OptionRow, ...]:
        """The research stages a question can ask about: the answers of the charting question of
        that name; none where it was not added."""
        return tuple(
            option
            for field in self._project.charting.fields()
            if field.framework_key == STAGES
            for option in field.offered
        )

    @property
    def any(self) -> bool:
        """Whether the project has a guide."""
        return bool(self._rows(select(GuideQuestion.id).limit(1)))

    def add(self, text: str, label: str = "", note: str = "", stages: Iterable[UUID] = ()) -> UUID:
        """Add a question after the others. Raises UserError where it says nothing."""
        text, label = _question(text), _label(label)
        key = new_id()
        with self._operation(Op.ADD_QUESTION, name=label or text) as op:
            add_row(
                op,
                GuideQuestion,
                id=key,
                label=label,
                text=text,
                note=note.strip(),
                position=self._next_position(GuideQuestion),
            )
            self._set_stages(op, key, stages)
        return key

    def bring_in(self, lines: str) -> tuple[UUID, ...]:
        """Add the questions of a guide that was pasted or read from a file, one on each line;
        numbers and bullets before them are left out, and so are questions that are there.
        Raises UserError where there is none."""
        known = {row.text.casefold() for row in self.all()}
        wanted: dict[str, str] = {}
        for line in lines.splitlines():
            text = " ".join(_NUMBER.sub("", line).split())
            if text and text.casefold() not in known:
                wanted.setdefault(text.casefold(), text)
        if not wanted:
            raise UserError(
                "There is no new question in these lines. Nothing was added.",
                "Write each question on a line of its own.",
            )
        made = {new_id(): _question(text) for text in wanted.values()}
        with self._operation(Op.IMPORT_GUIDE, count=len(made)) as op:
            first = self._next_position(GuideQuestion)
            op.execute(
                insert(GuideQuestion),
                [
                    {"id": key, "label": "", "text": text, "note": "", "position": first + at}
                    for at, (key, text) in enumerate(made.items())
                ],
            )
        return tuple(made)

    def change(
        self,
        question: UUID,
        *,
        text: str | Unset = UNSET,
        label: str | Unset = UNSET,
        note: str | Unset = UNSET,
        stages: Iterable[UUID] | Unset = UNSET,
    ) -> None:
        """Change what is given."""
        row = self.get(question)
        values: dict[str, Any] = {}
        if not isinstance(text, Unset):
            values["text"] = _question(text)
        if not isinstance(label, Unset):
            values["label"] = _label(label)
        if not isinstance(note, Unset):
            values["note"] = note.strip()
        with self._operation(Op.CHANGE_QUESTION, name=row.name) as op:
            change_row(op, GuideQuestion, question, values)
            if not isinstance(stages, Unset):
                self._set_stages(op, question, stages)

    def move(self, question: UUID, before: UUID | None) -> None:
        """Put a question before another one, or (None) at the end."""
        row = self.get(question)
        order = put_before([one.id for one in self.all()], [question], before)
        with self._operation(Op.CHANGE_QUESTION, name=row.name) as op:
            for at, key in enumerate(order):
                op.execute(
                    update(GuideQuestion)
                    .where(GuideQuestion.id == key, GuideQuestion.position != at)
                    .values(position=at)
                )

    def delete(self, question: UUID) -> None:
        """Take a question out; turns that asked it are to be looked at again."""
        row = self.get(question)
        with self._operation(Op.DELETE_QUESTION, name=row.name) as op:
            op.execute(delete(QuestionTurn).where(QuestionTurn.question_id == question))
            op.execute(delete(GuideQuestion).where(GuideQuestion.id == question))

    @staticmethod
    def _set_stages(op: Operation, question: UUID, stages: Iterable[UUID]) -> None:
        wanted = {derived_key("question_stage", question, each): each for each in stages}
        op.execute(
            delete(QuestionStage).where(
                QuestionStage.question_id == question, QuestionStage.id.not_in(list(wanted))
            )
        )
        there = set(
            op.execute(
                select(QuestionStage.id).where(QuestionStage.question_id == question)
            ).scalars()
        )
        fresh = [
            {"id": key, "question_id": question, "option_id": option}
            for key, option in wanted.items()
            if key not in there
        ]
        if fresh:
            op.execute(insert(QuestionStage), fresh)

    # -- where they were asked ----------------------------------------------------------------

    def asked(self, document: UUID) -> tuple[AskedTurn, ...]:
        """The interviewer's turns of a document in their order, with what was said of them, and
        a proposal for those nobody looked at. Where no speaker is an interviewer there are
        none: roles are given to speakers first."""
        rows = self._turns(document)
        text = self._project.texts.get(document)
        said = [text[row.words_start : row.end] for row in rows]
        known = {
            row.turn_id: row.question_id
            for row in self._rows(
                select(QuestionTurn.turn_id, QuestionTurn.question_id).where(
                    QuestionTurn.document_id == document
                )
            )
        }
        matcher = Matcher({row.id: row.text for row in self.all()})
        found = []
        last: UUID | None = None
        for row, words in zip(rows, said, strict=True):
            reviewed = row.id in known
            proposed, likeness = (None, 0.0) if reviewed else matcher.best(words, last)
            last = known.get(row.id) or proposed or last
            found.append(
                AskedTurn(
                    row.id,
                    Span(row.start, row.end),
                    words.strip(),
                    row.label,
                    known.get(row.id),
                    reviewed,
                    proposed,
                    likeness,
                )
            )
        return tuple(found)

    def _turns(self, document: UUID) -> list[Any]:
        return self._rows(
            select(Turn.id, Turn.start, Turn.end, Turn.words_start, Speaker.label)
            .join(Speaker, Speaker.id == Turn.speaker_id)
            .where(Turn.document_id == document, Speaker.role == SpeakerRole.INTERVIEWER.value)
            .order_by(Turn.start)
        )

    def match(self, turns: Mapping[UUID, UUID | None]) -> None:
        """Say of turns which question they ask; None: none of the guide. Raises NotFound for a
        turn or question that is gone; then nothing is kept."""
        if not turns:
            return
        wanted = {key for key in turns.values() if key is not None}
        missing = wanted - {row.id for row in self.all()}
        if missing:
            raise NotFound("This question is no longer in the guide. Nothing was matched.")
        places = {
            row.id: row.document_id
            for row in self._rows(select(Turn.id, Turn.document_id).where(Turn.id.in_(list(turns))))
        }
        if places.keys() != turns.keys():
            raise NotFound("Some turns are no longer in the project. Nothing was matched.")
        with self._operation(Op.MATCH_QUESTIONS, count=len(turns)) as op:
            keys = {turn: derived_key("question_turn", turn) for turn in turns}
            there = {
                row.id: row.question_id
                for row in op.execute(
                    select(QuestionTurn.id, QuestionTurn.question_id).where(
                        QuestionTurn.turn_id.in_(list(turns))
                    )
                )
            }
            fresh = []
            for turn, question in turns.items():
                key = keys[turn]
                if key not in there:
                    fresh.append(
                        {
                            "id": key,
                            "turn_id": turn,
                            "document_id": places[turn],
                            "question_id": question,
                        }
                    )
                elif there[key] != question:
                    op.execute(
                        update(QuestionTurn)
                        .where(QuestionTurn.id == key)
                        .values(question_id=question)
                    )
            if fresh:
                op.execute(insert(QuestionTurn), fresh)

    def unmatch(self, turns: Sequence[UUID]) -> None:
        """Take back what was said of turns: they are to be looked at again."""
        with self._operation(Op.MATCH_QUESTIONS, count=len(turns)) as op:
            op.execute(delete(QuestionTurn).where(QuestionTurn.turn_id.in_(list(turns))))

    def progress(self) -> tuple[GuideProgress, ...]:
        """How far each document with interviewer turns was looked at, in the documents' order."""
        counts = {
            row.document_id: row.n
            for row in self._rows(
                select(Turn.document_id, func.count().label("n"))
                .join(Speaker, Speaker.id == Turn.speaker_id)
                .where(Speaker.role == SpeakerRole.INTERVIEWER.value)
                .group_by(Turn.document_id)
            )
        }
        seen = {
            row.document_id: (row.reviewed, row.matched)
            for row in self._rows(
                select(
                    QuestionTurn.document_id,
                    func.count().label("reviewed"),
                    func.count(QuestionTurn.question_id).label("matched"),
                ).group_by(QuestionTurn.document_id)
            )
        }
        titles = {row.id: row.title for row in self._project.documents.all()}
        return tuple(
            GuideProgress(key, titles[key], counts[key], *seen.get(key, (0, 0)))
            for key in document_order(self._connection)
            if key in counts and key in titles
        )

    def answers(self, documents: Iterable[UUID] | None = None) -> Answers:
        """Which passages answer which question."""
        return Answers(self._project, documents)


def _question(text: str) -> str:
    return named(text, "question", 2000)


def _label(label: str) -> str:
    label = " ".join(label.split())
    return named(label, "question", _LABEL) if label else ""
