"""Files that are broken, hostile or not what they say: a clear sentence, nothing read."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import time
import zipfile

import pytest

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.importers import limits
from ikt_coder.importers.catalogue import SUFFIXES, read_file
from ikt_coder.importers.detection import import_bytes
from tests.importers import made

WORD = made.docx(made.plain("Some words."))


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_file(name, data)
    assert name in refused.value.what
    return str(refused.value)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_file(suffix: str) -> None:
    assert "empty" in refusal(f"talk{suffix}", b"")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_noise(suffix: str) -> None:
    noise = random.Random(7).randbytes(20_000)
    assert "nothing was imported" in refusal(f"talk{suffix}", noise)


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".pdf", ".rtf"])
def test_a_file_cut_short(suffix: str) -> None:
    whole = {
        ".docx": WORD,
        ".odt": made.odt("<text:p>Some words.</text:p>"),
        ".pdf": b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog",
        ".rtf": b"{\\rtf1\\ansi ",
    }[suffix]
    assert "nothing was imported" in refusal(f"talk{suffix}", whole[: int(len(whole) * 0.6)])


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("talk.txt", WORD, "Some words."),
        ("talk.pdf", WORD, "Some words."),
        ("talk.docx", b"Only text.", "Only text."),
        ("talk.docx", made.odt("<text:p>Open words.</text:p>"), "Open words."),
        ("talk.doc", b"{\\rtf1 Rich words.}", "Rich words."),
        ("talk", b"No ending.", "No ending."),
    ],
)
def test_a_wrong_ending_is_read_as_what_it_is(name: str, data: bytes, words: str) -> None:
    raw = read_file(name, data)
    assert raw.text == words
    assert "which it is" in raw.warnings[0]


def test_a_word_97_file_and_one_with_a_password() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert "save as .docx" in refusal("talk.doc", ole)
    locked = ole + "EncryptedPackage".encode("utf-16-le")
    assert "password" in refusal("talk.docx", locked)


def test_a_docx_without_its_text() -> None:
    data = made.zipped({"[Content_Types].xml": "<Types/>", "word/styles.xml": made.STYLES})
    assert "lacks the part" in refusal("talk.docx", data)


def test_a_docx_without_words() -> None:
    assert "holds no text" in refusal("talk.docx", made.docx(made.plain("")))


def test_xml_that_is_not_well_formed() -> None:
    assert "well-formed" in refusal(
        "talk.docx", made.zipped({"word/document.xml": "<w:document><w:body>"})
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_encoding(encoding: str) -> None:
    lol = f"""<?xml version="1.0" encoding="{encoding}"?>
<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>
<w:document xmlns:w="{made.W}"><w:body>
<w:p><w:r><w:t>&b;&f;</w:t></w:r></w:p></w:body></w:document>"""
    data = made.zipped({"word/document.xml": lol.encode(encoding)})
    assert "entities" in refusal("talk.docx", data)
    odt = made.zipped(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": lol.encode(encoding)}
    )
    assert "entities" in refusal("talk.odt", odt)


def test_a_zip_bomb_is_refused_unread() -> None:
    data = made.zipped({"word/document.xml": b" " * 60_000_000})
    assert len(data) < 100_000
    begun = time.monotonic()
    assert "unpack" in refusal("talk.docx", data)
    assert time.monotonic() - begun < 1


def test_a_zip_that_lies_about_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ikt_coder.importers.archive.MAX_UNPACKED_BYTES", 5_000)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 50_000)
    data = bytearray(stream.getvalue())
    size = (50_000).to_bytes(4, "little")
    while size in data:
        at = data.index(size)
        data[at : at + 4] = (100).to_bytes(4, "little")
    assert "nothing was imported" in refusal("talk.docx", bytes(data))


def test_deeply_nested_xml() -> None:
    deep = "<w:sdt>" * 5_000 + "</w:sdt>" * 5_000
    assert "nothing was imported" in refusal("talk.docx", made.docx(deep))


@pytest.mark.parametrize("suffix", [".txt", ".md", ".vtt", ".srt", ".tsv"])
def test_a_text_of_fifty_megabytes(suffix: str) -> None:
    data = b"I: word word\n" * 4_000_000
    begun = time.monotonic()
    assert f"{limits.MAX_CHARACTERS:,}" in refusal(f"talk{suffix}", data)
    assert time.monotonic() - begun < 1


def test_a_million_characters() -> None:
    text = "I: Why was that so?\nP: Because of what we said to one another then.\n" * 14_500
    begun = time.monotonic()
    transcript, _ = import_bytes("long.txt", text.encode())
    assert len(transcript.text) >= 980_000
    assert len(transcript.turns) == 29_000
    assert time.monotonic() - begun < 10  # generous: the machine may be busy


def test_a_million_characters_in_one_line() -> None:
    text = "word and: word " * 70_000
    begun = time.monotonic()
    transcript, _ = import_bytes("long.txt", text.encode())
    assert transcript.text == text
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("codes.csv", b"code,start,end\na,1,2\n", "spreadsheet"),
        ("book.xlsx", made.zipped({"xl/workbook.xml": "<x/>"}), "spreadsheet"),
        ("talk.mp3", b"ID3\x04" + bytes(50), "recording"),
        ("files.zip", made.zipped({"a.txt": "words"}), "archive"),
        ("data.json", b'{"a": 1}', "data"),
        ("talk.vtt", b"WEBVTT\n\nno times here\n", "no timed lines"),
        ("talk.srt", b"just a text", "no timed lines"),
        ("talk.tsv", b"a\tb\n1\t2\n", "column"),
        ("talk.TextGrid", b"a text", "TextGrid"),
        (
            "talk.TextGrid",
            b'File type = "ooTextFile"\nObject class = "TextGrid"\nxmin = ',
            "TextGrid",
        ),
        ("talk.otr", b"[1, 2]", "oTranscribe"),
        ("talk.otr", b"{" * 5, "oTranscribe"),
    ],
)
def test_what_is_no_transcript(name: str, data: bytes, said: str) -> None:
    assert said in refusal(name, data)


def test_encodings() -> None:
    words = "I: où? – naïve\nP: “ça” va\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        raw = read_file("talk.txt", words.encode(encoding))
        assert (raw.text, raw.warnings) == (words, ()), encoding
    old = read_file("talk.txt", words.encode("cp1252"))
    assert old.text == words
    assert "Windows-1252" in old.warnings[0]


def test_russian_in_its_old_code_page() -> None:
    words = "И: Как это было для вас?\nР: Это было очень трудно, но мы справились со всем.\n" * 4
    raw = read_file("talk.txt", words.encode("cp1251"))
    assert raw.text == words
    assert "does not say its encoding" in raw.warnings[0]


def test_mixed_encodings_lose_no_letter_and_are_told() -> None:
    data = "é one\n".encode() * 5 + "é two\n".encode("cp1252") + "é three".encode()
    raw = read_file("talk.txt", data)
    assert raw.text == "é one\n" * 5 + "é two\né three"
    assert "Mixed encodings: 1 lines" in raw.warnings[0]


def test_line_ends_and_nothing_else_are_made_alike() -> None:
    text = "a\r\nb\rc\n\te\u0301 é 👩🏽‍🔬 שלום العربية \u00a0x\u2028y \ufb01"
    raw = read_file("talk.txt", text.encode())
    assert raw.text == "a\nb\nc\n\te\u0301 é 👩🏽‍🔬 שלום العربية \u00a0x\u2028y \ufb01"


def test_nothing_is_loaded_before_it_is_needed() -> None:
    heavy = ("docx", "lxml", "pypdfium2", "praatio", "charset_normalizer", "webvtt", "striprtf")
    code = (
        "import sys, ikt_coder.importers, ikt_coder.importers.detection\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("seed", range(8))
def test_damaged_documents_never_fail_in_another_way(seed: int) -> None:
    """Bytes are changed, cut and doubled at random; only UnreadableFile may come of it."""
    chance = random.Random(seed)
    sources = [
        ("talk.docx", made.docx(made.plain("I: x"), made.table([["I", "a b"], ["P", "c"]]))),
        ("talk.odt", made.odt("<text:p>I: x</text:p>")),
        ("talk.pdf", made.pdf([[(60, 700, "I: some words")]])),
        ("talk.TextGrid", made.textgrid({"A": [(0, 1, "x")]})),
        ("talk.rtf", b"{\\rtf1\\ansi{\\fonttbl\\f0 A;}\\b I:\\b0 x\\par \\u8364 ?\\'e9}"),
        ("talk.otr", b'{"text": "<p>0:01 <b>A</b></p>"}'),
        ("talk.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>Hi</v>\n"),
        ("talk.txt", "I: où?\nP: [00:01:02] là\n".encode("utf-16")),
    ]
    for _ in range(60):
        name, data = chance.choice(sources)
        changed = bytearray(data)
        for _ in range(chance.choice([1, 3, 12])):
            at = chance.randrange(len(changed))
            match chance.randrange(3):
                case 0:
                    changed[at] = chance.randrange(256)
                case 1:
                    del changed[at : at + chance.randrange(1, 40)]
                case _:
                    changed[at:at] = changed[max(0, at - 40) : at]
            changed = changed or bytearray(b"x")
        try:
            transcript, _ = import_bytes(name, bytes(changed))
        except UnreadableFile:
            continue
        assert all(turn.span.end <= len(transcript.text) for turn in transcript.turns)
