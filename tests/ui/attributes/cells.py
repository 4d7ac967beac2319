"""Finding one's way in the grid, for its tests."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLineEdit

from ikt_coder.core.words import Subject
from ikt_coder.ui.attributes.page import AttributesPage
from tests.ui.documents.workplace import Workplace


def go(page: AttributesPage, who: str, name: str) -> None:
    """Make a cell the present one."""
    page.grid.setCurrentIndex(page.model.index(rows(page).index(who), names(page).index(name)))
    page.grid.setFocus()


def rows(page: AttributesPage) -> list[str]:
    return [page.model.owner(row).name for row in range(page.model.rowCount())]


def names(page: AttributesPage) -> list[str]:
    return [page.model.attribute(at).name for at in range(page.model.columnCount())]


def here(page: AttributesPage) -> tuple[str, str]:
    index = page.grid.currentIndex()
    return rows(page)[index.row()], names(page)[index.column()]


def value(work: Workplace, who: str, name: str) -> str:
    """What the project holds."""
    person = next(row.id for row in work.project.participants.all() if row.label == who)
    key = work.project.attributes.find(name, Subject.PARTICIPANT).id
    return work.project.attributes.value(person, key)


def shown(page: AttributesPage, who: str, name: str) -> str:
    index = page.model.index(rows(page).index(who), names(page).index(name))
    return str(index.data())


def editor(page: AttributesPage) -> QLineEdit:
    field = page.grid.viewport().findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    return field


def begin(page: AttributesPage, work: Workplace, words: str) -> None:
    """Type over the present cell; the first letter opens its editor."""
    work.type(words[0])
    work.bot.keyClicks(editor(page), words[1:])


def enter(page: AttributesPage, work: Workplace) -> None:
    """Enter in the editor, which Qt obeys a turn later."""
    work.bot.keyClick(editor(page), Qt.Key.Key_Return)
    work.bot.waitUntil(lambda: page.grid.viewport().findChild(QLineEdit) is None)


def in_front(dialog: QDialog | None, work: Workplace) -> None:
    """Wait until a dialog has the keyboard."""
    assert dialog is not None
    work.bot.waitUntil(dialog.isActiveWindow)


def acts(work: Workplace) -> int:
    return len(work.project.history.all())


def head_act(page: AttributesPage, name: str, words: str) -> QAction:
    menu = page.columns.menu(names(page).index(name))
    return next(a for a in menu.actions() if a.text().replace("&", "").startswith(words))
