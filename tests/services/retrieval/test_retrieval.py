"""Retrieval: what is asked for, whose codings, groups, order and counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from ikt_coder.core.errors import Cancelled
from ikt_coder.core.query import (
    AttributeTest,
    Block,
    Condition,
    Filters,
    Grouping,
    Query,
    Relation,
    Sorting,
    Term,
    TermKind,
    Test,
    Whose,
)
from ikt_coder.core.span import unite
from ikt_coder.core.words import (
    DocumentStatus,
    ThemeStatus,
    Valence,
)
from tests.services.retrieval.conftest import ALL, Desk, term
from tests.studies import span_of

# -- what is asked for ------------------------------------------------------------------------


def test_no_block_is_every_coding_in_place_order(coded: Desk) -> None:
    assert coded.words(coded.find()) == [
        "phoned me",
        "went through the slides",
        "what got in the way",
        "Nobody had explained",
        "always at two",
        "nobody was paid",
    ]


def test_blocks_are_joined_by_or(coded: Desk) -> None:
    result = coded.find(
        Block((term(coded.project, "Pay"),)), Block((term(coded.project, "Contact"),))
    )
    assert set(coded.words(result)) == {
        "phoned me",
        "went through the slides",
        "nobody was paid",
    }


def test_a_parent_is_asked_with_and_without_its_sub_codes(coded: Desk) -> None:
    project = coded.project
    parent = project.codes.find("Contact").id
    child = project.codes.add("Phone", parent)
    coded.made["She"] = project.codings.apply(
        coded.talk, span_of(project, coded.talk, "She"), child
    )
    assert "She" in coded.words(coded.find(Block((term(project, "Contact"),))))
    assert "She" not in coded.words(coded.find(Block((term(project, "Contact", below=False),))))


def test_a_merged_code_is_asked_as_the_code_it_became(coded: Desk) -> None:
    project = coded.project
    old = term(project, "Pay")
    project.codes.merge([old.key], project.codes.find("Time").id)
    result = coded.find(Block((old,)))
    assert set(coded.words(result)) == {"always at two", "Nobody had explained", "nobody was paid"}
    assert result.missing == ()


def test_a_theme_is_its_codes_and_single_codings_without_sub_themes_set_aside(
    coded: Desk,
) -> None:
    project = coded.project
    theme = project.themes.add(
        "Hours", codes=[project.codes.find("Time").id], codings=[coded.made["phoned me"]]
    )
    below = project.themes.add("Money", theme, codes=[project.codes.find("Pay").id])
    asked = Block((Term(TermKind.THEME, theme),))
    own = {"phoned me", "always at two", "Nobody had explained"}
    assert set(coded.words(coded.find(asked))) == own | {"nobody was paid"}
    assert set(coded.words(coded.find(Block((Term(TermKind.THEME, theme, False),))))) == own
    project.themes.change(below, status=ThemeStatus.SET_ASIDE, set_aside_reason="thin")
    assert set(coded.words(coded.find(asked))) == own


def test_a_framework_is_all_of_its_codes(coded: Desk) -> None:
    project = coded.project
    framework = project.frameworks.add("com-b")
    node = next(row for row in project.codes.all() if row.framework == framework and row.applicable)
    coded.made["She"] = project.codings.apply(
        coded.talk, span_of(project, coded.talk, "She"), node.id
    )
    assert coded.words(coded.find(Block((Term(TermKind.FRAMEWORK, framework),)))) == ["She"]


def test_what_is_gone_is_named_and_never_widens_what_is_asked(coded: Desk) -> None:
    project = coded.project
    gone = Term(TermKind.CODE, uuid4())
    result = coded.find(Block((gone,)))
    assert (result.found, len(result.missing)) == ((), 1)
    assert "code" in result.missing[0]
    assert "no longer" in result.missing[0]
    both = coded.find(Block((gone, term(project, "Pay"))))
    assert coded.words(both) == ["nobody was paid"]
    impossible = Block((term(project, "Pay"),), (Condition((gone,)),))
    assert coded.find(impossible).found == ()
    without = Block((term(project, "Pay"),), (Condition((gone,), negated=True),))
    assert coded.words(coded.find(without)) == ["nobody was paid"]
    for kind, what in ((TermKind.THEME, "theme"), (TermKind.FRAMEWORK, "framework")):
        assert what in coded.find(Block((Term(kind, uuid4()),))).missing[0]
    lost = coded.find(
        filters=Filters(
            documents=frozenset({uuid4()}),
            attributes=(AttributeTest(uuid4(), Test.IS, "x"),),
        )
    )
    assert lost.found == ()
    assert {said.split()[1] for said in lost.missing} == {"document", "attribute"}


def test_a_code_deleted_between_two_answers_leaves_nothing_but_its_name_in_missing(
    coded: Desk,
) -> None:
    asked = Query((Block((term(coded.project, "Pay"),)),))
    key = coded.project.queries.save("Money", asked)
    coded.project.codes.delete(coded.project.codes.find("Pay").id)
    saved = coded.project.queries.get(key).query
    assert saved == asked
    result = coded.project.retrieval.find(saved)
    assert result.found == ()
    assert result.missing


def test_a_query_with_no_hits_counts_nothing(desk: Desk) -> None:
    result = desk.find()
    assert (result.references, result.passages, result.participants) == (0, 0, 0)
    assert (result.groups, result.by_document, result.by_participant) == ((), (), ())
    assert desk.project.retrieval.table(result).rows == ()


def test_a_retrieval_can_be_stopped(coded: Desk) -> None:
    with pytest.raises(Cancelled):
        coded.project.retrieval.find(Query(), lambda: True)


# -- whose ------------------------------------------------------------------------------------


def test_the_layer_is_the_lead_coder_and_others_are_listings(coded: Desk) -> None:
    project = coded.project
    first = project.coder
    assert first is not None
    second = project.coders.add("Bo Lindqvist")
    project.coders.switch(second)
    coded.code("Contact", "She phoned me")
    assert set(coded.words(coded.find())) == ALL
    assert coded.words(coded.find(whose=Whose.MINE)) == ["She phoned me"]
    assert coded.words(coded.find(whose=Whose.CODER, coders=frozenset({second}))) == [
        "She phoned me"
    ]
    everyone = coded.find(whose=Whose.EVERYONE)
    assert everyone.references == 7
    assert "a listing, not counts" in everyone.note
    assert not everyone.interim
    assert coded.find().interim
    assert coded.find(whose=Whose.CODER).found == ()


def test_each_document_has_a_layer_of_its_own(coded: Desk) -> None:
    """Both have coded both; one leads the first document, the other the second."""
    project = coded.project
    second = project.coders.add("Bo Lindqvist")
    project.coders.switch(second)
    coded.code("Contact", "She phoned me")
    coded.code("Pay", "We met on Fridays", document=coded.other)
    project.documents.set_lead(coded.other, second)
    assert set(coded.words(coded.find())) == (ALL - {"nobody was paid"}) | {"We met on Fridays"}


def test_nothing_of_a_document_counts_until_a_lead_is_chosen(coded: Desk) -> None:
    coded.project.documents.set_lead(coded.talk, None)
    assert coded.words(coded.find()) == ["nobody was paid"]


def test_two_coders_do_not_stand_to_each_other(coded: Desk) -> None:
    project = coded.project
    project.coders.switch(project.coders.add("Bo Lindqvist"))
    coded.code("Meeting", "She phoned me before")
    asked = Block((term(project, "Meeting"),), (Condition((term(project, "Contact"),)),))
    assert coded.find(asked, whose=Whose.EVERYONE).found == ()


def test_those_left_out_are_in_no_count_of_the_layer(coded: Desk) -> None:
    project = coded.project
    project.participants.leave_out(coded.person("P02"))
    result = coded.find()
    assert set(coded.words(result)) == ALL - {"always at two"}
    assert result.participants == 2
    listing = coded.find(whose=Whose.MINE)
    assert "always at two" in coded.words(listing)
    assert "left out of analysis" in listing.note
    project.history.undo()
    assert "always at two" in coded.words(coded.find())


# -- counting ---------------------------------------------------------------------------------


def test_interviewers_words_belong_to_nobody(coded: Desk) -> None:
    result = coded.find()
    counts = {row.label: row.references for row in result.by_participant}
    assert counts["P01"] == 3
    nobody = next(row for row in result.by_participant if row.key is None)
    assert (nobody.references, nobody.participants) == (1, 0)
    assert result.participants == 3


def test_touching_and_overlapping_codings_are_one_passage(desk: Desk) -> None:
    desk.code("Contact", "She phoned")
    desk.code("Contact", "phoned me")
    desk.code("Time", " before the third")
    result = desk.find()
    assert (result.references, result.passages) == (3, 1)
    assert [(g.label, g.references, g.passages) for g in result.groups] == [
        ("Contact", 2, 1),
        ("Time", 1, 1),
    ]


@pytest.mark.parametrize("grouping", list(Grouping))
@pytest.mark.parametrize("sorting", [Sorting.PLACE, Sorting.SHORTEST])
def test_every_count_is_the_count_of_its_list(
    coded: Desk, grouping: Grouping, sorting: Sorting
) -> None:
    project = coded.project
    framework = project.frameworks.add("sem-ikt3")
    levels = [row.id for row in project.frameworks.levels() if row.framework == framework]
    project.codings.change(coded.made["phoned me"], levels=levels[:2])
    project.themes.add("Hours", codes=[project.codes.find("Time").id])
    project.participants.change(coded.person("P01"), group="Panel")
    coded.code("Pay", "meetings were always at two")
    result = coded.find(grouping=grouping, sorting=sorting)

    def passages(indexes: tuple[int, ...]) -> int:
        spans: dict[UUID, list[object]] = {}
        for index in indexes:
            row = result.found[index].coding
            spans.setdefault(row.document, []).append(row.span)
        return sum(len(unite(some)) for some in spans.values())  # type: ignore[arg-type]  # spans

    everything = tuple(range(len(result.found)))
    assert result.references == len(result.found) == 7
    assert result.passages == passages(everything) == 6
    assert {index for group in result.groups for index in group.indexes} == set(everything)
    for group in result.groups:
        assert group.label or grouping is Grouping.NONE
        assert group.references == len(group.indexes)
        assert group.passages == passages(group.indexes)
        who = {p for i in group.indexes for p in result.found[i].words.participants}
        assert group.participants == len(who)
        assert list(group.indexes) == sorted(group.indexes)
    for row in result.by_document:
        those = tuple(i for i in everything if result.found[i].coding.document == row.key)
        assert (row.references, row.passages) == (len(those), passages(those))
    for row in result.by_participant:
        those = tuple(
            i
            for i in everything
            if (row.key in result.found[i].words.participants)
            or (row.key is None and not result.found[i].words.participants)
        )
        assert (row.references, row.passages) == (len(those), passages(those))


KEYS: dict[Sorting, Callable[[Desk, UUID], object]] = {
    Sorting.NEWEST: lambda desk, key: -desk.project.codings.get(key).created.timestamp(),
    Sorting.OLDEST: lambda desk, key: desk.project.codings.get(key).created,
    Sorting.LONGEST: lambda desk, key: -len(desk.project.codings.get(key).span),
    Sorting.SHORTEST: lambda desk, key: len(desk.project.codings.get(key).span),
    Sorting.CODE: lambda desk, key: [r.id for r in desk.project.codes.all()].index(
        desk.project.codings.get(key).code
    ),
}


@pytest.mark.parametrize("sorting", list(KEYS))
def test_orders(coded: Desk, sorting: Sorting) -> None:
    keys = [KEYS[sorting](coded, row.id) for row in coded.find(sorting=sorting).codings]
    assert keys == sorted(keys)  # type: ignore[type-var]  # of one kind each


def test_order_by_participant_puts_nobodys_words_last(coded: Desk) -> None:
    words = coded.words(coded.find(sorting=Sorting.PARTICIPANT))
    assert words[-1] == "what got in the way"
    assert words[3:5] == ["always at two", "nobody was paid"]


def test_names_of_300_signs_and_markup_are_kept_as_they_are(desk: Desk) -> None:
    name = ("<b>&amp; \\/ " + "é" * 300)[:300].strip()
    desk.code(name, "phoned me")
    result = desk.find()
    assert result.groups[0].label == name
    assert desk.project.retrieval.table(result).rows[0][0].text.startswith(name)


# -- words ------------------------------------------------------------------------------------


def test_passages_are_made_for_the_slice_that_is_shown(coded: Desk) -> None:
    result = coded.find(sorting=Sorting.SHORTEST)
    some = result.found[1:3]
    rows = coded.project.retrieval.passages(some, context=5)
    assert [row.coding.id for row in rows] == [one.coding.id for one in some]
    full = {
        row.coding.id: row for row in coded.project.passages.of_codings(result.codings, context=5)
    }
    assert [full[row.coding.id] for row in rows] == list(rows)
    assert coded.project.retrieval.passages(result.codings[:1], 5)[0] == full[result.codings[0].id]


def test_a_mended_text_an_undo_and_a_new_label_are_seen_at_once(coded: Desk) -> None:
    project = coded.project
    coded.find()
    project.participants.change(coded.person("P03"), label="Élise")
    assert "Élise" in [row.label for row in coded.find().by_participant]
    project.documents.rename(coded.other, "Talk two")
    assert "Talk two" in [row.label for row in coded.find().by_document]
    project.history.undo()
    assert "Second" in [row.label for row in coded.find().by_document]
    project.documents.delete(coded.other)
    result = coded.find()
    assert coded.other not in result.titles
    assert "nobody was paid" not in coded.words(result)


def test_erased_words_are_found_no_more(coded: Desk) -> None:
    project = coded.project
    before = coded.find()
    project.participants.erase(coded.person("P03"), "asked for it")
    after = coded.find()
    assert "nobody was paid" not in coded.words(after)
    assert "P03" not in [row.label for row in after.by_participant]
    # The list that is still on the screen has no words to show for them.
    shown = {row.coding.id for row in project.retrieval.passages(before.found)}
    assert coded.made["nobody was paid"] not in shown


def test_the_note_names_layer_unit_n_and_date(coded: Desk) -> None:
    project = coded.project
    for document in (coded.talk, coded.other):
        project.documents.set_status(document, DocumentStatus.CODED)
    note = coded.find().note
    today = date.today()
    for said in ("Analysis layer: codings by Amara Okafor", "N = 3", "passage is the union"):
        assert said in note
    assert f"{today.day} {today:%B %Y}" in note
    assert not coded.find().interim


def test_a_query_survives_json(coded: Desk) -> None:
    query = Query(
        (
            Block(
                (term(coded.project, "Pay"),),
                (Condition((), Relation.WITHIN, 200, True),),
            ),
        ),
        Filters(
            documents=frozenset({coded.other}),
            directions=frozenset({None, Valence.MIXED}),
            strengths=frozenset({None, 2}),
            since=date(2026, 1, 2),
            attributes=(AttributeTest(uuid4(), Test.MISSING),),
        ),
        Whose.CODER,
        frozenset({uuid4()}),
        Grouping.LEVEL,
        Sorting.NEWEST,
    )
    assert Query.from_json(query.to_json()) == query
    assert Query.from_json(replace(query, filters=Filters()).to_json()) != query
