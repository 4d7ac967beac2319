"""The example counts of the method, and that no total counts a passage twice."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.core.table import Table
from ikt_coder.services.crosswalks.rows import CrosswalkCount, ReachedTarget
from ikt_coder.services.crosswalks.tables import crosswalk_table, undecided_table
from ikt_coder.services.report_catalogue import report_kind
from ikt_coder.services.report_kinds import ReportOptions
from ikt_coder.services.theme_counts import ThemeCounts, passages
from tests.crosswalk_study import CrosswalkStudy


@pytest.fixture
def study(tmp_path: Path) -> Iterator[CrosswalkStudy]:
    made = CrosswalkStudy(tmp_path / "study.ikt")
    yield made
    made.project.close()


def _of(count: CrosswalkCount, name: str) -> ReachedTarget:
    return next(one for one in count.targets if one.target.name == name)


def test_an_undecided_coding_is_shown_beside_both_and_counted_once(study: CrosswalkStudy) -> None:
    coding = study.coding("She phoned me", "Skills")
    count = study.project.crosswalks.count()
    for name in ("Physical capability", "Psychological capability"):
        one = _of(count, name)
        assert one.waiting.codings == (coding,)
        assert one.total.references == one.total.participants == 0
    assert (count.undecided.references, count.total.references) == (1, 1)
    study.project.crosswalks.choose(coding, ("comb.c.psych",))
    count = study.project.crosswalks.count()
    assert [one.target.name for one in count.targets] == ["Psychological capability"]
    assert _of(count, "Psychological capability").total.references == 1
    assert count.undecided.references == 0


def test_coded_directly_too_it_counts_once(study: CrosswalkStudy) -> None:
    study.coding("She phoned me before", "Knowledge")
    study.coding("She phoned me", "Psychological capability")
    count = study.project.crosswalks.count()
    one = _of(count, "Psychological capability")
    assert (one.total.references, one.total.passages, one.total.participants) == (1, 1, 1)
    assert (count.total.references, count.total.passages) == (1, 1)
    assert [way.derived for way in one.ways] == [False, True]


def test_both_chosen_count_in_each_and_once_in_the_total(study: CrosswalkStudy) -> None:
    coding = study.coding("She phoned me", "Skills")
    study.project.crosswalks.choose(coding, ("comb.c.phys", "comb.c.psych"))
    count = study.project.crosswalks.count()
    assert [one.total.references for one in count.targets] == [1, 1]
    assert count.total.references == 1


def test_a_coding_on_two_levels(study: CrosswalkStudy) -> None:
    levels = [study.level("Micro"), study.level("Meso")]
    study.project.crosswalks.link(study.code("Contact"), (), levels[:1])
    study.coding("She phoned me", "Contact", levels=levels)
    count = study.project.crosswalks.count("levels-micro-meso-macro")
    assert [one.total.references for one in count.targets] == [1, 1]
    assert (count.total.references, count.total.passages) == (1, 1)


def test_nothing_is_stored_as_a_coding(study: CrosswalkStudy) -> None:
    study.coding("She phoned me", "Knowledge")
    study.project.crosswalks.count()
    assert len(study.project.codings.in_document(study.document)) == 1


_NAMES = (
    "Knowledge",
    "Skills",
    "Optimism",
    "Psychological capability",
    "Physical capability",
    "Contact",
)


@settings(max_examples=10)
@given(
    coded=st.lists(
        st.tuples(
            st.integers(0, 380),
            st.integers(1, 60),
            st.sampled_from(_NAMES),
            st.sampled_from((0, 1, 2, 3)),
        ),
        max_size=7,
    ),
    drawn=st.lists(
        st.tuples(
            st.sampled_from(("Contact", "Knowledge", "Skills")),
            st.sampled_from(("Physical capability", "Social opportunity")),
        ),
        max_size=4,
    ),
)
def test_totals_never_exceed_what_there_is(
    coded: list[tuple[int, int, str, int]], drawn: list[tuple[str, str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        study = CrosswalkStudy(Path(folder) / "study.ikt")
        try:
            _hold(study, coded, drawn)
        finally:
            study.project.close()


def _hold(
    study: CrosswalkStudy, coded: list[tuple[int, int, str, int]], drawn: list[tuple[str, str]]
) -> None:
    project = study.project
    length = len(project.texts.get(study.document))
    with project.operation(Op.APPLY_CODES, count=len(coded)):
        for start, end in drawn:
            project.crosswalks.link(study.code(start), study.code(end))
        for at, size, name, choice in coded:
            span = Span(min(at, length - 2), min(at + size, length))
            if len(span) == 0:
                continue
            coding = project.codings.apply(study.document, span, study.code(name))
            row = project.codes.get(study.code(name))
            found = project.crosswalks.derived(row)
            if found is not None and len(found.candidates) > 1:
                chosen = [k for n, k in enumerate(found.candidates) if choice & (1 << n)]
                project.crosswalks.choose(coding, chosen)
    counts = ThemeCounts(project, whole_layer=True)
    count = project.crosswalks.count(counts=counts)
    by_id = {row.id: row for row in counts.layer}
    everything = [by_id[key] for key in count.total.codings]
    # Distinct passages: a coding between two others can join them to one.
    assert count.total.passages == len(passages(everything)) <= len(everything)
    assert count.total.references <= len(everything) <= len(counts.layer)
    assert count.total.participants == len(counts.participants(everything))
    waiting = set(count.undecided.codings)
    for one in count.targets:
        assert waiting.isdisjoint(one.total.codings)
        assert set(one.waiting.codings) <= waiting
        assert one.total.references <= len(set(one.total.codings))
        assert one.total.passages == len(passages(by_id[key] for key in one.total.codings))
        assert one.total.references == sum(way.count.references for way in one.ways)
        assert one.total.passages <= len(one.total.codings) <= len(everything)
    assert sum(c.references for _, _, c in count.undecided_by_code) == len(waiting)


class TestTables:
    def test_source_units_and_undecided_are_said(self, study: CrosswalkStudy) -> None:
        study.coding("She phoned me", "Skills")
        study.coding("I came late", "Knowledge")
        table = crosswalk_table(study.project)
        note = " ".join(run.text for part in table.note for run in part)
        assert "Cane 2012, Table 3" in note
        assert "10.1186/1748-5908-7-37" in note
        assert "N = 2 participants" in note
        assert "counted once" in note
        rows = [[cell.text for cell in row] for row in table.rows]
        assert ["Physical capability", "", "0", "0", "0", "1"] in rows
        assert ["Psychological capability", "Knowledgeᵈ", "1", "1", "1", "1"] in rows
        assert rows[-1] == ["Total", "", "2", "2", "2", "1"]
        study.project.crosswalks.follow("tdf-v2--com-b", "michie2014")
        note = " ".join(run.text for part in crosswalk_table(study.project).note for run in part)
        assert "Cane" not in note
        assert "Behaviour Change Wheel guide 2014" in note

    def test_as_data_every_cell_is_filled_and_derived_is_a_column(
        self, study: CrosswalkStudy
    ) -> None:
        study.project.crosswalks.link(study.code("Contact"), study.code("Social influences"))
        study.coding("She phoned me", "Contact")
        study.coding("She phoned me", "Skills")
        study.coding("I came late", "Knowledge")
        study.coding("I came late", "Behavioural regulation")
        report = report_kind("crosswalk")
        data = report.build(study.project, ReportOptions(ending=".csv"))
        assert isinstance(data, Table)
        assert not data.headings
        rows = [tuple(cell.text for cell in row) for row in data.rows]
        assert all(all(row) for row in rows)
        assert not any("ᵈ" in words for row in rows for words in row)
        framework, target = "COM-B model of behaviour", "Psychological capability"
        assert [row[2:] for row in rows if row[:2] == (framework, target)] == [
            ("All", "yes", "1", "1", "2", "1"),
            ("Knowledge", "yes", "1", "1", "1", "0"),
            ("Behavioural regulation", "yes", "1", "1", "1", "0"),
            ("Skills", "yes", "0", "0", "0", "1"),
        ]
        assert {row[0] for row in rows} == {framework, "Theoretical Domains Framework, version 2"}
        note = " ".join(run.text for part in data.note for run in part)
        assert "Derived: not coded" in note
        printed = report.build(study.project, ReportOptions(ending=".docx"))
        assert isinstance(printed, Table)
        assert {row[3] for row in rows if row[2] == "Coded directly"} == {"no"}
        assert any("ᵈ" in row[1].text for row in printed.rows)

    def test_several_frameworks_stand_under_headings(self, study: CrosswalkStudy) -> None:
        study.project.crosswalks.link(study.code("Contact"), study.code("Social influences"))
        study.coding("She phoned me", "Contact")
        table = crosswalk_table(study.project)
        headings = [table.rows[at][0].text for at in sorted(table.headings)]
        assert headings == ["COM-B model of behaviour", "Theoretical Domains Framework, version 2"]
        sources = [part[0].text for part in table.note[1:]]
        assert any(source.startswith("TDF version 2 to COM-B: Cane 2012") for source in sources)
        assert "Links to TDF that were drawn in this project lead on to COM-B." in sources

    def test_the_undecided_list_obeys_consent(self, study: CrosswalkStudy) -> None:
        from ikt_coder.core.words import Consent

        study.coding("I came late", "Skills")
        table = undecided_table(study.project)
        assert table.rows[0][-1].text == "I came late"
        people = {row.label: row.id for row in study.project.participants.all()}
        study.project.participants.change(people["P02"], consent=Consent.NONE)
        table = undecided_table(study.project)
        assert "came late" not in table.rows[0][-1].text
        assert "withheld" in " ".join(run.text for part in table.note for run in part)
