"""What codings lead to, and which of them wait, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.services.crosswalks.data import crosswalk_data
from ikt_coder.services.crosswalks.evidence import evidence
from ikt_coder.services.crosswalks.links import Links
from ikt_coder.services.crosswalks.rows import Count, CrosswalkCount, ReachedTarget, UndecidedRow
from ikt_coder.services.quoting import withheld_sentence
from ikt_coder.services.retrieval_counts import direction_names
from ikt_coder.services.retrieval_notes import counted_on
from ikt_coder.services.theme_counts import ThemeCounts
from ikt_coder.services.theme_notes import layer_sentences

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

DERIVED = "ᵈ"

_NOTHING = (
    "Nothing leads from a code of this project to another framework: no published crosswalk is "
    "followed, and no link was drawn."
)


def crosswalk_table(project: Project, today: date | None = None, *, data: bool = False) -> Table:
    """Codes with the nodes they lead to, framework by framework; ``data``: every cell filled, for
    other programs."""
    links = project.crosswalks.reading()
    counts = ThemeCounts(project, whole_layer=True)
    groups = [project.crosswalks.count(group.key, counts) for group in links.groups()]
    groups = [one for one in groups if one.total.references]
    rows: list[tuple[Cell, ...]] = []
    headings = set()
    for group in groups:
        if len(groups) > 1:
            headings.add(len(rows))
            rows.append((cell(group.group.name), *(cell("") for _ in range(5))))
        rows += _rows(group, links)
    n = Run("n", italic=True)
    made = Table(
        title="Codes and What They Lead To",
        columns=(
            Column((Run("Leads to"),), width=1.7),
            Column((Run("From"),), width=2.4),
            Column((Run("Participants, "), n), Align.RIGHT, 0.9),
            Column((Run("Passages, "), n), Align.RIGHT, 0.8),
            Column((Run("References, "), n), Align.RIGHT, 0.9),
            Column((Run("Undecided, "), n), Align.RIGHT, 0.9),
        ),
        rows=tuple(rows),
        note=_paragraphs(
            note_sentences(groups, counts, today or date.today(), data=data),
            sources_of(links, [group.group.key for group in groups]),
        ),
        description="Codes by the node of another framework they lead to, with counts.",
        empty=_NOTHING,
        interim=counts.info.interim,
        headings=frozenset(headings),
        over="Framework",
    )
    return crosswalk_data(made, groups) if data else made


def _rows(found: CrosswalkCount, links: Links) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for one in found.targets:
        rows += _target_rows(one, links)
    for at, (code, candidates, waiting) in enumerate(found.undecided_by_code):
        names = " or ".join(target.name for target in candidates)
        rows.append(
            (
                cell("Undecided" if at == 0 else ""),
                cell(f"{code.name}: {names}"),
                *_numbers(waiting),
                number(waiting.references),
            )
        )
    if found.unlinked.references:
        rows.append((cell("No link"), cell(""), *_numbers(found.unlinked), cell("")))
    left = number(found.undecided.references)
    rows.append((cell("Total"), cell(""), *_numbers(found.total), left))
    return rows


def _target_rows(one: ReachedTarget, links: Links) -> list[tuple[Cell, ...]]:
    waiting = number(one.waiting.references)
    ways = [
        ("Coded directly" if way.code is None else f"{way.code.name}{DERIVED}", way.count)
        for way in one.ways
    ]
    if len(ways) == 1:
        return [(cell(one.target.name), cell(ways[0][0]), *_numbers(one.total), waiting)]
    first = (cell(one.target.name), cell("All" if ways else ""), *_numbers(one.total), waiting)
    return [first, *((cell(""), cell(name), *_numbers(n), cell("")) for name, n in ways)]


def _numbers(count: Count) -> tuple[Cell, Cell, Cell]:
    return number(count.participants), number(count.passages), number(count.references)


def note_sentences(
    groups: Sequence[CrosswalkCount], counts: ThemeCounts, today: date, *, data: bool = False
) -> list[str]:
    """Layer, N, units, signs and date; the sources come apart. ``data``: what is derived stands
    in a column, not in a sign."""
    n = len(counts.info.participants)
    sentences = [
        *layer_sentences(counts.info),
        f"N = {n} {'participant' if n == 1 else 'participants'} in documents marked coded.",
        "A reference is one coding, a passage the union of touching or overlapping codings; "
        "rows overlap where a passage leads to several nodes, and the total counts each once.",
    ]
    if any(way.derived for group in groups for one in group.targets for way in one.ways):
        sentences.append(
            f"{'Derived:' if data else f'{DERIVED} Derived,'} not coded; where the node was coded "
            "directly on the same passage too, it counts once."
        )
    if any(group.undecided.references for group in groups):
        sentences.append(
            "Undecided: codings that lead to several nodes and for which nobody has chosen. They "
            "are shown beside every node they may lead to and counted once, in the rows "
            "“Undecided” and “Total”."
        )
    if any(group.unlinked.references for group in groups):
        sentences.append("No link: codings whose node leads to none.")
    sentences.append(counted_on(today))
    return sentences


def sources_of(links: Links, frameworks: Sequence[str]) -> list[str]:
    """The sources to some frameworks, each once."""
    return list(dict.fromkeys(s for key in frameworks for s in source_sentences(links, key)))


def _paragraphs(sentences: Sequence[str], sources: Sequence[str]) -> tuple[tuple[Run, ...], ...]:
    """A note whose references stand on lines of their own."""
    return ((Run(" ".join(sentences)),), *((Run(source),) for source in sources))


def source_sentences(links: Links, framework: str) -> list[str]:
    """The publications followed to a framework, and whether links were drawn."""
    short = links.group(framework).short
    told = []
    for walk, key in links.sources_to(framework):
        source = walk.source_of(key)
        told.append(f"{walk.name}: {source.name}. {source.citation.reference}")
    if links.drawn_to(framework):
        told.append(f"Links to {short} that were drawn in this project stand beside those.")
    for between in links.drawn_through(framework):
        through = links.group(between).short
        told.append(f"Links to {through} that were drawn in this project lead on to {short}.")
    return told


def undecided_table(project: Project, today: date | None = None) -> Table:
    """The codings of the analysis layer that wait for a choice."""
    links = project.crosswalks.reading()
    counts = ThemeCounts(project)
    found: list[tuple[str, UndecidedRow]] = [
        (group.short, row)
        for group in links.groups()
        for row in project.crosswalks.undecided(group.key)
    ]
    told = evidence(project, [row.coding for _, row in found], counts.attribution)
    directions = direction_names(project.card.get().words)
    rows = []
    for short, row in found:
        line = told.get(row.coding.id)
        rows.append(
            (
                cell(row.document_title),
                cell(", ".join(row.participants)),
                cell(row.code.name),
                cell(" or ".join(target.name for target in row.candidates)),
                cell(short),
                cell(directions[row.valence] if row.valence else ""),
                cell(line.words if line else "", quote=bool(line and not line.withheld)),
            )
        )
    withheld = sum(one.withheld for one in told.values())
    left = len({row.coding.id for _, row in found})
    sentences = [
        f"{left} {'coding waits' if left == 1 else 'codings wait'} for a choice.",
        *layer_sentences(counts.info),
        *([withheld_sentence(withheld)] if withheld else []),
        counted_on(today or date.today()),
    ]
    return Table(
        title="Codings That Lead to Several Nodes",
        columns=tuple(
            Column((Run(name),), width=width)
            for name, width in (
                ("Document", 1.0),
                ("Participant", 0.8),
                ("Code", 1.1),
                ("May lead to", 1.6),
                ("Framework", 0.7),
                ("Direction", 0.7),
                ("Passage", 2.8),
            )
        ),
        rows=tuple(rows),
        note=_paragraphs(sentences, sources_of(links, [group.key for group in links.groups()])),
        description="Codings that lead to several nodes of a framework and wait for a choice.",
        empty="No coding waits for a choice.",
        interim=counts.info.interim,
    )
