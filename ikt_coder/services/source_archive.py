"""Several original files kept as one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

_MOMENT = (1980, 1, 1, 0, 0, 0)


def packed(files: Sequence[tuple[str, bytes]]) -> bytes:
    """A zip archive of files by name; the same files always give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for index, (name, data) in enumerate(files):
            taken = name in archive.namelist()
            entry = zipfile.ZipInfo(f"{index + 1} {name}" if taken else name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return target.getvalue()
