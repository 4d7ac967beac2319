"""How figures are written in tables: three decimals, percentages with one, no sign for
positives, "–" where there is no value. Exports keep full precision."""

from __future__ import annotations

from typing import Final

from ikt_coder.agreement.figure import Figure, Flag, Reason

UNDEFINED: Final = "–"
MINUS: Final = "−"


def shown(
    value: float | None, decimals: int = 3, *, point: str = ".", leading_zero: bool = False
) -> str:
    """A coefficient: ".743", "−.023", "1.000"; "–" for none."""
    if value is None:
        return UNDEFINED
    digits = f"{abs(value):.{decimals}f}"
    if digits.startswith("0.") and not leading_zero:
        digits = digits[1:]
    negative = value < 0 and any(digit not in "0." for digit in digits)
    return (MINUS if negative else "") + digits.replace(".", point)


def shown_percent(share: float | None, *, point: str = ".") -> str:
    """A share as a percentage without its sign: "85.0"; "–" for none."""
    return UNDEFINED if share is None else f"{100 * share:.1f}".replace(".", point)


REASONS: Final = {
    Reason.NO_VARIATION: "no variation",
    Reason.NO_COMMON_DOCUMENT: "no common document",
    Reason.ONE_CATEGORY: "only one category",
    Reason.NOT_APPLICABLE: "not applicable",
}
FLAGS: Final = {
    Flag.PREVALENCE: "high agreement, low kappa: the code is rare or nearly everywhere; see "
    "positive agreement and AC1",
    Flag.BIAS: "one coder applied it to clearly more of the text",
    Flag.SMALL_BASE: "small base",
    Flag.NOT_USED: "not used by any coder",
    Flag.ONLY_ONE_CODER: "only one coder used this code",
    Flag.FEW_DOCUMENTS: "few documents",
}


def reason_in_words(figure: Figure, flags: tuple[Flag, ...] = ()) -> str:
    """Why a figure is undefined: "– not used by any coder"; "" where it has a value."""
    if figure.reason is None:
        return ""
    if figure.reason is Reason.NO_VARIATION and Flag.NOT_USED in flags:
        return f"{UNDEFINED} {FLAGS[Flag.NOT_USED]}"
    return f"{UNDEFINED} {REASONS[figure.reason]}"
