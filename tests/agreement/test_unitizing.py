"""The u-alpha family against a walk over all pairs of positions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.agreement.counts import CodedDocument
from ikt_coder.agreement.figure import Figure, Reason
from ikt_coder.agreement.unitized_codes import unitized_codes
from ikt_coder.agreement.unitizing import Unit, unitizing

ALEX = [(0, 7, "1"), (7, 13, "2"), (30, 32, "5"), (32, 37, "6"), (37, 44, "6"), (44, 60, "7")]
PAUL = [(0, 7, "1"), (7, 13, "3"), (13, 21, "5"), (32, 44, "6")]
SUZAN = [(0, 7, "1"), (7, 13, "4"), (13, 21, "5"), (32, 37, "6"), (37, 41, "6"), (41, 44, "6")]


@st.composite
def coded_texts(draw: st.DrawFn, values: str = "ab") -> tuple[int, list[list[Unit]]]:
    length = draw(st.integers(1, 18))
    coders: list[list[Unit]] = []
    for _ in range(draw(st.integers(2, 4))):
        edges = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
        coders.append(
            [
                (start, end, draw(st.sampled_from(values)))
                for start, end in zip(edges[::2], edges[1::2], strict=False)
                if start < end
            ]
        )
    return length, coders


def slowly(
    length: int, coders: list[list[Unit]]
) -> tuple[float | None, float | None, float | None]:
    """u, |u and cu from every pair of positions: which pairs of positions could have met, and
    how far they did. Positions of one unit of one coder never meet each other."""
    m = len(coders)
    tracks: list[list[tuple[Hashable, Hashable]]] = []  # value, unit
    for number, units in enumerate(coders):
        track: list[tuple[Hashable, Hashable]] = [
            (None, ("gap", number, at)) for at in range(length)
        ]
        for start, end, value in units:
            for at in range(start, end):
                track[at] = (value, (number, start))
        tracks.append(track)

    def agreement(merge: bool) -> float | None:
        def name(value: Hashable) -> Hashable:
            return (value is not None) if merge else value

        seen = [name(track[at][0]) for track in tracks for at in range(length)]
        units = [track[at][1] for track in tracks for at in range(length)]
        apart = met = 0.0
        for i, one in enumerate(seen):
            for j, other in enumerate(seen):
                if units[i] != units[j]:
                    met += 1
                    apart += one != other
        observed = sum(
            name(tracks[i][at][0]) != name(tracks[j][at][0])
            for i in range(m)
            for j in range(m)
            if i != j
            for at in range(length)
        ) / (m - 1)
        expected = apart / met * m * length if met else 0.0
        return 1 - observed / expected if expected else None

    # Where units of two coders meet, each position weighs the share of the others it meets.
    weights: dict[tuple[Hashable, Hashable], float] = defaultdict(float)
    paired = observed = 0.0
    for i in range(m):
        for at in range(length):
            value, unit = tracks[i][at]
            for j in range(m):
                if i != j and value is not None and tracks[j][at][0] is not None:
                    weights[value, unit] += 1 / (m - 1)
                    paired += 1 / (m - 1)
                    observed += (value != tracks[j][at][0]) / (m - 1)
    apart = met = 0.0
    for (value, unit), weight in weights.items():
        for (other, another), their in weights.items():
            if unit != another:
                met += weight * their
                apart += weight * their * (value != other)
    expected = apart / met * paired if met else 0.0
    cu = 1 - observed / expected if expected > 1e-12 else None
    return agreement(False), agreement(True), cu


@given(coded_texts())
def test_the_family_is_that_of_all_pairs_of_positions(text: tuple[int, list[list[Unit]]]) -> None:
    length, coders = text
    found = unitizing([(length, coders)])
    expected = slowly(length, coders)
    for figure, value in zip(
        (found.u_alpha, found.u_alpha_binary, found.cu_alpha), expected, strict=True
    ):
        if value is None:
            assert figure.value is None, figure
        else:
            assert figure.value == pytest.approx(value, abs=1e-9), figure


@given(coded_texts(values="a"))
def test_on_one_code_u_alpha_is_the_one_against_gaps(text: tuple[int, list[list[Unit]]]) -> None:
    found = unitizing([text])
    assert found.u_alpha.value == found.u_alpha_binary.value
    assert found.cu_alpha.value is None


@given(coded_texts(), st.integers(0, 3))
def test_renaming_coders_changes_nothing(text: tuple[int, list[list[Unit]]], turn: int) -> None:
    length, coders = text
    turned = coders[turn % len(coders) :] + coders[: turn % len(coders)]
    one, other = unitizing([(length, coders)]), unitizing([(length, turned)])
    assert one.u_alpha == other.u_alpha
    assert one.cu_alpha == other.cu_alpha
    assert one.of_value == other.of_value


@given(coded_texts())
def test_a_text_cut_at_a_gap_of_all_gives_the_same(text: tuple[int, list[list[Unit]]]) -> None:
    """Gaps are paired position by position, so that texts may be joined."""
    length, coders = text
    joined = [[*units, *((s + length, e + length, v) for s, e, v in units)] for units in coders]
    one = unitizing([(length, coders), (length, coders)])
    assert one == unitizing([(2 * length, joined)])


def test_the_published_example_of_three_observers() -> None:
    """Krippendorff 2019, Fig. 12.11: .510, .413 and .724."""
    found = unitizing([(60, [ALEX, PAUL, SUZAN])])
    assert found.u_alpha.value == pytest.approx(0.510, abs=6e-4)
    assert found.u_alpha_binary.value == pytest.approx(0.413, abs=1.2e-3)
    assert found.cu_alpha.value == pytest.approx(0.724, abs=6e-4)
    assert found.coverage == pytest.approx(0.461111111)
    alphas = {value: figure.value for value, (figure, _coverage) in found.of_value.items()}
    assert alphas == {"1": 1, "2": 0, "3": 0, "4": 0, "5": 1, "6": 1, "7": None}
    assert found.of_value["5"][1] == pytest.approx(0.444444444)
    assert found.of_value["7"][1] == 0


def test_without_gaps_units_cannot_be_told_from_gaps() -> None:
    coders = [
        [(0, 10, "a"), (10, 20, "b"), (20, 30, "c")],
        [(0, 10, "a"), (10, 20, "b"), (20, 30, "b")],
    ]
    found = unitizing([(30, coders)])
    assert found.u_alpha.value == pytest.approx(0.545454545)
    assert found.u_alpha_binary.reason is Reason.NO_VARIATION
    assert found.cu_alpha.value == found.u_alpha.value
    assert found.coverage == 1


def test_nothing_marked_and_no_text() -> None:
    nothing = unitizing([(30, [[], []])])
    assert nothing.u_alpha.reason is Reason.NO_VARIATION
    assert nothing.cu_alpha.reason is Reason.NOT_APPLICABLE
    assert nothing.coverage == 0
    empty = unitizing([])
    assert empty.u_alpha.reason is Reason.NO_COMMON_DOCUMENT
    assert empty.coverage is None


@pytest.mark.parametrize(
    "coders",
    [
        [[(0, 5, "a"), (4, 8, "a")], []],
        [[(0, 31, "a")], []],
        [[(5, 5, "a")], []],
        [[(0, 5, "a")]],
    ],
)
def test_units_that_overlap_leave_the_text_or_have_one_coder_are_refused(
    coders: list[list[Unit]],
) -> None:
    with pytest.raises(ValueError):
        unitizing([(30, coders)])


def test_each_code_of_a_project_is_a_continuum_of_its_own() -> None:
    documents = [CodedDocument(100, 0b11), CodedDocument(60, 0b01), CodedDocument(40, 0b11)]
    segments = [
        (0, 0, 0, 10, 30),
        (0, 0, 0, 20, 35),  # overlaps: one unit
        (0, 0, 1, 15, 35),
        (0, 1, 0, 0, 50),
        (0, 1, 0, 50, 60),  # touches: another unit
        (0, 1, 1, 0, 60),
        (1, 0, 0, 0, 60),  # not finished by both
    ]
    access, trust, unused = unitized_codes(documents, segments, codes=3, coders=(0, 1))
    assert access == unitizing([(100, [[(10, 35, True)], [(15, 35, True)]]), (40, [[], []])])
    by_hand = unitizing([(140, [[(0, 50, True), (50, 60, True)], [(0, 60, True)]])])
    assert trust.u_alpha == by_hand.u_alpha
    assert access.u_alpha == Figure("u_alpha", access.u_alpha_binary.value)
    assert access.cu_alpha.value is None
    assert unused.u_alpha.reason is Reason.NO_VARIATION


def test_what_the_scope_parts_is_two_texts() -> None:
    document = CodedDocument(100, 0b11, scope=((0, 20), (50, 70)))
    segments = [(0, 0, 0, 10, 60), (0, 0, 1, 15, 55)]
    (found,) = unitized_codes([document], segments, codes=1, coders=(0, 1))
    assert found == unitizing(
        [(20, [[(10, 20, True)], [(15, 20, True)]]), (20, [[(0, 10, True)], [(0, 5, True)]])]
    )
