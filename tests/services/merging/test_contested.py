"""Three copies that fight over one thing: in whatever order they come together, the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, permutations
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.span import Span, TextEdit
from ikt_coder.services.merging.rows import ConflictKind, Side
from ikt_coder.services.project import Project
from tests.services.merging.copies import (
    content,
    copied,
    difference,
    project_with_codes,
    sound,
    talk,
)
from tests.studies import TALK, dump

Act = Callable[[Project], None]


class Study:
    """A project that was copied three times, and what it comes to in every order."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = count()
        self._open: list[Project] = []
        self.base = project_with_codes(folder / "base.ikt")

    def copy(self, of: Project) -> Project:
        made = copied(of, self._folder / f"{next(self._number)}.ikt")
        self._open.append(made)
        return made

    def merged(self, into: Project, *others: Project) -> Project:
        result = self.copy(into)
        for other in others:
            result.merging.apply(other.path)
        return result

    def in_any_order(self, *acts: Act) -> Project:
        """Do each act in a copy of its own and bring the copies together in all orders, one
        after the other and by way of each other; returns one of the results."""
        copies = []
        for act in acts:
            copies.append(self.copy(self.base))
            act(copies[-1])
        one, two, three = copies
        results = [
            self.merged(one, two, three),
            self.merged(one, three, two),
            self.merged(three, two, one),
            self.merged(two, three, one),
            self.merged(one, self.merged(two, three)),
            self.merged(three, self.merged(one, two)),
        ]
        wanted = content(results[0])
        for other in results:
            assert difference(wanted, content(other)) == []
            assert sound(other) == []
        return results[0]

    def close(self) -> None:
        for project in (*self._open, self.base):
            project.close()


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    made = Study(tmp_path)
    yield made
    made.close()


# -- what several copies made by themselves ------------------------------------------------------


def test_a_framework_added_apart_and_reworded(study: Study) -> None:
    """One of those who added it gave a code another name, which is shorter."""
    key = study.base.frameworks.presets()[0].key

    def add(project: Project) -> None:
        project.frameworks.add(key)

    def reword(project: Project) -> None:
        project.frameworks.add(key)
        code = next(row for row in project.codes.all() if row.node_key)
        project.codes.change(code.id, name="X", definition="")

    result = study.in_any_order(add, reword, lambda project: None)
    assert "X" in {row.name for row in result.codes.all()}


# -- deletes that others hold back ---------------------------------------------------------------


def code(project: Project, name: str) -> UUID:
    return next(row.id for row in project.codes.all() if row.name == name)


def theme(project: Project) -> UUID:
    return project.themes.all()[0].id


def test_a_code_kept_because_used_whose_use_moves_elsewhere(study: Study) -> None:
    """One deletes it, one codes with it, the third gives that coding another code: the delete
    is done after all."""
    base = study.base
    base.codes.add("Late")
    coding = next(
        row.id for row in base.codings.in_document(talk(base)) if row.code == code(base, "Money")
    )

    def use(project: Project) -> None:
        project.codings.recode([coding], code(project, "Late"))

    def move(project: Project) -> None:
        project.codings.recode([coding], code(project, "Time"))

    result = study.in_any_order(lambda p: p.codes.delete(code(p, "Late")), use, move)
    assert "Late" not in {row.name for row in result.codes.all()}
    assert result.codings.get(coding).code == code(base, "Time")


def test_a_code_kept_because_used_stays_where_it_is_used_still(study: Study) -> None:
    base = study.base
    base.codes.add("Late")
    rows = base.codings.in_document(talk(base))

    def use(project: Project) -> None:
        project.codings.recode([row.id for row in rows[:2]], code(project, "Late"))

    def move(project: Project) -> None:
        project.codings.recode([rows[0].id], code(project, "Time"))

    result = study.in_any_order(lambda p: p.codes.delete(code(p, "Late")), use, move)
    assert result.codings.get(rows[1].id).code == code(result, "Late")


def test_what_a_person_did_with_a_kept_code_stands(study: Study) -> None:
    """Work on it after it was kept, and it is no longer to be deleted."""
    base = study.base
    base.codes.add("Late")
    (coding, *_) = base.codings.in_document(talk(base))
    deletes, uses, moves = (study.copy(base) for _ in range(3))
    deletes.codes.delete(code(base, "Late"))
    uses.codings.recode([coding.id], code(base, "Late"))
    moves.codings.recode([coding.id], min(code(base, "Time"), code(base, "Trust")))
    merged = study.merged(deletes, uses)
    merged.codes.change(code(base, "Late"), definition="Not at the hour that was agreed")
    merged.merging.apply(moves.path)
    assert "Late" in {row.name for row in merged.codes.all()}


def test_a_themes_code_whose_two_ends_are_deleted_apart(study: Study) -> None:
    """The place of a code in a theme went with the code in one copy and with the theme in
    another; both ends stay, for they were changed, and so does the place."""

    def one(project: Project) -> None:
        project.codes.delete(code(project, "Trust"))

    def two(project: Project) -> None:
        project.themes.change(theme(project), description="What it is like to be asked")

    def three(project: Project) -> None:
        project.codes.change(code(project, "Trust"), definition="Relying on each other")
        project.themes.delete(theme(project))

    result = study.in_any_order(one, two, three)
    assert code(result, "Trust") in result.themes.get(theme(result)).codes


def test_a_document_deleted_and_mended(study: Study) -> None:
    """A text that was mended is a document that was changed: it stays, and what else there
    was in it goes."""

    def delete(project: Project) -> None:
        project.documents.delete(talk(project))

    result = study.in_any_order(delete, mend("slides", "pictures"), lambda project: None)
    assert "pictures" in result.texts.get(talk(result))


# -- the codebook --------------------------------------------------------------------------------


def test_codes_hung_below_each_other_and_elsewhere(study: Study) -> None:
    """Two hang codes below each other, the third hangs one of them below another: what the
    first two wished counts beside what the third wishes."""
    base = study.base
    first, second, third = (code(base, name) for name in ("Time", "Trust", "Travel"))
    result = study.in_any_order(
        lambda p: p.codes.move([first], second),
        lambda p: p.codes.move([second], first),
        lambda p: p.codes.move([first], third),
    )
    parents = {row.id: row.parent for row in result.codes.all()}
    assert parents[first] is None or parents[second] is None


def test_three_codes_in_a_ring(study: Study) -> None:
    names = ("Time", "Trust", "Money")
    keys = [code(study.base, name) for name in names]
    study.in_any_order(
        lambda p: p.codes.move([keys[0]], keys[1]),
        lambda p: p.codes.move([keys[1]], keys[2]),
        lambda p: p.codes.move([keys[2]], keys[0]),
    )


@pytest.mark.parametrize("order", list(permutations(("Money", "Time", "Travel")))[:4])
def test_codes_merged_against_each_other_and_elsewhere(
    study: Study, order: tuple[str, ...]
) -> None:
    """Two merge two codes into each other, the third merges one of them into another code;
    somebody used each of them meanwhile."""
    one, two, three = (code(study.base, name) for name in order)

    def act(source: UUID, target: UUID, at: int) -> Act:
        def do(project: Project) -> None:
            for offset, key in enumerate((one, two, three)):
                project.codings.apply(talk(project), Span(at + 10 * offset, at + 60), key)
            project.themes.add_codes(theme(project), [source])
            project.codes.merge([source], target)

        return do

    result = study.in_any_order(act(one, two, 100), act(two, one, 101), act(one, three, 102))
    assert len({"Money", "Time", "Travel"} & {row.name for row in result.codes.all()}) < 3


def test_codings_that_are_equal_only_while_their_codes_are_merged(study: Study) -> None:
    """Merged by one copy the two codings are one; where a third copy's merge wins, they are
    two, whoever came first."""
    base = study.base
    first, second = code(base, "Money"), code(base, "Travel")

    def use(key: UUID, memo: str) -> Act:
        return lambda p: void(p.codings.apply(talk(p), Span(100, 120), key, memo=memo))

    def merge_elsewhere(project: Project) -> None:
        project.codings.apply(talk(project), Span(100, 120), code(project, "Money"), memo="two")
        project.codes.merge([code(project, "Money")], code(project, "Time"))

    def merge(project: Project) -> None:
        project.codings.apply(talk(project), Span(100, 120), second, memo="one")
        project.codes.merge([first], second)

    study.in_any_order(use(first, "three"), merge, merge_elsewhere)


def void(_: object) -> None:
    """For acts whose answer nobody asks for."""


# -- one place of a text -------------------------------------------------------------------------


def mend(words: str, new: str) -> Act:
    def do(project: Project) -> None:
        document = talk(project)
        at = project.texts.get(document).index(words)
        project.texts.mend(document, [TextEdit(at, words, new)])

    return do


def test_three_versions_of_one_place(study: Study) -> None:
    """The earliest stands."""
    result = study.in_any_order(
        mend("slides", "pictures"), mend("slides", "drawings"), mend("slides", "maps")
    )
    assert "pictures" in result.texts.get(talk(result))


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0), (1, 2, 0)])
@pytest.mark.parametrize("place", ["Nobody had explained", "through the slides"])
def test_versions_of_which_one_touches_both_others(
    study: Study, order: tuple[int, ...], place: str
) -> None:
    """Whichever was made first: the two that lie apart stand, or the one between them;
    also where that one joins two turns."""
    words = TALK[TALK.index(place) :][:46]
    acts = [
        mend(words[:12], "one"),
        mend(words[8:34], "two"),
        mend(words[30:], "three"),
    ]
    result = study.in_any_order(*(acts[index] for index in order))
    text = result.texts.get(talk(result))
    if order[0] == 1:
        assert "two" in text
        assert words[:8] + "two" + words[34:] in text
    else:
        assert "one" + words[12:30] + "three" in text


def test_versions_of_several_edits_with_codings_on_them(study: Study) -> None:
    def act(new: str, further: str) -> Act:
        def do(project: Project) -> None:
            mend("slides", new)(project)
            mend(new[:2], further)(project)
            mend("third", "3rd")(project)
            document = talk(project)
            at = project.texts.get(document).index(further)
            project.codings.apply(
                document, Span(at - 12, at + 30), project.codes.all()[0].id, memo=new
            )

        return do

    result = study.in_any_order(act("pictures", "Pi"), act("drawings", "Dr"), act("maps", "MA"))
    text = result.texts.get(talk(result))
    assert "Pictures" in text
    assert text.count("3rd") == 1


def test_codings_whose_edges_lie_in_a_place_that_all_three_mended(study: Study) -> None:
    base = study.base
    at = TALK.index("explained")
    for start, end in ((at + 2, at + 30), (at - 10, at + 4), (at + 1, at + 5)):
        base.codings.apply(talk(base), Span(start, end), base.codes.all()[0].id)

    def act(words: str, new: str, start: int, end: int) -> Act:
        def do(project: Project) -> None:
            mend(words, new)(project)
            where = project.texts.get(talk(project)).index(new)
            span = Span(where + start, where + end)
            project.codings.apply(talk(project), span, project.codes.all()[1].id)

        return do

    study.in_any_order(
        act("explained how", "made it clear how", 3, 25),
        act("had explained", "has told us", -5, 4),
        act("explained how a study", "shown how the thing", 6, 12),
    )


def test_what_a_person_chose_between_two_versions_stands(study: Study) -> None:
    """A version decided against does not come back with a third copy or a third file, and the
    copy it came from takes the decision over."""
    one, two, three = (study.copy(study.base) for _ in range(3))
    mend("slides", "pictures")(one)
    mend("slides", "drawings")(two)
    mend("third", "3rd")(three)
    (conflict,) = one.merging.plan(two.path).conflicts
    assert conflict.default is Side.HERE
    merged = study.copy(one)
    merged.merging.apply(two.path, {conflict.key: Side.THERE})
    assert "drawings" in merged.texts.get(talk(merged))
    merged.merging.apply(three.path)
    merged.merging.apply(study.merged(three, one).path)
    assert "drawings" in merged.texts.get(talk(merged))
    assert merged.merging.plan(one.path).nothing
    one.merging.apply(merged.path)
    assert difference(content(merged), content(one)) == []


def test_a_version_set_aside_stays_away_when_the_other_is_taken_back(study: Study) -> None:
    """By a person: nothing comes in its place unasked."""
    one, two, three = (study.copy(study.base) for _ in range(3))
    mend("slides", "pictures")(one)
    mend("slides", "drawings")(two)
    mend("third", "3rd")(three)
    merged = study.merged(one, two)
    mend("pictures", "slides")(merged)
    merged.merging.apply(three.path)
    text = merged.texts.get(talk(merged))
    assert "slides" in text
    assert "drawings" not in text


def test_each_order_lists_the_versions_that_give_way(study: Study) -> None:
    copies = []
    for new in ("pictures", "drawings", "maps"):
        copies.append(study.copy(study.base))
        mend("slides", new)(copies[-1])
    for one, two, three in permutations(copies):
        found = []
        merged = study.copy(one)
        for other in (two, three):
            planned = merged.merging.plan(other.path)
            assert merged.merging.apply(other.path).plan.conflicts == planned.conflicts
            found += planned.conflicts
        assert {word for each in found for word in (each.here, each.there)} == {
            "pictures",
            "drawings",
            "maps",
        }
        assert {each.kind for each in found} == {ConflictKind.TEXT}
        for other in copies:
            assert merged.merging.plan(other.path).nothing


# -- what is kept for a third copy ----------------------------------------------------------------


def test_a_merge_undone_and_redone_still_knows(study: Study) -> None:
    """What gave way, what was kept, and what was put right."""
    one, two, three = (study.copy(study.base) for _ in range(3))
    first, second = code(one, "Money"), code(one, "Travel")
    mend("slides", "maps")(three)
    mend("the slides with", "two")(one)
    mend("with me", "three")(two)
    one.codes.merge([first], second)
    two.codes.merge([second], first)
    three.codes.merge([second], code(three, "Time"))
    wanted = content(study.merged(one, three, two))
    merged = study.merged(one, two)
    merged.history.undo()
    merged.history.redo()
    merged.merging.apply(three.path)
    assert difference(wanted, content(merged)) == []
    before = dump(merged.path)
    merged.history.undo()
    merged.history.redo()
    assert dump(merged.path) == before


def test_words_that_gave_way_are_erased_too(study: Study) -> None:
    """With the participant whose turn they stood in."""
    one, two = (study.copy(study.base) for _ in range(2))
    mend("I came late", "Being early")(one)
    mend("I came late", "Quincunx")(two)
    merged = study.merged(one, two)
    assert b"Quincunx" in merged.path.read_bytes()
    person = next(row.id for row in merged.participants.all() if row.label == "P02")
    merged.participants.erase(person, "asked to")
    assert b"Quincunx" not in merged.path.read_bytes()
    assert b"Being early" not in merged.path.read_bytes()
    three = study.copy(study.base)
    three.codings.apply(talk(three), Span(13, 20), code(three, "Time"))
    merged.merging.apply(three.path)
    assert sound(merged) == []


def test_a_coders_copy_knows_nothing_of_what_gave_way(study: Study) -> None:
    one, two = (study.copy(study.base) for _ in range(2))
    mend("slides", "pictures")(one)
    mend("slides", "Quincunx")(two)
    merged = study.merged(one, two)
    path = merged.path.with_name("copy.ikt")
    merged.copies.make(merged.coders.find("Ben Li").id, path)
    assert b"Quincunx" not in path.read_bytes()
