"""Coders' copies: files of their own to code in, with nobody else's work in them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, insert, select

from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import RoundEventKind
from ikt_coder.core.words import Layer
from ikt_coder.model import (
    Attribute,
    Coder,
    Coding,
    CopyOrigin,
    Document,
    Memo,
    Operation,
    Round,
    RoundEvent,
    SourceFile,
    Theme,
)
from ikt_coder.services.base import Service
from ikt_coder.services.copy_rows import CopyMade, CopyOriginRow, CopyPreview, CopyRow
from ikt_coder.services.copy_scope import CopyScope, copy_scope
from ikt_coder.services.copy_writing import CopyWriter, Written
from ikt_coder.services.round_rows import EditMark
from ikt_coder.storage import operation as door_of
from ikt_coder.storage.locks import sync_folder
from ikt_coder.storage.new_file import digest_of, new_file

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]


class CopyService(Service):
    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._origin: list[CopyOriginRow | None] = []  # empty until it was looked for
        self._turn = threading.Lock()

    # -- in a copy --------------------------------------------------------------------------

    def origin(self) -> CopyOriginRow | None:
        """Where this file came from; None where it is no coder's copy."""
        with self._turn:
            if not self._origin:
                self._origin.append(self._read_origin())
            return self._origin[0]

    def _read_origin(self) -> CopyOriginRow | None:
        row = self._connection.execute(select(CopyOrigin.__table__)).first()
        if row is None:
            return None
        names = dict(self._rows(select(Coder.id, Coder.name)))
        rounds = dict(self._rows(select(Round.id, Round.name)))
        return CopyOriginRow(
            lineage=row.id,
            project=row.project,
            project_name=self._project.card.get().name,
            operation=row.operation,
            coder=row.coder_id,
            coder_name=names.get(row.coder_id, ""),
            round=row.round_id,
            round_name=rounds.get(row.round_id, ""),
            at=row.at,
            documents={
                UUID(hex=key): tuple(
                    EditMark(UUID(hex=edit), at, removed, inserted)
                    for edit, at, removed, inserted in marks
                )
                for key, marks in json.loads(row.documents).items()
            },
        )

    # -- what was made ----------------------------------------------------------------------

    def made(self) -> tuple[CopyRow, ...]:
        """The copies that were made from this project, newest first."""
        names = dict(self._rows(select(Coder.id, Coder.name)))
        found = []
        for row in self._rows(
            select(RoundEvent.__table__)
            .where(RoundEvent.kind == RoundEventKind.COPIED.value)
            .order_by(RoundEvent.at.desc(), RoundEvent.id.desc())
        ):
            data = json.loads(row.data)
            found.append(
                CopyRow(
                    lineage=UUID(hex=data["lineage"]),
                    coder=row.coder_id,
                    coder_name=names.get(row.coder_id, ""),
                    round=row.round_id,
                    at=row.at,
                    by=row.by_id,
                    file_name=data["file"],
                    documents=tuple(UUID(hex=key) for key in data["documents"]),
                    digest=data["digest"],
                )
            )
        return tuple(found)

    # -- making one -------------------------------------------------------------------------

    def preview(
        self, coder: UUID, round: UUID | None = None, documents: Iterable[UUID] | None = None
    ) -> CopyPreview:
        """What a copy would hold; nothing is written. Raises as ``make`` does where there
        would be nothing in it."""
        self._refuse_copy_of_copy()
        scope = copy_scope(self._project, self._connection.execute, coder, round, documents)
        keys = scope.keys
        there = Document.id.in_(keys)
        worked = [key for key in keys if key not in scope.withheld]
        return CopyPreview(
            coder=coder,
            coder_name=scope.coder_name,
            round=round,
            documents=scope.documents,
            verifies=len(scope.firsts),
            left_out=scope.left_out,
            withheld=len(scope.withheld),
            with_journal=scope.by_themselves,
            words=self._sum(select(func.coalesce(func.sum(Document.words), 0)).where(there)),
            codes=len(self._project.codes.all(counted=False)),
            codings=self._count(
                Coding.id,
                Coding.coder_id == coder,
                Coding.layer == Layer.CODER.value,
                Coding.document_id.in_(worked),
            ),
            memos=self._count(
                Memo.id,
                Memo.coder_id == coder,
                Memo.theme_id.is_(None),
                Memo.document_id.is_(None) | Memo.document_id.in_(worked),
                *(() if scope.by_themselves else (Memo.shared,)),
            ),
            other_documents=self._count(Document.id) - len(keys) - len(scope.left_out),
            other_coders=self._count(Coder.id) - len(scope.coders),
            originals=self._count(SourceFile.id, SourceFile.document_id.in_(keys)),
            mended=self._count(Document.id, there, Document.revision > 0),
            themes=self._count(Theme.id),
            attributes=self._count(Attribute.id),
        )

    def make(
        self,
        coder: UUID,
        to: Path,
        round: UUID | None = None,
        documents: Iterable[UUID] | None = None,
        *,
        replace: bool = False,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> CopyMade:
        """Write a copy for ``coder`` to the file ``to``, and note here that it was made.

        It holds the documents the coder was assigned in ``round``, or all, or of both those
        chosen in ``documents``; their present text; the codebook; and the coder's own work.
        Their journal, and their work in sealed documents, go along only where they sit at the
        desk themselves: who makes a copy for another could open it.
        Raises NotFound and NotAllowed where nothing would be in it, NotAllowed for the
        project itself, ProjectFileError where it cannot be written or, without ``replace``,
        where the file is there already, Cancelled where ``cancel`` says so. No file is left
        then.
        """
        self._refuse_copy_of_copy()
        here = self._project.path
        if to.resolve() == here.resolve() or (to.exists() and to.samefile(here)):
            raise NotAllowed(
                "The copy needs another name than the project itself. Nothing was written.",
                "Choose another name or another folder.",
            )
        lineage = new_id()
        written = False
        try:
            with self._operation(Op.COPY_FOR_CODER, coder=coder) as op:
                scope = copy_scope(self._project, op.execute, coder, round, documents)
                last = op.execute(
                    select(Operation.uuid).order_by(Operation.seq.desc()).limit(1)
                ).scalar_one()
                with new_file(to, coder, replace=replace) as door:
                    done = self._write(door, op, scope, lineage, last, progress, cancel)
                written = True
                digest = digest_of(to)
                self._log(op, scope, to, lineage, last, digest)
        except BaseException:
            if written:
                # Nobody would know of a copy that the project did not note.
                with suppress(OSError):
                    to.unlink(missing_ok=True)
            raise
        return CopyMade(
            path=to,
            lineage=lineage,
            coder=coder,
            coder_name=scope.coder_name,
            round=round,
            documents=scope.documents,
            left_out=scope.left_out,
            withheld=len(scope.withheld),
            with_journal=scope.by_themselves,
            codings=done.codings,
            memos=done.memos,
            codes=done.codes,
            digest=digest,
            warnings=_warnings(to),
        )

    def _write(
        self,
        door: door_of.Door,
        op: door_of.Operation,
        scope: CopyScope,
        lineage: UUID,
        last: UUID,
        progress: Progress | None,
        cancel: Cancel | None,
    ) -> Written:
        with door.operation(
            Op.BEGIN_COPY,
            coder=scope.coder,
            name=scope.coder_name,
            project=self._project.card.get().name,
            documents=len(scope.documents),
        ) as begin:
            writer = CopyWriter(self._project, op, begin, scope, progress, cancel)
            return writer.write(lineage, last, self._project.id)

    @staticmethod
    def _log(
        op: door_of.Operation, scope: CopyScope, to: Path, lineage: UUID, last: UUID, digest: str
    ) -> None:
        op.note(name=scope.coder_name, file=to.name, documents=len(scope.documents))
        data = {
            "file": to.name,
            "lineage": lineage.hex,
            "operation": last.hex,
            "documents": [key.hex for key in scope.keys],
            "digest": digest,
        }
        op.execute(
            insert(RoundEvent).values(
                id=new_id(),
                kind=RoundEventKind.COPIED.value,
                round_id=scope.round,
                coder_id=scope.coder,
                document_id=None,
                by_id=op.coder,
                at=datetime.now(UTC),
                data=json.dumps(data, ensure_ascii=False),
            )
        )

    def _refuse_copy_of_copy(self) -> None:
        origin = self.origin()
        if origin is not None:
            raise NotAllowed(
                f"This file is itself a copy for {origin.coder_name}. No file was written.",
                "Make copies from the project; to send this one, save a copy of it "
                "(Project, Save a copy).",
            )

    def _count(self, key: Any, *conditions: Any) -> int:
        return self._sum(select(func.count(key)).where(*conditions))

    def _sum(self, statement: Any) -> int:
        return int(self._connection.execute(statement).scalar_one())


def _warnings(to: Path) -> tuple[str, ...]:
    folder = sync_folder(to)
    if folder is None:
        return ()
    return (
        f"The copy lies in a synchronised folder ({folder}). It can be sent from there, but is "
        "worked in from another folder.",
    )
