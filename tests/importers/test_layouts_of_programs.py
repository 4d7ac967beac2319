"""How transcription programs and recorders lay out what was said."""

from __future__ import annotations

import pytest

from ikt_coder.core.transcript import FormatKind, SpeakerRole, Transcript
from ikt_coder.importers.detection import import_bytes
from ikt_coder.importers.options import Guess, ImportOptions, Scheme
from tests.importers import made
from tests.importers.shown import turns

ASKS, TELLS = SpeakerRole.INTERVIEWER, SpeakerRole.PARTICIPANT


def read(
    text: str | bytes, name: str = "talk.txt", options: ImportOptions | None = None
) -> tuple[Transcript, Guess]:
    return import_bytes(name, text if isinstance(text, bytes) else text.encode(), options)


THREE = [
    ("Anna Berg", 3_000, "How did the partners come in?"),
    ("Tom", 9_000, "Late, I would say: far too late.\nWe had the plan by then."),
    ("Anna Berg", 3_661_000, "And what did that change?"),
]


def test_teams_word_a_name_and_time_runs_then_text_after_a_line_break() -> None:
    body = [
        made.paragraph(made.run("Project meeting-20240311", bold=True)),
        made.plain("11 March 2024, 01:02PM"),
        made.plain("Anna Berg started transcription"),
        made.paragraph(
            made.run("Anna Berg", bold=True), made.run("   0:03"), made.run("\n" + THREE[0][2])
        ),
        made.paragraph(
            made.run("Tom", bold=True), made.run("   0:09"), made.run("\n" + THREE[1][2])
        ),
        made.paragraph(
            made.run("Anna Berg", bold=True), made.run("   1:01:01"), made.run("\n" + THREE[2][2])
        ),
        made.plain("Anna Berg stopped transcription"),
    ]
    transcript, _ = read(made.docx(*body), "meeting.docx")
    assert turns(transcript) == THREE
    assert transcript.speaker_roles == {"Anna Berg": ASKS, "Tom": TELLS}


def test_teams_word_b_name_and_time_on_a_line_text_below() -> None:
    body = [
        made.plain(line)
        for name, time, words in zip(
            ("Anna Berg", "Tom", "Anna Berg"), ("0:03", "0:09", "1:01:01"), THREE, strict=True
        )
        for line in (f"{name}  {time}", *words[2].split("\n"))
    ]
    transcript, guess = read(made.docx(*body), "meeting.docx")
    assert turns(transcript) == THREE
    assert guess.scheme is Scheme.LABELS
    assert guess.timed


def test_teams_word_c_name_time_and_text_in_paragraphs_of_their_own() -> None:
    body = [
        made.plain(line)
        for name, time, words in zip(
            ("Anna Berg", "Tom", "Anna Berg"), ("0:03", "0:09", "1:01:01"), THREE, strict=True
        )
        for line in (name, time, *words[2].split("\n"))
    ]
    assert turns(read(made.docx(*body), "meeting.docx")[0]) == THREE


def test_teams_word_d_time_range_then_name_then_text() -> None:
    times = (
        "00:00:03.000 --> 00:00:05.000",
        "00:00:09.000 --> 00:00:15.250",
        "01:01:01.000 --> 01:01:03.000",
    )
    body = [
        made.plain(line)
        for time, (name, _, words) in zip(times, THREE, strict=True)
        for line in (time, name, *words.split("\n"))
    ]
    assert turns(read(made.docx(*body), "meeting.docx")[0]) == THREE


def test_teams_vtt_with_voice_tags_unpadded_times_and_references() -> None:
    text = """WEBVTT

1f3c9d52-0000-4000-8000-0000000000aa/12-0
0:0:0.0 --> 0:0:1.60
<v Anna Berg>Who paid
for R&amp;D?</v>

1f3c9d52-0000-4000-8000-0000000000aa/13-0
0:0:1.70 --> 0:0:3.0
<v Anna Berg>And why?</v>

1f3c9d52-0000-4000-8000-0000000000aa/15-1
0:0:3.10 --> 0:0:9.200
<v Tom>We did.</v><v Anna Berg>Really?</v>
"""
    transcript, _ = read(text, "meeting.vtt")
    assert turns(transcript) == [
        ("Anna Berg", 0, "Who paid for R&D? And why?"),
        ("Tom", 3_100, "We did."),
        ("Anna Berg", 3_100, "Really?"),
    ]
    assert [mark.ms for mark in transcript.times] == [0, 1_700, 3_100, 3_100]
    second = transcript.times[1].at
    assert transcript.text[second:].startswith("And why?")


def test_rev_with_times_in_brackets_and_marks_within() -> None:
    text = """Speaker 1 (00:02):
Shall we begin? [crosstalk 00:03:31] Good.

Anna: (03:40)
Yes, please.
[inaudible 00:05:00]

Speaker 1 (06:12):
Fine.
"""
    transcript, _ = read(text)
    assert turns(transcript) == [
        ("Speaker 1", 2_000, "Shall we begin? [crosstalk 00:03:31] Good."),
        ("Anna", 220_000, "Yes, please."),
        ("Speaker 1", 372_000, "Fine."),
    ]
    assert [mark.ms for mark in transcript.times] == [2_000, 211_000, 220_000, 300_000, 372_000]


def test_otter_with_footer_outside_of_turns() -> None:
    text = """Anna  0:00
Let us start.

Speaker 1  0:32
Gladly.

A second paragraph of the same turn.

Anna  1:02:03
Thanks.

Transcribed by https://otter.ai
"""
    transcript, _ = read(text)
    assert turns(transcript) == [
        ("Anna", 0, "Let us start."),
        ("Speaker 1", 32_000, "Gladly.\n\nA second paragraph of the same turn."),
        ("Anna", 3_723_000, "Thanks."),
    ]


def test_amberscript_with_times_as_headings() -> None:
    text = """#### 00:00:48

**Anna:** What is it for?

#### 00:01:10

**Tom:** For us all.

**Tom:** And for them.

#### 00:02:00

**Anna:** I see.
"""
    transcript, _ = read(text, "talk.md")
    assert turns(transcript) == [
        ("Anna", 48_000, "What is it for?"),
        ("Tom", 70_000, "For us all."),
        ("Tom", None, "And for them."),
        ("Anna", 120_000, "I see."),
    ]
    bold = [run for run in transcript.formats if run.kind is FormatKind.BOLD]
    assert [transcript.text[r.span.start : r.span.end] for r in bold] == [
        "Anna:", "Tom:", "Tom:", "Anna:",
    ]  # fmt: skip
    assert "#" not in transcript.text
    assert "*" not in transcript.text


def test_descript_with_time_before_the_name() -> None:
    text = """[00:00:00] Anna: Good morning.

[00:00:04] Tom: Morning. It began in 2019.
[00:00:30] It ended soon.

[00:01:00] Anna: Why?
"""
    transcript, _ = read(text)
    assert turns(transcript) == [
        ("Anna", 0, "Good morning."),
        ("Tom", 4_000, "Morning. It began in 2019.\n[00:00:30] It ended soon."),
        ("Anna", 60_000, "Why?"),
    ]
    assert [mark.ms for mark in transcript.times] == [0, 4_000, 30_000, 60_000]


def test_trint_with_a_bold_line_of_name_and_time() -> None:
    body = [
        part
        for name, time, words in (
            ("Anna", "00:00:01", "What do you do?"),
            ("Speaker 2", "00:00:06", "I lead the group."),
            ("Anna", "00:00:31", "Since when?"),
        )
        for part in (
            made.paragraph(made.run(f"{name} [{time}]", bold=True)),
            made.plain(words),
        )
    ]
    transcript, _ = read(made.docx(*body), "trint.docx")
    assert turns(transcript) == [
        ("Anna", 1_000, "What do you do?"),
        ("Speaker 2", 6_000, "I lead the group."),
        ("Anna", 31_000, "Since when?"),
    ]


def test_f4_with_times_at_the_ends_of_turns() -> None:
    text = """I: Wie war der Anfang? #00:00:07-4#
B: Schwer. Wir waren zu dritt. #00:01:23-0#
I: Und dann? #00:01:25-9#
B: Dann ging es. #00:02:00-1#
"""
    transcript, _ = read(text)
    assert [(turn.speaker, turn.start_ms) for turn in transcript.turns] == [
        ("I", None), ("B", 7_400), ("I", 83_000), ("B", 85_900),
    ]  # fmt: skip
    assert [mark.ms for mark in transcript.times] == [7_400, 83_000, 85_900, 120_100]
    assert transcript.speaker_roles == {"I": ASKS, "B": TELLS}


def test_otranscribe_json_and_text() -> None:
    otr = (
        '{"text": "<p><span class=\\"timestamp\\" data-timestamp=\\"3\\">0:03</span> '
        "<b>Anna:</b> Why so late?<br></p><p><span class=\\"
        '"timestamp\\">0:12</span> Tom: The funder &amp; the law.</p>'
        '<p>0:20 Anna: I see.</p>", "media": "talk.mp3", "media-time": 20}'
    )
    expected = [
        ("Anna", 3_000, "Why so late?"),
        ("Tom", 12_000, "The funder & the law."),
        ("Anna", 20_000, "I see."),
    ]
    assert turns(read(otr, "talk.otr")[0]) == expected
    text = "0:03 Anna: Why so late?\n0:12 Tom: The funder & the law.\n0:20 Anna: I see.\n"
    assert turns(read(text)[0]) == expected


def test_youtube_captions_that_roll_are_taken_once() -> None:
    text = """WEBVTT
Kind: captions
Language: en

00:00:00.000 --> 00:00:02.000 align:start position:0%

we had<00:00:00.500><c> partners</c>

00:00:02.000 --> 00:00:02.010 align:start position:0%
we had partners


00:00:02.010 --> 00:00:05.000 align:start position:0%
we had partners
from<00:00:03.000><c> the</c><c> start</c>

00:00:05.000 --> 00:00:05.010 align:start position:0%
from the start


00:00:05.010 --> 00:00:08.000 align:start position:0%
from the start
and to the end
"""
    transcript, _ = read(text, "video.vtt")
    assert transcript.text == "we had partners from the start and to the end"
    assert any("twice" in warning for warning in transcript.warnings)


def test_whisper_times_without_hours_and_windows_line_ends() -> None:
    text = (
        "WEBVTT\r\n\r\n00:43.810 --> 00:47.850\r\nHello.\r\n\r\n59:59.000 --> 60:01.000\r\nBye.\r\n"
    )
    transcript, _ = read(text, "w.vtt")
    assert turns(transcript) == [(None, 43_810, "Hello."), (None, 3_599_000, "Bye.")]


def test_zoom_cue_without_a_name_goes_on_with_the_last() -> None:
    text = """WEBVTT

1
00:00:01.000 --> 00:00:02.000
Anna Berg (SL): How are you?

2
00:00:02.100 --> 00:00:04.000
Tom Lee: Well, thank you.

3
00:00:04.100 --> 00:00:05.000
And busy.

4
00:00:09.000 --> 00:00:10.000
Tom Lee: As ever.

5
00:00:11.000 --> 00:00:12.000
Anna Berg (SL): Good: very good.

6
00:00:12.000 --> 00:00:13.000
Anna Berg (SL): Bye.

7
00:00:13.000 --> 00:00:14.000
Tom Lee: Bye.
"""
    assert turns(read(text, "zoom.vtt")[0]) == [
        ("Anna Berg (SL)", 1_000, "How are you?"),
        ("Tom Lee", 2_100, "Well, thank you. And busy."),
        ("Tom Lee", 9_000, "As ever."),
        ("Anna Berg (SL)", 11_000, "Good: very good. Bye."),
        ("Tom Lee", 13_000, "Bye."),
    ]


def test_zoom_text_with_name_in_brackets_and_time() -> None:
    text = (
        "[Anna Berg] 10:00:01\nHi.\n\n[Tom] 10:00:05\nHello.\nAll well?\n\n"
        "[Anna Berg] 10:00:09\nYes.\n"
    )
    assert turns(read(text)[0]) == [
        ("Anna Berg", 36_001_000, "Hi."),
        ("Tom", 36_005_000, "Hello.\nAll well?"),
        ("Anna Berg", 36_009_000, "Yes."),
    ]


@pytest.mark.parametrize("name", ["iPhone von Tom", "tom bauer", "user 2"])
def test_zoom_names_are_taken_as_people_typed_them(name: str) -> None:
    """Else the words would count as those of whoever spoke before: of the interviewer."""
    said = [("Marta Keller", "And then?"), (name, "Then we met.")] * 6
    cues = [
        f"{at + 1}\n00:00:{3 * at:02}.000 --> 00:00:{3 * at + 2:02}.000\n{who}: {words}\n"
        for at, (who, words) in enumerate(said)
    ]
    transcript, _ = read("\n".join(["WEBVTT\n", *cues]), "zoom.vtt")
    assert [(who, words) for who, _, words in turns(transcript)] == said


def test_a_turn_of_phrase_in_captions_without_names_names_nobody() -> None:
    words = ["the point is: we met", "and so on", "then we left", "it was late"] * 4
    cues = [
        f"00:00:{3 * at:02}.000 --> 00:00:{3 * at + 2:02}.000\n{line}\n"
        for at, line in enumerate(words)
    ]
    transcript, _ = read("\n".join(["WEBVTT\n", *cues]), "w.vtt")
    assert {who for who, _, _ in turns(transcript)} == {None}


def test_srt_keeps_a_blank_line_within_a_cue_and_drops_tags() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\n<i>First</i>\n\nline\n\n"
        "2\n00:00:02,500 --> 00:00:04,000\n{\\an8}Second\n"
    )
    transcript, _ = read(text, "film.srt")
    assert transcript.text == "First line Second"
    assert [mark.ms for mark in transcript.times] == [1_000, 2_500]


def test_time_before_a_numbered_participant() -> None:
    text = "\n".join(
        f"00:{minute:02} PARTICIPANT 12: point {minute}\n00:{minute:02} INTERVIEWER: and {minute}?"
        for minute in range(19, 23)
    )
    transcript, _ = read(text)
    assert transcript.speaker_roles == {"PARTICIPANT 12": TELLS, "INTERVIEWER": ASKS}
    assert transcript.turns[0].start_ms == 19_000
    assert len(transcript.turns) == 8


def test_textgrid_tiers_are_speakers_and_empty_intervals_silence() -> None:
    data = made.textgrid(
        {
            "Anna": [(0, 1.5, "When?"), (1.5, 4, ""), (4, 5, "Why?")],
            "Tom": [(0, 1.5, ""), (1.5, 3.25, "Then."), (3.25, 5, "")],
        }
    )
    assert turns(read(data, "talk.TextGrid")[0]) == [
        ("Anna", 0, "When?"),
        ("Tom", 1_500, "Then."),
        ("Anna", 4_000, "Why?"),
    ]


def test_tsv_with_a_speaker_column_and_seconds() -> None:
    text = "start\tend\tspeaker\ttext\n0.5\t1.5\tAnna\tWhen?\n2\t3.0\tTom\tThen.\n"
    assert [turn[0] for turn in turns(read(text, "a.tsv")[0])] == ["Anna", "Tom"]


def test_hand_written_times_before_a_label() -> None:
    text = "*0:0 = I1: Why?\nX: So.\n*0:31 = I1: Then?\nX: No.\n*1:02 = I1: Oh?\nX: It was.\n"
    transcript, _ = read(text)
    assert [turn[:2] for turn in turns(transcript)][:4] == [
        ("I1", 0), ("X", None), ("I1", 31_000), ("X", None),
    ]  # fmt: skip


def test_webex_names_stand_in_the_cue_numbers() -> None:
    text = (
        'WEBVTT\n\n1 "Anna Berg" (123)\n00:00:01.000 --> 00:00:02.000\nHi all.\n\n'
        '2 "Tom" (124)\n00:00:02.000 --> 00:00:03.000\nHi.\n'
    )
    assert turns(read(text, "a.vtt")[0]) == [("Anna Berg", 1_000, "Hi all."), ("Tom", 2_000, "Hi.")]


def test_textgrid_of_praat_in_utf_16_with_quotes_and_points() -> None:
    data = made.textgrid({"Ana": [(0, 1, 'She said ""no""'), (1, 2, "é")]}).decode()
    transcript, _ = read(data.encode("utf-16"), "t.TextGrid")
    assert transcript.text == 'Ana: She said "no" é'


def test_table_with_name_and_time_in_one_cell_and_one_with_the_name_behind() -> None:
    trint = [["Anna 00:00:01", "When?"], ["Tom 00:00:04", "Then."], ["Anna 00:00:09", "Why?"]]
    expected = [("Anna", 1_000, "When?"), ("Tom", 4_000, "Then."), ("Anna", 9_000, "Why?")]
    assert turns(read(made.docx(made.table(trint)), "t.docx")[0]) == expected
    nvivo = [
        ["Timespan", "Content", "Speaker"],
        ["0:01.0 - 0:04.0", "When?", "Anna"],
        ["0:04.0 - 0:09.0", "Then.", "Tom"],
        ["0:09.0 - 0:12.0", "Why?", "Anna"],
    ]
    assert turns(read(made.docx(made.table(nvivo)), "t.docx")[0]) == expected


def test_name_and_time_with_a_mark_between() -> None:
    for mark in (" - ", " | ", ", ", " – ", "  ", ": "):
        text = f"Anna{mark}00:05\nWhy?\n\nTom{mark}00:09\nSo.\n\nAnna{mark}00:15\nOh?\n"
        assert turns(read(text)[0])[:2] == [("Anna", 5_000, "Why?"), ("Tom", 9_000, "So.")], mark
