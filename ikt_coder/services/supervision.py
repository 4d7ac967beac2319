"""The supervision sheet: one page of what became of the analysis since the last talk."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.report import (
    AnswerSpace,
    Block,
    Heading,
    Report,
    Voice,
    bold,
    bullets,
    italic,
    prose,
)
from ikt_coder.core.span import Span
from ikt_coder.core.table import Run
from ikt_coder.core.words import DocumentStatus, Flag
from ikt_coder.services.attribution import Attribution
from ikt_coder.services.changes_since import Change, Changes, Since
from ikt_coder.services.coded_transcripts import clock

if TYPE_CHECKING:
    from ikt_coder.services.project import Project
    from ikt_coder.services.rows import CodingRow

FORTNIGHT = timedelta(days=14)

# What one page holds, at the sizes of a compact report: measured on US Letter, where the
# page is shorter than A4, with some lines kept back for words that run wider than most.
_LINES, _CHARACTERS = 64, 114
_HEADING_LINES = 1.5
_ANSWER_LINES, _FEWEST_ANSWERS, _MOST_ANSWERS = 1.55, 4, 10
_QUOTED, _REMARK, _WORDING, _NAME, _MARGINAL = 190, 220, 110, 70, 90
_CONTEXT = 45  # code points on either side of an unsure coding
_LISTED = 60  # unsure codings that are worded; no page holds more

Item = tuple[str | Run, ...]


@dataclass(slots=True)
class _Section:
    """A heading with a list that can be cut; ``lead`` stands before the list."""

    heading: str
    items: list[Item]
    nothing: str
    lead: str = ""
    shown: int = field(init=False)

    def __post_init__(self) -> None:
        self.shown = len(self.items)

    def lines(self) -> float:
        texts = [_text(item) for item in self.items[: self.shown]]
        total = _HEADING_LINES + sum(_lines(text) for text in texts)
        if self.lead:
            total += _lines(self.lead)
        return total + (1 if self.shown < len(self.items) or not self.items else 0)

    def blocks(self) -> list[Block]:
        made: list[Block] = [Heading(self.heading)]
        if self.lead:
            made.append(prose(self.lead))
        if not self.items:
            if not self.lead:
                made.append(prose(self.nothing, voice=Voice.NOTE))
            return made
        rest = len(self.items) - self.shown
        more: list[Item] = [(italic(f"and {rest} more"),)] if rest else []
        made.append(bullets([*self.items[: self.shown], *more]))
        return made


def supervision_sheet(
    project: Project,
    since: datetime | None = None,
    *,
    initials: bool = False,
    now: datetime | None = None,
) -> Report:
    """What changed since a moment, by default two weeks ago, on one page.

    Codings and memos are those the present coder may see. ``initials`` names coders by their
    initials only. Lists are cut where they would not fit and say how many more there are.
    """
    now = now or datetime.now(UTC)
    since = since or now - FORTNIGHT
    sheet = _Sheet(project, since, now, initials)
    sections = [sheet.codebook(), sheet.themes(), sheet.questions(), sheet.unsure()]
    standing = sheet.standing()
    notes = sheet.notes()
    fixed = 5.0 + sum(_lines(_text(item)) for item in standing) + _HEADING_LINES
    fixed += sum(_lines(note) for note in notes)
    answers = _fit(sections, _LINES - fixed)
    blocks: list[Block] = [Heading("Where the work stands"), bullets(standing)]
    for section in sections:
        blocks += section.blocks()
    blocks += [prose(note, voice=Voice.NOTE) for note in notes]
    blocks.append(Heading("Answers"))
    blocks.append(AnswerSpace("", answers))
    return Report(
        title="Supervision sheet",
        subtitle=f"{project.card.get().name} · {_day(since)} to {_day(now)}",
        blocks=tuple(blocks),
        compact=True,
    )


def _fit(sections: Sequence[_Section], room: float) -> int:
    """Cut the longest list again and again until all fit; returns the lines for answers."""
    least = _HEADING_LINES + _FEWEST_ANSWERS * _ANSWER_LINES
    while sum(section.lines() for section in sections) + least > room:
        longest = max(
            (section for section in sections if section.shown > 1),
            key=_Section.lines,
            default=None,
        )
        if longest is None:
            break
        longest.shown -= 1
    left = room - sum(section.lines() for section in sections) - _HEADING_LINES
    return max(_FEWEST_ANSWERS, min(_MOST_ANSWERS, int(left / _ANSWER_LINES)))


class _Sheet:
    """What the sheet says, section by section."""

    def __init__(self, project: Project, since: datetime, now: datetime, initials: bool) -> None:
        self.project = project
        self.since = since
        self.now = now
        self.past = Since(project, since)
        self.codes = {row.id: row for row in project.codes.all(counted=False)}
        self.codings = self._in_sight(project.codings.of_codes(self.codes, coder=None))
        self.coders = {
            row.id: row.initials if initials else row.name for row in project.coders.everyone()
        }
        self.changes = self.past.codes()

    def _in_sight(self, rows: Iterable[CodingRow]) -> list[CodingRow]:
        """Those of the coders whose work the present coder may see, document by document."""
        seen: dict[UUID, frozenset[UUID]] = {}
        found = []
        for row in rows:
            if row.document not in seen:
                seen[row.document] = self.project.sight.coders(row.document)
            if row.coder in seen[row.document]:
                found.append(row)
        return found

    def standing(self) -> list[Item]:
        """Documents by status, codes and themes, codings of each coder."""
        documents = self.project.documents.all()
        by_status = Counter(row.status for row in documents)
        words = {
            DocumentStatus.CODED: "coded",
            DocumentStatus.IN_PROGRESS: "in progress",
            DocumentStatus.TO_DO: "to do",
        }
        statuses = ", ".join(f"{by_status[s]} {words[s]}" for s in words if by_status[s])
        usable = sum(row.applicable for row in self.codes.values())
        used = len({row.code for row in self.codings})
        themes = self.project.themes.names()
        new = Counter(row.coder for row in self.codings if row.created >= self.since)
        everything = Counter(row.coder for row in self.codings)
        each = ", ".join(
            f"{name} {new[key]} (of {everything[key]})"
            for key, name in self.coders.items()
            if everything[key]
        )
        counts: Item = (
            bold("Documents: "),
            f"{len(documents)}{f' ({statuses})' if statuses else ''}. ",
            bold("Codes: "),
            f"{usable}, {used} of them used. ",
            bold("Themes: "),
            f"{len(themes)}.",
        )
        codings: Item = (bold("Codings since then: "), f"{each or 'none'}.")
        return [counts, codings]

    def codebook(self) -> _Section:
        return _Section("Codebook", list(_told(self.changes)), "No code was changed.")

    def themes(self) -> _Section:
        return _Section("Themes", list(_told(self.past.themes())), "No theme was changed.")

    def questions(self) -> _Section:
        """Memos marked *ask*, the newest first, each with its place and writer."""
        items: list[Item] = []
        for memo in self.project.memos.all():
            if not memo.ask:
                continue
            title = memo.title.rstrip(".")
            stop = "" if title.endswith(("?", "!", "…")) else "."
            said = f"{title}{stop} {memo.text}" if title else memo.text
            place = self._place(memo.document, memo.code, memo.theme, memo.coding)
            who = self.coders.get(memo.coder, "") if memo.coder else ""
            about = ", ".join(part for part in (place, who, _short_day(memo.changed)) if part)
            items.append((_cut(said, _REMARK), italic(f" ({about})")))
        return _Section("Questions (memos marked “ask”)", items, "No memo is marked “ask”.")

    def unsure(self) -> _Section:
        """Codings marked unsure since then, with their words and what stands around them."""
        marked = [row for row in self.codings if Flag.UNSURE in row.flags]
        fresh = [row for row in marked if row.created >= self.since]
        fresh.sort(key=lambda row: row.created, reverse=True)
        items: list[Item] = []
        attribution = Attribution(self.project, {row.document for row in fresh[:_LISTED]})
        titles = self._titles()
        for row in fresh[:_LISTED]:
            words = self._spoken(attribution, row.document, row.span)
            before = self._spoken(
                attribution, row.document, Span(max(0, row.span.start - _CONTEXT), row.span.start)
            )
            after = self._spoken(
                attribution, row.document, Span(row.span.end, row.span.end + _CONTEXT)
            )
            before, after = before.partition(" ")[2], after.rpartition(" ")[0]
            started = attribution.of(row.document, row.span).start_ms
            when = f" {clock(started)}" if started is not None else ""
            sign = f"{row.valence.sign} " if row.valence else ""
            who = self.coders.get(row.coder, "") if row.coder else "Consensus"
            item: list[str | Run] = [bold(f"{sign}{_cut(self.codes[row.code].name, _NAME)}: ")]
            if before:
                item.append(italic(f"… {before} "))
            item.append(f"“{_cut(words, _QUOTED)}”")
            if after:
                item.append(italic(f" {after} …"))
            item.append(italic(f" ({titles.get(row.document, '')}{when}, {who})"))
            if row.memo:
                item.append(f" {_cut(row.memo, _MARGINAL)}")
            items.append(tuple(item))
        items += [()] * (len(fresh) - len(items))  # counted, never printed
        older = len(marked) - len(fresh)
        lead = ""
        if older:
            still = "coding is" if older == 1 else "codings are"
            lead = f"{older} older {still} still marked unsure."
        return _Section("Unsure codings", items, "No coding since then is marked unsure.", lead)

    def notes(self) -> list[str]:
        sealed = self.project.sight.sealed_note()
        told = [sealed] if sealed else []
        if self.past.cut_short:
            told.append(
                "What happened before the last erasure or compacting of the file cannot be told."
            )
        return told

    def _spoken(self, attribution: Attribution, document: UUID, span: Span) -> str:
        """The words of a span in one line, without the labels of the transcript."""
        text = self.project.texts.get(document)
        end = min(span.end, len(text))
        pieces = attribution.spoken(document, Span(min(span.start, end), end))
        return _flat(" ".join(text[piece.start : piece.end] for piece, _ in pieces))

    def _place(
        self, document: UUID | None, code: UUID | None, theme: UUID | None, coding: UUID | None
    ) -> str:
        if theme is not None:
            return f"theme “{_cut(self.project.themes.names().get(theme, ''), _NAME)}”"
        if code is not None and code in self.codes:
            return f"code “{_cut(self.codes[code].name, _NAME)}”"
        if coding is not None:
            found = self.project.codings.many([coding])
            if found and found[0].code in self.codes:
                return f"coding “{_cut(self.codes[found[0].code].name, _NAME)}”"
        if document is not None:
            return self._titles().get(document, "")
        return ""

    def _titles(self) -> dict[UUID, str]:
        return {row.id: row.title for row in self.project.documents.all()}


def _told(changes: Changes) -> Iterable[Item]:
    """Changes as items of a list, what matters most for a talk first."""
    for sources, target in changes.merged:
        yield bold("Merged: "), f"{_names(sources)} → {_cut(target, _NAME)}"
    for name, made, count in changes.split:
        codings = f" ({count} coding{'' if count == 1 else 's'})" if count else ""
        yield bold("Split: "), f"{_cut(name, _NAME)} → {_cut(made, _NAME)}{codings}"
    if changes.new:
        yield bold(f"New ({len(changes.new)}): "), _names(changes.new)
    yield from map(_changed, changes.changed)
    for before, after in changes.renamed:
        yield bold("Renamed: "), f"{_cut(before, _NAME)} → {_cut(after, _NAME)}"
    for name, before, after in changes.moved:
        yield (
            bold("Moved: "),
            f"{_cut(name, _NAME)}, from {_cut(before, _NAME) or 'the top'} "
            f"to {_cut(after, _NAME) or 'the top'}",
        )
    for name, count in changes.added:
        yield bold("Framework added: "), f"{name} ({count} codes)"
    if changes.removed:
        yield bold(f"Removed ({len(changes.removed)}): "), _names(changes.removed)


def _changed(change: Change) -> Item:
    lead = bold(f"{_cut(change.name, _NAME)}, {change.field}: ")
    before, after = _flat(change.before), _flat(change.after)
    if not before:
        return lead, f"now “{_cut(after, 2 * _WORDING)}”"
    if not after:
        return lead, italic("before "), f"“{_cut(before, _WORDING)}”", italic(", now empty")
    return (
        lead,
        italic("before "),
        f"“{_cut(before, _WORDING)}”",
        italic(", now "),
        f"“{_cut(after, _WORDING)}”",
    )


def _names(names: Sequence[str], most: int = 12) -> str:
    listed = ", ".join(_cut(name, _NAME) for name in names[:most])
    return f"{listed} and {len(names) - most} more" if len(names) > most else listed


def _flat(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str, most: int) -> str:
    """One line of at most ``most`` code points, cut at a word where there is one."""
    line = _flat(text)
    if len(line) <= most:
        return line
    return (line[:most].rsplit(" ", 1)[0] or line[:most]).rstrip(",;:") + "…"


def _text(item: Item) -> str:
    return "".join(piece if isinstance(piece, str) else piece.text for piece in item)


def _lines(text: str) -> int:
    # Signs of East Asian scripts and emoji are twice as wide.
    width = sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)
    return max(1, math.ceil(width / _CHARACTERS))


def _day(moment: datetime) -> str:
    day: date = moment.astimezone().date()
    return f"{day.day} {day:%B %Y}"


def _short_day(moment: datetime) -> str:
    day = moment.astimezone().date()
    return f"{day.day} {day:%B}"
