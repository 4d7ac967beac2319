"""Rules that hold for every text, and what the preview can change."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikt_coder.core.span import Span
from ikt_coder.core.transcript import FormatKind, FormatRun, SpeakerRole, Transcript
from ikt_coder.importers.cues import as_raw
from ikt_coder.importers.detection import build, guess
from ikt_coder.importers.labels import plausible, read_head
from ikt_coder.importers.options import ImportOptions, Scheme, with_merges
from ikt_coder.importers.protocol import Cue, RawText
from tests.importers.shown import turns

STARTS = st.sampled_from(
    ["I: ", "P1: ", "R:\t", "[00:01:02] ", "Anna  0:03", "[id1] ", "\t", "Interviewer (00:04): ",
     "", "", "#00:01:00-0#", "10:30 ", "X = informant", "Date: ", "[laughs]", "Anna B: ", "\u202b"]
)  # fmt: skip
LINES = st.builds(
    lambda start, words: start + words,
    STARTS,
    st.text(alphabet="ab ?.:#[]()0123\u0301é😀ש\t", max_size=30),
)
TEXTS = st.lists(LINES, max_size=25).map("\n".join)


@st.composite
def raw_texts(draw: st.DrawFn) -> RawText:
    text = draw(TEXTS)
    spans = draw(
        st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=6)
    )
    kinds = [FormatKind.BOLD, FormatKind.ITALIC, FormatKind.UNDERLINE]
    formats = tuple(
        FormatRun(Span(min(pair), max(pair)), draw(st.sampled_from(kinds)))
        for pair in spans
        if pair[0] != pair[1]
    )
    return RawText(text, formats)


def assert_sound(transcript: Transcript) -> None:
    end = 0
    for turn in transcript.turns:
        assert end <= turn.span.start < turn.span.end <= len(transcript.text)
        assert turn.label_end is None or turn.span.start < turn.label_end <= turn.span.end
        assert not transcript.text[turn.span.start].isspace()
        end = turn.span.end
    for before, after in pairwise(transcript.times):
        assert before.at <= after.at
        assert before.ms <= after.ms
    starts = [turn.start_ms for turn in transcript.turns if turn.start_ms is not None]
    assert starts == sorted(starts)
    assert set(transcript.speaker_roles) == set(transcript.speakers)
    assert all(0 <= mark.at <= len(transcript.text) for mark in transcript.times)


@settings(max_examples=300, deadline=None)
@given(raw_texts(), st.sampled_from(list(Scheme)), st.booleans())
def test_build_never_changes_the_text(raw: RawText, scheme: Scheme, times: bool) -> None:
    options = ImportOptions(scheme=scheme, times=times)
    transcript = build(raw, options)
    assert transcript.text == raw.text
    assert transcript.formats == raw.formats
    assert_sound(transcript)
    if not times:
        assert not transcript.timed
    seems = guess(raw, options)
    assert seems.turns == len(transcript.turns)
    assert 0 <= seems.confidence <= 1


CUES = st.lists(
    st.builds(
        lambda start, length, text, speaker: Cue(start, start + length, text, speaker),
        st.integers(0, 50_000),
        st.integers(0, 5_000),
        st.sampled_from(["Anna: so. ", "Tom: why?", "and then", "a\nb", "Anna: x\nTom: y", "…"]),
        st.sampled_from([None, None, "Maria"]),
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=200, deadline=None)
@given(CUES, st.booleans(), st.sampled_from([Scheme.AUTO, Scheme.NONE, Scheme.CUES]))
def test_cues_keep_their_words_and_order(cues: list[Cue], join: bool, scheme: Scheme) -> None:
    transcript = build(as_raw(cues), ImportOptions(join_cues=join, scheme=scheme))
    assert_sound(transcript)
    ordered = sorted(cues, key=lambda cue: cue.start_ms)
    if scheme is Scheme.NONE:
        kept = " ".join(transcript.text.split())
        assert kept == " ".join(" ".join(cue.text for cue in ordered).split())
    for word in ("so.", "why?", "then"):
        assert transcript.text.count(word) == sum(cue.text.count(word) for cue in cues)


TALK = "Anna: When?\nTom: Then.\nAnna: Why?\nTom: So.\nNote: a thing\nAnna: Oh?\nTom: Yes.\n"


def test_rename_merge_and_not_a_speaker() -> None:
    raw = RawText(TALK)
    renamed = build(raw, ImportOptions(speakers={"Anna": "Jane", "Tom": "P7"}))
    assert renamed.speakers == ("Jane", "P7")
    assert renamed.text == TALK
    merged = build(raw, ImportOptions(speakers={"Tom": "Anna"}))
    assert merged.speakers == ("Anna",)
    assert len(merged.turns) == 6
    without = build(raw, ImportOptions(speakers={"tom": None}))
    assert without.speakers == ("Anna",)
    assert turns(without)[0][2] == "When?\nTom: Then."


def test_a_label_that_the_rule_leaves_out_can_be_named_by_hand() -> None:
    text = TALK.replace("Note: a thing", "Gardener: a thing") + TALK * 2
    raw = RawText(text)
    assert ("Gardener", False) in [(label.label, label.accepted) for label in guess(raw).labels]
    named = build(raw, ImportOptions(speakers={"Gardener": "Gardener"}))
    assert turns(named)[4] == ("Gardener", None, "a thing")


def test_roles_can_be_set() -> None:
    raw = RawText(TALK)
    assert build(raw).speaker_roles["Anna"] is SpeakerRole.INTERVIEWER
    set_by_hand = build(raw, ImportOptions(roles=dict.fromkeys(("Anna", "?"), SpeakerRole.OTHER)))
    assert set_by_hand.speaker_roles["Anna"] is SpeakerRole.OTHER
    assert "?" not in set_by_hand.speaker_roles


def test_lines_at_the_top_can_be_skipped() -> None:
    assert len(build(RawText(TALK), ImportOptions(skip_lines=2)).turns) == 4


def test_no_scheme_leaves_the_text_alone() -> None:
    transcript = build(RawText(TALK), ImportOptions(scheme=Scheme.NONE))
    assert transcript.turns == ()
    assert transcript.text == TALK


def test_short_forms_and_slips_are_offered_for_merging_and_not_merged() -> None:
    text = "Researcher: So?\nInterviewee: No.\n" + "R: And?\nI: Yes.\n" * 4
    seems = guess(RawText(text))
    assert build(RawText(text)).speakers == ("Researcher", "Interviewee", "R", "I")
    assert {(merge.label, merge.into) for merge in seems.merges} == {
        ("R", "Researcher"),
        ("I", "Interviewee"),
    }
    merged = build(RawText(text), with_merges(ImportOptions(), guess(RawText(text))))
    assert merged.speakers == ("Researcher", "Interviewee")
    assert merged.speaker_roles == {
        "Researcher": SpeakerRole.INTERVIEWER,
        "Interviewee": SpeakerRole.PARTICIPANT,
    }


def test_interviewer_and_interviewee_are_not_one() -> None:
    text = "Interviewer: So?\nInterviewee: No.\n" * 5
    assert guess(RawText(text)).merges == ()


def test_r_is_whoever_the_other_letter_leaves() -> None:
    asks, tells = SpeakerRole.INTERVIEWER, SpeakerRole.PARTICIPANT
    one = build(RawText("I: So?\nR: No.\n" * 4)).speaker_roles
    assert one == {"I": asks, "R": tells}
    other = build(RawText("R: So?\nP: No.\n" * 4)).speaker_roles
    assert other == {"R": asks, "P": tells}


def test_times_that_fall_are_no_times() -> None:
    text = "".join(f"[00:{(30 - n) % 60:02}:00] I: So?\n" for n in range(8))
    transcript = build(RawText(text))
    assert not transcript.timed
    assert any("rise" in warning for warning in transcript.warnings)
    one_slip = "[00:01:00] I: a\n[00:02:00] P: b\n[00:00:30] I: c\n[00:03:00] P: d\n"
    kept = build(RawText(one_slip))
    assert [mark.ms for mark in kept.times] == [60_000, 120_000, 180_000]
    assert [turn.start_ms for turn in kept.turns] == [60_000, 120_000, None, 180_000]


def test_what_may_name_a_speaker() -> None:
    names = ["Dr Smith", "Anna (SL)", "Multiple Students", "María de la Cruz", "ד״ר כהן"]
    codes = ["R", "I1", "P12", "INT", "PARTICIPANT 12", "id1", "Q"]
    for label in [*names, *codes, "interviewer", "female participant 2"]:
        assert plausible(label), label
    for label in ("12", "the question is", "what he said to us was", "Date", "http", "So, well"):
        assert not plausible(label), label


def test_clock_times_in_speech_are_not_heads() -> None:
    for line in ("Meeting at 10:30 was long", "We met at 9:15", "http://a.org", "10:30 am we left"):
        head = read_head(line)
        assert head is None or (head.time is None and not plausible(head.label or "")), line


def test_a_time_that_is_spoken_is_no_time_of_the_recording() -> None:
    text = "I: When?\nP: 10:30, at the latest.\nI: So late?\nP: Yes.\n" * 2
    transcript = build(RawText(text))
    assert not transcript.timed
    assert turns(transcript)[1] == ("P", None, "10:30, at the latest.")


@pytest.mark.parametrize(
    ("label", "right"),
    [("PO1", "P01"), ("P3", "P03"), ("Marne", "Maren"), ("Ana", "Anna"), ("MARENN", "MAREN")],
)
def test_a_label_that_stands_once_and_is_a_letter_off_is_doubtful(label: str, right: str) -> None:
    text = f"Interviewer: So?\n{right}: Yes.\n" * 5 + f"Interviewer: And?\n{label}: No.\n"
    found = guess(RawText(text))
    assert [(slip.label, slip.into) for slip in found.doubtful] == [(label, right)]
    read = build(RawText(text), ImportOptions(speakers={label: right}))
    assert read.speakers == ("Interviewer", right)
    named = guess(RawText(text), ImportOptions(speakers={label: None}))
    assert named.doubtful == (), "a person has decided"


@pytest.mark.parametrize(
    ("label", "right", "times"),
    [
        ("P02", "P01", 1),  # another participant
        ("Interviewee", "Interviewer", 1),  # another role
        ("Maria", "Maren", 1),  # two letters off
        ("Ana", "Anna", 3),  # she speaks more than once
    ],
)
def test_another_speaker_is_not_doubtful(label: str, right: str, times: int) -> None:
    text = f"Host: So?\n{right}: Yes.\n" * 5 + f"Host: And?\n{label}: No.\n" * times
    assert guess(RawText(text)).doubtful == ()
