"""The note under a theme table: layer, N, unit, date, rules and abbreviations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ikt_coder.core.table import Run
from ikt_coder.core.words import Stance, Valence, WordPair
from ikt_coder.services.wording_seen import wording_seen

if TYPE_CHECKING:
    from ikt_coder.services.layers import LayerInfo
    from ikt_coder.services.rows import BehaviourRow
    from ikt_coder.services.theme_table import ThemeTable


SIGNS = ("ᵈ", "†", "*", "±", "—", "[")
"""What sentences begin with that explain a sign in the table."""


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
    """Whose codings count, in how many documents, and how many of them one coder coded."""
    sentences = []
    counted = info.documents - info.unchosen
    whose = []
    if info.consensus:
        whose.append(f"consensus in {_documents(info.consensus)}")
    if info.leads:
        whose.append(f"codings by {_joined(info.leads)} in {_documents(counted - info.consensus)}")
    if whose:
        single = f"{info.single_coded or 'none'} of them single-coded"
        if counted == 1:
            single = "single-coded" if info.single_coded else "not single-coded"
        sentences.append(f"Analysis layer: {_joined(whose)}, {single}.")
    if info.unchosen:
        verb = "has" if info.unchosen == 1 else "have"
        sentences.append(
            f"{_documents(info.unchosen)} {verb} neither a consensus nor a lead coder and "
            f"{'is' if info.unchosen == 1 else 'are'} not counted."
        )
    if info.interim:
        sentences.append(f"Interim: {info.coded} of {_documents(info.documents)} coded.")
    if info.left_out_people:
        people = _participants(info.left_out_people)
        sentences.append(f"{people} left out of analysis.")
    return sentences


def _documents(count: int) -> str:
    return f"{count} document" if count == 1 else f"{count} documents"


def _participants(count: int) -> str:
    return f"{count} participant" if count == 1 else f"{count} participants"


def _codings(count: int) -> str:
    return f"{count} coding" if count == 1 else f"{count} codings"


def _behaviour(row: BehaviourRow) -> str:
    """Who does what, then with whom, where and when."""
    does = " ".join(part for part in (row.actor, row.action) if part)
    return ", ".join(part for part in (does, row.target, row.context, row.time) if part)


def _joined(words: Sequence[str], last: str = "and") -> str:
    if len(words) < 3:
        return f" {last} ".join(words)
    return f"{', '.join(words[:-1])}, {last} {words[-1]}"


def note(table: ThemeTable) -> tuple[tuple[Run, ...], ...]:
    """The paragraphs of the note, without the word *Note.*"""
    parts = _counted(table)
    sentences = [
        *layer_sentences(table.info),
        *_units(table),
        *_directions(table),
        *_framework_rules(table),
        *_quotes(table),
        *_abbreviations(table),
        f"Counted on {table.options.today.day} {table.options.today:%B %Y}.",
    ]
    general = " ".join(said for said in sentences if not said.startswith(SIGNS))
    parts.append(Run(f" {general}" if parts else general))
    # APA sets what explains a sign on a line of its own, below the general note.
    specific = " ".join(said for said in sentences if said.startswith(SIGNS))
    return (tuple(parts), (Run(specific),)) if specific else (tuple(parts),)


def _counted(table: ThemeTable) -> list[Run]:
    """N, and what n counts."""
    from ikt_coder.services.theme_table import COUNT_COLUMNS

    if not COUNT_COLUMNS & set(table.columns):
        return []
    info = table.info
    whose = "participant" if len(info.participants) == 1 else "participants"
    runs = [
        Run("N", italic=True),
        Run(f" = {len(info.participants)} {whose} in documents marked coded; "),
        Run("n", italic=True),
        Run(" = number of participants"),
    ]
    if info.pending:
        still = _participants(len(info.pending))
        runs.append(Run(f", among them up to {still} of documents still being coded"))
    if table.options.percentages:
        runs += [Run("; percentages are of "), Run("N", italic=True)]
    runs.append(Run("."))
    return runs


def _units(table: ThemeTable) -> list[str]:
    from ikt_coder.services.theme_table import COUNT_COLUMNS, ThemeColumn

    columns, marks = set(table.columns), table.marks
    of_passages = columns & {ThemeColumn.DIRECTIONS, ThemeColumn.PASSAGES}
    counts = bool(of_passages or columns & (COUNT_COLUMNS | {ThemeColumn.REFERENCES}))
    sentences = []
    if of_passages:
        sentences.append(
            "A passage is the union of touching or overlapping codings of a theme in one document."
        )
    if ThemeColumn.REFERENCES in columns:
        sentences.append("A reference is one coding.")
    if marks.sub_themes and counts:
        own = "; “own” counts leave them out" if ThemeColumn.OWN_PARTICIPANTS in columns else ""
        sentences.append(
            "Counts include sub-themes, each participant and passage once; rows of themes and "
            f"their sub-themes therefore overlap{own}."
        )
    elif ThemeColumn.OWN_PARTICIPANTS in columns:
        sentences.append("“Own” counts leave sub-themes out.")
    if marks.set_aside:
        sentences.append("Themes set aside are shown but not part of the counts above them.")
    against = [
        f"{_codings(marks.stances[stance])} that {verb if marks.stances[stance] > 1 else verbs}"
        for stance, verb, verbs in (
            (Stance.QUALIFIES, "qualify", "qualifies"),
            (Stance.CONTRADICTS, "contradict", "contradicts"),
        )
        if stance in marks.stances
    ]
    if against and counts:
        sentences.append(f"Counts include {_joined(against)} their theme.")
    return sentences


def _directions(table: ThemeTable) -> list[str]:
    from ikt_coder.services.theme_table import Side, ThemeColumn

    columns, marks, card = set(table.columns), table.marks, table.card
    one_sided = table.options.side is not Side.BOTH
    barrier, facilitator = direction_words(card.words)
    sentences = []
    if one_sided:
        shown = _joined([table.direction_name(v) for v in table.possible_directions()], "or")
        sentences.append(f"Only codings with the direction {shown} are counted.")
        if marks.without_side:
            sentences.append(f"Without any such coding: {_joined(marks.without_side)}.")
        if Valence.MIXED in table.directions:
            sentences.append(
                f"{Valence.MIXED.sign} mixed: stands in the tables of both directions and "
                "counts once in each total."
            )
    if ThemeColumn.DIRECTIONS in columns:
        gone = [v for v in table.possible_directions() if v not in table.directions]
        if gone and table.directions:
            names = ", ".join(table.direction_name(v) for v in gone)
            sentences.append(f"Columns without passages are left out: {names}.")
        if marks.several_directions:
            sentences.append("A passage with codings of several directions stands in each.")
    if ThemeColumn.BOTH_DIRECTIONS in columns:
        sentences.append(
            f"Both directions: participants with a {barrier.single} and a {facilitator.single}, "
            "or with a mixed passage."
        )
    directed = columns & {ThemeColumn.DIRECTIONS, ThemeColumn.BOTH_DIRECTIONS}
    if directed or one_sided or ThemeColumn.LEVELS in columns:
        if card.behaviours and (directed or one_sided):
            about = "; ".join(_behaviour(behaviour) for behaviour in card.behaviours)
            words = f"{barrier.plural} and {facilitator.plural}".capitalize()
            sentences.append(f"{words} to this: {about}.")
        if card.focal_actor:
            sentences.append(f"Individual level = {card.focal_actor}.")
    return sentences


def _framework_rules(table: ThemeTable) -> list[str]:
    from ikt_coder.services.theme_table import ThemeColumn

    columns, marks = set(table.columns), table.marks
    about = [
        name
        for column, name in (
            (ThemeColumn.DOMAINS, "domains"),
            (ThemeColumn.COMPONENTS, "components"),
            (ThemeColumn.LEVELS, "levels"),
        )
        if column in columns
    ]
    if not about:
        return []
    sentences = [
        f"{_joined(about).capitalize()} are those of codings in the same layer that overlap a "
        "passage of the theme by at least half of the shorter of the two; all are listed, and "
        "one passage may carry several."
    ]
    if marks.several_levels:
        sentences.append("A coding on several levels counts once in each.")
    if marks.dash:
        sentences.append("— none coded.")
    if marks.derived:
        beside = ", after a semicolon those reached in this way alone"
        sentences.append(
            "ᵈ Derived from domains by the published crosswalk (Cane et al., 2012), not coded"
            f"{beside if marks.derived_beside else ''}."
        )
    if marks.undecided:
        sentences.append(
            "Undecided: the domain leads to two components and the coder has not chosen; it is "
            "counted for neither."
        )
    if marks.dagger:
        sentences.append("† Added by the authors.")
    for theme, names in marks.hidden.items():
        sentences.append(f"† Hidden by the authors for “{theme}”: {_joined(names)}.")
    return sentences


def _quotes(table: ThemeTable) -> list[str]:
    from ikt_coder.services.theme_table import ThemeColumn

    marks = table.marks
    if ThemeColumn.QUOTES not in table.columns:
        return []
    sentences = []
    if marks.longer:
        sentences.append("* Quote longer than its coding.")
    if marks.proposed:
        sentences.append(
            "[proposed] Not yet accepted by a person: starred codings first, then the shortest, "
            "at most two to a theme and none of the same participant."
        )
    if marks.withheld:
        one = marks.withheld == 1
        sentences.append(
            f"{marks.withheld} accepted {'quote is' if one else 'quotes are'} withheld, as "
            "consent or a mark on the coding does not allow quoting."
        )
    return sentences


def _abbreviations(table: ThemeTable) -> list[str]:
    from ikt_coder.services.theme_table import ThemeColumn

    if table.domains is None:
        return []
    columns = set(table.columns)
    keys = {preset.key for preset in table.domains.frameworks.values()}
    used = []
    if ThemeColumn.COMPONENTS in columns:
        used.append("COM-B = capability, opportunity, motivation, behaviour")
    if "tdf-v2" in keys and columns & {ThemeColumn.DOMAINS, ThemeColumn.COMPONENTS}:
        used.append("TDF = Theoretical Domains Framework, version 2")
    sentences = [f"{'; '.join(used)}."] if used else []
    seen = _wording_seen(table)
    return [*sentences, seen] if seen else sentences


def _wording_seen(table: ThemeTable) -> str:
    """Which wording of the definitions coders saw, of what the columns name."""
    from ikt_coder.services.theme_table import ThemeColumn

    assert table.domains is not None  # asked before
    columns = set(table.columns)
    of_codes = bool(columns & {ThemeColumn.DOMAINS, ThemeColumn.COMPONENTS})
    codes = table.domains.codes.values() if of_codes else ()
    levels = table.domains.levels.values() if ThemeColumn.LEVELS in columns else ()
    defined = [level for level in levels if level.definition]
    seen = wording_seen(codes, defined, table.card.focal_actor)
    if not seen.total:
        return ""
    what = "framework definitions"
    if defined:
        codes_too = seen.total > len(defined)
        what = f"definitions of {'framework codes and ' if codes_too else ''}levels"
    return f"Coders saw {what} {seen.in_words}."
