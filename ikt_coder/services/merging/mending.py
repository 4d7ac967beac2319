"""Uniting the edits of a text that both files have.

The state of a text is the sequence of its edits. What both share is brought to the front of
both; the other file's own edits are made after ours, with their ids, so that a third copy knows
them. Where both mended one place it is a conflict: the version with the earlier edit stands
unless a person chooses (``contests``), and the edits of the other version are set aside.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from ikt_coder.core.alignment import Alignment, align
from ikt_coder.core.edit_sequences import EditMark, over, part, places, version
from ikt_coder.core.frozen import frozen
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.services.merging.contests import (
    Contested,
    Version,
    contested,
    contests,
    fought_over,
    in_order,
    standing,
    versions,
)
from ikt_coder.services.merging.past_rows import Key
from ikt_coder.services.merging.rows import Conflict, ConflictKind, Left, Reason, Side
from ikt_coder.services.merging.texts import FileTexts, TextMerge

Words = Mapping[UUID, tuple[str, str]]


@frozen
class TextSide:
    """A text in one of the two files. ``contested`` are versions of its places that an earlier
    merge decided between, ``rejected`` edits a person decided against."""

    document: Key
    title: str
    texts: FileTexts
    contested: tuple[Contested, ...] = ()
    rejected: frozenset[UUID] = frozenset()

    @property
    def marks(self) -> list[EditMark]:
        return self.texts.marks(self.document)

    @property
    def text(self) -> str:
        return self.texts.text(self.document)

    @property
    def aside(self) -> frozenset[UUID]:
        """Edits that gave way here."""
        return frozenset().union(*(each.ids for each in self.contested if not each.stands))


def aligned_text(document: Key, ours: FileTexts, alignment: Alignment) -> TextMerge:
    """A document that was recognised by its words: the text here stays."""
    marks = ours.marks(document)
    return TextMerge(document, marks, [], marks, alignment=alignment)


def merged_text(
    ours: TextSide,
    theirs: TextSide,
    known: Collection[UUID],
    taken_back: Collection[UUID],
    choices: Mapping[str, Side],
) -> TextMerge | None:
    """Unite the edits of a text that both files have under one id.

    ``known`` are edits of the other file that this one knew and has no more: they stay away.
    ``taken_back`` are edits here that the other file took back. None where the texts cannot be
    brought together.
    """
    mine, others = ours.marks, theirs.marks
    news = {each.ids for each in theirs.contested} - {each.ids for each in ours.contested}
    if mine == others and not news and theirs.rejected <= ours.rejected:
        merge = TextMerge(ours.document, mine, others, mine, contested=ours.contested)
        merge.rejected = set(ours.rejected)
        return merge
    union = _Union(ours, theirs)
    if not union.common:
        return _by_alignment(ours, theirs)
    return union.merged(set(known) - ours.aside, set(taken_back) - theirs.aside, choices)


class _Union:
    """Two states of a text over what both share: ``front`` here, and what each has alone."""

    def __init__(self, ours: TextSide, theirs: TextSide) -> None:
        self.ours, self.theirs = ours, theirs
        self.mine = {mark.id for mark in ours.marks}
        self.others = {mark.id for mark in theirs.marks}
        fought = frozenset().union(*(each.ids for each in (*ours.contested, *theirs.contested)))
        both = self.mine & self.others
        # Also what both have is compared once more where it was fought over.
        again = bool(fought & both) and self._parted(both - fought, same=True)
        self.common = again or self._parted(both)
        if self.common:
            self.base = _before(ours.text, self.only, ours.texts.words) or ""

    def _parted(self, ids: Collection[UUID], same: bool = False) -> bool:
        """Bring these edits to the front of both; False where that cannot be done, or where
        what both have behind them differs (``same``)."""
        ours, theirs = self.ours, self.theirs
        self.front, self.only = part(ours.marks, ids)
        front_there, self.only_there = part(theirs.marks, ids)
        if len(self.front) != len(ids) or len(front_there) != len(ids):
            return False
        base = _before(ours.text, self.only, ours.texts.words)
        base_there = _before(theirs.text, self.only_there, theirs.texts.words)
        if base is not None and base_there is not None and base != base_there:
            return False
        if not same:
            return True
        both = self.mine & self.others
        one, other = (
            {each.ids for each in versions(marks) if each.ids & both}
            for marks in (self.only, self.only_there)
        )
        return one == other

    def merged(
        self, known: set[UUID], taken_back: set[UUID], choices: Mapping[str, Side]
    ) -> TextMerge:
        ours, theirs = self.ours, self.theirs
        merge = TextMerge(ours.document, ours.marks, theirs.marks, ours.marks)
        merge.rejected = set(ours.rejected | theirs.rejected)
        taken_back |= theirs.rejected & self.mine
        only = {mark.id for mark in self.only}
        rest, back = part(self.only, only - taken_back)
        if {m.id for m in back} != only & taken_back or any(
            m.id not in ours.texts.words for m in back
        ):
            rest, back = self.only, []
            merge.left.append(Left("document", ours.title, Reason.MENDED_FURTHER))
        own = {mark.id for mark in self.only_there}
        allowed = {key for key in own - known - merge.rejected if key in theirs.texts.words}
        new, aside = part(self.only_there, allowed | (own & self.mine))
        if {m.id for m in aside} - known - merge.rejected:
            merge.left.append(Left("document", ours.title, Reason.RESTS_ON_OTHERS))
        every = self._versions(merge, rest, new)
        stand = self._decided(merge, every, rest, new, choices)
        stood = frozenset().union(*(each.ids for each in stand))
        rest, lost = part(rest, stood)
        gone = {mark.id for mark in (*back, *lost)}
        kept, _ = part(ours.marks, self.mine - gone)
        before = {mark.id: mark.at for mark in ours.marks}
        merge.moved = {mark.id.bytes: mark.at for mark in kept if mark.at != before[mark.id]}
        merge.gone = [key.bytes for key in gone]
        coming = in_order(each for each in stand if not each.ids <= self.mine)
        made = over(coming, rest)
        merge.new = [(mark.id.bytes, mark.at) for mark in made]
        merge.final = [*kept, *made]
        self._remember(merge, every, stand)
        return merge

    # -- versions -----------------------------------------------------------------------------

    def _versions(
        self, merge: TextMerge, rest: Sequence[EditMark], new: Sequence[EditMark]
    ) -> list[Version]:
        """Every version of every place: what stands in one of the files, and what gave way."""
        found = {each.ids: each for each in (*versions(rest), *versions(new))}
        there = self.theirs.texts.rows.get(merge.document, ())
        merge.rows = {row["id"]: row for row in there}
        for side in (self.ours, self.theirs):
            rows = side.texts.set_aside(side.aside)
            merge.rows |= {key.bytes: row for key, row in rows.items()}
            for each in side.contested:
                if each.ids in found or each.stands or each.ids & merge.rejected:
                    continue
                if not each.ids <= rows.keys() or any(each.ids <= ids for ids in found):
                    continue
                over_all = each.over(self.front)
                if over_all is not None:
                    found[each.ids] = over_all
        return list(found.values())

    def _decided(
        self,
        merge: TextMerge,
        every: list[Version],
        rest: list[EditMark],
        new: list[EditMark],
        choices: Mapping[str, Side],
    ) -> tuple[Version, ...]:
        """The versions that stand; conflicts that are new here are listed."""
        fixed = {key for key in self.mine if key not in self.ours.texts.words}
        stand = standing(every, fixed)
        seen = self.mine | self.ours.aside
        out: set[UUID] = set()
        for group in contests(every, stand):
            here = [each for each in group if each.ids <= self.mine]
            there = [each for each in group if each.ids <= self.others and each not in here]
            if not here or not there or all(each.ids <= seen for each in group):
                continue
            conflict = self._conflict(group, (here, rest), (there, new), stand, base=self.base)
            if conflict is None:
                continue
            if any(each.ids & fixed for each in here):  # its words are part of the text itself
                merge.left.append(Left("document", self.ours.title, Reason.MENDED_BEFORE))
                continue
            merge.conflicts.append(conflict)
            side = choices.get(conflict.key, conflict.default)
            if side is not conflict.default:
                against = there if side is Side.HERE else here
                out |= frozenset().union(*(each.ids for each in against))
        merge.rejected |= out
        return standing(every, fixed, out) if out else stand

    def _conflict(
        self,
        group: Iterable[Version],
        ours: tuple[list[Version], list[EditMark]],
        theirs: tuple[list[Version], list[EditMark]],
        stand: Collection[Version],
        base: str,
    ) -> Conflict | None:
        """Both versions of a place, in words; None where they say the same."""
        marks = [mark for each in group for mark in each.marks]
        spans = [place.span for each in group for place in places(each.marks, ())]
        span = Span(min(s.start for s in spans), max(s.end for s in spans))
        here = _words_at(base, span, ours[1], self.ours.texts.words)
        there = _words_at(base, span, theirs[1], self.theirs.texts.words)
        if here is not None and here == there:
            return None
        # Named by its edits and not by a side, so that the answer fits both ways.
        first = min(mark.id for mark in marks)
        return Conflict(
            f"text:{UUID(bytes=self.ours.document).hex}:{first.hex}",
            ConflictKind.TEXT,
            self.ours.title,
            base[max(0, span.start - 30) : span.end + 30],
            here or "",
            there or "",
            Side.HERE if any(each in stand for each in ours[0]) else Side.THERE,
        )

    def _remember(
        self, merge: TextMerge, every: Sequence[Version], stand: Collection[Version]
    ) -> None:
        """Keep the versions of places that were fought over, for a third copy."""
        kept = []
        for each in fought_over(each for each in every if not each.ids & merge.rejected):
            kept.append(contested(self.front, each, each in stand))
        named = {each.ids for each in kept}
        for side in (self.ours, self.theirs):
            for old in side.contested:
                if old.stands or old.ids in named or old.ids & merge.rejected:
                    continue
                if not any(old.ids <= ids for ids in named):
                    kept.append(old)
                    named.add(old.ids)
        merge.contested = tuple(kept)
        aside = frozenset().union(*(each.ids for each in kept if not each.stands))
        unseen = aside - self.mine - self.ours.aside
        merge.aside = [key.bytes for key in sorted(unseen) if key.bytes in merge.rows]


def _by_alignment(ours: TextSide, theirs: TextSide) -> TextMerge | None:
    alignment = align(theirs.text, ours.text)
    if not alignment.close:
        return None
    return TextMerge(ours.document, ours.marks, [], ours.marks, alignment=alignment)


def _before(text: str, marks: list[EditMark], words: Words) -> str | None:
    """The text before the last edits; None where their words are not known."""
    for mark in reversed(marks):
        if mark.id not in words:
            return None
        removed, inserted = words[mark.id]
        try:
            text = TextEdit(mark.at, inserted, removed).apply(text)
        except ValueError:
            return None
    return text


def _words_at(base: str, span: Span, marks: list[EditMark], words: Words) -> str | None:
    """What a place says after the edits of one side."""
    text = base
    for mark in marks:
        if mark.id not in words:
            return None
        text = text[: mark.at] + words[mark.id][1] + text[mark.at + mark.removed :]
    found = version(span, marks)
    return text[found.start : found.end]
