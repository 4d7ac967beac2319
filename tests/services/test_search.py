"""Searching all texts, and coding what was found."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.errors import Cancelled, NotAllowed, UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.search import Coded, Mode, SearchQuery, Unit
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.transcript import SpeakerRole, Transcript, Turn
from ikt_coder.core.words import Origin, Valence, Whose
from ikt_coder.services import kept_texts, search, search_rows
from ikt_coder.services.documents import NewDocument
from ikt_coder.services.project import Project
from ikt_coder.services.units_around import widener
from tests.studies import TALK, add_talk, span_of, study, transcript

SECOND = """\
Interviewer: Who decided on the meetings?
P01: My sister decided. Nobody asked me! I would have made another decision.
P03: I don’t know. The  meetings decided themselves.
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made, _ = study(tmp_path / "study.ikt")
    add_talk(made, SECOND, "Second", ("P01", "P03"))
    yield made
    made.close()


def words(project: Project, query: SearchQuery) -> list[str]:
    found = project.search.find(query)
    assert len(found.hits) == found.total
    return [each.words for each in project.search.contexts(found.hits)]


def test_hits_come_in_document_order_with_who_says_them(project: Project) -> None:
    found = project.search.find(SearchQuery("meeting"))
    assert [each.words for each in project.search.contexts(found.hits)] == ["meeting"] * 4
    assert [hit.speaker for hit in found.hits] == ["P01", "P02", "Interviewer", "P03"]
    assert found.hits[2].participants == ()
    assert [(d.title, d.hits) for d in found.documents] == [("Talk", 2), ("Second", 2)]
    assert [(p.label, p.hits, p.documents) for p in found.participants] == [
        ("P01", 1, 1),
        ("P02", 1, 1),
        ("P03", 1, 1),
    ]
    assert found.hits[-1] == found.hits[3]
    assert found.hits[1:3] == (found.hits[1], found.hits[2])
    with pytest.raises(IndexError):
        found.hits[4]


def test_nothing_found_is_an_empty_result(project: Project) -> None:
    for mode in Mode:
        found = project.search.find(SearchQuery("zebra", mode))
        assert (found.total, tuple(found.hits), found.documents) == (0, (), ())
    assert project.search.contexts(()) == ()


def test_an_empty_project_is_searched(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "empty.ikt")
    assert project.search.find(SearchQuery("a")).total == 0
    assert project.search.find(SearchQuery("a", Mode.LEMMA)).total == 0
    project.close()


def test_labels_are_searched_only_where_asked(project: Project) -> None:
    assert words(project, SearchQuery("p01")) == []
    found = project.search.find(SearchQuery("p01", labels=True))
    assert [hit.speaker for hit in found.hits] == [None] * 3
    assert all(hit.participants == () for hit in found.hits)
    assert found.participants == ()


def test_modes(project: Project) -> None:
    assert words(project, SearchQuery("don't know")) == ["don’t know"]
    assert words(project, SearchQuery("the meetings")) == [
        "the meetings",
        "the meetings",
        "The  meetings",
    ]
    assert words(project, SearchQuery("meeting", Mode.WORD)) == ["meeting"]
    assert words(project, SearchQuery("decide", Mode.LEMMA)) == ["decided"] * 3
    assert words(project, SearchQuery("make decisions", Mode.LEMMA)) == ["made another decision"]
    assert words(project, SearchQuery(r"\bm\w+s\b", Mode.REGEX)) == ["meetings"] * 3
    assert words(project, SearchQuery(r"(?r)meetings?", Mode.REGEX))[0] == "meeting"
    assert words(project, SearchQuery("ÇA", case=True)) == []
    assert words(project, SearchQuery("ca va")) == ["Ça va"]
    assert words(project, SearchQuery("ca va", accents=True)) == []
    assert words(project, SearchQuery("ét", accents=True)) == ["e\u0301t"]
    assert "e\u0301t" in words(project, SearchQuery("et"))


def test_filters(project: Project) -> None:
    second = project.documents.find("Second").id
    person = next(p.id for p in project.participants.all() if p.label == "P01")
    folder = project.folders.add("Outer")
    inner = project.folders.add("Inner", folder)
    project.documents.move(second, inner)

    def count(**filters: object) -> int:
        return project.search.find(SearchQuery("meeting", **filters)).total  # type: ignore[arg-type]  # one filter each

    assert count() == 4
    assert count(documents=frozenset({second})) == 2
    assert count(folders=frozenset({folder})) == 2
    assert count(folders=frozenset({uuid4()})) == 0
    assert count(participants=frozenset({person})) == 1
    assert count(speakers=frozenset({"P03", "P02"})) == 2
    assert count(roles=frozenset({SpeakerRole.PARTICIPANT})) == 3
    assert count(roles=frozenset({SpeakerRole.INTERVIEWER})) == 1


def test_a_label_passes_the_filter_of_its_speaker(project: Project) -> None:
    asked = SearchQuery("Interviewer", labels=True, roles=frozenset({SpeakerRole.INTERVIEWER}))
    assert project.search.find(asked).total == 3
    others = SearchQuery("Interviewer", labels=True, roles=frozenset({SpeakerRole.PARTICIPANT}))
    assert project.search.find(others).total == 0


def test_only_uncoded_and_only_coded_with(project: Project) -> None:
    talk = project.documents.find("Talk").id
    parent = project.codes.add("Parent")
    code = project.codes.add("Meetings", parent)
    project.codings.apply(talk, span_of(project, talk, "third meeting. She"), code)

    def total(coded: Coded, *codes: object, whose: Whose = Whose.MINE) -> int:
        query = SearchQuery("meeting", coded=coded, codes=frozenset(codes), whose=whose)  # type: ignore[arg-type]  # ids
        return project.search.find(query).total

    assert total(Coded.UNCODED) == 3
    assert total(Coded.WITH, code) == 1
    assert total(Coded.WITH, parent) == 1
    assert total(Coded.WITH) == 0
    project.coders.switch(project.coders.add("Bea"))
    assert total(Coded.UNCODED) == 4
    assert total(Coded.WITH, code, whose=Whose.LAYER) == 1
    assert total(Coded.WITH, code, whose=Whose.EVERYONE) == 1


def test_widening_to_sentence_and_turn(project: Project) -> None:
    (hit,) = project.search.find(SearchQuery("asked me")).hits
    text = project.texts.get(hit.document)

    def piece(unit: Unit) -> str:
        span = project.search.widened(hit, unit)
        return text[span.start : span.end]

    assert piece(Unit.HIT) == "asked me"
    assert piece(Unit.SENTENCE) == "Nobody asked me!"
    assert piece(Unit.TURN).startswith("My sister")
    assert piece(Unit.TURN).endswith("another decision.")
    (label, *_) = project.search.find(SearchQuery("P03", labels=True)).hits
    for unit in Unit:
        assert project.search.widened(label, unit) == label.span


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "A: ", "Bb: "]), st.text("ab.!? 😀", max_size=20)),
        min_size=1,
        max_size=6,
    ),
    st.data(),
)
def test_a_unit_holds_its_hit_and_stays_in_its_text(
    lines: list[tuple[str, str]], data: st.DataObject
) -> None:
    made = transcript("".join(f"{label}{said}\n" for label, said in lines))
    kept = kept_texts.KeptText(uuid4(), (None, "", 0), made.text, speakers=[None, uuid4()])
    for turn in made.turns:
        kept.starts.append(turn.span.start)
        kept.ends.append(turn.span.end)
        kept.words.append(turn.label_end or turn.span.start)
        kept.who.append(1)
        kept.times.append(-1)
    start = data.draw(st.integers(0, len(made.text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(made.text))))
    sentence, turn_ = (widener(kept, unit)(span) for unit in (Unit.SENTENCE, Unit.TURN))
    for wide in (sentence, turn_):
        assert wide.start <= span.start < span.end <= wide.end <= len(made.text)
    if made.text[span.start : span.end].strip():
        assert turn_.start <= sentence.start
        assert sentence.end <= turn_.end
    # What was widened once stays as it is.
    assert widener(kept, Unit.TURN)(turn_) == turn_


def test_a_sentence_goes_on_over_subtitles_of_one_speaker(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "cues.ikt")
    text = "So we went\nto the clinic.\nNobody was there.\n"
    cuts = [0, 11, 26, len(text)]
    turns = tuple(Turn(Span(a, b), None, a * 100) for a, b in pairwise(cuts))
    project.documents.add(Transcript(text, turns), "Cues")
    (hit,) = project.search.find(SearchQuery("clinic")).hits
    sentence, turn = (project.search.widened(hit, each) for each in (Unit.SENTENCE, Unit.TURN))
    assert text[sentence.start : sentence.end] == "So we went\nto the clinic."
    assert text[turn.start : turn.end] == "to the clinic."
    assert hit.start_ms == 1100
    project.close()


def test_hits_are_coded_in_one_act_that_is_undone_at_once(project: Project) -> None:
    code = project.codes.add("Meetings")
    found = project.search.find(SearchQuery("meeting"))
    done = project.search.code_hits(found.hits, code)
    assert (done.code, done.made, done.already) == (code, 4, 0)
    rows = project.codings.many(done.codings)
    assert {row.origin for row in rows} == {Origin.SEARCH}
    newest = project.history.all(1)[0]
    assert newest.kind == "code_hits"
    assert (newest.params["code"], newest.params["count"]) == ("Meetings", 4)
    again = project.search.code_hits(found.hits, code)
    assert (again.made, again.already, again.codings) == (0, 4, done.codings)
    project.history.undo()
    assert project.codings.many(done.codings) == ()


def test_two_hits_in_one_sentence_or_turn_code_it_once(project: Project) -> None:
    code = project.codes.add("Asked")
    query = SearchQuery(
        "de|me", Mode.REGEX, documents=frozenset({project.documents.find("Second").id})
    )
    found = project.search.find(query)
    by_turn = project.search.code_hits(found.hits, code, Unit.TURN)
    assert by_turn.made == 3
    by_sentence = project.search.code_hits(found.hits, code, Unit.SENTENCE)
    text = project.texts.get(found.hits[0].document)
    pieces = [
        text[row.span.start : row.span.end] for row in project.codings.many(by_sentence.codings)
    ]
    assert pieces == [
        "Who decided on the meetings?",  # the whole turn, coded already
        "My sister decided.",
        "Nobody asked me!",
        "I would have made another decision.",
        "The  meetings decided themselves.",
    ]
    assert (by_sentence.made, by_sentence.already) == (4, 1)


def test_a_new_code_is_made_and_used_in_the_same_act(project: Project) -> None:
    found = project.search.find(SearchQuery("sister"))
    done = project.search.code_hits(found.hits, new_code="Family", unit=Unit.SENTENCE)
    assert project.codes.get(done.code).name == "Family"
    project.history.undo()
    assert [row.name for row in project.codes.all()] == []


def test_the_direction_a_code_begins_with_is_kept(project: Project) -> None:
    code = project.codes.add("Against")
    project.codes.change(code, default_valence=Valence.BARRIER)
    done = project.search.code_hits(project.search.find(SearchQuery("late")).hits, code)
    assert [row.valence for row in project.codings.many(done.codings)] == [Valence.BARRIER]


def test_nothing_is_coded_without_hits_or_without_one_code(project: Project) -> None:
    found = project.search.find(SearchQuery("late"))
    code = project.codes.add("Late")
    for hits, options in (
        ((), {"code": code}),
        (found.hits, {}),
        (found.hits, {"code": code, "new_code": "Other"}),
    ):
        with pytest.raises(NotAllowed):
            project.search.code_hits(hits, **options)  # type: ignore[arg-type]  # each kind of wrong


def test_hits_of_a_text_that_was_mended_are_not_coded(project: Project) -> None:
    talk = project.documents.find("Talk").id
    found = project.search.find(SearchQuery("slides"))
    code = project.codes.add("Slides")
    project.texts.mend(talk, [TextEdit(0, "", "Well. ")])
    with pytest.raises(UserError, match="was mended since the search"):
        project.search.code_hits(found.hits, code)
    assert project.codings.in_document(talk) == ()
    project.history.undo()
    assert project.search.code_hits(found.hits, code).made == 1


def test_offsets_follow_an_edit_and_its_undo(project: Project) -> None:
    talk = project.documents.find("Talk").id
    places = []
    for mode in (Mode.PLAIN, Mode.LEMMA, Mode.REGEX):
        places.append([hit.span for hit in project.search.find(SearchQuery("slides", mode)).hits])
    project.texts.mend(talk, [TextEdit(0, "", "Well. 😀 ")])
    for mode in (Mode.PLAIN, Mode.LEMMA, Mode.REGEX):
        (hit,) = project.search.find(SearchQuery("slides", mode)).hits
        assert project.texts.get(talk)[hit.span.start : hit.span.end] == "slides"
    project.texts.mend(talk, [TextEdit(0, "Well.", "So it was.")])
    project.history.undo()
    project.history.undo()
    for mode, before in zip((Mode.PLAIN, Mode.LEMMA, Mode.REGEX), places, strict=True):
        assert [h.span for h in project.search.find(SearchQuery("slides", mode)).hits] == before


def test_a_document_that_comes_or_goes_is_seen(project: Project) -> None:
    assert project.search.find(SearchQuery("phoned")).total == 1
    add_talk(project, TALK, "Third")
    assert project.search.find(SearchQuery("phoned")).total == 2
    project.documents.delete(project.documents.find("Talk").id)
    assert project.search.find(SearchQuery("phoned")).total == 1
    project.history.undo()
    assert project.search.find(SearchQuery("phoned")).total == 2


def test_what_an_act_under_way_wrote_is_not_kept(project: Project) -> None:
    talk = project.documents.find("Talk").id
    project.search.find(SearchQuery("x"))

    def fail() -> None:
        with project.operation(Op.MEND_TEXT):
            project.texts.mend(talk, [TextEdit(0, "", "zebra ")])
            assert project.search.find(SearchQuery("zebra")).total == 1
            raise UserError("enough")

    with pytest.raises(UserError, match="enough"):
        fail()
    assert project.search.find(SearchQuery("zebra")).total == 0


def test_an_exploding_pattern_is_stopped(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SECONDS", 0.2)
    add_talk(project, "P01: " + "a" * 3000 + "\n", "Long", ("P01",))
    with pytest.raises(UserError, match="The pattern takes too long"):
        project.search.find(SearchQuery("(a+)+b", Mode.REGEX))


def test_the_time_of_a_pattern_is_for_all_texts_together(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "SECONDS", 0.0)
    with pytest.raises(UserError, match="takes too long"):
        project.search.find(SearchQuery("a", Mode.REGEX))


def test_more_hits_than_are_shown_are_counted(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_rows, "LIMIT", 3)
    monkeypatch.setattr(search, "LIMIT", 3)
    found = project.search.find(SearchQuery("meeting"))
    assert (found.shown, found.total, found.limited) == (3, 4, True)
    assert found.notes == ("3 of 4 places are shown. All of them are counted.",)
    assert sum(each.hits for each in found.documents) == 4


def test_a_search_is_stopped_between_texts(project: Project) -> None:
    with pytest.raises(Cancelled):
        project.search.find(SearchQuery("a"), stop=lambda: True)
    done: list[tuple[int, int]] = []
    project.search.find(SearchQuery("a"), progress=lambda a, b: done.append((a, b)))
    assert done == [(1, 2), (2, 2)]


def test_texts_beyond_the_memory_set_aside_are_read_anew(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_texts, "_BUDGET", 0)
    for _ in range(2):
        assert project.search.find(SearchQuery("meeting")).total == 4


def test_a_project_for_reading_only_is_searched_but_not_coded(project: Project) -> None:
    project.codes.add("Meetings")
    path = project.path
    project.close()
    reading = Project.open(path, read_only=True)
    found = reading.search.find(SearchQuery("decide", Mode.LEMMA))
    assert found.total == 3
    with pytest.raises(NotAllowed):
        reading.search.code_hits(found.hits, reading.codes.all()[0].id)
    reading.close()


def test_words_in_no_turn_belong_to_the_documents_only_participant(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "plain.ikt")
    made = transcript("no labels here\nnone at all\n")
    project.documents.add_many(
        [NewDocument(made, "Plain", "plain.txt", "txt", b"", participant="P09")]
    )
    found = project.search.find(SearchQuery("none"))
    assert [(p.label, p.hits) for p in found.participants] == [("P09", 1)]
    assert (
        project.search.find(SearchQuery("none", roles=frozenset({SpeakerRole.INTERVIEWER}))).total
        == 0
    )
    project.close()


def test_several_threads_search_at_a_time(project: Project) -> None:
    totals: list[int] = []

    def look() -> None:
        for _ in range(5):
            totals.append(project.search.find(SearchQuery("meeting")).total)

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert totals == [4] * 15


def test_counts_are_those_of_the_rules_of_attribution(project: Project) -> None:
    from ikt_coder.services.attribution import Attribution

    attribution = Attribution(project)
    for pattern in (r"\w+", r"[^:]{3,40}", r"(?s).{30}", r"\n\w+: \w+"):
        for labels in (False, True):
            for hit in project.search.find(SearchQuery(pattern, Mode.REGEX, labels=labels)).hits:
                said = attribution.of(hit.document, hit.span)
                assert hit.participants == said.participants, hit
                assert hit.speaker == (said.speakers[0] if said.speakers else None), hit
