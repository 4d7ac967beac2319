"""What is compared over all that came together: the mended texts, and what earlier merges left
open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.services.merging import past_rows
from ikt_coder.services.merging.mending import TextSide, aligned_text, merged_text
from ikt_coder.services.merging.past_rows import Key, RowChange, rows_of
from ikt_coder.services.merging.texts import TextMerge

if TYPE_CHECKING:
    from ikt_coder.services.merging.comparing import Comparison


def compare_texts(found: Comparison) -> None:
    """Unite the texts of documents that both have; spans are carried through them after."""
    edits = found.changes.get("document_edit", {})
    refused = found.same.refused
    for (key,) in found.theirs.execute("SELECT id FROM document"):
        here = found.same.here("document", key)
        if here not in found.titles or key in refused:
            continue
        if here != key:
            alignment = found.same.aligned[key]
            found.outcome.texts[here] = aligned_text(here, found.our_texts, alignment)
            continue
        merge = _text(found, key, edits)
        if merge is None:
            refused[key] = 0.0
            continue
        found.outcome.texts[key] = merge
        found.outcome.conflicts += merge.conflicts
        found.outcome.left += [(key, left) for left in merge.left]
        found.outcome.edits |= merge.rows


def _text(found: Comparison, key: Key, edits: Mapping[Key, RowChange]) -> TextMerge | None:
    ours, theirs = (
        TextSide(
            key,
            found.titles[key],
            texts,
            open_.contested.get(key, ()),
            frozenset(open_.rejected.get(key, ())),
        )
        for texts, open_ in (
            (found.our_texts, found.our_open),
            (found.their_texts, found.their_open),
        )
    )
    mine = {mark.id for mark in ours.marks}
    missing = {mark.id.bytes for mark in theirs.marks if mark.id not in mine}
    known = {
        UUID(bytes=k)
        for k in missing
        if found.parting.theirs_known is not None
        and (k not in edits or edits[k].before is not None)
    }
    known |= {UUID(bytes=k) for k in past_rows.dropped(found.ours, "document_edit", missing)}
    taken_back = {
        UUID(bytes=k)
        for k, change in edits.items()
        if change.now is None and change.before is not None
    } & mine
    return merged_text(ours, theirs, known, taken_back, found.choices)


def reopen(found: Comparison) -> None:
    """Look anew at the deletes that earlier merges held back, here and there."""
    for table, keys in found.our_open.gone.items():
        here = set(rows_of(found.ours, table, keys)) - found.outcome.deletes[table]
        for key in here:
            change = found.changes.get(table, {}).get(key)
            if change is None or change.before is None or change.now is None:
                found.outcome.deletes[table].add(key)
            elif found.changed_there(table, change.before, change.now):
                found.outcome.held.append((table, key))
            else:
                found.outcome.deletes[table].add(key)
    for table, keys in found.their_open.gone.items():
        rows = rows_of(found.ours, table, keys)
        parted = found.at_parting(table, rows.values())
        for key, mine in rows.items():
            if key not in parted or key in found.outcome.deletes[table]:
                continue
            if found.changed_here(table, parted[key], mine):
                found.outcome.held.append((table, key))
            else:
                found.outcome.deletes[table].add(key)
    for table, key in found.our_open.strong | found.their_open.strong:
        found.outcome.deletes[table].discard(key)
        if rows_of(found.ours, table, [key]):
            found.outcome.held.append((table, key))
