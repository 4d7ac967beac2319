"""The words of the Themes place that more than one of its parts needs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.words import Layer, Stance, ThemeStatus, WordPair
from ikt_coder.services.layers import LayerInfo
from ikt_coder.services.rows import ThemeRow
from ikt_coder.services.theme_table import Side, ThemeColumn
from ikt_coder.ui.themes.snapshot import ThemesSnapshot

translate = QCoreApplication.translate


def status_name(status: ThemeStatus) -> str:
    return {
        ThemeStatus.CANDIDATE: translate("Themes", "Candidate"),
        ThemeStatus.UNDER_REVIEW: translate("Themes", "Under review"),
        ThemeStatus.DEFINED: translate("Themes", "Defined"),
        ThemeStatus.SET_ASIDE: translate("Themes", "Set aside"),
    }[status]


def stance_name(stance: Stance) -> str:
    return {
        Stance.SUPPORTS: translate("Themes", "supports"),
        Stance.QUALIFIES: translate("Themes", "qualifies"),
        Stance.CONTRADICTS: translate("Themes", "contradicts"),
    }[stance]


def side_name(side: Side, pair: WordPair) -> str:
    """The directions of a table in the project's own words."""
    both, first, second = {
        WordPair.BARRIERS_FACILITATORS: (
            translate("Themes", "Barriers and facilitators"),
            translate("Themes", "Barriers only"),
            translate("Themes", "Facilitators only"),
        ),
        WordPair.BARRIERS_ENABLERS: (
            translate("Themes", "Barriers and enablers"),
            translate("Themes", "Barriers only"),
            translate("Themes", "Enablers only"),
        ),
        WordPair.HINDERS_HELPS: (
            translate("Themes", "What hinders and helps"),
            translate("Themes", "What hinders only"),
            translate("Themes", "What helps only"),
        ),
    }[pair]
    return {Side.BOTH: both, Side.BARRIERS: first, Side.FACILITATORS: second}[side]


def column_name(column: ThemeColumn) -> str:
    return {
        ThemeColumn.DESCRIPTION: translate("Themes", "Description"),
        ThemeColumn.CENTRAL_IDEA: translate("Themes", "Central organising idea"),
        ThemeColumn.QUOTES: translate("Themes", "Quotes"),
        ThemeColumn.PARTICIPANTS: translate("Themes", "Participants, n"),
        ThemeColumn.OWN_PARTICIPANTS: translate("Themes", "Participants without sub-themes, n"),
        ThemeColumn.DIRECTIONS: translate("Themes", "Passages by direction"),
        ThemeColumn.PASSAGES: translate("Themes", "Passages"),
        ThemeColumn.REFERENCES: translate("Themes", "References"),
        ThemeColumn.BOTH_DIRECTIONS: translate("Themes", "Participants with both directions"),
        ThemeColumn.DOMAINS: translate("Themes", "Framework domains"),
        ThemeColumn.COMPONENTS: translate("Themes", "COM-B components"),
        ThemeColumn.LEVELS: translate("Themes", "Levels"),
        ThemeColumn.STATUS: translate("Themes", "Status"),
    }[column]


def count_words(row: ThemeRow, snapshot: ThemesSnapshot) -> tuple[str, str]:
    """What a theme's card counts, short, and in a whole sentence."""
    n, total = row.participants_below, len(snapshot.info.participants)
    several = row.passages_below != 1
    passages = translate("Themes", "{n} passages" if several else "{n} passage")
    passages = passages.replace("{n}", str(row.passages_below))
    if not total and not snapshot.info.pending:
        return passages, translate("Themes", "in the analysis layer, with sub-themes")
    if snapshot.info.interim:
        short = translate("Themes", "n = {n} so far").replace("{n}", str(n))
        whole = translate("Themes", "participants, {passages}; {coded} of {all} documents coded")
    else:
        short = translate("Themes", "n = {n} of {all}").replace("{n}", str(n))
        short = short.replace("{all}", str(total))
        whole = translate("Themes", "participants, {passages}, with sub-themes")
    whole = whole.replace("{passages}", passages).replace("{coded}", str(snapshot.info.coded))
    return short, whole.replace("{all}", str(snapshot.info.documents))


def card_words(row: ThemeRow, snapshot: ThemesSnapshot) -> str:
    """A theme's card read aloud, after its name."""
    short, whole = count_words(row, snapshot)
    codes = translate("Themes", "{n} codes").replace("{n}", str(len(row.codes)))
    parts = [status_name(row.status), row.description, f"{short}, {whole}", codes]
    return ". ".join(part for part in parts if part)


def layer_words(info: LayerInfo) -> str:
    """The layer in a few words: "Layer: Amara Okafor, 2 of 2 coded"."""
    if not info.sources:
        return translate("Themes", "Layer: no documents yet")
    names = list(info.leads)
    if info.consensus:
        names.insert(0, translate("Themes", "Consensus"))
    if len(names) > 2:
        rest = translate("Themes", "{n} more").replace("{n}", str(len(names) - 1))
        names = [names[0], rest]
    who = translate("Themes", " and ").join(names) or translate("Themes", "not chosen")
    words = translate("Themes", "Layer: {who}, {coded} of {all} coded").replace("{who}", who)
    return words.replace("{coded}", str(info.coded)).replace("{all}", str(info.documents))


def layer_name(layer: Layer | None, coder: str) -> str:
    """Whose codings count in one document."""
    if layer is Layer.CONSENSUS:
        return translate("Themes", "Consensus")
    return coder if layer is Layer.CODER else translate("Themes", "Not chosen")
