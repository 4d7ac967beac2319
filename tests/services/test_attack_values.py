"""Values nobody expects: signs a database cannot keep, huge texts, many keys, gone rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.core.words import DocumentStatus
from ikt_coder.services.coders import initials_of
from ikt_coder.services.documents import NewDocument
from ikt_coder.services.new_codings import NewCoding
from ikt_coder.services.project import Project
from ikt_coder.storage import triggers
from tests.studies import TALK, add_talk, dump, span_of, study, transcript

ODD = (
    "😀👩‍👩‍👧",
    "e\u0301",
    "مرحبا بالعالم",
    "\u202eright to left",
    "a" * 300,
    'quote \' " -- ; \\ , "x"=1,\'',
    "X'00'",
    "NULL",
    "\uffff\ufffe",
)


@pytest.mark.parametrize("name", ODD)
def test_odd_names_are_kept_undone_and_redone(tmp_path: Path, name: str) -> None:
    project, document = study(tmp_path / "study.ikt")
    code = project.codes.add(name)
    project.codes.change(code, name="Plain", definition=name)
    project.codes.change(code, name=name, definition="")
    project.documents.rename(document, name)
    project.folders.add(name)
    project.memos.add(name, document=document)
    if len(name) <= 120:
        project.coders.add(name)
    end = dump(project.path)
    assert project.codes.get(code).name == name
    undone = 0
    while project.history.next_undo() is not None and undone < 6:
        project.history.undo()
        undone += 1
    for _ in range(undone):
        project.history.redo()
    assert dump(project.path) == end
    assert project.safety.check().sound
    project.close()


@pytest.mark.parametrize("sign", ["\0", "\ud800", "a\0b\udfff"])
def test_signs_no_database_keeps_move_no_position(tmp_path: Path, sign: str) -> None:
    """At a NUL the journal's images were cut, so that undo lost words; half a surrogate
    pair could not be written at all."""
    project, document = study(tmp_path / "study.ikt")
    code = project.codes.add(f"Trust{sign}")
    memo = project.memos.add(f"before{sign}after", document=document)
    text = f"P01: before{sign}after\n"
    new = NewDocument(transcript(text), f"Odd{sign}", sign, "txt", b"")
    (other,) = project.documents.add_many([new])
    span = Span(text.index("after"), text.index("after") + 5)
    coding = project.codings.apply(other, span, code, memo=sign)
    assert project.passages.of_coding(coding).text == "after"
    assert len(project.texts.get(other)) == len(text)
    kept = dump(project.path)
    project.memos.delete(memo)
    project.documents.delete(other)
    project.history.undo()
    project.history.undo()
    assert dump(project.path) == kept
    assert project.safety.check().sound
    project.close()


@pytest.mark.parametrize("name", ["", " \t\n", "\0\0", "\u200b", "\u202e \u200d", "\ud800"])
def test_a_name_of_which_nothing_is_seen_is_refused(tmp_path: Path, name: str) -> None:
    project, document = study(tmp_path / "study.ikt")
    kept = dump(project.path)
    acts: list[Callable[[], object]] = [
        lambda: project.codes.add(name),
        lambda: project.folders.add(name),
        lambda: project.documents.rename(document, name),
        lambda: project.coders.add(name),
        lambda: project.card.change(name=name),
        lambda: project.card.add_behaviour(name),
    ]
    for act in acts:
        with pytest.raises(UserError, match="needs a name"):
            act()
    assert dump(project.path) == kept
    project.close()


@pytest.mark.parametrize("name", ["😀", "---", "a", "Ångström", "Amara van der Berg", "李雷"])
def test_every_coder_has_initials(name: str) -> None:
    assert initials_of(name)


def test_a_pseudonym_is_one_whatever_its_capitals(tmp_path: Path) -> None:
    """SQLite folds ASCII alone: "Élise" became a second person with every import."""
    project, _ = study(tmp_path / "study.ikt")
    project.participants.add("Élise")
    for name in ("Élise", "élise", "ÉLISE"):
        with pytest.raises(UserError, match="already"):
            project.participants.add(name)
    for number in range(3):
        text = "Élise: I came late.\n"
        new = NewDocument(
            transcript(text),
            f"Élise {number}",
            "",
            "txt",
            b"",
            participants={"Élise": "ÉLISE"},
            participant="élise ",
        )
        project.documents.add_many([new])
    labels = [row.label for row in project.participants.all()]
    assert labels.count("Élise") == 1
    assert len(labels) == 3
    project.close()


def test_a_large_memo_and_large_originals_come_back(tmp_path: Path) -> None:
    """The images of deleted rows are played back in pieces a statement can take."""
    project, document = study(tmp_path / "study.ikt")
    project.memos.add("word ' " * 150_000, document=document)
    text = "P01: " + "She phoned me. " * 40_000
    keys = [
        project.documents.add(
            transcript(text + str(n)), f"Long {n}", original=bytes(range(256)) * 8000
        )
        for n in range(3)
    ]
    kept = dump(project.path)
    project.documents.delete([document, *keys])
    project.history.undo()
    assert dump(project.path) == kept
    assert project.safety.check().sound
    project.close()


def test_a_deep_tree_of_codes_and_folders(tmp_path: Path) -> None:
    project, document = study(tmp_path / "study.ikt")
    code = folder = None
    with project.operation(Op.ADD_CODE):
        for depth in range(200):
            code = project.codes.add(f"Level {depth}", code)
            folder = project.folders.add(f"Folder {depth}", folder)
    assert code is not None
    project.codings.apply(document, Span(0, 5), code)
    assert len(project.codes.get(code).path) == 200
    root = project.codes.all()[0]
    assert root.codings_below == 1
    kept = dump(project.path)
    project.codes.delete(root.id)
    assert project.codes.all() == ()
    project.history.undo()
    assert dump(project.path) == kept
    assert project.safety.check().sound
    project.close()


def test_many_codings_at_once(tmp_path: Path) -> None:
    """More keys than a statement takes values, on every way that takes a list."""
    project, _ = study(tmp_path / "study.ikt")
    document = add_talk(project, "P01: " + "word " * 4000, "Long", ("P01",))
    codes = [project.codes.add("A"), project.codes.add("B")]
    keys = project.codings.apply_many(
        [NewCoding(document, Span(n, n + 9), codes[n % 2]) for n in range(5000)]
    )
    kept = dump(project.path)
    project.codings.change(keys, memo="seen")
    project.codings.remove(keys)
    assert project.codings.in_document(document) == ()
    project.history.undo()
    project.history.undo()
    assert dump(project.path) == kept
    many = [new_id() for _ in range(300_000)]
    assert project.codings.of_codes([*codes, *many], None)
    with pytest.raises(NotFound):
        project.documents.delete([document, *many])
    project.close()


def test_many_documents_in_one_act(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    new = [NewDocument(transcript(TALK), "Talk", "", "txt", b"") for _ in range(300)]
    keys = project.documents.add_many(new)
    assert len({row.title for row in project.documents.all()}) == 301
    project.documents.delete(keys)
    assert len(project.documents.all()) == 1
    project.history.undo()
    project.history.undo()
    assert len(project.documents.all()) == 1
    project.history.redo()
    assert len(project.documents.all()) == 301
    project.close()


def test_changing_what_is_gone_is_told(tmp_path: Path) -> None:
    project, document = study(tmp_path / "study.ikt")
    kept = dump(project.path)
    gone = new_id()
    acts: list[Callable[[], object]] = [
        lambda: project.documents.rename(gone, "Other"),
        lambda: project.documents.set_status(gone, DocumentStatus.CODED),
        lambda: project.documents.move(gone, None),
        lambda: project.documents.set_language(gone, "fr"),
        lambda: project.documents.change_speaker(gone, label="X"),
        lambda: project.folders.rename(gone, "Other"),
        lambda: project.folders.move(gone, None),
        lambda: project.participants.change(gone, note="x"),
        lambda: project.participants.leave_out(gone),
        lambda: project.card.change_behaviour(gone, actor="x"),
        lambda: project.codings.remove(gone),
        lambda: project.documents.link_participant(document, gone),
    ]
    for act in acts:
        with pytest.raises(NotFound):
            act()
    assert dump(project.path) == kept
    project.close()


def test_codings_carry_only_what_the_method_knows(tmp_path: Path) -> None:
    project, document = study(tmp_path / "study.ikt")
    code = project.codes.add("Trust")
    span = span_of(project, document, "phoned")
    with pytest.raises(NotAllowed, match="Strength"):
        project.codings.apply(document, span, code, strength=7)
    project.frameworks.add("sem-ikt3")
    level = project.frameworks.levels()[0].id
    coding = project.codings.apply(document, span, code, levels=[level, level])
    assert project.codings.get(coding).levels == {level}
    project.close()


def test_another_coders_codings_stay_closed_within_a_larger_act(tmp_path: Path) -> None:
    """Where the act around named a code already, the rule was passed over."""
    project, document = study(tmp_path / "study.ikt")
    code = project.codes.add("Trust")
    coding = project.codings.apply(document, span_of(project, document, "phoned"), code)
    project.coders.switch(project.coders.add("Ben Reid"))
    with project.operation(Op.CHANGE_CODING, code=code), pytest.raises(NotAllowed):
        project.codings.change(coding, memo="mine now")
    assert project.codings.get(coding).memo == ""
    project.close()


def test_behaviours_keep_their_order(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    keys = [project.card.add_behaviour(name) for name in "ABC"]
    project.card.remove_behaviour(keys[0])
    project.card.add_behaviour("D")
    positions = [row[0] for row in _positions(project)]
    assert len(set(positions)) == 3
    assert [row.action for row in project.card.behaviours()] == ["B", "C", "D"]
    project.close()


def _positions(project: Project) -> list[tuple[int]]:
    driver = project.file.connections.raw()
    return driver.execute("SELECT position FROM behaviour").fetchall()


def test_changes_name_exactly_the_touched_rows(tmp_path: Path) -> None:
    """Through cascades, undo, redo and going back: the rows whose content differs."""
    project, document = study(tmp_path / "study.ikt")
    heard: list[Changes] = []
    project.listen(heard.append)
    state = dump(project.path)
    names = {table.name: triggers.columns_of(table) for table in triggers.entity_tables()}

    def step(act: Callable[[], object], *, exact: bool = True) -> None:
        nonlocal state
        heard.clear()
        act()
        now = dump(project.path)
        differ = {}
        for table, columns in names.items():
            at = columns.index("id")
            before = {row[at]: row for row in state[table]}
            after = {row[at]: row for row in now[table]}
            keys = {k for k in before.keys() | after.keys() if before.get(k) != after.get(k)}
            if keys:
                differ[table] = keys
        (change,) = heard
        assert change.rows is not None
        named = {table: {key.bytes for key in keys} for table, keys in change.rows.items()}
        if exact:
            assert named == differ
        # Going back passes through rows that came and went on the way.
        assert all(keys <= named[table] for table, keys in differ.items())
        assert change.tables == frozenset(named)
        state = now

    span = span_of(project, document, "phoned me")
    step(lambda: project.codings.apply_new_code(document, span, "Trust"))
    start = project.history.all(limit=1)[0].seq
    (code,) = [row.id for row in project.codes.all()]
    (coding,) = [row.id for row in project.codings.in_document(document)]
    step(lambda: project.memos.add("memo", coding=coding))
    step(lambda: project.themes.add("Theme", codes=[code]))
    step(lambda: project.codes.delete(code))
    step(project.history.undo)
    step(lambda: project.documents.delete(document))
    step(project.history.undo)
    step(project.history.redo)
    step(lambda: project.history.go_back_to(start), exact=False)
    step(project.history.undo, exact=False)
    project.close()


def test_a_coding_recoded_onto_an_equal_one_loses_nothing(tmp_path: Path) -> None:
    project, document = study(tmp_path / "study.ikt")
    one, other = project.codes.add("One"), project.codes.add("Other")
    span = span_of(project, document, "phoned me")
    stays = project.codings.apply(document, span, one, memo="first")
    goes = project.codings.apply(document, span, other, memo="second")
    project.codings.recode(goes, one)
    (row,) = project.codings.in_document(document)
    assert (row.id, row.memo) == (stays, "first\nsecond")
    project.close()
