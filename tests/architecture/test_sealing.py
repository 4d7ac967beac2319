"""Blind by construction: what a query may not see is decided once, and every way past that is
known by name and has its reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from uuid import UUID

import ikt_coder
from ikt_coder.model import Base
from ikt_coder.services.project import Project
from tests.sealed_study import sealed_sample

PACKAGE = Path(ikt_coder.__file__).parent

# Who reads every row of this project, sealed or not, and why.
EVERYTHING = {
    "services/code_merging.py": "a merge works on all codings; its preview counts those seen",
    "services/codes.py": "deleting takes all codes below along; a code that moves has a name",
    "services/erasure.py": "erasing takes all words of a participant, whoever quoted them",
    "services/history.py": "which rows of an act are hidden, so that they are left out",
    "services/rounds.py": "who has begun and who finished is everybody's to know, how much is not",
}
# Who reads the file itself, where no veil lies, and why.
RAW = {
    "services/attribute_writing.py": "values of attributes, which lie under no veil",
    "services/before_rounds.py": "the journal, for rows as they stood before a round",
    "services/changes_since.py": "the codebook of an earlier day, without others' proposals",
    "services/copies.py": "a copy is made of the file and then holds one coder's work alone",
    "services/history.py": "undo looks at all acts; what it names is asked of sight",
    "services/merging/": "two files are held against each other; sealed documents are not counted",
    "services/restored_spans.py": "undo puts rows back where their words are; it shows nothing",
    "services/round_refusals.py": "whether somebody coded; a refusal names nothing",
    "services/rounds.py": "what was finished stays as it is, whoever plays an act back",
    "services/safety.py": "the check walks over a copy of the file and counts nothing",
    "services/sealing.py": "what is sealed is read here",
    "storage/": "the file, the journal and the door themselves",
}
# Tables that say nothing of what was coded, and why they lie under no veil.
OPEN_TABLES = {
    "project": "the card",
    "behaviour": "the card",
    "coder": "people",
    "folder": "documents",
    "document": "documents; a coding in a sealed one changes neither status nor lead",
    "document_text": "documents",
    "document_edit": "documents",
    "document_participant": "documents",
    "source_file": "documents",
    "turn": "documents",
    "speaker": "people",
    "participant": "people",
    "attribute": "people and documents",
    "attribute_value": "people and documents",
    "framework": "the codebook",
    "level": "the codebook",
    "theme": "themes are made in the open; what they hold is veiled",
    "theme_level": "what an author gives a theme by hand",
    "theme_link": "between themes",
    "saved_query": "what is asked, not what is answered",
    "saved_table": "what is asked, not what is answered",
    "text_analysis": "words of documents",
    "study": "documents",
    "guide_question": "what is asked, not what is answered",
    "question_stage": "what is asked, not what is answered",
    "question_turn": "what an interviewer asked",
    "chart_field": "what is charted of documents is no coding",
    "chart_option": "what is charted of documents is no coding",
    "chart": "what is charted of documents is no coding",
    "chart_answer": "what is charted of documents is no coding",
    "chart_check": "what is charted of documents is no coding",
    "list_term": "words of the engagement log",
    "engagement_event": "who took part in the research, and how",
    "event_user": "who took part in the research, and how",
    "crosswalk_choice": "which publication is followed",
    "framework_matrix": "what is asked; its cells are veiled",
    "glossary_term": "how the project uses a term",
    "checklist_answer": "what the author says of the whole study",
    "coding_round": "rounds are everybody's to know",
    "assignment": "who codes what is everybody's to know",
    "checked": "code and verify is not blind",
    "settled": "of documents that were unsealed",
    "decision": "of documents that were unsealed",
    "item_note": "of documents that were unsealed",
    "frozen_ground": "written when a document is unsealed",
    "round_event": "who finished and reopened, without counts",
    "codebook_version": "kept without proposals of sealed rounds",
    "copy_origin": "where a copy came from",
    "merged_copy": "counts of what came, without sealed documents",
    "tombstone": "counts what the one who erased may know",
    "restore_point": "names people gave",
    "operation": "the history asks sight which acts it may list; undo reads all",
    "journal": "read by undo alone",
    "journal_layout": "the journal",
    "undo_floor": "the journal",
    "door": "the journal",
    "presence": "who has the file open",
}


@cache
def _modules() -> tuple[tuple[str, ast.Module], ...]:
    return tuple(
        (path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(PACKAGE.rglob("*.py"))
    )


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _listed(path: str, known: dict[str, str]) -> bool:
    return any(path == name or (name.endswith("/") and path.startswith(name)) for name in known)


def test_who_reads_everything_is_known() -> None:
    found = {
        path
        for path, tree in _modules()
        for call in _calls(tree)
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("everything", "lifted")
    } - {"services/sight.py", "storage/operation.py"}
    assert found == set(EVERYTHING)


def test_who_reads_past_the_veil_is_known() -> None:
    """Through the connection of sqlite itself: ``connections.raw()``, or ``raw`` of an act."""
    found = set()
    for path, tree in _modules():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Attribute)
                and node.attr == "raw"
                and isinstance(node.value, ast.Name | ast.Attribute)
                and (node.value.id if isinstance(node.value, ast.Name) else node.value.attr)
                in ("op", "operation", "connections")
            ):
                found.add(path)
            if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "sqlite3.connect",
                "raw",
                "connect",
                "engine.connect",
            ):
                found.add(path)
    assert {path for path in found if not _listed(path, RAW)} == set()


def test_nobody_names_the_database_to_get_past_the_veil() -> None:
    """``main.coding`` would be the table itself."""
    found = {
        path
        for path, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.search(r"\bmain\.[\"a-z]", node.value)
    }
    assert found <= {"services/before_rounds.py", "services/sealing.py", "storage/veil.py"}


def test_every_table_is_veiled_or_open_with_a_reason(tmp_path: Path) -> None:
    project, _ = sealed_sample(tmp_path / "sealed.ikt")
    try:
        veiled = set(project.sealing.conditions(project.coder))
    finally:
        project.close()
    assert veiled & set(OPEN_TABLES) == set()
    assert veiled | set(OPEN_TABLES) == set(Base.metadata.tables)


def test_what_refers_to_codings_is_veiled(tmp_path: Path) -> None:
    """A table that refers to a veiled one tells of it and must be veiled as well."""
    project, _ = sealed_sample(tmp_path / "sealed.ikt")
    try:
        veiled = set(project.sealing.conditions(project.coder))
    finally:
        project.close()
    telling = {"coding", "quote", "code", "memo"}
    for table in Base.metadata.tables.values():
        if any(key.column.table.name in telling for key in table.foreign_keys):
            assert table.name in veiled, table.name


def test_queries_that_could_hide_from_the_veil(tmp_path: Path) -> None:
    """However a query is written: sub-query, common table expression, join, another alias, a
    plain string, in capitals or quoted."""
    project, _ = sealed_sample(tmp_path / "sealed.ikt")
    try:
        sealed = next(iter(project.sealing.documents))
        others = f"WHERE document_id = X'{sealed.hex}' AND coder_id IS NOT ?"
        assert project.coder is not None
        mine = (project.coder.bytes,)
        for query in (
            f"SELECT count(*) FROM coding {others}",
            f"select count(*) from CODING {others}",
            f'SELECT count(*) FROM "coding" {others}',
            f"SELECT (SELECT count(*) FROM coding {others})",
            f"WITH a AS (SELECT * FROM coding {others}) SELECT count(*) FROM a",
            f"WITH RECURSIVE a(n) AS (SELECT count(*) FROM coding {others}) SELECT n FROM a",
            f"SELECT sum(n) FROM (SELECT 1 AS n FROM coding AS c {others} UNION ALL SELECT 0)",
            f"\n  SELECT count(*) FROM coding {others}",
            f"SELECT count(*) FROM coding_level l JOIN coding c ON c.id = l.coding_id {others}",
            f"SELECT count(*) FROM code JOIN coding ON code.id = coding.code_id {others}",
        ):
            (found,) = project.connection.exec_driver_sql(query, mine).fetchone() or (None,)
            assert found == 0, query
        # The same query finds something where an act must.
        with project.sight.everything():
            (found,) = project.connection.exec_driver_sql(
                f"SELECT count(*) FROM coding {others}", mine
            ).fetchone() or (None,)
        assert found
    finally:
        project.close()


def test_a_project_with_nothing_sealed_has_no_veil(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "open.ikt")
    try:
        assert not project.file.connections.veiled
        assert project.sealing.documents == frozenset[UUID]()
    finally:
        project.close()
