"""What ``agreement`` can be asked of a project."""

from __future__ import annotations

import re

import typer

from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import Projection, Unit


@frozen
class AskedAgreement:
    """``coders`` empty: all; ``unit`` and ``rule`` None, ``round`` empty: not said.
    ``unit_length`` is that of fixed segments, in characters, else 0."""

    coders: tuple[str, ...] = ()
    unit: Unit | None = None
    unit_length: int = 0
    rule: Projection | None = None
    round: str = ""
    as_json: bool = False


def unit_of(written: str) -> tuple[Unit | None, int]:
    """A unit and, for "fixed:N", its length. Raises typer.BadParameter for anything else."""
    word = written.strip().lower()
    if not word:
        return None, 0
    fixed = re.fullmatch(r"fixed:([1-9]\d{0,8})", word)
    if fixed:
        return Unit.FIXED, int(fixed[1])
    known = [one.value for one in Unit if one is not Unit.FIXED]
    if word not in known:
        raise typer.BadParameter(
            f"--unit is one of {', '.join(known)} or fixed:N (N characters), not “{written}”"
        )
    return Unit(word), 0
