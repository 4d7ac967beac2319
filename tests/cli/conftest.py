"""Running commands as a person or a script does, within this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ikt_coder.cli.run import run
from tests.samples import sample_project


class ScreenOfTests:
    """Takes what commands ask of the window."""

    def __init__(self) -> None:
        self.opened: list[tuple[Path | None, bool, bool]] = []

    def open(self, project: Path | None, *, sample: bool, read_only: bool) -> int:
        self.opened.append((project, sample, read_only))
        return 0

    def pictures(self, project: Path, folder: Path) -> list[Path]:
        assert project.is_file()
        picture = folder / "window.png"
        picture.write_bytes(b"picture")
        return [picture]


@dataclass(frozen=True, slots=True)
class Outcome:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on standard output."""
        return json.loads(self.out)


Command = Callable[..., Outcome]


@pytest.fixture
def screen() -> ScreenOfTests:
    return ScreenOfTests()


@pytest.fixture
def ikt(capsysbinary: pytest.CaptureFixture[bytes], screen: ScreenOfTests) -> Command:
    """Run a command; arguments of any kind are written as strings."""

    def command(*arguments: object) -> Outcome:
        capsysbinary.readouterr()
        status = run([str(one) for one in arguments], screen)
        out, err = capsysbinary.readouterr()
        return Outcome(status, out.decode("utf-8", "surrogatepass"), err.decode())

    return command


@pytest.fixture
def done(ikt: Command) -> Command:
    """Run a command that must succeed."""

    def command(*arguments: object) -> Outcome:
        outcome = ikt(*arguments)
        assert outcome.status == 0, outcome.err
        return outcome

    return command


INTERVIEW = """Interviewer: How did it begin?

P01: With a phone call 📞 and a café visit.

Interviewer: And then?

P01: =Then= nothing, for a year. Ça va.

Interviewer: Nothing?

P01: Not a word.
"""


@pytest.fixture
def interview(tmp_path: Path) -> Path:
    """A transcript with two speakers and signs outside the first plane."""
    path = tmp_path / "P01 Über-Interview.txt"
    path.write_text(INTERVIEW, encoding="utf-8")
    return path


@pytest.fixture
def project(tmp_path: Path, interview: Path, done: Command) -> Path:
    """A project in a folder with spaces and accents, with one document."""
    folder = tmp_path / "my prøjects & more"
    folder.mkdir()
    path = folder / "Étude 1.ikt"
    done("new", path, "--name", "Étude / one")
    done("import", path, interview)
    return path


TITLE = "P01 Über-Interview"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The sample project as a file."""
    path = tmp_path / "sample.ikt"
    sample_project(path).close()
    return path
