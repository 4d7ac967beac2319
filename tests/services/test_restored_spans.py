"""What undo puts back into a text that was mended meanwhile lies on its own words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.errors import UndoRefused
from ikt_coder.core.span import TextEdit
from tests.studies import span_of, study


class Two:
    """Two coders at one text; the first has coded some words."""

    def __init__(self, path: Path) -> None:
        self.project, self.document = study(path)
        assert self.project.coder is not None
        self.first = self.project.coder
        self.second = self.project.coders.add("Beni Kask")
        code = self.project.codes.add("Trust")
        span = span_of(self.project, self.document, "phoned me")
        self.coding = self.project.codings.apply(self.document, span, code)
        self.memo = self.project.memos.add("Why?", document=self.document, span=span)

    def mend(self, at: int, removed: str, inserted: str) -> None:
        self.project.coders.switch(self.second)
        self.project.texts.mend(self.document, [TextEdit(at, removed, inserted)])
        self.project.coders.switch(self.first)

    def words(self, coding: UUID | None = None) -> str:
        span = self.project.codings.get(coding or self.coding).span
        return self.project.texts.get(self.document)[span.start : span.end]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    made = Two(tmp_path / "study.ikt")
    yield made
    assert made.project.safety.check().sound
    made.project.close()


def test_a_removed_coding_comes_back_to_its_words(two: Two) -> None:
    two.project.codings.remove(two.coding)
    two.mend(0, "", "Well. ")
    at = two.project.texts.get(two.document).index("me before")
    two.mend(at, "me", "us both")
    two.project.history.undo()
    assert two.words() == "phoned us both"
    two.project.history.redo()
    two.project.history.undo()
    assert two.words() == "phoned us both"


def test_a_memo_and_a_redone_coding_too(two: Two) -> None:
    project = two.project
    project.memos.delete(two.memo)
    two.mend(0, "", "Well. ")
    project.history.undo()
    span = project.memos.get(two.memo).span
    assert span is not None
    assert project.texts.get(two.document)[span.start : span.end] == "phoned me"
    code = project.codings.get(two.coding).code
    other = project.codings.apply(two.document, span_of(project, two.document, "slides"), code)
    project.history.undo()
    two.mend(0, "Well. ", "")
    project.history.redo()
    assert two.words(other) == "slides"


def test_what_went_back_comes_again_to_its_words(two: Two) -> None:
    project = two.project
    code = project.codings.get(two.coding).code
    seq = project.history.all(limit=1)[0].seq
    other = project.codings.apply(two.document, span_of(project, two.document, "slides"), code)
    project.history.go_back_to(seq)
    two.mend(0, "", "Well. ")
    project.history.undo()
    assert two.words(other) == "slides"


def test_words_that_are_gone_bring_nothing_back(two: Two) -> None:
    two.project.codings.remove(two.coding)
    at = two.project.texts.get(two.document).index("phoned me")
    two.mend(at, "phoned me", "")
    two.project.history.undo()
    assert two.project.codings.many([two.coding]) == ()


def test_a_mended_place_that_was_taken_back_refuses(two: Two) -> None:
    two.mend(len(two.project.texts.get(two.document)) - 1, "", " Well.")
    two.project.codings.remove(two.coding)
    two.project.coders.switch(two.second)
    two.project.history.undo()  # the mending
    two.project.coders.switch(two.first)
    with pytest.raises(UndoRefused, match="mended place was taken back"):
        two.project.history.undo()
    assert two.project.codings.many([two.coding]) == ()


def test_the_mending_cannot_be_taken_back_under_what_was_carried(two: Two) -> None:
    two.project.codings.remove(two.coding)
    two.mend(0, "", "Well. ")
    two.project.history.undo()
    assert two.words() == "phoned me"
    two.project.coders.switch(two.second)
    with pytest.raises(UndoRefused, match="builds on this one"):
        two.project.history.undo()
    assert two.words() == "phoned me"
