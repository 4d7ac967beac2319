"""Text of a PDF (.pdf); pictures of pages hold none."""

from __future__ import annotations

import re

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.importers.builder import TextBuilder
from ikt_coder.importers.limits import refuse_large_file
from ikt_coder.importers.protocol import RawText

_PAGES = 5_000
_REPEATED = 3
_LONG = 25
_NUMBERS = re.compile(r"[\d\s/]*")


def read(data: bytes, name: str) -> RawText:
    """The text layer, page after page, lines as printed; page starts are kept.

    Raises UnreadableFile for what is not a PDF, is protected or holds only pictures.
    """
    import pypdfium2

    refuse_large_file(name, len(data), plain_text=False)
    builder = TextBuilder(name)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise UnreadableFile(
            f"“{name}” is protected by a password; nothing was imported."
            if locked
            else f"“{name}” is not a PDF that can be opened; nothing was imported.",
            "Save a copy without a password." if locked else "Print or export it again.",
        ) from error
    try:
        if len(document) > _PAGES:
            raise UnreadableFile(
                f"“{name}” has more than {_PAGES:,} pages; nothing was imported.",
                "Cut it into one file per interview.",
            )
        before: list[str] = []
        for number in range(len(document)):
            page = document[number]
            text_page = page.get_textpage()
            try:
                # a print keeps whole paragraphs on the pages it cuts them over; what lies
                # outside the page is seen by nobody
                lines = _lines(text_page.get_text_bounded(*page.get_cropbox()))
            finally:
                text_page.close()
                page.close()
            seen = lines
            lines = _without_repeats(before, lines)
            before = seen
            if number and not builder.ends_with_newline():
                builder.add("\n")
            builder.pages.append(builder.at)
            builder.add("\n".join(lines))
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(
            f"A page of “{name}” is damaged; nothing was imported.", "Print or export it again."
        ) from error
    finally:
        document.close()
    try:
        return builder.finish()
    except UnreadableFile as error:
        raise _only_pictures(name) from error


def _only_pictures(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"“{name}” holds pictures of pages but no text; nothing was imported.",
        "Run text recognition (OCR) over it first, or import the file it was made from.",
    )


def _lines(text: str) -> list[str]:
    """Line ends unified; pdfium's sign for a hyphen at a line end is that hyphen."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\ufffe", "-").replace("\x02", "-")
    return [line.rstrip() for line in text.split("\n")]


def _without_repeats(before: list[str], lines: list[str]) -> list[str]:
    """A page's lines without those, hidden at its top, that end the page before.

    Only long ones count, so that nothing anybody said twice is lost.
    """
    ended = [line for line in before if _NUMBERS.fullmatch(line) is None]
    body = [at for at, line in enumerate(lines) if _NUMBERS.fullmatch(line) is None]
    for size in range(min(_REPEATED, len(body), len(ended)), 0, -1):
        repeated = [lines[at] for at in body[:size]]
        if repeated == ended[-size:] and sum(map(len, repeated)) >= _LONG:
            return [line for at, line in enumerate(lines) if at not in body[:size]]
    return lines
