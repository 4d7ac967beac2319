"""The sentences of the Settle page: what was decided, and what can be chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.rounds import DecisionKind, DifferenceKind, ReasonCategory
from ikt_coder.services.settling_results import apart, common
from ikt_coder.services.settling_rows import Choice, Edges, Item
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.comparison.columns.study import Study
from ikt_coder.ui.comparison.settle.draft import Draft, Way
from ikt_coder.ui.comparison.wording import category_word

translate = QCoreApplication.translate


def edges_words(edges: Edges, item: Item) -> str:
    """Whose edges the result gets."""
    several = item.kind is DifferenceKind.DIFFERENT_CODE
    own = translate("Settle", "each keeps its own")
    return {
        Edges.OWN: own if several else translate("Settle", "as chosen"),
        Edges.UNION: translate("Settle", "all that anybody coded"),
        Edges.INTERSECTION: translate("Settle", "what all have coded"),
        Edges.CUSTOM: translate("Settle", "set by hand"),
    }[edges]


def choice_words(choice: Choice, study: Study) -> str:
    """A choice as its button has it."""
    if study.reflexive and choice.kind is DecisionKind.BOTH:
        return translate("Settle", "Both stand")
    if choice.kind is DecisionKind.KEEP:
        if choice.result:
            return choice.label
        words = translate("Settle", "{coder}: not coded")
        return words.replace("{coder}", choice.label)
    if choice.kind is DecisionKind.BOTH:
        return translate("Settle", "Both")
    return {
        "T": translate("Settle", "Together"),
        "I": translate("Settle", "What all have"),
        "Z": translate("Settle", "Neither"),
    }.get(choice.key, choice.label)


def not_offered_words(key: str, item: Item) -> str:
    """Why a key that settles other items settles nothing here."""
    alike = (DifferenceKind.MATCH, DifferenceKind.ONE_SIDE)
    if key == "T" and item.kind in alike:
        why = translate("Settle", "together is what one version is already")
    elif key == "I" and item.kind is not DifferenceKind.BOUNDARY:
        why = translate("Settle", "the edges alone are not what differs")
    elif key == "I" and not common([side.segments for side in item.sides]):
        why = translate("Settle", "there are no words that all have coded")
    elif key == "I":
        why = translate("Settle", "with so many versions the edges are chosen below")
    elif key.isdigit():
        why = translate("Settle", "no version has this number")
    else:
        why = translate("Settle", "a code it would keep was deleted")
    words = translate("Settle", "{key} is no choice here: {why}. Nothing was decided.")
    return words.format(key=key, why=why)


def offered(item: Item, choices: Sequence[Choice], study: Study) -> tuple[Choice, ...]:
    """The choices as they are shown. Where no reading is the right one, that both stand comes
    first, each as it is."""
    if not study.reflexive:
        return tuple(choices)
    words = translate("Settle", "Both stand")
    every = apart([side.segments for side in item.sides])
    both = Choice("T", DecisionKind.BOTH, None, None, words, every, asks_reason=False)
    return (both, *(choice for choice in choices if choice.key != "T"))


def done_words(way: Way, draft: Draft, item: Item, study: Study) -> str:
    """What was done, for the status line; names in bold."""
    codes = ", ".join(bold(study.code_name(code)) for code in item.codes)
    said = {
        DecisionKind.BOTH: translate("Settle", "Kept both for {codes}"),
        DecisionKind.EDGES: translate("Settle", "New edges for {codes}"),
        DecisionKind.NEITHER: translate("Settle", "Kept neither of {codes}"),
        DecisionKind.DEFER: translate("Settle", "Deferred {codes}"),
        DecisionKind.UNCLEAR: translate("Settle", "Marked the codebook as unclear at {codes}"),
    }.get(way.kind, "")
    if way.kind is DecisionKind.OTHER_CODE and way.code is not None:
        said = translate("Settle", "Coded {code} in place of {codes}")
        said = said.replace("{code}", bold(study.code_name(way.code)), 1)
    elif way.kind is DecisionKind.KEEP and way.choice is not None:
        said = translate("Settle", "Kept {version} for {codes}")
        said = said.replace("{version}", bold(way.choice.label), 1)
    words = said.replace("{codes}", codes)
    if draft.category is not None:
        reason = translate("Settle", "reason: {reason}")
        words += ", " + reason.format(reason=category_word(draft.category).lower())
    return words


def reason_prompt(way: Way | None) -> str:
    """What the empty field of the reason says."""
    if way is None or not way.asks_reason:
        return translate("Settle", "Why (not needed)")
    return {
        DecisionKind.DEFER: translate("Settle", "What should the adjudicator know?"),
        DecisionKind.UNCLEAR: translate("Settle", "What must the codebook say?"),
        DecisionKind.OTHER_CODE: translate("Settle", "Why another code?"),
    }.get(way.kind, translate("Settle", "Why neither?"))


def category_names() -> dict[ReasonCategory, str]:
    return {category: category_word(category) for category in ReasonCategory}
