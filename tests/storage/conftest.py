"""Files as the program makes them, to the disk: here this is what is tested."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import quick_files


@pytest.fixture(autouse=True)
def files_as_they_are() -> Iterator[None]:
    """No short cut of ``tests.quick_files`` in this folder."""
    quick_files.take_away()
    yield
    quick_files.install()
