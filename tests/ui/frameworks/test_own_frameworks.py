"""The gallery's shelves and purposes, and frameworks of one's own in it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from benchmarks.of_frameworks import NODES, large_framework
from ikt_coder.codebooks.catalogue import catalogue
from ikt_coder.codebooks.uses import Use
from ikt_coder.services.charting.rows import Subject, SubjectKind
from ikt_coder.services.project import Project
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.context import Context
from ikt_coder.ui.frameworks.fault_list import FaultList
from ikt_coder.ui.frameworks.gallery import FrameworkGallery
from ikt_coder.ui.frameworks.own_files import FaultList as ShownFaults
from ikt_coder.ui.frameworks.save_dialog import SaveFrameworkDialog
from ikt_coder.ui.tasks import Tasks
from ikt_coder.ui.widgets.roles import ItemRole
from tests.studies import study

LEFT = Qt.MouseButton.LeftButton
OWN = {
    "format": "ikt-coder-framework-1",
    "id": "mine",
    "name": "My framework",
    "kind": "codebook",
    "nodes": [{"id": "a", "name": "Alpha"}, {"id": "b", "name": "Beta", "parent": "a"}],
}


@pytest.fixture
def context(tmp_path: Path, appearance: Appearance, qapp: object) -> Iterator[Context]:
    project, _ = study(tmp_path / "Study.ikt")

    def report(error: BaseException) -> None:
        raise error

    made = Context(project, Settings.load(), appearance, Tasks(report))
    yield made
    made.tasks.wait()
    made.signals.end()
    project.close()


@pytest.fixture
def gallery(context: Context, qtbot: QtBot) -> Iterator[FrameworkGallery]:
    made = FrameworkGallery(context)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    shiboken6.delete(made)


@pytest.fixture
def project(context: Context) -> Project:
    return context.project


def headings(gallery: FrameworkGallery) -> list[str]:
    model = gallery.shelf.preset_model
    items = (model.item(row) for row in range(model.rowCount()))
    return [item.text() for item in items if item.data(ItemRole.KEY) is None]


def open_file(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))


def save_to(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))


def test_frameworks_stand_by_tier_and_keys_pass_over_the_headings(
    gallery: FrameworkGallery, qtbot: QtBot
) -> None:
    assert headings(gallery) == ["Core", "Recommended", "Packs"]
    assert gallery.shelf.listed() == [one.key for one in catalogue()]
    gallery.presets.setFocus()
    met = [gallery.shelf.chosen_key()]
    for _ in range(len(catalogue()) + 5):
        qtbot.keyClick(gallery.presets, Qt.Key.Key_Down)
        if gallery.shelf.chosen_key() != met[-1]:
            met.append(gallery.shelf.chosen_key())
    assert met == gallery.shelf.listed()


def test_what_it_is_for_limits_the_list_and_the_search(
    gallery: FrameworkGallery, qtbot: QtBot
) -> None:
    box = gallery.shelf.purpose
    box.setCurrentIndex(box.findText("For recommendations"))
    assert gallery.shelf.listed() == ["bcw", "bcttv1-groups", "eric", "apease"]
    assert gallery.title.text().startswith("Behaviour Change Wheel")
    qtbot.keyClicks(gallery.field, "training")
    found = {
        gallery.hits.model().index(row, 0).data(ItemRole.KEY)
        for row in range(gallery.hits.model().rowCount())
    }
    assert found == {"bcw", "eric"}
    box.setCurrentIndex(0)
    assert len(gallery.shelf.listed()) == len(catalogue())


def test_a_hit_tells_framework_node_and_construct(gallery: FrameworkGallery, qtbot: QtBot) -> None:
    qtbot.keyClicks(gallery.field, "self-efficacy")
    model = gallery.hits.model()
    told = [model.index(row, 0).data(ItemRole.SUBTITLE) for row in range(model.rowCount())]
    assert told == [
        "TDF › Beliefs about capabilities › Self-efficacy",
        "CFIR 2009 › Characteristics of individuals",
        "TDF 1 › Beliefs about capabilities › Self-efficacy",
    ]


def test_status_of_facts_is_told_by_sign_and_words(gallery: FrameworkGallery) -> None:
    gallery.show_preset("ikt-outcomes")
    assert "✓ read in a source" in gallery.facts.text()
    assert "◇ our own proposal" in gallery.facts.text()
    item = gallery.nodes.item_of("out.immediate.team")
    assert item is not None
    assert item.data(ItemRole.COUNT) == "◇ our own"
    gallery.show_preset("checklist-srqr")
    assert "? from memory" in gallery.facts.text()


def test_a_charting_set_is_added_to_the_form_and_later_as_codes(
    gallery: FrameworkGallery, project: Project, qtbot: QtBot
) -> None:
    gallery.show_preset("ikt-outcomes")
    boxes = gallery.uses
    assert not boxes[Use.CODES].isHidden()
    assert boxes[Use.CHART].isChecked()
    assert not boxes[Use.CODES].isChecked()
    boxes[Use.CHART].setChecked(False)
    assert not gallery.add.isEnabled()
    boxes[Use.CHART].setChecked(True)
    qtbot.mouseClick(gallery.add, LEFT)
    assert len(project.charting.fields()) == 1
    assert project.codes.all() == ()
    assert boxes[Use.CHART].isHidden()
    assert gallery.add.isHidden()
    gallery.shelf.choose("ikt-outcomes")
    spoken = gallery.presets.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == (
        "IKT outcome categories, ✓ added, Charting · IKT outcomes · "
        "Cassidy 2021, informed by Gagliardi"
    )
    boxes[Use.CODES].setChecked(True)
    assert gallery.add.isVisible()
    qtbot.mouseClick(gallery.add, LEFT)
    assert len(project.codes.all()) == 6
    assert gallery.add.isHidden()
    gallery.show_preset("tdf-v2")
    assert all(box.isHidden() for box in boxes.values())


def test_removing_a_charting_set_says_how_much_was_charted(
    gallery: FrameworkGallery, context: Context, project: Project, qtbot: QtBot
) -> None:
    said: list[str] = []
    context.message.connect(lambda words, _undo: said.append(words))
    project.frameworks.add("iap2")
    (field,) = project.charting.fields()
    subject = Subject(SubjectKind.DOCUMENT, project.documents.all()[0].id)
    project.charting.choose(subject, field.id, field.options[2].id)
    gallery.shelf.choose("iap2")
    qtbot.mouseClick(gallery.remove, LEFT)
    assert said == [
        "Removed <b>IAP2 levels of public participation</b> and what was charted with it: 1"
    ]
    assert project.charting.fields() == ()
    project.history.undo()
    (back,) = project.charting.fields()
    assert project.charting.answer_of(subject, back.id).options == (field.options[2].id,)


def test_a_file_is_installed_added_and_removed(
    gallery: FrameworkGallery,
    project: Project,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "shared.json"
    path.write_text(json.dumps(OWN), "utf-8")
    open_file(monkeypatch, path)
    qtbot.mouseClick(gallery.from_file, LEFT)
    assert headings(gallery)[-1] == "Your own"
    assert gallery.title.text() == "My framework"
    qtbot.mouseClick(gallery.add, LEFT)
    assert [row.key for row in project.frameworks.all()] == ["mine"]
    assert gallery.forget.isVisible()
    qtbot.mouseClick(gallery.forget, LEFT)
    assert project.frameworks.library.all() == ()
    assert gallery.shelf.listed()[-1] == "mine"  # the project keeps its copy
    assert gallery.forget.isHidden()
    qtbot.mouseClick(gallery.remove, LEFT)
    assert "mine" not in gallery.shelf.listed()
    project.history.undo()
    assert "mine" in gallery.shelf.listed()


def test_a_bad_file_shows_each_fault_with_its_line(
    gallery: FrameworkGallery,
    project: Project,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "bad.json"
    spoilt = json.dumps(OWN, indent=1).replace('"id": "mine",', '"id": "mine"')
    path.write_text(spoilt.replace('"parent": "a"', '"parent": "zz"'), "utf-8")
    open_file(monkeypatch, path)
    told: list[tuple[str, object]] = []

    def look(dialog: FaultList) -> int:
        model = dialog.list.model()
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            told.append((str(index.data()), index.data(ItemRole.COUNT)))
        qtbot.mouseClick(dialog.copy, LEFT)
        return 0

    monkeypatch.setattr(ShownFaults, "exec", look)
    qtbot.mouseClick(gallery.from_file, LEFT)
    assert told == [
        ("this is not JSON (a comma is missing here)", "line 3"),
        ("node b: its parent “zz” is not in the file", "line 14"),
    ]
    assert QGuiApplication.clipboard().text().splitlines()[1].startswith("line 14: node b")
    assert project.frameworks.library.all() == ()


def test_codes_are_saved_as_a_framework_and_are_ready_for_other_projects(
    context: Context,
    project: Project,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trust = project.codes.add("Trust")
    project.codes.add("Early trust", trust)
    project.codes.add("Time")
    dialog = SaveFrameworkDialog(context)
    dialog.keep()
    assert "needs a name" in dialog.problem.text()
    dialog.name.editor.setText("Codes of trust")
    dialog.choose(trust)
    dialog.authors.editor.setText("Tremblay A, Okafor B")
    dialog.source.editor.setText("Our protocol")
    dialog.library.editor.setCurrentIndex(1)
    save_to(monkeypatch, tmp_path / "trust")
    dialog.keep()
    assert (tmp_path / "trust.json").is_file()
    (kept,) = project.frameworks.library.all()
    assert kept.framework is not None
    assert [node.name for node in kept.framework.nodes] == ["Trust", "Early trust"]
    assert kept.framework.citation is not None
    assert kept.framework.citation.authors == ("Tremblay A", "Okafor B")
    assert dialog.result() == dialog.DialogCode.Accepted
    shiboken6.delete(dialog)


def test_a_spoilt_file_of_the_library_tells_its_faults_and_can_go(
    context: Context, project: Project, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(OWN), "utf-8")
    project.frameworks.library.install(path)
    kept = project.frameworks.library.all()[0].path
    kept.write_text("{\n", "utf-8")
    gallery = FrameworkGallery(context)
    gallery.show()
    (key,) = gallery.shelf.spoilt
    assert gallery.shelf.choose(key)
    assert "line 2" in gallery.facts.text()
    assert gallery.add.isHidden()
    qtbot.mouseClick(gallery.forget, LEFT)
    assert not kept.exists()
    assert gallery.shelf.spoilt == {}
    shiboken6.delete(gallery)


def test_a_large_framework_is_shown_and_searched_at_once(
    context: Context, project: Project, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "large.json"
    path.write_text(large_framework(), "utf-8")
    project.frameworks.library.install(path)
    gallery = FrameworkGallery(context)
    with qtbot.waitExposed(gallery):
        gallery.show()
    start = time.process_time()
    gallery.shelf.choose("large")
    gallery.field.setText("notion 1999")
    shown = time.process_time() - start
    assert gallery.hits.model().rowCount() == 1
    assert shown < 1.5  # a tenth of it on a quiet computer
    gallery.field.setText("idea")
    assert gallery.hits.model().rowCount() == 200
    gallery.field.clear()
    gallery.shelf.choose("large")
    gallery.add.click()
    qtbot.waitUntil(lambda: not context.tasks.busy, timeout=20_000)
    assert len(project.codes.all(counted=False)) == NODES + 1
    shiboken6.delete(gallery)
