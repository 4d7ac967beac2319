"""Makes the pictures of the README and the guide anew from the sample project:
``python -m docs.pictures [folder]``."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docs.pictures.camera import Camera

LARGEST = 250_000
"""Bytes: a README with pictures should open quickly."""

LARGEST_GUIDE = 4_000_000
"""Bytes: the guide comes with the program."""

CODED_NEXT = "You don't trust a committee."
"""Words of the first interview that are shown selected, the picker open on them."""


def main(folder: Path, guide: Path) -> int:
    """Save the pictures of the README in ``folder`` and those of the guide in ``guide``; returns
    1 where one is larger than it should be."""
    with tempfile.TemporaryDirectory() as home:
        # Nothing of the person's own settings and projects is to be seen in a picture.
        os.environ["IKT_CODER_HOME"] = os.environ["HOME"] = home
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from docs.pictures.shrinking import shrink

        files = shoot_all(folder, Path(home)) + shoot_guide_into(guide, Path(home))
        for file in files:
            shrink(file)
    too_large = [file for file in files if file.stat().st_size > LARGEST]
    for file in files:
        note = "  too large" if file in too_large else ""
        sys.stdout.write(f"{file}  {file.stat().st_size // 1000} kB{note}\n")
    whole = sum(file.stat().st_size for file in files if file.parent == guide)
    sys.stdout.write(f"{guide}  {whole // 1000} kB in all\n")
    return 1 if too_large or whole > LARGEST_GUIDE else 0


def shoot_all(folder: Path, home: Path) -> list[Path]:
    """Take the pictures; ``home`` is a folder to work in."""
    from docs.pictures.camera import Camera
    from ikt_coder.services.sample import load_sample
    from ikt_coder.ui.appearance.style import Mode

    project = home / "Studies" / "Partners in panels.ikt"
    project.parent.mkdir()
    load_sample(project).close()
    folder.mkdir(parents=True, exist_ok=True)
    camera = Camera(folder)
    look = camera.appearance
    for mode, ending in ((Mode.LIGHT, ""), (Mode.DARK, "-dark")):
        look.set_mode(mode)
        shoot_desk(camera, project, f"desk{ending}")
    look.set_mode(Mode.LIGHT)
    shoot_places(camera, project)
    shoot_import(camera, home / "A new study.ikt")
    shoot_welcome(camera, project)
    camera.close()
    return camera.taken


def shoot_guide_into(folder: Path, home: Path) -> list[Path]:
    """Take the pictures of the user guide, light and dark, from a sample that nobody has
    touched."""
    from docs.pictures.camera import Camera
    from docs.pictures.of_guide import shoot_guide
    from ikt_coder.services.sample import load_sample
    from ikt_coder.ui.appearance.style import Mode

    folder.mkdir(parents=True, exist_ok=True)
    camera = Camera(folder)
    for mode, camera.ending in ((Mode.LIGHT, ""), (Mode.DARK, "-dark")):
        camera.appearance.set_mode(mode)
        project = home / f"Guide{camera.ending}" / "Partners in panels.ikt"
        project.parent.mkdir()
        load_sample(project).close()
        shoot_guide(camera, project, project.parent)
    camera.appearance.set_mode(Mode.LIGHT)
    camera.close()
    return camera.taken


def shoot_desk(camera: Camera, project: Path, name: str) -> None:
    """Coding: some words selected and the picker open on them."""
    from PySide6.QtWidgets import QApplication, QLineEdit

    from ikt_coder.core.span import Span

    with camera.window(project) as window:
        transcript = window.transcript
        content = transcript.content
        assert content is not None
        at = content.text.index(CODED_NEXT)
        transcript.reveal(content.id, Span(at, at + len(CODED_NEXT)))
        code = next(row for row in transcript.code_rows() if row.name == "Trusting relationship")
        window.codes.tree.choose(code.id)
        transcript.pane.setFocus()
        camera.settle()
        transcript.acts["code_with"].trigger()
        camera.settle()
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        field.setText("trust")
        camera.shoot(window, name)


def shoot_places(camera: Camera, project: Path) -> None:
    """Themes, and passages beside their context."""
    with camera.window(project) as window:
        window.going.go_to_place("themes")
        camera.shoot(window, "themes")
        code = next(row for row in window.transcript.code_rows() if row.name == "Clear role")
        window.going.go_to_place("code")
        window.context.passages_wanted.emit(code.id)
        camera.shoot(window, "passages")


def shoot_import(camera: Camera, project: Path) -> None:
    """The preview of an import, with what was found in the files."""
    from ikt_coder import paths
    from ikt_coder.services.project import Project

    Project.create(project, "A new study").close()
    with camera.window(project) as window:
        window.documents.import_files(sorted(paths.resource("sample").glob("P0*")))
        dialog = window.documents.dialog
        assert dialog is not None
        dialog.resize(1100, 720)
        camera.shoot(dialog, "import")
        dialog.reject()


def shoot_welcome(camera: Camera, project: Path) -> None:
    """What stands there before a project is open."""
    from ikt_coder.ui.window.welcome import WelcomeWindow

    camera.settings.add_recent_project(project)
    window = WelcomeWindow(camera.appearance, camera.settings)
    camera.stage(window, 1000, 680)
    window.view.focus_first()
    camera.shoot(window, "welcome")
    window.close()
    window.deleteLater()


if __name__ == "__main__":
    here = Path(__file__).parent
    if len(sys.argv) > 1:
        sys.exit(main(Path(sys.argv[1]), Path(sys.argv[1]) / "guide"))
    sys.exit(main(here, here.parent / "guide" / "pictures"))
