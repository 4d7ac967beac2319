"""What the list of documents shows, and choosing in it."""

from __future__ import annotations

from ikt_coder.ui.documents.panel import DocumentsPanel
from ikt_coder.ui.documents.tree import Kind
from tests.ui.documents.workplace import Workplace

FIRST, SECOND = "P01 Patient partner", "P02 Clinician"


def choose(panel: DocumentsPanel, work: Workplace, title: str) -> None:
    index = panel.model.index_of((Kind.DOCUMENT, work.document(title).id))
    panel.tree.setCurrentIndex(index)
    panel.tree.setFocus()


def shown(panel: DocumentsPanel) -> list[str]:
    """Names from top to bottom, two spaces in for what lies in a folder."""
    rows = []
    index = panel.model.index(0, 0)
    while index.isValid():
        inside = "  " if index.parent().isValid() else ""
        rows.append(inside + str(index.data()))
        index = panel.tree.indexBelow(index)
    return rows
