"""The same small study as for the passages."""

from __future__ import annotations

from tests.ui.retrieval.conftest import desk as desk
