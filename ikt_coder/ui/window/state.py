"""Where the person was in a project, kept on this computer: never lose the place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ikt_coder.core.words import Whose
from ikt_coder.settings import Settings
from ikt_coder.ui.transcript.view import ViewState

_MOST_DOCUMENTS = 500


@dataclass
class Whereabouts:
    """The place, the open document, and where it was left in each document."""

    place: str = "code"
    document: UUID | None = None
    passages: bool = False
    passages_code: UUID | None = None
    legend: bool = True
    whose: Whose = Whose.MINE
    views: dict[UUID, ViewState] = field(default_factory=dict)

    @classmethod
    def recall(cls, settings: Settings, project: UUID) -> Whereabouts:
        """As kept; whatever is missing or unreadable is at its beginning."""
        kept = settings.local_state(project).get("window")
        if not isinstance(kept, dict):
            return cls()
        views = kept.get("views")
        return cls(
            place=str(kept.get("place") or "code"),
            document=_key(kept.get("document")),
            passages=kept.get("passages") is True,
            passages_code=_key(kept.get("passages_code")),
            legend=kept.get("legend") is not False,
            whose=_whose(kept.get("whose")),
            views={
                key: state
                for name, places in (views.items() if isinstance(views, dict) else ())
                if (key := _key(name)) is not None and (state := _view(places)) is not None
            },
        )

    def keep(self, settings: Settings, project: UUID) -> None:
        """Write it beside what other views keep."""
        newest = dict(list(self.views.items())[-_MOST_DOCUMENTS:])
        window: dict[str, Any] = {
            "place": self.place,
            "document": _text(self.document),
            "passages": self.passages,
            "passages_code": _text(self.passages_code),
            "legend": self.legend,
            "whose": self.whose.value,
            "views": {
                str(key): [state.top, state.caret, state.anchor] for key, state in newest.items()
            },
        }
        settings.remember_local_state(project, {**settings.local_state(project), "window": window})

    def left(self, document: UUID, state: ViewState) -> None:
        """Remember where a document was left; the newest comes last."""
        self.views.pop(document, None)
        self.views[document] = state


def _key(text: object) -> UUID | None:
    try:
        return UUID(str(text)) if text else None
    except ValueError:
        return None


def _whose(text: object) -> Whose:
    return next((whose for whose in Whose if whose.value == text), Whose.MINE)


def _text(key: UUID | None) -> str | None:
    return str(key) if key is not None else None


def _view(places: object) -> ViewState | None:
    if (
        isinstance(places, list)
        and len(places) == 3
        and all(type(place) is int and place >= 0 for place in places)
    ):
        return ViewState(*places)
    return None
