"""Domains by relevance, each figure opening its passages."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ikt_coder.services.beliefs import DomainRelevance
from ikt_coder.ui.beliefs.reading import BeliefsRead
from ikt_coder.ui.comparison.agreement.grid import Grid, GridView, Head, Shown
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.empty_view import EmptyView

translate = QCoreApplication.translate


class RelevanceView(QWidget):
    """The ranking of Atkins 2017: frequency, statements, conflict, strength."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look, px = context.appearance, context.appearance.px
        self.grid = GridView(look)
        self.grid.opened.connect(context.passages_wanted)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setProperty("tone", "dim")
        self.note.setProperty("face", "small")
        self.empty = EmptyView(
            look,
            "framework",
            self.tr("No domain is coded yet"),
            self.tr("Code with a framework such as TDF; its domains are then ranked here."),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(14), px(10))
        column.setSpacing(px(8))
        column.addWidget(self.grid, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.note)

    def show_read(self, read: BeliefsRead) -> None:
        some = bool(read.relevance)
        self.grid.setVisible(some)
        self.note.setVisible(some)
        self.empty.setVisible(not some)
        conflict = self.tr(
            "Conflicting: statements of both directions, or a mixed one. Strong: codings marked "
            "as strong. Which domains are relevant is for you to judge."
        )
        self.note.setText(f"{read.note} {conflict}")
        self.grid.show_grid(_grid(read))

    def focus_grid(self) -> None:
        if self.grid.isVisibleTo(self):
            if not self.grid.currentIndex().isValid():
                self.grid.setCurrentIndex(self.grid.figures.index(0, 1))
            self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _grid(read: BeliefsRead) -> Grid:
    behind: dict[UUID | None, dict[UUID, None]] = {}
    for row in read.beliefs:
        behind.setdefault(row.code, {}).update(dict.fromkeys(row.codings))
    return Grid(
        translate("Beliefs", "Relevance of domains"),
        (
            Head(translate("Beliefs", "Domain"), width=260, figures=False),
            Head(translate("Beliefs", "Participants"), width=100),
            Head(translate("Beliefs", "Passages"), width=90),
            Head(translate("Beliefs", "Statements"), width=96),
            Head(translate("Beliefs", "Conflicting"), width=100),
            Head(translate("Beliefs", "Strong"), width=84),
        ),
        tuple(_row(one, tuple(behind.get(one.code, ()))) for one in read.relevance),
    )


def _row(one: DomainRelevance, behind: tuple[UUID, ...]) -> tuple[Shown, ...]:
    conflict = translate("Beliefs", "yes") if one.conflicting else translate("Beliefs", "no")
    return (
        Shown(one.name, one.name),
        Shown(str(one.participants), one.participants, one.codings or None),
        Shown(str(one.passages), one.passages, one.codings or None),
        Shown(str(one.beliefs), one.beliefs, behind or None),
        Shown(conflict if one.beliefs else "—", one.conflicting if one.beliefs else None),
        Shown(str(len(one.strong)), len(one.strong), one.strong or None),
    )
