"""``agreement PROJECT``: how far the coders of a project agree, code by code and over all."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from uuid import UUID

from ikt_coder.agreement.bootstrap import Interval
from ikt_coder.agreement.display import reason_in_words, shown, shown_percent
from ikt_coder.agreement.figure import Figure
from ikt_coder.cli.agreement_options import AskedAgreement
from ikt_coder.cli.output import say, show_json, show_rows
from ikt_coder.cli.projects import reading
from ikt_coder.services.codes import join_path
from ikt_coder.services.comparison_rows import Agreement, CodeLine
from ikt_coder.services.project import Project

NO_ROUND: Final = "none"
"""``--round none``: the codings as they stand, though there are rounds."""

_FIGURES: Final = ("percent", "kappa", "alpha", "ac1", "dice", "jaccard")


def show(project: Path, asked: AskedAgreement) -> None:
    """Print the agreement of a project: of the round that was named, else of the newest round
    that was unsealed, else of the codings as they stand."""
    with reading(project) as opened:
        found = opened.comparison.agreement(
            round_of(opened, asked.round),
            coders=[opened.coders.find(name).id for name in asked.coders] or None,
            unit=asked.unit,
            unit_size=asked.unit_length or None,
            rule=asked.rule,
            bootstrap=True,
        )
    if asked.as_json:
        show_json(as_json(found))
    else:
        _show_table(found)


def round_of(project: Project, name: str) -> UUID | None:
    """The round that was named, by number, name or id; where none was, the newest one that
    gives a figure."""
    if name.lower() == NO_ROUND:
        return None
    if name:
        return project.rounds.find(name).id
    rows = [row for row in project.rounds.all() if not project.comparison.possible(row.id)]
    return rows[-1].id if rows else None


def as_json(found: Agreement) -> dict[str, Any]:
    """The figures in full precision; what is undefined is null, with the reason of the
    coefficient that stands first."""
    overall = found.overall
    setting = found.setting
    row = found.round
    return {
        "unit": setting.written,
        "rule": setting.rule.value if setting.projected else None,
        "scope": setting.scope.value,
        "round": None if row is None else {"number": row.number, "name": row.name},
        "coefficient": found.coefficient,
        "coders": [coder.name for coder in found.coders],
        "documents": [document.title for document in found.documents],
        "units": found.units,
        "codes": [_code(found, line) for line in found.codes],
        "overall": {
            "pooled_kappa": overall.pooled_kappa.value,
            **_interval("pooled_kappa_ci", found.pooled_interval),
            "mean_kappa": overall.mean_kappa.value,
            "mean_alpha": overall.mean_alpha.value,
            "lowest_kappa": overall.lowest_kappa,
            "highest_kappa": overall.highest_kappa,
            "percent": overall.percent.value,
            "codes": overall.codes,
            "codes_without_kappa": overall.left_out,
            "codes_not_used": overall.not_used,
        },
        "left_out": {
            "documents": [
                {"document": one.title, "reason": one.why.value} for one in found.left_out
            ],
            "codes": [
                {"code": join_path(one.path), "reason": one.why.value}
                for one in found.left_out_codes
            ],
        },
        "snapshots": list(found.snapshots),
        "formula_version": found.formulas,
    }


def _code(found: Agreement, line: CodeLine) -> dict[str, Any]:
    row = line.figures
    names = [coder.name for coder in found.coders]
    first = row.figures[found.coefficient]
    return {
        "code": join_path(line.path),
        "both": row.both,
        "only": dict(zip(names, row.only, strict=True)),
        **({"some": row.some} if len(names) > 2 else {}),
        "neither": row.neither,
        **{name: row.figures[name].value for name in _FIGURES},
        **({found.coefficient: first.value} if found.coefficient not in _FIGURES else {}),
        **_interval("ci", line.interval),
        **({"reason": first.reason.value} if first.reason is not None else {}),
        "documents": row.documents,
        "passages": row.passages,
        "flags": [flag.value for flag in row.flags],
    }


def _interval(name: str, interval: Interval | None) -> dict[str, Any]:
    if interval is None:
        return {}
    return {
        name: {
            "low": interval.low,
            "high": interval.high,
            "method": interval.method,
            "B": interval.replicates,
            "seed": interval.seed,
            "skipped": interval.skipped,
        }
    }


def _show_table(found: Agreement) -> None:
    """A table for people; what it counts is said on standard error."""
    coders = [coder.name for coder in found.coders]
    several = len(coders) > 2
    heads = ["all" if several else "both", *(f"only {name}" for name in coders)]
    heads += ["some", "none"] if several else ["neither"]
    others = [name for name in _FIGURES[1:] if name != found.coefficient]
    show_rows([("code", *heads, "%", found.coefficient, "95% CI", *others, "remarks")])
    show_rows(
        (
            join_path(line.path),
            str(line.figures.both),
            *(str(number) for number in line.figures.only),
            *([str(line.figures.some)] if several else []),
            str(line.figures.neither),
            shown_percent(line.figures.value("percent")),
            _shown(line.figures.figures[found.coefficient], line),
            "" if line.interval is None else _between(line.interval),
            *(shown(line.figures.value(name)) for name in others),
            "; ".join(flag.value.replace("_", " ") for flag in line.figures.flags),
        )
        for line in found.codes
    )
    overall = found.overall
    pooled = shown(overall.pooled_kappa.value)
    if found.pooled_interval is not None:
        pooled += f" {_between(found.pooled_interval)}"
    show_rows([("pooled kappa", pooled)])
    setting = found.setting
    rule = f", rule: {setting.rule.value}" if setting.projected else ""
    row = found.round
    whose = "not from a round: codings as they stand" if row is None else f"round: {row.name}"
    many = "" if len(found.documents) == 1 else "s"
    say(
        f"Unit: {setting.written}{rule}, scope: {setting.scope.value}; {whose}.",
        f"{len(found.documents)} document{many}, coded by {', '.join(coders)}.",
    )
    for out in found.left_out:
        say(f"Left out: {out.title} ({out.why.value.replace('_', ' ')}).")
    for code in found.left_out_codes:
        say(f"Code left out: {join_path(code.path)} ({code.why.value.replace('_', ' ')}).")


def _shown(figure: Figure, line: CodeLine) -> str:
    if figure.reason is None:
        return shown(figure.value)
    return reason_in_words(figure, line.figures.flags)


def _between(interval: Interval) -> str:
    return f"[{shown(interval.low)}, {shown(interval.high)}]"
