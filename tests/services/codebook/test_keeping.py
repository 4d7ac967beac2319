"""Versions compared with now, the glossary, links of memos and the diary of the analysis."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.report import Heading, Paragraph
from ikt_coder.core.words import Consent, Flag
from ikt_coder.services.codebook_changes import Act, changes_table, readable_changes
from ikt_coder.services.codebook_reports import glossary_table, journal_report
from ikt_coder.services.memo_links import MemoTopic, Topic
from ikt_coder.services.project import Project
from ikt_coder.services.report_catalogue import report_kind
from ikt_coder.services.report_kinds import ReportOptions
from tests.studies import dump, span_of, study


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Project, UUID]]:
    project, document = study(tmp_path / "study.ikt")
    yield project, document
    project.close()


# -- versions -----------------------------------------------------------------------------------


def test_a_version_is_compared_with_now(desk: tuple[Project, UUID]) -> None:
    project, _ = desk
    codes = project.codes
    time, trust = codes.add("Time", definition="Hours."), codes.add("Trust")
    pay, gone, below = codes.add("Pay"), codes.add("Gone"), codes.add("Below", time)
    version = project.codebook_versions.keep("at first")
    assert readable_changes(project, version) == ()
    codes.change(time, name="Hours", definition="Hours and minutes.")
    codes.move(trust, pay)
    codes.delete(gone)
    new = codes.add("New", include="Always.")
    codes.merge([below], pay)
    found = {change.code: change for change in readable_changes(project, version)}
    assert found[time].acts == (Act.RENAMED, Act.REWORDED)
    assert (found[time].was, found[time].name) == ("Time", "Hours")
    assert [(one.field, one.before, one.after) for one in found[time].wording] == [
        ("definition", "Hours.", "Hours and minutes.")
    ]
    assert (found[trust].acts, found[trust].place) == ((Act.MOVED,), ("Pay",))
    assert found[gone].acts == (Act.REMOVED,)
    assert found[new].acts == (Act.ADDED,)
    assert (found[below].acts, found[below].into) == ((Act.MERGED,), "Pay")
    assert pay not in found


def test_a_code_below_a_renamed_one_did_not_change(desk: tuple[Project, UUID]) -> None:
    project, _ = desk
    top = project.codes.add("Top")
    project.codes.add("Below", top)
    version = project.codebook_versions.keep()
    project.codes.change(top, name="Summit")
    assert [change.code for change in readable_changes(project, version)] == [top]


def test_the_report_takes_the_newest_version_and_now_or_the_two_newest(
    desk: tuple[Project, UUID],
) -> None:
    project, _ = desk
    assert "No version" in changes_table(project).empty
    code = project.codes.add("Time", definition="Hours.")
    first = project.codebook_versions.keep()
    assert changes_table(project).rows == ()
    project.codes.change(code, definition="Hours and minutes of the day.")
    table = changes_table(project)
    assert [cell.text for cell in table.rows[0]] == [
        "Time", "definition", "Hours.", "Hours [and minutes of the day].",
    ]  # fmt: skip
    assert "Version 1 to Now" in table.title
    project.codebook_versions.keep()
    assert "Version 1 to Version 2" in changes_table(project).title
    assert changes_table(project, (first, None)).rows
    with pytest.raises(NotFound):
        changes_table(project, (new_id(), None))


# -- the codebook as a table --------------------------------------------------------------------


def test_an_example_comes_from_the_data_where_consent_allows(desk: tuple[Project, UUID]) -> None:
    project, document = desk
    code = project.codes.add("Calls", definition="Between meetings.")
    coding = project.codings.apply(
        document, span_of(project, document, "She phoned me"), code, flags=[Flag.STAR]
    )
    assert project.coder is not None
    project.documents.set_lead(document, project.coder)

    def example(ending: str = "") -> list[str]:
        (table,) = report_kind("codebook").build(project, ReportOptions(ending=ending))
        names = [column.name for column in table.columns]
        return [row[names.index("Example")].text for row in table.rows if "Example" in names]

    assert example() == ["[proposed] “She phoned me” (P01)"]
    assert example(".csv") == [""]  # what is not accepted must not come back as an example
    theme = project.themes.add("Nearness")
    project.quotes.accept(theme, coding)
    assert example() == ["“She phoned me” (P01)"]
    project.codes.change(code, example="One of one's own.")
    assert example() == ["One of one's own."]
    project.codes.change(code, example="")
    person = next(row for row in project.participants.all() if row.label == "P01")
    project.participants.change(person.id, consent=Consent.PARAPHRASE)
    assert "phoned" not in "".join(example())


# -- glossary -----------------------------------------------------------------------------------


def test_terms_are_kept_in_order_and_once(desk: tuple[Project, UUID]) -> None:
    project, _ = desk
    glossary = project.glossary
    before = dump(project.path)
    partner = glossary.add(" Partner ", "Who takes part.", "Card")
    glossary.add("agency")
    assert [row.term for row in glossary.all()] == ["agency", "Partner"]
    with pytest.raises(UserError, match="already"):
        glossary.add("PARTNER")
    with pytest.raises(UserError):
        glossary.add("  ")
    acts = len(project.history.all())
    glossary.change(partner, name="Partner", definition="Who takes part. ")
    assert len(project.history.all()) == acts
    glossary.change(partner, source="Interview guide")
    assert glossary.all("guide")[0].id == partner
    assert [cell.text for cell in glossary_table(project).rows[1]] == [
        "Partner", "Who takes part.", "Interview guide",
    ]  # fmt: skip
    glossary.delete(partner)
    with pytest.raises(NotFound):
        glossary.get(partner)
    for _ in range(4):
        project.history.undo()
    assert dump(project.path) == before


def test_a_code_or_a_node_becomes_a_term_in_one_act(desk: tuple[Project, UUID]) -> None:
    project, _ = desk
    project.frameworks.add("tdf-v2")
    node = next(row for row in project.codes.all() if row.name == "Knowledge")
    project.glossary.add_code(node.id)
    (row,) = project.glossary.all()
    assert (row.term, row.definition) == ("Knowledge", node.definition)
    assert "Cane" in row.source
    preset = next(one for one in project.frameworks.presets() if one.key == "com-b")
    key = project.glossary.add_node(preset, preset.nodes[0].key)
    assert project.glossary.get(key).source


# -- memos ----------------------------------------------------------------------------------------


def test_a_memo_is_linked_to_anything_and_undone(desk: tuple[Project, UUID]) -> None:
    project, document = desk
    links = project.memo_links
    code = project.codes.add("Time")
    coding = project.codings.apply(document, span_of(project, document, "I came late"), code)
    theme = project.themes.add("Nearness")
    person = project.participants.all()[0]
    study = project.studies.add("Smith 2020")
    memo = project.memos.add("I was there.", reflexive=True)
    before = dump(project.path)
    topics = [
        MemoTopic(Topic.DOCUMENT, document),
        MemoTopic(Topic.CODE, code),
        MemoTopic(Topic.CODING, coding),
        MemoTopic(Topic.THEME, theme),
        MemoTopic(Topic.PARTICIPANT, person.id),
        MemoTopic(Topic.STUDY, study),
    ]
    links.add(memo, *topics, *topics)
    assert {row.topic for row in links.of(memo)} == set(topics)
    acts = len(project.history.all())
    links.add(memo, topics[0])
    assert len(project.history.all()) == acts
    assert links.about(topics[1]) == (memo,)
    links.remove(memo, *topics[1:])
    assert [row.topic for row in links.of(memo)] == topics[:1]
    project.history.undo()
    project.history.undo()
    assert dump(project.path) == before


def test_only_the_writer_links_a_memo(desk: tuple[Project, UUID]) -> None:
    project, document = desk
    memo = project.memos.add("A note.", document=document)
    project.coders.switch(project.coders.add("Beni Kask"))
    with pytest.raises(NotAllowed):
        project.memo_links.add(memo, MemoTopic(Topic.DOCUMENT, document))


def test_the_diary_stands_under_its_phases_and_keeps_private_entries(
    desk: tuple[Project, UUID],
) -> None:
    project, document = desk
    project.frameworks.add("process-thematic-analysis")
    phases = project.memo_links.phases()
    assert len(phases) == 6
    own = project.memos.add("I side with them.", title="Siding", reflexive=True)
    project.memos.add("We code whole answers.")
    project.memos.add("Of a passage.", document=document)
    project.memo_links.add(
        own, MemoTopic(Topic.PHASE, phases[1].key), MemoTopic(Topic.DOCUMENT, document)
    )

    def told() -> list[str]:
        return [
            block.text if isinstance(block, Heading) else "".join(run.text for run in block.runs)
            for block in journal_report(project).blocks
            if isinstance(block, Heading | Paragraph)
        ]

    words = told()
    assert words[0] == f"2. {phases[1].name}"
    assert "Siding" in words[1]
    assert "private" in words[1]
    assert words[2:5] == ["I side with them.", "About: Talk", "Of no phase"]
    assert "Of a passage." not in words
    project.coders.switch(project.coders.add("Beni Kask"))
    assert "I side with them." not in told()
    assert "We code whole answers." in told()


def test_rules_stand_apart_from_theory_in_the_export(desk: tuple[Project, UUID]) -> None:
    project, document = desk
    code, theme = project.codes.add("Time"), project.themes.add("Nearness")
    project.memos.add("A note.", document=document)
    project.memos.add("A rule.", code=code)
    project.memos.add("A theory.", theme=theme)
    project.memos.add("Another rule.", code=code)
    table = project.reports.memos_table()
    assert [row[-1].text for row in table.rows] == [
        "Another rule.", "A rule.", "A theory.", "A note.",
    ]  # fmt: skip
