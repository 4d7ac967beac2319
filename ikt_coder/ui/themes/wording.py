"""The words of the Themes place that more than one of its parts needs."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QCoreApplication

from ikt_coder.core.table import TableStyle
from ikt_coder.core.words import Layer, LinkKind, Stance, ThemeStatus, WordPair
from ikt_coder.services.layers import LayerInfo
from ikt_coder.services.rows import LinkRow, ThemeRow
from ikt_coder.services.theme_table import Side, ThemeColumn
from ikt_coder.services.theme_table_options import ExportLanguage, RowOrder
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


STANCE_SIGNS = {Stance.SUPPORTS: "=", Stance.QUALIFIES: "≈", Stance.CONTRADICTS: "≠"}
"""A sign for each stance, so that colour is never the only one."""


def stance_words(stance: Stance) -> str:
    """Sign and word: "≈ qualifies"."""
    return f"{STANCE_SIGNS[stance]} {stance_name(stance)}"


def link_kind_name(kind: LinkKind) -> str:
    """What a link is called in a list of kinds."""
    return {
        LinkKind.RECIPROCAL: translate("Themes", "Go together (reciprocal)"),
        LinkKind.CONTRAST: translate("Themes", "Contrast"),
        LinkKind.LEADS_TO: translate("Themes", "Leads to"),
    }[kind]


def link_lead(row: LinkRow, theme: UUID) -> str:
    """How a theme stands to the other of a link, before the other's name."""
    if row.kind is LinkKind.LEADS_TO:
        if row.theme == theme:
            return translate("Themes", "leads to")
        return translate("Themes", "follows from")
    if row.kind is LinkKind.CONTRAST:
        return translate("Themes", "contrasts with")
    return translate("Themes", "goes together with")


def other_end(row: LinkRow, theme: UUID) -> tuple[UUID, str]:
    """The other theme of a link, and its name."""
    return (row.other, row.other_name) if row.theme == theme else (row.theme, row.theme_name)


def link_words(row: LinkRow, theme: UUID) -> str:
    """A link in words: "leads to Making room"."""
    return f"{link_lead(row, theme)} {other_end(row, theme)[1]}"


def order_name(order: RowOrder) -> str:
    return {
        RowOrder.THEME: translate("Themes", "As on the board"),
        RowOrder.FRAMEWORK: translate("Themes", "COM-B, then TDF domain, then theme"),
        RowOrder.LEVEL: translate("Themes", "By level"),
        RowOrder.NAME: translate("Themes", "By name"),
        RowOrder.PARTICIPANTS: translate("Themes", "Most participants first"),
    }[order]


def table_style_name(style: TableStyle) -> str:
    return {
        TableStyle.APA: translate("Themes", "APA 7"),
        TableStyle.BMC: translate("Themes", "BMC / Springer"),
        TableStyle.VANCOUVER: translate("Themes", "Vancouver (ICMJE)"),
    }[style]


def export_language_name(language: ExportLanguage) -> str:
    return {
        ExportLanguage.ENGLISH: translate("Themes", "English"),
        ExportLanguage.FRENCH: translate("Themes", "French"),
    }[language]


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
        whole = translate(
            "Themes", "participants, {passages}, with sub-themes; {coded} of {all} documents coded"
        )
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
    links = [link_words(link, row.id) for link in snapshot.links_of(row.id)]
    parts = [status_name(row.status), row.description, f"{short}, {whole}", codes, *links]
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
    if info.sealed:
        words = translate("Themes", "{layer}, {n} sealed").replace("{layer}", words)
        words = words.replace("{n}", str(len(info.sealed)))
    return words.replace("{coded}", str(info.coded)).replace("{all}", str(info.documents))


def layer_name(layer: Layer | None, coder: str) -> str:
    """Whose codings count in one document."""
    if layer is Layer.CONSENSUS:
        return translate("Themes", "Consensus")
    return coder if layer is Layer.CODER else translate("Themes", "Not chosen")
