"""Erasing a participant: no byte of their words stays, and everybody else's work does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from ikt_coder.core.errors import UndoRefused, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import RoundEventKind
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.transcript import SpeakerRole, Transcript, Turn
from ikt_coder.core.words import Stance
from ikt_coder.model import Decision, ItemNote, RoundEvent
from ikt_coder.services.documents import NewDocument
from ikt_coder.services.erased_words import ERASED, Scrub
from ikt_coder.services.project import Project
from tests.studies import TALK, add_talk, dump, span_of, study, transcript

# Words that stand nowhere else; the second shows that signs are found however they are stored.
MARKER = "a heron stood quietly behind the clinic"
SHARED = f"""\
Interviewer: What do you remember of that day?
P01: I remember {MARKER} on the day I joined. 😀
P02: For me it was the taxi, they paid for the taxi.
P01: And {MARKER} again the week after, e\u0301t voilà.
Interviewer: Thank you both for that.
P02: The mornings were better for everyone, I would say.
"""
ALONE = f"""\
Interviewer: How did it begin?
P01: It began when {MARKER} and nobody had called me.
"""


def participant(project: Project, label: str) -> UUID:
    return next(p.id for p in project.participants.all() if p.label == label)


def holds(path: Path, words: str) -> bool:
    """Whether a file holds words as bytes, in any of the ways text is written down."""
    data = path.read_bytes()
    forms = {words, words.upper(), words.capitalize()}
    return any(
        form.encode(encoding, "ignore") in data
        for form in forms
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    )


class Told:
    """A study in which P01's words lie in every place where words can lie."""

    def __init__(self, path: Path) -> None:
        self.project, _ = study(path)
        project = self.project
        self.shared = add_talk(project, SHARED, "Together")
        self.alone = add_talk(project, ALONE, "Heron morning")
        span = span_of(project, self.shared, MARKER)
        # A mended place within their words: the words before it are in a revision.
        at = project.texts.get(self.alone).index("began")
        project.documents.mend(self.alone, [TextEdit(at, "began", "started")])
        at = project.texts.get(self.shared).index("stood quietly")
        project.documents.mend(self.shared, [TextEdit(at, "stood", "was standing")])
        project.history.undo()
        project.documents.mend(self.shared, [TextEdit(0, "", "Well. ")])
        span = span_of(project, self.shared, MARKER)
        self.code, self.theirs = project.codings.apply_new_code(self.shared, span, MARKER)
        project.codes.change(self.code, name="An image", definition=f"As in “{MARKER}”.")
        _, short = project.codings.apply_new_code(
            self.alone, span_of(project, self.alone, "nobody had called"), "Nobody had called"
        )
        self.short_code = project.codings.get(short).code
        self.trust = project.codes.add("Trust")
        taxi = span_of(project, self.shared, "they paid for the taxi")
        self.others = project.codings.apply(
            self.shared, taxi, self.trust, memo=f"Unlike P01, who said {MARKER.upper()}."
        )
        self.better = project.codings.apply(
            self.shared, span_of(project, self.shared, "The mornings were better"), self.trust
        )
        self.memo = project.memos.add(
            f"She said: “{MARKER}”. I thought of it for days.", title="The heron"
        )
        self.on_passage = project.memos.add("About the taxi", document=self.shared, span=taxi)
        gone = project.memos.add(f"Deleted later: {MARKER}", title="Draft")
        project.memos.delete(gone)
        self.theme = project.themes.add("Belonging", narrative=f"It begins as {MARKER}.")
        project.themes.add_codings(self.theme, [self.theirs, self.others])
        project.themes.set_stance(self.theme, [self.theirs], Stance.QUALIFIES)
        project.themes.accept_quote(self.theme, self.theirs)
        project.themes.accept_quote(self.theme, self.others)
        project.history.name_restore_point(f"At last {MARKER}")
        self._records()
        self.p01 = participant(project, "P01")

    def _records(self) -> None:
        """What people write in rounds, which nothing but erasing ever changes."""
        self.version = self.project.codebook_versions.keep(f"After {MARKER}")
        moment, someone = datetime.now(UTC), new_id()
        decided = {
            "id": new_id(),
            "round_id": someone,
            "document_id": self.shared,
            "item_id": someone,
            "difference": "boundary",
            "kind": "keep",
            "kept_id": None,
            "replaces": None,
            "before": "[]",
            "result": "[]",
            "edits": "[]",
            "text_digest": "",
            "codebook_version": self.version,
            "category": None,
            "reason": f"She says “{MARKER}”, so it is the place.",
            "present": "[]",
            "coder_id": self.project.coder,
            "role": "",
            "names_hidden": False,
            "in_bulk": False,
            "proposed_by": "",
            "program": "",
            "at": moment,
        }
        note = {
            "id": new_id(),
            "round_id": someone,
            "item_id": someone,
            "kind": "dissent",
            "text": f"No: {MARKER}.",
            "coder_id": self.project.coder,
            "at": moment,
        }
        event = {
            "id": new_id(),
            "kind": RoundEventKind.REOPENED.value,
            "round_id": someone,
            "coder_id": self.project.coder,
            "document_id": self.shared,
            "by_id": self.project.coder,
            "at": moment,
            "data": json.dumps({"reason": f"Forgot {MARKER}", "after_unsealing": False}),
        }
        with self.project.operation(Op.RECORD_STATISTIC) as op:
            op.execute(insert(Decision).values(**decided))
            op.execute(insert(ItemNote).values(**note))
            op.execute(insert(RoundEvent).values(**event))

    def record(self, column: str, table: str) -> object:
        return self.project.connection.exec_driver_sql(f"SELECT {column} FROM {table}").scalar()

    def words_of(self, coding: UUID) -> str:
        row = self.project.codings.get(coding)
        return self.project.texts.get(row.document)[row.span.start : row.span.end]


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    told = Told(tmp_path / "study.ikt")
    yield told
    told.project.close()


def test_the_words_are_there_before(told: Told) -> None:
    """Without this the other tests could pass for the wrong reason."""
    assert holds(told.project.path, MARKER)
    assert holds(told.project.path, "Nobody had called")
    assert holds(told.project.path, "was standing quietly behind the clinic") or holds(
        told.project.path, "was standing"
    )


def test_no_byte_of_their_words_stays(told: Told) -> None:
    project = told.project
    project.participants.erase(told.p01, "asked to be left out")
    path = project.path
    words = (MARKER, "heron stood quietly behind", "behind the clinic on the day", "Heron morning")
    for wanted in (*words, "Nobody had called", "et voilà", "e\u0301t voilà"):
        assert not holds(path, wanted), wanted
    project.close()
    for wanted in words:
        assert not holds(path, wanted), wanted
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    told.project = Project.open(path)
    assert told.project.warnings == ()
    assert told.project.safety.check().sound


def test_everybody_elses_words_and_codings_stay_where_they_were(told: Told) -> None:
    project = told.project
    before = project.documents.text(told.shared)
    kept = [
        before.text[turn.span.start : turn.span.end]
        for turn in before.turns
        if "P01" not in before.text[turn.span.start : turn.span.end]
    ]
    project.participants.erase(told.p01, "")
    after = project.documents.text(told.shared)
    for words in kept:
        assert words in after.text
    assert after.text.count(ERASED) == 2
    assert told.words_of(told.others) == "they paid for the taxi"
    assert told.words_of(told.better) == "The mornings were better"
    span = project.memos.get(told.on_passage).span
    assert span is not None
    assert after.text[span.start : span.end] == "they paid for the taxi"
    covered = sorted((turn.span.start, turn.span.end) for turn in after.turns)
    assert all(end <= start for (_, end), (start, _) in pairwise(covered))
    assert len(after.turns) == len(before.turns)
    for turn in after.turns:
        assert turn.span.start <= turn.words_start <= turn.span.end
        words = after.text[turn.span.start : turn.span.end]
        assert words.startswith(ERASED) or words in kept
    row = project.documents.get(told.shared)
    assert row.length == len(after.text)
    assert row.words == len(after.text.split())
    assert row.participants == ("P02",)
    assert project.codes.get(told.code).definition == f"As in “{ERASED}”."
    assert project.codes.get(told.short_code).name == ERASED
    assert project.memos.get(told.memo).text == f"She said: “{ERASED}”. I thought of it for days."
    assert [row.id for row in project.codings.in_document(told.shared)] == [
        told.others,
        told.better,
    ]
    assert project.documents.original(told.shared) is None
    (quote,) = [row.quote for row in project.themes.codings(told.theme) if row.quote]
    assert quote is not None


def test_a_document_of_theirs_alone_goes_and_the_others_stay(told: Told) -> None:
    project = told.project
    project.participants.erase(told.p01, "")
    assert {row.title for row in project.documents.all()} == {"Talk", "Together"}
    # In the talk of the fixture P01 speaks too.
    talk = next(row for row in project.documents.all() if row.title == "Talk")
    text = project.texts.get(talk.id)
    assert "She phoned me" not in text
    assert "P02: I came late" in text


def test_the_preview_says_what_happens(told: Told) -> None:
    project = told.project
    preview = project.participants.erase_preview(told.p01)
    assert preview.participant == "P01"
    assert preview.documents_whole == ("Heron morning",)
    assert set(preview.documents_part) == {"Together", "Talk"}
    assert preview.restore_points == (f"At last {MARKER}",)
    before = dump(project.path)
    stone = project.participants.erase(told.p01, "asked")
    after = dump(project.path)
    assert stone.counts["turns"] == preview.turns
    assert stone.counts["codings"] == preview.codings
    assert stone.counts["quotes"] == preview.quotes == 1
    assert stone.counts["mentions"] == preview.mentions
    assert stone.counts["documents"] == len(preview.documents_whole)
    for table, number in (("coding", preview.codings), ("quote", preview.quotes)):
        assert len(before[table]) - len(after[table]) == number


def test_a_tombstone_stays_without_words(told: Told) -> None:
    project = told.project
    stone = project.participants.erase(told.p01, " withdrew by phone ")
    assert project.participants.tombstones() == (stone,)
    assert stone.participant == told.p01
    assert stone.reason == "withdrew by phone"
    assert all(p.id != told.p01 for p in project.participants.all())
    with pytest.raises(UserError):
        project.participants.erase(told.p01, "again")


def test_the_history_keeps_who_and_when_and_nothing_comes_back(told: Told) -> None:
    project = told.project
    acts = [(r.seq, r.kind, r.coder, r.at) for r in project.history.all()]
    early = acts[-1][0]
    project.participants.erase(told.p01, "")
    rows = project.history.all()
    assert [(r.seq, r.kind, r.coder, r.at) for r in rows[1:]] == acts
    assert rows[0].kind == "erase_participant"
    assert MARKER not in str([r.params for r in rows])
    assert "P01" not in str([r.params for r in rows])
    for act in (project.history.undo, project.history.redo):
        with pytest.raises(UndoRefused):
            act()
    (point,) = project.history.restore_points()
    assert point.name == f"At last {ERASED}"
    for seq in (early, point.op, rows[1].seq):
        with pytest.raises(UndoRefused, match="erased"):
            project.history.go_back_to(seq)
    assert not holds(project.path, MARKER)
    project.codes.add("Work goes on")
    project.history.undo()


def test_what_speaker_labels_say_counts_and_not_their_spelling(tmp_path: Path) -> None:
    """A label other than the pseudonym is theirs by its link, and goes too."""
    project, _ = study(tmp_path / "study.ikt")
    text = "Maria: They never asked me about the boat shed.\nP02: They asked me twice.\n"
    new = NewDocument(
        transcript(text), "Two", "two.txt", "txt", text.encode(), participants={"Maria": "P07"}
    )
    document = project.documents.add_many([new])[0]
    project.documents.rename(document, "With Maria and another")
    project.participants.erase(participant(project, "P07"), "")
    assert not holds(project.path, "never asked me about the boat shed")
    # Nobody was linked to the other speaker; their words stay all the same.
    assert project.texts.get(document) == f"{ERASED}\nP02: They asked me twice.\n"
    assert [s.label for s in project.documents.speakers(document)] == [ERASED, "P02"]
    assert not holds(project.path, "With Maria")
    project.close()


def test_words_of_nobody_in_their_document_are_theirs(tmp_path: Path) -> None:
    """A document's one participant owns what no other speaker says, labelled or not."""
    project, _ = study(tmp_path / "study.ikt")
    lines = [
        "A note before anyone speaks: the boat shed was locked.\n",
        "Speaker 1: They never asked me about the boat shed.\n",
        "P02: They asked me twice and more.\n",
    ]
    text = "".join(lines)
    first = len(lines[0])
    second = first + len(lines[1])
    turns = (
        Turn(Span(first, second), "Speaker 1", None, first + 11),
        Turn(Span(second, len(text)), "P02", None, second + 5),
    )
    new = NewDocument(
        Transcript(text, turns, speaker_roles={"P02": SpeakerRole.PARTICIPANT}),
        "Shed",
        "shed.txt",
        "txt",
        text.encode(),
        participants={"P02": "P02"},
        participant="P09",
    )
    document = project.documents.add_many([new])[0]
    project.participants.erase(participant(project, "P09"), "")
    assert not holds(project.path, "boat shed")
    assert project.texts.get(document).endswith("P02: They asked me twice and more.\n")
    assert project.safety.check().sound
    project.close()


def test_quotes_of_a_text_before_it_was_mended_are_found(tmp_path: Path) -> None:
    project, talk = study(tmp_path / "study.ikt")
    said = "Nobody had explained how a study"
    memo = project.memos.add(f"P01: “{said}” is put together.")
    at = project.texts.get(talk).index("explained")
    project.documents.mend(talk, [TextEdit(at, "explained", "said a word about")])
    project.participants.erase(participant(project, "P01"), "")
    assert "explained" not in project.memos.get(memo).text
    assert not holds(project.path, "had explained how a study")
    project.close()


def test_labels_and_numbers_in_the_history_stay_readable(tmp_path: Path) -> None:
    """A pseudonym may be a digit or a common word: ids, counts and names of fields stay."""
    project, _ = study(tmp_path / "study.ikt")
    for label in ("1", "name", "a"):
        text = f"{label}: They never asked me about the boat shed.\nP02: They asked.\n"
        add_talk(project, text, f"With {label}", people=(label, "P02"))
        project.codes.add(f"Code of {label} and alpha")
        project.participants.erase(participant(project, label), "")
        rows = project.history.all()
        assert all(isinstance(row.params, dict) for row in rows)
        added = next(row for row in rows if row.kind == "add_code")
        assert added.params["name"] == f"Code of {ERASED} and alpha"
        assert UUID(str(added.params["code"]))
    assert project.safety.check().sound
    project.close()


def test_scrubbing_leaves_other_words_alone() -> None:
    scrub = Scrub(
        {("one", "two", "three", "four", "five")}, frozenset({"P1"}), frozenset({"Whole title"})
    )
    assert scrub("Before one, TWO three “four” five after") == f"Before {ERASED} after"
    assert scrub("one two three four") == "one two three four"
    assert scrub("P1 and P12 and (P1)") == f"{ERASED} and P12 and ({ERASED})"
    assert scrub("Whole title") == ERASED
    assert scrub("A Whole title here") == "A Whole title here"


LINES = st.lists(
    st.tuples(
        st.sampled_from(["Interviewer", "P01", "P02", "P03"]),
        st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "So")), max_size=30),
    ),
    min_size=2,
    max_size=9,
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines=LINES, data=st.data())
def test_whoever_is_erased_the_rest_keeps_its_place(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str]], data: st.DataObject
) -> None:
    """Other people's turns and codings mean the same words before and after, for any talk."""
    text = "".join(f"{who}: {number} {words}\n" for number, (who, words) in enumerate(lines))
    path = tmp_path_factory.mktemp("erase") / "study.ikt"
    project = Project.create(path)
    project.coders.switch(project.coders.add("Amara Okafor"))
    document = add_talk(project, text, people=("P01", "P02", "P03"))
    code = project.codes.add("Any")
    cut = data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=8, unique=True))
    for start, end in pairwise(sorted(cut)):
        if text[start:end].strip():
            project.codings.apply(document, Span(start, end), code)
    people = {p.label: p.id for p in project.participants.all()}
    if "P01" not in people:
        project.close()
        return
    before = project.documents.text(document)
    words = {
        row.id: text[row.span.start : row.span.end] for row in project.codings.in_document(document)
    }
    preview = project.participants.erase_preview(people["P01"])
    project.participants.erase(people["P01"], "")
    left = {row.id for row in project.documents.all()}
    if len(people) == 1:
        assert left == set()
    else:
        after = project.documents.text(document)
        rows = project.codings.in_document(document)
        assert len(words) - len(rows) == preview.codings
        for row in rows:
            assert after.text[row.span.start : row.span.end] == words[row.id]
        said = [before.text[t.span.start : t.span.end] for t in before.turns]
        now = [after.text[t.span.start : t.span.end] for t in after.turns]
        for old, new in zip(said, now, strict=True):
            assert new == (f"{ERASED}\n" if old.startswith("P01: ") else old)
    assert project.safety.check().sound
    project.close()


def test_the_talk_of_the_studies_names_both(tmp_path: Path) -> None:
    """The fixture above counts on it."""
    assert "P01: " in TALK
    assert "P02: " in TALK
