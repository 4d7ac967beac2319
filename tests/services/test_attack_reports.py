"""Reports of studies nobody expects: hostile names, nothing at all, what was named and is gone."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
from lxml import etree, html

from ikt_coder.core.errors import UserError
from ikt_coder.core.query import AttributeTest, Block, Filters, Grouping, Query, Term, TermKind
from ikt_coder.core.query import Test as Comparison
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.words import (
    AttributeKind,
    DocumentStatus,
    LinkKind,
    Stance,
    Subject,
    Valence,
)
from ikt_coder.exporters.catalogue import write
from ikt_coder.services.new_codings import NewCoding
from ikt_coder.services.project import Project
from ikt_coder.services.report_catalogue import REPORTS
from ikt_coder.services.report_kinds import ReportKind, ReportOptions
from ikt_coder.services.retrieval_reports import RetrievalOptions
from ikt_coder.services.theme_table_options import FULL_COLUMNS, ThemeTableOptions
from tests.studies import TALK, add_talk, dump, span_of, study

MARKUP = '<script>alert("x")</script><b>&amp;</b>'
FORMULA = '=HYPERLINK("http://x")'
HOSTILE = {
    "markup": MARKUP,
    "formula": FORMULA,
    "long": "W" * 300,
    "right to left": "\u202eمرحبا\u202c بالعالم",
    "signs": "a\x07b\x1b[31m\ufffe | *b* _c_ `d` $e$ \\ # 😀",
}
every_report = pytest.mark.parametrize("kind", REPORTS, ids=lambda kind: kind.key)
FORMATS = [(kind, ending) for kind in REPORTS for ending in kind.endings]


def hostile(path: Path, name: str) -> Project:
    """A study in which everything has one name, as far as it may."""
    project, document = study(path)
    project.card.change(name=name, research_question=name, focal_actor=name)
    project.documents.rename(document, name)
    first = project.participants.all()[0]
    project.participants.change(first.id, label=name[:120], group=name[:120])
    attribute = project.attributes.add(name[:120], Subject.PARTICIPANT, AttributeKind.TEXT)
    project.attributes.set({(first.id, attribute): name})
    code = project.codes.add(name, definition=name, include=name, exclude=name, example=name)
    below = project.codes.add(name[:299] + "2", code)
    coding = project.codings.apply(
        document, span_of(project, document, "She phoned me"), code, memo=name
    )
    project.codings.apply(
        document, span_of(project, document, "phoned me before"), below, valence=Valence.BARRIER
    )
    theme = project.themes.add(
        name, codes=[code], description=name, central_idea=name, boundaries=name, narrative=name
    )
    other = project.themes.add(f"{name[:298]} 2", theme)
    project.themes.link(theme, other, LinkKind.CONTRAST, name)
    project.themes.set_stance(theme, coding, Stance.CONTRADICTS)
    project.themes.accept_quote(theme, coding)
    project.memos.add(name, document=document, title=name, ask=True)
    project.documents.set_status(document, DocumentStatus.CODED)
    project.queries.save(name[:120], Query((Block((Term(TermKind.CODE, code),)),)))
    project.tables.save(name[:120], "themes", ThemeTableOptions(columns=FULL_COLUMNS, title=name))
    return project


@pytest.fixture(scope="module", params=HOSTILE)
def study_of_names(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Project]]:
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IKT_CODER_HOME", str(folder))
        project = hostile(folder / "study.ikt", HOSTILE[request.param])
        yield request.param, project
        project.close()


@pytest.mark.parametrize(
    ("kind", "ending"), FORMATS, ids=[f"{kind.key}{ending}" for kind, ending in FORMATS]
)
def test_hostile_names_stay_names_in_every_file(
    study_of_names: tuple[str, Project], kind: ReportKind, ending: str, tmp_path: Path
) -> None:
    name, project = study_of_names
    path = tmp_path / f"report{ending}"
    options = ReportOptions(
        ending=ending,
        theme_table=ThemeTableOptions(columns=FULL_COLUMNS, title=HOSTILE[name]),
        retrieval=RetrievalOptions(Query(grouping=Grouping.THEME)),
    )
    write(kind.build(project, options), path)
    if ending == ".docx":
        with zipfile.ZipFile(path) as packed:
            for part in packed.namelist():
                if part.endswith((".xml", ".rels")):
                    tree = etree.fromstring(packed.read(part))
                    assert not [el for el in tree.iter() if "instrText" in str(el.tag)
                                and "HYPERLINK" in (el.text or "")]  # fmt: skip
                    if part.endswith(".rels"):
                        assert b"http://x" not in packed.read(part)
    elif ending == ".xlsx":
        for sheet in openpyxl.load_workbook(path).worksheets:
            for row in sheet.iter_rows():
                assert not [one for one in row if one.data_type == "f" or one.hyperlink]
    elif ending == ".csv":
        for values in csv.reader(io.StringIO(path.read_text("utf-8-sig"))):
            assert not [one for one in values if re.match(r"\s*[=+@]", one)]
    elif ending == ".html":
        page = html.fromstring(path.read_bytes())
        assert not list(page.iter("script", "img", "iframe"))
        assert all(el.get("href", "#").startswith("#") for el in page.iter("a"))
    else:
        words = path.read_text("utf-8")
        assert "<script>" not in words.replace("\\<script\\>", "")


def test_hostile_names_are_asked_for_and_answered(study_of_names: tuple[str, Project]) -> None:
    _, project = study_of_names
    (saved,) = project.queries.all()
    assert saved.query is not None
    assert project.retrieval.find(saved.query).references == 2
    (table,) = project.tables.all()
    assert project.tables.build(table.id)


@every_report
def test_a_project_without_anything_has_every_report(kind: ReportKind, tmp_path: Path) -> None:
    """No document, no code, no coder; the project is for reading only, too."""
    Project.create(tmp_path / "empty.ikt").close()
    project = Project.open(tmp_path / "empty.ikt", read_only=True)
    for ending in kind.endings:
        path = tmp_path / f"report{ending}"
        try:
            write(kind.build(project, ReportOptions(ending=ending)), path)
        except UserError:
            assert kind.key == "coded_transcript"
            assert not path.exists()
        else:
            assert path.stat().st_size
    project.close()


@every_report
def test_a_code_used_ten_thousand_times(kind: ReportKind, crowded: Project, tmp_path: Path) -> None:
    ending = kind.endings[-1]
    path = tmp_path / f"report{ending}"
    write(kind.build(crowded, ReportOptions(ending=ending)), path)
    assert path.stat().st_size


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("crowded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IKT_CODER_HOME", str(folder))
        project, _ = study(folder / "study.ikt")
        document = add_talk(project, TALK * 40, "Long")
        length = len(project.texts.get(document))
        code = project.codes.add("Everywhere")
        spans = [
            Span(start, start + size) for size in range(1, 20) for start in range(0, length - 20, 5)
        ][:10_000]
        assert len(spans) == 10_000
        project.codings.apply_many([NewCoding(document, span, code) for span in spans])
        project.themes.add("All of it", codes=[code])
        project.documents.set_status(document, DocumentStatus.CODED)
        yield project
        project.close()


def test_what_a_query_and_a_table_name_may_go_and_come_back(tmp_path: Path) -> None:
    project, document = study(tmp_path / "study.ikt")
    code = project.codes.add("Trust")
    theme = project.themes.add("Trust first", codes=[code])
    person = project.participants.all()[0].id
    attribute = project.attributes.add("Age", Subject.PARTICIPANT, AttributeKind.NUMBER)
    folder = project.folders.add("First round")
    project.documents.move([document], folder)
    coding = project.codings.apply(document, span_of(project, document, "She phoned"), code)
    project.attributes.set({(person, attribute): "40"})
    terms = (Term(TermKind.CODE, code), Term(TermKind.THEME, theme))
    filters = Filters(
        documents=frozenset({document}),
        folders=frozenset({folder}),
        participants=frozenset({person}),
        attributes=(AttributeTest(attribute, Comparison.AT_LEAST, "18"),),
    )
    project.queries.save("Everything", Query((Block(terms),), filters))
    project.tables.save(
        "Paper",
        "themes",
        ThemeTableOptions(
            columns=FULL_COLUMNS, themes=frozenset({theme}), documents=frozenset({document}),
            folders=frozenset({folder}),
        ),
    )  # fmt: skip

    def answer() -> tuple[int, str]:
        saved = project.queries.find("Everything").query
        assert saved is not None
        found = project.retrieval.find(saved)
        project.tables.build(project.tables.find("Paper").id)
        return found.references, " ".join(found.missing)

    assert answer() == (1, "")
    before = dump(project.path)
    steps: dict[str, Callable[[], object]] = {
        "code": lambda: project.codes.delete(code),
        "theme": lambda: project.themes.delete(theme),
        "participant": lambda: project.participants.delete(person),
        "attribute": lambda: project.attributes.delete(attribute),
        "folder": lambda: project.folders.delete(folder),
        "document": lambda: project.documents.delete(document),
    }
    for what, act in steps.items():
        act()
        _, missing = answer()
        assert missing, what
        project.history.undo()
        assert answer() == (1, ""), what
    assert dump(project.path) == before
    project.codings.remove(coding)
    assert answer() == (0, "")
    while project.history.next_undo() is not None:
        project.history.undo()
        for row in project.queries.all():
            assert row.query is not None
            project.retrieval.find(row.query)
        for table in project.tables.all():
            project.tables.build(table.id)
    assert not project.codes.all()
    project.close()


def test_a_text_that_is_mended_while_its_passages_are_listed(tmp_path: Path) -> None:
    project, document = study(tmp_path / "study.ikt")
    code = project.codes.add("Trust")
    project.codings.apply(document, span_of(project, document, "She phoned me"), code)
    project.codings.apply(document, span_of(project, document, "I came late"), code)
    found = project.retrieval.find(Query())
    project.documents.mend(
        document,
        [
            TextEdit(0, "", "Well then. "),
        ],
    )
    words = [row.text for row in project.retrieval.passages(project.retrieval.find(Query()).found)]
    assert words == ["She phoned me", "I came late"]
    # What was found before is not worded with the places it had then.
    stale = [row.text for row in project.retrieval.passages(found.found)]
    assert all(isinstance(text, str) for text in stale)
    keys: list[UUID] = [one.coding.id for one in found.found]
    project.documents.delete(document)
    assert project.retrieval.passages(found.found) == ()
    assert project.codings.many(keys) == ()
    project.close()
