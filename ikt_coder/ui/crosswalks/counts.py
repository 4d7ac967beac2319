"""What codes lead to, as a table whose figures open their passages."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ikt_coder.services.crosswalks.rows import Count, CrosswalkCount, ReachedTarget
from ikt_coder.ui.comparison.agreement.grid import Grid, GridView, Head, Shown
from ikt_coder.ui.context import Context
from ikt_coder.ui.crosswalks.reading import CrosswalksRead
from ikt_coder.ui.widgets.empty_view import EmptyView

translate = QCoreApplication.translate


class CountsView(QWidget):
    """Node by node, the codes that lead to it below it; Enter or a click opens a figure."""

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
            self.tr("Nothing leads anywhere yet"),
            self.tr("Code with a framework that a published crosswalk starts from, or draw links."),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(14), px(10))
        column.setSpacing(px(8))
        column.addWidget(self.grid, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.note)

    def show_read(self, read: CrosswalksRead) -> None:
        if read.count is None and read.groups:
            return  # not asked for: what was shown stays until it is read
        some = read.count is not None and bool(read.count.total.references)
        self.grid.setVisible(some)
        self.empty.setVisible(not some)
        self.note.setVisible(some)
        self.note.setText(read.note)
        if read.count is not None:
            self.grid.show_grid(count_grid(read.count))

    def focus_grid(self) -> None:
        if self.grid.isVisibleTo(self):
            if not self.grid.currentIndex().isValid():
                self.grid.setCurrentIndex(self.grid.figures.index(0, 2))
            self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)


def count_grid(found: CrosswalkCount) -> Grid:
    """The table of one framework."""
    rows: list[tuple[Shown, ...]] = []
    for one in found.targets:
        rows += _target(one)
    for code, candidates, count in found.undecided_by_code:
        names = translate("Crosswalks", " or ").join(target.name for target in candidates)
        rows.append(
            (
                Shown(translate("Crosswalks", "Undecided"), quiet=True),
                Shown(f"{code.name}: {names}", hint=names),
                *_figures(count),
                _figure(count.references, count),
            )
        )
    if found.unlinked.references:
        words = translate("Crosswalks", "No link")
        hint = translate("Crosswalks", "Codings whose node leads to none")
        rows.append(
            (Shown(words, quiet=True, hint=hint), Shown(""), *_figures(found.unlinked), Shown(""))
        )
    total = found.total
    rows.append(
        (
            Shown(translate("Crosswalks", "Total, each once")),
            Shown(""),
            *_figures(total),
            _figure(found.undecided.references, found.undecided),
        )
    )
    return Grid(
        translate("Crosswalks", "What codes lead to: {name}").format(name=found.group.name),
        (
            Head(translate("Crosswalks", "Leads to"), width=200, figures=False),
            Head(translate("Crosswalks", "From"), width=260, figures=False),
            Head(translate("Crosswalks", "Participants"), width=100),
            Head(translate("Crosswalks", "Passages"), width=84),
            Head(
                translate("Crosswalks", "References"),
                translate("Crosswalks", "Codings; one that repeats a direct coding is left out"),
                width=92,
            ),
            Head(
                translate("Crosswalks", "Undecided"),
                translate("Crosswalks", "Codings that may lead here and wait; not counted here"),
                width=92,
            ),
        ),
        tuple(rows),
    )


def _target(one: ReachedTarget) -> list[tuple[Shown, ...]]:
    waiting = _figure(one.waiting.references, one.waiting) if one.waiting.codings else Shown("")
    ways = []
    for way in one.ways:
        if way.code is None:
            words, hint = translate("Crosswalks", "Coded directly"), ""
        else:
            words = translate("Crosswalks", "{name}, derived").format(name=way.code.name)
            hint = translate("Crosswalks", "Worked out, never stored as a coding")
        ways.append((Shown(words, hint=hint), way.count))
    if len(ways) == 1:
        return [(Shown(one.target.name), ways[0][0], *_figures(one.total), waiting)]
    rows: list[tuple[Shown, ...]] = [
        (Shown(one.target.name), Shown(""), *_figures(one.total), waiting)
    ]
    rows += [(Shown(""), said, *_figures(count), Shown("")) for said, count in ways]
    return rows


def _figures(count: Count) -> tuple[Shown, Shown, Shown]:
    return (
        _figure(count.participants, count),
        _figure(count.passages, count),
        _figure(count.references, count),
    )


def _figure(value: int, count: Count) -> Shown:
    return Shown(str(value), value, count.codings if value else None)
