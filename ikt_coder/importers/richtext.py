"""Rich text (.rtf): words, bold, italic and underline; written for transcripts."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.core.frozen import frozen
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import FormatKind
from ikt_coder.importers.builder import TextBuilder
from ikt_coder.importers.limits import refuse_large_file
from ikt_coder.importers.protocol import RawText, Row
from ikt_coder.importers.running_heads import LEFT_OUT, holds_words

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])"
    rb"|[\r\n]+|([^\\{}\r\n]+)|\\",
    re.DOTALL,
)
_HIDDEN = frozenset(  # groups that hold no words of the text
    b"fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer "
    b"footerl footerr footerf ftnsep ftnsepc aftnsep aftnsepc listtable listoverridetable "
    b"rsidtbl generator xmlnstbl themedata colorschememapping latentstyles datastore "
    b"fldinst bkmkstart bkmkend atnid atnauthor annotation atrfstart atrfend footnote "
    b"filetbl revtbl mmathPr pgptbl userprops shpinst nonshppict listtext pntext "
    b"pntxtb pntxta".split()
)
_MARGINS = frozenset(b"header headerl headerr headerf footer footerl footerr footerf".split())
_NOTES = {
    b"footnote": "Footnotes and endnotes were left out.",
    b"annotation": "Comments were left out.",
}
_CHARACTERS = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"tab": "\t", b"emdash": "—", b"endash": "–",
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•",
    b"emspace": "\u2003", b"enspace": "\u2002",
}  # fmt: skip
_KINDS = {b"b": FormatKind.BOLD, b"i": FormatKind.ITALIC, b"ul": FormatKind.UNDERLINE}
_CHARSETS = {  # \fcharset of a font: the code page its bytes are in
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256",
    186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


@frozen
class _State:
    """What a group inherits from the group around it."""

    hidden: bool = False
    margin: bool = False  # hidden, but looked at: a page header or footer
    kinds: frozenset[FormatKind] = frozenset()
    skip: int = 1  # bytes to skip after a \u
    font: int = -1
    table: bool = False


def read(data: bytes, name: str) -> RawText:
    """The words of a rich text. Raises UnreadableFile where it is not one."""
    refuse_large_file(name, len(data), plain_text=False)
    if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        raise UnreadableFile(
            f"“{name}” is not rich text; nothing was imported.",
            "Save it as .docx or .txt and import that.",
        )
    parser = _Parser(TextBuilder(name))
    parser.parse(data)
    return parser.builder.finish()


class _Parser:
    def __init__(self, builder: TextBuilder) -> None:
        self.builder = builder
        self.page = "cp1252"
        self.fonts: dict[int, str] = {}
        self._font_named = -1
        self._bytes = bytearray()
        self._high: int | None = None
        self._cells: list[Span] = []
        self._cell_start: int | None = None
        self._margin: list[str] = []

    def parse(self, data: bytes) -> None:
        state, stack = _State(), list[_State]()
        skip, starred = 0, False
        for match in _TOKEN.finditer(data):
            word, number, octet, sign, brace, plain = match.groups()
            if brace:
                self._flush(state)
                if brace == b"{":
                    stack.append(state)
                elif stack:
                    inside, state = state, stack.pop()
                    if inside.margin and not state.margin:
                        self._end_margin()
                skip = 0
            elif word is not None:
                if word == b"u" and number:
                    self._flush(state)
                    if not state.hidden:
                        self._unicode(int(number), state)
                    skip = state.skip
                    continue
                self._flush(state)
                if starred or word in _HIDDEN:
                    if word in _NOTES and not state.hidden:
                        self.builder.warn(_NOTES[word])
                    margin = word in _MARGINS and not state.hidden
                    state = replace(state, hidden=True, margin=margin)
                    starred = False
                state = self._word(word, number, state)
                skip = 0
            elif octet is not None:
                if skip:
                    skip -= 1
                elif not state.hidden:
                    self._bytes.append(int(octet, 16))
                elif state.margin:
                    self._margin.append("x")  # some letter
            elif sign is not None:
                self._flush(state)
                if sign == b"*":
                    starred = True
                    continue
                self._sign(sign, state)
            elif plain:
                if skip:
                    plain, skip = plain[skip:], max(0, skip - len(plain))
                if not state.hidden:
                    self._bytes.extend(plain)
                elif state.margin:
                    self._margin.append(plain.decode("ascii", errors="replace"))
            starred = False
        self._flush(state)

    def _end_margin(self) -> None:
        """Tell of a page header or footer that says more than the number of the page."""
        if holds_words("".join(self._margin)):
            self.builder.warn(LEFT_OUT)
        self._margin.clear()

    def _add(self, text: str, state: _State) -> None:
        if state.hidden:
            return
        if self._high is not None:  # half a surrogate pair that nothing completed
            self._high = None
            self.builder.add("\ufffd", state.kinds)
        self.builder.add(text, state.kinds)

    def _flush(self, state: _State) -> None:
        if self._bytes:
            page = self.fonts.get(state.font, self.page)
            text = self._bytes.decode(page, errors="replace")
            self._bytes.clear()
            self._add(text, state)

    def _unicode(self, code: int, state: _State) -> None:
        code &= 0xFFFF
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            if self._high is not None:
                whole = 0x10000 + ((self._high - 0xD800) << 10) + (code - 0xDC00)
                self._high = None
                self.builder.add(chr(whole), state.kinds)
        else:
            self._add(chr(code), state)

    def _sign(self, sign: bytes, state: _State) -> None:
        if sign in (b"\n", b"\r"):  # how a Mac writes a line end
            self._add("\n", state)
        elif sign in (b"\\", b"{", b"}"):
            self._add(sign.decode(), state)
        elif sign == b"~":
            self._add("\u00a0", state)
        elif sign == b"_":
            self._add("\u2011", state)

    def _word(self, word: bytes, number: bytes | None, state: _State) -> _State:
        value = int(number) if number else None
        if word in _CHARACTERS:
            self._add(_CHARACTERS[word], state)
            if state.margin:
                self._margin.append(" ")
        elif word in _KINDS:
            kind = _KINDS[word]
            kinds = state.kinds - {kind} if value == 0 else state.kinds | {kind}
            return replace(state, kinds=kinds)
        elif word == b"plain":
            return replace(state, kinds=frozenset())
        elif word == b"ulnone":
            return replace(state, kinds=state.kinds - {FormatKind.UNDERLINE})
        elif word in (b"deleted", b"v") and value != 0:
            return replace(state, hidden=True)
        elif word == b"uc" and value is not None:
            return replace(state, skip=value)
        elif word == b"f" and value is not None:
            self._font_named = value
            return replace(state, font=value)
        elif word == b"fcharset" and value in _CHARSETS:
            self.fonts[self._font_named] = _CHARSETS[value]
        elif word == b"ansicpg" and value:
            self.page = _known_page(value)
        elif word == b"mac":
            self.page = "mac_roman"
        elif word in (b"cell", b"row") and not state.hidden:
            self._table(word)
        elif word == b"trowd" and not state.hidden and not self._cells:
            self._cell_start = self.builder.at
        return state

    def _table(self, word: bytes) -> None:
        if word == b"cell":
            start = self.builder.at if self._cell_start is None else self._cell_start
            self._cells.append(Span(min(start, self.builder.at), self.builder.at))
            self.builder.add("\t")
            self._cell_start = self.builder.at
            return
        if len(self._cells) > 1:
            self.builder.rows.append(Row(tuple(self._cells)))
        self._cells = []
        self._cell_start = None
        self.builder.add("\n")


def _known_page(number: int) -> str:
    try:
        return codecs.lookup("utf-8" if number == 65001 else f"cp{number}").name
    except LookupError:
        return "cp1252"
