"""Several timed files of one talk."""

from __future__ import annotations

import pytest

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.importers.catalogue import read_file
from ikt_coder.importers.detection import build
from ikt_coder.importers.merging import merge_by_time
from tests.importers import made
from tests.importers.shown import turns


def test_two_textgrids_of_one_talk() -> None:
    first = made.textgrid({"Anna": [(0, 2, "When?"), (2, 6, ""), (6, 7, "Why?")]})
    second = made.textgrid({"Tom": [(0, 2.5, ""), (2.5, 5, "Then."), (5, 7, "")]})
    parts = [
        (name, read_file(name, data))
        for name, data in (("a.TextGrid", first), ("t.TextGrid", second))
    ]
    assert turns(build(merge_by_time(parts))) == [
        ("Anna", 0, "When?"),
        ("Tom", 2_500, "Then."),
        ("Anna", 6_000, "Why?"),
    ]


def test_a_file_without_names_lends_its_own() -> None:
    anna = b"WEBVTT\n\n00:01.000 --> 00:02.000\nWhen?\n\n00:05.000 --> 00:06.000\nWhy?\n"
    tom = b"1\n00:00:03,000 --> 00:00:04,000\nThen.\n"
    parts = [
        ("Anna Berg.vtt", read_file("Anna Berg.vtt", anna)),
        ("Tom.srt", read_file("Tom.srt", tom)),
    ]
    merged = build(merge_by_time(parts))
    assert merged.speakers == ("Anna Berg", "Tom")
    assert [turn[1] for turn in turns(merged)] == [1_000, 3_000, 5_000]


def test_a_text_without_times_cannot_be_merged() -> None:
    with pytest.raises(UnreadableFile, match="no times"):
        merge_by_time([("a.txt", read_file("a.txt", b"words"))])
    with pytest.raises(UnreadableFile):
        merge_by_time([])
