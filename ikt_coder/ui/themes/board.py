"""The board: codes in no theme yet, and a card for each theme, in columns."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QScrollArea, QWidget

from ikt_coder.core.words import Approach, ThemeStatus
from ikt_coder.services.rows import CodeRow, ThemeRow
from ikt_coder.ui.context import Context
from ikt_coder.ui.themes.acts import ThemeActs
from ikt_coder.ui.themes.board_drops import BoardDrops
from ikt_coder.ui.themes.board_keys import BoardKeys
from ikt_coder.ui.themes.code_card import CodeCard
from ikt_coder.ui.themes.drag import Carried
from ikt_coder.ui.themes.link_line import LinkLine
from ikt_coder.ui.themes.snapshot import ThemesSnapshot
from ikt_coder.ui.themes.theme_card import LINKS_SHOWN, ThemeCard
from ikt_coder.ui.themes.wording import card_words, count_words, other_end, status_name
from ikt_coder.ui.widgets.announce import announce
from ikt_coder.ui.widgets.count_link import CountLink

COLUMN = 236
WIDER = 110
GAP = 14
NARROWEST = 120
LOOSE_SHOWN = 8

Card = ThemeCard | CodeCard
CardKey = tuple[str, UUID | None, UUID | None]  # "theme" or "code", theme, code


class Board(QScrollArea):
    """Drag and keys move codes and themes; each drop is one act that Undo takes back."""

    current_changed = Signal(object)
    """The theme of the current card; None for the card of codes in no theme."""
    fields_wanted = Signal(object)
    picker_wanted = Signal(object, object)  # what to move (Carried), the card beside it
    link_wanted = Signal(object, object)  # the theme to link, the card beside it
    theme_wanted = Signal(object)  # the theme at the other end of a link

    def __init__(
        self, context: Context, acts: ThemeActs, hint: QWidget, parent: QWidget | None = None
    ) -> None:
        """``hint`` stands on the empty ground while there are no themes."""
        super().__init__(parent)
        self.context = context
        self.hint = hint
        self.acts = acts
        self.snapshot: ThemesSnapshot | None = None
        self.tops: list[ThemeCard] = []
        self.current: Card | None = None
        self.chosen: set[CardKey] = set()
        self.cut: set[CardKey] = set()
        self._all_loose = False
        self._follow: CardKey | None = None
        self._rename_next: UUID | None = None
        self.keys = BoardKeys(self)
        self.drops = BoardDrops(self)
        self.canvas = _Canvas(self)
        hint.setParent(self.canvas)
        hint.hide()
        self.setWidget(self.canvas)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("surface", "ground")
        self.viewport().setProperty("surface", "ground")
        self.canvas.setProperty("surface", "ground")
        context.appearance.changed.connect(self._restyle)

    # -- building -------------------------------------------------------------------------

    def show_snapshot(self, snapshot: ThemesSnapshot) -> None:
        """Show the themes anew; the current card, the focus and the scroll place stay."""
        had_focus = self._has_focus()
        key = self._follow or (self.key_of(self.current) if self.current else None)
        scroll = self.verticalScrollBar().value()
        for card in self.tops:
            card.hide()
            card.deleteLater()
        self.snapshot = snapshot
        self.current = None
        self.tops = [self._loose_card(snapshot)]
        self.tops += [self._theme_card(row, snapshot) for row in snapshot.children(None)]
        for card in self.tops:
            card.setParent(self.canvas)
            card.show()
        self.arrange()
        self.verticalScrollBar().setValue(scroll)
        known = {self.key_of(card): card for card in self.cards()}
        self.chosen &= set(known)
        self.cut &= set(known)
        wanted = known.get(key) if key else None
        if wanted is None and key is not None:
            wanted = known.get(("theme", key[1], None))
        if wanted is not None:
            self._follow = None
            self.set_current(wanted, focus=had_focus, tell=False)
        elif had_focus:
            self.set_current(self.tops[0], tell=False)
        self._mark()
        self._begin_rename(known)

    def _begin_rename(self, known: dict[CardKey, Card]) -> None:
        card = known.get(("theme", self._rename_next, None)) if self._rename_next else None
        if isinstance(card, ThemeCard):
            self._rename_next = None
            self.set_current(card, focus=True)
            card.rename()

    def follow(self, key: CardKey, *, rename: bool = False) -> None:
        """Make this card the current one once it is there."""
        self._follow = key
        if rename:
            self._rename_next = key[1]

    def _loose_card(self, snapshot: ThemesSnapshot) -> ThemeCard:
        look = self.context.appearance
        count = len(snapshot.loose)
        words = self.tr("1 code") if count == 1 else self.tr("{n} codes")
        card = ThemeCard(
            look, self.tr("Not yet in a theme"), words.replace("{n}", str(count)), theme=None
        )
        shown = snapshot.loose if self._all_loose else snapshot.loose[:LOOSE_SHOWN]
        card.codes = [self._code_card(card, None, row, snapshot) for row in shown]
        if count > LOOSE_SHOWN:
            more = self.tr("{n} more").replace("{n}", str(count - LOOSE_SHOWN))
            card.foot = self._foot(card, self.tr("Show fewer") if self._all_loose else more)
        self._connect(card)
        return card

    def _foot(self, card: ThemeCard, words: str) -> _LinkButton:
        button = _LinkButton(words, card)
        button.clicked.connect(self.toggle_all_loose)
        return button

    def toggle_all_loose(self) -> None:
        """Show all codes in no theme, or the first few."""
        self._all_loose = not self._all_loose
        if self.snapshot is not None:
            self.show_snapshot(self.snapshot)

    def _theme_card(
        self, row: ThemeRow, snapshot: ThemesSnapshot, nested: bool = False
    ) -> ThemeCard:
        look = self.context.appearance
        aside = row.status is ThemeStatus.SET_ASIDE
        words = row.description
        if aside:
            words = " · ".join(part for part in (status_name(row.status), words) if part)
        card = ThemeCard(look, row.name, words, theme=row.id, nested=nested)
        card.quiet = aside
        if snapshot.approach is not Approach.REFLEXIVE:
            short, whole = count_words(row, snapshot)
            card.count = CountLink(look, short, whole, card)
            codings = snapshot.below[row.id]
            card.count.clicked.connect(lambda: self.show_passages(codings))
            card.count.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card.setAccessibleDescription(card_words(row, snapshot))
        for link in snapshot.links_of(row.id):
            line = LinkLine(look, link, row.id, small=True, parent=card)
            line.clicked.connect(partial(self._follow_link, other_end(link, row.id)[0]))
            card.links.append(line)
        if len(card.links) > LINKS_SHOWN:
            more = self.tr("{n} more links").replace("{n}", str(len(card.links) - LINKS_SHOWN))
            card.more_links = _LinkButton(more, card)
            card.more_links.clicked.connect(partial(self._show_links, card))
        codes = [snapshot.codes[key] for key in row.codes if key in snapshot.codes]
        card.codes = [self._code_card(card, row.id, code, snapshot) for code in codes]
        single = snapshot.single[row.id]
        if single:
            name = self.tr("Single coding") if len(single) == 1 else self.tr("Single codings")
            lone = CodeCard(look, name, len(single), theme=row.id, code=None, parent=card)
            lone.opened.connect(lambda _card: self.show_passages(single))
            lone.pressed.connect(self._pressed)
            card.codes.append(lone)
        card.below = [
            self._theme_card(below, snapshot, nested=True) for below in snapshot.children(row.id)
        ]
        for below in card.below:
            below.setParent(card)
        self._connect(card)
        return card

    def _follow_link(self, theme: UUID, _checked: bool = False) -> None:
        """The keyboard goes along where a card had it."""
        card = next(
            (c for c in self.cards() if isinstance(c, ThemeCard) and c.theme == theme), None
        )
        if card is not None:
            self.set_current(card, focus=self._has_focus())
        self.theme_wanted.emit(theme)

    def _show_links(self, card: ThemeCard, _checked: bool = False) -> None:
        self.set_current(card)
        if card.more_links is not None:
            foot = card.more_links.rect().bottomLeft()
            self.keys.links_menu().popup(card.more_links.mapToGlobal(foot))

    def _code_card(
        self, card: ThemeCard, theme: UUID | None, row: CodeRow, snapshot: ThemesSnapshot
    ) -> CodeCard:
        made = CodeCard(
            self.context.appearance,
            row.name,
            snapshot.passages.get(row.id, 0),
            theme=theme,
            code=row.id,
            colour=row.colour,
            pattern=row.pattern,
            parent=card,
        )
        made.pressed.connect(self._pressed)
        made.drag_wanted.connect(self.drops.drag_code)
        made.opened.connect(self.open_code)
        made.menu_wanted.connect(lambda _card, place: self._menu(place))
        return made

    def _connect(self, card: ThemeCard) -> None:
        card.pressed.connect(lambda pressed: self._pressed(pressed, _PLAIN))
        card.drag_wanted.connect(self.drops.drag_theme)
        card.fields_wanted.connect(lambda wanted: self.fields_wanted.emit(wanted.theme))
        card.renamed.connect(self.acts.rename)
        card.menu_wanted.connect(lambda _card, place: self._menu(place))

    # -- arrangement ----------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def _restyle(self) -> None:
        self.arrange()

    def arrange(self) -> None:
        """Set the cards into columns, each below the shortest one so far."""
        px = self.context.appearance.px
        gap, edge = px(GAP), px(18)
        room = self.viewport().width() - 2 * edge
        columns = max(1, (room + gap) // (px(COLUMN) + gap))
        # Few themes keep the picture's measure; columns do not stretch over a wide window.
        width = min((room - (columns - 1) * gap) // columns, px(COLUMN + WIDER))
        heights = [edge] * columns
        for at, card in enumerate(self.tops):
            column = 0 if at == 0 else heights.index(min(heights))
            card.move(edge + column * (width + gap), heights[column])
            heights[column] += card.arrange(max(width, px(NARROWEST))) + gap
        foot = max(heights) + edge
        self.hint.setVisible(len(self.tops) == 1)
        if len(self.tops) == 1:
            left = edge + width + gap
            beside = room - width - gap >= px(COLUMN)
            top = edge if beside else foot
            size = min(px(360), room - width - gap) if beside else room
            self.hint.setGeometry(left if beside else edge, top, size, px(200))
            foot = max(foot, top + px(200))
        across = max(self.viewport().width(), 2 * edge + px(NARROWEST))
        self.canvas.resize(across, max(foot, self.viewport().height()))

    # -- the current card and the chosen ones ---------------------------------------------

    def cards(self) -> list[Card]:
        """All cards in reading order."""
        return [card for top in self.tops for card in top.cards()]

    @staticmethod
    def key_of(card: Card) -> CardKey:
        if isinstance(card, ThemeCard):
            return ("theme", card.theme, None)
        return ("code", card.theme, card.code)

    def set_current(
        self, card: Card, *, focus: bool = True, tell: bool = True, scroll: bool = True
    ) -> None:
        """Make a card the current one and see that it shows."""
        before = self.current.theme if self.current else None
        self.current = card
        for other in self.cards():
            policy = Qt.FocusPolicy.StrongFocus if other is card else Qt.FocusPolicy.ClickFocus
            other.setFocusPolicy(policy)
        if focus:
            card.setFocus(Qt.FocusReason.OtherFocusReason)
        self._mark()
        if scroll:
            self._scroll_to(card)
        if tell:
            announce(card, f"{card.accessibleName()} {card.accessibleDescription()}".strip())
        if tell or before != card.theme:
            self.current_changed.emit(card.theme)

    def _scroll_to(self, card: Card) -> None:
        top_left = card.mapTo(self.canvas, QPoint(0, 0))
        tall = min(card.height(), self.viewport().height() - 40)
        self.ensureVisible(top_left.x() + 20, top_left.y() + tall, 20, 20)
        self.ensureVisible(top_left.x() + 20, top_left.y(), 20, 20)

    def select_theme(self, theme: UUID | None, *, scroll: bool = True) -> None:
        """Make the card of a theme the current one, without taking the focus."""
        for card in self.cards():
            if isinstance(card, ThemeCard) and card.theme == theme:
                if self.current is None or self.current.theme != theme:
                    self.set_current(card, focus=False, tell=False, scroll=scroll)
                return

    def _pressed(self, card: Card, modifiers: Qt.KeyboardModifier) -> None:
        key = self.key_of(card)
        if isinstance(card, CodeCard) and modifiers & Qt.KeyboardModifier.ControlModifier:
            self.chosen ^= {key}
        elif key not in self.chosen:
            self.chosen.clear()
        self.set_current(card)

    def toggle_chosen(self) -> None:
        if isinstance(self.current, CodeCard) and self.current.code is not None:
            self.chosen ^= {self.key_of(self.current)}
            self._mark()

    def mark(self) -> None:
        self._mark()

    def _mark(self) -> None:
        for card in self.cards():
            key = self.key_of(card)
            if isinstance(card, CodeCard):
                card.set_marks(chosen=key in self.chosen, cut=key in self.cut)
            else:
                card.set_state(
                    current=self.current is not None
                    and card.theme is not None
                    and self.current.theme == card.theme,
                    target=card is self.drops.target_card,
                )

    def held(self) -> Carried:
        """The chosen codes of the current card's theme, else the current card itself."""
        card = self.current
        if card is None:
            return Carried()
        if isinstance(card, ThemeCard):
            return Carried(theme=card.theme)
        chosen = [key[2] for key in self.chosen if key[1] == card.theme and key[2]]
        codes = chosen if self.key_of(card) in self.chosen else [card.code] if card.code else []
        if codes:
            order = {c.code: at for at, c in enumerate(self.cards()) if isinstance(c, CodeCard)}
            codes.sort(key=lambda code: order.get(code, 0))
            return Carried(codes=tuple(codes), moved=True, source=card.theme)
        if self.snapshot is not None and card.theme is not None:
            single = self.snapshot.single.get(card.theme, ())
            return Carried(codings=single, moved=True, source=card.theme)
        return Carried()

    def _has_focus(self) -> bool:
        return any(card.hasFocus() for card in self.cards())

    def focus_current(self) -> None:
        """Bring the keyboard to the board."""
        card = self.current or (self.tops[1] if len(self.tops) > 1 else self.tops[0])
        self.set_current(card)

    # -- acts -----------------------------------------------------------------------------

    def show_passages(self, codings: tuple[UUID, ...]) -> None:
        if codings:
            self.context.passages_wanted.emit(codings)

    def open_code(self, card: CodeCard) -> None:
        if card.code is not None and self.snapshot is not None:
            self.show_passages(self.snapshot.codings.get(card.code, ()))

    def put(self, what: Carried, target: UUID | None) -> None:
        """Put something into a theme and go along with it."""
        if what.codes:
            self.follow(("code", target, what.codes[0]))
        self.chosen.clear()
        self.cut.clear()
        self.acts.put(what, target)

    def add(self, parent: UUID | None = None, what: Carried | None = None) -> None:
        """A new theme; its name is typed at once."""
        self.chosen.clear()
        made = self.acts.add(parent, what)
        if made is not None:
            self.follow(("theme", made, None), rename=True)

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.addActions(self.keys.actions())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def show_menu(self) -> None:
        """The menu of the current card, by key."""
        if self.current is not None:
            foot = QPoint(12, min(self.current.height(), 32))
            self._menu(self.current.mapToGlobal(foot))

    def beside(self, card: QWidget) -> QRect:
        return QRect(QPoint(0, 0), card.size())


class _Canvas(QWidget):
    """The ground the cards lie on; keys that a card does not use come here."""

    def __init__(self, board: Board) -> None:
        super().__init__()
        self._board = board
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._board.keys.press(event):
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._board.add()

    def event(self, event: QEvent) -> bool:
        if self._board.drops.handle(event):
            return True
        return super().event(event)


_PLAIN = Qt.KeyboardModifier.NoModifier


class _LinkButton(QPushButton):
    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self.setProperty("kind", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
