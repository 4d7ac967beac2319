"""What is said of a merge before and after it. Of what others coded in a sealed document
nothing is said but whose work arrives and whether it is finished."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from ikt_coder.core.rounds import RoundEventKind
from ikt_coder.core.words import DocumentStatus
from ikt_coder.services.merging.comparing import Comparison
from ikt_coder.services.merging.past_rows import Key, Row, rows_of
from ikt_coder.services.merging.rows import (
    Conflict,
    Counts,
    DocumentMatch,
    FileKind,
    Left,
    MarkedDocument,
    MergedDocument,
    MergePlan,
    Reason,
)

# Parts of other rows; they are counted with those.
_PARTS = frozenset({"coding_level", "turn", "document_text", "source_file", "merged_copy"})
# What hangs on codings is not counted while a document is sealed: it would tell of them.
_ON_CODINGS = frozenset({"theme_coding", "theme_code", "quote_alteration", "coding_level"})
_VEILED = frozenset({"coding", "memo", "quote"})
_ABOUT_DOCUMENTS = frozenset({"snapshot", "decision", "item_note", "round_event", "frozen_ground"})


class Telling:
    def __init__(
        self, found: Comparison, file_name: str, sealed: frozenset[Key], present: UUID | None
    ) -> None:
        self._found = found
        self._out = found.outcome
        self._name = file_name
        self._sealed = sealed
        self._present = present.bytes if present is not None else b""
        self._rounds = {
            round_
            for (round_,) in found.ours.execute(
                "SELECT DISTINCT round_id FROM assignment WHERE document_id IN"
                f" ({', '.join('?' * len(sealed))})",
                tuple(sealed),
            )
        }

    def plan(self) -> MergePlan:
        tables, by_document, coders = self._counted()
        parting = self._out.parting
        documents = tuple(self._documents(by_document))
        records = {
            table: len(rows)
            for table, rows in self._out.records.items()
            if not (self._sealed and table in _ABOUT_DOCUMENTS)
        }
        return MergePlan(
            file_name=self._name,
            kind=parting.kind,
            coders=tuple(sorted(self._names(coders))),
            documents=documents,
            tables=tables,
            records=records,
            conflicts=self._conflicts(),
            kept=tuple(
                dict.fromkeys(
                    left for table, row, left in self._out.kept if not self._hidden(table, row)
                )
            ),
            left=tuple(
                left
                for document, left in self._out.left
                if document not in self._sealed
                and not (self._sealed and document is None and left.table in _VEILED)
            )
            + tuple(self._refused()),
            warnings=tuple(self._warnings()),
            state=parting.last.hex,
            nothing=self._out.empty,
            marked=tuple(self._marked()),
        )

    def _marked(self) -> Iterator[MarkedDocument]:
        """Documents of which only the state of their coding changes, by title."""
        marked = (
            MarkedDocument(str(self._found.titles.get(key, "")), DocumentStatus(values["status"]))
            for key, values in self._out.updates["document"].items()
            if set(values) == {"status"} and key not in self._sealed
        )
        return iter(sorted(marked, key=lambda document: document.title))

    def _conflicts(self) -> tuple[Conflict, ...]:
        about = {key: ("code", row) for key, row in self._found.same.about.items()}
        about |= self._out.about
        return tuple(
            conflict
            for conflict in self._out.conflicts
            if conflict.key not in about or not self._hidden(*about[conflict.key])
        )

    # -- what may be told ---------------------------------------------------------------------

    def _hidden(self, table: str, row: Row) -> bool:
        """Whether a row is another coder's work in a sealed document, or a code they propose."""
        if not self._sealed:
            return False
        if table == "code":
            return row["proposed_in"] in self._rounds and row["proposed_by"] != self._present
        if table in _ON_CODINGS:
            return True
        if table not in _VEILED:
            return False
        if row.get("coder_id", row.get("accepted_by")) == self._present:
            return False
        document = row["document_id"]
        if document is None and row.get("coding_id") is not None:
            for driver in (self._found.ours, self._found.theirs):
                coding = rows_of(driver, "coding", [row["coding_id"]]).get(row["coding_id"])
                if coding is not None:
                    document = self._found.same.here("document", coding["document_id"])
                    break
        return document in self._sealed

    def _rows(self) -> Iterator[tuple[str, str, Row]]:
        """Every row that is written: what happens to it, its table, the row."""
        for table, rows in self._out.inserts.items():
            for row in rows.values():
                yield "added", table, row
        for what, found in (("changed", self._out.updates), ("removed", self._out.deletes)):
            for table, keys in found.items():
                for row in rows_of(self._found.ours, table, keys).values():
                    yield what, table, row

    def _counted(
        self,
    ) -> tuple[dict[str, Counts], dict[Key, dict[str, int]], set[Key]]:
        numbers: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        by_document: dict[Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        coders: set[Key] = set()
        for what, table, row in self._rows():
            if table in ("coding", "memo") and row["coder_id"] is not None:
                coders.add(row["coder_id"])
            if table == "coding":
                by_document[row["document_id"]][what] += 1
            if table not in _PARTS and not self._hidden(table, row):
                numbers[table][what] += 1
        for table, count in self._out.same.items():
            if table not in _PARTS and not (self._sealed and table in ("coding", "memo")):
                numbers[table]["same"] += count
        return {t: Counts(**n) for t, n in sorted(numbers.items())}, by_document, coders

    # -- documents ----------------------------------------------------------------------------

    def _documents(self, by_document: dict[Key, dict[str, int]]) -> Iterator[MergedDocument]:
        same = self._found.same
        recognised = {
            here: there
            for there, here in same.same["document"].items()
            if there in same.aligned or there in same.refused
        }
        titles = self._found.titles | {
            key: row["title"] for key, row in self._out.inserts["document"].items()
        }
        mended = {key: len(text.new) + len(text.gone) for key, text in self._out.texts.items()}
        touched = set(by_document) | {key for key, count in mended.items() if count}
        touched |= set(recognised) | set(self._out.inserts["document"])
        for key in sorted(touched, key=lambda key: (titles.get(key, ""), key)):
            there = recognised.get(key)
            match, similarity = DocumentMatch.SAME, 1.0
            if key in self._out.inserts["document"]:
                match = DocumentMatch.ADDED
            elif there is not None and there in same.refused:
                continue  # it is listed apart
            elif there is not None:
                similarity = same.aligned[there].similarity
                by_title = there in same.by_title
                match = DocumentMatch.ALIGNED if by_title else DocumentMatch.FINGERPRINT
            sealed = key in self._sealed
            finished, unfinished = self._progress(there or key) if sealed else ((), ())
            yield MergedDocument(
                id=UUID(bytes=key),
                title=str(titles.get(key, "")),
                match=match,
                similarity=similarity,
                codings=Counts() if sealed else Counts(**by_document.get(key, {})),
                mended=mended.get(key, 0),
                sealed=sealed,
                finished=finished,
                unfinished=unfinished,
            )
        for key, similarity in same.refused.items():
            (title,) = self._found.theirs.execute(
                "SELECT title FROM document WHERE id = ?", (key,)
            ).fetchone()
            yield MergedDocument(UUID(bytes=key), title, DocumentMatch.REFUSED, similarity)

    def _refused(self) -> Iterator[Left]:
        for key, similarity in self._found.same.refused.items():
            title, codings = self._found.theirs.execute(
                "SELECT d.title, (SELECT count(*) FROM coding c WHERE c.document_id = d.id)"
                " FROM document d WHERE d.id = ?",
                (key,),
            ).fetchone()
            if self._found.same.here("document", key) in self._sealed:
                yield Left("document", title, Reason.OTHER_TEXT, 1, similarity or None)
            else:
                yield Left("coding", title, Reason.OTHER_TEXT, codings, similarity or None)

    def _progress(self, document: Key) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Whose work in a sealed document arrives, finished and not."""
        theirs = self._found.theirs
        finished: set[Key] = set()
        for coder, kind in theirs.execute(
            "SELECT coder_id, kind FROM round_event WHERE document_id = ? AND kind IN (?, ?)"
            " ORDER BY at, id",
            (document, RoundEventKind.FINISHED.value, RoundEventKind.REOPENED.value),
        ):
            (finished.add if kind == RoundEventKind.FINISHED.value else finished.discard)(coder)
        begun = {
            coder
            for (coder,) in theirs.execute(
                "SELECT DISTINCT coder_id FROM coding WHERE document_id = ?"
                " AND coder_id IS NOT NULL",
                (document,),
            )
        }
        here = self._found.same.here
        own = {key for key in begun | finished if here("coder", key) == self._present}
        return (
            tuple(sorted(self._names(finished - own))),
            tuple(sorted(self._names(begun - finished - own))),
        )

    def _names(self, coders: Iterable[Key]) -> list[str]:
        found = []
        for key in coders:
            for driver in (self._found.ours, self._found.theirs):
                row = driver.execute("SELECT name FROM coder WHERE id = ?", (key,)).fetchone()
                if row is not None:
                    found.append(str(row[0]))
                    break
        return found

    # -- warnings -----------------------------------------------------------------------------

    def _warnings(self) -> Iterator[str]:
        theirs, ours = self._found.theirs, self._found.ours
        if self._out.parting.kind is FileKind.OTHER:
            yield (
                "The two projects were never one. Documents, codes and people are recognised by "
                "their words and names; rounds and decisions of the other one stay there."
            )
        elif self._out.parting.theirs_known is None:
            yield (
                "What both files had in common when they parted is not known here. Nothing is "
                "removed, and values that differ are listed."
            )
        if _presence(theirs):
            yield (
                "The file seems to be open in another window. What is done there after this is "
                "not in it yet; bring it in once more then."
            )
        erased = _tombstones(theirs) - _tombstones(ours)
        if erased:
            yield (
                f"{len(erased)} × a participant was erased in the other file and is still here. "
                "Erase them here too (People, Erase)."
            )


def _presence(driver: sqlite3.Connection) -> bool:
    return driver.execute("SELECT 1 FROM presence").fetchone() is not None


def _tombstones(driver: sqlite3.Connection) -> set[Key]:
    return {key for (key,) in driver.execute("SELECT participant FROM tombstone")}
