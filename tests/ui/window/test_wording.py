"""Every act has words, whatever it was done to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.ops import Op
from ikt_coder.ui.wording import act_name, act_words


@pytest.mark.parametrize("op", list(Op))
@pytest.mark.parametrize(
    "params",
    [{}, {"name": "Trust"}, {"name": "Trust", "count": 3}, {"title": "P01", "count": 1}],
    ids=["bare", "named", "many", "titled"],
)
def test_every_act_has_words(op: Op, params: dict[str, object]) -> None:
    for words in (act_words(op.value, params), act_name(op.value, params)):
        assert words.strip()
        assert "{" not in words
        assert "_" not in words


@given(st.text(min_size=1), st.sampled_from(list(Op)))
def test_a_name_never_becomes_markup(name: str, op: Op) -> None:
    words = act_words(op.value, {"name": name})
    assert words.count("<b>") == words.count("</b>")
    assert words.count("<") == 2 * words.count("<b>")


@pytest.mark.parametrize(
    ("op", "params", "sentence", "name"),
    [
        (
            Op.APPLY_CODE,
            {"name": "Trust", "characters": 96},
            "Applied <b>Trust</b> to 96 characters",
            "apply “Trust”",
        ),
        (
            Op.DELETE_CODES,
            {"name": "Trust", "count": 1, "codings": 12},
            "Deleted <b>Trust</b> with 12 codings",
            "delete “Trust”",
        ),
        (
            Op.DELETE_CODES,
            {"name": "Trust", "count": 3, "codings": 0},
            "Deleted 3 codes",
            "delete 3 codes",
        ),
        (
            Op.SET_VALENCE,
            {"name": "Trust", "count": 1, "valence": "barrier"},
            "Marked <b>Trust</b> as barrier",
            "mark “Trust” as barrier",
        ),
        (
            Op.SET_VALENCE,
            {"name": "Trust", "count": 1, "valence": None},
            "Marked <b>Trust</b> as without direction",
            "mark “Trust” as without direction",
        ),
        (
            Op.SET_FLAG,
            {"name": "Trust", "count": 1, "flag": "star", "on": False},
            "<b>Trust</b> is no longer marked as quotable",
            "take the mark “quotable” off “Trust”",
        ),
        (
            Op.CHANGE_CODE,
            {"name": "Trust", "new_name": "Trust & ties"},
            "Renamed <b>Trust</b> to <b>Trust &amp; ties</b>",
            "rename to “Trust & ties”",
        ),
        (
            Op.SET_STATUS,
            {"title": "P01", "status": "coded"},
            "Marked <b>P01</b> as coded",
            "mark “P01” as coded",
        ),
        (
            Op.SET_STATUS,
            {"count": 3, "status": "in_progress"},
            "Marked 3 documents as in progress",
            "mark 3 documents as in progress",
        ),
        (
            Op.SET_LEAD,
            {"count": 3, "coder": "someone"},
            "Chose the lead coder of 3 documents",
            "lead coder of 3 documents",
        ),
    ],
)
def test_words(op: Op, params: dict[str, object], sentence: str, name: str) -> None:
    assert act_words(op.value, params) == sentence
    assert act_name(op.value, params) == name


def test_an_act_of_a_later_version_is_named_by_its_kind() -> None:
    assert act_words("seal_round", {}) == "Seal round"
    assert act_name("seal_round", {}) == "seal round"


def test_a_very_long_name_is_cut_in_menus() -> None:
    assert len(act_name(Op.APPLY_CODE.value, {"name": "long " * 60})) < 80
