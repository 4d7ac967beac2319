"""Coded transcripts as web pages: words, tints, stripes and names, and nothing that runs."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.coded_transcript import CodedTranscript, Part
from ikt_coder.core.span import Span
from ikt_coder.exporters import coded_html
from tests.exporters.transcripts import TEXT, coding, printed, transcript

_EMPTY = frozenset({"meta", "link", "br", "hr", "img"})


class Reader(HTMLParser):
    """The words of lines, those of them that are tinted, and the names beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, str]] = []
        self.words = ""
        self.tinted: list[str] = []
        self.names: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        kind = dict(attrs).get("class") or ""
        if tag not in _EMPTY:
            self.stack.append((tag, kind))
        if kind.startswith("q "):
            self.tinted.append("")
        if kind == "name":
            self.names.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.stack[-1][0] == tag, f"</{tag}> closes {self.stack[-1]}"
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        kinds = [kind for _, kind in self.stack]
        if "line" in kinds:
            self.words += data
        if any(kind.startswith("q ") for kind in kinds):
            self.tinted[-1] += data
        if "name" in kinds and "unseen" not in kinds:
            self.names[-1] += data


def page(shown: CodedTranscript) -> str:
    stream = BytesIO()
    coded_html.write(shown, stream)
    return stream.getvalue().decode()


def read(shown: CodedTranscript) -> Reader:
    reader = Reader()
    reader.feed(page(shown))
    reader.close()
    assert not reader.stack
    return reader


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


def test_words_tints_and_names() -> None:
    shown = transcript(
        [coding(span("Nobody told me")), coding(span("told me 👩‍👩‍👧 a"), 1, "+", "A <memo>.")]
    )
    reader = read(shown)
    assert reader.words == printed(shown, Span(0, len(TEXT)))
    assert reader.tinted == ["Nobody ", "told me", " 👩‍👩‍👧 a"]
    assert [name.split("Individual")[0] for name in reader.names] == ["Clear <role> & task", "Time"]
    assert reader.names[1].endswith("A <memo>.")
    source = page(shown)
    assert source.count('<i class="stripe ') == 2
    assert 'role="img" aria-label="barrier">−<' in source
    assert "--lane:1" in source  # the second lies over the first, so it takes a lane of its own


def test_nothing_runs_and_nothing_is_fetched() -> None:
    shown = transcript([coding(span("told"), memo='"><script>alert(1)</script>')])
    reader = read(shown)
    assert "script" not in reader.tags
    source = page(shown)
    assert "default-src 'none'" in source
    assert not re.search(r"""(src|href)=|url\(|@import|\son\w+=""", source)


def test_light_dark_and_paper_have_looks_of_their_own() -> None:
    source = page(transcript([coding(span("told"))]))
    assert "@media screen and (prefers-color-scheme: dark)" in source
    assert "@media print" in source
    assert "#3050bb" in source
    assert "#506ec1" in source


@given(
    st.lists(
        st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)), st.integers(0, 1)),
        max_size=10,
    )
)
def test_what_is_tinted_is_what_is_coded(drawn: list[tuple[int, int, int]]) -> None:
    codings = [coding(Span(*sorted(pair[:2])), pair[2]) for pair in drawn if pair[0] != pair[1]]
    shown = transcript(codings)
    reader = read(shown)
    covered = {at for one in codings for at in range(one.span.start, one.span.end)}
    lines = [line for lines in shown.lines for line in lines]
    expected = "".join(
        TEXT[at] for line in lines for at in range(line.start, line.end) if at in covered
    )
    assert "".join(reader.tinted) == expected
    assert reader.words == printed(shown, Span(0, len(TEXT)))
    assert len(reader.names) == len(codings)


@given(st.text(st.characters(codec=None), min_size=1, max_size=60))
def test_any_words_are_shown(text: str) -> None:
    shown = transcript(
        [coding(Span(0, len(text)), memo=text)], text=text, made=(Part(Span(0, len(text)), text),)
    )
    assert len(read(shown).names) == any(shown.lines)
