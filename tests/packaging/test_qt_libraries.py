"""Qt's system libraries: found missing, named by package, installed or told."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "debian" / "qt-libraries"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems bring these along")


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    # No compiled copy is left beside the script.
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = importlib.machinery.SourceFileLoader("qt_libraries", str(SCRIPT))
    spec = importlib.util.spec_from_loader("qt_libraries", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    monkeypatch.setattr(module.shutil, "which", lambda name: f"/usr/bin/{name}")
    return module


def test_the_parts_of_qt_that_are_looked_at_exist(script: ModuleType) -> None:
    folder = script.pyside_folder()
    assert [pattern for pattern in script.USED if not list(folder.glob(pattern))] == []


def test_missing_libraries_are_read_from_what_ldd_shows(script: ModuleType) -> None:
    shown = (
        "libqxcb.so:\n"
        "\tlibxcb-cursor.so.0 => not found\n"
        "\tlibc.so.6 => /lib/libc.so.6 (0x0000)\n"
        "\tlibEGL.so.1 => not found\n"
        "libQt6Gui.so.6:\n"
        "\tlibEGL.so.1 => not found\n"
        "\tlibQt6Pdf.so.6 => not found\n"
    )
    assert script.missing_in(shown) == ["libEGL.so.1", "libxcb-cursor.so.0"]


def test_a_package_goes_by_the_name_this_release_gives_it(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    needed = ["libglib-2.0.so.0", "libgthread-2.0.so.0"]
    monkeypatch.setattr(script, "known_to_apt", lambda name: name.endswith("t64"))
    assert script.packages_for(needed) == ["libglib2.0-0t64"]
    monkeypatch.setattr(script, "known_to_apt", lambda name: not name.endswith("t64"))
    assert script.packages_for(needed) == ["libglib2.0-0"]


def test_what_may_not_be_installed_is_told_in_one_command(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script, "missing_libraries", lambda _: ["libEGL.so.1", "libodd.so.3"])
    monkeypatch.setattr(script, "as_administrator", lambda: None)
    monkeypatch.setattr(script, "known_to_apt", lambda _: True)
    assert script.main() == 1
    told = capsys.readouterr().err
    assert "sudo apt install libegl1\n" in told
    assert "libodd.so.3" in told


def test_what_may_be_installed_is_until_nothing_is_missing(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = [["libEGL.so.1"], ["libGL.so.1"], []]
    asked: list[list[str]] = []
    monkeypatch.setattr(script, "missing_libraries", lambda _: rounds.pop(0))
    monkeypatch.setattr(script, "as_administrator", list)
    monkeypatch.setattr(script, "install", lambda libraries, before: asked.append(libraries))
    assert script.main() == 0
    assert asked == [["libEGL.so.1"], ["libGL.so.1"]]


def test_an_installation_that_does_not_help_ends_and_tells(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script, "missing_libraries", lambda _: ["libEGL.so.1"])
    monkeypatch.setattr(script, "as_administrator", list)
    monkeypatch.setattr(script, "known_to_apt", lambda _: True)
    asked: list[list[str]] = []
    monkeypatch.setattr(script, "install", lambda libraries, before: asked.append(libraries))
    assert script.main() == 1
    assert len(asked) == 1
    assert "libegl1" in capsys.readouterr().err
