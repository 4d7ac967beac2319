"""What the literature calls small and large, as guidance in grey: never pass or fail.

The bands were proposed for units that were laid down beforehand; where the unit is the
character, say so beside them. There is none for percentages.
"""

from __future__ import annotations

from typing import Final

from ikt_coder.core.frozen import frozen


@frozen
class Guidance:
    """``bands``: from which value upwards a word holds, lowest first; ``coefficients``: which
    ones it speaks of; ``source`` as printed."""

    id: str
    name: str
    coefficients: tuple[str, ...]
    bands: tuple[tuple[float, str], ...]
    source: str
    above: bool = False
    """Whether a band begins above its value rather than at it."""

    def word(self, value: float) -> str:
        """The word for a value."""
        found = self.bands[0][1]
        for start, word in self.bands[1:]:
            if value > start or (value == start and not self.above):
                found = word
        return found


_KAPPAS: Final = ("kappa", "scott_pi", "fleiss_kappa", "conger_kappa", "pooled_kappa")

GUIDANCE: Final = (
    Guidance(
        "krippendorff",
        "Krippendorff",
        ("alpha", "u_alpha", "cu_alpha"),
        ((-1.0, "not reliable enough"), (0.667, "tentative conclusions"), (0.8, "reliable")),
        "Krippendorff, K. (2019). Content analysis: An introduction to its methodology (4th ed.). "
        "Sage.",
    ),
    Guidance(
        "landis_koch",
        "Landis and Koch",
        _KAPPAS,
        (
            (-1.0, "poor"),
            (0.0, "slight"),
            (0.2, "fair"),
            (0.4, "moderate"),
            (0.6, "substantial"),
            (0.8, "almost perfect"),
        ),
        "Landis, J. R., & Koch, G. G. (1977). The measurement of observer agreement for "
        "categorical data. Biometrics, 33(1), 159–174.",
        above=True,
    ),
    Guidance(
        "fleiss",
        "Fleiss",
        _KAPPAS,
        ((-1.0, "poor"), (0.4, "fair to good"), (0.75, "excellent")),
        "Fleiss, J. L. (1981). Statistical methods for rates and proportions (2nd ed.). Wiley.",
    ),
)


def guidance_for(coefficient: str) -> tuple[Guidance, ...]:
    """What may stand in grey beside a coefficient; nothing for most."""
    return tuple(one for one in GUIDANCE if coefficient in one.coefficients)
