"""Parts of zipped documents and their XML, read so that a hostile file does no harm."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.importers.limits import MAX_RATIO, MAX_UNPACKED_BYTES, refuse_large_file

if TYPE_CHECKING:
    from lxml.etree import _Element


_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
"""What zipfile raises for a damaged file, by trial with mutated documents."""


class Archive:
    """A zipped document in memory. Raises UnreadableFile where it is not one."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        refuse_large_file(name, len(data), plain_text=False)
        self._left = MAX_UNPACKED_BYTES
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE as error:
            raise self._broken() from error
        self._parts = {part.filename.replace("\\", "/"): part for part in self._zip.infolist()}

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._parts)

    def _broken(self) -> UnreadableFile:
        return UnreadableFile(
            f"“{self.name}” is damaged or cut short; nothing was imported.",
            "Open it in the program that made it and save it again.",
        )

    def _bomb(self) -> UnreadableFile:
        return UnreadableFile(
            f"“{self.name}” would unpack to far more than a transcript holds; "
            "nothing was imported.",
            "Save it without pictures and recordings, or do not trust it.",
        )

    def part(self, part: str) -> bytes:
        """The bytes of one part. Raises UnreadableFile."""
        info = self._parts.get(part)
        if info is None:
            raise UnreadableFile(
                f"“{self.name}” lacks the part that holds its text; nothing was imported.",
                "See whether it is a text document, and save it again.",
            )
        if info.flag_bits & 0x1:
            raise UnreadableFile(
                f"“{self.name}” is protected by a password; nothing was imported.",
                "Save a copy without a password.",
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self._broken()  # no office program packs otherwise
        large = info.file_size > 10_000_000
        if info.file_size > self._left or (
            large and info.file_size > MAX_RATIO * max(1, info.compress_size)
        ):
            raise self._bomb()
        try:
            with self._zip.open(info) as stream:
                data = stream.read(self._left + 1)
        except _DAMAGE as error:
            raise self._broken() from error
        if len(data) > self._left:  # the size written in the archive was a lie
            raise self._bomb()
        self._left -= len(data)
        return data

    def xml(self, part: str) -> _Element:
        """One part as XML. Raises UnreadableFile, also for a DTD."""
        return parse_xml(self.part(part), self.name)


def parse_xml(data: bytes, name: str) -> _Element:
    """The root of an XML text, entities and network off.

    Raises UnreadableFile for broken XML and for any document type declaration: no program
    writes one into a document, and entities are how such files do harm.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    hostile = UnreadableFile(
        f"“{name}” declares XML entities, which no document of its kind needs; "
        "nothing was imported.",
        "Save it again in the program that made it, or do not trust it.",
    )
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
        raise hostile
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(
            f"“{name}” is damaged: its text is not well-formed; nothing was imported.",
            "Open it in the program that made it and save it again.",
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise hostile
    return root
