"""The links of one theme: how it stands to others, with a note; a click goes there."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.words import LinkKind
from ikt_coder.services.rows import LinkRow, ThemeRow
from ikt_coder.ui.context import Context
from ikt_coder.ui.retrieval.choices import Choice
from ikt_coder.ui.themes.acts import ThemeActs
from ikt_coder.ui.themes.link_line import LinkLine
from ikt_coder.ui.themes.link_popover import LinkPopover
from ikt_coder.ui.themes.wording import link_kind_name, link_words, other_end
from ikt_coder.ui.widgets.section_heading import SectionHeading


class LinksSection(QWidget):
    """A heading with "Link…", and a row for each link."""

    theme_wanted = Signal(object)
    """The theme at the other end of a link was clicked."""

    def __init__(self, context: Context, acts: ThemeActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._acts = acts
        self._theme: ThemeRow | None = None
        self.rows: list[LinkEntry] = []
        look = context.appearance
        heading = SectionHeading(look, self.tr("Links to other themes"))
        self.add = QPushButton(self.tr("Link…"))
        self.add.setProperty("kind", "link")
        self.add.setAccessibleName(self.tr("Link to another theme"))
        self.add.clicked.connect(lambda: self.open_new(self.add))
        heading.add_action(self.add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(heading)

    def show_links(self, theme: ThemeRow, links: tuple[LinkRow, ...]) -> None:
        self._theme = theme
        focused = next((at for at, row in enumerate(self.rows) if row.line.hasFocus()), None)
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        for link in links:
            entry = LinkEntry(self._context, link, theme.id, self)
            entry.line.clicked.connect(partial(self._go, other_end(link, theme.id)[0]))
            entry.changed.connect(partial(self._change, link))
            entry.removed.connect(partial(self._acts.unlink, link))
            self._column.addWidget(entry)
            self.rows.append(entry)
        if focused is not None and self.rows:
            self.rows[min(focused, len(self.rows) - 1)].line.setFocus()

    def _go(self, theme: UUID, _checked: bool = False) -> None:
        self.theme_wanted.emit(theme)

    def open_new(self, anchor: QWidget) -> LinkPopover | None:
        """Ask how and with which theme to link the one that is shown."""
        theme = self._theme
        return (
            None
            if theme is None
            else open_new_link(self._context, self._acts, theme, anchor, self._choices(theme))
        )

    def _choices(self, theme: ThemeRow) -> list[Choice]:
        return link_choices(theme, self._context.project.themes.all())

    def _change(self, link: LinkRow, kind: LinkKind | None) -> None:
        """Another kind at once, or note and kind in a popover."""
        if kind is not None:
            self._acts.change_link(link, kind, link.note)
            return
        theme = self._theme
        entry = next((row for row in self.rows if row.link.id == link.id), None)
        if theme is None or entry is None:
            return
        popover = LinkPopover(
            self._context.appearance,
            self.window(),
            f"{theme.name} {link_words(link, theme.id)}",
            kind=link.kind,
            note=link.note,
        )
        popover.wanted.connect(lambda _other, kind, note: self._acts.change_link(link, kind, note))
        popover.open_for(entry)


class LinkEntry(QWidget):
    """One link: words that go to the other theme, a note, and a menu."""

    changed = Signal(object)  # LinkKind, or None to write the note
    removed = Signal()

    def __init__(
        self, context: Context, link: LinkRow, theme: UUID, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.link = link
        look = context.appearance
        self.line = LinkLine(look, link, theme, lines=2)
        self.line.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.more = QToolButton()
        look.set_icon(self.more, "more")
        self.more.setAccessibleName(
            self.tr("Change the link: {words}").replace("{words}", link_words(link, theme))
        )
        self.more.setToolTip(self.tr("Change or remove the link"))
        self.more.clicked.connect(self._open_menu)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        if link.note:
            note = QLabel(link.note)
            note.setTextFormat(Qt.TextFormat.PlainText)
            note.setWordWrap(True)
            note.setMinimumWidth(1)  # one long word does not push the fields out of sight
            note.setProperty("tone", "dim")
            note.setProperty("face", "small")
            note.setContentsMargins(look.px(22), 0, look.px(28), look.px(4))
            column.addWidget(note)

    def menu(self) -> QMenu:
        menu = QMenu(self)
        for kind in LinkKind:
            action = menu.addAction(link_kind_name(kind))
            action.setCheckable(True)
            action.setChecked(kind is self.link.kind)
            if kind is not self.link.kind:
                action.triggered.connect(lambda _on=False, kind=kind: self.changed.emit(kind))
        menu.addSeparator()
        note = menu.addAction(self.tr("Note…"))
        note.triggered.connect(lambda: self.changed.emit(None))
        gone = menu.addAction(self.tr("Remove the link"))
        gone.triggered.connect(self._remove)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _remove(self, _checked: bool = False) -> None:
        self.removed.emit()

    def _open_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
            event.accept()
        elif event.key() == Qt.Key.Key_F2:
            self.changed.emit(None)
            event.accept()
        else:
            super().keyPressEvent(event)


def link_choices(theme: ThemeRow, themes: tuple[ThemeRow, ...]) -> list[Choice]:
    """The themes one may be linked with: all the others."""
    names = {row.id: row.name for row in themes}
    return [
        Choice(row.id, row.name, below=names.get(row.parent, "") if row.parent else "")
        for row in themes
        if row.id != theme.id
    ]


def open_new_link(
    context: Context,
    acts: ThemeActs,
    theme: ThemeRow,
    anchor: QWidget,
    choices: list[Choice],
) -> LinkPopover | None:
    """Ask how and with which theme to link ``theme``; None where there is no other."""
    if not choices:
        context.say(acts.tr("There is no other theme to link with yet"), False)
        return None
    title = acts.tr("Link “{name}”").replace("{name}", theme.name)
    popover = LinkPopover(context.appearance, anchor.window(), title, choices)
    popover.wanted.connect(lambda other, kind, note: acts.link(theme.id, other, kind, note))
    popover.open_for(anchor)
    return popover
