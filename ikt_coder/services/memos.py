"""Memos. Their kind follows from the place they are written at, never from a question."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, or_, select

from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.core.words import MemoKind
from ikt_coder.model import Coder, Coding, Memo
from ikt_coder.services.base import UNSET, Service, Unset, add_row, change_row, given
from ikt_coder.services.rows import MemoRow


class MemoService(Service):
    def all(self, kind: MemoKind | None = None, query: str = "") -> tuple[MemoRow, ...]:
        """Memos the present coder may read, newest change first: their own, and others'
        except reflexive ones that are not shared."""
        statement = self._readable()
        if kind is not None:
            statement = statement.where(Memo.kind == kind.value)
        rows = self._made(statement.order_by(Memo.changed.desc(), Memo.id.desc()))
        wanted = query.casefold().strip()
        if wanted:
            rows = tuple(
                r for r in rows if wanted in r.text.casefold() or wanted in r.title.casefold()
            )
        return rows

    def on(
        self,
        *,
        document: UUID | None = None,
        coding: UUID | None = None,
        code: UUID | None = None,
        theme: UUID | None = None,
    ) -> tuple[MemoRow, ...]:
        """The memos at one place (for a document also those on its passages)."""
        statement = self._readable()
        for column, value in (
            (Memo.document_id, document),
            (Memo.coding_id, coding),
            (Memo.code_id, code),
            (Memo.theme_id, theme),
        ):
            if value is not None:
                statement = statement.where(column == value)
        return self._made(statement.order_by(Memo.start, Memo.created, Memo.id))

    def of_codings(self, query: str = "") -> tuple[MemoRow, ...]:
        """The memos that codings carry themselves, newest coding first. ``id`` and
        ``coding`` are the coding's; ``changed`` is when the coding was made."""
        rows = self._rows(
            select(
                Coding.id,
                Coding.document_id,
                Coding.start,
                Coding.end,
                Coding.code_id,
                Coding.coder_id,
                Coding.memo,
                Coding.created,
                Coder.initials,
            )
            .outerjoin(Coder, Coder.id == Coding.coder_id)
            .where(Coding.memo != "")
            .order_by(Coding.created.desc(), Coding.id.desc())
        )
        wanted = query.casefold().strip()
        return tuple(
            MemoRow(
                id=r.id,
                kind=MemoKind.NOTE,
                title="",
                text=r.memo,
                coder=r.coder_id,
                coder_initials=r.initials or "",
                document=r.document_id,
                span=Span(r.start, r.end),
                coding=r.id,
                code=r.code_id,
                theme=None,
                shared=True,
                ask=False,
                created=r.created,
                changed=r.created,
            )
            for r in rows
            if wanted in r.memo.casefold()
        )

    def get(self, memo: UUID) -> MemoRow:
        rows = self._made(self._readable().where(Memo.id == memo))
        if not rows:
            raise NotFound("This memo is no longer in the project.", "Undo may bring it back.")
        return rows[0]

    def add(
        self,
        text: str,
        *,
        title: str = "",
        document: UUID | None = None,
        span: Span | None = None,
        coding: UUID | None = None,
        code: UUID | None = None,
        theme: UUID | None = None,
        reflexive: bool = False,
        ask: bool = False,
        shared: bool | None = None,
    ) -> UUID:
        """Write a memo on a passage (document and span), a document, a coding, a code, a
        theme, in the reflexive journal, or on the project where no place is given."""
        text = text.strip()
        if not text and not title.strip():
            raise UserError("The memo is empty.", "Write something, or leave it.")
        if span is not None and document is None:
            raise NotAllowed("A memo on a passage needs its document.")
        kind = _kind(document or coding, code, theme, reflexive)
        key = new_id()
        coder = self._project.coders.ensure_present()
        now = datetime.now(UTC)
        with self._operation(Op.ADD_MEMO, memo=key, memo_kind=kind.value, document=document) as op:
            add_row(
                op,
                Memo,
                id=key,
                kind=kind.value,
                title=title.strip(),
                text=text,
                coder_id=coder,
                document_id=document,
                start=span.start if span else None,
                end=span.end if span else None,
                since_edit_id=self._project.texts.newest_edit(document) if document else None,
                coding_id=coding,
                code_id=code,
                theme_id=theme,
                shared=(kind is not MemoKind.REFLEXIVE) if shared is None else shared,
                ask=ask,
                created=now,
                changed=now,
            )
        return key

    def change(
        self,
        memo: UUID,
        *,
        title: str | Unset = UNSET,
        text: str | Unset = UNSET,
        ask: bool | Unset = UNSET,
        shared: bool | Unset = UNSET,
    ) -> None:
        """Change one's own memo; what is given as it stands already is no change. Raises
        NotAllowed for another coder's, UserError where nothing would be left of it."""
        row = self.get(memo)
        values = {
            name: value.strip() if isinstance(value, str) else value
            for name, value in given(title=title, text=text, ask=ask, shared=shared).items()
        }
        values = {name: value for name, value in values.items() if value != getattr(row, name)}
        if not values:
            return
        with self._operation(Op.CHANGE_MEMO, memo=memo, memo_kind=row.kind.value) as op:
            self._refuse_others(row)
            if not (values.get("text", row.text) or values.get("title", row.title)):
                raise UserError("The memo would be empty. It is as it was.", "Delete it instead.")
            change_row(op, Memo, memo, {**values, "changed": datetime.now(UTC)})

    def delete(self, memo: UUID) -> None:
        row = self.get(memo)
        with self._operation(Op.DELETE_MEMO, memo=memo, memo_kind=row.kind.value) as op:
            self._refuse_others(row)
            op.execute(delete(Memo).where(Memo.id == memo))

    def _refuse_others(self, row: MemoRow) -> None:
        if row.coder is not None and row.coder != self._project.coder:
            raise NotAllowed(
                "This memo is another coder's. Nothing was changed.", "Write one of your own."
            )

    def _readable(self) -> Select[Any]:
        return (
            select(Memo.__table__, Coder.initials)
            .outerjoin(Coder, Coder.id == Memo.coder_id)
            .where(
                or_(
                    Memo.kind != MemoKind.REFLEXIVE.value,
                    Memo.shared,
                    Memo.coder_id == self._project.coder,
                )
            )
        )

    def _made(self, statement: Select[Any]) -> tuple[MemoRow, ...]:
        return tuple(
            MemoRow(
                id=r.id,
                kind=MemoKind(r.kind),
                title=r.title,
                text=r.text,
                coder=r.coder_id,
                coder_initials=r.initials or "",
                document=r.document_id,
                span=Span(r.start, r.end) if r.start is not None else None,
                coding=r.coding_id,
                code=r.code_id,
                theme=r.theme_id,
                shared=r.shared,
                ask=r.ask,
                created=r.created,
                changed=r.changed,
            )
            for r in self._rows(statement)
        )


def _kind(passage: UUID | None, code: UUID | None, theme: UUID | None, reflexive: bool) -> MemoKind:
    if reflexive:
        return MemoKind.REFLEXIVE
    if theme is not None:
        return MemoKind.ANALYTIC
    if code is not None:
        return MemoKind.RULE
    if passage is not None:
        return MemoKind.NOTE
    return MemoKind.PROJECT
