"""Definitions that speak of the focal actor: whose individual level it is."""

from __future__ import annotations

import re

ACTOR = "{actor}"
DEFAULT_ACTOR = "the person"


def fill_actor(text: str, actor: str = "") -> str:
    """Put the focal actor where ``{actor}`` stands; "the person" when there is none.

    At the start of a sentence it gets a capital letter.
    """
    name = actor.strip() or DEFAULT_ACTOR

    def filled(found: re.Match[str]) -> str:
        before: str | None = found[1]
        return name if before is None else before + name[0].upper() + name[1:]

    return re.sub(r"(^|[.!?]\s+)?" + re.escape(ACTOR), filled, text)
