"""From bytes to text, for the formats that are plain text."""

from __future__ import annotations

import codecs
import re

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.importers.builder import clean, refuse_wordless
from ikt_coder.importers.limits import refuse_large_file, refuse_long_text

_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# A western text in cp1252 has few letters beyond ASCII; only where there are many is a
# statistical guess worth more than cp1252, and only for scripts cp1252 cannot write.
_OTHER_SCRIPTS = frozenset(
    (
        "cp1251", "koi8_r", "koi8_u", "mac_cyrillic", "iso8859_5", "cp866", "cp1253", "iso8859_7",
        "cp1255", "iso8859_8", "cp1256", "iso8859_6", "shift_jis", "cp932", "euc_jp",
        "iso2022_jp", "gb2312", "gbk", "gb18030", "big5", "big5hkscs", "euc_kr", "cp949", "cp874",
        "tis_620",
    )
)  # fmt: skip
_MANY = 0.2
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of ``data`` with ``\\n`` line ends, and notices about its encoding.

    A byte order mark decides; else UTF-8, UTF-16 without a mark, and Windows-1252 with a
    notice. Raises UnreadableFile for an empty file, for noise and for too long a text.
    """
    refuse_large_file(name, len(data), plain_text=True)
    if not data:
        raise UnreadableFile(f"“{name}” is empty; nothing was imported.")
    text, notices = _decode(data, name)
    _refuse_noise(text, name)
    if "\x00" in text:
        notices.append("NUL characters were left out.")
    text = clean(text).removeprefix("\ufeff")
    refuse_long_text(name, len(text))
    refuse_wordless(name, text)
    return text, tuple(notices)


def _decode(data: bytes, name: str) -> tuple[str, list[str]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), []
            except UnicodeDecodeError:
                if encoding == "utf-8-sig":
                    break  # mixed: looked at below
                raise UnreadableFile(
                    f"“{name}” says it is {encoding.upper()} but is damaged; nothing was imported.",
                    "Save it again as UTF-8.",
                ) from None
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    wide = _wide(data)
    if wide is not None:
        return wide, []
    return _without_mark(data, name)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of western text is zero."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2:
        return None
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if zeros.count(0) > 0.7 * len(zeros):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    return None


def _without_mark(data: bytes, name: str) -> tuple[str, list[str]]:
    lines = data.split(b"\n")
    decoded: list[str] = []
    foreign = utf8 = 0
    for line in lines:
        try:
            decoded.append(line.decode("utf-8"))
            utf8 += not line.isascii()
        except UnicodeDecodeError:
            decoded.append(line.decode("cp1252", errors="replace"))
            foreign += 1
    if utf8 and utf8 * 10 >= foreign:
        return "\n".join(decoded).removeprefix("\ufeff"), [
            f"Mixed encodings: {foreign} lines are not UTF-8 as the others are and were read "
            "as Windows-1252. Look at letters with accents before coding."
        ]
    beyond = len(data) - len(data.translate(None, delete=bytes(range(128, 256))))
    if beyond > _MANY * len(data):
        other = _other_script(data)
        if other is not None:
            text, encoding = other
            return text, [
                f"The file does not say its encoding; it was read as {encoding}. "
                "Look at its letters before coding."
            ]
    return data.decode("cp1252", errors="replace"), [
        "The file is not UTF-8; it was read as Windows-1252. "
        "Look at letters with accents before coding."
    ]


def _other_script(data: bytes) -> tuple[str, str] | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is None or best.encoding not in _OTHER_SCRIPTS:
        return None
    return data.decode(best.encoding, errors="replace"), best.encoding


def _refuse_noise(text: str, name: str) -> None:
    """Text has next to no control characters; noise has them everywhere."""
    sample = text[:200_000]
    controls = len(_CONTROL.findall(sample)) + sample.count("\ufffd")
    if controls > max(2, 0.01 * len(sample)):
        raise UnreadableFile(
            f"“{name}” is not text; nothing was imported.",
            "Open it in the program that made it and save it as .docx or .txt.",
        )
