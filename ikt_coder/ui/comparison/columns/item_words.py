"""An item in words: what it is, what each coder has in it, and what was decided."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.rounds import DecisionKind, DifferenceKind
from ikt_coder.services.settling_rows import DecisionRow, Item, ItemState, Segment, Side
from ikt_coder.ui.comparison.columns.study import Study
from ikt_coder.ui.comparison.wording import decision_word, difference_word
from ikt_coder.ui.counting import counted, figure

translate = QCoreApplication.translate
Kind = DifferenceKind
_ALL = ("valence", "levels", "strength")


def class_words(item: Item, *, short: bool = False) -> str:
    """The class of an item: "different code (near)", "only Coder A"; ``short`` names coders by
    their initials."""
    if item.kind is Kind.ONE_SIDE:
        return _one_side(item, short=short)
    if item.kind is Kind.DIFFERENT_CODE and item.near:
        return translate("Settle", "different code (near)")
    if item.kind is Kind.ATTRIBUTE:
        return attribute_words(item)
    if item.kind is Kind.SPLIT:
        counts = sorted({len(side.segments) for side in item.sides if side.segments})
        if counts[:1] == [1]:
            if counts[-1] == 2:
                return translate("Settle", "one against two")
            several = translate("Settle", "one against {count}")
            return several.format(count=figure(counts[-1]))
    return difference_word(item.kind)


def _one_side(item: Item, *, short: bool) -> str:
    names = {id(side): (short and side.initials) or side.label for side in item.sides}
    have = [names[id(side)] for side in item.sides if side.segments]
    lack = [names[id(side)] for side in item.sides if not side.segments]
    if len(have) == 1:
        return translate("Settle", "only {coder}").format(coder=have[0])
    if len(lack) == 1:
        return translate("Settle", "not {coder}").format(coder=lack[0])
    some = translate("Settle", "{some} of {all} coders")
    return some.format(some=figure(len(have)), all=figure(len(item.sides)))


def _attributes_that_differ(item: Item) -> tuple[str, ...]:
    """The names of the fields of segments that are not the same in all."""
    segments = [s for side in item.sides for s in side.segments]
    return tuple(
        name
        for name in ("valence", "levels", "strength")
        if len({getattr(segment, name) for segment in segments}) > 1
    )


def attribute_words(item: Item) -> str:
    """What else than the code differs: direction, levels, strength."""
    words = {
        "valence": translate("Settle", "direction"),
        "levels": translate("Settle", "levels"),
        "strength": translate("Settle", "strength"),
    }
    differ = [words[name] for name in _attributes_that_differ(item)]
    if differ == [words["levels"]]:
        return translate("Settle", "levels differ")
    if not differ:
        return difference_word(item.kind)
    if len(differ) == 1:
        return translate("Settle", "{attribute} differs").format(attribute=differ[0])
    both = translate("Settle", "{attributes} and {last} differ")
    return both.format(attributes=", ".join(differ[:-1]), last=differ[-1])


def title_words(item: Item, *, short: bool = False) -> str:
    """ "P01 · different code" """
    return f"{item.document_title} · {class_words(item, short=short)}"


def detail_words(item: Item, study: Study) -> str:
    """What each coder has, short: the second line of a row."""
    sides = [(number, side) for number, side in enumerate(item.sides, 1) if side.segments]
    names = [study.code_name(code) for code in item.codes]
    if item.kind is Kind.DIFFERENT_CODE:
        return " · ".join(f"{_mark(n, s)} {_codes(s, study)}" for n, s in sides)
    name = ", ".join(names)
    if study.reflexive and item.kind is not Kind.ATTRIBUTE:
        return name  # lengths are figures, and figures are not shown there
    if item.kind is Kind.BOUNDARY:
        lengths = " · ".join(f"{_mark(n, s)} {figure(_length(s))}" for n, s in sides)
        words = translate("Settle", "{code}, {lengths} characters")
        return words.replace("{lengths}", lengths).replace("{code}", name)
    if item.kind is Kind.SPLIT:
        pieces = " · ".join(f"{_mark(n, s)} {figure(len(s.segments))}" for n, s in sides)
        words = translate("Settle", "{code}, {pieces} passages")
        return words.replace("{pieces}", pieces).replace("{code}", name)
    if item.kind is Kind.ATTRIBUTE:
        which = _attributes_that_differ(item)
        values = " · ".join(
            f"{_mark(n, s)} {attributes(s.segments[0], study, which)}" for n, s in sides
        )
        return f"{name}, {values}"
    return f"{name}, {characters(len(item.span))}"


def characters(count: int) -> str:
    return counted(
        count, translate("Settle", "1 character"), translate("Settle", "{count} characters")
    )


def attributes(segment: Segment, study: Study, which: Collection[str] = _ALL) -> str:
    """Direction, levels and strength of a coding: "− barrier, Organizational"; ``which`` of
    the three are of interest."""
    parts = []
    if segment.valence is not None and "valence" in which:
        parts.append(f"{segment.valence.sign} {study.direction(segment.valence)}")
    if "levels" in which:
        parts += study.level_names(segment.levels)
    if segment.strength is not None and "strength" in which:
        parts.append(strength_words(segment.strength))
    return ", ".join(parts) or translate("Settle", "nothing set")


def segment_words(segment: Segment, study: Study) -> str:
    """A coding in words: "Clear role, − barrier, Organizational"."""
    said = attributes(segment, study)
    name = study.code_name(segment.code)
    return f"{name}, {said}" if segment.valence or segment.levels else name


def strength_words(strength: int) -> str:
    return translate("Settle", "strength\u00a0{strength}").format(strength=figure(strength))


def _mark(number: int, side: Side) -> str:
    return side.initials or str(number)


def _codes(side: Side, study: Study) -> str:
    return ", ".join(dict.fromkeys(study.code_name(s.code) for s in side.segments))


def _length(side: Side) -> int:
    return sum(len(s.span) for s in side.segments)


def state_words(item: Item, study: Study, *, short: bool = False) -> str:
    """How an item stands; empty while it is open. ``short`` names coders by initials."""
    if item.state is ItemState.CLASH:
        return translate("Settle", "decided differently in two copies")
    if item.decision is None or item.state is ItemState.OPEN:
        return ""
    return decided_words(item.decision, study, item, short=short)


def decided_words(
    decision: DecisionRow, study: Study, item: Item | None = None, *, short: bool = False
) -> str:
    """A decision in a few words: "kept Coder A", "kept both", "deferred"."""
    if decision.kind is DecisionKind.KEEP and decision.kept is not None:
        name = study.coder_name(decision.kept)
        if decision.names_hidden and item is not None:
            # Who adjudicates without names must not learn them from what was decided.
            side = next((s for s in item.sides if s.coder == decision.kept), None)
            name = side.label if side is not None else ""
        elif short and decision.kept in study.coders:
            name = study.coders[decision.kept].initials
        if name:
            return translate("Settle", "kept {coder}").format(coder=name)
    if decision.kind is DecisionKind.OTHER_CODE and decision.result:
        name = study.code_name(decision.result[0].code)
        return translate("Settle", "coded {code}").replace("{code}", name)
    return decision_word(decision.kind)


def row_words(item: Item, study: Study, *, short: bool = True) -> str:
    """The whole row, for the second line and for reading aloud."""
    parts = [detail_words(item, study), state_words(item, study, short=short)]
    if item.notes:
        parts.append(
            counted(item.notes, translate("Settle", "1 note"), translate("Settle", "{count} notes"))
        )
    return " · ".join(part for part in parts if part)


def spoken(item: Item, study: Study) -> str:
    """An item read aloud when one comes to it."""
    return f"{title_words(item)}. {row_words(item, study, short=False)}"


def sides_words(sides: Sequence[Side], study: Study) -> str:
    """What coders have in an item who have no column: "CC Clear role · CD not coded"."""
    said = []
    for side in sides:
        codes = _codes(side, study) or translate("Settle", "not coded")
        said.append(f"{side.initials or side.label} {codes}")
    return " · ".join(said)
