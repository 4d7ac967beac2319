"""Text of a PDF (.pdf); pictures of pages hold none."""

from __future__ import annotations

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.importers.builder import TextBuilder
from ikt_coder.importers.limits import refuse_large_file
from ikt_coder.importers.protocol import RawText

_PAGES = 5_000


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
        for number in range(len(document)):
            if number and not builder.ends_with_newline():
                builder.add("\n")
            builder.pages.append(builder.at)
            page = document[number]
            text_page = page.get_textpage()
            try:
                builder.add(_lines(text_page.get_text_range()))
            finally:
                text_page.close()
                page.close()
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


def _lines(text: str) -> str:
    """Line ends unified; pdfium's sign for a hyphen at a line end is that hyphen."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\ufffe", "-").replace("\x02", "-")
    return "\n".join(line.rstrip() for line in text.split("\n"))
