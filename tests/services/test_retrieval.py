"""Retrieval: whose codings, every filter, groups, order and counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
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
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.core.words import (
    AttributeKind,
    DocumentStatus,
    Flag,
    Origin,
    Subject,
    ThemeStatus,
    Valence,
)
from ikt_coder.services.project import Project
from ikt_coder.services.retrieval_rows import Retrieval
from tests.studies import add_talk, span_of, study

SECOND = """\
Interviewer: And you?
P03: We met on Fridays, and nobody was paid.
"""


@dataclass
class Desk:
    project: Project
    talk: UUID
    other: UUID
    made: dict[str, UUID] = field(default_factory=dict)

    def code(
        self, name: str, words: str, *, document: UUID | None = None, **carried: object
    ) -> UUID:
        """Code some words; the coding is known by its words from now on."""
        document = document or self.talk
        known = {row.name: row.id for row in self.project.codes.all()}
        key = known.get(name) or self.project.codes.add(name)
        span = span_of(self.project, document, words)
        self.made[words] = self.project.codings.apply(document, span, key, **carried)  # type: ignore[arg-type]  # passed on
        return key

    def find(self, *blocks: Block, **asked: object) -> Retrieval:
        return self.project.retrieval.find(Query(blocks, **asked))  # type: ignore[arg-type]  # passed on

    def words(self, result: Retrieval) -> list[str]:
        names = {key: words for words, key in self.made.items()}
        return [names[one.coding.id] for one in result.found]

    def filtered(self, **filters: object) -> set[str]:
        return set(self.words(self.find(filters=Filters(**filters))))  # type: ignore[arg-type]  # passed on

    def person(self, label: str) -> UUID:
        return next(row.id for row in self.project.participants.all() if row.label == label)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    project, talk = study(tmp_path / "study.ikt")
    other = add_talk(project, SECOND, "Second", ("P03",))
    yield Desk(project, talk, other)
    project.close()


@pytest.fixture
def coded(desk: Desk) -> Desk:
    """Six codings by one coder: five in the first talk, one in the second."""
    desk.code("Contact", "phoned me", valence=Valence.FACILITATOR, strength=2)
    desk.code("Contact", "went through the slides", memo="Twice, she says")
    desk.code("Time", "always at two", valence=Valence.BARRIER, flags={Flag.STAR})
    desk.code("Asking", "what got in the way", origin=Origin.SEARCH)
    desk.code("Time", "Nobody had explained", flags={Flag.UNSURE, Flag.STAR})
    desk.code("Pay", "nobody was paid", document=desk.other, valence=Valence.BARRIER)
    return desk


ALL = {
    "phoned me",
    "went through the slides",
    "always at two",
    "what got in the way",
    "Nobody had explained",
    "nobody was paid",
}
ANSWERS = ALL - {"what got in the way"}


def term(project: Project, name: str, *, below: bool = True) -> Term:
    return Term(TermKind.CODE, project.codes.find(name).id, below)


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


# -- filters ----------------------------------------------------------------------------------


def test_filter_by_document_and_folder(coded: Desk) -> None:
    project = coded.project
    assert coded.filtered(documents=frozenset({coded.other})) == {"nobody was paid"}
    outer = project.folders.add("Panel")
    inner = project.folders.add("First round", outer)
    project.documents.move(coded.other, inner)
    assert coded.filtered(folders=frozenset({outer})) == {"nobody was paid"}
    assert coded.filtered(folders=frozenset({outer}), documents=frozenset({coded.talk})) == set()


def test_filter_by_participant_and_group(coded: Desk) -> None:
    project = coded.project
    assert coded.filtered(participants=frozenset({coded.person("P02")})) == {"always at two"}
    project.participants.change(coded.person("P02"), group="Panel")
    assert coded.filtered(groups=frozenset({"Panel"})) == {"always at two"}
    assert coded.filtered(groups=frozenset({""})) == ANSWERS - {"always at two"}


def test_participant_filters_must_hold_of_one_and_the_same_participant(desk: Desk) -> None:
    """A passage over two people's turns is not found by a trait of one and another's trait."""
    project = desk.project
    desk.code("Both", "or what a partner does.\nP02: I came late")
    age = project.attributes.add("Age", Subject.PARTICIPANT, AttributeKind.NUMBER)
    project.attributes.set({(desk.person("P01"), age): "70", (desk.person("P02"), age): "30"})
    old = AttributeTest(age, Test.AT_LEAST, "60")
    assert desk.filtered(attributes=(old,)) == set(desk.made)
    assert desk.filtered(attributes=(old,), participants=frozenset({desk.person("P02")})) == set()


ATTRIBUTES: list[tuple[AttributeKind, str, Test, str, bool]] = [
    (AttributeKind.TEXT, "Library Café", Test.IS, "library cafe\u0301", True),
    (AttributeKind.TEXT, "Library", Test.CONTAINS, "BRA", True),
    (AttributeKind.TEXT, "Library", Test.IS_NOT, "library", False),
    (AttributeKind.NUMBER, "9", Test.AT_LEAST, "10", False),
    (AttributeKind.NUMBER, "10", Test.AT_MOST, "9.5", False),
    (AttributeKind.NUMBER, "10", Test.AT_LEAST, "9,5", True),
    (AttributeKind.NUMBER, "10", Test.IS, "10.0", True),
    (AttributeKind.NUMBER, "10", Test.AT_LEAST, "many", False),
    (AttributeKind.DATE, "2025-03-09", Test.AT_LEAST, "2025-03-10", False),
    (AttributeKind.DATE, "2025-03-09", Test.AT_MOST, "2025-11-01", True),
    (AttributeKind.CHOICE, "Nurse", Test.IS, "nurse", True),
    (AttributeKind.CHOICES, "Nurse; Patient", Test.IS, "patient", True),
    (AttributeKind.CHOICES, "Nurse; Patient", Test.IS_NOT, "patient", False),
    (AttributeKind.CHOICES, "Nurse", Test.IS_NOT, "patient", True),
]


@pytest.mark.parametrize(("kind", "value", "test", "wanted", "passes"), ATTRIBUTES)
@pytest.mark.parametrize("subject", list(Subject))
def test_filter_by_attribute(
    coded: Desk,
    subject: Subject,
    kind: AttributeKind,
    value: str,
    test: Test,
    wanted: str,
    passes: bool,
) -> None:
    project = coded.project
    key = project.attributes.add("Trait", subject, kind, ("Nurse", "Patient"))
    owner = coded.person("P03") if subject is Subject.PARTICIPANT else coded.other
    project.attributes.set({(owner, key): value})
    found = coded.filtered(attributes=(AttributeTest(key, test, wanted),))
    assert found == ({"nobody was paid"} if passes else set())
    missing = coded.filtered(attributes=(AttributeTest(key, Test.MISSING),))
    everyone_else = ANSWERS if subject is Subject.PARTICIPANT else ALL
    assert missing == everyone_else - {"nobody was paid"}


def test_filter_by_speaker_and_role(coded: Desk) -> None:
    assert coded.filtered(speakers=frozenset({"P02"})) == {"always at two"}
    assert coded.filtered(roles=frozenset({SpeakerRole.INTERVIEWER})) == {"what got in the way"}
    assert coded.filtered(roles=frozenset({SpeakerRole.PARTICIPANT})) == ANSWERS


def test_filter_by_what_a_coding_carries(coded: Desk) -> None:
    project = coded.project
    framework = project.frameworks.add("sem-ikt3")
    level = next(row.id for row in project.frameworks.levels() if row.framework == framework)
    project.codings.change(coded.made["phoned me"], levels=[level])
    rest = ALL - {"phoned me"}
    assert coded.filtered(levels=frozenset({level})) == {"phoned me"}
    assert coded.filtered(levels=frozenset({None})) == rest
    assert coded.filtered(levels=frozenset({None, level})) == ALL
    assert coded.filtered(directions=frozenset({Valence.BARRIER})) == {
        "always at two",
        "nobody was paid",
    }
    assert coded.filtered(directions=frozenset({None, Valence.FACILITATOR})) == ALL - {
        "always at two",
        "nobody was paid",
    }
    assert coded.filtered(strengths=frozenset({2})) == {"phoned me"}
    assert coded.filtered(strengths=frozenset({None, 1})) == rest
    starred = {"always at two", "Nobody had explained"}
    assert coded.filtered(flags=frozenset({Flag.STAR})) == starred
    assert coded.filtered(flags=frozenset({Flag.STAR, Flag.UNSURE})) == starred
    assert coded.filtered(flags=frozenset({Flag.STAR}), without_flags=frozenset({Flag.UNSURE})) == {
        "always at two"
    }
    assert coded.filtered(origins=frozenset({Origin.SEARCH})) == {"what got in the way"}


def test_filter_by_memo_also_by_one_written_beside_the_coding(coded: Desk) -> None:
    assert coded.filtered(memo="TWICE,") == {"went through the slides"}
    assert coded.filtered(memo="*") == {"went through the slides"}
    coded.project.memos.add("Ask Bo about this", coding=coded.made["phoned me"])
    assert coded.filtered(memo="ask bo") == {"phoned me"}
    assert coded.filtered(memo="*") == {"went through the slides", "phoned me"}


def test_filter_by_words_and_by_day(coded: Desk) -> None:
    assert coded.filtered(words="NOBODY") == {"Nobody had explained", "nobody was paid"}
    assert coded.filtered(words="explained how") == set()
    today = date.today()
    assert coded.filtered(since=today - timedelta(1), until=today + timedelta(1)) == ALL
    assert coded.filtered(since=today + timedelta(2)) == set()
    assert coded.filtered(until=today - timedelta(2)) == set()


def test_filters_judge_what_is_found_and_not_what_it_stands_beside(desk: Desk) -> None:
    desk.code("Contact", "phoned me before", valence=Valence.FACILITATOR)
    desk.code("Time", "before the third meeting", valence=Valence.BARRIER)
    asked = Block((term(desk.project, "Time"),), (Condition((term(desk.project, "Contact"),)),))
    result = desk.find(asked, filters=Filters(directions=frozenset({Valence.BARRIER})))
    (found,) = result.found
    assert found.partners == (desk.made["phoned me before"],)
    text = desk.project.texts.get(desk.talk)
    assert [text[piece.start : piece.end] for piece in found.shared] == ["before"]


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
