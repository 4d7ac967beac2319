"""The note under a theme table: layer, N, unit, date, rules and abbreviations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ikt_coder.codebooks.components import COMPONENTS
from ikt_coder.core.table import Run
from ikt_coder.core.words import Stance, Valence, WordPair
from ikt_coder.services.report_language import ENGLISH, Language
from ikt_coder.services.report_language.words import DirectionWord
from ikt_coder.services.theme_table_options import (
    COUNT_COLUMNS,
    RowOrder,
    Side,
    ThemeColumn,
)
from ikt_coder.services.wording_seen import wording_seen

if TYPE_CHECKING:
    from ikt_coder.services.layers import LayerInfo
    from ikt_coder.services.rows import BehaviourRow
    from ikt_coder.services.theme_table import ThemeTable


def direction_words(
    pair: WordPair, language: Language = ENGLISH
) -> tuple[DirectionWord, DirectionWord]:
    """The project's own words for the two directions."""
    return language.direction_words(pair)


def layer_sentences(info: LayerInfo, language: Language = ENGLISH) -> list[str]:
    """Whose codings count, in how many documents, and how many of them one coder coded."""
    sentences = []
    counted = info.documents - info.unchosen - len(info.sealed)
    if info.consensus or info.leads:
        sentences.append(
            language.layer(
                info.consensus, info.leads, counted - info.consensus, info.single_coded, counted
            )
        )
    if info.being_settled:
        sentences.append(language.being_settled(info.being_settled))
    if info.unchosen:
        sentences.append(language.unchosen(info.unchosen))
    if info.sealed:
        sentences.append(language.sealed(len(info.sealed)))
    if info.interim:
        sentences.append(language.interim(info.coded, info.documents))
    if info.left_out_people:
        sentences.append(language.left_out(info.left_out_people))
    return sentences


def note(table: ThemeTable) -> tuple[tuple[Run, ...], ...]:
    """The paragraphs of the note, without the word *Note.*"""
    parts = _counted(table)
    explained = _signs(table)
    sentences = [
        *_filters(table),
        *layer_sentences(table.info, table.language),
        *_units(table),
        *_directions(table),
        *_framework_rules(table),
        *_quotes(table),
        *_abbreviations(table),
        table.language.counted_on(table.options.today),
    ]
    general = " ".join(sentences)
    parts.append(Run(f" {general}" if parts else general))
    # APA sets what explains a sign on a line of its own, below the general note.
    specific = " ".join(explained)
    return (tuple(parts), (Run(specific),)) if specific else (tuple(parts),)


def _behaviour(row: BehaviourRow) -> str:
    """Who does what, then with whom, where and when."""
    does = " ".join(part for part in (row.actor, row.action) if part)
    return ", ".join(part for part in (does, row.target, row.context, row.time) if part)


def _counted(table: ThemeTable) -> list[Run]:
    """N, and what n counts."""
    if not COUNT_COLUMNS & set(table.columns):
        return []
    info = table.info
    return list(
        table.language.total(
            len(info.participants), len(info.pending), percentages=table.options.percentages
        )
    )


def _filters(table: ThemeTable) -> list[str]:
    """That only a part of the study is in the table."""
    options, language = table.options, table.language
    sentences = []
    narrowing = table.counts.narrowing
    if narrowing is not None:
        documents = len(table.info.sources) if narrowing.documents is not None else 0
        if documents or narrowing.groups:
            sentences.append(language.only(documents, narrowing.groups))
        if narrowing.questions is not None:
            sentences.append(language.only_answers(narrowing.questions))
    if options.themes or options.statuses:
        statuses = [
            name for status, name in language.words.statuses.items() if status in options.statuses
        ]
        sentences.append(language.only_themes(chosen=bool(options.themes), statuses=statuses))
    if options.order is RowOrder.FRAMEWORK:
        sentences.append(language.framework_order())
    elif options.order is RowOrder.LEVEL:
        sentences.append(language.level_order())
    return sentences


def _units(table: ThemeTable) -> list[str]:
    columns, marks, language = set(table.columns), table.marks, table.language
    of_passages = columns & {ThemeColumn.DIRECTIONS, ThemeColumn.PASSAGES}
    counts = bool(of_passages or columns & (COUNT_COLUMNS | {ThemeColumn.REFERENCES}))
    sentences = []
    if of_passages:
        sentences.append(language.passage_unit())
    if ThemeColumn.REFERENCES in columns:
        sentences.append(language.reference_unit())
    if marks.sub_themes and counts:
        sentences.append(language.rolled_up(own=ThemeColumn.OWN_PARTICIPANTS in columns))
    elif ThemeColumn.OWN_PARTICIPANTS in columns:
        sentences.append(language.own_counts())
    if marks.set_aside:
        sentences.append(language.themes_set_aside(marks.set_aside))
    qualify = marks.stances.get(Stance.QUALIFIES, 0)
    contradict = marks.stances.get(Stance.CONTRADICTS, 0)
    if counts and (qualify or contradict):
        sentences.append(language.contrary(qualify, contradict))
    return sentences


def _directions(table: ThemeTable) -> list[str]:
    columns, marks, card, language = set(table.columns), table.marks, table.card, table.language
    one_sided = table.options.side is not Side.BOTH
    barrier, facilitator = language.direction_words(card.words)
    sentences = []
    if one_sided:
        shown = [table.direction_name(one) for one in table.possible_directions()]
        sentences.append(language.only_directions(shown))
        if marks.without_side:
            sentences.append(language.without_direction(marks.without_side))
    if ThemeColumn.DIRECTIONS in columns:
        gone = [one for one in table.possible_directions() if one not in table.directions]
        if gone and table.directions:
            sentences.append(language.dropped_columns([table.direction_name(one) for one in gone]))
        if marks.several_directions:
            sentences.append(language.several_directions())
    if ThemeColumn.BOTH_DIRECTIONS in columns:
        sentences.append(language.both_directions(barrier.single, facilitator.single))
    directed = columns & {ThemeColumn.DIRECTIONS, ThemeColumn.BOTH_DIRECTIONS}
    if directed or one_sided or ThemeColumn.LEVELS in columns:
        if card.behaviours and (directed or one_sided):
            about = [_behaviour(behaviour) for behaviour in card.behaviours]
            sentences.append(language.to_what(barrier.plural, facilitator.plural, about))
        if card.focal_actor:
            sentences.append(language.focal_actor(card.focal_actor))
    return sentences


def _framework_rules(table: ThemeTable) -> list[str]:
    columns, language = set(table.columns), table.language
    order = table.options.order
    domains = ThemeColumn.DOMAINS in columns or order is RowOrder.FRAMEWORK
    components = ThemeColumn.COMPONENTS in columns or order is RowOrder.FRAMEWORK
    levels = ThemeColumn.LEVELS in columns or order is RowOrder.LEVEL
    if not (domains or components or levels):
        return []
    sentences = [language.overlap_rule(domains=domains, components=components, levels=levels)]
    if table.marks.several_levels:
        sentences.append(language.several_levels())
    if table.marks.undecided:
        sentences.append(language.undecided())
    return sentences


def _quotes(table: ThemeTable) -> list[str]:
    if ThemeColumn.QUOTES not in table.columns:
        return []
    sentences = []
    if table.marks.altered:
        sentences.append(table.language.altered())
    if table.marks.withheld:
        sentences.append(table.language.withheld(table.marks.withheld))
    return sentences


def _signs(table: ThemeTable) -> list[str]:
    """What each sign in the table means; in a table without signs, what still is to be said."""
    marks, language, signs = table.marks, table.language, table.signs
    found = []
    if table.options.side is not Side.BOTH and Valence.MIXED in table.directions:
        said = language.mixed_in_both()
        if table.data:
            said = said.removeprefix(f"{Valence.MIXED.sign} ")
            said = said[:1].upper() + said[1:]
        found.append(said)
    if marks.dash:
        found.append(language.none_coded())
    if marks.derived and table.domains is not None:
        links = table.domains.links
        sources = [walk.source_of(key).citation.short for walk, key in links.sources_to(COMPONENTS)]
        found.append(
            language.derived(
                signs.derived,
                beside=marks.derived_beside,
                sources=sources,
                drawn=links.drawn_to(COMPONENTS) or not sources,
            )
        )
    if marks.dagger:
        found.append(language.added(signs.added))
    for theme, names in marks.hidden.items():
        found.append(language.hidden(signs.added, theme, names))
    if ThemeColumn.QUOTES in table.columns:
        if marks.longer:
            found.append(language.longer(signs.longer))
        if table.long_quotes.found:
            labels = [one.label for one in table.long_quotes.found]
            label = labels[0] if len(labels) == 1 else f"{labels[0]}–{labels[-1]}"
            found.append(language.in_appendix(label, table.options.number + 1))
        if marks.proposed:
            found.append(language.proposed())
    return [sentence.lstrip() for sentence in found]


def _abbreviations(table: ThemeTable) -> list[str]:
    if table.domains is None:
        return []
    columns, language = set(table.columns), table.language
    by_framework = table.options.order is RowOrder.FRAMEWORK
    components = by_framework or ThemeColumn.COMPONENTS in columns
    nodes_shown = components or ThemeColumn.DOMAINS in columns
    keys = {preset.key for preset in table.domains.frameworks.values()}
    used = []
    if components:
        used.append(language.com_b())
    if "tdf-v2" in keys and nodes_shown:
        used.append(language.tdf())
    sentences = [f"{f'{language.semicolon} '.join(used)}."] if used else []
    by_level = table.options.order is RowOrder.LEVEL
    levels_shown = by_level or ThemeColumn.LEVELS in columns
    codes = [code for code in table.domains.codes.values() if code.node_key and code.definition]
    levels = [level for level in table.domains.levels.values() if level.definition]
    codes, levels = codes if nodes_shown else [], levels if levels_shown else []
    if codes or levels:
        seen = wording_seen(codes, levels, table.card.focal_actor)
        told = language.definitions_seen(seen, codes=bool(codes), levels=bool(levels))
        sentences.append(told)
    return sentences
