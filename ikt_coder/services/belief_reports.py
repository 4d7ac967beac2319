"""Belief statements and the relevance of domains as reports."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.services.report_kinds import Group, ReportKind, ReportOptions

if TYPE_CHECKING:
    from ikt_coder.services.project import Project
    from ikt_coder.services.theme_counts import ThemeCounts

_NO_BELIEFS = "There is no belief statement yet."


def beliefs_table(project: Project, today: date | None = None) -> Table:
    """The statements by domain, with their passages as far as consent allows."""
    from ikt_coder.services.crosswalks.evidence import evidence
    from ikt_coder.services.quoting import withheld_sentence
    from ikt_coder.services.retrieval_counts import direction_names

    counts = _counts(project)
    beliefs = project.beliefs.all(counts)
    by_id = {row.id: row for row in counts.layer}
    wanted = {key for belief in beliefs for key in belief.codings}
    told = evidence(project, [by_id[key] for key in wanted], counts.attribution)
    directions = direction_names(project.card.get().words)
    order = {row.id: at for at, row in enumerate(project.codes.all(counted=False))}
    rows: list[tuple[Cell, ...]] = []
    before: str | None = None
    for belief in sorted(
        beliefs, key=lambda row: order.get(row.code, len(order)) if row.code else len(order)
    ):
        name = belief.code_name or "No domain"
        lines = [told[key].line for key in belief.codings if key in told]
        rows.append(
            (
                cell(name if name != before else ""),
                cell(belief.text),
                cell(directions[belief.direction] if belief.direction else "Not set"),
                number(belief.participants),
                number(belief.passages),
                cell(*lines),
            )
        )
        before = name
    withheld = sum(one.withheld for one in told.values())
    elsewhere = sum(belief.elsewhere for belief in beliefs)
    sentences = [
        *layer_note(counts, today),
        "A statement sums up passages in a participant's voice; people wrote it and chose the "
        "passages, which are shown as evidence and are no accepted quotes.",
        *([withheld_sentence(withheld)] if withheld else []),
    ]
    if elsewhere:
        sentences.append(
            f"{elsewhere} more {'coding' if elsewhere == 1 else 'codings'} under statements "
            f"{'is' if elsewhere == 1 else 'are'} not of the analysis layer and not counted."
        )
    n = Run("n", italic=True)
    return Table(
        title="Belief Statements by Domain",
        columns=(
            Column((Run("Domain"),), width=1.1),
            Column((Run("Belief statement"),), width=2.0),
            Column((Run("Direction"),), width=0.8),
            Column((Run("Participants, "), n), Align.RIGHT, 0.8),
            Column((Run("Passages, "), n), Align.RIGHT, 0.7),
            Column((Run("Evidence"),), width=2.8),
        ),
        rows=tuple(rows),
        note=((Run(" ".join(sentences)),),),
        description="Belief statements with their domain, direction, counts and passages.",
        empty=_NO_BELIEFS,
        interim=counts.info.interim,
    )


def relevance_table(project: Project, today: date | None = None) -> Table:
    """Domains by relevance: frequency, belief statements, conflict, strength."""
    from ikt_coder.services.theme_notes import direction_words

    counts = _counts(project)
    found = project.beliefs.relevance(counts)
    rows = tuple(
        (
            cell(one.name),
            number(one.participants),
            number(one.passages),
            number(one.beliefs),
            cell("Yes" if one.conflicting else "No" if one.beliefs else "—"),
            number(len(one.strong), _strength(len(one.strong), one.strong_participants)),
        )
        for one in found
    )
    barrier, facilitator = direction_words(project.card.get().words)
    sentences = [
        *layer_note(counts, today),
        "Frequency is the number of participants who speak of the domain: codings of the domain "
        "and passages of its belief statements, each participant once.",
        "Conflicting: the domain has statements of both directions "
        f"({barrier.single} and {facilitator.single}), or a mixed one; — no statement yet.",
        "Strength: codings of the domain marked as strong, with their participants.",
        "Domains are ranked by frequency, then by the number of statements; which of them are "
        "relevant is for the authors to judge (Atkins et al., 2017).",
    ]
    n = Run("n", italic=True)
    return Table(
        title="Relevance of Domains",
        columns=(
            Column((Run("Domain"),), width=2.2),
            Column((Run("Participants, "), n), Align.RIGHT, 0.9),
            Column((Run("Passages, "), n), Align.RIGHT, 0.8),
            Column((Run("Belief statements, "), n), Align.RIGHT, 1.0),
            Column((Run("Conflicting beliefs"),), width=1.0),
            Column((Run("Strong evidence"),), Align.RIGHT, 1.1),
        ),
        rows=rows,
        note=((Run(" ".join(sentences)),),),
        description="Domains ranked by how many participants speak of them.",
        empty="No domain of a framework is coded in the analysis layer yet.",
        interim=counts.info.interim,
    )


def _strength(codings: int, people: int) -> str:
    return f"{codings} ({people})" if codings else "0"


def _counts(project: Project) -> ThemeCounts:
    from ikt_coder.services.theme_counts import ThemeCounts  # made when it is asked for

    return ThemeCounts(project, whole_layer=True)


def layer_note(counts: ThemeCounts, today: date | None) -> list[str]:
    """Whose codings count, N, the unit and the date."""
    from ikt_coder.services.retrieval_notes import counted_on
    from ikt_coder.services.theme_notes import layer_sentences

    n = len(counts.info.participants)
    return [
        *layer_sentences(counts.info),
        f"N = {n} {'participant' if n == 1 else 'participants'} in documents marked coded.",
        "A passage is the union of touching or overlapping codings.",
        counted_on(today or date.today()),
    ]


def _beliefs(project: Project, _options: ReportOptions) -> Table:
    return beliefs_table(project)


def _relevance(project: Project, _options: ReportOptions) -> Table:
    return relevance_table(project)


REPORTS: tuple[ReportKind, ...] = (
    ReportKind(
        "beliefs",
        "Belief statements",
        "Sentences that sum up passages of a domain, with direction, participants and evidence.",
        Group.FRAMEWORKS,
        _beliefs,
    ),
    ReportKind(
        "belief_relevance",
        "Relevance of domains",
        "Domains by frequency, belief statements, conflict between them and strength.",
        Group.FRAMEWORKS,
        _relevance,
    ),
)
