"""What changed between two versions of the codebook, as people read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.errors import NotFound
from ikt_coder.core.frozen import frozen
from ikt_coder.core.table import Cell, Column, Run, Table, cell
from ikt_coder.core.word_changes import Fate, word_changes
from ikt_coder.services.round_rows import (
    ChangeKind,
    CodeAtVersion,
    CodebookVersionRow,
    CodeChange,
)

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

FIELDS = {
    "definition": "definition",
    "include": "when to use",
    "exclude": "when not to use",
    "example": "example",
    "source_wording": "source wording",
    "source_page": "page of the source",
}


class Act(StrEnum):
    """What became of a code."""

    ADDED = "added"
    REMOVED = "removed"
    MERGED = "merged"
    RENAMED = "renamed"
    MOVED = "moved"
    REWORDED = "reworded"


@frozen
class Reworded:
    """A field of a code that reads otherwise."""

    field: str
    before: str
    after: str


@frozen
class ReadableChange:
    """A code that changed, with everything that became of it. ``name`` is its later name,
    ``was`` its earlier one; ``place`` and ``was_at`` say where it lay, ``into`` names the code
    it was merged into."""

    code: UUID
    acts: tuple[Act, ...]
    name: str
    was: str
    place: tuple[str, ...] = ()
    was_at: tuple[str, ...] = ()
    into: str = ""
    wording: tuple[Reworded, ...] = ()


def readable_changes(
    project: Project, before: UUID, after: UUID | None = None
) -> tuple[ReadableChange, ...]:
    """The codes that changed from one version to another (None: the codebook of now). A code
    below one that was renamed or moved did not change by that itself. Raises NotFound."""
    versions = project.codebook_versions
    later = versions.now() if after is None else versions.content(after)
    names = {code.id: code.name for code in (*versions.content(before), *later)}
    found = (_readable(change, names) for change in versions.changes(before, after))
    return tuple(change for change in found if change is not None)


def _readable(change: CodeChange, names: dict[UUID, str]) -> ReadableChange | None:
    was, now = change.before, change.after
    if change.kind is ChangeKind.ADDED and now is not None:
        return ReadableChange(
            change.code, (Act.ADDED,), now.name, "", now.path[:-1], (), "", _worded(None, now)
        )
    if change.kind in (ChangeKind.REMOVED, ChangeKind.MERGED) and was is not None:
        merged = change.kind is ChangeKind.MERGED
        into = names.get(change.into, "") if change.into else ""
        act = Act.MERGED if merged else Act.REMOVED
        return ReadableChange(change.code, (act,), was.name, was.name, (), was.path[:-1], into)
    if was is None or now is None:
        return None
    acts = []
    if was.name != now.name:
        acts.append(Act.RENAMED)
    if was.parent != now.parent:
        acts.append(Act.MOVED)
    wording = _worded(was, now)
    if wording:
        acts.append(Act.REWORDED)
    if not acts:
        return None
    return ReadableChange(
        change.code,
        tuple(acts),
        now.name,
        was.name,
        now.path[:-1],
        was.path[:-1],
        wording=wording,
    )


def _worded(was: CodeAtVersion | None, now: CodeAtVersion) -> tuple[Reworded, ...]:
    found = []
    for field in FIELDS:
        before = str(getattr(was, field)) if was is not None else ""
        after = str(getattr(now, field))
        if before != after:
            found.append(Reworded(field, before, after))
    return tuple(found)


def compared(
    project: Project, wanted: tuple[UUID, UUID | None] | None
) -> tuple[CodebookVersionRow, CodebookVersionRow | None] | None:
    """The versions a report compares: those wanted, else the newest one with the codebook of
    now, or where they are equal the two newest; None where none was kept. Raises NotFound
    where one that is wanted is not in the project."""
    versions = project.codebook_versions
    rows = {row.id: row for row in versions.all()}
    if wanted is not None:
        before, after = wanted
        if before not in rows or (after is not None and after not in rows):
            raise NotFound("This version of the codebook is not in the project.")
        return rows[before], rows[after] if after is not None else None
    if not rows:
        return None
    ordered = list(rows.values())
    current = versions.current()
    if current is not None and len(ordered) > 1:
        at = [row.id for row in ordered].index(current.id)
        if at:
            return ordered[at - 1], ordered[at]
    return ordered[-1], None


def changes_table(project: Project, wanted: tuple[UUID, UUID | None] | None = None) -> Table:
    """What changed, one row for each code and field. Words that are gone stand in square
    brackets and in italics under Before, new ones in square brackets and bold under After."""
    two = compared(project, wanted)
    rows: list[tuple[Cell, ...]] = []
    title, said, empty = "Changes of the Codebook", [], "No version of the codebook was kept yet."
    if two is not None:
        before, after = two
        for change in readable_changes(project, before.id, after.id if after else None):
            rows += _rows(change)
        later = f"Version {after.number}" if after is not None else "Now"
        title, empty = f"{title} From Version {before.number} to {later}", "Nothing changed."
        said = [
            f"{_named(before)} {'and' if after else 'held against the codebook of now'}"
            f"{' ' + _named(after) if after else ''}. Words that are gone stand in [brackets] and "
            "italics under Before, new words in [brackets] and bold under After. Codes below one "
            "that was renamed or moved are not listed for that alone. "
            f"Made on {_day(date.today())}.",
            project.sight.sealed_note(),
        ]
    return Table(
        title=title,
        columns=(
            Column((Run("Code"),), width=1.4),
            Column((Run("What changed"),), width=1.2),
            Column((Run("Before"),), width=2.6),
            Column((Run("After"),), width=2.6),
        ),
        rows=tuple(rows),
        note=tuple((Run(text),) for text in said if text),
        description="The codes that changed, with both wordings.",
        empty=empty,
    )


def _rows(change: ReadableChange) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    nothing = cell("")
    for act in change.acts:
        if act is Act.ADDED:
            rows.append((nothing, cell("added"), nothing, cell(_place(change.place))))
        elif act is Act.REMOVED:
            rows.append((nothing, cell("removed"), cell(_place(change.was_at)), nothing))
        elif act is Act.MERGED:
            rows.append((nothing, cell("merged"), cell(change.was), cell(f"into {change.into}")))
        elif act is Act.RENAMED:
            rows.append((nothing, cell("renamed"), cell(change.was), cell(change.name)))
        elif act is Act.MOVED:
            where = cell(_place(change.was_at)), cell(_place(change.place))
            rows.append((nothing, cell("moved"), *where))
    for field in change.wording:
        gone, new = marked(field.before, field.after)
        rows.append((nothing, cell(FIELDS[field.field]), gone, new))
    name = Cell(((Run(change.name, bold=True),),))
    return [(name if at == 0 else nothing, *row[1:]) for at, row in enumerate(rows)]


def _place(path: Sequence[str]) -> str:
    return f"below {' › '.join(path)}" if path else "at the top"


def marked(before: str, after: str) -> tuple[Cell, Cell]:
    """Both wordings, what differs in brackets; a wording that is all new or all gone needs no
    marks."""
    if not before.strip() or not after.strip():
        return cell(*before.split("\n")), cell(*after.split("\n"))
    gone: list[Run] = []
    new: list[Run] = []
    for words in word_changes(before, after):
        if words.fate is Fate.SAME:
            gone.append(Run(words.text))
            new.append(Run(words.text))
        elif words.fate is Fate.GONE:
            gone += _bracketed(words.text, italic=True)
        else:
            new += _bracketed(words.text, bold=True)
    return Cell((tuple(gone),)), Cell((tuple(new),))


def _bracketed(text: str, *, bold: bool = False, italic: bool = False) -> list[Run]:
    """Brackets around the words; spaces at the ends stay outside."""
    inner = text.strip()
    if not inner:
        return [Run(text)]
    lead = text[: len(text) - len(text.lstrip())]
    trail = text[len(text.rstrip()) :]
    return [
        *([Run(lead)] if lead else []),
        Run(f"[{inner}]", bold=bold, italic=italic),
        *([Run(trail)] if trail else []),
    ]


def _named(row: CodebookVersionRow) -> str:
    note = f" (“{row.note}”)" if row.note else ""
    return f"Version {row.number}, kept on {_day(row.at.astimezone().date())}{note}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
