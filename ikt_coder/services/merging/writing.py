"""Writing a merge within one operation, many rows with each statement."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from ikt_coder.core.edit_sequences import carry_edges, carry_points
from ikt_coder.core.errors import Cancelled
from ikt_coder.core.span import TextEdit
from ikt_coder.services.merging.outcome import Outcome
from ikt_coder.services.merging.past_rows import Key, Row, chunks, columns, marks, rows_of
from ikt_coder.services.merging.table_rules import SPANS
from ikt_coder.services.merging.texts import TextMerge

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]

_AT_ONCE = 2000


class Writer:
    """Writes an outcome with the driver of the operation under way."""

    def __init__(
        self,
        driver: sqlite3.Connection,
        outcome: Outcome,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> None:
        self._driver = driver
        self._out = outcome
        self._progress, self._cancel = progress, cancel
        self._done, self._all = 0, max(1, outcome.rows)

    def write(self) -> None:
        """Write everything; raises Cancelled where ``cancel`` says so."""
        for text in self._out.texts.values():
            if text.changes_text or text.moved:
                self._text(text)
            if text.aside:
                self._remember(text)
        for table, rows in self._out.inserts.items():
            earlier = self._out.earlier.get(table, {})
            self.insert(
                table, [earlier[key][0] if key in earlier else row for key, row in rows.items()]
            )
            self._grow(
                table, {key: [*earlier[key][1:], rows[key]] for key in earlier if key in rows}
            )
        for table, changed in self._out.updates.items():
            self._update(table, changed)
        for table, keys in self._out.deletes.items():
            for some in chunks(keys):
                self._driver.execute(
                    f'DELETE FROM "{table}" WHERE id IN ({marks(len(some))})', some
                )
                self._step(len(some))
        for table, records in self._out.records.items():
            self.insert(table, records)

    def _step(self, count: int) -> None:
        if self._cancel is not None and self._cancel():
            raise Cancelled
        self._done += count
        if self._progress is not None:
            self._progress(min(self._done, self._all), self._all)

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        names = columns(table)
        listed = ", ".join(f'"{name}"' for name in names)
        statement = f'INSERT INTO "{table}"({listed}) VALUES ({marks(len(names))})'
        for some in chunks(rows, _AT_ONCE):
            self._driver.executemany(statement, [[row[name] for name in names] for row in some])
            self._step(len(some))

    def _grow(self, table: str, versions: dict[Key, list[Row]]) -> None:
        """Change new rows as they were changed in the other file."""
        names = [name for name in columns(table) if name != "id"]
        for key, rows in versions.items():
            for row in rows:
                update(self._driver, table, names, [[*(row[name] for name in names), key]])

    def _update(self, table: str, changed: dict[Key, Row]) -> None:
        by_columns: dict[tuple[str, ...], list[list[Any]]] = defaultdict(list)
        for key, values in changed.items():
            if values:
                by_columns[tuple(sorted(values))].append(
                    [*(values[n] for n in sorted(values)), key]
                )
        for names, rows in by_columns.items():
            update(self._driver, table, names, rows)
            self._step(len(rows))

    def _text(self, text: TextMerge) -> None:
        """Edits, and every span of the document in the text they make."""
        driver, document = self._driver, text.document
        self._spans(text)
        driver.executemany("DELETE FROM document_edit WHERE id = ?", [(k,) for k in text.gone])
        update(driver, "document_edit", ("at",), [[at, key] for key, at in text.moved.items()])
        if not text.changes_text:
            return
        (revision,) = driver.execute(
            "SELECT revision FROM document WHERE id = ?", (document,)
        ).fetchone()
        self.insert(
            "document_edit",
            [
                {**self._out.edits[key], "revision": revision + 1, "step": step, "at": at}
                for step, (key, at) in enumerate(text.new)
            ],
        )
        words = self._merged_text(document)
        update(
            driver,
            "document",
            ("revision", "length", "words"),
            [[revision + 1, len(words), len(words.split()), document]],
        )

    def _remember(self, text: TextMerge) -> None:
        """Let the journal know edits that gave way before they came: should the version that
        stands give way to a third copy's, they are to be had."""
        rows = [self._out.edits[key] for key in text.aside]
        self.insert("document_edit", [{**row, "revision": 0} for row in rows])
        self._driver.executemany(
            "DELETE FROM document_edit WHERE id = ?", [(key,) for key in text.aside]
        )

    def _merged_text(self, document: Key) -> str:
        (text,) = self._driver.execute(
            "SELECT text FROM document_text WHERE document_id = ?", (document,)
        ).fetchone()
        for at, removed, inserted in self._driver.execute(
            "SELECT at, removed, inserted FROM document_edit WHERE document_id = ?"
            " ORDER BY revision, step",
            (document,),
        ):
            text = TextEdit(at, removed, inserted).apply(text)
        return str(text)

    def _spans(self, text: TextMerge) -> None:
        for table, names in SPANS.items():
            rows = [
                row
                for row in rows_of(self._driver, table, [text.document], "document_id").values()
                if row["start"] is not None
            ]
            edges = carry_edges([(r["start"], r["end"]) for r in rows], text.ours, text.final)
            words = [0] * len(rows)
            if "words_start" in names:
                points = [row["words_start"] for row in rows]
                words = carry_points(points, text.ours, text.final)
            moved = []
            for row, (start, end), first in zip(rows, edges, words, strict=True):
                origin = text.origins.get((table, row["id"]))
                values = [start, end]
                if origin is not None:
                    values = list(origin.carried(text.final))
                elif "words_start" in names:
                    values.append(min(max(first, start), end))
                if values != [row[name] for name in names]:
                    moved.append([*values, row["id"]])
            update(self._driver, table, names, moved)


def update(
    driver: sqlite3.Connection, table: str, names: Iterable[str], rows: list[list[Any]]
) -> None:
    """Set columns of rows; each row is the values in order and then the id."""
    if rows:
        assigned = ", ".join(f'"{name}" = ?' for name in names)
        driver.executemany(f'UPDATE "{table}" SET {assigned} WHERE id = ?', rows)
