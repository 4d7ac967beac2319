"""The codebook as it was: numbered versions that never change, and what lies between two."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import func, insert, select

from ikt_coder.core.errors import NotFound
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.model import Code, CodebookVersion, Framework
from ikt_coder.services.base import Service
from ikt_coder.services.round_rows import (
    ChangeKind,
    CodeAtVersion,
    CodebookVersionRow,
    CodeChange,
)
from ikt_coder.storage.operation import Operation

_WORDING = ("definition", "include", "exclude", "example", "source_wording", "source_page")
_COMPARED = ("name", "path", *_WORDING, "applicable")


class CodebookVersionService(Service):
    """Versions are kept by people and by rounds: at set-up, when coding was finished on
    another codebook, and at unsealing."""

    def all(self) -> tuple[CodebookVersionRow, ...]:
        """Every version, oldest first."""
        rows = self._rows(
            select(CodebookVersion.__table__).order_by(CodebookVersion.at, CodebookVersion.id)
        )
        return tuple(
            CodebookVersionRow(r.id, r.number, r.note, r.at, r.coder_id, _size(r.content))
            for r in rows
        )

    def keep(self, note: str = "") -> UUID:
        """Keep the codebook as it is now; where a version is equal to it already, that one is
        returned and nothing is kept."""
        known = self.current()
        if known is not None:
            return known.id
        with self._operation(Op.KEEP_CODEBOOK_VERSION, note=note.strip()) as op:
            return self.keep_within(op, note)

    def keep_within(self, op: Operation, note: str) -> UUID:
        """``keep`` as part of another act."""
        content = self._content(op)
        digest = digest_of(content)
        equal = op.execute(
            select(CodebookVersion.id)
            .where(CodebookVersion.digest == digest)
            .order_by(CodebookVersion.at.desc())
        ).scalar()
        if equal is not None:
            return cast(UUID, equal)
        key = new_id()
        last = op.execute(select(func.max(CodebookVersion.number))).scalar() or 0
        op.execute(
            insert(CodebookVersion).values(
                id=key,
                number=last + 1,
                note=note.strip(),
                at=datetime.now(UTC),
                coder_id=op.coder,
                digest=digest,
                content=content,
            )
        )
        if op.kind is Op.KEEP_CODEBOOK_VERSION:
            op.note(number=last + 1)
        return key

    def current(self) -> CodebookVersionRow | None:
        """The version that is equal to the codebook of now, if there is one."""
        digest = digest_of(self._content())
        r = self._connection.execute(
            select(CodebookVersion.__table__)
            .where(CodebookVersion.digest == digest)
            .order_by(CodebookVersion.at.desc())
        ).first()
        if r is None:
            return None
        return CodebookVersionRow(r.id, r.number, r.note, r.at, r.coder_id, _size(r.content))

    def content(self, version: UUID) -> tuple[CodeAtVersion, ...]:
        """The codes of a version in tree order, then those that had been merged by then.
        Raises NotFound."""
        row = self._connection.execute(
            select(CodebookVersion.content).where(CodebookVersion.id == version)
        ).first()
        if row is None:
            raise NotFound("This version of the codebook is not in the project.")
        return tuple(_code(each) for each in json.loads(row.content))

    def now(self) -> tuple[CodeAtVersion, ...]:
        """The codebook as it is now, in the form of a version."""
        return tuple(_code(each) for each in json.loads(self._content()))

    def changes(self, before: UUID, after: UUID | None = None) -> tuple[CodeChange, ...]:
        """What changed from one version to another (None: to the codebook of now), in the
        order of the later one; what is gone comes last. Raises NotFound."""
        old = {code.id: code for code in self.content(before)}
        new = {code.id: code for code in (self.now() if after is None else self.content(after))}
        found: list[CodeChange] = []
        for key, code in new.items():
            was = old.get(key)
            there = was is not None and was.merged_into is None
            if code.merged_into is not None:
                if there:
                    found.append(
                        CodeChange(
                            key, code.name, ChangeKind.MERGED, (), code.merged_into, was, None
                        )
                    )
            elif was is None or not there:
                found.append(CodeChange(key, code.name, ChangeKind.ADDED, after=code))
            else:
                fields = tuple(f for f in _COMPARED if getattr(was, f) != getattr(code, f))
                if fields:
                    found.append(
                        CodeChange(
                            key, code.name, ChangeKind.CHANGED, fields, before=was, after=code
                        )
                    )
        found += [
            CodeChange(key, was.name, ChangeKind.REMOVED, before=was)
            for key, was in old.items()
            if was.merged_into is None and key not in new
        ]
        return tuple(found)

    def _content(self, op: Operation | None = None) -> str:
        """The codebook as stored: in tree order, without colours and shortcuts, and without
        what was proposed in a round that is still sealed."""
        sealed = self._project.rounds.sealed_ids()
        statement = (
            select(Code.__table__, Framework.key.label("fkey"))
            .outerjoin(Framework, Framework.id == Code.framework_id)
            .where(Code.proposed_in.is_(None) | Code.proposed_in.not_in(sealed))
            .order_by(Code.position, Code.created, Code.id)
        )
        rows = op.execute(statement).all() if op is not None else self._rows(statement)
        return json.dumps(_tree(rows), ensure_ascii=False, separators=(",", ":"))


def _tree(rows: list[Any]) -> list[dict[str, Any]]:
    living = {row.id for row in rows if row.merged_into is None}
    below: dict[UUID | None, list[Any]] = {}
    for row in rows:
        if row.merged_into is None:
            below.setdefault(row.parent_id if row.parent_id in living else None, []).append(row)
    listed: list[dict[str, Any]] = []

    def walk(parent: UUID | None, path: tuple[str, ...]) -> None:
        for row in below.get(parent, ()):
            here = (*path, row.name)
            listed.append(_stored(row, parent, here))
            walk(row.id, here)

    walk(None, ())
    listed += [
        {"id": row.id.hex, "name": row.name, "merged_into": row.merged_into.hex}
        for row in rows
        if row.merged_into is not None
    ]
    return listed


def _stored(row: Any, parent: UUID | None, path: tuple[str, ...]) -> dict[str, Any]:
    """What there is to say of a code; what is empty is left out."""
    facts = {
        "id": row.id.hex,
        "parent": parent.hex if parent else None,
        "name": row.name,
        "path": list(path),
        **{name: getattr(row, name) for name in _WORDING},
        "framework_key": row.fkey,
        "node_key": row.node_key,
    }
    kept = {name: value for name, value in facts.items() if value not in (None, "")}
    return kept if row.applicable else {**kept, "applicable": False}


def _code(stored: dict[str, Any]) -> CodeAtVersion:
    facts = dict(stored)
    facts["id"] = UUID(hex=facts["id"])
    parent, into = facts.get("parent"), facts.get("merged_into")
    facts["parent"] = UUID(hex=parent) if parent else None
    facts["merged_into"] = UUID(hex=into) if into else None
    facts["path"] = tuple(facts.get("path", (facts["name"],)))
    return CodeAtVersion(**facts)


def _size(content: str) -> int:
    """How many codes that can be applied a version has."""
    return sum("merged_into" not in c and c.get("applicable", True) for c in json.loads(content))


def digest_of(content: str) -> str:
    """By what two equal codebooks are known."""
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
