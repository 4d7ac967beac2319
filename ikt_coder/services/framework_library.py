"""The user's own frameworks on this computer: files that any project can take in."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from ikt_coder.codebooks.catalogue import keys
from ikt_coder.codebooks.framework import OWN_SETS, Framework
from ikt_coder.codebooks.framework_file import parse_framework
from ikt_coder.codebooks.json_lines import Fault
from ikt_coder.codebooks.schema import FrameworkError
from ikt_coder.core.errors import NotFound, UnreadableFile, UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.exporters.replacement import replacing
from ikt_coder.paths import frameworks_dir

LARGEST = 20_000_000
"""Bytes; a framework of 2,000 nodes with long definitions has less than one of them."""


@frozen
class Kept:
    """A file of the library. ``framework`` is None where it can no longer be read; ``faults``
    say why."""

    path: Path
    framework: Framework | None
    faults: tuple[Fault, ...] = ()

    @property
    def name(self) -> str:
        return self.framework.name if self.framework else self.path.name


class FrameworkLibrary:
    """Frameworks of one's own, made or got from others; each is a file ``<id>.json``."""

    def __init__(self, folder: Callable[[], Path] = frameworks_dir) -> None:
        self._folder = folder

    def all(self) -> tuple[Kept, ...]:
        """Every framework of the library, by name; also those that cannot be read any more."""
        found = []
        for path in self._folder().glob("*.json"):
            try:
                found.append(Kept(path, read_framework(path)[0]))
            except FrameworkError as error:
                found.append(Kept(path, None, error.located))
            except UserError as error:
                found.append(Kept(path, None, (Fault(error.what),)))
        return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.path.name)))

    def has(self, key: str) -> bool:
        """Whether there is a file for this id."""
        return (self._folder() / f"{key}.json").is_file()

    def find(self, key: str) -> tuple[Framework, str] | None:
        """A framework and the text of its file; None where the library has none of this id.
        Raises FrameworkError where the file was spoilt."""
        path = self._folder() / f"{key}.json"
        return read_framework(path) if path.parent == self._folder() and path.is_file() else None

    def install(self, path: Path, *, replace: bool = False) -> Framework:
        """Take a file into the library.

        Raises FrameworkError that lists every fault with its line, UnreadableFile, and UserError
        where the id is taken by another framework (unless it may ``replace`` it).
        """
        framework, text = read_own_framework(path)
        target = self._folder() / f"{framework.key}.json"
        if target.exists() and not replace and target.read_bytes() != text.encode():
            raise UserError(
                f"The library has another framework with the id “{framework.key}”; it was kept.",
                "Replace it, or give this one another id.",
            )
        with replacing(target) as stream:
            stream.write(text.encode())
        return framework

    def remove(self, key: str) -> None:
        """Take a framework out of the library; projects that use it keep their copy.
        Raises NotFound."""
        for kept in self.all():
            if key in (kept.path.stem, kept.framework.key if kept.framework else ""):
                kept.path.unlink(missing_ok=True)
                return
        raise NotFound(f"The library has no framework “{key}”.")


def read_own_framework(path: Path) -> tuple[Framework, str]:
    """A framework of the user's and the text of its file.

    Raises FrameworkError that lists every fault with its line, UnreadableFile, and UserError
    where it has the id of a framework that comes with the program.
    """
    framework, text = read_framework(path)
    if framework.key in keys() or framework.key.startswith(OWN_SETS):
        raise UserError(
            f"The id “{framework.key}” of {path.name} belongs to the program; nothing was added.",
            "Give the framework another “id” in its file.",
        )
    return framework, text


def read_framework(path: Path) -> tuple[Framework, str]:
    """The framework of a file, and its text. Raises FrameworkError and UnreadableFile."""
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableFile(f"{path.name} is too large for a framework; nothing was added.")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"{path.name} cannot be read ({error.strerror or error}); nothing was added."
        ) from error
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = Fault("this is not UTF-8 text; save the file with the encoding UTF-8", line)
        raise FrameworkError(path.name, [fault]) from error
    return stored_framework(text, path.name), text


@lru_cache(maxsize=64)
def stored_framework(text: str, name: str) -> Framework:
    """A framework out of a text, which is read once. Raises FrameworkError."""
    return parse_framework(text, name)
