"""Conditions and negation, held against comparing every coding with every other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikt_coder.core.query import (
    Block,
    Condition,
    Query,
    Relation,
    Sorting,
    Term,
    TermKind,
    Whose,
)
from ikt_coder.core.span import Span, unite
from ikt_coder.services.new_codings import NewCoding
from ikt_coder.services.project import Project
from ikt_coder.services.retrieval_matching import Neighbours, _in_both
from ikt_coder.services.rows import CodingRow
from tests.studies import TALK, add_talk, transcript

OTHER = """\
Interviewer: Tell me.
P03: Well.
Interviewer: And?
P03: That was all.
"""


@dataclass
class Field:
    """A study that each example empties and codes anew."""

    project: Project
    documents: list[UUID]
    texts: list[str]
    codes: list[UUID]
    coders: list[UUID]

    def plant(self, picks: Sequence[tuple[int, int, int, int, int]]) -> list[CodingRow]:
        there = self.rows()
        for coder in self.coders:
            self.project.coder = coder
            self.project.codings.remove([row.id for row in there if row.coder == coder])
        new = []
        for document, start, length, code, coder in picks:
            size = len(self.texts[document])
            start %= size
            span = Span(start, min(size, start + 1 + length))
            new.append(
                NewCoding(self.documents[document], span, self.codes[code], self.coders[coder])
            )
        self.project.codings.apply_many(new)
        return self.rows()

    def rows(self) -> list[CodingRow]:
        rows = [
            row
            for document in self.documents
            for row in self.project.codings.in_document(document, None)
        ]
        place = {document: at for at, document in enumerate(self.documents)}
        return sorted(rows, key=lambda r: (place[r.document], r.span, r.id))

    def turns(self, row: CodingRow) -> set[int]:
        """Turns whose words a coding touches, looked at one by one."""
        met = set()
        for at, turn in enumerate(self.project.documents.turns(row.document)):
            label_only = row.span.end <= turn.words_start < turn.span.end
            if turn.span.overlaps(row.span) and not label_only:
                met.add(at)
        return met


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Field]:
    project = Project.create(tmp_path_factory.mktemp("field") / "field.ikt")
    coders = [project.coders.add("Ann Lee"), project.coders.add("Bo Lindqvist")]
    project.coders.switch(coders[0])
    documents = [add_talk(project), add_talk(project, OTHER, "Other", ("P03",))]
    codes = [project.codes.add(name) for name in ("A", "B", "C")]
    texts = [project.texts.get(document) for document in documents]
    assert texts == [transcript(TALK).text, OTHER]
    yield Field(project, documents, texts, codes, coders)
    project.close()


picks = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.integers(0, 400),
        st.one_of(st.integers(0, 12), st.integers(0, 400)),
        st.integers(0, 2),
        st.integers(0, 1),
    ),
    max_size=14,
)
conditions = st.lists(
    st.tuples(
        st.sampled_from(Relation),
        st.integers(0, 60),
        st.booleans(),
        st.lists(st.integers(0, 2), max_size=2, unique=True),
    ),
    max_size=3,
)
blocks = st.lists(
    st.tuples(st.lists(st.integers(0, 2), max_size=2, unique=True), conditions), max_size=2
)


def stands(
    field: Field, one: CodingRow, other: CodingRow, relation: Relation, distance: int
) -> bool:
    if relation is Relation.SAME:
        return one.span == other.span
    if relation is Relation.OVERLAP:
        return one.span.overlap(other.span) > 0
    if relation is Relation.WITHIN:
        gap = max(one.span.start - other.span.end, other.span.start - one.span.end, 0)
        return gap <= distance
    if relation is Relation.TURN:
        return bool(field.turns(one) & field.turns(other))
    return True


@settings(max_examples=120)
@given(planted=picks, asked=blocks)
def test_every_relation_and_negation_is_as_comparing_all_pairs_says(
    field: Field, planted: list[tuple[int, int, int, int, int]], asked: list[object]
) -> None:
    rows = field.plant(planted)

    def term(code: int) -> Term:
        return Term(TermKind.CODE, field.codes[code])

    query = Query(
        blocks=tuple(
            Block(
                tuple(map(term, terms)),
                tuple(
                    Condition(tuple(map(term, of)), relation, distance, negated)
                    for relation, distance, negated, of in wanted
                ),
            )
            for terms, wanted in asked  # type: ignore[attr-defined]  # hypothesis gives tuples
        ),
        whose=Whose.EVERYONE,
        sorting=Sorting.PLACE,
    )
    expected: dict[UUID, tuple[set[UUID], set[int]]] = {}
    for row in rows:
        for terms, wanted in asked or [([], [])]:  # type: ignore[attr-defined]  # as above
            if terms and row.code not in [field.codes[n] for n in terms]:
                continue
            partners: set[UUID] = set()
            shared: set[int] | None = None
            met = True
            for relation, distance, negated, of in wanted:
                others = [
                    other
                    for other in rows
                    if other.id != row.id
                    and other.document == row.document
                    and other.coder == row.coder
                    and (not of or other.code in [field.codes[n] for n in of])
                    and stands(field, row, other, relation, distance)
                ]
                if bool(others) is negated:
                    met = False
                    break
                if negated or relation is Relation.DOCUMENT:
                    continue
                partners |= {other.id for other in others}
                if relation in (Relation.SAME, Relation.OVERLAP):
                    signs = {
                        at
                        for other in others
                        for at in range(
                            max(row.span.start, other.span.start),
                            min(row.span.end, other.span.end),
                        )
                    }
                    shared = signs if shared is None else shared & signs
            if met:
                before = expected.setdefault(row.id, (set(), set()))
                before[0].update(partners)
                before[1].update(shared or ())
    result = field.project.retrieval.find(query)
    assert [found.coding.id for found in result.found] == [
        row.id for row in rows if row.id in expected
    ]
    for found in result.found:
        partners, signs = expected[found.coding.id]
        assert set(found.partners) == partners
        assert {at for piece in found.shared for at in range(piece.start, piece.end)} == signs


@settings(max_examples=200)
@given(
    spans=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=30),
    start=st.integers(-5, 60),
    length=st.integers(1, 40),
)
def test_neighbours_are_all_that_reach_into_an_interval(
    field: Field, spans: list[tuple[int, int]], start: int, length: int
) -> None:
    field.project.coder = field.coders[0]
    row = field.project.codings.get(
        field.project.codings.apply(field.documents[0], Span(0, 3), field.codes[0])
    )
    rows = [replace(row, span=Span(a, a + n)) for a, n in spans]
    end = start + length
    found = Neighbours(rows).between(start, end)
    assert sorted(map(id, found)) == sorted(
        id(one) for one in rows if one.span.start < end and one.span.end > start
    )


@pytest.mark.parametrize(("distance", "met"), [(0, False), (4, False), (5, True), (6, True)])
@pytest.mark.parametrize("other_way", [False, True])
def test_a_distance_is_counted_from_edge_to_edge(
    field: Field, distance: int, met: bool, other_way: bool
) -> None:
    """Five characters lie between "She" and the next word coded."""
    spans = [Span(60, 63), Span(68, 70)]
    field.plant([])
    field.project.coder = field.coders[0]
    first, second = reversed(spans) if other_way else spans
    for code, span in ((0, first), (1, second)):
        field.project.codings.apply(field.documents[0], span, field.codes[code])
    condition = Condition(
        (Term(TermKind.CODE, field.codes[1]),), Relation.WITHIN, distance=distance
    )
    block = Block((Term(TermKind.CODE, field.codes[0]),), (condition,))
    result = field.project.retrieval.find(Query((block,), whose=Whose.EVERYONE))
    assert bool(result.found) is met
    touching = [Span(60, 63), Span(63, 65)]
    field.plant([])
    field.project.coder = field.coders[0]
    for code, span in enumerate(touching):
        field.project.codings.apply(field.documents[0], span, field.codes[code])
    assert field.project.retrieval.find(Query((block,), whose=Whose.EVERYONE)).found


signs = st.lists(st.booleans(), max_size=24)


@given(some=signs, others=signs)
def test_what_lies_in_both_of_two_lists_of_pieces(some: list[bool], others: list[bool]) -> None:
    def pieces(on: list[bool]) -> list[Span]:
        return unite(Span(at, at + 1) for at, one in enumerate(on) if one)

    both = [one and other for one, other in zip(some, others, strict=False)]
    assert _in_both(pieces(some), pieces(others)) == pieces(both)


def test_a_code_used_ten_thousand_times_beside_one_as_long_as_the_text(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "often.ikt")
    project.coders.switch(project.coders.add("Ann Lee"))
    text = "P01: " + "word " * 10_050 + "\n"
    document = add_talk(project, text, "Long", ("P01",))
    often, whole = project.codes.add("Often"), project.codes.add("Whole")
    new = [NewCoding(document, Span(at * 5, at * 5 + 4), often) for at in range(1, 10_001)]
    project.codings.apply_many([*new, NewCoding(document, Span(0, len(text)), whole)])
    within = Condition((Term(TermKind.CODE, whole),), Relation.OVERLAP)
    result = project.retrieval.find(Query((Block((Term(TermKind.CODE, often),), (within,)),)))
    assert (result.references, result.passages, result.participants) == (10_000, 10_000, 1)
    assert all(len(found.partners) == 1 for found in result.found)
    other_way = Query(
        (
            Block(
                (Term(TermKind.CODE, whole),),
                (Condition((Term(TermKind.CODE, often),), Relation.OVERLAP),),
            ),
        )
    )
    (found,) = project.retrieval.find(other_way).found
    assert len(found.partners) == 100
    assert sum(map(len, found.shared)) == 40_000
    project.close()
