"""Prints: pages, numbers in margins, lines cut by the page's width."""

from __future__ import annotations

import pytest

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.importers.catalogue import read_file
from ikt_coder.importers.detection import build, guess
from ikt_coder.importers.options import ImportOptions
from tests.importers import made
from tests.importers.shown import turns

QUESTION = "Dan: What was it that you had in mind when the first of the calls came out then?"
LONG = ["Mia: It was the money of course and then the people we had known for such a", "long time."]


def a_print() -> bytes:
    """Two pages of ten paragraphs; one of them runs over the end of the first page."""
    pages: list[list[tuple[int, int, str]]] = []
    number = 0
    for page in range(2):
        shown: list[tuple[int, int, str]] = [(560, 15, f"{page + 1}/2")]
        margin: list[tuple[int, int, str]] = []
        height = 800
        for _ in range(5):
            number += 1
            margin.append((20, height, str(number)))
            lines = [QUESTION] if number % 2 else LONG
            if number == 6:  # its first line stands on the page before, too
                lines = ["and this ends what was begun on the page before the one you see."]
                margin.pop()
            for line in lines:
                shown.append((60, height, line))
                height -= 14
            height -= 8
        if page == 0:
            number += 1
            shown.append(
                (
                    60,
                    height,
                    "Mia: A line that runs over the end of the page as they do, now and then,",
                )
            )
            shown.append((60, -40, "and this lies below the page, where nobody sees it."))
            margin.append((20, height, str(number)))
            number -= 1
        pages.append(shown + margin)
    return made.pdf(pages)


def test_margin_numbers_go_and_cut_lines_are_joined() -> None:
    raw = read_file("print.pdf", a_print())
    assert len(raw.pages) == 2
    assert "below the page" not in raw.text
    transcript, seems = build(raw), guess(raw)
    assert seems.margin_numbers
    assert seems.joined_lines
    assert [turn[0] for turn in turns(transcript)] == ["Dan", "Mia"] * 5
    assert turns(transcript)[1][2].endswith("for such a long time.")
    assert "now and then, and this ends" in transcript.text
    assert transcript.text[transcript.pages[1] :].startswith("and this ends")
    assert not any(character.isdigit() for character in transcript.text)


def test_a_speaker_that_is_misspelt_once_is_doubtful() -> None:
    lines = [
        f"{name}: What was it that you had in mind on day {day} when the calls came out?"
        for day in range(5)
        for name in ("Dan", "Mja" if day == 3 else "Mia")
    ]
    raw = read_file("talk.pdf", made.pdf([[(60, 800 - 30 * at, w) for at, w in enumerate(lines)]]))
    seems = guess(raw)
    assert [(slip.label, slip.into) for slip in seems.doubtful] == [("Mja", "Mia")]
    assert "“Mja” may be the same speaker as “Mia”." in build(raw).warnings
    read = build(raw, ImportOptions(speakers={"Mja": "Mia"}))
    assert [turn[0] for turn in turns(read)] == ["Dan", "Mia"] * 5


def test_a_print_can_be_kept_as_it_is() -> None:
    raw = read_file("print.pdf", a_print())
    options = ImportOptions(remove_margin_numbers=False, join_lines=False)
    transcript = build(raw, options)
    assert transcript.text == raw.text
    assert transcript.pages == raw.pages
    assert not guess(raw, options).margin_numbers


def test_a_pdf_of_pictures_says_so() -> None:
    with pytest.raises(UnreadableFile, match="pictures of pages"):
        read_file("scan.pdf", made.pdf([[], []]))


def test_a_damaged_pdf() -> None:
    with pytest.raises(UnreadableFile, match="not a PDF"):
        read_file("talk.pdf", b"%PDF-1.7\nnothing of the kind")
