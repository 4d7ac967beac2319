"""A path from components to policy categories, as a table that opens and keeps."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.frozen import frozen
from ikt_coder.services.recommendations.paths import WHEEL
from ikt_coder.services.recommendations.rows import Path, RecommendationRow, SolutionStep
from ikt_coder.ui.comparison.agreement.grid import Grid, Head, Shown

translate = QCoreApplication.translate


@frozen
class Keep:
    """Recommend this node."""

    framework: str
    node: str
    component: str | None


def path_grid(path: Path, kept: tuple[RecommendationRow, ...]) -> Grid:
    """Components with their participants, then functions and policy categories to keep."""
    there = {(row.framework, row.node_key) for row in kept}
    rows: list[tuple[Shown, ...]] = []
    names: dict[str, str] = {}
    for one in path.components:
        name = one.name
        if one.undecided:
            words = translate("Recommendations", "undecided, leads no further")
        elif one.derived == one.n:
            words = translate("Recommendations", "derived")
        else:
            words = translate("Recommendations", "coded")
        names[one.key] = name
        rows.append(
            (
                Shown(translate("Recommendations", "Component"), quiet=True),
                Shown(name, hint=name),
                Shown(words, quiet=True),
                Shown(str(one.n), one.n, one.codings or None),
                Shown(""),
            )
        )
    for words, steps in (
        (translate("Recommendations", "Function"), path.functions),
        (translate("Recommendations", "Policy"), path.policies),
    ):
        for step in steps:
            rows.append(_step(words, step, names, (WHEEL, step.key) in there))
            names[step.key] = step.name
    return Grid(
        translate("Recommendations", "Where {name} leads").format(name=path.subject.name),
        (
            Head(translate("Recommendations", "Step"), width=100, figures=False),
            Head(translate("Recommendations", "What"), width=220, figures=False),
            Head(translate("Recommendations", "Because of"), width=220, figures=False),
            Head(translate("Recommendations", "Participants"), width=96),
            Head("", translate("Recommendations", "Keep it as a recommendation"), width=96),
        ),
        tuple(rows),
    )


def _step(words: str, step: SolutionStep, names: dict[str, str], kept: bool) -> tuple[Shown, ...]:
    because = ", ".join(names.get(key, key) for key in step.after)
    component = (
        step.after[0] if len(step.after) == 1 and step.after[0].startswith("comb.") else None
    )
    act = Shown(
        translate("Recommendations", "kept"),
        quiet=True,
        hint=translate("Recommendations", "It is among the recommendations below"),
    )
    if not kept:
        act = Shown(
            translate("Recommendations", "Recommend"), opens=Keep(WHEEL, step.key, component)
        )
    return (
        Shown(words, quiet=True),
        Shown(step.name, hint=step.definition),
        Shown(because, hint=because, quiet=True),
        Shown(""),
        act,
    )
