"""The interview guide as tables: its questions with how often they were asked and answered, and
what was said in the answers to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from ikt_coder.core.query import Grouping, Query
from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.services.code_labels import code_labels
from ikt_coder.services.interview_guide.rows import QuestionRow
from ikt_coder.services.layers import LayerInfo
from ikt_coder.services.retrieval_notes import counted_on, whose_sentences

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

MOST_CODES: Final = 5
"""So many codes of each question are named; those that share the last place all are."""
_EMPTY: Final = "There is no interview guide yet."
_RULE: Final = (
    "An answer goes from the turn that was matched with its question to the next one that was "
    "matched with another; follow-up questions change nothing."
)


def guide_table(project: Project, today: date) -> Table:
    """The questions in their order with their stages: how many turns ask each, in how many
    documents, and how many participants speak in its answers (those left out of analysis
    apart)."""
    questions = project.guide.all()
    stages = {option.id: option.shown for option in project.guide.stages()}
    attribution = project.retrieval.ground().attribution
    answered: dict[UUID, set[UUID]] = {}
    answers = project.guide.answers()
    lengths = {row.id: row.length for row in project.documents.all()}
    for document, length in lengths.items():
        for question, span in answers.spans(document, length):
            people = attribution.counted(attribution.of(document, span).participants)
            answered.setdefault(question, set()).update(people)
    rows = []
    for at, row in enumerate(questions, start=1):
        n = len(answered.get(row.id, ()))
        rows.append(
            (
                number(at),
                _question(row),
                cell("; ".join(stages[key] for key in row.stages if key in stages)),
                number(row.turns),
                number(row.documents),
                number(n),
            )
        )
    progress = project.guide.progress()
    turns, reviewed = sum(p.turns for p in progress), sum(p.reviewed for p in progress)
    left_out = sum(person.left_out for person in attribution.people.values())
    note = [
        "Turns: interviewer turns matched with the question by a person. Answered: participants "
        "who speak in its answers, coded or not.",
        _RULE,
        f"{reviewed} of {turns} interviewer turns were looked at.",
    ]
    if left_out:
        whose = "participant" if left_out == 1 else "participants"
        note.append(f"{left_out} {whose} left out of analysis not counted.")
    return Table(
        title="The Interview Guide and Where Its Questions Were Asked",
        columns=(
            _figure("No.", 0.3),
            _text("Question", 2.6),
            _text("Stage", 1.2),
            _figure("Turns", 0.5),
            _figure("Documents", 0.6),
            _figure("Answered", 0.6),
        ),
        rows=tuple(rows),
        note=((Run(" ".join([*note, counted_on(today)])),),),
        description="Questions of the interview guide in rows, with how often each was asked.",
        empty=_EMPTY,
        interim=reviewed < turns,
    )


def answers_table(project: Project, today: date) -> Table:
    """What the analysis layer holds in the answers to each question: participants, passages,
    codings and the codes most used; at the end the codings that answer none."""
    query = Query(grouping=Grouping.QUESTION)
    result = project.retrieval.find(query)
    ground = project.retrieval.ground()
    info: LayerInfo = project.layers.info(ground.attribution)
    labels = code_labels(project.codes.all(counted=False))
    groups = {group.key: group for group in result.groups}
    questions = project.guide.all()
    lines: list[tuple[UUID | None, Cell]] = [(row.id, _question(row)) for row in questions]
    if questions and None in groups:
        lines.append((None, cell("No question of the guide")))
    rows = []
    for key, name in lines:
        group = groups.get(key)
        used: dict[UUID, int] = {}
        for at in group.indexes if group is not None else ():
            code = result.found[at].coding.code
            used[code] = used.get(code, 0) + 1
        rows.append(
            (
                name,
                number(group.participants if group is not None else 0),
                number(group.passages if group is not None else 0),
                number(group.references if group is not None else 0),
                cell(*_most_used(used, labels)),
            )
        )
    note = [
        *whose_sentences(project, query, info, ground),
        "A coding belongs to each question whose answer it touches. A passage is the union of "
        "touching or overlapping codings in the answers to one question.",
        _RULE,
        f"Codes: the {MOST_CODES} with the most codings, each with how many.",
    ]
    return Table(
        title="Answers to the Interview Guide",
        columns=(
            _text("Question", 2.4),
            Column((Run("Participants, "), Run("n", italic=True)), Align.RIGHT, 0.6),
            _figure("Passages", 0.6),
            _figure("Codings", 0.6),
            _text("Codes most used", 2.4),
        ),
        rows=tuple(rows),
        note=((Run(" ".join([*note, counted_on(today)])),),),
        description="Questions of the interview guide in rows, with what was coded in answers.",
        empty=_EMPTY,
        interim=result.interim,
    )


def _question(row: QuestionRow) -> Cell:
    """The short name above the question itself."""
    return cell(row.label, row.text) if row.label else cell(row.text)


def _most_used(used: Mapping[UUID, int], labels: Mapping[UUID, str]) -> Sequence[str]:
    if not used:
        return ("—",)
    ranked = sorted(used.items(), key=lambda one: (-one[1], labels.get(one[0], "")))
    least = ranked[min(MOST_CODES, len(ranked)) - 1][1]
    return [f"{labels.get(key, '')} ({n})" for key, n in ranked if n >= least]


def _figure(name: str, width: float) -> Column:
    return Column((Run(name),), Align.RIGHT, width)


def _text(name: str, width: float) -> Column:
    return Column((Run(name),), width=width)
