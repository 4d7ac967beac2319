"""Under the text: how the item is settled, with which edges, direction, levels and reason."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from uuid import UUID

from PySide6.QtCore import QDate, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QMenu, QSizePolicy, QVBoxLayout, QWidget

from ikt_coder.core.rounds import DecisionKind
from ikt_coder.core.words import Valence
from ikt_coder.services.settling_rows import Choice, Edges, ItemState
from ikt_coder.ui.comparison.columns.item_words import (
    class_words,
    decided_words,
    sides_words,
    state_words,
)
from ikt_coder.ui.comparison.columns.study import Study
from ikt_coder.ui.comparison.settle.choice_button import ChoiceButton
from ikt_coder.ui.comparison.settle.deciding import Deciding
from ikt_coder.ui.comparison.settle.definitions import Definitions, Worded
from ikt_coder.ui.comparison.settle.draft import AS_CODED, Direction, Way
from ikt_coder.ui.comparison.settle.reason_field import ReasonField
from ikt_coder.ui.comparison.settle.wording import choice_words, edges_words, reason_prompt
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import figure
from ikt_coder.ui.retrieval.choices import Choice as Listed
from ikt_coder.ui.retrieval.choices import ChoiceList, open_choices
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.scroll_column import ScrollColumn
from ikt_coder.ui.widgets.text_label import TextLabel
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

OTHER, DEFER, NOTE, REOPEN = "C", "A", "M", "Del"
_BESIDE = 620
"""Pixels at 100 %, from which the definitions stand beside the choices and not below."""


class DecisionPanel(QWidget):
    """Shows what :class:`Deciding` holds; every act goes there."""

    looked_at = Signal(object)
    """The choice whose outcome is worth showing, or None."""
    code_wanted = Signal()
    note_wanted = Signal()
    left = Signal()
    """The keyboard goes back to the queue."""

    def __init__(self, context: Context, deciding: Deciding) -> None:
        super().__init__()
        self._context = context
        self._deciding = deciding
        look = self._look = context.appearance
        self._study: Study | None = None
        self._where = ""
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.RichText)
        self.title.setWordWrap(True)
        self.others = TextLabel(look, role="dim", most_lines=3)
        self.state = QLabel()
        self.state.setTextFormat(Qt.TextFormat.RichText)
        self.state.setWordWrap(True)
        self.state.setProperty("tone", "dim")
        self.buttons: list[ChoiceButton] = []
        self._choices = QWidget()
        self._choice_row = WrapLayout(self._choices, across=8, down=8)
        self.edges_pill = Pill(look, opens=True)
        self.direction_pill = Pill(look, opens=True)
        self.levels_pill = Pill(look, opens=True)
        self.present_pill = Pill(look, opens=True)
        self.reason = ReasonField(look)
        self.definitions = Definitions(look)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        px = self._look.px
        result = QWidget()
        row = WrapLayout(result, across=6, down=6)
        for pill in (
            self.edges_pill,
            self.direction_pill,
            self.levels_pill,
            self.present_pill,
        ):
            row.addWidget(pill)
        self._main = QWidget()
        column = QVBoxLayout(self._main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(9))
        for part in (self.title, self.others, self._choices, result, self.reason, self.state):
            column.addWidget(part)
        column.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(px(20), px(12), px(18), px(12))
        self._row.setSpacing(px(24))
        # The decision is whole to be seen; a long definition scrolls beside it.
        self._beside = ScrollColumn(self.definitions)
        self.definitions.setProperty("transparent", "true")
        self._row.addWidget(self._main, 8)
        self._row.addWidget(self._beside, 5)

    def _connect(self) -> None:
        deciding = self._deciding
        deciding.changed.connect(self._show)
        self.edges_pill.clicked.connect(self._open_edges)
        self.direction_pill.clicked.connect(self._open_directions)
        self.levels_pill.clicked.connect(self.open_levels)
        self.definitions.unclear_wanted.connect(
            lambda: deciding.take_way(Way(DecisionKind.UNCLEAR))
        )
        self.reason.typed.connect(deciding.set_reason)
        self.reason.category_chosen.connect(self._take_category)
        self.reason.entered.connect(self._reason_entered)
        self.reason.left.connect(self._leave_reason)

    def minimumSizeHint(self) -> QSize:
        # Wide enough for either part: they stand below each other where there is no more room.
        px = self._look.px
        parts = (self._main.minimumSizeHint(), self._beside.minimumSizeHint())
        return QSize(max(part.width() for part in parts) + px(20) + px(18), px(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= self._look.px(_BESIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)
        self._fit_definitions()

    def _fit_definitions(self) -> None:
        """Below the decision they take their height; beside it, what height there is."""
        below = self._row.direction() == QBoxLayout.Direction.TopToBottom
        height = self.definitions.heightForWidth(self._beside.viewport().width()) if below else 0
        self._beside.setMinimumHeight(max(0, height))
        policy = QSizePolicy.Policy.Minimum if below else QSizePolicy.Policy.Ignored
        self._beside.setSizePolicy(QSizePolicy.Policy.Preferred, policy)

    def wanted_height(self) -> int:
        """Pixels that the decision takes at its present width."""
        layout, margins = self._main.layout(), self._row.contentsMargins()
        around = margins.top() + margins.bottom()
        return (layout.totalHeightForWidth(self._main.width()) if layout else 0) + around

    # -- showing ----------------------------------------------------------------------------

    def show_item(
        self,
        study: Study,
        where: str,
        frozen: Mapping[UUID, Worded],
        number: int | None,
        *,
        columns: int = 3,
    ) -> None:
        """The place ("P01, 05:39, “Once they moved them …”") and the codes of the item that
        is on the desk."""
        self._study, self._where = study, where
        item = self._deciding.item
        rest = item.sides[columns:] if item is not None else ()
        words = self.tr("Also: {coders}").replace("{coders}", sides_words(rest, study))
        self.others.set_text(words if rest else "")
        self.others.setVisible(bool(rest))
        self.definitions.actor = study.actor
        self.definitions.show_codes(self._deciding.item, study, frozen, number)
        self._fit_definitions()
        self._show()

    def _show(self) -> None:
        deciding, study = self._deciding, self._study
        item = deciding.item
        for widget in (self._main, self._beside):
            widget.setVisible(item is not None)
        if item is None or study is None:
            return
        beside = class_words(item)
        if item.overlap is not None and not study.reflexive:
            share = self.tr("overlap {share}\u00a0%").format(share=round(item.overlap * 100))
            beside += f" · {share}"
        dim = self._look.colour("dim").name()
        lead = self.tr("Talk over: {where}") if study.reflexive else self.tr("Settle: {where}")
        self.title.setText(
            f"<b>{escape(lead.replace('{where}', self._where))}</b> "
            f'<span style="color:{dim}">{escape(beside)}</span>'
        )
        self._show_choices(study)
        self._show_result(study)
        self._show_state(study)
        draft = deciding.draft
        self.reason.show_reason(draft.category, draft.reason, reason_prompt(deciding.way))

    def _show_choices(self, study: Study) -> None:
        deciding = self._deciding
        item = deciding.item
        assert item is not None
        able, may_write = not deciding.why_not, not self._context.project.read_only
        wanted: list[tuple[str, str, Way | None]] = [
            (choice.key, choice_words(choice, study), Way(choice.kind, choice))
            for choice in deciding.choices
        ]
        wanted.append((OTHER, self.tr("Other code…"), None))
        wanted.append((DEFER, self.tr("Defer…"), Way(DecisionKind.DEFER)))
        note = self.tr("Note…") if not item.notes else self.tr("Notes ({n})…")
        wanted.append((NOTE, note.format(n=figure(item.notes)), None))
        if item.state is not ItemState.OPEN:
            wanted.append((REOPEN, self.tr("Open it again"), None))
        if [(b.key, b.text()) for b in self.buttons] != [(key, words) for key, words, _ in wanted]:
            self._make_buttons([(key, words) for key, words, _ in wanted])
        chosen = self._chosen_key()
        for button, (key, _words, way) in zip(self.buttons, wanted, strict=True):
            button.way = way
            button.setChecked(key == chosen)
            # A deferral can be taken back by those who may not decide the item now.
            button.setEnabled(able or key == NOTE or (key == REOPEN and may_write))

    def _make_buttons(self, wanted: list[tuple[str, str]]) -> None:
        focused = any(button.hasFocus() for button in self.buttons)
        for old in self.buttons:
            self._choice_row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = []
        for key, words in wanted:
            button = ChoiceButton(self._look, key, words, self._choices)
            button.clicked.connect(lambda _on=False, button=button: self._take(button))
            button.looked_at.connect(
                lambda on, button=button: self.looked_at.emit(_choice_of(button) if on else None)
            )
            self._choice_row.addWidget(button)
            button.show()
            self.buttons.append(button)
        if focused:
            self.left.emit()

    def _chosen_key(self) -> str:
        """The key of what waits for its reason, else of what was decided."""
        deciding = self._deciding
        way, item = deciding.way, deciding.item
        if way is not None:
            if way.choice is not None:
                return way.choice.key
            return {DecisionKind.OTHER_CODE: OTHER, DecisionKind.DEFER: DEFER}.get(way.kind, "")
        key = deciding.key_of_decision()
        if not key and item is not None and item.decision is not None:
            if item.state is ItemState.SETTLED and item.decision.kind is DecisionKind.OTHER_CODE:
                return OTHER
            if item.state is ItemState.DEFERRED:
                return DEFER
        return key

    def _show_result(self, study: Study) -> None:
        deciding = self._deciding
        item, draft = deciding.item, deciding.draft
        assert item is not None
        able = not deciding.why_not
        self.edges_pill.set_words(self.tr("Edges:"), edges_words(deciding.edges(), item))
        self.direction_pill.set_words(self.tr("Direction:"), self._direction(draft.valence, study))
        levels = self.tr("as coded")
        if isinstance(draft.levels, frozenset):
            levels = ", ".join(study.level_names(draft.levels)) or self.tr("none")
        self.levels_pill.set_words(self.tr("Levels:"), levels)
        self.levels_pill.setVisible(bool(study.levels))
        for pill in (self.edges_pill, self.direction_pill, self.levels_pill, self.present_pill):
            pill.setEnabled(able)

    def _direction(self, valence: Direction, study: Study) -> str:
        if valence is None:
            return self.tr("not set")
        if isinstance(valence, Valence):
            return f"{valence.sign} {study.direction(valence)}"
        return self.tr("as coded")

    def _show_state(self, study: Study) -> None:
        item = self._deciding.item
        assert item is not None
        said = self._deciding.why_not
        if not said and item.also:
            others = [decided_words(decision, study, item) for decision in item.also]
            said = self.tr("Copies decided differently: {ways}. Decide once more.")
            said = said.format(ways=" · ".join(others))
        elif not said and item.decision is not None and item.state is not ItemState.OPEN:
            who = study.coder_name(item.decision.coder)
            at = item.decision.at.astimezone()
            day = QLocale().toString(QDate(at.year, at.month, at.day), "d MMM yyyy")
            said = " · ".join(part for part in (state_words(item, study), who, day) if part)
        self.state.setText(escape(said))
        self.state.setVisible(bool(said))

    def button(self, key: str) -> ChoiceButton:
        """The button of a key. Raises StopIteration where there is none."""
        return next(button for button in self.buttons if button.key == key)

    # -- acting -----------------------------------------------------------------------------

    def _take(self, button: ChoiceButton) -> None:
        if button.way is not None:
            self._deciding.take_way(button.way)
        elif button.key == OTHER:
            self.code_wanted.emit()
        elif button.key == NOTE:
            self.note_wanted.emit()
        else:
            self._deciding.withdraw()

    def _take_category(self, category: object) -> None:
        self._deciding.set_category(category)  # type: ignore[arg-type]  # a signal's object
        self.reason.focus_words()

    def _reason_entered(self) -> None:
        """Enter decides what waits for it; else the words are kept for the choice to come."""
        if self._deciding.reason_given():
            return
        if self._deciding.way is None:
            words = self.tr("The reason is kept for the choice to come.")
            if self._deciding.draft.has_reason:
                self._context.say(words, undo=False)
            self.left.emit()
        else:
            self._context.say(self.tr("This needs a reason: a category, or words."), undo=False)

    def _leave_reason(self) -> None:
        self._deciding.let_go()
        self.left.emit()

    def _open_edges(self) -> None:
        item = self._deciding.item
        if item is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for edges in self._deciding.offered_edges():
            words = edges_words(edges, item)
            if edges is Edges.CUSTOM:
                words = self.tr("Set by hand: drag, or S and E with the arrows")
            action = QAction(words[:1].upper() + words[1:], menu)
            action.setCheckable(True)
            action.setChecked(edges is self._deciding.edges())
            action.triggered.connect(lambda _on=False, e=edges: self._deciding.set_edges(e))
            menu.addAction(action)
        menu.popup(self.edges_pill.mapToGlobal(self.edges_pill.rect().bottomLeft()))

    def _open_directions(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        assert self._study is not None
        ways: list[tuple[str, Direction]] = [(self.tr("As coded"), AS_CODED)]
        ways += [(f"{v.sign}  {self._study.directions[v]}", v) for v in Valence]
        ways.append((self.tr("Not set"), None))
        for words, value in ways:
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(value is self._deciding.draft.valence)
            action.triggered.connect(lambda _on=False, v=value: self._deciding.set_valence(v))
            menu.addAction(action)
        menu.popup(self.direction_pill.mapToGlobal(self.direction_pill.rect().bottomLeft()))

    def open_levels(self) -> None:
        """Choose the levels of the result, as many as apply."""
        study, item = self._study, self._deciding.item
        if study is None or item is None or not study.levels or self._deciding.why_not:
            return
        held = self._deciding.draft.levels
        if not isinstance(held, frozenset):
            held = frozenset(
                level for side in item.sides for s in side.segments for level in s.levels
            )
        rows = sorted(study.levels.values(), key=lambda row: (row.framework.int, row.position))
        several = len({row.framework for row in rows}) > 1
        chooser = ChoiceList(
            self._look,
            self.tr("Levels of the result"),
            [Listed(row.id, row.name, row.framework_name if several else "") for row in rows],
            several=True,
            checked=frozenset(held),
        )
        chooser.changed.connect(self._deciding.set_levels)
        open_choices(self._look, chooser, self.levels_pill)


def _choice_of(button: ChoiceButton) -> Choice | None:
    return button.way.choice if button.way is not None else None
