"""Where a framework's nodes can go besides the place its kind gives them."""

from __future__ import annotations

from enum import StrEnum

from ikt_coder.codebooks.framework import Applies, Framework
from ikt_coder.core.words import FrameworkKind


class Use(StrEnum):
    """As codes of the codebook, or as questions of the charting form."""

    CODES = "codes"
    CHART = "chart"


_CODED = (FrameworkKind.CODEBOOK, FrameworkKind.EXAMPLE)
_CHARTED = (FrameworkKind.ORDINAL_SCALE, FrameworkKind.CHARTING_SET)


def possible_uses(framework: Framework) -> tuple[Use, ...]:
    """What a framework can be added as; nothing for one that goes to a single other place."""
    found = []
    if Applies.SEGMENT in framework.applies_to and framework.kind in (*_CODED, *_CHARTED):
        found.append(Use.CODES)
    if framework.fields:
        found.append(Use.CHART)
    return tuple(found)


def usual_uses(framework: Framework) -> frozenset[Use]:
    """What it is added as unless somebody says otherwise: what its kind says. A codebook of
    solutions (strategies, functions) is no codebook for passages and adds no codes."""
    possible = possible_uses(framework)
    wanted = Use.CHART if framework.kind in _CHARTED else Use.CODES
    return frozenset({wanted} & set(possible))
