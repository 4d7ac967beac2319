"""Which row here is the same thing as a row of the other file that has another id.

Two copies of one project know most things by id. What both made since they parted, or what two
projects have in common that were never one, is recognised by what it is: a transcript by its
words, a participant by the pseudonym, a framework by its key, a code by its node.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from ikt_coder.core.alignment import Alignment, align
from ikt_coder.services.merging.past_rows import Key, Row, rows_of
from ikt_coder.services.merging.rows import Conflict, ConflictKind, FileKind, Side
from ikt_coder.services.merging.table_rules import DERIVED, REFERENCES, derived

Choices = Mapping[str, Side]
Texts = Callable[[Key], str]


@dataclass(slots=True)
class Identities:
    """``same`` gives by table the id here of a row of the other file where the two differ;
    ``aligned`` how the texts of recognised documents stand to those here; ``refused`` documents
    of the same title whose texts differ too much, by their id there."""

    same: dict[str, dict[Key, Key]] = field(default_factory=lambda: defaultdict(dict))
    aligned: dict[Key, Alignment] = field(default_factory=dict)
    refused: dict[Key, float] = field(default_factory=dict)
    by_title: set[Key] = field(default_factory=set)
    conflicts: list[Conflict] = field(default_factory=list)
    about: dict[str, Row] = field(default_factory=dict)  # codes of the other file, by conflict
    any: bool = True  # whether anything at all has another id there
    renamed: dict[Key, str] = field(default_factory=dict)  # coders, by their id

    def here(self, table: str, key: Key) -> Key:
        return self.same[table].get(key, key) if table in self.same else key

    def adopt(self, table: str, row: Row) -> Row:
        """A row of the other file as it would stand here."""
        if not self.any:
            return row
        changed: Row = {}
        for reference in REFERENCES[table]:
            known = self.same.get(reference.parent)
            if known and row[reference.column] in known:
                changed[reference.column] = known[row[reference.column]]
        if changed and table in DERIVED:
            row = {**row, **changed}
            return {**row, "id": derived(table, row)}
        own = self.here(table, row["id"])
        return {**row, **changed, "id": own} if changed or own != row["id"] else row


def identities(
    ours: sqlite3.Connection,
    theirs: sqlite3.Connection,
    kind: FileKind,
    choices: Choices,
    our_text: Texts,
    their_text: Texts,
) -> Identities:
    """Recognise what both have under different ids. ``our_text`` and ``their_text`` give the
    present text of a document."""
    found = _Finder(ours, theirs, kind, choices)
    found.earlier()
    found.documents(our_text, their_text)
    found.by("framework", lambda row: row["key"])
    found.by("level", lambda row: (row["framework_id"], row["node_key"]))
    found.by("participant", lambda row: row["label"].casefold())
    found.by("study", lambda row: row["name"].casefold())
    found.by("chart_field", lambda row: (row["framework_id"], row["node_key"] or row["name"]))
    found.by("chart_option", lambda row: (row["field_id"], row["node_key"] or row["name"]))
    found.by("list_term", lambda row: (row["list_name"], row["key"] or row["name"].casefold()))
    found.by("guide_question", lambda row: (row["label"].casefold(), row["text"].casefold()))
    found.by("glossary_term", lambda row: row["term"].casefold())
    found.by("attribute", lambda row: (row["subject"], row["name"].casefold()))
    found.coders()
    found.by(
        "code",
        lambda row: (row["framework_id"], row["node_key"]) if row["node_key"] else None,
    )
    found.codes()
    if kind is FileKind.OTHER:
        found.by("folder", lambda row: (row["parent_id"], row["name"].casefold()))
        found.by(
            "behaviour",
            lambda row: tuple(row[n] for n in ("action", "actor", "context", "target", "time")),
        )
    # A label belongs to its document, and is the same where the document is.
    recognised = set(found.found.same["document"].values())
    found.by(
        "speaker",
        lambda row: (
            (row["document_id"], row["label"]) if row["document_id"] in recognised else None
        ),
    )
    found.found.any = any(found.found.same.values())
    return found.found


class _Finder:
    def __init__(
        self, ours: sqlite3.Connection, theirs: sqlite3.Connection, kind: FileKind, choices: Choices
    ) -> None:
        self._ours, self._theirs = ours, theirs
        self._kind = kind
        self._choices = choices
        self.found = Identities()

    def earlier(self) -> None:
        """What was recognised when the file was brought in before."""
        for (counts,) in self._ours.execute("SELECT counts FROM merged_copy"):
            for table, pairs in json.loads(counts or "{}").get("same", {}).items():
                there = set(rows_of(self._ours, table, [bytes.fromhex(v) for v in pairs.values()]))
                for key, here in pairs.items():
                    if bytes.fromhex(here) in there:
                        self.found.same[table][bytes.fromhex(key)] = bytes.fromhex(here)

    def _unknown(self, table: str) -> tuple[dict[Key, Row], dict[Key, Row]]:
        """Rows here that the other file lacks, and rows there that are not known here."""
        here, there = rows_of(self._ours, table), rows_of(self._theirs, table)
        # A row here is one row there; but a third copy may have made it too.
        matched = {row for key, row in self.found.same[table].items() if key in there}
        mine = {k: row for k, row in here.items() if k not in there and k not in matched}
        others = {
            key: self.found.adopt(table, row)
            for key, row in there.items()
            if key not in here and key not in self.found.same[table]
        }
        return mine, others

    def by(self, table: str, what: Callable[[Row], Hashable]) -> None:
        """Recognise rows by what they are; None: by nothing."""
        mine, others = self._unknown(table)
        if not others:
            return
        known: dict[Hashable, Key] = {}
        for key in sorted(mine):
            sign = what(mine[key])
            if sign is not None:
                known.setdefault(sign, key)
        for key in sorted(others):
            sign = what(others[key])
            if sign in known:
                self.found.same[table][key] = known.pop(sign)

    def documents(self, our_text: Texts, their_text: Texts) -> None:
        """By the words; in projects that were never one, also by title and aligned text."""
        mine, others = self._unknown("document")
        prints = {
            row["fingerprint"]: key for key, row in sorted(mine.items()) if row["fingerprint"]
        }
        titles = {row["title"].casefold(): key for key, row in sorted(mine.items())}
        taken: set[Key] = set()
        for key, row in sorted(others.items()):
            match = prints.pop(row["fingerprint"], None)
            if match is None and self._kind is FileKind.OTHER:
                match = titles.get(row["title"].casefold())
                if match in taken:
                    match = None
            if match is None:
                continue
            alignment = align(their_text(key), our_text(match))
            if not alignment.close:
                self.found.refused[key] = alignment.similarity
                continue
            if row["fingerprint"] != mine[match]["fingerprint"]:
                self.found.by_title.add(key)
            taken.add(match)
            self.found.same["document"][key] = match
        for key, here in self.found.same["document"].items():
            if key not in self.found.aligned and rows_of(self._theirs, "document", [key]):
                alignment = align(their_text(key), our_text(here))
                if alignment.close:
                    self.found.aligned[key] = alignment
                else:
                    self.found.refused[key] = alignment.similarity

    def coders(self) -> None:
        """A coder of the same name is another person until somebody says it is the same."""
        mine, others = self._unknown("coder")
        names = {row["name"].casefold(): key for key, row in rows_of(self._ours, "coder").items()}
        there = rows_of(self._theirs, "coder")
        taken = set(names) | {row["name"].casefold() for row in there.values()}
        for key, row in sorted(others.items()):
            match = names.get(row["name"].casefold())
            if match is None:
                continue
            name = f"coder:{key.hex()}"
            if match in mine:
                self.found.conflicts.append(
                    Conflict(
                        name,
                        ConflictKind.CODER,
                        row["name"],
                        "",
                        row["name"],
                        row["name"],
                        Side.HERE,
                    )
                )
                if self._choices.get(name) is Side.THERE:
                    self.found.same["coder"][key] = match
                    continue
            # Two people: the one who was added first keeps the name.
            free = _free(row["name"], taken)
            taken.add(free.casefold())
            self.found.renamed[max(key, match)] = free

    def codes(self) -> None:
        """Codes of one name in one place: in projects that were never one they are the same,
        in copies that both made one a person says so."""
        mine, others = self._unknown("code")
        places = {
            (row["parent_id"], row["name"].casefold()): key
            for key, row in sorted(mine.items())
            if row["merged_into"] is None
        }
        # From the top down: a code lies where its parent lies here.
        waiting = sorted(others)
        while waiting:
            left = []
            for key in waiting:
                row = self.found.adopt("code", others[key])
                parent = others[key]["parent_id"]
                if parent in others and parent in waiting and parent != key:
                    left.append(key)
                    continue
                match = places.get((row["parent_id"], row["name"].casefold()))
                if match is None or row["merged_into"] is not None:
                    continue
                if self._kind is not FileKind.OTHER:
                    name = f"code_name:{key.hex()}"
                    self.found.about[name] = row
                    self.found.conflicts.append(
                        Conflict(
                            name,
                            ConflictKind.CODE_NAME,
                            row["name"],
                            "",
                            mine[match]["definition"],
                            row["definition"],
                            Side.HERE,
                        )
                    )
                    if self._choices.get(name) is not Side.THERE:
                        continue
                del places[(row["parent_id"], row["name"].casefold())]
                self.found.same["code"][key] = match
            if len(left) == len(waiting):
                break  # a loop of parents; ``check`` names it
            waiting = left


def _free(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name} ({number})".casefold() in taken:
        number += 1
    return f"{name} ({number})"


def stored(found: Identities) -> dict[str, dict[str, str]]:
    """What was recognised, to be kept with the merge."""
    return {
        table: {key.hex(): here.hex() for key, here in pairs.items()}
        for table, pairs in found.same.items()
        if pairs
    }


def named(key: Key) -> str:
    """An id as it is written in keys of choices."""
    return UUID(bytes=key).hex
