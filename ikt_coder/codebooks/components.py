"""The framework whose nodes fill a column of their own beside codes and themes."""

from __future__ import annotations

from typing import Final

COMPONENTS: Final = "com-b"
