"""The program as a whole: what starts what, exit statuses, failures, no Qt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ikt_coder import __version__, logs
from ikt_coder.__main__ import main
from ikt_coder.cli.run import COMMANDS
from ikt_coder.services.project import Project
from tests.cli.conftest import Command, ScreenOfTests

READING = ("info", "codebook", "codings", "themes", "check")


def program(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "ikt_coder", *map(str, arguments)],
        capture_output=True,
        env={**os.environ, **environment},
        timeout=120,
        check=False,
    )


# -- the window ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "opened"),
    [
        ([], (None, False, False)),
        (["open"], (None, False, False)),
        (["open", "x.ikt"], (Path("x.ikt"), False, False)),
        (["x.ikt"], (Path("x.ikt"), False, False)),
        (["open", "--sample"], (None, True, False)),
        (["open", "x.ikt", "--read-only"], (Path("x.ikt"), False, True)),
    ],
)
def test_what_opens_the_window(
    arguments: list[str],
    opened: tuple[Path | None, bool, bool],
    ikt: Command,
    screen: ScreenOfTests,
) -> None:
    assert ikt(*arguments).status == 0
    assert screen.opened == [opened]


@pytest.mark.parametrize("arguments", [["open", "x.ikt", "--sample"], ["open", "--read-only"]])
def test_wrong_ways_to_open(arguments: list[str], ikt: Command, screen: ScreenOfTests) -> None:
    assert ikt(*arguments).status == 2
    assert screen.opened == []


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these always have a display")
def test_without_a_display_one_sentence_points_to_the_demonstration(
    ikt: Command, screen: ScreenOfTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    outcome = ikt()
    assert (outcome.status, outcome.out) == (1, "")
    assert "ikt-coder demo" in outcome.err
    assert len(outcome.err.strip().splitlines()) == 1
    assert screen.opened == []


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path | None, bool, bool]]:
    """What the program's start asked the window to open."""
    asked: list[tuple[Path | None, bool, bool]] = []

    def run(project: Path | None, *, sample: bool = False, read_only: bool = False) -> int:
        asked.append((project, sample, read_only))
        return 0

    monkeypatch.setattr("ikt_coder.app.run", run)
    return asked


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ([], (None, False, False)),
        (["open"], (None, False, False)),
        (["open", "x y.ikt"], (Path("x y.ikt"), False, False)),
        (["x y.IKT"], (Path("x y.IKT"), False, False)),
        (["open", "--sample"], (None, True, False)),
        (["open", "--read-only", "x.ikt"], (Path("x.ikt"), False, True)),
    ],
)
def test_the_start_hands_over_to_the_window(
    arguments: list[str],
    wanted: tuple[Path | None, bool, bool],
    opened: list[tuple[Path | None, bool, bool]],
) -> None:
    assert main(arguments) == 0
    assert opened == [wanted]


@pytest.mark.parametrize("arguments", [["nonsense"], ["--sample"], ["open", "a", "b"]])
def test_the_start_does_not_open_what_is_no_project(
    arguments: list[str], opened: list[tuple[Path | None, bool, bool]]
) -> None:
    assert main(arguments) == 2
    assert opened == []


def test_a_fault_of_the_window_shows_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> int:
        logs.configure()
        logs.close()
        raise RuntimeError("words of an interview")

    monkeypatch.setattr("ikt_coder.app.run", broken)
    assert main([]) == 1
    told = capsys.readouterr().err
    assert len(told.strip().splitlines()) == 1
    assert "words of an interview" not in told
    assert "RuntimeError" in told


def test_the_window_does_not_wait_for_the_command_line() -> None:
    script = (
        "import sys\nfrom ikt_coder import app\n"
        "app.run = lambda *_, **__: 0\n"
        "from ikt_coder.__main__ import main\n"
        "assert main(['open', '--sample']) == 0\n"
        "print('LOADED', [m for m in sys.modules if m in ('typer', 'pydantic', 'rich')])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.stdout.splitlines()[-1] == b"LOADED []", done.stderr


# -- usage ---------------------------------------------------------------------------------------


def test_version_and_help(ikt: Command) -> None:
    version = ikt("--version")
    assert (version.status, version.out) == (0, f"ikt-coder {__version__}\n")
    told = ikt("--help")
    assert told.status == 0
    for name in COMMANDS:
        assert f"\n  {name} " in told.out
        assert ikt(name, "--help").status == 0


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["--nonsense"], *[[name, "--nonsense"] for name in COMMANDS], ["text"]],
)
def test_wrong_usage_has_status_2(arguments: list[str], ikt: Command) -> None:
    outcome = ikt(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert "Usage: ikt-coder" in outcome.err


@pytest.mark.parametrize("name", ["copy", "merge"])
def test_commands_that_this_version_lacks_are_not_offered(name: str, ikt: Command) -> None:
    assert ikt(name, "x.ikt").status == 2


# -- failures ------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("absent.ikt", None),
        ("empty.ikt", b""),
        ("notes.ikt", b"Dear diary, this is no project. " * 10),
        ("cut.ikt", "cut"),
    ],
)
def test_a_file_that_is_no_project_gets_one_sentence(
    command: str, name: str, data: bytes | str | None, tmp_path: Path, sample: Path, ikt: Command
) -> None:
    path = tmp_path / name
    if data == "cut":
        path.write_bytes(sample.read_bytes()[:20_000])
    elif isinstance(data, bytes):
        path.write_bytes(data)
    before = path.read_bytes() if path.exists() else None
    outcome = ikt(command, path, "--json")
    assert (outcome.status, outcome.out) == (1, "")
    assert len(outcome.err.strip().splitlines()) == 1
    assert "Traceback" not in outcome.err
    assert (path.read_bytes() if path.exists() else None) == before


def test_new_does_not_write_over_a_file(tmp_path: Path, ikt: Command) -> None:
    path = tmp_path / "mine.ikt"
    path.write_text("mine")
    assert ikt("new", path).status == 1
    assert path.read_text() == "mine"
    assert ikt("new", tmp_path / "no folder" / "x.ikt").status == 1


def test_a_project_that_a_window_has_open_is_not_written_to(
    sample: Path, interview: Path, ikt: Command
) -> None:
    window = Project.open(sample)
    outcome = ikt("import", sample, interview)
    assert outcome.status == 1
    assert "Another window" in outcome.err
    assert len(window.documents.all()) == 6
    window.close()


def test_an_unknown_document_or_coder_is_named(sample: Path, ikt: Command) -> None:
    for arguments in (
        ("text", sample, "P99"),
        ("turns", sample, "P99", "--json"),
        ("codings", sample, "--coder", "P99", "--json"),
        ("codebook", sample, "--coder", "P99", "--json"),
    ):
        outcome = ikt(*arguments)
        assert (outcome.status, outcome.out) == (1, "")
        assert "P99" in outcome.err


def test_a_fault_of_the_program_gets_a_sentence_and_the_place_of_the_log(
    sample: Path, ikt: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("words of an interview")

    monkeypatch.setattr("ikt_coder.services.documents.DocumentService.all", broken)
    outcome = ikt("info", sample, "--json")
    assert (outcome.status, outcome.out) == (1, "")
    assert "RuntimeError" in outcome.err
    assert "words of an interview" not in outcome.err
    assert len(outcome.err.strip().splitlines()) == 1
    log = Path(outcome.err.strip().rpartition("where: ")[2])
    assert "RuntimeError" in log.read_text(encoding="utf-8")
    assert "words of an interview" not in log.read_text(encoding="utf-8")


# -- in a process of its own ---------------------------------------------------------------------


def test_output_is_utf8_whatever_the_system_says(project: Path) -> None:
    done = program("info", project, "--json", PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("utf-8"))["name"] == "Étude / one"


def test_a_reader_that_goes_away_ends_it_quietly(sample: Path) -> None:
    ikt = subprocess.Popen(
        [sys.executable, "-m", "ikt_coder", "codings", str(sample), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert ikt.stdout is not None
    assert ikt.stderr is not None
    ikt.stdout.read(1)
    ikt.stdout.close()
    told = ikt.stderr.read()
    ikt.stderr.close()
    ikt.wait(timeout=60)
    assert b"Traceback" not in told
    assert b"Exception" not in told


def test_no_command_loads_qt(sample: Path, tmp_path: Path) -> None:
    script = f"""
import sys
from ikt_coder.__main__ import main
project, out = {str(sample)!r}, {str(tmp_path / "t.docx")!r}
for arguments in (
    ["--help"], ["frameworks", "--json"], ["info", project],
    ["text", project, "P01 Patient partner"], ["codings", project, "--json"],
    ["check", project],
    ["export", project, "--what", "themes", "--to", out],
):
    assert main(arguments) == 0, arguments
print("LOADED", sorted(m for m in sys.modules if m.split(".")[0] == "PySide6"))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == b"LOADED []"


def test_looking_at_frameworks_does_without_the_database() -> None:
    script = (
        "import sys\nfrom ikt_coder.__main__ import main\n"
        "assert main(['frameworks', 'show', 'com-b']) == 0\n"
        "assert main(['--help']) == 0\n"
        "print('LOADED', [m for m in sys.modules if m == 'sqlalchemy'])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.stdout.splitlines()[-1] == b"LOADED []", done.stderr


# -- the demonstration ---------------------------------------------------------------------------


def test_the_demonstration_leaves_a_project_tables_and_pictures_and_can_be_repeated(
    tmp_path: Path, done: Command
) -> None:
    out = tmp_path / "demo output"
    first = program("demo", "--out", out, QT_QPA_PLATFORM="offscreen")
    assert first.returncode == 0, first.stderr
    listed = [Path(line.strip().decode()) for line in first.stdout.splitlines() if b"/" in line]
    files = [path for path in listed if path.is_file()]
    assert sorted(files) == sorted(path for path in out.iterdir() if path.is_file())
    endings = {path.suffix for path in files}
    assert endings == {".ikt", ".docx", ".xlsx", ".html", ".csv", ".md", ".png"}
    assert sum(path.suffix == ".png" for path in files) == 6
    assert all(path.stat().st_size > 20_000 for path in files if path.suffix == ".png")
    assert b"363 codings by Maren Halvorsen" in first.stdout
    assert b"Round 1: 6 documents coded blind" in first.stdout
    assert b"compared: pooled kappa ." in first.stdout
    assert b"differences settled" in first.stdout
    assert b"the project is sound" in first.stdout
    names = {path.name for path in files}
    assert {"agreement.docx", "decisions.docx", "methods.docx", "units.csv"} <= names
    assert {"chart-counts.docx", "engagement.docx", "engagement-counts.docx"} <= names
    assert {"case-ratings.docx", "framework-matrix.docx", "recommendations.docx"} <= names
    # Again in the same folder: what was not worked on is replaced, what was is kept.
    done("demo", "--out", out)
    (path,) = out.glob("*.ikt")
    with_work = Project.open(path)
    with_work.memos.add("my own words")
    with_work.close()
    told = done("demo", "--out", out)
    assert "earlier 1" in told.err
    kept = Project.open(out / f"{path.stem} (earlier 1).ikt")
    assert any(memo.text == "my own words" for memo in kept.memos.all())
    kept.close()
