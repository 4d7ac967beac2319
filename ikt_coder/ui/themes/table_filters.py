"""Which documents, people and themes a theme table counts: kinds of filter, and their chips."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import ThemeStatus
from ikt_coder.services.interview_guide.rows import QuestionRow
from ikt_coder.services.project import Project
from ikt_coder.services.rows import DocumentRow, FolderRow, ThemeRow
from ikt_coder.services.theme_table import ThemeTableOptions
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.retrieval.chip import Chip
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.themes.wording import status_name
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

translate = QCoreApplication.translate


@frozen
class Offered:
    """What there is to choose among; read away from the main thread."""

    documents: tuple[DocumentRow, ...] = ()
    folders: tuple[FolderRow, ...] = ()
    groups: tuple[str, ...] = ()
    themes: tuple[ThemeRow, ...] = ()
    questions: tuple[QuestionRow, ...] = ()


def read_offered(project: Project, themes: tuple[ThemeRow, ...]) -> Offered:
    people = project.participants.all()
    return Offered(
        project.documents.all(),
        project.folders.all(),
        tuple(dict.fromkeys(row.group for row in people if row.group)),
        themes,
        project.guide.all(),
    )


@frozen
class FilterKind:
    """A filter that holds a set; an empty one leaves everything in. ``ask`` is its entry in
    the menu, ``title`` stands on its chip."""

    field: str
    ask: str
    title: str
    choices: Callable[[Offered], list[Choice]]

    def chosen(self, options: ThemeTableOptions) -> frozenset[Hashable]:
        held: frozenset[Hashable] = getattr(options, self.field)
        return held

    def put(self, options: ThemeTableOptions, chosen: frozenset[Hashable]) -> ThemeTableOptions:
        return replace(options, **cast("dict[str, Any]", {self.field: chosen}))

    def says(self, options: ThemeTableOptions, offered: Offered) -> str:
        """ "Groups: patient partner, caregiver" """
        chosen = self.chosen(options)
        names = [one.name for one in self.choices(offered) if one.key in chosen]
        if len(names) < len(chosen):
            names.append(translate("Themes", "no longer there"))
        return f"{self.title}: {', '.join(names)}"


def filter_kinds() -> list[FilterKind]:
    """The filters in the order of the menu."""
    return [
        FilterKind(
            "documents",
            translate("Themes", "Only some documents…"),
            translate("Themes", "Documents"),
            lambda offered: [Choice(row.id, row.title) for row in offered.documents],
        ),
        FilterKind(
            "folders",
            translate("Themes", "Only some folders…"),
            translate("Themes", "Folders"),
            lambda offered: [Choice(row.id, row.name) for row in offered.folders],
        ),
        FilterKind(
            "groups",
            translate("Themes", "Only some groups of participants…"),
            translate("Themes", "Groups"),
            lambda offered: [Choice(name, name) for name in offered.groups],
        ),
        FilterKind(
            "questions",
            translate("Themes", "Only answers to some questions…"),
            translate("Themes", "Answers to"),
            lambda offered: [Choice(row.id, row.name) for row in offered.questions],
        ),
        FilterKind(
            "statuses",
            translate("Themes", "Only themes of some status…"),
            translate("Themes", "Status"),
            lambda _offered: [Choice(one, status_name(one)) for one in ThemeStatus],
        ),
        FilterKind(
            "themes",
            translate("Themes", "Only some themes…"),
            translate("Themes", "Themes"),
            _themes,
        ),
    ]


def _themes(offered: Offered) -> list[Choice]:
    names = {row.id: row.name for row in offered.themes}
    return [
        Choice(row.id, row.name, below=names.get(row.parent, "") if row.parent else "")
        for row in offered.themes
    ]


class TableFilters(QWidget):
    """A chip for each filter that is set; a click changes it, its cross takes it away. Not
    there while nothing is filtered."""

    changed = Signal(object)  # ThemeTableOptions

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = appearance
        self._options = ThemeTableOptions()
        self.offered = Offered()
        self.kinds = filter_kinds()
        self.chips: dict[str, Chip] = {}
        self._row = WrapLayout(self, across=6, down=6)
        self.hide()

    def set_offered(self, offered: Offered) -> None:
        self.offered = offered
        self.show_options(self._options)

    def offers(self, kind: FilterKind) -> bool:
        """Whether there is anything to choose by this filter."""
        return len(kind.choices(self.offered)) > 1

    def show_options(self, options: ThemeTableOptions) -> None:
        """Show the filters of these options."""
        self._options = options
        wanted = {k.field: k.says(options, self.offered) for k in self.kinds if k.chosen(options)}
        if [*wanted] != [*self.chips]:
            for chip in self.chips.values():
                self._row.removeWidget(chip)
                chip.hide()
                chip.deleteLater()
            self.chips = {}
            for kind in self.kinds:
                if kind.field in wanted:
                    self._add(kind, wanted[kind.field])
        for field, words in wanted.items():
            self.chips[field].set_words(words)
        self.setVisible(bool(wanted))
        self.updateGeometry()

    def _add(self, kind: FilterKind, words: str) -> None:
        chip = Chip(self._look, words, icon="filter", parent=self)
        chip.clicked.connect(lambda: self.open_choices(kind, chip))
        chip.removed.connect(lambda: self._put(kind, frozenset()))
        self._row.addWidget(chip)
        chip.show()
        self.chips[kind.field] = chip

    def choices(self, kind: FilterKind) -> ChoiceList:
        """What may be chosen by one filter, with check marks."""
        made = ChoiceList(
            self._look,
            kind.title,
            kind.choices(self.offered),
            several=True,
            checked=kind.chosen(self._options),
        )
        made.changed.connect(partial(self._put, kind))
        return made

    def open_choices(self, kind: FilterKind, anchor: QWidget) -> None:
        open_choices(self._look, self.choices(kind), anchor, close_after=False)

    def _put(self, kind: FilterKind, chosen: frozenset[Hashable]) -> None:
        self.changed.emit(kind.put(self._options, chosen))
