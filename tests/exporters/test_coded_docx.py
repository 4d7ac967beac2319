"""Coded transcripts in Word: each comment on exactly its words, and all that it says."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.coded_transcript import CodedTranscript, Part
from ikt_coder.core.span import Span
from ikt_coder.exporters import coded_docx
from tests.exporters.transcripts import (
    TEXT,
    W,
    coding,
    commented,
    part_of,
    parts,
    printed,
    remarks,
    transcript,
)


def packed(shown: CodedTranscript) -> bytes:
    stream = BytesIO()
    coded_docx.write(shown, stream)
    return stream.getvalue()


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


def test_a_comment_stands_on_its_words_and_says_all_that_the_coding_carries() -> None:
    shown = transcript([coding(span("Nobody told me 👩‍👩‍👧 a thing"), memo="First.\nSecond <b>.")])
    made = packed(shown)
    assert commented(made) == {0: "Nobody told me 👩‍👩‍👧 a thing"}
    assert remarks(made) == {
        0: [
            "− Clear <role> & task",
            "barrier; levels: Individual, Interpersonal; unsure",
            "First.",
            "Second <b>.",
        ]
    }
    comment = next(part_of(made, "word/comments.xml").iter(f"{W}comment"))
    assert comment.get(f"{W}author") == "Amara Okafor"
    assert comment.get(f"{W}initials") == "AO"
    assert comment.get(f"{W}date") == "2026-05-04T12:00:00Z"


def test_the_library_reads_the_comments_as_well() -> None:
    document = Document(BytesIO(packed(transcript([coding(span("told"), memo="Here.")]))))
    (found,) = list(document.comments)
    assert (found.author, found.initials) == ("Amara Okafor", "AO")
    assert found.text.endswith("Here.")


def test_overlapping_ranges_nest_cross_and_repeat() -> None:
    spans = [
        span("Nobody told me"),
        span("told me"),
        span("told me 👩‍👩‍👧 a thing"),
        span("told me"),
        span("a thing"),
    ]
    shown = transcript([coding(one) for one in spans])
    assert commented(packed(shown)) == {
        key: TEXT[one.start : one.end] for key, one in enumerate(spans)
    }


@given(
    st.lists(
        st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(
            lambda pair: Span(*sorted(pair))
        ),
        max_size=12,
    )
)
def test_every_range_is_read_back_as_it_was_set(spans: list[Span]) -> None:
    shown = transcript([coding(one) for one in spans if len(one)])
    expected = {key: printed(shown, one.span) for key, one in enumerate(shown.codings)}
    if expected:
        assert commented(packed(shown)) == expected


def test_a_coding_of_a_label_alone_keeps_its_comment() -> None:
    at = TEXT.index("P01: ")
    made = packed(transcript([coding(Span(at, at + 4))]))
    assert commented(made) == {0: ""}
    assert len(remarks(made)) == 1


def test_words_that_are_withheld_are_nowhere_in_the_file() -> None:
    hidden = tuple(
        Part(one.span, one.speaker, one.time, one.asking, one.speaker == "P01") for one in parts()
    )
    made = packed(transcript([coding(span("שלום"))], made=hidden))
    text = "".join(part_of(made, "word/document.xml").itertext())
    assert "Nobody" not in text
    assert coded_docx.WITHHELD in text
    assert commented(made) == {0: "שלום"}


def test_right_to_left_lines_are_set_from_the_right() -> None:
    root = part_of(packed(transcript([])), "word/document.xml")
    turned = [one for one in root.iter(f"{W}p") if "שלום" in "".join(one.itertext())]
    assert [one.find(f"{W}pPr/{W}bidi") is not None for one in turned] == [True]
    runs = [one for one in turned[0].iter(f"{W}r") if "שלום" in "".join(one.itertext())]
    assert all(one.find(f"{W}rPr/{W}rtl") is not None for one in runs)


def test_header_heading_and_legend() -> None:
    made = packed(transcript([coding(span("told"))]))
    document = Document(BytesIO(made))
    header = document.sections[0].header.paragraphs[0]
    assert "Talk <1>" in header.text
    assert "PAGE" in etree_text(header._p)
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings == ["Talk of May 4 <draft>", "Codes"]
    assert document.tables[-1].cell(1, 0).text == "Work / Clear <role> & task"
    assert "What the part is." in document.tables[-1].cell(1, 1).text
    said = [one.text for one in document.paragraphs[:5]]
    assert "P02 may be paraphrased but not quoted." in said


def etree_text(element: object) -> str:
    from lxml import etree

    return etree.tostring(element).decode()  # type: ignore[call-overload]  # a python-docx element


def test_long_names_stand_above_the_words() -> None:
    named = tuple(Part(one.span, "The programme's second coordinator", one.time) for one in parts())
    made = packed(transcript([coding(span("told me"))], made=named))
    styles = [one.get(f"{W}val") for one in part_of(made, "word/document.xml").iter(f"{W}pStyle")]
    assert "TurnSpeaker" in styles
    assert "Turn" not in styles
    assert commented(made) == {0: "told me"}


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_a_document_without_words(text: str) -> None:
    assert packed(transcript([], text=text, made=()))[:2] == b"PK"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_every_comment_with_its_range(tmp_path: Path) -> None:
    shown = transcript(
        [coding(span(words)) for words in ("Nobody told", "told me", "e\u0301te\u0301", "עולם")]
    )
    (tmp_path / "t.docx").write_bytes(packed(shown))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "fodt",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "t.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    read = (tmp_path / "t.fodt").read_text(encoding="utf-8")
    assert read.count("<office:annotation ") == 4
    assert read.count("<office:annotation-end ") == 4


@given(st.text(st.characters(codec=None), min_size=1, max_size=60))
def test_any_words_are_written(text: str) -> None:
    shown = transcript(
        [coding(Span(0, len(text)), memo=text)], text=text, made=(Part(Span(0, len(text)), text),)
    )
    made = packed(shown)
    if any(shown.lines):
        assert len(remarks(made)) == 1
        assert list(commented(made)) == [0]
