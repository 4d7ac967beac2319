"""Every report, in every kind of file, tells the same whatever others coded in sealed documents."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from ikt_coder.core.coded_transcript import CodedTranscript
from ikt_coder.core.errors import UserError
from ikt_coder.core.report import Report
from ikt_coder.core.table import Table
from ikt_coder.exporters.catalogue import write, write_tables
from ikt_coder.services.project import Project
from ikt_coder.services.report_catalogue import REPORTS
from ikt_coder.services.report_kinds import Choice, ReportKind, ReportOptions
from tests.sealed_pair import GRO, MARK, Plain, Two, make_two
from tests.sealed_study import AMARA, BENI, SEALED, unseal_round


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    return make_two(tmp_path_factory.mktemp("sealed"))


def _options(kind: ReportKind, project: Project) -> list[ReportOptions]:
    coders = [None, project.coders.find(AMARA).id, project.coders.find(BENI).id]
    documents = [project.documents.find(title).id for title in (*SEALED, "P05 Policy adviser")]
    return [
        ReportOptions(coder=coder, document=document)
        for coder in (coders if Choice.CODER in kind.choices else coders[:1])
        for document in (documents if Choice.DOCUMENT in kind.choices else documents[:1])
    ]


def _words(path: Path, plain: Plain) -> list[str]:
    """What a file says, without the moments it was made at."""
    if path.suffix not in (".docx", ".xlsx"):
        return [plain(path.read_text(encoding="utf-8-sig"))]
    if path.suffix == ".xlsx":  # each text of it once, whichever cells share it
        book = openpyxl.load_workbook(path)
        return [plain(str(row)) for sheet in book for row in sheet.iter_rows(values_only=True)]
    with zipfile.ZipFile(path) as archive:
        return [
            plain(archive.read(name).decode("utf-8", "replace"))
            for name in sorted(archive.namelist())
            if name.endswith(".xml")
        ]


def _told(path: Path, two: Two, who: str | None, folder: Path | None = None) -> dict[str, object]:
    """What each report says, with a ``folder`` also what its files say."""
    project = Project.open(path, read_only=True)
    plain = Plain(two)
    told: dict[str, object] = {}
    if folder is not None:
        folder.mkdir(parents=True)
    try:
        project.coder = None if who is None else project.coders.find(who).id
        for kind in REPORTS:
            if kind.key == "words":
                continue  # of texts alone
            for number, options in enumerate(_options(kind, project)):
                try:
                    made = kind.build(project, options)
                except UserError as error:
                    told[f"{kind.key} {number}"] = plain(str(error))
                    continue
                # What is written is what was made, so all that was made is compared; and a
                # file of each kind, for each choice one and for the first choice every one.
                told[f"{kind.key} {number}"] = plain(made)
                if folder is None:
                    continue
                at = number % len(kind.endings)
                for ending in kind.endings if number == 0 else kind.endings[at : at + 1]:
                    target = folder / f"file{ending}"
                    if isinstance(made, Table):
                        write_tables([made], target, "en", "")
                    elif isinstance(made, Report | CodedTranscript):
                        write(made, target, "en")
                    elif isinstance(made, Sequence):
                        write_tables(made, target, "en", "")
                    told[f"{kind.key} {number} {ending}"] = _words(target, plain)
    finally:
        project.close()
    return told


@pytest.mark.parametrize("who", [BENI, GRO, None])
def test_every_report_tells_the_same(two: Two, tmp_path: Path, who: str | None) -> None:
    # What writes the files knows neither project nor coder: they are read for one of them.
    files = who == BENI
    quiet = _told(two.quiet, two, who, tmp_path / "1" if files else None)
    loud = _told(two.loud, two, who, tmp_path / "2" if files else None)
    assert len(quiet) > 60
    assert {kind.key for kind in REPORTS} - {"words"} == {key.split()[0] for key in quiet}
    assert {key for key in quiet | loud if quiet.get(key) != loud.get(key)} == set()
    assert not [key for key, said in loud.items() if MARK in repr(said)]


def test_and_something_else_once_it_is_unsealed(two: Two, tmp_path: Path) -> None:
    told = []
    for path in (two.quiet, two.loud):
        open_now = tmp_path / path.name
        open_now.write_bytes(path.read_bytes())
        project = Project.open(open_now)
        unseal_round(project, two.round)
        project.close()
        told.append(_told(open_now, two, BENI))
    quiet, loud = told
    different = {key.split()[0] for key in quiet | loud if quiet.get(key) != loud.get(key)}
    assert different >= {
        *("codebook", "codings", "passages", "matrix", "cooccurrence", "frequencies", "themes"),
        *("quotes", "deviant_cases", "theme_report", "coded_transcript", "supervision", "memos"),
        "history",
    }
    assert re.search(MARK, repr(loud))


def test_what_is_left_out_is_said(two: Two) -> None:
    """Every table that leaves something out says so in its note."""
    project = Project.open(two.loud, read_only=True)
    try:
        project.coder = project.coders.find(BENI).id
        silent = []
        for kind in REPORTS:
            if kind.key in ("words", "codebook", "units", "glossary"):
                continue  # of texts; of one's own codings; of what was unsealed; of terms
            if kind.key in ("charting", "chart_counts", "chart_verification"):
                continue  # of forms, which hold no codings
            if kind.key == "guide" or kind.key.startswith("engagement"):
                continue  # of what was asked, and of who took part
            if kind.key == "studies" or kind.key.startswith("attributes_"):
                continue  # of records and of people, which hold no codings either
            made = kind.build(project, _options(kind, project)[0])
            first = made if isinstance(made, Table | Report | CodedTranscript) else made[0]
            if "sealed" not in repr(_notes(first)):
                silent.append(kind.key)
        assert silent == []
    finally:
        project.close()


def _notes(made: Table | Report | CodedTranscript) -> object:
    if isinstance(made, Table):
        return made.note
    return made.blocks if isinstance(made, Report) else made.notes
