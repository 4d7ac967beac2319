"""How figures are written, named, guided and kept."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ikt_coder.agreement.bands import GUIDANCE, guidance_for
from ikt_coder.agreement.bootstrap import Interval
from ikt_coder.agreement.catalogue import COEFFICIENTS
from ikt_coder.agreement.display import FLAGS, REASONS, reason_in_words, shown, shown_percent
from ikt_coder.agreement.figure import Figure, Flag, Reason
from ikt_coder.agreement.per_code import COEFFICIENTS as PER_CODE
from ikt_coder.agreement.result import FORMULA_VERSION, AgreementResult, Setting, as_result


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.7434, ".743"),
        (1.0, "1.000"),
        (-0.0234, "−.023"),
        (-0.0004, ".000"),
        (0.9996, "1.000"),
        (-1.0, "−1.000"),
        (0.0, ".000"),
        (None, "–"),
    ],
)
def test_three_decimals_and_no_sign_for_positives(value: float | None, written: str) -> None:
    assert shown(value) == written


def test_other_languages_have_their_own_point_and_zero() -> None:
    assert shown(0.7434, point=",", leading_zero=True) == "0,743"
    assert shown(0.7434, 2) == ".74"
    assert shown_percent(0.85) == "85.0"
    assert shown_percent(2 / 3, point=",") == "66,7"
    assert shown_percent(None) == "–"


def test_an_undefined_figure_says_why() -> None:
    none = Figure("kappa", None, Reason.NO_VARIATION)
    assert reason_in_words(none) == "– no variation"
    assert reason_in_words(none, (Flag.NOT_USED,)) == "– not used by any coder"
    assert reason_in_words(Figure("kappa", 0.5)) == ""
    assert set(REASONS) == set(Reason)
    assert set(FLAGS) == set(Flag)


@pytest.mark.parametrize(
    ("scheme", "value", "word"),
    [
        ("krippendorff", 0.8, "reliable"),
        ("krippendorff", 0.667, "tentative conclusions"),
        ("krippendorff", 0.666, "not reliable enough"),
        ("landis_koch", 0.0, "poor"),
        ("landis_koch", 0.2, "slight"),
        ("landis_koch", 0.61, "substantial"),
        ("landis_koch", 1.0, "almost perfect"),
        ("fleiss", 0.4, "fair to good"),
        ("fleiss", 0.75, "excellent"),
        ("fleiss", -0.3, "poor"),
    ],
)
def test_guidance_words(scheme: str, value: float, word: str) -> None:
    (found,) = (one for one in GUIDANCE if one.id == scheme)
    assert found.word(value) == word
    assert found.source


def test_there_is_no_guidance_for_percentages() -> None:
    assert guidance_for("percent") == guidance_for("dice") == ()
    assert {one.id for one in guidance_for("kappa")} == {"landis_koch", "fleiss"}
    assert {one.id for one in guidance_for("alpha")} == {"krippendorff"}


def test_every_coefficient_of_a_table_is_in_the_catalogue() -> None:
    assert set(PER_CODE) <= set(COEFFICIENTS)
    for id, one in COEFFICIENTS.items():
        assert id == one.id
        assert one.name
        assert one.what.endswith(".")
        assert one.formula


SETTING = Setting("characters", None, "whole text", ("A", "B"), ("d1",))


def test_a_result_says_how_it_came_about() -> None:
    interval = Interval(0.3, 0.7, "bootstrap by document, percentile", 2000, 1, 3)
    result = as_result(Figure("kappa", 0.5), SETTING, codes=("trust",), n_units=100, ci=interval)
    assert (result.value, result.reason, result.n_pairable) == (0.5, None, 100)
    assert result.formula_version == FORMULA_VERSION
    kept = result.as_dict()
    assert kept["ci"]["seed"] == 1
    assert kept["aggregate"] == "pooled"
    none = as_result(Figure("kappa", None, Reason.NO_VARIATION), SETTING, codes=(), n_units=0)
    assert none.as_dict()["reason"] == "no_variation"


def test_a_result_never_has_a_value_and_a_reason_nor_an_interval_alone() -> None:
    kept = as_result(Figure("kappa", 0.5), SETTING, codes=(), n_units=1).as_dict()
    with pytest.raises(ValueError, match="not both"):
        AgreementResult(**{**kept, "reason": Reason.NO_VARIATION})
    with pytest.raises(ValueError, match="without a value"):
        AgreementResult(
            **{**kept, "value": None, "reason": Reason.NO_VARIATION, "ci": Interval(0, 1, "x")}
        )


def test_the_engine_loads_without_numpy() -> None:
    """Numpy takes a tenth of a second to import: only intervals need it."""
    written = (
        "import sys, ikt_coder.agreement.per_code, ikt_coder.agreement.differences, "
        "ikt_coder.agreement.bootstrap, ikt_coder.agreement.analytic, "
        "ikt_coder.agreement.ratings.evaluation; sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", written], check=False).returncode == 0
