"""The acts on themes: each one call on a service, then said, or its failure shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from ikt_coder.core.errors import UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.core.words import LinkKind, Stance
from ikt_coder.services.rows import LinkRow
from ikt_coder.ui.context import Context
from ikt_coder.ui.themes.drag import Carried

T = TypeVar("T")


class ThemeActs(QObject):
    """What board, outline and fields do to themes. A refused act returns None."""

    refused = Signal()
    """An act was refused: what shows a choice goes back to what is stored."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._themes = context.project.themes

    def attempt(self, act: Callable[[], T], words: str = "") -> T | None:
        """Do ``act``; say ``words`` after it, or show why it was refused."""
        try:
            result = act()
        except UserError as error:
            self._context.fail(error)
            self.refused.emit()
            return None
        if words:
            self._context.say(words)
        return result

    # -- themes ---------------------------------------------------------------------------

    def free_name(self) -> str:
        """A name for a theme that has none yet."""
        taken = {name.casefold() for name in self._themes.names().values()}
        name, number = self.tr("New theme"), 2
        while name.casefold() in taken:
            name = self.tr("New theme {number}").replace("{number}", str(number))
            number += 1
        return name

    def add(self, parent: UUID | None = None, what: Carried | None = None) -> UUID | None:
        """A new theme, perhaps from what was dropped on empty ground; codes taken from
        another theme leave it."""
        what = what or Carried()
        name = self.free_name()

        def act() -> UUID:
            with self._context.project.operation(Op.ADD_THEME, name=name):
                key = self._themes.add(name, parent, codings=what.codings)
                if what.codes:
                    self._put_codes(key, what)
                return key

        return self.attempt(act, self.tr("Added the theme <b>{name}</b>").replace("{name}", name))

    def add_named(self, name: str, what: Carried) -> UUID | None:
        """A new theme of this name from codes or codings, or around a theme."""

        def act() -> UUID:
            with self._context.project.operation(Op.ADD_THEME, name=name):
                key = self._themes.add(name, codings=what.codings)
                if what.codes:
                    self._put_codes(key, what)
                if what.theme is not None:
                    self._themes.move(what.theme, key)
                return key

        said = escape(name, quote=False)
        return self.attempt(act, self.tr("Added the theme <b>{name}</b>").replace("{name}", said))

    def rename(self, theme: UUID, name: str) -> bool:
        before = self._name(theme)
        if " ".join(name.split()) == before:
            return True
        words = self._said(self.tr("Renamed <b>{from}</b> to <b>{to}</b>"), before, name.strip())

        def act() -> bool:
            self._themes.change(theme, name=name)
            return True

        return self.attempt(act, words) is True

    def delete(self, theme: UUID) -> None:
        below = self._count_below(theme)
        words = self.tr("Deleted the theme <b>{from}</b>; its codes and codings stay")
        if below == 1:
            words = self.tr("Deleted <b>{from}</b> with 1 sub-theme; codes and codings stay")
        elif below:
            words = self.tr("Deleted <b>{from}</b> with {count} sub-themes; codes and codings stay")
        words = self._said(words.replace("{count}", str(below)), self._name(theme))
        self.attempt(lambda: self._themes.delete(theme), words)

    def move_theme(self, theme: UUID, parent: UUID | None, position: int | None = None) -> None:
        words = self.tr("Moved <b>{from}</b> into <b>{to}</b>")
        if parent is None:
            words = self.tr("Moved <b>{from}</b> to the top")
        words = self._said(words, self._name(theme), self._name(parent))
        self.attempt(lambda: self._themes.move(theme, parent, position), words)

    # -- what belongs to them -------------------------------------------------------------

    def put(self, what: Carried, target: UUID | None) -> None:
        """Put what was dropped, pasted or chosen into a theme; None: into no theme."""
        if what.theme is not None:
            if what.theme != target:
                self.move_theme(what.theme, target)
        elif target is None:
            if what.codes and what.source is not None:
                self.take_out(what.source, what.codes)
            elif what.codings and what.moved and what.source is not None:
                self.take_out_codings(what.source, what.codings)
        elif what.codes and not (what.moved and what.source == target):
            words = self.tr("Moved <b>{from}</b> into <b>{to}</b>")
            if not (what.moved and what.source):
                words = self.tr("Put <b>{from}</b> into <b>{to}</b>")
            words = self._said(words, self._code_names(what.codes), self._name(target))
            self.attempt(lambda: self._put_codes(target, what), words)
        elif what.codings:
            words = self.tr("Put {from} into <b>{to}</b>")
            words = self._said(words, self._codings(len(what.codings)), self._name(target))
            self.attempt(lambda: self._put_codings(target, what), words)

    def _put_codes(self, target: UUID, what: Carried) -> None:
        if what.moved:
            self._themes.move_codes(what.source, target, what.codes)
        else:
            self._themes.add_codes(target, what.codes)

    def _put_codings(self, target: UUID, what: Carried) -> None:
        with self._context.project.operation(Op.GATHER, theme=target, name=self._name(target)):
            self._themes.add_codings(target, what.codings)
            if what.moved and what.source is not None and what.source != target:
                self._themes.remove_codings(what.source, what.codings)

    def take_out(self, theme: UUID, codes: Sequence[UUID]) -> None:
        words = self.tr("Took <b>{from}</b> out of <b>{to}</b>")
        words = self._said(words, self._code_names(codes), self._name(theme))
        self.attempt(lambda: self._themes.remove_codes(theme, codes), words)

    def take_out_codings(self, theme: UUID, codings: Sequence[UUID]) -> None:
        words = self.tr("Took {from} out of <b>{to}</b>")
        words = self._said(words, self._codings(len(codings)), self._name(theme))
        self.attempt(lambda: self._themes.remove_codings(theme, codings), words)

    def set_stance(self, theme: UUID, codings: Sequence[UUID], stance: Stance) -> None:
        words = {
            Stance.SUPPORTS: self.tr("{from} now supports <b>{to}</b>"),
            Stance.QUALIFIES: self.tr("{from} now qualifies <b>{to}</b>"),
            Stance.CONTRADICTS: self.tr("{from} now contradicts <b>{to}</b>"),
        }[stance]
        words = self._said(words, self._codings(len(codings)), self._name(theme))
        self.attempt(lambda: self._themes.set_stance(theme, codings, stance), words)

    def accept_quote(self, theme: UUID, coding: UUID) -> None:
        words = self._said(self.tr("Accepted a quote for <b>{to}</b>"), "", self._name(theme))
        self.attempt(lambda: self._themes.accept_quote(theme, coding), words)

    def drop_quote(self, theme: UUID, quote: UUID) -> None:
        words = self._said(self.tr("Dropped a quote of <b>{to}</b>"), "", self._name(theme))
        self.attempt(lambda: self._themes.drop_quote(quote), words)

    def order_quotes(self, theme: UUID, quotes: Sequence[UUID]) -> None:
        words = self._said(
            self.tr("Changed the order of the quotes of <b>{to}</b>"), "", self._name(theme)
        )
        self.attempt(lambda: self._context.project.quotes.order(theme, quotes), words)

    def set_quote_edges(self, quote: UUID, span: Span) -> bool:
        words = self.tr("Changed where a quote begins and ends")
        return self._did(lambda: self._context.project.quotes.set_edges(quote, span), words)

    def alter_quote(self, theme: UUID, quote: UUID, spans: Sequence[Span], shown: str) -> bool:
        """Print some places of a quote otherwise, in one act."""
        quotes = self._context.project.quotes

        def act() -> None:
            with self._context.project.operation(Op.ALTER_QUOTE, name=self._name(theme)):
                for span in spans:
                    quotes.alter(quote, span, shown)

        words = self.tr("Left words out of a quote")
        if shown:
            printed = escape(f"[{shown}]", quote=False)
            words = self.tr("The quote now prints <b>{shown}</b>").replace("{shown}", printed)
        return self._did(act, words)

    def restore_quote(self, quote: UUID, alteration: UUID | None = None) -> bool:
        words = self.tr("The quote prints these words as they were said")
        if alteration is None:
            words = self.tr("The quote prints as it was said")
        return self._did(lambda: self._context.project.quotes.restore(quote, alteration), words)

    def _did(self, act: Callable[[], object], words: str) -> bool:
        def done() -> bool:
            act()
            return True

        return self.attempt(done, words) is True

    # -- links ----------------------------------------------------------------------------

    def link(self, theme: UUID, other: UUID, kind: LinkKind, note: str) -> None:
        words = self._said(
            self.tr("Linked <b>{from}</b> with <b>{to}</b>"), self._name(theme), self._name(other)
        )
        self.attempt(lambda: self._themes.links.add(theme, other, kind, note), words)

    def change_link(self, link: LinkRow, kind: LinkKind, note: str) -> None:
        if (kind, note) == (link.kind, link.note):
            return
        words = self._said(
            self.tr("Changed the link of <b>{from}</b> with <b>{to}</b>"),
            link.theme_name,
            link.other_name,
        )
        self.attempt(lambda: self._themes.links.change(link.id, kind=kind, note=note), words)

    def unlink(self, link: LinkRow) -> None:
        words = self._said(
            self.tr("Removed the link of <b>{from}</b> with <b>{to}</b>"),
            link.theme_name,
            link.other_name,
        )
        self.attempt(lambda: self._themes.links.remove(link.id), words)

    # -- words ----------------------------------------------------------------------------

    @staticmethod
    def _said(words: str, first: str, second: str = "") -> str:
        whole = words.replace("{from}", escape(first, quote=False))
        return whole.replace("{to}", escape(second, quote=False))

    def _name(self, theme: UUID | None) -> str:
        if theme is None:
            return ""
        return self._themes.names().get(theme, "")

    def _count_below(self, theme: UUID) -> int:
        parents = self._themes.parents()
        below = [key for key, parent in parents.items() if parent == theme]
        for key in below:  # grows as it is walked: children of children
            below.extend(child for child, parent in parents.items() if parent == key)
        return len(below)

    def _code_names(self, codes: Sequence[UUID]) -> str:
        names = [row.name for row in self._context.project.codes.all() if row.id in set(codes)]
        if len(names) <= 2:
            return self.tr(" and ").join(names)
        return self.tr("{count} codes").replace("{count}", str(len(names)))

    def _codings(self, count: int) -> str:
        if count == 1:
            return self.tr("1 coding")
        return self.tr("{count} codings").replace("{count}", str(count))
