"""Framework matrices: what is written, what stands under a cell, and what becomes of it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikt_coder.core.cases import CaseKind, CaseRef
from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.span import Span
from ikt_coder.core.words import Consent, DocumentStatus, Flag
from ikt_coder.services.framework_matrices.rows import Progress, Topic
from ikt_coder.services.framework_matrices.tables import NO_PASSAGES, NOT_YET, matrix_tables
from ikt_coder.services.project import Project
from ikt_coder.services.report_catalogue import report_kind
from ikt_coder.services.report_kinds import ReportOptions
from tests.studies import dump, span_of, study


class Small:
    """A study of two participants, three codes (one below another) and a theme."""

    def __init__(self, path: Path) -> None:
        self.project, self.document = study(path)
        project = self.project
        self.support = project.codes.add("Support")
        self.phone = project.codes.add("Phone calls", self.support)
        self.time = project.codes.add("Time")
        project.codings.apply(
            self.document, span_of(project, self.document, "She phoned me"), self.phone
        )
        project.codings.apply(
            self.document, span_of(project, self.document, "She went through"), self.support
        )
        self.late = project.codings.apply(
            self.document, span_of(project, self.document, "I came late"), self.time
        )
        self.theme = project.themes.add("Being heard")
        project.themes.add_codes(self.theme, [self.phone])
        project.documents.set_lead(self.document, project.coder)
        project.documents.set_status(self.document, DocumentStatus.CODED)
        people = {row.label: row.id for row in project.participants.all()}
        self.p01 = CaseRef(CaseKind.PARTICIPANT, people["P01"])
        self.p02 = CaseRef(CaseKind.PARTICIPANT, people["P02"])
        topics = [Topic(code=self.support), Topic(code=self.time), Topic(theme=self.theme)]
        self.matrix = project.matrices.add("Support and time", CaseKind.PARTICIPANT, topics)
        columns = project.matrices.get(self.matrix).columns
        self.support_column, self.time_column, self.theme_column = (one.id for one in columns)

    def close(self) -> None:
        self.project.close()


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path / "Study.ikt")


def test_a_cell_holds_codes_with_sub_codes_and_themes(small: Small) -> None:
    grid = small.project.matrices.read(small.matrix)
    assert [column.name for column in grid.matrix.columns] == ["Support", "Time", "Being heard"]
    assert {
        (case.label, column.name): grid.cell(case.ref, column.id).passages
        for case in grid.cases
        for column in grid.matrix.columns
    } == {
        ("P01", "Support"): 2,
        ("P01", "Time"): 0,
        ("P01", "Being heard"): 1,
        ("P02", "Support"): 0,
        ("P02", "Time"): 1,
        ("P02", "Being heard"): 0,
    }
    words = small.project.matrices.passages(small.matrix, small.support_column, small.p01)
    assert [row.text for row in words] == ["She phoned me", "She went through"]
    assert words[0].participants == ("P01",)
    assert words[0].document_title == "Talk"


def test_writing_is_one_act_and_undo_takes_it_back(small: Small) -> None:
    matrices = small.project.matrices
    before = len(small.project.history.all())
    matrices.write(small.matrix, small.time_column, small.p02, "  Came late, had another meeting ")
    matrices.write(small.matrix, small.time_column, small.p02, "Came late, had another meeting")
    assert len(small.project.history.all()) == before + 1  # the second changed nothing
    cell = matrices.read(small.matrix).cell(small.p02, small.time_column)
    assert cell.text == "Came late, had another meeting"
    assert cell.initials
    assert matrices.read(small.matrix).progress == Progress(of=3, written=1, done=0, without=0)
    matrices.set_done(small.matrix, small.time_column, small.p02, True)
    matrices.write(small.matrix, small.time_column, small.p01, "Nothing said of time")
    assert matrices.read(small.matrix).progress == Progress(of=3, written=1, done=1, without=1)
    state = dump(small.project.path)
    matrices.write(small.matrix, small.time_column, small.p02, "")
    assert not matrices.read(small.matrix).cell(small.p02, small.time_column).written
    small.project.history.undo()
    assert dump(small.project.path) == state


def test_nothing_written_is_not_finished(small: Small) -> None:
    with pytest.raises(UserError):
        small.project.matrices.set_done(small.matrix, small.time_column, small.p02, True)


def test_a_cell_without_text_and_links_leaves_no_row(small: Small) -> None:
    matrices = small.project.matrices
    before = dump(small.project.path)["matrix_cell"]
    matrices.link(small.matrix, small.time_column, small.p02, small.late)
    assert matrices.read(small.matrix).cell(small.p02, small.time_column).linked == (small.late,)
    matrices.link(small.matrix, small.time_column, small.p02, small.late, on=False)
    assert dump(small.project.path)["matrix_cell"] == before


def test_a_link_stays_when_the_coding_is_no_longer_under_the_cell(small: Small) -> None:
    matrices = small.project.matrices
    matrices.link(small.matrix, small.time_column, small.p02, small.late)
    small.project.codings.recode(small.late, small.phone)
    cell = matrices.read(small.matrix).cell(small.p02, small.time_column)
    assert (cell.linked, cell.passages) == ((small.late,), 0)
    assert [row.text for row in matrices.words_under(cell)] == ["I came late"]


def test_columns_are_put_in_order_added_and_taken_away(small: Small) -> None:
    matrices = small.project.matrices
    matrices.write(small.matrix, small.time_column, small.p02, "Came late")
    topics = [Topic(theme=small.theme), Topic(code=small.time)]
    assert matrices.written_in(small.matrix, [Topic(code=small.support)]) == 1
    matrices.change(small.matrix, topics=topics)
    row = matrices.get(small.matrix)
    assert [column.name for column in row.columns] == ["Being heard", "Time"]
    assert row.written == 1
    matrices.change(small.matrix, topics=[Topic(theme=small.theme)], name="Heard")
    assert matrices.get(small.matrix).written == 0
    small.project.history.undo()
    assert matrices.get(small.matrix).written == 1
    with pytest.raises(NotFound):
        matrices.find("Heard")


def test_names_are_unique_and_what_is_gone_is_said(small: Small) -> None:
    matrices = small.project.matrices
    with pytest.raises(UserError, match="already"):
        matrices.add("support AND time")
    with pytest.raises(UserError):
        matrices.add("  ")
    matrices.delete(small.matrix)
    with pytest.raises(NotFound):
        matrices.read(small.matrix)
    small.project.history.undo()
    assert matrices.find("SUPPORT and TIME").id == small.matrix


def test_a_case_that_was_left_out_is_not_read_and_comes_back(small: Small) -> None:
    matrices = small.project.matrices
    matrices.write(small.matrix, small.time_column, small.p02, "Came late")
    assert small.p02.id is not None
    small.project.participants.leave_out(small.p02.id)
    grid = matrices.read(small.matrix)
    assert [case.label for case in grid.cases] == ["P01"]
    assert all(case.kind is CaseKind.PARTICIPANT for case, _ in grid.cells)
    assert (small.p02, small.time_column) not in grid.cells
    small.project.history.undo()
    assert matrices.read(small.matrix).cell(small.p02, small.time_column).written


def test_erasing_a_participant_takes_their_cells(small: Small) -> None:
    matrices = small.project.matrices
    matrices.write(small.matrix, small.time_column, small.p02, "Came late, quietly")
    matrices.write(small.matrix, small.support_column, small.p01, "Was phoned")
    small.project.ratings.rate(small.p02, small.time, -1, rationale="always quietly late")
    assert small.p02.id is not None
    small.project.participants.erase(small.p02.id, "withdrew")
    assert matrices.get(small.matrix).written == 1
    assert small.project.ratings.all() == ()
    small.project.close()
    assert b"quietly" not in small.project.path.read_bytes()


def test_merging_a_code_keeps_both_summaries(small: Small) -> None:
    matrices = small.project.matrices
    matrices.write(small.matrix, small.time_column, small.p02, "Came late")
    matrices.write(small.matrix, small.support_column, small.p02, "No support")
    small.project.codes.merge([small.time], small.support)
    grid = matrices.read(small.matrix)
    assert [column.name for column in grid.matrix.columns] == ["Support", "Being heard"]
    text = grid.cell(small.p02, grid.matrix.columns[0].id).text
    assert "Came late" in text
    assert "No support" in text


def _texts(project: Project, matrix: UUID) -> list[list[str]]:
    (table,) = matrix_tables(project, project.matrices.read(matrix))
    return [[one.text for one in row] for row in table.rows]


def test_the_table_tells_no_passages_from_not_summarised(small: Small) -> None:
    small.project.matrices.write(small.matrix, small.support_column, small.p01, "Was phoned")
    assert _texts(small.project, small.matrix) == [
        ["P01", "Was phoned", NO_PASSAGES, NOT_YET],
        ["P02", NO_PASSAGES, NOT_YET, NO_PASSAGES],
    ]


def test_linked_words_obey_consent_and_marks(small: Small) -> None:
    matrices = small.project.matrices
    matrices.write(small.matrix, small.time_column, small.p02, "Came late")
    matrices.link(small.matrix, small.time_column, small.p02, small.late)
    assert _texts(small.project, small.matrix)[1][2] == "Came late\n“I came late” (P02)"
    small.project.codings.toggle_flag(small.late, Flag.DO_NOT_QUOTE)
    assert "I came late" not in _texts(small.project, small.matrix)[1][2]
    small.project.history.undo()
    assert small.p02.id is not None
    small.project.participants.change(small.p02.id, consent=Consent.PARAPHRASE)
    shown = _texts(small.project, small.matrix)[1][2]
    assert "I came late" not in shown
    assert "withheld" in shown
    (table,) = matrix_tables(small.project, matrices.read(small.matrix))
    assert "1 passage are withheld" in table.note[0][0].text


def test_the_report_is_split_for_pages_and_whole_for_sheets(small: Small) -> None:
    codes = [small.project.codes.add(f"Code {n}") for n in range(7)]
    small.project.matrices.change(small.matrix, topics=[Topic(code=key) for key in codes])
    build = report_kind("framework_matrix").build
    pages = build(small.project, ReportOptions(ending=".docx"))
    sheets = build(small.project, ReportOptions(ending=".xlsx"))
    assert isinstance(pages, list)
    assert isinstance(sheets, list)
    assert [len(table.columns) for table in pages] == [6, 3]
    assert [table.number for table in pages] == [1, 2]
    assert [len(table.columns) for table in sheets] == [8]
    with pytest.raises(NotFound):
        build(small.project, ReportOptions(ending=".docx", matrix="Unknown"))


def test_other_kinds_of_cases(small: Small) -> None:
    project = small.project
    study_ = project.studies.add("A study", documents=[small.document])
    assert small.p01.id is not None
    project.participants.set_group([small.p01.id], "Panel")
    for kind, ref in (
        (CaseKind.DOCUMENT, CaseRef(CaseKind.DOCUMENT, small.document)),
        (CaseKind.STUDY, CaseRef(CaseKind.STUDY, study_)),
        (CaseKind.GROUP, CaseRef(CaseKind.GROUP, None, "Panel")),
    ):
        matrix = project.matrices.add(f"By {kind.value}", kind, [Topic(code=small.support)])
        (column,) = project.matrices.get(matrix).columns
        project.matrices.write(matrix, column.id, ref, "Said of it")
        cell = project.matrices.read(matrix).cell(ref, column.id)
        assert (cell.text, cell.passages) == ("Said of it", 2)
    with pytest.raises(NotFound):
        project.matrices.write(matrix, column.id, CaseRef(CaseKind.GROUP, None, "Nobody"), "x")


def test_a_group_keeps_its_summaries_and_ratings_under_another_name(small: Small) -> None:
    project = small.project
    assert small.p01.id is not None
    assert small.p02.id is not None
    project.participants.set_group([small.p01.id], "Panel")
    project.participants.set_group([small.p02.id], "Others")
    panel, others = (CaseRef(CaseKind.GROUP, None, name) for name in ("Panel", "Others"))
    matrix = project.matrices.add("Groups", CaseKind.GROUP, [Topic(code=small.time)])
    (column,) = project.matrices.get(matrix).columns
    project.matrices.write(matrix, column.id, panel, "Said by the panel")
    project.matrices.write(matrix, column.id, others, "Said by others")
    project.matrices.link(matrix, column.id, others, small.late)
    project.ratings.rate(panel, small.time, 1)
    project.participants.rename_group("Panel", "Panel members")
    renamed = CaseRef(CaseKind.GROUP, None, "Panel members")
    assert project.matrices.cell_text(column.id, renamed) == "Said by the panel"
    assert [row.case for row in project.ratings.all()] == [renamed]
    project.participants.rename_group("Others", "Panel members")
    cell = project.matrices.read(matrix).cell(renamed, column.id)
    assert "Said by the panel" in cell.text
    assert "Said by others" in cell.text
    assert cell.linked == (small.late,)
    project.history.undo()
    assert project.matrices.cell_text(column.id, others) == "Said by others"


@settings(max_examples=12, deadline=None)
@given(
    spans=st.lists(
        st.tuples(st.integers(0, 300), st.integers(1, 60), st.integers(0, 2)), max_size=12
    )
)
def test_counts_are_those_of_counting_by_hand(
    spans: list[tuple[int, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """For every cell: the codings of the code and those below that touch the person's turns."""
    small = Small(tmp_path_factory.mktemp("matrix") / "Study.ikt")
    project = small.project
    codes = (small.support, small.phone, small.time)
    length = len(project.texts.get(small.document))
    for start, size, which in spans:
        start = min(start, length - 1)
        project.codings.apply(small.document, Span(start, min(length, start + size)), codes[which])
    text = project.documents.text(small.document)
    speakers = {row.id: row for row in text.speakers}
    below = {small.support_column: {small.support, small.phone}, small.time_column: {small.time}}
    grid = project.matrices.read(small.matrix)
    for column, wanted in below.items():
        for case in (small.p01, small.p02):
            touched = set()
            for row in project.codings.in_document(small.document):
                for turn in text.turns:
                    speaker = speakers.get(turn.speaker) if turn.speaker else None
                    if speaker is None or speaker.participant != case.id or row.code not in wanted:
                        continue
                    if row.span.start < turn.span.end and row.span.end > turn.words_start:
                        touched.add(row.id)
            assert {row.id for row in grid.cell(case, column).codings} == touched
    project.close()
