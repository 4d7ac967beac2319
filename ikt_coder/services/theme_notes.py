"""The note under a theme table: layer, N, unit, date, rules and abbreviations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ikt_coder.core.table import Run
from ikt_coder.core.words import Valence, WordPair

if TYPE_CHECKING:
    from ikt_coder.services.layers import LayerInfo
    from ikt_coder.services.theme_table import ThemeTable


@dataclass(frozen=True, slots=True)
class DirectionWord:
    single: str
    plural: str


def direction_words(pair: WordPair) -> tuple[DirectionWord, DirectionWord]:
    """The project's own words for the two directions."""
    return {
        WordPair.BARRIERS_FACILITATORS: (
            DirectionWord("barrier", "barriers"),
            DirectionWord("facilitator", "facilitators"),
        ),
        WordPair.BARRIERS_ENABLERS: (
            DirectionWord("barrier", "barriers"),
            DirectionWord("enabler", "enablers"),
        ),
        WordPair.HINDERS_HELPS: (
            DirectionWord("hinders", "what hinders"),
            DirectionWord("helps", "what helps"),
        ),
    }[pair]


def layer_sentences(info: LayerInfo) -> list[str]:
    """Whose codings count, and in how many documents."""
    sentences = []
    if info.consensus:
        sentences.append(f"Consensus layer in {info.consensus} of {_documents(info.documents)}.")
    if info.leads:
        names = " and ".join(info.leads)
        sentences.append(
            f"Analysis layer: codings of {names}; {info.single_coded} of "
            f"{_documents(info.documents)} single-coded."
        )
    if info.unchosen:
        sentences.append(
            f"{_documents(info.unchosen).capitalize()} without a lead coder not counted."
        )
    if info.interim:
        sentences.append(f"Interim: {info.coded} of {_documents(info.documents)} coded.")
    if info.left_out:
        sentences.append(f"{_documents(info.left_out).capitalize()} left out of analysis.")
    return sentences


def _documents(count: int) -> str:
    return f"{count} document" if count == 1 else f"{count} documents"


def note(table: ThemeTable, directions: list[Valence | None]) -> tuple[tuple[Run, ...], ...]:
    """The paragraphs of the note, without the word *Note.*"""
    from ikt_coder.services.theme_table import Side, ThemeColumn

    info, marks, card = table.info, table.marks, table.card
    columns = set(table.columns)
    parts: list[Run] = []
    counted = columns & {
        ThemeColumn.PARTICIPANTS,
        ThemeColumn.OWN_PARTICIPANTS,
        ThemeColumn.BOTH_DIRECTIONS,
        ThemeColumn.DOMAINS,
        ThemeColumn.COMPONENTS,
        ThemeColumn.LEVELS,
    }
    if counted:
        total = len(info.participants)
        people = "participant" if total == 1 else "participants"
        parts += [
            Run("N", italic=True),
            Run(f" = {total} {people} of documents marked coded; "),
            Run("n", italic=True),
            Run(" = participants."),
        ]
    sentences = layer_sentences(info)
    if marks.sub_themes and counted:
        sentences.append("Themes include their sub-themes; participants and passages count once.")
    if ThemeColumn.DIRECTIONS in columns:
        sentences.append(
            "A passage is the union of touching or overlapping codings of a theme in a document."
        )
        names = {
            Valence.BARRIER: "barrier",
            Valence.FACILITATOR: "facilitator",
            Valence.MIXED: "mixed",
            Valence.NEUTRAL: "neutral",
            None: "not set",
        }
        if table.options.side is Side.BOTH:
            gone = [name for valence, name in names.items() if valence not in directions]
            if gone and directions:
                sentences.append(f"No passages: {', '.join(gone)}.")
        if marks.several_directions:
            sentences.append("A passage coded in several directions stands in each.")
    if marks.mixed_marked:
        sentences.append(
            "± mixed: stands in the tables of both directions and once in their total."
        )
    if ThemeColumn.DIRECTIONS in columns or ThemeColumn.LEVELS in columns:
        if card.behaviours:
            barrier, facilitator = direction_words(card.words)
            about = "; ".join(behaviour.label for behaviour in card.behaviours)
            sentences.append(
                f"{barrier.plural.capitalize()} and {facilitator.plural} concern: {about}."
            )
        if card.focal_actor:
            sentences.append(f"Individual level = {card.focal_actor}.")
    if columns & {ThemeColumn.DOMAINS, ThemeColumn.COMPONENTS, ThemeColumn.LEVELS}:
        sentences.append(
            "Domains, components and levels are those of codings of the same layer on the "
            "theme's passages (overlap of at least half of the shorter span); a passage may "
            "carry several."
        )
    if marks.derived:
        sentences.append("ᵈ derived from TDF domains (Cane et al., 2012), not coded directly.")
    if marks.undecided:
        sentences.append("Undecided: the domain leads to two components and none was chosen.")
    if marks.dagger:
        sentences.append("† given by the authors.")
    if marks.longer:
        sentences.append("* quote longer than its coding.")
    if marks.proposed:
        sentences.append(
            "[proposed]: not yet accepted; starred passages first, then the shortest of each "
            "participant."
        )
    if ThemeColumn.QUOTES in columns and marks.withheld:
        plural = "quote was" if marks.withheld == 1 else "quotes were"
        sentences.append(f"{marks.withheld} {plural} withheld for want of consent to quote.")
    frameworks = [
        framework
        for framework in table.frameworks.values()
        if columns & {ThemeColumn.DOMAINS, ThemeColumn.COMPONENTS, ThemeColumn.LEVELS}
    ]
    abbreviations = {"tdf-v2": "TDF = Theoretical Domains Framework", "com-b": ""}
    used = [abbreviations[f.key] for f in frameworks if abbreviations.get(f.key)]
    if ThemeColumn.COMPONENTS in columns:
        used.append("COM-B = capability, opportunity, motivation and behaviour")
    if used:
        sentences.append(f"{'; '.join(used)}. Definitions paraphrased by IKT Coder.")
    sentences.append(f"Counted on {table.options.today.day} {table.options.today:%B %Y}.")
    text = " ".join(sentences)
    parts.append(Run(f" {text}" if parts else text))
    return (tuple(parts),)
