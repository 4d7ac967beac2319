"""Keys and menu entries of the board: everything a drag does is done by key as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

from ikt_coder.ui.themes.code_card import CodeCard
from ikt_coder.ui.themes.drag import SOURCE, carried, mime_of_codes, mime_of_theme
from ikt_coder.ui.themes.theme_card import ThemeCard

if TYPE_CHECKING:
    from ikt_coder.ui.themes.board import Board, Card

Key = Qt.Key
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_MOVES = (
    Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End,
)  # fmt: skip


class BoardKeys(QObject):
    """Letters act only while a card has the focus; every act has a menu entry."""

    def __init__(self, board: Board) -> None:
        super().__init__(board)
        self._board = board
        self.new = self._action(self.tr("New theme"), "N", self._add)
        self.sub = self._action(self.tr("New sub-theme"), "Shift+N", self._add_below)
        self.open = self._action(self.tr("Open"), "Return", self._open)
        self.rename = self._action(self.tr("Rename"), "F2", self._rename)
        self.move = self._action(self.tr("Move to theme…"), "T", self._pick)
        self.link = self._action(self.tr("Link to a theme…"), "L", self._link)
        self.along = self._action(self.tr("Go along a link"), "G", self._along)
        self.cut = self._action(self.tr("Cut"), QKeySequence.StandardKey.Cut, self._cut)
        self.copy = self._action(self.tr("Copy"), QKeySequence.StandardKey.Copy, self._copy)
        self.paste = self._action(self.tr("Paste"), QKeySequence.StandardKey.Paste, self._paste)
        self.earlier = self._action(self.tr("Move earlier"), "Ctrl+Up", lambda: self._shift(-1))
        self.later = self._action(self.tr("Move later"), "Ctrl+Down", lambda: self._shift(1))
        self.top = self._action(self.tr("Move to the top level"), "", self._to_top)
        self.remove = self._action(self.tr("Take out of the theme"), "Del", self._remove)

    def _action(self, text: str, key: str | QKeySequence.StandardKey, act: object) -> QAction:
        action = QAction(text, self)
        # Shown in the menu; the keys themselves are read where a card has the focus.
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
        action.triggered.connect(act)
        return action

    def actions(self) -> list[QAction]:
        """The acts that fit the current card, for menus."""
        card = self._board.current
        gap = QAction(self)
        gap.setSeparator(True)
        if isinstance(card, ThemeCard) and card.theme is not None:
            self.open.setText(self.tr("Open fields"))
            self.remove.setText(self.tr("Delete theme"))
            nested = [self.top] if card.nested else []
            links = [self.link, *([self.along] if card.links else [])]
            acts = [self.open, self.rename, self.sub, self.new, gap, self.move, *nested, *links]
            return [*acts, self.earlier, self.later, self.paste, self.remove]
        if isinstance(card, CodeCard):
            self.open.setText(self.tr("Show passages"))
            self.remove.setText(self.tr("Take out of the theme"))
            out = [self.remove] if card.theme is not None else []
            return [self.open, gap, self.move, self.cut, self.copy, self.paste, *out, self.new]
        return [self.new, self.paste]

    def press(self, event: QKeyEvent) -> bool:
        """Act on a key; False where it is none of ours."""
        board = self._board
        key, modifiers = Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        board.context.appearance.set_focus_by_keyboard(True)
        if key in _MOVES and modifiers == Qt.KeyboardModifier.NoModifier:
            self._go(key)
            return True
        sequence = QKeySequence(event.keyCombination())
        if key in (Key.Key_Enter, Key.Key_Return) and not modifiers:
            self.open.trigger()
        elif key in (Key.Key_Delete, Key.Key_Backspace) and not modifiers:
            self.remove.trigger()
        elif key == Key.Key_Space and not modifiers:
            board.toggle_chosen()
        elif key == Key.Key_Menu or (key == Key.Key_F10 and modifiers == _SHIFT):
            board.show_menu()
        elif key == Key.Key_Escape and (board.chosen or board.cut):
            board.chosen.clear()
            board.cut.clear()
            board.mark()
        else:
            for action in (
                self.new, self.sub, self.rename, self.move, self.cut, self.copy, self.paste,
                self.earlier, self.later, self.link, self.along,
            ):  # fmt: skip
                if sequence in action.shortcuts():
                    action.trigger()
                    return True
            return False
        return True

    # -- moving about ---------------------------------------------------------------------

    def _go(self, key: Qt.Key) -> None:
        board = self._board
        cards = board.cards()
        if not cards:
            return
        here = board.current
        if here is None or here not in cards:
            board.set_current(cards[0])
            return
        at = cards.index(here)
        steps = {
            Key.Key_Up: max(0, at - 1),
            Key.Key_Down: min(len(cards) - 1, at + 1),
            Key.Key_Home: 0,
            Key.Key_End: len(cards) - 1,
        }
        to = cards[steps[key]] if key in steps else self._beside(here, key == Key.Key_Right)
        if to is not None:
            board.set_current(to)

    def _beside(self, here: Card, right: bool) -> Card | None:
        """The card in the nearest column on one side, at about the same height."""
        board = self._board
        if board.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            right = not right
        top = next(t for t in board.tops if here in t.cards())
        columns = sorted({t.x() for t in board.tops})
        at = columns.index(top.x()) + (1 if right else -1)
        if not 0 <= at < len(columns):
            return None
        height = here.mapTo(board.canvas, QPoint(0, 0)).y()
        there = [c for t in board.tops if t.x() == columns[at] for c in t.cards()]
        return min(there, key=lambda c: abs(c.mapTo(board.canvas, QPoint(0, 0)).y() - height))

    # -- acts -----------------------------------------------------------------------------

    def _theme(self) -> ThemeCard | None:
        card = self._board.current
        return card if isinstance(card, ThemeCard) and card.theme is not None else None

    def _add(self) -> None:
        if not self._board.isVisible():
            self._board.context.place_wanted.emit("themes")
        self._board.add()

    def _add_below(self) -> None:
        card = self._board.current
        self._board.add(card.theme if card is not None else None)

    def _open(self) -> None:
        card = self._board.current
        if isinstance(card, ThemeCard):
            if card.theme is not None:
                self._board.fields_wanted.emit(card.theme)
        elif card is not None:
            card.opened.emit(card)

    def _rename(self) -> None:
        card = self._theme()
        if card is not None:
            card.rename()

    def _pick(self) -> None:
        held = self._board.held()
        if not held.empty and self._board.current is not None:
            self._board.picker_wanted.emit(held, self._board.current)

    def _link(self) -> None:
        card = self._theme()
        if card is not None:
            self._board.link_wanted.emit(card.theme, card)

    def _along(self) -> None:
        """Where there are several links, a menu asks which."""
        card = self._theme()
        if card is None or not card.links:
            return
        if len(card.links) == 1:
            card.links[0].click()
            return
        menu = self.links_menu()
        menu.popup(card.mapToGlobal(QPoint(12, 32)))

    def links_menu(self) -> QMenu:
        """The links of the current card, to go along."""
        menu = QMenu(self._board)
        card = self._theme()
        for line in card.links if card is not None else ():
            menu.addAction(line.text()).triggered.connect(lambda _c=False, line=line: line.click())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _cut(self) -> None:
        board = self._board
        held = board.held()
        if held.codes:
            QGuiApplication.clipboard().setMimeData(mime_of_codes(held.codes, held.source))
            board.cut = {("code", held.source, code) for code in held.codes}
        elif held.theme is not None:
            QGuiApplication.clipboard().setMimeData(mime_of_theme(held.theme))
        board.mark()

    def _copy(self) -> None:
        held = self._board.held()
        if held.codes:
            data = mime_of_codes(held.codes, held.source)
            data.removeFormat(SOURCE)
            QGuiApplication.clipboard().setMimeData(data)
            self._board.cut.clear()
            self._board.mark()

    def _paste(self) -> None:
        board = self._board
        data = QGuiApplication.clipboard().mimeData()
        what = carried(data) if data is not None else None
        if what is None or what.empty or board.current is None:
            return
        board.put(what, board.current.theme)
        if what.moved or what.theme:
            QGuiApplication.clipboard().clear()

    def _shift(self, by: int) -> None:
        card, snapshot = self._theme(), self._board.snapshot
        row = snapshot.theme(card.theme) if card is not None and snapshot is not None else None
        if row is None or snapshot is None:
            return
        sisters = [sister.id for sister in snapshot.children(row.parent)]
        to = sisters.index(row.id) + by
        if 0 <= to < len(sisters):
            # The place is counted with the theme still in its own: later ones lie one on.
            self._board.acts.move_theme(row.id, row.parent, to + 1 if by > 0 else to)

    def _to_top(self) -> None:
        card = self._theme()
        if card is not None and card.theme is not None:
            self._board.acts.move_theme(card.theme, None)

    def _remove(self) -> None:
        board = self._board
        card, held = board.current, board.held()
        if isinstance(card, CodeCard) and card.theme is not None:
            board.follow(("theme", card.theme, None))
            if held.codes:
                board.acts.take_out(card.theme, held.codes)
            elif held.codings:
                board.acts.take_out_codings(card.theme, held.codings)
        elif isinstance(card, ThemeCard) and card.theme is not None:
            board.acts.delete(card.theme)
