"""Acts on case ratings and framework matrices, for the machine that tries every act."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from ikt_coder.core.cases import CaseKind, CaseRef
from ikt_coder.services.framework_matrices.rows import Topic
from ikt_coder.services.project import Project

numbers = st.integers(0, 10_000)


class ActsOnCases(RuleBasedStateMachine):
    """What the machine below it has: a project, and ways to pick from it and to act."""

    project: Project

    def act(self, do: Callable[[], object]) -> None:
        raise NotImplementedError

    def name(self, what: str) -> str:
        raise NotImplementedError

    def code(self, n: int) -> UUID | None:
        raise NotImplementedError

    def coding(self, n: int) -> UUID | None:
        raise NotImplementedError

    @rule(n=numbers, m=numbers, o=numbers)
    def set_cases_side_by_side(self, n: int, m: int, o: int) -> None:
        matrices, ratings, code = self.project.matrices, self.project.ratings, self.code(n)
        documents = self.project.documents.all()
        if code is None or not documents:
            return
        case = CaseRef(CaseKind.DOCUMENT, documents[m % len(documents)].id)
        rows = matrices.all()
        if not rows or n % 9 == 0:
            name = self.name("Matrix")
            self.act(lambda: matrices.add(name, CaseKind.DOCUMENT, [Topic(code=code)]))
            return
        row = rows[n % len(rows)]
        topics = [column.topic for column in row.columns]
        acts: list[Callable[[], object]] = [
            lambda: ratings.rate(case, code, o % 5 - 2, rationale=f"r{o % 3}"),
            lambda: ratings.rate(case, code, None, agreed=o % 2 == 0),
            lambda: ratings.clear(case, code, agreed=o % 2 == 0),
            lambda: matrices.change(row.id, topics=[*topics[::-1], Topic(code=code)]),
            lambda: matrices.change(row.id, topics=topics[1:], note=f"note {o % 3}"),
            lambda: matrices.delete(row.id),
        ]
        coding = self.coding(o)
        if row.columns:
            column = row.columns[m % len(row.columns)].id
            acts += [
                lambda: matrices.write(row.id, column, case, f"Said {o % 4}" if o % 3 else ""),
                lambda: matrices.set_done(row.id, column, case, o % 2 == 0),
            ]
            if coding is not None:
                acts.append(lambda: matrices.link(row.id, column, case, coding, o % 3 > 0))
        self.act(acts[(n + m + o) % len(acts)])
