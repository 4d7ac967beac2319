"""The sample project holds what its study says, and is sound."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from ikt_coder import paths
from ikt_coder.core.cases import CaseKind
from ikt_coder.core.errors import ProjectFileError, ProjectInUse
from ikt_coder.core.words import Consent, DocumentStatus, Flag, Subject
from ikt_coder.services import sample
from ikt_coder.services.charting.rows import SubjectKind
from ikt_coder.services.codes import join_path
from ikt_coder.services.project import Project
from tests.samples import sample_project

PARTICIPANTS = {
    "Trust is built between the meetings": 6,
    "The part that outlived the study": 6,
    "Learning the job while doing it": 6,
    "A door with a lock on it": 6,
    "A study runs on borrowed time": 6,
    "Asked about the paint": 6,
    "Who is in the our": 5,
    "Paper outlasts people": 3,
    "A room full of homeowners": 4,
    "The long road in": 3,
}
"""Those whose words stand in a theme or below it."""


@pytest.fixture(scope="module")
def study() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        paths.resource("sample/study.json").read_text(encoding="utf-8")
    )
    return found


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    loaded = sample_project(tmp_path / "sample.ikt")
    yield loaded
    loaded.close()


def test_two_coders_coded_six_documents(project: Project) -> None:
    titles = {row.id: row.title for row in project.documents.all()}
    coders = {row.id: row.initials for row in project.coders.all()}
    codes = [row.id for row in project.codes.all()]
    counts = Counter(
        (coders[row.coder], titles[row.document])
        for row in project.codings.of_codes(codes, None)
        if row.coder
    )
    assert counts == {
        ("MH", "P01 Patient partner"): 60,
        ("MH", "P02 Programme lead"): 60,
        ("MH", "P03 Caregiver"): 57,
        ("MH", "P04 Therapist"): 61,
        ("MH", "P05 Policy adviser"): 60,
        ("MH", "P06 Advocate"): 65,
        ("PD", "P01 Patient partner"): 59,
        ("PD", "P02 Programme lead"): 61,
        ("PD", "P03 Caregiver"): 53,
        ("PD", "P04 Therapist"): 59,
        ("PD", "P05 Policy adviser"): 58,
        ("PD", "P06 Advocate"): 62,
    }


def test_every_coding_covers_its_words_and_carries_what_the_study_says(
    project: Project, study: dict[str, Any]
) -> None:
    codes = {row.id: row for row in project.codes.all()}
    coders = {row.id: row.initials for row in project.coders.all()}
    levels = {row.id: row.node_key for row in project.frameworks.levels()}
    behaviours = [row.id for row in project.card.get().behaviours]

    def told(row: dict[str, Any], coder: str) -> tuple[Any, ...]:
        behaviour = row["behaviour"]
        return (
            coder,
            row["document"],
            row["quote"],
            row["code"],
            row["valence"],
            row["strength"],
            frozenset(row["levels"]),
            row["memo"],
            frozenset(row["flags"]),
            None if behaviour is None else behaviours[behaviour],
            tuple(row["mapping_choice"]),
        )

    stored = set()
    for passage in project.reports.codings():
        row = passage.coding
        assert row.coder is not None
        code = codes[row.code]
        node = f"{code.framework_key}:{code.node_key}" if code.node_key else join_path(code.path)
        stored.add(
            (
                coders[row.coder],
                passage.document_title,
                passage.text,
                node,
                row.valence.value if row.valence else None,
                row.strength,
                frozenset(levels[key] for key in row.levels),
                row.memo,
                frozenset(flag.value for flag in row.flags),
                row.behaviour,
                row.mapping_choice,
            )
        )
    assert stored == {told(row, who) for who, rows in study["codings"].items() for row in rows}


def test_documents_are_coded_led_and_linked_to_their_participants(project: Project) -> None:
    (lead,) = (row.id for row in project.coders.all() if row.initials == "MH")
    assert project.coder == lead
    for row in project.documents.all():
        assert row.status is DocumentStatus.CODED
        assert row.lead_coder == lead
        assert row.speakers == ("Interviewer", row.title[:3])
        assert row.participants == (row.title[:3],)
        assert all(turn.start_ms is not None for turn in project.documents.turns(row.id))
    assert project.layers.info().leads == ("Maren Halvorsen",)


def test_themes_have_their_codes_quotes_and_passages(
    project: Project, study: dict[str, Any]
) -> None:
    names = {row.id: row.name for row in project.themes.all()}
    for row, facts in zip(project.themes.all(), _in_tree(study["themes"]), strict=True):
        assert row.name == facts["name"]
        assert (names.get(row.parent) if row.parent else None) == facts["parent"]
        assert len(row.codes) == len(facts["codes"])
        members = project.themes.codings(row.id)
        assert len([one for one in members if one.quote]) == len(facts["quotes"])
        stances = Counter(one.stance.value for one in members if one.stance.value != "supports")
        assert stances == Counter(
            one["stance"]
            for one in facts["stances"] + facts["codings"]
            if one["stance"] != "supports"
        )
        assert row.participants_below == PARTICIPANTS[row.name]
    assert not project.reports.theme_table().interim


def test_themes_are_linked_as_the_study_says(project: Project, study: dict[str, Any]) -> None:
    names = {row.id: row.name for row in project.themes.all()}
    stored = {
        (row.kind.value, names[row.theme], names[row.other], row.note)
        for row in project.themes.links.all()
    }
    told = {
        (one["kind"], one["source"], one["target"], one["note"]) for one in study["theme_links"]
    }
    assert {(kind, frozenset((a, b)), note) for kind, a, b, note in stored} == {
        (kind, frozenset((a, b)), note) for kind, a, b, note in told
    }
    assert {one for one in stored if one[0] == "leads_to"} == {
        one for one in told if one[0] == "leads_to"
    }


def test_memos_stand_where_the_study_puts_them(project: Project, study: dict[str, Any]) -> None:
    coders = {row.id: row.initials for row in project.coders.all()}
    stored = {
        (row.kind.value, coders[row.coder] if row.coder else None, row.title, row.text, row.ask)
        for row in project.memos.all()
    }
    assert stored == {
        (one["kind"], one["coder"], one["title"], one["text"], one["ask"]) for one in study["memos"]
    }


def test_the_study_has_two_groups_and_one_who_may_only_be_paraphrased(project: Project) -> None:
    people = project.participants.all()
    assert Counter(one.group for one in people) == {"Panel members": 3, "Extended collaborators": 3}
    assert [one.label for one in people if one.consent is Consent.PARAPHRASE] == ["P05"]
    quoted = {
        one.passage.document_title[:3]
        for theme in project.themes.all()
        for one in project.themes.codings(theme.id)
        if one.quote
    }
    assert quoted == {"P01", "P02", "P03", "P04", "P06"}


@pytest.mark.parametrize("subject", [Subject.PARTICIPANT, Subject.DOCUMENT])
def test_attributes_are_known_of_some_and_not_of_all(
    subject: Subject, project: Project, study: dict[str, Any]
) -> None:
    people = {row.id: row.label for row in project.participants.all()}
    owners = people | {row.id: row.title for row in project.documents.all()}
    names = {row.id: row.name for row in project.attributes.all(subject)}
    told = {
        (owner, facts["name"]): "; ".join(it) if isinstance(it, list) else it
        for facts in study["attributes"]
        if facts["subject"] == subject.value
        for owner, it in facts["values"].items()
    }
    shown = {
        (owners[owner], names[key]): text
        for owner, some in project.attributes.values(subject).items()
        for key, text in some.items()
    }
    assert shown == told
    assert len(told) < 6 * len(names)  # what is not known is reported as such


def test_defined_themes_say_what_contradicts_them(study: dict[str, Any]) -> None:
    for theme in study["themes"]:
        if theme["status"] == "defined":
            assert theme["central_idea"]
            assert theme["boundaries"]
            assert theme["narrative"]
    deviant = [
        (one["document"][:3], theme["name"])
        for theme in study["themes"]
        for one in theme["stances"] + theme["codings"]
        if one["stance"] == "contradicts"
    ]
    assert ("P06", "Trust is built between the meetings") in deviant
    assert ("P05", "Asked about the paint") in deviant


def test_the_coders_agree_often_and_not_always(study: dict[str, Any], project: Project) -> None:
    """Kappa over the characters of the six texts, for codes that both gave eight times."""
    texts = {row.title: project.texts.get(row.id) for row in project.documents.all()}
    total = sum(map(len, texts.values()))
    covered: dict[tuple[str, str], set[tuple[str, int]]] = {}
    times: Counter[tuple[str, str]] = Counter()
    for coder, codings in study["codings"].items():
        for one in codings:
            start = texts[one["document"]].index(one["quote"])
            places = range(start, start + len(one["quote"]))
            covered.setdefault((coder, one["code"]), set()).update(
                (one["document"], place) for place in places
            )
            times[coder, one["code"]] += 1
    often = [code for coder, code in times if coder == "MH" and times["PD", code] >= 8]
    assert len([code for code in often if ":" not in code]) >= 18
    for code in often:
        lead, second = covered["MH", code], covered["PD", code]
        p, q = len(lead) / total, len(second) / total
        observed = 1 - len(lead ^ second) / total
        chance = p * q + (1 - p) * (1 - q)
        assert 0.5 < (observed - chance) / (1 - chance) < 0.95, code


def test_it_is_sound_and_its_history_tells_how_it_came_about(project: Project) -> None:
    assert project.safety.check().sound
    kinds = [row.kind for row in project.history.all()][::-1]
    assert kinds[:4] == ["create_project", "add_coder", "add_coder", "load_sample"]
    assert [kind for kind, _ in groupby(kinds[4:])] == [
        "set_up_round",
        "finish_document",
        "unseal_round",
        "decide_many",
        "decide",
        "note_item",
    ]


def test_its_round_is_open_and_one_interview_half_settled(project: Project, study: Any) -> None:
    told = study["round"]
    (round_,) = project.rounds.all()
    assert (round_.name, round_.mode.value, round_.target) == ("Round 1", "blind", 0.6)
    assert round_.complete
    assert not round_.sealed
    assert len(round_.documents) == len(told["documents"]) == 6
    progress = project.reconciliation.progress(round_.id)
    assert 0 < progress.settled < progress.total
    assert progress.deferred == 1
    assert progress.agreed_accepted < progress.agreed
    log = project.reconciliation.log(round_.id)
    reasons = {row.decision.reason for row in log}
    assert {one["reason"] for one in told["settling"]["decisions"]} <= reasons
    # What counts in the tables is what the lead coder coded, until an interview is settled whole.
    layer = project.layers.info()
    assert (layer.consensus, layer.being_settled) == (0, 1)
    found = project.comparison.agreement(round_.id)
    assert len(found.places) == 6


def test_a_decision_is_taken_back_and_stands_again(project: Project) -> None:
    (round_,) = project.rounds.all()
    settled = project.reconciliation.progress(round_.id).settled
    project.history.undo()
    assert project.reconciliation.progress(round_.id).settled == settled - 1
    project.history.redo()
    assert project.reconciliation.progress(round_.id).settled == settled
    assert len(project.reports.codings()) == 715
    assert project.safety.check().sound


def test_starred_codings_are_kept(project: Project) -> None:
    assert any(Flag.STAR in one.coding.flags for one in project.reports.codings())


def test_the_users_copy_is_kept_as_they_left_it() -> None:
    first = sample.open_sample()
    document = first.documents.all()[0].id
    first.documents.rename(document, "Renamed by the user")
    with pytest.raises(ProjectInUse):
        sample.open_sample()
    first.close()
    again = sample.open_sample()
    assert again.documents.all()[0].title == "Renamed by the user"
    again.close()
    fresh = sample.open_sample(fresh=True)
    assert fresh.documents.all()[0].title == "P01 Patient partner"
    assert len(list(sample.sample_path().parent.glob("*.ikt"))) == 2
    fresh.close()


def test_a_damaged_copy_is_put_aside_not_lost() -> None:
    sample.open_sample().close()
    path = sample.sample_path()
    path.write_bytes(b"no project any more")
    opened = sample.open_sample()
    assert len(opened.documents.all()) == 6
    opened.close()
    aside = [other for other in path.parent.glob("*.ikt") if other != path]
    assert [other.read_bytes() for other in aside] == [b"no project any more"]


def test_an_existing_file_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "mine.ikt"
    path.write_text("mine")
    with pytest.raises(ProjectFileError):
        sample.load_sample(path)
    assert path.read_text() == "mine"


def _in_tree(themes: list[dict[str, Any]], parent: str | None = None) -> list[dict[str, Any]]:
    found = []
    for one in themes:
        if one["parent"] == parent:
            found += [one, *_in_tree(themes, one["name"])]
    return found


def test_the_interviews_are_charted_and_the_last_form_is_begun(project: Project) -> None:
    progress = project.charting.progress()
    assert (progress.subjects, progress.charted, progress.in_progress) == (6, 5, 1)
    assert (progress.answered, progress.asked) == (17, 18)
    level = project.charting.find_field("iap2")
    counts = project.charting.counts()
    found = next(one for one in counts.fields if one.field.id == level.id)
    assert {one.option.shown: (one.explicit, one.inferred) for one in found.rows if one.option} == {
        "Inform": (0, 0),
        "Consult": (1, 0),
        "Involve": (0, 3),
        "Collaborate": (2, 0),
        "Empower": (0, 0),
    }
    assert len(project.charting.checks()) == 3


def test_the_log_tells_who_took_part_and_what_changed(project: Project) -> None:
    events = project.engagement.all()
    assert [row.date for row in events] == sorted(row.date for row in events)
    assert [row.people for row in events] == [3, 3, 1, 3, 3]
    assert all(row.changed_because and row.users for row in events)
    assert all(link.name and link.note for row in events for link in row.links)
    assert all(row.links for row in events)
    charted = project.charting.progress(SubjectKind.EVENT)
    assert charted.charted == len(events) == 5
    assert charted.answered == charted.asked == 20


def test_the_turns_of_two_interviews_ask_the_questions_of_the_guide(project: Project) -> None:
    questions = project.guide.all()
    assert [row.documents for row in questions] == [2] * 5 + [1] + [2] * 6
    done = {row.title: (row.turns, row.reviewed, row.matched) for row in project.guide.progress()}
    assert done["P01 Patient partner"] == (37, 37, 33)
    assert done["P04 Therapist"] == (40, 40, 36)
    assert sum(reviewed for _, reviewed, _ in done.values()) == 77


def test_three_partners_are_summed_up_and_all_six_rated(project: Project) -> None:
    (matrix,) = project.matrices.all()
    grid = project.matrices.read(matrix.id)
    progress = grid.progress
    assert (progress.of, progress.written, progress.done, progress.without) == (18, 9, 7, 0)
    # What a summary rests on lies under its cell.
    for cell in grid.cells.values():
        assert set(cell.linked) <= {coding.id for coding in cell.codings}
    ratings = project.ratings.grid(CaseKind.PARTICIPANT)
    assert [row.name for row in ratings.constructs] == [
        "Contact between meetings",
        "Clear role",
        "Paying partners",
        "Meeting arrangements",
    ]
    assert {row.initials for row in ratings.raters} == {"MH", "PD"}
    # Nobody rates +1 or more where every coding speaks against it, and the other way round.
    for cell in ratings.cells.values():
        for rating in cell.ratings:
            if cell.hint is not None and cell.hint.rated.value == -2:
                assert (rating.rated.value or 0) <= 0
            if cell.hint is not None and cell.hint.rated.value == 2:
                assert (rating.rated.value or 0) >= 0


def test_a_belief_and_what_could_be_done_rest_on_passages(project: Project) -> None:
    (belief,) = project.beliefs.all()
    assert (belief.participants, belief.passages, belief.elsewhere) == (4, 4, 0)
    kept = project.recommendations.all()
    assert [row.subject for row in kept] == [
        "Trust is built between the meetings",
        "A study runs on borrowed time",
    ]
    assert all(row.ratings and row.note for row in kept)
