"""Which source is followed, drawn links beside published ones, and codings that wait."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ikt_coder.core.errors import NotAllowed, NotFound
from ikt_coder.core.query import Whose
from tests.crosswalk_study import CrosswalkStudy
from tests.studies import dump

TDF_COMB = "tdf-v2--com-b"


@pytest.fixture
def study(tmp_path: Path) -> Iterator[CrosswalkStudy]:
    made = CrosswalkStudy(tmp_path / "study.ikt")
    yield made
    made.project.close()


def _candidates(study: CrosswalkStudy, name: str) -> tuple[str, ...]:
    code = study.project.codes.get(study.code(name))
    found = study.project.crosswalks.derived(code)
    return found.candidates if found is not None else ()


class TestSource:
    def test_cane_is_followed_until_somebody_chooses(self, study: CrosswalkStudy) -> None:
        (row,) = [one for one in study.project.crosswalks.all() if one.key == TDF_COMB]
        assert row.followed == "cane2012"
        assert {source.key for source in row.sources} == {"cane2012", "michie2014"}
        assert _candidates(study, "Optimism") == ("comb.m.refl", "comb.m.auto")
        study.project.crosswalks.follow(TDF_COMB, "michie2014")
        assert _candidates(study, "Optimism") == ("comb.m.refl",)
        study.project.history.undo()
        assert len(_candidates(study, "Optimism")) == 2

    def test_a_choice_waits_for_the_source_that_offers_it(self, study: CrosswalkStudy) -> None:
        coding = study.coding("I came late", "Optimism")
        study.project.crosswalks.choose(coding, ("comb.m.auto",))
        study.project.crosswalks.follow(TDF_COMB, "michie2014")
        code = study.project.codes.get(study.code("Optimism"))
        choice = study.project.codings.get(coding).mapping_choice
        derived = study.project.crosswalks.derived(code, choice)
        assert derived is not None
        assert derived.targets == ("comb.m.refl",)
        study.project.crosswalks.follow(TDF_COMB, "cane2012")
        derived = study.project.crosswalks.derived(code, choice)
        assert derived is not None
        assert derived.targets == ("comb.m.auto",)

    def test_it_can_be_set_aside(self, study: CrosswalkStudy) -> None:
        study.coding("I came late", "Optimism")
        study.project.crosswalks.follow(TDF_COMB, "")
        assert _candidates(study, "Optimism") == ()
        assert study.project.crosswalks.undecided() == ()

    def test_the_same_again_leaves_no_row(self, study: CrosswalkStudy) -> None:
        before = dump(study.project.path)["crosswalk_choice"]
        study.project.crosswalks.follow(TDF_COMB, "cane2012")
        assert dump(study.project.path)["crosswalk_choice"] == before == []

    def test_unknown_ones_are_refused(self, study: CrosswalkStudy) -> None:
        with pytest.raises(NotFound):
            study.project.crosswalks.follow("tdf-v2--nothing", "cane2012")
        with pytest.raises(NotFound):
            study.project.crosswalks.follow(TDF_COMB, "nobody1999")
        with pytest.raises(NotAllowed):
            study.project.crosswalks.follow("com-b--bcw", "")


class TestDrawn:
    def test_beside_the_published_ones(self, study: CrosswalkStudy) -> None:
        assert _candidates(study, "Knowledge") == ("comb.c.psych",)
        link = study.project.crosswalks.link(
            study.code("Knowledge"), study.code("Reflective motivation"), note="Ours"
        )
        assert _candidates(study, "Knowledge") == ("comb.c.psych", "comb.m.refl")
        coding = study.coding("the slides", "Knowledge")
        assert [row.coding.id for row in study.project.crosswalks.undecided()] == [coding]
        study.project.crosswalks.unlink(link[0])
        assert study.project.crosswalks.undecided() == ()

    def test_one_that_is_published_too_adds_nothing(self, study: CrosswalkStudy) -> None:
        study.project.crosswalks.link(
            study.code("Knowledge"), study.code("Psychological capability")
        )
        assert _candidates(study, "Knowledge") == ("comb.c.psych",)

    def test_from_an_inductive_code(self, study: CrosswalkStudy) -> None:
        code = study.code("Contact")
        assert study.project.crosswalks.derived(study.project.codes.get(code)) is None
        study.project.crosswalks.link(code, study.code("Social opportunity"))
        assert _candidates(study, "Contact") == ("comb.o.soc",)

    def test_a_link_to_a_domain_leads_on_to_its_component(self, study: CrosswalkStudy) -> None:
        study.project.crosswalks.link(study.code("Contact"), study.code("Social influences"))
        assert _candidates(study, "Contact") == ("comb.o.soc",)

    def test_two_domains_are_chosen_before_their_components(self, study: CrosswalkStudy) -> None:
        crosswalks = study.project.crosswalks
        crosswalks.link(study.code("Contact"), [study.code("Knowledge"), study.code("Skills")])
        coding = study.coding("She phoned me", "Contact")
        assert [row.coding.id for row in crosswalks.undecided("tdf-v2")] == [coding]
        assert crosswalks.undecided("com-b") == ()
        crosswalks.choose(coding, ("tdf2.02",), "tdf-v2")
        assert crosswalks.undecided("tdf-v2") == ()
        assert [row.coding.id for row in crosswalks.undecided("com-b")] == [coding]
        crosswalks.choose(coding, ("comb.c.phys",))
        assert study.project.codings.get(coding).mapping_choice == ("tdf2.02", "comb.c.phys")
        assert crosswalks.left() == 0

    def test_to_levels(self, study: CrosswalkStudy) -> None:
        levels = [study.level("Micro"), study.level("Meso")]
        study.project.crosswalks.link(study.code("Contact"), (), levels)
        coding = study.coding("She phoned me", "Contact")
        (row,) = study.project.crosswalks.undecided("levels-micro-meso-macro")
        assert [target.level for target in row.candidates] == levels
        study.project.crosswalks.choose(
            coding, [target.key for target in row.candidates], "levels-micro-meso-macro"
        )
        counted = study.project.crosswalks.count("levels-micro-meso-macro")
        assert [one.total.references for one in counted.targets] == [1, 1]
        assert counted.total.references == 1

    def test_what_cannot_be_linked(self, study: CrosswalkStudy) -> None:
        crosswalks, codes = study.project.crosswalks, study.project.codes
        heading = next(row.id for row in codes.all() if not row.applicable)
        with pytest.raises(NotAllowed, match="heading"):
            crosswalks.link(study.code("Contact"), heading)
        with pytest.raises(NotAllowed, match="no framework"):
            crosswalks.link(study.code("Contact"), study.code("Trust"))
        with pytest.raises(NotAllowed, match="one framework"):
            crosswalks.link(study.code("Knowledge"), study.code("Skills"))
        assert crosswalks.links() == ()

    def test_twice_is_once_and_undo_takes_all_away(self, study: CrosswalkStudy) -> None:
        crosswalks = study.project.crosswalks
        ends = [study.code("Social influences"), study.code("Social opportunity")]
        first = crosswalks.link(study.code("Contact"), ends)
        assert crosswalks.link(study.code("Contact"), ends[:1]) == first[:1]
        assert len(crosswalks.links()) == 2
        crosswalks.note(first[0], "Because")
        assert {row.id: row.note for row in crosswalks.links()}[first[0]] == "Because"
        for _ in range(2):
            study.project.history.undo()
        assert crosswalks.links() == ()

    def test_a_merged_code_brings_its_links(self, study: CrosswalkStudy) -> None:
        crosswalks = study.project.crosswalks
        crosswalks.link(study.code("Contact"), study.code("Social opportunity"))
        study.project.codes.merge([study.code("Contact")], study.code("Trust"))
        assert [row.code_name for row in crosswalks.links()] == ["Trust"]


class TestWaiting:
    def test_many_at_once_in_one_act(self, study: CrosswalkStudy) -> None:
        made = [
            study.coding("She phoned me", "Skills"),
            study.coding("Nobody had explained", "Skills"),
        ]
        before = study.project.history.all()[0].seq
        study.project.crosswalks.choose(made, ("comb.c.phys",))
        assert study.project.crosswalks.undecided() == ()
        newest = study.project.history.all()[0]
        assert (newest.kind, newest.params["count"]) == ("choose_targets", 2)
        assert newest.seq == before + 1
        study.project.history.undo()
        assert len(study.project.crosswalks.undecided()) == 2

    def test_what_is_not_offered_is_refused_for_all(self, study: CrosswalkStudy) -> None:
        skills = study.coding("She phoned me", "Skills")
        optimism = study.coding("I came late", "Optimism")
        with pytest.raises(NotAllowed, match="not stored"):
            study.project.crosswalks.choose([skills, optimism], ("comb.c.phys",))
        assert study.project.codings.get(skills).mapping_choice == ()

    def test_of_the_layer_and_of_oneself(self, study: CrosswalkStudy) -> None:
        study.coding("She phoned me", "Skills")
        project = study.project
        project.coders.switch(project.coders.add("Bo Lindqvist"))
        study.coding("Nobody had explained", "Skills")
        (of_lead,) = project.crosswalks.undecided()
        (mine,) = project.crosswalks.undecided(whose=Whose.MINE)
        assert not of_lead.chooser
        assert mine.chooser
        with pytest.raises(NotAllowed):
            project.crosswalks.choose(of_lead.coding.id, ("comb.c.phys",))

    def test_nobody_waits_for_who_was_left_out(self, study: CrosswalkStudy) -> None:
        study.coding("I came late", "Skills")
        people = {row.label: row.id for row in study.project.participants.all()}
        study.project.participants.leave_out(people["P02"])
        assert study.project.crosswalks.undecided() == ()
