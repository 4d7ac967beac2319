"""The coefficients found, by name, and why some are undefined."""

from __future__ import annotations

from typing import Any

from ikt_coder.agreement.figure import Figure


class Answers:
    """Grows while ratings are evaluated."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}
        self._reasons: dict[str, str] = {}

    def add(self, name: str, figure: Figure) -> None:
        """A coefficient, or its reason."""
        self._values[name] = figure.value
        if figure.reason is not None:
            self._reasons[name] = figure.reason.value

    def put(self, name: str, value: Any) -> None:
        """Counts and other answers that have no reason of their own."""
        self._values[name] = value

    def as_dict(self) -> dict[str, Any]:
        found = dict(self._values)
        if self._reasons:
            found["reasons"] = dict(self._reasons)
        return found
