"""The supervision sheet: what changed, what is asked, and that it stays one page."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.report import AnswerSpace, BulletList, Heading, Report
from ikt_coder.core.span import Span
from ikt_coder.core.words import Flag, ThemeStatus, Valence
from ikt_coder.exporters.catalogue import write
from ikt_coder.services.changes_since import Since
from ikt_coder.services.project import Project
from ikt_coder.services.sight import SightService
from ikt_coder.services.supervision import supervision_sheet
from tests.studies import add_talk, span_of, study

Desk = tuple[Project, UUID]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    project, document = study(tmp_path / "study.ikt")
    yield project, document
    project.close()


def moment(project: Project) -> datetime:
    """Just after the newest act."""
    return project.history.all(limit=1)[0].at + timedelta(microseconds=1)


def section(report: Report, heading: str) -> list[str]:
    """The items of the list below a heading."""
    at = next(
        i
        for i, block in enumerate(report.blocks)
        if isinstance(block, Heading) and block.text.startswith(heading)
    )
    for block in report.blocks[at + 1 :]:
        if isinstance(block, Heading):
            return []
        if isinstance(block, BulletList):
            return ["".join(run.text for run in item) for item in block.items]
    return []


def test_what_became_of_the_codebook(desk: Desk) -> None:
    project, document = desk
    add = project.codes.add
    trust, clear, role, old, top = (add(n) for n in ("Trust", "Clear", "Role", "Old", "Top"))
    project.codes.change(role, definition="What one is there for.")
    span = span_of(project, document, "She phoned me")
    coding = project.codings.apply(document, span, trust)
    since = moment(project)
    project.codes.merge([clear], role)
    project.codes.split(trust, [coding], "Warmth")
    project.codes.change(role, definition="What one is there for, as told.", name="Part")
    project.codes.delete(old)
    project.codes.move(trust, top)
    add("Money")
    changes = Since(project, since).codes()
    assert changes.merged == ((("Clear",), "Part"),)
    assert changes.split == (("Trust", "Warmth", 1),)
    assert changes.new == ("Money",)
    assert changes.removed == ("Old",)
    assert changes.renamed == (("Role", "Part"),)
    assert changes.moved == (("Trust", "", "Top"),)
    (change,) = changes.changed
    assert (change.name, change.field) == ("Part", "definition")
    assert change.before == "What one is there for."
    assert change.after == "What one is there for, as told."
    told = section(supervision_sheet(project, since), "Codebook")
    assert "Merged: Clear → Part" in told
    assert "Split: Trust → Warmth (1 coding)" in told
    assert "Moved: Trust, from the top to Top" in told


def test_what_was_taken_back_did_not_happen(desk: Desk) -> None:
    project, _ = desk
    one, two = project.codes.add("One"), project.codes.add("Two")
    since = moment(project)
    project.codes.merge([one], two)
    project.history.undo()
    project.codes.add("Three")
    project.history.undo()
    assert Since(project, since).codes().nothing


def test_a_code_whose_parent_was_merged_has_not_moved(desk: Desk) -> None:
    project, _ = desk
    parent, other = project.codes.add("Parent"), project.codes.add("Other")
    project.codes.add("Child", parent)
    since = moment(project)
    project.codes.merge([parent], other)
    assert Since(project, since).codes().moved == ()


def test_a_framework_is_told_as_one(desk: Desk) -> None:
    project, _ = desk
    since = moment(project)
    project.frameworks.add("tdf-v2")
    changes = Since(project, since).codes()
    assert [count for _, count in changes.added] == [15]
    assert changes.new == ()


def test_themes_new_and_changed(desk: Desk) -> None:
    project, _ = desk
    first = project.themes.add("Someone phones", description="A call.")
    since = moment(project)
    project.themes.add("A role nobody described")
    project.themes.change(first, description="A call in time.", status=ThemeStatus.UNDER_REVIEW)
    told = section(supervision_sheet(project, since), "Themes")
    assert told[0] == "New (1): A role nobody described"
    assert "Someone phones, status: before “candidate”, now “under review”" in told
    assert "Someone phones, description: before “A call.”, now “A call in time.”" in told


def test_questions_and_unsure_codings_with_their_words(desk: Desk) -> None:
    project, document = desk
    code = project.codes.add("Clear role")
    since = moment(project)
    span = span_of(project, document, "Nobody had explained how a study is put together")
    project.codings.apply(
        document, span, code, valence=Valence.BARRIER, flags=[Flag.UNSURE], memo="Or training?"
    )
    project.memos.add("Split this code?", code=code, ask=True)
    project.memos.add("Not asked.", code=code)
    report = supervision_sheet(project, since)
    (asked,) = section(report, "Questions")
    assert asked.startswith("Split this code? (code “Clear role”, Amara Okafor")
    (unsure,) = section(report, "Unsure")
    assert "− Clear role: " in unsure
    assert "“Nobody had explained how a study is put together”" in unsure
    assert "or what a partner" in unsure  # the words that follow
    assert "P01: " not in unsure
    assert "Or training?" in unsure
    assert "Amara Okafor 1 (of 1)" in section(report, "Where")[1]
    named = supervision_sheet(project, since, initials=True)
    assert "Amara" not in repr(named)


def test_what_was_unsure_before_is_only_counted(desk: Desk) -> None:
    project, document = desk
    code = project.codes.add("Time")
    project.codings.apply(
        document, span_of(project, document, "I came late"), code, flags=[Flag.UNSURE]
    )
    report = supervision_sheet(project, moment(project))
    assert section(report, "Unsure") == []
    assert "1 older coding is still marked unsure." in repr(report)


def test_a_quiet_fortnight_says_so_and_leaves_room_to_answer(desk: Desk) -> None:
    project, _ = desk
    report = supervision_sheet(project, moment(project))
    assert "No code was changed." in repr(report)
    (room,) = [block for block in report.blocks if isinstance(block, AnswerSpace)]
    assert room.lines == 10


def busy(project: Project, document: UUID) -> Report:
    """More than any fortnight holds, in every section."""
    code = project.codes.add("A code with quite a long name that goes on")
    since = datetime.now(UTC) - timedelta(days=1)
    for number in range(40):
        key = project.codes.add(f"Code number {number} with a name of some length")
        project.codes.change(key, definition=f"Definition {number}. " + "Words go on here. " * 20)
        project.memos.add(f"Question {number}: " + "should this be a code? " * 20, ask=True)
        project.themes.add(f"Theme {number}: " + "一つの長い名前 " * 6)
        project.codings.apply(
            document, Span(number, 150 + number), code, flags=[Flag.UNSURE], memo="Why? " * 40
        )
    return supervision_sheet(project, since)


def test_lists_are_cut_and_say_how_many_more(desk: Desk) -> None:
    report = busy(*desk)
    for heading in ("Questions", "Unsure"):
        items = section(report, heading)
        assert len(items) < 20
        found = re.fullmatch(r"and (\d+) more", items[-1])
        assert found is not None
        assert int(found.group(1)) + len(items) - 1 == 40


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_sheet_is_one_page(desk: Desk, tmp_path: Path) -> None:
    project, document = desk
    add_talk(project, title="A second talk")
    quiet = supervision_sheet(project, moment(project))
    for name, report in (("quiet", quiet), ("busy", busy(project, document))):
        write(report, tmp_path / f"{name}.docx")
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            *(str(tmp_path / f"{name}.docx") for name in ("quiet", "busy")),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    for name in ("quiet", "busy"):
        pages = re.findall(rb"/Type\s*/Page[^s]", (tmp_path / f"{name}.pdf").read_bytes())
        assert len(pages) == 1, name


def test_codings_of_others_that_may_not_be_seen_are_not_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, document = desk
    code = project.codes.add("Time")
    since = moment(project)
    span = span_of(project, document, "I came late")
    project.codings.apply(document, span, code, flags=[Flag.UNSURE])
    second = project.coders.add("Bo Lind")
    project.coders.switch(second)
    assert len(section(supervision_sheet(project, since), "Unsure")) == 1
    monkeypatch.setattr(SightService, "coders", lambda *_: frozenset({second}))
    report = supervision_sheet(project, since)
    assert section(report, "Unsure") == []
    assert section(report, "Where")[1] == "Codings since then: none."
