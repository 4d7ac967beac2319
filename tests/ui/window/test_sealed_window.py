"""The whole window, read widget by widget and row by row, tells the same of two projects that
differ only in what another coder did in sealed documents."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QModelIndex,
    QObject,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ikt_coder.core.words import Whose
from ikt_coder.services.project import Project
from ikt_coder.ui.history.model import HistoryModel
from ikt_coder.ui.main_window import MainWindow
from ikt_coder.ui.widgets.text_label import TextLabel
from ikt_coder.ui.window.cover import Cover
from ikt_coder.ui.window.session import Session
from tests.samples import sample_project
from tests.sealed_pair import MARK, Plain, Two, make_two
from tests.sealed_study import AMARA, BENI, SEALED, set_up_round, unseal_round
from tests.ui.window.conftest import Open, end_of

_ROLES = (
    *(Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole),
    *(Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole),
    Qt.ItemDataRole.CheckStateRole,
    *range(Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 30),
)
# What stands there because of when and where the test runs.
_PASSING = ("just now", "minute", "second", "Today", "MB", "KB", "kB")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    return make_two(tmp_path_factory.mktemp("sealed"))


def _of(widget: QWidget) -> Iterator[str]:
    yield widget.windowTitle()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.toolTip()
    yield widget.statusTip()
    yield f"{widget.isEnabled()}{widget.isVisible()}"
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        yield widget.text()
    elif isinstance(widget, QMenu):
        yield widget.title()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    elif isinstance(widget, QTextEdit | QPlainTextEdit):
        yield widget.toPlainText()
    elif isinstance(widget, TextLabel):
        yield widget.text()


def _rows(model: QAbstractItemModel, plain: Plain, parent: QModelIndex, deep: int) -> Iterator[str]:
    by_act = isinstance(model, HistoryModel)
    flat = isinstance(model, QAbstractListModel)  # of one column, and Qt hides the question
    for row in range(model.rowCount(parent)):
        for column in range(1 if flat else model.columnCount(parent)):
            index = model.index(row, column, parent)
            told = [plain(model.data(index, role)) for role in _ROLES]
            # Numbers of acts: a model knows its rows by them and shows none.
            yield repr(["number" if type(one) is int and by_act else one for one in told])
            yield f"{model.flags(index)}"
        first = model.index(row, 0, parent)
        if deep < 5 and not flat:
            yield from _rows(model, plain, first, deep + 1)


def _read(top: QObject, plain: Plain, *, seen: bool = False) -> list[str]:
    """What all widgets say, or only those that are ``seen``; each widget's words in their order,
    the widgets in no order: Qt lists the pages of a stack as they were shown last, and which one
    was there for a moment, before a worker had answered, is chance."""
    widgets: list[list[str]] = []
    for thing in (top, *top.findChildren(QObject)):
        if seen and isinstance(thing, QWidget) and not thing.isVisible():
            continue
        said: list[str] = []
        widgets.append(said)
        if isinstance(thing, QWidget):
            said += [f"{type(thing).__name__}: {plain(text)}" for text in _of(thing) if text]
        if isinstance(thing, QAction):
            facts = f"{thing.isEnabled()}{thing.isChecked()}{thing.isVisible()}"
            said.append(f"{plain(thing.text())} {plain(thing.toolTip())} {facts}")
        if isinstance(thing, QAbstractItemView) and thing.model() is not None:
            said += _rows(thing.model(), plain, QModelIndex(), 0)
    told = [
        [
            text
            for text in (re.sub(r"\b\d\d:\d\d\b", "then", text) for text in said)
            if not any(words in text for words in _PASSING)
        ]
        for said in widgets
    ]
    return [text for said in sorted(told) for text in said]


def _picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


# What is counted, kept or shown a moment after an act comes within so many milliseconds.
_A_MOMENT = 450


def _short(timer: QTimer) -> bool:
    return timer.isSingleShot() and timer.interval() <= _A_MOMENT


def _settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until nothing works and nothing is to come a moment after an act."""

    def still() -> bool:
        timers = window.findChildren(QTimer)
        return not window.context.tasks.busy and not any(
            _short(timer) and timer.isActive() for timer in timers
        )

    for _ in range(3):  # what came may have asked for more
        QApplication.processEvents()
        qtbot.waitUntil(still, timeout=30_000)
        for text in window.findChildren(QTextEdit):  # Qt lays out long texts bit by bit
            text.document().documentLayout().blockBoundingRect(text.document().lastBlock())
    qtbot.wait(30)  # what Qt's own widgets put off
    qtbot.waitUntil(still, timeout=30_000)
    QApplication.processEvents()
    assert still()


def _timers_apart(window: MainWindow) -> list[QTimer]:
    """The timers for which ``_settle`` does not wait, as they are not the window's."""
    alive = [one for one in gc.get_objects() if isinstance(one, QTimer) and isValid(one)]
    theirs = set(window.findChildren(QTimer))
    return [one for one in alive if _short(one) and one not in theirs]


def _sit(window: MainWindow, name: str) -> None:
    project = window.context.project
    assert project.coder is None  # several coders share the file: nobody is taken for one
    menu = QMenu(window)
    window.coder.fill(menu)
    next(action for action in menu.actions() if name in action.text()).trigger()
    assert project.coder == project.coders.find(name).id


def _everything(window: MainWindow, two: Two, qtbot: QtBot) -> dict[str, object]:
    """Everything the window says in every place, every dialog and every document."""
    plain, said = Plain(two), dict[str, object]()
    earlier = _timers_apart(window)  # of other tests
    project, going = window.context.project, window.going
    for title in (*SEALED, "P05 Policy adviser"):
        document: UUID = project.documents.find(title).id
        going.open_document(document)
        for whose in Whose:
            window.header.whose.choose(whose)
            _settle(window, qtbot)
            said[f"{title} {whose}"] = _read(window, plain)
            said[f"picture {title} {whose}"] = _picture(window.transcript)
        window.header.whose.choose(Whose.MINE)
    for key in ("retrieve", "themes", "compare", "reports"):
        going.go_to_place(key)
        _settle(window, qtbot)
        said[f"place {key}"] = _read(window, plain)
    going.go_to_place("code")
    for name in ("history", "memos", "coders", "restore_points"):
        dialog = getattr(window.dialogs, name)()
        _settle(window, qtbot)
        said[f"dialog {name}"] = _read(dialog, plain)
        dialog.close()
    menu = QMenu(window)
    window.coder.fill(menu)
    said["coders of the menu"] = [action.text() for action in menu.actions()]
    assert [one for one in _timers_apart(window) if one not in earlier] == []
    return said


def _of_file(
    path: Path, two: Two, open_window: Open, session: Session, qtbot: QtBot
) -> dict[str, object]:
    window = open_window(path)
    window.resize(QSize(1280, 860))
    _sit(window, BENI)
    said = _everything(window, two, qtbot)
    end_of(session, qtbot)
    return said


def test_and_something_else_once_it_is_unsealed(
    two: Two, tmp_path: Path, open_window: Open, session: Session, qtbot: QtBot
) -> None:
    told = []
    for path in (two.quiet, two.loud):
        here = tmp_path / path.stem / "Study.ikt"
        here.parent.mkdir()
        here.write_bytes(path.read_bytes())
        project = Project.open(here)
        unseal_round(project, two.round)
        project.close()
        window = open_window(here)
        window.going.open_document(window.context.project.documents.find(SEALED[0]).id)
        window.header.whose.choose(Whose.EVERYONE)
        _settle(window, qtbot)
        dialog = window.dialogs.history()
        told.append(
            (_read(window, Plain(two)), _picture(window.transcript), len(_read(dialog, Plain(two))))
        )
        end_of(session, qtbot)
    quiet, loud = told
    assert all(here != there for here, there in zip(quiet, loud, strict=True))
    assert MARK in "\n".join(loud[0])


def test_nothing_stays_on_the_screen_of_who_sat_there_before(
    two: Two, tmp_path: Path, open_window: Open, session: Session, qtbot: QtBot
) -> None:
    """Coder A looks at everything, then B sits down in the same window."""
    here = tmp_path / "Study.ikt"
    here.write_bytes(two.loud.read_bytes())
    window = open_window(here)
    window.resize(QSize(1280, 860))
    _sit(window, AMARA)
    seen = _everything(window, two, qtbot)
    assert MARK in repr([said for said in seen.values() if isinstance(said, list)])
    window.coder.switch(window.context.project.coders.find(BENI).id)
    asked = window.coder.question
    assert asked is not None  # a sealed round: it is logged
    asked.agree()
    _settle(window, qtbot)
    plain = Plain(two)
    for key in ("code", "retrieve", "themes", "compare", "reports"):
        window.going.go_to_place(key)
        if key != "code":  # until it was read anew nobody sees what A read
            (cover,) = window.places.made(key).findChildren(Cover)
            assert cover.isVisible()
            assert cover.geometry() == window.places.made(key).rect()
        _settle(window, qtbot)
        qtbot.waitUntil(lambda: not window.findChildren(Cover), timeout=30_000)
        assert [text for text in _read(window, plain, seen=True) if MARK in text] == []
    for name in ("history", "memos", "coders", "restore_points"):
        dialog = getattr(window.dialogs, name)()
        _settle(window, qtbot)
        assert [text for text in _read(dialog, plain) if MARK in text] == []
        dialog.close()
    end_of(session, qtbot)


def test_what_is_shown_goes_when_a_round_is_set_up(
    tmp_path: Path, open_window: Open, session: Session, qtbot: QtBot
) -> None:
    here = tmp_path / "Study.ikt"
    sample_project(here).close()
    window = open_window(here)
    project = window.context.project
    coders = {row.name: row.id for row in project.coders.everyone()}
    window.coder.switch(coders[BENI])
    document = project.documents.find(SEALED[0]).id
    window.going.open_document(document)
    window.header.whose.choose(Whose.EVERYONE)
    _settle(window, qtbot)
    marks = window.transcript.pane.marks
    theirs = {row.id for row in project.codings.in_document(document, coders[AMARA])}
    assert any(marks.get(key) is not None for key in theirs)
    set_up_round(project, (coders[AMARA], coders[BENI]), (document,))
    _settle(window, qtbot)
    marks = window.transcript.pane.marks
    assert not any(marks.get(key) is not None for key in theirs)
    assert "Mine" in window.header.whose.pill.accessibleName()
    end_of(session, qtbot)


def _first(quiet: object, loud: object) -> object:
    """Where two readings part, for the message of a test that fails."""
    if isinstance(quiet, list) and isinstance(loud, list):
        at = next((n for n, (a, b) in enumerate(zip(quiet, loud, strict=False)) if a != b), -1)
        return (len(quiet), len(loud), at, quiet[at], loud[at])
    return "pictures"


def test_the_window_tells_the_same(
    two: Two, tmp_path: Path, open_window: Open, session: Session, qtbot: QtBot
) -> None:
    told = []
    for path in (two.quiet, two.loud):
        here = tmp_path / path.stem / "Study.ikt"
        here.parent.mkdir()
        here.write_bytes(path.read_bytes())
        told.append(_of_file(here, two, open_window, session, qtbot))
    quiet, loud = told
    assert quiet.keys() == loud.keys()
    different = {key: _first(quiet[key], loud[key]) for key in quiet if quiet[key] != loud[key]}
    assert different == {}
    words = {key: said for key, said in loud.items() if isinstance(said, list)}
    assert not [key for key, said in words.items() if any(MARK in text for text in said)]
    whole = "\n".join(text for said in words.values() for text in said)
    assert "sealed until round" in whole  # it is said, and not left blank
