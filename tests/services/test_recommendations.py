"""From coded barriers to recommendations, with the evidence under each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.words import Flag, Valence
from ikt_coder.services.recommendations.reports import REPORTS, recommendations_table
from ikt_coder.services.report_kinds import ReportOptions
from tests.crosswalk_study import CrosswalkStudy


@pytest.fixture
def study(tmp_path: Path) -> Iterator[CrosswalkStudy]:
    made = CrosswalkStudy(tmp_path / "study.ikt")
    yield made
    made.project.close()


def _names(study: CrosswalkStudy, valence: Valence) -> list[tuple[str, int]]:
    subjects = study.project.recommendations.paths(valence).subjects()
    return [(row.name, row.participants) for row in subjects]


def test_subjects_are_codes_and_themes_of_a_direction(study: CrosswalkStudy) -> None:
    study.coding("Nobody had explained", "Clear role", Valence.BARRIER)
    study.coding("I came late", "Clear role", Valence.MIXED)
    study.coding("She phoned me", "Contact", Valence.FACILITATOR)
    study.project.themes.add("A role", codes=[study.code("Clear role")])
    assert _names(study, Valence.BARRIER) == [("A role", 2), ("Clear role", 2)]
    assert _names(study, Valence.FACILITATOR) == [
        ("A role", 1),
        ("Clear role", 1),
        ("Contact", 1),
    ]


def test_from_a_barrier_to_functions_and_policies_by_source(study: CrosswalkStudy) -> None:
    coding = study.coding("I came late", "Time", Valence.BARRIER)
    study.coding("I came late", "Environmental context and resources")
    recommendations = study.project.recommendations

    def functions() -> tuple[list[str], tuple[str, ...]]:
        paths = recommendations.paths()
        (subject, *_) = [row for row in paths.subjects() if row.name == "Time"]
        path = paths.path(subject)
        assert subject.codings == (coding,)
        assert [one.name for one in path.components] == ["Physical opportunity"]
        assert path.policies
        return [one.name for one in path.functions], path.followed

    found, sources = functions()
    assert found == ["Restriction", "Environmental restructuring", "Enablement"]
    assert any("2011" in source for source in sources)
    study.project.crosswalks.follow("com-b--bcw", "michie2014-guide")
    found, sources = functions()
    assert "Training" in found  # the guide adds it to physical opportunity
    assert any("2014" in source for source in sources)


def test_what_is_undecided_leads_no_further(study: CrosswalkStudy) -> None:
    coding = study.coding("I came late", "Skills", Valence.BARRIER)
    paths = study.project.recommendations.paths()
    path = paths.path(paths.subjects()[0])
    assert [one.undecided for one in path.components] == [True]
    assert path.functions == path.policies == ()
    study.project.crosswalks.choose(coding, ("comb.c.phys",))
    paths = study.project.recommendations.paths()
    path = paths.path(paths.subjects()[0])
    assert [one.key for one in path.components] == ["comb.c.phys"]
    assert [one.name for one in path.functions] == ["Training", "Enablement"]


def test_strategies_are_chosen_by_people(study: CrosswalkStudy) -> None:
    found = {one.key: one for one in study.project.recommendations.solutions()}
    assert list(found) == ["bcw", "eric", "bcttv1-groups"]
    facilitation = next(one for one in found["eric"].solutions if one.key == "eric.s33")
    assert (facilitation.name, facilitation.heading) == (
        "Facilitation",
        "Provide interactive assistance",
    )
    assert not next(one for one in found["eric"].solutions if one.key == "eric.c2").applicable


def test_kept_changed_rated_and_undone(study: CrosswalkStudy) -> None:
    recommendations = study.project.recommendations
    code = study.code("Time")
    key = recommendations.add(
        code=code, framework="eric", node_key="eric.s33", component="comb.c.psych", note="Soon"
    )
    row = recommendations.get(key)
    assert (row.name, row.framework_name, row.component_name, row.subject) == (
        "Facilitation",
        "ERIC",
        "Psychological capability",
        "Time",
    )
    own = recommendations.add(code=code, text="Meet after work")
    assert recommendations.get(own).name == "Meet after work"
    recommendations.change(own, text="Meet in the evening", note="P02 asked")
    assert recommendations.get(own).name == "Meet in the evening"
    recommendations.rate(own, "apease.affordability", 3)
    recommendations.rate(own, "apease.affordability", 2)
    recommendations.rate(own, "apease.equity", None)
    study.project.coders.switch(study.project.coders.add("Bo Lindqvist"))
    recommendations.rate(own, "apease.affordability", 1)
    summary = {
        one.criterion.name: (one.yes, one.partly, one.no, one.unsure)
        for one in recommendations.summary(recommendations.get(own))
        if one.rated
    }
    assert summary == {"Affordability": (0, 1, 1, 0), "Equity": (0, 0, 0, 1)}
    recommendations.unrate(own, "apease.affordability")
    assert len(recommendations.get(own).ratings) == 2
    recommendations.delete(own)
    assert [row.id for row in recommendations.all()] == [key]
    study.project.history.undo()
    assert len(recommendations.get(own).ratings) == 2


def test_what_is_refused(study: CrosswalkStudy) -> None:
    recommendations = study.project.recommendations
    code = study.code("Time")
    with pytest.raises(NotAllowed):
        recommendations.add(text="For nothing")
    with pytest.raises(UserError, match="words"):
        recommendations.add(code=code, text="  ")
    with pytest.raises(NotFound):
        recommendations.add(code=code, framework="eric", node_key="eric.s999")
    key = recommendations.add(code=code, text="Meet after work")
    with pytest.raises(NotAllowed):
        recommendations.rate(key, "apease.equity", 4)
    with pytest.raises(NotAllowed):
        recommendations.rate(key, "apease.beauty", 1)
    assert recommendations.get(key).ratings == ()


def test_the_table_names_sources_and_lays_evidence_under_each(study: CrosswalkStudy) -> None:
    study.coding("I came late", "Time", Valence.BARRIER)
    study.coding("I came late", "Environmental context and resources")
    study.coding("She phoned me", "Contact", Valence.FACILITATOR)
    recommendations = study.project.recommendations
    table = recommendations_table(study.project)
    assert [table.rows[at][0].text for at in sorted(table.headings)] == ["Time"]
    key = recommendations.add(
        code=study.code("Time"), framework="bcw", node_key="bcw.if.enablement"
    )
    recommendations.rate(key, "apease.affordability", 3)
    data = recommendations_table(study.project, data=True)
    assert (data.over, data.columns[3].name) == ("Barrier", "Derived")
    assert [cell.text for cell in data.rows[1]][:5] == [
        "1",
        "Physical opportunity",
        "1",
        "yes",
        "no",
    ]
    table = recommendations_table(study.project)
    n, component, steps, kept, evidence = (cell.text for cell in table.rows[1])
    assert (n, component) == ("1", "Physical opportunityᵈ (1)")
    assert "Functions: Restriction, Environmental restructuring, Enablement." in steps
    assert "Enablement (BCW)" in kept or "Enablement (Behaviour Change Wheel)" in kept
    assert "Affordability 1 yes" in kept
    assert evidence == "1 passage.\n“I came late” (P02)"
    note = " ".join(run.text for part in table.note for run in part)
    for words in ("Cane 2012", "Michie 2011", "Analysis layer", "N = 2 participants"):
        assert words in note


def test_evidence_is_counts_and_a_few_quotes_on_paper_and_all_of_it_as_data(
    study: CrosswalkStudy,
) -> None:
    study.coding("I came late", "Time", Valence.BARRIER)
    study.coding("I came late", "Clear role", Valence.BARRIER)
    codes = [study.code("Time"), study.code("Clear role")]
    theme = study.project.themes.add("What holds back", codes=codes)

    def evidence() -> list[str]:
        table = recommendations_table(study.project)
        (at,) = [at for at in table.headings if table.rows[at][0].text == "What holds back"]
        return table.rows[at + 1][-1].text.splitlines()

    # A passage stands once though several codes stand on it.
    both = {"Time (1), Clear role (1).", "Clear role (1), Time (1)."}
    first, codes_line, *quotes = evidence()
    assert (first, quotes) == ("1 passage.", ["“I came late” (P02)"])
    assert codes_line in both
    for words in ("Nobody had explained", "She phoned me"):
        study.coding(words, "Time", Valence.BARRIER, flags=frozenset({Flag.DO_NOT_QUOTE}))
    first, _, *quotes = evidence()
    assert (first, quotes) == ("3 passages.", ["“I came late” (P02)"])  # no withheld words
    study.project.recommendations.add(theme=theme, text="Meet after work")
    kind = next(kind for kind in REPORTS if kind.key == "recommendations")
    for ending in (".csv", ".xlsx"):
        *_, listed = kind.build(study.project, ReportOptions(ending=ending))
        rows = [tuple(cell.text for cell in row) for row in listed.rows]
        assert len(rows) == 4  # each coding, each code
        assert [row[2] for row in rows if row[3] == "no"] == ["I came late"] * 2
        assert {row[0] for row in rows} == {"What holds back"}


def test_on_paper_one_person_is_quoted_once_and_the_starred_first(study: CrosswalkStudy) -> None:
    study.coding("She phoned me", "Time", Valence.BARRIER)
    study.coding("Nobody had explained", "Time", Valence.BARRIER, flags=frozenset({Flag.STAR}))
    table = recommendations_table(study.project)
    quotes = [line for line in table.rows[1][-1].text.splitlines() if line[0] == "“"]
    people = [line.rpartition("(")[2] for line in quotes]
    assert len(set(people)) == len(people)
    assert quotes[0].startswith("“Nobody had explained")
