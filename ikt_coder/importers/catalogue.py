"""Which reader reads which file: by its ending, corrected by what is in it."""

from __future__ import annotations

import re
from pathlib import PurePath

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.importers import (
    markdown,
    opendocument,
    otranscribe,
    pdf,
    plain,
    richtext,
    subrip,
    tabbed,
    textgrid,
    webvtt,
    word,
)
from ikt_coder.importers.protocol import RawText, Reader

READERS: dict[str, Reader] = {
    ".txt": plain.read,
    ".md": markdown.read,
    ".docx": word.read,
    ".odt": opendocument.read,
    ".rtf": richtext.read,
    ".pdf": pdf.read,
    ".vtt": webvtt.read,
    ".srt": subrip.read,
    ".tsv": tabbed.read,
    ".textgrid": textgrid.read,
    ".otr": otranscribe.read,
}

SUFFIXES: tuple[str, ...] = tuple(READERS)
"""Endings that can be imported, lower case, with the point."""

_ALSO = {".text": ".txt", ".markdown": ".md", ".docm": ".docx", ".log": ".txt"}
_BINARY = frozenset((".docx", ".odt", ".rtf", ".pdf"))
_TABLES = frozenset((".csv", ".xlsx", ".xls", ".ods"))
_MEDIA = frozenset(
    (
        ".mp3", ".mp4", ".m4a", ".wav", ".ogg", ".flac", ".aac", ".wma", ".mov", ".avi", ".mkv",
        ".webm", ".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".heic",
    )
)  # fmt: skip


def read_file(name: str, data: bytes) -> RawText:
    """The text of a file called ``name`` with the bytes ``data``.

    A file whose content is plainly of another format than its ending says is read as what
    it is, with a notice. Raises UnreadableFile with a sentence for everything else.
    """
    if not data:
        raise UnreadableFile(f"“{name}” is empty; nothing was imported.")
    suffix = PurePath(name).suffix.lower()
    suffix = _ALSO.get(suffix, suffix)
    found = sniff(data)
    _refuse_known(name, suffix, found)
    if found is None and suffix in _BINARY:
        if _looks_like_text(data):
            found = ".txt"
        else:
            raise UnreadableFile(
                f"“{name}” is not a {suffix} file, whatever its ending says; nothing was imported.",
                "Open it in the program that made it and save it again.",
            )
    if found is None and suffix not in READERS:
        if not _looks_like_text(data):
            raise UnreadableFile(
                f"“{name}” is of a kind that cannot be imported; nothing was imported.",
                f"These can: {', '.join(SUFFIXES)}.",
            )
        found = ".txt"
    actual = suffix if found in (None, ".zip") else found
    raw = READERS[actual](data, name)
    if actual != suffix:
        ending = f"ends in “{suffix}”" if suffix else "has no ending"
        notice = f"The file {ending}; it was read as {actual}, which it is."
        raw = RawText(raw.text, raw.formats, raw.cues, raw.rows, raw.pages, (notice, *raw.warnings))
    return raw


def sniff(data: bytes) -> str | None:
    """The format that the bytes give away, as a suffix; None where they do not.

    Besides ``SUFFIXES``: ``.doc``, ``.encrypted`` (an Office file with a password),
    ``.xlsx``, ``.pptx``, ``.zip`` and ``.media``.
    """
    head = data[:4096]
    if head.startswith(b"PK"):
        return _zipped(data)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        return ".encrypted" if encrypted else ".doc"
    if head[:1024].lstrip().startswith(b"%PDF-"):
        return ".pdf"
    stripped = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if stripped.startswith(b"{\\rtf"):
        return ".rtf"
    if stripped.startswith(b"WEBVTT"):
        return ".vtt"
    if b"ooTextFile" in head[:200] and b"TextGrid" in head[:400]:
        return ".textgrid"
    if re.match(rb"\d+\s*\r?\n\d{1,2}:\d\d:\d\d[,.]\d{1,3} --> ", stripped):
        return ".srt"
    if re.match(rb"\xff[\xfb\xf3\xf2]|ID3|RIFF|OggS|fLaC|\xff\xd8\xff|\x89PNG|....ftyp", head):
        return ".media"
    return None


def _zipped(data: bytes) -> str:
    """A zipped document by the names of its parts, which stand in it unpacked."""
    if b"word/document" in data:
        return ".docx"
    if b"opendocument.text" in data[:200]:
        return ".odt"
    if b"xl/workbook.xml" in data:
        return ".xlsx"
    if b"ppt/presentation.xml" in data:
        return ".pptx"
    if b"content.xml" in data and b"META-INF/manifest.xml" in data:
        return ".odt"
    return ".zip"


def _refuse_known(name: str, suffix: str, found: str | None) -> None:
    if found == ".doc":
        raise UnreadableFile(
            f"“{name}” is in the format of Word 97-2003 (.doc); nothing was imported.",
            "Open it in Word or LibreOffice and save as .docx, then import that.",
        )
    if found == ".encrypted":
        raise UnreadableFile(
            f"“{name}” is protected by a password; nothing was imported.",
            "Save a copy without a password.",
        )
    if found == ".xlsx" or (suffix in _TABLES and found is None):
        raise UnreadableFile(
            f"“{name}” is a spreadsheet, not a transcript; nothing was imported.",
            "Codebooks and codings are imported from tables; save an interview as .docx or .txt.",
        )
    if found == ".pptx":
        raise UnreadableFile(f"“{name}” holds slides, not a transcript; nothing was imported.")
    if found == ".media" or suffix in _MEDIA:
        raise UnreadableFile(
            f"“{name}” is a recording or a picture, not a transcript; nothing was imported."
        )
    if suffix in (".ipynb", ".json") and found is None:
        raise UnreadableFile(f"“{name}” holds data, not a transcript; nothing was imported.")
    if found == ".zip" and suffix not in (".docx", ".odt"):
        raise UnreadableFile(
            f"“{name}” is an archive; nothing was imported.",
            "Unpack it and import the files in it.",
        )


def _looks_like_text(data: bytes) -> bool:
    """Whether the first bytes are those of some plain text."""
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\x00" in head and head[1::2].count(0) < 0.7 * (len(head) // 2):
        return False
    controls = sum(byte < 9 or 13 < byte < 27 for byte in head)
    return controls <= 0.02 * len(head) or b"\x00" in head
