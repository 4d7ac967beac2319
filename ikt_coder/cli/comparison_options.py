"""What ``export --what agreement``, ``decisions`` and ``units`` can be asked."""

from __future__ import annotations

from typing import Annotated

import typer

from ikt_coder.cli.agreement_options import unit_of
from ikt_coder.cli.agreement_project import NO_ROUND
from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import Projection
from ikt_coder.services.comparison_options import ComparisonOptions
from ikt_coder.services.project import Project

_GROUP = "Two coders"
_AGREEMENT, _DECISIONS, _UNITS = "agreement", "decisions", "units"

RoundOption = Annotated[
    str,
    typer.Option(
        "--round",
        metavar="ROUND",
        help="By number, name or id; else the newest that gives figures; none: no round.",
        rich_help_panel=_GROUP,
    ),
]
CodersOption = Annotated[
    str,
    typer.Option(
        "--coders",
        metavar="A,B",
        help="Only these coders, by name or initials.",
        rich_help_panel=_GROUP,
    ),
]
UnitOption = Annotated[
    str,
    typer.Option(
        "--unit",
        metavar="UNIT",
        help="characters, tokens, sentences, turns, paragraphs, documents or fixed:N.",
        rich_help_panel=_GROUP,
    ),
]
RuleOption = Annotated[
    Projection | None,
    typer.Option(
        "--rule",
        help="When a larger unit counts as coded: any, half or all of it.",
        rich_help_panel=_GROUP,
    ),
]


@frozen
class AskedComparison:
    """What was written on the command line, unread."""

    round: str
    coders: str
    unit: str
    rule: Projection | None

    def refuse_unasked(self, what: str) -> None:
        """Raises BadParameter where a report does not listen to what was given."""
        listens = {
            "--round": (_AGREEMENT, _DECISIONS, _UNITS),
            "--coders": (_AGREEMENT, _UNITS),
            "--unit": (_AGREEMENT, _UNITS),
            "--rule": (_AGREEMENT, _UNITS),
        }
        given = (self.round, self.coders, self.unit, self.rule)
        for (name, reports), value in zip(listens.items(), given, strict=True):
            if value and what not in reports:
                raise typer.BadParameter(f"“{what}” does not take {name}")
        unit_of(self.unit)

    def options(self, project: Project) -> ComparisonOptions:
        """Raises NotFound for rounds and coders that are not in the project."""
        unit, size = unit_of(self.unit)
        named = bool(self.round) and self.round.lower() != NO_ROUND
        return ComparisonOptions(
            round=project.rounds.find(self.round).id if named else None,
            newest=not self.round,
            coders=tuple(
                project.coders.find(name.strip()).id
                for name in self.coders.split(",")
                if name.strip()
            ),
            unit=unit,
            unit_size=size or None,
            rule=self.rule,
        )
