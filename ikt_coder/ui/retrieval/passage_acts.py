"""What can be done with the passages chosen in a list: marks, direction, code, words, removal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

from ikt_coder.core.words import Flag, Valence
from ikt_coder.ui.codes.acting import carry_out
from ikt_coder.ui.codes.code_chooser import CodeChooser
from ikt_coder.ui.codes.wording import bold, codings_in_words, valence_words
from ikt_coder.ui.context import Context
from ikt_coder.ui.retrieval.passage_model import PassageModel
from ikt_coder.ui.widgets.popover import Popover

if TYPE_CHECKING:
    from ikt_coder.ui.retrieval.passage_tree import PassageTree

_DIRECTIONS = {
    "barrier": (Valence.BARRIER, "B"),
    "facilitator": (Valence.FACILITATOR, "F"),
    "mixed": (Valence.MIXED, "X"),
    "neutral": (Valence.NEUTRAL, "D"),
}


class PassageActs(QObject):
    """The acts of one list, with the keys they have in the transcript too."""

    def __init__(self, context: Context, tree: PassageTree, model: PassageModel) -> None:
        super().__init__(tree)
        self._context = context
        self._project = context.project
        self._tree = tree
        self._model = model
        self._acts: dict[str, QAction] = {}
        words = valence_words(self._project.card.get().words)
        rows: list[tuple[str, str, str, str, Callable[[], None]]] = [
            ("show", self.tr("Show in the document"), "document", "", self._show_current),
            ("recode", self.tr("Change the code…"), "recode", "C", self._choose_code),
        ]
        rows += [
            (name, f"{valence.sign} {words[valence]}", "", key, self._directing(valence))
            for name, (valence, key) in _DIRECTIONS.items()
        ]
        rows += [
            ("star", self.tr("Quotable"), "star", "P", lambda: self._flag(Flag.STAR)),
            ("unsure", self.tr("Unsure"), "unsure", "G", lambda: self._flag(Flag.UNSURE)),
            ("copy", self.tr("Copy"), "copy", "Ctrl+C", self._copy),
            ("remove", self.tr("Remove"), "trash", "Del", self._remove),
        ]
        for name, text, icon, key, act in rows:
            action = QAction(text, self)
            if icon:
                context.appearance.set_icon(action, icon)
            if key:
                action.setShortcut(QKeySequence(key))
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
                tree.addAction(action)
            action.triggered.connect(lambda _checked=False, act=act: act())
            self._acts[name] = action
        tree.menu_asked.connect(self._show_menu)

    def action(self, name: str) -> QAction:
        """show, recode, barrier, facilitator, mixed, neutral, star, unsure, copy, remove."""
        return self._acts[name]

    def menu(self) -> QMenu:
        """The acts on what is chosen."""
        self._acts["show"].setEnabled(self._model.coding(self._tree.currentIndex()) is not None)
        for name, action in self._acts.items():
            if name not in ("show", "copy"):
                action.setEnabled(not self._project.read_only)
        menu = QMenu(self._tree)
        menu.addActions([self._acts[name] for name in ("show", "recode")])
        menu.addSeparator()
        menu.addActions([self._acts[name] for name in _DIRECTIONS])
        menu.addSeparator()
        menu.addActions([self._acts[name] for name in ("star", "unsure")])
        menu.addSeparator()
        menu.addActions([self._acts[name] for name in ("copy", "remove")])
        return menu

    def _show_menu(self, place: QPoint) -> None:
        if not self._tree.chosen():
            return
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _show_current(self) -> None:
        row = self._model.coding(self._tree.currentIndex())
        if row is not None:
            self._context.reveal_coding.emit(row.id)

    def _directing(self, valence: Valence) -> Callable[[], None]:
        return lambda: self._direct(valence)

    def _direct(self, valence: Valence) -> None:
        """The direction of what is chosen; where all have it already it is taken away."""
        chosen = self._tree.chosen()
        if not chosen:
            return
        # Asked of the project: the list may not have been read since the last key.
        on = not all(row.valence is valence for row in self._project.codings.many(chosen))
        word = valence_words(self._project.card.get().words)[valence]
        said = self.tr("{codings}: {word}") if on else self.tr("{codings}: no direction")
        words = said.format(codings=codings_in_words(len(chosen)), word=word.lower())
        change = self._project.codings.set_valence
        value = valence if on else None
        carry_out(self._context, lambda: change(chosen, value), words, len(chosen))

    def _flag(self, flag: Flag) -> None:
        chosen = self._tree.chosen()
        if not chosen:
            return
        codings = self._project.codings
        on = not all(flag in row.flags for row in codings.many(chosen))
        word = self.tr("quotable") if flag is Flag.STAR else self.tr("unsure")
        said = self.tr("Marked {codings} as {word}") if on else self.tr("{codings}: not {word} now")
        words = said.format(codings=codings_in_words(len(chosen)), word=word)
        carry_out(self._context, lambda: codings.toggle_flag(chosen, flag), words, len(chosen))

    def _remove(self) -> None:
        chosen = self._tree.chosen()
        if not chosen:
            return
        after = self._tree.indexBelow(self._model.index_of(chosen[-1]))
        following = self._model.coding(after)
        words = self.tr("Removed {codings}").format(codings=codings_in_words(len(chosen)))
        codings = self._project.codings
        done = carry_out(self._context, lambda: codings.remove(chosen), words, len(chosen))
        if done and following is not None:
            self._tree.setCurrentIndex(self._model.index_of(following.id))

    def _copy(self) -> None:
        passages = [self._model.passage(self._model.index_of(key)) for key in self._tree.chosen()]
        lines = [
            f"“{p.text}” ({', '.join([p.document_title, *p.speakers])})" for p in passages if p
        ]
        if lines:
            QGuiApplication.clipboard().setText("\n\n".join(lines))

    def _choose_code(self) -> None:
        chosen = self._tree.chosen()
        if not chosen:
            return
        look = self._context.appearance
        rows = [row for row in self._project.codes.all() if row.applicable]
        popover = Popover(look, self._tree.window())
        chooser = EnterChooser(look, self.tr("The other code"), rows)
        chooser.setFixedSize(look.px(300), look.px(320))
        chooser.setContentsMargins(look.px(10), look.px(10), look.px(10), look.px(10))
        popover.body.addWidget(chooser)
        popover.closed.connect(popover.deleteLater)
        chooser.taken.connect(lambda code: self._recode(chosen, code, popover))
        beside = self._tree.visualRect(self._tree.currentIndex())
        popover.open_beside(QRect(beside), self._tree.viewport(), chooser.field)

    def _recode(self, codings: list[UUID], code: UUID, popover: Popover) -> None:
        popover.close_popover()
        name = next((r.name for r in self._project.codes.all(counted=False) if r.id == code), "")
        words = self.tr("{codings}: {name} now").format(
            codings=codings_in_words(len(codings)), name=bold(name)
        )
        recode = self._project.codings.recode
        carry_out(self._context, lambda: recode(codings, code), words, len(codings))


class EnterChooser(CodeChooser):
    """A chooser in which Enter or a click takes the code at once."""

    taken = Signal(object)

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]  # as CodeChooser has them
        self.field.setVisible(True)
        self.list.clicked.connect(self._take)
        self.field.textChanged.connect(self._first)
        self._first()

    def _first(self) -> None:
        model = self.list.model()
        if model.rowCount():
            self.list.setCurrentIndex(model.index(0, 0))

    def _take(self) -> None:
        code = self.current()
        if code is not None:
            self.taken.emit(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
            event.accept()
            return
        super().keyPressEvent(event)
