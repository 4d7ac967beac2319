"""The sentences above the figures, each figure in them with what it opens."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ikt_coder.services.comparison_rows import (
    Agreement,
    CodeLine,
    WhyCodeLeftOut,
    WhyLeftOut,
)
from ikt_coder.ui.codes.wording import codes_in_words
from ikt_coder.ui.comparison.agreement import wording as say
from ikt_coder.ui.comparison.agreement.opens import Codes, Documents, LeftOut, OfCode
from ikt_coder.ui.comparison.said import Opening, Said, joined, sentence
from ikt_coder.ui.counting import figure

translate = QCoreApplication.translate

_NAMED = 6
"""So many documents or codes that were left out are named."""


def said_of_all(found: Agreement) -> Said:
    """All codes together: the pooled figure, from where to where, how many reach the target."""
    pooled = found.overall.pooled_kappa.value
    words = say.value_words(pooled)
    interval = say.interval_words(found.pooled_interval)
    parts = [
        sentence(
            translate("Compare", "All codes: pooled κ {value} {interval}"),
            value=words if pooled is None else Opening(words, Documents(), strong=True),
            interval=Opening(interval, Documents()) if interval else "",
        )
    ]
    known = [(value, line) for line in found.used if (value := _value(found, line)) is not None]
    if known:
        low, high = (pick(known, key=lambda one: one[0]) for pick in (min, max))
        parts.append(
            sentence(
                translate("Compare", "by code from {low} to {high}"),
                low=Opening(say.value_words(low[0]), OfCode(low[1].code)),
                high=Opening(say.value_words(high[0]), OfCode(high[1].code)),
            )
        )
    without = [line for line in found.used if _value(found, line) is None]
    if without:
        title = translate("Compare", "Codes without a value")
        parts.append(
            sentence(
                translate("Compare", "{codes} without a value"),
                codes=_codes(codes_in_words(len(without)), without, title),
            )
        )
    target = None if found.round is None else found.round.target
    if target is not None and known:
        said = say.value_words(target)
        reached = [line for value, line in known if value >= target]
        title = translate("Compare", "Codes at {target} or more").format(target=said)
        all_title = translate("Compare", "Codes with a value")
        parts.append(
            sentence(
                translate("Compare", "{reached} of {all} at {target} or more, as was laid down"),
                reached=_codes(str(len(reached)), reached, title) if reached else "0",
                all=_codes(str(len(known)), [line for _value, line in known], all_title),
                target=_codes(said, reached or [line for _value, line in known], title),
            )
        )
    return joined(parts, " · ")


def said_of_counted(found: Agreement) -> Said:
    """What was counted, of whom, and whether that is what was laid down."""
    documents = say.documents_words(len(found.documents))
    units = figure(found.units)
    counted = bool(found.documents)
    names = ", ".join(f"{coder.name} ({coder.initials})" for coder in found.coders[:4])
    if len(found.coders) > 4:
        names += translate("Compare", " and more")
    if found.round is None:
        state = translate("Compare", "not from a round: codings as they stand")
    elif found.locked:
        state = translate("Compare", "frozen, independent coding")
    else:
        state = translate("Compare", "not as laid down when the round was set up")
    return joined(
        (
            sentence("{documents}", documents=_counted(documents, counted)),
            sentence(
                translate("Compare", "{count} {setting}"),
                count=_counted(units, counted),
                setting=say.setting_words(found.setting),
            ),
            sentence("{names}", names=names),
            sentence("{state}", state=state),
        ),
        " · ",
    )


def said_of_left_out(found: Agreement) -> Said:
    """Which documents and codes enter no figure, and why; what was reopened. Empty where all
    do and nothing was."""
    reasons = []
    for why in WhyLeftOut:
        titles = [one.title for one in found.left_out if one.why is why]
        if titles:
            reasons.append(_named(say.left_out_word(why), titles))
    for code_why in WhyCodeLeftOut:
        names = [one.path[-1] for one in found.left_out_codes if one.why is code_why]
        if names:
            reasons.append(_named(say.code_left_out_word(code_why), names))
    said = []
    if reasons:
        said.append(
            sentence(translate("Compare", "Left out – {reasons}."), reasons=joined(reasons, "; "))
        )
    reopened = [document.title for document in found.documents if document.reopened]
    if reopened:
        words = translate("Compare", "Reopened after the comparison, unchanged here: {titles}.")
        said.append(sentence(words, titles=", ".join(reopened)))
    return joined(said, " ")


def _named(why: str, names: list[str]) -> Said:
    listed = ", ".join(names[:_NAMED])
    rest = len(names) - _NAMED
    if rest <= 0:
        return sentence("{why}: {names}", why=why, names=listed)
    return sentence(
        translate("Compare", "{why}: {names} and {count} more"),
        why=why,
        names=listed,
        count=Opening(figure(rest), LeftOut()),
    )


def _value(found: Agreement, line: CodeLine) -> float | None:
    return line.figures.value(found.coefficient)


def _codes(words: str, lines: list[CodeLine], title: str) -> Opening:
    return Opening(words, Codes(tuple(line.code for line in lines), title))


def _counted(words: str, counted: bool) -> str | Opening:
    return Opening(words, Documents()) if counted else words
