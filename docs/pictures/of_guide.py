"""The pictures of the user guide: the sample study, step by step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QWidget

from docs.pictures.of_cases import cases
from docs.pictures.of_charting import charting
from docs.pictures.of_engagement import engagement
from ikt_coder import paths
from ikt_coder.core.query import Block, Condition, Filters, Query, Relation, Term, TermKind
from ikt_coder.core.search import Mode, SearchQuery
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import SpeakerRole

if TYPE_CHECKING:
    from docs.pictures.camera import Camera
    from ikt_coder.ui.main_window import MainWindow

SIDE_BY_SIDE = (
    "Contact between meetings",
    "Written terms",
    "Research language",
    "Two roles at once",
    "Paying partners",
    "Care and cover",
    "Whose voice",
    "Credit for ideas",
    "Feelings about taking part",
)
"""Codes that the matrix compares."""

WIDTH, HEIGHT = 1200, 760

TO_CODE = "You don't trust a committee."
"""Words of the first interview that are shown selected, the picker open on them."""


def shoot_guide(camera: Camera, project: Path, home: Path) -> None:
    """Take every picture of the guide; ``project`` is a copy of the sample, ``home`` a folder
    to work in."""
    _begin(camera, project)
    _bring_in(camera, home / "Carers and memory clinics.ikt")
    with camera.window(project, WIDTH, HEIGHT) as window:
        for shoot in (
            _read_and_code,
            _codebook,
            _retrieve,
            _search,
            _themes,
            _reports,
            _people,
            _safety,
            _keys,
            _two_coders,
            charting,
            engagement,
            cases,
        ):
            shoot(camera, window)


def _begin(camera: Camera, project: Path) -> None:
    from ikt_coder.ui.window.welcome import WelcomeWindow

    camera.settings.add_recent_project(project)
    welcome = WelcomeWindow(camera.appearance, camera.settings)
    camera.stage(welcome, 900, 560)
    welcome.view.focus_first()
    camera.shoot(welcome, "welcome")
    welcome.close()
    welcome.deleteLater()
    camera.settle()


def _bring_in(camera: Camera, project: Path) -> None:
    from ikt_coder.services.project import Project

    Project.create(project, "Carers and memory clinics").close()
    with camera.window(project, WIDTH, HEIGHT) as window:
        window.documents.import_files(sorted(paths.resource("sample").glob("P0*")))
        dialog = window.documents.dialog
        assert dialog is not None
        dialog.resize(1100, 720)
        camera.shoot(dialog, "import")
        dialog.reject()


def _read_and_code(camera: Camera, window: MainWindow) -> None:
    transcript = window.transcript
    content = transcript.content
    assert content is not None
    camera.shoot(window, "sample")
    at = content.text.index(TO_CODE)
    transcript.reveal(content.id, Span(at, at + len(TO_CODE)))
    window.codes.tree.choose(_code(window, "Trusting relationship"))
    transcript.pane.setFocus()
    camera.settle()
    transcript.acts["code_with"].trigger()
    camera.settle()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.setText("trust")
    camera.shoot(window, "picker")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    camera.settle()
    rows = window.context.project.codings.in_document(content.id)
    chosen = next(row for row in rows if row.memo and row.valence and row.levels)
    window.going.reveal_coding(chosen.id)
    camera.shoot(window, "coding")


def _codebook(camera: Camera, window: MainWindow) -> None:
    from ikt_coder.ui.codes.merge_dialog import MergeDialog

    window.codes.tree.choose(_code(window, "Written terms"))
    window.codes.show_coding(None)
    target = _code(window, "Contact between meetings")
    window.codes.acts["merge"].trigger()

    def choose(dialog: QWidget) -> None:
        assert isinstance(dialog, MergeDialog)
        dialog.chooser.choose(target)

    _shoot_dialog(camera, "MergeDialog", "merge", choose)
    window.codes.acts["frameworks"].trigger()
    _shoot_dialog(camera, "FrameworkGallery", "frameworks")


def _retrieve(camera: Camera, window: MainWindow) -> None:
    window.going.go_to_place("retrieve")
    page = window.retrieval.coded
    trust = Term(TermKind.CODE, _code(window, "Trusting relationship"))
    deciding = Term(TermKind.CODE, _code(window, "Shared decisions"))
    asked = Condition((deciding,), Relation.OVERLAP)
    page.ask(
        Query(
            blocks=(Block((trust,), (asked,)),),
            filters=Filters(roles=frozenset({SpeakerRole.PARTICIPANT})),
        )
    )
    camera.settle()
    tree = page.found.tree
    tree.setCurrentIndex(tree.model().index(0, 0, tree.model().index(0, 0)))
    camera.shoot(window, "retrieve")
    side_by_side = tuple(Term(TermKind.CODE, _code(window, name), False) for name in SIDE_BY_SIDE)
    page.ask(Query(blocks=(Block(side_by_side),)))
    _press(page.found.views, "Matrix")
    camera.settle()
    camera.shoot(window, "matrix")
    _press(page.found.views, "List")


def _search(camera: Camera, window: MainWindow) -> None:
    window.retrieval.show_page("search")
    window.retrieval.search.search(SearchQuery("decide", Mode.LEMMA))
    camera.settle()
    camera.shoot(window, "search")
    window.retrieval.show_page("words")
    camera.shoot(window, "words")


def _themes(camera: Camera, window: MainWindow) -> None:
    window.going.go_to_place("themes")
    camera.shoot(window, "themes")
    window.themes.show_view("deviant")
    camera.shoot(window, "deviant-cases")
    window.themes.show_view("board")


def _reports(camera: Camera, window: MainWindow) -> None:
    window.going.go_to_place("reports")
    place = window.places.made("reports")
    for key, name in (
        ("coded_transcript", "coded-transcript"),
        ("supervision", "supervision-sheet"),
        ("theme_report", "theme-report"),
    ):
        place.show_report(key)  # type: ignore[attr-defined]  # made() gives any place
        camera.shoot(window, name)
    window.going.go_to_place("code")


def _two_coders(camera: Camera, window: MainWindow) -> None:
    window.going.go_to_place("compare")
    window.compare.show_page("agreement")
    page = window.compare.agreement
    camera.settle()
    while not page.up_to_date:
        camera.settle()
    model = page.table.figures
    row = next(
        at for at in range(model.rowCount()) if model.index(at, 0).data() == "Trusting relationship"
    )
    page.table.setCurrentIndex(model.index(row, 2))
    opens = model.cell(model.index(row, 2)).opens
    page.open(opens)
    camera.settle()
    camera.shoot(window, "agreement")
    window.compare.show_page("settle")
    while not window.compare.settle.up_to_date:
        camera.settle()
    camera.settle()
    camera.shoot(window, "settle")
    window.going.go_to_place("code")


def _people(camera: Camera, window: MainWindow) -> None:
    from ikt_coder.ui.people.view import PeopleDialog

    window.documents.show_people()
    _shoot_dialog(camera, "PeopleDialog", "people")
    window.documents.show_people()

    def turn(dialog: QWidget) -> None:
        assert isinstance(dialog, PeopleDialog)
        dialog.show_page("attributes")

    _shoot_dialog(camera, "PeopleDialog", "attributes", turn)


def _safety(camera: Camera, window: MainWindow) -> None:
    window.dialogs.card()
    _shoot_dialog(camera, "CardDialog", "project-card")
    transcript = window.transcript
    content = transcript.content
    assert content is not None
    at = content.text.index(TO_CODE)
    transcript.reveal(content.id, Span(at, at + len(TO_CODE)))
    for act in ("digit_1", "facilitator", "star"):
        transcript.acts[act].trigger()
        camera.settle()
    window.dialogs.history()
    _shoot_dialog(camera, "HistoryDialog", "history")


def _keys(camera: Camera, window: MainWindow) -> None:
    window.dialogs.keys()
    _shoot_dialog(camera, "KeyListDialog", "keys")


def _shoot_dialog(
    camera: Camera, kind: str, name: str, before: Callable[[QWidget], object] | None = None
) -> None:
    """Take the dialog of a class, and close it."""
    camera.settle()
    dialog = next(
        top
        for top in QApplication.topLevelWidgets()
        if isinstance(top, QDialog) and type(top).__name__ == kind and top.isVisible()
    )
    if before is not None:
        before(dialog)
    camera.shoot(dialog, name)
    dialog.close()
    camera.settle()


def _press(parent: QWidget, words: str) -> None:
    next(one for one in parent.findChildren(QAbstractButton) if one.text() == words).click()


def _code(window: MainWindow, name: str) -> UUID:
    return next(row.id for row in window.transcript.code_rows() if row.name == name)
