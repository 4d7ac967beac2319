"""The same study twice, for tests of what is sealed: in one file coder A did little in the
sealed documents, in the other much. Whatever coder B asks, both answer alike."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from ikt_coder.core.span import Span
from ikt_coder.core.words import Flag, Role, Stance, Valence
from ikt_coder.services.framework_matrices.rows import Topic
from ikt_coder.services.memo_links import MemoTopic
from ikt_coder.services.memo_links import Topic as MemoTopicKind
from ikt_coder.services.project import Project
from tests.sealed_study import AMARA, BENI, SEALED, sealed_sample

GRO = "Gro Supervisor"
"""Who coordinates, and codes in no round."""
MARK = "Zyxwvutia"
"""A word that only coder A has written, and only in what is sealed."""
EARLIER = ("There before the round, one", "There before the round, two")
"""What coder A wrote before the round."""


@dataclass
class Two:
    """The same project twice: in ``quiet`` coder A did little in the sealed documents, in
    ``loud`` much. Since then both are the same."""

    quiet: Path
    loud: Path
    round: UUID
    known: frozenset[UUID]
    begun: datetime


def _before_the_round(project: Project) -> None:
    project.coders.add(GRO, role=Role.SUPERVISOR)
    code = next(row.id for row in project.codes.all(counted=False) if row.applicable)
    project.matrices.add("Summaries", topics=[Topic(code=code)])
    project.engagement.add("2024-03", "Kick-off")
    project.coders.switch(project.coders.find(AMARA).id)
    _was_there(project, code, next(iter(project.themes.names())))


def _a_little(project: Project) -> None:
    document = project.documents.find(SEALED[0]).id
    codes = project.codes.all(counted=False)
    project.codings.apply(document, Span(40, 60), next(c.id for c in codes if c.applicable))


def _much(project: Project) -> None:
    """Everything a coder can do in a sealed document, and take back."""
    _a_little(project)
    codes = [row.id for row in project.codes.all(counted=False) if row.applicable]
    themes = list(project.themes.names())
    for at, title in enumerate(SEALED):
        document = project.documents.find(title).id
        levels = [row.id for row in project.frameworks.levels()]
        made = [
            project.codings.apply(
                document,
                Span(100 + 37 * step, 150 + 41 * step),
                codes[(step + at) % len(codes)],
                valence=list(Valence)[step % len(Valence)],
                strength=1 + step % 2,
                levels=levels[: step % 3],
                memo=f"{MARK} on a coding",
                flags=[list(Flag)[step % len(Flag)]],
            )
            for step in range(20)
        ]
        project.codings.move_edges(made[0], Span(90, 160))
        project.codings.recode(made[1:3], codes[5])
        project.codings.set_valence(made[3], None)
        project.codings.set_levels(made[4:6], levels)
        project.codings.remove(made[6:9])
        earlier = project.codings.in_document(document)
        project.codings.remove([row.id for row in earlier[:5]])
        project.themes.add_codings(themes[0], made[9:12], Stance.CONTRADICTS)
        project.themes.set_stance(themes[1], made[12], Stance.QUALIFIES)
        project.codings.change(made[13:], flags=[])
        for theme, coding in zip(themes, made[13:16], strict=False):
            project.quotes.accept(theme, coding)
        project.memos.add(f"{MARK} on a document", document=document, ask=True)
        project.memos.add(f"{MARK} on a passage", document=document, span=Span(10, 30))
        project.memos.add(f"{MARK} on a coding of mine", coding=made[14], ask=True)
        project.memos.add(f"{MARK} on a code", code=codes[0], ask=True)
        project.memos.add(f"{MARK} on a theme", theme=themes[0])
        project.memos.add(f"{MARK} on the project")
        # A code of a blind round is a proposal.
        proposed = project.codes.add(f"{MARK} {title}", codes[0], definition=f"{MARK} defined")
        project.codings.apply(document, Span(5, 45), proposed)
        project.memos.add(f"{MARK} on a proposal", code=proposed)
        project.codings.apply_new_code(document, Span(300, 340), f"{MARK} in vivo {title}")
        gone = project.codes.add(f"{MARK} gone {title}")
        project.codes.delete(gone)
        _sum_up(project, made, codes[at - 2], f"{MARK} {title}")
        project.codings.apply(document, Span(20, 50), codes[3])
        project.history.undo()
    project.history.undo()
    _change_what_was_there(project)


def _sum_up(project: Project, made: list[UUID], code: UUID, words: str) -> None:
    """What is written from passages: summaries, statements, ratings, recommendations."""
    matrix = project.matrices.find("Summaries")
    read = project.matrices.read(matrix.id)
    column, case = matrix.columns[0].id, read.cases[0].ref
    project.matrices.write(matrix.id, column, case, words)
    project.matrices.link(matrix.id, column, case, made[16])
    belief = project.beliefs.add(words, code=code, codings=made[17:19])
    project.beliefs.gather(belief, made[16:17])
    project.ratings.rate(case, code, -2, rationale=words)
    kept = project.recommendations.add(code=code, text=words)
    project.recommendations.rate(kept, project.recommendations.criteria()[0].key, 3, words)


def _was_there(project: Project, code: UUID, theme: UUID) -> None:
    """What coder A wrote from passages before the round, to be changed in it or deleted."""
    document = project.documents.find("P05 Policy adviser").id
    passages = [row.id for row in project.codings.in_document(document, None)[:2]]
    matrix = project.matrices.find("Summaries")
    column = matrix.columns[0].id
    cases = [one.ref for one in project.matrices.read(matrix.id).cases[-2:]]
    for text, case in zip(EARLIER, cases, strict=True):
        project.matrices.write(matrix.id, column, case, text)
        project.matrices.link(matrix.id, column, case, passages[0])
        project.ratings.rate(case, code, 1, rationale=text)
        project.ratings.rate(case, code, 1, rationale=text, agreed=True)
        project.beliefs.add(text, code=code, codings=passages[:1])
        kept = project.recommendations.add(code=code, text=text)
        project.recommendations.rate(kept, project.recommendations.criteria()[0].key, 2, text)
        memo = project.memos.add(text, code=code, ask=True)
        project.memo_links.add(memo, MemoTopic(MemoTopicKind.THEME, theme))
        project.memos.add(text, title="Of the project")


def _change_what_was_there(project: Project) -> None:
    """Change the first of each and delete the second."""
    document = project.documents.find("P05 Policy adviser").id
    second = project.codings.in_document(document, None)[1].id
    matrix = project.matrices.find("Summaries")
    column = matrix.columns[0].id
    for change, text in zip((True, False), EARLIER, strict=True):
        words = f"{MARK}, not {text}"
        for memo in [one.id for one in project.memos.all() if one.text == text]:
            if change:
                project.memos.change(memo, text=words, title=words, ask=False)
                project.memo_links.add(memo, MemoTopic(MemoTopicKind.DOCUMENT, document))
            else:
                project.memos.delete(memo)
        (belief,) = (one.id for one in project.beliefs.all() if one.text == text)
        (advice,) = (one.id for one in project.recommendations.all() if one.text == text)
        criterion = project.recommendations.criteria()[0].key
        if change:
            project.beliefs.change(belief, text=words, direction=Valence.MIXED)
            project.beliefs.gather(belief, [second])
            project.recommendations.change(advice, text=words, note=words)
            project.recommendations.rate(advice, criterion, 1, words)
        else:
            project.beliefs.delete(belief)
            project.recommendations.delete(advice)
        for rating in [one for one in project.ratings.all() if one.rationale == text]:
            agreed = rating.coder is None
            if change:
                project.ratings.rate(rating.case, rating.code, -1, rationale=words, agreed=agreed)
            else:
                project.ratings.clear(rating.case, rating.code, agreed=agreed)
        for case in project.matrices.read(matrix.id).cases:
            if project.matrices.cell_text(column, case.ref) == text:
                project.matrices.write(matrix.id, column, case.ref, words if change else "")
                if change:
                    project.matrices.link(matrix.id, column, case.ref, second)


def make_two(folder: Path) -> Two:
    first, key = sealed_sample(folder / "base.ikt", _before_the_round)
    coders = {row.name: row.id for row in first.coders.everyone()}
    first.close()
    known = frozenset(_ids(folder / "base.ikt"))
    begun = datetime.now(UTC)
    for name, act in (("quiet", _a_little), ("loud", _much)):
        path = folder / f"{name}.ikt"
        path.write_bytes((folder / "base.ikt").read_bytes())
        project = Project.open(path)
        project.coders.switch(coders[AMARA])
        act(project)
        project.rounds.finish(key, project.documents.find(SEALED[1]).id)
        project.coders.switch(coders[BENI])
        _b_works(project)
        project.close()
    return Two(folder / "quiet.ikt", folder / "loud.ikt", key, known, begun)


def _b_works(project: Project) -> None:
    codes = [row.id for row in project.codes.all(counted=False) if row.applicable]
    for title in SEALED:
        document = project.documents.find(title).id
        coding = project.codings.apply(document, Span(200, 260), codes[1], memo="Mine")
        project.codings.set_valence(coding, Valence.MIXED)
        project.memos.add("A note of mine", document=document)
    project.codes.add("New of B", codes[0])
    project.codings.remove([project.codings.in_document(document)[0].id])
    project.history.undo()


def _ids(path: Path) -> Iterator[UUID]:
    driver = sqlite3.connect(path)
    for (table,) in driver.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
        columns = [row[1] for row in driver.execute(f'PRAGMA table_info("{table}")')]
        for column in columns:
            for (value,) in driver.execute(f'SELECT DISTINCT "{column}" FROM "{table}"'):
                if isinstance(value, bytes) and len(value) == 16:
                    yield UUID(bytes=value)
    driver.close()


_KEY = re.compile(r"\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})\b")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(\+00:00)?")
_NUMBERS = ("seq", "root", "seconds")
"""Fields that differ between two files anyway."""


@cache
def _fields_of(kind: type) -> tuple[str, ...]:
    """The fields of a plain value that are compared; none for what is no plain value."""
    if not is_dataclass(kind):
        return ()
    names = (one.name for one in fields(kind))
    return tuple(name for name in names if name not in _NUMBERS and not name.startswith("_"))


@cache
def _slots_of(kind: type) -> tuple[str, ...]:
    if not kind.__module__.startswith("ikt_coder"):
        return ()
    slots = (name for one in kind.__mro__ for name in getattr(one, "__slots__", ()))
    return tuple(name for name in slots if name not in _NUMBERS)


class Plain:
    """What was answered as plain values, without what differs between two files anyway: the
    ids and moments of what was made since they parted, and the numbers of acts."""

    def __init__(self, two: Two) -> None:
        self._two = two
        self._text = cache(self._plain)  # a study says the same words again and again

    def __call__(self, value: Any) -> Any:
        if isinstance(value, UUID):
            return str(value) if value in self._two.known else "new"
        if isinstance(value, datetime):
            return "now" if value > self._two.begun else value.isoformat()
        if isinstance(value, Enum) or value is None or isinstance(value, bool | float):
            return repr(value)
        if isinstance(value, int):
            return value
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, Span | date | timedelta | bytes):
            return repr(value)
        if isinstance(value, Path):
            return value.suffix
        if names := _fields_of(type(value)):
            return self._of(value, names)
        if isinstance(value, Mapping):
            return sorted(([self(k), self(v)] for k, v in value.items()), key=repr)
        if isinstance(value, set | frozenset):
            return sorted((self(each) for each in value), key=repr)
        if isinstance(value, list | tuple):
            return [self(each) for each in value]
        if isinstance(value, Iterator):
            return [self(each) for each in value]
        if names := _slots_of(type(value)):
            return self._of(value, names)
        return type(value).__name__

    def _of(self, value: Any, names: tuple[str, ...]) -> dict[str, Any]:
        told = {name: self(getattr(value, name)) for name in names if hasattr(value, name)}
        return {"is": type(value).__name__, **told}

    def _plain(self, text: str) -> str:
        def of(found: re.Match[str]) -> str:
            return found.group() if UUID(found.group()) in self._two.known else "new"

        text = _KEY.sub(of, text)
        text = _MOMENT.sub("then", text)
        return text.replace("quiet", "file").replace("loud", "file")
