"""Copies of small projects for tests of merging: random acts in them, and what they hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from ikt_coder.core.errors import UserError
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.words import DocumentStatus, Flag, LinkKind, Stance, Subject, Valence
from ikt_coder.services.codings import NewCoding
from ikt_coder.services.merging.past_rows import rows_of
from ikt_coder.services.merging.table_rules import DERIVED, MERGED_TABLES, SPANS, meant
from ikt_coder.services.project import Project
from ikt_coder.storage import schema
from tests.studies import TALK, add_talk

SECOND = """\
Interviewer: How did it go on?
P03: We met every month, and I was asked what I thought of it.
P03: Nobody wrote down what we had said, so we said it again. 😀
"""


def project_with_codes(path: Path) -> Project:
    """Two talks, two coders, six codes, some codings, a theme."""
    project = Project.create(path, "Study")
    amara = project.coders.add("Amara Okafor")
    project.coders.switch(amara)
    project.coders.add("Ben Li")
    talks = [add_talk(project), add_talk(project, SECOND, "Second", ("P03",))]
    codes = [project.codes.add(name) for name in ("Time", "Trust", "Money", "Travel")]
    project.codes.add("Waiting", parent=codes[0])
    project.codes.add("Doubt", parent=codes[1])
    theme = project.themes.add("Being asked")
    project.themes.add_codes(theme, [codes[1]])
    for index, code in enumerate(codes):
        for talk in talks:
            project.codings.apply(talk, Span(10 * index + 13, 10 * index + 21), code)
    return project


def copied(project: Project, path: Path) -> Project:
    """A plain copy of a project, open for writing."""
    schema.copy_database(project.path, path)
    return Project.open(path)


def talk(project: Project) -> UUID:
    """The first document."""
    return next(row.id for row in project.documents.all() if row.title == "Talk")


# What rows are held against each other by: what a person wrote, and where it lies.
_SKIPPED = {
    "merged_copy",
    "document_text",
    "source_file",
}
_COLUMNS = {"position", "created", "changed", "at", "lead_coder_id", "origin", "mapping_choice"}


def content(project: Project) -> dict[str, Any]:
    """Everything in a project that two files can be compared by."""
    driver = project.file.connections.raw()
    found: dict[str, Any] = {}
    for table in MERGED_TABLES:
        if table in _SKIPPED:
            continue
        names = [c for c in (*meant(table), *SPANS.get(table, ())) if c not in _COLUMNS]
        found[table] = {
            key: {name: row[name] for name in names} for key, row in rows_of(driver, table).items()
        }
    found["texts"] = {row.id.bytes: project.texts.get(row.id) for row in project.documents.all()}
    return _called(found)


def _called(found: dict[str, Any]) -> dict[str, Any]:
    """The same with things that two copies made apart known by what they are called."""
    names: dict[Any, str] = {}
    for table, columns in (
        ("attribute", ("subject", "name")),
        ("participant", ("label",)),
        ("framework", ("key",)),
        ("level", ("framework_id", "node_key")),
        ("code", ("framework_id", "node_key")),
    ):
        for key, row in found[table].items():
            parts = [names.get(row[name], row[name]) for name in columns]
            if all(part is not None for part in parts):
                names[key] = f"{table} {parts}"
    told: dict[str, Any] = {}
    for table, rows in found.items():
        told[table] = {}
        for key, row in rows.items():
            if isinstance(row, dict):
                row = {name: names.get(value, value) for name, value in row.items()}
            if table in DERIVED:
                key = str([row[name] for name in DERIVED[table]])
            told[table][names.get(key, key)] = row
    return told


def difference(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Where two contents differ, in words for a failing test."""
    told = []
    for table in one:
        for key in sorted(set(one[table]) | set(other[table]), key=str):
            a, b = one[table].get(key), other[table].get(key)
            if a != b:
                if isinstance(a, dict) and isinstance(b, dict):
                    a = {n: v for n, v in a.items() if v != b[n]}
                    b = {n: b[n] for n in a}
                told.append(f"{table} {key.hex() if isinstance(key, bytes) else key}: {a} | {b}")
    return told


def sound(project: Project) -> list[str]:
    """What ``check`` finds wrong."""
    return [f"{finding.where}: {finding.what}" for finding in project.safety.check().findings]


class Actor:
    """Does random acts in one copy; the same seed does the same."""

    def __init__(self, project: Project, seed: int) -> None:
        self.project = project
        self.random = Random(seed)
        self._names = 0

    def act(self, kinds: tuple[str, ...] = ()) -> str:
        """Do one act of these kinds (all, where none is named); returns which. What a project
        refuses is not done."""
        name = self.random.choice(kinds or tuple(ACTS))
        try:
            ACTS[name](self)
        except UserError:
            return f"({name})"
        return name

    # -- choosing -----------------------------------------------------------------------------

    def document(self) -> UUID:
        return self.random.choice([row.id for row in self.project.documents.all()])

    def code(self) -> UUID:
        return self.random.choice([row.id for row in self.project.codes.all()])

    def coding(self) -> UUID:
        found = [
            row.id
            for document in self.project.documents.all()
            for row in self.project.codings.in_document(document.id, coder=None)
        ]
        if not found:
            raise UserError("no coding")
        return self.random.choice(found)

    def theme(self) -> UUID:
        found = [row.id for row in self.project.themes.all()]
        if not found:
            raise UserError("no theme")
        return self.random.choice(found)

    def span(self, document: UUID) -> Span:
        length = len(self.project.texts.get(document))
        start = self.random.randrange(0, length - 2)
        # Some spans are those others choose too.
        if self.random.random() < 0.5:
            start = start // 10 * 10
            return Span(start, min(start + 10, length))
        return Span(start, min(length, start + self.random.randint(1, 40)))

    def word(self) -> str:
        self._names += 1
        return f"{self.random.choice('abcdef')}{self._names}{self.random.randint(0, 10**6)}"

    # -- acts ---------------------------------------------------------------------------------

    def switch(self) -> None:
        coders = [row.id for row in self.project.coders.all()]
        self.project.coders.switch(self.random.choice(coders))

    def apply(self) -> None:
        document = self.document()
        self.project.codings.apply(document, self.span(document), self.code())

    def apply_some(self) -> None:
        document = self.document()
        self.project.codings.apply_many(
            [NewCoding(document, self.span(document), self.code()) for _ in range(3)]
        )

    def remove(self) -> None:
        self.project.codings.remove([self.coding()])

    def memo_of_coding(self) -> None:
        self.project.codings.change(self.coding(), memo=self.word())

    def valence(self) -> None:
        self.project.codings.set_valence([self.coding()], self.random.choice(list(Valence)))

    def flag(self) -> None:
        self.project.codings.toggle_flag([self.coding()], Flag.STAR)

    def edges(self) -> None:
        key = self.coding()
        (row,) = self.project.codings.many([key])
        self.project.codings.move_edges(key, self.span(row.document))

    def recode(self) -> None:
        self.project.codings.recode([self.coding()], self.code())

    def memo(self) -> None:
        document = self.document()
        self.project.memos.add(
            self.word(), title=self.word(), document=document, span=self.span(document)
        )

    def change_memo(self) -> None:
        memos = self.project.memos.all()
        if memos:
            self.project.memos.change(self.random.choice(memos).id, text=self.word())

    def delete_memo(self) -> None:
        memos = self.project.memos.all()
        if memos:
            self.project.memos.delete(self.random.choice(memos).id)

    def add_code(self) -> None:
        parent = self.code() if self.random.random() < 0.5 else None
        self.project.codes.add(self.word(), parent=parent)

    def rename_code(self) -> None:
        self.project.codes.change(self.code(), name=self.word())

    def define_code(self) -> None:
        self.project.codes.change(self.code(), definition=self.word() * self.random.randint(1, 3))

    def move_code(self) -> None:
        parent = self.code() if self.random.random() < 0.7 else None
        self.project.codes.move([self.code()], parent)

    def merge_codes(self) -> None:
        self.project.codes.merge([self.code()], self.code())

    def delete_code(self) -> None:
        self.project.codes.delete([self.code()])

    def mend(self) -> None:
        document = self.document()
        text = self.project.texts.get(document)
        # Most of them near the beginning, so that copies meet.
        high = len(text) if self.random.random() < 0.3 else min(60, len(text))
        at = self.random.randrange(high)
        end = min(len(text), at + self.random.randint(0, 4))
        edit = TextEdit(at, text[at:end], self.random.choice(("", "x", "the", "  ")))
        if edit.removed != edit.inserted:
            self.project.texts.mend(document, [edit])

    def rename_document(self) -> None:
        self.project.documents.rename(self.document(), self.word())

    def add_document(self) -> None:
        if len(self.project.documents.all()) < 5:
            text = TALK.replace("slides", self.word())
            add_talk(self.project, text, self.word(), ("P01",))

    def delete_document(self) -> None:
        if len(self.project.documents.all()) > 1:
            self.project.documents.delete(self.document())

    def add_theme(self) -> None:
        self.project.themes.add(self.word())

    def change_theme(self) -> None:
        self.project.themes.change(self.theme(), description=self.word())

    def gather(self) -> None:
        if self.random.random() < 0.5:
            self.project.themes.add_codes(self.theme(), [self.code()])
        else:
            self.project.themes.add_codings(self.theme(), [self.coding()])

    def delete_theme(self) -> None:
        self.project.themes.delete(self.theme())

    # -- what else a project holds --------------------------------------------------------------

    def level(self) -> None:
        levels = [row.id for row in self.project.frameworks.levels()]
        if levels:
            self.project.codings.toggle_level(self.coding(), self.random.choice(levels))

    def add_framework(self) -> None:
        keys = [row.key for row in self.project.frameworks.presets()]
        self.project.frameworks.add(self.random.choice(keys))

    def quote(self) -> None:
        self.project.quotes.accept(self.theme(), self.coding())

    def drop_quote(self) -> None:
        quotes = [row.id for row in self.project.quotes.of(self.theme())]
        if quotes:
            self.project.quotes.drop(self.random.choice(quotes))

    def link(self) -> None:
        one, other = self.theme(), self.theme()
        if one != other:
            kind = self.random.choice(list(LinkKind))
            self.project.themes.link(one, other, kind, self.word())

    def stance(self) -> None:
        stance = self.random.choice(list(Stance))
        self.project.themes.set_stance(self.theme(), [self.coding()], stance)

    def add_folder(self) -> None:
        folder = self.project.folders.add(self.word())
        self.project.documents.move([self.document()], folder)

    def move_document(self) -> None:
        folders = [None, *(row.id for row in self.project.folders.all())]
        self.project.documents.move([self.document()], self.random.choice(folders))

    def delete_folder(self) -> None:
        folders = [row.id for row in self.project.folders.all()]
        if folders:
            self.project.folders.delete(self.random.choice(folders))

    def add_person(self) -> None:
        # Some of them in more than one copy.
        label = self.random.choice(("P31", "P32", self.word()))
        person = self.project.participants.add(label, note=self.word())
        self.project.documents.link_participant(self.document(), person)

    def change_person(self) -> None:
        people = [row.id for row in self.project.participants.all()]
        self.project.participants.change(self.random.choice(people), note=self.word())

    def attribute(self) -> None:
        name = self.random.choice(("Age", "Place"))
        known = {row.name: row.id for row in self.project.attributes.all(Subject.PARTICIPANT)}
        key = known.get(name) or self.project.attributes.add(name, Subject.PARTICIPANT)
        people = [row.id for row in self.project.participants.all()]
        self.project.attributes.set({(self.random.choice(people), key): self.word()})

    def card(self) -> None:
        self.project.card.change(research_question=self.word())

    def status(self) -> None:
        status = self.random.choice(list(DocumentStatus))
        self.project.documents.set_status(self.document(), status)

    def pin(self) -> None:
        self.project.codes.pin(self.code(), self.random.randint(1, 3))

    def undo(self) -> None:
        self.project.history.undo()

    def redo(self) -> None:
        self.project.history.redo()


ACTS: dict[str, Callable[[Actor], None]] = {
    name: value
    for name, value in vars(Actor).items()
    if callable(value)
    and name not in ("__init__", "act", "document", "code", "coding", "theme", "span", "word")
    and not name.startswith("_")
}


def bytes_of(path: Path) -> sqlite3.Connection:
    """The file itself, read from outside the program."""
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)
