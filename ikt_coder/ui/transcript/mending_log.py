"""What was typed while a text is mended, as few edits, with the codings moved along."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Generic, TypeVar

from ikt_coder.core.span import Span, TextEdit

K = TypeVar("K", bound=Hashable)


class MendingLog(Generic[K]):
    """Positions are code points. Neighbouring changes become one edit, so that a word typed
    anew replaces the old one inside its coding; an edit that is taken back vanishes."""

    def __init__(self, text: str, spans: Mapping[K, Span]) -> None:
        self.text = text
        self.edits: list[TextEdit] = []
        self._bases: list[dict[K, Span]] = [dict(spans)]
        """Where the spans lay before the first edit, before the second, and so on."""

    def change(self, at: int, removed: int, inserted: str) -> None:
        """``removed`` code points at ``at`` of the present text gave way to ``inserted``."""
        new = TextEdit(at, self.text[at : at + removed], inserted)
        if new.removed == new.inserted:
            return
        self.text = new.apply(self.text)
        last = self.edits[-1] if self.edits else None
        joined = merged(last, new) if last is not None else None
        if joined is None:
            self._bases.append(self.spans())
            self.edits.append(new)
            return
        if joined.removed == joined.inserted:
            self.edits.pop()
            # The spans before the edit that vanished serve again as the spans now.
            self._bases.pop()
        else:
            self.edits[-1] = joined

    def spans(self) -> dict[K, Span]:
        """Where the spans lie now."""
        base = self._bases[-1]
        if not self.edits:
            return dict(base)
        last = self.edits[-1]
        return {key: last.move(span) for key, span in base.items()}


def merged(first: TextEdit, second: TextEdit) -> TextEdit | None:
    """One edit that does what both do in turn; None where they do not touch."""
    first_end = first.at + len(first.inserted)
    second_end = second.at + len(second.removed)
    if second.at > first_end or second_end < first.at:
        return None
    left = second.removed[: max(0, first.at - second.at)]
    beyond = max(0, second_end - first_end)
    right = second.removed[len(second.removed) - beyond :]
    kept_before = first.inserted[: max(0, second.at - first.at)]
    kept_after = first.inserted[max(0, second_end - first.at) :]
    return TextEdit(
        min(first.at, second.at),
        left + first.removed + right,
        kept_before + second.inserted + kept_after,
    )
