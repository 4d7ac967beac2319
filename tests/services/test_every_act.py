"""Nothing is lost: any order of acts can be undone to the start and redone to the end."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import initialize, invariant, precondition, rule

from ikt_coder.core.errors import UserError
from ikt_coder.core.query import Block, Query, Term, TermKind
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.words import (
    AttributeKind,
    Consent,
    DocumentStatus,
    Flag,
    LinkKind,
    Stance,
    Subject,
    ThemeStatus,
    Valence,
)
from ikt_coder.services.attribute_files.cells import CellTable
from ikt_coder.services.attribute_files.rows import ImportChoices, Missing
from ikt_coder.services.charting.rows import (
    AnswerKind,
    ChartStatus,
    SubjectKind,
    Verdict,
)
from ikt_coder.services.charting.rows import (
    Subject as Charted,
)
from ikt_coder.services.project import Project
from ikt_coder.services.theme_table_options import ThemeTableOptions
from tests.services.acts_on_cases import ActsOnCases
from tests.studies import TALK, add_talk, dump

numbers = st.integers(0, 10_000)
words = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), max_size=12)


class EveryAct(ActsOnCases):
    """Acts of one coder; the states before and after each are kept and compared."""

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.project = Project.create(self.folder / "study.ikt")
        self.project.coders.switch(self.project.coders.add("Amara Okafor"))
        self.past = [dump(self.project.path)]
        self.future: list[dict[str, Any]] = []
        self.floor = self.project.history.next_undo()
        self.made = 0

    def teardown(self) -> None:
        if not hasattr(self, "project"):
            return
        end = self.future[0] if self.future else self.past[-1]
        while len(self.past) > 1:
            self.project.history.undo()
            self.future.append(self.past.pop())
            assert dump(self.project.path) == self.past[-1]
        while self.future:
            self.project.history.redo()
            self.past.append(self.future.pop())
        assert dump(self.project.path) == end
        assert self.project.safety.check().findings == ()
        self.project.close()
        shutil.rmtree(self.folder)

    @invariant()
    def everything_is_sound(self) -> None:
        if hasattr(self, "project"):
            assert self.project.safety.check().findings == ()

    # -- acting -----------------------------------------------------------------------------

    def act(self, do: Callable[[], object]) -> None:
        """Do something and keep the state after it; a refusal changes nothing."""
        before = self._newest()
        try:
            do()
        except UserError:
            assert dump(self.project.path) == self.past[-1]
            return
        now = dump(self.project.path)
        if self._newest() == before:
            assert now == self.past[-1]
        else:
            self.past.append(now)
            self.future.clear()

    def _newest(self) -> int:
        rows = self.project.history.all(limit=1)
        return rows[0].seq if rows else 0

    def name(self, what: str) -> str:
        self.made += 1
        return f"{what} {self.made}"

    def document(self, n: int) -> UUID | None:
        rows = self.project.documents.all()
        return rows[n % len(rows)].id if rows else None

    def study(self, n: int) -> UUID | None:
        rows = self.project.studies.all()
        return rows[n % len(rows)].id if rows else None

    def code(self, n: int) -> UUID | None:
        rows = [row for row in self.project.codes.all() if row.applicable]
        return rows[n % len(rows)].id if rows else None

    def coding(self, n: int) -> UUID | None:
        found = [
            row.id
            for document in self.project.documents.all()
            for row in self.project.codings.in_document(document.id, None)
        ]
        return found[n % len(found)] if found else None

    def theme(self, n: int) -> UUID | None:
        rows = self.project.themes.all()
        return rows[n % len(rows)].id if rows else None

    @rule()
    def import_document(self) -> None:
        if len(self.project.documents.all()) < 3:
            self.act(lambda: add_talk(self.project, TALK, self.name("Talk")))

    @rule(n=numbers)
    def delete_document(self, n: int) -> None:
        if (document := self.document(n)) is not None:
            self.act(lambda: self.project.documents.delete(document))

    @rule(n=numbers, status=st.sampled_from(DocumentStatus))
    def set_status(self, n: int, status: DocumentStatus) -> None:
        if (document := self.document(n)) is not None:
            self.act(lambda: self.project.documents.set_status(document, status))

    @rule(n=numbers, at=numbers, take=st.integers(0, 9), put=words)
    def mend(self, n: int, at: int, take: int, put: str) -> None:
        if (document := self.document(n)) is not None:
            text = self.project.texts.get(document)
            at %= len(text) + 1
            edit = TextEdit(at, text[at : at + take], put)
            self.act(lambda: self.project.documents.mend(document, [edit]))

    @rule(n=numbers)
    def folder(self, n: int) -> None:
        document = self.document(n)
        self.act(lambda: self.project.folders.add(self.name("Folder")))
        folders = self.project.folders.all()
        if document is not None:
            self.act(lambda: self.project.documents.move(document, folders[n % len(folders)].id))

    @rule(n=numbers)
    def delete_folder(self, n: int) -> None:
        folders = self.project.folders.all()
        if folders:
            self.act(lambda: self.project.folders.delete(folders[n % len(folders)].id))

    @rule(n=numbers, below=st.booleans())
    def add_code(self, n: int, below: bool) -> None:
        parent = self.code(n) if below else None
        self.act(lambda: self.project.codes.add(self.name("Code"), parent))

    @rule(kind=st.sampled_from(AttributeKind), subject=st.sampled_from(Subject))
    def add_attribute(self, kind: AttributeKind, subject: Subject) -> None:
        self.act(lambda: self.project.attributes.add(self.name("Trait"), subject, kind, ["1", "2"]))

    @rule(n=numbers, m=numbers, text=st.sampled_from(["", "1", "2", "2025-01-02", "1; 2"]))
    def set_attribute(self, n: int, m: int, text: str) -> None:
        attributes = self.project.attributes.all()
        if not attributes:
            return
        attribute = attributes[n % len(attributes)]
        if attribute.subject is Subject.DOCUMENT:
            owner = self.document(m)
        elif attribute.subject is Subject.STUDY:
            owner = self.study(m)
        else:
            people = self.project.participants.all()
            owner = people[m % len(people)].id if people else None
        if owner is not None:
            self.act(lambda: self.project.attributes.set({(owner, attribute.id): text}))

    @rule(n=numbers, kind=st.sampled_from([*AttributeKind, None]))
    def change_or_delete_attribute(self, n: int, kind: AttributeKind | None) -> None:
        attributes = self.project.attributes.all()
        if not attributes:
            return
        key = attributes[n % len(attributes)].id
        if kind is None:
            self.act(lambda: self.project.attributes.delete(key))
        else:
            self.act(lambda: self.project.attributes.change(key, kind=kind))

    @rule(n=numbers, m=numbers, size=st.integers(1, 3))
    def put_records_into_a_study(self, n: int, m: int, size: int) -> None:
        studies, study = self.project.studies, self.study(n)
        records = [row.id for row in self.project.documents.all()[m % 3 : m % 3 + size]]
        if study is None or n % 4 == 0:
            self.act(lambda: studies.add(self.name("Study"), documents=records))
        elif n % 4 == 1:
            self.act(lambda: studies.ungroup(records))
        elif n % 4 == 2:
            self.act(lambda: studies.delete(study))
        else:
            self.act(lambda: studies.group(records, study))

    @rule(n=numbers, m=numbers, o=numbers)
    def chart(self, n: int, m: int, o: int) -> None:
        charting = self.project.charting
        fields = charting.fields(SubjectKind.DOCUMENT)
        documents = self.project.documents.all()
        if not fields or n % 9 == 0:
            name = self.name("Question")
            self.act(lambda: charting.add(name, AnswerKind.SEVERAL, ["One", "Two", "Three"]))
            return
        if not documents:
            return
        field = fields[n % len(fields)]
        option = field.options[o % len(field.options)]
        subject = Charted(SubjectKind.DOCUMENT, documents[m % len(documents)].id)
        acts: tuple[Callable[[], object], ...] = (
            lambda: charting.choose(subject, field.id, option.id),
            lambda: charting.answer(subject, field.id, not_reported=o % 2 == 0),
            lambda: charting.answer(subject, field.id, text=f"p. {o % 5}"),
            lambda: charting.change_form(subject, status=list(ChartStatus)[o % 3], note=str(o % 3)),
            lambda: charting.check(subject, field.id, Verdict.CHANGED, options=[option.id]),
            lambda: charting.change_option(option.id, label=f"Our {o % 4}", hidden=o % 3 == 0),
            lambda: charting.add_option(field.id, self.name("More"), under=option.id),
            lambda: charting.delete_option(option.id),
            lambda: charting.move(field.id, o % 3 - 1),
            lambda: charting.delete(field.id),
        )
        self.act(acts[(n + m) % len(acts)])

    @rule(m=numbers, group=st.sampled_from(["", "Panel", "panel", "Extended"]))
    def put_into_a_group(self, m: int, group: str) -> None:
        people = [row.id for row in self.project.participants.all()]
        if people:
            some = people[m % len(people) :]
            self.act(lambda: self.project.participants.set_group(some, group))

    @rule(
        subject=st.sampled_from(Subject),
        rows=st.lists(st.tuples(st.sampled_from(["P01", "P02", "New"]), words), max_size=3),
        missing=st.sampled_from(Missing),
    )
    def import_attributes(
        self, subject: Subject, rows: list[tuple[str, str]], missing: Missing
    ) -> None:
        table = CellTable("a.csv", ("Name", "Trait"), 1, tuple(rows), (2, 3, 4), ",", ())
        choices = ImportChoices(missing=missing)
        attributes = self.project.attributes
        self.act(lambda: attributes.import_plan(attributes.plan(table, subject, choices)))

    @rule(n=numbers, name=st.sampled_from(["One", "Two"]), below=st.booleans())
    def save_or_delete_query(self, n: int, name: str, below: bool) -> None:
        code, rows = self.code(n), self.project.queries.all()
        if rows and n % 3 == 0:
            self.act(lambda: self.project.queries.delete(rows[n % len(rows)].id))
        elif code is not None:
            query = Query((Block((Term(TermKind.CODE, code, below),)),))
            self.act(lambda: self.project.queries.save(name, query))

    @rule()
    def saved_queries_are_answered(self) -> None:
        for row in self.project.queries.all():
            assert row.query is not None
            result = self.project.retrieval.find(row.query)
            assert len(self.project.retrieval.passages(result.found)) == result.references

    @rule(n=numbers, text=words)
    def change_code(self, n: int, text: str) -> None:
        if (code := self.code(n)) is not None:
            self.act(lambda: self.project.codes.change(code, name=text or "x", definition=text))

    @rule(n=numbers, m=numbers, top=st.booleans(), position=st.integers(0, 4))
    def move_code(self, n: int, m: int, top: bool, position: int) -> None:
        code, parent = self.code(n), None if top else self.code(m)
        if code is not None:
            self.act(lambda: self.project.codes.move(code, parent, position))

    @rule(n=numbers, digit=st.none() | st.integers(1, 9))
    def pin(self, n: int, digit: int | None) -> None:
        if (code := self.code(n)) is not None:
            self.act(lambda: self.project.codes.pin(code, digit))

    @rule(n=numbers, m=numbers, join=st.booleans())
    def merge_codes(self, n: int, m: int, join: bool) -> None:
        source, target = self.code(n), self.code(m)
        if source is not None and target is not None:
            self.act(lambda: self.project.codes.merge(source, target, join_touching=join))

    @rule(n=numbers)
    def split_code(self, n: int) -> None:
        if (coding := self.coding(n)) is not None:
            code = self.project.codings.get(coding).code
            self.act(lambda: self.project.codes.split(code, [coding], self.name("Part")))

    @rule(n=numbers)
    def delete_code(self, n: int) -> None:
        if (code := self.code(n)) is not None:
            self.act(lambda: self.project.codes.delete(code))

    @rule(key=st.sampled_from(["sem-ikt3", "com-b"]))
    def add_framework(self, key: str) -> None:
        self.act(lambda: self.project.frameworks.add(key))

    @rule()
    def remove_framework(self) -> None:
        rows = self.project.frameworks.all()
        if rows:
            self.act(lambda: self.project.frameworks.remove(rows[0].id))

    @rule(n=numbers, m=numbers, a=numbers, b=numbers, valence=st.none() | st.sampled_from(Valence))
    def apply(self, n: int, m: int, a: int, b: int, valence: Valence | None) -> None:
        document, code = self.document(n), self.code(m)
        if document is not None and code is not None:
            length = self.project.documents.get(document).length + 1
            span = Span(min(a % length, b % length), max(a % length, b % length))
            self.act(lambda: self.project.codings.apply(document, span, code, valence=valence))

    @rule(n=numbers, a=st.integers(0, 40), size=st.integers(1, 30))
    def apply_new_code(self, n: int, a: int, size: int) -> None:
        if (document := self.document(n)) is not None:
            span = Span(a, a + size)
            self.act(lambda: self.project.codings.apply_new_code(document, span, self.name("Vivo")))

    @rule(n=numbers, valence=st.none() | st.sampled_from(Valence), memo=words)
    def change_coding(self, n: int, valence: Valence | None, memo: str) -> None:
        if (coding := self.coding(n)) is not None:
            levels = [row.id for row in self.project.frameworks.levels()[:2]]
            self.act(
                lambda: self.project.codings.change(
                    coding, valence=valence, memo=memo, levels=levels
                )
            )

    @rule(n=numbers, flag=st.sampled_from(Flag))
    def toggle_flag(self, n: int, flag: Flag) -> None:
        if (coding := self.coding(n)) is not None:
            self.act(lambda: self.project.codings.toggle_flag(coding, flag))

    @rule(n=numbers, a=st.integers(0, 60), size=st.integers(0, 30))
    def move_edges(self, n: int, a: int, size: int) -> None:
        if (coding := self.coding(n)) is not None:
            self.act(lambda: self.project.codings.move_edges(coding, Span(a, a + size)))

    @rule(n=numbers, m=numbers)
    def recode(self, n: int, m: int) -> None:
        coding, code = self.coding(n), self.code(m)
        if coding is not None and code is not None:
            self.act(lambda: self.project.codings.recode(coding, code))

    @rule(n=numbers)
    def remove_coding(self, n: int) -> None:
        if (coding := self.coding(n)) is not None:
            self.act(lambda: self.project.codings.remove(coding))

    @rule(n=numbers, text=words, ask=st.booleans())
    def memo(self, n: int, text: str, ask: bool) -> None:
        document = self.document(n)
        span = Span(n % 20, n % 20 + 5) if document is not None else None
        self.act(lambda: self.project.memos.add(text, document=document, span=span, ask=ask))

    @rule(n=numbers)
    def delete_memo(self, n: int) -> None:
        memos = self.project.memos.all()
        if memos:
            self.act(lambda: self.project.memos.delete(memos[n % len(memos)].id))

    @rule(n=numbers, m=numbers, below=st.booleans())
    def add_theme(self, n: int, m: int, below: bool) -> None:
        code, parent = self.code(n), self.theme(m) if below else None
        self.act(
            lambda: self.project.themes.add(
                self.name("Theme"), parent, codes=[code] if code else []
            )
        )

    @rule(n=numbers, text=words, status=st.sampled_from(ThemeStatus))
    def change_theme(self, n: int, text: str, status: ThemeStatus) -> None:
        if (theme := self.theme(n)) is not None:
            self.act(lambda: self.project.themes.change(theme, narrative=text, status=status))

    @rule(n=numbers, m=numbers, top=st.booleans())
    def move_theme(self, n: int, m: int, top: bool) -> None:
        theme, parent = self.theme(n), None if top else self.theme(m)
        if theme is not None:
            self.act(lambda: self.project.themes.move(theme, parent, 0))

    @rule(n=numbers, m=numbers, stance=st.sampled_from(Stance))
    def gather(self, n: int, m: int, stance: Stance) -> None:
        theme, coding = self.theme(n), self.coding(m)
        if theme is not None and coding is not None:
            self.act(lambda: self.project.themes.add_codings(theme, coding, stance))
            self.act(lambda: self.project.themes.accept_quote(theme, coding))

    @rule(n=numbers, at=numbers, take=st.integers(1, 9), shown=words)
    def alter_quote(self, n: int, at: int, take: int, shown: str) -> None:
        quotes = [
            quote for row in self.project.themes.all() for quote in self.project.quotes.of(row.id)
        ]
        if quotes:
            quote = quotes[n % len(quotes)]
            start = quote.span.start + at % max(1, len(quote.span))
            span = Span(start, start + take)
            self.act(lambda: self.project.quotes.alter(quote.id, span, shown))
            self.act(lambda: self.project.quotes.set_edges(quote.id, Span(start, start + 20)))
            self.act(lambda: self.project.quotes.order(quote.theme, [quote.id]))
            if at % 3 == 0:
                self.act(lambda: self.project.quotes.restore(quote.id))

    @rule(n=numbers, m=numbers, kind=st.sampled_from(LinkKind), note=words)
    def link_themes(self, n: int, m: int, kind: LinkKind, note: str) -> None:
        one, other = self.theme(n), self.theme(m)
        if one is not None and other is not None:
            self.act(lambda: self.project.themes.link(one, other, kind, note))
        links = self.project.themes.links.all()
        if links and n % 2:
            link = links[m % len(links)].id
            self.act(lambda: self.project.themes.change_link(link, kind=kind))

    @rule(n=numbers)
    def save_table(self, n: int) -> None:
        self.act(lambda: self.project.tables.save(f"Table {n % 2}", "themes", ThemeTableOptions()))
        if n % 3 == 0:
            self.act(lambda: self.project.tables.delete(self.project.tables.all()[0].id))

    @rule(n=numbers)
    def delete_theme(self, n: int) -> None:
        if (theme := self.theme(n)) is not None:
            self.act(lambda: self.project.themes.delete(theme))

    @rule(n=numbers, consent=st.sampled_from(Consent))
    def people(self, n: int, consent: Consent) -> None:
        people = self.project.participants.all()
        if people:
            who = people[n % len(people)].id
            self.act(lambda: self.project.participants.change(who, consent=consent))
            self.act(lambda: self.project.participants.leave_out(who, n % 2 == 0))

    @rule()
    def restore_point(self) -> None:
        self.project.history.name_restore_point(self.name("Point"))

    @rule(back=st.integers(1, 6))
    def go_back(self, back: int) -> None:
        rows = self.project.history.all(limit=back + 1)
        if len(rows) > back and self.floor is not None and rows[back].seq > self.floor.seq:
            self.act(lambda: self.project.history.go_back_to(rows[back].seq))

    # -- undo and redo ------------------------------------------------------------------------

    @precondition(lambda self: len(self.past) > 1)
    @rule()
    def undo(self) -> None:
        self.project.history.undo()
        self.future.append(self.past.pop())
        assert dump(self.project.path) == self.past[-1]

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        self.project.history.redo()
        self.past.append(self.future.pop())
        assert dump(self.project.path) == self.past[-1]

    @rule()
    def close_and_open(self) -> None:
        path = self.project.path
        self.project.close()
        self.project = Project.open(path)


TestEveryAct = EveryAct.TestCase
TestEveryAct.settings = settings(
    max_examples=16,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
