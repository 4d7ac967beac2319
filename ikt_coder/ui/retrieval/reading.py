"""One reading of the project for the Retrieve place, off the main thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QFontMetricsF

from ikt_coder.core.frozen import frozen
from ikt_coder.core.query import Grouping, Query
from ikt_coder.core.words import Approach, Valence
from ikt_coder.services.interview_guide.rows import QuestionRow
from ikt_coder.services.matrices import Matrix
from ikt_coder.services.matrix_options import MatrixOptions, MatrixRows
from ikt_coder.services.project import Project
from ikt_coder.services.retrieval_rows import FoundGroup, Retrieval
from ikt_coder.services.rows import CodeRow, CoderRow, CodingRow
from ikt_coder.ui.codes.wording import valence_words
from ikt_coder.ui.retrieval.filter_kinds import Offered, read_offered
from ikt_coder.ui.retrieval.passage_delegate import MEASURED
from ikt_coder.ui.retrieval.passage_model import Heading, Several, differences
from ikt_coder.ui.retrieval.terms import Names, read_names

translate = QCoreApplication.translate


@frozen
class Reading:
    """What a query found, with everything the place says about it."""

    query: Query
    retrieval: Retrieval
    codings: tuple[CodingRow, ...]
    names: Names
    offered: Offered
    coders: tuple[CoderRow, ...]
    saved: tuple[Any, ...]
    headings: tuple[Heading, ...]
    beside: dict[UUID, str]
    widths: dict[UUID, float]
    several: Several
    changed: tuple[CodingRow, ...] | None
    """The codings that differ from the reading before, where the same codings stand in the same
    groups as in that; else None."""
    reflexive: bool
    matrix: Matrix | None


def read(
    project: Project,
    query: Query,
    stop: Callable[[], bool],
    face: QFont,
    matrix: MatrixOptions | None = None,
    before: Reading | None = None,
) -> Reading:
    """Answer a query, with a matrix of it where one is wanted. ``face`` is what passages are
    shown in: their widths are measured here, not while the window waits; so is what changed since
    the reading ``before``, which is shown. Raises Cancelled where ``stop`` says so."""
    names, offered = read_names(project), read_offered(project)
    if matrix is not None and matrix.attribute not in {row.id for row in offered.attributes}:
        # The attribute whose values were the rows is gone.
        whose = MatrixRows.PARTICIPANTS if matrix.rows is MatrixRows.ATTRIBUTE else matrix.rows
        matrix = replace(matrix, rows=whose, attribute=None)
    retrieval = project.retrieval.find(query, stop)
    rows = retrieval.codings
    headings = tuple(
        Heading(
            one.key,
            _heading(query.grouping, one, offered),
            tuple(rows[at] for at in one.indexes),
        )
        for one in retrieval.groups
    )
    return Reading(
        query,
        retrieval,
        rows,
        names,
        offered,
        project.coders.all(),
        project.queries.all(),
        headings,
        _beside(project, retrieval, names.codes),
        _widths(project, rows, face),
        differences(rows, headings),
        _changed(before, rows, headings) if before is not None else None,
        project.card.get().approach is Approach.REFLEXIVE,
        project.retrieval.matrix(matrix) if matrix is not None else None,
    )


def _widths(project: Project, rows: tuple[CodingRow, ...], face: QFont) -> dict[UUID, float]:
    """How many pixels the words of each passage take in one line."""
    texts = project.texts.many({row.document for row in rows})
    advance = QFontMetricsF(face).horizontalAdvance
    widths = {}
    for row in rows:
        end = min(row.span.end, row.span.start + MEASURED)
        words = texts.get(row.document, "")[row.span.start : end]
        widths[row.id] = advance(words.replace("\n", " "))
    return widths


def _changed(
    before: Reading, rows: tuple[CodingRow, ...], headings: tuple[Heading, ...]
) -> tuple[CodingRow, ...] | None:
    if _arrangement(before.headings) != _arrangement(headings):
        return None
    known = {row.id: row for row in before.codings}
    return tuple(row for row in rows if known.get(row.id) != row)


def _arrangement(headings: tuple[Heading, ...]) -> list[tuple[object, str, list[UUID]]]:
    """Which codings stand where."""
    return [(one.key, one.title, [row.id for row in one.codings]) for one in headings]


def _heading(grouping: Grouping, group: FoundGroup, offered: Offered) -> str:
    """What a group is called on screen."""
    if grouping is Grouping.NONE:
        return translate("Retrieve", "All passages")
    if group.key is not None:
        if grouping is Grouping.DIRECTION:
            return valence_words(offered.words)[Valence(str(group.key))]
        if grouping is Grouping.QUESTION:
            return next((_whole(row) for row in offered.questions if row.id == group.key), "")
        return group.label
    return {
        Grouping.DIRECTION: translate("Retrieve", "Direction not set"),
        Grouping.LEVEL: translate("Retrieve", "No level"),
        Grouping.QUESTION: translate("Retrieve", "No question of the guide"),
        Grouping.PARTICIPANT: translate("Retrieve", "Nobody’s words"),
        Grouping.GROUP: translate("Retrieve", "No group"),
        Grouping.SPEAKER: translate("Retrieve", "No speaker"),
        Grouping.THEME: translate("Retrieve", "In no theme"),
        Grouping.CODER: translate("Retrieve", "Consensus"),
    }.get(grouping, group.label)


def _whole(question: QuestionRow) -> str:
    """A question with its short name, so that its answers are read beside what was asked."""
    return f"{question.label}: {question.text}" if question.label else question.text


def _beside(project: Project, retrieval: Retrieval, codes: tuple[CodeRow, ...]) -> dict[UUID, str]:
    """The codes each passage was found with, in words."""
    wanted = {key for found in retrieval.found for key in found.partners}
    if not wanted:
        return {}
    names = {row.id: row.name for row in codes}
    of_coding = {row.coding.id: names.get(row.coding.code, "") for row in retrieval.found}
    missing = wanted - of_coding.keys()
    if missing:
        for row in project.codings.many(missing):
            of_coding[row.id] = names.get(row.code, "")
    beside = {}
    for found in retrieval.found:
        if found.partners:
            met = dict.fromkeys(of_coding.get(key, "") for key in found.partners)
            beside[found.coding.id] = " + ".join(name for name in met if name)
    return beside
