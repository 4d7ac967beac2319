"""The bar of the Agreement page: what is shown, in which unit, of which coders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QVBoxLayout, QWidget

from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import Projection, Scope, Unit
from ikt_coder.services.round_rows import RoundRow
from ikt_coder.services.rows import CoderRow
from ikt_coder.ui.comparison.agreement.grids import View
from ikt_coder.ui.comparison.wording import rule_word, scope_word, unit_word
from ikt_coder.ui.context import Context
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.widgets.pill import CheckChip, Pill
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_LENGTHS = (100, 250, 500)
_FEWEST = 2


@frozen
class Asking:
    """What the figures are to be counted in; None is what was laid down."""

    coders: tuple[UUID, ...] = ()
    unit: Unit | None = None
    unit_size: int | None = None
    rule: Projection | None = None
    scope: Scope | None = None
    roll_up: bool = False


class ChoicesBar(QFrame):
    """Pills open menus; whatever was laid down when the round was set up stands first."""

    view_chosen = Signal(object)  # View
    asked = Signal()  # something else is to be counted
    shown = Signal()  # more or fewer columns and rows
    report_asked = Signal(str)  # a key of the catalogue

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look, px = context.appearance, context.appearance.px
        self._look = look
        self.setProperty("surface", "panel")
        self.setProperty("line", "bottom")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.asking = Asking()
        self.view = View.CODES
        self._views: tuple[View, ...] = (View.CODES, View.DOCUMENTS)
        self._row: RoundRow | None = None
        self._coders: tuple[CoderRow, ...] = ()
        self.view_pill = Pill(look, self.tr("Show"), opens=True)
        self.coders_pill = Pill(look, self.tr("Coders"), opens=True)
        self.unit_pill = Pill(look, self.tr("Unit"), opens=True)
        self.more = CheckChip(look, self.tr("More figures"))
        self.more.setToolTip(self.tr("Also computed: alpha, AC1, positive agreement and others"))
        self.unused = CheckChip(look, self.tr("Unused codes"))
        self.unused.setToolTip(self.tr("Also codes that nobody used: they have no coefficient"))
        self.export_pill = Pill(look, self.tr("Export"), icon="export", opens=True)
        row_holder = QWidget()
        row = WrapLayout(row_holder, across=px(6), down=px(4))
        for widget in (
            self.view_pill, self.coders_pill, self.unit_pill, self.more, self.unused,
            self.export_pill,
        ):  # fmt: skip
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 14, 6)
        column.addWidget(row_holder)
        self.view_pill.clicked.connect(self._choose_view)
        self.coders_pill.clicked.connect(self._choose_coders)
        self.unit_pill.clicked.connect(self._choose_unit)
        self.export_pill.clicked.connect(self._choose_report)
        for chip in (self.more, self.unused):
            chip.clicked.connect(self.shown)
        self._say()

    def follow(
        self, row: RoundRow | None, coders: Sequence[CoderRow], views: Sequence[View]
    ) -> None:
        """Take over what there is to choose from."""
        if (row and row.id) != (self._row and self._row.id):
            self.asking = Asking()
        self._row, self._coders, self._views = row, tuple(coders), tuple(views)
        known = {coder.id for coder in coders}
        if not set(self.asking.coders) <= known:
            self.asking = replace(self.asking, coders=())
        if self.view not in self._views:
            self.view = View.CODES
        self._say()

    def _say(self) -> None:
        self.view_pill.set_words(self.tr("Show"), self._view_words()[self.view])
        chosen = [c.initials for c in self._coders if c.id in self.asking.coders]
        names = ", ".join(chosen) if chosen else self.tr("all")
        self.coders_pill.set_words(self.tr("Coders"), names)
        self.coders_pill.setVisible(len(self._coders) > _FEWEST)
        row, asking = self._row, self.asking
        unit = asking.unit or (row.unit if row else Unit.CHARACTERS)
        size = asking.unit_size if asking.unit else (row.unit_size if row else None)
        words = unit_word(unit, size)
        if row is not None and asking == replace(Asking(), coders=asking.coders):
            words = self.tr("{unit} (laid down)").format(unit=words)
        elif asking.roll_up:
            words = self.tr("{unit}, with sub-codes").format(unit=words)
        self.unit_pill.set_words(self.tr("Unit"), words)
        for chip in (self.more, self.unused):
            chip.setVisible(self.view is View.CODES)

    def _view_words(self) -> dict[View, str]:
        return {
            View.CODES: self.tr("codes"),
            View.DOCUMENTS: self.tr("documents"),
            View.PAIRS: self.tr("pairs of coders"),
            View.CONFUSION: self.tr("codes used instead"),
            View.CLASSES: self.tr("classes of differences"),
            View.DIRECTIONS: self.tr("directions and levels"),
            View.ROUNDS: self.tr("rounds"),
            View.UNITIZING: self.tr("segments with their edges"),
        }

    # -- menus ------------------------------------------------------------------------------

    def _menu(self, pill: Pill, menu: QMenu) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(pill.mapToGlobal(QPoint(0, pill.height())))

    def _choose_view(self) -> None:
        menu = QMenu(self)
        words = self._view_words()
        advanced = menu
        for view in self._views:
            if view is View.UNITIZING:
                advanced = menu.addMenu(self.tr("Advanced"))
            action = QAction(words[view][:1].upper() + words[view][1:], advanced)
            action.setCheckable(True)
            action.setChecked(view is self.view)
            action.triggered.connect(lambda _on=False, v=view: self.show_view(v))
            advanced.addAction(action)
        self._menu(self.view_pill, menu)

    def show_view(self, view: View) -> None:
        self.view = view
        self._say()
        self.view_chosen.emit(view)

    def _choose_coders(self) -> None:
        choices = [Choice(coder.id, coder.name, sign=coder.initials) for coder in self._coders]
        chosen = frozenset(self.asking.coders or (coder.id for coder in self._coders))
        content = ChoiceList(
            self._look, self.tr("Coders to compare"), choices, several=True, checked=chosen
        )
        content.changed.connect(self._take_coders)
        open_choices(self._look, content, self.coders_pill)

    def _take_coders(self, chosen: frozenset[UUID]) -> None:
        """Fewer than two are not taken: there would be nothing to compare."""
        if len(chosen) < _FEWEST:
            return
        everyone = len(chosen) == len(self._coders)
        coders = () if everyone else tuple(c.id for c in self._coders if c.id in chosen)
        self.ask(replace(self.asking, coders=coders))

    def _choose_unit(self) -> None:
        menu = QMenu(self)
        row, asking = self._row, self.asking
        locked = (row.unit, row.unit_size) if row else (Unit.CHARACTERS, None)
        now = (asking.unit, asking.unit_size) if asking.unit else locked
        group = QActionGroup(menu)
        units: list[tuple[Unit, int | None]] = [(u, None) for u in Unit if u is not Unit.FIXED]
        units += [(Unit.FIXED, length) for length in _LENGTHS]
        if locked not in units:
            units.append(locked)
        for unit, size in units:
            words = unit_word(unit, size)
            if row is not None and (unit, size) == locked:
                words = self.tr("{unit} (laid down)").format(unit=words)
            action = QAction(words[:1].upper() + words[1:], menu)
            action.setCheckable(True)
            action.setChecked((unit, size) == now)
            action.triggered.connect(lambda _on=False, u=unit, n=size: self._take_unit(u, n))
            group.addAction(action)
            menu.addAction(action)
        menu.addSeparator()
        rules = menu.addMenu(self.tr("A larger unit counts as coded where"))
        rule_now = asking.rule or (row.rule if row else Projection.ANY)
        for rule in Projection:
            self._add(rules, rule_word(rule), rule is rule_now, replace(asking, rule=rule))
        scopes = menu.addMenu(self.tr("Scope"))
        scope_now = asking.scope or (row.scope if row else Scope.WHOLE)
        for scope in Scope:
            if scope is not Scope.SELECTION or (row and row.scope is Scope.SELECTION):
                self._add(
                    scopes, scope_word(scope), scope is scope_now, replace(asking, scope=scope)
                )
        words = self.tr("Codes with what is coded below them")
        self._add(menu, words, asking.roll_up, replace(asking, roll_up=not asking.roll_up))
        self._menu(self.unit_pill, menu)

    def _add(self, menu: QMenu, words: str, checked: bool, asking: Asking) -> None:
        action = QAction(words[:1].upper() + words[1:], menu)
        action.setCheckable(True)
        action.setChecked(checked)
        action.triggered.connect(lambda: self.ask(asking))
        menu.addAction(action)

    def _take_unit(self, unit: Unit, size: int | None) -> None:
        row = self._row
        if row is not None and (unit, size) == (row.unit, row.unit_size):
            self.ask(replace(self.asking, unit=None, unit_size=None))
        else:
            self.ask(replace(self.asking, unit=unit, unit_size=size))

    def ask(self, asking: Asking) -> None:
        """Count in something else."""
        if asking != self.asking:
            self.asking = asking
            self._say()
            self.asked.emit()

    def _choose_report(self) -> None:
        menu = QMenu(self)
        for key, words in (
            ("agreement", self.tr("Agreement tables…")),
            ("methods", self.tr("Methods paragraph…")),
            ("decisions", self.tr("Decision log…")),
            ("units", self.tr("Raw table of units…")),
            ("codebook_version", self.tr("Codebook versions…")),
        ):
            action = QAction(words, menu)
            action.triggered.connect(lambda _on=False, k=key: self.report_asked.emit(k))
            menu.addAction(action)
        self._menu(self.export_pill, menu)
