"""Studies and their records; groups of participants."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.ids import derived_id
from ikt_coder.core.query import AttributeTest, Filters, Query, Test, Whose
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import Transcript
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.documents import NewDocument
from ikt_coder.services.project import Project
from ikt_coder.services.studies import StudyCounts
from tests.studies import dump, study

Corpus = tuple[Project, list[UUID]]


def records(project: Project, *titles: str) -> list[UUID]:
    return list(
        project.documents.add_many(
            [
                NewDocument(Transcript(f"Text {at}: {title}."), title, f"{at}.txt", "txt", b"")
                for at, title in enumerate(titles)
            ]
        )
    )


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    """74 records."""
    project = Project.create(tmp_path / "corpus.ikt", "Corpus")
    project.coders.switch(project.coders.add("Amara Okafor"))
    yield project, records(project, *(f"Record {number:02}" for number in range(74)))
    project.close()


def test_74_records_describe_72_studies(corpus: Corpus) -> None:
    project, documents = corpus
    assert project.studies.counts() == StudyCounts(74, 74, 0)
    first = project.studies.add("Study A", documents=documents[:2])
    second = project.studies.add("Study B", "B et al. 2019")
    project.studies.group(documents[2:4], second)
    assert project.studies.counts() == StudyCounts(74, 72, 2)
    assert project.studies.counts(documents[:3]) == StudyCounts(3, 2, 1)
    assert [(row.name, row.n) for row in project.studies.all()] == [("Study A", 2), ("Study B", 2)]
    assert project.studies.of_documents() == {
        **dict.fromkeys(documents[:2], first),
        **dict.fromkeys(documents[2:4], second),
    }
    assert project.studies.units(documents[3:5]) == {
        documents[3]: second,
        documents[4]: documents[4],
    }


def test_a_study_without_records_is_counted_nowhere(corpus: Corpus) -> None:
    project, _ = corpus
    project.studies.add("Empty")
    assert project.studies.counts() == StudyCounts(74, 74, 0)


def test_records_move_between_studies_in_one_act_and_undo_brings_them_back(
    corpus: Corpus,
) -> None:
    project, documents = corpus
    first = project.studies.add("A", documents=documents[:3])
    second = project.studies.add("B")
    before = dump(project.path)
    acts = len(project.history.all())
    project.studies.group(documents[1:5], second)
    assert len(project.history.all()) == acts + 1
    assert project.studies.get(first).records == (documents[0],)
    assert project.studies.get(second).records == tuple(documents[1:5])
    project.history.undo()
    assert dump(project.path) == before
    project.studies.ungroup(documents[:2])
    assert project.studies.get(first).records == (documents[2],)


def test_grouping_what_is_there_already_leaves_no_act(corpus: Corpus) -> None:
    project, documents = corpus
    key = project.studies.add("A", documents=documents[:2])
    acts = len(project.history.all())
    project.studies.group(documents[:2], key)
    project.studies.ungroup(documents[2:4])
    assert len(project.history.all()) == acts


def test_deleting_a_study_keeps_its_records_and_undo_brings_all_back(corpus: Corpus) -> None:
    project, documents = corpus
    key = project.studies.add("A", documents=documents[:2])
    country = project.attributes.add("Country", Subject.STUDY)
    project.attributes.set({(key, country): "Ghana"})
    before = dump(project.path)
    project.studies.delete(key)
    assert project.studies.of_documents() == {}
    assert project.attributes.values(Subject.STUDY) == {}
    assert len(project.documents.all()) == 74
    project.history.undo()
    assert dump(project.path) == before


def test_what_cannot_be_is_refused_and_nothing_is_changed(corpus: Corpus) -> None:
    project, documents = corpus
    key = project.studies.add("Étude", documents=documents[:1])
    other = project.studies.add("Other")
    before = dump(project.path)
    with pytest.raises(UserError, match="already"):
        project.studies.add("étude")
    with pytest.raises(UserError, match="already"):
        project.studies.change(other, name="ÉTUDE")
    with pytest.raises(UserError, match="needs a name"):
        project.studies.change(other, name="  ")
    with pytest.raises(UserError, match="1,000"):
        project.studies.change(other, citation="x" * 1001)
    with pytest.raises(NotFound):
        project.studies.group([documents[5], uuid4()], key)
    with pytest.raises(NotFound):
        project.studies.group(documents[:1], uuid4())
    with pytest.raises(NotFound):
        project.studies.add("New", documents=[uuid4()])
    assert dump(project.path) == before
    project.studies.change(key, name="étude", citation=" a  b ", note="n ")
    row = project.studies.find("ÉTUDE")
    assert (row.name, row.citation, row.note) == ("étude", "a b", "n")


def test_studies_have_their_order(corpus: Corpus) -> None:
    project, _ = corpus
    keys = [project.studies.add(name) for name in "ABC"]
    project.studies.move(keys[2], before=keys[0])
    assert [row.name for row in project.studies.all()] == ["C", "A", "B"]
    project.studies.move(keys[2])
    assert [row.name for row in project.studies.all()] == ["A", "B", "C"]


def test_titles_suggest_what_belongs_together(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    titles = (
        *("Abma 2019a", "Abma 2019b", "Bowen 2005", "Bowen 2006"),
        *("Cook trial", "Cook trial (protocol)", "Cook trial, part 2", "Diaz (1)", "Diaz (2)"),
    )
    documents = records(project, *titles)
    found = {one.name: one.records for one in project.studies.suggest()}
    assert found == {
        "Abma 2019": tuple(documents[:2]),
        "Cook trial": tuple(documents[4:7]),
        "Diaz": tuple(documents[7:]),
    }
    acts = len(project.history.all())
    project.studies.add_suggested(project.studies.suggest())
    assert len(project.history.all()) == acts + 1
    assert project.studies.suggest() == ()
    assert project.studies.counts().studies == 10 - 1 - 2 - 1
    project.close()


def test_values_of_studies_have_the_id_that_copies_agree_on(corpus: Corpus) -> None:
    project, documents = corpus
    key = project.studies.add("A", documents=documents[:2])
    design = project.attributes.add("Design", Subject.STUDY, AttributeKind.CHOICE, ("Trial",))
    project.attributes.set({(key, design): "trial"})
    assert project.attributes.value(key, design) == "Trial"
    (row,) = dump(project.path)["attribute_value"]
    assert derived_id(key, design).bytes in row
    with pytest.raises(NotFound, match="study"):
        project.attributes.set({(documents[0], design): "Trial"})


def test_passages_are_filtered_by_what_is_known_of_the_study(corpus: Corpus) -> None:
    project, documents = corpus
    key = project.studies.add("A", documents=documents[:2])
    country = project.attributes.add("Country", Subject.STUDY)
    project.attributes.set({(key, country): "Ghana"})
    code = project.codes.add("Time")
    for document in documents[1:4]:
        project.codings.apply(document, Span(0, 4), code)

    def found(test: Test, value: str = "") -> list[UUID]:
        asked = Filters(attributes=(AttributeTest(country, test, value),))
        run = project.retrieval.find(Query(filters=asked, whose=Whose.MINE))
        return [row.document for row in run.codings]

    assert found(Test.IS, "ghana") == [documents[1]]
    assert found(Test.MISSING) == documents[2:4]


def test_participants_are_put_into_a_group_in_one_act(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    people = [row.id for row in project.participants.all()]
    people += [project.participants.add(label) for label in ("P03", "P04")]
    before = dump(project.path)
    acts = len(project.history.all())
    project.participants.set_group(people[:3], "Panel  member")
    project.participants.set_group(people[3:], "extended collaborator")
    assert len(project.history.all()) == acts + 2
    groups = [(row.name, row.n) for row in project.participants.groups()]
    assert groups == [("Panel member", 3), ("extended collaborator", 1)]
    project.participants.set_group(people[3:], "PANEL MEMBER")
    assert [(row.name, row.n) for row in project.participants.groups()] == [("Panel member", 4)]
    project.participants.rename_group("Panel member", "panel Member")
    assert [(row.name, row.n) for row in project.participants.groups()] == [("panel Member", 4)]
    project.participants.set_group(people, "")
    assert project.participants.groups() == ()
    with pytest.raises(NotFound):
        project.participants.rename_group("Panel", "Other")
    with pytest.raises(UserError):
        project.participants.set_group(people, "x" * 121)
    for _ in range(5):
        project.history.undo()
    assert dump(project.path) == before
    project.close()
