"""Several timed files of one talk as one text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.importers.cues import as_raw
from ikt_coder.importers.protocol import Cue, RawText


def merge_by_time(parts: Sequence[tuple[str, RawText]]) -> RawText:
    """The cues of several files of one talk in the order of their times.

    ``parts`` are file names with their texts; a cue that names nobody gets the name of its
    file without the ending. At the same moment the earlier file comes first. Raises
    UnreadableFile where a file has no times.
    """
    if not parts:
        raise UnreadableFile("No files were given to be merged; nothing was imported.")
    cues: list[Cue] = []
    said: list[str] = []
    for name, raw in parts:
        if not raw.cues:
            raise UnreadableFile(
                f"“{name}” has no times by which it could be merged; nothing was imported.",
                "Merge timed files only (.vtt, .srt, .tsv, .TextGrid).",
            )
        stem = PurePath(name).stem
        cues.extend(cue if cue.speaker else replace(cue, speaker=stem) for cue in raw.cues)
        said.extend(f"{name}: {warning}" for warning in raw.warnings)
    return as_raw(cues, said)
