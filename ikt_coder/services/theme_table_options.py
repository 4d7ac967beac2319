"""What a theme table shows: columns, directions, order, style, language, filters; and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from ikt_coder.core.table import TableStyle
from ikt_coder.core.words import ThemeStatus, Valence


class ThemeColumn(StrEnum):
    """Columns after the theme's name."""

    DESCRIPTION = "description"
    CENTRAL_IDEA = "central_idea"
    QUOTES = "quotes"
    PARTICIPANTS = "participants"
    OWN_PARTICIPANTS = "own_participants"
    DIRECTIONS = "directions"
    PASSAGES = "passages"
    REFERENCES = "references"
    BOTH_DIRECTIONS = "both_directions"
    DOMAINS = "domains"
    COMPONENTS = "components"
    LEVELS = "levels"
    STATUS = "status"


class Side(StrEnum):
    """Which directions the table is about."""

    BOTH = "both"
    BARRIERS = "barriers"
    FACILITATORS = "facilitators"


class RowOrder(StrEnum):
    """How the rows stand. Sub-themes always stay below their theme."""

    THEME = "theme"  # as the author put them
    FRAMEWORK = "framework"  # COM-B, then TDF, then theme
    LEVEL = "level"
    NAME = "name"
    PARTICIPANTS = "participants"  # most participants first


class ExportLanguage(StrEnum):
    """The language of a table's own words, as an IETF tag; chosen apart from the window's."""

    ENGLISH = "en"
    FRENCH = "fr"

    @classmethod
    def of(cls, tag: str) -> ExportLanguage:
        """The language of a tag such as ``fr-CA``; English where there is none of it."""
        french = tag.lower().split("-")[0] == cls.FRENCH.value
        return cls.FRENCH if french else cls.ENGLISH


ONE_SIDE: dict[Side, tuple[Valence | None, ...]] = {
    Side.BARRIERS: (Valence.BARRIER, Valence.MIXED),
    Side.FACILITATORS: (Valence.FACILITATOR, Valence.MIXED),
}
"""Mixed stands in both one-sided tables."""

DEFAULT_COLUMNS = (ThemeColumn.DESCRIPTION, ThemeColumn.QUOTES, ThemeColumn.PARTICIPANTS)
REFLEXIVE_COLUMNS = (ThemeColumn.DESCRIPTION, ThemeColumn.QUOTES)
FULL_COLUMNS = (
    ThemeColumn.DESCRIPTION,
    ThemeColumn.QUOTES,
    ThemeColumn.PARTICIPANTS,
    ThemeColumn.DIRECTIONS,
    ThemeColumn.DOMAINS,
    ThemeColumn.COMPONENTS,
    ThemeColumn.LEVELS,
)
COUNT_COLUMNS = frozenset(
    {
        ThemeColumn.PARTICIPANTS,
        ThemeColumn.OWN_PARTICIPANTS,
        ThemeColumn.BOTH_DIRECTIONS,
        ThemeColumn.DOMAINS,
        ThemeColumn.COMPONENTS,
        ThemeColumn.LEVELS,
    }
)
"""Columns that count participants."""
FRAMEWORK_COLUMNS = frozenset({ThemeColumn.DOMAINS, ThemeColumn.COMPONENTS, ThemeColumn.LEVELS})
GROUPED_ORDERS = frozenset({RowOrder.FRAMEWORK, RowOrder.LEVEL})
"""Orders that put heading rows between the themes."""


@dataclass(frozen=True, slots=True)
class ThemeTableOptions:
    """What the table shows. ``columns`` None takes the defaults of the project's approach.

    An empty filter (``documents``, ``folders`` with those below, ``groups`` of participants,
    ``questions`` of the interview guide whose answers count, ``statuses``, ``themes`` with
    their sub-themes) leaves everything in. ``appendix`` prints
    long quotes shortened and puts them in full in a second table.
    """

    columns: tuple[ThemeColumn, ...] | None = None
    side: Side = Side.BOTH
    number: int = 1
    title: str = ""
    set_aside: bool = False  # also themes that were set aside, with the reason
    propose_quotes: bool = False  # fill empty quote cells with marked proposals
    percentages: bool = False  # beside n participants; small studies do without
    group_labels: bool = False  # "P01, patient partner" behind quotes
    order: RowOrder = RowOrder.THEME
    style: TableStyle = TableStyle.APA
    language: ExportLanguage = ExportLanguage.ENGLISH
    appendix: bool = False
    documents: frozenset[UUID] = frozenset()
    folders: frozenset[UUID] = frozenset()
    groups: frozenset[str] = frozenset()
    questions: frozenset[UUID] = frozenset()
    statuses: frozenset[ThemeStatus] = frozenset()
    themes: frozenset[UUID] = frozenset()
    today: date = field(default_factory=date.today)

    @property
    def narrowed(self) -> bool:
        """Whether only some documents, participants or answers count."""
        return bool(self.documents or self.folders or self.groups or self.questions)


def options_to_json(options: ThemeTableOptions) -> str:
    """The options as they are kept with a named table; the day is never kept."""
    columns = options.columns
    return json.dumps(
        {
            "columns": None if columns is None else [one.value for one in columns],
            "side": options.side.value,
            "number": options.number,
            "title": options.title,
            **{name: getattr(options, name) for name in _FLAGS},
            "order": options.order.value,
            "style": options.style.value,
            "language": options.language.value,
            **{name: sorted(map(str, getattr(options, name))) for name in _IDS},
            "groups": sorted(options.groups),
            "statuses": sorted(status.value for status in options.statuses),
        },
        ensure_ascii=False,
    )


_FLAGS = ("set_aside", "propose_quotes", "percentages", "group_labels", "appendix")
_IDS = ("documents", "folders", "themes", "questions")
_Kept = TypeVar("_Kept")


def options_from_json(text: str) -> ThemeTableOptions:
    """The options that were kept. What is not known (a newer version wrote it) is left at its
    default, so that the table can still be made."""
    try:
        kept = json.loads(text)
    except ValueError:
        kept = {}
    if not isinstance(kept, dict):
        kept = {}
    columns = kept.get("columns")
    number = kept.get("number")
    title = kept.get("title")
    return ThemeTableOptions(
        columns=None if columns is None else tuple(_known(columns, ThemeColumn)),
        side=_one(kept.get("side"), Side, Side.BOTH),
        number=number if isinstance(number, int) and 0 < number < 1000 else 1,
        title=title if isinstance(title, str) else "",
        set_aside=kept.get("set_aside") is True,
        propose_quotes=kept.get("propose_quotes") is True,
        percentages=kept.get("percentages") is True,
        group_labels=kept.get("group_labels") is True,
        appendix=kept.get("appendix") is True,
        order=_one(kept.get("order"), RowOrder, RowOrder.THEME),
        style=_one(kept.get("style"), TableStyle, TableStyle.APA),
        language=_one(kept.get("language"), ExportLanguage, ExportLanguage.ENGLISH),
        documents=frozenset(_known(kept.get("documents"), UUID)),
        folders=frozenset(_known(kept.get("folders"), UUID)),
        themes=frozenset(_known(kept.get("themes"), UUID)),
        questions=frozenset(_known(kept.get("questions"), UUID)),
        groups=frozenset(_known(kept.get("groups"), str)),
        statuses=frozenset(_known(kept.get("statuses"), ThemeStatus)),
    )


def _one(value: object, kind: Callable[[Any], _Kept], default: _Kept) -> _Kept:
    return next(iter(_known([value], kind)), default)


def _known(values: object, kind: Callable[[Any], _Kept]) -> Iterable[_Kept]:
    """The values of a list that are what they should be."""
    found = []
    for value in values if isinstance(values, list) else ():
        try:
            if isinstance(value, str):
                found.append(kind(value))
        except ValueError:
            continue
    return found
