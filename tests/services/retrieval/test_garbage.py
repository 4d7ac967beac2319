"""What a large retrieval holds is left out of the search for garbage, and still goes."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator

import pytest

from ikt_coder.services import retrieval_ground
from ikt_coder.services.retrieval_rows import Found
from tests.services.retrieval.conftest import Desk


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """The suite leaves what was collected at its beginning out; so it does again."""
    yield
    gc.unfreeze()
    gc.freeze()


def searched() -> list[object]:
    return [one for one in gc.get_objects() if isinstance(one, Found)]


def test_a_large_retrieval_is_not_searched_for_garbage(
    coded: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieval_ground, "_MANY", 0)
    found = coded.find().found
    assert len(found) == 6
    assert searched() == []
    assert gc.isenabled()


def test_a_small_one_is_searched_as_everything_else(coded: Desk) -> None:
    found = coded.find().found
    assert len(searched()) >= len(found) == 6


def test_nothing_but_who_holds_a_retrieval_keeps_it(
    coded: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Garbage left out of the search would never go if its parts held each other."""
    monkeypatch.setattr(retrieval_ground, "_MANY", 0)
    found = coded.find().found
    coding = found[0].coding
    del found
    gc.unfreeze()
    assert searched() == [], "gone at once, without a search"
    assert sys.getrefcount(coding) == 2
