"""Where one was in the queue of each round, over restarts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ikt_coder.settings import Settings
from ikt_coder.ui.comparison.settle.queue_order import Order, Shown, Which

_STATE = "settle"
_MOST_ROUNDS = 20


def kept(settings: Settings, project: UUID, round_: UUID) -> dict[str, Any]:
    """What was kept of a round; empty where nothing was."""
    whole = settings.local_state(project).get(_STATE)
    mine = whole.get(str(round_)) if isinstance(whole, dict) else None
    return mine if isinstance(mine, dict) else {}


def keep(settings: Settings, project: UUID, round_: UUID, state: dict[str, Any]) -> None:
    """Keep the state of a round; other places keep their own part of the same state."""
    whole = settings.local_state(project)
    mine = whole.get(_STATE)
    rounds = dict(mine) if isinstance(mine, dict) else {}
    if rounds.get(str(round_)) == state:
        return
    rounds.pop(str(round_), None)
    rounds[str(round_)] = state
    for old in list(rounds)[:-_MOST_ROUNDS]:
        del rounds[old]
    whole[_STATE] = rounds
    settings.remember_local_state(project, whole)


def shown_from(state: object) -> Shown:
    """The filters as they were kept; what is not understood any more is left out."""
    if not isinstance(state, dict):
        return Shown()
    try:
        order, which = Order(state.get("order", "")), Which(state.get("which", ""))
    except ValueError:
        return Shown()
    return Shown(order=order, which=which)


def state_of(shown: Shown) -> dict[str, str]:
    """Order and states are kept; a class or a code one looks for is of the day."""
    return {"order": shown.order.value, "which": shown.which.value}


def ids(value: object) -> tuple[UUID, ...]:
    """Keys that were kept as words."""
    found = []
    for text in value if isinstance(value, list) else ():
        try:
            found.append(UUID(str(text)))
        except ValueError:
            continue
    return tuple(found)
