"""``agreement --data``: any ratings in a file."""

from __future__ import annotations

import json
from contextlib import suppress
from math import isfinite
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ikt_coder.agreement.ratings.evaluation import evaluate
from ikt_coder.agreement.ratings.shape import DataError
from tests.cli.conftest import Command

CASES = Path(__file__).resolve().parents[3] / "shared" / "agreement" / "cases.json"
BOOTSTRAP_TOLERANCE = 0.02


def cases() -> list[Any]:
    """Each published or worked example with one expected coefficient."""
    if not CASES.is_file():
        return []
    return [
        pytest.param(case, expected, id=f"{case['id']}-{expected['coefficient']}-{at}")
        for case in json.loads(CASES.read_text(encoding="utf-8"))["cases"]
        for at, expected in enumerate(case["expect"])
    ]


def agrees(expected: Any, found: Any, tolerance: float) -> bool:
    """Equal within the tolerance, key for key and place for place; None only where expected."""
    if isinstance(expected, dict):
        return all(
            key in found and agrees(value, found[key], tolerance) for key, value in expected.items()
        )
    if isinstance(expected, list):
        return len(expected) == len(found) and all(
            agrees(one, other, tolerance) for one, other in zip(expected, found, strict=True)
        )
    if expected is None or found is None:
        return expected is found
    return abs(float(expected) - float(found)) <= tolerance


@pytest.mark.skipif(not CASES.is_file(), reason="the reference values are not beside this checkout")
@pytest.mark.parametrize(("case", "expected"), cases())
def test_reference_values(
    case: dict[str, Any], expected: dict[str, Any], tmp_path: Path, done: Command
) -> None:
    file = tmp_path / "ratings.json"
    ratings = {**case["input"], "params": expected.get("params", {})}
    file.write_text(json.dumps(ratings), encoding="utf-8")
    found = done("agreement", "--data", file, "--json").json
    name = expected["coefficient"]
    assert name in found
    tolerance = expected.get("tolerance", 1e-6)
    if name.startswith("bootstrap"):
        tolerance = max(tolerance, BOOTSTRAP_TOLERANCE)
    assert agrees(expected["expected"], found[name], tolerance), found[name]
    if "published" in expected and isinstance(found[name], float):
        assert abs(found[name] - expected["published"]) <= expected["published_tolerance"]


def ask(done: Command, folder: Path, ratings: object) -> dict[str, Any]:
    file = folder / "ratings.json"
    file.write_text(json.dumps(ratings), encoding="utf-8")
    found = done("agreement", "--data", file, "--json").json
    assert isinstance(found, dict)
    return found


def test_units_of_several_coders_with_missing_judgements(tmp_path: Path, done: Command) -> None:
    """Krippendorff's example of four observers and twelve units: .743, .815, .849, .797."""
    units = [
        [1, 1, None, 1],
        [2, 2, 3, 2],
        [3, 3, 3, 3],
        [3, 3, 3, 3],
        [2, 2, 2, 2],
        [1, 2, 3, 4],
        [4, 4, 4, 4],
        [1, 1, 2, 1],
        [2, 2, 2, 2],
        [None, 5, 5, 5],
        [None, None, 1, 1],
        [None, 3, None, None],
    ]
    found = ask(done, tmp_path, {"type": "units", "units": units})
    for level, value in (("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)):
        assert found[f"krippendorff_alpha_{level}"] == pytest.approx(value, abs=6e-4)
    assert found["krippendorff_alpha_ratio"] == pytest.approx(0.797, abs=6e-4)
    assert found["n_units"] == {"total": 12, "rated_by_2_or_more": 11, "rated_by_all": 8}
    assert "kappa" not in found
    assert found["kappa_pairwise"]["A-B"] == pytest.approx(11 / 15, abs=0.2)


def test_undefined_is_null_with_a_reason_beside_it(tmp_path: Path, done: Command) -> None:
    ratings = {"type": "weighted_units", "categories": [0, 1], "rows": [[10, 0, 0]]}
    found = ask(done, tmp_path, ratings)
    assert found["percent"] == found["gwet_ac1"] == 1
    for name in ("kappa", "scott_pi", "krippendorff_alpha_nominal", "jaccard", "dice_f1"):
        assert found[name] is None
        assert found["reasons"][name] == "no_variation"


SPANS = {
    "type": "spans",
    "documents": [{"id": "d1", "length": 100}],
    "coders": ["Ann", "Ben"],
    "segments": [
        {"document": "d1", "coder": "Ann", "code": "trust", "start": 10, "end": 30},
        {"document": "d1", "coder": "Ben", "code": "trust", "start": 20, "end": 40},
    ],
}


def test_spans_are_counted_under_the_coders_names(tmp_path: Path, done: Command) -> None:
    found = ask(done, tmp_path, SPANS)
    assert found["counts"] == {"both": 10, "only_Ann": 10, "only_Ben": 10, "neither": 70}
    assert found["kappa"] == pytest.approx(0.375)
    assert found["segment_match"] == {"matched": 0, "only_Ann": 1, "only_Ben": 1, "f1": 0}
    near = ask(done, tmp_path, {"input": SPANS, "params": {"theta": 0.3}})
    assert near["segment_match"]["matched"] == 1


def test_a_continuum_sets_and_tables(tmp_path: Path, done: Command) -> None:
    continuum = {
        "type": "continuum",
        "length": 100,
        "coders": {
            "one": [[10, 30, "access"], [50, 70, "trust"]],
            "two": [[15, 35, "access"], [50, 60, "trust"], [60, 75, "access"]],
        },
    }
    found = ask(done, tmp_path, continuum)
    assert found["u_alpha"] == pytest.approx(0.580306346)
    assert found["k_u_alpha"]["trust"] == {"alpha": pytest.approx(0.555555556), "coverage": 1}
    sets = {"type": "sets", "units": [[["a"], ["a"]], [["a", "b"], ["b"]], [[], None], [[], []]]}
    assert set(ask(done, tmp_path, sets)) >= {"alpha_sets_jaccard", "alpha_sets_masi"}
    tables = {"type": "tables", "documents": {"d1": [30, 2, 3, 65], "d2": [2, 15, 4, 79]}}
    found = ask(done, tmp_path, tables)
    assert found["counts"] == {"both": 32, "only_A": 17, "only_B": 7, "neither": 144}
    assert found["bootstrap_ci95"] is None


GAMMA: dict[str, Any] = {
    "type": "continuum",
    "coders": {
        "Ann": [[1, 5, "a"], [6, 10, "b"], [11, 15, "a"]],
        "Ben": [[2, 6, "a"], [7, 11, "b"], [12, 16, "a"]],
    },
}


def test_gamma_is_said_to_be_stochastic_and_takes_a_seed(tmp_path: Path, done: Command) -> None:
    found = ask(done, tmp_path, GAMMA)
    assert found["gamma_observed_disorder"] == 0.0625
    assert found["gamma"] == pytest.approx(0.8774, abs=0.03)
    drawn = found["gamma_stochastic"]
    assert drawn["samples"] >= 400
    assert drawn["sampler"] == "statistical"
    assert found["gamma"] == pytest.approx(1 - 0.0625 / drawn["expected_disorder"])
    # The length of the text is not known.
    assert "u_alpha" not in found
    other = ask(done, tmp_path, {**GAMMA, "params": {"seed": drawn["seed"] + 1}})
    assert other["gamma_observed_disorder"] == 0.0625
    assert other["gamma"] != found["gamma"]
    assert other["gamma_stochastic"]["seed"] == drawn["seed"] + 1


def test_gamma_weighs_edges_and_values_as_it_is_told(tmp_path: Path, done: Command) -> None:
    tripled = ask(done, tmp_path, {**GAMMA, "dissimilarity": {"alpha": 3}})
    assert tripled["gamma_observed_disorder"] == pytest.approx(3 * 0.0625)
    halved = ask(done, tmp_path, {**GAMMA, "dissimilarity": {"delta_empty": 0.5}})
    assert halved["gamma_observed_disorder"] == pytest.approx(0.0625 / 2)


def test_gamma_takes_units_that_overlap_and_two_coders_only(tmp_path: Path, done: Command) -> None:
    overlapping = {"Ann": [[0, 9, "x"], [3, 12, "y"]], "Ben": [[3, 12, "y"], [0, 9, "x"]]}
    found = ask(done, tmp_path, {"type": "continuum", "coders": overlapping})
    assert (found["gamma_observed_disorder"], found["gamma"]) == (0, 1)
    three = ask(done, tmp_path, {"type": "continuum", "coders": {**overlapping, "Cy": []}})
    assert three["gamma"] is three["gamma_observed_disorder"] is three["gamma_stochastic"] is None
    assert three["reasons"] == {
        "gamma": "not_applicable",
        "gamma_observed_disorder": "not_applicable",
    }


def test_without_json_each_coefficient_has_a_line(tmp_path: Path, done: Command) -> None:
    file = tmp_path / "ratings.json"
    file.write_text(json.dumps(SPANS), encoding="utf-8")
    lines = done("agreement", "--data", file).out.splitlines()
    assert "kappa\t0.375" in lines


UNITS = {"type": "units", "units": [[1, 0], [1, 1]]}
TEXT = {"type": "spans", "documents": [], "coders": ["A", "B"], "segments": []}
LINE = {"type": "continuum", "length": 9, "coders": {"A": [], "B": []}}

BAD: list[object] = [
    [],
    {},
    "units",
    {"type": "nothing"},
    {"type": 3},
    {"type": ["units"]},
    {"input": UNITS["units"]},
    {**UNITS, "params": 4},
    {"type": "units"},
    {"type": "units", "units": []},
    {"type": "units", "units": [[1]]},
    {"type": "units", "units": [[1, 0], [1]]},
    {"type": "units", "units": [[1, True]]},
    {"type": "units", "units": [[1, {"a": 1}]]},
    {"type": "units", "units": [[1, 10**30]]},
    {"type": "units", "units": [[0] * 101]},
    {"type": "units", "n_coders": 3, "units": [[1, 0]]},
    {"type": "units", "categories": [1], "units": [[1, 2]]},
    {"type": "weighted_units", "rows": [[-1, 1, 0]]},
    {"type": "weighted_units", "rows": [[1.5, 1, 0]]},
    {"type": "weighted_units", "rows": [[10**40, 1, 0]]},
    {"type": "weighted_units", "rows": [[]]},
    {"type": "weighted_units", "rows": [[None, 1, 0]]},
    {**TEXT, "coders": ["A"]},
    {**TEXT, "coders": ["A", "A"]},
    {**TEXT, "unit": "sentence"},
    {**TEXT, "documents": [{"id": "d"}]},
    {**TEXT, "documents": [{"id": "d", "length": -1}]},
    {**TEXT, "documents": [{"id": "d", "length": 1e300}]},
    {**TEXT, "documents": [{"id": "d", "length": 9}, {"id": "d", "length": 9}]},
    {**TEXT, "segments": [{}]},
    {**SPANS, "segments": [{**SPANS["segments"][0], "start": 31}]},  # type: ignore[index]  # a list
    {**SPANS, "segments": [{**SPANS["segments"][0], "end": 101}]},  # type: ignore[index]  # a list
    {**SPANS, "segments": [{**SPANS["segments"][0], "coder": "C"}]},  # type: ignore[index]  # a list
    {**SPANS, "assigned": {"Ann": ["d9"]}},
    {**SPANS, "units": {"token": [[0, 9], [8, 12]]}},
    {**SPANS, "params": {"theta": 2}},
    {**SPANS, "params": {"code": "cost"}},
    {**SPANS, "params": {"codes": ["cost"]}},
    {**SPANS, "units": {"token": [[0, 9]]}, "params": {"unit": "verse"}},
    {**SPANS, "units": {"token": [[0, 9]]}, "params": {"rule": "most"}},
    {**LINE, "length": None},
    {**LINE, "coders": {"A": []}},
    {**LINE, "coders": {"A": [[0, 5, "x"], [4, 6, "x"]], "B": []}},
    {**LINE, "coders": {"A": [[0, 5]], "B": []}},
    {**LINE, "coders": {"A": [[3, 3, "x"]], "B": []}},
    {"type": "continuum", "coders": {"A": [[5, 4, "x"]], "B": []}},
    {**LINE, "dissimilarity": 3},
    {**LINE, "dissimilarity": {"alpha": -1}},
    {**LINE, "dissimilarity": {"beta": 1e300}},
    {**LINE, "dissimilarity": {"delta_empty": 0}},
    {**LINE, "dissimilarity": {"categorical": "ordinal"}},
    {"type": "continuum_1995", "length": 9, "coders": [[[0, 5, "x"], [4, 2, "x"]], []]},
    {"type": "continuum_1995", "length": 9, "coders": [[[5, 5, "x"]], []]},
    {"type": "continuum_1995", "length": 9, "coders": [[[0, 5, "x"]]]},
    {"type": "sets", "units": [["ab", ["c"]]]},
    {"type": "sets", "units": [[["a"]]]},
    {"type": "tables", "documents": {"d": [1, 2, 3]}},
    {"type": "tables", "documents": {"d": [1, 2, 3, -4]}},
    {"type": "tables", "documents": [1, 2, 3, 4]},
]


@pytest.mark.parametrize("ratings", BAD, ids=range(len(BAD)))
def test_ratings_of_the_wrong_shape_are_refused_in_one_sentence(
    ratings: object, tmp_path: Path, ikt: Command
) -> None:
    file = tmp_path / "ratings.json"
    file.write_text(json.dumps(ratings), encoding="utf-8")
    outcome = ikt("agreement", "--data", file, "--json")
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.count("\n") == 1
    assert outcome.err.rstrip().endswith(".")
    assert "fault" not in outcome.err


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"not json",
        b'{"type": "units", "units": [[1, NaN]]}',
        b'{"type": "units", "units": [[1, Infinity]]}',
        b'{"type": "units", "units": [[1, 1e999]]}',
        b'{"type": "units", "units": [[1, ' + b"9" * 5000 + b"]]}",
        b"[" * 200_000,
        b'{"type": "units", "units": [[1, "\xff\xfe"]]}',
        b"\x00\x01\x02",
        b'{"type": "units"',
    ],
    ids=range(10),
)
def test_files_that_are_not_json_are_refused_in_one_sentence(
    written: bytes, tmp_path: Path, ikt: Command
) -> None:
    file = tmp_path / "ratings.json"
    file.write_bytes(written)
    outcome = ikt("agreement", "--data", file, "--json")
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.count("\n") == 1
    assert "fault" not in outcome.err


def test_a_file_that_is_not_there_is_named(tmp_path: Path, ikt: Command) -> None:
    outcome = ikt("agreement", "--data", tmp_path / "nowhere.json")
    assert outcome.status == 1
    assert "nowhere.json" in outcome.err
    assert ikt("agreement", "--data", tmp_path).status == 1


def test_either_a_project_or_ratings(tmp_path: Path, ikt: Command) -> None:
    file = tmp_path / "ratings.json"
    file.write_text(json.dumps(UNITS), encoding="utf-8")
    assert ikt("agreement").status == 2
    assert ikt("agreement", tmp_path / "a.ikt", "--data", file).status == 2
    assert ikt("agreement", "--data", file, "--coders", "A,B").status == 2
    assert ikt("agreement", tmp_path / "a.ikt", "--unit", "words").status == 2
    assert ikt("agreement", tmp_path / "a.ikt", "--unit", "fixed:0").status == 2


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)
names = st.sampled_from(
    ["type", "units", "rows", "coders", "documents", "segments", "length", "assigned", "params"]
)
kinds = st.sampled_from(
    ["units", "weighted_units", "spans", "continuum", "continuum_1995", "sets", "tables"]
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(kinds, st.dictionaries(names, plain, max_size=6))
def test_no_data_at_all_ends_otherwise_than_with_numbers_or_a_sentence(
    kind: str, data: dict[str, Any]
) -> None:
    with suppress(DataError):
        json.dumps(evaluate({**data, "type": kind}), allow_nan=False)


@st.composite
def coded_data(draw: st.DrawFn) -> dict[str, Any]:
    """Sound ratings of the type "spans", from nothing at all to three coders and four codes."""
    coders = ["A", "B", "C"][: draw(st.integers(2, 3))]
    documents = [
        {"id": f"d{at}", "length": draw(st.integers(0, 50))}
        for at in range(draw(st.integers(0, 6)))
    ]
    segments = []
    for document in documents:
        for _ in range(draw(st.integers(0, 4))):
            start = draw(st.integers(0, document["length"]))
            segments.append(
                {
                    "document": document["id"],
                    "coder": draw(st.sampled_from(coders)),
                    "code": draw(st.sampled_from(["x", "y", "z", 4])),
                    "start": start,
                    "end": draw(st.integers(start, document["length"])),
                }
            )
    data: dict[str, Any] = {
        "type": "spans",
        "documents": documents,
        "coders": coders,
        "segments": segments,
        "codebook": draw(st.lists(st.sampled_from(["x", "unused"]), max_size=2)),
    }
    if draw(st.booleans()):
        ids = [document["id"] for document in documents]
        data["assigned"] = {
            coder: draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
            for coder in coders
        }
    return data


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(coded_data())
def test_any_sound_spans_have_an_answer(data: dict[str, Any]) -> None:
    found = evaluate(data)
    json.dumps(found, allow_nan=False)
    assert finite(found)
    assert all(found[name] is None for name in found.get("reasons", {}))


def finite(value: Any) -> bool:
    if isinstance(value, dict):
        return all(finite(one) for one in value.values())
    if isinstance(value, list):
        return all(finite(one) for one in value)
    return not isinstance(value, float) or isfinite(value)


@given(
    st.lists(st.tuples(st.integers(0, 10**15), *[st.none() | st.integers(0, 2)] * 3), min_size=1)
)
def test_the_largest_counts_give_finite_numbers(rows: list[tuple[int | None, ...]]) -> None:
    found = evaluate({"type": "weighted_units", "rows": [list(row) for row in rows]})
    assert finite(found)
