"""Projects for the tests of the documents panel and the import dialog."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.documents.panel import DocumentsPanel
from tests.ui.documents.workplace import Workplace, workplace


@pytest.fixture
def work(tmp_path: Path, qtbot: QtBot, appearance: Appearance) -> Iterator[Workplace]:
    with workplace(tmp_path, qtbot, appearance) as made:
        yield made


@pytest.fixture
def new_work(tmp_path: Path, qtbot: QtBot, appearance: Appearance) -> Iterator[Workplace]:
    """A project in which nothing is yet."""
    with workplace(tmp_path, qtbot, appearance, empty=True) as made:
        yield made


@pytest.fixture
def panel(work: Workplace) -> DocumentsPanel:
    made = DocumentsPanel(work.context)
    made.tester = QAbstractItemModelTester(  # type: ignore[attr-defined]  # lives with the panel
        made.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    work.show(made, 260, 640)
    return made
