"""Recommendations as a report: what each answers to, by which source, with its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.core.words import Valence
from ikt_coder.services.recommendations.passages import RULE, evidence_table, printed_evidence
from ikt_coder.services.report_kinds import Group, ReportKind, ReportOptions

if TYPE_CHECKING:
    from ikt_coder.services.project import Project
    from ikt_coder.services.recommendations.paths import Paths
    from ikt_coder.services.recommendations.rows import (
        Path,
        RatingSummary,
        RecommendationRow,
        SolutionStep,
    )


def recommendations_table(
    project: Project, today: date | None = None, *, data: bool = False
) -> Table:
    """The first of ``recommendations_tables``."""
    return recommendations_tables(project, today, data=data)[0]


def recommendations_tables(
    project: Project, today: date | None = None, *, data: bool = False, every: bool = False
) -> tuple[Table, ...]:
    """Each barrier with its components, the functions and policy categories they lead to, and
    what people recommend; where nothing was kept yet, the paths alone. ``every`` adds a table
    of all passages. ``data``: a row for each component, with what is derived in a column, and
    what people recommend in a table of its own, for other programs."""
    from ikt_coder.services.code_labels import code_labels
    from ikt_coder.services.crosswalks.evidence import evidence
    from ikt_coder.services.quoting import withheld_sentence
    from ikt_coder.services.retrieval_notes import counted_on
    from ikt_coder.services.theme_notes import direction_words, layer_sentences

    kept = project.recommendations.all()
    paths = project.recommendations.paths(Valence.BARRIER)
    shown = _shown(paths, kept)
    by_id = {row.id: row for row in paths.counts.layer}
    wanted = {key for path in shown for key in path.subject.codings}
    in_order = [row for row in by_id.values() if row.id in wanted]
    told = evidence(project, in_order, paths.counts.attribution)
    names = code_labels(project.codes.all(counted=False))
    rows: list[tuple[Cell, ...]] = []
    headings = set()
    for path in shown:
        headings.add(len(rows))
        rows.append((cell(path.subject.name), *(cell("") for _ in range(6 if data else 4))))
        n_subject = number(path.subject.participants)
        if data:
            steps = [cell("; ".join(one.name for one in some)) for some in _both_steps(path)]
            rows += [(n_subject, *component, *steps) for component in _component_cells(path)]
            continue
        behind = set(path.subject.codings)
        found = [told[row.id] for row in in_order if row.id in behind]
        after = (
            _steps(path),
            _kept(project, _own(path, kept)),
            printed_evidence(path, found, names),
        )
        rows.append((n_subject, cell(*_components(path)), *(cell(*lines) for lines in after)))
    barrier, _ = direction_words(project.card.get().words)
    n = len(paths.counts.info.participants)
    withheld = len(
        {(one.coding.document, one.coding.span) for one in told.values() if one.withheld}
    )
    sentences = [
        *layer_sentences(paths.counts.info),
        f"N = {n} {'participant' if n == 1 else 'participants'} in documents marked coded.",
        f"Counted are participants with a {barrier.single} or a mixed coding; components are "
        f"those of codings on the same passages, {'derived' if data else 'ᵈ'} where a crosswalk "
        "alone leads to them.",
        "Functions and policy categories follow from published links; strategies and groups of "
        "techniques were chosen by people.",
        *([] if data else [RULE]),
        *([withheld_sentence(withheld)] if withheld else []),
        counted_on(today or date.today()),
    ]
    sources = dict.fromkeys(source for path in shown for source in path.sources)
    n_run = Run("n", italic=True)
    over = barrier.single.capitalize()
    main = Table(
        title="Recommendations",
        columns=(
            Column((Run("Participants, "), n_run), Align.RIGHT, 0.7),
            Column((Run("Component"),), width=1.2),
            *(_DATA_COLUMNS if data else _PRINTED_COLUMNS),
        ),
        rows=tuple(rows),
        note=((Run(" ".join(sentences)),), *((Run(source),) for source in sources)),
        description="Barriers with the components, functions and recommendations that answer.",
        empty="No coding of the analysis layer is a barrier yet.",
        interim=paths.counts.info.interim,
        headings=frozenset(headings),
        over=over,
    )
    tables = [main, _kept_table(project, shown, kept, over)] if data else [main]
    if every:
        tables.append(evidence_table(shown, told, names, over, len(tables) + 1))
    return tuple(tables)


_DATA_COLUMNS = (
    Column((Run("Participants of the component, n"),), Align.RIGHT),
    Column((Run("Derived"),)),
    Column((Run("Undecided"),)),
    Column((Run("Functions"),)),
    Column((Run("Policy categories"),)),
)
_PRINTED_COLUMNS = (
    Column((Run("Functions and policy categories"),), width=1.8),
    Column((Run("Recommended"),), width=1.8),
    Column((Run("Evidence"),), width=2.8),
)


def _own(path: Path, kept: Iterable[RecommendationRow]) -> list[RecommendationRow]:
    return [row for row in kept if path.subject.key in (row.code, row.theme)]


def _kept_table(
    project: Project, shown: Iterable[Path], kept: Iterable[RecommendationRow], over: str
) -> Table:
    """What people recommend, a row for each criterion it was rated by, or one."""
    rows: list[tuple[Cell, ...]] = []
    kept = list(kept)
    for path in shown:
        for row in _own(path, kept):
            said = (path.subject.name, row.name, row.framework_name, row.component_name)
            words = row.text if row.text != row.name else ""
            before = tuple(cell(text) for text in (*said, words, row.note))
            rated_by = [one for one in project.recommendations.summary(row) if one.rated]
            rows += [
                (
                    *before,
                    cell(one.criterion.name),
                    *(number(count) for count in (one.yes, one.partly, one.no, one.unsure)),
                )
                for one in rated_by
            ] or [(*before, *(cell("") for _ in range(5)))]
    names = (
        *(over, "Recommended", "Framework", "Component", "Words", "Note"),
        *("Criterion", "Yes", "Partly", "No", "Unsure"),
    )
    return Table(
        title="What Is Recommended",
        columns=tuple(Column((Run(name),)) for name in names),
        rows=tuple(rows),
        number=2,
        description="Each recommendation with how it was rated, one criterion a row.",
        empty="Nothing is recommended yet.",
    )


def _shown(paths: Paths, kept: Iterable[RecommendationRow]) -> list[Path]:
    """The subjects that something was recommended for; without any, all of them."""
    asked: set[UUID | None] = {row.code or row.theme for row in kept}
    subjects = paths.subjects()
    chosen = [one for one in subjects if one.key in asked]
    return [paths.path(one) for one in (chosen or subjects)]


def _components(path: Path) -> list[str]:
    told = []
    for one in path.components:
        if one.undecided:
            told.append(f"{one.name}, undecided ({one.n})")
        else:
            told.append(f"{one.name}{'ᵈ' if one.derived == one.n else ''} ({one.n})")
    return told or ["—"]


def _component_cells(path: Path) -> list[tuple[Cell, ...]]:
    """Each component, its n, whether it is derived alone, and whether it is undecided."""
    if not path.components:
        return [(cell("—"), number(0), cell("no"), cell("no"))]
    return [
        (
            cell(one.name),
            number(one.n),
            cell("yes" if one.derived == one.n and not one.undecided else "no"),
            cell("yes" if one.undecided else "no"),
        )
        for one in path.components
    ]


def _both_steps(path: Path) -> tuple[tuple[SolutionStep, ...], tuple[SolutionStep, ...]]:
    return path.functions, path.policies


def _steps(path: Path) -> list[str]:
    if not path.functions:
        return ["—"]
    told = [f"Functions: {', '.join(one.name for one in path.functions)}."]
    if path.policies:
        told.append(f"Policy categories: {', '.join(one.name for one in path.policies)}.")
    return told


def _kept(project: Project, rows: Iterable[RecommendationRow]) -> list[str]:
    told = []
    for row in rows:
        home = f" ({row.framework_name})" if row.framework_name else ""
        told.append(f"{row.name}{home}")
        if row.component_name:
            told.append(f"For {row.component_name.lower()}.")
        if row.text and row.text != row.name:
            told.append(row.text)
        if row.note:
            told.append(row.note)
        ratings = [rated(one) for one in project.recommendations.summary(row) if one.rated]
        if ratings:
            told.append(f"APEASE: {'; '.join(ratings)}.")
    return told or ["—"]


def rated(one: RatingSummary) -> str:
    """ "Affordability 2 yes, 1 no"."""
    parts = [
        f"{count} {word}"
        for count, word in (
            (one.yes, "yes"),
            (one.partly, "partly"),
            (one.no, "no"),
            (one.unsure, "unsure"),
        )
        if count
    ]
    return f"{one.criterion.name} {', '.join(parts)}"


def _recommendations(project: Project, options: ReportOptions) -> tuple[Table, ...]:
    every = options.ending in (".csv", ".xlsx")
    return recommendations_tables(project, data=options.ending == ".csv", every=every)


REPORTS: tuple[ReportKind, ...] = (
    ReportKind(
        "recommendations",
        "Recommendations",
        "From barriers to components, functions, policies and strategies, with the evidence.",
        Group.FRAMEWORKS,
        _recommendations,
    ),
)
