"""What writes files is loaded when something is written, not when a place is first shown."""

from __future__ import annotations

import subprocess
import sys


def test_retrieve_and_themes_load_no_writers_of_files() -> None:
    script = (
        "import sys\n"
        "import ikt_coder.ui.retrieval.coded_page, ikt_coder.ui.themes.place\n"
        "print(*sorted(name for name in sys.modules if name.startswith('ikt_coder.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    loaded = set(done.stdout.split())
    assert "ikt_coder.ui.themes.place" in loaded
    assert "ikt_coder.exporters.catalogue" not in loaded
    assert "ikt_coder.services.report_catalogue" not in loaded
