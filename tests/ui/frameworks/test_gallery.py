"""The gallery of frameworks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from ikt_coder.services.project import Project
from ikt_coder.services.rows import LevelRow
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.context import Context
from ikt_coder.ui.frameworks.gallery import FrameworkGallery
from ikt_coder.ui.frameworks.level_set_dialog import LevelSetDialog
from ikt_coder.ui.tasks import Tasks
from ikt_coder.ui.widgets.roles import ItemRole
from tests.studies import span_of, study

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def context(tmp_path: Path, appearance: Appearance, qapp: object) -> Iterator[Context]:
    project, _ = study(tmp_path / "Study.ikt")

    def report(error: BaseException) -> None:
        raise error

    made = Context(project, Settings.load(), appearance, Tasks(report))
    yield made
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


@pytest.fixture
def said(context: Context) -> list[str]:
    words: list[str] = []
    context.message.connect(lambda said, _undo: words.append(said))
    return words


def listed(gallery: FrameworkGallery) -> dict[str, object]:
    model = gallery.presets.model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    return {
        str(row.data(ItemRole.KEY)): row.data(ItemRole.COUNT)
        for row in rows
        if row.data(ItemRole.KEY) is not None
    }


def test_all_presets_are_there_and_the_first_is_shown(
    gallery: FrameworkGallery, project: Project
) -> None:
    presets = project.frameworks.presets()
    assert list(listed(gallery)) == [preset.key for preset in presets]
    assert gallery.title.text() == presets[0].name
    assert gallery.add.isVisible()
    assert gallery.remove.isHidden()


@pytest.mark.parametrize("key", ["com-b", "tdf-v2", "sem-ikt3", "coding-dimensions"])
def test_a_preset_tells_its_source_place_and_how_far_it_was_checked(
    gallery: FrameworkGallery, project: Project, key: str
) -> None:
    preset = next(one for one in project.frameworks.presets() if one.key == key)
    gallery.show_preset(key)
    assert gallery.citation.text() == preset.citation.reference if preset.citation else True
    assert gallery.place.text().startswith(preset.purpose)
    assert "Adds" in gallery.place.text() or "Shows direction" in gallery.place.text()
    assert preset.definitions_label in gallery.facts.text()
    assert "retrieved" in gallery.facts.text() or "memory" in gallery.facts.text()
    assert preset.licence in gallery.licence.text()
    names = [item.name for _, item in preset.tree()]
    seen = []
    index = gallery.nodes.index(0, 0)
    while index.isValid():
        seen.append(index.data())
        index = gallery.tree.indexBelow(index)
    assert seen == names


def test_where_a_construct_lives(gallery: FrameworkGallery, qtbot: QtBot) -> None:
    qtbot.keyClicks(gallery.field, "self-efficacy")
    first = gallery.hits.model().index(0, 0)
    assert first.data() == "Beliefs about capabilities"
    assert "Self-efficacy" in str(first.data(ItemRole.SUBTITLE))
    assert gallery.title.text().startswith("Theoretical Domains Framework")
    assert gallery.tree.currentIndex().data() == "Beliefs about capabilities"
    assert "Self-efficacy" in gallery.node_words.text()
    qtbot.keyClick(gallery.field, Qt.Key.Key_Escape)
    assert gallery.presets.isVisible()
    qtbot.keyClicks(gallery.field, "xyzzy")
    assert gallery.hits.model().rowCount() == 0


def test_adding_and_removing_are_one_act_each(
    gallery: FrameworkGallery, project: Project, said: list[str], qtbot: QtBot
) -> None:
    gallery.show_preset("tdf-v2")
    qtbot.mouseClick(gallery.add, LEFT)
    assert [row.key for row in project.frameworks.all()] == ["tdf-v2"]
    assert listed(gallery)["tdf-v2"] == "✓ added"
    assert gallery.add.isHidden()
    document = project.documents.all()[0].id
    domain = next(row for row in project.codes.all() if row.node_key)
    project.codings.apply(document, span_of(project, document, "slides"), domain.id)
    qtbot.mouseClick(gallery.remove, LEFT)
    assert project.frameworks.all() == ()
    assert said[0] == "Added <b>Theoretical Domains Framework, version 2</b>"
    assert said[1].endswith("with 1 coding")
    project.history.undo()
    assert gallery.remove.isVisible()
    assert len(project.codings.in_document(document)) == 1


def test_definitions_speak_of_the_focal_actor(
    context: Context, project: Project, qtbot: QtBot
) -> None:
    project.card.change(focal_actor="the ward nurse")
    gallery = FrameworkGallery(context)
    gallery.show_preset("tdf-v2")
    told = []
    index = gallery.nodes.index(0, 0)
    while index.isValid():
        told.append(str(index.data(ItemRole.SUBTITLE)))
        index = gallery.tree.indexBelow(index)
    assert any("the ward nurse" in text for text in told)
    assert not any("{actor}" in text for text in told)
    shiboken6.delete(gallery)


def test_a_read_only_project_takes_no_framework(
    context: Context, project: Project, qtbot: QtBot, tmp_path: Path
) -> None:
    project.safety.save_copy(tmp_path / "Copy.ikt")
    copy = Project.open(tmp_path / "Copy.ikt", read_only=True)
    other = Context(copy, context.settings, context.appearance, context.tasks)
    gallery = FrameworkGallery(other)
    assert not gallery.add.isEnabled()
    shiboken6.delete(gallery)
    other.signals.end()
    copy.close()


def of_level(project: Project, name: str) -> LevelRow:
    return next(row for row in project.frameworks.levels() if row.name == name)


def choose(gallery: FrameworkGallery, name: str) -> None:
    index = gallery.nodes.index(0, 0)
    while index.isValid() and index.data() != name:
        index = gallery.tree.indexBelow(index)
    assert index.isValid()
    gallery.tree.setCurrentIndex(index)


def test_a_level_is_worded_from_its_source(
    gallery: FrameworkGallery, project: Project, said: list[str], qtbot: QtBot
) -> None:
    gallery.show_preset("levels-micro-meso-macro")
    first, second = (node.name for _, node in list(gallery._preset.tree())[:2])  # type: ignore[union-attr]  # shown above
    choose(gallery, first)
    shown = gallery.wording
    assert shown.isHidden()  # it is not in the project yet
    qtbot.mouseClick(gallery.add, LEFT)
    assert shown.wording.isVisible()
    assert shown.label.text() == "paraphrase by IKT Coder"
    assert of_level(project, first).template == shown.definition.editor.text()
    before = len(project.history.all())
    shown.wording.editor.setFocus()
    qtbot.keyClicks(shown.wording.editor, "Single persons")
    assert of_level(project, first).source_wording == ""
    qtbot.keyClick(shown.wording.editor, Qt.Key.Key_Tab)
    assert shown.page.editor.hasFocus()
    assert of_level(project, first).source_wording == "Single persons"
    assert len(project.history.all()) == before + 1
    qtbot.keyClicks(shown.page.editor, "12")
    qtbot.keyClick(shown.page.editor, Qt.Key.Key_Return)
    assert of_level(project, first).source_page == "12"
    assert len(project.history.all()) == before + 2
    assert said[-2:] == [
        f"Saved the source wording of <b>{first}</b>",
        f"Saved the page of <b>{first}</b>",
    ]
    gallery.tree.setFocus()
    choose(gallery, second)
    assert (shown.wording.editor.text(), shown.page.editor.text()) == ("", "")
    choose(gallery, first)
    assert (shown.wording.editor.text(), shown.page.editor.text()) == ("Single persons", "12")
    project.history.undo()
    assert shown.page.editor.text() == ""
    assert len(project.history.all()) == before + 3  # the undoing itself; showing writes nothing


def test_wording_belongs_to_the_level_it_was_typed_for(
    gallery: FrameworkGallery, project: Project, qtbot: QtBot
) -> None:
    project.frameworks.add("sem-ikt3")
    gallery.show_preset("sem-ikt3")
    first, second = project.frameworks.levels()[:2]
    choose(gallery, first.name)
    gallery.wording.wording.editor.setFocus()
    qtbot.keyClicks(gallery.wording.wording.editor, "As printed")
    choose(gallery, second.name)
    assert of_level(project, first.name).source_wording == "As printed"
    assert of_level(project, second.name).source_wording == ""
    gallery.wording.page.editor.setFocus()
    qtbot.keyClicks(gallery.wording.page.editor, "3")
    qtbot.mouseClick(gallery.close_button, LEFT)
    assert of_level(project, second.name).source_page == "3"
    assert of_level(project, first.name).source_page == ""


def test_codes_and_other_presets_have_no_wording_of_levels(
    gallery: FrameworkGallery, project: Project, qtbot: QtBot
) -> None:
    for key in ("levels-micro-meso-macro", "com-b"):
        project.frameworks.add(key)
    gallery.show_preset("levels-micro-meso-macro")
    level = project.frameworks.levels()[0]
    choose(gallery, level.name)
    assert gallery.wording.isVisible()
    gallery.show_preset("com-b")
    assert gallery.wording.isHidden()
    choose(gallery, "Capability")
    assert gallery.wording.isHidden()
    gallery.show_preset("levels-micro-meso-macro", level.node_key)
    assert gallery.wording.isVisible()
    qtbot.mouseClick(gallery.remove, LEFT)
    assert gallery.wording.isHidden()


def test_a_level_definition_is_edited_and_still_speaks_of_the_focal_actor(
    gallery: FrameworkGallery, project: Project, said: list[str], qtbot: QtBot
) -> None:
    project.frameworks.add("sem-ikt3")
    gallery.show_preset("sem-ikt3")
    level = project.frameworks.levels()[0]
    choose(gallery, level.name)
    shown = gallery.wording
    assert shown.name.isHidden()  # a published name stays
    assert shown.label.text() == "paraphrase by IKT Coder"
    before = len(project.history.all())
    shown.definition.editor.setFocus()
    shown.definition.editor.selectAll()
    qtbot.keyClicks(shown.definition.editor, "What {actor} knows.")
    qtbot.keyClick(shown.definition.editor, Qt.Key.Key_Tab)
    assert len(project.history.all()) == before + 1
    assert said[-1] == f"Changed the definition of <b>{level.name}</b>"
    assert of_level(project, level.name).definition == "What the person knows."
    assert gallery.tree.currentIndex().data(ItemRole.SUBTITLE) == "What the person knows."
    assert "“the person”" in shown.definition.note()
    assert shown.label.text() == "worded by this project"
    assert shown.wording.editor.hasFocus()  # the act took no one out of the form
    project.card.change(focal_actor="the ward nurse")
    assert gallery.tree.currentIndex().data(ItemRole.SUBTITLE) == "What the ward nurse knows."
    assert "“the ward nurse”" in shown.definition.note()
    project.history.undo()
    project.history.undo()
    assert of_level(project, level.name) == level
    assert shown.definition.editor.text() == level.template
    assert shown.label.text() == "paraphrase by IKT Coder"


def make_set(gallery: FrameworkGallery, qtbot: QtBot, name: str, levels: str) -> None:
    def fill() -> None:
        dialog = gallery.findChild(LevelSetDialog)
        assert dialog is not None
        qtbot.keyClicks(dialog.name.editor, name)
        dialog.levels.editor.setPlainText(levels)
        qtbot.mouseClick(dialog.keep_button, LEFT)
        if dialog.isVisible():
            problems.append(dialog.problem.text())
            qtbot.mouseClick(dialog.cancel_button, LEFT)

    problems: list[str] = []
    QTimer.singleShot(0, fill)
    qtbot.mouseClick(gallery.new_set, LEFT)
    gallery.setProperty("problems", problems)


def names_shown(gallery: FrameworkGallery) -> list[str]:
    model = gallery.nodes
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_a_level_set_of_ones_own(
    gallery: FrameworkGallery, context: Context, said: list[str], qtbot: QtBot
) -> None:
    project, refused = context.project, list[str]()
    context.failed.connect(lambda error: refused.append(str(error.what)))
    make_set(gallery, qtbot, "Our system", "Team\n\nService\nHealth system\n")
    assert said[-1] == "Made the level set <b>Our system</b>"
    assert gallery.title.text() == "Our system"
    assert names_shown(gallery) == ["Team", "Service", "Health system"]
    assert gallery.own.isVisible()
    choose(gallery, "Service")
    qtbot.mouseClick(gallery.own.up, LEFT)
    assert names_shown(gallery) == ["Service", "Team", "Health system"]
    assert gallery.tree.currentIndex().data() == "Service"
    shown = gallery.wording
    assert shown.name.isVisible()
    assert not shown.wording.isVisible()
    shown.name.editor.setFocus()
    shown.name.editor.selectAll()
    qtbot.keyClicks(shown.name.editor, "Clinic")
    qtbot.keyClick(shown.name.editor, Qt.Key.Key_Return)
    assert names_shown(gallery) == ["Clinic", "Team", "Health system"]
    shown.name.editor.selectAll()
    qtbot.keyClicks(shown.name.editor, "team")  # taken
    qtbot.keyClick(shown.name.editor, Qt.Key.Key_Return)
    assert refused == ["The set has a level “team” already."]
    assert names_shown(gallery)[0] == "Clinic"
    qtbot.mouseClick(gallery.own.remove, LEFT)
    assert [row.name for row in project.frameworks.levels()] == ["Team", "Health system"]
    for _ in range(3):
        project.history.undo()
    assert names_shown(gallery) == ["Team", "Service", "Health system"]
    project.history.undo()
    assert project.frameworks.levels() == ()
    assert "Our system" not in gallery.title.text()


def test_a_level_set_without_levels_is_refused_in_the_dialog(
    gallery: FrameworkGallery, project: Project, qtbot: QtBot
) -> None:
    make_set(gallery, qtbot, "Our system", "")
    assert gallery.property("problems") == ["A level set needs levels. Write one on each line."]
    assert project.frameworks.all() == ()


def test_a_published_scheme_keeps_its_levels(gallery: FrameworkGallery, project: Project) -> None:
    project.frameworks.add("sem-ikt3")
    gallery.show_preset("sem-ikt3")
    choose(gallery, project.frameworks.levels()[0].name)
    assert gallery.own.isHidden()
