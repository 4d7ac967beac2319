"""Writing the rows of a coder's copy into its new, empty file.

Every row is chosen and put there; nothing is copied first and taken out again, because what
was deleted from a file stays in its free pages (architecture: the journal, rule 8).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Select, insert, or_, select

from ikt_coder.core.errors import Cancelled
from ikt_coder.core.rounds import Batch, RoundEventKind, Task
from ikt_coder.core.transcript import Transcript
from ikt_coder.core.words import DocumentStatus, Layer
from ikt_coder.model import (
    Assignment,
    Base,
    Behaviour,
    Checked,
    Code,
    CodebookVersion,
    CodeLink,
    Coder,
    Coding,
    CodingLevel,
    CopyOrigin,
    CrosswalkChoice,
    Document,
    DocumentParticipant,
    DocumentText,
    Folder,
    Framework,
    FrozenGround,
    GlossaryTerm,
    GuideQuestion,
    Level,
    Memo,
    Participant,
    Project,
    QuestionTurn,
    Round,
    RoundEvent,
    Snapshot,
    Speaker,
    Turn,
)
from ikt_coder.services.copy_scope import CopyScope
from ikt_coder.services.documents import fingerprint
from ikt_coder.services.round_rows import EditMark
from ikt_coder.services.texts import layout_of, marks_list
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project as OpenProject

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]
_Row = dict[str, Any]


@dataclass(slots=True)
class Written:
    """How much was written."""

    codings: int = 0
    memos: int = 0
    codes: int = 0


class CopyWriter:
    """Reads with ``source``, an operation of the origin, and writes with ``target``, the
    first operation of the copy."""

    def __init__(
        self,
        project: OpenProject,
        source: Operation,
        target: Operation,
        scope: CopyScope,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> None:
        self._project = project
        self._source = source
        self._target = target
        self._scope = scope
        self._progress = progress
        self._cancel = cancel
        self._written = Written()
        self._marks: dict[UUID, tuple[EditMark, ...]] = {}

    def write(self, lineage: UUID, operation: UUID, project: UUID) -> Written:
        """Write everything and, at the end, where the copy comes from. Raises Cancelled."""
        everything = (
            Project,
            Behaviour,
            Framework,
            Level,
            CrosswalkChoice,
            GlossaryTerm,
            GuideQuestion,
        )
        for entity in everything:
            self._put(entity, self._rows(select(entity.__table__)))
        people = self._people()
        self._put(Coder, self._coders(people))
        self._rounds()
        self._codebook()
        self._folders()
        self._documents(people)
        self._memos()
        self._frozen()
        self._put(
            CopyOrigin,
            [
                {
                    "id": lineage,
                    "project": project,
                    "operation": operation,
                    "coder_id": self._scope.coder,
                    "round_id": self._scope.round,
                    "at": datetime.now(UTC),
                    "documents": marks_json(self._marks),
                }
            ],
        )
        return self._written

    # -- reading and putting ----------------------------------------------------------------

    def _rows(self, statement: Select[Any]) -> list[_Row]:
        if self._cancel is not None and self._cancel():
            raise Cancelled("Cancelled; no copy was written.")
        return [dict(row) for row in self._source.execute(statement).mappings()]

    def _put(self, entity: type[Base], rows: Iterable[_Row]) -> int:
        found = list(rows)
        for at in range(0, len(found), _AT_ONCE):
            if self._cancel is not None and self._cancel():
                raise Cancelled("Cancelled; no copy was written.")
            self._target.execute(insert(entity), found[at : at + _AT_ONCE])
        return len(found)

    # -- people -----------------------------------------------------------------------------

    def _people(self) -> set[UUID]:
        """The participants of the documents, by pseudonym and consent alone."""
        keys = self._scope.keys
        linked = set(
            self._source.execute(
                select(Speaker.participant_id).where(Speaker.document_id.in_(keys))
            ).scalars()
        )
        linked |= set(
            self._source.execute(
                select(DocumentParticipant.participant_id).where(
                    DocumentParticipant.document_id.in_(keys)
                )
            ).scalars()
        )
        rows = [
            {**row, "note": "", "group_name": ""}
            for row in self._rows(select(Participant.__table__))
            if row["id"] in linked
        ]
        self._put(Participant, rows)
        return {row["id"] for row in rows}

    def _coders(self, people: set[UUID]) -> list[_Row]:
        rows = self._rows(
            select(Coder.__table__).where(Coder.id.in_(self._scope.coders)).order_by(Coder.created)
        )
        for row in rows:
            if row["participant_id"] not in people:
                row["participant_id"] = None
            if row["id"] != self._scope.coder:
                row["positionality"] = ""
        return rows

    # -- rounds -----------------------------------------------------------------------------

    def _rounds(self) -> None:
        scope, keys = self._scope, set(self._scope.keys)
        rows = self._rows(select(Round.__table__).where(Round.id.in_(scope.rounds)))
        there = {str(key) for key in keys} | {key.hex for key in keys}
        for row in rows:
            if row["adjudicator_id"] not in scope.coders:
                row["adjudicator_id"] = None
            selection = json.loads(row["selection"] or "{}")
            row["selection"] = json.dumps(
                {key: spans for key, spans in selection.items() if key in there},
                separators=(",", ":"),
            )
        self._put(Round, rows)
        assigned = self._rows(
            select(Assignment.__table__).where(
                Assignment.round_id.in_(scope.rounds), Assignment.document_id.in_(keys)
            )
        )
        # What waits for the first documents is not in the copy; the rest has nothing to wait
        # for there, where nobody settles.
        self._put(
            Assignment,
            [
                {**row, "batch": Batch.ALL.value}
                for row in assigned
                if self._is_in(row) and (row["coder_id"] == scope.coder or row["task"] == _CODE)
            ],
        )

    def _is_in(self, row: _Row) -> bool:
        """Whether a row of a coder and a document belongs into the copy."""
        mine = bool(row["coder_id"] == self._scope.coder)
        return mine or row["coder_id"] in self._scope.firsts.get(row["document_id"], ())

    def _is_withheld(self, row: _Row) -> bool:
        """Whether a row tells of the coder's work in a document where it stays behind."""
        return row["document_id"] in self._scope.withheld

    # -- the codebook -----------------------------------------------------------------------

    def _codebook(self) -> None:
        scope = self._scope
        rows = {row["id"]: row for row in self._rows(select(Code.__table__))}
        hidden = self._proposals(rows)
        shown = {key for key in rows if key not in hidden}
        parents = {key: row["parent_id"] for key, row in rows.items()}
        made = []
        for key in shown:
            row = rows[key]
            row["parent_id"] = _nearest(row["parent_id"], parents, shown)
            if row["merged_into"] not in shown:
                row["merged_into"] = None
            if row["proposed_in"] not in scope.rounds or row["proposed_by"] not in scope.coders:
                row["proposed_in"] = row["proposed_by"] = None
            made.append(row)
        made.sort(key=lambda row: (row["position"], row["created"], row["id"]))
        self._written.codes = sum(row["merged_into"] is None for row in made)
        self._put(Code, made)
        links = self._rows(select(CodeLink.__table__))
        self._put(
            CodeLink,
            [
                {**row, "note": "", "coder_id": None}
                for row in links
                if row["code_id"] in shown and row["target_id"] in shown | {None}
            ],
        )
        versions = self._rows(select(CodebookVersion.__table__).order_by(CodebookVersion.number))
        self._put(
            CodebookVersion,
            [
                {**row, "coder_id": row["coder_id"] if row["coder_id"] in scope.coders else None}
                for row in versions
                if not any(
                    key.hex in row["content"] or str(key) in row["content"] for key in hidden
                )
            ],
        )

    def _proposals(self, rows: Mapping[UUID, _Row]) -> set[UUID]:
        """Codes that others proposed in a round that is still blind, but for those the
        coder's own codings bear because other codes were merged into them."""
        sealed = self._project.rounds.sealed_ids()
        mine = {None, self._scope.coder} if self._scope.by_themselves else {None}
        hidden = {
            key
            for key, row in rows.items()
            if row["proposed_by"] not in mine and row["proposed_in"] in sealed
        }
        needed = set(self._source.execute(self._chosen(Coding.code_id).distinct()).scalars())
        needed |= {row["merged_into"] for key, row in rows.items() if key not in hidden}
        while missing := needed & hidden:
            hidden -= missing
            needed = {rows[key]["merged_into"] for key in missing}
        return hidden

    # -- documents --------------------------------------------------------------------------

    def _folders(self) -> None:
        rows = {row["id"]: row for row in self._rows(select(Folder.__table__))}
        needed: set[UUID] = set()
        for key in self._source.execute(
            select(Document.folder_id).where(Document.id.in_(self._scope.keys))
        ).scalars():
            while key is not None and key not in needed:
                needed.add(key)
                key = rows[key]["parent_id"]
        self._put(Folder, [row for key, row in rows.items() if key in needed])

    def _documents(self, people: set[UUID]) -> None:
        scope = self._scope
        states = self._states()
        whole = len(scope.documents)
        for done, (key, _) in enumerate(scope.documents):
            if self._progress is not None:
                self._progress(done, whole)
            text = self._project.texts.get(key)
            times, formats, pages = self._project.texts.layout(key)
            self._marks[key] = self._project.texts.marks(key)
            (row,) = self._rows(select(Document.__table__).where(Document.id == key))
            if row["revision"]:
                row["fingerprint"] = fingerprint(text)
            row["revision"] = 0
            row["study_id"] = None
            row["status"] = states.get(key, DocumentStatus.TO_DO).value
            if row["lead_coder_id"] not in scope.coders:
                row["lead_coder_id"] = None
            self._put(Document, [row])
            held = self._source.execute(
                select(DocumentText.id).where(DocumentText.document_id == key)
            ).scalar_one()
            kept = tuple(run for run in formats if len(run.span))
            layout = layout_of(Transcript(text, times=times, formats=kept, pages=pages))
            words = {"id": held, "document_id": key, "text": text, "layout": layout}
            self._put(DocumentText, [words])
            for entity in (Speaker, Turn, QuestionTurn):
                self._put(
                    entity, self._rows(select(entity.__table__).where(entity.document_id == key))
                )
            self._codings(key)
        owners = self._rows(
            select(DocumentParticipant.__table__).where(
                DocumentParticipant.document_id.in_(scope.keys)
            )
        )
        self._put(DocumentParticipant, [row for row in owners if row["participant_id"] in people])
        if self._progress is not None:
            self._progress(whole, whole)

    def _states(self) -> dict[UUID, DocumentStatus]:
        """How far this coder is, where that goes along; the documents' own status may be
        others' work."""
        scope = self._scope
        begun = self._source.execute(
            select(Coding.document_id).where(Coding.coder_id == scope.coder).distinct()
        ).scalars()
        states = dict.fromkeys(begun, DocumentStatus.IN_PROGRESS)
        leads = self._source.execute(
            select(Document.id).where(
                Document.lead_coder_id == scope.coder,
                Document.status == DocumentStatus.CODED.value,
            )
        ).scalars()
        states.update(dict.fromkeys(leads, DocumentStatus.CODED))
        events = self._source.execute(
            select(RoundEvent.document_id, RoundEvent.kind)
            .where(
                RoundEvent.coder_id == scope.coder,
                RoundEvent.kind.in_([_FINISHED, _REOPENED]),
            )
            .order_by(RoundEvent.at, RoundEvent.id)
        )
        for document, kind in events.all():
            if kind == _FINISHED:
                states[document] = DocumentStatus.CODED
            elif document in states:
                states[document] = DocumentStatus.IN_PROGRESS
        return {key: state for key, state in states.items() if key not in scope.withheld}

    # -- codings and memos ------------------------------------------------------------------

    def _chosen(self, *columns: Any) -> Select[Any]:
        """The codings that the copy holds: the coder's own, and those they verify."""
        scope = self._scope
        worked = [key for key in scope.keys if key not in scope.withheld]
        whose = [(Coding.coder_id == scope.coder) & Coding.document_id.in_(worked)]
        whose += [
            Coding.coder_id.in_(firsts) & (Coding.document_id == document)
            for document, firsts in scope.firsts.items()
        ]
        return select(*columns).where(Coding.layer == Layer.CODER.value, or_(*whose))

    def _codings(self, document: UUID) -> None:
        """One document after the other: a project may hold more than fits into memory."""
        here = Coding.document_id == document
        rows = self._rows(self._chosen(*Coding.__table__.c).where(here))
        for row in rows:
            row["since_edit_id"] = None
            if row["coder_id"] != self._scope.coder:
                row["memo"] = ""
        self._written.codings += sum(row["coder_id"] == self._scope.coder for row in rows)
        self._put(Coding, rows)
        chosen = self._chosen(Coding.id).where(here).subquery()
        self._put(
            CodingLevel,
            self._rows(
                select(CodingLevel.__table__).join(chosen, chosen.c.id == CodingLevel.coding_id)
            ),
        )

    def _memos(self) -> None:
        documents = set(self._scope.keys) - self._scope.withheld
        codings = set(self._source.execute(self._chosen(Coding.id)).scalars())
        codes = set(self._target.execute(select(Code.id)).scalars())
        rows = []
        for row in self._rows(select(Memo.__table__).where(Memo.coder_id == self._scope.coder)):
            if (
                row["theme_id"] is None
                and row["document_id"] in (documents | {None})
                and row["coding_id"] in (codings | {None})
                and row["code_id"] in (codes | {None})
                and (row["shared"] or self._scope.by_themselves)
            ):
                rows.append({**row, "since_edit_id": None})
        self._written.memos = self._put(Memo, rows)

    # -- what was frozen --------------------------------------------------------------------

    def _frozen(self) -> None:
        """The coder's own snapshots and log, and what a document was like when it was
        unsealed; no words are in these."""
        scope, keys = self._scope, self._scope.keys
        for entity in (Checked, Snapshot):
            rows = self._rows(
                select(entity.__table__).where(
                    entity.round_id.in_(scope.rounds), entity.document_id.in_(keys)
                )
            )
            kept = [row for row in rows if self._is_in(row) and not self._is_withheld(row)]
            self._put(entity, kept)
        snapshots = {row["id"].hex for row in kept}
        self._put(
            FrozenGround,
            self._rows(
                select(FrozenGround.__table__).where(
                    FrozenGround.round_id.in_(scope.rounds), FrozenGround.document_id.in_(keys)
                )
            ),
        )
        log = self._rows(select(RoundEvent.__table__).where(RoundEvent.round_id.in_(scope.rounds)))
        there = {key.hex for key in keys}
        self._put(RoundEvent, [row for row in log if self._is_logged(row, there, snapshots)])

    def _is_logged(self, row: _Row, documents: set[str], snapshots: set[str]) -> bool:
        """Whether an event goes into the copy; what it says of others is taken out of it."""
        if row["by_id"] not in self._scope.coders:
            row["by_id"] = None
        if row["kind"] == RoundEventKind.UNSEALED.value:
            row["coder_id"] = None
            row["data"] = _unsealed(row["data"], documents, snapshots)
            return True
        if row["kind"] not in (_FINISHED, _REOPENED):
            return False
        if row["document_id"] not in self._scope.keys or not self._is_in(row):
            return False
        if self._is_withheld(row):
            return False
        if row["by_id"] != self._scope.coder:
            told = json.loads(row["data"] or "{}")
            told.pop("reason", None)
            row["data"] = json.dumps(told, separators=(",", ":"))
        return True


_AT_ONCE = 5000
_CODE = Task.CODE.value
_FINISHED = RoundEventKind.FINISHED.value
_REOPENED = RoundEventKind.REOPENED.value


def marks_json(marks: Mapping[UUID, Iterable[EditMark]]) -> str:
    """The edits of documents as they are stored, by document."""
    return json.dumps(
        {key.hex: marks_list(found) for key, found in marks.items()}, separators=(",", ":")
    )


def _names(content: str, code: UUID) -> bool:
    """Whether a version of the codebook knows a code."""
    return code.hex in content or str(code) in content


def _nearest(
    parent: UUID | None, parents: Mapping[UUID, UUID | None], shown: set[UUID]
) -> UUID | None:
    """The nearest code above that is in the copy."""
    while parent is not None and parent not in shown:
        parent = parents[parent]
    return parent


def _unsealed(data: str, documents: set[str], snapshots: set[str]) -> str:
    """What an unsealing says, cut to the documents and snapshots of the copy."""
    told = json.loads(data)
    if "documents" in told:
        told["documents"] = [key for key in told["documents"] if key in documents]
    told["snapshots"] = {
        key: [each for each in counted if each in snapshots]
        for key, counted in told["snapshots"].items()
        if key in documents
    }
    return json.dumps(told, separators=(",", ":"))
