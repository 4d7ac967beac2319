"""The u-alpha family of 2016 for freely marked units, judged with their edges.

Krippendorff, Mathet, Bouvry and Widlöcher 2016; Krippendorff 2019, section 12.6. Not the alpha_U
of 1995/2004, and not its replacement of 2013: three coefficients go by one name.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Final

from ikt_coder.agreement.figure import Figure, Reason, ratio
from ikt_coder.agreement.spans import overlap
from ikt_coder.core.frozen import frozen

Unit = tuple[int, int, Hashable]
"""Start, end, value; a value is never None, which stands for the gaps."""

Continuum = tuple[int, Sequence[Sequence[Unit]]]
"""The length of a text and each coder's units, which do not overlap; gaps are what is left."""

GAP: Final = None


@frozen
class Unitizing:
    """``u_alpha``: edges and values together. ``u_alpha_binary``: units against gaps.
    ``cu_alpha``: the values where units of two coders meet; ``coverage`` says how much of the
    text that is. ``of_value``: for each value its own alpha and coverage."""

    u_alpha: Figure
    u_alpha_binary: Figure
    cu_alpha: Figure
    coverage: float | None
    of_value: dict[Hashable, tuple[Figure, float | None]]


def unitizing(continua: Iterable[Continuum]) -> Unitizing:
    """The family over one or more texts, all by the same coders (at least two). ValueError for
    units that overlap, are empty or leave the text."""
    found = _Sums()
    for text_length, coders in continua:
        found.add(text_length, coders)
    if not found.whole:
        reason = Reason.NO_COMMON_DOCUMENT
        return Unitizing(
            Figure("u_alpha", None, reason),
            Figure("u_alpha_binary", None, reason),
            Figure("cu_alpha", None, reason),
            None,
            {},
        )
    return Unitizing(
        found.u_alpha(),
        found.u_alpha_binary(),
        found.cu_alpha(),
        found.coverage(),
        found.of_value(),
    )


_Coincidences = dict[tuple[Hashable, Hashable], int]


def _alpha(
    id: str, whole: int, agreeing: int, lengths: Iterable[int], itself: int, reason: Reason
) -> Figure:
    """1 − (whole − agreeing) / (whole − expected), where the expected agreement pairs no unit
    with itself: ``itself`` is the sum of those pairs."""
    spread = whole * (whole * whole - sum(length * length for length in lengths))
    return ratio(id, spread - (whole - agreeing) * (whole * whole - itself), spread, reason)


class _Sums:
    """Lengths that coincide between coders, summed over texts.

    Of m coders each length is counted m − 1 times, and each square (m − 1)² times: that keeps
    all sums whole, and no coefficient changes by it.
    """

    def __init__(self) -> None:
        self.whole = 0
        self.coincidences: _Coincidences = {}
        self.squares: dict[Hashable, int] = {}
        self.self_pairs: dict[Hashable, int] = {}
        self._coders = 0

    def add(self, text_length: int, coders: Sequence[Sequence[Unit]]) -> None:
        m = len(coders)
        if m < 2 or self._coders not in (0, m):
            raise ValueError("unitizing takes two or more coders, the same in all texts")
        self._coders = m
        tracks = [_with_gaps(text_length, units) for units in coders]
        self.whole += m * (m - 1) * text_length
        for track in tracks:
            for start, end, value in track:
                length = end - start
                # A gap is paired with itself position by position, a unit as a whole.
                square = (m - 1) ** 2 * (length if value is GAP else length * length)
                self.squares[value] = self.squares.get(value, 0) + square
        for first in range(m):
            of_unit = [0] * len(tracks[first])
            for second in range(m):
                if first == second:
                    continue
                for at, other, shared in _meetings(tracks[first], tracks[second]):
                    value, their = tracks[first][at][2], tracks[second][other][2]
                    key = (value, their)
                    self.coincidences[key] = self.coincidences.get(key, 0) + shared
                    if value is not GAP and their is not GAP:
                        of_unit[at] += shared
            for at, shared in enumerate(of_unit):
                if shared:
                    value = tracks[first][at][2]
                    # The square of the mean over the other coders, not the mean of squares.
                    self.self_pairs[value] = self.self_pairs.get(value, 0) + shared * shared

    def u_alpha(self) -> Figure:
        agreeing = sum(shared for (one, other), shared in self.coincidences.items() if one == other)
        lengths = self._lengths(paired=False).values()
        itself = sum(self.squares.values())
        return _alpha("u_alpha", self.whole, agreeing, lengths, itself, Reason.NO_VARIATION)

    def u_alpha_binary(self) -> Figure:
        agreeing = sum(
            shared
            for (one, other), shared in self.coincidences.items()
            if (one is GAP) == (other is GAP)
        )
        lengths = self._lengths(paired=False)
        gaps = lengths.get(GAP, 0)
        return _alpha(
            "u_alpha_binary",
            self.whole,
            agreeing,
            (gaps, self.whole - gaps),
            sum(self.squares.values()),
            Reason.NO_VARIATION,
        )

    def cu_alpha(self) -> Figure:
        lengths = self._lengths(paired=True)
        return _alpha(
            "cu_alpha",
            sum(lengths.values()),
            sum(self.coincidences.get((value, value), 0) for value in lengths),
            lengths.values(),
            sum(self.self_pairs.values()),
            Reason.NO_VARIATION if lengths else Reason.NOT_APPLICABLE,
        )

    def coverage(self) -> float:
        return sum(self._lengths(paired=True).values()) / self.whole

    def of_value(self) -> dict[Hashable, tuple[Figure, float | None]]:
        lengths = self._lengths(paired=True)
        paired = sum(lengths.values())
        found: dict[Hashable, tuple[Figure, float | None]] = {}
        for value, whole in self._lengths(paired=False).items():
            if value is GAP:
                continue
            own = lengths.get(value, 0)
            apart = own * own * (paired - own)
            differing = own - self.coincidences.get((value, value), 0)
            itself = self.self_pairs.get(value, 0)
            figure = ratio(
                "k_u_alpha",
                apart - (own * paired - itself) * differing,
                apart,
                Reason.NO_VARIATION if own else Reason.NOT_APPLICABLE,
            )
            found[value] = (figure, own / whole)
        return found

    def _lengths(self, *, paired: bool) -> dict[Hashable, int]:
        """How much each value takes, gaps among them; ``paired``: only where units meet."""
        lengths: dict[Hashable, int] = {}
        for (value, other), shared in self.coincidences.items():
            if not paired or (value is not GAP and other is not GAP):
                lengths[value] = lengths.get(value, 0) + shared
        return lengths


def _with_gaps(text_length: int, units: Sequence[Unit]) -> list[tuple[int, int, Hashable]]:
    track: list[tuple[int, int, Hashable]] = []
    before = 0
    for start, end, value in sorted(units, key=lambda unit: unit[:2]):
        if start < before or end <= start or end > text_length:
            raise ValueError(f"units of one coder overlap or leave the text: ({start}, {end})")
        if start > before:
            track.append((before, start, GAP))
        track.append((start, end, value))
        before = end
    if before < text_length:
        track.append((before, text_length, GAP))
    return track


def _meetings(first: Sequence[Unit], second: Sequence[Unit]) -> Iterable[tuple[int, int, int]]:
    """Where two coders' units and gaps meet: their numbers and the shared length."""
    i = j = 0
    while i < len(first) and j < len(second):
        shared = overlap(first[i][:2], second[j][:2])
        if shared:
            yield i, j, shared
        if first[i][1] <= second[j][1]:
            i += 1
        else:
            j += 1
