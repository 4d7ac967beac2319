"""Page headers and footers stay out of the text; where they hold words, the preview says so."""

from __future__ import annotations

import pytest

from ikt_coder.importers.detection import import_bytes
from ikt_coder.importers.running_heads import LEFT_OUT, holds_words
from tests.importers import made

BODY = [made.plain("Interviewer: How did it begin?"), made.plain("P01: Slowly, and by phone.")]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Interview 7, confidential", True),
        ("Participant: Maud Tremblay", True),
        ("Sunnybrook", True),
        ("Seven pages", True),
        ("", False),
        ("12", False),
        ("- 3 -", False),
        ("Page 3", False),
        ("Page 3 of 17", False),
        ("p. 3/17", False),
        ("Seite 3 von 17", False),
        ("Page ", False),  # the number is a field without a stored result
    ],
)
def test_the_number_of_a_page_is_no_words(line: str, says: bool) -> None:
    assert holds_words(line) is says


def test_a_word_file_says_that_its_header_was_left_out() -> None:
    header = made.margin("hdr", made.paragraph(made.run("Study 12 · "), made.run("P01")))
    transcript, _ = import_bytes("talk.docx", made.docx(*BODY, parts={"header2.xml": header}))
    assert LEFT_OUT in transcript.warnings
    assert "Study" not in transcript.text


def test_a_footer_with_the_page_number_alone_is_not_worth_a_word() -> None:
    footer = made.margin("ftr", made.plain("Page 1 of 12"), made.plain(""))
    parts = {"footer1.xml": footer, "header1.xml": made.margin("hdr", made.plain(""))}
    transcript, _ = import_bytes("talk.docx", made.docx(*BODY, parts=parts))
    assert LEFT_OUT not in transcript.warnings


def test_a_broken_header_does_not_keep_the_text_out() -> None:
    transcript, _ = import_bytes("talk.docx", made.docx(*BODY, parts={"header1.xml": "<w:hdr"}))
    assert "Slowly" in transcript.text
    assert LEFT_OUT in transcript.warnings


@pytest.mark.parametrize(("words", "told"), [("Study 12", True), ("3", False)])
def test_an_opendocument_text_says_it_too(words: str, told: bool) -> None:
    body = "<text:p>P01: Slowly, and by phone.</text:p>"
    masters = f"<style:footer><text:p>{words}</text:p></style:footer>"
    transcript, _ = import_bytes("talk.odt", made.odt(body, masters=masters))
    assert (LEFT_OUT in transcript.warnings) is told
    assert words not in transcript.text


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (b"{\\headerr\\pard Study {\\b 12}\\par}", True),
        (b"{\\footer Page {\\field{\\*\\fldinst PAGE }{\\fldrslt 3}}\\par}", False),
        (b"{\\header\\'c9tude 12\\par}", True),
    ],
)
def test_a_rich_text_says_it_too(header: bytes, told: bool) -> None:
    data = b"{\\rtf1\\ansi " + header + b"P01: Slowly, and by phone.\\par}"
    transcript, _ = import_bytes("talk.rtf", data)
    assert (LEFT_OUT in transcript.warnings) is told
    assert transcript.text.strip() == "P01: Slowly, and by phone."
